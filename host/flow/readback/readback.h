/* What a line of evaluations says, as it is read back. Numbers are exact: points as billionths, strengths as
 * millionths, weights as thousandths. */
#ifndef PI_READBACK_H
#define PI_READBACK_H

#include "evaluation.h"

/* One entry of `rules`. Texts lie in the line or the arena. */
typedef struct pi_readback_rule {
  pi_slice rule;
  pi_slice kind; /* .ptr NULL: absent, as all below */
  pi_slice class_name;
  pi_slice error_code; /* "E3001": a script of it failed */
  pi_slice error_kind; /* "script" */
  pubint_outcome verdict;
  pubint_basis basis;
  bool weighed; /* the sums, the margin and the factors hold */
  int64_t interest;
  int64_t harm;
  int64_t bar;
  int64_t margin;
  pi_market_sway market;
  pi_fact_set unassessed;
  pi_balance balance;
  bool empty_list; /* a list is there that nothing stands in */
} pi_readback_rule;

/* What a gate shows beside its result; its facts are in pi_readback.shown. */
typedef struct pi_readback_gate {
  bool has_fact, has_limit, has_distance;
  int64_t limit;
  int64_t distance;
} pi_readback_gate;

typedef struct pi_readback_effects {
  bool there;
  bool kept; /* each is on, or off, as a notice has it */
  uint32_t named_count;
  pi_slice named[PI_VIOLATIONS_MAX];
  pi_slice learn_more;
} pi_readback_effects;

/* One line: an evaluation, or a case that was refused. */
typedef struct pi_readback {
  pi_slice id;               /* .ptr NULL: a refused line whose id was not readable */
  pi_slice refused;          /* "E1101": the code of a refused line; .ptr NULL: an evaluation */
  pi_slice refused_kind;     /* "limit_time" */
  bool has_path, has_column; /* of what it was refused for */
  pi_slice file;
  uint64_t line; /* of a refused case */
  pubint_outcome outcome;
  pubint_basis basis;
  bool final;
  pi_gate_result gates[PI_GATE_COUNT];
  pi_readback_gate gates_show[PI_GATE_COUNT];
  pi_case shown; /* what the gates show of the case: facts, and how many violations, of any rule */
  pi_fact_set missing;
  pi_fact_set unknown;
  pi_slice market; /* .ptr NULL: not weighed, or not known */
  bool market_script;
  pi_readback_effects effects;
  pi_slice redacted_text; /* .ptr NULL: absent */
  bool withheld;          /* there is a list of countries */
  bool empty_list;        /* as of a rule: missing or unknown */
  pi_slice policy;
  pi_slice host;
  uint32_t rules_count; /* 0: not weighed */
  pi_readback_rule rules[PI_VIOLATIONS_MAX];
} pi_readback;

#endif
