#include "check.h"

#include <stdio.h>
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

/* What the test that runs has reached. */
typedef struct testing {
  pi_coverage *all;
  pi_coverage one;
} testing;

static void see_evaluation(void *context, const pubint_evaluation *evaluation) {
  testing *self = context;
  pi_coverage_add(&self->one, evaluation);
}

/* Only what holds can say that something is reached. */
static void see_test(void *context, const pi_test_result *result) {
  testing *self = context;
  if (result->passed) pi_coverage_merge(self->all, &self->one);
  pi_coverage_forget(&self->one);
}

static pubint_status tell_tests(pi_check *self) {
  const pi_test_totals *tests = &self->tests;
  if (tests->failed == 0) return PUBINT_OK;
  pi_finding finding = {.code = PI_E_CHECK_TESTS, .note = true, .fact = PI_FACT_COUNT};
  return pi_check_add(self, finding, NULL, "%u of the policy's own %u tests fail%s", tests->failed,
                      tests->passed + tests->failed, tests->failed == 1 ? "s" : "");
}

/* What generated cases did not reach the policy's own tests may. They are run whatever is left, so that what
 * is said of them does not hang on how many cases were tried. */
static pubint_status run_tests(pi_check *self, pubint_error *error) {
  testing run = {.all = self->coverage};
  pi_test_options options = {
      .stop = self->options->stop, .told = see_test, .evaluated = see_evaluation, .context = &run};
  pubint_status status = pi_coverage_begin(&run.one, self->policy, error);
  if (status == PUBINT_OK) {
    pi_engine_watch(self->base, &run.one.watch);
    status = pi_tests_run(self->policy, self->base, &options, &self->tests, error);
    pi_engine_watch(self->base, &self->coverage->watch);
  }
  pi_coverage_end(&run.one);
  self->tested = status == PUBINT_OK && !is_stopped(self);
  return status == PUBINT_OK ? tell_tests(self) : status;
}

/* Each is told once. */
static void take_unseen(void *context, const pi_unseen *unseen) {
  pi_check *self = context;
  pi_finding finding = {.code = unseen->code,
                        .script = unseen->script,
                        .line = unseen->line,
                        .token = unseen->token,
                        .fact = PI_FACT_COUNT,
                        .which = self->findings.count};
  (void)pi_check_add(self, finding, NULL, "%s", unseen->message);
}

/* ---- waivers ---- */

/* A finding that is only met by trying may need many cases: that there is none is known after so many, tried
 * in all ways. */
enum { CASES_TO_TELL = 2000 };

static bool is_long_enough(const pi_check *self) {
  return self->tried > self->fewer && self->tried - self->fewer >= CASES_TO_TELL;
}

/* Whether more cases could still show what was not found: it is read from no text, and neither is it what a
 * single case disproves. */
static bool may_yet_come(const pi_check *self, unsigned code) {
  switch (code) {
  case PI_E_CHECK_ABSENT: return self->options->with == NULL;
  case PI_E_CHECK_HARM_HELPS:
  case PI_E_CHECK_INTEREST_HURTS:
  case PI_E_CHECK_UNFAIR:
  case PI_E_CHECK_LIMITS:
  case PI_E_CHECK_NAN_TEXT:
  case PI_E_CHECK_UNNAMED: /* ids may be computed */
  case PI_E_CHECK_CLAMP:
  case PI_E_CHECK_ORDER:
  case PI_E_CHECK_CEILING: return !is_long_enough(self);
  default: return false;
  }
}

/* What is said behind a waiver of what may yet come. */
static const char *too_few(const pi_check *self, unsigned code, char out[96]) {
  if (code == PI_E_CHECK_ABSENT)
    snprintf(out, 96, ", which only --with can show");
  else
    snprintf(out, 96, " in %llu case%s: too few to tell, run %d or more", (unsigned long long)self->tried,
             self->tried == 1 ? "" : "s", CASES_TO_TELL);
  return out;
}

static pi_finding at_waiver(const pi_code_waiver *waiver, unsigned code) {
  return (pi_finding){.code = code,
                      .script = waiver->script,
                      .line = waiver->line,
                      .column = waiver->column,
                      .token = waiver->shown,
                      .fact = PI_FACT_COUNT};
}

/* What is wrong with how it is written, in words before and behind its code; both NULL: nothing. */
typedef struct waiver_fault {
  const char *before;
  const char *behind;
} waiver_fault;

static waiver_fault fault_of(const pi_code_waiver *waiver) {
  static const char WAIVER[] = "the waiver of ";
  bool of_fact = pi_waivers_of_fact(waiver->code);
  if (waiver->shown.len == 0) return (waiver_fault){"the waiver names no code", ""};
  if (!pi_waivers_known(waiver->code)) return (waiver_fault){"check has no finding ", ""};
  if (!pi_waivers_takes(waiver->code)) return (waiver_fault){"", " cannot be waived"};
  if (waiver->reason.len == 0 || (!of_fact && waiver->named.len > 0))
    return (waiver_fault){WAIVER, " says no reason"};
  if (of_fact && waiver->named.len == 0) return (waiver_fault){WAIVER, " names no fact"};
  if (of_fact && pi_fact_find(waiver->named) == PI_FACT_COUNT)
    return (waiver_fault){WAIVER, " names a fact that there is not"};
  return (waiver_fault){NULL, NULL};
}

static int shown_bytes(pi_slice text, int most) {
  return text.len > (size_t)most ? most : (int)text.len;
}

static pubint_status tell_waiver_fault(pi_check *self, const pi_code_waiver *waiver, waiver_fault fault) {
  return pi_check_add(self, at_waiver(waiver, PI_E_CHECK_WAIVER), NULL, "%s%.*s%s", fault.before,
                      shown_bytes(waiver->shown, 16), waiver->shown.ptr, fault.behind);
}

static pubint_status tell_waiver(pi_check *self, const pi_code_waiver *waiver) {
  pi_finding finding = at_waiver(waiver, PI_E_CHECK_WAIVES_NOTHING);
  char more[96] = "";
  finding.note = waiver->about > 0 && may_yet_come(self, waiver->code);
  int shown = shown_bytes(waiver->shown, 16), named = shown_bytes(waiver->named, 64);
  if (waiver->about == 0) {
    return pi_check_add(self, finding, NULL, "no code follows that %.*s is about", shown, waiver->shown.ptr);
  }
  return pi_check_add(self, finding, NULL, "%.*s%s%.*s is not found on line %u%s", shown, waiver->shown.ptr,
                      named > 0 ? " of " : "", named, waiver->named.ptr, waiver->about,
                      finding.note ? too_few(self, waiver->code, more) : "");
}

static pubint_status tell_fact_waiver(pi_check *self, const pi_script *script, const pi_waiver *waiver) {
  pi_finding finding = {.code = PI_E_CHECK_WAIVES_NOTHING,
                        .script = script,
                        .line = pi_places_key(&self->coverage->places, script, "waives"),
                        .token = PI_FACTS[waiver->fact].path,
                        .fact = PI_FACT_COUNT};
  char more[96] = "";
  finding.note = may_yet_come(self, PI_E_CHECK_HARM_HELPS);
  return pi_check_add(self, finding, NULL, "%s moves nothing the wrong way%s",
                      PI_FACTS[waiver->fact].path.ptr,
                      finding.note ? too_few(self, PI_E_CHECK_HARM_HELPS, more) : "");
}

/* Takes what is waived out of the faults, each finding by a waiver of its own. */
static void apply_waivers(pi_check *self) {
  pi_findings_sort(&self->findings); /* which of several is waived is the same in each run */
  for (uint32_t i = 0; i < self->waivers.count; i++) {
    pi_code_waiver *waiver = &self->waivers.items[i];
    if (fault_of(waiver).before != NULL || waiver->about == 0) continue;
    pi_fact fact = pi_waivers_of_fact(waiver->code) ? pi_fact_find(waiver->named) : PI_FACT_COUNT;
    const pi_finding *waived =
        pi_findings_waive(&self->findings, waiver->code, waiver->script, waiver->about, fact);
    if (waived != NULL) waiver->message = waived->message;
  }
}

/* A waiver that is not right is a fault, and so is one that waives nothing where that is known. */
static pubint_status tell_waivers(pi_check *self) {
  pubint_status status = PUBINT_OK;
  for (uint32_t i = 0; i < self->waivers.count && status == PUBINT_OK; i++) {
    const pi_code_waiver *waiver = &self->waivers.items[i];
    waiver_fault fault = fault_of(waiver);
    if (fault.before != NULL) {
      status = tell_waiver_fault(self, waiver, fault);
    } else if (waiver->message.ptr == NULL) {
      status = tell_waiver(self, waiver);
    }
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
  bool whole = status == PUBINT_OK && !is_stopped(out);
  if (whole) {
    pi_coverage_unseen(out->coverage, false, take_unseen, out);
    status = tell_absent(out);
    if (status == PUBINT_OK) status = pi_check_names_tell(out);
  }
  apply_waivers(out);
  if (whole && status == PUBINT_OK) status = tell_waivers(out);
  if (status == PUBINT_E_SYSTEM && error != NULL && error->code == 0) pi_error_set(error, PI_E_NO_MEMORY);
  pi_findings_sort(&out->findings);
  return status;
}
