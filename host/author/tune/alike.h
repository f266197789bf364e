/* What two evaluations of a case have in common where policies differ in numbers alone. */
#ifndef PI_ALIKE_H
#define PI_ALIKE_H

#include "evaluation.h"

/* Whether they differ in nothing but weights, bars and what follows from them. */
bool pi_alike_but_weights(const pubint_evaluation *a, const pubint_evaluation *b);

#endif
