/* One case under two policies: whether its outcome flips, what decided that, and what moved the margin.
 *
 * The gates are C's own, so two policies differ in what is weighed alone, and both have one entry a
 * violation, in the same order. A flip is told of the first entry that decides it: on the more restrictive
 * side it has the verdict that became the outcome, and on the other side it has not.
 */
#ifndef PI_DIFF_CASE_H
#define PI_DIFF_CASE_H

#include "evaluation.h"

/* Where a flip leads; only the first lets stand what was not to stand. */
typedef enum pi_direction {
  PI_GRANTED,    /* removal or review → notice */
  PI_WITHDRAWN,  /* notice → removal or review */
  PI_TO_REVIEW,  /* removal → review */
  PI_TO_REMOVAL, /* review → removal */
  PI_DIRECTIONS
} pi_direction;

/* What can tell two entries apart, in the order in which a verdict looks at it (design section 6); of the
 * margin it is the part that moved it most. */
typedef enum pi_cause_kind {
  PI_CAUSE_SCRIPT,       /* the rule has a script in one policy alone */
  PI_CAUSE_RULE_ERROR,   /* the rule's script fails in one alone */
  PI_CAUSE_CONDITION,    /* a condition is unmet in one alone */
  PI_CAUSE_MARKET_ERROR, /* the market's script fails in one alone */
  PI_CAUSE_FACTOR,       /* the margin: points of a factor */
  PI_CAUSE_BAR,          /* the margin: the bar of the rule */
  PI_CAUSE_CLAMP,        /* the margin: what the bound on a market's sway takes off */
  PI_CAUSE_UNASSESSED,   /* a harm that nobody assessed counts in one alone */
  PI_CAUSES
} pi_cause_kind;

/* `from` and `id` are those of a factor or condition; of PI_CAUSE_UNASSESSED the id is the fact's path. */
typedef struct pi_cause {
  pi_cause_kind kind;
  pi_from from;
  pi_slice id;
} pi_cause;

/* What a part of the margin adds to its change, in billionths; never 0. */
typedef struct pi_contribution {
  pi_cause part; /* FACTOR, BAR or CLAMP */
  int64_t points;
} pi_contribution;

enum { PI_CONTRIBUTIONS_MAX = 2 * PI_FACTORS_MAX + 2 };

/* Texts and entries are those of the evaluations. */
typedef struct pi_flipped {
  pi_direction direction;
  const pi_entry *old, *new;
  pi_cause cause;
  bool margins;   /* both sides have one: the rest holds */
  int64_t change; /* of the margin: exactly the sum of the contributions */
  uint32_t contributions_count;
  pi_contribution contributions[PI_CONTRIBUTIONS_MAX]; /* factors in their order, the clamp, the bar */
} pi_flipped;

/* The direction from one outcome to another one. */
pi_direction pi_diff_direction(pubint_outcome old, pubint_outcome new);

/* Explains a flip; the outcomes differ. */
void pi_diff_explain(pi_flipped *out, const pubint_evaluation *old, const pubint_evaluation *new);

/* Of two evaluations with the same outcome: whether something of the weighing differs all the same, a basis,
 * a sum, a condition or a margin. Where a margin moved *out tells of the entry whose margin moved most, the
 * first of equal ones, and what moved it, and is `moved`; its direction says nothing. */
bool pi_diff_compare(pi_flipped *out, bool *moved, const pubint_evaluation *old,
                     const pubint_evaluation *new);

/* How many billionths the margin that decides lies from turning the case: of a notice or review the least
 * margin, which removal takes below 0; of a removal what its margins lack, where nothing but margins
 * removes it. False where no margin turns it. */
bool pi_diff_distance(const pubint_evaluation *evaluation, int64_t *distance);

#endif
