#define _GNU_SOURCE /* pthread_getattr_np */
#include "stack.h"

#include <stdint.h>

#include "errors.h"

static const char *floor_of_this_thread(void) {
  pthread_attr_t attributes;
  void *lowest = NULL;
  size_t bytes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return NULL;
  if (pthread_attr_getstack(&attributes, &lowest, &bytes) != 0) lowest = NULL;
  pthread_attr_destroy(&attributes);
  return lowest;
}

pubint_status pi_stack_look(pi_stack *self, pubint_error *error) {
  const char *here = __builtin_frame_address(0);
  pthread_t thread = pthread_self();
  if (self->floor == NULL || !pthread_equal(self->thread, thread)) {
    *self = (pi_stack){thread, floor_of_this_thread()};
  }
  if (self->floor == NULL) return PUBINT_OK;
  uintptr_t top = (uintptr_t)here, floor = (uintptr_t)self->floor;
  if (top >= floor && top - floor >= PI_STACK_NEEDED) return PUBINT_OK;
  return pi_error_setf(error, PI_E_STACK, "the thread has %zu KiB of stack left, and scripts need %zu",
                       top > floor ? (size_t)(top - floor) / 1024 : 0, PI_STACK_NEEDED / 1024);
}

bool pi_stack_start_thread(pthread_t *thread, void *(*run)(void *argument), void *argument) {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return false;
  bool started = pthread_attr_setstacksize(&attributes, PI_STACK_BYTES) == 0 &&
                 pthread_create(thread, &attributes, run, argument) == 0;
  pthread_attr_destroy(&attributes);
  return started;
}
