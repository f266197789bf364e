/* Every name of the allow-list that stock Lua has, called in a sandbox state and in a stock one with the same
 * arguments: values are the same, and errors are, but for what lua_differences.h means to be otherwise. */
#include <lauxlib.h>
#include <lualib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allow.h"
#include "furnish.h"
#include "lua_calls.h"
#include "lua_differences.h"
#include "trial.h"

enum { DIFFERENCES = sizeof LUA_DIFFERENCES / sizeof *LUA_DIFFERENCES };

/* ---- what comes of a snippet ---- */

/* Values as text: the same bytes for the same values. */
typedef struct outcome {
  const char *snippet;
  bool failed;
  char text[4096];
  size_t used;
} outcome;

__attribute__((format(printf, 2, 3))) static void write_text(outcome *out, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int n = vsnprintf(out->text + out->used, sizeof out->text - out->used, format, arguments);
  va_end(arguments);
  if (n > 0) out->used += (size_t)n;
  assert_true(out->used < sizeof out->text);
}

static int order_texts(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void write_value(lua_State *L, int index, outcome *out);

/* The items in the order of their texts: the order of a walk is each state's own. */
static void write_table(lua_State *L, int index, outcome *out) {
  enum { ITEMS_MAX = 32 };
  char *items[ITEMS_MAX];
  size_t count = 0, begin = out->used;
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
    int top = lua_gettop(L);
    write_value(L, top - 1, out);
    write_text(out, "=");
    write_value(L, top, out);
    assert_true(count < ITEMS_MAX);
    items[count] = strdup(out->text + begin);
    assert_non_null(items[count++]);
    out->used = begin;
  }
  qsort(items, count, sizeof *items, order_texts);
  write_text(out, "{ ");
  for (size_t i = 0; i < count; i++) {
    write_text(out, "%s ", items[i]);
    free(items[i]);
  }
  write_text(out, "}");
}

static void write_string(lua_State *L, int index, outcome *out) {
  size_t length;
  const char *text = lua_tolstring(L, index, &length);
  uint64_t sum = 14695981039346656037u;
  for (size_t i = 0; i < length; i++) sum = (sum ^ (unsigned char)text[i]) * 1099511628211u;
  write_text(out, "'%.40s' of %zu, %016llx", text, length, (unsigned long long)sum);
}

static void write_value(lua_State *L, int index, outcome *out) {
  luaL_checkstack(L, 10, NULL);
  switch (lua_type(L, index)) {
  case LUA_TBOOLEAN: write_text(out, lua_toboolean(L, index) ? "true" : "false"); break;
  case LUA_TNUMBER:
    if (lua_isinteger(L, index))
      write_text(out, "%lld", (long long)lua_tointeger(L, index));
    else if (lua_tonumber(L, index) != lua_tonumber(L, index))
      write_text(out, "nan"); /* its sign is the processor's */
    else
      write_text(out, "float %.17g", lua_tonumber(L, index));
    break;
  case LUA_TSTRING: write_string(L, index, out); break;
  case LUA_TTABLE: write_table(L, index, out); break;
  default: write_text(out, "%s", luaL_typename(L, index)); break;
  }
}

/* Runs the snippet in an environment on top of the stack. (outcome *, environment) [-0, +0, e] */
static void run_snippet(lua_State *L, outcome *out) {
  if (luaL_loadbufferx(L, out->snippet, strlen(out->snippet), "=snippet", "t") != LUA_OK) {
    fail_msg("%s: %s", out->snippet, lua_tostring(L, -1));
  }
  lua_insert(L, 1);
  lua_setupvalue(L, 1, 1);
  lua_call(L, 0, LUA_MULTRET);
  int results = lua_gettop(L);
  write_text(out, "%d:", results);
  for (int i = 1; i <= results && i <= 50; i++) {
    write_text(out, " ");
    write_value(L, i, out);
  }
}

static int l_here(lua_State *L) {
  outcome *out = lua_touserdata(L, 1);
  lua_settop(L, 0);
  lua_createtable(L, 0, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_ENVIRONMENT);
  lua_setmetatable(L, -2);
  run_snippet(L, out);
  return 0;
}

static int l_stock(lua_State *L) {
  outcome *out = lua_touserdata(L, 1);
  lua_settop(L, 0);
  lua_pushglobaltable(L);
  run_snippet(L, out);
  return 0;
}

/* A stock state has no limits but this one. */
static void *allocate_some(void *ud, void *block, size_t osize, size_t nsize) {
  enum { BLOCK_MAX = 32 * 1024 * 1024 };
  (void)ud;
  (void)osize;
  if (nsize == 0) {
    free(block);
    return NULL;
  }
  return nsize > BLOCK_MAX ? NULL : realloc(block, nsize);
}

/* ---- comparing ---- */

typedef struct rig {
  lua_State *stock;
  pi_vm *vm;
  bool used[DIFFERENCES];
  unsigned snippets;
  unsigned wrong;
} rig;

static bool is_one_of(const char *words, size_t length, const value *argument) {
  for (const char *word = words; word < words + length;) {
    size_t size = strcspn(word, "| ");
    bool same = strncmp(word, argument->kind, size) == 0 && argument->kind[size] == '\0';
    if (same || (size == 1 && *word == '*')) return true;
    word += size + 1;
  }
  return false;
}

static bool row_matches(const lua_difference *row, const call *c, const value *const *arguments,
                        unsigned count) {
  static const value NONE = {"none", ""};
  size_t name = strcspn(row->call, "@");
  if (row->call[name] == '@' ? strncmp(row->call, c->name, name) != 0 : strcmp(row->call, c->name) != 0)
    return false;
  unsigned at = 0;
  for (const char *p = row->arguments; *p != '\0'; at++) {
    size_t length = strcspn(p, " ");
    if (!is_one_of(p, length, at < count ? arguments[at] : &NONE)) return false;
    p += length;
    if (*p == ' ') p++;
  }
  return true;
}

static bool is_meant(rig *r, const call *c, const value *const *arguments, unsigned count, lua_end here) {
  bool meant = false;
  for (size_t i = 0; i < DIFFERENCES; i++) {
    if (LUA_DIFFERENCES[i].here != here || !row_matches(&LUA_DIFFERENCES[i], c, arguments, count)) continue;
    r->used[i] = true;
    meant = true;
  }
  return meant;
}

/* An error of a function of ours begins with its name, and says what is wrong with which argument. */
static bool names_its_function(const call *c, const char *message) {
  size_t length = strcspn(c->name, " ");
  if (strncmp(message, c->name, length) == 0 && strncmp(message + length, ": ", 2) == 0) return true;
  bool own =
      strcmp(c->name, "error") == 0 || strcmp(c->name, "assert") == 0; /* its message is the script's */
  return own || strstr(c->form, c->name) == NULL || strstr(message, "attempt to ") != NULL ||
         strstr(message, " has no ") != NULL;
}

static void compare(rig *r, const call *c, const value *const *arguments, unsigned count,
                    const char *snippet) {
  static outcome here, stock;
  pi_script_error error = {0};
  here = (outcome){.snippet = snippet};
  stock = (outcome){.snippet = snippet};
  here.failed = pi_vm_run(r->vm, l_here, &here, &error) != PI_VM_DONE;
  lua_settop(r->stock, 0);
  lua_pushcfunction(r->stock, l_stock);
  lua_pushlightuserdata(r->stock, &stock);
  stock.failed = lua_pcall(r->stock, 1, 0, 0) != LUA_OK;
  r->snippets++;
  const char *message = here.failed ? r->vm->fault_message : "";
  if (here.failed && error.failure == PI_FAILURE_SCRIPT && !names_its_function(c, message)) {
    print_error("%s\n  says: %s\n", snippet, message);
    r->wrong++;
  }
  if (here.failed && stock.failed) return;
  if (!here.failed && !stock.failed && strcmp(here.text, stock.text) == 0) return;
  if (is_meant(r, c, arguments, count, here.failed ? ERROR : stock.failed ? VALUE : OTHER_VALUE)) return;
  r->wrong++;
  if (r->wrong > 200) return;
  print_error("%s\n   here: %s%s\n  stock: %s\n", snippet, message, here.failed ? "" : here.text,
              stock.failed ? lua_tostring(r->stock, -1) : stock.text);
}

/* The form with its arguments put in. */
static void write_snippet(const char *form, const value *const *arguments, unsigned count, char *out,
                          size_t size) {
  size_t used = 0;
  for (const char *p = form; *p != '\0'; p++) {
    if (*p != '{' || p[1] == '}' || p[2] != '}') {
      out[used++] = *p;
      out[used] = '\0';
      continue;
    }
    bool all = p[1] == '*', rest = p[1] == '+';
    unsigned from = all ? 0 : rest ? 1 : (unsigned)(p[1] - '1');
    unsigned end = all || rest ? count : from + 1;
    for (unsigned i = from; i < end; i++) {
      used +=
          (size_t)snprintf(out + used, size - used, "%s%s", rest || i > from ? ", " : "", arguments[i]->text);
      assert_true(used < size - 1);
    }
    p += 2;
  }
}

/* string.byte(s, 1) is s:byte(1) too. */
static void compare_method(rig *r, const call *c, const value *const *arguments, unsigned count) {
  char all[256] = "", snippet[512];
  if (strncmp(c->name, "string.", 7) != 0 || count == 0 || arguments[0]->text[0] != '\'') return;
  write_snippet("{+}", arguments, count, all, sizeof all);
  snprintf(snippet, sizeof snippet, "local s = %s return s:%s(%s)", arguments[0]->text, c->name + 7,
           count > 1 ? all + 2 : "");
  compare(r, c, arguments, count, snippet);
}

/* Every combination of `count` arguments. */
static void compare_all(rig *r, const call *c, unsigned count) {
  const value *arguments[ARGUMENTS_MAX];
  for (unsigned i = 0; i < count; i++) arguments[i] = c->pools[i];
  for (;;) {
    char snippet[512] = "";
    write_snippet(c->form, arguments, count, snippet, sizeof snippet);
    compare(r, c, arguments, count, snippet);
    compare_method(r, c, arguments, count);
    unsigned at = 0;
    for (; at < count; at++) {
      if ((++arguments[at])->kind != NULL) break;
      arguments[at] = c->pools[at];
    }
    if (at == count) return;
  }
}

/* ---- tests ---- */

static void test_lua_differences_are_those_that_are_meant(void **state) {
  (void)state;
  rig r = {.stock = lua_newstate(allocate_some, NULL)};
  pubint_policy *policy = trial_load(&trial_folder);
  assert_non_null(r.stock);
  assert_int_equal(pi_furnish_vm(&r.vm, policy, NULL), PUBINT_OK);
  luaL_openlibs(r.stock);
  for (size_t i = 0; i < CALLS_COUNT; i++) {
    unsigned most = 0;
    while (most < ARGUMENTS_MAX && CALLS[i].pools[most] != NULL) most++;
    for (unsigned count = CALLS[i].least; count <= most; count++) compare_all(&r, &CALLS[i], count);
  }
  printf("%u snippets\n", r.snippets);
  for (size_t i = 0; i < DIFFERENCES; i++) {
    const lua_difference *row = &LUA_DIFFERENCES[i];
    if (r.used[i]) continue;
    print_error("no longer differs: %s (%s), %s\n", row->call, row->arguments, row->why);
    r.wrong++;
  }
  assert_int_equal(r.wrong, 0);
  pi_vm_free(r.vm);
  lua_close(r.stock);
  pubint_policy_free(policy);
}

static bool is_called(const char *name) {
  for (size_t i = 0; i < CALLS_COUNT; i++) {
    if (strcmp(CALLS[i].name, name) == 0) return true;
  }
  return false;
}

static bool is_only_here(const char *name) {
  for (size_t i = 0; LUA_ONLY_HERE[i] != NULL; i++) {
    if (strcmp(LUA_ONLY_HERE[i], name) == 0) return true;
  }
  return false;
}

static void test_lua_differences_are_looked_for_in_every_name(void **state) {
  (void)state;
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) {
    char name[64];
    const pi_allow_row *row = &PI_ALLOW[i];
    snprintf(name, sizeof name, "%s%s%s", row->library, row->library[0] != '\0' ? "." : "", row->name);
    if (is_called(name) == is_only_here(name)) fail_msg("%s: either called or only here", name);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_lua_differences_are_those_that_are_meant),
      cmocka_unit_test(test_lua_differences_are_looked_for_in_every_name),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, trial_set_up, trial_tear_down);
}
