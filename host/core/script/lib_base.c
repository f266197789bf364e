#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "handles.h"
#include "libs.h"
#include "nearest.h"
#include "script_error.h"
#include "vm.h"

/* Raises the script's own message, at `index`. What Lua would say of a limit is changed. [-0, +0, v] */
static int raise_own(lua_State *L, int index) {
  pi_slice text;
  text.ptr = lua_tolstring(L, index, &text.len);
  if (pi_vm_lua_says(text)) return pi_script_raise(L, "the script says: %s", text.ptr);
  lua_pushvalue(L, index);
  return lua_error(L);
}

/* error(message) [-0, +0, v] */
int l_base_error(lua_State *L) {
  if (lua_type(L, 1) != LUA_TSTRING) {
    return pi_script_raise(L, "error: the message must be a string, got %s", pi_script_typename(L, 1));
  }
  return raise_own(L, 1);
}

/* assert(v [, message]) -> its arguments [-0, +n, v] */
int l_base_assert(lua_State *L) {
  if (lua_gettop(L) == 0) return pi_script_raise_none(L, 1, "assert(v [, message])");
  if (lua_toboolean(L, 1)) return lua_gettop(L);
  if (lua_isnoneornil(L, 2)) return pi_script_raise(L, "assertion failed");
  if (lua_type(L, 2) != LUA_TSTRING) {
    return pi_script_raise(L, "assert: the message must be a string, got %s", pi_script_typename(L, 2));
  }
  return raise_own(L, 2);
}

/* type(v) -> string [-0, +1, v] */
int l_base_type(lua_State *L) {
  if (lua_type(L, 1) == LUA_TNONE) return pi_script_raise_none(L, 1, "type(v)");
  lua_pushstring(L, luaL_typename(L, 1));
  return 1;
}

/* [-0, +1, m] */
const char *pi_lib_tostring(lua_State *L, int index, size_t *length) {
  switch (lua_type(L, index)) {
  case LUA_TSTRING:
  case LUA_TNUMBER: lua_pushvalue(L, index); break;
  case LUA_TBOOLEAN: lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false"); break;
  case LUA_TLIGHTUSERDATA: lua_pushstring(L, pi_handle_name(pi_handle_check(L, index).kind)); break;
  default: lua_pushstring(L, luaL_typename(L, index)); break;
  }
  return lua_tolstring(L, -1, length);
}

/* tostring(v) -> string [-0, +1, v] */
int l_base_tostring(lua_State *L) {
  if (lua_type(L, 1) == LUA_TNONE) return pi_script_raise_none(L, 1, "tostring(v)");
  pi_lib_tostring(L, 1, NULL);
  return 1;
}

/* The value of a digit in bases up to 36; 99 where it is none. */
static int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

/* Digits of `base` behind a sign or none, blanks around them allowed; wraps around as Lua does. */
static bool parse_in_base(const char *text, size_t length, int base, lua_Integer *out) {
  while (length > 0 && strchr(" \t\n\r\f\v", *text) != NULL && *text != '\0') text++, length--;
  while (length > 0 && strchr(" \t\n\r\f\v", text[length - 1]) != NULL && text[length - 1] != '\0') length--;
  bool negative = length > 0 && *text == '-';
  if (negative || (length > 0 && *text == '+')) text++, length--;
  if (length == 0) return false;
  lua_Unsigned value = 0;
  for (size_t i = 0; i < length; i++) {
    int digit = digit_of(text[i]);
    if (digit >= base) return false;
    value = value * (lua_Unsigned)base + (lua_Unsigned)digit;
  }
  *out = (lua_Integer)(negative ? 0u - value : value);
  return true;
}

/* tonumber(v [, base]) -> number or nil [-0, +1, v] */
int l_base_tonumber(lua_State *L) {
  static const char FORM[] = "tonumber(v [, base])";
  size_t length;
  if (lua_isnoneornil(L, 2)) {
    if (lua_type(L, 1) == LUA_TNONE) return pi_script_raise_none(L, 1, FORM);
    if (lua_type(L, 1) == LUA_TNUMBER) {
      lua_settop(L, 1);
      return 1;
    }
    const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &length) : NULL;
    if (text != NULL && length <= PI_TONUMBER_BYTES_MAX && lua_stringtonumber(L, text) == length + 1)
      return 1;
    lua_pushnil(L);
    return 1;
  }
  lua_Integer base = pi_script_check_integer(L, 2, FORM);
  if (base < 2 || base > 36) return pi_script_raise_range(L, 2, FORM, 2, 36);
  const char *text = pi_script_check_string(L, 1, FORM, &length);
  lua_Integer value;
  if (length <= PI_TONUMBER_BYTES_MAX && parse_in_base(text, length, (int)base, &value))
    lua_pushinteger(L, value);
  else
    lua_pushnil(L);
  return 1;
}

/* select(n, …) -> arguments from the nth on [-0, +n, v] */
int l_base_select(lua_State *L) {
  int count = lua_gettop(L);
  if (lua_type(L, 1) == LUA_TSTRING && strcmp(lua_tostring(L, 1), "#") == 0) {
    lua_pushinteger(L, count - 1);
    return 1;
  }
  lua_Integer n = pi_script_check_integer(L, 1, "select(n, …)");
  if (n == 0) return pi_script_raise(L, "select: n must not be 0");
  if (n < 1 - count)
    return pi_script_raise(L, "select: n must be from %d, got %lld", 1 - count, (long long)n);
  if (n < 0)
    n = count + n;
  else if (n > count)
    n = count;
  return count - (int)n;
}

/* Iterator of ipairs: (t, i) -> i + 1, t[i + 1] while there is one [-0, +2, v] */
static int l_ipairs_step(lua_State *L) {
  lua_Integer i = (lua_Integer)((lua_Unsigned)pi_script_check_integer(L, 2, "ipairs(t, i)") + 1u);
  lua_settop(L, 1);
  lua_pushinteger(L, i);
  if (lua_type(L, 1) == LUA_TLIGHTUSERDATA) {
    pi_handle_field(L, pi_handle_check(L, 1), 2);
  } else {
    if (lua_type(L, 1) != LUA_TTABLE) {
      pi_script_raise(L, "ipairs: t must be a table or a list, got %s", pi_script_typename(L, 1));
    }
    lua_rawgeti(L, 1, i);
  }
  return lua_type(L, -1) == LUA_TNIL ? 1 : 2;
}

/* ipairs(t) -> iterator, t, 0 [-0, +3, v] */
int l_base_ipairs(lua_State *L) {
  if (lua_type(L, 1) == LUA_TLIGHTUSERDATA) {
    pi_handle_length(L, pi_handle_check(L, 1));
  } else {
    pi_script_check_table(L, 1, "ipairs(t, i)");
  }
  lua_settop(L, 1);
  lua_pushcfunction(L, l_ipairs_step);
  lua_insert(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

/* ---- modules and data ---- */

/* Raises, with the nearest of the policy's names of that kind. [-0, +0, v] */
static int raise_no_script(lua_State *L, const pi_vm *vm, pi_slice name) {
  pi_nearest nearest;
  pi_nearest_init(&nearest, name);
  for (const pi_script *lib = NULL; (lib = pi_policy_next(vm->policy, PI_SCRIPT_LIB, lib)) != NULL;) {
    pi_nearest_offer(&nearest, lib->name);
  }
  pi_shown shown = pi_script_show(name);
  if (nearest.best.ptr == NULL) return pi_script_raise(L, "require: there is no lib/%s.lua", shown.text);
  return pi_script_raise(L, "require: there is no lib/%s.lua; did you mean '%.*s'?", shown.text,
                         (int)nearest.best.len, nearest.best.ptr);
}

/* Raises when `script` is being loaded already, naming the chain, or when modules nest too deeply.
 * [-0, +0, v] */
static void check_cycle(lua_State *L, const pi_vm *vm, const pi_script *script) {
  for (unsigned i = 0; i < vm->loading_count; i++) {
    if (vm->loading[i] != script->index) continue;
    char chain[240];
    size_t used = 0;
    for (unsigned j = i; j < vm->loading_count && used < sizeof chain - 64; j++) {
      const pi_script *link = &vm->policy->scripts[vm->loading[j]];
      int n = snprintf(chain + used, sizeof chain - used, "%.48s, ", link->name.ptr);
      used += n > 0 ? (size_t)n : 0;
    }
    snprintf(chain + used, sizeof chain - used, "%.48s", script->name.ptr);
    pi_script_raise(L, "require: modules require each other in a circle: %s", chain);
  }
  if (vm->loading_count == PI_LIMIT_REQUIRES) {
    pi_script_raise(L, "require: more than %d modules within modules", PI_LIMIT_REQUIRES);
  }
}

/* require "name" -> the module's value [-0, +1, e] */
int l_base_require(lua_State *L) {
  pi_vm *vm = pi_vm_of(L);
  pi_slice name;
  name.ptr = pi_script_check_string(L, 1, "require(name)", &name.len);
  lua_settop(L, 1);
  if (lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_MODULES) != LUA_TTABLE) { /* name modules */
    lua_pop(L, 1);
    lua_createtable(L, 0, 4);
    lua_pushvalue(L, -1);
    lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_MODULES);
  }
  lua_pushvalue(L, 1);
  if (lua_rawget(L, 2) != LUA_TNIL) return 1; /* name modules value */
  lua_pop(L, 1);
  const pi_script *script = pi_policy_script(vm->policy, PI_SCRIPT_LIB, name);
  if (script == NULL) return raise_no_script(L, vm, name);
  check_cycle(L, vm, script);
  vm->loading[vm->loading_count++] = script->index;
  pi_vm_charge(L, PI_HOOK_INSTRUCTIONS / 2);
  pi_vm_push_chunk(L, script);
  lua_call(L, 0, 1); /* name modules value */
  vm->loading_count--;
  if (lua_type(L, -1) == LUA_TNIL) return pi_script_raise(L, "require: lib/%s.lua returns nothing", name.ptr);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, -2);
  lua_rawset(L, 2); /* name modules value */
  return 1;
}

/* data "name" -> a handle, or the value where it is a scalar [-0, +1, v] */
int l_base_data(lua_State *L) {
  pi_vm *vm = pi_vm_of(L);
  pi_slice name;
  name.ptr = pi_script_check_string(L, 1, "data(name)", &name.len);
  for (uint32_t i = 0; i < vm->policy->data_count; i++) {
    const pi_policy_data *file = &vm->policy->data[i];
    if (!pi_slice_equal(file->name, name)) continue;
    pi_handle_push_node(L, i + 1, pi_tree_root(&file->tree));
    return 1;
  }
  pi_nearest nearest;
  pi_nearest_init(&nearest, name);
  for (uint32_t i = 0; i < vm->policy->data_count; i++) pi_nearest_offer(&nearest, vm->policy->data[i].name);
  pi_shown shown = pi_script_show(name);
  if (nearest.best.ptr == NULL) return pi_script_raise(L, "data: there is no data/%s.json", shown.text);
  return pi_script_raise(L, "data: there is no data/%s.json; did you mean '%.*s'?", shown.text,
                         (int)nearest.best.len, nearest.best.ptr);
}
