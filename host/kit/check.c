#include "check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_write.h"
#include "errors.h"

enum {
  ARENA_BLOCK = 64 * 1024,
  ARENA_MAX = 64 * 1024 * 1024,
  JSON_MAX = 16 * 1024 * 1024,
  PROGRESS_CASES = 64
};

/* Half of the history without a fact is much of it. */
enum { ABSENT_SHARE = 2 };

/* ---- findings ---- */

static bool same_finding(const pi_finding *a, const pi_finding *b) {
  return a->code == b->code && a->script == b->script && a->line == b->line && a->fact == b->fact &&
         pi_slice_equal(a->token, b->token);
}

/* That a market is clamped is told once, whatever its sum is made of. */
static bool is_known(const pi_check *self, const pi_finding *finding) {
  for (uint32_t i = 0; i < self->count; i++) {
    const pi_finding *known = &self->findings[i];
    bool clamp = finding->code == PI_E_CHECK_CLAMP && known->code == finding->code;
    if (same_finding(known, finding) || (clamp && known->script == finding->script)) return true;
  }
  return false;
}

/* However much there is to note, faults find room. */
static bool has_room(const pi_check *self, const pi_finding *finding) {
  if (finding->note && self->count - self->faults >= PI_NOTED_MAX) return false;
  return self->count < PI_FINDINGS_MAX;
}

/* Makes the case smaller, in states of its own: what is being evaluated stays as it is. */
static pubint_status make_smaller(const pi_check *self, pi_finding *finding, pi_case *input,
                                  pi_arena *arena) {
  pi_check probe = *self;
  probe.base = probe.other = NULL;
  probe.wanted = finding;
  pi_buffer_init(&probe.json, JSON_MAX);
  pi_buffer_init(&probe.other_json, JSON_MAX);
  pi_arena_init(&probe.text_arena, ARENA_BLOCK, ARENA_MAX);
  pubint_status status = pubint_engine_new(&probe.base, self->policy, NULL);
  if (status == PUBINT_OK) status = pubint_engine_new(&probe.other, self->policy, NULL);
  probe.found_message[0] = '\0';
  if (status == PUBINT_OK) status = pi_check_shrink(&probe, input, arena);
  if (status == PUBINT_OK && probe.found_message[0] != '\0') { /* it is the smallest case that is shown */
    finding->message = pi_arena_copy(arena, pi_slice_of(probe.found_message));
    if (finding->message.ptr == NULL) status = PUBINT_E_SYSTEM;
  }
  pubint_engine_free(probe.base);
  pubint_engine_free(probe.other);
  pi_arena_dispose(&probe.text_arena);
  pi_buffer_dispose(&probe.json);
  pi_buffer_dispose(&probe.other_json);
  return status;
}

static pubint_status keep_case(pi_check *self, pi_finding *finding, const pi_case *input) {
  pi_case small = *input;
  pi_arena arena;
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  pubint_status status = make_smaller(self, finding, &small, &arena);
  pi_buffer json;
  pi_buffer_init(&json, JSON_MAX);
  pi_case_json(&json, &small);
  if (json.failed) status = PUBINT_E_SYSTEM;
  if (status == PUBINT_OK) {
    finding->case_json = pi_arena_copy(&self->arena, (pi_slice){json.data, json.len});
    finding->message = pi_arena_copy(&self->arena, finding->message);
    if (finding->case_json.ptr == NULL || finding->message.ptr == NULL) status = PUBINT_E_SYSTEM;
  }
  pi_buffer_dispose(&json);
  pi_arena_dispose(&arena);
  return status;
}

pubint_status pi_check_add(pi_check *self, pi_finding finding, const pi_case *input, const char *format,
                           ...) {
  if (self->wanted != NULL && (self->found || !same_finding(self->wanted, &finding))) return PUBINT_OK;
  if (self->wanted == NULL && (is_known(self, &finding) || !has_room(self, &finding))) return PUBINT_OK;
  char message[sizeof self->found_message];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  if (self->wanted != NULL) {
    self->found = true;
    memcpy(self->found_message, message, sizeof message);
    return PUBINT_OK;
  }
  finding.message = pi_arena_copy(&self->arena, pi_slice_of(message));
  finding.token = pi_arena_copy(&self->arena, finding.token.ptr != NULL ? finding.token : PI_SLICE(""));
  if (finding.message.ptr == NULL || finding.token.ptr == NULL) return PUBINT_E_SYSTEM;
  pubint_status status = input != NULL ? keep_case(self, &finding, input) : PUBINT_OK;
  if (finding.fact == PI_FACT_COUNT || PI_FACTS[finding.fact].type != PI_TYPE_STRENGTH) {
    finding.to = (pi_value){.count = 0}; /* it lies in an arena of the case's */
  }
  self->findings[self->count++] = finding;
  if (!finding.note) self->faults++;
  return status;
}

pi_finding pi_check_at(const pi_check *self, unsigned code, const pi_script *script, bool condition,
                       pi_slice id) {
  const pi_places *places = &self->coverage.places;
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

static int by_place(const void *a, const void *b) {
  const pi_finding *x = a, *y = b;
  uint32_t xi = x->script != NULL ? x->script->index : 0, yi = y->script != NULL ? y->script->index : 0;
  if (x->note != y->note) return x->note - y->note;
  if (xi != yi) return xi < yi ? -1 : 1;
  if (x->line != y->line) return x->line < y->line ? -1 : 1;
  if (x->code != y->code) return x->code < y->code ? -1 : 1;
  if (x->fact != y->fact) return x->fact < y->fact ? -1 : 1;
  return pi_slice_compare(x->message, y->message);
}

/* ---- what an entry says ---- */

const pi_script *pi_check_script(const pubint_evaluation *evaluation, const pi_entry *entry, pi_from from) {
  return from == PI_FROM_MARKET && evaluation->market != NULL ? evaluation->market : entry->script;
}

bool pi_check_failed(const pi_entry *entry) {
  return !entry->weighed || entry->error.failure != PI_FAILURE_NONE;
}

int64_t pi_check_points(const pi_entry *entry, const pi_factor *like) {
  for (uint32_t i = 0; i < entry->balance.factors_count; i++) {
    const pi_factor *factor = &entry->balance.factors[i];
    if (factor->from != like->from || !pi_slice_equal(factor->id, like->id)) continue;
    return factor->side == PI_SIDE_HARM ? -factor->points : factor->points;
  }
  return 0;
}

/* ---- running ---- */

static pubint_status new_engine(pi_check *self, pubint_engine **engine, pubint_error *error) {
  pubint_engine_free(*engine);
  *engine = NULL;
  return pubint_engine_new(engine, self->policy, error);
}

static bool is_stopped(const pi_check *self) {
  return self->options->stop != NULL && *self->options->stop != 0;
}

/* A state that has just begun is among those that a case is evaluated in. */
static pubint_status try_generated(pi_check *self, pubint_error *error) {
  enum { CASES_PER_STATE = 500 };
  const pi_check_options *options = self->options;
  pubint_status status = PUBINT_OK;
  for (uint64_t i = 0; i < options->cases && status == PUBINT_OK && !is_stopped(self); i++) {
    pi_case input;
    if (options->progress != NULL && i % PROGRESS_CASES == 0) {
      options->progress(options->context, i, options->cases);
    }
    if (i % CASES_PER_STATE == 0) status = new_engine(self, &self->other, error);
    pi_arena_reset(&self->case_arena);
    if (status == PUBINT_OK && !pi_generate_case(&self->generator, i, &input, &self->case_arena)) {
      status = pi_error_set(error, PI_E_NO_MEMORY);
    }
    if (status == PUBINT_OK) status = pi_check_case(self, &input, true, i, error);
    self->tried = i + 1;
  }
  return status;
}

/* What the author's own cases read and do not have. */
static pubint_status try_own(void *context, const pi_case *input, pubint_error *error) {
  pi_check *self = context;
  const pubint_evaluation *evaluation;
  if (is_stopped(self)) return PUBINT_OK;
  pubint_status status = pi_engine_evaluate(self->base, input, &evaluation, error);
  if (status != PUBINT_OK) return status;
  pi_fact_set reads = 0;
  const pi_script *by[2] = {NULL, evaluation->market};
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    reads |= evaluation->entries[i].reads;
    if (by[0] == NULL) by[0] = evaluation->entries[i].script;
  }
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if ((reads & PI_FACT_BIT(fact)) == 0) continue;
    self->history_reads[fact]++;
    if (pi_case_knows(input, (pi_fact)fact)) continue;
    self->history_absent[fact]++;
    if (self->history_by[fact][0] == NULL) memcpy(self->history_by[fact], by, sizeof by);
  }
  return pi_check_case(self, input, false, self->history.cases, error);
}

/* The token where a script names the fact's key; NULL where it does not. */
static const pi_token *key_in(const pi_check *self, const pi_script *script, pi_fact fact) {
  const pi_tokens *tokens = &self->coverage.places.tokens[script->index];
  for (uint32_t t = 1; t < tokens->count; t++) {
    bool names =
        pi_slice_equal(tokens->items[t].text, PI_FACTS[fact].key) && pi_token_is(&tokens->items[t - 1], ".");
    if (names) return &tokens->items[t];
  }
  return NULL;
}

/* In a script that read it while it was absent, else in lib/. */
static void place_absent(const pi_check *self, pi_finding *finding) {
  for (uint32_t i = 0; i < 2 + self->policy->scripts_count; i++) {
    const pi_script *script = i < 2 ? self->history_by[finding->fact][i] : &self->policy->scripts[i - 2];
    if (script == NULL || (i >= 2 && script->kind != PI_SCRIPT_LIB)) continue;
    const pi_token *token = key_in(self, script, finding->fact);
    if (token == NULL) continue;
    finding->script = script;
    finding->line = token->line;
    finding->column = token->column;
    finding->token = PI_FACTS[finding->fact].key;
    return;
  }
}

static pubint_status tell_absent(pi_check *self) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    uint64_t reads = self->history_reads[fact], absent = self->history_absent[fact];
    if (reads == 0 || absent * ABSENT_SHARE < reads) continue;
    pi_finding finding = {.code = PI_E_CHECK_ABSENT, .note = true, .fact = (pi_fact)fact};
    place_absent(self, &finding);
    pubint_status status =
        pi_check_add(self, finding, NULL, "%s is absent in %llu of %llu cases that read it",
                     PI_FACTS[fact].path.ptr, (unsigned long long)absent, (unsigned long long)reads);
    if (status != PUBINT_OK) return status;
  }
  return PUBINT_OK;
}

static void take_unseen(void *context, const pi_unseen *unseen) {
  pi_check *self = context;
  pi_finding finding = {.code = unseen->code,
                        .script = unseen->script,
                        .line = unseen->line,
                        .token = unseen->token,
                        .fact = PI_FACT_COUNT};
  if (finding.code == PI_E_CHECK_DEAD_CONDITION) { /* met and unmet are two */
    finding.to.count = strstr(unseen->message, "unmet") != NULL;
    if (finding.to.count != 0) finding.fact = PI_FACT_ID;
  }
  (void)pi_check_add(self, finding, NULL, "%s", unseen->message);
}

pubint_status pi_check_run(pi_check *out, const pubint_policy *policy, const pi_check_options *options,
                           pubint_error *error) {
  memset(out, 0, sizeof *out);
  out->policy = policy;
  out->options = options;
  pi_arena_init(&out->arena, ARENA_BLOCK, ARENA_MAX);
  pi_arena_init(&out->case_arena, ARENA_BLOCK, ARENA_MAX);
  pi_arena_init(&out->text_arena, ARENA_BLOCK, ARENA_MAX);
  pi_buffer_init(&out->json, JSON_MAX);
  pi_buffer_init(&out->other_json, JSON_MAX);
  out->findings = calloc(PI_FINDINGS_MAX, sizeof *out->findings);
  pubint_status status = pi_coverage_begin(&out->coverage, policy, error);
  if (out->findings == NULL) status = pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK) status = new_engine(out, &out->base, error);
  if (status == PUBINT_OK) status = new_engine(out, &out->other, error);
  if (status != PUBINT_OK) return status;
  pi_engine_watch(out->base, &out->coverage.watch);
  pi_generator_begin(&out->generator, &out->coverage.places, options->seed);
  out->script_points = pi_points_find(&out->coverage.places, &out->arena);
  status = out->script_points != NULL ? pi_check_static(out) : pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK) status = try_generated(out, error);
  if (status == PUBINT_OK && options->with != NULL) {
    status = pi_history_read(options->with, try_own, out, &out->history, error);
  }
  if (status == PUBINT_OK && !is_stopped(out)) {
    pi_coverage_unseen(&out->coverage, false, take_unseen, out);
    status = tell_absent(out);
  }
  if (status == PUBINT_E_SYSTEM && error != NULL && error->code == 0) pi_error_set(error, PI_E_NO_MEMORY);
  if (out->count > 0) qsort(out->findings, out->count, sizeof *out->findings, by_place);
  return status;
}

void pi_check_dispose(pi_check *self) {
  pubint_engine_free(self->base);
  pubint_engine_free(self->other);
  pi_coverage_end(&self->coverage);
  pi_buffer_dispose(&self->json);
  pi_buffer_dispose(&self->other_json);
  pi_arena_dispose(&self->text_arena);
  pi_arena_dispose(&self->case_arena);
  pi_arena_dispose(&self->arena);
  free(self->findings);
}
