/* Facts by their types, mild and grave. */
#ifndef PI_SAMPLE_FACTS_H
#define PI_SAMPLE_FACTS_H

#include "sampling.h"

/* Draws every fact but the text and what pi_sample_gates and the violations settle. */
void pi_sample_facts(pi_sampling *self);

#endif
