/* A batch: JSONL of cases in, JSONL of evaluations out, one line for each line, in order.
 *
 * N threads each take a block of lines, evaluate it and write it when it is next, so that the bytes
 * are the same for every N and memory does not grow with the input.
 */
#ifndef PI_BATCH_H
#define PI_BATCH_H

#include <pubint/policy.h>

#include "batch_options.h"

enum { PI_BATCH_THREADS_MAX = 256 };

/* The machine's processors, as far as so many threads make sense. */
unsigned pi_batch_processors(void);

typedef struct pi_batch_result {
  pi_totals totals;       /* also of a run that ended early */
  bool complete;          /* every line was answered */
  bool refused_one;       /* it ended after the first line that was refused, under `strict` */
  bool was_complete;      /* --resume found nothing left to do */
  bool packed;            /* it cannot be resumed since an input lies packed */
  bool can_resume;        /* an output on disk, made of files on disk */
  uint64_t resumed_lines; /* lines that an earlier run had done */
} pi_batch_result;

/* Runs it. On failure `error`, which may be NULL, says which file and why; what was written stays, in whole
 * lines. */
pubint_status pi_batch_run(const pubint_policy *policy, const pi_batch_options *options, pi_batch_result *out,
                           pubint_error *error);

#endif
