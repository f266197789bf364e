#include "allow.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "balance.h"
#include "libs.h"
#include "patterns.h"
#include "script_error.h"
#include "script_limits.h"
#include "stack.h"
#include "vm.h"

/* One row a name. `pubint help script` is printed from it; a test walks everything a script can reach and
 * fails on what is not here. Left out, and why that closes most holes: without pcall, coroutines,
 * metatables, load, next, collectgarbage and debug nothing can catch a limit, run code with the hook off,
 * or loop within one call of C. */
const pi_allow_row PI_ALLOW[] = {
    {"", "case", NULL, "case", "the case: case.tweet.text and all that `pubint facts` lists",
     "read-only; the first argument of weigh"},
    {"", "balance", NULL, "balance", "where weigh puts what it finds",
     "every argument is checked; the second argument of weigh"},
    {"", "error", l_base_error, "error(message)", "ends the script with that message",
     "takes a string only; a level behind it is not looked at"},
    {"", "assert", l_base_assert, "assert(v [, message])", "ends the script unless v holds",
     "the message is a string only"},
    {"", "type", l_base_type, "type(v)", "the name of v's type; \"userdata\" for parts of a case",
     "the same work for every v"},
    {"", "tostring", l_base_tostring, "tostring(v)", "a value as text; of a table or function its type",
     "shows no address"},
    {"", "tonumber", l_base_tonumber, "tonumber(v [, base])",
     "a text as a number, or nil; by itself a text is none: \"3\" + 1 is an error",
     "a text of more than " PI_SPELL(PI_TONUMBER_BYTES_MAX) " bytes is nil"},
    {"", "select", l_base_select, "select(n, …)", "the arguments from the nth on; for \"#\" their number",
     "gives no more than it was given"},
    {"", "ipairs", l_base_ipairs, "ipairs(t)", "walks items 1, 2, 3 … up to the first nil",
     "every step checks its arguments"},
    {"", "pairs", l_base_pairs, "pairs(t)",
     "walks the keys it has at the beginning, in order: numbers, booleans, strings",
     "one value, not three; charged for keys and sorting; a key of another type is an error"},
    {"", "require", l_base_require, "require \"name\"", "the value that lib/name.lua returns",
     "the policy's own files; run anew for every call of weigh"},
    {"", "data", l_base_data, "data \"name\"", "the content of data/name.json",
     "the policy's own files; read-only"},

    {"string", "byte", l_string_byte, "byte(s [, i [, j]])", "bytes i to j as numbers",
     "at most " PI_SPELL(PI_VALUES_MAX) " at a time"},
    {"string", "format", l_string_format, "format(form, …)",
     "form with its %d %s %f %g %e replaced by the values",
     "width and precision up to 99; shows no address; charged"},
    {"string", "len", l_string_len, "len(s)", "how many bytes s has", "the same work for every s"},
    {"string", "lower", l_string_lower, "lower(s)", "A to Z made small, other letters left",
     "no locale shows; charged"},
    {"string", "rep", l_string_rep, "rep(s, n [, separator])", "s n times",
     "its length is checked and charged before it is made"},
    {"string", "sub", l_string_sub, "sub(s, i [, j])", "bytes i to j; negative from the end", "charged"},
    {"string", "upper", l_string_upper, "upper(s)", "a to z made capital, other letters left",
     "no locale shows; charged"},

    {"table", "concat", l_table_concat, "concat(t [, separator [, i [, j]]])", "strings and numbers joined",
     "a list ends before the first nil; its length is checked and charged as it is made"},
    {"table", "insert", l_table_insert, "insert(t, [place,] v)",
     "puts v into an array, at its end or at place", "it ends before the first nil; charged for what moves"},
    {"table", "remove", l_table_remove, "remove(t [, place])",
     "takes the last value, or that at place, out of an array",
     "it ends before the first nil; charged for what moves"},
    {"table", "sort", l_table_sort, "sort(t [, before])",
     "sorts by <, or by before(a, b); equals keep their order",
     "it ends before the first nil; a merge sort: no more steps and no complaint, whatever before says; charged"},
    {"table", "unpack", l_table_unpack, "unpack(t [, i [, j]])", "items i to j as values",
     "it ends before the first nil; at most " PI_SPELL(PI_VALUES_MAX)},

    {"math", "abs", l_math_abs, "abs(x)", "x without its sign", "numbers only"},
    {"math", "ceil", l_math_ceil, "ceil(x)", "the next whole number upwards", "numbers only"},
    {"math", "floor", l_math_floor, "floor(x)", "the next whole number downwards", "numbers only"},
    {"math", "max", l_math_max, "max(x, …)", "the greatest", "numbers only; charged"},
    {"math", "min", l_math_min, "min(x, …)", "the least", "numbers only; charged"},
    {"math", "sqrt", l_math_sqrt, "sqrt(x)", "the square root", "rounded the same on every processor"},
    {"math", "huge", NULL, "huge", "infinity", "a constant"},
    {"math", "pi", NULL, "pi", "3.14159…", "a constant"},
    {"math", "maxinteger", NULL, "maxinteger", "2^63 - 1", "a constant"},
    {"math", "mininteger", NULL, "mininteger", "-2^63", "a constant"},

    {"text", "contains", l_text_contains, "contains(s, plain)", "whether s has that text, letter for letter",
     "goes over s once; charged"},
    {"text", "count", l_text_count, "count(s, pattern)", "how often the pattern matches, without overlap",
     "as text.matches"},
    {"text", "find", l_text_find, "find(s, pattern)", "first and last byte of the first match, or nil",
     "as text.matches"},
    {"text", "length", l_text_length, "length(s)", "how many code points s has", "charged"},
    {"text", "matches", l_text_matches, "matches(s, pattern)",
     "whether a PCRE2 pattern matches anywhere in s",
     "each step is charged: one that tries too much ends the script"},

    {"time", "before", l_time_before, "before(a, b)",
     "whether time a is earlier than time b; nil if one is nil", "as time.days"},
    {"time", "days", l_time_days, "days(from, to)",
     "elapsed days, 86,400 seconds each, as a number; below 0 if to is earlier; nil if one is nil",
     "RFC 3339 texts, any other is an error; offsets count, no clock does; charged"},
    {"time", "hours", l_time_hours, "hours(from, to)", "elapsed hours, 3,600 seconds each, as time.days",
     "as time.days"},
    {"time", "valid", l_time_valid, "valid(v)",
     "whether v is a text that the others take, as in 2021-03-04T21:10:00Z", "charged"},
};
const size_t PI_ALLOW_COUNT = sizeof PI_ALLOW / sizeof *PI_ALLOW;

const pi_allow_row PI_ALLOW_FIELDS[] = {
    {"case", "known", NULL, "known(path)", "whether a fact is known: case:known \"tweet.text\"",
     "counts as reading it"},
    {"case", "violation", NULL, "violation", "the violation being weighed", "read-only"},
    {"case", "signals", NULL, "signals", "the free-form object; what it does not have is nil",
     "read-only; made by the strict reader of cases"},
    {"case.violation", "rule", NULL, "rule", "the rule that is broken", "read-only"},
    {"case.violation", "kind", NULL, "kind", "how it is broken, or nil", "read-only"},
    {"case.violation", "grounds", NULL, "grounds", "a list of grounds, perhaps empty", "read-only"},
    {"case.violation", "has_spans", NULL, "has_spans", "whether places of private data are given",
     "the places themselves are blotted out of case.tweet.text"},
    {"balance", "interest", NULL, "interest(id, strength, weight)", "a factor for letting the Tweet stay",
     "strength 0 to 1; weight " PI_WEIGHT_FORM ", a multiple of 0.001; each id once"},
    {"balance", "harm", NULL, "harm(id, strength, weight)", "a factor against it", "as interest"},
    {"balance", "condition", NULL, "condition(id, met [, why])", "what must hold for the Tweet to stay",
     "met is true or false; each id once"},
    {"balance", "note", NULL, "note(text)", "a remark for those who decide",
     "UTF-8 without control characters"},
};
const size_t PI_ALLOW_FIELDS_COUNT = sizeof PI_ALLOW_FIELDS / sizeof *PI_ALLOW_FIELDS;

const pi_limit_row PI_LIMITS[] = {
    {"instructions", PI_LIMIT_INSTRUCTIONS, "instructions",
     "counted by " PI_SPELL(PI_HOOK_INSTRUCTIONS) ", with what the functions above charge"},
    {"memory", PI_LIMIT_MEMORY / (1024 * 1024), "MiB",
     "kept by the allocator; after " PI_SPELL(PI_LIMIT_REFUSALS) " refusals it refuses all"},
    {"a string", PI_LIMIT_STRING / 1024, "KiB", "kept by the allocator; a Tweet's own text may be longer"},
    {"a table, or the stack of calls", PI_LIMIT_BLOCK / 1024, "KiB",
     "kept by the allocator: 4,096 named keys, or 8,192 items"},
    {"a script's text", PI_LIMIT_SOURCE / 1024, "KiB", "checked before it is parsed"},
    {"constants of a function", PI_LIMIT_CONSTANTS, "constants", "counted in the compiled chunk"},
    {"modules within modules", PI_LIMIT_REQUIRES, "modules", "counted by require"},
    {"a pattern", PI_PATTERN_BYTES_MAX, "bytes", "checked before it is compiled"},
    {"a text to search", PI_SUBJECT_BYTES_MAX, "bytes", "checked before it is searched"},
    {"factors of a violation", PI_FACTORS_MAX, "factors", "refused at the call, rule and market together"},
    {"conditions of a violation", PI_CONDITIONS_MAX, "conditions", "refused at the call"},
    {"notes of a violation", PI_NOTES_MAX, "notes", "refused at the call"},
    {"a note or a why", PI_NOTE_BYTES_MAX, "bytes", "refused at the call"},
    {"stack of a thread", PI_STACK_NEEDED / 1024, "KiB",
     "looked at before scripts run; Lua ends what nests more than 200 C calls deep"},
    {"processor time", PI_LIMIT_SECONDS, "second",
     "a watchdog for what nobody foresaw: it yields no evaluation, which can be tried again"},
    {"processor time of a case", PI_LIMIT_CASE_SECONDS, "seconds",
     "the same watchdog: all calls for it together, second judgements included"},
};
const size_t PI_LIMITS_COUNT = sizeof PI_LIMITS / sizeof *PI_LIMITS;

const char *const PI_ALLOW_LIBRARIES[] = {"string", "table", "math", "text", "time"};
const size_t PI_ALLOW_LIBRARIES_COUNT = sizeof PI_ALLOW_LIBRARIES / sizeof *PI_ALLOW_LIBRARIES;

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
  pi_vm_room(L, 10);
  lua_createtable(L, 0, 24); /* names */
  fill(L, "");
  for (size_t i = 0; i < PI_ALLOW_LIBRARIES_COUNT; i++) {
    lua_createtable(L, 0, 8); /* names library */
    fill(L, PI_ALLOW_LIBRARIES[i]);
    if (strcmp(PI_ALLOW_LIBRARIES[i], "math") == 0) fill_constants(L);
    guard(L, PI_ALLOW_LIBRARIES[i]);
    if (strcmp(PI_ALLOW_LIBRARIES[i], "string") == 0) { /* methods of strings */
      lua_pushliteral(L, "");                           /* names library "" */
      lua_createtable(L, 0, 1);                         /* names library "" meta */
      lua_pushvalue(L, -3);
      lua_setfield(L, -2, "__index");
      lua_setmetatable(L, -2);
      lua_pop(L, 1); /* names library */
    }
    seal(L, PI_ALLOW_LIBRARIES[i]);
    lua_setfield(L, -2, PI_ALLOW_LIBRARIES[i]); /* names */
  }
  guard(L, "the sandbox");
  lua_createtable(L, 0, 1); /* names meta */
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, "__index");
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_ENVIRONMENT);
  lua_pop(L, 1);
}
