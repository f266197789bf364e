/* What of a fact speaks most for the Tweet, and what least. */
#ifndef PI_EXTREME_H
#define PI_EXTREME_H

#include "case.h"

/* As the fact's type, side, words and limit have it; false where there is nothing to choose from (a text, a
 * time, a market), and *out stays. */
bool pi_extreme(pi_fact fact, bool best, pi_value *out);

#endif
