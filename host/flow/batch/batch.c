#include "batch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "errors.h"
#include "run_open.h"

unsigned pi_batch_processors(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : count > PI_BATCH_THREADS_MAX ? PI_BATCH_THREADS_MAX : (unsigned)count;
}

/* ---- one line ---- */

/* The line that was added to the text at `begin`, as a terminal may show it. */
static void show_line(pi_worker *worker, size_t begin) {
  if (worker->text.failed) return;
  pi_buffer_reset(&worker->shown);
  pi_buffer_append(&worker->shown, worker->text.data + begin, worker->text.len - begin);
  worker->text.len = begin;
  worker->run->options->show(&worker->text, (pi_slice){worker->shown.data, worker->shown.len});
  if (worker->shown.failed) worker->text.failed = true;
}

static void refuse_line(pi_worker *worker, const pubint_error *reason, uint64_t line) {
  const pi_manifest *manifest = &worker->run->manifest;
  pi_slice file = {"", 0};
  if (manifest->files_count > 1) file = manifest->files[worker->block.end.input].name;
  pi_evaluation_write_refusal(&worker->text, reason, line, pi_line_id(&worker->line), file);
  pi_totals_refused(&worker->totals, reason->code);
}

/* Evaluates one line into the worker's text. PUBINT_E_SYSTEM ends the run; all else is a line of output. */
static pubint_status evaluate_line(pi_worker *worker, pi_slice line, uint64_t number, pubint_error *error) {
  const pubint_evaluation *evaluation;
  size_t begin = worker->text.len;
  pubint_status status = pi_line_evaluate(&worker->line, worker->engine, line, number, &evaluation, error);
  if (status != PUBINT_OK) return status;
  if (evaluation != NULL) {
    pi_evaluation_write(evaluation, &worker->text);
    pi_totals_evaluated(&worker->totals, evaluation);
  } else {
    refuse_line(worker, &worker->line.refusal, number);
  }
  if (worker->run->options->show != NULL) show_line(worker, begin);
  pi_buffer_byte(&worker->text, '\n');
  return worker->text.failed ? pi_error_set(error, PI_E_NO_MEMORY) : PUBINT_OK;
}

/* ---- one block ---- */

/* Lines of the inputs before the block's, which are done. */
static uint64_t lines_before(const pi_worker *worker) {
  uint64_t lines = 0;
  for (size_t i = 0; i < worker->block.end.input; i++) lines += worker->run->feed.lines.inputs[i].lines;
  return lines;
}

/* A block whose text grows beyond this is written in pieces, so that memory stays bounded. */
enum { TEXT_PIECE = 2 * 1024 * 1024 };

/* Evaluates the block's lines; *cut when the run is to end before the block does. */
static pubint_status evaluate_block(pi_worker *worker, bool *cut, pubint_error *error) {
  const pi_batch_options *options = worker->run->options;
  const pi_block *block = &worker->block;
  const pi_batch_taker *taker = options->taker;
  uint64_t number = block->first_line, before = taker != NULL ? lines_before(worker) : 0;
  pubint_status status = PUBINT_OK;
  size_t at = 0;
  pi_slice line;
  while (status == PUBINT_OK && !*cut && pi_block_line(block, &at, &line)) {
    if (taker == NULL || taker->wants(taker->context, before + number)) {
      status = evaluate_line(worker, line, number, error);
    } else {
      pi_buffer_byte(&worker->text, '\n');
    }
    number++;
    *cut = (options->strict && worker->totals.refused > 0) ||
           (at < block->bytes && pi_stop_asked(options->stop));
    if (status == PUBINT_OK && worker->text.len > TEXT_PIECE) status = pi_run_write_piece(worker, error);
  }
  return status;
}

static void *work(void *argument) {
  pi_worker *worker = argument;
  for (bool goes_on = true; goes_on;) {
    pubint_error error = {0};
    bool more = false, cut = false;
    pubint_status status = pi_run_take(worker, &more, &error);
    if (status == PUBINT_OK && !more) break;
    if (status == PUBINT_OK) status = evaluate_block(worker, &cut, &error);
    goes_on = pi_run_finish_block(worker, cut, status, &error);
  }
  return NULL;
}

/* ---- workers ---- */

static pubint_status open_worker(pi_worker *worker, pi_run *run, pubint_error *error) {
  enum { TEXT_MAX = 64 * 1024 * 1024 };
  worker->run = run;
  pi_line_init(&worker->line);
  pi_buffer_init(&worker->text, TEXT_MAX);
  pi_buffer_init(&worker->shown, TEXT_MAX);
  worker->block.data = malloc(PI_BLOCK_BYTES);
  if (worker->block.data == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  return pubint_engine_new(&worker->engine, run->policy, error);
}

static void close_worker(pi_worker *worker) {
  pubint_engine_free(worker->engine);
  free(worker->block.data);
  pi_buffer_dispose(&worker->text);
  pi_buffer_dispose(&worker->shown);
  pi_line_dispose(&worker->line);
}

/* Runs options->threads workers; the calling thread is the first of them. What comes of it stands in the
 * run; a failure here is one to begin. */
static pubint_status run_workers(pi_run *run, pubint_error *error) {
  unsigned count = run->options->threads;
  pi_worker *workers = calloc(count, sizeof *workers);
  if (workers == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = PUBINT_OK;
  unsigned opened = 0;
  for (; opened < count && status == PUBINT_OK; opened++) status = open_worker(&workers[opened], run, error);
  if (status == PUBINT_OK) pi_feed_run(work, workers, sizeof *workers, count);
  for (unsigned i = 0; i < opened; i++) close_worker(&workers[i]);
  free(workers);
  return status;
}

/* ---- the run ---- */

pubint_status pi_batch_run(const pubint_policy *policy, const pi_batch_options *options, pi_batch_result *out,
                           pubint_error *error) {
  *out = (pi_batch_result){0};
  pi_run run;
  pubint_status status = pi_run_open(&run, policy, options, error);
  bool begun = status == PUBINT_OK;
  if (begun && !run.was_complete) status = run_workers(&run, error);
  if (status == PUBINT_OK) status = pi_run_end(&run, &out->complete, error);
  out->totals = run.totals;
  out->refused_one = options->strict && run.cut && run.totals.refused > 0;
  out->was_complete = run.was_complete;
  out->can_resume = (begun || run.output.existed) && pi_run_can_resume(&run);
  out->resumed_lines = run.resumed_lines;
  pi_run_close(&run);
  return status;
}
