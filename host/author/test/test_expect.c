#include "test_expect.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "lua_value.h"
#include "script_error.h"
#include "test_runner.h"
#include "vm.h"

/* The value that was given to expect: it stands at 1 in the table. [-0, +1, v] */
static void push_value(lua_State *L, const char *method) {
  if (lua_type(L, 1) != LUA_TTABLE || lua_getmetatable(L, 1) == 0) {
    pi_script_raise(L, "call it as expect(value):%s(…)", method);
  }
  lua_pop(L, 1);
  lua_rawgeti(L, 1, 1);
}

/* What `near` takes for the same where nobody says otherwise. */
#define NEAR_WITHIN 1e-9

/* Where the character at `at` begins. */
static size_t begin_of(const pi_buffer *text, size_t at) {
  while (at > 0 && at < text->len && ((unsigned char)text->data[at] & 0xc0) == 0x80) at--;
  return at;
}

/* Of a value longer than a failure shows, which begins at `begin`, keeps what stands from `from` on. */
static void cut(pi_buffer *text, size_t begin, size_t from) {
  static const char MORE[] = "…";
  if (text->failed || text->len - begin <= PI_TEST_SHOWN_BYTES) return;
  size_t first = begin_of(text, begin + from), end = begin_of(text, first + PI_TEST_SHOWN_BYTES),
         kept = begin;
  if (end > text->len) end = text->len;
  bool more = end < text->len;
  if (from > 0) {
    memcpy(text->data + begin, MORE, sizeof MORE - 1);
    kept += sizeof MORE - 1;
  }
  memmove(text->data + kept, text->data + first, end - first);
  text->len = kept + end - first;
  if (more) pi_buffer_text(text, MORE);
}

/* Cuts both sides so that where they part is seen; `begin` is where the expected value begins behind its
 * relation. Whether they are shown alike. */
static bool cut_both(pi_test_runner *runner, size_t begin) {
  enum { BEFORE = 80 };
  pi_buffer *expected = &runner->expected, *actual = &runner->actual;
  if (expected->failed || actual->failed) return false;
  size_t length = expected->len - begin, part = 0;
  while (part < length && part < actual->len && expected->data[begin + part] == actual->data[part]) part++;
  bool alike = part == length && part == actual->len;
  size_t from = !alike && part > PI_TEST_SHOWN_BYTES - BEFORE ? part - BEFORE : 0;
  cut(expected, begin, from);
  cut(actual, 0, from);
  return alike;
}

/* Raises, having kept both sides: `relation` stands before what was expected, at 2. The value is on top.
 * [-0, +0, v] */
static int fail(lua_State *L, const char *relation) {
  pi_test_runner *runner = pi_test_runner_of(L);
  pi_test_runner_forget(runner);
  pi_buffer_text(&runner->expected, relation);
  size_t begin = runner->expected.len;
  pi_lua_describe(L, 2, &runner->expected);
  pi_lua_describe(L, -1, &runner->actual);
  bool alike = cut_both(runner, begin);
  if (relation[0] == '\0' && pi_lua_same(L, -1, 2, NEAR_WITHIN)) {
    bool number = lua_type(L, -1) == LUA_TNUMBER;
    pi_buffer_text(&runner->hint, "computed numbers differ in their last digits: ");
    pi_buffer_text(&runner->hint, number ? "write expect(value):near(" : "compare each with near");
    if (number) pi_lua_describe(L, 2, &runner->hint);
    if (number) pi_buffer_byte(&runner->hint, ')');
  } else if (relation[0] == '\0' && alike) {
    pi_buffer_text(&runner->hint, "shown alike, but not the same value");
  }
  const pi_buffer *const made[] = {&runner->expected, &runner->actual, &runner->hint};
  for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
    if (made[i]->failed && !made[i]->full) return pi_vm_no_memory(L);
  }
  return pi_script_raise(L, "an expectation does not hold");
}

/* Ends a method that held: it can be followed by another. [-0, +1, -] */
static int held(lua_State *L) {
  if (lua_rawgeti(L, 1, 2) == LUA_TNIL) { /* it is asked for the first time */
    pi_test_runner *runner = pi_test_runner_of(L);
    if (runner->open > 0) runner->open--;
    lua_pushboolean(L, 1);
    lua_rawseti(L, 1, 2);
  }
  lua_settop(L, 1);
  return 1;
}

static void need_argument(lua_State *L, const char *method) {
  if (lua_gettop(L) < 2) pi_script_raise(L, "%s: a value to compare with is missing", method);
}

/* expect(v):is(other) [-0, +1, e] */
static int l_expect_is(lua_State *L) {
  need_argument(L, "is");
  push_value(L, "is");
  return pi_lua_same(L, -1, 2, 0) ? held(L) : fail(L, "");
}

/* expect(v):is_not(other) [-0, +1, e] */
static int l_expect_is_not(lua_State *L) {
  need_argument(L, "is_not");
  push_value(L, "is_not");
  return pi_lua_same(L, -1, 2, 0) ? fail(L, "anything but ") : held(L);
}

/* Both sides as numbers; a value that is none fails the expectation. [-0, +0, v] */
static bool numbers(lua_State *L, const char *method, const char *form, lua_Number *value,
                    lua_Number *other) {
  need_argument(L, method);
  *other = pi_script_check_number(L, 2, form);
  push_value(L, method);
  *value = lua_tonumber(L, -1);
  return lua_type(L, -1) == LUA_TNUMBER;
}

/* expect(v):near(number [, within]) [-0, +1, e] */
static int l_expect_near(lua_State *L) {
  static const char FORM[] = "expect:near(number [, within])";
  lua_Number value, other;
  lua_settop(L, lua_gettop(L) < 3 ? lua_gettop(L) : 3);
  lua_Number within = lua_isnoneornil(L, 3) ? NEAR_WITHIN : pi_script_check_number(L, 3, FORM);
  bool right = numbers(L, "near", FORM, &value, &other);
  return right && fabs(value - other) <= within ? held(L) : fail(L, "near ");
}

/* expect(v):above(number) [-0, +1, e] */
static int l_expect_above(lua_State *L) {
  lua_Number value, other;
  return numbers(L, "above", "expect:above(number)", &value, &other) && value > other ? held(L)
                                                                                      : fail(L, "above ");
}

/* expect(v):below(number) [-0, +1, e] */
static int l_expect_below(lua_State *L) {
  lua_Number value, other;
  return numbers(L, "below", "expect:below(number)", &value, &other) && value < other ? held(L)
                                                                                      : fail(L, "below ");
}

/* Whether an item of the list, or a key of the object, on top is the value at 2. [-0, +0, e] */
static bool holds(lua_State *L) {
  int value = lua_gettop(L);
  bool list = pi_extra_is_list(L, value), found = false;
  uint32_t count = pi_extra_keys(L, value); /* keys */
  for (uint32_t i = 1; i <= count && !found; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i);
    if (list) pi_extra_get(L, value);
    found = pi_lua_same(L, -1, 2, 0);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return found;
}

/* expect(v):contains(part of a text, item of a list, key of an object) [-0, +1, e] */
static int l_expect_contains(lua_State *L) {
  need_argument(L, "contains");
  push_value(L, "contains");
  bool found = false;
  if (lua_type(L, -1) == LUA_TSTRING && lua_type(L, 2) == LUA_TSTRING) {
    found = strstr(lua_tostring(L, -1), lua_tostring(L, 2)) != NULL;
  } else if (lua_type(L, -1) == LUA_TTABLE || pi_extra_is_handle(L, -1)) {
    found = holds(L);
  }
  return found ? held(L) : fail(L, "something that contains ");
}

/* An expectation that is not there; upvalue 1 is the table of them. [-0, +0, v] */
static int l_expect_unknown(lua_State *L) {
  if (lua_type(L, 2) != LUA_TSTRING) return pi_script_raise(L, "expect has methods only");
  return pi_script_raise_unknown(L, "expect", 2, lua_upvalueindex(1));
}

/* expect(value) [-0, +1, e] */
int l_test_expect(lua_State *L) {
  static const luaL_Reg METHODS[] = {{"is", l_expect_is},
                                     {"is_not", l_expect_is_not},
                                     {"near", l_expect_near},
                                     {"above", l_expect_above},
                                     {"below", l_expect_below},
                                     {"contains", l_expect_contains},
                                     {NULL, NULL}};
  lua_Debug frame;
  pi_test_runner *runner = pi_test_runner_of(L);
  if (lua_gettop(L) == 0) return pi_script_raise_none(L, 1, "expect(v)");
  runner->open++;
  if (lua_getstack(L, 1, &frame) != 0 && lua_getinfo(L, "l", &frame) != 0 && frame.currentline > 0) {
    runner->open_line = (uint32_t)frame.currentline;
  }
  lua_settop(L, 1);
  lua_createtable(L, 1, 0); /* value expectation */
  lua_insert(L, 1);
  lua_rawseti(L, 1, 1);     /* expectation */
  lua_createtable(L, 0, 1); /* expectation meta */
  lua_createtable(L, 0, 8); /* expectation meta methods */
  lua_pushlightuserdata(L, runner);
  luaL_setfuncs(L, METHODS, 1);
  lua_createtable(L, 0, 1); /* expectation meta methods guard */
  lua_pushvalue(L, -2);
  lua_pushcclosure(L, l_expect_unknown, 1);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, 1);
  return 1;
}
