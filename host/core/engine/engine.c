#include <stdlib.h>
#include <time.h>

#include "errors.h"
#include "evaluate.h"
#include "redact.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 16 * 1024 * 1024, JSON_MAX = 16 * 1024 * 1024 };

struct pubint_engine {
  const pubint_policy *policy;
  pi_sandbox *sandbox;
  pi_arena arena; /* of the evaluation: ids, notes, messages, the blotted text */
  const pi_script *rules[PI_RULE_COUNT];
  pi_overrides *overrides; /* of an experiment, borrowed; NULL: none */
  pubint_evaluation evaluation;
  pi_buffer json; /* of the evaluation */
};

pubint_status pubint_engine_new(pubint_engine **out, const pubint_policy *policy, pubint_error *error) {
  *out = NULL;
  pubint_engine *self = calloc(1, sizeof *self);
  if (self == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  self->policy = policy;
  pi_arena_init(&self->arena, ARENA_BLOCK, ARENA_MAX);
  pi_buffer_init(&self->json, JSON_MAX);
  self->evaluation.json = &self->json;
  pubint_status status = pi_sandbox_new(&self->sandbox, policy, error);
  if (status != PUBINT_OK) {
    pubint_engine_free(self);
    return status;
  }
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) {
    self->rules[rule] = pi_policy_script(policy, PI_SCRIPT_RULE, PI_RULES[rule].id);
  }
  *out = self;
  return PUBINT_OK;
}

void pubint_engine_free(pubint_engine *self) {
  if (self == NULL) return;
  pi_sandbox_free(self->sandbox);
  pi_arena_dispose(&self->arena);
  pi_buffer_dispose(&self->json);
  free(self);
}

void pi_engine_watch(pubint_engine *self, const pi_line_watch *watch) {
  pi_sandbox_watch(self->sandbox, watch);
}

void pi_engine_override(pubint_engine *self, pi_overrides *overrides) {
  self->overrides = overrides;
  self->evaluation.overrides = overrides;
}

/* ---- one violation ---- */

/* R092, R095: who threatens to publish data, or incites others to, may have put it in the text as well.
 * What was posted needs no such look: without a place it cannot be left out at all. */
static bool spans_unassessed(const pi_violation *violation) {
  return violation->rule == PI_RULE_PRIVATE_INFORMATION && !pi_violation_is_posted(violation) &&
         !violation->spans_known;
}

static void add_host_condition(pi_entry *entry, pi_host_condition condition, bool met) {
  pi_balance_condition(&entry->balance, PI_FROM_HOST, PI_HOST_CONDITIONS[condition], met,
                       (pi_slice){NULL, 0});
}

/* R003: no exception without a matter of public concern; while nobody assessed it, it is unassessed and not
 * unmet. R095: private data that was posted can only be excepted where it can be blotted out. */
static void add_host_conditions(pi_entry *entry, const pi_case *input) {
  const pi_violation *violation = entry->violation;
  bool concern =
      !pi_case_knows(input, PI_FACT_PUBLIC_CONCERN) || pi_case_strength(input, PI_FACT_PUBLIC_CONCERN) > 0;
  add_host_condition(entry, PI_HOST_PUBLIC_CONCERN, concern);
  if (violation->rule != PI_RULE_PRIVATE_INFORMATION) return;
  add_host_condition(entry, PI_HOST_DATA_OMITTED,
                     !pi_violation_is_posted(violation) || violation->spans_count > 0);
}

static uint64_t nanoseconds(void) {
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* pi_sandbox_weigh for an experiment: with numbers replaced, and with notes. */
static pubint_status weigh_noting(pubint_engine *self, pi_script_call *call, const pi_entry *entry,
                                  pubint_error *error) {
  pi_entry_notes *notes = &self->overrides->notes[entry - self->evaluation.entries];
  uint32_t first = call->balance->factors_count;
  call->places = notes->places;
  uint64_t begun = nanoseconds();
  pubint_status status = pi_sandbox_weigh(self->sandbox, call, error);
  uint64_t took = nanoseconds() - begun;
  if (call->script->kind == PI_SCRIPT_MARKET)
    notes->market_nanoseconds = took;
  else
    notes->rule_nanoseconds = took;
  pi_overrides_apply(self->overrides, notes, entry->violation->rule_id, call->balance, first);
  return status;
}

static pubint_status run_script(pubint_engine *self, const pi_script *script, pi_entry *entry, pi_slice text,
                                bool *failed, pubint_error *error) {
  pi_script_call call = {.script = script,
                         .input = self->evaluation.input,
                         .violation = entry->violation,
                         .text = text,
                         .balance = &entry->balance,
                         .arena = &self->arena};
  pubint_status status = self->overrides == NULL ? pi_sandbox_weigh(self->sandbox, &call, error)
                                                 : weigh_noting(self, &call, entry, error);
  *failed = call.error.failure != PI_FAILURE_NONE;
  if (*failed) entry->error = call.error;
  entry->reads |= call.reads;
  if (script->kind == PI_SCRIPT_MARKET)
    entry->market_usage = call.usage;
  else
    entry->rule_usage = call.usage;
  return status;
}

/* The script's own bar, or the one that an experiment put in its place; in thousandths. */
static int32_t bar_of(pubint_engine *self, const pi_entry *entry) {
  if (self->overrides == NULL) return entry->script->bar;
  pi_entry_notes *notes = &self->overrides->notes[entry - self->evaluation.entries];
  const pi_override *item = pi_overrides_find(self->overrides, entry->violation->rule_id, (pi_slice){"", 0});
  notes->bar = item != NULL ? entry->script->bar : -1;
  return item != NULL ? item->milli : entry->script->bar;
}

/* The rule's script, then the market's: what they put on the balance, and its sums. */
static pubint_status weigh_scripts(pubint_engine *self, pi_entry *entry, pi_slice text, bool *market_failed,
                                   pubint_error *error) {
  const pubint_evaluation *evaluation = &self->evaluation;
  bool failed;
  pubint_status status = run_script(self, entry->script, entry, text, &failed, error);
  if (status != PUBINT_OK) return status;
  entry->bar = (int64_t)bar_of(self, entry) * (PI_NANO / PI_MILLI);
  if (failed) return PUBINT_OK;
  bool has_market = evaluation->market != NULL;
  if (has_market) status = run_script(self, evaluation->market, entry, text, market_failed, error);
  if (status != PUBINT_OK) return status;
  pi_judged_sums sums = pi_judge_sums(&entry->balance, entry->bar, has_market && !*market_failed, NULL);
  entry->weighed = true;
  entry->interest = sums.interest;
  entry->harm = sums.harm;
  entry->market = sums.market;
  entry->margin = sums.margin;
  entry->unassessed |= entry->reads & pi_facts_harm() & ~evaluation->input->known;
  return PUBINT_OK;
}

static pubint_status weigh_violation(pubint_engine *self, pi_entry *entry, const pi_violation *violation,
                                     pi_slice text, pubint_error *error) {
  pubint_evaluation *evaluation = &self->evaluation;
  bool market_failed = false;
  pubint_status status = PUBINT_OK;
  entry->violation = violation;
  entry->weighed = false;
  entry->interest = entry->harm = entry->bar = entry->margin = 0;
  entry->market = (pi_market_sway){0};
  entry->unassessed = PI_ALWAYS_ASSESSED & ~evaluation->input->known; /* shown whatever the verdict */
  if (spans_unassessed(violation)) entry->unassessed |= PI_SPANS_BIT;
  entry->reads = 0;
  entry->error = (pi_script_error){0};
  entry->rule_usage = entry->market_usage = (pi_usage){0};
  pi_balance_init(&entry->balance);

  entry->script = violation->rule < PI_RULE_COUNT
                      ? self->rules[violation->rule]
                      : pi_policy_script(self->policy, PI_SCRIPT_RULE, violation->rule_id);
  if (entry->script != NULL) {
    add_host_conditions(entry, evaluation->input);
    status = weigh_scripts(self, entry, text, &market_failed, error);
  }
  const pi_judge_entry judged = {.balance = &entry->balance,
                                 .scripted = entry->script != NULL,
                                 .weighed = entry->weighed,
                                 .market_failed = market_failed,
                                 .margin = entry->margin,
                                 .unassessed = entry->unassessed};
  pi_judgement verdict = pi_judge_verdict(&judged);
  entry->verdict = verdict.outcome;
  entry->basis = verdict.basis;
  return status;
}

/* ---- the Tweet ---- */

/* Weighs every violation; *out becomes the strictest of their verdicts. */
static pubint_status weigh(pubint_engine *self, pi_judgement *out, pubint_error *error) {
  pubint_evaluation *evaluation = &self->evaluation;
  const pi_case *input = evaluation->input;
  evaluation->weighed = true;
  pubint_status begun = pi_sandbox_begin(self->sandbox, error);
  if (begun != PUBINT_OK) return begun;
  if (pi_case_knows(input, PI_FACT_MARKET)) {
    evaluation->market =
        pi_policy_script(self->policy, PI_SCRIPT_MARKET, pi_case_text(input, PI_FACT_MARKET));
  }
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_entry *entry = &evaluation->entries[i];
    pubint_status status =
        weigh_violation(self, entry, &input->violations[i], evaluation->redacted_text, error);
    if (status != PUBINT_OK) return status;
    evaluation->entries_count = i + 1;
    evaluation->unknown |= entry->reads & ~input->known;
    *out = pi_judge_stricter(*out, (pi_judgement){entry->verdict, entry->basis});
  }
  return PUBINT_OK;
}

static pubint_status decide(pubint_engine *self, pubint_error *error) {
  pubint_evaluation *evaluation = &self->evaluation;
  pi_judgement outcome = pi_judge_gates(evaluation->gates.eligibility);
  bool weighs = evaluation->gates.eligibility == PI_ELIGIBLE;
  pubint_status status = weighs ? weigh(self, &outcome, error) : PUBINT_OK;
  evaluation->outcome = outcome.outcome;
  evaluation->basis = outcome.basis;
  evaluation->final = !weighs && outcome.outcome != PUBINT_REVIEW; /* R041: what is weighed is for people */
  return status;
}

pubint_status pi_engine_evaluate(pubint_engine *self, const pi_case *input, const pubint_evaluation **out,
                                 pubint_error *error) {
  *out = NULL;
  pubint_evaluation *evaluation = &self->evaluation;
  pi_arena_reset(&self->arena);
  pi_buffer_reset(&self->json);
  evaluation->input = input;
  evaluation->policy = self->policy;
  evaluation->weighed = false;
  evaluation->market = NULL;
  evaluation->unknown = 0;
  evaluation->entries_count = 0;
  pi_gates_judge(&evaluation->gates, input);
  pubint_status status = pi_redact(input, &self->arena, &evaluation->redacted_text)
                             ? decide(self, error)
                             : pi_error_set(error, PI_E_NO_MEMORY);
  if (status != PUBINT_OK) return status;
  bool shown = evaluation->outcome == PUBINT_NOTICE || evaluation->outcome == PUBINT_REVIEW;
  if (!shown) evaluation->redacted_text = (pi_slice){NULL, 0};
  *out = evaluation;
  return PUBINT_OK;
}

pubint_status pubint_engine_evaluate(pubint_engine *self, const pubint_case *input,
                                     const pubint_evaluation **out, pubint_error *error) {
  return pi_engine_evaluate(self, &input->facts, out, error);
}
