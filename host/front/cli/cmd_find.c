/* pubint find: the lines that an expression holds of. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "batch.h"
#include "commands.h"
#include "errors.h"
#include "file.h"
#include "find.h"
#include "interrupt.h"
#include "option_values.h"
#include "outline.h"

typedef struct find_options {
  uint64_t threads;
  bool ids;
  bool count;
} find_options;

static const pi_option OPTIONS[] = {
    {0, "ids", PI_OPTION_FLAG, NULL, NULL, offsetof(find_options, ids), "print the ids alone"},
    {0, "count", PI_OPTION_FLAG, NULL, NULL, offsetof(find_options, count),
     "print how many lines were found, and no line"},
    {'j', "threads", PI_OPTION_COUNT, "N", NULL, offsetof(find_options, threads),
     "number of threads (one for each processor); the output is the same for every N"},
};

static pi_exit check(const pi_command *command, const pi_call *call, const find_options *options) {
  pubint_error error;
  if (call->arguments.count == 0) {
    pi_error_setf(&error, PI_E_ARGUMENTS, "no expression is given");
    snprintf(error.expected, sizeof error.expected, "pubint %s %s", command->name, command->form);
    return pi_complain(&error);
  }
  if (options->ids && options->count) return pi_option_refuse_both("ids", "count");
  if (options->ids && call->common.json) return pi_option_refuse_both("ids", "json");
  return pi_threads_check(options->threads);
}

static void tell_skipped(uint64_t count, const pi_find_first *first, const char *one, const char *many) {
  if (count == 0) return;
  fprintf(stderr, "pubint: %llu %s, first at %s:%llu: %s\n", (unsigned long long)count,
          count == 1 ? one : many, pi_file_shown_name(first->file), (unsigned long long)first->line,
          first->why);
}

static void put_counts(pi_call *call, const pi_find_result *found) {
  if (!call->common.json) {
    pi_buffer_printf(call->out, "%llu\n", (unsigned long long)found->found);
    return;
  }
  pi_outline json = pi_outline_begin(call->out);
  pi_outline_count(&json, "lines", found->lines);
  pi_outline_count(&json, "found", found->found);
  pi_outline_count(&json, "failed", found->failed);
  pi_outline_count(&json, "refused", found->refused);
  pi_outline_end(&json);
}

static pi_exit search(pi_call *call, const find_options *options, const pubint_policy *policy) {
  bool counts = options->count || call->common.json;
  pi_find_options find = {.policy = policy,
                          .files = call->arguments.items + 1,
                          .files_count = call->arguments.count - 1,
                          .expression = pi_slice_of(call->arguments.items[0]),
                          .threads = (unsigned)options->threads,
                          .shows = counts         ? PI_FIND_NOTHING
                                   : options->ids ? PI_FIND_IDS
                                                  : PI_FIND_LINES,
                          .stop = pi_interrupt_stop(),
                          .show = isatty(STDOUT_FILENO) == 1 ? pi_terminal_json : NULL};
  pi_find_result found;
  pubint_error error = {0};
  if (pi_find_check(policy, find.expression, &error) != PUBINT_OK) return pi_complain(&error);
  if (pi_find_run(&find, &found, &error) != PUBINT_OK) return pi_complain_of_input(&call->common, &error);
  if (counts && found.complete) put_counts(call, &found);
  tell_skipped(found.failed, &found.first_failed, "line was skipped because the expression fails there",
               "lines were skipped because the expression fails there");
  tell_skipped(found.refused, &found.first_refused, "line is neither a case nor an evaluation",
               "lines are neither cases nor evaluations");
  if (!found.complete) {
    fprintf(stderr, "pubint: interrupted\n");
    return PI_EXIT_INTERRUPTED;
  }
  return found.found > 0 ? PI_EXIT_DONE : PI_EXIT_UNMET;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  find_options options = {.threads = pi_batch_processors()};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  status = check(command, call, &options);
  if (status != PI_EXIT_DONE) return status;
  pubint_policy *policy = pi_command_policy(&call->common, &status);
  if (policy == NULL) return status;
  pi_interrupt_catch();
  signal(SIGPIPE, SIG_DFL); /* a reader that goes away ends the program without a word */
  status = search(call, &options, policy);
  pubint_policy_free(policy);
  return status;
}

const pi_command pi_command_find = {
    .name = "find",
    .form = "EXPR [FILE…]",
    .summary = "print the lines that a Lua expression holds of",
    .about =
        "Reads cases or evaluations, one a line, from the FILEs, or from standard input without a FILE or "
        "with -. Prints each line that EXPR holds of, in its own bytes and in the same order. EXPR is a Lua "
        "expression as in the REPL's :find: `case` is the case, and `evaluation` its evaluation under the "
        "policy. Where a line is an evaluation already, `evaluation` is what it says, and there is no case.\n"
        "A line where the expression fails is skipped. So is a line that is neither a case nor an "
        "evaluation. Both are counted on standard error. The exit code is 0 if a line was found and 1 if "
        "none was. With --json the counts are printed as JSON, and no line.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = SIZE_MAX,
    .run = run,
};
