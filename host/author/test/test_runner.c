#include "test_runner.h"

pi_test_runner *pi_test_runner_of(lua_State *L) {
  return lua_touserdata(L, lua_upvalueindex(1));
}

void pi_test_runner_forget(pi_test_runner *self) {
  pi_buffer_reset(&self->expected);
  pi_buffer_reset(&self->actual);
  pi_buffer_reset(&self->hint);
}
