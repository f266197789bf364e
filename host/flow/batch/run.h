/* A run while it goes on: what its workers share, and the order in which they write. */
#ifndef PI_RUN_H
#define PI_RUN_H

#include <time.h>

#include <pubint/engine.h>

#include "batch_options.h"
#include "crew.h"
#include "line.h"
#include "manifest.h"
#include "output.h"

typedef struct pi_run {
  pi_crew crew;
  const pubint_policy *policy;
  const pi_batch_options *options;
  pi_arena arena; /* of the manifest */
  bool was_complete;
  uint64_t resumed_lines; /* of an earlier run, as resumed_bytes */
  uint64_t resumed_bytes;
  uint64_t bytes_total; /* 0: not known */

  /* touched while a block is next alone */
  pi_output output;
  pi_totals totals; /* of what stands in the output */
  pi_manifest manifest;
  pi_checkpoint latest;  /* behind the last block that was written and ends with a line */
  struct timespec saved; /* when the manifest was written */
} pi_run;

typedef struct pi_worker {
  pi_crew_hand hand;
  pi_run *run;
  pubint_engine *engine;
  pi_line line;
  pi_row_maker row; /* with rows alone */
  pi_buffer shown;  /* a line of it, while it is made fit for a terminal */
  pi_totals totals; /* of the text not yet written */
  uint64_t before;  /* lines of the inputs before the block's, where lines are taken */
} pi_worker;

/* Closes what pi_run_open (run_open.h) opened. */
void pi_run_close(pi_run *run);

/* Writes the manifest as it stands, beside the output. */
pubint_status pi_run_save(pi_run *run, pubint_error *error);

/* While a block is next: writes a text of the worker, and makes the block's end the place to go on from. */
pubint_status pi_run_write(pi_worker *worker, pi_slice text, pubint_error *error);
pubint_status pi_run_move_on(pi_worker *worker, pubint_error *error);

/* Once the workers have ended: the last manifest, complete or to go on from. The run's failure, or that of
 * writing it. *complete says whether every line was answered. */
pubint_status pi_run_end(pi_run *run, bool *complete, pubint_error *error);

/* Whether all inputs are files that can be read a second time. */
bool pi_run_can_read_again(const pi_run *run);

/* Whether a run that ends early can be taken up: an output on disk, made of files on disk. */
bool pi_run_can_resume(const pi_run *run);

/* Whether an input lies packed: a place within it cannot be gone back to. */
bool pi_run_reads_packed(const pi_run *run);

/* Puts what is known of the files before `input` into the manifest. */
void pi_run_note_files(pi_run *run, size_t input);

#endif
