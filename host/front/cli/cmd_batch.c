/* pubint batch: JSONL in, JSONL out, line for line. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "batch.h"
#include "batch_fields.h"
#include "commands.h"
#include "errors.h"
#include "interrupt.h"
#include "option_values.h"
#include "progress.h"
#include "summary.h"
#include "totals_json.h"

enum { FORMAT_JSONL, FORMAT_CSV, FORMAT_BY_NAME };
_Static_assert((int)PI_ROWS_JSONL == FORMAT_JSONL && (int)PI_ROWS_CSV == FORMAT_CSV,
               "the choices are formats");
static const char *const FORMATS[] = {
    [FORMAT_JSONL] = "jsonl", [FORMAT_CSV] = "csv", [FORMAT_BY_NAME] = NULL};

typedef struct batch_options {
  const char *fields;
  unsigned format;
  const char *out;
  uint64_t threads;
  uint64_t checkpoint;
  bool resume;
  bool force;
  bool strict;
  bool sha256;
} batch_options;

_Static_assert(PI_BATCH_CHECKPOINT_BYTES == 32 * 1024 * 1024, "what the help says");
static const pi_option OPTIONS[] = {
    {'o', "out", PI_OPTION_TEXT, "OUT", NULL, offsetof(batch_options, out),
     "write to the file OUT, and OUT.manifest.json beside it"},
    {'j', "threads", PI_OPTION_COUNT, "N", NULL, offsetof(batch_options, threads),
     "number of threads (one for each processor); the output is the same for every N"},
    {0, "fields", PI_OPTION_TEXT, "NAMES", NULL, offsetof(batch_options, fields),
     "write these fields alone, a short row for each line: id,outcome,basis,margin"},
    {0, "format", PI_OPTION_CHOICE, "FORMAT", FORMATS, offsetof(batch_options, format),
     "of --fields: csv or jsonl (csv where OUT ends in .csv, else jsonl)"},
    {0, "resume", PI_OPTION_FLAG, NULL, NULL, offsetof(batch_options, resume),
     "continue the interrupted run that was writing OUT"},
    {0, "checkpoint", PI_OPTION_COUNT, "MIB", NULL, offsetof(batch_options, checkpoint),
     "save a place to continue from after this much input (32 MiB)"},
    {0, "force", PI_OPTION_FLAG, NULL, NULL, offsetof(batch_options, force), "write over an OUT that exists"},
    {0, "strict", PI_OPTION_FLAG, NULL, NULL, offsetof(batch_options, strict),
     "stop after the first line that is refused"},
    {0, "sha256", PI_OPTION_FLAG, NULL, NULL, offsetof(batch_options, sha256),
     "also write SHA-256 digests into the manifest"},
};

/* Whether what is written cannot be looked at afterwards: standard output, a pipe, a device. */
static bool is_stream(const char *out) {
  struct stat status;
  return out == NULL || (stat(out, &status) == 0 && !S_ISREG(status.st_mode));
}

/* ---- options ---- */

static pi_exit check_options(const batch_options *options) {
  static const uint64_t CHECKPOINT_MIB_MAX = 1024 * 1024;
  pi_exit status = pi_threads_check(options->threads);
  if (status != PI_EXIT_DONE) return status;
  if (options->checkpoint < 1 || options->checkpoint > CHECKPOINT_MIB_MAX) {
    return pi_option_refuse_count("checkpoint", options->checkpoint, 1, CHECKPOINT_MIB_MAX);
  }
  if (options->format != FORMAT_BY_NAME && options->fields == NULL) {
    pubint_error error;
    pi_error_setf(&error, PI_E_OPTION_VALUE, "--format is the format of --fields, which is missing");
    return pi_complain(&error);
  }
  return options->resume && options->force ? pi_option_refuse_both("resume", "force") : PI_EXIT_DONE;
}

/* ---- the end ---- */

/* The summary goes where it cannot mix with evaluations: standard error, or with --json and an OUT the
 * totals as JSON to standard output. */
static void report(pi_call *call, const batch_options *options, const pubint_policy *policy,
                   const pi_batch_result *result, double seconds) {
  if (call->common.json && options->out != NULL) {
    pi_outline json = pi_outline_begin(call->out);
    pi_totals_members(&json, &result->totals);
    pi_outline_end(&json);
    return;
  }
  pi_buffer text;
  pi_buffer_init(&text, 1024 * 1024);
  pi_page page;
  pi_page_init(&page, &text, PI_PAGE_WIDTH, isatty(STDERR_FILENO) == 1 && pi_terminal_color(&call->common));
  pi_summary_print(&page, &result->totals, policy->id, result->resumed_lines,
                   result->was_complete ? 0 : seconds);
  pi_page_dispose(&page);
  pi_terminal_tell(&text, true);
  pi_buffer_dispose(&text);
}

static const char *how_to_go_on(const pi_batch_result *result) {
  if (result->packed)
    return "; what is packed is not resumed: begin anew with --force, or on the unpacked text";
  return result->can_resume ? "; go on with the same command and --resume" : "";
}

#define GO_PAST "\n    to go past it, use the same command without --strict and with --resume"

static pi_exit conclude(const batch_options *options, const pi_batch_result *result) {
  if (options->resume && result->was_complete) {
    fprintf(stderr, "pubint: the run was complete already\n");
  } else if (options->resume && result->resumed_lines == 0) {
    fprintf(stderr, "pubint: there was nothing to go on from; the run began anew\n");
  }
  if (result->refused_one) { /* --strict again would end at the same line again */
    fprintf(stderr, "pubint: stopped after line %llu, the first that was refused%s\n",
            (unsigned long long)result->totals.lines, result->can_resume ? GO_PAST : "");
    return PI_EXIT_REFUSED;
  }
  if (!result->complete) {
    fprintf(stderr, "pubint: interrupted after whole lines%s\n", how_to_go_on(result));
    return PI_EXIT_INTERRUPTED;
  }
  if (result->totals.refused == 0) return PI_EXIT_DONE;
  const char *out = options->out != NULL ? options->out : "the output";
  if (options->fields != NULL)
    fprintf(stderr,
            "pubint: each refused line has a row in %s; the fields line and error say where and why\n", out);
  else
    fprintf(stderr,
            "pubint: where and why lines were refused stands in the lines of %s that hold \"error\"\n", out);
  return PI_EXIT_REFUSED;
}

static pi_exit fail(pubint_error *error, const char *out, const pi_batch_result *result) {
  if (error->code == PI_E_OUTPUT_EXISTS && strcmp(error->file, out) == 0 && error->hint[0] == '-') {
    snprintf(error->hint, sizeof error->hint,
             "--resume goes on with a run that was interrupted, --force writes over it");
  }
  pi_exit status = pi_complain(error);
  if (result->can_resume && status == PI_EXIT_SYSTEM)
    fprintf(stderr, "pubint: what was written stays%s\n", how_to_go_on(result));
  return status;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  batch_options options = {.threads = pi_batch_processors(),
                           .checkpoint = PI_BATCH_CHECKPOINT_BYTES >> 20,
                           .format = FORMAT_BY_NAME};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  status = check_options(&options);
  if (status != PI_EXIT_DONE) return status;
  if (options.out != NULL && strcmp(options.out, "-") == 0) options.out = NULL;
  pi_rows rows = {.format = options.format == FORMAT_BY_NAME ? pi_batch_fields_format(options.out)
                                                             : (pi_rows_format)options.format};
  if (options.fields != NULL) status = pi_batch_fields_read(&rows, options.fields);
  if (status != PI_EXIT_DONE) return status;
  if (!pi_command_spares_policy(&call->common, options.out, "", &status) ||
      !pi_command_spares_policy(&call->common, options.out, ".manifest.json", &status))
    return status;
  pubint_policy *policy = pi_command_policy(&call->common, &status);
  if (policy == NULL) return status;

  pi_progress progress;
  pi_progress_begin(&progress);
  pi_interrupt_catch();
  /* A reader that goes away ends the program without a word, as with any other that writes lines. */
  if (is_stream(options.out)) signal(SIGPIPE, SIG_DFL);
  pi_batch_options batch = {.no_excerpts = call->common.no_excerpts,
                            .files = call->arguments.items,
                            .files_count = call->arguments.count,
                            .out = options.out,
                            .rows = options.fields != NULL ? &rows : NULL,
                            .threads = (unsigned)options.threads,
                            .strict = options.strict,
                            .resume = options.resume,
                            .force = options.force,
                            .sha256 = options.sha256,
                            .checkpoint_bytes = options.checkpoint << 20,
                            .stop = pi_interrupt_stop(),
                            .show =
                                options.out == NULL && isatty(STDOUT_FILENO) == 1 ? pi_terminal_json : NULL,
                            .progress = pi_progress_draw,
                            .context = &progress};
  pi_batch_result result;
  pubint_error error = {0};
  pubint_status done = pi_batch_run(policy, &batch, &result, &error);
  double seconds = pi_progress_seconds(&progress);
  pi_progress_end(&progress);
  if (done == PUBINT_OK) report(call, &options, policy, &result, seconds);
  pubint_policy_free(policy);
  if (done != PUBINT_OK) return fail(&error, options.out, &result);
  return conclude(&options, &result);
}

const pi_command pi_command_batch = {
    .name = "batch",
    .form = "[FILE…]",
    .summary = "evaluate many cases, one a line",
    .about =
        "Reads cases, one a line, from the FILEs, or from standard input without a FILE or with -. Writes "
        "one line for each case, in the same order: the evaluation, or an error that says why the line "
        "was refused. A refused line does not stop the run; the exit code is then 3.\n"
        "With -o, the manifest beside OUT records what was read, under which policy, and the counts. "
        "--resume continues an interrupted run, and the result has the same bytes as a run without "
        "interruption.\n"
        "--fields writes a row of some fields for each line, in place of the evaluation. A field is a path "
        "within it without the leading slash, as rules/0/margin; `pubint schema evaluation` lists them. "
        "margin is the lowest margin of the case, line and file say where it stood, error is the code of a "
        "refused line, and error/message says why. A refused line has a row too. What a line does not have "
        "is null, and in CSV an empty cell; lists and objects are JSON. CSV is as in RFC 4180, with a header. "
        "A text that begins with =, +, -, @, a tab or a CR gets a ' before it, so that no spreadsheet takes "
        "it for a formula.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = SIZE_MAX,
    .run = run,
};
