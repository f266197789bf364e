#include "test_case.h"

#include <lauxlib.h>
#include <stdio.h>

#include "case_write.h"
#include "decode.h"
#include "errors.h"
#include "evaluate.h"
#include "lua_value.h"
#include "nearest.h"
#include "outline.h"
#include "script_error.h"
#include "test_runner.h"
#include "vm.h"

/* The case that tests start from: eligible, everything assessed, nothing weighing either way. */
static const char BASE_CASE[] =
    "{\"id\":\"test\",\"tweet\":{\"id\":\"1\",\"text\":\"A Tweet.\",\"lang\":\"en\","
    "\"created_at\":\"2024-05-01T12:00:00Z\"},"
    "\"account\":{\"id\":\"2\",\"username\":\"official\",\"kind\":\"person\",\"authentic\":true,"
    "\"observed_at\":\"2024-05-01T12:05:00Z\",\"verified\":true,\"verified_type\":\"government\","
    "\"followers_count\":200000,\"office\":{\"status\":\"holder\",\"selection\":\"elected\","
    "\"leadership\":false,\"level\":\"national\",\"branch\":\"legislative\","
    "\"title\":\"Member of Parliament\",\"country\":\"US\"}},"
    "\"violations\":[{\"rule\":\"abuse_harassment\"}],"
    "\"context\":{\"target\":{\"kind\":\"public\",\"political_context\":0},\"public_concern\":0,\"public_debate\":0,"
    "\"call_to_protest\":0,\"office_relevance\":0,\"geopolitical_clarity\":0,\"record_value\":0,"
    "\"sole_source\":0,\"hyperbole\":0,\"political_statement\":0,\"heated_debate\":0,"
    "\"historical_event\":0,\"official_conduct\":0,\"call_to_action\":0,\"rights_interference\":0,\"violence_link\":0,"
    "\"misleads_voters\":0,\"facilitates_transaction\":0,\"service_harm\":0,"
    "\"offline_harm\":{\"likelihood\":0,\"severity\":0},\"withheld_in\":[]}}";

/* What a violation is made of where it is written beside the facts. */
static const char *const VIOLATION_KEYS[] = {"rule", "kind", "grounds", "spans"};
enum { VIOLATION_KEYS_COUNT = 4 };

typedef struct case_maker {
  pi_test_runner *runner;
  pi_case input;
  bool one_violation;  /* some of VIOLATION_KEYS is given */
  pi_slice violations; /* JSON; .ptr NULL: the case's own */
} case_maker;

/* [-0, +0, v] */
static int raise_refusal(lua_State *L, const pubint_error *error) {
  if (error->status == PUBINT_E_SYSTEM) return pi_vm_no_memory(L);
  return pi_script_raise(L, "case: %s%s%s%s%s%s%s%s%s", error->message, error->path[0] != '\0' ? " at " : "",
                         error->path, error->found[0] != '\0' ? ", found " : "", error->found,
                         error->expected[0] != '\0' ? "; expected " : "", error->expected,
                         error->hint[0] != '\0' ? "; " : "", error->hint);
}

/* The value at `index` as JSON, in the arena of the case being made. [-0, +0, e] */
static pi_slice json_of(lua_State *L, pi_test_runner *runner, int index, bool empty_object) {
  pi_buffer_reset(&runner->scratch);
  pi_lua_write_json(L, index, empty_object, &runner->scratch);
  if (runner->scratch.full) pi_script_raise(L, "case: a value of over a MiB");
  if (runner->scratch.failed) pi_vm_no_memory(L);
  pi_slice text = pi_arena_copy(&runner->making, (pi_slice){runner->scratch.data, runner->scratch.len});
  if (text.ptr == NULL) pi_vm_no_memory(L);
  return text;
}

/* [-0, +0, e] */
static void set_fact(lua_State *L, case_maker *self, pi_fact fact, int index) {
  pubint_error error = {0};
  pi_slice text = json_of(L, self->runner, index, PI_FACTS[fact].type == PI_TYPE_TREE);
  if (pi_decode_set(&self->input, fact, text, &self->runner->making, &error) != PUBINT_OK) {
    raise_refusal(L, &error);
  }
}

/* Raises for a path that is none: a key without its group is told where it stands. [-0, +0, v] */
static void raise_path(lua_State *L, const char *path) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (!pi_slice_equal(PI_FACTS[fact].key, pi_slice_of(path))) continue;
    pi_script_raise(L, "case: there is no fact '%.64s'; write [\"%s\"]", path, PI_FACTS[fact].path.ptr);
  }
  pi_script_raise_unknown_fact(L, pi_slice_of(path));
}

static bool is_violation_key(const char *key) {
  for (int i = 0; i < VIOLATION_KEYS_COUNT; i++) {
    if (strcmp(VIOLATION_KEYS[i], key) == 0) return true;
  }
  return strcmp(key, "violations") == 0;
}

/* Sets what the table at `index` says of the facts below `prefix` ("" or "context."). [-0, +0, e] */
static void set_members(lua_State *L, case_maker *self, const char *prefix, int index) {
  pi_vm_room(L, 8);
  uint32_t count = pi_extra_keys(L, index); /* keys */
  for (uint32_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i); /* keys key */
    if (lua_type(L, -1) != LUA_TSTRING) {
      pi_script_raise(L, "case: paths of facts expected as keys, got %s", pi_script_typename(L, -1));
    }
    char path[128];
    const char *key = lua_tostring(L, -1);
    snprintf(path, sizeof path, "%s%s", prefix, key);
    bool top = prefix[0] == '\0';
    if (top && is_violation_key(key)) {
      self->one_violation = self->one_violation || strcmp(key, "violations") != 0;
      lua_pop(L, 1);
      continue;
    }
    pi_fact fact = top && strcmp(key, "signals") == 0 ? PI_FACT_SIGNALS : pi_fact_find(pi_slice_of(path));
    lua_rawget(L, index); /* keys value */
    bool group = false;
    for (int g = 1; g < PI_GROUP_COUNT && !group; g++) {
      group = pi_slice_equal(PI_GROUPS[g].path, pi_slice_of(path));
    }
    if (fact != PI_FACT_COUNT) {
      set_fact(L, self, fact, lua_gettop(L));
    } else if (group && lua_type(L, -1) == LUA_TTABLE) {
      snprintf(path + strlen(path), sizeof path - strlen(path), ".");
      set_members(L, self, path, lua_gettop(L));
    } else {
      raise_path(L, path);
    }
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* violations = {…}, or rule, kind, grounds and spans of the one violation. [-0, +0, e] */
static void set_violations(lua_State *L, case_maker *self, int index) {
  pi_test_runner *runner = self->runner;
  lua_pushliteral(L, "violations");
  if (lua_rawget(L, index) != LUA_TNIL) {
    if (self->one_violation) pi_script_raise(L, "case: violations and rule or kind; give one of them");
    self->violations = json_of(L, runner, lua_gettop(L), false);
  }
  lua_pop(L, 1);
  if (!self->one_violation) return;
  lua_createtable(L, 0, 4); /* violation */
  if (self->input.violations_count > 0) {
    pi_slice rule = self->input.violations[0].rule_id;
    lua_pushlstring(L, rule.ptr, rule.len);
    lua_setfield(L, -2, "rule");
  }
  lua_createtable(L, 1, 0); /* violation list */
  lua_insert(L, -2);        /* list violation */
  for (int i = 0; i < VIOLATION_KEYS_COUNT; i++) {
    lua_pushstring(L, VIOLATION_KEYS[i]);
    if (lua_rawget(L, index) != LUA_TNIL)
      lua_setfield(L, -2, VIOLATION_KEYS[i]);
    else
      lua_pop(L, 1);
  }
  lua_rawseti(L, -2, 1); /* list */
  self->violations = json_of(L, runner, lua_gettop(L), false);
  lua_pop(L, 1);
}

/* Reads the violations beside the text that their spans point into. [-0, +0, v] */
static void take_violations(lua_State *L, case_maker *self) {
  pi_test_runner *runner = self->runner;
  pi_buffer *out = &runner->scratch;
  pi_outline json = {.out = out, .compact = true};
  pubint_error error = {0};
  pi_case small;
  pi_buffer_reset(out);
  pi_outline_open(&json, NULL, '{');
  pi_outline_text(&json, "id", "x");
  pi_outline_open(&json, "tweet", '{');
  if (pi_case_knows(&self->input, PI_FACT_TWEET_TEXT))
    pi_outline_string(&json, "text", pi_case_text(&self->input, PI_FACT_TWEET_TEXT));
  pi_outline_close(&json, '}');
  pi_outline_json(&json, "violations", self->violations);
  pi_outline_close(&json, '}');
  if (out->failed) pi_vm_no_memory(L);
  pi_slice text = pi_arena_copy(&runner->making, (pi_slice){out->data, out->len});
  if (text.ptr == NULL) pi_vm_no_memory(L);
  if (pi_decode_case(&small, text, 1, &runner->making, NULL, &error) != PUBINT_OK) raise_refusal(L, &error);
  for (uint32_t i = 0; i < small.violations_count; i++) {
    pi_slice rule = small.violations[i].rule_id;
    pi_rule_name name = pi_policy_rule_name(runner->policy, rule);
    if (!name.known && name.nearest.ptr != NULL) { /* any id may be a rule's (A14); a slip tests nothing */
      pi_script_raise(L, "case: there is no rule '%.*s'; did you mean '%.*s'?", (int)rule.len, rule.ptr,
                      (int)name.nearest.len, name.nearest.ptr);
    }
  }
  self->input.violations_count = small.violations_count;
  self->input.has_spans = small.has_spans;
  for (uint32_t i = 0; i < small.violations_count; i++) self->input.violations[i] = small.violations[i];
}

/* case { overrides } or case(other, { overrides }) -> the case's JSON [-0, +1, e] */
int l_test_case(lua_State *L) {
  pi_test_runner *runner = pi_test_runner_of(L);
  pi_slice from = pi_slice_of(BASE_CASE);
  lua_settop(L, 2);
  int overrides = lua_type(L, 1) == LUA_TSTRING ? 2 : 1;
  if (overrides == 2) from.ptr = lua_tolstring(L, 1, &from.len);
  if (lua_type(L, overrides) != LUA_TTABLE) {
    return pi_script_raise(L, "case: a table of facts expected, got %s", pi_script_typename(L, overrides));
  }
  case_maker maker = {.runner = runner};
  pubint_error error = {0};
  pi_arena_reset(&runner->making);
  if (pi_decode_case(&maker.input, from, 1, &runner->making, NULL, &error) != PUBINT_OK) {
    return raise_refusal(L, &error);
  }
  set_members(L, &maker, "", overrides);
  set_violations(L, &maker, overrides);
  if (maker.violations.ptr != NULL) take_violations(L, &maker);
  pi_buffer_reset(&runner->scratch);
  pi_case_json(&runner->scratch, &maker.input);
  if (runner->scratch.failed) return pi_vm_no_memory(L);
  pi_slice json = {runner->scratch.data, runner->scratch.len};
  if (pi_decode_case(&maker.input, json, 1, &runner->making, NULL, &error) != PUBINT_OK) {
    return raise_refusal(L, &error);
  }
  lua_pushlstring(L, json.ptr, json.len);
  return 1;
}

/* evaluate(case) -> evaluation, read-only [-0, +1, e] */
int l_test_evaluate(lua_State *L) {
  pi_test_runner *runner = pi_test_runner_of(L);
  pi_vm_charge(L, PI_TEST_EVALUATION_COST);
  lua_settop(L, 1);
  if (lua_type(L, 1) == LUA_TTABLE) l_test_case(L); /* … case */
  if (lua_type(L, -1) != LUA_TSTRING) {
    return pi_script_raise(L, "evaluate: a case expected, got %s", pi_script_typename(L, 1));
  }
  pi_slice text;
  text.ptr = lua_tolstring(L, -1, &text.len);
  pubint_error error = {0};
  runner->evaluation = NULL;
  pi_arena_reset(&runner->arena);
  text = pi_arena_copy(&runner->arena, text);
  if (text.ptr == NULL) return pi_vm_no_memory(L);
  if (pi_decode_case(&runner->input, text, 1, &runner->arena, NULL, &error) != PUBINT_OK) {
    return raise_refusal(L, &error);
  }
  const pubint_evaluation *evaluation;
  pubint_status status = pi_engine_evaluate(runner->engine, &runner->input, &evaluation, &error);
  pi_extra_rest(L);
  if (status == PUBINT_E_SYSTEM) return pi_vm_no_memory(L);
  if (status != PUBINT_OK) return pi_script_raise(L, "evaluate: %s", error.message);
  runner->evaluation = evaluation;
  runner->totals->evaluations++;
  if (runner->options->evaluated != NULL) runner->options->evaluated(runner->options->context, evaluation);
  pi_buffer_reset(&runner->scratch);
  pi_evaluation_write(evaluation, &runner->scratch);
  if (runner->scratch.failed) return pi_vm_no_memory(L);
  pi_slice json = {runner->scratch.data, runner->scratch.len};
  bool pushed = runner->as_tables ? pi_lua_push_json(L, json, &runner->making) : pi_extra_push_json(L, json);
  return pushed ? 1 : pi_vm_no_memory(L);
}

/* ---- looking things up ---- */

/* Pushes value[name] of the table or handle on top, nil for a nil. [-0, +1, e] */
static void push_field(lua_State *L, const char *name) {
  pi_vm_room(L, 4);
  if (lua_type(L, -1) == LUA_TNIL) {
    lua_pushnil(L);
    return;
  }
  int index = lua_gettop(L);
  lua_pushstring(L, name);
  pi_extra_get(L, index);
}

static uint32_t count_of(lua_State *L) {
  if (lua_type(L, -1) == LUA_TNIL) return 0;
  uint32_t count = pi_extra_keys(L, -1);
  lua_pop(L, 1);
  return count;
}

static void push_item(lua_State *L, uint32_t i) {
  int index = lua_gettop(L);
  lua_pushinteger(L, (lua_Integer)i);
  pi_extra_get(L, index);
}

/* The first item with that id in a list of the evaluation's rules; raises where there is none.
 * [-0, +1, e] */
static int find_by_id(lua_State *L, const char *list, const char *what, const char *form) {
  size_t length;
  lua_settop(L, 2);
  if (lua_type(L, 1) != LUA_TLIGHTUSERDATA && lua_type(L, 1) != LUA_TTABLE) {
    return pi_script_raise(L, "%s: an evaluation expected, got %s", what, pi_script_typename(L, 1));
  }
  const char *id = pi_script_check_string(L, 2, form, &length);
  pi_nearest nearest;
  pi_nearest_init(&nearest, (pi_slice){id, length});
  lua_pushvalue(L, 1);
  push_field(L, "rules");
  uint32_t rules = count_of(L);
  for (uint32_t r = 1; r <= rules; r++) {
    push_item(L, r);
    push_field(L, list); /* … rule list */
    uint32_t items = count_of(L);
    for (uint32_t i = 1; i <= items; i++) {
      push_item(L, i);
      push_field(L, "id"); /* … rule list item id */
      pi_slice name;
      name.ptr = lua_tolstring(L, -1, &name.len);
      if (name.ptr != NULL && pi_slice_equal(name, nearest.wanted)) {
        lua_pop(L, 1);
        return 1;
      }
      if (name.ptr != NULL) pi_nearest_offer(&nearest, pi_arena_copy(&pi_test_runner_of(L)->making, name));
      lua_pop(L, 2);
    }
    lua_pop(L, 2);
  }
  if (rules == 0) return pi_script_raise(L, "%s '%.48s': nothing was weighed", what, id);
  if (nearest.best.ptr == NULL) return pi_script_raise(L, "there is no %s '%.48s'", what, id);
  return pi_script_raise(L, "there is no %s '%.48s'; did you mean '%s'?", what, id, nearest.best.ptr);
}

/* factor(evaluation, id) -> the factor [-0, +1, e] */
int l_test_factor(lua_State *L) {
  return find_by_id(L, "factors", "factor", "factor(evaluation, id)");
}

/* condition(evaluation, id) -> the condition [-0, +1, e] */
int l_test_condition(lua_State *L) {
  return find_by_id(L, "conditions", "condition", "condition(evaluation, id)");
}
