/* One line of progress, on standard error and on a terminal only. */
#ifndef PI_PROGRESS_LINE_H
#define PI_PROGRESS_LINE_H

#include <stdbool.h>
#include <time.h>

typedef struct pi_progress_line {
  bool shown; /* standard error is a terminal */
  bool drawn; /* a line stands there that is to be wiped */
  struct timespec last;
} pi_progress_line;

void pi_progress_line_begin(pi_progress_line *self);

/* Draws anew, a few times a second at most. `text` is our own. */
void pi_progress_line_draw(pi_progress_line *self, const char *text);

/* Seconds from one time of the monotonic clock to another. */
double pi_progress_line_seconds(const struct timespec *from, const struct timespec *to);

/* Wipes the line. */
void pi_progress_line_end(pi_progress_line *self);

#endif
