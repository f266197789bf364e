#include "transparency.h"

#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "process.h"
#include "rules.h"
#include "times.h"

#define ARENA_BLOCK_BYTES ((size_t)256 * 1024)
#define ARENA_BYTES_MAX   ((size_t)1024 * 1024 * 1024)

const char *const PI_SECOND_THOUGHT_NAMES[PI_SECOND_THOUGHTS_COUNT] = {
    [PI_AGAINST_EVALUATION] = "against_evaluation", [PI_AGAINST_RECOMMENDATION] = "against_recommendation",
    [PI_AGAINST_MAJORITY] = "against_majority",     [PI_NOTICE_REVERSED] = "notice_became_remove",
    [PI_REMOVE_REVERSED] = "remove_became_notice",  [PI_DECISION_UPHELD] = "upheld",
};

/* As of when a decision counts. */
#define DECIDED_AT "(SELECT at FROM case_times WHERE entry = s.entry)"

/* --- the shape of the tables --- */

/* The first and the last year of a decision, and how many there are. */
static pubint_status find_years(pi_transparency *self, pi_ledger *ledger, uint64_t *decisions,
                                pubint_error *error) {
  pi_query *statement =
      pi_ledger_statement(ledger, "SELECT min(" DECIDED_AT "), max(" DECIDED_AT "), count(*) FROM steps s\n"
                                  "WHERE s.action = 'decide'");
  pubint_status status = PUBINT_OK;
  *decisions = 0;
  if (pi_ledger_next(statement, &status, error)) *decisions = (uint64_t)pi_ledger_number(statement, 2);
  int first = self->year;
  int last = self->year;
  if (*decisions > 0) {
    first = pi_time_year(pi_ledger_number(statement, 0));
    last = pi_time_year(pi_ledger_number(statement, 1));
    if (self->year != 0 && self->year < first) first = self->year;
    if (self->year > last) last = self->year;
  }
  pi_ledger_reset(statement);
  self->first_year = first;
  self->years_count = *decisions > 0 || self->year != 0 ? (size_t)(last - first) + 1 : 0;
  return status;
}

/* The rules that can be excepted, each in its row whether it occurs or not, so that a row's absence tells
 * nothing; then all others. */
static bool name_rules(pi_transparency *self) {
  pi_slice *names = pi_arena_alloc(&self->arena, (PI_RULE_COUNT + 1) * sizeof *names);
  if (names == NULL) return false;
  self->rule_names = names;
  self->rules_count = 0;
  for (int i = 0; i < PI_RULE_COUNT; i++) {
    if (!PI_RULES[i].never) names[self->rules_count++] = PI_RULES[i].id;
  }
  names[self->rules_count++] = PI_SLICE("other");
  return true;
}

/* The markets that have as many decisions as may be told, whatever is shown of them; then all others. */
static pubint_status name_markets(pi_transparency *self, pi_ledger *ledger, bool all_counts,
                                  pubint_error *error) {
  pi_query *statement = pi_ledger_statement(
      ledger,
      "SELECT r.market FROM steps s JOIN rounds r ON r.entry = s.round_entry\n"
      "WHERE s.action = 'decide' AND r.market IS NOT NULL GROUP BY r.market HAVING count(*) >= :least ORDER BY r.market");
  pi_ledger_bind_number(statement, ":least", all_counts ? 1 : PI_CROSSTAB_MIN);
  pi_buffer names;
  pi_buffer_init(&names, ARENA_BYTES_MAX);
  bool failed = false;
  pubint_status status = PUBINT_OK;
  while (pi_ledger_next(statement, &status, error)) {
    /* What is no market, in a file that something else wrote to, is not named either. */
    if (!pi_market_valid(pi_ledger_text(statement, 0))) continue;
    pi_slice name = pi_ledger_copy(statement, 0, &self->arena, &failed);
    pi_buffer_append(&names, (const char *)&name, sizeof name);
  }
  pi_ledger_reset(statement);
  pi_slice other = PI_SLICE("other");
  pi_buffer_append(&names, (const char *)&other, sizeof other);
  if (status == PUBINT_OK) {
    pi_slice *kept = failed || names.failed ? NULL : pi_arena_alloc(&self->arena, names.len);
    if (kept != NULL) memcpy(kept, names.data, names.len);
    self->market_names = kept;
    self->markets_count = names.len / sizeof other;
    if (kept == NULL) status = pi_error_set(error, PI_E_NO_MEMORY);
  }
  pi_buffer_dispose(&names);
  return status;
}

static bool make_tables(pi_transparency *self) {
  static const bool DECISIONS_ADD[] = {true, true, true};
  static const bool YEARS_ADD[] = {false, false, true};
  return pi_crosstab_init(&self->by_rule, (const size_t[]){self->rules_count, 2, self->years_count},
                          DECISIONS_ADD, &self->arena) &&
         pi_crosstab_init(&self->by_market, (const size_t[]){self->markets_count, 2, self->years_count},
                          DECISIONS_ADD, &self->arena) &&
         pi_crosstab_init(&self->second_thoughts,
                          (const size_t[]){PI_SECOND_THOUGHTS_COUNT, 1, self->years_count}, YEARS_ADD,
                          &self->arena);
}

/* --- counting --- */

/* The row of a name, the last where it has none of its own. */
static size_t row_of(const pi_slice *names, size_t count, pi_slice name) {
  size_t i = 0;
  while (i + 1 < count && !pi_slice_equal(names[i], name)) i++;
  return i;
}

static bool is(pi_slice word, const char *other) {
  return pi_slice_equal(word, pi_slice_of(other));
}

/* A column as the word of a decision; PI_POSITION_NONE where it is null or another one ("review"). */
static unsigned position_of(pi_query *statement, int column) {
  pi_slice word = pi_ledger_text(statement, column);
  return word.ptr != NULL ? pi_process_word_find(PI_POSITION_NAMES, word) : PI_POSITION_NONE;
}

static void count_thoughts(pi_transparency *self, pi_query *statement, unsigned decision, size_t year) {
  enum { COLUMN_EVALUATION = 4, COLUMN_RECOMMENDATION, COLUMN_LEANING, COLUMN_EARLIER };
  unsigned evaluation = position_of(statement, COLUMN_EVALUATION);
  unsigned recommendation = position_of(statement, COLUMN_RECOMMENDATION);
  unsigned earlier = position_of(statement, COLUMN_EARLIER);
  int64_t leaning = pi_ledger_number(statement, COLUMN_LEANING);
  unsigned majority = leaning > 0 ? PI_POSITION_NOTICE : leaning < 0 ? PI_POSITION_REMOVE : PI_POSITION_NONE;
  const unsigned before[] = {evaluation, recommendation, majority};
  for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
    if (before[i] != PI_POSITION_NONE && before[i] != decision) {
      pi_crosstab_add(&self->second_thoughts, PI_AGAINST_EVALUATION + i, 0, year);
    }
  }
  if (earlier == PI_POSITION_NONE) return;
  pi_second_thought thought = earlier == decision             ? PI_DECISION_UPHELD
                              : earlier == PI_POSITION_NOTICE ? PI_NOTICE_REVERSED
                                                              : PI_REMOVE_REVERSED;
  pi_crosstab_add(&self->second_thoughts, thought, 0, year);
}

static pubint_status count_decisions(pi_transparency *self, pi_ledger *ledger, int64_t *seconds,
                                     uint64_t seconds_max, pubint_error *error) {
  pi_query *statement = pi_ledger_statement(
      ledger,
      "SELECT " DECIDED_AT ", " DECIDED_AT
      " - (SELECT at FROM case_times WHERE entry = r.entry), s.position, r.market, r.outcome,\n"
      "  (SELECT position FROM steps WHERE round_entry = r.entry AND action = 'recommend'),\n"
      "  (SELECT sum(side) FROM (SELECT iif(position = 'notice', 1, -1) AS side, min(entry) FROM steps\n"
      "    WHERE round_entry = r.entry AND action = 'advise' AND position IS NOT NULL GROUP BY\n"
      "      person_key(who))),\n"
      "  (SELECT d.position FROM rounds q JOIN steps d ON d.round_entry = q.entry AND d.action = 'decide'\n"
      "    WHERE q.case_entry = r.case_entry AND q.number = r.number - 1)\n"
      "FROM steps s JOIN rounds r ON r.entry = s.round_entry WHERE s.action = 'decide'");
  pubint_status status = PUBINT_OK;
  while (pi_ledger_next(statement, &status, error)) {
    int calendar_year = pi_time_year(pi_ledger_number(statement, 0));
    size_t year = (size_t)(calendar_year - self->first_year);
    unsigned decision = position_of(statement, 2);
    size_t column = decision == PI_POSITION_NOTICE ? PI_CROSSTAB_NOTICE : PI_CROSSTAB_REMOVE;
    pi_crosstab_add(&self->by_market,
                    row_of(self->market_names, self->markets_count, pi_ledger_text(statement, 3)), column,
                    year);
    pi_crosstab_add(&self->by_rule, self->rules_count, column, year);
    count_thoughts(self, statement, decision, year);
    if ((self->year == 0 || self->year == calendar_year) && self->timed_count < seconds_max) {
      seconds[self->timed_count++] = pi_ledger_number(statement, 1);
    }
  }
  pi_ledger_reset(statement);
  return status;
}

/* A decision once in each row that its rules fall in: `other` once, however many of its rules have no row. */
static pubint_status count_rules(pi_transparency *self, pi_ledger *ledger, pubint_error *error) {
  pi_query *statement = pi_ledger_statement(
      ledger, "SELECT " DECIDED_AT
              ", s.position, v.rule, s.entry FROM steps s JOIN violated v ON v.entry = s.round_entry\n"
              "WHERE s.action = 'decide' ORDER BY s.entry");
  int64_t other_of = 0;
  pubint_status status = PUBINT_OK;
  while (pi_ledger_next(statement, &status, error)) {
    size_t year = (size_t)(pi_time_year(pi_ledger_number(statement, 0)) - self->first_year);
    size_t column = is(pi_ledger_text(statement, 1), "notice") ? PI_CROSSTAB_NOTICE : PI_CROSSTAB_REMOVE;
    size_t rule = row_of(self->rule_names, self->rules_count, pi_ledger_text(statement, 2));
    int64_t entry = pi_ledger_number(statement, 3);
    if (rule + 1 == self->rules_count && entry == other_of) continue;
    if (rule + 1 == self->rules_count) other_of = entry;
    pi_crosstab_add_overlapping(&self->by_rule, rule, column, year);
  }
  pi_ledger_reset(statement);
  return status;
}

static int compare_seconds(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a;
  int64_t right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

static pubint_status count(pi_transparency *self, pi_ledger *ledger, bool all_counts, pubint_error *error) {
  uint64_t decisions = 0;
  pubint_status status = find_years(self, ledger, &decisions, error);
  if (status == PUBINT_OK && !name_rules(self)) status = pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK) status = name_markets(self, ledger, all_counts, error);
  if (status == PUBINT_OK && !make_tables(self)) status = pi_error_set(error, PI_E_NO_MEMORY);
  if (status != PUBINT_OK) return status;
  int64_t *seconds = pi_arena_alloc(&self->arena, (decisions + 1) * sizeof *seconds);
  if (seconds == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  status = count_decisions(self, ledger, seconds, decisions, error);
  if (status == PUBINT_OK) status = count_rules(self, ledger, error);
  if (status != PUBINT_OK || self->timed_count == 0) return status;
  qsort(seconds, self->timed_count, sizeof *seconds, compare_seconds);
  self->median_seconds = seconds[(self->timed_count - 1) / 2];
  self->longest_seconds = seconds[self->timed_count - 1];
  return PUBINT_OK;
}

pubint_status pi_transparency_count(pi_transparency *out, pi_ledger *ledger, int year, bool all_counts,
                                    pubint_error *error) {
  *out = (pi_transparency){.year = year, .all_counts = all_counts};
  pi_arena_init(&out->arena, ARENA_BLOCK_BYTES, ARENA_BYTES_MAX);
  pubint_status status = pi_ledger_begin(ledger, false, error);
  if (status != PUBINT_OK) return status;
  status = pi_ledger_end(ledger, count(out, ledger, all_counts, error), error);
  if (status != PUBINT_OK || all_counts) return status;
  pi_crosstab_withhold_both(&out->by_rule, &out->by_market);
  pi_crosstab_withhold(&out->second_thoughts);
  return PUBINT_OK;
}

void pi_transparency_dispose(pi_transparency *self) {
  pi_arena_dispose(&self->arena);
}

void pi_transparency_years(const pi_transparency *self, size_t *first, size_t *end) {
  *first = self->year != 0 ? (size_t)(self->year - self->first_year) : 0;
  *end = self->year != 0 ? *first + 1 : self->years_count;
}

size_t pi_transparency_shown(const pi_transparency *self) {
  return self->year != 0 ? (size_t)(self->year - self->first_year) : self->years_count;
}
