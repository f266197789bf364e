#include "rejudge.h"

pi_judged_sums pi_rejudge_sums(const pi_readback_rule *rule, const pi_factor *without) {
  return pi_judge_sums(&rule->balance, rule->bar, rule->market.ran, without);
}

pi_judgement pi_rejudge_rule(const pi_readback_rule *rule, const pi_factor *without) {
  const pi_judge_entry entry = {.balance = &rule->balance,
                                .scripted = rule->class_name.ptr != NULL,
                                .weighed = rule->weighed,
                                .market_failed = rule->error_code.ptr != NULL,
                                .margin = rule->weighed ? pi_rejudge_sums(rule, without).margin : 0,
                                .unassessed = rule->unassessed};
  return pi_judge_verdict(&entry);
}

pi_judgement pi_rejudge(const pi_readback *readback, const pi_factor *without) {
  pi_judgement strictest = pi_judge_gates(PI_ELIGIBLE);
  for (uint32_t i = 0; i < readback->rules_count; i++) {
    strictest = pi_judge_stricter(strictest, pi_rejudge_rule(&readback->rules[i], without));
  }
  return strictest;
}
