/* Signals as markets have them. */
#ifndef PI_SAMPLE_SIGNALS_H
#define PI_SAMPLE_SIGNALS_H

#include "sampling.h"

/* Free-form signals for the case's market. */
void pi_sample_signals(pi_sampling *self, pi_fact fact);

#endif
