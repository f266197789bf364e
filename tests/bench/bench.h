/* What the benchmarks share: a file whole, and the time. */
#ifndef PI_BENCH_TOOLS_H
#define PI_BENCH_TOOLS_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include "file.h"

static inline double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* False where there is nothing to measure. */
static inline bool bench_read(pi_buffer *text, const char *path) {
  pi_buffer_init(text, SIZE_MAX / 2);
  int fd = open(path, O_RDONLY);
  bool read = fd >= 0 && pi_file_read_all(text, fd) == 0;
  if (fd >= 0) close(fd);
  return read && text->len > 0;
}

#endif
