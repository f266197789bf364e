/* expect(value):is(…) and its like, as tests call them; their runner is upvalue 1 (test_runner.h). */
#ifndef PI_TEST_EXPECT_H
#define PI_TEST_EXPECT_H

#include <lua.h>

/* expect(value) [-0, +1, e] */
int l_test_expect(lua_State *L);

#endif
