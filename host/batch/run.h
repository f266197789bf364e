/* A run while it goes on: what its workers share, and the order in which they write. */
#ifndef PI_RUN_H
#define PI_RUN_H

#include <pthread.h>

#include <pubint/engine.h>

#include "batch.h"
#include "decode.h"
#include "lines.h"
#include "output.h"

typedef struct pi_run {
  const pubint_policy *policy;
  const pi_batch_options *options;
  pi_arena arena; /* of the manifest */
  pi_manifest manifest;
  bool was_complete;
  uint64_t resumed_lines;
  uint64_t bytes_total;

  pthread_mutex_t reading; /* guards lines */
  pi_lines lines;

  pthread_mutex_t writing; /* guards all below */
  pthread_cond_t turn_changed;
  uint64_t turn; /* the block that may write now */
  bool cut;      /* a block was cut short: nothing behind it is written */
  pi_output output;
  uint64_t bytes_done;
  pubint_status status; /* the first failure */
  pubint_error error;
} pi_run;

typedef struct pi_worker {
  pi_run *run;
  pthread_t thread;
  pubint_engine *engine;
  pi_decode_memory memory;
  pi_case input;
  pi_arena arena; /* of one case */
  pi_block block;
  pi_buffer text;   /* of the block, not yet written */
  pi_totals totals; /* of that text */
} pi_worker;

/* Checks the options against each other and the files, opens input and output and, to go on with an
 * interrupted run, finds where. */
pubint_status pi_run_open(pi_run *run, const pubint_policy *policy, const pi_batch_options *options,
                          pubint_error *error);
void pi_run_close(pi_run *run);

/* Reads the worker's next block; *more is false when there is none, or when the run has ended. */
pubint_status pi_run_take(pi_worker *worker, bool *more, pubint_error *error);

/* Waits for the block's turn and writes what there is of its text. */
pubint_status pi_run_write_piece(pi_worker *worker, pubint_error *error);

/* Writes the rest and passes the turn on; with `cut` nothing behind this block will be written. */
pubint_status pi_run_finish_block(pi_worker *worker, bool cut, pubint_error *error);

/* Records the first failure and lets everyone go. */
void pi_run_fail(pi_run *run, const pubint_error *error);

/* The last manifest. */
pubint_status pi_run_complete(pi_run *run, pubint_error *error);

#endif
