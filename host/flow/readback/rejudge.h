/* What follows from a recorded evaluation by the rules of weighing (judge.h), without any script; also as it
 * would be without the factors like one of it. `without` may be NULL. */
#ifndef PI_REJUDGE_H
#define PI_REJUDGE_H

#include "readback.h"

/* Of an entry that was weighed. */
pi_judged_sums pi_rejudge_sums(const pi_readback_rule *rule, const pi_factor *without);

/* The verdict of one entry. Conditions, unassessed facts and failed scripts are as recorded. */
pi_judgement pi_rejudge_rule(const pi_readback_rule *rule, const pi_factor *without);

/* The outcome of an evaluation that was weighed (rules_count > 0). */
pi_judgement pi_rejudge(const pi_readback *readback, const pi_factor *without);

#endif
