/* Loads a whole policy: its folder read (policy.h), then each script compiled and its declarations taken. */
#ifndef PI_POLICY_LOAD_H
#define PI_POLICY_LOAD_H

#include "policy.h"

/* pubint_policy_load of the folder as it would be with that one script changed (`change` NULL: as it is);
 * E2001 where it has no such script. */
pubint_status pi_policy_load_changed(pubint_policy **out, const char *directory,
                                     const pi_policy_change *change, pubint_error *error);

#endif
