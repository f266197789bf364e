#define _GNU_SOURCE /* memmem */
/* Scripts that are edited, and cases that are looked for: :reload :watch :find. */
#include <stdio.h>
#include <string.h>

#include "decode.h"
#include "evaluation_keys.h"
#include "interrupt.h"
#include "repl.h"

void pi_repl_reload_command(pi_repl_call *call) {
  pi_repl_reload(call->session, true);
}

void pi_repl_watch_command(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  if (call->words_count > 0) {
    bool on = pi_slice_equal(call->words[0], PI_SLICE("on"));
    if (!on && !pi_slice_equal(call->words[0], PI_SLICE("off"))) {
      pi_repl_complain(&self->terminal, "write :watch on or :watch off");
      return;
    }
    if (on && !self->policy.loaded->source.folder) {
      pi_repl_complain(&self->terminal,
                       "a revision of git does not change; `:reload` looks its name up again");
      return;
    }
    if (on && !self->policy.watch.on && pi_repl_watch_changed(&self->policy.watch, self->policy.directory))
      pi_repl_reload(self, false);
    self->policy.watch.on = on;
  }
  pi_buffer_text(&self->terminal.out,
                 self->policy.watch.on ? "scripts are taken when a file of " : "scripts of ");
  pi_buffer_text(&self->terminal.out, self->policy.directory);
  pi_buffer_text(&self->terminal.out, self->policy.watch.on ? " changes\n" : " are taken with :reload\n");
}

/* --- :find --- */

typedef struct finder {
  pi_repl_session *session;
  pi_slice expression;
  pi_arena arena;        /* of one case */
  bool needs_evaluation; /* the expression speaks of it */
  uint64_t line;
  uint64_t refused; /* lines passed over */
  bool failed;      /* and said */
} finder;

/* Whether the expression holds of the case on this line. */
static bool holds(finder *self, pi_slice text) {
  pi_repl_session *session = self->session;
  pi_case facts;
  pi_arena_reset(&self->arena);
  if (pi_decode_case(&facts, text, self->line, &self->arena, NULL, NULL) != PUBINT_OK) {
    self->refused++;
    return false;
  }
  pi_console_renew(session->policy.console);
  pi_tree tree = {NULL, 0};
  if (self->needs_evaluation) {
    const pubint_evaluation *evaluation;
    pubint_error error;
    if (pi_engine_evaluate(session->policy.engine, &facts, &evaluation, &error) != PUBINT_OK) {
      self->failed = true;
      pi_repl_complain_error(&session->terminal, &error);
      return false;
    }
    tree = pi_repl_tree(evaluation, &self->arena);
  }
  pi_console_call call = {.text = self->expression,
                          .input = &facts,
                          .tweet_text = pi_repl_tweet_text(&facts, &self->arena),
                          .evaluation = tree.count > 0 ? &tree : NULL,
                          .records = pi_evaluation_record,
                          .quiet = true};
  pi_console_end end = pi_console_run(session->policy.console, &call);
  if (end == PI_CONSOLE_DONE) return call.holds;
  self->failed = true;
  pi_repl_complain(&session->terminal, "on line %llu: %s", (unsigned long long)self->line,
                   end == PI_CONSOLE_UNFINISHED ? "the expression ends too early" : call.fault);
  return false;
}

static void found(finder *self, pi_slice text) {
  pi_repl_session *session = self->session;
  if (pi_repl_session_take(session, text, pi_repl_file_name(session->hand.file), self->line)) {
    pi_repl_session_head(session);
  }
}

static void search(finder *self) {
  pi_repl_session *session = self->session;
  pubint_error error;
  for (self->line = session->hand.line + 1;; self->line++) {
    pi_slice text;
    bool there;
    if (pi_repl_file_line(session->hand.file, self->line, &text, &there, &error) != PUBINT_OK) {
      pi_repl_complain_error(&session->terminal, &error);
      return;
    }
    if (pi_interrupt_came()) {
      pi_repl_complain(&session->terminal, "interrupted at line %llu", (unsigned long long)self->line);
      return;
    }
    if (!there) break;
    if (holds(self, text)) {
      found(self, text);
      return;
    }
    if (self->failed) return;
  }
  char refused[64] = "";
  if (self->refused > 0) {
    snprintf(refused, sizeof refused, " (%llu lines are refused)", (unsigned long long)self->refused);
  }
  pi_repl_complain(&session->terminal, "no case after line %llu%s", (unsigned long long)session->hand.line,
                   refused);
}

void pi_repl_find(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  if (self->hand.file == NULL) {
    pi_repl_complain(&self->terminal, "no file is open; `:open FILE` opens one");
    return;
  }
  finder find = {.session = self, .expression = call->rests[0]};
  pi_slice word = PI_SLICE("evaluation");
  find.needs_evaluation = memmem(find.expression.ptr, find.expression.len, word.ptr, word.len) != NULL;
  pi_arena_init(&find.arena, 64 * 1024, (size_t)64 * 1024 * 1024);
  self->hand.evaluated = false;
  search(&find);
  pi_arena_dispose(&find.arena);
  pi_console_renew(self->policy.console);
}
