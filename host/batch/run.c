#include "run.h"

#include <string.h>
#include <unistd.h>

#include "errors.h"
#include "resume.h"
#include "utf8.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 512 * 1024 * 1024 };

/* A run whose scripts are slow passes little input in a long time; then the time counts. */
static const time_t SAVE_SECONDS = 5;

/* ---- opening ---- */

/* An output that is one of the inputs would be emptied before it is read, or grow while it is. That holds for
 * the files beside it too. */
static pubint_status check_output(const pi_run *run, pubint_error *error) {
  const char *out = run->options->out;
  char last[PI_MANIFEST_NAME_BYTES] = "", first[PI_MANIFEST_NAME_BYTES] = "";
  bool beside = out != NULL && pi_manifest_name(last, out, true) && pi_manifest_name(first, out, false);
  for (size_t i = 0; i < run->feed.lines.inputs_count; i++) {
    const char *name = run->feed.lines.inputs[i].name;
    if (!pi_output_is_input(out, name) &&
        !(beside && (pi_output_is_input(last, name) || pi_output_is_input(first, name))))
      continue;
    pubint_status status = pi_error_set(error, PI_E_OUTPUT_IS_INPUT);
    name = pi_lines_shown_name(name);
    if (error != NULL) pi_error_field(error->file, sizeof error->file, name, strlen(name));
    return status;
  }
  return PUBINT_OK;
}

/* Whether all inputs are files that can be read a second time. */
static bool can_read_again(const pi_lines *lines) {
  for (size_t i = 0; i < lines->inputs_count; i++) {
    if (!lines->inputs[i].again) return false;
  }
  return true;
}

bool pi_run_can_resume(const pi_run *run) {
  return run->output.kept && can_read_again(&run->feed.lines);
}

/* A name as it stands in JSON: one that is not UTF-8 is shown with escapes. */
static pi_slice printable(pi_arena *arena, const char *name) {
  pi_slice text = pi_slice_of(name);
  if (pi_utf8_check(text) == text.ptr + text.len) return text;
  pi_buffer shown;
  pi_buffer_init(&shown, 64 * 1024);
  pi_utf8_show(&shown, text, false);
  pi_slice kept =
      shown.failed ? (pi_slice){NULL, 0} : pi_arena_copy(arena, (pi_slice){shown.data, shown.len});
  pi_buffer_dispose(&shown);
  return kept;
}

static pubint_status prepare_manifest(pi_run *run, pubint_error *error) {
  pi_manifest *manifest = &run->manifest;
  size_t count = run->feed.lines.inputs_count;
  uint64_t interval = run->options->checkpoint_bytes;
  *manifest = (pi_manifest){.host = pi_slice_of(pubint_version()),
                            .policy = pi_slice_of(pubint_policy_id(run->policy)),
                            .policy_sums = run->policy->sums,
                            .files = pi_arena_alloc(&run->arena, count * sizeof *manifest->files)};
  bool room =
      manifest->files != NULL &&
      pi_checkpoints_init(&manifest->checkpoints, interval > 0 ? interval : PI_BATCH_CHECKPOINT_BYTES);
  for (; room && manifest->files_count < count; manifest->files_count++) {
    const pi_input *input = &run->feed.lines.inputs[manifest->files_count];
    const char *const *names = run->options->names;
    pi_slice name = printable(&run->arena, names != NULL ? names[manifest->files_count] : input->name);
    room = name.ptr != NULL;
    manifest->files[manifest->files_count] =
        (pi_manifest_file){.name = name, .sized = input->sized, .bytes = input->size};
  }
  return room ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

static pubint_status save(pi_run *run, pubint_error *error) {
  clock_gettime(CLOCK_MONOTONIC, &run->saved);
  return pi_manifest_write(&run->manifest, run->options->out, run->output.fd, error);
}

static pubint_status cannot_resume(pubint_error *error) {
  static const char EXPECTED[] = "an output and inputs that are files on disk, by name";
  pi_error_set(error, PI_E_CANNOT_RESUME);
  if (error != NULL) pi_error_field(error->expected, sizeof error->expected, EXPECTED, sizeof EXPECTED - 1);
  return PUBINT_E_USAGE;
}

/* Opens the output. Whatever can be refused is refused before it changes; the manifest is written before the
 * output is cut, so that a run that ends in between can be taken up. */
static pubint_status open_output(pi_run *run, pubint_error *error) {
  const pi_batch_options *options = run->options;
  pi_output_mode mode = options->resume ? PI_OUTPUT_RESUME : options->force ? PI_OUTPUT_FORCE : PI_OUTPUT_NEW;
  pubint_status status = pi_output_open(&run->output, options->out, mode, options->sha256, error);
  if (status != PUBINT_OK) return status;
  if (options->resume && !run->output.kept) return cannot_resume(error);
  if (options->resume) status = pi_resume(run, error);
  if (pi_stop_asked(options->stop)) run->cut = run->feed.ended = true; /* perhaps within comparing */
  if (status != PUBINT_OK || run->was_complete || run->cut || !run->output.kept) return status;
  status = save(run, error);
  if (status != PUBINT_OK && !run->output.existed) unlink(options->out);
  return status == PUBINT_OK ? pi_output_cut(&run->output, error) : status;
}

pubint_status pi_run_open(pi_run *run, const pubint_policy *policy, const pi_batch_options *options,
                          pubint_error *error) {
  *run = (pi_run){.policy = policy, .options = options, .output = {.fd = -1}};
  pi_arena_init(&run->arena, ARENA_BLOCK, ARENA_MAX);
  pi_feed_init(&run->feed);
  pubint_status status = pi_lines_open(&run->feed.lines, options->files, options->files_count,
                                       options->sha256, options->stop, error);
  if (status == PUBINT_OK && options->taker == NULL) status = check_output(run, error);
  if (status == PUBINT_OK && options->resume && (options->out == NULL || !can_read_again(&run->feed.lines))) {
    status = cannot_resume(error);
  }
  if (status == PUBINT_OK) status = prepare_manifest(run, error);
  if (status == PUBINT_OK) status = open_output(run, error);
  run->bytes_total = pi_lines_bytes(&run->feed.lines);
  return status;
}

void pi_run_close(pi_run *run) {
  pi_feed_dispose(&run->feed);
  pi_output_close(&run->output, NULL);
  pi_manifest_dispose(&run->manifest);
  pi_arena_dispose(&run->arena);
}

/* ---- taking and writing blocks ---- */

pubint_status pi_run_take(pi_worker *worker, bool *more, pubint_error *error) {
  pi_buffer_reset(&worker->text);
  worker->totals = (pi_totals){0};
  return pi_feed_take(&worker->run->feed, &worker->block, more, error);
}

static pubint_status write_text(pi_worker *worker, pubint_error *error) {
  const pi_batch_taker *taker = worker->run->options->taker;
  pi_slice text = {worker->text.data, worker->text.len};
  while (text.len > 0 && text.ptr[text.len - 1] != '\n') text.len--; /* a line that memory ran out in */
  pubint_status status = taker != NULL ? taker->take(taker->context, text.ptr, text.len, error)
                                       : pi_output_write(&worker->run->output, text.ptr, text.len, error);
  pi_buffer_reset(&worker->text);
  if (status == PUBINT_OK) pi_totals_add(&worker->run->output.totals, &worker->totals);
  worker->totals = (pi_totals){0};
  return status;
}

pubint_status pi_run_write_piece(pi_worker *worker, pubint_error *error) {
  pi_run *run = worker->run;
  pubint_status status = PUBINT_OK;
  if (pi_feed_enter(&run->feed, worker->block.sequence)) status = write_text(worker, error);
  pi_buffer_reset(&worker->text);
  pi_feed_leave(&run->feed, false, false);
  return status;
}

void pi_run_note_files(pi_run *run, size_t input) {
  for (size_t i = 0; i < input; i++) {
    const pi_input *from = &run->feed.lines.inputs[i];
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

/* Makes the end of a block the latest place to go on from, and saves it when it is time. Called in a
 * turn. */
static pubint_status move_on(pi_run *run, const pi_place *end, pubint_error *error) {
  pi_checkpoint *latest = &run->latest;
  pi_checkpoints *list = &run->manifest.checkpoints;
  if (!run->output.kept || end->within_line) return PUBINT_OK;
  uint64_t before = latest->input.all_bytes;
  bool keeps = pi_checkpoints_keeps(list, before, end->all_bytes);
  *latest = (pi_checkpoint){.input = *end,
                            .before = before,
                            .out_bytes = run->output.bytes,
                            .totals = run->output.totals,
                            .passing = !keeps};
  if (!pi_digest_now(&run->output.digest, &latest->out_digest)) return pi_error_set(error, PI_E_NO_MEMORY);
  if (!keeps && !long_since(&run->saved)) return PUBINT_OK;
  pi_run_note_files(run, end->input);
  pi_checkpoints_add(list, latest);
  return save(run, error);
}

static void report(pi_run *run, uint64_t bytes) {
  if (run->options->progress == NULL) return;
  pi_batch_progress now = {.totals = &run->output.totals,
                           .bytes = bytes,
                           .bytes_total = run->bytes_total,
                           .lines_before = run->resumed_lines,
                           .bytes_before = run->resumed_bytes};
  run->options->progress(run->options->context, &now);
}

bool pi_run_finish_block(pi_worker *worker, bool cut, pubint_status status, pubint_error *error) {
  pi_run *run = worker->run;
  bool has_turn = pi_feed_enter(&run->feed, worker->block.sequence);
  bool goes_on = false;
  if (has_turn) {
    pubint_status written = write_text(worker, status == PUBINT_OK ? error : NULL);
    if (status == PUBINT_OK) status = written;
    if (status == PUBINT_OK && !cut) status = move_on(run, &worker->block.end, error);
    if (status == PUBINT_OK) report(run, worker->block.end.all_bytes);
    run->cut = cut;
    run->status = status;
    if (status != PUBINT_OK) run->error = *error;
    goes_on = status == PUBINT_OK && !cut;
  }
  pi_feed_leave(&run->feed, has_turn, !goes_on);
  return goes_on;
}

/* ---- the end ---- */

/* What was read and what was answered are counted apart, by the reader and by the workers. */
static pubint_status check_lines(const pi_run *run, pubint_error *error) {
  uint64_t read = 0;
  for (size_t i = 0; i < run->feed.lines.inputs_count; i++) read += run->feed.lines.inputs[i].lines;
  if (read == run->output.totals.lines) return PUBINT_OK;
  return pi_error_setf(error, PI_E_CANNOT_WRITE, "%llu lines were read but %llu answered",
                       (unsigned long long)read, (unsigned long long)run->output.totals.lines);
}

/* Keeps the latest place of a run that ends early, so that nothing of it need be done twice. Where that
 * cannot be written, the manifest that stands there serves. */
static void save_latest(pi_run *run) {
  pi_checkpoints *list = &run->manifest.checkpoints;
  uint64_t saved = list->count > 0 ? list->points[list->count - 1].input.all_bytes : 0;
  if (!run->output.kept || run->was_complete || run->latest.input.all_bytes <= saved) return;
  pi_run_note_files(run, run->latest.input.input);
  pi_checkpoints_add(list, &run->latest);
  save(run, NULL);
}

/* The whole run as the last checkpoint, written or handed over. */
static pubint_status save_complete(pi_run *run, pubint_error *error) {
  const pi_batch_taker *taker = run->options->taker;
  size_t inputs = run->feed.lines.inputs_count;
  pi_checkpoint end = {.input = {.input = inputs, .all_bytes = run->feed.lines.bytes_before},
                       .before = run->feed.lines.bytes_before,
                       .out_bytes = run->output.bytes,
                       .totals = run->output.totals};
  if (taker == NULL && !pi_digest_now(&run->output.digest, &end.out_digest)) {
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  pi_run_note_files(run, inputs);
  pi_checkpoints_add(&run->manifest.checkpoints, &end);
  run->manifest.complete = true;
  return taker != NULL ? taker->end(taker->context, &run->manifest, error) : save(run, error);
}

pubint_status pi_run_end(pi_run *run, bool *complete, pubint_error *error) {
  pubint_status status = run->status;
  if (status != PUBINT_OK && error != NULL) *error = run->error;
  *complete = status == PUBINT_OK && !run->cut && run->feed.lines.current == run->feed.lines.inputs_count;
  if (*complete && !run->was_complete) {
    bool taken = run->options->taker != NULL; /* lines that were not wanted are counted nowhere */
    if (!taken) status = check_lines(run, error);
    if (status == PUBINT_OK && (run->output.kept || taken)) status = save_complete(run, error);
    if (status == PUBINT_OK) status = pi_output_close(&run->output, error);
    *complete = status == PUBINT_OK;
  }
  if (!*complete) save_latest(run);
  return status;
}
