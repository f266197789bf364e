/* pubint check: loads a policy and proves it as far as trying can. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "check_report.h"
#include "check_results.h"
#include "ci_output.h"
#include "commands.h"
#include "errors.h"
#include "file_error.h"
#include "interrupt.h"
#include "nearest.h"
#include "progress_line.h"
#include "target.h"

typedef struct check_options {
  uint64_t cases;
  uint64_t seed;
  const char *only;
  const char *with;
  const char *out;
  bool force;
  pi_ci_output ci;
} check_options;

static const pi_option OPTIONS[] = {
    {'n', "cases", PI_OPTION_COUNT, "N", NULL, offsetof(check_options, cases),
     "generate this many cases (" PI_SPELL(PI_CHECK_CASES) ", with --only " PI_SPELL(
         PI_CHECK_CASES_ONLY) ")"},
    {'s', "seed", PI_OPTION_COUNT, "S", NULL, offsetof(check_options, seed),
     "choose the cases: the same seed gives the same ones (1)"},
    {0, "only", PI_OPTION_TEXT, "FILE", NULL, offsetof(check_options, only),
     "check only this script of the policy, such as rules/violence.lua (" PI_SPELL(
         PI_CHECK_CASES_ONLY) " cases)"},
    {'w', "with", PI_OPTION_TEXT, "FILE", NULL, offsetof(check_options, with),
     "also try the cases of FILE, one a line, and say which facts they lack"},
    {'o', "out", PI_OPTION_TEXT, "DIR", NULL, offsetof(check_options, out),
     "write the smallest case of each finding into a file of DIR, for eval and repl"},
    PI_CI_OUTPUT_OPTIONS(check_options),
    {0, "force", PI_OPTION_FLAG, NULL, NULL, offsetof(check_options, force),
     "let --sarif write over a file that pubint did not write"},
};

static void draw(void *context, uint64_t done, uint64_t total) {
  char text[96];
  snprintf(text, sizeof text, "%llu of %llu cases tried", (unsigned long long)done,
           (unsigned long long)total);
  pi_progress_line_draw(context, text);
}

/* DIR/E6003-markets-NL-12.json; a second one of that name gets a number. No file is written over. */
static pubint_status write_case(const char *directory, const pi_finding *finding, pi_slice text,
                                pubint_error *error) {
  pubint_status status = PUBINT_OK;
  for (unsigned i = 1; i == 1 || (i <= 1000 && error->code == PI_E_OUTPUT_EXISTS); i++) {
    char path[1200], name[128], number[16] = "";
    *error = (pubint_error){0};
    snprintf(name, sizeof name, "%.100s", finding->script != NULL ? finding->script->file.ptr : "policy");
    char *ending = strstr(name, ".lua");
    if (ending != NULL) *ending = '\0';
    for (char *p = name; *p != '\0'; p++) {
      if (*p == '/') *p = '-';
    }
    if (i > 1) snprintf(number, sizeof number, "-%u", i);
    snprintf(path, sizeof path, "%s/E%u-%s-%u%s.json", directory, finding->code, name, finding->line, number);
    status = pi_target_write(path, text, PI_TARGET_NEW, error);
  }
  return status;
}

static pi_exit write_cases(const pi_check *check, const char *directory) {
  pubint_error error = {0};
  if (mkdir(directory, 0777) != 0 && errno != EEXIST) {
    pi_file_error(&error, PI_E_CANNOT_WRITE, directory, errno);
    return pi_complain(&error);
  }
  for (uint32_t i = 0; i < check->findings.count; i++) {
    const pi_finding *finding = &check->findings.items[i];
    if (finding->case_json.ptr == NULL || finding->waived) continue;
    pi_buffer text;
    pi_buffer_init(&text, finding->case_json.len + 1);
    pi_buffer_slice(&text, finding->case_json);
    pi_buffer_byte(&text, '\n');
    pubint_status status = text.failed
                               ? pi_error_set(&error, PI_E_NO_MEMORY)
                               : write_case(directory, finding, (pi_slice){text.data, text.len}, &error);
    pi_buffer_dispose(&text);
    if (status != PUBINT_OK) return pi_complain(&error);
  }
  return PI_EXIT_DONE;
}

static pi_exit write_results(pi_call *call, const pi_check *check, const check_options *options) {
  pi_results results;
  if (!pi_ci_output_wanted(&options->ci)) return PI_EXIT_DONE;
  pi_results_begin(&results, "check");
  pi_check_results(check, &results);
  pi_exit status = pi_ci_output_write(&options->ci, call, &results, options->force, call->common.json);
  pi_results_dispose(&results);
  return status;
}

static pi_exit report(pi_call *call, const pi_check *check, const check_options *options) {
  if (call->common.json) {
    pi_check_write(check, call->out);
  } else {
    pi_page page;
    pi_command_page(call, &page);
    pi_check_print(check, &page);
    pi_page_dispose(&page);
  }
  pi_exit status = options->out != NULL ? write_cases(check, options->out) : PI_EXIT_DONE;
  if (status != PI_EXIT_DONE) return status;
  if (pi_interrupt_came()) return PI_EXIT_INTERRUPTED; /* no half of the results */
  status = write_results(call, check, options);
  if (status != PI_EXIT_DONE) return status;
  if (check->findings.faults > 0) return PI_EXIT_UNMET;
  return check->history.refused > 0 ? PI_EXIT_REFUSED : PI_EXIT_DONE;
}

/* Whether `name` is the script's path within the policy, or ends in it behind the policy's folder. */
static bool is_path_of(pi_slice name, pi_slice file) {
  if (pi_slice_equal(name, file)) return true;
  return name.len > file.len && name.ptr[name.len - file.len - 1] == '/' &&
         memcmp(name.ptr + name.len - file.len, file.ptr, file.len) == 0;
}

/* The script that `name` names; false, and said, where there is none. */
static bool find_script(const pubint_policy *policy, const char *name, const pi_script **out,
                        pi_exit *status) {
  pi_slice file = pi_slice_of(name);
  pi_nearest nearest;
  pi_nearest_init(&nearest, file);
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    if (is_path_of(file, policy->scripts[i].file)) {
      *out = &policy->scripts[i];
      return true;
    }
    pi_nearest_offer(&nearest, policy->scripts[i].file);
  }
  pubint_error error;
  pi_error_set(&error, PI_E_OPTION_VALUE);
  pi_error_found(&error, name, strlen(name));
  snprintf(error.expected, sizeof error.expected,
           "for --only a script of the policy, such as rules/violence.lua");
  if (nearest.best.ptr != NULL)
    snprintf(error.hint, sizeof error.hint, "did you mean %.*s?", (int)nearest.best.len, nearest.best.ptr);
  *status = pi_complain(&error);
  return false;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  check_options options = {.cases = UINT64_MAX, .seed = 1};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (!pi_command_spares_policy(&call->common, options.out, "/E6000.json", &status)) return status;
  status = pi_ci_output_look_before(&options.ci, &call->common, options.with, options.force);
  if (status != PI_EXIT_DONE) return status;
  pubint_policy *policy =
      pi_ci_output_policy(&options.ci, call, "check", options.force, call->common.json, &status);
  if (policy == NULL) return status;
  const pi_script *only = NULL;
  if (options.only != NULL && !find_script(policy, options.only, &only, &status)) {
    pubint_policy_free(policy);
    return status;
  }
  if (options.cases == UINT64_MAX) options.cases = only != NULL ? PI_CHECK_CASES_ONLY : PI_CHECK_CASES;
  pi_interrupt_catch();
  pi_progress_line progress;
  pi_progress_line_begin(&progress);
  pi_check_options run_options = {.cases = options.cases,
                                  .seed = options.seed,
                                  .only = only,
                                  .with = options.with,
                                  .stop = pi_interrupt_stop(),
                                  .progress = draw,
                                  .context = &progress};
  pi_check check;
  pubint_error error = {0};
  pubint_status done = pi_check_run(&check, policy, &run_options, &error);
  pi_progress_line_end(&progress);
  status = done == PUBINT_OK ? report(call, &check, &options) : pi_complain_of_input(&call->common, &error);
  pi_check_close(&check);
  pubint_policy_free(policy);
  return status;
}

const pi_command pi_command_check = {
    .name = "check",
    .form = "",
    .summary = "load a policy and prove it on generated cases",
    .about =
        "Loads every script, reads its text, and tries properties on generated cases: no script fails on "
        "a valid case, the same case gives the same bytes, more harm never helps, more interest never "
        "hurts, the person and the wording change nothing, every factor, condition, line and verdict can "
        "be reached, and limits stay under half.\n"
        "Three properties concern all rules together, in each market. order: on the same facts, a rule "
        "that is less likely to be excepted is never more lenient than one that is more likely to be. "
        "ceiling: harm with likelihood 1 and severity 1 never gets a notice, whatever its kind and "
        "grounds. concern: without public concern there is no notice.\n"
        "A finding has a code (`pubint help CODE`), a place, and the smallest case that shows it. A "
        "comment `-- waives: CODE reason`, or `-- waives CODE: reason`, lets one finding stand: the one "
        "on its line or, if the comment stands alone, on the next line of code. The report lists what "
        "scripts waive and declare. The policy's own tests run as well; what only a failing test reaches "
        "counts as never reached. The exit code is 1 if there are findings; notes do not count.\n"
        "--only FILE checks one script: only its rule or market is generated, and only its findings are "
        "reported. Run a whole check before you publish.\n"
        "--sarif FILE and --github write the same results for other tools. They change neither the report "
        "nor the exit code. FILE is replaced only if pubint wrote it, or with --force. Paths in it start "
        "at the policy's folder. Annotations name files from the current folder, so run the command from "
        "the top of the repository. With --json, annotations go to standard error, so that standard "
        "output stays one JSON object. Waived findings are suppressed in SARIF and have no annotation.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 0,
    .run = run,
};
