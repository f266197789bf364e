/* A table of counts by row, column and year, with the sums that are published beside them, and which of all
 * these must be withheld so that no count under PI_TALLY_MIN can be read or recomputed.
 *
 * Along each dimension that adds up, the last index is the sum of those before it. Withheld are counts under
 * the minimum, 0 among them; then, until nothing changes, as many others as it takes that in no sum a
 * withheld count stands alone, or stands with so few others that together they are under the minimum.
 */
#ifndef PI_TALLY_H
#define PI_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

enum { PI_TALLY_MIN = 5 };

typedef enum pi_tally_dimension {
  PI_TALLY_ROW,
  PI_TALLY_COLUMN,
  PI_TALLY_YEAR,
  PI_TALLY_DIMENSIONS
} pi_tally_dimension;

typedef struct pi_tally {
  size_t sizes[PI_TALLY_DIMENSIONS]; /* with the sum, where there is one */
  bool adds[PI_TALLY_DIMENSIONS];
  uint64_t *counts; /* in the arena */
  bool *withheld;
} pi_tally;

/* Zero counts, `sizes` without the sums; false when memory ran out. */
bool pi_tally_init(pi_tally *self, const size_t sizes[PI_TALLY_DIMENSIONS],
                   const bool adds[PI_TALLY_DIMENSIONS], pi_arena *arena);

size_t pi_tally_index(const pi_tally *self, size_t row, size_t column, size_t year);

/* Counts one more there, and in every sum it belongs to. */
void pi_tally_add(pi_tally *self, size_t row, size_t column, size_t year);

/* The same but for the sum of rows: where rows overlap, what falls into several is counted once in the last.
 */
void pi_tally_add_overlapping(pi_tally *self, size_t row, size_t column, size_t year);

/* Works out what is withheld. May be asked again after more was marked. */
void pi_tally_withhold(pi_tally *self);

/* Of two tables with the same columns and years whose last row is the same: what one withholds of it the
 * other does too. */
void pi_tally_withhold_both(pi_tally *a, pi_tally *b);

#endif
