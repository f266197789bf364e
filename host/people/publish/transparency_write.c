/* The counts as a page, as JSON and as CSV. */
#include <stdio.h>

#include "csv_write.h"
#include "decimal.h"
#include "outline.h"
#include "times.h"
#include "transparency.h"

enum {
  INDENT = 2,
  COLUMN_COUNTS = 44,
  COUNT_WIDTH = 14,
  COUNT_BYTES = 32,
};

static const char *const DECISION_KEYS[] = {[PI_CROSSTAB_NOTICE] = "notices",
                                            [PI_CROSSTAB_REMOVE] = "removals",
                                            [PI_CROSSTAB_DECISIONS] = "decisions"};

static const char *const THOUGHTS[PI_SECOND_THOUGHTS_COUNT] = {
    [PI_AGAINST_EVALUATION] = "against the recommendation of the policy",
    [PI_AGAINST_RECOMMENDATION] = "against that of Trust & Safety",
    [PI_AGAINST_MAJORITY] = "against the majority of the advisers",
    [PI_NOTICE_REVERSED] = "reopened: a notice became a removal",
    [PI_REMOVE_REVERSED] = "reopened: a removal became a notice",
    [PI_DECISION_UPHELD] = "reopened: decided the same again",
};

/* "1,204"; where it is withheld "fewer than 5" if that may be told, else "withheld". */
static void say(const pi_crosstab *crosstab, size_t row, size_t column, size_t year, char out[COUNT_BYTES]) {
  size_t cell = pi_crosstab_index(crosstab, row, column, year);
  if (crosstab->withheld[cell]) {
    if (pi_crosstab_small(crosstab, row, column, year)) {
      snprintf(out, COUNT_BYTES, "fewer than %d", PI_CROSSTAB_MIN);
    } else {
      snprintf(out, COUNT_BYTES, "withheld");
    }
    return;
  }
  char digits[PI_DECIMAL_BYTES];
  size_t length = pi_decimal_write(digits, (int64_t)crosstab->counts[cell], 0);
  size_t at = 0;
  for (size_t i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0) out[at++] = ',';
    out[at++] = digits[i];
  }
  out[at] = '\0';
}

static void heading(pi_page *page, const char *text, const char *const *columns, size_t count) {
  pi_page_end(page);
  pi_page_text(page, PI_STYLE_HEAD, pi_slice_of(text));
  for (size_t i = 0; i < count; i++) {
    unsigned end = COLUMN_COUNTS + (unsigned)(i + 1) * COUNT_WIDTH;
    pi_page_right(page, end, PI_STYLE_FAINT, pi_slice_of(columns[i]));
  }
  pi_page_end(page);
}

static void counts_row(pi_page *page, pi_style style, pi_slice name, const pi_crosstab *crosstab, size_t row,
                       size_t year) {
  pi_page_to(page, INDENT);
  pi_page_text(page, style, name);
  if (page->column > COLUMN_COUNTS) pi_page_end(page); /* below a name that reaches into them */
  for (size_t i = 0; i < crosstab->sizes[PI_CROSSTAB_COLUMN]; i++) {
    char count[COUNT_BYTES];
    say(crosstab, row, i, year, count);
    unsigned end = COLUMN_COUNTS + (unsigned)(i + 1) * COUNT_WIDTH;
    pi_page_right(page, end, style, pi_slice_of(count));
  }
  pi_page_end(page);
}

static void years_part(pi_page *page, const pi_transparency *self) {
  size_t first;
  size_t end;
  size_t all = self->markets_count;
  pi_transparency_years(self, &first, &end);
  heading(page, "By year", DECISION_KEYS, 3);
  for (size_t year = first; year < end; year++) {
    char name[16];
    snprintf(name, sizeof name, "%d", self->first_year + (int)year);
    counts_row(page, PI_STYLE_PLAIN, pi_slice_of(name), &self->by_market, all, year);
  }
  if (self->year == 0) {
    counts_row(page, PI_STYLE_STRONG, PI_SLICE("all"), &self->by_market, all, self->years_count);
  }
}

static void rules_part(pi_page *page, pi_wording *wording, const pi_transparency *self) {
  heading(page, "By rule", DECISION_KEYS, 3);
  for (size_t i = 0; i < self->rules_count; i++) {
    bool other = i + 1 == self->rules_count;
    pi_slice name = other ? PI_SLICE("any other rule") : pi_say_named(wording, "rule", self->rule_names[i]);
    counts_row(page, PI_STYLE_PLAIN, name, &self->by_rule, i, pi_transparency_shown(self));
  }
}

static void markets_part(pi_page *page, const pi_transparency *self) {
  heading(page, "By market", DECISION_KEYS, 3);
  for (size_t i = 0; i < self->markets_count; i++) {
    bool other = i + 1 == self->markets_count;
    pi_slice name = other ? PI_SLICE("elsewhere, or not known") : self->market_names[i];
    counts_row(page, PI_STYLE_PLAIN, name, &self->by_market, i, pi_transparency_shown(self));
  }
}

static void thoughts_part(pi_page *page, const pi_transparency *self) {
  static const char *const COLUMN[] = {"decisions"};
  heading(page, "Where people decided otherwise", COLUMN, 1);
  for (size_t i = 0; i < PI_SECOND_THOUGHTS_COUNT; i++) {
    counts_row(page, PI_STYLE_PLAIN, pi_slice_of(THOUGHTS[i]), &self->second_thoughts, i,
               pi_transparency_shown(self));
  }
}

/* Whether the times may be told: of as many decisions as a count may be. */
static bool timed(const pi_transparency *self) {
  if (self->timed_count == 0) return false;
  size_t cell = pi_crosstab_index(&self->by_market, self->markets_count, PI_CROSSTAB_DECISIONS,
                                  pi_transparency_shown(self));
  return !self->by_market.withheld[cell];
}

static void time_row(pi_page *page, const pi_transparency *self, const char *name, int64_t seconds) {
  char text[PI_DURATION_BYTES] = "withheld";
  if (timed(self)) pi_duration_say(seconds, text);
  /* That there is no decision is itself too small a count to tell, where counts are withheld. */
  if (self->all_counts && self->timed_count == 0) snprintf(text, sizeof text, "–");
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_PLAIN, pi_slice_of(name));
  pi_page_right(page, COLUMN_COUNTS + COUNT_WIDTH, PI_STYLE_PLAIN, pi_slice_of(text));
  pi_page_end(page);
}

static void times_part(pi_page *page, const pi_transparency *self) {
  heading(page, "Time to decide", NULL, 0);
  time_row(page, self, "median", self->median_seconds);
  time_row(page, self, "longest", self->longest_seconds);
}

/* Whether a row has a count for which the page says no more than that it is withheld. */
static bool row_withheld(const pi_crosstab *crosstab, size_t row, size_t year) {
  for (size_t i = 0; i < crosstab->sizes[PI_CROSSTAB_COLUMN]; i++) {
    bool withheld = crosstab->withheld[pi_crosstab_index(crosstab, row, i, year)];
    if (withheld && !pi_crosstab_small(crosstab, row, i, year)) return true;
  }
  return false;
}

static bool says_withheld(const pi_transparency *self) {
  size_t first, end, shown = pi_transparency_shown(self);
  bool found = !timed(self);
  pi_transparency_years(self, &first, &end);
  for (size_t year = first; year < end; year++) {
    found = found || row_withheld(&self->by_market, self->markets_count, year);
  }
  found = found || row_withheld(&self->by_market, self->markets_count, shown);
  for (size_t i = 0; i < self->rules_count; i++) found = found || row_withheld(&self->by_rule, i, shown);
  for (size_t i = 0; i < self->markets_count; i++) found = found || row_withheld(&self->by_market, i, shown);
  for (size_t i = 0; i < PI_SECOND_THOUGHTS_COUNT; i++) {
    found = found || row_withheld(&self->second_thoughts, i, shown);
  }
  return found;
}

void pi_transparency_page(pi_page *page, pi_wording *wording, const pi_transparency *self) {
  pi_page_text(page, PI_STYLE_STRONG, PI_SLICE("Decisions on public-interest notices"));
  pi_page_end(page);
  if (self->years_count == 0) {
    pi_page_end(page);
    pi_page_wrap(page, 0, PI_STYLE_PLAIN, PI_SLICE("Nothing is decided yet."));
    return;
  }
  years_part(page, self);
  rules_part(page, wording, self);
  markets_part(page, self);
  thoughts_part(page, self);
  times_part(page, self);
  pi_page_end(page);
  pi_page_wrap(
      page, 0, PI_STYLE_FAINT,
      PI_SLICE("Every decision counts in its year; one on several rules counts under each. A notice is "
               "a use of the exception: how many there are is a fact and no quota (R059)."));
  if (self->all_counts) {
    pi_page_wrap(page, 0, PI_STYLE_BAD, PI_SLICE("Nothing is withheld: not for publication."));
  } else if (says_withheld(self)) {
    pi_page_wrap(page, 0, PI_STYLE_FAINT,
                 PI_SLICE("Withheld is a count, under 5 or not, with which one under 5 could be worked out, "
                          "and the time of so few decisions."));
  }
}

/* --- JSON --- */

static void put_count(pi_outline *out, const char *key, const pi_crosstab *crosstab, size_t row,
                      size_t column, size_t year) {
  size_t cell = pi_crosstab_index(crosstab, row, column, year);
  if (crosstab->withheld[cell]) {
    pi_outline_raw(out, key, "null");
  } else {
    pi_outline_count(out, key, crosstab->counts[cell]);
  }
}

static void put_decisions(pi_outline *out, const pi_crosstab *crosstab, size_t row, size_t year) {
  for (size_t i = 0; i < 3; i++) put_count(out, DECISION_KEYS[i], crosstab, row, i, year);
}

static void put_named(pi_outline *out, const pi_transparency *self, const char *key, const char *name_key,
                      const pi_crosstab *crosstab, const pi_slice *names, size_t count) {
  pi_outline_open(out, key, '[');
  for (size_t i = 0; i < count; i++) {
    pi_outline_open(out, NULL, '{');
    pi_outline_string(out, name_key, names[i]);
    put_decisions(out, crosstab, i, pi_transparency_shown(self));
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
}

static void put_seconds(pi_outline *out, const pi_transparency *self, const char *key, int64_t seconds) {
  if (timed(self)) {
    pi_outline_integer(out, key, seconds);
  } else {
    pi_outline_raw(out, key, "null");
  }
}

static void put_shown(pi_outline *out, const pi_transparency *self) {
  size_t shown = pi_transparency_shown(self);
  put_decisions(out, &self->by_market, self->markets_count, shown);
  put_named(out, self, "rules", "rule", &self->by_rule, self->rule_names, self->rules_count);
  put_named(out, self, "markets", "market", &self->by_market, self->market_names, self->markets_count);
  pi_outline_open(out, "second_thoughts", '{');
  for (size_t i = 0; i < PI_SECOND_THOUGHTS_COUNT; i++)
    put_count(out, PI_SECOND_THOUGHT_NAMES[i], &self->second_thoughts, i, 0, shown);
  pi_outline_close(out, '}');
  pi_outline_open(out, "seconds_to_decide", '{');
  put_seconds(out, self, "median", self->median_seconds);
  put_seconds(out, self, "longest", self->longest_seconds);
  pi_outline_close(out, '}');
}

void pi_transparency_json(pi_buffer *buffer, const pi_transparency *self) {
  pi_outline json = pi_outline_begin(buffer), *out = &json;
  size_t first;
  size_t end;
  pi_transparency_years(self, &first, &end);
  pi_outline_open(out, "years", '[');
  for (size_t year = first; year < end; year++) {
    pi_outline_open(out, NULL, '{');
    pi_outline_integer(out, "year", self->first_year + (int)year);
    put_decisions(out, &self->by_market, self->markets_count, year);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
  if (self->years_count > 0) put_shown(out, self);
  pi_outline_end(out);
}

/* --- CSV --- */

static void csv_count(pi_buffer *out, const char *table, pi_slice row, const char *column,
                      const pi_transparency *self, const pi_crosstab *crosstab, size_t at, size_t column_at,
                      size_t year) {
  pi_buffer_printf(out, "%s,", table);
  pi_csv_write_text(out, row);
  pi_buffer_byte(out, ',');
  if (year == self->years_count) {
    pi_buffer_text(out, "all");
  } else {
    pi_buffer_printf(out, "%d", self->first_year + (int)year);
  }
  pi_buffer_printf(out, ",%s,", column);
  size_t cell = pi_crosstab_index(crosstab, at, column_at, year);
  if (!crosstab->withheld[cell]) pi_buffer_printf(out, "%llu", (unsigned long long)crosstab->counts[cell]);
  pi_buffer_text(out, "\r\n");
}

static void csv_table(pi_buffer *out, const char *table, const pi_transparency *self,
                      const pi_crosstab *crosstab, const pi_slice *names, size_t count, size_t year) {
  for (size_t i = 0; i < count; i++) {
    for (size_t column = 0; column < 3; column++) {
      csv_count(out, table, names[i], DECISION_KEYS[column], self, crosstab, i, column, year);
    }
  }
}

static void csv_year(pi_buffer *out, const pi_transparency *self, size_t year) {
  for (size_t column = 0; column < 3; column++) {
    csv_count(out, "decisions", PI_SLICE("all"), DECISION_KEYS[column], self, &self->by_market,
              self->markets_count, column, year);
  }
  csv_table(out, "rule", self, &self->by_rule, self->rule_names, self->rules_count, year);
  csv_table(out, "market", self, &self->by_market, self->market_names, self->markets_count, year);
  for (size_t i = 0; i < PI_SECOND_THOUGHTS_COUNT; i++) {
    csv_count(out, "second_thoughts", pi_slice_of(PI_SECOND_THOUGHT_NAMES[i]), "decisions", self,
              &self->second_thoughts, i, 0, year);
  }
}

void pi_transparency_csv(pi_buffer *out, const pi_transparency *self) {
  size_t first;
  size_t end;
  pi_transparency_years(self, &first, &end);
  pi_buffer_text(out, "table,row,year,measure,count\r\n");
  for (size_t year = first; year < end; year++) csv_year(out, self, year);
  if (self->year == 0 && self->years_count > 0) csv_year(out, self, self->years_count);
}
