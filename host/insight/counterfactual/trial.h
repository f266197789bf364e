/* Trials of a search: changed copies of one case, evaluated one after another within a budget. */
#ifndef PI_TRIAL_H
#define PI_TRIAL_H

#include "case.h"
#include "evaluate.h"
#include "evaluation.h"
#include "stop.h"

/* The first five are the search's to set; all is borrowed. */
typedef struct pi_trial {
  pubint_engine *engine;
  const pi_case *input;     /* the case as it stands */
  uint32_t evaluations_max; /* the budget */
  const pi_stop *stop;      /* NULL: never */
  pubint_error *error;
  uint32_t evaluations;
  bool cut;               /* stopped, or the budget is spent */
  pubint_status status;   /* the first failure ends the search */
  pubint_outcome outcome; /* of the case as it stands */
  pi_case changed;
} pi_trial;

/* Evaluates the case as it stands, whatever the budget; NULL on failure. */
const pubint_evaluation *pi_trial_look(pi_trial *self);

/* Makes `changed` the case as it stands. */
void pi_trial_reset(pi_trial *self);

/* Whether it failed, was stopped or has spent its budget. */
bool pi_trial_over(const pi_trial *self);

/* Evaluates `changed`; NULL once the search is over. */
const pubint_evaluation *pi_trial_evaluate(pi_trial *self);

/* Whether `changed` has another outcome than the case as it stands; false too once the search is over. Where
 * it is true, the outcome and what it rests on are put where they are asked for. */
bool pi_trial_turns(pi_trial *self, pubint_outcome *outcome, pubint_basis *basis);

#endif
