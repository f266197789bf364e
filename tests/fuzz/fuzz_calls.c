/* Every function, method and operator that a script can reach, called with arguments of every kind: each call
 * gives values or a clean error, leaves the stack as it was, and what it gives is of the sandbox. */
#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "allow.h"
#include "furnish.h"
#include "fuzz_policy.h"
#include "fuzz_target.h"
#include "handles.h"
#include "vm.h"

enum { COUNT_CALLS, COUNT_DONE, COUNT_ERRORS, COUNT_LIMITS, COUNTS };
static fuzz_count counts[COUNTS] = {{"calls", 0}, {"gave values", 0}, {"errors", 0}, {"limits", 0}};

/* Instructions a call may take, so that no input takes long. */
enum { BUDGET = 30000, ARGUMENTS_MAX = 5, POOL_PLACES = 24 };

/* Places of the stack while calls are made. */
enum { AT_LUA = 1, AT_POOL, AT_TOP = AT_POOL };

/* Values that only Lua can make: functions to be called back, among them some that do what they should not.
 */
static const char LUA_VALUES[] =
    "local t = { 3, 1, 2 }\n"
    "return {\n"
    "  function(a, b) return a end,\n"
    "  function(a, b) return (tonumber(a) or 0) < (tonumber(b) or 0) end,\n"
    "  function() error('called back') end,\n"
    "  function(...) return ... end,\n"
    "  function(a, b) t[#t + 1] = a table.sort(t, function() return true end) return b end,\n"
    "  function() while true do end end,\n"
    "  function(f) return f and f(f) end,\n"
    "  t, string, table, math, text, _ENV,\n"
    "}\n";

static void push_number(lua_State *L, fuzz_stream *stream) {
  static const lua_Integer INTEGERS[] = {0,
                                         1,
                                         -1,
                                         2,
                                         3,
                                         7,
                                         10,
                                         36,
                                         99,
                                         200,
                                         201,
                                         65536,
                                         65537,
                                         1 << 30,
                                         INT32_MAX,
                                         INT32_MIN,
                                         LUA_MAXINTEGER,
                                         LUA_MININTEGER,
                                         LUA_MAXINTEGER - 1,
                                         1LL << 53};
  static const double FLOATS[] = {0.5,  -0.0, 1.5,  1e308, -1e308, 5e-324, 0.1,    1.0,
                                  1e15, 1e16, 0.25, 2e9,   -3.7,   1e-6,   9.3e18, 0.001};
  unsigned how = fuzz_pick(stream, 4);
  if (how == 0) {
    lua_pushnumber(L, FLOATS[fuzz_pick(stream, sizeof FLOATS / sizeof *FLOATS)]);
  } else if (how == 1) {
    unsigned kind = fuzz_pick(stream, 3);
    lua_pushnumber(L, kind == 0 ? HUGE_VAL : kind == 1 ? -HUGE_VAL : (double)NAN);
  } else if (how == 2) {
    lua_pushinteger(L, (lua_Integer)fuzz_byte(stream) - 128);
  } else {
    lua_pushinteger(L, INTEGERS[fuzz_pick(stream, sizeof INTEGERS / sizeof *INTEGERS)]);
  }
}

static void push_string(lua_State *L, fuzz_stream *stream) {
  static const char *const TEXTS[] = {"",         "a",
                                      "abc",      "10",
                                      "0x1p4",    " 7 ",
                                      "-",        "#",
                                      "%d %s",    "%5.2f",
                                      "%99.99f",  "%%",
                                      "%q",       "\xc3\xa9t\xc3\xa9",
                                      "\xff",     "\xed\xa0\x80",
                                      "tweet",    "context.hyperbole",
                                      "common",   "words",
                                      "fails",    "list",
                                      "debate",   "x_1",
                                      "Bad Id",   "interest",
                                      "known",    "(a+)+$",
                                      "\\w+",     "(",
                                      "[a-z]{2}", "(?i)H\xc3\xa9",
                                      "text",     "hello world, hello",
                                      "\n",       "a b c d e f"};
  unsigned how = fuzz_pick(stream, 8);
  if (how < 6) {
    lua_pushstring(L, TEXTS[fuzz_pick(stream, sizeof TEXTS / sizeof *TEXTS)]);
  } else if (how == 6) { /* bytes as they are */
    size_t length = fuzz_pick(stream, 40);
    size_t left = (size_t)(stream->end - stream->p);
    if (length > left) length = left;
    lua_pushlstring(L, (const char *)stream->p, length);
    stream->p += length;
  } else { /* a long one */
    static const size_t LENGTHS[] = {39, 40, 41, 63, 64, 255, 256, 257, 512, 513, 4096, 65535, 65536};
    size_t length = LENGTHS[fuzz_pick(stream, sizeof LENGTHS / sizeof *LENGTHS)];
    luaL_Buffer buffer;
    char *out = luaL_buffinitsize(L, &buffer, length);
    memset(out, (int)('a' + fuzz_pick(stream, 3)), length);
    luaL_pushresultsize(&buffer, length);
  }
}

static void push_value(lua_State *L, fuzz_stream *stream, int depth);

static void push_table(lua_State *L, fuzz_stream *stream, int depth) {
  lua_newtable(L);
  unsigned items = fuzz_pick(stream, 7);
  if (items == 6) { /* a long array */
    for (lua_Integer i = 1; i <= 300; i++) {
      lua_pushinteger(L, i * 7919 % 301);
      lua_rawseti(L, -2, i);
    }
    return;
  }
  for (unsigned i = 0; i < items; i++) {
    bool listed = fuzz_pick(stream, 3) != 0;
    push_value(L, stream, depth + 1);
    if (listed) {
      lua_rawseti(L, -2, (lua_Integer)i + 1);
      continue;
    }
    push_value(L, stream, depth + 1); /* table value key */
    bool usable = !lua_isnil(L, -1) && (lua_type(L, -1) != LUA_TNUMBER || lua_compare(L, -1, -1, LUA_OPEQ));
    lua_insert(L, -2); /* table key value */
    if (usable)
      lua_rawset(L, -3);
    else
      lua_pop(L, 2);
  }
}

/* Case, balance and their parts, and places in free-form trees. */
static void push_handle(lua_State *L, fuzz_stream *stream) {
  unsigned kind = 1 + fuzz_pick(stream, PI_HANDLE_KINDS - 1);
  if (kind == PI_HANDLE_TREE) {
    pi_handle_push_node(L, 1, pi_tree_root(&fuzz_policy()->data[0].tree));
  } else {
    pi_handle_push(L, (pi_handle_kind)kind);
  }
}

/* [-0, +1, e] */
static void push_value(lua_State *L, fuzz_stream *stream, int depth) {
  luaL_checkstack(L, 8, NULL);
  switch (fuzz_pick(stream, depth > 2 ? 5 : 10)) {
  case 0: lua_pushnil(L); break;
  case 1: lua_pushboolean(L, (int)fuzz_pick(stream, 2)); break;
  case 2: push_number(L, stream); break;
  case 3: push_string(L, stream); break;
  case 4: push_handle(L, stream); break;
  case 5: push_table(L, stream, depth); break;
  case 6:
  case 7: lua_rawgeti(L, AT_LUA, 1 + (lua_Integer)fuzz_pick(stream, 13)); break;
  default: lua_rawgeti(L, AT_POOL, 1 + (lua_Integer)fuzz_pick(stream, POOL_PLACES)); break;
  }
}

/* ---- arguments that fit ---- */

/* What an argument is, by its name in a function's form: "rep(s, n [, separator])". */
static const struct {
  const char *name;
  char kind;
} ARGUMENT_KINDS[] = {
    {"s", 's'},    {"separator", 's'}, {"form", 's'},   {"pattern", 's'}, {"plain", 's'}, {"message", 's'},
    {"name", 'm'}, {"why", 's'},       {"text", 's'},   {"path", 'p'},    {"n", 'n'},     {"i", 'n'},
    {"j", 'n'},    {"x", 'n'},         {"base", 'n'},   {"place", 'n'},   {"t", 't'},     {"before", 'f'},
    {"id", 'i'},   {"strength", 'u'},  {"weight", 'w'}, {"met", 'b'}};

static char kind_of(const char *name, size_t length) {
  for (size_t i = 0; i < sizeof ARGUMENT_KINDS / sizeof *ARGUMENT_KINDS; i++) {
    if (strlen(ARGUMENT_KINDS[i].name) == length && memcmp(ARGUMENT_KINDS[i].name, name, length) == 0)
      return ARGUMENT_KINDS[i].kind;
  }
  return '*';
}

/* [-0, +1, e] */
static void push_fitting(lua_State *L, fuzz_stream *stream, char kind) {
  static const char *const PATHS[] = {"tweet.text", "context.hyperbole", "account.kind", "context.signals"};
  static const char *const NAMES[] = {"common", "counter", "fails", "words"};
  switch (kind) {
  case 's': push_string(L, stream); break;
  case 'p': lua_pushstring(L, PATHS[fuzz_pick(stream, 4)]); break;
  case 'm': lua_pushstring(L, NAMES[fuzz_pick(stream, 4)]); break;
  case 'n': push_number(L, stream); break;
  case 't':
    if (fuzz_pick(stream, 4) == 0)
      push_handle(L, stream);
    else
      push_table(L, stream, 0);
    break;
  case 'f': lua_rawgeti(L, AT_LUA, 1 + (lua_Integer)fuzz_pick(stream, 7)); break;
  case 'i': lua_pushfstring(L, "f%d", (int)fuzz_byte(stream)); break;
  case 'u': lua_pushnumber(L, fuzz_pick(stream, 101) / 100.0); break;
  case 'w': lua_pushnumber(L, (1 + fuzz_byte(stream)) / 1000.0); break;
  case 'b': lua_pushboolean(L, (int)fuzz_pick(stream, 2)); break;
  default: push_value(L, stream, 0); break;
  }
}

/* Pushes arguments as `form` names them, and sometimes stops before one; returns their number. [-0, +n, e] */
static int push_arguments(lua_State *L, fuzz_stream *stream, const char *form) {
  int pushed = 0;
  const char *p = form != NULL ? strpbrk(form, "( ") : NULL;
  if (p == NULL || fuzz_pick(stream, 4) == 0) {
    for (unsigned wanted = fuzz_pick(stream, ARGUMENTS_MAX + 1); wanted > 0; wanted--, pushed++)
      push_value(L, stream, 0);
    return pushed;
  }
  while (*(p += strspn(p, "( [,\")]")) != '\0' && pushed < ARGUMENTS_MAX) {
    size_t length = strcspn(p, "( [,\")]");
    if (fuzz_pick(stream, 16) == 0) break;
    push_fitting(L, stream, kind_of(p, length));
    pushed++;
    p += length;
  }
  return pushed;
}

/* ---- what is called ---- */

/* Operators are called too: they reach the metamethods of handles and strings. [-2, +1, e] */
static int l_index(lua_State *L) {
  lua_settop(L, 2);
  lua_gettable(L, 1);
  return 1;
}

static int l_newindex(lua_State *L) {
  lua_settop(L, 3);
  if (lua_type(L, 1) == LUA_TTABLE && lua_getmetatable(L, 1) == 0 &&
      (lua_isnil(L, 2) || (lua_type(L, 2) == LUA_TNUMBER && !lua_compare(L, 2, 2, LUA_OPEQ))))
    return luaL_error(L, "no such key");
  lua_settop(L, 3);
  lua_settable(L, 1);
  return 0;
}

static int l_len(lua_State *L) {
  lua_settop(L, 1);
  lua_len(L, 1);
  return 1;
}

static int l_concat(lua_State *L) {
  lua_settop(L, 2);
  lua_concat(L, 2);
  return 1;
}

static int l_compare(lua_State *L) {
  lua_settop(L, 2);
  lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPLT));
  lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPEQ));
  return 2;
}

/* The third argument chooses the operator. [-3, +1, e] */
static int l_arith(lua_State *L) {
  int chosen = (int)((lua_Unsigned)lua_tointeger(L, 3) % (LUA_OPBNOT + 1));
  lua_settop(L, chosen == LUA_OPUNM || chosen == LUA_OPBNOT ? 1 : 2);
  lua_arith(L, chosen);
  return 1;
}

/* A value as a function: iterators, functions of Lua, and things that cannot be called. */
static int l_call(lua_State *L) {
  luaL_checkany(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static const struct {
  lua_CFunction function;
  const char *name, *form;
} OPERATORS[] = {
    {l_index, "[]", "(t, i)"},       {l_newindex, "[]=", "(t, i, v)"}, {l_len, "#", "(t)"},
    {l_concat, "..", "(s, x)"},      {l_compare, "< ==", "(x, x)"},    {l_arith, "+", "(x, x, n)"},
    {l_call, "()", "(before, v, v)"}};
enum { OPERATORS_COUNT = sizeof OPERATORS / sizeof *OPERATORS };

/* The methods of handles, out of the allow-list. */
enum { METHODS_MAX = 16 };
static struct {
  pi_handle_kind kind;
  const pi_allow_row *row;
} methods[METHODS_MAX];
static unsigned methods_count;

static void find_methods(void) {
  for (size_t i = 0; i < PI_ALLOW_FIELDS_COUNT; i++) {
    const pi_allow_row *row = &PI_ALLOW_FIELDS[i];
    if (strchr(row->form, '(') == NULL) continue;
    FUZZ_CHECK(methods_count < METHODS_MAX);
    methods[methods_count].row = row;
    for (pi_handle_kind kind = PI_HANDLE_CASE; kind <= PI_HANDLE_BALANCE; kind++) {
      if (strcmp(pi_handle_name(kind), row->library) == 0) methods[methods_count].kind = kind;
    }
    FUZZ_CHECK(methods[methods_count++].kind != PI_HANDLE_NONE);
  }
  FUZZ_CHECK(methods_count > 0);
}

/* How often each was called and gave values; the allow-list's first, then operators, then methods. */
enum { CALLABLES_MAX = 128 };
static struct { unsigned long long calls, done; } tallies[CALLABLES_MAX];

static unsigned callables_count(void) {
  return (unsigned)PI_ALLOW_COUNT + OPERATORS_COUNT + methods_count;
}

/* Whether it can be called: the allow-list has constants and the arguments of weigh as well. */
static bool callable(unsigned which) {
  return which >= PI_ALLOW_COUNT || PI_ALLOW[which].function != NULL;
}

/* "string.rep", "balance:note" */
static void name_callable(unsigned which, char *out, size_t size) {
  if (which < PI_ALLOW_COUNT) {
    const char *library = PI_ALLOW[which].library;
    snprintf(out, size, "%s%s%s", library, library[0] != '\0' ? "." : "", PI_ALLOW[which].name);
  } else if (which < PI_ALLOW_COUNT + OPERATORS_COUNT) {
    snprintf(out, size, "%s", OPERATORS[which - PI_ALLOW_COUNT].name);
  } else {
    which -= (unsigned)PI_ALLOW_COUNT + OPERATORS_COUNT;
    snprintf(out, size, "%s:%s", methods[which].row->library, methods[which].row->name);
  }
}

/* A line each, and a last one that ctest looks for. */
static void print_tallies(void) {
  unsigned without = 0;
  for (unsigned which = 0; which < callables_count(); which++) {
    char name[64];
    if (!callable(which)) continue;
    name_callable(which, name, sizeof name);
    fprintf(stderr, "  %-20s %9llu calls %9llu gave values\n", name, tallies[which].calls,
            tallies[which].done);
    bool raises = strcmp(name, "error") == 0;
    without += tallies[which].calls == 0 || (tallies[which].done == 0) != raises;
  }
  fprintf(stderr, "fuzz_calls: %u names were not exercised\n", without);
}

/* Pushes what is called, and for a method mostly its self; returns the number of arguments pushed.
 * [-0, +n, e] */
static int push_function(lua_State *L, fuzz_stream *stream, unsigned *which, const char **form) {
  *form = NULL;
  *which = fuzz_pick(stream, callables_count());
  if (!callable(*which)) *which = (unsigned)PI_ALLOW_COUNT + OPERATORS_COUNT;
  if (*which < PI_ALLOW_COUNT) {
    lua_pushcfunction(L, PI_ALLOW[*which].function);
    *form = PI_ALLOW[*which].form;
    return 0;
  }
  if (*which < PI_ALLOW_COUNT + OPERATORS_COUNT) {
    lua_pushcfunction(L, OPERATORS[*which - PI_ALLOW_COUNT].function);
    *form = OPERATORS[*which - PI_ALLOW_COUNT].form;
    return 0;
  }
  unsigned method = *which - (unsigned)PI_ALLOW_COUNT - OPERATORS_COUNT;
  *form = methods[method].row->form;
  pi_handle_push(L, methods[method].kind);
  lua_getfield(L, -1, methods[method].row->name);
  lua_insert(L, -2);
  if (fuzz_pick(stream, 8) != 0) return 1;
  lua_pop(L, 1);
  return 0;
}

/* The addresses of a call's arguments, as C prints them: no text may hold one. */
typedef struct addresses {
  char texts[ARGUMENTS_MAX + 2][24];
  int count;
} addresses;

static void note_addresses(lua_State *L, int from, addresses *out) {
  out->count = 0;
  for (int i = from; i <= lua_gettop(L) && out->count < ARGUMENTS_MAX + 2; i++) {
    int type = lua_type(L, i);
    if (type != LUA_TTABLE && type != LUA_TFUNCTION) continue;
    snprintf(out->texts[out->count++], sizeof out->texts[0], "%llx",
             (unsigned long long)(uintptr_t)lua_topointer(L, i));
  }
}

/* Nothing that is given leads out of the sandbox, and no text shows an address. [-0, +0, -] */
static void check_values(lua_State *L, int from, const addresses *known) {
  for (int i = from; i <= lua_gettop(L); i++) {
    for (int a = 0; a < known->count && lua_type(L, i) == LUA_TSTRING; a++)
      FUZZ_CHECK(strstr(lua_tostring(L, i), known->texts[a]) == NULL);
    int type = lua_type(L, i);
    FUZZ_CHECK(type != LUA_TUSERDATA && type != LUA_TTHREAD && type != LUA_TNONE);
  }
}

/* One call; its first results go into the pool. [-0, +0, e] */
static void make_call(lua_State *L, fuzz_stream *stream) {
  pi_vm *vm = pi_vm_of(L);
  vm->instructions = PI_LIMIT_INSTRUCTIONS - BUDGET;
  vm->trip = PI_TRIP_NONE;
  vm->refusals = 0;
  vm->loading_count = 0;
  lua_settop(L, AT_TOP);
  luaL_checkstack(L, 16, NULL);
  const char *form;
  unsigned which;
  int pushed = push_function(L, stream, &which, &form);
  pushed += push_arguments(L, stream, form);
  FUZZ_CHECK(lua_gettop(L) == AT_TOP + 1 + pushed);
  addresses known;
  note_addresses(L, AT_TOP + 1, &known);
  int status = lua_pcall(L, pushed, LUA_MULTRET, 0);
  counts[COUNT_CALLS].value++;
  counts[COUNT_DONE].value += status == LUA_OK;
  counts[COUNT_ERRORS].value += status != LUA_OK;
  counts[COUNT_LIMITS].value += vm->trip != PI_TRIP_NONE;
  tallies[which].calls++;
  tallies[which].done += status == LUA_OK;
  FUZZ_CHECK(vm->trip != PI_TRIP_SYSTEM);
  FUZZ_CHECK(lua_gettop(L) >= AT_TOP);
  FUZZ_CHECK(vm->memory_used <= PI_LIMIT_MEMORY);
  if (status != LUA_OK) {
    FUZZ_CHECK(lua_gettop(L) == AT_TOP + 1 && lua_type(L, -1) == LUA_TSTRING);
    FUZZ_CHECK(status == LUA_ERRRUN || status == LUA_ERRMEM || status == LUA_ERRERR);
    check_values(L, AT_TOP + 1, &known);
    return;
  }
  check_values(L, AT_TOP + 1, &known);
  for (int kept = 0; kept < 2 && lua_gettop(L) > AT_TOP; kept++)
    lua_rawseti(L, AT_POOL, 1 + (lua_Integer)fuzz_pick(stream, POOL_PLACES));
}

/* (fuzz_stream *) [-0, +0, e] */
static int l_calls(lua_State *L) {
  fuzz_stream *stream = lua_touserdata(L, 1);
  lua_settop(L, 0);
  lua_pushnil(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_MODULES);
  pi_vm_push_chunk(L, pi_vm_of(L)->call->script);
  lua_call(L, 0, 1);
  lua_createtable(L, POOL_PLACES, 0);
  while (stream->p < stream->end) make_call(L, stream);
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static pi_balance balance;
  static pi_arena arena;
  pi_script_error error = {0};
  fuzz_stream stream = {data, data + size};
  pi_vm *vm;
  if (arena.block_bytes == 0) pi_arena_init(&arena, 1 << 16, 1 << 26);
  fuzz_rule(LUA_VALUES, sizeof LUA_VALUES - 1);
  if (methods_count == 0) find_methods();
  FUZZ_CHECK(callables_count() <= CALLABLES_MAX);
  fuzz_print_at_exit("fuzz_calls", counts, COUNTS, print_tallies);
  FUZZ_CHECK(pi_furnish_vm(&vm, fuzz_policy(), NULL) == PUBINT_OK);
  pi_script_call call = fuzz_call(&balance, &arena);
  vm->call = &call;
  pi_vm_end end = pi_vm_run(vm, l_calls, &stream, &error);
  FUZZ_CHECK(end != PI_VM_SYSTEM);
  FUZZ_CHECK(lua_gettop(vm->L) == 0);
  fuzz_check_balance(&balance);
  pi_vm_free(vm);
  return 0;
}
