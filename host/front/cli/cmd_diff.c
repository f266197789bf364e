/* pubint diff: two policies over the same cases. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "diff.h"
#include "diff_report.h"
#include "errors.h"
#include "file_error.h"
#include "interrupt.h"
#include "option_values.h"
#include "progress.h"
#include "revision.h"
#include "target.h"

typedef struct diff_options {
  uint64_t threads;
  uint64_t max_flips;
  uint64_t max_grants;
  uint64_t samples;
  const char *near;
  bool jsonl;
  bool markdown;
} diff_options;

_Static_assert(PI_DIFF_SAMPLES == 3 && PI_DIFF_NEAR == PI_NANO / 2 && PI_DIFF_NEAR_MAX == 1000 * PI_NANO,
               "what the help says");
static const pi_option OPTIONS[] = {
    {'j', "threads", PI_OPTION_COUNT, "N", NULL, offsetof(diff_options, threads),
     "number of threads (one for each processor); the report is the same for every N"},
    {0, "max-flips", PI_OPTION_COUNT, "N", NULL, offsetof(diff_options, max_flips),
     "exit with 1 if more than N outcomes change"},
    {0, "max-grants", PI_OPTION_COUNT, "N", NULL, offsetof(diff_options, max_grants),
     "exit with 1 if more than N cases newly get a notice"},
    {0, "near", PI_OPTION_TEXT, "POINTS", NULL, offsetof(diff_options, near),
     "a margin this close to 0 is a near miss (0.5)"},
    {0, "samples", PI_OPTION_COUNT, "N", NULL, offsetof(diff_options, samples),
     "show this many cases of each group (3)"},
    {0, "jsonl", PI_OPTION_FLAG, NULL, NULL, offsetof(diff_options, jsonl),
     "print each changed outcome as a line of JSON, in the order of the cases"},
    {0, "markdown", PI_OPTION_FLAG, NULL, NULL, offsetof(diff_options, markdown),
     "print a report for a merge request"},
};

/* ---- options ---- */

static pi_exit check_options(const diff_options *options, const pi_common *common) {
  pubint_error error;
  pi_exit status = pi_threads_check(options->threads);
  if (status != PI_EXIT_DONE) return status;
  if (options->samples > PI_DIFF_SAMPLES_MAX)
    return pi_option_refuse_count("samples", options->samples, 0, PI_DIFF_SAMPLES_MAX);
  if (options->jsonl + options->markdown + common->json > 1) {
    pi_error_setf(&error, PI_E_OPTION_VALUE, "--json, --jsonl and --markdown do not go together");
    return pi_complain(&error);
  }
  if (common->policy != NULL) {
    pi_error_setf(&error, PI_E_OPTION_VALUE, "diff takes no --policy");
    snprintf(error.expected, sizeof error.expected, "the old policy and the new as arguments");
    return pi_complain(&error);
  }
  return PI_EXIT_DONE;
}

/* A report at the end of the cases would be a case, and a flip written while they are read another to read.
 */
static pi_exit refuse_output(const char *const *files, size_t count) {
  pubint_error error;
  pubint_status status = count == 0 ? pi_target_refuse_input(NULL, "-", &error) : PUBINT_OK;
  for (size_t i = 0; i < count && status == PUBINT_OK; i++) {
    status = pi_target_refuse_input(NULL, files[i], &error);
  }
  return status == PUBINT_OK ? PI_EXIT_DONE : pi_complain(&error);
}

/* ---- what is written while it goes on ---- */

typedef struct diff_stream {
  pi_progress progress;
  pi_buffer shown; /* for a terminal */
} diff_stream;

static void draw(void *context, const pi_batch_progress *now) {
  diff_stream *stream = context;
  pi_progress_draw(&stream->progress, now);
}

static bool write_lines(void *context, pi_slice lines, pubint_error *error) {
  diff_stream *stream = context;
  pi_buffer_reset(&stream->shown);
  pi_terminal_json(&stream->shown, lines);
  pi_slice shown = {stream->shown.data, stream->shown.len};
  if (stream->shown.failed) {
    pi_error_set(error, PI_E_NO_MEMORY);
    return false;
  }
  errno = 0;
  if (fwrite(shown.ptr, 1, shown.len, stdout) == shown.len && fflush(stdout) == 0) return true;
  pi_file_error(error, PI_E_CANNOT_WRITE, "<stdout>", errno != 0 ? errno : EIO);
  return false;
}

/* ---- the end ---- */

static void report(pi_call *call, const diff_options *options, const pi_diff *diff) {
  if (options->jsonl) return;
  if (call->common.json) {
    pi_buffer line;
    pi_buffer_init(&line, call->out->max);
    pi_diff_write(diff, &line);
    pi_terminal_json(call->out, (pi_slice){line.data, line.len});
    call->out->failed = call->out->failed || line.failed;
    pi_buffer_dispose(&line);
  } else if (options->markdown) {
    pi_diff_write_markdown(diff, call->out);
  } else {
    pi_page page;
    pi_command_page(call, &page);
    pi_diff_print(diff, &page);
    pi_page_dispose(&page);
  }
}

static pi_exit hold(pi_code code, uint64_t found, uint64_t limit) {
  pubint_error error;
  if (found <= limit) return PI_EXIT_DONE;
  pi_error_set(&error, code);
  snprintf(error.found, sizeof error.found, "%llu", (unsigned long long)found);
  snprintf(error.expected, sizeof error.expected, "at most %llu", (unsigned long long)limit);
  return pi_complain(&error);
}

static pi_exit conclude(const diff_options *options, const pi_diff *diff) {
  if (!diff->complete) {
    fprintf(stderr, "pubint: interrupted after %llu lines, which are all that was compared\n",
            (unsigned long long)diff->lines);
    return PI_EXIT_INTERRUPTED;
  }
  pi_exit held = hold(PI_E_TOO_MANY_FLIPS, pi_diff_flips(diff), options->max_flips);
  pi_exit grants = hold(PI_E_TOO_MANY_GRANTS, pi_diff_flips_to(diff, PI_GRANTED), options->max_grants);
  if (diff->refused > 0) {
    fprintf(stderr, "pubint: %llu of %llu lines were refused, so neither policy evaluated them\n",
            (unsigned long long)diff->refused, (unsigned long long)diff->lines);
  }
  if (held == PI_EXIT_DONE) held = grants;
  if (held != PI_EXIT_DONE) return held;
  return diff->refused > 0 ? PI_EXIT_REFUSED : PI_EXIT_DONE;
}

static pi_exit compare(pi_call *call, const diff_options *options, int64_t near, const pubint_policy *old,
                       const pubint_policy *new) {
  enum { SHOWN_MAX = 64 * 1024 * 1024 };
  diff_stream stream;
  pi_diff diff;
  pubint_error error = {0};
  pi_diff_options what = {.files = call->arguments.items + 2,
                          .files_count = call->arguments.count - 2,
                          .threads = (unsigned)options->threads,
                          .samples = (uint32_t)options->samples,
                          .near = near,
                          .stop = pi_interrupt_stop(),
                          .names = {call->arguments.items[0], call->arguments.items[1]},
                          .write = options->jsonl ? write_lines : NULL,
                          .progress = draw,
                          .context = &stream};
  pi_buffer_init(&stream.shown, SHOWN_MAX);
  if (options->jsonl)
    signal(SIGPIPE, SIG_DFL); /* as a batch: a reader that goes away ends it without a word */
  pi_interrupt_catch();
  pi_progress_begin(&stream.progress);
  pubint_status done = pi_diff_run(&diff, old, new, &what, &error);
  pi_progress_end(&stream.progress);
  pi_buffer_dispose(&stream.shown);
  pi_exit status = PI_EXIT_SYSTEM;
  if (done == PUBINT_OK) {
    report(call, options, &diff);
    status = conclude(options, &diff);
  } else {
    status = pi_complain_of_input(&call->common, &error);
  }
  pi_diff_dispose(&diff);
  return status;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  diff_options options = {.threads = pi_batch_processors(),
                          .max_flips = UINT64_MAX,
                          .max_grants = UINT64_MAX,
                          .samples = PI_DIFF_SAMPLES};
  pi_exit status;
  pubint_error error;
  int64_t near = PI_DIFF_NEAR;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (call->arguments.count < 2) {
    pi_error_setf(&error, PI_E_ARGUMENTS, "diff needs two policies");
    snprintf(error.expected, sizeof error.expected, "OLD NEW [FILE…]");
    snprintf(error.hint, sizeof error.hint, "see `pubint help diff`");
    return pi_complain(&error);
  }
  status = check_options(&options, &call->common);
  if (status == PI_EXIT_DONE) status = refuse_output(call->arguments.items + 2, call->arguments.count - 2);
  if (status != PI_EXIT_DONE) return status;
  if (options.near != NULL && !pi_decimal_read(pi_slice_of(options.near), 9, PI_DIFF_NEAR_MAX, &near)) {
    return pi_option_refuse_value("near", options.near,
                                  "points from 0 to 1000, with 9 digits after the point at most");
  }
  pubint_policy *policies[2] = {NULL, NULL};
  pubint_status loaded = pi_revision_load(&policies[0], call->arguments.items[0], &error);
  if (loaded == PUBINT_OK) loaded = pi_revision_load(&policies[1], call->arguments.items[1], &error);
  status =
      loaded == PUBINT_OK ? compare(call, &options, near, policies[0], policies[1]) : pi_complain(&error);
  pubint_policy_free(policies[0]);
  pubint_policy_free(policies[1]);
  return status;
}

const pi_command pi_command_diff = {
    .name = "diff",
    .form = "OLD NEW [FILE…]",
    .summary = "show which outcomes change between two policies, and why",
    .about =
        "Evaluates the cases of the FILEs, one a line, under the policies OLD and NEW. Without a FILE, or "
        "with -, it reads standard input. The report says which outcomes change, in which direction, by "
        "rule, kind, market and language, and what decided each change: the first thing that differs for "
        "the verdict. For a margin, it says how much each factor, the bar and the limit of markets added "
        "to the change. OLD and NEW are folders, or git:REV:PATH: the folder PATH at revision REV of this "
        "repository.\n"
        "Granted means that a Tweet that was removed or needed review now gets a notice. Withdrawn is the "
        "opposite. With --max-flips or --max-grants, the exit code is 1 if there are more, so that a "
        "change of policy can be stopped. It is 3 if lines were refused.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = SIZE_MAX,
    .run = run,
};
