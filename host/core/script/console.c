#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console_show.h"
#include "constants.h"
#include "errors.h"
#include "furnish.h"
#include "handles.h"
#include "policy_place.h"
#include "script_error.h"
#include "vm.h"

struct pi_console {
  pi_vm *vm;
  uint32_t generation;      /* of the case at hand */
  pi_console_call *running; /* what print appends to; NULL between inputs */
  size_t printed;           /* how long it was behind the last print: that much stays whatever fails */
};

/* The environment's place in the registry. */
static const char ENVIRONMENT[] = "console";

/* The place of the function that case(…) calls; nil: there is none. */
static const char CASE_CALLED[] = "console case";

/* What Lua says where that function is taken for a case: there is none. */
static const char NO_CASE[] = "attempt to index a function value (global 'case')";

/* What one input is handed. */
typedef struct console_input {
  pi_console_call *call;
  bool compiled;
  bool unfinished;
} console_input;

/* --- the environment --- */

/* Pushes the environment, making it the first time. [-0, +1, e] */
static void push_environment(lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, ENVIRONMENT) == LUA_TTABLE) return;
  lua_pop(L, 1);
  lua_createtable(L, 0, 8);
  lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_ENVIRONMENT);
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_setfield(L, LUA_REGISTRYINDEX, ENVIRONMENT);
}

/* Puts an environment of its own, which reads the one on top of the stack, in that one's place. [-1, +1, m]
 */
static void push_apart(lua_State *L) {
  lua_createtable(L, 0, 2);
  lua_createtable(L, 0, 1);
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "__index");
  lua_setmetatable(L, -2);
  lua_remove(L, -2);
}

/* Sets what stands for the case at hand, in the environment on top of the stack; nothing stands for none.
 * [-0, +0, e] */
static void bind_case(lua_State *L, const pi_console_call *call) {
  if (call->input != NULL)
    pi_handle_push(L, PI_HANDLE_CASE);
  else
    lua_getfield(L, LUA_REGISTRYINDEX, CASE_CALLED);
  lua_setfield(L, -2, "case");
  if (call->evaluation != NULL && call->evaluation->count > 0)
    pi_handle_push_node(L, PI_HANDLE_FILE_EXTRA, pi_tree_root(call->evaluation));
  else
    lua_pushnil(L);
  lua_setfield(L, -2, "evaluation");
}

/* --- compiling --- */

/* Whether the parser's message at the top says that the text ended too early. */
static bool ends_early(lua_State *L) {
  static const char MARK[] = "<eof>";
  size_t length;
  const char *message = lua_tolstring(L, -1, &length);
  size_t mark = sizeof MARK - 1;
  return message != NULL && length >= mark && memcmp(message + length - mark, MARK, mark) == 0;
}

/* Leaves the chunk, or a message and false. [-0, +1, m] */
static bool compile(lua_State *L, const char *before, pi_slice text) {
  lua_pushstring(L, before);
  lua_pushlstring(L, text.ptr, text.len);
  lua_concat(L, 2);
  pi_slice source;
  source.ptr = lua_tolstring(L, -1, &source.len);
  int status = pi_vm_compile(L, source, "=input");
  lua_remove(L, -2);
  if (status == LUA_ERRMEM) lua_error(L);
  return status == LUA_OK;
}

/* --- running --- */

/* `case` alone where no case is open: what case(…) calls is nothing to look at. [-0, +0, v] */
static void refuse_bare_case(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, CASE_CALLED);
  if (lua_rawequal(L, -1, 2) != 0) pi_script_raise(L, "%s", NO_CASE);
  lua_pop(L, 1);
}

/* Compiles and calls the input, shows its results and keeps the first. (console_input *) [-1, +0, e] */
static int l_input(lua_State *L) {
  console_input *typed = lua_touserdata(L, 1);
  pi_console_call *call = typed->call;
  lua_settop(L, 0);
  lua_pushnil(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_MODULES);
  if (!compile(L, "return ", call->text)) {
    bool expression_ends_early = ends_early(L);
    lua_settop(L, 0);
    if (!compile(L, "", call->text)) {
      typed->unfinished = expression_ends_early || ends_early(L);
      return lua_error(L);
    }
  }
  uint32_t line;
  if (pi_constants_exceed(L, PI_LIMIT_CONSTANTS, &line)) {
    return pi_script_raise(L, "a function has more than %d constants", PI_LIMIT_CONSTANTS);
  }
  typed->compiled = true;
  if (call->only_read) return 0;
  push_environment(L); /* chunk env */
  if (call->apart) push_apart(L);
  bind_case(L, call);
  lua_pushvalue(L, -1);
  lua_setupvalue(L, 1, 1);
  lua_insert(L, 1); /* env chunk */
  lua_call(L, 0, LUA_MULTRET);
  int results = lua_gettop(L) - 1;
  if (call->input == NULL && results == 1 && lua_type(L, 2) == LUA_TFUNCTION) refuse_bare_case(L);
  call->holds = results > 0 && lua_toboolean(L, 2) != 0;
  if (call->quiet) return 0;
  pi_vm_room(L, 12);
  for (int i = 0; i < results; i++) {
    pi_console_show(L, i + 2, call->width, call->columns, call->out);
    pi_buffer_byte(call->out, '\n');
  }
  if (results == 0) return 0;
  lua_pushvalue(L, 2);
  lua_setfield(L, 1, "_");
  return 0;
}

/* "input:LINE: message" of the parser: line and message apart. */
static void split_place(pi_console_call *call) {
  static const char NAME[] = "input:";
  size_t at = sizeof NAME - 1;
  if (strncmp(call->fault, NAME, at) != 0) return;
  uint32_t line = 0;
  for (; call->fault[at] >= '0' && call->fault[at] <= '9'; at++) {
    line = line * 10 + (uint32_t)(call->fault[at] - '0');
  }
  if (strncmp(call->fault + at, ": ", 2) != 0) return;
  call->line = line;
  memmove(call->fault, call->fault + at + 2, strlen(call->fault + at + 2) + 1);
}

/* A sign that the parser could not read is named, as in a script. */
static void name_sign(pi_console_call *call) {
  const pi_script typed = {.source = call->text};
  char said[128];
  if (pi_policy_place_sign(&typed, call->line, pi_slice_of(call->fault), said, sizeof said).len == 0) return;
  snprintf(call->fault, sizeof call->fault, "%s", said);
}

static void describe_fault(const pi_vm *vm, pi_vm_end end, const pi_script_error *fault,
                           pi_console_call *call) {
  const char *message = vm->fault_message;
  if (end == PI_VM_TIME) message = "took over a second";
  if (end == PI_VM_SYSTEM) message = "memory ran out";
  snprintf(call->fault, sizeof call->fault, "%s", message);
  call->script = end == PI_VM_FAILED ? fault->script : NULL;
  call->line = end == PI_VM_FAILED ? fault->line : 0;
  split_place(call);
  name_sign(call);
  bool lacks_case = strncmp(call->fault, "the sandbox has no 'case'", 25) == 0 ||
                    strcmp(call->fault, NO_CASE) == 0 ||
                    strncmp(call->fault, "the sandbox has no 'evaluation'", 31) == 0;
  if (call->input == NULL && lacks_case) snprintf(call->fault, sizeof call->fault, "no case is open");
}

pi_console_end pi_console_run(pi_console *console, pi_console_call *call) {
  static const pi_violation NONE = {.rule = PI_RULE_OTHER, .kind_word = -1};
  static const pi_case EMPTY = {.known = 0};
  pi_vm *vm = console->vm;
  const pi_case *input = call->input != NULL ? call->input : &EMPTY;
  pi_script_call running = {.input = input,
                            .violation = input->violations_count > 0 ? &input->violations[0] : &NONE,
                            .text = call->tweet_text};
  call->holds = false;
  call->fault[0] = '\0';
  call->line = 0;
  call->script = NULL;
  if (call->text.len > PI_LIMIT_SOURCE - sizeof "return ") {
    snprintf(call->fault, sizeof call->fault, "a text of over " PI_SPELL(PI_SCRIPT_SOURCE_KIB) " KiB");
    return PI_CONSOLE_FAILED;
  }
  console_input typed = {.call = call};
  console->running = call;
  pi_script_error fault = {0};
  size_t shown = call->out != NULL ? call->out->len : 0;
  console->printed = 0;
  vm->call = &running;
  vm->extra = call->evaluation != NULL ? *call->evaluation : (pi_tree){NULL, 0};
  vm->records = call->records;
  vm->generation = console->generation - 1; /* a run begins by counting it up: handles of this case hold */
  pi_vm_end end = pi_vm_run(vm, l_input, &typed, &fault);
  vm->call = NULL;
  console->running = NULL;
  vm->extra = (pi_tree){NULL, 0};
  call->read = typed.compiled;
  call->usage = (pi_usage){vm->instructions, vm->memory_peak};
  if (end == PI_VM_DONE) return PI_CONSOLE_DONE;
  if (call->out != NULL) call->out->len = console->printed > shown ? console->printed : shown;
  if (typed.unfinished && end == PI_VM_FAILED) return PI_CONSOLE_UNFINISHED;
  describe_fault(vm, end, &fault, call);
  return PI_CONSOLE_FAILED;
}

/* --- making --- */

/* What l_furnish is handed. */
typedef struct furnishing {
  pi_console *console;
  const luaL_Reg *functions;
  void *context;
} furnishing;

/* print(…): the values as results are shown, texts as they are; upvalue 1 is the console. [-0, +0, v] */
static int l_print(lua_State *L) {
  pi_console *console = lua_touserdata(L, lua_upvalueindex(1));
  pi_console_call *call = console->running;
  int count = lua_gettop(L);
  if (call->quiet) return 0;
  size_t begin = call->out->len;
  pi_vm_room(L, 12);
  for (int i = 1; i <= count; i++) {
    if (i > 1) pi_buffer_text(call->out, "  ");
    size_t length;
    if (lua_type(L, i) != LUA_TSTRING) {
      pi_console_show(L, i, call->width, call->columns, call->out);
      continue;
    }
    const char *text = lua_tolstring(L, i, &length);
    pi_utf8_show(call->out, (pi_slice){text, length}, true);
  }
  pi_buffer_byte(call->out, '\n');
  console->printed = call->out->len;
  pi_vm_charge(L, pi_vm_bytes_cost(call->out->len - begin));
  return 0;
}

/* Calling a handle: upvalue 1 is what case(…) calls. [-n, +m, v] */
static int l_call_handle(lua_State *L) {
  if (pi_handle_check(L, 1).kind != PI_HANDLE_CASE)
    return pi_script_raise(L, "attempt to call %s", pi_script_typename(L, 1));
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_replace(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

/* Lets handles be called as functions are, as case(…) is. The metatable is that of all handles of this state
 * alone.
 * [-0, +0, e] */
static void make_case_callable(lua_State *L) {
  pi_handle_push(L, PI_HANDLE_CASE);
  if (lua_getmetatable(L, -1) != 0) {
    lua_getfield(L, LUA_REGISTRYINDEX, CASE_CALLED);
    lua_pushcclosure(L, l_call_handle, 1);
    lua_setfield(L, -2, "__call");
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* (furnishing *) [-1, +0, e] */
static int l_furnish(lua_State *L) {
  const furnishing *f = lua_touserdata(L, 1);
  lua_settop(L, 0);
  push_environment(L);
  lua_pushlightuserdata(L, f->console);
  lua_pushcclosure(L, l_print, 1);
  lua_setfield(L, 1, "print");
  if (f->functions == NULL) return 0;
  lua_pushlightuserdata(L, f->context);
  luaL_setfuncs(L, f->functions, 1);
  lua_newuserdatauv(L, 0, 0);
  lua_setfield(L, 1, "unknown");
  lua_pushliteral(L, "case");
  lua_rawget(L, 1);
  if (lua_type(L, -1) != LUA_TFUNCTION) return 0;
  lua_setfield(L, LUA_REGISTRYINDEX, CASE_CALLED);
  make_case_callable(L);
  return 0;
}

pubint_status pi_console_new(pi_console **out, const pubint_policy *policy, const luaL_Reg *functions,
                             void *context, pubint_error *error) {
  *out = NULL;
  pi_console *console = calloc(1, sizeof *console);
  if (console == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  console->generation = 1;
  pubint_status status = pi_furnish_vm(&console->vm, policy, error);
  if (status == PUBINT_OK) {
    furnishing f = {console, functions, context};
    pi_script_error fault = {0};
    if (pi_vm_run(console->vm, l_furnish, &f, &fault) != PI_VM_DONE)
      status = pi_error_set(error, PI_E_NO_MEMORY);
  }
  if (status != PUBINT_OK) {
    pi_console_free(console);
    return status;
  }
  *out = console;
  return PUBINT_OK;
}

void pi_console_free(pi_console *console) {
  if (console == NULL) return;
  pi_vm_free(console->vm);
  free(console);
}

void pi_console_renew(pi_console *console) {
  console->generation = (console->generation + 1) & PI_HANDLE_GENERATIONS;
  if (console->generation == 0) console->generation = 1;
}

/* What l_names is handed. */
typedef struct asked_names {
  const pi_slice *steps;
  unsigned count;
  pi_buffer *out;
} asked_names;

/* Replaces the table on top by what it holds under that step; nil where it is no table. [-1, +1, m] */
static void take_step(lua_State *L, pi_slice step) {
  lua_Integer index = 0;
  for (size_t i = 0; i < step.len && index >= 0; i++) {
    bool digit = step.ptr[i] >= '0' && step.ptr[i] <= '9' && step.len < 10;
    index = digit ? index * 10 + (step.ptr[i] - '0') : -1;
  }
  if (lua_type(L, -1) != LUA_TTABLE)
    lua_pushnil(L);
  else if (index >= 0)
    lua_rawgeti(L, -1, index);
  else {
    lua_pushlstring(L, step.ptr, step.len);
    lua_rawget(L, -2);
  }
  lua_remove(L, -2);
}

/* (asked_names *) [-1, +0, e] */
static int l_names(lua_State *L) {
  const asked_names *asked = lua_touserdata(L, 1);
  lua_settop(L, 0);
  push_environment(L);
  for (unsigned i = 0; i < asked->count; i++) take_step(L, asked->steps[i]);
  if (lua_type(L, 1) != LUA_TTABLE) return 0;
  for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING) continue;
    size_t length;
    const char *name = lua_tolstring(L, -2, &length);
    pi_buffer_append(asked->out, name, length);
    pi_buffer_byte(asked->out, '\0');
  }
  return 0;
}

void pi_console_names(pi_console *console, const pi_slice *steps, unsigned count, pi_buffer *out) {
  pi_script_error fault = {0};
  asked_names asked = {steps, count, out};
  console->vm->generation = console->generation - 1;
  (void)pi_vm_run(console->vm, l_names, &asked, &fault);
}
