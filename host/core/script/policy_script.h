/* Loads one script of a policy as a call would, and reads what it declares. */
#ifndef PI_POLICY_SCRIPT_H
#define PI_POLICY_SCRIPT_H

#include "policy.h"

/* Checks the script's text, compiles it, runs its top level in a pristine state and takes class, bar,
 * reads and waives from the table it returns. `policy` holds all scripts' sources already. The error says
 * script, line, column where there is one, and shows the line. */
pubint_status pi_policy_script_load(pubint_policy *policy, pi_script *script, pubint_error *error);

#endif
