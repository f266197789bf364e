/* pubint tune: exact sensitivity of outcomes to the numbers of the scripts. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "errors.h"
#include "interrupt.h"
#include "option_values.h"
#include "progress.h"
#include "tune_report.h"

typedef struct tune_options {
  uint64_t threads;
  const char *decisions;
  const char *rule;
  const char *market;
  const char *factor;
  bool bar;
  bool all;
  const char *at;
  bool csv;
} tune_options;

static const pi_option OPTIONS[] = {
    {0, "decisions", PI_OPTION_TEXT, "FILE", NULL, offsetof(tune_options, decisions),
     "what people decided, in the form that `pubint agreement` reads"},
    {0, "rule", PI_OPTION_TEXT, "R", NULL, offsetof(tune_options, rule),
     "a number of this rule: with --factor or --bar"},
    {0, "market", PI_OPTION_TEXT, "M", NULL, offsetof(tune_options, market),
     "a number of this market: with --factor"},
    {0, "factor", PI_OPTION_TEXT, "F", NULL, offsetof(tune_options, factor), "the weight of this factor"},
    {0, "bar", PI_OPTION_FLAG, NULL, NULL, offsetof(tune_options, bar), "the bar of the rule"},
    {0, "all", PI_OPTION_FLAG, NULL, NULL, offsetof(tune_options, all),
     "all numbers of the scripts, as without a choice"},
    {0, "at", PI_OPTION_TEXT, "VALUE", NULL, offsetof(tune_options, at),
     "tell how many outcomes change when the number is this, and which"},
    {'j', "threads", PI_OPTION_COUNT, "N", NULL, offsetof(tune_options, threads),
     "threads in all (the machine's processors); the report is the same for every N"},
    {0, "csv", PI_OPTION_FLAG, NULL, NULL, offsetof(tune_options, csv),
     "print a row for each value at which outcomes change; with --at, for each case that changes"},
};

/* Which options go together: the one place that says so. */
static pi_exit check_which(const tune_options *options) {
  pubint_error error;
  bool named = options->rule != NULL || options->market != NULL;
  if (options->rule != NULL && options->market != NULL) return pi_option_refuse_both("rule", "market");
  if (options->factor != NULL && options->bar) return pi_option_refuse_both("factor", "bar");
  if (options->all && named) return pi_option_refuse_both("all", options->rule != NULL ? "rule" : "market");
  if (options->market != NULL && options->bar) return pi_option_refuse_both("market", "bar");
  if (named && options->factor == NULL && !options->bar) {
    pi_error_setf(&error, PI_E_OPTION_VALUE, "--%s alone names no number",
                  options->rule != NULL ? "rule" : "market");
    snprintf(error.expected, sizeof error.expected, "%s",
             options->rule != NULL ? "--factor F or --bar with it" : "--factor F with it");
    return pi_complain(&error);
  }
  if (!named && (options->factor != NULL || options->bar)) {
    pi_error_setf(&error, PI_E_OPTION_VALUE, "--%s does not say whose", options->bar ? "bar" : "factor");
    snprintf(error.expected, sizeof error.expected, "%s",
             options->bar ? "--rule R with it" : "--rule R or --market M with it");
    return pi_complain(&error);
  }
  return PI_EXIT_DONE;
}

static pi_exit check_inputs(const pi_call *call, const tune_options *options) {
  pubint_error error;
  bool standard = call->arguments.count == 0;
  for (size_t i = 0; i < call->arguments.count; i++)
    standard = standard || strcmp(call->arguments.items[i], "-") == 0;
  if (!standard || options->decisions == NULL || strcmp(options->decisions, "-") != 0) return PI_EXIT_DONE;
  pi_error_setf(&error, PI_E_ARGUMENTS, "standard input can be only one of the files");
  return pi_complain(&error);
}

static pi_exit check(const pi_call *call, const tune_options *options, pi_tune_options *what) {
  int64_t at = 0;
  bool bar = options->bar || (options->rule == NULL && options->market == NULL);
  pi_exit status = pi_threads_check(options->threads);
  if (status == PI_EXIT_DONE) status = check_which(options);
  if (status == PI_EXIT_DONE) status = check_inputs(call, options);
  if (status != PI_EXIT_DONE) return status;
  if (call->common.json && options->csv) return pi_option_refuse_both("json", "csv");
  if (options->at == NULL) return PI_EXIT_DONE;
  int64_t most = bar ? PI_BAR_MAX : PI_WEIGHT_MAX, least = bar ? 0 : PI_WEIGHT_MIN;
  if (!pi_decimal_read(pi_slice_of(options->at), 3, most, &at) || at < least)
    return pi_option_refuse_value("at", options->at,
                                  options->bar ? "a bar: a multiple of 0.001 from 0 to 100"
                                  : bar        ? "a weight or a bar: a multiple of 0.001 from 0 to 100"
                                               : "a weight: a multiple of 0.001 from 0.001 to 10");
  what->has_at = true;
  what->at = (int32_t)at;
  return PI_EXIT_DONE;
}

static void report(pi_call *call, const tune_options *options, const pi_tune *tune) {
  if (options->csv) {
    pi_tune_csv(tune, call->out);
  } else if (call->common.json) {
    pi_tune_write(tune, call->out);
  } else {
    pi_page page;
    pi_command_page(call, &page);
    pi_tune_print(tune, &page);
    pi_page_dispose(&page);
  }
}

static pi_exit conclude(const pi_tune *tune) {
  if (!tune->complete) {
    fprintf(stderr, "pubint: interrupted after %llu lines, which are all that was looked at\n",
            (unsigned long long)tune->lines);
    return PI_EXIT_INTERRUPTED;
  }
  if (tune->refused == 0) return PI_EXIT_DONE;
  fprintf(stderr, "pubint: %llu of %llu lines were refused; `pubint batch` says why\n",
          (unsigned long long)tune->refused, (unsigned long long)tune->lines);
  return PI_EXIT_REFUSED;
}

static pi_exit tune_policy(pi_call *call, const tune_options *options, pi_tune_options *what,
                           const pubint_policy *policy) {
  pi_tune tune;
  pi_progress progress;
  pubint_error error = {0};
  what->progress = pi_progress_draw;
  what->context = &progress;
  pi_interrupt_catch();
  pi_progress_begin(&progress);
  pubint_status done = pi_tune_run(&tune, policy, what, &error);
  pi_progress_end(&progress);
  pi_exit status = PI_EXIT_SYSTEM;
  if (done == PUBINT_OK) {
    report(call, options, &tune);
    status = conclude(&tune);
  } else {
    status = pi_complain_of_input(&call->common, &error);
  }
  pi_tune_dispose(&tune);
  return status;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  tune_options options = {.threads = pi_batch_processors()};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  pi_tune_options what = {.files = call->arguments.items,
                          .files_count = call->arguments.count,
                          .threads = (unsigned)options.threads,
                          .which = {options.rule, options.market, options.factor, options.bar},
                          .decisions = options.decisions,
                          .stop = pi_interrupt_stop()};
  status = check(call, &options, &what);
  if (status != PI_EXIT_DONE) return status;
  pubint_policy *policy = pi_command_policy(&call->common, &status);
  if (policy == NULL) return status;
  status = tune_policy(call, &options, &what, policy);
  pubint_policy_free(policy);
  return status;
}

const pi_command pi_command_tune = {
    .name = "tune",
    .form = "[CASES…]",
    .summary = "tell how many outcomes change over the range of each weight and bar",
    .about =
        "Evaluates the cases of the files CASES (standard input without one, or with -), one a line. For each "
        "number of the scripts it tells how many outcomes change over its range, and at which values. Weights "
        "range from 0.001 to 10, bars from 0 to 100. A margin is linear in a weight and in a bar, so no script "
        "runs for each value: the value at which an outcome changes is computed, and it is exact.\n"
        "A number is a literal in a script, with every factor that it weighs: one in lib/ may serve all rules. "
        "A literal that does anything else, or gives two weights of one rule, cannot be tuned. It is listed with "
        "its place and the reason.\n"
        "--rule with --factor or --bar, or --market with --factor, chooses one number. It is plotted, with the "
        "values at which outcomes change. --at VALUE tells which outcomes change when the number is VALUE; "
        "without a choice, for each number in turn.\n"
        "--decisions compares the outcomes with what people decided, over the range. It also suggests at most "
        "three changes that make most outcomes agree with the decisions, and tells which notices they would "
        "newly grant. The decisions, and what each case weighs, are then kept in memory.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = SIZE_MAX,
    .run = run,
};
