/* "Did you mean": the nearest of several names to a misspelt one. */
#ifndef PI_NEAREST_H
#define PI_NEAREST_H

#include <stddef.h>

#include "slice.h"

typedef struct pi_nearest {
  pi_slice wanted;
  pi_slice best; /* .ptr NULL while nothing is near enough */
  size_t distance;
} pi_nearest;

/* Start with the misspelt name, offer every candidate; the first of equals wins. Near enough is a
 * distance (insert, delete, replace, swap of neighbours; case ignored) of at most a third of the longer
 * name, at least 1, but never its whole length. Names over 64 bytes are never near. */
void pi_nearest_init(pi_nearest *nearest, pi_slice wanted);
void pi_nearest_offer(pi_nearest *nearest, pi_slice candidate);

#endif
