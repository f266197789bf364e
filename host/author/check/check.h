/* Proves a policy as far as trying can: properties on generated cases and on the author's own, each failure
 * with the smallest case found, and what can be seen in the scripts' texts. */
#ifndef PI_CHECK_H
#define PI_CHECK_H

#include "check_state.h"

#define PI_CHECK_CASES      10000
#define PI_CHECK_CASES_ONLY 2500 /* of one script alone */

/* Runs everything. Call pi_check_close in any case. `policy` and `options` must outlive it. */
pubint_status pi_check_run(pi_check *out, const pubint_policy *policy, const pi_check_options *options,
                           pubint_error *error);

#endif
