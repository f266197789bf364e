/* Every way through the gates. */
#ifndef PI_SAMPLE_GATES_H
#define PI_SAMPLE_GATES_H

#include "sampling.h"

/* Settles the facts that the gates look at, as the class wants it. */
void pi_sample_gates(pi_sampling *self);

#endif
