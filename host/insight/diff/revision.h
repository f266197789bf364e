/* Loads a policy from a folder, or as a revision of git has it: "git:REV:PATH", PATH from the top of the
 * repository that the current folder lies in. */
#ifndef PI_REVISION_H
#define PI_REVISION_H

#include <pubint/policy.h>

/* As pubint_policy_load. Of a revision the policy's files are taken out into a temporary folder, which is
 * gone again when this returns; git alone is run for that, and no shell. E4040 where `name` has not that
 * form, E4041 where git cannot be run, E4042 where it has no such folder. Errors of the policy name its files
 * as "git:REV:PATH/rules/violence.lua". */
pubint_status pi_revision_load(pubint_policy **out, const char *name, pubint_error *error);

#endif
