/* New scripts to begin with: a market or a rule, a test of it that passes, and an example case; and what
 * editors need to know (editor.h). */
#ifndef PI_SCAFFOLD_H
#define PI_SCAFFOLD_H

#include <stddef.h>

#include <pubint/error.h>

#include "policy.h"

typedef enum pi_scaffold_kind { PI_SCAFFOLD_MARKET, PI_SCAFFOLD_RULE, PI_SCAFFOLD_EDITOR } pi_scaffold_kind;

enum { PI_SCAFFOLD_FILES = 3, PI_SCAFFOLD_PATH_BYTES = 1024 };

typedef struct pi_scaffold {
  char paths[PI_SCAFFOLD_FILES][PI_SCAFFOLD_PATH_BYTES]; /* what was written, within the policy's folder */
} pi_scaffold;

/* Writes markets/ID.lua or rules/ID.lua, tests/… and tests/cases/… into the folder of `policy`; for
 * PI_SCAFFOLD_EDITOR, which has no id, the files of editor.h. Nothing is written when one of the files exists
 * (E4008, unless `force`), when `id` is no market or rule (E2004), or when the rule is never excepted
 * (E2005). */
pubint_status pi_scaffold_write(pi_scaffold *out, const pubint_policy *policy, pi_scaffold_kind kind,
                                const char *id, bool force, pubint_error *error);

#endif
