#include "progress_line.h"

#include <stdio.h>
#include <unistd.h>

static const double SECONDS_BETWEEN = 0.2;

void pi_progress_line_begin(pi_progress_line *self) {
  *self = (pi_progress_line){.shown = isatty(STDERR_FILENO) == 1};
}

void pi_progress_line_draw(pi_progress_line *self, const char *text) {
  struct timespec now;
  if (!self->shown || clock_gettime(CLOCK_MONOTONIC, &now) != 0) return;
  double since = (double)(now.tv_sec - self->last.tv_sec) + (double)(now.tv_nsec - self->last.tv_nsec) * 1e-9;
  if (since < SECONDS_BETWEEN) return;
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
