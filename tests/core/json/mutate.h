/* JSON texts and what goes wrong with them, from a seed: the same on every machine and in every run. */
#ifndef PI_MUTATE_H
#define PI_MUTATE_H

#include <stddef.h>
#include <stdint.h>

#include "buffer.h"

typedef struct mutator {
  uint64_t seed;
  const pi_slice *texts; /* good ones to begin with; not owned */
  size_t texts_count;
} mutator;

/* A number below `below`, which is not 0. */
size_t mutate_choose(mutator *self, size_t below);

/* Appends a JSON value made up at random, odd spellings and all. */
void mutate_make_value(mutator *self, pi_buffer *out, unsigned depth);

/* Sets `out` to the next text: one of `texts` or one made up, left as it is or changed in one to six places,
 * more often by what keeps it well-formed than by what does not. */
void mutate_next(mutator *self, pi_buffer *out);

#endif
