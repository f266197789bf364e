#include "lua_value.h"

#include <lauxlib.h>
#include <math.h>

#include "extra.h"
#include "json_read.h"
#include "json_write.h"
#include "script_error.h"
#include "utf8.h"
#include "vm.h"

enum { DEPTH_MAX = 32 };

typedef struct value_writer {
  pi_buffer *out;
  bool empty_object;
  bool describing;
} value_writer;

static void write_any(lua_State *L, const value_writer *self, int index, unsigned depth);

/* [-0, +0, v] */
static void write_number(lua_State *L, const value_writer *self, int index) {
  lua_Number number = lua_tonumber(L, index);
  if (lua_isinteger(L, index)) {
    pi_buffer_printf(self->out, "%lld", (long long)lua_tointeger(L, index));
  } else if (number == floor(number) && fabs(number) < 1e15) {
    pi_buffer_printf(self->out, "%lld", (long long)number);
  } else if (!isfinite(number) && !self->describing) {
    pi_script_raise(L, "a case has finite numbers only");
  } else if (isnan(number) && self->describing) {
    pi_buffer_text(self->out, "nan"); /* its sign is the machine's */
  } else if (self->describing && isfinite(number)) {
    pi_json_write_double(self->out, number); /* all digits that tell it from another */
  } else {
    size_t length;
    lua_pushvalue(L, index); /* lua_tolstring would change the value in place */
    const char *text = lua_tolstring(L, -1, &length);
    pi_buffer_append(self->out, text, length);
    lua_pop(L, 1);
  }
}

static void write_text(lua_State *L, const value_writer *self, int index) {
  pi_slice text;
  text.ptr = lua_tolstring(L, index, &text.len);
  if (pi_utf8_check(text) != text.ptr + text.len) {
    if (!self->describing) pi_script_raise(L, "a case has UTF-8 texts only");
    pi_buffer_text(self->out, "a text that is not UTF-8");
    return;
  }
  pi_json_write_string(self->out, text);
}

/* [-0, +0, e] */
static void write_container(lua_State *L, const value_writer *self, int index, unsigned depth) {
  if (depth > DEPTH_MAX) pi_script_raise(L, "a value nests more than %d deep", DEPTH_MAX);
  bool list = pi_extra_is_list(L, index);
  uint32_t count = pi_extra_keys(L, index); /* keys */
  if (count == 0 && self->empty_object && !pi_extra_is_handle(L, index)) list = false;
  pi_buffer_byte(self->out, list ? '[' : '{');
  for (uint32_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i); /* keys key */
    if (i > 1) pi_buffer_byte(self->out, ',');
    if (!list && lua_type(L, -1) == LUA_TSTRING) {
      write_text(L, self, lua_gettop(L));
      pi_buffer_byte(self->out, ':');
    } else if (!list) {
      if (!self->describing) pi_script_raise(L, "a table is a list or has names, not both");
      pi_buffer_byte(self->out, '[');
      write_any(L, self, lua_gettop(L), depth + 1);
      pi_buffer_text(self->out, "]:");
    }
    pi_extra_get(L, index); /* keys value */
    write_any(L, self, lua_gettop(L), depth + 1);
    lua_pop(L, 1);
  }
  pi_buffer_byte(self->out, list ? ']' : '}');
  lua_pop(L, 1);
}

/* [-0, +0, e] */
static void write_any(lua_State *L, const value_writer *self, int index, unsigned depth) {
  pi_vm_room(L, 8);
  switch (lua_type(L, index)) {
  case LUA_TNIL: pi_buffer_text(self->out, self->describing ? "nil" : "null"); return;
  case LUA_TUSERDATA: pi_buffer_text(self->out, self->describing ? "unknown" : "null"); return;
  case LUA_TBOOLEAN: pi_buffer_text(self->out, lua_toboolean(L, index) ? "true" : "false"); return;
  case LUA_TNUMBER: write_number(L, self, index); return;
  case LUA_TSTRING: write_text(L, self, index); return;
  case LUA_TTABLE:
  case LUA_TLIGHTUSERDATA: write_container(L, self, index, depth); return;
  default: break;
  }
  if (!self->describing) pi_script_raise(L, "%s cannot stand in a case", pi_script_typename(L, index));
  pi_buffer_text(self->out, pi_script_typename(L, index));
}

void pi_lua_write_json(lua_State *L, int index, bool empty_object, pi_buffer *out) {
  value_writer writer = {out, empty_object, false};
  write_any(L, &writer, lua_absindex(L, index), 0);
}

void pi_lua_describe(lua_State *L, int index, pi_buffer *out) {
  value_writer writer = {out, false, true};
  write_any(L, &writer, lua_absindex(L, index), 0);
}

/* [-0, +1, e] */
static void push_node(lua_State *L, const pi_tree *tree, uint32_t at) {
  const pi_node *node = &tree->nodes[at];
  pi_vm_room(L, 4);
  switch (node->kind) {
  case PI_NODE_BOOLEAN: lua_pushboolean(L, node->as.boolean); return;
  case PI_NODE_INTEGER: lua_pushinteger(L, (lua_Integer)node->as.integer); return;
  case PI_NODE_NUMBER: lua_pushnumber(L, node->as.number); return;
  case PI_NODE_STRING: lua_pushlstring(L, node->as.string.ptr, node->as.string.len); return;
  case PI_NODE_ARRAY:
  case PI_NODE_OBJECT: break;
  case PI_NODE_NULL: lua_pushnil(L); return;
  }
  lua_createtable(L, 0, 0);
  for (uint32_t i = 0; i < node->count; i++) {
    const pi_node *child = &tree->nodes[node->as.first + i];
    if (node->kind == PI_NODE_OBJECT) lua_pushlstring(L, child->key.ptr, child->key.len);
    push_node(L, tree, node->as.first + i);
    if (node->kind == PI_NODE_OBJECT)
      lua_rawset(L, -3);
    else
      lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

bool pi_lua_push_json(lua_State *L, pi_slice text, pi_arena *arena) {
  enum { DEPTH = 32 };
  static const pi_json_tree_limits LIMITS = {.bytes_max = (size_t)16 * 1024 * 1024, .depth_max = DEPTH};
  pi_json json;
  pi_tree tree;
  if (pi_json_init(&json, text, 1, arena, DEPTH, NULL) != PUBINT_OK || pi_json_peek(&json) == PI_JSON_BAD ||
      pi_json_tree(&json, &LIMITS, &tree) != PUBINT_OK) {
    return false;
  }
  push_node(L, &tree, pi_tree_root(&tree));
  return true;
}

/* Both lists of keys are sorted alike. [-0, +0, v] */
static bool same_keys(lua_State *L, int a, int b, uint32_t count) {
  bool same = true;
  for (uint32_t i = 1; i <= count && same; i++) {
    lua_rawgeti(L, a, (lua_Integer)i);
    lua_rawgeti(L, b, (lua_Integer)i);
    same = lua_rawequal(L, -1, -2) != 0;
    lua_pop(L, 2);
  }
  return same;
}

static bool same_items(lua_State *L, int a, int b, double within) {
  pi_vm_room(L, 8);
  uint32_t count = pi_extra_keys(L, a); /* keys */
  bool same = pi_extra_keys(L, b) == count && pi_extra_is_list(L, a) == pi_extra_is_list(L, b) &&
              same_keys(L, lua_gettop(L) - 1, lua_gettop(L), count);
  lua_pop(L, 1);
  for (uint32_t i = 1; i <= count && same; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i);
    lua_pushvalue(L, -1);
    pi_extra_get(L, a); /* keys key of_a */
    lua_insert(L, -2);  /* keys of_a key */
    pi_extra_get(L, b); /* keys of_a of_b */
    same = pi_lua_same(L, -2, -1, within);
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
  return same;
}

bool pi_lua_same(lua_State *L, int a, int b, double within) {
  a = lua_absindex(L, a);
  b = lua_absindex(L, b);
  bool a_holds = lua_type(L, a) == LUA_TTABLE || pi_extra_is_handle(L, a);
  bool b_holds = lua_type(L, b) == LUA_TTABLE || pi_extra_is_handle(L, b);
  if (lua_rawequal(L, a, b) != 0) return true;
  if (a_holds && b_holds) return same_items(L, a, b, within);
  bool numbers = lua_type(L, a) == LUA_TNUMBER && lua_type(L, b) == LUA_TNUMBER;
  return numbers && within > 0 && fabs(lua_tonumber(L, a) - lua_tonumber(L, b)) <= within;
}
