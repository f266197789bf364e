/* case, evaluate, factor and condition of tests, for another sandbox: that of the REPL.
 *
 * What they evaluate has an engine of its own, so that no evaluation anybody holds ends. An evaluation is
 * given as tables, which outlive the case at hand. */
#ifndef PI_TEST_TOOLS_H
#define PI_TEST_TOOLS_H

#include "overrides.h"
#include "policy.h"

typedef struct pi_test_tools pi_test_tools;

/* The functions; each wants pi_test_tools_context as its first upvalue. */
struct luaL_Reg;
extern const struct luaL_Reg *const PI_TEST_TOOLS;

/* `policy` is borrowed. On failure *out is NULL. */
pubint_status pi_test_tools_new(pi_test_tools **out, const pubint_policy *policy, pubint_error *error);
void pi_test_tools_free(pi_test_tools *self);

void *pi_test_tools_context(pi_test_tools *self);

/* Evaluates with these numbers from now on; they are copied. */
void pi_test_tools_override(pi_test_tools *self, const pi_overrides *overrides);

#endif
