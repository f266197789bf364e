/* The session: the policy, the case at hand, and what comes of it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "decode.h"
#include "errors.h"
#include "repl.h"

/* What one case and everything :set makes of it may take; results of one command. */
#define CASE_BYTES_MAX ((size_t)32 * 1024 * 1024)
#define OUT_BYTES_MAX  ((size_t)32 * 1024 * 1024)

/* --- beginning and end --- */

static pubint_status open_policy(pi_repl_session *self, pubint_error *error) {
  self->directory = self->policy->directory.ptr;
  pubint_status status = pubint_engine_new(&self->engine, self->policy, error);
  if (status == PUBINT_OK) status = pi_console_new(&self->console, self->policy, error);
  if (status == PUBINT_OK) pi_engine_override(self->engine, self->overrides);
  return status;
}

bool pi_repl_session_init(pi_repl_session *self, const pi_common *common, pi_exit *status) {
  self->common = *common;
  pi_buffer_init(&self->out, OUT_BYTES_MAX);
  pi_arena_init(&self->arena, 64 * 1024, CASE_BYTES_MAX);
  self->color = pi_terminal_color(common);
  self->overrides = calloc(1, sizeof *self->overrides);
  self->before = calloc(1, sizeof *self->before);
  self->after = calloc(1, sizeof *self->after);
  self->steps = calloc(PI_REPL_UNDO_MAX, sizeof *self->steps);
  pubint_error error;
  if (self->overrides == NULL || self->before == NULL || self->after == NULL || self->steps == NULL) {
    pi_error_set(&error, PI_E_NO_MEMORY);
    *status = pi_complain(&error);
    return false;
  }
  self->policy = pi_command_policy(common, status);
  if (self->policy == NULL) return false;
  if (open_policy(self, &error) != PUBINT_OK) {
    *status = pi_complain(&error);
    return false;
  }
  pi_repl_watch_look(&self->watch, self->directory);
  return true;
}

void pi_repl_session_dispose(pi_repl_session *self) {
  pi_console_free(self->console);
  pubint_engine_free(self->engine);
  pubint_policy_free(self->policy);
  pi_repl_file_close(self->file);
  pi_arena_dispose(&self->arena);
  pi_buffer_dispose(&self->out);
  free(self->overrides);
  free(self->before);
  free(self->after);
  free(self->steps);
}

void pi_repl_reload(pi_repl_session *self, bool asked) {
  pubint_policy *policy = NULL;
  pubint_error error;
  pi_page page;
  pi_repl_watch_look(&self->watch, self->directory);
  if (pubint_policy_load(&policy, self->directory, &error) != PUBINT_OK) {
    pi_repl_complain_error(self, &error);
    pi_repl_complain(self, "the policy as it was stays in force");
    return;
  }
  bool silent = !asked && pi_slice_equal(policy->id, self->policy->id); /* touched, or a translation */
  bool compare = !silent && self->open && pi_repl_session_keep(self);
  pi_repl_session next = {.policy = policy, .overrides = self->overrides};
  if (open_policy(&next, &error) != PUBINT_OK) {
    pi_repl_complain_error(self, &error);
    pi_console_free(next.console);
    pubint_engine_free(next.engine);
    pubint_policy_free(policy);
    return;
  }
  pi_console_free(self->console);
  pubint_engine_free(self->engine);
  pubint_policy_free(self->policy);
  self->policy = policy;
  self->engine = next.engine;
  self->console = next.console;
  self->directory = next.directory;
  pi_repl_session_changed(self);
  if (silent) return;
  pi_repl_page(self, &page);
  pi_page_text(&page, PI_STYLE_FAINT, PI_SLICE("policy "));
  pi_page_wrap(&page, 2, PI_STYLE_PLAIN, self->policy->id);
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
    pi_repl_complain_error(self, &error);
    return false;
  }
  pi_arena_dispose(&self->arena);
  self->arena = arena;
  self->facts = facts;
  self->opened = facts;
  self->open = true;
  self->line = line;
  self->steps_count = 0;
  pi_repl_session_changed(self);
  return true;
}

bool pi_repl_session_needs_case(pi_repl_session *self) {
  if (self->open) return true;
  pi_repl_complain(self, "no case is open; `:open FILE` opens one, `:new` makes one");
  return false;
}

void pi_repl_session_changed(pi_repl_session *self) {
  self->evaluated = false;
  pi_console_renew(self->console);
}

/* --- evaluating --- */

static uint64_t nanoseconds(void) {
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

bool pi_repl_session_evaluate(pi_repl_session *self) {
  if (!pi_repl_session_needs_case(self)) return false;
  if (self->evaluated) return true;
  pubint_error error;
  uint64_t begun = nanoseconds();
  if (pi_engine_evaluate(self->engine, &self->facts, &self->evaluation, &error) != PUBINT_OK) {
    pi_repl_complain_error(self, &error);
    return false;
  }
  self->nanoseconds = nanoseconds() - begun;
  self->evaluated = true;
  return true;
}

bool pi_repl_session_keep(pi_repl_session *self) {
  if (!pi_repl_session_evaluate(self)) return false;
  pi_repl_snapshot_take(self->before, self->evaluation);
  return true;
}

void pi_repl_session_delta(pi_repl_session *self) {
  if (!pi_repl_session_evaluate(self)) return;
  pi_page page;
  pi_repl_snapshot_take(self->after, self->evaluation);
  pi_repl_page(self, &page);
  pi_repl_snapshot_compare(&page, self->before, self->after);
  pi_page_dispose(&page);
}

static void print_place(pi_repl_session *self, pi_page *page) {
  char line[32];
  if (self->file != NULL && self->line > 0) {
    const char *name = strrchr(pi_repl_file_name(self->file), '/');
    pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(name != NULL ? name + 1 : pi_repl_file_name(self->file)));
    int length = snprintf(line, sizeof line, ":%llu  ", (unsigned long long)self->line);
    pi_page_text(page, PI_STYLE_FAINT, (pi_slice){line, length > 0 ? (size_t)length : 0});
  }
  pi_page_text(page, PI_STYLE_STRONG, self->facts.facts[PI_FACT_ID].string);
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
  pi_repl_page(self, &page);
  print_place(self, &page);
  if (pi_repl_session_evaluate(self)) {
    pi_repl_snapshot_take(self->after, self->evaluation);
    pi_repl_snapshot_print(&page, self->after);
  }
  pi_page_dispose(&page);
}
