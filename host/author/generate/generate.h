/* Generated cases for proving a policy's scripts: what `pubint sample` draws, bent towards what these scripts
 * look at (generator.h). */
#ifndef PI_GENERATE_H
#define PI_GENERATE_H

#include "generator.h"

/* Case `number` is a pure function of the seed, the scripts and the number. False when the arena is used
 * up. */
bool pi_generate_case(const pi_generator *self, uint64_t number, pi_case *out, pi_arena *arena);

#endif
