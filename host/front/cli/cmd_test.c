/* pubint test: runs the policy's own tests. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ci_output.h"
#include "commands.h"
#include "coverage.h"
#include "errors.h"
#include "evaluate.h"
#include "history.h"
#include "interrupt.h"
#include "mutants.h"
#include "outline.h"
#include "progress_line.h"
#include "target.h"
#include "test_report.h"
#include "test_results.h"
#include "tests.h"
#include "watch.h"

enum { OUTPUT_MAX = 256 * 1024 * 1024 };

typedef struct test_options {
  const char *filter;
  bool tap;
  const char *junit;
  const char *coverage;
  uint64_t coverage_min; /* UINT64_MAX: not asked for */
  const char *coverage_by;
  bool mutate;
  bool watch;
  bool force;
  pi_ci_output ci;
} test_options;

static const pi_option OPTIONS[] = {
    {0, "filter", PI_OPTION_TEXT, "PAT", NULL, offsetof(test_options, filter),
     "only tests whose \"FILE: NAME\" holds PAT, or fits it as a pattern of a shell's"},
    {0, "tap", PI_OPTION_FLAG, NULL, NULL, offsetof(test_options, tap), "print TAP 13"},
    {0, "junit", PI_OPTION_TEXT, "FILE", NULL, offsetof(test_options, junit),
     "write JUnit's XML to FILE as well"},
    {0, "coverage", PI_OPTION_TEXT, "FILE", NULL, offsetof(test_options, coverage),
     "write the lines reached to FILE for lcov and genhtml, and say what was never seen"},
    {0, "coverage-min", PI_OPTION_COUNT, "PERCENT", NULL, offsetof(test_options, coverage_min),
     "fail when fewer lines are reached, and say what was never seen"},
    {0, "coverage-by", PI_OPTION_TEXT, "CASES", NULL, offsetof(test_options, coverage_by),
     "what the cases of a JSONL file reach, instead of the tests"},
    {0, "mutate", PI_OPTION_FLAG, NULL, NULL, offsetof(test_options, mutate),
     "change one number, comparison, sum, factor or condition at a time and say which changes no test notices"},
    {0, "watch", PI_OPTION_FLAG, NULL, NULL, offsetof(test_options, watch),
     "run again whenever a file of the policy changes, until interrupted"},
    PI_CI_OUTPUT_OPTIONS(test_options),
    {0, "force", PI_OPTION_FLAG, NULL, NULL, offsetof(test_options, force),
     "write over files that exist, also those that pubint test did not write"},
};

/* ---- files ---- */

/* One that the program wrote itself is replaced, which its first bytes say. */
static pi_exit write_text(const char *path, const char *mark, pi_buffer *text, bool force) {
  pubint_error error = {0};
  if (text->failed) {
    pi_error_set(&error, PI_E_NO_MEMORY);
    return pi_complain(&error);
  }
  pi_target_over over = pi_target_over_own(path, mark, force);
  pubint_status status = pi_target_write(path, (pi_slice){text->data, text->len}, over, &error);
  return status == PUBINT_OK ? PI_EXIT_DONE : pi_complain(&error);
}

/* Two outputs that would be one file. */
static pubint_status refuse_one_file(const test_options *options, pubint_error *error) {
  const struct {
    const char *name, *file;
  } files[] = {
      {"--junit", options->junit}, {"--coverage", options->coverage}, {"--sarif", options->ci.sarif}};
  for (size_t a = 0; a < 3; a++) {
    for (size_t b = a + 1; b < 3; b++) {
      bool both = files[a].file != NULL && files[b].file != NULL;
      if (!both || !pi_target_same(files[a].file, files[b].file)) continue;
      pubint_status status =
          pi_error_setf(error, PI_E_ARGUMENTS, "%s and %s name one file", files[a].name, files[b].name);
      pi_error_found(error, files[b].file, strlen(files[b].file));
      snprintf(error->expected, sizeof error->expected, "a file for each");
      return status;
    }
  }
  return PUBINT_OK;
}

/* What is in the way is refused before the tests run, not after. */
static pi_exit look_before(const test_options *options, const pi_common *common) {
  const struct {
    const char *path, *mark;
  } files[] = {{options->junit, PI_TEST_REPORT_XML}, {options->coverage, PI_COVERAGE_LCOV}};
  pubint_error error = {0};
  pubint_status status = refuse_one_file(options, &error);
  for (size_t i = 0; i < 2 && status == PUBINT_OK; i++) {
    pi_target_there there;
    if (files[i].path == NULL) continue;
    pi_target_over over = pi_target_over_own(files[i].path, files[i].mark, options->force);
    status = pi_target_refuse_input(files[i].path, options->coverage_by, &error);
    if (status == PUBINT_OK) status = pi_target_check(files[i].path, over, &there, &error);
  }
  if (status != PUBINT_OK) return pi_complain(&error);
  return pi_ci_output_look_before(&options->ci, common, options->coverage_by, options->force);
}

/* ---- what other tools show ---- */

static bool is_aside(const test_options *options, const pi_call *call) {
  return options->tap || call->common.json;
}

/* What it wrote itself in an earlier round of --watch, it may write over. */
static bool may_replace(const test_options *options) {
  return options->force || options->watch;
}

static pubint_policy *load(const test_options *options, pi_call *call, const char *task, pi_exit *status) {
  return pi_ci_output_policy(&options->ci, call, task, may_replace(options), is_aside(options, call), status);
}

/* The status that a run comes to, or why its results cannot be written. */
static pi_exit write_results(const test_options *options, pi_call *call, const pi_results *results,
                             pi_exit status) {
  bool ran = status == PI_EXIT_DONE || status == PI_EXIT_UNMET || status == PI_EXIT_REFUSED;
  if (!ran) return status; /* no half of the results */
  pi_exit written =
      pi_ci_output_write(&options->ci, call, results, may_replace(options), is_aside(options, call));
  return written == PI_EXIT_DONE ? status : written;
}

/* ---- one run ---- */

typedef struct session {
  const test_options *options;
  pi_call *call;
  pubint_policy *policy;
  pubint_engine *engine;
  bool covers;
  pi_coverage coverage;
  pi_test_report report;
  pi_results *results; /* NULL: nobody asks for them */
} session;

static void told(void *context, const pi_test_result *result) {
  session *self = context;
  pi_test_report_told(&self->report, result);
  pi_test_results_told(self->results, result);
}

static void evaluated(void *context, const pubint_evaluation *evaluation) {
  session *self = context;
  if (self->covers) pi_coverage_add(&self->coverage, evaluation);
}

static pubint_status evaluate_one(void *context, const pi_case *input, pubint_error *error) {
  session *self = context;
  const pubint_evaluation *evaluation;
  pubint_status status = pi_engine_evaluate(self->engine, input, &evaluation, error);
  if (status == PUBINT_OK) pi_coverage_add(&self->coverage, evaluation);
  return status;
}

/* Prints and writes what was covered. */
static pi_exit report_coverage(session *self) {
  const test_options *options = self->options;
  pi_exit status = PI_EXIT_DONE;
  if (options->coverage != NULL) {
    pi_buffer lcov;
    pi_buffer_init(&lcov, OUTPUT_MAX);
    pi_coverage_lcov(&self->coverage, self->policy->directory, &lcov);
    status = write_text(options->coverage, PI_COVERAGE_LCOV, &lcov, may_replace(options));
    pi_buffer_dispose(&lcov);
  }
  if (!options->tap && !self->call->common.json) {
    pi_page page;
    pi_command_page(self->call, &page);
    pi_coverage_print(&self->coverage, &page);
    pi_page_dispose(&page);
  }
  pi_line_count count = pi_coverage_lines(&self->coverage, NULL);
  bool enough =
      options->coverage_min == UINT64_MAX || count.reached * 100 >= options->coverage_min * count.active;
  if (!enough) {
    fprintf(stderr, "pubint: fewer than %llu %% of the lines are reached\n",
            (unsigned long long)options->coverage_min);
    pi_test_results_coverage(self->results, count.reached, count.active, options->coverage_min);
  }
  return status != PI_EXIT_DONE ? status : enough ? PI_EXIT_DONE : PI_EXIT_UNMET;
}

static pi_exit run_history(session *self) {
  pubint_error error = {0};
  pi_history_totals totals;
  if (pi_history_read(self->options->coverage_by, evaluate_one, self, &totals, &error) != PUBINT_OK) {
    return pi_complain_of_input(&self->call->common, &error);
  }
  pi_buffer_printf(self->call->out, "%llu case%s, %llu line%s refused\n", (unsigned long long)totals.cases,
                   totals.cases == 1 ? "" : "s", (unsigned long long)totals.refused,
                   totals.refused == 1 ? "" : "s");
  pi_exit status = report_coverage(self);
  return status == PI_EXIT_DONE && totals.refused > 0 ? PI_EXIT_REFUSED : status;
}

static pi_exit run_tests(session *self) {
  const test_options *options = self->options;
  pubint_error error = {0};
  pi_test_totals totals;
  pi_buffer xml;
  pi_page page;
  pi_buffer_init(&xml, OUTPUT_MAX);
  pi_command_page(self->call, &page);
  bool json = self->call->common.json, people = !json && !options->tap;
  *self->call->page = people;
  pi_outline outline = {0};
  if (json) outline = pi_outline_begin(self->call->out);
  pi_test_report_begin(&self->report, people ? &page : NULL, options->tap && !json ? self->call->out : NULL,
                       json ? &outline : NULL, options->junit != NULL ? &xml : NULL);
  pi_test_options what = {.filter = options->filter,
                          .stop = pi_interrupt_stop(),
                          .told = told,
                          .evaluated = evaluated,
                          .context = self};
  pubint_status done = pi_tests_run(self->policy, self->engine, &what, &totals, &error);
  pi_exit covered = PI_EXIT_DONE, written = PI_EXIT_DONE;
  pi_test_report_flush(&self->report);
  if (done == PUBINT_OK && self->covers) covered = report_coverage(self);
  pi_test_report_end(&self->report, &totals);
  if (json) pi_outline_end(&outline);
  if (done == PUBINT_OK && options->junit != NULL) {
    written = write_text(options->junit, PI_TEST_REPORT_XML, &xml, may_replace(options));
  }
  pi_page_dispose(&page);
  pi_buffer_dispose(&xml);
  if (done != PUBINT_OK) return pi_complain(&error);
  if (pi_interrupt_came()) return PI_EXIT_INTERRUPTED;
  if (written != PI_EXIT_DONE) return written;
  if (totals.passed + totals.failed == 0) {
    fprintf(stderr, "pubint: no test ran: %s has no tests/NAME_test.lua%s\n", self->policy->directory.ptr,
            options->filter != NULL ? " that fits the filter" : "");
    pi_test_results_none(self->results);
    return PI_EXIT_UNMET;
  }
  return totals.failed > 0 ? PI_EXIT_UNMET : covered;
}

static pi_exit run_once(const test_options *options, pi_call *call) {
  pi_exit status;
  pubint_error error = {0};
  session self = {.options = options, .call = call};
  self.policy = load(options, call, "test", &status);
  if (self.policy == NULL) return status;
  self.covers =
      options->coverage != NULL || options->coverage_min != UINT64_MAX || options->coverage_by != NULL;
  bool ready = pubint_engine_new(&self.engine, self.policy, &error) == PUBINT_OK;
  if (ready && self.covers) {
    ready = pi_coverage_begin(&self.coverage, self.policy, &error) == PUBINT_OK;
    pi_engine_watch(self.engine, &self.coverage.watch);
  }
  if (!ready) {
    status = pi_complain(&error);
  } else {
    pi_results results;
    pi_results_begin(&results, "test");
    if (pi_ci_output_wanted(&options->ci)) self.results = &results;
    status = options->coverage_by != NULL ? run_history(&self) : run_tests(&self);
    status = write_results(options, call, &results, status);
    pi_results_dispose(&results);
  }
  pubint_engine_free(self.engine);
  if (self.covers) pi_coverage_end(&self.coverage);
  pubint_policy_free(self.policy);
  return status;
}

/* ---- mutations ---- */

static void draw_mutants(void *context, uint32_t done, uint32_t total) {
  char text[96];
  snprintf(text, sizeof text, "%u of %u changes tried", done, total);
  pi_progress_line_draw(context, text);
}

static pi_exit run_mutants(const test_options *options, pi_call *call) {
  pi_exit status;
  pubint_error error = {0};
  pubint_policy *policy = load(options, call, "mutate", &status);
  if (policy == NULL) return status;
  pi_progress_line progress;
  pi_progress_line_begin(&progress);
  pi_mutants_options what = {
      .filter = options->filter, .stop = pi_interrupt_stop(), .progress = draw_mutants, .context = &progress};
  pi_mutants mutants;
  pubint_status done = pi_mutants_run(&mutants, policy, &what, &error);
  pi_progress_line_end(&progress);
  if (done != PUBINT_OK) {
    status = pi_complain(&error);
  } else {
    pi_page page;
    pi_command_page(call, &page);
    if (call->common.json)
      pi_mutants_write(&mutants, call->out);
    else
      pi_mutants_print(&mutants, &page);
    pi_page_dispose(&page);
    status = pi_interrupt_came() ? PI_EXIT_INTERRUPTED : mutants.survived > 0 ? PI_EXIT_UNMET : PI_EXIT_DONE;
    pi_results results;
    pi_results_begin(&results, "mutate");
    pi_mutants_results(&mutants, &results);
    status = write_results(options, call, &results, status);
    pi_results_dispose(&results);
  }
  pi_mutants_dispose(&mutants);
  pubint_policy_free(policy);
  return status;
}

/* ---- the command ---- */

static pi_exit watch(const test_options *options, pi_call *call) {
  pi_exit status = PI_EXIT_DONE;
  char place[PI_BESIDE_BYTES];
  const char *directory = pi_command_policy_path(&call->common, place);
  if (!pi_command_policy_is_folder(&call->common, "--watch", &status)) return status;
  while (!pi_interrupt_came()) {
    uint64_t before = pi_watch_mark(directory);
    status = run_once(options, call);
    if (!pi_terminal_write(call->out, *call->page)) return PI_EXIT_SYSTEM;
    pi_buffer_reset(call->out);
    fprintf(stderr, "pubint: waiting for a change\n");
    while (!pi_interrupt_came() && pi_watch_mark(directory) == before) {
      nanosleep(&(struct timespec){0, 300 * 1000 * 1000}, NULL);
    }
  }
  return status == PI_EXIT_DONE ? PI_EXIT_INTERRUPTED : status;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  test_options options = {.coverage_min = UINT64_MAX};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  pi_interrupt_catch();
  if (options.coverage_min != UINT64_MAX && options.coverage_min > 100) {
    pubint_error error;
    pi_error_setf(&error, PI_E_ARGUMENTS, "a share of lines is at most 100");
    snprintf(error.expected, sizeof error.expected, "--coverage-min PERCENT, 0 to 100");
    return pi_complain(&error);
  }
  if (!pi_command_spares_policy(&call->common, options.junit, "", &status)) return status;
  if (!pi_command_spares_policy(&call->common, options.coverage, "", &status)) return status;
  status = look_before(&options, &call->common);
  if (status != PI_EXIT_DONE) return status;
  if (options.mutate) return run_mutants(&options, call);
  return options.watch ? watch(&options, call) : run_once(&options, call);
}

const pi_command pi_command_test = {
    .name = "test",
    .form = "",
    .summary = "run the policy's own tests",
    .about =
        "Runs tests/*_test.lua of the policy in the sandbox; scripts/README.md says how they are written. "
        "A failure shows its line, what was expected and what came, and the balance that was weighed.\n"
        "With --mutate every change of a script that the tests would not notice is told, with its place; "
        "the tests must pass without it.\n"
        "--sarif FILE and --github give to other tools what fails, what no test notices (--mutate), and that too "
        "little is reached (--coverage-min). They change neither the report nor the exit code. FILE is replaced "
        "only if pubint wrote it, or with --force. Annotations name files from the current folder, so call it from the "
        "repository's. With --json or --tap they go to standard error.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 0,
    .run = run,
};
