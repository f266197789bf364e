/* What the benchmarks share: a file whole, and the time. */
#ifndef PI_BENCH_TOOLS_H
#define PI_BENCH_TOOLS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "file.h"

static inline double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* False where there is nothing to measure. */
static inline bool bench_read(pi_buffer *text, const char *path) {
  pi_buffer_init(text, SIZE_MAX / 2);
  return pi_file_read(text, path, PI_E_PAYLOAD_TOO_LARGE, NULL) == PUBINT_OK && text->len > 0;
}

#endif
