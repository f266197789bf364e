/* Values of Lua as JSON: what a test writes for a case, and what a failure shows. */
#ifndef PI_LUA_VALUE_H
#define PI_LUA_VALUE_H

#include <lua.h>
#include <stdbool.h>

#include "arena.h"
#include "buffer.h"

/* Appends the value at `index` as JSON: tables whose keys are 1 to n as arrays (an empty one as an object
 * with `empty_object`), keys in sorted order, nil and a full userdata as null. Raises for functions, for
 * numbers that JSON has not, and for tables that nest more than 32 deep. [-0, +0, e] */
void pi_lua_write_json(lua_State *L, int index, bool empty_object, pi_buffer *out);

/* The same for a reader: a string in quotes, nil as nil, a function as its type, a number with all digits
 * that tell it from others; never raises for a value. [-0, +0, e] */
void pi_lua_describe(lua_State *L, int index, pi_buffer *out);

/* Pushes a JSON value with its lists and objects as tables, null as nil; `arena` is for as long as it takes.
 * False, and nothing pushed, when it is no JSON or memory ran out. [-0, +(0|1), e] */
bool pi_lua_push_json(lua_State *L, pi_slice json, pi_arena *arena);

/* Whether two values say the same: numbers by value (0) or within so much, tables and handles item by item.
 * [-0, +0, e] */
bool pi_lua_same(lua_State *L, int a, int b, double within);

#endif
