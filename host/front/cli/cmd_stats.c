/* pubint stats: what evaluations add up to. */

#include "commands.h"
#include "errors.h"
#include "file.h"
#include "lines.h"
#include "option_values.h"
#include "progress.h"
#include "stats.h"

typedef struct stats_options {
  const char *cases;
  bool csv;
} stats_options;

static const pi_option OPTIONS[] = {
    {0, "cases", PI_OPTION_TEXT, "FILE", NULL, offsetof(stats_options, cases),
     "the cases that were evaluated: also count months, and how often learning an unknown fact changes the outcome"},
    {0, "csv", PI_OPTION_FLAG, NULL, NULL, offsetof(stats_options, csv),
     "print one table as CSV: measure, a column for each thing told apart, then cases, share, points"},
};

static void print(pi_call *call, const stats_options *options, const pi_stats *stats) {
  const pi_arguments *files = &call->arguments;
  pi_book book;
  pi_book_init(&book);
  pi_stats_book(stats,
                files->count > 1    ? "What was read"
                : files->count == 1 ? pi_file_shown_name(files->items[0])
                                    : pi_file_shown_name("-"),
                &book);
  pi_command_book(call, &book, options->csv);
}

static pi_exit run(const pi_command *command, pi_call *call) {
  stats_options options = {.cases = NULL};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (call->common.json && options.csv) return pi_option_refuse_both("json", "csv");
  pubint_policy *policy = NULL;
  if (options.cases != NULL) {
    policy = pi_command_policy(&call->common, &status);
    if (policy == NULL) return status;
  }
  pi_progress progress;
  pi_progress_begin(&progress);
  pi_stats stats;
  pubint_error error = {0};
  const pi_stats_options what = {.evaluations = call->arguments.items,
                                 .evaluations_count = call->arguments.count,
                                 .cases = options.cases,
                                 .policy = policy,
                                 .progress = pi_progress_draw,
                                 .context = &progress};
  pubint_status counted = pi_stats_count(&stats, &what, &error);
  pi_progress_end(&progress);
  if (counted == PUBINT_OK) {
    print(call, &options, &stats);
  } else {
    status = pi_complain_of_input(&call->common, &error);
  }
  pi_stats_dispose(&stats);
  pubint_policy_free(policy);
  return status;
}

const pi_command pi_command_stats = {
    .name = "stats",
    .form = "[FILE…]",
    .summary = "count what evaluations hold: outcomes, rules, factors, unknown facts",
    .about =
        "Reads evaluations, as `pubint batch` writes them, from the FILEs, or from standard input without "
        "a FILE. Counts outcomes and their basis, gates, verdicts and margins by rule, the average points "
        "of each factor, unknown facts, and markets. A line that is not an evaluation, or contradicts "
        "itself, ends the command with its place. Sums and averages are exact. Averages are rounded half "
        "up to 0.000001, shares to 0.1 %; a share below all never shows as 100.0 %.\n"
        "An evaluation does not say what an unknown fact would change. With --cases, each case is "
        "evaluated again with each value of each unknown fact that was looked at, one fact at a time; a "
        "strength is tried at 0 and at 1. The report counts how often the outcome changes. This takes "
        "about twenty evaluations a case.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = SIZE_MAX,
    .run = run,
};
