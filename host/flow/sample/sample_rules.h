/* Violations: their rules and kinds, grounds and spans. */
#ifndef PI_SAMPLE_RULES_H
#define PI_SAMPLE_RULES_H

#include "sampling.h"

/* Draws the violations and the text, which their spans lie in. */
void pi_sample_violations(pi_sampling *self);

#endif
