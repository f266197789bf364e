/* pubint batch: JSONL in, JSONL out, line for line. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "command.h"
#include "errors.h"
#include "progress.h"
#include "summary.h"
#include "totals_json.h"

typedef struct batch_options {
  const char *out;
  uint64_t threads;
  bool resume;
  bool force;
  bool strict;
  bool sha256;
} batch_options;

static const pi_option OPTIONS[] = {
    {'o', "out", PI_OPTION_TEXT, "OUT", NULL, offsetof(batch_options, out),
     "write to the file OUT, and OUT.manifest.json beside it"},
    {'j', "threads", PI_OPTION_COUNT, "N", NULL, offsetof(batch_options, threads),
     "threads in all (the machine's processors); the bytes are the same for every N"},
    {0, "resume", PI_OPTION_FLAG, NULL, NULL, offsetof(batch_options, resume),
     "go on with the run that was writing OUT when it was interrupted"},
    {0, "force", PI_OPTION_FLAG, NULL, NULL, offsetof(batch_options, force), "write over an OUT that exists"},
    {0, "strict", PI_OPTION_FLAG, NULL, NULL, offsetof(batch_options, strict),
     "stop behind the first line that is refused"},
    {0, "sha256", PI_OPTION_FLAG, NULL, NULL, offsetof(batch_options, sha256),
     "digests of SHA-256 in the manifest too"},
};

/* The one thing a signal handler can reach; set once, read by the run. */
static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number) {
  (void)signal_number;
  interrupted = 1;
}

/* SIGINT and SIGTERM end the run after whole lines. A reader of standard output that goes away ends the
 * program without a word, as with any other that writes lines. */
static void install_handlers(bool to_stdout) {
  struct sigaction action = {.sa_handler = interrupt};
  sigemptyset(&action.sa_mask);
  interrupted = 0;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  if (to_stdout) signal(SIGPIPE, SIG_DFL);
}

static pi_exit refuse_threads(uint64_t threads) {
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "the value of --threads is not right");
  snprintf(error.found, sizeof error.found, "%llu", (unsigned long long)threads);
  snprintf(error.expected, sizeof error.expected, "1 to %d", PI_BATCH_THREADS_MAX);
  return pi_complain(&error);
}

static unsigned processors(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : count > PI_BATCH_THREADS_MAX ? PI_BATCH_THREADS_MAX : (unsigned)count;
}

/* The summary goes where it cannot mix with evaluations: standard error, or with --json and an OUT the
 * totals as JSON to standard output. */
static void report(pi_call *call, const batch_options *options, const pi_batch_result *result,
                   double seconds) {
  if (call->common.json && options->out != NULL) {
    pi_totals_write(call->out, &result->totals);
    pi_buffer_byte(call->out, '\n');
    return;
  }
  pi_buffer text;
  pi_buffer_init(&text, 1024 * 1024);
  pi_page page;
  pi_page_init(&page, &text, PI_PAGE_WIDTH, isatty(STDERR_FILENO) == 1 && pi_terminal_color(&call->common));
  pi_summary_print(&page, &result->totals, result->resumed_lines, seconds);
  pi_page_dispose(&page);
  fwrite(text.data, 1, text.failed ? 0 : text.len, stderr);
  pi_buffer_dispose(&text);
}

static pi_exit conclude(const batch_options *options, const pi_batch_result *result) {
  if (result->was_complete) fprintf(stderr, "pubint: %s was complete already\n", options->out);
  if (interrupted != 0) {
    if (options->out != NULL) {
      fprintf(stderr, "pubint: interrupted after whole lines; go on with the same command and --resume\n");
    } else {
      fprintf(stderr, "pubint: interrupted after whole lines\n");
    }
    return PI_EXIT_INTERRUPTED;
  }
  return result->totals.refused > 0 ? PI_EXIT_REFUSED : PI_EXIT_DONE;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  batch_options options = {.threads = processors()};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (options.threads < 1 || options.threads > PI_BATCH_THREADS_MAX) return refuse_threads(options.threads);
  if (options.out != NULL && strcmp(options.out, "-") == 0) options.out = NULL;
  pubint_policy *policy = pi_command_policy(&call->common, &status);
  if (policy == NULL) return status;

  pi_progress progress;
  pi_progress_begin(&progress);
  install_handlers(options.out == NULL);
  pi_batch_options batch = {.files = call->arguments.items,
                            .files_count = call->arguments.count,
                            .out = options.out,
                            .threads = (unsigned)options.threads,
                            .strict = options.strict,
                            .resume = options.resume,
                            .force = options.force,
                            .sha256 = options.sha256,
                            .stop = &interrupted,
                            .progress = pi_progress_draw,
                            .context = &progress};
  pi_batch_result result;
  pubint_error error = {0};
  pubint_status done = pi_batch_run(policy, &batch, &result, &error);
  double seconds = pi_progress_seconds(&progress);
  pi_progress_end(&progress);
  pubint_policy_free(policy);
  if (done != PUBINT_OK) return pi_complain(&error);
  report(call, &options, &result, seconds);
  return conclude(&options, &result);
}

const pi_command pi_command_batch = {
    .name = "batch",
    .form = "[FILE…]",
    .summary = "evaluate many cases, a line each",
    .about =
        "Reads cases, one a line, from the FILEs (standard input without one, or with -) and writes one line "
        "for each, in their order: the evaluation, or an error that says why the line was refused. A refused "
        "line never stops those after it; the exit code is 3 then.\n"
        "With -o the manifest beside OUT says what was read, under which policy, and what was counted. An "
        "interrupted run is taken up again with --resume, and ends with the very bytes of an unbroken one.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = SIZE_MAX,
    .run = run,
};
