/* Loads a whole policy: its folder read (policy.h), then each script compiled and its declarations taken. */
#ifndef PI_POLICY_LOAD_H
#define PI_POLICY_LOAD_H

#include "policy.h"

/* pubint_policy_load of a policy that comes from anywhere; the source becomes the policy's in any case. */
pubint_status pi_policy_load_source(pubint_policy **out, pi_policy_source source, pubint_error *error);

/* The policy once more from its source, as it would be with that one script changed; E2001 where it has no
 * such script. `policy` must outlive the new one, which reads from its source. */
pubint_status pi_policy_load_changed(pubint_policy **out, const pubint_policy *policy,
                                     const pi_policy_change *change, pubint_error *error);

#endif
