/* pubint verify: proves that evaluations are what the policy says. */
#include <stdio.h>
#include <string.h>

#include "batch.h"
#include "commands.h"
#include "errors.h"
#include "option_values.h"
#include "progress.h"
#include "verify_page.h"

typedef struct verify_options {
  uint64_t threads;
  uint64_t sample;
} verify_options;

static const pi_option OPTIONS[] = {
    {'j', "threads", PI_OPTION_COUNT, "N", NULL, offsetof(verify_options, threads),
     "number of threads (one for each processor)"},
    {0, "sample", PI_OPTION_COUNT, "N", NULL, offsetof(verify_options, sample),
     "recompute only N lines: always the same ones, chosen by a hash of their numbers"},
};

/* The last argument names the evaluations, those before it are the cases. */
static pi_exit check(const pi_command *command, const pi_call *call, const verify_options *options) {
  pubint_error error;
  if (call->arguments.count < 2) {
    pi_error_setf(&error, PI_E_ARGUMENTS, "two files are wanted: cases and their evaluations");
    snprintf(error.expected, sizeof error.expected, "pubint %s %s", command->name, command->form);
    return pi_complain(&error);
  }
  if (options->sample > PI_VERIFY_SAMPLE_MAX) {
    return pi_option_refuse_count("sample", options->sample, 1, PI_VERIFY_SAMPLE_MAX);
  }
  unsigned standard = 0;
  for (size_t i = 0; i < call->arguments.count; i++) standard += strcmp(call->arguments.items[i], "-") == 0;
  if (standard <= 1) return pi_threads_check(options->threads);
  pi_error_setf(&error, PI_E_ARGUMENTS, "standard input can be only one of the files");
  return pi_complain(&error);
}

static pi_exit run(const pi_command *command, pi_call *call) {
  verify_options options = {.threads = pi_batch_processors()};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  status = check(command, call, &options);
  if (status != PI_EXIT_DONE) return status;
  pubint_policy *policy = pi_command_policy(&call->common, &status);
  if (policy == NULL) return status;

  pi_progress progress;
  pi_progress_begin(&progress);
  size_t cases = call->arguments.count - 1;
  pi_verify_options verify = {.cases = call->arguments.items,
                              .cases_count = cases,
                              .evaluations = call->arguments.items[cases],
                              .threads = (unsigned)options.threads,
                              .sample = options.sample,
                              .no_excerpts = call->common.no_excerpts,
                              .progress = pi_progress_draw,
                              .context = &progress};
  pi_verify_result result;
  pubint_error error = {0};
  pubint_status done = pi_verify_run(&result, policy, &verify, &error);
  pi_progress_end(&progress);
  if (done != PUBINT_OK) {
    status = pi_complain_of_input(&call->common, &error);
  } else {
    status = result.verdict == PI_VERIFY_SAME ? PI_EXIT_DONE : PI_EXIT_UNMET;
    pi_page page;
    pi_command_page(call, &page);
    if (call->common.json)
      pi_verify_write(call->out, &result, policy);
    else
      pi_verify_print(&page, &result, policy, &verify);
    pi_page_dispose(&page);
  }
  pi_verify_dispose(&result);
  pubint_policy_free(policy);
  return status;
}

const pi_command pi_command_verify = {
    .name = "verify",
    .form = "CASES… EVALUATIONS",
    .summary = "prove that recorded evaluations follow from the policy",
    .about =
        "Recomputes every line of EVALUATIONS, which `pubint batch` made from CASES, and compares the "
        "bytes, also those of refused lines. It shows the first line that differs, field by field, and "
        "reports missing and extra lines. If the manifest of the batch lies beside EVALUATIONS, sizes, "
        "digests and counts are compared with it.\n"
        "Evaluations of another policy are not compared; the manifest then says which files of the policy "
        "differ. With --sample, the manifest's digest proves the lines that are not recomputed, if there "
        "is one. A line that the watchdog stopped is not an evaluation and counts as a difference. The "
        "exit code is 1 if anything differs.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = SIZE_MAX,
    .run = run,
};
