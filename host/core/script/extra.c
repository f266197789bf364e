#include "extra.h"

#include <stdlib.h>
#include <string.h>

#include "constants.h"
#include "errors.h"
#include "furnish.h"
#include "handles.h"
#include "json_read.h"
#include "libs.h"
#include "script_error.h"
#include "vm.h"

enum { ARENA_BLOCK = 64 * 1024, JSON_DEPTH = 32 };
#define ARENA_MAX ((size_t)512 * 1024 * 1024)

/* Its address is the registry's key. */
static const char KEY = 'x';

struct pi_extra {
  pi_vm *vm;
  pi_arena arena; /* texts and trees that handles point at */
  pi_node *nodes; /* all trees, one behind the other; vm->extra shows them */
  uint32_t nodes_capacity;
  const char *file; /* the text that runs */
};

/* What pi_extra_run hands to the state. */
typedef struct extra_text {
  pi_slice file;
  pi_slice source;
  bool read; /* out: it was compiled */
} extra_text;

typedef struct furnishing {
  pi_extra *extra;
  const luaL_Reg *functions;
  const char *unknown;
  void *context;
} furnishing;

/* ---- making ---- */

/* A name that is not there; upvalue 1 is the table of names. [-0, +0, v] */
static int l_unknown_name(lua_State *L) {
  if (lua_type(L, 2) != LUA_TSTRING) {
    return pi_script_raise(L, "the sandbox has names only, got %s", pi_script_typename(L, 2));
  }
  return pi_script_raise_unknown(L, "the sandbox of tests", 2, lua_upvalueindex(1));
}

/* Replaces the names that environments read from by a table of them and the functions. (furnishing *)
 * [-1, +0, e] */
static int l_furnish(lua_State *L) {
  const furnishing *f = lua_touserdata(L, 1);
  lua_settop(L, 0);
  *(pi_extra **)lua_newuserdatauv(L, sizeof(pi_extra *), 0) = f->extra;
  lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY);
  lua_createtable(L, 0, 32);                              /* names */
  lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_ENVIRONMENT); /* names meta */
  lua_getfield(L, -1, "__index");                         /* names meta old */
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, 1);
  }
  lua_settop(L, 1);
  lua_pushlightuserdata(L, f->context);
  luaL_setfuncs(L, f->functions, 1); /* names */
  if (f->unknown != NULL) {
    lua_newuserdatauv(L, 0, 0);
    lua_setfield(L, 1, f->unknown);
  }
  lua_createtable(L, 0, 1); /* names guard */
  lua_pushvalue(L, 1);
  lua_pushcclosure(L, l_unknown_name, 1);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, 1);   /* names */
  lua_createtable(L, 0, 1); /* names meta */
  lua_pushvalue(L, 1);
  lua_setfield(L, -2, "__index");
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_ENVIRONMENT);
  return 0;
}

pubint_status pi_extra_new(pi_extra **out, const pubint_policy *policy, const luaL_Reg *functions,
                           const char *unknown, pi_record_find *records, void *context, pubint_error *error) {
  *out = NULL;
  pi_extra *extra = calloc(1, sizeof *extra);
  if (extra == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pi_arena_init(&extra->arena, ARENA_BLOCK, ARENA_MAX);
  pubint_status status = pi_furnish_vm(&extra->vm, policy, error);
  if (status == PUBINT_OK) {
    extra->vm->records = records;
    furnishing f = {extra, functions, unknown, context};
    pi_script_error fault = {0};
    if (pi_vm_run(extra->vm, l_furnish, &f, &fault) != PI_VM_DONE)
      status = pi_error_set(error, PI_E_NO_MEMORY);
  }
  if (status != PUBINT_OK) {
    pi_extra_free(extra);
    return status;
  }
  *out = extra;
  return PUBINT_OK;
}

void pi_extra_free(pi_extra *extra) {
  if (extra == NULL) return;
  pi_vm_free(extra->vm);
  free(extra->nodes);
  pi_arena_dispose(&extra->arena);
  free(extra);
}

/* [-0, +0, -] */
static pi_extra *extra_of(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY);
  pi_extra *extra = *(pi_extra **)lua_touserdata(L, -1);
  lua_pop(L, 1);
  return extra;
}

/* ---- running ---- */

/* (extra_text *) [-1, +0, e] */
static int l_run_text(lua_State *L) {
  extra_text *text = lua_touserdata(L, 1);
  uint32_t line;
  lua_settop(L, 0);
  lua_pushnil(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_MODULES);
  lua_pushfstring(L, "=%s", text->file.ptr); /* name */
  if (pi_vm_compile(L, text->source, lua_tostring(L, 1)) != LUA_OK) return lua_error(L);
  text->read = true;
  if (pi_constants_exceed(L, PI_LIMIT_CONSTANTS, &line)) {
    return pi_script_raise(L, "the function at line %u has more than %d constants; split it", line,
                           PI_LIMIT_CONSTANTS);
  }
  lua_createtable(L, 0, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_ENVIRONMENT);
  lua_setmetatable(L, -2);
  lua_setupvalue(L, -2, 1);
  lua_call(L, 0, 0);
  return 0;
}

/* "FILE:LINE: message" becomes its line and the message. */
static void take_place(pi_extra_fault *fault, const char *file) {
  size_t length = strlen(file);
  const char *p = fault->message;
  if (strncmp(p, file, length) != 0 || p[length] != ':') return;
  uint32_t line = 0;
  for (p += length + 1; *p >= '0' && *p <= '9'; p++) line = line * 10 + (uint32_t)(*p - '0');
  if (*p != ':') return;
  if (fault->line == 0) fault->line = line;
  p += p[1] == ' ' ? 2 : 1;
  memmove(fault->message, p, strlen(p) + 1);
}

static void tell(pi_extra_fault *fault, const char *message) {
  pi_error_field(fault->message, sizeof fault->message, message, strlen(message));
}

/* What the state's own record says of a call that failed. */
static void describe(const pi_vm *vm, const pi_script_error *error, pi_extra_fault *fault) {
  *fault = (pi_extra_fault){
      .failed = true, .failure = error->failure, .script = error->script, .line = error->line};
  tell(fault, vm->fault_message);
  if (vm->trip != PI_TRIP_TIME) return;
  fault->failure = PI_FAILURE_NONE;
  fault->script = vm->fault_script;
  fault->line = vm->fault_line;
  tell(fault, "took over a second of processor time");
}

pubint_status pi_extra_run(pi_extra *extra, pi_slice file, pi_slice source, pi_extra_fault *fault,
                           pubint_error *error) {
  extra_text text = {file, source, false};
  pi_script_error script_error = {0};
  pi_vm *vm = extra->vm;
  *fault = (pi_extra_fault){0};
  extra->file = file.ptr;
  switch (pi_vm_run(vm, l_run_text, &text, &script_error)) {
  case PI_VM_DONE: return PUBINT_OK;
  case PI_VM_SYSTEM: return pi_error_set(error, PI_E_NO_MEMORY);
  case PI_VM_FAILED:
  case PI_VM_TIME: break;
  }
  describe(vm, &script_error, fault);
  fault->parsing = !text.read;
  take_place(fault, file.ptr);
  return PUBINT_OK;
}

void pi_extra_call(lua_State *L, int arguments, pi_extra_fault *fault) {
  pi_vm *vm = pi_vm_of(L);
  *fault = (pi_extra_fault){0};
  pi_vm_room(L, 4);
  int function = lua_gettop(L) - arguments;
  lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_MESSAGE);
  lua_insert(L, function); /* handler function arguments */
  pi_vm_refill(vm);
  const pi_extra *extra = extra_of(L);
  int status = lua_pcall(L, arguments, 0, function);
  if (status == LUA_OK && vm->trip == PI_TRIP_NONE && vm->instructions > PI_LIMIT_INSTRUCTIONS) {
    vm->trip = PI_TRIP_INSTRUCTIONS;
  }
  lua_settop(L, function - 1);
  if (vm->trip == PI_TRIP_SYSTEM) pi_vm_no_memory(L);
  if (status != LUA_OK || vm->trip != PI_TRIP_NONE) {
    pi_script_error script_error;
    pi_vm_describe(vm, status, &script_error);
    describe(vm, &script_error, fault);
    take_place(fault, extra->file);
  }
  pi_vm_refill(vm);
}

void pi_extra_rest(lua_State *L) {
  pi_vm_rest(pi_vm_of(L));
}

/* ---- trees ---- */

/* [-0, +0, v] */
static void make_room(lua_State *L, pi_extra *extra, uint32_t more) {
  uint32_t wanted = extra->vm->extra.count + more;
  if (wanted > PI_EXTRA_NODES_MAX) {
    pi_script_raise(L, "the tests of one file look at more than memory holds; split it");
  }
  if (wanted <= extra->nodes_capacity) return;
  uint32_t capacity = extra->nodes_capacity > 0 ? extra->nodes_capacity : 1024;
  while (capacity < wanted) capacity *= 2;
  pi_node *nodes = realloc(extra->nodes, capacity * sizeof *nodes);
  if (nodes == NULL) pi_vm_no_memory(L);
  extra->nodes = nodes;
  extra->nodes_capacity = capacity;
  extra->vm->extra.nodes = nodes;
}

bool pi_extra_push_json(lua_State *L, pi_slice text) {
  static const pi_json_tree_limits LIMITS = {16 * 1024 * 1024, JSON_DEPTH, PI_E_TOO_DEEP, PI_E_TOO_DEEP};
  pi_extra *extra = extra_of(L);
  pi_vm *vm = extra->vm;
  pi_json json;
  pi_tree tree;
  pi_slice copy = pi_arena_copy(&extra->arena, text);
  if (copy.ptr == NULL) {
    bool own = extra->arena.used_bytes + text.len >= extra->arena.max_bytes;
    if (own) pi_script_raise(L, "the tests of one file make more than memory holds; split it");
    pi_vm_no_memory(L);
  }
  bool right = pi_json_init(&json, copy, 1, &extra->arena, JSON_DEPTH, NULL) == PUBINT_OK &&
               pi_json_peek(&json) != PI_JSON_BAD && pi_json_tree(&json, &LIMITS, &tree) == PUBINT_OK &&
               pi_json_finish(&json) == PUBINT_OK;
  if (!right) return false;
  make_room(L, extra, tree.count);
  uint32_t base = vm->extra.count;
  for (uint32_t i = 0; i < tree.count; i++) {
    pi_node node = tree.nodes[i];
    if (node.kind == PI_NODE_ARRAY || node.kind == PI_NODE_OBJECT) node.as.first += base;
    extra->nodes[base + i] = node;
  }
  vm->extra.count += tree.count;
  pi_handle_push_node(L, PI_HANDLE_FILE_EXTRA, base + pi_tree_root(&tree));
  return true;
}

/* ---- looking at values ---- */

bool pi_extra_is_handle(lua_State *L, int index) {
  return lua_type(L, index) == LUA_TLIGHTUSERDATA;
}

uint32_t pi_extra_keys(lua_State *L, int index) {
  index = lua_absindex(L, index);
  pi_vm_room(L, 4);
  lua_pushcfunction(L, l_base_pairs);
  lua_pushvalue(L, index);
  lua_call(L, 1, 1);                                              /* iterator */
  if (lua_getupvalue(L, -1, 1) == NULL) lua_createtable(L, 0, 0); /* iterator keys: it walks them */
  lua_remove(L, -2);
  return (uint32_t)lua_rawlen(L, -1);
}

void pi_extra_get(lua_State *L, int index) {
  index = lua_absindex(L, index);
  if (lua_type(L, index) == LUA_TTABLE) {
    lua_rawget(L, index);
    return;
  }
  pi_handle_field(L, pi_handle_check(L, index), lua_gettop(L));
  lua_remove(L, -2);
}

bool pi_extra_is_list(lua_State *L, int index) {
  index = lua_absindex(L, index);
  uint32_t count = pi_extra_keys(L, index); /* keys */
  bool list = true;
  if (pi_extra_is_handle(L, index) && count == 0) {
    pi_handle handle = pi_handle_check(L, index);
    list = handle.kind != PI_HANDLE_TREE || handle.file != PI_HANDLE_FILE_EXTRA ||
           pi_vm_of(L)->extra.nodes[handle.node].kind == PI_NODE_ARRAY;
  }
  for (uint32_t i = 1; i <= count && list; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i);
    list = lua_isinteger(L, -1) && lua_tointeger(L, -1) == (lua_Integer)i;
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return list;
}
