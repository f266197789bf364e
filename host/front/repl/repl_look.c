/* What comes of the case: :eval :why :json :flip :time. */
#include <stdio.h>
#include <stdlib.h>

#include "entries.h"
#include "explain_parts.h"
#include "flip.h"
#include "interrupt.h"
#include "repl.h"
#include "script_limits.h"

/* --- :eval :why :json --- */

void pi_repl_eval(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  pi_page page;
  self->hand.evaluated = false;
  if (!pi_repl_session_evaluate(self)) return;
  pi_repl_page(&self->terminal, &page);
  pi_repl_snapshot_take(self->hand.after, self->hand.evaluation);
  pi_repl_snapshot_print(&page, self->hand.after);
  pi_page_dispose(&page);
  pi_repl_print_failures(self);
}

static pi_explain_options explain_options(const pi_repl_terminal *self) {
  return (pi_explain_options){.locale = PI_SLICE("en"), .width = pi_repl_width(self), .color = self->color};
}

static void explain_rule(pi_repl_session *self, pi_slice rule) {
  pi_explainer explainer;
  pi_explain_options options = explain_options(&self->terminal);
  if (!pi_repl_session_evaluate(self)) return;
  pi_explainer_init(&explainer, &self->terminal.out, self->hand.evaluation, NULL, &options);
  const pi_entry *first = pi_entries_of_rule(self->hand.evaluation, rule, NULL);
  for (const pi_entry *entry = first; entry != NULL;
       entry = pi_entries_of_rule(self->hand.evaluation, rule, entry)) {
    pi_explain_entry(&explainer, entry);
  }
  pi_explainer_dispose(&explainer);
  if (first != NULL) return;
  if (!pi_repl_has_rule(&self->policy, rule)) {
    pi_repl_complain_rule(&self->terminal, rule);
  } else {
    pi_repl_complain(&self->terminal,
                     self->hand.evaluation->weighed ? "the case does not break %.*s"
                                                    : "the case was not weighed under %.*s; see :why",
                     (int)rule.len, rule.ptr);
  }
}

void pi_repl_why(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  if (!pi_repl_session_needs_case(self)) return;
  if (call->words_count > 0) {
    explain_rule(self, call->words[0]);
    return;
  }
  pi_turns *turns = malloc(sizeof *turns);
  pubint_error error;
  if (turns == NULL) {
    self->terminal.out.failed = true;
    return;
  }
  self->hand.evaluated = false; /* the search ends the engine's evaluation */
  pi_turn_options stoppable = {.stop = pi_interrupt_stop()};
  bool found = pi_turns_find(turns, self->policy.engine, &self->hand.facts, self->policy.loaded, &stoppable,
                             &error) == PUBINT_OK;
  if (!found) pi_repl_complain_error(&self->terminal, &error);
  pi_explain_options options = explain_options(&self->terminal);
  if (pi_repl_session_evaluate(self))
    pi_explain(&self->terminal.out, self->hand.evaluation, found ? turns : NULL, &options);
  free(turns);
}

void pi_repl_json(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  size_t bytes;
  if (!pi_repl_session_evaluate(self)) return;
  const char *json = pubint_evaluation_json(self->hand.evaluation, &bytes);
  if (json == NULL) {
    self->terminal.out.failed = true;
    return;
  }
  pi_terminal_json(&self->terminal.out, (pi_slice){json, bytes});
  pi_buffer_byte(&self->terminal.out, '\n');
}

/* --- :flip --- */

void pi_repl_flip(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  int64_t wanted = PI_FLIPS_WANTED;
  pubint_error error;
  if (!pi_repl_session_needs_case(self)) return;
  if (call->words_count > 0 && !pi_repl_number(&self->terminal, call->words[0], 0, 1, PI_FLIPS_MAX, &wanted))
    return;
  pi_flips *flips = malloc(sizeof *flips);
  if (flips == NULL) {
    self->terminal.out.failed = true;
    return;
  }
  pi_flip_options options = {.wanted = (uint32_t)wanted, .stop = pi_interrupt_stop()};
  self->hand.evaluated = false;
  if (pi_flips_find(flips, self->policy.engine, &self->hand.facts, self->policy.loaded, &options, &error) !=
      PUBINT_OK) {
    pi_repl_complain_error(&self->terminal, &error);
  } else if (pi_repl_session_evaluate(self)) {
    pi_explainer explainer;
    pi_explain_options how = explain_options(&self->terminal);
    pi_explainer_init(&explainer, &self->terminal.out, self->hand.evaluation, &flips->turns, &how);
    pi_explain_flips(&explainer, flips, true);
    pi_explainer_dispose(&explainer);
  }
  free(flips);
}

/* --- :time --- */

static void put_time(pi_page *page, unsigned end, uint64_t nanoseconds) {
  char text[48];
  snprintf(text, sizeof text, "%llu.%03llu ms", (unsigned long long)(nanoseconds / 1000000),
           (unsigned long long)(nanoseconds / 1000 % 1000));
  pi_page_right(page, end, PI_STYLE_PLAIN, pi_slice_of(text));
}

enum { COLUMN_TIME = 44, COLUMN_INSTRUCTIONS = 58, COLUMN_MEMORY = 72 };

/* On a narrow page what was measured stands below the name, so much further to the left. */
static unsigned begin_measures(pi_page *page) {
  enum { SHIFT = 32 };
  if (page->width >= PI_PAGE_WIDTH_MIN) return 0;
  pi_page_end(page);
  return SHIFT;
}

static void put_script(pi_page *page, const pi_script *script, const pi_usage *usage, uint64_t nanoseconds) {
  char text[48];
  pi_page_to(page, 2);
  pi_page_text(page, PI_STYLE_PLAIN, script->file);
  unsigned shift = begin_measures(page);
  put_time(page, COLUMN_TIME - shift, nanoseconds);
  snprintf(text, sizeof text, "%llu", (unsigned long long)usage->instructions);
  pi_page_right(page, COLUMN_INSTRUCTIONS - shift, PI_STYLE_PLAIN, pi_slice_of(text));
  snprintf(text, sizeof text, "%llu", (unsigned long long)usage->memory_peak_bytes);
  pi_page_right(page, COLUMN_MEMORY - shift, PI_STYLE_PLAIN, pi_slice_of(text));
  pi_page_end(page);
}

void pi_repl_time(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  pi_page page;
  if (!pi_repl_session_evaluate(self)) return;
  pi_repl_page(&self->terminal, &page);
  pi_page_text(&page, PI_STYLE_STRONG, PI_SLICE("  the last evaluation"));
  unsigned shift = begin_measures(&page);
  put_time(&page, COLUMN_TIME - shift, self->hand.nanoseconds);
  pi_page_right(&page, COLUMN_INSTRUCTIONS - shift, PI_STYLE_FAINT, PI_SLICE("instructions"));
  pi_page_right(&page, COLUMN_MEMORY - shift, PI_STYLE_FAINT, PI_SLICE("bytes"));
  pi_page_end(&page);
  for (uint32_t i = 0; i < self->hand.evaluation->entries_count; i++) {
    const pi_entry *entry = &self->hand.evaluation->entries[i];
    const pi_entry_notes *notes = pi_entries_notes(self->hand.evaluation, entry);
    if (entry->script != NULL) put_script(&page, entry->script, &entry->rule_usage, notes->rule_nanoseconds);
    if (entry->market_usage.instructions == 0 || self->hand.evaluation->market == NULL) continue;
    put_script(&page, self->hand.evaluation->market, &entry->market_usage, notes->market_nanoseconds);
  }
  char limits[96];
  snprintf(limits, sizeof limits, "a call may use %d instructions and %d bytes", PI_LIMIT_INSTRUCTIONS,
           PI_LIMIT_MEMORY);
  pi_page_to(&page, 2);
  pi_page_wrap(&page, 2, PI_STYLE_FAINT,
               self->hand.evaluation->weighed ? pi_slice_of(limits) : PI_SLICE("no script was asked"));
  pi_page_dispose(&page);
}
