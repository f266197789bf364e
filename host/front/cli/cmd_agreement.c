/* pubint agreement: evaluations against what people decided. */
#include <stdio.h>
#include <string.h>

#include "agreement.h"
#include "commands.h"
#include "errors.h"
#include "option_values.h"

typedef struct agreement_options {
  bool csv;
} agreement_options;

static const pi_option OPTIONS[] = {
    {0, "csv", PI_OPTION_FLAG, NULL, NULL, offsetof(agreement_options, csv),
     "print one table as CSV: measure, a column for each thing told apart, then cases, share, points"},
};

/* The last argument is the decisions, those before it are evaluations. */
static pi_exit check(const pi_command *command, const pi_call *call, const agreement_options *options) {
  pubint_error error;
  unsigned standard = 0;
  for (size_t i = 0; i < call->arguments.count; i++) standard += strcmp(call->arguments.items[i], "-") == 0;
  if (call->arguments.count < 2) {
    pi_error_setf(&error, PI_E_ARGUMENTS, "two files are wanted: evaluations and decisions");
    snprintf(error.expected, sizeof error.expected, "pubint %s %s", command->name, command->form);
  } else if (standard > 1) {
    pi_error_setf(&error, PI_E_ARGUMENTS, "standard input can be only one of the files");
  } else {
    return call->common.json && options->csv ? pi_option_refuse_both("json", "csv") : PI_EXIT_DONE;
  }
  return pi_complain(&error);
}

static pi_exit run(const pi_command *command, pi_call *call) {
  agreement_options options = {.csv = false};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  status = check(command, call, &options);
  if (status != PI_EXIT_DONE) return status;
  pi_agreement agreement;
  pubint_error error = {0};
  size_t evaluations = call->arguments.count - 1;
  if (pi_agreement_count(&agreement, call->arguments.items, evaluations, call->arguments.items[evaluations],
                         &error) == PUBINT_OK) {
    pi_book book;
    pi_book_init(&book);
    pi_agreement_book(&agreement, &book);
    pi_command_book(call, &book, options.csv);
  } else {
    status = pi_complain_of_input(&call->common, &error);
  }
  pi_agreement_dispose(&agreement);
  return status;
}

const pi_command pi_command_agreement = {
    .name = "agreement",
    .form = "FILE… DECISIONS",
    .summary = "compare evaluations with what people decided",
    .about =
        "Each FILE holds evaluations, as `pubint batch` writes them. DECISIONS holds one decision a line: "
        "{\"id\": \"c-1\", \"decision\": \"notice\", \"reason\": \"…\", \"decided_by\": \"…\"}. The "
        "decision is notice or remove; reason and decided_by may be left out. A file named .csv has these "
        "four as columns. The report says how often people followed the recommendation, the precision and "
        "recall of notices by rule, the overrides with their reasons, and what has no counterpart. Two "
        "decisions for one case are refused, with the place of the first. Decisions are kept in memory; "
        "evaluations are not.\n"
        "A case that needs review recommends nothing: it neither agrees nor disagrees. For each factor, "
        "the outcome is computed again with that factor's points at 0, from what the evaluation records. "
        "Conditions, and harms that nobody assessed, stay as they are, because only the scripts could "
        "recompute them.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = SIZE_MAX,
    .run = run,
};
