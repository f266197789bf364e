#include "tests.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "evaluation_keys.h"
#include "policy_files.h"
#include "policy_place.h"
#include "script_error.h"
#include "test_case.h"
#include "test_expect.h"
#include "test_runner.h"
#include "utf8.h"

enum { ARENA_BLOCK = 64 * 1024, DEPTH_MAX = 16, SCRATCH_MAX = 16 * 1024 * 1024 };
#define ARENA_MAX ((size_t)256 * 1024 * 1024)

/* ---- one test ---- */

static bool fits(const pi_test_runner *self) {
  const char *filter = self->options->filter;
  if (filter == NULL) return true;
  char whole[PI_TEST_NAME_BYTES + 300];
  snprintf(whole, sizeof whole, "%s: %s", self->file.ptr, self->name);
  return strstr(whole, filter) != NULL || fnmatch(filter, whole, 0) == 0 ||
         fnmatch(filter, self->name, 0) == 0;
}

/* What is wrong in the line that raised, named and pointed at as in a script of the policy. `place` and
 * `said` hold what the result then shows. */
static void point_at(const pi_test_runner *self, const pi_extra_fault *fault, pi_test_result *result,
                     pubint_error *place, char *said, size_t size) {
  const pi_script text = {.file = self->file, .source = self->source};
  const pi_script *script = fault->script != NULL ? fault->script : &text;
  pi_slice token = {"", 0};
  if (fault->parsing) token = pi_policy_place_sign(script, fault->line, result->message, said, size);
  if (token.len > 0)
    result->message = pi_slice_of(said);
  else
    token = pi_policy_place_quoted(result->message, fault->parsing);
  pi_policy_place_set(place, script, fault->line, token);
  result->excerpt = pi_slice_of(place->excerpt);
  result->column = (size_t)place->column;
}

static void tell(pi_test_runner *self, const pi_extra_fault *fault) {
  pi_test_result result = {.file = self->file, .name = pi_slice_of(self->name), .passed = !fault->failed};
  pubint_error place = {0};
  char said[128];
  if (fault->failed) {
    result.script = fault->script != NULL ? fault->script->file : self->file;
    result.line = fault->line;
    result.message = pi_slice_of(fault->message);
    result.expected = (pi_slice){self->expected.data, self->expected.len};
    result.actual = (pi_slice){self->actual.data, self->actual.len};
    result.hint = (pi_slice){self->hint.data, self->hint.len};
    result.evaluation = self->evaluation;
    if (result.expected.len == 0) point_at(self, fault, &result, &place, said, sizeof said);
    if (self->options->stop_at_failure) self->stopping = true;
  }
  *(fault->failed ? &self->totals->failed : &self->totals->passed) += 1;
  self->ended++;
  if (self->options->told != NULL) self->options->told(self->options->context, &result);
}

/* expect(v) alone asks nothing, so that a test made of such would pass whatever comes of the policy. */
static void need_questions(pi_test_runner *self, uint32_t open, pi_extra_fault *fault) {
  if (!fault->failed && self->open > open) {
    *fault = (pi_extra_fault){.failed = true, .failure = PI_FAILURE_SCRIPT, .line = self->open_line};
    snprintf(fault->message, sizeof fault->message, "an expect asks nothing: write expect(value):is(…)");
  }
  self->open = open;
}

/* Calls the function below its `arguments` as a test of that name. [-(arguments + 1), +0, v] */
static void run_test(lua_State *L, pi_test_runner *self, const char *name, int arguments) {
  const pi_test_options *options = self->options;
  if (pi_stop_asked(options->stop)) self->stopping = true;
  if (self->tests++ == PI_TESTS_PER_FILE_MAX) {
    pi_script_raise(L, "more than %d tests in one file", PI_TESTS_PER_FILE_MAX);
  }
  if (self->depth == DEPTH_MAX) pi_script_raise(L, "tests within tests more than %d deep", DEPTH_MAX);
  size_t around = strlen(self->name);
  snprintf(self->name + around, sizeof self->name - around, "%s%.120s", around > 0 ? " / " : "", name);
  size_t written = strlen(self->name), fine = (size_t)(pi_utf8_check(pi_slice_of(self->name)) - self->name);
  if (fine + 4 > written) self->name[fine] = '\0'; /* what is too long is cut between characters */
  if (self->stopping || (self->depth == 0 && !fits(self))) {
    self->name[around] = '\0';
    lua_pop(L, arguments + 1);
    return;
  }
  uint32_t ended = self->ended, open = self->open;
  pi_extra_fault fault;
  self->evaluation = NULL;
  pi_test_runner_forget(self);
  self->depth++;
  pi_extra_call(L, arguments, &fault);
  self->depth--;
  need_questions(self, open, &fault);
  if (fault.failed || self->ended == ended) tell(self, &fault); /* else its rows were told */
  pi_test_runner_forget(self);
  self->name[around] = '\0';
}

/* test(name, function) [-0, +0, e] */
static int l_test_test(lua_State *L) {
  size_t length;
  const char *name = pi_script_check_string(L, 1, "test(name, function)", &length);
  if (lua_type(L, 2) != LUA_TFUNCTION) {
    return pi_script_raise(L, "test '%.64s': a function expected, got %s", name, pi_script_typename(L, 2));
  }
  lua_settop(L, 2);
  run_test(L, pi_test_runner_of(L), name, 0);
  return 0;
}

/* The name of a row: its own `name`, its key, or its number. */
static void name_row(lua_State *L, int key, int row, char *out, size_t size) {
  if (lua_type(L, row) == LUA_TTABLE) {
    lua_pushliteral(L, "name");
    if (lua_rawget(L, row) == LUA_TSTRING) {
      snprintf(out, size, "%s", lua_tostring(L, -1));
      lua_pop(L, 1);
      return;
    }
    lua_pop(L, 1);
  }
  if (lua_type(L, key) == LUA_TSTRING) {
    snprintf(out, size, "%s", lua_tostring(L, key));
  } else {
    snprintf(out, size, "row %lld", (long long)lua_tointeger(L, key));
  }
}

/* each(table, function(row, key)): every row is a test of its own [-0, +0, e] */
static int l_test_each(lua_State *L) {
  if (lua_type(L, 1) != LUA_TTABLE && !pi_extra_is_handle(L, 1)) {
    return pi_script_raise(L, "each: a table of rows expected, got %s", pi_script_typename(L, 1));
  }
  if (lua_type(L, 2) != LUA_TFUNCTION) {
    return pi_script_raise(L, "each: a function expected, got %s", pi_script_typename(L, 2));
  }
  lua_settop(L, 2);
  uint32_t count = pi_extra_keys(L, 1); /* rows function keys */
  if (count == 0) return pi_script_raise(L, "each: the table has no row, so that nothing is tested");
  for (uint32_t i = 1; i <= count; i++) {
    char name[PI_TEST_NAME_BYTES];
    lua_pushvalue(L, 2);
    lua_rawgeti(L, 3, (lua_Integer)i); /* … function key */
    lua_pushvalue(L, -1);
    pi_extra_get(L, 1); /* … function key row */
    name_row(L, 5, 6, name, sizeof name);
    lua_insert(L, 5); /* … function row key */
    run_test(L, pi_test_runner_of(L), name, 2);
  }
  return 0;
}

static const luaL_Reg FUNCTIONS[] = {
    {"case", l_test_case},     {"evaluate", l_test_evaluate},
    {"factor", l_test_factor}, {"condition", l_test_condition},
    {"expect", l_test_expect}, {"test", l_test_test},
    {"each", l_test_each},     {NULL, NULL},
};

/* ---- one file ---- */

/* What goes wrong outside of every test is a failure of the file. */
static pubint_status run_file(pi_test_runner *self, const pi_policy_file *file, pubint_error *error) {
  pi_extra *extra;
  pubint_status status =
      pi_extra_new(&extra, self->policy, FUNCTIONS, "unknown", pi_evaluation_record, self, error);
  if (status != PUBINT_OK) return status;
  pi_extra_fault fault;
  self->file = file->path;
  self->source = file->content;
  self->tests = self->depth = self->ended = self->open = 0;
  self->name[0] = '\0';
  self->evaluation = NULL;
  pi_test_runner_forget(self);
  status = pi_extra_run(extra, file->path, file->content, &fault, error);
  snprintf(self->name, sizeof self->name, "the file itself");
  if (status == PUBINT_OK && !fault.failed && self->tests == 0 && fits(self)) {
    fault = (pi_extra_fault){.failed = true, .failure = PI_FAILURE_SCRIPT, .message = "holds no test"};
  }
  if (status == PUBINT_OK && fault.failed) tell(self, &fault);
  pi_extra_free(extra);
  return status;
}

pubint_status pi_tests_run(const pubint_policy *policy, pubint_engine *engine, const pi_test_options *options,
                           pi_test_totals *out, pubint_error *error) {
  pi_arena arena;
  pi_policy_files files = {0};
  *out = (pi_test_totals){0};
  pi_test_runner runner = {.policy = policy, .engine = engine, .options = options, .totals = out};
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  pi_arena_init(&runner.arena, ARENA_BLOCK, ARENA_MAX);
  pi_arena_init(&runner.making, ARENA_BLOCK, ARENA_MAX);
  pi_buffer_init(&runner.scratch, SCRATCH_MAX);
  pi_buffer_init(&runner.expected, SCRATCH_MAX);
  pi_buffer_init(&runner.actual, SCRATCH_MAX);
  pi_buffer_init(&runner.hint, SCRATCH_MAX);
  pubint_status status = pi_policy_files_read(&files, &policy->source, "tests", "_test.lua",
                                              PI_TEST_FILE_BYTES_MAX, PI_E_SCRIPT_SOURCE, &arena, error);
  for (uint32_t i = 0; i < files.count && status == PUBINT_OK && !runner.stopping; i++) {
    status = run_file(&runner, &files.files[i], error);
    out->files++;
  }
  pi_buffer_dispose(&runner.scratch);
  pi_buffer_dispose(&runner.expected);
  pi_buffer_dispose(&runner.actual);
  pi_buffer_dispose(&runner.hint);
  pi_arena_dispose(&runner.making);
  pi_arena_dispose(&runner.arena);
  pi_arena_dispose(&arena);
  return status;
}
