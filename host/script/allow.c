#include "allow.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "balance.h"
#include "libs.h"
#include "patterns.h"
#include "script_error.h"
#include "script_limits.h"
#include "vm.h"

/* One row a name. `pubint help script` is printed from it; a test walks everything a script can reach and
 * fails on what is not here. Left out, and why that closes most holes: without pcall, coroutines,
 * metatables, load, next, collectgarbage and debug nothing can catch a limit, run code with the hook off,
 * or loop within one call of C. */
const pi_allow_row PI_ALLOW[] = {
    {"", "case", NULL, "case", "the case and the violation being weighed", "read-only; argument of weigh"},
    {"", "balance", NULL, "balance", "takes interest, harm, condition and note",
     "every argument checked; argument of weigh"},
    {"", "error", l_base_error, "error(message)", "fails the script", "takes a string only: no value to run"},
    {"", "assert", l_base_assert, "assert(v [, message])", "fails unless v holds", "takes a string only"},
    {"", "type", l_base_type, "type(v)", "the type's name", "a constant"},
    {"", "tostring", l_base_tostring, "tostring(v)", "a value as text", "no addresses, no metamethods"},
    {"", "tonumber", l_base_tonumber, "tonumber(v [, base])", "a text as a number", "at most 200 bytes"},
    {"", "select", l_base_select, "select(n, …)", "arguments from the nth on", "no more than it was given"},
    {"", "ipairs", l_base_ipairs, "ipairs(t)", "walks 1, 2, 3 … of a table or list",
     "raw; its iterator checks its arguments"},
    {"", "pairs", l_base_pairs, "pairs(t)", "walks all keys in sorted order",
     "sorted before it begins, so that no hash order shows; charged for"},
    {"", "require", l_base_require, "require \"name\"", "the value of lib/name.lua",
     "bare names of the policy's own folder; run anew for every call"},
    {"", "data", l_base_data, "data \"name\"", "the content of data/name.json",
     "bare names of the policy's own folder; read-only"},

    {"string", "byte", l_string_byte, "byte(s [, i [, j]])", "bytes as numbers", "at most 200 at a time"},
    {"string", "format", l_string_format, "format(form, …)", "%d %s %f %g %e %% with width and precision",
     "own formatter: widths up to 99, no addresses, charged for its bytes"},
    {"string", "len", l_string_len, "len(s)", "bytes of s", "a constant"},
    {"string", "lower", l_string_lower, "lower(s)", "A to Z made small", "ASCII only: no locale; charged"},
    {"string", "rep", l_string_rep, "rep(s, n [, separator])", "s n times",
     "charged and measured before it is made"},
    {"string", "sub", l_string_sub, "sub(s, i [, j])", "bytes i to j", "charged for its bytes"},
    {"string", "upper", l_string_upper, "upper(s)", "a to z made capital", "ASCII only: no locale; charged"},

    {"table", "concat", l_table_concat, "concat(t [, separator [, i [, j]]])", "strings and numbers joined",
     "raw; charged and measured before it is made"},
    {"table", "insert", l_table_insert, "insert(t, [place,] v)", "puts v into an array",
     "raw, smallest border; charged for what it moves"},
    {"table", "remove", l_table_remove, "remove(t [, place])", "takes a value out of an array",
     "raw, smallest border; charged for what it moves"},
    {"table", "sort", l_table_sort, "sort(t [, before])", "sorts an array, equals in their old order",
     "merge sort: bounded whatever `before` says; no clock"},
    {"table", "unpack", l_table_unpack, "unpack(t [, i [, j]])", "items as values", "at most 200"},

    {"math", "abs", l_math_abs, "abs(x)", "x without its sign", "a constant"},
    {"math", "ceil", l_math_ceil, "ceil(x)", "the next whole number upwards", "a constant"},
    {"math", "floor", l_math_floor, "floor(x)", "the next whole number downwards", "a constant"},
    {"math", "max", l_math_max, "max(x, …)", "the greatest", "its arguments"},
    {"math", "min", l_math_min, "min(x, …)", "the least", "its arguments"},
    {"math", "sqrt", l_math_sqrt, "sqrt(x)", "the square root", "exact by IEEE 754"},
    {"math", "huge", NULL, "huge", "infinity", "a constant"},
    {"math", "pi", NULL, "pi", "3.14159…", "a constant"},
    {"math", "maxinteger", NULL, "maxinteger", "2^63 - 1", "a constant"},
    {"math", "mininteger", NULL, "mininteger", "-2^63", "a constant"},

    {"text", "contains", l_text_contains, "contains(s, plain)", "whether s has that text, letter for letter",
     "linear search; charged"},
    {"text", "count", l_text_count, "count(s, pattern)", "how often the pattern matches, without overlap",
     "PCRE2 with counted steps"},
    {"text", "find", l_text_find, "find(s, pattern)", "first and last byte of the first match, or nil",
     "PCRE2 with counted steps"},
    {"text", "length", l_text_length, "length(s)", "code points of s", "charged for its bytes"},
    {"text", "matches", l_text_matches, "matches(s, pattern)", "whether the pattern matches anywhere",
     "PCRE2 with counted steps: a pattern that backtracks too much is limit_instructions"},
};
const size_t PI_ALLOW_COUNT = sizeof PI_ALLOW / sizeof *PI_ALLOW;

const pi_limit_row PI_LIMITS[] = {
    {"instructions of a call", PI_LIMIT_INSTRUCTIONS, "instructions",
     "a count hook every 100; what C does for a script is charged for before it is done"},
    {"memory of a call", PI_LIMIT_MEMORY, "bytes", "the state's allocator; after 8 refusals it refuses all"},
    {"a string", PI_LIMIT_STRING, "bytes", "the allocator; the Tweet's own text may be longer"},
    {"any other block", PI_LIMIT_BLOCK, "bytes", "the allocator: 4,096 named keys, or 8,192 items, a table"},
    {"a script's text", PI_LIMIT_SOURCE, "bytes", "looked at before it is parsed"},
    {"constants of a function", PI_LIMIT_CONSTANTS, "constants", "counted in the compiled chunk"},
    {"modules within modules", PI_LIMIT_REQUIRES, "modules", "counted by require"},
    {"a pattern", PI_PATTERN_BYTES_MAX, "bytes", "looked at before it is compiled"},
    {"a text to search", PI_SUBJECT_BYTES_MAX, "bytes", "looked at before it is searched; steps are counted"},
    {"factors of a violation", PI_FACTORS_MAX, "factors", "refused at the call, rule and market together"},
    {"conditions of a violation", PI_CONDITIONS_MAX, "conditions", "refused at the call"},
    {"notes of a violation", PI_NOTES_MAX, "notes", "refused at the call"},
    {"a note or a why", PI_NOTE_BYTES_MAX, "bytes", "refused at the call"},
    {"processor time", PI_LIMIT_SECONDS, "second",
     "a watchdog for what nobody foresaw: it yields no evaluation, which can be tried again"},
};
const size_t PI_LIMITS_COUNT = sizeof PI_LIMITS / sizeof *PI_LIMITS;

static const char *const LIBRARIES[] = {"string", "table", "math", "text"};

/* Reading a name that is not there; upvalue 1 is the table of names, upvalue 2 whose they are. [-0, +0, v] */
static int l_unknown(lua_State *L) {
  if (lua_type(L, 2) != LUA_TSTRING) {
    return pi_script_raise(L, "%s has names only, got %s", lua_tostring(L, lua_upvalueindex(2)),
                           pi_script_typename(L, 2));
  }
  return pi_script_raise_unknown(L, lua_tostring(L, lua_upvalueindex(2)), 2, lua_upvalueindex(1));
}

/* Writing into a library. [-0, +0, v] */
static int l_readonly(lua_State *L) {
  return pi_script_raise(L, "%s is read-only", lua_tostring(L, lua_upvalueindex(1)));
}

/* Gives the table on top of the stack an __index that raises for what it does not have. [-0, +0, e] */
static void guard(lua_State *L, const char *owner) {
  lua_createtable(L, 0, 1);
  lua_pushvalue(L, -2);
  lua_pushstring(L, owner);
  lua_pushcclosure(L, l_unknown, 2);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
}

/* Sets the library's rows in the table on top of the stack. [-0, +0, e] */
static void fill(lua_State *L, const char *library) {
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) {
    if (strcmp(PI_ALLOW[i].library, library) != 0 || PI_ALLOW[i].function == NULL) continue;
    lua_pushcfunction(L, PI_ALLOW[i].function);
    lua_setfield(L, -2, PI_ALLOW[i].name);
  }
}

/* [-0, +0, e] */
static void fill_constants(lua_State *L) {
  lua_pushnumber(L, HUGE_VAL);
  lua_setfield(L, -2, "huge");
  lua_pushnumber(L, 3.141592653589793238462643383279502884);
  lua_setfield(L, -2, "pi");
  lua_pushinteger(L, LUA_MAXINTEGER);
  lua_setfield(L, -2, "maxinteger");
  lua_pushinteger(L, LUA_MININTEGER);
  lua_setfield(L, -2, "mininteger");
}

/* Replaces the guarded table on top by a read-only one that reads from it. [-1, +1, e] */
static void seal(lua_State *L, const char *owner) {
  lua_createtable(L, 0, 0); /* real proxy */
  lua_createtable(L, 0, 2); /* real proxy meta */
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "__index");
  lua_pushstring(L, owner);
  lua_pushcclosure(L, l_readonly, 1);
  lua_setfield(L, -2, "__newindex");
  lua_setmetatable(L, -2);
  lua_remove(L, -2);
}

/* An environment is an empty table whose metatable reads from the table of names; what a script sets stays
 * in the environment and ends with the call. */
void pi_allow_open(lua_State *L) {
  luaL_checkstack(L, 10, NULL);
  lua_createtable(L, 0, 24); /* names */
  fill(L, "");
  for (size_t i = 0; i < sizeof LIBRARIES / sizeof *LIBRARIES; i++) {
    lua_createtable(L, 0, 8); /* names library */
    fill(L, LIBRARIES[i]);
    if (strcmp(LIBRARIES[i], "math") == 0) fill_constants(L);
    guard(L, LIBRARIES[i]);
    if (strcmp(LIBRARIES[i], "string") == 0) { /* methods of strings */
      lua_pushliteral(L, "");                  /* names library "" */
      lua_createtable(L, 0, 1);                /* names library "" meta */
      lua_pushvalue(L, -3);
      lua_setfield(L, -2, "__index");
      lua_setmetatable(L, -2);
      lua_pop(L, 1); /* names library */
    }
    seal(L, LIBRARIES[i]);
    lua_setfield(L, -2, LIBRARIES[i]); /* names */
  }
  guard(L, "the sandbox");
  lua_createtable(L, 0, 1); /* names meta */
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, "__index");
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_ENVIRONMENT);
  lua_pop(L, 1);
}
