/* What follows from what lies on the balance (design section 6): sums, the market's sway with its clamp,
 * margins, verdicts and the Tweet's outcome. This is the one place that says so. The engine asks it of a
 * case; the reader of evaluations asks it again of what is recorded, also as it would be without one of the
 * factors.
 */
#ifndef PI_JUDGE_H
#define PI_JUDGE_H

#include <pubint/evaluation.h>

#include "balance.h"
#include "decimal.h"
#include "gates.h"
#include "quoted_limits.h"

/* A market may widen or narrow the margin of a rule by at most this: 3 points, in billionths. */
#define PI_MARKET_SWAY (PI_MARKET_SWAY_POINTS * PI_NANO)

/* What a market script put on the balance of one entry, in billionths. */
typedef struct pi_market_sway {
  bool ran; /* a market script ran to its end */
  int64_t interest;
  int64_t harm;
  int64_t counted; /* interest − harm, clamped */
  bool clamped;
} pi_market_sway;

/* Of an entry whose rule script ran to its end, in billionths. */
typedef struct pi_judged_sums {
  int64_t interest;
  int64_t harm;
  pi_market_sway market;
  int64_t margin; /* interest − harm − bar + market.counted */
} pi_judged_sums;

/* Factors like `without` (id, side and origin) count nothing; NULL: all of them count. */
pi_judged_sums pi_judge_sums(const pi_balance *balance, int64_t bar, bool market_ran,
                             const pi_factor *without);

/* Facts that must have been assessed before anything is excepted (design section 6), read or not. */
#define PI_ALWAYS_ASSESSED                                                                                   \
  (PI_FACT_BIT(PI_FACT_PUBLIC_CONCERN) | PI_FACT_BIT(PI_FACT_CALL_TO_ACTION) |                               \
   PI_FACT_BIT(PI_FACT_RIGHTS_INTERFERENCE) | PI_FACT_BIT(PI_FACT_HARM_LIKELIHOOD) |                         \
   PI_FACT_BIT(PI_FACT_HARM_SEVERITY))

/* What a verdict follows from, once the scripts have run. */
typedef struct pi_judge_entry {
  const pi_balance *balance;
  bool scripted; /* the rule has a script, */
  bool weighed;  /* which ran to its end; */
  bool market_failed;
  int64_t margin; /* as the sums have it, where it was weighed */
  pi_fact_set unassessed;
} pi_judge_entry;

typedef struct pi_judgement {
  pubint_outcome outcome;
  pubint_basis basis;
} pi_judgement;

/* The verdict on one violation: a notice, a removal or a review. The first match decides. */
pi_judgement pi_judge_verdict(const pi_judge_entry *entry);

/* What the gates alone come to; of a case that may be weighed, what stands before any violation is. */
pi_judgement pi_judge_gates(pi_eligibility eligibility);

/* The one that restricts more, which a Tweet's outcome is among the verdicts on its violations (A01). */
pi_judgement pi_judge_stricter(pi_judgement a, pi_judgement b);

#endif
