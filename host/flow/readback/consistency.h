/* Whether an evaluation holds to itself: one list of what follows from the rest of it (consistency.def). */
#ifndef PI_CONSISTENCY_H
#define PI_CONSISTENCY_H

#include "readback.h"

/* A row of the list. */
typedef struct pi_contradiction {
  const char *key; /* of the part that it is about; "": the part itself */
  const char *found;
  const char *expected;
} pi_contradiction;

/* The first row that does not hold of a part; NULL where all do. */
const pi_contradiction *pi_consistency_of_factor(const pi_factor *factor);
const pi_contradiction *pi_consistency_of_entry(const pi_readback_rule *rule);
const pi_contradiction *pi_consistency_of_refusal(const pi_readback *readback);
const pi_contradiction *pi_consistency_of_whole(const pi_readback *readback);

#endif
