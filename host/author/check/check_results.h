/* The findings of a check as results, those that scripts waive with their reasons. */
#ifndef PI_CHECK_RESULTS_H
#define PI_CHECK_RESULTS_H

#include "check_state.h"
#include "results.h"

void pi_check_results(const pi_check *self, pi_results *out);

#endif
