/* An evaluation in memory, and as bytes. */
#ifndef PI_EVALUATION_H
#define PI_EVALUATION_H

#include <pubint/evaluation.h>

#include "balance.h"
#include "buffer.h"
#include "case.h"
#include "gates.h"
#include "judge.h"
#include "overrides.h"
#include "policy.h"
#include "sandbox.h"

/* One violation, weighed. Points are billionths. */
typedef struct pi_entry {
  const pi_violation *violation;
  const pi_script *script; /* the rule's; NULL: it has none */
  pubint_outcome verdict;  /* notice, remove or review */
  pubint_basis basis;
  bool weighed; /* the rule script ran to its end, so the sums below hold */
  int64_t interest;
  int64_t harm;
  int64_t bar;
  int64_t margin;
  pi_market_sway market;
  pi_fact_set unassessed; /* what counts and nobody assessed (design section 6); may hold PI_SPANS_BIT */
  pi_fact_set reads;      /* facts that its scripts read */
  pi_script_error error;  /* of the rule's or the market's script */
  pi_usage rule_usage;    /* what its scripts used of their limits: shown by --trace, no part of the bytes */
  pi_usage market_usage;
  pi_balance balance;
} pi_entry;

struct pubint_evaluation {
  const pi_case *input;
  const pubint_policy *policy;
  pubint_outcome outcome;
  pubint_basis basis;
  bool final;
  pi_gates gates;
  bool weighed;                  /* scripts were asked: the case is eligible */
  const pi_script *market;       /* the market's script; NULL: none, or the market is not known */
  const pi_overrides *overrides; /* of an experiment; NULL: none */
  pi_fact_set unknown;           /* facts that scripts read while they were unknown */
  pi_slice redacted_text;        /* .ptr NULL: not shown */
  uint32_t entries_count;
  pi_entry entries[PI_VIOLATIONS_MAX];
  pi_buffer *json; /* the engine's: its text, once somebody asked for it */
};

/* Stands behind the policy of an evaluation that an experiment with other numbers made: it is not that policy
 * that says it. */
#define PI_OVERRIDES_MARK "+overrides"

/* Appends the evaluation as one line of JSON, without a newline. */
void pi_evaluation_write(const pubint_evaluation *self, pi_buffer *out);

/* Appends what a notice on that case does, as a JSON object: always all of it (R009–R020). */
void pi_effects_write(pi_buffer *out, const pi_case *input, pi_slice learn_more);

/* Appends the line that stands for a case which could not be evaluated. `id` and `file` may be empty. */
void pi_evaluation_write_refusal(pi_buffer *out, const pubint_error *error, uint64_t line, pi_slice id,
                                 pi_slice file);

#endif
