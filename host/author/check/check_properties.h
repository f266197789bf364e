/* The properties that are tried on one case: total, deterministic, monotone, fair, within limits. */
#ifndef PI_CHECK_PROPERTIES_H
#define PI_CHECK_PROPERTIES_H

#include "check_state.h"

/* Tries all of them. Where `reached`, what the case reaches counts; in how many ways it is tried depends on
 * its `number`. */
pubint_status pi_check_case(pi_check *self, const pi_case *input, bool reached, uint64_t number,
                            pubint_error *error);

#endif
