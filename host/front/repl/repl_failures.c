/* Scripts that failed on the case at hand: what they say, and where. */
#include <stdio.h>

#include "columns.h"
#include "errors.h"
#include "policy_place.h"
#include "repl.h"

static bool same_failure(const pi_script_error *a, const pi_script_error *b) {
  return a->script == b->script && a->line == b->line && pi_slice_equal(a->message, b->message);
}

/* "rules/violence.lua:12:9: E3001: attempt to …", the line as it is written, and a caret under what is wrong.
 */
static void print_failure(pi_repl_terminal *self, const pi_script_error *failure) {
  pubint_error error;
  char text[2048];
  pi_error_set(&error, failure->code);
  pi_error_field(error.message, sizeof error.message, failure->message.ptr, failure->message.len);
  if (failure->script != NULL)
    pi_policy_place_set(&error, failure->script, failure->line,
                        pi_policy_place_quoted(failure->message, false));
  pi_error_format(&error, pi_columns, text, sizeof text);
  pi_repl_put_lines(self, pi_slice_of(text));
}

void pi_repl_print_failures(pi_repl_session *self) {
  const pubint_evaluation *evaluation = self->hand.evaluation;
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    const pi_script_error *failure = &evaluation->entries[i].error;
    bool told = failure->failure == PI_FAILURE_NONE;
    for (uint32_t j = 0; j < i; j++) told = told || same_failure(failure, &evaluation->entries[j].error);
    if (!told) print_failure(&self->terminal, failure);
  }
}
