/* From a case to its evaluation: gates, then a script per violation, then the market, then the outcome. */
#ifndef PI_EVALUATE_H
#define PI_EVALUATE_H

#include <pubint/engine.h>

#include "evaluation.h"

/* pubint_engine_evaluate for a case in memory, which must outlive the evaluation. */
pubint_status pi_engine_evaluate(pubint_engine *self, const pi_case *input, const pubint_evaluation **out,
                                 pubint_error *error);

#endif
