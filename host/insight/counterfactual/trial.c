#include "trial.h"

static const pubint_evaluation *evaluate(pi_trial *self, const pi_case *input) {
  const pubint_evaluation *evaluation = NULL;
  self->evaluations++;
  self->status = pi_engine_evaluate(self->engine, input, &evaluation, self->error);
  return self->status == PUBINT_OK ? evaluation : NULL;
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
  self->cut = self->evaluations >= self->evaluations_max || pi_stop_asked(self->stop);
  return self->cut ? NULL : evaluate(self, &self->changed);
}

bool pi_trial_turns(pi_trial *self, pubint_outcome *outcome, pubint_basis *basis) {
  const pubint_evaluation *evaluation = pi_trial_evaluate(self);
  if (evaluation == NULL || evaluation->outcome == self->outcome) return false;
  if (outcome != NULL) *outcome = evaluation->outcome;
  if (basis != NULL) *basis = evaluation->basis;
  return true;
}
