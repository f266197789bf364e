#include "check.h"

#include <string.h>

#include "check_names.h"
#include "check_properties.h"
#include "check_search.h"
#include "check_static.h"
#include "entries.h"
#include "errors.h"
#include "generate.h"
#include "shrink.h"
#include "tests.h"

enum { PROGRESS_CASES = 64 };

/* Half of the history without a fact is much of it. */
enum { ABSENT_SHARE = 2 };

/* ---- smaller cases ---- */

static pubint_status shows(void *context, const pi_case *input, bool *shown) {
  pi_check *probe = context;
  probe->findings.found = false;
  pubint_status status = pi_check_case(probe, input, false, 0, NULL);
  *shown = probe->findings.found;
  return status;
}

static pubint_status refit(void *context, pi_case *input, bool *shown) {
  pi_check *probe = context;
  probe->findings.found = false;
  pubint_status status = pi_whole_refit(probe, input);
  *shown = probe->findings.found;
  return status;
}

/* A pi_findings_shrink, in states of its own: what is being evaluated stays as it is. */
static pubint_status make_smaller(const void *context, const pi_finding *finding, pi_case *input,
                                  pi_slice *message, pi_arena *arena) {
  pi_check probe;
  pi_shrink shrink = {.shows = shows, .context = &probe};
  if (finding->code == PI_E_CHECK_ORDER) shrink.refit = refit;
  pubint_status status = pi_check_begin_probe(&probe, context, finding);
  if (status == PUBINT_OK) status = pi_shrink_case(&shrink, input, arena);
  const char *said = probe.findings.found_message; /* it is the smallest case that is shown */
  if (status == PUBINT_OK && said[0] != '\0') {
    *message = pi_arena_copy(arena, pi_slice_of(said));
    if (message->ptr == NULL) status = PUBINT_E_SYSTEM;
  }
  pi_check_end_probe(&probe);
  return status;
}

/* ---- running ---- */

static bool is_stopped(const pi_check *self) {
  return pi_stop_asked(self->options->stop);
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
    if (i % CASES_PER_STATE == 0) status = pi_check_renew(self, &self->other, error);
    pi_arena_reset(&self->case_arena);
    if (status == PUBINT_OK && !pi_generate_case(self->generator, i, &input, &self->case_arena)) {
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
  pi_fact_set reads = pi_entries_reads(evaluation);
  const pi_script *by[2] = {NULL, evaluation->market};
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    if (by[0] == NULL) by[0] = evaluation->entries[i].script;
  }
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if ((reads & PI_FACT_BIT(fact)) == 0) continue;
    self->history_reads[fact]++;
    if (pi_case_knows(input, (pi_fact)fact)) continue;
    self->history_absent[fact]++;
    if (self->history_by[fact][0] == NULL) memcpy(self->history_by[fact], by, sizeof by);
  }
  return pi_check_case(self, input, true, self->history.cases, error);
}

/* The token where a script names the fact's key; NULL where it does not. */
static const pi_token *key_in(const pi_check *self, const pi_script *script, pi_fact fact) {
  const pi_tokens *tokens = &self->coverage->places.tokens[script->index];
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

/* ---- what is never reached ---- */

static void note_unseen(void *context, const pi_unseen *unseen) {
  bool *some = context;
  (void)unseen;
  *some = true;
}

static void see_evaluation(void *context, const pubint_evaluation *evaluation) {
  pi_check *self = context;
  pi_coverage_add(self->coverage, evaluation);
}

/* What generated cases did not reach the policy's own tests may: they are run where something is left. */
static pubint_status run_tests(pi_check *self, pubint_error *error) {
  bool some = false;
  pi_coverage_unseen(self->coverage, false, note_unseen, &some);
  if (!some) return PUBINT_OK;
  pi_test_totals totals;
  pi_test_options options = {.stop = self->options->stop, .evaluated = see_evaluation, .context = self};
  pubint_status status = pi_tests_run(self->policy, self->base, &options, &totals, error);
  self->tests_failed = totals.failed;
  return status;
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

/* ---- waivers ---- */

static pubint_status tell_waiver(pi_check *self, const pi_code_waiver *waiver) {
  bool known = waiver->code >= PI_E_CHECK_FAILS && waiver->code <= PI_E_CHECK_CONCERN;
  pi_finding finding = {.code =
                            known && waiver->reason.len > 0 ? PI_E_CHECK_WAIVES_NOTHING : PI_E_CHECK_WAIVER,
                        .script = waiver->script,
                        .line = waiver->line,
                        .column = waiver->column,
                        .token = waiver->shown,
                        .fact = PI_FACT_COUNT};
  int shown = waiver->shown.len > 16 ? 16 : (int)waiver->shown.len;
  if (!known) return pi_check_add(self, finding, NULL, "check has no finding %.*s", shown, waiver->shown.ptr);
  if (waiver->reason.len == 0)
    return pi_check_add(self, finding, NULL, "the waiver of %.*s says no reason", shown, waiver->shown.ptr);
  return pi_check_add(self, finding, NULL, "%.*s is not found on line %u", shown, waiver->shown.ptr,
                      waiver->about);
}

static pubint_status tell_fact_waiver(pi_check *self, const pi_script *script, const pi_waiver *waiver) {
  pi_finding finding = {.code = PI_E_CHECK_WAIVES_NOTHING,
                        .script = script,
                        .line = pi_places_key(&self->coverage->places, script, "waives"),
                        .token = PI_FACTS[waiver->fact].path,
                        .fact = PI_FACT_COUNT};
  return pi_check_add(self, finding, NULL, "%s moves nothing the wrong way", PI_FACTS[waiver->fact].path.ptr);
}

/* Takes what is waived out of the faults; what waives nothing, or says no reason, is one. */
static pubint_status apply_waivers(pi_check *self) {
  pubint_status status = PUBINT_OK;
  for (uint32_t i = 0; i < self->waivers.count && status == PUBINT_OK; i++) {
    pi_code_waiver *waiver = &self->waivers.items[i];
    bool right =
        waiver->code >= PI_E_CHECK_FAILS && waiver->code <= PI_E_CHECK_CONCERN && waiver->reason.len > 0;
    if (right) waiver->used = pi_findings_waive(&self->findings, waiver->code, waiver->script, waiver->about);
    if (waiver->used == 0) status = tell_waiver(self, waiver);
  }
  for (uint32_t i = 0; i < self->policy->scripts_count && status == PUBINT_OK; i++) {
    const pi_script *script = &self->policy->scripts[i];
    for (uint32_t w = 0; w < script->waives_count && status == PUBINT_OK; w++) {
      bool used = (self->waivers.facts_used[i] & PI_FACT_BIT(script->waives[w].fact)) != 0;
      if (!used) status = tell_fact_waiver(self, script, &script->waives[w]);
    }
  }
  return status;
}

pubint_status pi_check_run(pi_check *out, const pubint_policy *policy, const pi_check_options *options,
                           pubint_error *error) {
  pubint_status status = pi_check_open(out, policy, options, make_smaller, error);
  if (status != PUBINT_OK) return status;
  status = pi_check_static(out);
  if (status == PUBINT_OK) status = try_generated(out, error);
  if (status == PUBINT_OK && options->with != NULL) {
    status = pi_history_read(options->with, try_own, out, &out->history, error);
  }
  if (status == PUBINT_OK && !is_stopped(out)) status = run_tests(out, error);
  if (status == PUBINT_OK && !is_stopped(out)) {
    pi_coverage_unseen(out->coverage, false, take_unseen, out);
    status = tell_absent(out);
    if (status == PUBINT_OK) status = pi_check_names_tell(out);
    if (status == PUBINT_OK) status = apply_waivers(out);
  }
  if (status == PUBINT_E_SYSTEM && error != NULL && error->code == 0) pi_error_set(error, PI_E_NO_MEMORY);
  pi_findings_sort(&out->findings);
  return status;
}
