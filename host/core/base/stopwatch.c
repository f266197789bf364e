#include "stopwatch.h"

#include <time.h>

enum { STALE_NANOSECONDS = 1000000 };

/* A clock that cannot be read stands still: no limit of time holds then, and those of counts do. */
static int64_t read_clock(clockid_t clock) {
  struct timespec now;
  if (clock_gettime(clock, &now) != 0) return 0;
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t pi_stopwatch_now(void) {
  return read_clock(CLOCK_MONOTONIC);
}

pi_lap pi_stopwatch_start(pi_stopwatch *self) {
  int64_t now = pi_stopwatch_now();
  pthread_t thread = pthread_self();
  if (!self->read || now - self->wall > STALE_NANOSECONDS || !pthread_equal(self->thread, thread)) {
    *self = (pi_stopwatch){thread, true, now, read_clock(CLOCK_THREAD_CPUTIME_ID)};
  }
  return (pi_lap){now, self->cpu};
}

int64_t pi_stopwatch_spent(const pi_lap *lap) {
  int64_t cpu = read_clock(CLOCK_THREAD_CPUTIME_ID);
  /* Behind the start: that was the clock of a thread that ended, whose name this one has. */
  return cpu >= lap->cpu ? cpu - lap->cpu : pi_stopwatch_now() - lap->wall;
}
