#include "repl_snapshot.h"

#include <stdio.h>

#include "decimal.h"
#include "entries.h"
#include "phrases.h"

enum { INDENT = 2, COLUMN_FACTOR = 4 };

/* --- taking --- */

static pi_slice copy_id(char out[PI_ID_LENGTH_MAX + 1], pi_slice id) {
  snprintf(out, PI_ID_LENGTH_MAX + 1, "%.*s", (int)id.len, id.ptr);
  return pi_slice_of(out);
}

static void take_entry(pi_repl_entry *out, const pi_entry *entry, const pi_entry_notes *notes) {
  copy_id(out->rule, entry->violation->rule_id);
  out->verdict = entry->verdict;
  out->basis = entry->basis;
  out->weighed = entry->weighed;
  out->failed = entry->error.failure != PI_FAILURE_NONE;
  out->interest = entry->interest;
  out->harm = entry->harm;
  out->bar = entry->bar;
  out->market = entry->market.counted;
  out->margin = entry->margin;
  out->bar_replaced = notes != NULL && notes->bar >= 0;
  pi_balance *balance = &out->balance;
  pi_balance_init(balance);
  char(*id)[PI_ID_LENGTH_MAX + 1] = out->ids;
  for (uint32_t i = 0; entry->weighed && i < entry->balance.factors_count; i++) {
    pi_factor *factor = &balance->factors[balance->factors_count++];
    *factor = entry->balance.factors[i];
    factor->id = copy_id(*id++, factor->id);
    out->replaced[i] = notes != NULL && notes->weights[i] > 0;
  }
  for (uint32_t i = 0; i < entry->balance.conditions_count; i++) {
    pi_condition *condition = &balance->conditions[balance->conditions_count++];
    *condition = entry->balance.conditions[i];
    condition->id = copy_id(*id++, condition->id);
    condition->why = (pi_slice){NULL, 0};
    out->open[i] = pi_entry_leaves_open(entry, &entry->balance.conditions[i]);
  }
}

void pi_repl_snapshot_take(pi_repl_snapshot *out, const pubint_evaluation *evaluation) {
  out->outcome = evaluation->outcome;
  out->basis = evaluation->basis;
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) out->gates[gate] = evaluation->gates.results[gate];
  out->entries_count = evaluation->entries_count;
  for (uint32_t i = 0; i < out->entries_count; i++) {
    const pi_entry *entry = &evaluation->entries[i];
    take_entry(&out->entries[i], entry, pi_entries_notes(evaluation, entry));
  }
}

/* --- words and numbers --- */

pi_style pi_repl_outcome_style(pubint_outcome outcome) {
  switch (outcome) {
  case PUBINT_NO_ACTION:
  case PUBINT_NOTICE: return PI_STYLE_GOOD;
  case PUBINT_REMOVE: return PI_STYLE_BAD;
  case PUBINT_REVIEW: break;
  }
  return PI_STYLE_OPEN;
}

static void put(pi_page *page, pi_style style, const char *text) {
  pi_page_text(page, style, pi_slice_of(text));
}

void pi_repl_put_decimal(pi_page *page, pi_style style, int64_t value, unsigned decimals) {
  char digits[PI_DECIMAL_BYTES];
  size_t length = pi_decimal_write(digits, value < 0 ? -value : value, decimals);
  if (value < 0) put(page, style, "−");
  pi_page_text(page, style, (pi_slice){digits, length});
}

static void put_outcome(pi_page *page, pubint_outcome outcome) {
  pi_page_text(page, pi_repl_outcome_style(outcome), pi_say_outcome(NULL, outcome));
}

static void arrow(pi_page *page) {
  put(page, PI_STYLE_FAINT, " → ");
}

/* "4.2 → −0.3", or the one where they are the same. */
static void put_change(pi_page *page, pi_style style, int64_t before, int64_t after, unsigned decimals) {
  if (before != after) {
    pi_repl_put_decimal(page, PI_STYLE_PLAIN, before, decimals);
    arrow(page);
  }
  pi_repl_put_decimal(page, style, after, decimals);
}

/* Right next to a number that is not the script's. */
static void put_mark(pi_page *page, bool replaced) {
  if (replaced) put(page, PI_STYLE_OPEN, " (override)");
}

void pi_repl_make_room(pi_page *page, unsigned indent, unsigned columns) {
  if (page->column <= indent || page->column + columns <= page->width) return;
  pi_page_end(page);
  pi_page_to(page, indent);
}

static unsigned decimal_columns(int64_t value, unsigned decimals) {
  char digits[PI_DECIMAL_BYTES];
  return (unsigned)pi_decimal_write(digits, value, decimals); /* its minus, like ours, takes one */
}

static unsigned change_columns(int64_t before, int64_t after, unsigned decimals) {
  return decimal_columns(after, decimals) + (before != after ? decimal_columns(before, decimals) + 3 : 0);
}

static unsigned mark_columns(bool replaced) {
  return replaced ? 11 : 0;
}

/* --- as it stands --- */

/* " = 6.85 − 1.65 − bar 1" */
static void print_sum(pi_page *page, const pi_repl_entry *entry) {
  int64_t market = entry->market < 0 ? -entry->market : entry->market;
  unsigned columns = 3 + decimal_columns(entry->interest, 9) + 3 + decimal_columns(entry->harm, 9) + 7 +
                     decimal_columns(entry->bar, 9) + mark_columns(entry->bar_replaced) +
                     (market != 0 ? 10 + decimal_columns(market, 9) : 0);
  pi_repl_make_room(page, COLUMN_FACTOR, columns);
  put(page, PI_STYLE_FAINT, " = ");
  pi_repl_put_decimal(page, PI_STYLE_PLAIN, entry->interest, 9);
  put(page, PI_STYLE_FAINT, " − ");
  pi_repl_put_decimal(page, PI_STYLE_PLAIN, entry->harm, 9);
  put(page, PI_STYLE_FAINT, " − bar ");
  pi_repl_put_decimal(page, PI_STYLE_PLAIN, entry->bar, 9);
  put_mark(page, entry->bar_replaced);
  if (market == 0) return;
  put(page, PI_STYLE_FAINT, entry->market < 0 ? " − market " : " + market ");
  pi_repl_put_decimal(page, PI_STYLE_PLAIN, market, 9);
}

static void print_condition(pi_page *page, const pi_repl_entry *entry, uint32_t index) {
  const pi_condition *condition = &entry->balance.conditions[index];
  pi_page_to(page, COLUMN_FACTOR);
  if (entry->open[index]) {
    put(page, PI_STYLE_OPEN, "? condition not assessed: ");
  } else if (condition->met) {
    put(page, PI_STYLE_GOOD, "✓ condition met: ");
  } else {
    put(page, PI_STYLE_BAD, "✗ condition not met: ");
  }
  pi_page_text(page, PI_STYLE_PLAIN, condition->id);
  pi_page_end(page);
}

static void print_entry(pi_page *page, const pi_repl_entry *entry) {
  pi_page_to(page, INDENT);
  put(page, PI_STYLE_PLAIN, entry->rule);
  put(page, PI_STYLE_PLAIN, "  ");
  put_outcome(page, entry->verdict);
  if (entry->basis != PUBINT_WEIGHED) {
    put(page, PI_STYLE_PLAIN, ", ");
    put(page, PI_STYLE_OPEN, pubint_basis_name(entry->basis));
  }
  if (entry->weighed) {
    put(page, PI_STYLE_PLAIN, "  margin ");
    pi_repl_put_decimal(page, entry->margin < 0 ? PI_STYLE_BAD : PI_STYLE_GOOD, entry->margin, 9);
    print_sum(page, entry);
  }
  pi_page_end(page);
  for (uint32_t i = 0; i < entry->balance.conditions_count; i++) {
    if (!entry->balance.conditions[i].met || entry->open[i]) print_condition(page, entry, i);
  }
}

void pi_repl_snapshot_print(pi_page *page, const pi_repl_snapshot *now) {
  put_outcome(page, now->outcome);
  put(page, PI_STYLE_PLAIN, ", ");
  put(page, PI_STYLE_PLAIN, pubint_basis_name(now->basis));
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) {
    if (now->gates[gate] == PI_GATE_PASS) continue;
    put(page, PI_STYLE_FAINT, ";");
    pi_repl_make_room(page, 1, (unsigned)(PI_GATES[gate].id.len + sizeof " gate  unknown"));
    put(page, PI_STYLE_FAINT, " gate ");
    pi_page_text(page, PI_STYLE_PLAIN, PI_GATES[gate].id);
    put(page, PI_STYLE_FAINT, " ");
    pi_page_text(page, now->gates[gate] == PI_GATE_FAIL ? PI_STYLE_BAD : PI_STYLE_OPEN,
                 pi_gate_result_name(now->gates[gate]));
  }
  pi_page_end(page);
  for (uint32_t i = 0; i < now->entries_count; i++) print_entry(page, &now->entries[i]);
}

/* --- differences --- */

/* A factor of an entry's balance: its weight is an override. */
static bool is_replaced(const pi_repl_entry *entry, const pi_factor *factor) {
  return entry->replaced[factor - entry->balance.factors];
}

/* The factor as it was, where nothing of it has changed or nothing of it shows: new, or gone, and weighs
 * nothing. */
static bool is_silent(const pi_repl_entry *was, const pi_factor *before, const pi_repl_entry *is,
                      const pi_factor *now) {
  if (before == NULL || now == NULL) return (before != NULL ? before : now)->points == 0;
  return before->strength == now->strength && before->weight == now->weight && before->side == now->side &&
         is_replaced(was, before) == is_replaced(is, now);
}

/* "harm    offline_harm  0.75 → 2.7   (0.125 → 0.45 × 6)" */
static void compare_factor(pi_page *page, const pi_factor *was, const pi_factor *is, bool replaced) {
  const pi_factor *either = is != NULL ? is : was;
  bool harm = either->side == PI_SIDE_HARM;
  pi_page_to(page, COLUMN_FACTOR);
  put(page, harm ? PI_STYLE_BAD : PI_STYLE_GOOD, harm ? "harm      " : "interest  ");
  pi_page_text(page, PI_STYLE_PLAIN, either->id);
  put(page, PI_STYLE_PLAIN, "  ");
  if (is == NULL || was == NULL) {
    pi_repl_put_decimal(page, PI_STYLE_PLAIN, either->points, 9);
    put(page, PI_STYLE_FAINT, is == NULL ? "  is gone" : "  is new");
  } else {
    put_change(page, PI_STYLE_STRONG, was->points, is->points, 9);
    pi_repl_make_room(page, COLUMN_FACTOR + 10 - 2,
                      3 + change_columns(was->strength, is->strength, 6) + 3 +
                          change_columns(was->weight, is->weight, 3) + mark_columns(replaced) + 1);
    put(page, PI_STYLE_FAINT, "  (");
    put_change(page, PI_STYLE_PLAIN, was->strength, is->strength, 6);
    put(page, PI_STYLE_FAINT, " × ");
    put_change(page, PI_STYLE_PLAIN, was->weight, is->weight, 3);
    put_mark(page, replaced);
    put(page, PI_STYLE_FAINT, ")");
  }
  pi_page_end(page);
}

static void compare_factors(pi_page *page, const pi_repl_entry *was, const pi_repl_entry *is) {
  for (uint32_t i = 0; i < is->balance.factors_count; i++) {
    const pi_factor *now = &is->balance.factors[i];
    const pi_factor *before = pi_balance_find_factor(&was->balance, now, i);
    if (!is_silent(was, before, is, now)) compare_factor(page, before, now, is->replaced[i]);
  }
  for (uint32_t i = 0; i < was->balance.factors_count; i++) {
    const pi_factor *before = &was->balance.factors[i];
    bool gone = pi_balance_find_factor(&is->balance, before, i) == NULL;
    if (gone && !is_silent(was, before, is, NULL)) compare_factor(page, before, NULL, false);
  }
}

/* Whether the condition at that index is what it was. */
static bool same_condition(const pi_repl_entry *was, const pi_repl_entry *is, uint32_t index) {
  const pi_condition *now = &is->balance.conditions[index];
  const pi_condition *before = pi_balance_find_condition(&was->balance, now);
  return before != NULL && before->met == now->met &&
         was->open[before - was->balance.conditions] == is->open[index];
}

static void compare_conditions(pi_page *page, const pi_repl_entry *was, const pi_repl_entry *is) {
  for (uint32_t i = 0; i < is->balance.conditions_count; i++) {
    if (!same_condition(was, is, i)) print_condition(page, is, i);
  }
}

static bool same_entry(const pi_repl_entry *was, const pi_repl_entry *is) {
  const pi_balance *a = &was->balance, *b = &is->balance;
  bool same = was->verdict == is->verdict && was->basis == is->basis && was->margin == is->margin &&
              was->bar_replaced == is->bar_replaced && a->factors_count == b->factors_count &&
              a->conditions_count == b->conditions_count && was->failed == is->failed;
  for (uint32_t i = 0; same && i < b->factors_count; i++) {
    const pi_factor *before = pi_balance_find_factor(a, &b->factors[i], i);
    same = before != NULL && is_silent(was, before, is, &b->factors[i]);
  }
  for (uint32_t i = 0; same && i < b->conditions_count; i++) same = same_condition(was, is, i);
  return same;
}

static void compare_entry(pi_page *page, const pi_repl_entry *was, const pi_repl_entry *is) {
  pi_page_to(page, INDENT);
  put(page, PI_STYLE_STRONG, is->rule);
  if (is->weighed || was->weighed) {
    put(page, PI_STYLE_PLAIN, "  margin ");
    if (was->weighed && is->weighed) {
      put_change(page, is->margin < 0 ? PI_STYLE_BAD : PI_STYLE_GOOD, was->margin, is->margin, 9);
    } else if (is->weighed) {
      pi_repl_put_decimal(page, is->margin < 0 ? PI_STYLE_BAD : PI_STYLE_GOOD, is->margin, 9);
    } else {
      put(page, PI_STYLE_OPEN, "none");
    }
  }
  if (was->verdict != is->verdict || was->basis != is->basis) {
    put(page, PI_STYLE_PLAIN, "  ");
    put_outcome(page, was->verdict);
    arrow(page);
    put_outcome(page, is->verdict);
    if (is->basis != PUBINT_WEIGHED) {
      put(page, PI_STYLE_FAINT, ", ");
      put(page, PI_STYLE_OPEN, pubint_basis_name(is->basis));
    }
  }
  if (was->weighed && is->weighed && (was->bar != is->bar || is->bar_replaced)) {
    pi_repl_make_room(page, INDENT,
                      6 + change_columns(was->bar, is->bar, 9) + mark_columns(is->bar_replaced));
    put(page, PI_STYLE_FAINT, "  bar ");
    put_change(page, PI_STYLE_PLAIN, was->bar, is->bar, 9);
    put_mark(page, is->bar_replaced);
  }
  if (was->market != is->market) {
    pi_repl_make_room(page, INDENT, 9 + change_columns(was->market, is->market, 9));
    put(page, PI_STYLE_FAINT, "  market ");
    put_change(page, PI_STYLE_PLAIN, was->market, is->market, 9);
  }
  pi_page_end(page);
  compare_conditions(page, was, is);
  compare_factors(page, was, is);
}

static void compare_gates(pi_page *page, const pi_repl_snapshot *before, const pi_repl_snapshot *after) {
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) {
    if (before->gates[gate] == after->gates[gate]) continue;
    pi_page_to(page, INDENT);
    put(page, PI_STYLE_PLAIN, "gate ");
    pi_page_text(page, PI_STYLE_STRONG, PI_GATES[gate].id);
    put(page, PI_STYLE_PLAIN, "  ");
    pi_page_text(page, PI_STYLE_PLAIN, pi_gate_result_name(before->gates[gate]));
    arrow(page);
    pi_page_text(page, after->gates[gate] == PI_GATE_PASS ? PI_STYLE_GOOD : PI_STYLE_BAD,
                 pi_gate_result_name(after->gates[gate]));
    pi_page_end(page);
  }
}

static bool same_gates(const pi_repl_snapshot *a, const pi_repl_snapshot *b) {
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) {
    if (a->gates[gate] != b->gates[gate]) return false;
  }
  return true;
}

void pi_repl_snapshot_compare(pi_page *page, const pi_repl_snapshot *before, const pi_repl_snapshot *after) {
  bool comparable = before->entries_count == after->entries_count;
  bool same = before->outcome == after->outcome && before->basis == after->basis && comparable &&
              same_gates(before, after);
  for (uint32_t i = 0; same && i < after->entries_count; i++) {
    same = same_entry(&before->entries[i], &after->entries[i]);
  }
  if (before->outcome != after->outcome) {
    put_outcome(page, before->outcome);
    arrow(page);
  }
  put_outcome(page, after->outcome);
  put(page, PI_STYLE_FAINT, ", ");
  put(page, PI_STYLE_PLAIN, pubint_basis_name(after->basis));
  if (same) put(page, PI_STYLE_FAINT, ": nothing moves");
  pi_page_end(page);
  if (same) return;
  compare_gates(page, before, after);
  for (uint32_t i = 0; i < after->entries_count; i++) {
    if (!comparable) {
      print_entry(page, &after->entries[i]);
    } else if (!same_entry(&before->entries[i], &after->entries[i])) {
      compare_entry(page, &before->entries[i], &after->entries[i]);
    }
  }
}
