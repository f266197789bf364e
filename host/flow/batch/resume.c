#include "resume.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"

/* ---- whether it is the same run ---- */

static pubint_status refuse(const char *file, const char *why, pubint_error *error) {
  pubint_status refused = pi_error_setf(error, PI_E_NOT_THAT_RUN, "%s", why);
  if (error != NULL) pi_error_field(error->file, sizeof error->file, file, strlen(file));
  return refused;
}

/* Says what the interrupted run had, and what this one has. */
static pubint_status refuse_other(const pi_run *run, const char *what, pi_slice had, pi_slice has,
                                  pubint_error *error) {
  pubint_status refused = pi_error_setf(error, PI_E_NOT_THAT_RUN, "the interrupted run had another %s", what);
  if (error != NULL) {
    pi_error_field(error->file, sizeof error->file, run->options->out, strlen(run->options->out));
    pi_error_found(error, has.ptr, has.len);
    pi_error_field(error->expected, sizeof error->expected, had.ptr, had.len);
  }
  return refused;
}

static pubint_status refuse_size(const pi_manifest_file *was, const pi_manifest_file *is,
                                 pubint_error *error) {
  pubint_status status = refuse(is->name.ptr, "the input is not what it was", error);
  if (error == NULL) return status;
  snprintf(error->found, sizeof error->found, "%llu bytes", (unsigned long long)is->bytes);
  snprintf(error->expected, sizeof error->expected, "%llu bytes", (unsigned long long)was->bytes);
  return status;
}

static pi_slice rows_of(const pi_manifest *manifest) {
  return manifest->rows.ptr != NULL ? manifest->rows : PI_SLICE("whole evaluations");
}

static pubint_status check_same_run(const pi_run *run, const pi_manifest *was, pubint_error *error) {
  const pi_manifest *is = &run->manifest;
  if (!pi_slice_equal(was->host, is->host)) {
    return refuse_other(run, "version of pubint", was->host, is->host, error);
  }
  if (!pi_slice_equal(was->policy, is->policy)) {
    return refuse_other(run, "policy", was->policy, is->policy, error);
  }
  if (!pi_slice_equal(was->rows, is->rows)) {
    return refuse_other(run, "--fields or --format", rows_of(was), rows_of(is), error);
  }
  for (size_t i = 0; i < was->files_count && i < is->files_count; i++) {
    const pi_manifest_file *had = &was->files[i], *has = &is->files[i];
    if (!pi_slice_equal(had->name, has->name)) return refuse_other(run, "input", had->name, has->name, error);
    /* A file that has grown or shrunk is another, even where the part that was read is the same. */
    if (had->bytes != has->bytes) return refuse_size(had, has, error);
  }
  if (was->files_count != is->files_count) {
    return refuse(run->options->out, "the interrupted run had another number of inputs", error);
  }
  return PUBINT_OK;
}

/* ---- where it is taken up ---- */

/* The last checkpoint that an output of so many bytes reaches; NULL where there is none. */
static const pi_checkpoint *find_checkpoint(const pi_manifest *was, uint64_t out_bytes) {
  const pi_checkpoints *list = &was->checkpoints;
  size_t done = 0;
  while (done < was->files_count && was->files[done].done) done++;
  for (size_t i = list->count; i > 0; i--) {
    const pi_checkpoint *point = &list->points[i - 1];
    if (point->out_bytes <= out_bytes && point->input.input <= done) return point;
  }
  return NULL;
}

/* Stands input, output and manifest behind `point`. */
static pubint_status take_up(pi_run *run, const pi_manifest *was, const pi_checkpoint *point,
                             pubint_error *error) {
  pi_lines *lines = &run->crew.feed.lines;
  size_t before = point->input.input;
  pi_digest_value *digests = pi_arena_alloc(&run->arena, (before + 1) * sizeof *digests);
  if (digests == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  for (size_t i = 0; i < before; i++) digests[i] = was->files[i].digest;
  pubint_status status = pi_output_seek(&run->output, point->out_bytes, &point->out_digest, error);
  if (status == PUBINT_OK) status = pi_lines_seek(lines, &point->input, digests, error);
  if (status != PUBINT_OK) return status;
  for (size_t i = 0; i < before; i++) lines->inputs[i].lines = was->files[i].lines;
  pi_run_note_files(run, before);
  size_t last = (size_t)(point - was->checkpoints.points);
  pi_checkpoints_take(&run->manifest.checkpoints, &was->checkpoints, last);
  run->totals = point->totals;
  run->latest = *point;
  run->resumed_lines = point->totals.lines;
  run->resumed_bytes = point->input.all_bytes;
  run->was_complete = was->complete && last + 1 == was->checkpoints.count;
  return PUBINT_OK;
}

static pubint_status take_up_from(pi_run *run, const pi_manifest *was, pubint_error *error) {
  uint64_t bytes = 0;
  pubint_status status = check_same_run(run, was, error);
  if (status == PUBINT_OK) status = pi_output_size(&run->output, &bytes, error);
  if (status != PUBINT_OK) return status;
  const pi_checkpoints *list = &was->checkpoints;
  if (was->complete && bytes > list->points[list->count - 1].out_bytes) {
    return refuse(run->options->out, "the output is longer than what the run wrote", error);
  }
  const pi_checkpoint *point = find_checkpoint(was, bytes);
  return point != NULL ? take_up(run, was, point, error) : PUBINT_OK;
}

pubint_status pi_resume(pi_run *run, pubint_error *error) {
  pi_manifest was;
  bool exists;
  uint64_t bytes = 0;
  const char *out = run->options->out;
  if (!run->output.existed) return PUBINT_OK; /* ended before it had begun */
  pubint_status status = pi_manifest_read(&was, out, &exists, &run->arena, error);
  if (status != PUBINT_OK) return status;
  if (exists) {
    status = take_up_from(run, &was, error);
    pi_manifest_dispose(&was);
    return status;
  }
  /* A run may end before its first manifest; then its output is empty. */
  status = pi_output_size(&run->output, &bytes, error);
  if (status != PUBINT_OK || bytes == 0) return status;
  return refuse(out, "there is no manifest beside the output to go on from", error);
}
