/* Lua on a line: in the policy's sandbox, with the case at hand. */
#include <string.h>

#include "columns.h"
#include "evaluation_keys.h"
#include "evaluation_tree.h"
#include "redact.h"
#include "repl.h"

pi_slice pi_repl_tweet_text(const pi_case *facts, pi_arena *arena) {
  pi_slice text = {NULL, 0};
  return pi_redact(facts, arena, &text) ? text : (pi_slice){NULL, 0};
}

pi_tree pi_repl_tree(const pubint_evaluation *evaluation, pi_arena *arena) {
  size_t bytes;
  const char *text = pubint_evaluation_json(evaluation, &bytes);
  return pi_evaluation_tree((pi_slice){text, bytes}, arena);
}

static bool mentions(pi_slice text, const char *word) {
  size_t length = strlen(word);
  for (size_t i = 0; i + length <= text.len; i++) {
    if (memcmp(text.ptr + i, word, length) == 0) return true;
  }
  return false;
}

static void complain_lua(pi_repl_session *self, const pi_console_call *call) {
  bool none = strcmp(call->fault, "no case is open") == 0;
  if (none) {
    (void)pi_repl_session_needs_case(self);
  } else if (strstr(call->fault, "used after its evaluation ended") != NULL) {
    pi_repl_complain(&self->terminal, "%s: the case was changed or left since; take it from `case` anew",
                     call->fault);
  } else if (call->script != NULL) {
    pi_repl_complain(&self->terminal, "%s:%u: %s", call->script->file.ptr, call->line, call->fault);
  } else if (self->terminal.line > 0) {
    self->terminal.line += call->line > 0 ? call->line - 1 : 0;
    pi_repl_complain(&self->terminal, "%s", call->fault);
  } else if (call->line > 1) {
    pi_repl_complain(&self->terminal, "line %u: %s", call->line, call->fault);
  } else {
    pi_repl_complain(&self->terminal, "%s", call->fault);
  }
}

bool pi_repl_is_lua(pi_repl_session *self, pi_slice text) {
  pi_console_call call = {.text = text, .only_read = true, .quiet = true};
  (void)pi_console_run(self->policy.console, &call);
  return call.read;
}

bool pi_repl_is_statement(pi_repl_session *self, pi_slice text) {
  pi_buffer block; /* where no expression can stand */
  pi_buffer_init(&block, text.len + 16);
  pi_buffer_text(&block, "do ");
  pi_buffer_slice(&block, text);
  pi_buffer_text(&block, "\nend");
  bool is = !block.failed && pi_repl_is_lua(self, (pi_slice){block.data, block.len});
  pi_buffer_dispose(&block);
  return is;
}

bool pi_repl_run_lua(pi_repl_session *self, pi_slice text) {
  enum { MARGIN = 2 };
  pi_arena arena;
  pi_arena_init(&arena, 64 * 1024, (size_t)256 * 1024 * 1024);
  pi_tree tree = {NULL, 0};
  pi_buffer shown;
  pi_buffer_init(&shown, self->terminal.out.max);
  /* Also for `_`, and for what an earlier line kept: it may be a part of the evaluation. */
  bool wanted = self->hand.open && (self->hand.handed || mentions(text, "evaluation") || mentions(text, "_"));
  self->hand.handed = wanted;
  if (wanted && pi_repl_session_evaluate(self)) tree = pi_repl_tree(self->hand.evaluation, &arena);
  pi_console_call call = {
      .text = text,
      .input = self->hand.open ? &self->hand.facts : NULL,
      .tweet_text = self->hand.open ? pi_repl_tweet_text(&self->hand.facts, &arena) : (pi_slice){NULL, 0},
      .evaluation = tree.count > 0 ? &tree : NULL,
      .records = pi_evaluation_record,
      .width = pi_repl_width(&self->terminal) - MARGIN,
      .columns = pi_columns,
      .out = &shown,
  };
  pi_test_tools_override(self->policy.tools, self->policy.overrides);
  pi_console_end end = pi_console_run(self->policy.console, &call);
  pi_arena_dispose(&arena);
  pi_repl_put_lines(&self->terminal, (pi_slice){shown.data, shown.len});
  if (shown.failed) self->terminal.out.failed = true;
  pi_buffer_dispose(&shown);
  if (end == PI_CONSOLE_FAILED) complain_lua(self, &call);
  return end != PI_CONSOLE_UNFINISHED;
}
