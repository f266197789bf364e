#include "test_runner.h"

pi_test_runner *pi_test_runner_of(lua_State *L) {
  return lua_touserdata(L, lua_upvalueindex(1));
}
