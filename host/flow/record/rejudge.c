#include "rejudge.h"

static bool left_out(const pi_factor *factor, const pi_left_out *without) {
  return without != NULL && factor->from == without->from && factor->side == without->side &&
         pi_slice_equal(factor->id, without->id);
}

void pi_rejudge_sums(const pi_record_rule *rule, const pi_left_out *without, pi_rejudged_sums *out) {
  *out = (pi_rejudged_sums){.market.ran = rule->market.ran};
  for (uint32_t i = 0; i < rule->balance.factors_count; i++) {
    const pi_factor *factor = &rule->balance.factors[i];
    if (left_out(factor, without)) continue;
    bool market = factor->from == PI_FROM_MARKET;
    int64_t *interest = market ? &out->market.interest : &out->interest;
    int64_t *harm = market ? &out->market.harm : &out->harm;
    *(factor->side == PI_SIDE_INTEREST ? interest : harm) += factor->points;
  }
  int64_t net = out->market.interest - out->market.harm;
  out->market.counted = net > PI_MARKET_SWAY ? PI_MARKET_SWAY : net < -PI_MARKET_SWAY ? -PI_MARKET_SWAY : net;
  out->market.clamped = out->market.counted != net;
  out->margin = out->interest - out->harm - rule->bar + out->market.counted;
}

/* Whether a condition of the market, or one of the rule or the host, is unmet. */
static bool unmet(const pi_record_rule *rule, bool market) {
  for (uint32_t i = 0; i < rule->balance.conditions_count; i++) {
    const pi_condition *condition = &rule->balance.conditions[i];
    if (!condition->met && (condition->from == PI_FROM_MARKET) == market) return true;
  }
  return false;
}

pubint_outcome pi_rejudge_rule(const pi_record_rule *rule, const pi_left_out *without, pubint_basis *basis) {
  *basis = PUBINT_NO_SCRIPT;
  if (rule->class_name.ptr == NULL) return PUBINT_REVIEW;
  *basis = PUBINT_RULE_ERROR;
  if (!rule->weighed) return PUBINT_REVIEW;
  pi_rejudged_sums sums;
  pi_rejudge_sums(rule, without, &sums);
  bool market_failed = rule->error_code.ptr != NULL;
  bool hopeless = sums.margin + (market_failed ? PI_MARKET_SWAY : 0) < 0;
  if (!unmet(rule, false) && market_failed && !hopeless) return PUBINT_REVIEW;
  *basis = PUBINT_WEIGHED;
  if (unmet(rule, false) || hopeless || unmet(rule, true)) return PUBINT_REMOVE;
  if (rule->unassessed == 0) return PUBINT_NOTICE;
  *basis = PUBINT_UNASSESSED;
  return PUBINT_REVIEW;
}

pubint_outcome pi_rejudge(const pi_record *record, const pi_left_out *without, pubint_basis *basis) {
  bool reviewed[PUBINT_UNASSESSED + 1] = {false};
  static const pubint_basis ORDER[] = {PUBINT_RULE_ERROR, PUBINT_NO_SCRIPT, PUBINT_UNASSESSED};
  bool removed = false;
  for (uint32_t i = 0; i < record->rules_count; i++) {
    pubint_basis why;
    pubint_outcome verdict = pi_rejudge_rule(&record->rules[i], without, &why);
    if (verdict == PUBINT_REMOVE) removed = true;
    if (verdict == PUBINT_REVIEW) reviewed[why] = true;
  }
  *basis = PUBINT_WEIGHED;
  if (removed) return PUBINT_REMOVE;
  for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
    if (!reviewed[ORDER[i]]) continue;
    *basis = ORDER[i];
    return PUBINT_REVIEW;
  }
  return PUBINT_NOTICE;
}
