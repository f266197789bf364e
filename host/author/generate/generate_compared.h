/* Signals and facts of a generated case at the very literals that scripts compare them with. */
#ifndef PI_GENERATE_COMPARED_H
#define PI_GENERATE_COMPARED_H

#include "generator.h"

/* Of half of the cases, by `number`. False when the arena is used up. */
bool pi_generate_compared(const pi_generator *self, uint64_t number, pi_case *input, pi_arena *arena);

#endif
