/* The signals of a generated case: of every type, under the names that its scripts look for, and others. */
#ifndef PI_GENERATE_SIGNALS_H
#define PI_GENERATE_SIGNALS_H

#include "generator.h"

/* An object of some of the names that scripts may look for; now and then all of them, strong. False when the
 * arena is used up. */
bool pi_generate_signals(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena);

/* Gives the case every signal that the scripts which weigh it may look for: those it lacks as false, and what
 * it has besides goes. False when the arena is used up. */
bool pi_generate_all_signals(const pi_generator *self, pi_case *input, pi_arena *arena);

#endif
