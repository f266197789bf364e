#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BAR_CELLS = 24, LINE_MAX_BYTES = 256 };
static const double SECONDS_BETWEEN = 0.2;

static double seconds_between(const struct timespec *from, const struct timespec *to) {
  return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) * 1e-9;
}

void pi_progress_begin(pi_progress *progress) {
  const char *terminal = getenv("TERM");
  bool dumb = terminal == NULL || strcmp(terminal, "dumb") == 0; /* it would not wipe a line */
  *progress = (pi_progress){.shown = isatty(STDERR_FILENO) == 1 && !dumb};
  clock_gettime(CLOCK_MONOTONIC, &progress->begun);
  progress->last = progress->begun;
}

double pi_progress_seconds(const pi_progress *progress) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return seconds_between(&progress->begun, &now);
}

/* "▕██████░░░░▏ 43%  ETA 0:12", or the bytes so far where the end is not known. What an earlier run has done
 * took no time. */
static int write_extent(char *out, size_t size, const pi_batch_progress *now, double seconds) {
  if (now->bytes_total == 0)
    return snprintf(out, size, "%llu MB", (unsigned long long)(now->bytes / 1000000));
  double share = (double)now->bytes / (double)now->bytes_total;
  if (share > 1) share = 1; /* a file that grows */
  int full = (int)(share * BAR_CELLS);
  char bar[BAR_CELLS * 3 + 1] = "";
  for (int i = 0; i < BAR_CELLS; i++) memcpy(bar + 3 * (size_t)i, i < full ? "█" : "░", 4);
  double done = share - (double)now->bytes_before / (double)now->bytes_total;
  long left = done > 0 ? (long)(seconds / done * (1 - share) + 0.5) : 0;
  int percent = (int)(share * 100);
  if (left < 3600) {
    return snprintf(out, size, "▕%s▏ %3d%%  ETA %ld:%02ld", bar, percent, left / 60, left % 60);
  }
  return snprintf(out, size, "▕%s▏ %3d%%  ETA %ld:%02ld:%02ld", bar, percent, left / 3600, left / 60 % 60,
                  left % 60);
}

static bool fits(size_t columns) {
  struct winsize size;
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return true;
  return size.ws_col > columns;
}

void pi_progress_draw(void *context, const pi_batch_progress *now) {
  pi_progress *progress = context;
  struct timespec time;
  if (!progress->shown || clock_gettime(CLOCK_MONOTONIC, &time) != 0) return;
  if (seconds_between(&progress->last, &time) < SECONDS_BETWEEN) return;
  progress->last = time;
  double seconds = seconds_between(&progress->begun, &time);
  char extent[LINE_MAX_BYTES], line[2 * LINE_MAX_BYTES];
  if (write_extent(extent, sizeof extent, now, seconds) < 0) return;
  uint64_t lines = now->totals->lines - now->lines_before;
  unsigned long long rate = seconds > 0 ? (unsigned long long)((double)lines / seconds) : 0;
  snprintf(line, sizeof line, "%s  %llu cases  %llu/s  refused %llu", extent,
           (unsigned long long)now->totals->lines, rate, (unsigned long long)now->totals->refused);
  if (!fits(BAR_CELLS + 60))
    snprintf(line, sizeof line, "%llu cases", (unsigned long long)now->totals->lines);
  fprintf(stderr, "\r\x1b[K%s", line);
  fflush(stderr);
  progress->drawn = true;
}

void pi_progress_end(pi_progress *progress) {
  if (!progress->drawn) return;
  fputs("\r\x1b[K", stderr);
  fflush(stderr);
  progress->drawn = false;
}
