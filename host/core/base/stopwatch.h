/* Processor time of a thread, counted from a place where counting must cost nothing.
 *
 * The thread's clock is a system call and the monotonic one is not, so a start reads only the latter and
 * takes the former from the last reading, which is at most a millisecond older: a little too much is counted,
 * never too little. What has passed is asked of the monotonic clock first, which cannot be behind.
 */
#ifndef PI_STOPWATCH_H
#define PI_STOPWATCH_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* The last reading of both clocks, in nanoseconds; zeroed: none yet. */
typedef struct pi_stopwatch {
  pthread_t thread;
  bool read;
  int64_t wall;
  int64_t cpu;
} pi_stopwatch;

/* A start, as both clocks had it. */
typedef struct pi_lap {
  int64_t wall;
  int64_t cpu;
} pi_lap;

pi_lap pi_stopwatch_start(pi_stopwatch *self);

/* The monotonic clock now, in nanoseconds. */
int64_t pi_stopwatch_now(void);

/* The processor time since a start of this thread's. */
int64_t pi_stopwatch_spent(const pi_lap *lap);

/* Whether at `now` this thread has used more than `nanoseconds` since the start. */
static inline bool pi_stopwatch_passed(const pi_lap *lap, int64_t now, int64_t nanoseconds) {
  return now - lap->wall > nanoseconds && pi_stopwatch_spent(lap) > nanoseconds;
}

#endif
