/* case, evaluate, factor and condition, as tests call them; their runner is upvalue 1 (test_runner.h). */
#ifndef PI_TEST_CASE_H
#define PI_TEST_CASE_H

#include <lua.h>

/* Instructions of a test's own million. */
enum { PI_TEST_EVALUATION_COST = 1000 };

/* case { overrides } or case(other, { overrides }) -> the case's JSON [-0, +1, e] */
int l_test_case(lua_State *L);

/* evaluate(case) -> evaluation, read-only [-0, +1, e] */
int l_test_evaluate(lua_State *L);

/* factor(evaluation, id) -> the factor [-0, +1, e] */
int l_test_factor(lua_State *L);

/* condition(evaluation, id) -> the condition [-0, +1, e] */
int l_test_condition(lua_State *L);

#endif
