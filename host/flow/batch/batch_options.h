/* What a batch is asked to do, whom it tells how far it has come, and who may take its lines. */
#ifndef PI_BATCH_OPTIONS_H
#define PI_BATCH_OPTIONS_H

#include "manifest.h"
#include "rows.h"
#include "stop.h"

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
  const pi_rows *rows;         /* short rows in place of evaluations; NULL: none */
  unsigned threads;
  bool no_excerpts; /* refused lines quote nothing of what was read */
  bool strict;      /* stop after the first line that is refused */
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

#endif
