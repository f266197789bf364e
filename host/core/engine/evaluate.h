/* From a case to its evaluation: gates, then a script per violation, then the market, then the outcome. */
#ifndef PI_EVALUATE_H
#define PI_EVALUATE_H

#include <pubint/engine.h>

#include "evaluation.h"
#include "overrides.h"

/* pubint_engine_evaluate for a case in memory, which must outlive the evaluation. */
pubint_status pi_engine_evaluate(pubint_engine *self, const pi_case *input, const pubint_evaluation **out,
                                 pubint_error *error);

/* From now on `watch`, borrowed, is told of every line of a script that runs; NULL: nobody. Neither a limit
 * nor an evaluation changes by it. */
void pi_engine_watch(pubint_engine *self, const pi_line_watch *watch);

/* From now on evaluates with the numbers replaced that `overrides`, borrowed, names, and fills in its notes;
 * NULL, as at first: the policy as it is. An evaluation with a replaced number says so beside its policy. */
void pi_engine_override(pubint_engine *self, pi_overrides *overrides);

#endif
