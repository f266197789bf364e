#include "summary.h"

#include <stdio.h>

#include "errors.h"
#include "figures.h"
#include "phrases.h"

enum { COLUMN_NAME = 2, COLUMN_COUNT = 50, COLUMN_SHARE = 59, COLUMN_RULES = 2, TEXT_BYTES = 96 };

static void put_row(pi_page *page, const char *name, uint64_t count, uint64_t of, pi_style style) {
  char number[TEXT_BYTES], share[TEXT_BYTES];
  pi_page_to(page, COLUMN_NAME);
  pi_page_text(page, style, pi_slice_of(name));
  pi_page_right(page, COLUMN_COUNT, PI_STYLE_PLAIN, pi_figure_count(number, count));
  if (of > 0) pi_page_right(page, COLUMN_SHARE, PI_STYLE_FAINT, pi_figure_share(share, count, of));
  pi_page_end(page);
}

/* Behind an empty line, where it is not the first. */
static void put_head(pi_page *page, const char *text) {
  if (page->out->len > 0) pi_page_end(page);
  pi_page_text(page, PI_STYLE_HEAD, pi_slice_of(text));
  pi_page_end(page);
}

static pi_style style_of(int outcome) {
  return outcome == PUBINT_NOTICE ? PI_STYLE_GOOD : outcome == PUBINT_REVIEW ? PI_STYLE_OPEN : PI_STYLE_PLAIN;
}

static void put_outcomes(pi_page *page, const pi_totals *totals) {
  put_head(page, "Outcomes");
  for (int outcome = 0; outcome < PI_OUTCOMES; outcome++) {
    for (int basis = 0; basis < PI_BASES; basis++) {
      uint64_t count = totals->cases[outcome][basis];
      char name[TEXT_BYTES];
      if (count == 0) continue;
      snprintf(name, sizeof name, "%-10s %s", pi_say_outcome(NULL, (pubint_outcome)outcome).ptr,
               pubint_basis_name((pubint_basis)basis));
      put_row(page, name, count, totals->lines, style_of(outcome));
    }
  }
}

/* How often each rule was violated, and in how many of those cases a notice came of it. */
static void put_rules(pi_page *page, const pi_totals *totals) {
  bool headed = false;
  for (int rule = 0; rule < PI_RULE_BUCKETS; rule++) {
    uint64_t violated = 0, notices = 0;
    for (int outcome = 0; outcome < PI_OUTCOMES; outcome++) {
      for (int basis = 0; basis < PI_BASES; basis++) {
        violated += totals->rules[outcome][basis][rule];
        if (outcome == PUBINT_NOTICE) notices += totals->rules[outcome][basis][rule];
      }
    }
    if (violated == 0) continue;
    if (!headed) put_head(page, "Cases by the rule they violate, and the share of them behind a notice");
    headed = true;
    char name[TEXT_BYTES], number[TEXT_BYTES], share[TEXT_BYTES];
    pi_slice id = rule < PI_RULE_COUNT ? PI_RULES[rule].id : PI_SLICE("other rules");
    snprintf(name, sizeof name, "%.*s", (int)id.len, id.ptr);
    pi_page_to(page, COLUMN_RULES);
    pi_page_text(page, PI_STYLE_PLAIN, pi_slice_of(name));
    pi_page_right(page, COLUMN_COUNT, PI_STYLE_PLAIN, pi_figure_count(number, violated));
    pi_page_right(page, COLUMN_SHARE, PI_STYLE_FAINT, pi_figure_share(share, notices, violated));
    pi_page_end(page);
  }
}

static void put_refused(pi_page *page, const pi_totals *totals) {
  if (totals->refused == 0) return;
  put_head(page, "Refused");
  for (size_t i = 0; i < PI_CODES_COUNT; i++) {
    char name[TEXT_BYTES];
    if (totals->codes[i] == 0) continue;
    snprintf(name, sizeof name, "E%04u %.70s", PI_ERRORS[i].code, PI_ERRORS[i].message);
    put_row(page, name, totals->codes[i], totals->lines, PI_STYLE_BAD);
  }
}

static void put_policy(pi_page *page, pi_slice id) {
  enum { COLUMN_ID = COLUMN_NAME + 11 };
  pi_slice cut = pi_page_policy(id);
  pi_page_to(page, COLUMN_NAME);
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE("policy"));
  pi_page_to(page, COLUMN_ID);
  pi_page_text(page, PI_STYLE_FAINT, cut);
  if (cut.len < id.len) pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("…"));
  pi_page_end(page);
}

void pi_summary_print(pi_page *page, const pi_totals *totals, pi_slice policy, uint64_t resumed_lines,
                      double seconds) {
  char text[TEXT_BYTES], number[TEXT_BYTES];
  put_outcomes(page, totals);
  put_rules(page, totals);
  put_refused(page, totals);
  if (page->out->len > 0) pi_page_end(page);
  put_policy(page, policy);
  put_row(page, "lines", totals->lines, 0, PI_STYLE_STRONG);
  if (resumed_lines > 0) put_row(page, "of which done before", resumed_lines, 0, PI_STYLE_PLAIN);
  if (seconds <= 0) return;
  uint64_t done = totals->lines - resumed_lines;
  uint64_t tenths = (uint64_t)(seconds * 10);
  pi_slice rate = pi_figure_count(number, (uint64_t)((double)done / seconds));
  snprintf(text, sizeof text, "%llu.%llu s, %.*s lines/s", (unsigned long long)(tenths / 10),
           (unsigned long long)(tenths % 10), (int)rate.len, rate.ptr);
  pi_page_to(page, COLUMN_NAME);
  pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(text));
  pi_page_end(page);
}
