/* Two strengths of a case, moved together in one direction each until the case turns. */
#ifndef PI_FLIP_PAIR_H
#define PI_FLIP_PAIR_H

#include "trial.h"

enum { PI_FLIP_STEP_MICRO = 1000 };
_Static_assert(PI_FLIP_STEP_MICRO == PI_MICRO / 1000, "what flip.how and :flip say: 0.001");

typedef struct pi_flip_change {
  pi_fact fact;
  pi_value from;
  pi_value to;
} pi_flip_change;

typedef struct pi_flip {
  uint8_t changes_count; /* 1 or 2 */
  uint8_t words;         /* changes of words, flags and markets among them */
  pi_flip_change changes[2];
  int64_t distance; /* millionths: the strengths' and 1 a word */
  pubint_outcome outcome;
  pubint_basis basis;
} pi_flip;
/* One strength and the way it goes. Places are counted in steps of the grid, 0 where the fact stands. */
typedef struct pi_axis {
  pi_fact fact;
  int32_t from;
  bool up;
} pi_axis;

/* The strength at a index, cut at 0 and 1. */
int32_t pi_axis_at(const pi_axis *axis, int32_t index);

/* The last index that is less than `micro` away and within 0..1. */
int32_t pi_axis_within(const pi_axis *axis, int64_t micro);

/* The nearest turn of the two that is less than `cut` away, refined; false where there is none. */
bool pi_flip_pair(pi_trial *self, pi_axis a, pi_axis b, int64_t cut, pi_flip *out);

/* Brings a pair of strengths that was found on the grid nearer between its indexes, where that can be had by
 * going on with the one and back with the other. */
void pi_flip_polish(pi_trial *self, pi_flip *flip);

/* The nearest turn of one strength that is less than `cut` away, refined, on the same premise; for cases in
 * which another fact was changed already. */
bool pi_flip_along(pi_trial *self, pi_axis axis, int64_t cut, pi_flip_change *change, pubint_outcome *outcome,
                   pubint_basis *basis);

#endif
