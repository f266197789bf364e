#include <stdio.h>
#include <string.h>

#include "case.h"
#include "figures.h"
#include "phrases.h"
#include "record_show.h"
#include "redact.h"
#include "times.h"

enum {
  INDENT = 2,
  COLUMN_VALUE = 13,
  COLUMN_TIME = 10,
  COLUMN_WHO = 28,
  COLUMN_WHAT = 60,
  LINE_BYTES_MAX = 4096,
  ARENA_BLOCK = 256 * 1024,
  ARENA_MAX = 16 * 1024 * 1024,
  RECORD_ARENA_MAX = 256 * 1024 * 1024, /* the facts of every round */
};

void pi_margin_say(int64_t margin, char out[32]) {
  char digits[PI_FIGURE_BYTES];
  pi_slice text = pi_figure_decimal(digits, margin, 9, true);
  snprintf(out, 32, "%.*s", (int)text.len, text.ptr);
}

static pi_style style_of(const char *position) {
  return strcmp(position, "notice") == 0   ? PI_STYLE_GOOD
         : strcmp(position, "remove") == 0 ? PI_STYLE_BAD
                                           : PI_STYLE_OPEN;
}

static void label(pi_page *page, const char *name) {
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(name));
  pi_page_to(page, COLUMN_VALUE);
}

static void labelled(pi_page *page, const char *name, pi_slice value) {
  if (value.len == 0) return;
  label(page, name);
  pi_page_wrap(page, COLUMN_VALUE, PI_STYLE_PLAIN, value);
}

static void add_list(pi_buffer *line, const char *between, const pi_slice *items, int count) {
  for (int i = 0; i < count; i++) {
    if (i > 0) pi_buffer_text(line, between);
    pi_buffer_slice(line, items[i]);
  }
}

static pi_slice text_of(pi_page *page, const pi_buffer *line) {
  if (line->failed) page->out->failed = true;
  return line->data != NULL ? (pi_slice){line->data, line->len} : (pi_slice){"", 0};
}

/* ---- what the case is about ---- */

static void show_facts(pi_page *page, const pi_case *facts, pi_buffer *line) {
  static const pi_fact SAID[] = {PI_FACT_OFFICE_TITLE, PI_FACT_OFFICE_COUNTRY};
  pi_arena arena;
  pi_slice text;
  pi_buffer_reset(line);
  if (pi_case_knows(facts, PI_FACT_ACCOUNT_USERNAME)) {
    pi_buffer_byte(line, '@');
    pi_buffer_slice(line, pi_case_text(facts, PI_FACT_ACCOUNT_USERNAME));
  }
  for (size_t i = 0; i < sizeof SAID / sizeof SAID[0]; i++) {
    if (!pi_case_knows(facts, SAID[i])) continue;
    if (line->len > 0) pi_buffer_text(line, ", ");
    pi_buffer_slice(line, pi_case_text(facts, SAID[i]));
  }
  labelled(page, "Account", text_of(page, line));
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  if (!pi_redact(facts, &arena, &text)) {
    page->out->failed = true;
  } else if (text.ptr != NULL) {
    label(page, "Tweet");
    pi_page_quote(page, COLUMN_VALUE, PI_SLICE("│ "), PI_STYLE_PLAIN, text);
  }
  pi_arena_dispose(&arena);
}

static void show_about(pi_page *page, const pi_round *round, pi_buffer *line) {
  pi_buffer_reset(line);
  add_list(line, ", ", round->rules, round->rules_count);
  labelled(page, round->rules_count == 1 ? "Rule" : "Rules", text_of(page, line));
  if (round->market.ptr != NULL) {
    pi_buffer_reset(line);
    pi_buffer_slice(line, round->market);
    if (round->teams_count > 0) pi_buffer_text(line, ": ");
    add_list(line, ", ", round->teams, round->teams_count);
    labelled(page, "Market", text_of(page, line));
  }
  pubint_case *facts;
  pubint_error error;
  if (pubint_case_parse(&facts, round->facts.ptr, round->facts.len, &error) == PUBINT_OK) {
    show_facts(page, &facts->facts, line);
    pubint_case_free(facts);
  } else {
    labelled(page, "Tweet", PI_SLICE("the facts cannot be read: see `pubint ledger audit --verify`"));
  }
}

/* ---- one line a step ---- */

/* Entry, time, who and, unless it is NULL, as what; the line stays open at COLUMN_WHAT. */
static void begin_line(pi_page *page, int64_t entry, int64_t at, pi_slice who, const char *as) {
  char text[64];
  snprintf(text, sizeof text, "%lld", (long long)entry);
  pi_page_right(page, COLUMN_TIME - 2, PI_STYLE_FAINT, pi_slice_of(text));
  pi_page_to(page, COLUMN_TIME);
  pi_time_say(at, text);
  pi_page_text(page, PI_STYLE_PLAIN, pi_slice_of(text));
  pi_page_to(page, COLUMN_WHO);
  bool named = as == NULL || pi_slice_equal(who, pi_slice_of(as));
  snprintf(text, sizeof text, " (%s)", named ? "" : as);
  if (COLUMN_WHO + pi_page_columns(page, who) > page->width) {
    pi_page_wrap(page, COLUMN_WHO, PI_STYLE_STRONG, who);
    pi_page_to(page, COLUMN_WHO);
  } else {
    pi_page_text(page, PI_STYLE_STRONG, who);
  }
  if (!named && page->column + strlen(text) >= COLUMN_WHAT) {
    pi_page_end(page);
    pi_page_to(page, COLUMN_WHO);
  }
  if (!named) pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(text));
  if (page->column >= COLUMN_WHAT) pi_page_end(page);
  pi_page_to(page, COLUMN_WHAT);
}

/* Which chair somebody has, for people; NULL for who informs, which is none (A23). */
static const char *say_role(pi_role role) {
  static const char *const SAID[] = {
      "enforcement", "Trust & Safety", "adviser", "senior leadership", NULL, "?"};
  return SAID[role];
}

static const char *say_background(pi_background background) {
  static const char *const SAID[] = {"government", "human rights", "journalism", "news",
                                     "technology", "law",          "the market", "?"};
  return SAID[background];
}

static void show_reason(pi_page *page, pi_slice reason) {
  if (reason.ptr != NULL) pi_page_quote(page, COLUMN_WHO, PI_SLICE("│ "), PI_STYLE_PLAIN, reason);
}

/* A line of its own below a step. */
static void show_below(pi_page *page, const pi_buffer *line) {
  pi_page_to(page, COLUMN_WHO);
  pi_page_wrap(page, COLUMN_WHO, PI_STYLE_FAINT, text_of(page, line));
}

/* What belongs to a step: an adviser's team, a finding, who was informed, a reason. */
static void show_belongings(pi_page *page, const pi_step *step, pi_buffer *line) {
  pi_buffer_reset(line);
  if (step->team.ptr != NULL && !pi_slice_equal(step->team, step->who)) {
    pi_buffer_text(line, "of ");
    pi_buffer_slice(line, step->team);
    show_below(page, line);
  }
  if (step->action == PI_ACTION_INFORM) {
    pi_buffer_text(line, "of recommendation and feedback: ");
    add_list(line, ", ", step->informed, step->informed_count);
    show_below(page, line);
  }
  if (step->finding.ptr != NULL) {
    pi_buffer_text(line, "finding:");
    show_below(page, line);
    show_reason(page, step->finding);
    pi_buffer_reset(line);
    pi_buffer_text(line, "reason:");
    if (step->reason.ptr != NULL) show_below(page, line);
  }
  show_reason(page, step->reason);
}

/* What was said of it later. */
static void show_corrections(pi_page *page, const pi_record *record, int64_t of, pi_buffer *line) {
  char at[2][PI_TIME_BYTES];
  for (int i = 0; i < record->corrections_count; i++) {
    const pi_correction *correction = &record->corrections[i];
    if (correction->record != of) continue;
    pi_time_say(correction->at, at[0]);
    pi_time_say(correction->time, at[1]);
    pi_buffer_reset(line);
    pi_buffer_printf(line, "corrected %s (entry %lld) by ", at[0], (long long)correction->entry);
    pi_buffer_slice(line, correction->who);
    if (correction->has_time) pi_buffer_printf(line, ": it counts as of %s", at[1]);
    show_below(page, line);
    show_reason(page, correction->note);
  }
}

static void show_step(pi_page *page, const pi_record *record, const pi_step *step, int64_t before,
                      pi_buffer *line) {
  bool advice = step->action == PI_ACTION_ADVISE;
  const pi_action_row *action = step->action < PI_ACTION_COUNT ? &PI_ACTIONS[step->action] : NULL;
  const char *position = step->position != PI_POSITION_NONE ? PI_POSITION_NAMES[step->position]
                         : action != NULL                   ? action->instead
                                                            : "neither";
  begin_line(page, step->entry, step->recorded_at, step->who,
             advice ? say_background(step->background) : say_role(step->role));
  if (action != NULL) pi_page_text(page, PI_STYLE_PLAIN, pi_slice_of(action->does));
  pi_page_text(page, style_of(position), pi_say_outcome_word(pi_slice_of(position)));
  char took[PI_DURATION_BYTES];
  pi_duration_say(step->at - before, took);
  pi_buffer_reset(line);
  if (step->at > before) pi_buffer_printf(line, ", after %s", took);
  pi_page_wrap(page, COLUMN_WHAT, PI_STYLE_FAINT, text_of(page, line));
  show_belongings(page, step, line);
  show_corrections(page, record, step->entry, line);
}

static void show_policy(pi_page *page, pi_slice policy) {
  char text[256];
  pi_slice cut = pi_page_policy(policy);
  snprintf(text, sizeof text, "under %.*s%s", (int)cut.len, cut.ptr, cut.len < policy.len ? "…" : "");
  pi_page_to(page, COLUMN_WHO);
  pi_page_wrap(page, COLUMN_WHO, PI_STYLE_FAINT, pi_slice_of(text));
}

/* "the evaluation: notice (weighed, margin +1.2)" */
static void show_evaluation(pi_page *page, const pi_round *round, pi_buffer *line) {
  char margin[32];
  pi_page_text(page, PI_STYLE_PLAIN,
               round->number > 1 ? PI_SLICE("reopens; evaluated: ") : PI_SLICE("evaluated: "));
  pi_page_text(page,
               style_of(pi_slice_equal(round->outcome, PI_SLICE("notice"))   ? "notice"
                        : pi_slice_equal(round->outcome, PI_SLICE("remove")) ? "remove"
                                                                             : "review"),
               pi_say_outcome_word(round->outcome));
  pi_buffer_reset(line);
  pi_buffer_text(line, " (");
  pi_buffer_slice(line, round->basis);
  pi_margin_say(round->margin, margin);
  if (round->has_margin) pi_buffer_printf(line, ", margin %s", margin);
  pi_buffer_byte(line, ')');
  if (round->barred.ptr != NULL) pi_buffer_text(line, "; it can never be a notice");
  pi_page_wrap(page, COLUMN_WHAT, PI_STYLE_PLAIN, text_of(page, line));
  if (round->reason.ptr != NULL) {
    pi_buffer_reset(line);
    pi_buffer_text(line, "reason:");
    show_below(page, line);
  }
  show_reason(page, round->reason);
  show_policy(page, round->policy);
}

static void show_hearing(pi_page *page, const pi_round *round, int required, pi_buffer *line) {
  pi_hearing hearing;
  pi_round_hearing(round, &hearing);
  if (hearing.heard == 0) return;
  pi_buffer_reset(line);
  pi_buffer_printf(line,
                   "Heard: %d of the six backgrounds (%d are needed), %s the market; %d for a notice, %d for "
                   "removal",
                   hearing.backgrounds, required, hearing.market ? "and" : "not", hearing.notice,
                   hearing.remove);
  pi_page_to(page, COLUMN_TIME);
  pi_page_wrap(page, COLUMN_TIME, PI_STYLE_FAINT, text_of(page, line));
}

static void show_round(pi_page *page, const pi_record *record, const pi_round *round, pi_buffer *line) {
  const pi_round *standing = NULL;
  const pi_step *decision = pi_record_decision(record, &standing);
  char title[64];
  bool superseded = decision != NULL && standing->number > round->number;
  snprintf(title, sizeof title, "Round %d%s", round->number, superseded ? ", superseded" : "");
  pi_page_end(page);
  pi_page_text(page, PI_STYLE_HEAD, pi_slice_of(title));
  pi_page_end(page);
  /* Who reopens has no chair by that either. */
  begin_line(page, round->entry, round->recorded_at, round->who,
             round->number > 1 ? NULL : say_role(round->role));
  show_evaluation(page, round, line);
  show_corrections(page, record, round->entry, line);
  int64_t before = round->at;
  for (int i = 0; i < round->steps_count; i++) {
    show_step(page, record, &round->steps[i], before, line);
    before = round->steps[i].at;
  }
  show_hearing(page, round, record->required, line);
}

static void show_record(pi_page *page, const pi_record *record, int64_t now) {
  const pi_round *last = pi_record_last(record);
  pi_buffer line;
  char text[96], waited[PI_DURATION_BYTES];
  pi_buffer_init(&line, LINE_BYTES_MAX * 16);
  pi_page_text(page, PI_STYLE_STRONG, record->id);
  snprintf(text, sizeof text, " %s", PI_STATES[record->state].said);
  if (record->state != PI_STATE_DECIDED) {
    int64_t since = pi_round_last_at(last);
    pi_duration_say(now > since ? now - since : 0, waited);
    snprintf(text, sizeof text, " %s, %s since the last step", PI_STATES[record->state].said, waited);
  }
  pi_page_text(page, PI_STYLE_PLAIN, pi_slice_of(text));
  const pi_step *decision = pi_record_decision(record, NULL);
  if (decision != NULL) {
    const char *position = pi_record_word_at(PI_POSITION_NAMES, decision->position);
    bool decided = record->state == PI_STATE_DECIDED;
    pi_page_text(page, PI_STYLE_PLAIN, decided ? PI_SLICE(": ") : PI_SLICE("; the "));
    pi_page_text(page, style_of(position), pi_say_outcome_word(pi_slice_of(position)));
    if (!decided) pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" stands meanwhile"));
  }
  pi_page_end(page);
  show_about(page, last, &line);
  for (int i = 0; i < record->rounds_count; i++) show_round(page, record, &record->rounds[i], &line);
  pi_buffer_dispose(&line);
}

void pi_record_show(pi_page *page, const pi_record *record, int64_t now) {
  pi_record blotted;
  pi_arena arena;
  pi_arena_init(&arena, ARENA_BLOCK, RECORD_ARENA_MAX);
  if (pi_record_blot(&blotted, record, &arena)) {
    show_record(page, &blotted, now);
  } else {
    page->out->failed = true;
  }
  pi_arena_dispose(&arena);
}
