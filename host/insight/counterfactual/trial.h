/* Trials of a search: changed copies of one case, evaluated one after another within a budget.
 *
 * The budget is counted in evaluations and in instructions of their scripts, so that what a search comes to
 * never depends on a machine or its load. Time ends a search with an error alone, and long behind both. */
#ifndef PI_TRIAL_H
#define PI_TRIAL_H

#include "case.h"
#include "evaluate.h"
#include "evaluation.h"
#include "stop.h"
#include "stopwatch.h"

enum { PI_TRIAL_SECONDS_MAX = 60 }; /* of processor time, of one search */

/* The first six are the search's to set; all is borrowed. */
typedef struct pi_trial {
  pubint_engine *engine;
  const pi_case *input;     /* the case as it stands */
  uint32_t evaluations_max; /* the budget */
  uint64_t instructions_max;
  const pi_stop *stop; /* NULL: never */
  pubint_error *error;
  uint32_t evaluations;
  uint64_t instructions; /* of all scripts of these evaluations, as those that counted used them */
  pi_stopwatch watch;
  pi_lap begun;           /* with the first evaluation */
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
