/* The smallest changes of facts that turn a case: one fact, and two together.
 *
 * A distance is the sum of what its strengths change by; a changed word or flag counts 1, and comes after
 * everything that changes strengths alone. One fact is searched on the whole of a grid of 0.001 (turn.h).
 * Two strengths are searched on that grid too, exactly, on the premise that going further in a direction
 * that turned the case does not turn it back: under it every pair that is left out is farther. A lattice of
 * a sixth of the way is tried besides, and beside a changed word a twentieth, so that of a script that
 * breaks the premise only what lies within less than that can be missed. Every change that is returned was
 * evaluated and does turn the case. Each turning point is refined to 0.000001. Facts of the gates are C's
 * own and are named as gates.
 */
#ifndef PI_FLIP_H
#define PI_FLIP_H

#include "flip_pair.h"
#include "quoted_limits.h"
#include "turn.h"

enum {
  PI_FLIP_EVALUATIONS_MAX = 1000000,
  PI_FLIP_INSTRUCTIONS_MAX = 500000000,
  PI_FLIPS_MAX = 64,
};

typedef struct pi_flip_options {
  uint32_t wanted;           /* how many; 0: PI_FLIPS_WANTED; at most PI_FLIPS_MAX */
  uint32_t evaluations_max;  /* 0: PI_FLIP_EVALUATIONS_MAX */
  uint64_t instructions_max; /* 0: PI_FLIP_INSTRUCTIONS_MAX */
  const pi_stop *stop;       /* NULL: never */
} pi_flip_options;

typedef struct pi_flips {
  pi_turns turns;   /* what one fact does, on the fine grid; its gates and unknowns among it */
  bool complete;    /* false: stopped, or a bound ended the search */
  pi_fact_set left; /* then: what was not searched to its end beside other facts; alone: turns.left */
  uint32_t evaluations;
  uint32_t count;
  pi_flip flips[PI_FLIPS_MAX]; /* nearest first */
} pi_flips;

/* Searches. Ends the engine's last evaluation. `options` and `error` may be NULL. Fails as
 * pubint_engine_evaluate does; then *out is not to be used. */
pubint_status pi_flips_find(pi_flips *out, pubint_engine *engine, const pi_case *input,
                            const pubint_policy *policy, const pi_flip_options *options, pubint_error *error);

#endif
