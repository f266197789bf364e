/* Loads a policy by its name: a folder, or as a revision of git has one: "git:REV:PATH", PATH from the top of
 * the repository that the current folder lies in, or with ./ before it from the current folder. */
#ifndef PI_REVISION_H
#define PI_REVISION_H

#include <stdbool.h>

#include <pubint/policy.h>

/* Whether the name is a revision's, right or not; of a folder with such a name ./ before it makes the
 * difference. */
bool pi_revision_named(const char *name);

/* As pubint_policy_load. E4040 where the name of a revision has not that form, E4041 where the module that
 * reads git is missing, E4042 where git has no such folder, E5002 where it has and cannot read it. Errors of
 * a revision's policy name its files as "git:REV:PATH/rules/violence.lua". */
pubint_status pi_revision_load(pubint_policy **out, const char *name, pubint_error *error);

#endif
