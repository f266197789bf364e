#include "bar.h"

static bool is_marked(const pi_violation *violation) {
  return pi_violation_is_posted(violation) ? violation->spans_count > 0 : violation->spans_known;
}

bool pi_bar_unmarked(const pi_case *input) {
  for (uint32_t i = 0; i < input->violations_count; i++) {
    const pi_violation *violation = &input->violations[i];
    if (violation->rule == PI_RULE_PRIVATE_INFORMATION && !is_marked(violation)) return true;
  }
  return false;
}

const char *pi_bar_of_facts(const pi_case *input) {
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_rule rule = input->violations[i].rule;
    if (rule < PI_RULE_COUNT && PI_RULES[rule].never) return "never_excepted";
  }
  if (pi_bar_unmarked(input)) return "private_data";
  bool known = pi_case_knows(input, PI_FACT_PUBLIC_CONCERN);
  return known && pi_case_strength(input, PI_FACT_PUBLIC_CONCERN) == 0 ? "no_public_concern" : NULL;
}
