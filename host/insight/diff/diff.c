#include "diff.h"

#include <stdlib.h>

#include "diff_count.h"
#include "diff_report.h"
#include "digest.h"
#include "errors.h"
#include "feed.h"
#include "line.h"

/* What a thread works with. */
typedef struct diff_worker {
  struct diff_run *run;
  pubint_engine *engines[2]; /* old, new */
  pi_line line;
  pi_block block;
  pi_buffer text;   /* flips of the block, not yet written */
  pi_totals totals; /* of the block, for the progress */
  pi_flipped flipped;
  pi_diff counted; /* of all its blocks */
} diff_worker;

typedef struct diff_run {
  const pi_diff *diff; /* what is compared, and how */
  pi_feed feed;
  pi_stop stop; /* which nobody asks for */
  uint64_t bytes_total;
  pi_totals totals;     /* of what was done; this and the rest in a turn alone */
  pubint_status status; /* the first failure, by its place among the blocks */
  pubint_error error;
} diff_run;

/* ---- lines ---- */

static pi_diff_sample sample_of(const diff_worker *worker, pi_slice line, uint64_t number) {
  pi_diff_sample sample = {.file = worker->block.end.input, .line = number};
  if (line.ptr != NULL) sample.hash = pi_digest_hash(line.ptr, line.len);
  pi_slice id = pi_line_id(&worker->line);
  memcpy(sample.id, id.ptr, id.len < sizeof sample.id ? id.len : sizeof sample.id - 1);
  return sample;
}

static void refuse_line(diff_worker *worker, const pubint_error *reason, uint64_t number) {
  pi_diff_sample sample = sample_of(worker, (pi_slice){NULL, 0}, number);
  pi_totals_refused(&worker->totals, reason->code);
  pi_diff_count_refused(&worker->counted, reason->code, &sample);
}

static void count_case(diff_worker *worker, const pubint_evaluation *old, const pubint_evaluation *new,
                       pi_slice line, uint64_t number) {
  pi_diff *counted = &worker->counted;
  pi_diff_sample sample = sample_of(worker, line, number);
  pi_totals_evaluated(&worker->totals, new);
  bool flips = pi_diff_count(counted, old, new, &worker->flipped, &sample);
  if (flips && counted->options->write != NULL) {
    pi_diff_write_flip(&worker->text, counted, &worker->flipped, old, new, &sample);
  }
}

/* ---- blocks ---- */

/* PUBINT_E_SYSTEM ends the run; any other failure is a line that is refused. */
static pubint_status compare_line(diff_worker *worker, pi_slice line, uint64_t number, pubint_error *error) {
  const pubint_evaluation *old, *new;
  worker->counted.lines++;
  pubint_status status = pi_line_evaluate(&worker->line, worker->engines[0], line, number, &old, error);
  new = old; /* what is not weighed was decided by C alone, and no policy shows in that */
  if (status == PUBINT_OK && old != NULL && old->weighed) {
    status = pi_line_evaluate_again(&worker->line, worker->engines[1], &new, error);
  }
  if (status != PUBINT_OK) return status;
  if (new != NULL)
    count_case(worker, old, new, line, number);
  else
    refuse_line(worker, &worker->line.refusal, number);
  return worker->text.failed ? pi_error_set(error, PI_E_NO_MEMORY) : PUBINT_OK;
}

/* Hands in what the worker has of its block. Called in its turn. */
static pubint_status hand_in(diff_worker *worker, pubint_error *error) {
  diff_run *run = worker->run;
  const pi_diff_options *options = run->diff->options;
  pi_slice text = {worker->text.data, worker->text.len};
  bool written = text.len == 0 || options->write(options->context, text, error);
  pi_buffer_reset(&worker->text);
  pi_totals_add(&run->totals, &worker->totals);
  worker->totals = (pi_totals){0};
  return written ? PUBINT_OK : PUBINT_E_SYSTEM;
}

static pubint_status compare_block(diff_worker *worker, pubint_error *error) {
  enum { TEXT_PIECE = 2 * 1024 * 1024 }; /* more than that is written in pieces, so that memory is bounded */
  uint64_t number = worker->block.first_line;
  pubint_status status = PUBINT_OK;
  size_t at = 0;
  pi_slice line;
  while (status == PUBINT_OK && pi_block_line(&worker->block, &at, &line)) {
    status = compare_line(worker, line, number++, error);
    if (status != PUBINT_OK || worker->text.len <= TEXT_PIECE) continue;
    if (pi_feed_enter(&worker->run->feed, worker->block.sequence)) status = hand_in(worker, error);
    pi_buffer_reset(&worker->text);
    pi_feed_leave(&worker->run->feed, false, false);
  }
  return status;
}

static bool finish_block(diff_worker *worker, pubint_status status, pubint_error *error) {
  diff_run *run = worker->run;
  const pi_diff_options *options = run->diff->options;
  bool has_turn = pi_feed_enter(&run->feed, worker->block.sequence);
  if (has_turn) {
    if (status == PUBINT_OK) status = hand_in(worker, error);
    run->status = status;
    if (status != PUBINT_OK) run->error = *error;
    if (status == PUBINT_OK && options->progress != NULL) {
      pi_batch_progress now = {
          .totals = &run->totals, .bytes = worker->block.end.all_bytes, .bytes_total = run->bytes_total};
      options->progress(options->context, &now);
    }
  }
  pi_feed_leave(&run->feed, has_turn, status != PUBINT_OK);
  return has_turn && status == PUBINT_OK;
}

static void *work(void *argument) {
  diff_worker *worker = argument;
  for (bool goes_on = true; goes_on;) {
    pubint_error error = {0};
    bool more = false;
    pubint_status status = pi_feed_take(&worker->run->feed, &worker->block, &more, &error);
    if (status == PUBINT_OK && !more) break;
    if (status == PUBINT_OK) status = compare_block(worker, &error);
    goes_on = finish_block(worker, status, &error);
  }
  return NULL;
}

/* ---- the run ---- */

static pubint_status open_worker(diff_worker *worker, diff_run *run, pubint_error *error) {
  enum { TEXT_MAX = 64 * 1024 * 1024 };
  worker->run = run;
  pi_diff_init(&worker->counted, run->diff->old, run->diff->new, run->diff->options);
  pi_line_init(&worker->line);
  pi_buffer_init(&worker->text, TEXT_MAX);
  worker->block.data = malloc(PI_BLOCK_BYTES);
  if (worker->block.data == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = pubint_engine_new(&worker->engines[0], run->diff->old, error);
  return status == PUBINT_OK ? pubint_engine_new(&worker->engines[1], run->diff->new, error) : status;
}

static void close_worker(diff_worker *worker) {
  pubint_engine_free(worker->engines[0]);
  pubint_engine_free(worker->engines[1]);
  free(worker->block.data);
  pi_buffer_dispose(&worker->text);
  pi_line_dispose(&worker->line);
  pi_diff_dispose(&worker->counted);
}

static pubint_status run_workers(diff_run *run, pi_diff *out, pubint_error *error) {
  unsigned count = out->options->threads;
  diff_worker *workers = calloc(count, sizeof *workers);
  if (workers == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = PUBINT_OK;
  unsigned opened = 0;
  for (; opened < count && status == PUBINT_OK; opened++) status = open_worker(&workers[opened], run, error);
  if (status == PUBINT_OK) {
    pi_feed_run(work, workers, sizeof *workers, count);
    status = run->status;
    if (status != PUBINT_OK && error != NULL) *error = run->error;
  }
  bool room = true;
  for (unsigned i = 0; i < opened; i++) pi_diff_merge(out, &workers[i].counted);
  for (int d = 0; d < PI_DIFF_DIMENSIONS; d++) {
    room = room && !out->groups[d].failed;
    pi_diff_groups_sort(&out->groups[d]);
  }
  for (unsigned i = 0; i < opened; i++) close_worker(&workers[i]);
  free(workers);
  return status == PUBINT_OK && !room ? pi_error_set(error, PI_E_NO_MEMORY) : status;
}

pubint_status pi_diff_run(pi_diff *out, const pubint_policy *old, const pubint_policy *new,
                          const pi_diff_options *options, pubint_error *error) {
  pi_diff_init(out, old, new, options);
  diff_run run = {.diff = out, .stop = {.wake = -1}};
  pi_feed_init(&run.feed);
  pubint_status status =
      pi_lines_open(&run.feed.lines, options->files, options->files_count, false, &run.stop, error);
  if (status == PUBINT_OK) {
    run.bytes_total = pi_lines_bytes(&run.feed.lines);
    status = run_workers(&run, out, error);
  }
  pi_feed_dispose(&run.feed);
  return status;
}
