#include "run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file_error.h"

enum { CHECKPOINT_BYTES = 32 * 1024 * 1024, CHECKPOINTS_MAX = 65536, ARENA_BLOCK = 64 * 1024 };
#define ARENA_MAX ((size_t)512 * 1024 * 1024)

/* ---- opening ---- */

static bool same_file(const struct stat *a, const char *name) {
  struct stat b;
  return stat(name, &b) == 0 && a->st_dev == b.st_dev && a->st_ino == b.st_ino;
}

/* An output that is one of the inputs would be emptied before it is read. */
static pubint_status check_options(const pi_batch_options *options, pubint_error *error) {
  bool piped = options->files_count == 0;
  struct stat out;
  bool exists = options->out != NULL && stat(options->out, &out) == 0;
  for (size_t i = 0; i < options->files_count; i++) {
    const char *name = options->files[i];
    if (strcmp(name, "-") == 0) piped = true;
    if (!exists || !S_ISREG(out.st_mode) || !same_file(&out, name)) continue;
    pubint_status status = pi_error_set(error, PI_E_OUTPUT_IS_INPUT);
    if (error != NULL) pi_error_field(error->file, sizeof error->file, name, strlen(name));
    return status;
  }
  if (options->resume && (piped || options->out == NULL)) return pi_error_set(error, PI_E_CANNOT_RESUME);
  return PUBINT_OK;
}

/* Bytes of all inputs together; 0 where one of them is not a file. */
static uint64_t total_bytes(const pi_batch_options *options) {
  uint64_t total = 0;
  for (size_t i = 0; i < options->files_count; i++) {
    struct stat status;
    if (stat(options->files[i], &status) != 0 || !S_ISREG(status.st_mode)) return 0;
    total += (uint64_t)status.st_size;
  }
  return total;
}

static pubint_status prepare_manifest(pi_run *run, pubint_error *error) {
  pi_manifest *manifest = &run->manifest;
  size_t inputs = run->lines.inputs_count;
  *manifest = (pi_manifest){.host = pi_slice_of(pubint_version()),
                            .policy = pi_slice_of(pubint_policy_id(run->policy)),
                            .names_count = inputs};
  manifest->names = pi_arena_alloc(&run->arena, inputs * sizeof *manifest->names);
  manifest->files = pi_arena_alloc(&run->arena, inputs * sizeof *manifest->files);
  manifest->checkpoints = malloc(sizeof *manifest->checkpoints);
  if (manifest->names == NULL || manifest->files == NULL || manifest->checkpoints == NULL) {
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  for (size_t i = 0; i < inputs; i++) manifest->names[i] = pi_slice_of(run->lines.inputs[i].name);
  return PUBINT_OK;
}

/* ---- resuming ---- */

/* Whether the manifest is of this input, policy and version; if not, what differs. */
static pubint_status check_same_run(const pi_run *run, const pi_manifest *old, pubint_error *error) {
  const char *differs = NULL;
  if (!pi_slice_equal(old->host, run->manifest.host))
    differs = "another version of pubint";
  else if (!pi_slice_equal(old->policy, run->manifest.policy))
    differs = "another policy";
  else if (old->names_count != run->manifest.names_count)
    differs = "other inputs";
  for (size_t i = 0; differs == NULL && i < old->names_count; i++) {
    if (!pi_slice_equal(old->names[i], run->manifest.names[i])) differs = "other inputs";
  }
  if (differs == NULL) return PUBINT_OK;
  return pi_error_setf(error, PI_E_NOT_THAT_RUN, "the interrupted run had %s", differs);
}

/* The last checkpoint that the output reaches; NULL where there is none. */
static const pi_checkpoint *usable_checkpoint(const pi_manifest *old, uint64_t out_bytes) {
  const pi_checkpoint *found = NULL;
  for (size_t i = 0; i < old->checkpoints_count; i++) {
    const pi_checkpoint *point = &old->checkpoints[i];
    if (point->out_bytes <= out_bytes && point->input.input <= old->files_count) found = point;
  }
  return found;
}

/* Takes over what the old manifest says of files and places up to `point`. */
static pubint_status take_over(pi_run *run, const pi_manifest *old, const pi_checkpoint *point,
                               pubint_error *error) {
  size_t inputs = run->lines.inputs_count;
  if (point->input.input > inputs) return pi_error_set(error, PI_E_NOT_THAT_RUN);
  size_t points = (size_t)(point - old->checkpoints) + 1;
  pi_digest_value *digests = pi_arena_alloc(&run->arena, (inputs + 1) * sizeof *digests);
  pi_checkpoint *kept = realloc(run->manifest.checkpoints, (points + 1) * sizeof *kept);
  if (kept != NULL) run->manifest.checkpoints = kept;
  if (digests == NULL || kept == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  memcpy(kept, old->checkpoints, points * sizeof *kept);
  run->manifest.checkpoints_count = points;
  for (size_t i = 0; i < point->input.input; i++) {
    run->manifest.files[run->manifest.files_count++] = old->files[i];
    digests[i] = old->files[i].digest;
    run->bytes_done += old->files[i].bytes;
  }
  run->bytes_done += point->input.bytes;
  run->resumed_lines = point->totals.lines;
  return pi_lines_seek(&run->lines, &point->input, digests, error);
}

static pubint_status resume(pi_run *run, pubint_error *error) {
  pi_manifest old;
  uint64_t bytes = 0;
  const char *out = run->options->out;
  pubint_status status = pi_manifest_read(&old, out, &run->arena, error);
  if (status == PUBINT_OK) status = check_same_run(run, &old, error);
  if (status == PUBINT_OK) status = pi_output_size(out, &bytes, error);
  if (status != PUBINT_OK) return status;
  const pi_checkpoint *point = usable_checkpoint(&old, bytes);
  status = pi_output_reopen(&run->output, out, point, run->options->sha256, error);
  if (status != PUBINT_OK || point == NULL) return status;
  run->was_complete = old.complete && point == &old.checkpoints[old.checkpoints_count - 1];
  return take_over(run, &old, point, error);
}

pubint_status pi_run_open(pi_run *run, const pubint_policy *policy, const pi_batch_options *options,
                          pubint_error *error) {
  *run = (pi_run){.policy = policy, .options = options, .lines = {.fd = -1}, .output = {.fd = -1}};
  pi_arena_init(&run->arena, ARENA_BLOCK, ARENA_MAX);
  pthread_mutex_init(&run->reading, NULL); /* none of these can fail with default attributes */
  pthread_mutex_init(&run->writing, NULL);
  pthread_cond_init(&run->turn_changed, NULL);
  run->bytes_total = total_bytes(options);
  pubint_status status = check_options(options, error);
  if (status == PUBINT_OK) {
    status = pi_lines_open(&run->lines, options->files, options->files_count, options->sha256, options->stop,
                           error);
  }
  if (status == PUBINT_OK) status = prepare_manifest(run, error);
  struct stat out;
  bool going_on = options->resume && options->out != NULL && stat(options->out, &out) == 0;
  if (status == PUBINT_OK) {
    status = going_on ? resume(run, error)
                      : pi_output_create(&run->output, options->out, options->force, options->sha256, error);
  }
  if (status == PUBINT_OK && options->out != NULL && !run->was_complete) {
    status = pi_manifest_write(&run->manifest, options->out, run->output.fd, error);
  }
  if (status != PUBINT_OK) pi_run_close(run);
  return status;
}

void pi_run_close(pi_run *run) {
  pi_lines_close(&run->lines);
  pi_output_close(&run->output, NULL);
  free(run->manifest.checkpoints);
  pthread_cond_destroy(&run->turn_changed);
  pthread_mutex_destroy(&run->writing);
  pthread_mutex_destroy(&run->reading);
  pi_arena_dispose(&run->arena);
}

/* ---- taking and writing blocks ---- */

pubint_status pi_run_take(pi_worker *worker, bool *more, pubint_error *error) {
  pi_run *run = worker->run;
  *more = false;
  pthread_mutex_lock(&run->writing);
  bool ended = run->cut || run->status != PUBINT_OK;
  pthread_mutex_unlock(&run->writing);
  if (ended) return PUBINT_OK;
  pi_buffer_reset(&worker->text);
  worker->totals = (pi_totals){0};
  pthread_mutex_lock(&run->reading);
  pubint_status status = pi_lines_next(&run->lines, &worker->block, more, error);
  pthread_mutex_unlock(&run->reading);
  return status;
}

/* Adds a place to go on from, and writes the manifest. Called with the lock held. */
static pubint_status add_checkpoint(pi_run *run, const pi_place *place, pubint_error *error) {
  pi_manifest *manifest = &run->manifest;
  bool full = manifest->checkpoints_count == CHECKPOINTS_MAX;
  if (full && !manifest->complete) return PUBINT_OK; /* those there are serve on */
  size_t count = manifest->checkpoints_count + 1;
  pi_checkpoint *points = realloc(manifest->checkpoints, count * sizeof *points);
  if (points == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  manifest->checkpoints = points;
  pi_checkpoint *point = &points[count - 1];
  *point = (pi_checkpoint){.input = *place, .out_bytes = run->output.bytes, .totals = run->output.totals};
  if (!pi_digest_now(&run->output.digest, &point->out_digest)) return pi_error_set(error, PI_E_NO_MEMORY);
  manifest->checkpoints_count = count;
  return pi_manifest_write(manifest, run->options->out, run->output.fd, error);
}

/* Notes the digests of files that the block has left behind. Called with the lock held. */
static void note_files(pi_run *run, const pi_place *place) {
  pi_manifest *manifest = &run->manifest;
  while (manifest->files_count < place->input) {
    const pi_input *input = &run->lines.inputs[manifest->files_count];
    pi_manifest_file *file = &manifest->files[manifest->files_count++];
    *file = (pi_manifest_file){.name = pi_slice_of(input->name), .bytes = input->bytes};
    pi_digest_now(&input->digest, &file->digest);
  }
}

/* Waits for the block's turn; false when the run has ended before it. Called with the lock held. */
static bool wait_turn(pi_run *run, uint64_t sequence) {
  while (run->turn != sequence && !run->cut && run->status == PUBINT_OK) {
    pthread_cond_wait(&run->turn_changed, &run->writing);
  }
  return !run->cut && run->status == PUBINT_OK;
}

static pubint_status write_text(pi_worker *worker, pubint_error *error) {
  pubint_status status = pi_output_write(&worker->run->output, worker->text.data, worker->text.len, error);
  pi_buffer_reset(&worker->text);
  pi_totals_add(&worker->run->output.totals, &worker->totals);
  worker->totals = (pi_totals){0};
  return status;
}

pubint_status pi_run_write_piece(pi_worker *worker, pubint_error *error) {
  pi_run *run = worker->run;
  pthread_mutex_lock(&run->writing);
  pubint_status status = wait_turn(run, worker->block.sequence) ? write_text(worker, error) : PUBINT_OK;
  pi_buffer_reset(&worker->text);
  pthread_mutex_unlock(&run->writing);
  return status;
}

pubint_status pi_run_finish_block(pi_worker *worker, bool cut, pubint_error *error) {
  pi_run *run = worker->run;
  pubint_status status = PUBINT_OK;
  pthread_mutex_lock(&run->writing);
  if (wait_turn(run, worker->block.sequence)) {
    status = write_text(worker, error);
    run->cut = cut;
    run->turn++;
    run->bytes_done += worker->block.bytes;
    run->output.input_since += worker->block.bytes;
    note_files(run, &worker->block.end);
    bool due = run->output.input_since >= CHECKPOINT_BYTES && run->options->out != NULL && !cut;
    if (status == PUBINT_OK && due) {
      run->output.input_since = 0;
      status = add_checkpoint(run, &worker->block.end, error);
    }
    if (run->options->progress != NULL) {
      pi_batch_progress now = {&run->output.totals, run->bytes_done, run->bytes_total};
      run->options->progress(run->options->context, &now);
    }
    pthread_cond_broadcast(&run->turn_changed);
  }
  pthread_mutex_unlock(&run->writing);
  return status;
}

void pi_run_fail(pi_run *run, const pubint_error *error) {
  pthread_mutex_lock(&run->writing);
  if (run->status == PUBINT_OK) {
    run->status = error->status;
    run->error = *error;
  }
  pthread_cond_broadcast(&run->turn_changed);
  pthread_mutex_unlock(&run->writing);
}

pubint_status pi_run_complete(pi_run *run, pubint_error *error) {
  if (run->options->out == NULL) return PUBINT_OK;
  pi_lines *lines = &run->lines;
  bool all = !run->cut && lines->current == lines->inputs_count;
  if (!all) return PUBINT_OK; /* the running manifest serves to go on from */
  pi_place end = {.input = lines->inputs_count};
  note_files(run, &end);
  run->manifest.complete = true;
  pubint_status status = add_checkpoint(run, &end, error);
  return status == PUBINT_OK ? pi_output_close(&run->output, error) : status;
}
