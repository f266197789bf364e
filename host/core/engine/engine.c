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

/* Facts that must have been assessed before anything is excepted (design section 6), read or not. */
#define ALWAYS_ASSESSED                                                                                      \
  (PI_FACT_BIT(PI_FACT_PUBLIC_CONCERN) | PI_FACT_BIT(PI_FACT_CALL_TO_ACTION) |                               \
   PI_FACT_BIT(PI_FACT_RIGHTS_INTERFERENCE) | PI_FACT_BIT(PI_FACT_HARM_LIKELIHOOD) |                         \
   PI_FACT_BIT(PI_FACT_HARM_SEVERITY))

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
      !pi_case_knows(input, PI_FACT_PUBLIC_CONCERN) || input->facts[PI_FACT_PUBLIC_CONCERN].micro > 0;
  add_host_condition(entry, PI_HOST_PUBLIC_CONCERN, concern);
  if (violation->rule != PI_RULE_PRIVATE_INFORMATION) return;
  add_host_condition(entry, PI_HOST_DATA_OMITTED,
                     !pi_violation_is_posted(violation) || violation->spans_count > 0);
}

static bool condition_unmet(const pi_balance *balance, bool of_market) {
  for (uint32_t i = 0; i < balance->conditions_count; i++) {
    const pi_condition *condition = &balance->conditions[i];
    if (!condition->met && (condition->from == PI_FROM_MARKET) == of_market) return true;
  }
  return false;
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

/* Sums up what the market put on the balance: it may sway a rule's margin by PI_MARKET_SWAY, no more. */
static void count_market(pi_entry *entry) {
  pi_sums sums = pi_balance_sums(&entry->balance, PI_FROM_MARKET);
  int64_t net = sums.interest - sums.harm;
  int64_t counted = net > PI_MARKET_SWAY ? PI_MARKET_SWAY : net < -PI_MARKET_SWAY ? -PI_MARKET_SWAY : net;
  entry->market = (pi_market_sway){true, sums.interest, sums.harm, counted, counted != net};
  entry->margin += counted;
}

static void conclude(pi_entry *entry, pubint_outcome verdict, pubint_basis basis) {
  entry->verdict = verdict;
  entry->basis = basis;
}

/* First match of design section 6, once the scripts have run. */
static void judge_entry(pi_entry *entry, const pi_case *input, bool market_failed) {
  entry->unassessed |= entry->reads & pi_facts_harm() & ~input->known;
  if (condition_unmet(&entry->balance, false)) {
    conclude(entry, PUBINT_REMOVE, PUBINT_WEIGHED);
  } else if (market_failed) {
    bool hopeless = entry->margin + PI_MARKET_SWAY < 0;
    conclude(entry, hopeless ? PUBINT_REMOVE : PUBINT_REVIEW, hopeless ? PUBINT_WEIGHED : PUBINT_RULE_ERROR);
  } else if (entry->margin < 0 || condition_unmet(&entry->balance, true)) {
    conclude(entry, PUBINT_REMOVE, PUBINT_WEIGHED);
  } else if (entry->unassessed != 0) {
    conclude(entry, PUBINT_REVIEW, PUBINT_UNASSESSED);
  } else {
    conclude(entry, PUBINT_NOTICE, PUBINT_WEIGHED);
  }
}

/* The script's own bar, or the one that an experiment put in its place; in thousandths. */
static int32_t bar_of(pubint_engine *self, const pi_entry *entry) {
  if (self->overrides == NULL) return entry->script->bar;
  pi_entry_notes *notes = &self->overrides->notes[entry - self->evaluation.entries];
  const pi_override *item = pi_overrides_find(self->overrides, entry->violation->rule_id, (pi_slice){"", 0});
  notes->bar = item != NULL ? entry->script->bar : -1;
  return item != NULL ? item->milli : entry->script->bar;
}

static pubint_status weigh_violation(pubint_engine *self, pi_entry *entry, const pi_violation *violation,
                                     pi_slice text, pubint_error *error) {
  pubint_evaluation *evaluation = &self->evaluation;
  entry->violation = violation;
  entry->weighed = false;
  entry->interest = entry->harm = entry->bar = entry->margin = 0;
  entry->market = (pi_market_sway){0};
  entry->unassessed = ALWAYS_ASSESSED & ~evaluation->input->known; /* shown whatever the verdict */
  if (spans_unassessed(violation)) entry->unassessed |= PI_SPANS_BIT;
  entry->reads = 0;
  entry->error = (pi_script_error){0};
  entry->rule_usage = entry->market_usage = (pi_usage){0};
  pi_balance_init(&entry->balance);

  entry->script = violation->rule < PI_RULE_COUNT
                      ? self->rules[violation->rule]
                      : pi_policy_script(self->policy, PI_SCRIPT_RULE, violation->rule_id);
  if (entry->script == NULL) {
    conclude(entry, PUBINT_REVIEW, PUBINT_NO_SCRIPT);
    return PUBINT_OK;
  }
  add_host_conditions(entry, evaluation->input);
  bool failed, market_failed = false;
  pubint_status status = run_script(self, entry->script, entry, text, &failed, error);
  if (status != PUBINT_OK) return status;
  entry->bar = (int64_t)bar_of(self, entry) * (PI_NANO / PI_MILLI);
  if (failed) {
    conclude(entry, PUBINT_REVIEW, PUBINT_RULE_ERROR);
    return PUBINT_OK;
  }
  pi_sums sums = pi_balance_sums(&entry->balance, PI_FROM_RULE);
  entry->weighed = true;
  entry->interest = sums.interest;
  entry->harm = sums.harm;
  entry->margin = sums.interest - sums.harm - entry->bar;
  if (evaluation->market != NULL) {
    status = run_script(self, evaluation->market, entry, text, &market_failed, error);
    if (status != PUBINT_OK) return status;
    if (!market_failed) count_market(entry);
  }
  judge_entry(entry, evaluation->input, market_failed);
  return PUBINT_OK;
}

/* ---- the Tweet ---- */

/* The most restrictive verdict wins (A01): remove, then review by its first basis in this order. */
static void judge_tweet(pubint_evaluation *evaluation) {
  static const pubint_basis REVIEW_ORDER[] = {PUBINT_RULE_ERROR, PUBINT_NO_SCRIPT, PUBINT_UNASSESSED};
  evaluation->outcome = PUBINT_NOTICE;
  evaluation->basis = PUBINT_WEIGHED;
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    if (evaluation->entries[i].verdict == PUBINT_REMOVE) evaluation->outcome = PUBINT_REMOVE;
  }
  if (evaluation->outcome == PUBINT_REMOVE) return;
  for (size_t b = 0; b < sizeof REVIEW_ORDER / sizeof *REVIEW_ORDER; b++) {
    for (uint32_t i = 0; i < evaluation->entries_count; i++) {
      if (evaluation->entries[i].verdict != PUBINT_REVIEW) continue;
      if (evaluation->entries[i].basis != REVIEW_ORDER[b]) continue;
      evaluation->outcome = PUBINT_REVIEW;
      evaluation->basis = REVIEW_ORDER[b];
      return;
    }
  }
}

static pubint_status weigh(pubint_engine *self, pubint_error *error) {
  pubint_evaluation *evaluation = &self->evaluation;
  const pi_case *input = evaluation->input;
  evaluation->weighed = true;
  if (pi_case_knows(input, PI_FACT_MARKET)) {
    evaluation->market =
        pi_policy_script(self->policy, PI_SCRIPT_MARKET, input->facts[PI_FACT_MARKET].string);
  }
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_entry *entry = &evaluation->entries[i];
    pubint_status status =
        weigh_violation(self, entry, &input->violations[i], evaluation->redacted_text, error);
    if (status != PUBINT_OK) return status;
    evaluation->entries_count = i + 1;
    evaluation->unknown |= entry->reads & ~input->known;
  }
  judge_tweet(evaluation);
  return PUBINT_OK;
}

static pubint_status decide(pubint_engine *self, pubint_error *error) {
  pubint_evaluation *evaluation = &self->evaluation;
  switch (evaluation->gates.eligibility) {
  case PI_NOTHING_VIOLATED:
    evaluation->outcome = PUBINT_NO_ACTION;
    evaluation->basis = PUBINT_NO_VIOLATION;
    break;
  case PI_NEVER_EXCEPTED:
    evaluation->outcome = PUBINT_REMOVE;
    evaluation->basis = PUBINT_NEVER_EXCEPTED;
    break;
  case PI_NOT_ELIGIBLE:
    evaluation->outcome = PUBINT_REMOVE;
    evaluation->basis = PUBINT_NOT_ELIGIBLE;
    break;
  case PI_NOT_KNOWN:
    evaluation->outcome = PUBINT_REVIEW;
    evaluation->basis = PUBINT_INCOMPLETE;
    break;
  case PI_ELIGIBLE: return weigh(self, error);
  }
  evaluation->final = evaluation->outcome != PUBINT_REVIEW;
  return PUBINT_OK;
}

pubint_status pi_engine_evaluate(pubint_engine *self, const pi_case *input, const pubint_evaluation **out,
                                 pubint_error *error) {
  *out = NULL;
  pubint_evaluation *evaluation = &self->evaluation;
  pi_arena_reset(&self->arena);
  pi_buffer_reset(&self->json);
  evaluation->input = input;
  evaluation->policy = self->policy;
  evaluation->final = false; /* R041: what is weighed is for people to decide */
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
