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
} pi_readback_rule;

/* One line: an evaluation, or a case that was refused. */
typedef struct pi_readback {
  pi_slice id;      /* .ptr NULL: a refused line whose id was not readable */
  pi_slice refused; /* "E1101": the code of a refused line; .ptr NULL: an evaluation */
  uint64_t line;    /* of a refused case */
  pubint_outcome outcome;
  pubint_basis basis;
  bool final;
  pi_gate_result gates[PI_GATE_COUNT];
  pi_fact_set missing;
  pi_fact_set unknown;
  pi_slice market; /* .ptr NULL: not weighed, or not known */
  bool market_script;
  pi_slice policy;
  pi_slice host;
  uint32_t rules_count; /* 0: not weighed */
  pi_readback_rule rules[PI_VIOLATIONS_MAX];
} pi_readback;

#endif
