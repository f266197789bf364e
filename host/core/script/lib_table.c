#include <lauxlib.h>
#include <string.h>

#include "handles.h"
#include "libs.h"
#include "script_error.h"
#include "vm.h"

/* The smallest border: the first place behind which there is nothing. `#t` may give another one for a
 * table with holes, depending on how it came about; this one depends on its content alone. [-0, +0, v] */
static lua_Integer border(lua_State *L, int table) {
  lua_Integer length = 0;
  for (;;) {
    int type = lua_rawgeti(L, table, length + 1);
    lua_pop(L, 1);
    if (type == LUA_TNIL) break;
    length++;
  }
  pi_vm_charge(L, 1 + (uint64_t)length / 32);
  return length;
}

/* table.insert(t, [place,] v) [-0, +0, v] */
int l_table_insert(lua_State *L) {
  static const char FORM[] = "table.insert(t, [place,] v)";
  pi_script_check_table(L, 1, FORM);
  lua_Integer length = border(L, 1);
  lua_Integer place = length + 1;
  int count = lua_gettop(L);
  if (count != 2 && count != 3) return pi_script_raise(L, "table.insert: write table.insert(t, [place,] v)");
  if (count == 3) {
    place = pi_script_check_integer(L, 2, FORM);
    if (place < 1 || place > length + 1) return pi_script_raise_range(L, 2, FORM, 1, length + 1);
  }
  pi_vm_charge(L, (uint64_t)(length - place + 1));
  for (lua_Integer i = length; i >= place; i--) {
    lua_rawgeti(L, 1, i);
    lua_rawseti(L, 1, i + 1);
  }
  lua_settop(L, count);
  lua_rawseti(L, 1, place);
  return 0;
}

/* table.remove(t [, place]) -> value [-0, +1, v] */
int l_table_remove(lua_State *L) {
  static const char FORM[] = "table.remove(t [, place])";
  pi_script_check_table(L, 1, FORM);
  lua_Integer length = border(L, 1);
  lua_Integer place = pi_script_opt_integer(L, 2, FORM, length);
  bool at_end = place == length; /* of an empty array that is t[0], which is taken out too, as Lua does */
  if (!at_end && (place < 1 || place > length + 1)) return pi_script_raise_range(L, 2, FORM, 1, length + 1);
  pi_vm_charge(L, (uint64_t)(length + 1 - place));
  lua_rawgeti(L, 1, place);
  for (lua_Integer i = place; i < length; i++) {
    lua_rawgeti(L, 1, i + 1);
    lua_rawseti(L, 1, i);
  }
  lua_pushnil(L);
  lua_rawseti(L, 1, length > place ? length : place);
  return 1;
}

/* table.unpack(t [, i [, j]]) -> values [-0, +n, v] */
int l_table_unpack(lua_State *L) {
  static const char FORM[] = "table.unpack(t [, i [, j]])";
  pi_script_check_table(L, 1, FORM);
  lua_Integer from = pi_script_opt_integer(L, 2, FORM, 1);
  lua_Integer to = lua_isnoneornil(L, 3) ? border(L, 1) : pi_script_check_integer(L, 3, FORM);
  if (from > to) return 0;
  if ((lua_Unsigned)to - (lua_Unsigned)from >= PI_VALUES_MAX) {
    return pi_script_raise(L, "table.unpack: at most %d values", PI_VALUES_MAX);
  }
  int count = (int)((lua_Unsigned)to - (lua_Unsigned)from) + 1;
  pi_vm_room(L, count);
  pi_vm_charge(L, (uint64_t)count);
  for (int i = 0; i < count; i++) lua_rawgeti(L, 1, from + i);
  return count;
}

/* table.concat(t [, separator [, i [, j]]]) -> string [-0, +1, v] */
int l_table_concat(lua_State *L) {
  static const char FORM[] = "table.concat(t [, separator [, i [, j]]])";
  size_t separator_length = 0;
  pi_script_check_table(L, 1, FORM);
  lua_settop(L, 4);
  const char *separator = lua_isnil(L, 2) ? "" : pi_script_check_text(L, 2, FORM, &separator_length);
  lua_Integer from = pi_script_opt_integer(L, 3, FORM, 1);
  lua_Integer to = lua_isnil(L, 4) ? border(L, 1) : pi_script_check_integer(L, 4, FORM);
  size_t total = 0;
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (lua_Integer i = from; i <= to; i++) {
    int type = lua_rawgeti(L, 1, i);
    if (type != LUA_TSTRING && type != LUA_TNUMBER) {
      return pi_script_raise(L, "table.concat: item %lld must be a string or a number, got %s", (long long)i,
                             pi_script_typename(L, -1));
    }
    size_t length;
    lua_tolstring(L, -1, &length);
    total += length + (i < to ? separator_length : 0);
    pi_vm_charge(L, 1 + pi_vm_bytes_cost(length + separator_length));
    if (total > PI_LIMIT_STRING)
      return pi_script_raise(L, "table.concat: the result is longer than %d KiB", PI_SCRIPT_STRING_KIB);
    luaL_addvalue(&buffer);
    if (i == to) break; /* `to` may be the greatest integer */
    luaL_addlstring(&buffer, separator, separator_length);
  }
  luaL_pushresult(&buffer);
  return 1;
}

/* ---- sorting ---- */

/* Order of pairs: numbers, booleans, strings; within each ascending, strings bytewise. */
static int class_of(lua_State *L, int index) {
  switch (lua_type(L, index)) {
  case LUA_TNUMBER: return 0;
  case LUA_TBOOLEAN: return 1;
  case LUA_TSTRING: return 2;
  default: return 3;
  }
}

/* Whether the key at -2 stands before the one at -1. [-0, +0, v] */
static bool key_before(lua_State *L) {
  int a = class_of(L, -2), b = class_of(L, -1);
  if (a != b) return a < b;
  if (a == 1) return !lua_toboolean(L, -2) && lua_toboolean(L, -1);
  if (a == 0) return lua_compare(L, -2, -1, LUA_OPLT) != 0;
  pi_slice left, right;
  left.ptr = lua_tolstring(L, -2, &left.len);
  right.ptr = lua_tolstring(L, -1, &right.len);
  return pi_slice_compare(left, right) < 0;
}

/* How a merge asks whether one item stands before another: `function` is 0 for `<`, the place of a
 * function of the script's, or SORT_KEYS for the order of pairs. */
enum { SORT_LESS = 0, SORT_KEYS = -1 };

/* Whether the item at -1 stands before the one at -2; pops neither. [-0, +0, e] */
static bool later_first(lua_State *L, int function) {
  bool before;
  lua_pushvalue(L, -1);
  lua_pushvalue(L, -3); /* earlier later later earlier */
  if (function == SORT_KEYS) {
    before = key_before(L);
    lua_pop(L, 2);
  } else if (function == SORT_LESS) {
    if (lua_type(L, -1) == LUA_TSTRING) pi_vm_charge(L, pi_vm_bytes_cost(lua_rawlen(L, -1)));
    before = lua_compare(L, -2, -1, LUA_OPLT) != 0;
    lua_pop(L, 2);
  } else {
    lua_pushvalue(L, function);
    lua_insert(L, -3);
    lua_call(L, 2, 1);
    before = lua_toboolean(L, -1) != 0;
    lua_pop(L, 1);
  }
  return before;
}

/* Merges from[low..middle) and from[middle..high) into to[low..high). [-0, +0, e] */
static void merge(lua_State *L, int from, int to, lua_Integer low, lua_Integer middle, lua_Integer high,
                  int function) {
  lua_Integer a = low, b = middle;
  for (lua_Integer out = low; out < high; out++) {
    bool second = a >= middle;
    if (!second && b < high) {
      if (function != SORT_KEYS) pi_vm_charge(L, 2);
      lua_rawgeti(L, from, a);
      lua_rawgeti(L, from, b);
      second = later_first(L, function);
      lua_pop(L, 2);
    }
    lua_rawgeti(L, from, second ? b++ : a++);
    lua_rawseti(L, to, out);
  }
}

/* Sorts items 1..count of the array at `array`, equals in their old order, with a second array that the
 * script cannot reach; the sorted items end in `array`. Bounded by n log n whatever the function says.
 * [-0, +0, e] */
static void sort_array(lua_State *L, int array, lua_Integer count, int function) {
  pi_vm_room(L, 10);
  lua_createtable(L, (int)count, 0);
  int scratch = lua_gettop(L);
  int from = array, to = scratch;
  pi_vm_charge(L, (uint64_t)count);
  for (lua_Integer width = 1; width < count; width *= 2) {
    for (lua_Integer low = 1; low <= count; low += 2 * width) {
      lua_Integer middle = low + width < count + 1 ? low + width : count + 1;
      lua_Integer high = middle + width < count + 1 ? middle + width : count + 1;
      merge(L, from, to, low, middle, high, function);
    }
    int swapped = from;
    from = to;
    to = swapped;
  }
  if (from == scratch) {
    for (lua_Integer i = 1; i <= count; i++) {
      lua_rawgeti(L, scratch, i);
      lua_rawseti(L, array, i);
    }
  }
  lua_settop(L, scratch - 1);
}

/* table.sort(t [, before]) [-0, +0, e] */
int l_table_sort(lua_State *L) {
  pi_script_check_table(L, 1, "table.sort(t [, before])");
  lua_settop(L, 2);
  int function = SORT_LESS;
  if (!lua_isnil(L, 2)) {
    if (lua_type(L, 2) != LUA_TFUNCTION)
      return pi_script_raise(L, "table.sort: before must be a function, got %s", pi_script_typename(L, 2));
    function = 2;
  }
  lua_Integer count = border(L, 1);
  /* The items are copied first: what the function does to t meanwhile changes nothing. */
  pi_vm_charge(L, (uint64_t)count);
  lua_createtable(L, (int)count, 0);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, 1, i);
    lua_rawseti(L, 3, i);
  }
  sort_array(L, 3, count, function);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, 3, i);
    lua_rawseti(L, 1, i);
  }
  return 0;
}

/* ---- pairs ---- */

/* Iterator of pairs. Upvalues: the sorted keys, the table or handle, the last place. [-0, +2, v] */
static int l_pairs_step(lua_State *L) {
  lua_Integer place = lua_tointeger(L, lua_upvalueindex(3));
  lua_settop(L, 0);
  for (;;) {
    place++;
    lua_pushinteger(L, place);
    lua_replace(L, lua_upvalueindex(3));
    if (lua_rawgeti(L, lua_upvalueindex(1), place) == LUA_TNIL) return 1;
    if (lua_type(L, lua_upvalueindex(2)) == LUA_TLIGHTUSERDATA) {
      pi_handle_field(L, pi_handle_check(L, lua_upvalueindex(2)), 1);
    } else {
      lua_pushvalue(L, 1);
      lua_rawget(L, lua_upvalueindex(2));
    }
    if (lua_type(L, -1) != LUA_TNIL) return 2;
    pi_vm_charge(L, 1);
    lua_settop(L, 0);
  }
}

/* Pushes an array of the table's keys, unsorted; returns their number. What goes wrong must not show the
 * order of the walk: of several keys without an order the first type by name is told. [-0, +1, v] */
static lua_Integer push_keys(lua_State *L, int table) {
  lua_Integer count = 0;
  const char *unordered = NULL;
  lua_createtable(L, 0, 0);
  for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1)) {
    count++;
    if (class_of(L, -2) == 3) {
      const char *type = pi_script_typename(L, -2);
      if (unordered == NULL || strcmp(type, unordered) < 0) unordered = type;
    } else if (unordered == NULL) {
      lua_pushvalue(L, -2);
      lua_rawseti(L, -4, count);
    }
  }
  pi_vm_charge(L, (uint64_t)count);
  if (unordered != NULL) {
    pi_script_raise(L, "pairs: a key is %s; only numbers, booleans and strings have an order", unordered);
  }
  return count;
}

/* Charges for sorting the keys in the array at `keys`. They come in hash order, so how often two are compared
 * follows the state's seed: it is charged for what the keys are and not for what is done. [-0, +0, v] */
static void charge_for_keys(lua_State *L, int keys, lua_Integer count) {
  uint64_t rounds = 1, round = 0;
  while ((lua_Integer)1 << rounds < count) rounds++;
  for (lua_Integer i = 1; i <= count; i++) {
    size_t length = lua_rawgeti(L, keys, i) == LUA_TSTRING ? lua_rawlen(L, -1) : 0;
    lua_pop(L, 1);
    round += 2 + pi_vm_bytes_cost(length);
  }
  pi_vm_charge(L, rounds * round);
}

/* pairs(t) -> iterator [-0, +1, v] */
int l_base_pairs(lua_State *L) {
  enum { CALL_COST = 50 }; /* a table that has been emptied is walked all the same */
  lua_Integer count;
  pi_vm_charge(L, CALL_COST);
  if (lua_type(L, 1) == LUA_TLIGHTUSERDATA) {
    lua_settop(L, 1);
    count = pi_handle_keys(L, pi_handle_check(L, 1));
  } else {
    pi_script_check_table(L, 1, "pairs(t)");
    lua_settop(L, 1);
    count = push_keys(L, 1);
  }
  charge_for_keys(L, 2, count);
  sort_array(L, 2, count, SORT_KEYS);
  lua_pushvalue(L, 1);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, l_pairs_step, 3);
  return 1;
}
