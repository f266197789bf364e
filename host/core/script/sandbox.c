#include "sandbox.h"

#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "furnish.h"
#include "handles.h"
#include "stack.h"
#include "vm.h"

struct pi_sandbox {
  const pubint_policy *policy;
  pi_vm *vm; /* used call after call, made when it is needed; an unusual call is judged by one of its own */
  pi_stack stack;             /* of the thread that uses it */
  pi_vm_clock clock;          /* of the case: one for every state that weighs it */
  const pi_line_watch *watch; /* borrowed; NULL: nobody watches */
};

/* A state that counts its time within the case. */
static pubint_status furnish(pi_sandbox *sandbox, pi_vm **out, pubint_error *error) {
  pubint_status status = pi_furnish_vm(out, sandbox->policy, error);
  if (status == PUBINT_OK) (*out)->clock = &sandbox->clock;
  return status;
}

/* The state that is used call after call; an unusual one may have taken it away. */
static pubint_status keep_vm(pi_sandbox *sandbox, pubint_error *error) {
  return sandbox->vm != NULL ? PUBINT_OK : furnish(sandbox, &sandbox->vm, error);
}

pubint_status pi_sandbox_new(pi_sandbox **out, const pubint_policy *policy, pubint_error *error) {
  *out = NULL;
  pi_sandbox *sandbox = calloc(1, sizeof *sandbox);
  if (sandbox == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  sandbox->policy = policy;
  pubint_status status = pi_stack_look(&sandbox->stack, error);
  if (status == PUBINT_OK) status = keep_vm(sandbox, error);
  if (status != PUBINT_OK) {
    free(sandbox);
    return status;
  }
  *out = sandbox;
  return PUBINT_OK;
}

void pi_sandbox_free(pi_sandbox *sandbox) {
  if (sandbox == NULL) return;
  pi_vm_free(sandbox->vm);
  free(sandbox);
}

pubint_status pi_sandbox_begin(pi_sandbox *sandbox, pubint_error *error) {
  pi_vm_clock_begin(&sandbox->clock);
  return pi_stack_look(&sandbox->stack, error);
}

void pi_sandbox_watch(pi_sandbox *sandbox, const pi_line_watch *watch) {
  sandbox->watch = watch;
}

/* Calls the chunk and leaves the weigh of the table it returns at 2. [-0, +2, e] */
static void push_weigh(lua_State *L, const pi_script *script) {
  lua_settop(L, 0);
  pi_vm_push_chunk(L, script);
  lua_call(L, 0, 1);
  if (lua_type(L, 1) != LUA_TTABLE) luaL_error(L, "the script returned no table");
  lua_pushliteral(L, "weigh");
  if (lua_rawget(L, 1) != LUA_TFUNCTION) luaL_error(L, "the script returned no weigh");
}

/* Calls the function on top: weigh(case, balance). [-1, +0, e] */
static void call_weigh(lua_State *L) {
  pi_handle_push(L, PI_HANDLE_CASE);
  pi_handle_push(L, PI_HANDLE_BALANCE);
  lua_call(L, 2, 0);
}

/* Calls the chunk and its modules anew, and then weigh(case, balance). (script) [-0, +0, e] */
static int l_weigh(lua_State *L) {
  lua_pushnil(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_MODULES);
  push_weigh(L, lua_touserdata(L, 1));
  call_weigh(L);
  return 0;
}

/* Calls weigh(case, balance) of the chunk's first call. (script) [-0, +0, e] */
static int l_weigh_shared(lua_State *L) {
  if (lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_SHARED) != LUA_TFUNCTION) {
    push_weigh(L, lua_touserdata(L, 1));
    lua_pushvalue(L, -1);
    lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_SHARED);
  }
  call_weigh(L);
  return 0;
}

/* One attempt by l_weigh or l_weigh_shared; the balance is rewound unless it ended well. */
static pi_vm_end attempt(pi_vm *vm, pi_script_call *call, lua_CFunction weigh) {
  pi_balance_mark mark = pi_balance_marked(call->balance);
  call->error = (pi_script_error){0};
  call->reads = 0;
  vm->call = call;
  pi_vm_end end = pi_vm_run(vm, weigh, (void *)(uintptr_t)call->script, &call->error);
  vm->call = NULL;
  call->usage = (pi_usage){vm->instructions, vm->memory_peak};
  if (end == PI_VM_DONE) {
    call->reads = vm->reads;
    return end;
  }
  pi_balance_rewind(call->balance, mark);
  if (end == PI_VM_FAILED) {
    if (call->error.script == NULL) call->error.script = call->script;
    call->error.message = pi_arena_copy(call->arena, pi_slice_of(vm->fault_message));
    if (call->error.message.ptr == NULL) end = PI_VM_SYSTEM;
  }
  return end;
}

static pubint_status conclude(pi_vm_end end, const pi_script_call *call, pubint_error *error) {
  switch (end) {
  case PI_VM_DONE:
  case PI_VM_FAILED: return PUBINT_OK;
  case PI_VM_TIME:
    pi_error_set(error, PI_E_LIMIT_TIME);
    if (error != NULL)
      pi_error_field(error->file, sizeof error->file, call->script->file.ptr, call->script->file.len);
    return PUBINT_E_LIMIT;
  case PI_VM_SYSTEM: break;
  }
  return pi_error_set(error, PI_E_NO_MEMORY);
}

/* A state that an unusual call has made large is not kept, or its memory would be, for ever; nor is one that
 * the system refused memory. */
static void drop_if_spoilt(pi_sandbox *sandbox, pi_vm_end end) {
  enum { KEPT_BYTES = 1024 * 1024 };
  if (end != PI_VM_SYSTEM && sandbox->vm->memory_peak <= KEPT_BYTES) return;
  pi_vm_free(sandbox->vm);
  sandbox->vm = NULL;
}

pubint_status pi_sandbox_weigh(pi_sandbox *sandbox, pi_script_call *call, pubint_error *error) {
  pi_balance_mark mark = pi_balance_marked(call->balance);
  pubint_status status = keep_vm(sandbox, error);
  if (status != PUBINT_OK) return status;
  sandbox->vm->watch = sandbox->watch;
  pi_vm_end end = attempt(sandbox->vm, call, l_weigh);
  bool strained = pi_vm_strained(sandbox->vm);
  drop_if_spoilt(sandbox, end);
  if (end != PI_VM_FAILED && !(end == PI_VM_DONE && strained)) return conclude(end, call, error);

  /* What ran before in this state must not show: only a pristine one may say this. */
  pi_balance_rewind(call->balance, mark);
  pi_vm *pristine;
  status = furnish(sandbox, &pristine, error);
  if (status != PUBINT_OK) return status;
  pristine->watch = sandbox->watch;
  end = attempt(pristine, call, l_weigh);
  pi_vm_free(pristine);
  return conclude(end, call, error);
}

pubint_status pi_sandbox_weigh_shared(pi_sandbox *sandbox, pi_script_call *call, pubint_error *error) {
  pubint_status status = keep_vm(sandbox, error);
  if (status != PUBINT_OK) return status;
  pi_vm_end end = attempt(sandbox->vm, call, l_weigh_shared);
  drop_if_spoilt(sandbox, end);
  return conclude(end, call, error);
}
