/* The stack that running scripts needs, and threads that have it.
 *
 * What a script can do to the stack is bounded by Lua's own count of nested C calls (200), by the brackets of
 * a pattern and by the depth of JSON: a script that goes deeper ends as an error of its own. All of that fits
 * into PI_STACK_NEEDED, which no limit of the system's may cut: whoever runs scripts looks before, and the
 * program and its workers run on threads of PI_STACK_BYTES, whatever `ulimit -s` says.
 */
#ifndef PI_STACK_H
#define PI_STACK_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include <pubint/error.h>

#include "quoted_limits.h"

#define PI_STACK_NEEDED ((size_t)PI_SCRIPT_STACK_KIB * 1024)
#define PI_STACK_BYTES  ((size_t)2 * 1024 * 1024)

/* The lowest place of a thread's stack, once looked up; zeroed: not yet. */
typedef struct pi_stack {
  pthread_t thread;
  const char *floor; /* NULL: not known */
} pi_stack;

/* PUBINT_OK when this thread has PI_STACK_NEEDED left; its floor is looked up once. Else fails with
 * PUBINT_E_SYSTEM. Where the system does not tell the floor it is taken as enough. */
pubint_status pi_stack_look(pi_stack *self, pubint_error *error);

/* pthread_create with a stack of PI_STACK_BYTES; false where the system has no such thread to give. */
bool pi_stack_start_thread(pthread_t *thread, void *(*run)(void *argument), void *argument);

#endif
