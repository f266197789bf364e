#include <lauxlib.h>
#include <math.h>

#include "libs.h"
#include "script_error.h"
#include "vm.h"

/* math.abs(x) -> number [-0, +1, v] */
int l_math_abs(lua_State *L) {
  lua_Number number = pi_script_check_number(L, 1, "math.abs(x)");
  if (lua_isinteger(L, 1)) {
    lua_Integer value = lua_tointeger(L, 1);
    lua_pushinteger(L, value < 0 ? (lua_Integer)(0u - (lua_Unsigned)value) : value); /* wraps, as in Lua */
  } else {
    lua_pushnumber(L, fabs(number));
  }
  return 1;
}

/* A rounded double as an integer where it is one. [-0, +1, -] */
static int push_rounded(lua_State *L, lua_Number rounded) {
  lua_Integer whole;
  if (lua_numbertointeger(rounded, &whole))
    lua_pushinteger(L, whole);
  else
    lua_pushnumber(L, rounded);
  return 1;
}

/* math.ceil(x) -> number [-0, +1, v] */
int l_math_ceil(lua_State *L) {
  lua_Number number = pi_script_check_number(L, 1, "math.ceil(x)");
  if (!lua_isinteger(L, 1)) return push_rounded(L, ceil(number));
  lua_settop(L, 1);
  return 1;
}

/* math.floor(x) -> number [-0, +1, v] */
int l_math_floor(lua_State *L) {
  lua_Number number = pi_script_check_number(L, 1, "math.floor(x)");
  if (!lua_isinteger(L, 1)) return push_rounded(L, floor(number));
  lua_settop(L, 1);
  return 1;
}

/* math.sqrt(x) -> number [-0, +1, v] */
int l_math_sqrt(lua_State *L) {
  lua_pushnumber(L, sqrt(pi_script_check_number(L, 1, "math.sqrt(x)")));
  return 1;
}

/* The argument that no other is beyond; the first of equals. [-0, +1, v] */
static int push_extreme(lua_State *L, const char *form, bool greatest) {
  int count = lua_gettop(L);
  int best = 1;
  pi_vm_charge(L, 1 + (uint64_t)count / 2);
  pi_script_check_number(L, 1, form);
  for (int i = 2; i <= count; i++) {
    pi_script_check_number(L, i, form);
    bool beyond = greatest ? lua_compare(L, best, i, LUA_OPLT) : lua_compare(L, i, best, LUA_OPLT);
    if (beyond) best = i;
  }
  lua_pushvalue(L, best);
  return 1;
}

/* math.max(x, …) -> number [-0, +1, v] */
int l_math_max(lua_State *L) {
  return push_extreme(L, "math.max(…)", true);
}

/* math.min(x, …) -> number [-0, +1, v] */
int l_math_min(lua_State *L) {
  return push_extreme(L, "math.min(…)", false);
}
