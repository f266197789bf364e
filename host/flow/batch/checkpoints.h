/* The places that an interrupted run can go on from.
 *
 * Kept are the ends of those blocks in which the input passes a multiple of the interval; when there are too
 * many the interval doubles, so that the list stays small however long the run. Which are kept at the end
 * depends on the input alone, and not on where the run was taken up. One more, the last, may be passing: it
 * stands there until the next.
 */
#ifndef PI_CHECKPOINTS_H
#define PI_CHECKPOINTS_H

#include "lines.h"
#include "totals.h"

enum { PI_CHECKPOINTS_MAX = 64 };

/* A place in the output and the place in the input that it answers, with what was counted up to there. */
typedef struct pi_checkpoint {
  pi_place input;
  uint64_t before; /* bytes of all input before the block that ends here */
  uint64_t out_bytes;
  pi_digest_value out_digest;
  pi_totals totals;
  bool passing;
} pi_checkpoint;

typedef struct pi_checkpoints {
  pi_checkpoint *points; /* ascending; owned, room for PI_CHECKPOINTS_MAX + 1 */
  size_t count;
  uint64_t interval; /* bytes of input */
} pi_checkpoints;

/* False when memory ran out. */
bool pi_checkpoints_init(pi_checkpoints *list, uint64_t interval);
void pi_checkpoints_dispose(pi_checkpoints *list);

/* Whether the end of a block of input[before..now) is to be kept. */
bool pi_checkpoints_keeps(const pi_checkpoints *list, uint64_t before, uint64_t now);

/* Adds a point behind the others, in the place of the last where that was passing or is at the same place. */
void pi_checkpoints_add(pi_checkpoints *list, const pi_checkpoint *point);

/* Takes over the points of `from` up to the one at `last`, and its interval. */
void pi_checkpoints_take(pi_checkpoints *list, const pi_checkpoints *from, size_t last);

#endif
