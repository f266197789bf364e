#include "progress_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double SECONDS_BETWEEN = 0.2;

void pi_progress_line_begin(pi_progress_line *self) {
  const char *terminal = getenv("TERM");
  bool dumb = terminal == NULL || strcmp(terminal, "dumb") == 0; /* it would not wipe a line */
  *self = (pi_progress_line){.shown = isatty(STDERR_FILENO) == 1 && !dumb};
}

double pi_progress_line_seconds(const struct timespec *from, const struct timespec *to) {
  return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) * 1e-9;
}

void pi_progress_line_draw(pi_progress_line *self, const char *text) {
  struct timespec now;
  if (!self->shown || clock_gettime(CLOCK_MONOTONIC, &now) != 0) return;
  if (pi_progress_line_seconds(&self->last, &now) < SECONDS_BETWEEN) return;
  self->last = now;
  fprintf(stderr, "\r\x1b[K%s", text);
  fflush(stderr);
  self->drawn = true;
}

void pi_progress_line_end(pi_progress_line *self) {
  if (!self->drawn) return;
  fputs("\r\x1b[K", stderr);
  fflush(stderr);
  self->drawn = false;
}
