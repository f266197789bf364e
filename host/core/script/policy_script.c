#include "policy_script.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>

#include "balance.h"
#include "constants.h"
#include "evaluation_words.h"
#include "furnish.h"
#include "libs.h"
#include "nearest.h"
#include "policy_place.h"
#include "rules.h"
#include "script_error.h"
#include "utf8.h"
#include "vm.h"

/* What a script of each kind may declare; the first key names the script itself. */
static const char *const RULE_KEYS[] = {"rule", "class", "bar", "weigh", "reads", "waives", NULL};
static const char *const MARKET_KEYS[] = {"market", "language", "teams",  "consulted",
                                          "weigh",  "reads",    "waives", NULL};
enum { WAIVERS_MAX = 32, TEXTS_MAX = 64 };

/* How far loading has come: it decides the error's code, and how its line is found. */
typedef enum stage { STAGE_COMPILE, STAGE_CONSTANTS, STAGE_RUN, STAGE_SHAPE } stage;

typedef struct loading {
  pubint_policy *policy;
  pi_script *script;
  stage stage;
  char key[64];  /* STAGE_SHAPE: the key that is looked at, "" for the whole; a copy: it outlives the run */
  uint32_t line; /* STAGE_CONSTANTS: the function's */
} loading;

/* ---- the source ---- */

static pubint_status check_source(const pi_script *script, pubint_error *error) {
  pi_slice source = script->source;
  uint32_t line = 1;
  const char *bad = pi_utf8_check(source);
  for (const char *p = source.ptr; p < source.ptr + source.len; p++) {
    unsigned char c = (unsigned char)*p;
    if (p == bad || (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f) {
      pi_error_setf(error, PI_E_SCRIPT_SOURCE,
                    p == bad ? "a script's text is not UTF-8 (byte 0x%02X)"
                             : "a control character (0x%02X) in a script",
                    c);
      pi_policy_place_set(error, script, line, (pi_slice){"", 0});
      return PUBINT_E_POLICY;
    }
    if (c == '\n') line++;
  }
  return PUBINT_OK;
}

/* ---- the table it returns ---- */

static void note_key(loading *load, pi_slice key) {
  pi_error_field(load->key, sizeof load->key, key.ptr, key.len);
}

/* Pushes the value of a key of the script's table, raw. [-0, +1, -] */
static int push_raw(lua_State *L, loading *load, const char *key) {
  note_key(load, pi_slice_of(key));
  lua_pushstring(L, key);
  return lua_rawget(L, 1);
}

/* Raises for a key that scripts do not have; of several the first bytewise is named. [-0, +0, v] */
static void check_keys(lua_State *L, loading *load, const char *const *known) {
  pi_slice unknown = {NULL, 0};
  for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING) {
      pi_script_raise(L, "the returned table has named keys only");
    }
    pi_slice key;
    key.ptr = lua_tolstring(L, -2, &key.len);
    bool found = false;
    for (int i = 0; known[i] != NULL && !found; i++) found = pi_slice_equal(pi_slice_of(known[i]), key);
    if (!found && (unknown.ptr == NULL || pi_slice_compare(key, unknown) < 0)) unknown = key;
  }
  if (unknown.ptr == NULL) return;
  pi_nearest nearest;
  pi_nearest_init(&nearest, unknown);
  for (int i = 0; known[i] != NULL; i++) pi_nearest_offer(&nearest, pi_slice_of(known[i]));
  note_key(load, unknown);
  pi_shown shown = pi_script_show(unknown);
  if (nearest.best.ptr == NULL) pi_script_raise(L, "a script has no '%s'", shown.text);
  pi_script_raise(L, "a script has no '%s'; did you mean '%s'?", shown.text, nearest.best.ptr);
}

/* rule = "…" or market = "…" must be the file's own name. [-0, +0, v] */
static void check_name(lua_State *L, loading *load, const char *key) {
  const pi_script *script = load->script;
  size_t length;
  if (push_raw(L, load, key) != LUA_TSTRING) {
    pi_script_raise(L, "%s must be \"%s\", got %s", key, script->name.ptr, pi_script_typename(L, -1));
  }
  const char *name = lua_tolstring(L, -1, &length);
  if (!pi_slice_equal((pi_slice){name, length}, script->name)) {
    pi_script_raise(L, "%s is \"%.64s\" in a file called %s", key, name, script->file.ptr);
  }
  lua_pop(L, 1);
}

/* [-0, +0, v] */
static void check_weigh(lua_State *L, loading *load) {
  if (push_raw(L, load, "weigh") != LUA_TFUNCTION || lua_iscfunction(L, -1)) {
    pi_script_raise(L, "weigh must be a function(case, balance), got %s", pi_script_typename(L, -1));
  }
  lua_pop(L, 1);
}

/* [-0, +0, v] */
static void take_class_and_bar(lua_State *L, loading *load) {
  pi_slice class_name = {"", 0};
  if (push_raw(L, load, "class") == LUA_TSTRING) class_name.ptr = lua_tolstring(L, -1, &class_name.len);
  int found = class_name.ptr != NULL ? pi_words_find(PI_WORDS_CLASS, class_name) : -1;
  if (found >= 0) {
    load->script->class_name = PI_WORDS_CLASS.words[found];
  } else {
    pi_script_raise(L, "class must be very_unlikely, unlikely, rare or possible, got %s%.48s%s",
                    class_name.len > 0 ? "\"" : pi_script_typename(L, -1), class_name.ptr,
                    class_name.len > 0 ? "\"" : "");
  }
  int type = push_raw(L, load, "bar");
  if (type != LUA_TNUMBER ||
      !pi_balance_milli(lua_tonumber(L, -1), 0, PI_BAR_POINTS_MAX * 1000, &load->script->bar)) {
    pi_script_raise(L, "bar must be a number from 0 to %d, a multiple of 0.001, got %s", PI_BAR_POINTS_MAX,
                    type == LUA_TNUMBER ? "another one" : pi_script_typename(L, -1));
  }
  lua_pop(L, 2);
}

/* The text at `index`, kept in the arena. [-0, +0, v] */
static pi_slice keep_text(lua_State *L, const loading *load, int index) {
  pi_slice text;
  text.ptr = lua_tolstring(L, index, &text.len);
  text = pi_arena_copy(&load->policy->arena, text);
  if (text.ptr == NULL) pi_vm_no_memory(L);
  return text;
}

/* teams or consulted: a list of texts, kept in the arena. [-0, +0, v] */
static uint32_t take_texts(lua_State *L, loading *load, const char *key, const pi_slice **out) {
  int type = push_raw(L, load, key);
  if (type != LUA_TNIL && type != LUA_TTABLE) pi_script_raise(L, "%s must be a list of texts", key);
  lua_Integer count = type == LUA_TTABLE ? (lua_Integer)lua_rawlen(L, 2) : 0;
  if (count > TEXTS_MAX) pi_script_raise(L, "%s: at most %d texts", key, TEXTS_MAX);
  pi_slice *texts = pi_arena_alloc(&load->policy->arena, ((size_t)count + 1) * sizeof *texts);
  if (texts == NULL) pi_vm_no_memory(L);
  for (lua_Integer i = 1; i <= count; i++) {
    if (lua_rawgeti(L, 2, i) != LUA_TSTRING) {
      pi_script_raise(L, "%s: item %lld must be a text, got %s", key, (long long)i,
                      pi_script_typename(L, -1));
    }
    pi_slice text;
    text.ptr = lua_tolstring(L, -1, &text.len);
    if (text.len == 0 || !pi_balance_text_valid(text)) {
      pi_script_raise(L, "%s: item %lld must be 1 to %d bytes of UTF-8 without control characters", key,
                      (long long)i, PI_NOTE_BYTES_MAX);
    }
    texts[i - 1] = keep_text(L, load, -1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  *out = texts;
  return (uint32_t)count;
}

/* The fact with the path at `index`. [-0, +0, v] */
static pi_fact check_fact(lua_State *L, int index) {
  pi_slice path;
  if (lua_type(L, index) != LUA_TSTRING) {
    pi_script_raise(L, "the path of a fact expected, got %s", pi_script_typename(L, index));
  }
  path.ptr = lua_tolstring(L, index, &path.len);
  pi_fact fact = pi_fact_find(path);
  if (fact == PI_FACT_COUNT) pi_script_raise_unknown_fact(L, path);
  return fact;
}

/* reads = {"account.office.country", …} [-0, +0, v] */
static void take_reads(lua_State *L, loading *load) {
  int type = push_raw(L, load, "reads");
  if (type != LUA_TNIL && type != LUA_TTABLE) pi_script_raise(L, "reads must be a list of facts");
  for (lua_Integer i = 1; type == LUA_TTABLE && i <= (lua_Integer)lua_rawlen(L, 2); i++) {
    lua_rawgeti(L, 2, i);
    load->script->reads |= PI_FACT_BIT(check_fact(L, -1));
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* Raises for a key of `waives`, at 2, that is no fact, or a reason that is no text; of several wrong ones
 * the first bytewise is named, whatever order the table has. [-0, +0, v] */
static void check_waived(lua_State *L) {
  pi_slice wrong = {NULL, 0};
  for (lua_pushnil(L); lua_next(L, 2) != 0; lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING) pi_script_raise(L, "waives has the paths of facts as keys only");
    pi_slice path;
    path.ptr = lua_tolstring(L, -2, &path.len);
    bool right = pi_fact_find(path) != PI_FACT_COUNT && lua_type(L, -1) == LUA_TSTRING;
    if (!right && (wrong.ptr == NULL || pi_slice_compare(path, wrong) < 0)) wrong = path;
  }
  if (wrong.ptr == NULL) return;
  if (pi_fact_find(wrong) == PI_FACT_COUNT) pi_script_raise_unknown_fact(L, wrong);
  pi_script_raise(L, "waives: '%.*s' needs its reason, a text", wrong.len > 64 ? 64 : (int)wrong.len,
                  wrong.ptr);
}

/* waives = {["context.x"] = "reason", …}, kept in the table of facts' order. [-0, +0, v] */
static void take_waives(lua_State *L, loading *load) {
  int type = push_raw(L, load, "waives");
  if (type == LUA_TNIL) {
    lua_pop(L, 1);
    return;
  }
  if (type != LUA_TTABLE) pi_script_raise(L, "waives must be a table of facts and reasons");
  check_waived(L);
  pi_waiver *waivers = pi_arena_alloc(&load->policy->arena, PI_FACT_COUNT * sizeof *waivers);
  if (waivers == NULL) pi_vm_no_memory(L);
  uint32_t count = 0;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    lua_pushlstring(L, PI_FACTS[fact].path.ptr, PI_FACTS[fact].path.len);
    if (lua_rawget(L, 2) == LUA_TSTRING) {
      pi_slice reason;
      reason.ptr = lua_tolstring(L, -1, &reason.len);
      reason = pi_arena_copy(&load->policy->arena, reason);
      if (reason.ptr == NULL) pi_vm_no_memory(L);
      waivers[count++] = (pi_waiver){(pi_fact)fact, reason};
    }
    lua_pop(L, 1);
  }
  load->script->waives = waivers;
  load->script->waives_count = count;
  lua_pop(L, 1);
}

/* The script's table is at 1. [-0, +0, v] */
static void check_shape(lua_State *L, loading *load) {
  bool rule = load->script->kind == PI_SCRIPT_RULE;
  note_key(load, PI_SLICE(""));
  if (lua_type(L, 1) != LUA_TTABLE) {
    pi_script_raise(L, "a script returns a table, got %s", pi_script_typename(L, 1));
  }
  if (lua_getmetatable(L, 1) != 0) {
    pi_script_raise(L, "a script returns a table of its own, not a library or its environment");
  }
  check_keys(L, load, rule ? RULE_KEYS : MARKET_KEYS);
  check_name(L, load, rule ? "rule" : "market");
  if (rule) {
    take_class_and_bar(L, load);
  } else {
    int language = push_raw(L, load, "language");
    if (language != LUA_TNIL && language != LUA_TSTRING) pi_script_raise(L, "language must be a text");
    if (language == LUA_TSTRING) load->script->language = keep_text(L, load, -1);
    lua_pop(L, 1);
    const pi_slice *consulted;
    load->script->teams_count = take_texts(L, load, "teams", &load->script->teams);
    take_texts(L, load, "consulted", &consulted);
  }
  check_weigh(L, load);
  take_reads(L, load);
  take_waives(L, load);
}

/* ---- running it ---- */

/* (loading *) [-1, +0, v] */
static int l_load(lua_State *L) {
  loading *load = lua_touserdata(L, 1);
  lua_settop(L, 0);
  pi_vm_push_chunk(L, load->script);
  load->stage = STAGE_CONSTANTS;
  if (pi_constants_exceed(L, PI_LIMIT_CONSTANTS, &load->line)) {
    return pi_script_raise(L, "a function has more than %d constants", PI_LIMIT_CONSTANTS);
  }
  load->stage = STAGE_RUN;
  if (load->script->kind == PI_SCRIPT_LIB) { /* as require does, so that a circle is found here too */
    lua_settop(L, 0);
    lua_pushcfunction(L, l_base_require);
    lua_pushlstring(L, load->script->name.ptr, load->script->name.len);
    lua_call(L, 1, 0);
    return 0;
  }
  lua_call(L, 0, 1);
  load->stage = STAGE_SHAPE;
  check_shape(L, load);
  return 0;
}

/* "file:LINE: message" of the parser: the line, and the message behind it. */
static pi_slice split_syntax(pi_slice message, const pi_script *script, uint32_t *line) {
  size_t skip = script->file.len + 1;
  *line = 0;
  if (message.len <= skip || memcmp(message.ptr, script->file.ptr, script->file.len) != 0) return message;
  const char *p = message.ptr + skip, *end = message.ptr + message.len;
  for (; p < end && *p >= '0' && *p <= '9'; p++) *line = *line * 10 + (uint32_t)(*p - '0');
  while (p < end && (*p == ':' || *p == ' ')) p++;
  return (pi_slice){p, (size_t)(end - p)};
}

static pubint_status report(const pi_vm *vm, const loading *load, const pi_script_error *fault,
                            pubint_error *error) {
  pi_slice message = pi_slice_of(vm->fault_message);
  const pi_script *place = fault->script != NULL ? fault->script : load->script;
  uint32_t line = fault->line;
  pi_code code = PI_E_SCRIPT_LOAD;
  if (fault->failure != PI_FAILURE_SCRIPT) {
    if (load->stage == STAGE_COMPILE) line = vm->parsed_lines;
    pi_slice kind = pi_failure_name(fault->failure);
    pi_error_setf(error, PI_E_SCRIPT_LOAD, "%s: %s", kind.ptr, message.ptr);
    pi_policy_place_set(error, place, line, (pi_slice){"", 0});
    return PUBINT_E_POLICY;
  }
  switch (load->stage) {
  case STAGE_COMPILE:
    code = PI_E_SCRIPT_SYNTAX;
    place = load->script;
    message = split_syntax(message, place, &line);
    if (line == 0) line = vm->parsed_lines;
    break;
  case STAGE_CONSTANTS:
    code = PI_E_SCRIPT_CONSTANTS;
    place = load->script;
    line = load->line > 0 ? load->line : 1; /* 0: the chunk itself */
    break;
  case STAGE_RUN:
    if (strstr(message.ptr, "in a circle:") != NULL) code = PI_E_REQUIRE_CYCLE;
    break;
  case STAGE_SHAPE: code = PI_E_SCRIPT_SHAPE; break;
  }
  char said[128];
  pi_slice sign = {"", 0};
  if (load->stage == STAGE_COMPILE) sign = pi_policy_place_sign(place, line, message, said, sizeof said);
  if (sign.len > 0) message = pi_slice_of(said);
  pi_error_setf(error, code, "%.*s", (int)message.len, message.ptr);
  if (sign.len > 0)
    pi_policy_place_set(error, place, line, sign);
  else if (load->stage == STAGE_SHAPE)
    pi_policy_place_set_key(error, load->script, pi_slice_of(load->key));
  else
    pi_policy_place_set(error, place, line, pi_policy_place_quoted(message, load->stage == STAGE_COMPILE));
  return PUBINT_E_POLICY;
}

pubint_status pi_policy_script_load(pubint_policy *policy, pi_script *script, pubint_error *error) {
  pubint_status status = check_source(script, error);
  if (status != PUBINT_OK) return status;
  pi_vm *vm;
  status = pi_furnish_vm(&vm, policy, error);
  if (status != PUBINT_OK) return status;
  loading load = {.policy = policy, .script = script};
  pi_script_error fault = {0};
  switch (pi_vm_run(vm, l_load, &load, &fault)) {
  case PI_VM_DONE: break;
  case PI_VM_FAILED: status = report(vm, &load, &fault, error); break;
  case PI_VM_TIME:
    status = pi_error_setf(error, PI_E_SCRIPT_LOAD, "limit_time: loading took over a second");
    pi_policy_place_set(error, script, 0, (pi_slice){"", 0});
    break;
  case PI_VM_SYSTEM: status = pi_error_set(error, PI_E_NO_MEMORY); break;
  }
  pi_vm_free(vm);
  return status;
}
