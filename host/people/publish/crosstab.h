/* A table of counts by row, column and year, with the sums that are published beside them, and which of all
 * these must be withheld so that no count under PI_CROSSTAB_MIN can be read or recomputed.
 *
 * Along each dimension that adds up, the last index is the sum of those before it. Withheld are counts under
 * the minimum, 0 among them; then, until nothing changes, as many others as it takes that in no sum a
 * withheld count stands alone, or stands with so few others that together they are under the minimum.
 */
#ifndef PI_CROSSTAB_H
#define PI_CROSSTAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

enum { PI_CROSSTAB_MIN = 5 };

typedef enum pi_crosstab_dimension {
  PI_CROSSTAB_ROW,
  PI_CROSSTAB_COLUMN,
  PI_CROSSTAB_YEAR,
  PI_CROSSTAB_DIMENSIONS
} pi_crosstab_dimension;

typedef struct pi_crosstab {
  size_t sizes[PI_CROSSTAB_DIMENSIONS]; /* with the sum, where there is one */
  bool adds[PI_CROSSTAB_DIMENSIONS];
  uint64_t *counts; /* in the arena */
  bool *withheld;
} pi_crosstab;

/* Zero counts, `sizes` without the sums; false when memory ran out. */
bool pi_crosstab_init(pi_crosstab *self, const size_t sizes[PI_CROSSTAB_DIMENSIONS],
                      const bool adds[PI_CROSSTAB_DIMENSIONS], pi_arena *arena);

size_t pi_crosstab_index(const pi_crosstab *self, size_t row, size_t column, size_t year);

/* Counts one more there, and in every sum it belongs to. */
void pi_crosstab_add(pi_crosstab *self, size_t row, size_t column, size_t year);

/* The same but for the sum of rows: where rows overlap, what falls into several is counted once in the last.
 */
void pi_crosstab_add_overlapping(pi_crosstab *self, size_t row, size_t column, size_t year);

/* Works out what is withheld. May be asked again after more was marked. */
void pi_crosstab_withhold(pi_crosstab *self);

/* Whether of a withheld count it may be told that it is under the minimum: it is, and so is every sum that it
 * is part of, so that nothing can be subtracted from. Of any other, that alone could be worked out with: two
 * counts under 5 with a sum of 8 are 4 each. */
bool pi_crosstab_small(const pi_crosstab *self, size_t row, size_t column, size_t year);

/* Of two tables with the same columns and years whose last row is the same: what one withholds of it the
 * other does too. */
void pi_crosstab_withhold_both(pi_crosstab *a, pi_crosstab *b);

#endif
