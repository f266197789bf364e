#include "flip_search.h"

#include "evaluation.h"

bool pi_flip_over(const pi_flip_search *self) {
  return self->status != PUBINT_OK || !self->out->complete;
}

bool pi_flip_turns(pi_flip_search *self, pubint_outcome *outcome, pubint_basis *basis) {
  const pi_flip_options *options = self->options;
  if (pi_flip_over(self)) return false;
  bool look =
      options != NULL && options->stop != NULL && self->out->evaluations % PI_TURN_EVALUATIONS_PER_LOOK == 0;
  if (self->out->evaluations >= self->evaluations_max || (look && options->stop(options->stop_from))) {
    self->out->complete = false;
    return false;
  }
  self->out->evaluations++;
  const pubint_evaluation *evaluation;
  self->status = pi_engine_evaluate(self->engine, &self->trial, &evaluation, self->error);
  if (self->status != PUBINT_OK) return false;
  if (outcome != NULL) *outcome = evaluation->outcome;
  if (basis != NULL) *basis = evaluation->basis;
  return evaluation->outcome != self->outcome;
}
