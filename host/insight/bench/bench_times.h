/* Clocks and quantiles of the benchmarks. */
#ifndef PI_BENCH_TIMES_H
#define PI_BENCH_TIMES_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

static inline uint64_t pi_bench_clock(clockid_t clock) {
  struct timespec now;
  if (clock_gettime(clock, &now) != 0) return 0;
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static inline int pi_bench_compare(const void *a, const void *b) {
  const uint64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* Sorts the values, of which there is at least one. */
static inline void pi_bench_sort(uint64_t *values, size_t count) {
  qsort(values, count, sizeof *values, pi_bench_compare);
}

/* The value below which so many of a hundred lie. */
static inline uint64_t pi_bench_quantile(const uint64_t *sorted, size_t count, unsigned percent) {
  size_t place = count * percent / 100;
  return sorted[place < count ? place : count - 1];
}

#endif
