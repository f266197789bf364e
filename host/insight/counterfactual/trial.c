#include "trial.h"

#include "errors.h"

#define NANOSECONDS_MAX (PI_TRIAL_SECONDS_MAX * INT64_C(1000000000))

static void count_instructions(pi_trial *self, const pubint_evaluation *evaluation) {
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    const pi_entry *entry = &evaluation->entries[i];
    self->instructions += entry->rule_usage.instructions + entry->market_usage.instructions;
  }
}

static bool in_time(pi_trial *self) {
  if (self->evaluations == 0 || self->begun.wall == 0) self->begun = pi_stopwatch_start(&self->watch);
  if (!pi_stopwatch_passed(&self->begun, pi_stopwatch_now(), NANOSECONDS_MAX)) return true;
  self->status = pi_error_setf(
      self->error, PI_E_LIMIT_TIME,
      "the search for what would turn the case took over %d seconds of processor time", PI_TRIAL_SECONDS_MAX);
  return false;
}

static const pubint_evaluation *evaluate(pi_trial *self, const pi_case *input) {
  const pubint_evaluation *evaluation = NULL;
  if (!in_time(self)) return NULL;
  self->evaluations++;
  self->status = pi_engine_evaluate(self->engine, input, &evaluation, self->error);
  if (self->status != PUBINT_OK) return NULL;
  count_instructions(self, evaluation);
  return evaluation;
}

const pubint_evaluation *pi_trial_look(pi_trial *self) {
  const pubint_evaluation *evaluation = evaluate(self, self->input);
  if (evaluation != NULL) self->outcome = evaluation->outcome;
  return evaluation;
}

void pi_trial_reset(pi_trial *self) {
  self->changed = *self->input;
}

bool pi_trial_over(const pi_trial *self) {
  return self->status != PUBINT_OK || self->cut;
}

const pubint_evaluation *pi_trial_evaluate(pi_trial *self) {
  if (pi_trial_over(self)) return NULL;
  self->cut = self->evaluations >= self->evaluations_max || self->instructions >= self->instructions_max ||
              pi_stop_asked(self->stop);
  return self->cut ? NULL : evaluate(self, &self->changed);
}

bool pi_trial_turns(pi_trial *self, pubint_outcome *outcome, pubint_basis *basis) {
  const pubint_evaluation *evaluation = pi_trial_evaluate(self);
  if (evaluation == NULL || evaluation->outcome == self->outcome) return false;
  if (outcome != NULL) *outcome = evaluation->outcome;
  if (basis != NULL) *basis = evaluation->basis;
  return true;
}
