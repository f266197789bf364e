#include "repl_snapshot.h"

#include <stdio.h>

#include "decimal.h"
#include "entries.h"
#include "phrases.h"

enum { INDENT = 2, COLUMN_FACTOR = 4 };

/* --- taking --- */

static void copy_id(char out[PI_ID_LENGTH_MAX + 1], pi_slice id) {
  snprintf(out, PI_ID_LENGTH_MAX + 1, "%.*s", (int)id.len, id.ptr);
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
  out->factors_count = entry->weighed ? entry->balance.factors_count : 0;
  for (uint32_t i = 0; i < out->factors_count; i++) {
    const pi_factor *factor = &entry->balance.factors[i];
    pi_repl_factor *copy = &out->factors[i];
    copy_id(copy->id, factor->id);
    copy->side = factor->side;
    copy->strength = factor->strength;
    copy->weight = factor->weight;
    copy->points = factor->points;
    copy->replaced = notes != NULL && notes->weights[i] > 0;
  }
  out->conditions_count = entry->balance.conditions_count;
  for (uint32_t i = 0; i < out->conditions_count; i++) {
    copy_id(out->conditions[i].id, entry->balance.conditions[i].id);
    out->conditions[i].met = entry->balance.conditions[i].met;
    out->conditions[i].open = pi_entry_leaves_open(entry, &entry->balance.conditions[i]);
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

void pi_repl_put_decimal(pi_page *page, pi_style style, int64_t value, unsigned places) {
  char digits[PI_DECIMAL_BYTES];
  size_t length = pi_decimal_write(digits, value < 0 ? -value : value, places);
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
static void put_change(pi_page *page, pi_style style, int64_t before, int64_t after, unsigned places) {
  if (before != after) {
    pi_repl_put_decimal(page, PI_STYLE_PLAIN, before, places);
    arrow(page);
  }
  pi_repl_put_decimal(page, style, after, places);
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

static unsigned decimal_columns(int64_t value, unsigned places) {
  char digits[PI_DECIMAL_BYTES];
  return (unsigned)pi_decimal_write(digits, value, places); /* its minus, like ours, takes one */
}

static unsigned change_columns(int64_t before, int64_t after, unsigned places) {
  return decimal_columns(after, places) + (before != after ? decimal_columns(before, places) + 3 : 0);
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

static void print_condition(pi_page *page, const pi_repl_condition *condition) {
  pi_page_to(page, COLUMN_FACTOR);
  if (condition->open) {
    put(page, PI_STYLE_OPEN, "? condition not assessed: ");
  } else if (condition->met) {
    put(page, PI_STYLE_GOOD, "✓ condition met: ");
  } else {
    put(page, PI_STYLE_BAD, "✗ condition not met: ");
  }
  put(page, PI_STYLE_PLAIN, condition->id);
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
  for (uint32_t i = 0; i < entry->conditions_count; i++) {
    if (!entry->conditions[i].met || entry->conditions[i].open) print_condition(page, &entry->conditions[i]);
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

static const pi_repl_factor *find_factor(const pi_repl_entry *entry, const char *id) {
  for (uint32_t i = 0; i < entry->factors_count; i++) {
    if (strcmp(entry->factors[i].id, id) == 0) return &entry->factors[i];
  }
  return NULL;
}

static bool same_factor(const pi_repl_factor *a, const pi_repl_factor *b) {
  return a->strength == b->strength && a->weight == b->weight && a->side == b->side &&
         a->replaced == b->replaced;
}

/* "harm    offline_harm  0.75 → 2.7   (0.125 → 0.45 × 6)" */
static void compare_factor(pi_page *page, const pi_repl_factor *was, const pi_repl_factor *is) {
  const pi_repl_factor *either = is != NULL ? is : was;
  bool harm = either->side == PI_SIDE_HARM;
  pi_page_to(page, COLUMN_FACTOR);
  put(page, harm ? PI_STYLE_BAD : PI_STYLE_GOOD, harm ? "harm      " : "interest  ");
  put(page, PI_STYLE_PLAIN, either->id);
  put(page, PI_STYLE_PLAIN, "  ");
  if (is == NULL || was == NULL) {
    pi_repl_put_decimal(page, PI_STYLE_PLAIN, either->points, 9);
    put(page, PI_STYLE_FAINT, is == NULL ? "  is gone" : "  is new");
  } else {
    put_change(page, PI_STYLE_STRONG, was->points, is->points, 9);
    pi_repl_make_room(page, COLUMN_FACTOR + 10 - 2,
                      3 + change_columns(was->strength, is->strength, 6) + 3 +
                          change_columns(was->weight, is->weight, 3) + mark_columns(is->replaced) + 1);
    put(page, PI_STYLE_FAINT, "  (");
    put_change(page, PI_STYLE_PLAIN, was->strength, is->strength, 6);
    put(page, PI_STYLE_FAINT, " × ");
    put_change(page, PI_STYLE_PLAIN, was->weight, is->weight, 3);
    put_mark(page, is->replaced);
    put(page, PI_STYLE_FAINT, ")");
  }
  pi_page_end(page);
}

static void compare_factors(pi_page *page, const pi_repl_entry *was, const pi_repl_entry *is) {
  for (uint32_t i = 0; i < is->factors_count; i++) {
    const pi_repl_factor *before = find_factor(was, is->factors[i].id);
    bool silent = before == NULL && is->factors[i].points == 0; /* new, and weighs nothing */
    if (silent || (before != NULL && same_factor(before, &is->factors[i]))) continue;
    compare_factor(page, before, &is->factors[i]);
  }
  for (uint32_t i = 0; i < was->factors_count; i++) {
    bool silent = was->factors[i].points == 0;
    if (!silent && find_factor(is, was->factors[i].id) == NULL) compare_factor(page, &was->factors[i], NULL);
  }
}

static bool same_condition(const pi_repl_condition *a, const pi_repl_condition *b) {
  return a->met == b->met && a->open == b->open && strcmp(a->id, b->id) == 0;
}

static void compare_conditions(pi_page *page, const pi_repl_entry *was, const pi_repl_entry *is) {
  for (uint32_t i = 0; i < is->conditions_count; i++) {
    const pi_repl_condition *now = &is->conditions[i];
    const pi_repl_condition *before = NULL;
    for (uint32_t j = 0; j < was->conditions_count; j++) {
      if (strcmp(was->conditions[j].id, now->id) == 0) before = &was->conditions[j];
    }
    if (before == NULL || !same_condition(before, now)) print_condition(page, now);
  }
}

static bool same_entry(const pi_repl_entry *a, const pi_repl_entry *b) {
  bool same = a->verdict == b->verdict && a->basis == b->basis && a->margin == b->margin &&
              a->bar_replaced == b->bar_replaced && a->factors_count == b->factors_count &&
              a->conditions_count == b->conditions_count && a->failed == b->failed;
  for (uint32_t i = 0; same && i < a->factors_count; i++) {
    const pi_repl_factor *other = find_factor(b, a->factors[i].id);
    same = other != NULL && same_factor(&a->factors[i], other);
  }
  for (uint32_t i = 0; same && i < a->conditions_count; i++) {
    same = same_condition(&a->conditions[i], &b->conditions[i]);
  }
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
