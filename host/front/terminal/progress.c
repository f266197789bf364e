#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "figures.h"
#include "utf8.h"

enum { BAR_CELLS = 24, LINE_MAX_BYTES = 256 };

void pi_progress_begin(pi_progress *progress) {
  pi_progress_line_begin(&progress->line);
  clock_gettime(CLOCK_MONOTONIC, &progress->begun);
  progress->line.last = progress->begun;
}

double pi_progress_seconds(const pi_progress *progress) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return pi_progress_line_seconds(&progress->begun, &now);
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

/* Every code point of a line takes one column. */
static size_t columns_of(const char *line) {
  return pi_utf8_count(pi_slice_of(line));
}

void pi_progress_draw(void *context, const pi_batch_progress *now) {
  pi_progress *progress = context;
  if (!progress->line.shown) return;
  double seconds = pi_progress_seconds(progress);
  char extent[LINE_MAX_BYTES], line[2 * LINE_MAX_BYTES];
  if (write_extent(extent, sizeof extent, now, seconds) < 0) return;
  uint64_t lines = now->totals->lines - now->lines_before;
  unsigned long long rate = seconds > 0 ? (unsigned long long)((double)lines / seconds) : 0;
  char cases[PI_FIGURE_BYTES], each[PI_FIGURE_BYTES], refused[PI_FIGURE_BYTES];
  pi_slice cases_text = pi_figure_count(cases, now->totals->lines), each_text = pi_figure_count(each, rate);
  pi_slice refused_text = pi_figure_count(refused, now->totals->refused);
  snprintf(line, sizeof line, "%s  %.*s cases  %.*s/s  refused %.*s", extent, (int)cases_text.len,
           cases_text.ptr, (int)each_text.len, each_text.ptr, (int)refused_text.len, refused_text.ptr);
  if (!fits(columns_of(line))) snprintf(line, sizeof line, "%s", extent);
  if (!fits(columns_of(line))) snprintf(line, sizeof line, "%.*s cases", (int)cases_text.len, cases_text.ptr);
  pi_progress_line_draw(&progress->line, line);
}

void pi_progress_end(pi_progress *progress) {
  pi_progress_line_end(&progress->line);
}
