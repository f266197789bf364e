/* Values of Lua as JSON: what a test writes for a case, and what a failure shows. */
#ifndef PI_LUA_VALUE_H
#define PI_LUA_VALUE_H

#include <lua.h>
#include <stdbool.h>

#include "buffer.h"

/* Appends the value at `index` as JSON: tables whose keys are 1 to n as arrays (an empty one as an object
 * with `empty_object`), keys in sorted order, nil and a full userdata as null. Raises for functions, for
 * numbers that JSON has not, and for tables that nest more than 32 deep. [-0, +0, e] */
void pi_lua_write_json(lua_State *L, int index, bool empty_object, pi_buffer *out);

/* The same for a reader: a string in quotes, nil as nil, a function as its type, a number with all digits
 * that tell it from others; never raises for a value. [-0, +0, e] */
void pi_lua_describe(lua_State *L, int index, pi_buffer *out);

/* Whether two values say the same: numbers by value (0) or within so much, tables and handles item by item.
 * [-0, +0, e] */
bool pi_lua_same(lua_State *L, int a, int b, double within);

#endif
