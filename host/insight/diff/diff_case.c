#include "diff_case.h"

pi_direction pi_diff_direction(pubint_outcome old, pubint_outcome new) {
  if (new == PUBINT_NOTICE) return PI_GRANTED;
  if (old == PUBINT_NOTICE) return PI_WITHDRAWN;
  return new == PUBINT_REVIEW ? PI_TO_REVIEW : PI_TO_REMOVAL;
}

/* ---- conditions ---- */

/* Whether unmet conditions of those origins stand in the way on one side alone; then *out names the first. */
static bool condition_differs(const pi_flipped *flipped, unsigned origins, pi_cause *out) {
  const pi_condition *old = pi_balance_unmet(&flipped->old->balance, origins);
  const pi_condition *new = pi_balance_unmet(&flipped->new->balance, origins);
  if ((old == NULL) == (new == NULL)) return false;
  const pi_condition *unmet = old != NULL ? old : new;
  *out = (pi_cause){PI_CAUSE_CONDITION, unmet->from, unmet->id};
  return true;
}

static bool conditions_equal(const pi_balance *a, const pi_balance *b) {
  if (a->conditions_count != b->conditions_count) return false;
  for (uint32_t i = 0; i < a->conditions_count; i++) {
    const pi_condition *other = pi_balance_find_condition(b, &a->conditions[i]);
    if (other == NULL || other->met != a->conditions[i].met) return false;
  }
  return true;
}

/* ---- the margin ---- */

static void contribute(pi_flipped *out, pi_cause part, int64_t points) {
  if (points == 0) return;
  out->contributions[out->contributions_count++] = (pi_contribution){part, points};
}

/* What the bound took off the market's net, or put on it. */
static int64_t clamped_by(const pi_market_sway *market) {
  return market->counted - (market->interest - market->harm);
}

static void add_contributions(pi_flipped *out) {
  const pi_balance *old = &out->old->balance, *new = &out->new->balance;
  for (uint32_t i = 0; i < new->factors_count; i++) {
    const pi_factor *factor = &new->factors[i];
    int64_t before = pi_balance_effect(pi_balance_find_factor(old, factor, i));
    contribute(out, (pi_cause){PI_CAUSE_FACTOR, factor->from, factor->id},
               pi_balance_effect(factor) - before);
  }
  for (uint32_t i = 0; i < old->factors_count; i++) {
    const pi_factor *factor = &old->factors[i];
    if (pi_balance_find_factor(new, factor, i) != NULL) continue;
    contribute(out, (pi_cause){PI_CAUSE_FACTOR, factor->from, factor->id}, -pi_balance_effect(factor));
  }
  contribute(out, (pi_cause){.kind = PI_CAUSE_CLAMP, .from = PI_FROM_HOST},
             clamped_by(&out->new->market) - clamped_by(&out->old->market));
  contribute(out, (pi_cause){.kind = PI_CAUSE_BAR, .from = PI_FROM_RULE}, out->old->bar - out->new->bar);
}

/* The part that moved the margin most in the direction in which it went; the first of equal ones. */
static pi_cause largest_part(const pi_flipped *flipped) {
  const pi_contribution *largest = NULL;
  int64_t sign = flipped->change < 0 ? -1 : 1;
  for (uint32_t i = 0; i < flipped->contributions_count; i++) {
    const pi_contribution *one = &flipped->contributions[i];
    if (one->points * sign > 0 && (largest == NULL || one->points * sign > largest->points * sign)) {
      largest = one;
    }
  }
  return largest != NULL ? largest->part : (pi_cause){.kind = PI_CAUSE_BAR, .from = PI_FROM_RULE};
}

/* ---- a flip ---- */

/* How much a verdict restricts: the most restrictive one is the Tweet's outcome. */
static int restriction(pubint_outcome outcome) {
  return outcome == PUBINT_REMOVE ? 2 : outcome == PUBINT_REVIEW ? 1 : 0;
}

static uint32_t deciding_entry(const pubint_evaluation *old, const pubint_evaluation *new) {
  bool before = restriction(old->outcome) > restriction(new->outcome);
  const pubint_evaluation *strict = before ? old : new, *other = before ? new : old;
  uint32_t i = 0;
  while (i + 1 < strict->entries_count &&
         !(strict->entries[i].verdict == strict->outcome && other->entries[i].verdict != strict->outcome)) {
    i++;
  }
  return i;
}

static bool rule_failed(const pi_entry *entry) {
  return entry->script != NULL && !entry->weighed;
}

static bool market_failed(const pi_entry *entry) {
  return entry->weighed && entry->error.failure != PI_FAILURE_NONE;
}

static pi_cause unassessed(const pi_flipped *flipped) {
  pi_fact_set facts = flipped->old->unassessed ^ flipped->new->unassessed;
  if (facts == 0) facts = flipped->old->unassessed;
  pi_cause cause = {.kind = PI_CAUSE_UNASSESSED, .from = PI_FROM_HOST, .id = {"", 0}};
  for (int fact = PI_FACT_COUNT - 1; fact >= 0; fact--) {
    if ((facts & PI_FACT_BIT(fact)) != 0) cause.id = PI_FACTS[fact].path;
  }
  return cause;
}

/* The first thing that differs, in the order in which a verdict looks at it. */
static pi_cause cause_of(const pi_flipped *flipped) {
  const pi_entry *old = flipped->old, *new = flipped->new;
  pi_cause cause = {.kind = PI_CAUSE_SCRIPT, .from = PI_FROM_RULE, .id = {"", 0}};
  if ((old->script == NULL) != (new->script == NULL)) return cause;
  cause.kind = PI_CAUSE_RULE_ERROR;
  if (rule_failed(old) != rule_failed(new)) return cause;
  if (condition_differs(flipped, PI_FROM_BUT_MARKET, &cause)) return cause;
  cause = (pi_cause){.kind = PI_CAUSE_MARKET_ERROR, .from = PI_FROM_MARKET, .id = {"", 0}};
  if (market_failed(old) != market_failed(new)) return cause;
  /* With a market that fails in both, the margin decides from 3 points below on. */
  bool margin = market_failed(old) || (old->margin < 0) != (new->margin < 0);
  if (margin && flipped->change != 0) return largest_part(flipped);
  if (condition_differs(flipped, PI_FROM_BIT(PI_FROM_MARKET), &cause)) return cause;
  return unassessed(flipped);
}

/* Takes the entries up, with what moved the margin. */
static void take_entries(pi_flipped *out, const pi_entry *old, const pi_entry *new) {
  out->old = old;
  out->new = new;
  out->margins = old->weighed && new->weighed;
  out->change = 0;
  out->contributions_count = 0;
  if (!out->margins) return;
  out->change = new->margin - old->margin;
  add_contributions(out);
}

void pi_diff_explain(pi_flipped *out, const pubint_evaluation *old, const pubint_evaluation *new) {
  uint32_t entry = deciding_entry(old, new);
  out->direction = pi_diff_direction(old->outcome, new->outcome);
  take_entries(out, &old->entries[entry], &new->entries[entry]);
  out->cause = cause_of(out);
}

/* ---- no flip ---- */

static bool entries_equal(const pi_entry *a, const pi_entry *b) {
  if (a->weighed != b->weighed || a->verdict != b->verdict || a->basis != b->basis) return false;
  if (a->margin != b->margin || a->interest != b->interest || a->harm != b->harm || a->bar != b->bar)
    return false;
  if (a->market.interest != b->market.interest || a->market.harm != b->market.harm) return false;
  return a->unassessed == b->unassessed && conditions_equal(&a->balance, &b->balance);
}

static int64_t size_of_move(const pi_entry *old, const pi_entry *new) {
  if (!old->weighed || !new->weighed) return 0;
  return new->margin < old->margin ? old->margin - new->margin : new->margin - old->margin;
}

bool pi_diff_compare(pi_flipped *out, bool *moved, const pubint_evaluation *old,
                     const pubint_evaluation *new) {
  bool changed = old->basis != new->basis;
  uint32_t entry = 0;
  for (uint32_t i = 0; i < old->entries_count; i++) {
    const pi_entry *a = &old->entries[i], *b = &new->entries[i];
    if (!entries_equal(a, b)) changed = true;
    if (size_of_move(a, b) > size_of_move(&old->entries[entry], &new->entries[entry])) entry = i;
  }
  *moved = size_of_move(&old->entries[entry], &new->entries[entry]) > 0;
  if (!*moved) return changed;
  take_entries(out, &old->entries[entry], &new->entries[entry]);
  out->cause = largest_part(out);
  return changed;
}

bool pi_diff_distance(const pubint_evaluation *evaluation, int64_t *distance) {
  bool removed = evaluation->outcome == PUBINT_REMOVE, found = false;
  int64_t least = 0;
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    const pi_entry *entry = &evaluation->entries[i];
    bool by_margin =
        entry->weighed && !market_failed(entry) && pi_balance_unmet(&entry->balance, ~0u) == NULL;
    if (removed && entry->verdict == PUBINT_REMOVE && !by_margin) return false;
    if (!by_margin || (found && entry->margin >= least)) continue;
    least = entry->margin;
    found = true;
  }
  *distance = removed ? -least : least;
  return found;
}
