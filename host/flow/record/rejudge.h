/* What follows from a recorded evaluation by the rules of weighing (design section 6), without any script:
 * the sums, margins, verdicts and the outcome, also as they would be without one of its factors.
 */
#ifndef PI_REJUDGE_H
#define PI_REJUDGE_H

#include "evaluation_record.h"

/* A factor that counts nothing: its points are 0 wherever it stands. */
typedef struct pi_left_out {
  pi_slice id;
  pi_side side;
  pi_from from;
} pi_left_out;

/* The sums, the market's sway with its clamp, and the margin of an entry that was weighed. `without` may be
 * NULL. */
typedef struct pi_rejudged_sums {
  int64_t interest;
  int64_t harm;
  pi_market_sway market;
  int64_t margin;
} pi_rejudged_sums;
void pi_rejudge_sums(const pi_record_rule *rule, const pi_left_out *without, pi_rejudged_sums *out);

/* The verdict of one entry. Conditions, unassessed facts and failed scripts are as recorded. */
pubint_outcome pi_rejudge_rule(const pi_record_rule *rule, const pi_left_out *without, pubint_basis *basis);

/* The outcome of a record that was weighed (rules_count > 0). */
pubint_outcome pi_rejudge(const pi_record *record, const pi_left_out *without, pubint_basis *basis);

#endif
