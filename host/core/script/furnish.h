/* A vm with all that scripts get: the allow-list, the handles, the balance, patterns. */
#ifndef PI_FURNISH_H
#define PI_FURNISH_H

#include "vm.h"

/* pi_vm_new with all of that in it; pi_vm_free gives it back. */
pubint_status pi_furnish_vm(pi_vm **out, const pubint_policy *policy, pubint_error *error);

#endif
