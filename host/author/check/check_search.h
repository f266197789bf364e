/* The search for facts on which the order of rules or the ceiling of harm does not hold. */
#ifndef PI_CHECK_SEARCH_H
#define PI_CHECK_SEARCH_H

#include "check_state.h"

/* Goes on from a generated case, with all rules on its facts, to where two rules come close and to where most
 * speaks for a notice; now and then, by `number`. Evaluates in self->other. */
pubint_status pi_whole_search(pi_check *self, const pi_case *input, uint64_t number, pubint_error *error);

/* While a case is made smaller: moves known facts of a case of two rules to where it shows the wanted
 * finding, if it can, and sets self->findings.found. */
pubint_status pi_whole_refit(pi_check *self, pi_case *input);

#endif
