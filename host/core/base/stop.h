/* How a run is asked to end early: a signal handler sets `asked` and then makes `wake` readable, so that a
 * read which waits for a pipe ends too, on whichever thread. */
#ifndef PI_STOP_H
#define PI_STOP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct pi_stop {
  atomic_int asked;
  int wake; /* a file descriptor; -1: nothing waits for it */
} pi_stop;

/* NULL: nobody can ask. */
static inline bool pi_stop_asked(const pi_stop *stop) {
  return stop != NULL && atomic_load_explicit(&stop->asked, memory_order_relaxed) != 0;
}

#endif
