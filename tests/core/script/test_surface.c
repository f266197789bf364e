/* What a script can reach: every name is in the allow-list (allow.c) or a field of a handle, and each name
 * that is left out has a test of its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "absent.h"
#include "allow.h"
#include "case.h"
#include "evaluation.h"
#include "furnish.h"
#include "handles.h"
#include "sandbox.h"
#include "trial.h"
#include "vm.h"

#include <lualib.h>

static int set_up(void **state) {
  trial_set_up(state);
  static const char WORDS[] = "{\"list\":[1,\"a\",{\"deep\":true}],\"text\":\"x\"}";
  trial_put(&trial_folder, "data/words.json", WORDS, sizeof WORDS - 1);
  return 0;
}

/* ---- walking ---- */

/* What the walk has found wrong: it runs within Lua, where a failing assertion would jump out of it. */
typedef struct walk {
  char wrong[2048];
  bool seen[128];       /* rows of PI_ALLOW that were met */
  bool fields_seen[32]; /* and of PI_ALLOW_FIELDS */
} walk;

static void complain(walk *w, const char *what, const char *library, const char *name) {
  size_t used = strlen(w->wrong);
  snprintf(w->wrong + used, sizeof w->wrong - used, "%s: %s%s%s\n", what, library, library[0] ? "." : "",
           name);
}

static const pi_allow_row *find_row(walk *w, const char *library, const char *name) {
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) {
    if (strcmp(PI_ALLOW[i].library, library) != 0 || strcmp(PI_ALLOW[i].name, name) != 0) continue;
    w->seen[i] = true;
    return &PI_ALLOW[i];
  }
  return NULL;
}

static bool is_library(const char *name) {
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) {
    if (name[0] != '\0' && strcmp(PI_ALLOW[i].library, name) == 0) return true;
  }
  return false;
}

static void walk_names(lua_State *L, walk *w, const char *library);

/* One name with its value on top of the stack. [-0, +0, m] */
static void walk_name(lua_State *L, walk *w, const char *library, const char *name) {
  if (library[0] == '\0' && is_library(name)) {
    walk_names(L, w, name);
    return;
  }
  const pi_allow_row *row = find_row(w, library, name);
  if (row == NULL) {
    complain(w, "not in the allow-list", library, name);
  } else if (row->function != NULL) {
    if (lua_tocfunction(L, -1) != row->function) complain(w, "another function", library, name);
  } else if (lua_type(L, -1) != LUA_TNUMBER) {
    complain(w, "not a constant", library, name);
  }
}

/* A metatable's fields: nothing but the ways in and the refusals. [-0, +0, m] */
static void walk_metatable(lua_State *L, walk *w, const char *owner) {
  static const char *const KNOWN[] = {"__index", "__newindex", "__len"};
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
    bool known = false;
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) known = known || strcmp(KNOWN[i], key) == 0;
    if (!known) complain(w, "a metamethod", owner, key);
    bool way_in = strcmp(key, "__index") == 0 && lua_type(L, -1) == LUA_TTABLE;
    if (!way_in && !lua_iscfunction(L, -1)) complain(w, "no function of the host", owner, key);
  }
}

/* The names of the table on top, as a script sees them: its own and those of its __index chain. [-0, +0, m]
 */
static void walk_names(lua_State *L, walk *w, const char *library) {
  luaL_checkstack(L, 12, NULL);
  if (lua_type(L, -1) != LUA_TTABLE) {
    complain(w, "not a table", library, "");
    return;
  }
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    if (lua_type(L, -2) == LUA_TSTRING)
      walk_name(L, w, library, lua_tostring(L, -2));
    else
      complain(w, "a key that is no name", library, luaL_typename(L, -2));
  }
  if (lua_getmetatable(L, -1) == 0) {
    complain(w, "not guarded", library, "");
    return;
  }
  walk_metatable(L, w, library);
  lua_pushliteral(L, "__index");
  if (lua_rawget(L, -2) == LUA_TTABLE) walk_names(L, w, library);
  lua_pop(L, 2);
}

/* ---- handles ---- */

static const pi_handle_kind GROUP_KINDS[PI_GROUP_COUNT] = {
    [PI_GROUP_ROOT] = PI_HANDLE_CASE,
    [PI_GROUP_TWEET] = PI_HANDLE_TWEET,
    [PI_GROUP_ACCOUNT] = PI_HANDLE_ACCOUNT,
    [PI_GROUP_OFFICE] = PI_HANDLE_OFFICE,
    [PI_GROUP_CONTEXT] = PI_HANDLE_CONTEXT,
    [PI_GROUP_TARGET] = PI_HANDLE_TARGET,
    [PI_GROUP_OFFLINE_HARM] = PI_HANDLE_OFFLINE_HARM,
};

/* The row of a field that is no fact and no group of facts. */
static const pi_allow_row *find_field(walk *w, pi_handle_kind kind, const char *name) {
  for (size_t i = 0; i < PI_ALLOW_FIELDS_COUNT; i++) {
    const pi_allow_row *row = &PI_ALLOW_FIELDS[i];
    if (strcmp(row->library, pi_handle_name(kind)) != 0 || strcmp(row->name, name) != 0) continue;
    w->fields_seen[i] = true;
    return row;
  }
  return NULL;
}

static bool is_field(walk *w, pi_handle_kind kind, const char *name) {
  pi_slice key = pi_slice_of(name);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (GROUP_KINDS[PI_FACTS[fact].group] == kind && pi_slice_equal(PI_FACTS[fact].key, key)) return true;
  }
  for (int group = 1; group < PI_GROUP_COUNT; group++) {
    if (GROUP_KINDS[PI_GROUPS[group].parent] == kind && pi_slice_equal(PI_GROUPS[group].key, key))
      return true;
  }
  return find_field(w, kind, name) != NULL;
}

/* What a field holds: a function only where a method stands, else a value that leads nowhere. [-0, +0, v] */
static void walk_value(lua_State *L, walk *w, pi_handle_kind kind, const char *name) {
  const pi_allow_row *row = find_field(w, kind, name);
  bool method = row != NULL && strchr(row->form, '(') != NULL;
  int type = lua_type(L, -1);
  bool plain = type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING ||
               type == LUA_TLIGHTUSERDATA;
  if (method ? !lua_iscfunction(L, -1) : !plain) complain(w, "a value", pi_handle_name(kind), name);
}

/* Every key of every record, as the handles look it up. [-0, +0, v] */
static void walk_records(lua_State *L, walk *w) {
  for (pi_handle_kind kind = PI_HANDLE_CASE; kind <= PI_HANDLE_BALANCE; kind++) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_KEYS);
    lua_rawgeti(L, -1, kind);
    int names = lua_gettop(L), count = 0;
    for (lua_pushnil(L); lua_next(L, names) != 0; lua_pop(L, 1), count++) {
      const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
      if (!is_field(w, kind, name)) complain(w, "not a field", pi_handle_name(kind), name);
      pi_handle_push(L, kind);
      lua_getfield(L, -1, name);
      walk_value(L, w, kind, name);
      lua_pop(L, 2);
    }
    if (count == 0) complain(w, "no fields", pi_handle_name(kind), "");
    lua_settop(L, names - 2);
  }
}

/* Free-form trees hold values and further trees. [-0, +0, v] */
static void walk_tree(lua_State *L, walk *w, const char *name) {
  luaL_checkstack(L, 12, NULL);
  if (lua_type(L, -1) != LUA_TLIGHTUSERDATA) {
    walk_value(L, w, PI_HANDLE_TREE, name);
    return;
  }
  uint32_t count = pi_handle_keys(L, pi_handle_check(L, -1)); /* tree keys */
  for (uint32_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, i);
    pi_handle_field(L, pi_handle_check(L, -3), lua_gettop(L));
    walk_tree(L, w, name);
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
}

/* Only strings and handles have a metatable of their type. [-0, +0, m] */
static void walk_types(lua_State *L, walk *w) {
  lua_pushnil(L);
  lua_pushboolean(L, 1);
  lua_pushinteger(L, 1);
  lua_pushcfunction(L, PI_ALLOW[2].function);
  lua_newtable(L);
  for (int i = 1; i <= 5; i++) {
    if (lua_getmetatable(L, -i) != 0) {
      complain(w, "a metatable of the type", luaL_typename(L, -i - 1), "");
      lua_pop(L, 1);
    }
  }
  lua_pop(L, 5);
  lua_pushliteral(L, "");
  if (lua_getmetatable(L, -1) != 0) {
    walk_metatable(L, w, "string");
    lua_pushliteral(L, "__index");
    lua_rawget(L, -2);
    walk_names(L, w, "string");
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
  pi_handle_push(L, PI_HANDLE_CASE);
  if (lua_getmetatable(L, -1) != 0) {
    walk_metatable(L, w, "handle");
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* (walk *) [-0, +0, v] */
static int l_walk(lua_State *L) {
  walk *w = lua_touserdata(L, 1);
  lua_settop(L, 0);
  luaL_checkstack(L, 20, NULL);
  lua_pushnil(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_MODULES);
  pi_vm_push_chunk(L, pi_vm_of(L)->call->script);
  const char *upvalue = lua_getupvalue(L, 1, 1);
  if (upvalue == NULL || strcmp(upvalue, "_ENV") != 0) complain(w, "not an environment", "", "");
  if (lua_getupvalue(L, 1, 2) != NULL) complain(w, "a second upvalue", "", "");
  walk_names(L, w, "");
  walk_types(L, w);
  walk_records(L, w);
  pi_handle_push_node(L, 1, pi_tree_root(&pi_vm_of(L)->policy->data[0].tree));
  walk_tree(L, w, "data");
  pi_handle_push(L, PI_HANDLE_CASE);
  lua_getfield(L, -1, "signals");
  walk_tree(L, w, "signals");
  lua_settop(L, 0);
  return 0;
}

static void test_surface_has_nothing_but_the_allow_list(void **state) {
  (void)state;
  pubint_policy *policy = trial_load(&trial_folder);
  pubint_case *input = trial_case(
      "hateful_conduct", "x", ",\"withheld_in\":[\"DE\"],\"signals\":{\"a\":[1,{\"b\":\"c\"}],\"d\":true}");
  pi_vm *vm;
  assert_int_equal(pi_furnish_vm(&vm, policy, NULL), PUBINT_OK);
  pi_balance balance;
  pi_balance_init(&balance);
  pi_script_call call = {.script = pi_policy_script(policy, PI_SCRIPT_RULE, PI_SLICE("hateful_conduct")),
                         .input = &input->facts,
                         .violation = &input->facts.violations[0],
                         .text = PI_SLICE("x"),
                         .balance = &balance};
  walk w = {0};
  pi_script_error error = {0};
  vm->call = &call;
  pi_vm_end end = pi_vm_run(vm, l_walk, &w, &error);
  if (end != PI_VM_DONE) fail_msg("%s", vm->fault_message);
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) {
    bool argument = strcmp(PI_ALLOW[i].name, "case") == 0 || strcmp(PI_ALLOW[i].name, "balance") == 0;
    if (!w.seen[i] && !argument)
      complain(&w, "in the allow-list but not there", PI_ALLOW[i].library, PI_ALLOW[i].name);
    assert_true(PI_ALLOW[i].form[0] != '\0' && PI_ALLOW[i].doc[0] != '\0' && PI_ALLOW[i].safe[0] != '\0');
  }
  for (size_t i = 0; i < PI_ALLOW_FIELDS_COUNT; i++) {
    if (!w.fields_seen[i])
      complain(&w, "in the allow-list but not there", PI_ALLOW_FIELDS[i].library, PI_ALLOW_FIELDS[i].name);
  }
  assert_true(PI_ALLOW_COUNT <= sizeof w.seen && PI_ALLOW_FIELDS_COUNT <= sizeof w.fields_seen);
  assert_string_equal(w.wrong, "");
  pi_vm_free(vm);
  pubint_case_free(input);
  pubint_policy_free(policy);
}

/* ---- names that are not there ---- */

/* Each is used on line 4 of the script; the error says what is missing, and where. */
static const char *const FORBIDDEN[] = {
    "pcall",
    "xpcall",
    "coroutine",
    "setmetatable",
    "getmetatable",
    "rawget",
    "rawset",
    "rawequal",
    "rawlen",
    "load",
    "loadstring",
    "loadfile",
    "dofile",
    "next",
    "collectgarbage",
    "debug",
    "io",
    "os",
    "package",
    "print",
    "utf8",
    "warn",
    "_G",
    "_VERSION",
    "module",
    "setfenv",
    "getfenv",
    "unpack",
    "newproxy",
    "gcinfo",
    "arg",
    "bit",
    "bit32",
    "ffi",
    "jit",
    "cjson",
    "json",
    "lpeg",
    "socket",
    "pubint",
    "string.dump",
    "string.pack",
    "string.unpack",
    "string.packsize",
    "string.find",
    "string.match",
    "string.gmatch",
    "string.gsub",
    "string.reverse",
    "string.char",
    "string.gfind",
    "table.move",
    "table.pack",
    "table.getn",
    "table.foreach",
    "math.random",
    "math.randomseed",
    "math.sin",
    "math.cos",
    "math.tan",
    "math.asin",
    "math.acos",
    "math.atan",
    "math.exp",
    "math.log",
    "math.pow",
    "math.fmod",
    "math.modf",
    "math.ult",
    "math.type",
    "math.tointeger",
    "math.ldexp",
    "math.frexp",
    "text.gsub",
    "text.replace",
    "text.compile",
    "text.match",
    "string.__index",
    "table.__index",
    "math.__newindex",
    "text.__metatable",
    "__index",
    "__metatable",
    "_LOADED",
    "registry",
};
enum { FORBIDDEN_COUNT = sizeof FORBIDDEN / sizeof *FORBIDDEN };

static void expect_missing(const char *body, const char *owner, const char *name, const char *more) {
  char wanted[384];
  trial_put_weigh(&trial_folder, body);
  pubint_policy *policy = trial_load(&trial_folder);
  pubint_engine *engine = trial_engine(policy);
  pubint_case *input = trial_attacked_case("x");
  const pubint_evaluation *evaluation;
  assert_int_equal(pubint_engine_evaluate(engine, input, &evaluation, NULL), PUBINT_OK);
  const pi_entry *entry = &evaluation->entries[0];
  assert_int_equal(entry->verdict, PUBINT_REVIEW);
  assert_int_equal(entry->error.failure, PI_FAILURE_SCRIPT);
  assert_string_equal(entry->error.script->file.ptr, "rules/abuse_harassment.lua");
  assert_int_equal(entry->error.line, TRIAL_BODY_LINE);
  snprintf(wanted, sizeof wanted, "%s has no '%s'%s", owner, name, more);
  if (strncmp(entry->error.message.ptr, wanted, strlen(wanted)) != 0)
    fail_msg("\"%s\" does not begin \"%s\"", entry->error.message.ptr, wanted);
  pubint_case_free(input);
  pubint_engine_free(engine);
  pubint_policy_free(policy);
}

static void test_forbidden(void **state) {
  const char *path = *state;
  char body[128], owner[32] = "the sandbox";
  const char *dot = strchr(path, '.');
  if (dot != NULL) snprintf(owner, sizeof owner, "%.*s", (int)(dot - path), path);
  snprintf(body, sizeof body, "local x = %s", path);
  expect_missing(body, owner, dot != NULL ? dot + 1 : path, "");
}

/* The same names as methods of strings. */
static void test_surface_strings_have_no_other_methods(void **state) {
  (void)state;
  static const char *const METHODS[] = {"dump",    "pack",    "unpack",  "packsize", "find",
                                        "match",   "gmatch",  "gsub",    "reverse",  "char",
                                        "__index", "matches", "contains"};
  for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++) {
    char body[64];
    snprintf(body, sizeof body, "local x = ('x').%s", METHODS[i]);
    expect_missing(body, "string", METHODS[i], "");
  }
}

/* ---- what serves instead ---- */

static bool is_allowed(const char *library, const char *name) {
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) {
    if (strcmp(PI_ALLOW[i].library, library) == 0 && strcmp(PI_ALLOW[i].name, name) == 0) return true;
  }
  return false;
}

/* The names of the table on top, those of libraries that scripts have as well. [-0, +0, m] */
static void check_absent(lua_State *L, const char *library) {
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    const char *name = lua_tostring(L, -2);
    if (library[0] == '\0' && is_library(name))
      check_absent(L, name);
    else if (!is_allowed(library, name) && pi_absent_instead(library, name) == NULL)
      fail_msg("nothing said of %s.%s", library, name);
  }
}

static void test_surface_every_name_of_lua_is_there_or_has_what_serves_instead(void **state) {
  (void)state;
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  lua_pushglobaltable(L);
  check_absent(L, "");
  lua_close(L);
}

/* "text.find" and the like in the advice are names that scripts have. */
static void check_advice(const pi_absent_row *row) {
  static const char *const LIBRARIES[] = {"string.", "table.", "math.", "text."};
  assert_false(is_allowed(row->library, row->name) && strcmp(row->name, "case") != 0 &&
               strcmp(row->name, "balance") != 0);
  for (size_t l = 0; l < sizeof LIBRARIES / sizeof *LIBRARIES; l++) {
    for (const char *p = row->instead; (p = strstr(p, LIBRARIES[l])) != NULL;) {
      char library[8], name[32];
      snprintf(library, sizeof library, "%.*s", (int)strlen(LIBRARIES[l]) - 1, LIBRARIES[l]);
      p += strlen(LIBRARIES[l]);
      snprintf(name, sizeof name, "%.*s", (int)strspn(p, "abcdefghijklmnopqrstuvwxyz"), p);
      if (!is_allowed(library, name)) fail_msg("%s: %s.%s is none", row->instead, library, name);
    }
  }
}

/* Each name as a script writes it is answered by its row. */
static void test_surface_what_serves_instead_is_said(void **state) {
  (void)state;
  for (size_t i = 0; i < PI_ABSENT_COUNT; i++) {
    const pi_absent_row *row = &PI_ABSENT[i];
    char body[128], wanted[304];
    check_advice(row);
    if (is_allowed(row->library, row->name)) continue; /* an argument of weigh, where weigh has it */
    const char *owner = row->library[0] != '\0' ? row->library : "the sandbox";
    snprintf(body, sizeof body, "local x = %s%s%s", row->library, row->library[0] != '\0' ? "." : "",
             row->name);
    snprintf(wanted, sizeof wanted, "; %s", row->instead);
    expect_missing(body, owner, row->name, wanted);
  }
}

int main(int argc, char **argv) {
  static char names[FORBIDDEN_COUNT][64], paths[FORBIDDEN_COUNT][32];
  static struct CMUnitTest tests[FORBIDDEN_COUNT + 4] = {
      cmocka_unit_test(test_surface_has_nothing_but_the_allow_list),
      cmocka_unit_test(test_surface_strings_have_no_other_methods),
      cmocka_unit_test(test_surface_every_name_of_lua_is_there_or_has_what_serves_instead),
      cmocka_unit_test(test_surface_what_serves_instead_is_said),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  for (size_t i = 0; i < FORBIDDEN_COUNT; i++) {
    snprintf(names[i], sizeof names[i], "test_surface_has_no_%s", FORBIDDEN[i]);
    snprintf(paths[i], sizeof paths[i], "%s", FORBIDDEN[i]);
    tests[i + 4] = (struct CMUnitTest){names[i], test_forbidden, NULL, NULL, paths[i]};
  }
  return _cmocka_run_group_tests("surface", tests, FORBIDDEN_COUNT + 4, set_up, trial_tear_down);
}
