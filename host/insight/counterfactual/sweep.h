/* One fact moved over a range: outcome and margin at each value, and where the outcome turns. */
#ifndef PI_SWEEP_H
#define PI_SWEEP_H

#include "turn.h"

enum { PI_SWEEP_POINTS_MAX = 1001, PI_SWEEP_TURNS_MAX = 32, PI_SWEEP_INSTRUCTIONS_MAX = 100000000 };

/* Values of a strength are millionths, of a count ones, of a flag 0 and 1, of a word its index. */
typedef struct pi_sweep_range {
  int64_t from;
  int64_t to;
  int64_t step; /* above 0 */
} pi_sweep_range;

typedef struct pi_sweep_point {
  int64_t at;
  pubint_outcome outcome;
  pubint_basis basis;
  bool weighed;   /* `margin` holds */
  int64_t margin; /* the least of the rules', in billionths */
} pi_sweep_point;

/* The outcome is one at `below` and another at `above`, which are as near to each other as values come. */
typedef struct pi_sweep_turn {
  int64_t below;
  int64_t above;
  pubint_outcome outcome_below;
  pubint_outcome outcome_above;
} pi_sweep_turn;

typedef struct pi_sweep {
  pi_fact fact;
  uint32_t points_count;
  pi_sweep_point points[PI_SWEEP_POINTS_MAX];
  int64_t end;   /* of the range; the points end before it where the sweep was ended */
  bool complete; /* false: stopped, a bound ended it, or there were more turns than fit */
  uint32_t turns_count;
  pi_sweep_turn turns[PI_SWEEP_TURNS_MAX];
} pi_sweep;

/* Whether a fact has values to go through: strengths, counts, words and flags. */
bool pi_sweep_takes(pi_fact fact);

/* The whole range of a fact, in 100 steps where it is a strength; of a count what lies about `now`. */
pi_sweep_range pi_sweep_whole(pi_fact fact, int64_t now);

/* Goes through the range (at most PI_SWEEP_POINTS_MAX values, or the step is widened) within half of its
 * instructions, and refines each turn between two points within the rest. `stop` may be NULL. Ends the
 * engine's last evaluation; fails as it does. */
pubint_status pi_sweep_run(pi_sweep *out, pubint_engine *engine, const pi_case *input, pi_fact fact,
                           pi_sweep_range range, const pi_stop *stop, pubint_error *error);

/* The fact's value as the union holds it. */
pi_value pi_sweep_value(pi_fact fact, int64_t at);

#endif
