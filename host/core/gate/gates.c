#include "gates.h"

#define PI_FACT_NO_FACT PI_FACT_COUNT
#define OF_GATE(fact)   (PI_FACT_##fact == PI_FACT_COUNT ? 0 : PI_FACT_BIT(PI_FACT_##fact))
#define ALSO(fact)      | OF_GATE(fact)

const pi_gate_row PI_GATES[PI_GATE_COUNT] = {
#define GATE(name, text, policy, kind, first, more)                                                          \
  [PI_GATE_##name] = {                                                                                       \
      .id = PI_SLICE_INIT(#text),                                                                            \
      .requirement = policy,                                                                                 \
      .shows = PI_GATE_SHOWS_##kind,                                                                         \
      .own = PI_FACT_##first,                                                                                \
      .facts = OF_GATE(first) more,                                                                          \
  },
#include "gates.def"
#undef GATE
};

pi_gate pi_gate_of(pi_fact fact) {
  int gate = 0;
  while (gate < PI_GATE_COUNT && (PI_GATES[gate].facts & PI_FACT_BIT(fact)) == 0) gate++;
  return (pi_gate)gate;
}

static const pi_slice RESULTS[] = {
    [PI_GATE_PASS] = PI_SLICE_INIT("pass"),
    [PI_GATE_FAIL] = PI_SLICE_INIT("fail"),
    [PI_GATE_UNKNOWN] = PI_SLICE_INIT("unknown"),
};
const pi_words PI_WORDS_GATE_RESULT = {RESULTS, sizeof RESULTS / sizeof *RESULTS};

pi_slice pi_gate_result_name(pi_gate_result result) {
  return RESULTS[result];
}

/* R022 */
static pi_gate_result judge_rule_violation(const pi_case *input, pi_gates *out) {
  (void)out;
  return input->violations_count >= 1 ? PI_GATE_PASS : PI_GATE_FAIL;
}

/* R023, A09: a badge that anybody could buy, or none at all, contradicts `verified` and settles nothing. */
static pi_gate_result judge_verified(const pi_case *input, pi_gates *out) {
  if (!pi_case_knows(input, PI_FACT_ACCOUNT_VERIFIED)) {
    out->missing |= PI_FACT_BIT(PI_FACT_ACCOUNT_VERIFIED);
    return PI_GATE_UNKNOWN;
  }
  if (!pi_case_flag(input, PI_FACT_ACCOUNT_VERIFIED)) return PI_GATE_FAIL;
  if (!pi_case_knows(input, PI_FACT_ACCOUNT_VERIFIED_TYPE)) return PI_GATE_PASS;
  uint8_t type = pi_case_word(input, PI_FACT_ACCOUNT_VERIFIED_TYPE);
  if (type == PI_VERIFIED_BLUE || type == PI_VERIFIED_NONE) {
    out->missing |= PI_FACT_BIT(PI_FACT_ACCOUNT_VERIFIED_TYPE);
    return PI_GATE_UNKNOWN;
  }
  return PI_GATE_PASS;
}

/* R024, A02: strictly more than the limit. */
static pi_gate_result judge_followers(const pi_case *input, pi_gates *out) {
  if (!pi_case_knows(input, PI_FACT_ACCOUNT_FOLLOWERS_COUNT)) {
    out->missing |= PI_FACT_BIT(PI_FACT_ACCOUNT_FOLLOWERS_COUNT);
    return PI_GATE_UNKNOWN;
  }
  int64_t followers = pi_case_count(input, PI_FACT_ACCOUNT_FOLLOWERS_COUNT);
  return followers > PI_FOLLOWERS_LIMIT ? PI_GATE_PASS : PI_GATE_FAIL;
}

/* R027: the office sought is a political one, of an executive or a legislature. Whether a judge's or an
 * officer's is cannot be told, nor what nobody said. */
static pi_gate_result judge_sought(const pi_case *input, pi_gates *out) {
  if (pi_case_knows(input, PI_FACT_OFFICE_BRANCH)) {
    switch ((pi_office_branch)pi_case_word(input, PI_FACT_OFFICE_BRANCH)) {
    case PI_BRANCH_EXECUTIVE:
    case PI_BRANCH_LEGISLATIVE: return PI_GATE_PASS;
    case PI_BRANCH_OTHER: return PI_GATE_FAIL;
    case PI_BRANCH_JUDICIAL:
    case PI_BRANCH_MILITARY: break;
    }
  }
  out->missing |= PI_FACT_BIT(PI_FACT_OFFICE_BRANCH);
  return PI_GATE_UNKNOWN;
}

/* A holder's branch, then how the office was come to (R026, A05, A25). */
static pi_gate_result judge_holder(const pi_case *input, pi_gates *out) {
  if (!pi_case_knows(input, PI_FACT_OFFICE_BRANCH)) {
    out->missing |= PI_FACT_BIT(PI_FACT_OFFICE_BRANCH);
    return PI_GATE_UNKNOWN;
  }
  uint8_t branch = pi_case_word(input, PI_FACT_OFFICE_BRANCH);
  if (branch == PI_BRANCH_JUDICIAL || branch == PI_BRANCH_MILITARY) {
    out->missing |= PI_FACT_BIT(PI_FACT_OFFICE_BRANCH);
    return PI_GATE_UNKNOWN;
  }
  if (branch == PI_BRANCH_OTHER) return PI_GATE_FAIL;

  bool selected = pi_case_knows(input, PI_FACT_OFFICE_SELECTION);
  bool placed = pi_case_knows(input, PI_FACT_OFFICE_LEADERSHIP);
  if (selected && pi_case_word(input, PI_FACT_OFFICE_SELECTION) == PI_SELECTION_ELECTED) return PI_GATE_PASS;
  if (placed && pi_case_flag(input, PI_FACT_OFFICE_LEADERSHIP)) return PI_GATE_PASS;
  if (selected && placed) return PI_GATE_FAIL;
  if (!selected) out->missing |= PI_FACT_BIT(PI_FACT_OFFICE_SELECTION);
  if (!placed) out->missing |= PI_FACT_BIT(PI_FACT_OFFICE_LEADERSHIP);
  return PI_GATE_UNKNOWN;
}

/* R025–R028, A04, A07, A08. kind campaign stands for the person whose office is given. */
static pi_gate_result judge_office(const pi_case *input, pi_gates *out) {
  if (pi_case_knows(input, PI_FACT_ACCOUNT_AUTHENTIC) && !pi_case_flag(input, PI_FACT_ACCOUNT_AUTHENTIC)) {
    out->decided_by = PI_FACT_BIT(PI_FACT_ACCOUNT_AUTHENTIC);
    return PI_GATE_FAIL;
  }
  if (pi_case_knows(input, PI_FACT_ACCOUNT_KIND)) {
    uint8_t kind = pi_case_word(input, PI_FACT_ACCOUNT_KIND);
    if (kind == PI_KIND_PARTY || kind == PI_KIND_MEDIA) {
      out->decided_by = PI_FACT_BIT(PI_FACT_ACCOUNT_KIND);
      return PI_GATE_FAIL;
    }
  }
  if (!pi_case_knows(input, PI_FACT_OFFICE_STATUS)) {
    out->missing |= PI_FACT_BIT(PI_FACT_OFFICE_STATUS);
    return PI_GATE_UNKNOWN;
  }
  switch ((pi_office_status)pi_case_word(input, PI_FACT_OFFICE_STATUS)) {
  case PI_STATUS_CANDIDATE:
  case PI_STATUS_NOMINEE: return judge_sought(input, out);
  case PI_STATUS_HOLDER: return judge_holder(input, out);
  case PI_STATUS_FORMER:
  case PI_STATUS_NONE: break;
  }
  return PI_GATE_FAIL;
}

pi_eligibility pi_gates_eligibility(const pi_gates *gates, const pi_case *input) {
  if (input->violations_count == 0) return PI_NOTHING_VIOLATED;
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_rule rule = input->violations[i].rule;
    if (rule < PI_RULE_COUNT && PI_RULES[rule].never) return PI_NEVER_EXCEPTED;
  }
  bool unknown = false;
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) {
    if (gates->results[gate] == PI_GATE_FAIL) return PI_NOT_ELIGIBLE;
    if (gates->results[gate] == PI_GATE_UNKNOWN) unknown = true;
  }
  return unknown ? PI_NOT_KNOWN : PI_ELIGIBLE;
}

void pi_gates_judge(pi_gates *out, const pi_case *input) {
  typedef pi_gate_result judge(const pi_case *, pi_gates *);
  static judge *const JUDGES[PI_GATE_COUNT] = {
#define GATE(name, id, requirement, shows, own, more) [PI_GATE_##name] = judge_##id,
#include "gates.def"
#undef GATE
  };
  *out = (pi_gates){0};
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) out->results[gate] = JUDGES[gate](input, out);
  out->eligibility = pi_gates_eligibility(out, input);
}
