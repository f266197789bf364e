/* What the rooms of the generator share. Nobody else includes this. */
#ifndef PI_GENERATE_INSIDE_H
#define PI_GENERATE_INSIDE_H

#include "draw.h"
#include "generate.h"

/* 0..count-1. */
static inline uint32_t pi_generate_below(pi_draw *draw, uint32_t count) {
  return (uint32_t)(pi_draw_bits(draw) % count);
}

/* Whether the script may weigh the case; NULL, and what lies in lib/, may weigh any. (generate.c) */
bool pi_generate_weighs(const pi_script *script, const pi_case *input);

/* An object of some of the names that scripts may look for; now and then all of them, strong. False when the
 * arena is used up. (generate_signals.c) */
bool pi_generate_signals(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena);

#endif
