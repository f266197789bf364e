#include "check_state.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "errors.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 64 * 1024 * 1024, JSON_MAX = 16 * 1024 * 1024 };

/* ---- opening ---- */

pubint_status pi_check_renew(const pi_check *self, pubint_engine **engine, pubint_error *error) {
  pubint_engine_free(*engine);
  *engine = NULL;
  return pubint_engine_new(engine, self->policy, error);
}

/* What every check has of its own. */
static void init(pi_check *out, const pubint_policy *policy) {
  memset(out, 0, sizeof *out);
  out->policy = policy;
  pi_arena_init(&out->arena, ARENA_BLOCK, ARENA_MAX);
  pi_arena_init(&out->case_arena, ARENA_BLOCK, ARENA_MAX);
  pi_arena_init(&out->text_arena, ARENA_BLOCK, ARENA_MAX);
  pi_buffer_init(&out->json, JSON_MAX);
  pi_buffer_init(&out->other_json, JSON_MAX);
}

static pubint_status open_engines(pi_check *self, pubint_error *error) {
  pubint_status status = pi_check_renew(self, &self->base, error);
  return status == PUBINT_OK ? pi_check_renew(self, &self->other, error) : status;
}

pubint_status pi_check_open(pi_check *out, const pubint_policy *policy, const pi_check_options *options,
                            pi_findings_shrink *shrink, pubint_error *error) {
  init(out, policy);
  out->options = options;
  out->shrink = shrink;
  out->coverage = pi_arena_alloc(&out->arena, sizeof *out->coverage);
  out->generator = pi_arena_alloc(&out->arena, sizeof *out->generator);
  if (out->coverage != NULL) memset(out->coverage, 0, sizeof *out->coverage);
  if (!pi_findings_begin(&out->findings) || out->coverage == NULL || out->generator == NULL) {
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  pubint_status status = pi_coverage_begin(out->coverage, policy, error);
  if (status == PUBINT_OK) status = open_engines(out, error);
  if (status != PUBINT_OK) return status;
  pi_engine_watch(out->base, &out->coverage->watch);
  if (!pi_waivers_find(&out->waivers, policy, &out->arena)) return pi_error_set(error, PI_E_NO_MEMORY);
  pi_generator_begin(out->generator, &out->coverage->places, options->seed);
  if (options->only != NULL) {
    pi_slice any = {NULL, 0}, name = options->only->name;
    pi_script_kind kind = options->only->kind;
    pi_generator_narrow(out->generator, kind == PI_SCRIPT_RULE ? name : any,
                        kind == PI_SCRIPT_MARKET ? name : any);
  }
  out->script_points = pi_points_find(&out->coverage->places, &out->arena);
  return out->script_points != NULL ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

pubint_status pi_check_begin_probe(pi_check *out, const pi_check *check, const pi_finding *wanted) {
  init(out, check->policy);
  out->coverage = check->coverage;
  out->generator = check->generator;
  out->script_points = check->script_points;
  out->waivers = check->waivers;
  out->waivers.facts_used = NULL;
  pi_findings_look_for(&out->findings, wanted);
  return open_engines(out, NULL);
}

void pi_check_end_probe(pi_check *self) {
  pubint_engine_free(self->base);
  pubint_engine_free(self->other);
  pi_findings_dispose(&self->findings);
  pi_buffer_dispose(&self->json);
  pi_buffer_dispose(&self->other_json);
  pi_arena_dispose(&self->text_arena);
  pi_arena_dispose(&self->case_arena);
  pi_arena_dispose(&self->arena);
}

void pi_check_close(pi_check *self) {
  if (self->coverage != NULL) pi_coverage_end(self->coverage);
  pi_check_end_probe(self);
}

/* ---- findings ---- */

bool pi_check_about(const pi_check *self, const pi_script *script) {
  const pi_script *only = self->options != NULL ? self->options->only : NULL;
  return only == NULL || only == script;
}

pubint_status pi_check_add(pi_check *self, pi_finding finding, const pi_case *input, const char *format,
                           ...) {
  if (!pi_check_about(self, finding.script)) return PUBINT_OK;
  if (!pi_findings_wants(&self->findings, &finding)) return PUBINT_OK;
  char message[PI_FINDING_MESSAGE_BYTES];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  return pi_findings_add(&self->findings, finding, message, input, self->shrink, self);
}

pi_finding pi_check_at(const pi_check *self, unsigned code, const pi_script *script, bool condition,
                       pi_slice id) {
  const pi_places *places = &self->coverage->places;
  const pi_place_row *place = id.ptr != NULL ? pi_places_of(places, script, condition, id) : NULL;
  pi_finding finding = {.code = code, .script = script, .line = 1, .fact = PI_FACT_COUNT};
  if (place != NULL) {
    finding.script = place->script;
    finding.line = place->line;
    finding.token = place->id;
  } else {
    const pi_token *mention = pi_places_mention(places, script, id);
    finding.line = mention != NULL ? mention->line : pi_places_key(places, script, "weigh");
    finding.token = mention != NULL ? id : (pi_slice){NULL, 0};
  }
  return finding;
}

const pi_script *pi_check_script(const pubint_evaluation *evaluation, const pi_entry *entry, pi_from from) {
  return from == PI_FROM_MARKET && evaluation->market != NULL ? evaluation->market : entry->script;
}

bool pi_check_failed(const pi_entry *entry) {
  return !entry->weighed || entry->error.failure != PI_FAILURE_NONE;
}

int64_t pi_check_points(const pi_entry *entry, const pi_factor *like) {
  return pi_balance_effect(pi_balance_find_factor(&entry->balance, like, 0));
}
