/* Which case is at hand, and what stands in it: :open :next :prev :go :new :show. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_write.h"
#include "errors.h"
#include "input.h"
#include "interrupt.h"
#include "redact.h"
#include "repl.h"

/* --- the cases of a file --- */

static bool needs_file(pi_repl_session *self) {
  if (self->hand.file != NULL) return true;
  pi_repl_complain(&self->terminal, "no file is open; `:open FILE` opens one");
  return false;
}

static void complain_end(pi_repl_session *self, uint64_t line) {
  bool complete;
  uint64_t lines = pi_repl_file_lines(self->hand.file, &complete);
  if (line == 0 || lines == 0) {
    pi_repl_complain(&self->terminal,
                     lines == 0 && complete ? "the file is empty" : "this is the first line");
  } else {
    pi_repl_complain(&self->terminal, "%s ends at line %llu", pi_repl_file_name(self->hand.file),
                     (unsigned long long)lines);
  }
}

/* Goes to a line. One that is refused is passed over by the next :next all the same. */
static void go_to(pi_repl_session *self, uint64_t line) {
  pi_slice text;
  bool found;
  pubint_error error;
  if (pi_repl_file_line(self->hand.file, line, &text, &found, &error) != PUBINT_OK) {
    pi_repl_complain_error(&self->terminal, &error);
  } else if (!found && pi_interrupt_came()) {
    pi_repl_complain(&self->terminal, "interrupted");
  } else if (!found) {
    complain_end(self, line);
  } else if (pi_repl_session_take(self, text, pi_repl_file_name(self->hand.file), line)) {
    pi_repl_session_head(self);
  } else {
    self->hand.line = line;
    if (self->hand.open) pi_repl_complain(&self->terminal, "the case at hand stays the one before");
  }
}

static void go_to_id(pi_repl_session *self, pi_slice id) {
  uint64_t line;
  pubint_error error;
  if (pi_repl_file_find_id(self->hand.file, id, &line, &error) != PUBINT_OK) {
    pi_repl_complain_error(&self->terminal, &error);
  } else if (line > 0) {
    go_to(self, line);
  } else if (pi_interrupt_came()) {
    pi_repl_complain(&self->terminal, "interrupted");
  } else {
    pi_repl_complain(&self->terminal, "no case of %s has the id '%.*s'", pi_repl_file_name(self->hand.file),
                     (int)id.len, id.ptr);
  }
}

static void go_to_word(pi_repl_session *self, pi_slice word) {
  uint64_t line = pi_input_line_number(word);
  if (line > 0) {
    go_to(self, line);
  } else {
    go_to_id(self, word);
  }
}

/* Opens the file at its first line, or where `wanted` says. */
static void open_at(pi_repl_session *self, const char *name, const pi_slice *wanted) {
  pubint_error error;
  pi_repl_file *file;
  if (pi_repl_file_open(&file, name, pi_interrupt_stop(), &error) != PUBINT_OK) {
    pi_repl_complain_error(&self->terminal, &error);
    return;
  }
  pi_repl_file_close(self->hand.file);
  self->hand.file = file;
  self->hand.line = 0;
  if (wanted != NULL) {
    go_to_word(self, *wanted);
  } else {
    go_to(self, 1);
  }
}

void pi_repl_open_file(pi_repl_session *self, const char *file, const char *wanted) {
  pi_slice word = pi_slice_of(wanted != NULL ? wanted : "");
  open_at(self, file, wanted != NULL ? &word : NULL);
  pi_repl_flush(&self->terminal);
}

void pi_repl_open(pi_repl_call *call) {
  char name[4096];
  if (!pi_repl_file_path(call->words[0], name, sizeof name)) {
    pi_repl_complain(&call->session->terminal, "that name is too long");
    return;
  }
  open_at(call->session, name, call->words_count > 1 ? &call->words[1] : NULL);
}

void pi_repl_next(pi_repl_call *call) {
  if (needs_file(call->session)) go_to(call->session, call->session->hand.line + 1);
}

void pi_repl_prev(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  if (!needs_file(self)) return;
  if (self->hand.line <= 1) {
    complain_end(self, 0);
  } else {
    go_to(self, self->hand.line - 1);
  }
}

void pi_repl_go(pi_repl_call *call) {
  if (needs_file(call->session)) go_to_word(call->session, call->words[0]);
}

/* --- a new case --- */

/* A candidate, verified and followed; every harm assessed and low; an addressee in office within a debate. */
static const char NEW_CASE[] =
    "{\"id\":\"new\",\"tweet\":{\"id\":\"1\",\"text\":\"A Tweet. Call 555-0100.\",\"lang\":\"en\"},"
    "\"account\":{\"id\":\"2\",\"username\":\"candidate\",\"kind\":\"person\",\"authentic\":true,"
    "\"verified\":true,\"verified_type\":\"legacy\",\"followers_count\":250000,"
    "\"office\":{\"status\":\"candidate\",\"level\":\"national\",\"branch\":\"legislative\","
    "\"country\":\"US\"}},"
    "\"violations\":[{\"rule\":\"%.*s\"%s}],"
    "\"context\":{\"target\":{\"kind\":\"official\",\"political_context\":0.5},"
    "\"public_concern\":0.5,\"public_debate\":0.5,\"call_to_protest\":0,\"office_relevance\":0.5,"
    "\"geopolitical_clarity\":0,\"record_value\":0.5,\"sole_source\":0,\"hyperbole\":0,"
    "\"political_statement\":0.5,\"heated_debate\":0.5,\"historical_event\":0,\"official_conduct\":0,"
    "\"call_to_action\":0,\"rights_interference\":0,\"violence_link\":0.25,\"misleads_voters\":0,"
    "\"facilitates_transaction\":0,\"service_harm\":0,"
    "\"offline_harm\":{\"likelihood\":0.25,\"severity\":0.25}}}";

void pi_repl_new(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  char text[2048];
  pi_slice rule = call->words_count > 0 ? call->words[0] : PI_SLICE("abuse_harassment");
  if (!pi_repl_has_rule(&self->policy, rule) || rule.len > PI_ID_LENGTH_MAX) {
    pi_repl_complain_rule(&self->terminal, rule);
    return;
  }
  pi_rule row = pi_rule_find(rule);
  bool spans = row != PI_RULE_OTHER && PI_RULES[row].spans;
  int length = snprintf(text, sizeof text, NEW_CASE, (int)rule.len, rule.ptr,
                        spans ? ",\"spans\":[{\"start\":14,\"end\":22,\"kind\":\"phone\"}]" : "");
  if (length < 0 || (size_t)length >= sizeof text) return;
  if (pi_repl_session_take(self, (pi_slice){text, (size_t)length}, NULL, 0)) pi_repl_session_head(self);
}

/* --- what stands in it --- */

enum { COLUMN_VALUE = 36, INDENT = 2 };

static void show_text(const pi_repl_hand *self, pi_page *page) {
  pi_arena arena;
  pi_slice text;
  pi_arena_init(&arena, 64 * 1024, (size_t)2 * 1024 * 1024);
  if (pi_redact(&self->facts, &arena, &text)) {
    bool narrow = page->width < PI_PAGE_WIDTH_MIN; /* it stands below its name then */
    if (narrow) pi_page_end(page);
    pi_page_quote(page, narrow ? 2 * INDENT : COLUMN_VALUE, PI_SLICE("│ "), PI_STYLE_PLAIN, text);
  }
  pi_arena_dispose(&arena);
}

static void show_value(const pi_repl_hand *self, pi_page *page, pi_fact fact) {
  pi_buffer was, is;
  bool known = pi_case_knows(&self->facts, fact);
  pi_buffer_init(&was, 64 * 1024);
  pi_buffer_init(&is, 64 * 1024);
  pi_buffer_text(&was, "");
  if (known) pi_value_type(&is, fact, pi_case_value(&self->facts, fact));
  if (pi_case_knows(&self->opened, fact)) pi_value_type(&was, fact, pi_case_value(&self->opened, fact));
  bool changed = known != pi_case_knows(&self->opened, fact) ||
                 !pi_slice_equal((pi_slice){was.data, was.len}, (pi_slice){is.data, is.len});
  if (!known) pi_page_text(page, PI_STYLE_OPEN, PI_SLICE("unknown"));
  if (changed && fact != PI_FACT_TWEET_TEXT) {
    pi_page_text(page, PI_STYLE_STRONG, (pi_slice){is.data, is.len});
    pi_page_text(page, PI_STYLE_OPEN, PI_SLICE("  was "));
    pi_page_wrap(page, COLUMN_VALUE, PI_STYLE_OPEN,
                 was.len > 0 ? (pi_slice){was.data, was.len} : PI_SLICE("unknown"));
  } else if (known && fact == PI_FACT_TWEET_TEXT) {
    show_text(self, page);
  } else {
    pi_page_wrap(page, COLUMN_VALUE, PI_STYLE_PLAIN, (pi_slice){is.data, is.len});
  }
  if (was.failed || is.failed) page->out->failed = true;
  pi_buffer_dispose(&was);
  pi_buffer_dispose(&is);
}

static void show_fact(const pi_repl_hand *self, pi_page *page, pi_fact fact) {
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_PLAIN, PI_FACTS[fact].path);
  pi_page_to(page, COLUMN_VALUE - 1);
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
  show_value(self, page, fact);
}

static void show_violations(const pi_repl_hand *self, pi_page *page) {
  for (uint32_t i = 0; i < self->facts.violations_count; i++) {
    const pi_violation *violation = &self->facts.violations[i];
    pi_page_to(page, INDENT);
    if (i == 0) pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE("violations"));
    pi_page_to(page, COLUMN_VALUE);
    pi_page_text(page, PI_STYLE_STRONG, violation->rule_id);
    if (violation->kind.ptr != NULL) {
      pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
      pi_page_text(page, PI_STYLE_PLAIN, violation->kind);
    }
    const char *separator = ": ";
    for (uint8_t g = 0; g < PI_GROUNDS.count; g++) {
      if ((violation->grounds >> g & 1) == 0) continue;
      pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(separator));
      pi_page_text(page, PI_STYLE_FAINT, PI_GROUNDS.words[g]);
      separator = ", ";
    }
    char spans[48];
    snprintf(spans, sizeof spans, ", %u span%s", (unsigned)violation->spans_count,
             violation->spans_count == 1 ? "" : "s");
    if (violation->spans_known) pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(spans));
    if (!violation->spans_known && violation->rule != PI_RULE_OTHER && PI_RULES[violation->rule].spans)
      pi_page_text(page, PI_STYLE_OPEN, PI_SLICE(", spans unknown"));
    pi_page_end(page);
  }
}

/* What is not known, in one paragraph. */
static void show_unknown(const pi_repl_hand *self, pi_page *page) {
  pi_buffer list;
  pi_buffer_init(&list, 8192);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (pi_case_knows(&self->facts, (pi_fact)fact) || pi_case_knows(&self->opened, (pi_fact)fact)) continue;
    pi_buffer_text(&list, list.len > 0 ? ", " : "");
    pi_buffer_slice(&list, PI_FACTS[fact].path);
  }
  if (list.len > 0) {
    pi_page_to(page, INDENT);
    pi_page_text(page, PI_STYLE_OPEN, PI_SLICE("unknown: "));
    pi_page_wrap(page, INDENT + 2, PI_STYLE_FAINT, (pi_slice){list.data, list.len});
  }
  if (list.failed) page->out->failed = true;
  pi_buffer_dispose(&list);
}

/* The group of that path; PI_GROUP_ROOT where there is none. */
static pi_group group_of(pi_slice path) {
  for (int group = PI_GROUP_ROOT + 1; group < PI_GROUP_COUNT; group++) {
    if (pi_slice_equal(PI_GROUPS[group].path, path) || pi_slice_equal(PI_GROUPS[group].key, path)) {
      return (pi_group)group;
    }
  }
  return PI_GROUP_ROOT;
}

static bool within(pi_group group, pi_group outer) {
  while (group != outer && group != PI_GROUP_ROOT) group = PI_GROUPS[group].parent;
  return group == outer;
}

void pi_repl_show(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  pi_page page;
  if (!pi_repl_session_needs_case(self)) return;
  pi_slice path = call->words_count > 0 ? call->words[0] : (pi_slice){"", 0};
  bool violations = pi_slice_equal(path, PI_SLICE("violations"));
  pi_group group = group_of(path);
  pi_fact one = PI_FACT_COUNT;
  if (path.len > 0 && !violations && group == PI_GROUP_ROOT) {
    one = pi_repl_fact(&self->terminal, path);
    if (one == PI_FACT_COUNT) return;
  }
  pi_repl_page(&self->terminal, &page);
  for (int fact = 0; fact < PI_FACT_COUNT && !violations; fact++) {
    bool wanted = one != PI_FACT_COUNT ? fact == (int)one : within(PI_FACTS[fact].group, group);
    bool known =
        pi_case_knows(&self->hand.facts, (pi_fact)fact) || pi_case_knows(&self->hand.opened, (pi_fact)fact);
    if (fact == PI_FACT_MARKET && path.len == 0) show_violations(&self->hand, &page);
    if (wanted && (known || path.len > 0)) show_fact(&self->hand, &page, (pi_fact)fact);
  }
  if (violations) show_violations(&self->hand, &page);
  if (path.len == 0) show_unknown(&self->hand, &page);
  pi_page_dispose(&page);
}
