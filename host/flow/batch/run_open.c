#include "run_open.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "errors.h"
#include "resume.h"
#include "target.h"
#include "utf8.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 512 * 1024 * 1024 };

/* An output that is one of the inputs would be emptied before it is read, or grow while it is. That holds for
 * the manifest beside it too. */
static pubint_status check_output(const pi_run *run, pubint_error *error) {
  const char *out = run->options->out;
  char beside[PI_MANIFEST_NAME_BYTES];
  bool has_beside = out != NULL && pi_manifest_name(beside, out);
  pubint_status status = PUBINT_OK;
  for (size_t i = 0; i < run->crew.feed.lines.inputs_count && status == PUBINT_OK; i++) {
    const char *name = run->crew.feed.lines.inputs[i].name;
    status = pi_target_refuse_input(out, name, error);
    if (status == PUBINT_OK && has_beside) status = pi_target_refuse_input(beside, name, error);
  }
  return status;
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

static bool describe_rows(pi_run *run) {
  const pi_rows *rows = run->options->rows;
  if (rows == NULL) return true;
  pi_buffer text;
  pi_buffer_init(&text, 64 * 1024);
  pi_rows_describe(rows, &text);
  if (!text.failed) run->manifest.rows = pi_arena_copy(&run->arena, (pi_slice){text.data, text.len});
  pi_buffer_dispose(&text);
  return run->manifest.rows.ptr != NULL;
}

static pubint_status prepare_manifest(pi_run *run, pubint_error *error) {
  pi_manifest *manifest = &run->manifest;
  size_t count = run->crew.feed.lines.inputs_count;
  uint64_t interval = run->options->checkpoint_bytes;
  *manifest = (pi_manifest){.host = pi_slice_of(pubint_version()),
                            .policy = pi_slice_of(pubint_policy_id(run->policy)),
                            .policy_sums = run->policy->sums,
                            .files = pi_arena_alloc(&run->arena, count * sizeof *manifest->files)};
  bool room =
      manifest->files != NULL && describe_rows(run) &&
      pi_checkpoints_init(&manifest->checkpoints, interval > 0 ? interval : PI_BATCH_CHECKPOINT_BYTES);
  for (; room && manifest->files_count < count; manifest->files_count++) {
    const pi_input *input = &run->crew.feed.lines.inputs[manifest->files_count];
    const char *const *names = run->options->names;
    pi_slice name = printable(&run->arena, names != NULL ? names[manifest->files_count] : input->name);
    room = name.ptr != NULL;
    manifest->files[manifest->files_count] =
        (pi_manifest_file){.name = name, .sized = input->sized, .bytes = input->size};
  }
  return room ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

/* A place within what is packed cannot be gone back to. */
static pubint_status refuse_packed(const pi_run *run, pubint_error *error) {
  const pi_lines *lines = &run->crew.feed.lines;
  pubint_status status = PUBINT_OK;
  for (size_t i = 0; i < lines->inputs_count && status == PUBINT_OK; i++) {
    status = pi_packing_refuse_file(lines->inputs[i].name, "by --resume", error);
  }
  if (status != PUBINT_OK && error != NULL) {
    snprintf(error->hint, sizeof error->hint,
             "begin anew with --force; a run on the unpacked text can be resumed");
  }
  return status;
}

static pubint_status cannot_resume(pubint_error *error) {
  static const char EXPECTED[] = "an output and inputs that are files on disk, by name";
  pubint_status refused = pi_error_set(error, PI_E_CANNOT_RESUME);
  if (error != NULL) pi_error_field(error->expected, sizeof error->expected, EXPECTED, sizeof EXPECTED - 1);
  return refused;
}

/* What lies where the manifest goes is refused as an OUT that exists. One to go on from is read first
 * (resume.h), which proves it; without an OUT there is nothing that it could be of. */
static pubint_status check_manifest(pi_run *run, pubint_error *error) {
  const pi_batch_options *options = run->options;
  char name[PI_MANIFEST_NAME_BYTES];
  pi_target_there out, there;
  if (options->out == NULL || !pi_manifest_name(name, options->out)) return PUBINT_OK;
  pi_target_over over = options->force || options->resume ? PI_TARGET_FORCE : PI_TARGET_NAMED;
  pubint_status status = pi_target_check(options->out, over, &out, error);
  if (status != PUBINT_OK || out.direct) return status;
  bool force = options->force || (options->resume && out.exists);
  status = pi_target_check(name, force ? PI_TARGET_FORCE : PI_TARGET_NAMED, &there, error);
  if (status == PUBINT_OK && there.direct) status = pi_target_check(name, PI_TARGET_NEW, &there, error);
  run->manifest.own = force;
  return status;
}

/* Opens the output. Whatever can be refused is refused before it changes; the manifest is written before the
 * output is cut, so that a run that ends in between can be taken up. */
static pubint_status open_output(pi_run *run, pubint_error *error) {
  const pi_batch_options *options = run->options;
  pubint_status status = check_manifest(run, error);
  if (status != PUBINT_OK) return status;
  pi_output_mode mode = options->resume ? PI_OUTPUT_RESUME : options->force ? PI_OUTPUT_FORCE : PI_OUTPUT_NEW;
  status = pi_output_open(&run->output, options->out, mode, options->sha256, error);
  if (status != PUBINT_OK) return status;
  if (options->resume && !run->output.kept) return cannot_resume(error);
  if (options->resume) status = pi_resume(run, error);
  if (pi_stop_asked(options->stop))
    run->crew.cut = run->crew.feed.ended = true; /* perhaps within comparing */
  if (status != PUBINT_OK || run->was_complete || run->crew.cut || !run->output.kept) return status;
  status = pi_run_save(run, error);
  if (status != PUBINT_OK && !run->output.existed) unlink(options->out);
  if (status != PUBINT_OK) return status;
  bool doubtful = options->resume && run->output.bytes == 0; /* no checkpoint says what it is */
  return doubtful ? pi_output_doubt(&run->output, error) : pi_output_cut(&run->output, error);
}

/* What stands before the first row, where the output begins. */
static pubint_status write_head(pi_run *run, pubint_error *error) {
  const pi_rows *rows = run->options->rows;
  if (rows == NULL || run->output.bytes > 0 || run->was_complete || run->crew.cut) return PUBINT_OK;
  pi_buffer head;
  pi_buffer_init(&head, 64 * 1024);
  pi_rows_head(rows, &head);
  pubint_status status = head.failed     ? pi_error_set(error, PI_E_NO_MEMORY)
                         : head.len == 0 ? PUBINT_OK
                                         : pi_output_write(&run->output, head.data, head.len, error);
  pi_buffer_dispose(&head);
  return status;
}

pubint_status pi_run_open(pi_run *run, const pubint_policy *policy, const pi_batch_options *options,
                          const pi_crew_job *job, pubint_error *error) {
  *run = (pi_run){.policy = policy, .options = options, .output = {.fd = -1}};
  pi_arena_init(&run->arena, ARENA_BLOCK, ARENA_MAX);
  pi_crew_init(&run->crew, job, options->stop);
  pubint_status status = pi_lines_open(&run->crew.feed.lines, options->files, options->files_count,
                                       options->sha256, options->stop, error);
  if (status == PUBINT_OK && options->taker == NULL) status = check_output(run, error);
  if (status == PUBINT_OK && options->resume) status = refuse_packed(run, error);
  if (status == PUBINT_OK && options->resume && (options->out == NULL || !pi_run_can_read_again(run))) {
    status = cannot_resume(error);
  }
  if (status == PUBINT_OK) status = prepare_manifest(run, error);
  if (status == PUBINT_OK) status = open_output(run, error);
  if (status == PUBINT_OK) status = write_head(run, error);
  run->bytes_total = pi_lines_bytes(&run->crew.feed.lines);
  return status;
}
