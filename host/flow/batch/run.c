#include "run.h"

#include "errors.h"
#include "packing.h"

/* A run whose scripts are slow passes little input in a long time; then the time counts. */
static const time_t SAVE_SECONDS = 5;

bool pi_run_can_read_again(const pi_run *run) {
  const pi_lines *lines = &run->crew.feed.lines;
  for (size_t i = 0; i < lines->inputs_count; i++) {
    if (!lines->inputs[i].again) return false;
  }
  return true;
}

bool pi_run_reads_packed(const pi_run *run) {
  const pi_lines *lines = &run->crew.feed.lines;
  for (size_t i = 0; i < lines->inputs_count; i++) {
    if (lines->inputs[i].again && pi_packing_of_file(lines->inputs[i].name) != NULL) return true;
  }
  return false;
}

bool pi_run_can_resume(const pi_run *run) {
  return run->output.kept && pi_run_can_read_again(run) && !pi_run_reads_packed(run);
}

pubint_status pi_run_save(pi_run *run, pubint_error *error) {
  clock_gettime(CLOCK_MONOTONIC, &run->saved);
  return pi_manifest_write(&run->manifest, run->options->out, run->output.fd, error);
}

void pi_run_close(pi_run *run) {
  pi_crew_dispose(&run->crew);
  pi_output_close(&run->output, NULL);
  pi_manifest_dispose(&run->manifest);
  pi_arena_dispose(&run->arena);
}

/* ---- writing blocks ---- */

pubint_status pi_run_write(pi_worker *worker, pi_slice text, pubint_error *error) {
  const pi_batch_taker *taker = worker->run->options->taker;
  pubint_status status = taker != NULL ? taker->take(taker->context, text.ptr, text.len, error)
                                       : pi_output_write(&worker->run->output, text.ptr, text.len, error);
  if (status == PUBINT_OK) pi_totals_add(&worker->run->totals, &worker->totals);
  worker->totals = (pi_totals){0};
  return status;
}

void pi_run_note_files(pi_run *run, size_t input) {
  for (size_t i = 0; i < input; i++) {
    const pi_input *from = &run->crew.feed.lines.inputs[i];
    pi_manifest_file *file = &run->manifest.files[i];
    file->done = true;
    file->digest = from->whole;
    file->bytes = from->bytes;
    file->lines = from->lines;
  }
}

static bool long_since(const struct timespec *then) {
  struct timespec now;
  return clock_gettime(CLOCK_MONOTONIC, &now) == 0 && now.tv_sec - then->tv_sec > SAVE_SECONDS;
}

/* Makes the end of a block the latest place to go on from, and saves it when it is time. */
static pubint_status move_on(pi_run *run, const pi_place *end, pubint_error *error) {
  pi_checkpoint *latest = &run->latest;
  pi_checkpoints *list = &run->manifest.checkpoints;
  if (!run->output.kept || end->within_line) return PUBINT_OK;
  uint64_t before = latest->input.all_bytes;
  bool keeps = pi_checkpoints_keeps(list, before, end->all_bytes);
  *latest = (pi_checkpoint){.input = *end,
                            .before = before,
                            .out_bytes = run->output.bytes,
                            .totals = run->totals,
                            .passing = !keeps};
  pi_digest_now(&run->output.digest, &latest->out_digest);
  if (!keeps && !long_since(&run->saved)) return PUBINT_OK;
  pi_run_note_files(run, end->input);
  pi_checkpoints_add(list, latest);
  return pi_run_save(run, error);
}

static void report(pi_run *run, uint64_t bytes) {
  if (run->options->progress == NULL) return;
  pi_batch_progress now = {.totals = &run->totals,
                           .bytes = bytes,
                           .bytes_total = run->bytes_total,
                           .lines_before = run->resumed_lines,
                           .bytes_before = run->resumed_bytes};
  run->options->progress(run->options->context, &now);
}

pubint_status pi_run_move_on(pi_worker *worker, pubint_error *error) {
  pi_run *run = worker->run;
  const pi_place *end = &worker->hand.block.end;
  pubint_status status = worker->hand.cut ? PUBINT_OK : move_on(run, end, error);
  if (status == PUBINT_OK) report(run, end->all_bytes);
  return status;
}

/* ---- the end ---- */

/* What was read and what was answered are counted apart, by the reader and by the workers. */
static pubint_status check_lines(const pi_run *run, pubint_error *error) {
  uint64_t read = 0;
  for (size_t i = 0; i < run->crew.feed.lines.inputs_count; i++) read += run->crew.feed.lines.inputs[i].lines;
  if (read == run->totals.lines) return PUBINT_OK;
  return pi_error_setf(error, PI_E_CANNOT_WRITE, "%llu lines were read but %llu answered",
                       (unsigned long long)read, (unsigned long long)run->totals.lines);
}

/* Keeps the latest place of a run that ends early, so that nothing of it need be done twice. Where that
 * cannot be written, the manifest that stands there serves. */
static void save_latest(pi_run *run) {
  pi_checkpoints *list = &run->manifest.checkpoints;
  uint64_t saved = list->count > 0 ? list->points[list->count - 1].input.all_bytes : 0;
  if (!run->output.kept || run->was_complete || run->latest.input.all_bytes <= saved) return;
  pi_run_note_files(run, run->latest.input.input);
  pi_checkpoints_add(list, &run->latest);
  pi_run_save(run, NULL);
}

/* The whole run as the last checkpoint, written or handed over. */
static pubint_status save_complete(pi_run *run, pubint_error *error) {
  const pi_batch_taker *taker = run->options->taker;
  size_t inputs = run->crew.feed.lines.inputs_count;
  pi_checkpoint end = {.input = {.input = inputs, .all_bytes = run->crew.feed.lines.bytes_before},
                       .before = run->crew.feed.lines.bytes_before,
                       .out_bytes = run->output.bytes,
                       .totals = run->totals};
  if (taker == NULL) pi_digest_now(&run->output.digest, &end.out_digest);
  pi_run_note_files(run, inputs);
  pi_checkpoints_add(&run->manifest.checkpoints, &end);
  run->manifest.complete = true;
  return taker != NULL ? taker->end(taker->context, &run->manifest, error) : pi_run_save(run, error);
}

pubint_status pi_run_end(pi_run *run, bool *complete, pubint_error *error) {
  pubint_status status = run->crew.status;
  if (status != PUBINT_OK && error != NULL) *error = run->crew.error;
  *complete = status == PUBINT_OK && !run->crew.cut &&
              run->crew.feed.lines.current == run->crew.feed.lines.inputs_count;
  if (*complete && !run->was_complete) {
    bool taken = run->options->taker != NULL; /* lines that were not wanted are counted nowhere */
    if (!taken) status = check_lines(run, error);
    if (status == PUBINT_OK && !taken) status = pi_output_end(&run->output, error);
    if (status == PUBINT_OK && (run->output.kept || taken)) status = save_complete(run, error);
    if (status == PUBINT_OK) status = pi_output_close(&run->output, error);
    *complete = status == PUBINT_OK;
  }
  if (!*complete) save_latest(run);
  return status;
}
