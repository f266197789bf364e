/* Times that lie as far apart as scripts ask whether they do. */
#ifndef PI_GENERATE_TIMES_H
#define PI_GENERATE_TIMES_H

#include "arena.h"
#include "generator.h"

/* A time some days or hours before or after `at`: as many as a number of the scripts' says, or a second more
 * or less. *out gets it, from the arena; false when memory ran out. */
bool pi_generate_time_near(const pi_generator *self, int64_t at, pi_draw *draw, pi_arena *arena,
                           pi_slice *out);

/* Puts the case's times on a day that a script or data/ writes out, or as far from it as scripts ask. */
bool pi_generate_times(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena);

#endif
