#include "batch.h"

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
  if (worker->hand.text.failed) return;
  pi_buffer_reset(&worker->shown);
  pi_buffer_append(&worker->shown, worker->hand.text.data + begin, worker->hand.text.len - begin);
  worker->hand.text.len = begin;
  worker->run->options->show(&worker->hand.text, (pi_slice){worker->shown.data, worker->shown.len});
  if (worker->shown.failed) worker->hand.text.failed = true;
}

static pi_slice file_of(const pi_worker *worker) {
  return worker->run->manifest.files[worker->hand.block.end.input].name;
}

static void refuse_line(pi_worker *worker, pubint_error *reason, uint64_t line, pi_buffer *out) {
  pi_slice file = {"", 0};
  if (worker->run->manifest.files_count > 1) file = file_of(worker);
  if (worker->run->options->no_excerpts) pi_error_unquote(reason);
  pi_evaluation_write_refusal(out, reason, line, pi_line_id(&worker->line), file);
  pi_totals_refused(&worker->totals, reason->code);
}

/* Evaluates one line into the worker's text. PUBINT_E_SYSTEM ends the run; all else is a line of output. */
static pubint_status evaluate_line(pi_worker *worker, pi_slice line, uint64_t number, pubint_error *error) {
  const pubint_evaluation *evaluation;
  const pi_rows *rows = worker->run->options->rows;
  pi_buffer *text = &worker->hand.text, *whole = rows != NULL ? &worker->row.line : text;
  size_t begin = text->len;
  pubint_status status = pi_line_evaluate(&worker->line, worker->engine, line, number, &evaluation, error);
  if (status != PUBINT_OK) return status;
  if (rows != NULL) pi_buffer_reset(whole);
  if (evaluation != NULL) {
    pi_evaluation_write(evaluation, whole);
    pi_totals_evaluated(&worker->totals, evaluation);
  } else {
    refuse_line(worker, &worker->line.refusal, number, whole);
  }
  if (rows != NULL) pi_row_write(&worker->row, rows, evaluation, number, file_of(worker), text);
  if (worker->run->options->show != NULL) show_line(worker, begin);
  if (rows != NULL && rows->format == PI_ROWS_CSV) pi_buffer_byte(text, '\r');
  pi_buffer_byte(text, '\n');
  return text->failed ? pi_error_set(error, PI_E_NO_MEMORY) : PUBINT_OK;
}

/* ---- a worker ---- */

static void begin_block(pi_crew_hand *hand) {
  pi_worker *worker = (pi_worker *)hand;
  worker->totals = (pi_totals){0};
  worker->before = 0;
  if (worker->run->options->taker == NULL) return;
  const pi_input *inputs = hand->crew->feed.lines.inputs; /* those before the block's are done */
  for (size_t i = 0; i < hand->block.end.input; i++) worker->before += inputs[i].lines;
}

static pubint_status work_line(pi_crew_hand *hand, pi_slice line, uint64_t number, pubint_error *error) {
  pi_worker *worker = (pi_worker *)hand;
  const pi_batch_options *options = worker->run->options;
  const pi_batch_taker *taker = options->taker;
  if (taker != NULL && !taker->wants(taker->context, worker->before + number)) {
    pi_buffer_byte(&hand->text, '\n');
    return PUBINT_OK;
  }
  pubint_status status = evaluate_line(worker, line, number, error);
  hand->cut = options->strict && worker->totals.refused > 0;
  return status;
}

static pubint_status hand_in(pi_crew_hand *hand, pi_slice text, pubint_error *error) {
  return pi_run_write((pi_worker *)hand, text, error);
}

static pubint_status pass(pi_crew_hand *hand, pubint_error *error) {
  return pi_run_move_on((pi_worker *)hand, error);
}

static pubint_status open_worker(pi_crew_hand *hand, pubint_error *error) {
  enum { SHOWN_MAX = 64 * 1024 * 1024 };
  pi_worker *worker = (pi_worker *)hand;
  worker->run = (pi_run *)hand->crew; /* its first member */
  pi_line_init(&worker->line);
  pi_row_init(&worker->row);
  pi_buffer_init(&worker->shown, SHOWN_MAX);
  return pubint_engine_new(&worker->engine, worker->run->policy, error);
}

static void close_worker(pi_crew_hand *hand) {
  pi_worker *worker = (pi_worker *)hand;
  pubint_engine_free(worker->engine);
  pi_buffer_dispose(&worker->shown);
  pi_line_dispose(&worker->line);
  pi_row_dispose(&worker->row);
}

static const pi_crew_job JOB = {.worker_bytes = sizeof(pi_worker),
                                .open = open_worker,
                                .close = close_worker,
                                .begin = begin_block,
                                .line = work_line,
                                .hand_in = hand_in,
                                .pass = pass};

/* ---- the run ---- */

pubint_status pi_batch_run(const pubint_policy *policy, const pi_batch_options *options, pi_batch_result *out,
                           pubint_error *error) {
  *out = (pi_batch_result){0};
  pi_run run;
  pubint_status status = pi_run_open(&run, policy, options, &JOB, error);
  bool begun = status == PUBINT_OK;
  if (begun && !run.was_complete) status = pi_crew_run(&run.crew, options->threads, error);
  if (status == PUBINT_OK) status = pi_run_end(&run, &out->complete, error);
  out->totals = run.totals;
  out->refused_one = options->strict && run.crew.cut && run.totals.refused > 0;
  out->was_complete = run.was_complete;
  out->packed = run.output.kept && pi_run_reads_packed(&run);
  out->can_resume = (begun || run.output.existed) && pi_run_can_resume(&run);
  out->resumed_lines = run.resumed_lines;
  pi_run_close(&run);
  return status;
}
