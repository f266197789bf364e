/* A batch: JSONL of cases in, JSONL of evaluations out, one line for each line, in order.
 *
 * N threads each take a block of lines, evaluate it and write it when its turn comes, so that the bytes
 * are the same for every N and memory does not grow with the input.
 */
#ifndef PI_BATCH_H
#define PI_BATCH_H

#include <pubint/policy.h>

#include "manifest.h"
#include "stop.h"

enum { PI_BATCH_THREADS_MAX = 256 };

/* The machine's processors, as far as so many threads make sense. */
unsigned pi_batch_processors(void);

/* How much input lies between two places to go on from, unless options say otherwise. */
#define PI_BATCH_CHECKPOINT_BYTES ((uint64_t)32 * 1024 * 1024)

/* How far a run has come, for a progress bar. */
typedef struct pi_batch_progress {
  const pi_totals *totals;
  uint64_t bytes;        /* of input that is done */
  uint64_t bytes_total;  /* 0: not known */
  uint64_t lines_before; /* of an earlier run that this one goes on from: the part that took no time */
  uint64_t bytes_before;
} pi_batch_progress;

/* Takes what a run would write, in place of an output. */
typedef struct pi_batch_taker {
  /* Gets whole lines in their order, by one thread at a time. */
  pubint_status (*take)(void *context, const char *lines, size_t count, pubint_error *error);
  /* Whether a line, by its number over all inputs from 1, is evaluated; for one that is not, an empty line is
   * handed over. Called by every thread. */
  bool (*wants)(void *context, uint64_t line);
  /* Gets what would be the manifest of the run, once every line was handed over. */
  pubint_status (*end)(void *context, const pi_manifest *manifest, pubint_error *error);
  void *context;
} pi_batch_taker;

typedef struct pi_batch_options {
  const char *const *files; /* none: standard input */
  size_t files_count;
  const char *const *names;    /* what refused lines call the files; NULL: by their names */
  const char *out;             /* NULL: standard output */
  const pi_batch_taker *taker; /* in place of an output; NULL: none */
  unsigned threads;
  bool strict; /* stop after the first line that is refused */
  bool resume;
  bool force;
  bool sha256;
  uint64_t checkpoint_bytes; /* 0: PI_BATCH_CHECKPOINT_BYTES */
  const pi_stop *stop;       /* end after whole lines once it is asked */
  /* Appends a line of output as it is to be seen, for a terminal; NULL: as it is. */
  void (*show)(pi_buffer *out, pi_slice line);
  /* Called behind each block that was written, by one thread at a time; may be NULL. */
  void (*progress)(void *context, const pi_batch_progress *now);
  void *context;
} pi_batch_options;

typedef struct pi_batch_result {
  pi_totals totals;       /* also of a run that ended early */
  bool complete;          /* every line was answered */
  bool refused_one;       /* it ended after the first line that was refused, under `strict` */
  bool was_complete;      /* --resume found nothing left to do */
  bool can_resume;        /* an output on disk, made of files on disk */
  uint64_t resumed_lines; /* lines that an earlier run had done */
} pi_batch_result;

/* Runs it. On failure `error`, which may be NULL, says which file and why; what was written stays, in whole
 * lines. */
pubint_status pi_batch_run(const pubint_policy *policy, const pi_batch_options *options, pi_batch_result *out,
                           pubint_error *error);

#endif
