#include "judge.h"

static bool alike(const pi_factor *a, const pi_factor *b) {
  return a->from == b->from && a->side == b->side && pi_slice_equal(a->id, b->id);
}

static pi_sums sums_of(const pi_balance *balance, pi_from from, const pi_factor *without) {
  pi_sums sums = pi_balance_sums(balance, from);
  for (uint32_t i = 0; without != NULL && i < balance->factors_count; i++) {
    const pi_factor *factor = &balance->factors[i];
    if (factor->from != from || !alike(factor, without)) continue;
    *(factor->side == PI_SIDE_HARM ? &sums.harm : &sums.interest) -= factor->points;
  }
  return sums;
}

pi_judged_sums pi_judge_sums(const pi_balance *balance, int64_t bar, bool market_ran,
                             const pi_factor *without) {
  pi_sums rule = sums_of(balance, PI_FROM_RULE, without);
  pi_sums market = sums_of(balance, PI_FROM_MARKET, without);
  int64_t net = market.interest - market.harm;
  int64_t counted = net > PI_MARKET_SWAY ? PI_MARKET_SWAY : net < -PI_MARKET_SWAY ? -PI_MARKET_SWAY : net;
  return (pi_judged_sums){.interest = rule.interest,
                          .harm = rule.harm,
                          .market = {market_ran, market.interest, market.harm, counted, counted != net},
                          .margin = rule.interest - rule.harm - bar + counted};
}

/* A market that failed could have swayed the margin either way: only what no sway would lift is removed. */
pi_judgement pi_judge_verdict(const pi_judge_entry *entry) {
  const pi_judgement remove = {PUBINT_REMOVE, PUBINT_WEIGHED};
  if (!entry->scripted) return (pi_judgement){PUBINT_REVIEW, PUBINT_NO_SCRIPT};
  if (!entry->weighed) return (pi_judgement){PUBINT_REVIEW, PUBINT_RULE_ERROR};
  if (pi_balance_unmet(entry->balance, PI_FROM_BUT_MARKET) != NULL) return remove;
  if (entry->margin + (entry->market_failed ? PI_MARKET_SWAY : 0) < 0) return remove;
  if (entry->market_failed) return (pi_judgement){PUBINT_REVIEW, PUBINT_RULE_ERROR};
  if (pi_balance_unmet(entry->balance, PI_FROM_BIT(PI_FROM_MARKET)) != NULL) return remove;
  if (entry->unassessed != 0) return (pi_judgement){PUBINT_REVIEW, PUBINT_UNASSESSED};
  return (pi_judgement){PUBINT_NOTICE, PUBINT_WEIGHED};
}

pi_judgement pi_judge_gates(pi_eligibility eligibility) {
  static const pi_judgement OF_GATES[] = {
      [PI_NOTHING_VIOLATED] = {PUBINT_NO_ACTION, PUBINT_NO_VIOLATION},
      [PI_NEVER_EXCEPTED] = {PUBINT_REMOVE, PUBINT_NEVER_EXCEPTED},
      [PI_NOT_ELIGIBLE] = {PUBINT_REMOVE, PUBINT_NOT_ELIGIBLE},
      [PI_NOT_KNOWN] = {PUBINT_REVIEW, PUBINT_INCOMPLETE},
      [PI_ELIGIBLE] = {PUBINT_NOTICE, PUBINT_WEIGHED},
  };
  return OF_GATES[eligibility];
}

/* Removal before review before notice; a review is for the first of its bases in this order. */
static int restriction(pi_judgement one) {
  static const int OF_REVIEW[] = {[PUBINT_UNASSESSED] = 1, [PUBINT_NO_SCRIPT] = 2, [PUBINT_RULE_ERROR] = 3};
  return one.outcome == PUBINT_REMOVE ? 4 : one.outcome == PUBINT_REVIEW ? OF_REVIEW[one.basis] : 0;
}

pi_judgement pi_judge_stricter(pi_judgement a, pi_judgement b) {
  return restriction(b) > restriction(a) ? b : a;
}
