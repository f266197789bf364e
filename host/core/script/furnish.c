#include "furnish.h"

#include "allow.h"
#include "bind_balance.h"
#include "handles.h"
#include "patterns.h"

/* [-0, +0, e] */
static void open_all(lua_State *L) {
  pi_vm *vm = pi_vm_of(L);
  vm->patterns = pi_patterns_new();
  if (vm->patterns == NULL) pi_vm_no_memory(L);
  pi_allow_open(L);
  pi_handles_open(L, PI_BALANCE_METHODS);
}

static void close_all(pi_vm *vm) {
  pi_handles_close(vm);
  pi_patterns_free(vm->patterns);
}

pubint_status pi_furnish_vm(pi_vm **out, const pubint_policy *policy, pubint_error *error) {
  static const pi_vm_furniture FURNITURE = {open_all, close_all};
  return pi_vm_new(out, policy, &FURNITURE, error);
}
