/* pubint eval: one case, evaluated and explained. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pubint/engine.h>

#include "case.h"
#include "commands.h"
#include "errors.h"
#include "evaluate.h"
#include "evaluation.h"
#include "explain_parts.h"
#include "input.h"
#include "option_values.h"
#include "phrases.h"
#include "script_limits.h"
#include "turn.h"

typedef struct eval_options {
  const char *wanted; /* NULL: the input is one value */
  const char *locale;
  bool trace;
  bool flip;
} eval_options;

static const pi_option OPTIONS[] = {
    {'c', "case", PI_OPTION_TEXT, "N|ID", NULL, offsetof(eval_options, wanted),
     "in a file with one case a line, take the case on line N or with that ID"},
    {'l', "locale", PI_OPTION_TEXT, "LANG", NULL, offsetof(eval_options, locale),
     "explain in this language: en, or one that the policy has a locale for (nl)"},
    {0, "flip", PI_OPTION_FLAG, NULL, NULL, offsetof(eval_options, flip),
     "print only the outcome and the smallest changes, of one fact or two, that would change it"},
    {0, "trace", PI_OPTION_FLAG, NULL, NULL, offsetof(eval_options, trace),
     "print on standard error how much of its limits each script used"},
};

/* What one run holds; all of it is freed at its end. */
typedef struct session {
  pubint_policy *policy;
  pubint_case *input;
  pubint_engine *engine;
  pi_turns turns;
} session;

/* The longest evaluation: 16 entries with all that scripts may put on a balance. */
#define LINE_BYTES_MAX ((size_t)16 * 1024 * 1024)

static void print_line(const pi_call *call, pi_buffer *line) {
  const char *json = pi_buffer_end(line);
  if (json == NULL) {
    call->out->failed = true;
    return;
  }
  pi_terminal_json(call->out, (pi_slice){json, line->len});
  pi_buffer_byte(call->out, '\n');
}

/* With --json a refusal stands on standard output too, as it would in a batch. */
static pi_exit refuse_input(const pi_call *call, pubint_error *error, pi_slice id) {
  if (call->common.no_excerpts) pi_error_unquote(error);
  bool of_the_case = error->status == PUBINT_E_INPUT || error->status == PUBINT_E_LIMIT;
  if (call->common.json && of_the_case) {
    pi_buffer line;
    pi_buffer_init(&line, LINE_BYTES_MAX);
    pi_evaluation_write_refusal(&line, error, error->line, id, (pi_slice){"", 0});
    print_line(call, &line);
    pi_buffer_dispose(&line);
  }
  return pi_complain(error);
}

/* The search for turns ends the engine's evaluation, so it comes first. Without it there is still an
 * explanation: a script that the watchdog ended among thousands of trials is no reason to withhold it. The
 * exit code says that it lacks something. */
static const pi_turns *find_turns(session *self, pi_exit *status) {
  pubint_error error;
  if (pi_turns_find(&self->turns, self->engine, &self->input->facts, self->policy, NULL, &error) ==
      PUBINT_OK) {
    return &self->turns;
  }
  *status = pi_complain(&error);
  return NULL;
}

static void trace_script(const pi_script *script, const pi_usage *usage) {
  fprintf(stderr, "trace: %s: instructions %llu of %d, memory %llu of %d bytes at its peak\n",
          script->file.ptr, (unsigned long long)usage->instructions, PI_LIMIT_INSTRUCTIONS,
          (unsigned long long)usage->memory_peak_bytes, PI_LIMIT_MEMORY);
}

/* What each script call used. Garbage collection shows in it, so it is no part of an evaluation's bytes. */
static void trace(const pubint_evaluation *evaluation) {
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    const pi_entry *entry = &evaluation->entries[i];
    if (entry->script != NULL) trace_script(entry->script, &entry->rule_usage);
    if (entry->market_usage.memory_peak_bytes > 0) trace_script(evaluation->market, &entry->market_usage);
  }
}

/* The outcome and what would turn it: the same search as the REPL's :flip. */
static pi_exit flip(const pi_call *call, session *self, const pi_explain_options *options) {
  pubint_error error;
  pi_explainer explainer;
  const pubint_evaluation *evaluation;
  pi_flips *flips = malloc(sizeof *flips);
  if (flips == NULL) {
    call->out->failed = true;
    return PI_EXIT_SYSTEM;
  }
  pubint_status status = pi_flips_find(flips, self->engine, &self->input->facts, self->policy, NULL, &error);
  if (status == PUBINT_OK) {
    status = pi_engine_evaluate(self->engine, &self->input->facts, &evaluation, &error);
  }
  if (status == PUBINT_OK) {
    pi_explainer_init(&explainer, call->out, evaluation, &flips->turns, options);
    pi_explain_outcome(&explainer);
    pi_page_end(&explainer.page);
    pi_explain_flips(&explainer, flips, false);
    pi_explainer_dispose(&explainer);
  }
  free(flips);
  return status == PUBINT_OK ? PI_EXIT_DONE : pi_complain(&error);
}

static pi_exit evaluate(const pi_call *call, session *self, const eval_options *chosen) {
  pi_explain_options options = {.locale = pi_slice_of(chosen->locale),
                                .width = pi_terminal_width(),
                                .color = pi_terminal_color(&call->common)};
  *call->page = !call->common.json;
  if (chosen->flip) return flip(call, self, &options);
  pubint_error error;
  pi_exit status = PI_EXIT_DONE;
  const pi_turns *turns = call->common.json ? NULL : find_turns(self, &status);
  const pubint_evaluation *evaluation;
  if (pi_engine_evaluate(self->engine, &self->input->facts, &evaluation, &error) != PUBINT_OK) {
    error.line = 1;
    return refuse_input(call, &error, pi_slice_of(pubint_case_id(self->input)));
  }
  if (chosen->trace) trace(evaluation);
  if (call->common.json) {
    pi_buffer line;
    pi_buffer_init(&line, LINE_BYTES_MAX);
    pi_evaluation_write(evaluation, &line);
    print_line(call, &line);
    pi_buffer_dispose(&line);
    return PI_EXIT_DONE;
  }
  pi_explain(call->out, evaluation, turns, &options);
  return status;
}

static pi_exit prepare_and_evaluate(const pi_call *call, session *self, const eval_options *options) {
  pi_exit status = PI_EXIT_DONE;
  self->policy = pi_command_policy(&call->common, &status);
  if (self->policy == NULL) return status;
  if (!pi_command_locale(self->policy, options->locale, &status)) return status;
  pubint_error error;
  const char *file = call->arguments.count > 0 ? call->arguments.items[0] : NULL;
  pi_input_id id;
  if (pi_input_case(&self->input, file, options->wanted, &id, &error) != PUBINT_OK) {
    return refuse_input(call, &error, pi_slice_of(id.text));
  }
  if (pubint_engine_new(&self->engine, self->policy, &error) != PUBINT_OK) return pi_complain(&error);
  return evaluate(call, self, options);
}

static pi_exit run(const pi_command *command, pi_call *call) {
  eval_options options = {.locale = "en"};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (options.flip && call->common.json) return pi_option_refuse_both("flip", "json");
  if (options.wanted != NULL && options.wanted[0] == '\0') {
    pubint_error error;
    pi_error_setf(&error, PI_E_OPTION_VALUE, "the value of --case is not right");
    pi_error_found(&error, options.wanted, strlen(options.wanted));
    snprintf(error.expected, sizeof error.expected, "a line number from 1, or a case's id");
    return pi_complain(&error);
  }
  session self = {0};
  status = prepare_and_evaluate(call, &self, &options);
  pubint_engine_free(self.engine);
  pubint_case_free(self.input);
  pubint_policy_free(self.policy);
  return status;
}

const pi_command pi_command_eval = {
    .name = "eval",
    .form = "[FILE]",
    .summary = "evaluate one case and explain the outcome",
    .about = "Evaluates the case in FILE, or on standard input without a FILE or with -, and explains the "
             "outcome: the gates, the balance of each rule, unknown facts and whether they matter, the "
             "smallest changes that would change the outcome, and what a notice does. Private data in the "
             "Tweet's text is blotted out. The text of a removed Tweet is not shown.\n"
             "The input is one JSON value and may take several lines. If FILE holds one case a line, --case "
             "chooses one. --json prints the evaluation itself, on one line.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 1,
    .run = run,
};
