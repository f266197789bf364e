/* The session: the policy, the case at hand, and what comes of it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "decode.h"
#include "errors.h"
#include "repl.h"
#include "revision.h"

/* What one case and everything :set makes of it may take; results of one command. */
#define CASE_BYTES_MAX ((size_t)32 * 1024 * 1024)
#define OUT_BYTES_MAX  ((size_t)32 * 1024 * 1024)

/* --- beginning and end --- */

/* Of the policy that is loaded. */
static pubint_status open_policy(pi_repl_policy *self, pubint_error *error) {
  self->directory = self->loaded->directory.ptr;
  pubint_status status = pubint_engine_new(&self->engine, self->loaded, error);
  if (status == PUBINT_OK) status = pi_test_tools_new(&self->tools, self->loaded, error);
  if (status == PUBINT_OK) {
    void *context = pi_test_tools_context(self->tools);
    status = pi_console_new(&self->console, self->loaded, PI_TEST_TOOLS, context, error);
  }
  if (status == PUBINT_OK) pi_engine_override(self->engine, self->overrides);
  return status;
}

static void close_policy(pi_repl_policy *self) {
  pi_console_free(self->console);
  pi_test_tools_free(self->tools);
  pubint_engine_free(self->engine);
  pubint_policy_free(self->loaded);
}

bool pi_repl_session_init(pi_repl_session *self, const pi_common *common, pi_exit *status) {
  self->terminal.common = *common;
  pi_buffer_init(&self->terminal.out, OUT_BYTES_MAX);
  pi_arena_init(&self->hand.arena, 64 * 1024, CASE_BYTES_MAX);
  pi_buffer_init(&self->hand.expression, PUBINT_CASE_BYTES_MAX);
  self->terminal.color = pi_terminal_color(common);
  self->policy.overrides = calloc(1, sizeof *self->policy.overrides);
  self->hand.before = calloc(1, sizeof *self->hand.before);
  self->hand.after = calloc(1, sizeof *self->hand.after);
  self->hand.steps = calloc(PI_REPL_UNDO_MAX, sizeof *self->hand.steps);
  pubint_error error;
  if (self->policy.overrides == NULL || self->hand.before == NULL || self->hand.after == NULL ||
      self->hand.steps == NULL) {
    pi_error_set(&error, PI_E_NO_MEMORY);
    *status = pi_complain(&error);
    return false;
  }
  self->policy.loaded = pi_command_policy(common, status);
  if (self->policy.loaded == NULL) return false;
  if (open_policy(&self->policy, &error) != PUBINT_OK) {
    *status = pi_complain(&error);
    return false;
  }
  pi_repl_watch_look(&self->policy.watch, self->policy.directory);
  return true;
}

void pi_repl_session_dispose(pi_repl_session *self) {
  close_policy(&self->policy);
  pi_repl_file_close(self->hand.file);
  pi_arena_dispose(&self->hand.arena);
  pi_buffer_dispose(&self->hand.expression);
  pi_buffer_dispose(&self->terminal.out);
  free(self->policy.overrides);
  free(self->hand.before);
  free(self->hand.after);
  free(self->hand.steps);
}

void pi_repl_reload(pi_repl_session *self, bool asked) {
  pi_repl_policy next = {.overrides = self->policy.overrides};
  pubint_error error;
  pi_page page;
  pi_repl_watch_look(&self->policy.watch, self->policy.directory);
  if (pi_revision_load(&next.loaded, self->policy.directory, &error) != PUBINT_OK) {
    pi_repl_complain_error(&self->terminal, &error);
    pi_repl_complain(&self->terminal, "the policy as it was stays in force");
    return;
  }
  bool silent =
      !asked && pi_slice_equal(next.loaded->id, self->policy.loaded->id); /* touched, or a translation */
  bool compare = !silent && self->hand.open && pi_repl_session_keep(self);
  next.watch = self->policy.watch;
  if (open_policy(&next, &error) != PUBINT_OK) {
    pi_repl_complain_error(&self->terminal, &error);
    close_policy(&next);
    return;
  }
  close_policy(&self->policy);
  self->policy = next;
  pi_repl_session_changed(self);
  if (silent) return;
  pi_repl_page(&self->terminal, &page);
  pi_page_text(&page, PI_STYLE_FAINT, PI_SLICE("policy "));
  pi_page_wrap(&page, 2, PI_STYLE_PLAIN, self->policy.loaded->id);
  pi_page_dispose(&page);
  if (compare) pi_repl_session_delta(self);
}

/* --- the case --- */

bool pi_repl_session_take(pi_repl_session *self, pi_slice text, const char *name, uint64_t line) {
  pi_arena arena;
  pi_case facts;
  pubint_error error;
  pi_arena_init(&arena, 64 * 1024, CASE_BYTES_MAX);
  pubint_status status = PUBINT_OK;
  if (text.len <= PUBINT_CASE_BYTES_MAX) { /* a longer one is refused without being copied */
    text = pi_arena_copy(&arena, text);
    if (text.ptr == NULL) status = pi_error_set(&error, PI_E_NO_MEMORY);
  }
  if (status == PUBINT_OK) {
    status = pi_decode_case(&facts, text, line > 0 ? line : 1, &arena, NULL, &error);
  }
  if (status != PUBINT_OK) {
    pi_arena_dispose(&arena);
    if (name != NULL) pi_error_field(error.file, sizeof error.file, name, strlen(name));
    pi_repl_complain_error(&self->terminal, &error);
    return false;
  }
  pi_arena_dispose(&self->hand.arena);
  self->hand.arena = arena;
  self->hand.facts = facts;
  self->hand.opened = facts;
  self->hand.open = true;
  self->hand.line = line;
  self->hand.steps_count = 0;
  pi_repl_session_changed(self);
  return true;
}

bool pi_repl_session_needs_case(pi_repl_session *self) {
  if (self->hand.open) return true;
  pi_repl_complain(&self->terminal, "no case is open; `:open FILE` opens one, `:new` makes one");
  return false;
}

void pi_repl_session_changed(pi_repl_session *self) {
  self->hand.evaluated = false;
  self->hand.handed = false;
  pi_console_renew(self->policy.console);
}

/* --- evaluating --- */

static uint64_t nanoseconds(void) {
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

bool pi_repl_session_evaluate(pi_repl_session *self) {
  if (!pi_repl_session_needs_case(self)) return false;
  if (self->hand.evaluated) return true;
  pubint_error error;
  uint64_t begun = nanoseconds();
  if (pi_engine_evaluate(self->policy.engine, &self->hand.facts, &self->hand.evaluation, &error) !=
      PUBINT_OK) {
    pi_repl_complain_error(&self->terminal, &error);
    return false;
  }
  self->hand.nanoseconds = nanoseconds() - begun;
  self->hand.evaluated = true;
  return true;
}

bool pi_repl_session_keep(pi_repl_session *self) {
  if (!pi_repl_session_evaluate(self)) return false;
  pi_repl_snapshot_take(self->hand.before, self->hand.evaluation);
  return true;
}

void pi_repl_session_delta(pi_repl_session *self) {
  if (!pi_repl_session_evaluate(self)) return;
  pi_page page;
  pi_repl_snapshot_take(self->hand.after, self->hand.evaluation);
  pi_repl_page(&self->terminal, &page);
  pi_repl_snapshot_compare(&page, self->hand.before, self->hand.after);
  pi_page_dispose(&page);
  pi_repl_print_failures(self);
}

static void print_place(const pi_repl_hand *self, pi_page *page) {
  char line[32];
  if (self->file != NULL && self->line > 0) {
    const char *name = strrchr(pi_repl_file_name(self->file), '/');
    pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(name != NULL ? name + 1 : pi_repl_file_name(self->file)));
    int length = snprintf(line, sizeof line, ":%llu  ", (unsigned long long)self->line);
    pi_page_text(page, PI_STYLE_FAINT, (pi_slice){line, length > 0 ? (size_t)length : 0});
  }
  pi_page_text(page, PI_STYLE_STRONG, pi_case_text(&self->facts, PI_FACT_ID));
  for (uint32_t i = 0; i < self->facts.violations_count; i++) {
    const pi_violation *violation = &self->facts.violations[i];
    unsigned columns = pi_page_columns(page, violation->rule_id) + 2; /* a blank before, a comma behind */
    if (violation->kind.ptr != NULL) columns += pi_page_columns(page, violation->kind) + 3;
    pi_page_text(page, PI_STYLE_PLAIN, i == 0 ? PI_SLICE(" ") : PI_SLICE(","));
    pi_repl_make_room(page, 1, columns);
    pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
    pi_page_text(page, PI_STYLE_PLAIN, violation->rule_id);
    if (violation->kind.ptr == NULL) continue;
    pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" ("));
    pi_page_text(page, PI_STYLE_FAINT, violation->kind);
    pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(")"));
  }
  pi_page_end(page);
}

void pi_repl_session_head(pi_repl_session *self) {
  pi_page page;
  pi_repl_page(&self->terminal, &page);
  print_place(&self->hand, &page);
  if (pi_repl_session_evaluate(self)) {
    pi_repl_snapshot_take(self->hand.after, self->hand.evaluation);
    pi_repl_snapshot_print(&page, self->hand.after);
    pi_repl_print_failures(self);
  }
  pi_page_dispose(&page);
}
