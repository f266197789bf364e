/* pubint schema: JSON Schemas, from the tables. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "errors.h"
#include "nearest.h"
#include "schema.h"
#include "tune_report.h"
#include "words.h"

static const struct {
  const char *name;
  void (*write)(pi_buffer *out);
} SCHEMAS[] = {
    {"case", pi_schema_case},
    {"evaluation", pi_schema_evaluation},
    {"refusal", pi_schema_refusal},
    {"tune", pi_tune_schema},
};
enum { SCHEMAS_COUNT = sizeof SCHEMAS / sizeof SCHEMAS[0] };

static pi_exit refuse(const char *name) {
  pubint_error error;
  pi_error_setf(&error, PI_E_ARGUMENTS, name != NULL ? "there is no such schema" : "no schema is named");
  const char *names[SCHEMAS_COUNT + 1] = {NULL};
  for (size_t i = 0; i < SCHEMAS_COUNT; i++) names[i] = SCHEMAS[i].name;
  pi_words_say(names, " or ", error.expected, sizeof error.expected);
  if (name == NULL) return pi_complain(&error);
  pi_error_found(&error, name, strlen(name));
  pi_nearest nearest;
  pi_nearest_init(&nearest, pi_slice_of(name));
  for (size_t i = 0; i < SCHEMAS_COUNT; i++) pi_nearest_offer(&nearest, pi_slice_of(SCHEMAS[i].name));
  if (nearest.best.ptr != NULL) {
    snprintf(error.hint, sizeof error.hint, "did you mean %.*s?", (int)nearest.best.len, nearest.best.ptr);
  }
  return pi_complain(&error);
}

static pi_exit run(const pi_command *command, pi_call *call) {
  pi_exit status;
  if (!pi_command_begin(command, call, NULL, &status)) return status;
  if (call->arguments.count == 0) return refuse(NULL);
  for (size_t i = 0; i < SCHEMAS_COUNT; i++) {
    if (strcmp(SCHEMAS[i].name, call->arguments.items[0]) != 0) continue;
    SCHEMAS[i].write(call->out);
    return PI_EXIT_DONE;
  }
  return refuse(call->arguments.items[0]);
}

const pi_command pi_command_schema = {
    .name = "schema",
    .form = "case|evaluation|refusal|tune",
    .summary = "print the JSON Schema of a case, an evaluation or a refused line",
    .about =
        "Prints a JSON Schema (2020-12), generated from the tables that the reader and the engine work by. A "
        "line of a batch is an evaluation or a refusal, of which it says what may quote the input. "
        "The reader is stricter where the dialect cannot say it: an id is measured in bytes, a date has to "
        "exist, a key stands once, a span lies within the text.\n",
    .arguments_max = 1,
    .run = run,
};
