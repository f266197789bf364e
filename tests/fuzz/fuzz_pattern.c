/* Patterns on texts: whatever both are, text.* gives a value or a clean error, and matches, find and count
 * agree. A byte of the input says how the pattern is made of the bytes behind it; what is left is the text.
 */
#include <lauxlib.h>
#include <string.h>

#include "furnish.h"
#include "fuzz_policy.h"
#include "fuzz_target.h"
#include "libs.h"
#include "patterns.h"
#include "utf8.h"
#include "vm.h"

enum { COUNT_PAIRS, COUNT_COMPILED, COUNT_MATCHED, COUNT_LIMITS, COUNTS };
static fuzz_count counts[COUNTS] = {{"pairs", 0}, {"compiled", 0}, {"matched", 0}, {"limits", 0}};

/* Steps that one pair may take: enough for every way through the code, and few enough for a million pairs. */
enum { STEPS = 20000 };

static const char *const PIECES[] = {
    "a",
    "b",
    "\\w",
    "\\W",
    "\\d",
    "\\s",
    ".",
    "^",
    "$",
    "(",
    ")",
    "(?:",
    "(?=",
    "(?!",
    "(?<=",
    "(?<!",
    "(?>",
    "(?|",
    "*",
    "+",
    "?",
    "*?",
    "+?",
    "*+",
    "++",
    "{2}",
    "{0,3}",
    "{3,}",
    "|",
    "[a-z]",
    "[^b]",
    "[[:alpha:]]",
    "[\\p{L}\\d]",
    "\\p{Lu}",
    "\\P{L}",
    "\\X",
    "\\R",
    "\\b",
    "\\B",
    "\\K",
    "\\1",
    "\\g{-1}",
    "(?1)",
    "(?R)",
    "(?i)",
    "(?s)",
    "(?m)",
    "(?x)",
    "(?<n>",
    "\\k<n>",
    "(?(1)",
    "(?C1)",
    "\\Q",
    "\\E",
    "\\x{e9}",
    "\xc3\xa9",
    "\\N{U+1F600}",
    "\\h",
    "\\v",
    "\\z",
    "\\A",
    "\\G",
    "(*F)",
    "\\C",
    "{65535}",
    "(?#c)",
    "[",
    "]",
    "-",
    "\\",
    "\xf0\x9f\x98\x80",
    "\n",
};

typedef struct pair {
  pi_slice pattern, subject;
} pair;

static size_t build_pattern(fuzz_stream *stream, char *out, size_t size) {
  size_t length = 0;
  for (unsigned pieces = 1 + fuzz_pick(stream, 24); pieces > 0; pieces--) {
    const char *piece = PIECES[fuzz_pick(stream, sizeof PIECES / sizeof *PIECES)];
    size_t bytes = strlen(piece);
    if (length + bytes > size) break;
    memcpy(out + length, piece, bytes);
    length += bytes;
  }
  return length;
}

/* Calls function(subject, pattern) in protected mode with a budget of its own; returns Lua's status and
 * leaves the results, or the message. [-0, +n, v] */
static int try_function(lua_State *L, lua_CFunction function, const pair *p) {
  pi_vm *vm = pi_vm_of(L);
  vm->instructions = PI_LIMIT_INSTRUCTIONS - STEPS;
  vm->trip = PI_TRIP_NONE;
  lua_settop(L, 0);
  lua_pushcfunction(L, function);
  lua_pushlstring(L, p->subject.ptr, p->subject.len);
  lua_pushlstring(L, p->pattern.ptr, p->pattern.len);
  int status = lua_pcall(L, 2, LUA_MULTRET, 0);
  FUZZ_CHECK(vm->trip != PI_TRIP_SYSTEM);
  if (status != LUA_OK) FUZZ_CHECK(lua_gettop(L) == 1 && lua_type(L, 1) == LUA_TSTRING);
  return status;
}

/* (pair *) [-0, +0, v] */
static int l_try_pair(lua_State *L) {
  const pair *p = lua_touserdata(L, 1);
  pi_vm *vm = pi_vm_of(L);
  counts[COUNT_PAIRS].value++;
  int status = try_function(L, l_text_find, p);
  bool limit = vm->trip != PI_TRIP_NONE;
  counts[COUNT_LIMITS].value += limit;
  if (status != LUA_OK && !limit) { /* not a pattern, or not a text: so say all three */
    FUZZ_CHECK(try_function(L, l_text_matches, p) != LUA_OK);
    FUZZ_CHECK(try_function(L, l_text_count, p) != LUA_OK);
    return 0;
  }
  counts[COUNT_COMPILED].value++;
  if (status != LUA_OK) return 0;
  bool found = lua_type(L, 1) == LUA_TNUMBER;
  counts[COUNT_MATCHED].value += found;
  if (found) {
    lua_Integer first = lua_tointeger(L, 1), last = lua_tointeger(L, 2);
    FUZZ_CHECK(lua_gettop(L) == 2 && first >= 1 && last >= first - 1);
    FUZZ_CHECK(last <= (lua_Integer)p->subject.len);
  } else {
    FUZZ_CHECK(lua_gettop(L) == 1 && lua_isnil(L, 1));
  }
  FUZZ_CHECK(try_function(L, l_text_matches, p) == LUA_OK);
  FUZZ_CHECK(lua_toboolean(L, 1) == found);
  if (try_function(L, l_text_count, p) == LUA_OK) {
    lua_Integer count = lua_tointeger(L, 1);
    lua_Integer most = 2 * (lua_Integer)p->subject.len + 1; /* at each place an empty one, then another */
    FUZZ_CHECK(found ? count >= 1 && count <= most : count == 0);
  }
  return 0;
}

/* One state for all inputs: what a pattern does must not depend on those before it. */
static pi_vm *state(void) {
  static pi_vm *vm;
  if (vm == NULL) {
    FUZZ_CHECK(pi_furnish_vm(&vm, fuzz_policy(), NULL) == PUBINT_OK);
    fuzz_print_at_exit("fuzz_pattern", counts, COUNTS, NULL);
  }
  return vm;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_stream stream = {data, data + size};
  pi_script_error error = {0};
  char built[PI_PATTERN_BYTES_MAX + 16];
  pair p = {.pattern = {built, 0}};
  unsigned how = fuzz_byte(&stream);
  if (how % 4 != 0) {
    p.pattern.len = build_pattern(&stream, built, sizeof built);
  } else { /* the bytes themselves */
    size_t left = (size_t)(stream.end - stream.p);
    p.pattern = (pi_slice){(const char *)stream.p, left < how ? left : how};
    stream.p += p.pattern.len;
  }
  p.subject = (pi_slice){(const char *)stream.p, (size_t)(stream.end - stream.p)};
  FUZZ_CHECK(pi_vm_run(state(), l_try_pair, &p, &error) == PI_VM_DONE || state()->trip != PI_TRIP_SYSTEM);
  FUZZ_CHECK(lua_gettop(state()->L) == 0);
  return 0;
}
