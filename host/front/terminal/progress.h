/* The progress of a batch, on standard error and on a terminal only. */
#ifndef PI_PROGRESS_H
#define PI_PROGRESS_H

#include <time.h>

#include "batch.h"
#include "progress_line.h"

typedef struct pi_progress {
  pi_progress_line line;
  struct timespec begun;
} pi_progress;

void pi_progress_begin(pi_progress *progress);

/* Draws anew, a few times a second at most; a pi_batch_options.progress with the pi_progress as context. */
void pi_progress_draw(void *context, const pi_batch_progress *now);

/* Wipes the line. */
void pi_progress_end(pi_progress *progress);

/* Seconds since the beginning, by the monotonic clock. */
double pi_progress_seconds(const pi_progress *progress);

#endif
