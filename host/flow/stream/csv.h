/* A strict reader of CSV (RFC 4180): a header, and rows of as many cells, each with its place.
 *
 * Lines end in LF or CRLF, the last one may end without. A cell in quotes may hold commas, line ends and,
 * doubled, quotes. Refused: text that is not UTF-8, a quote within a bare cell or behind a closing one, a
 * lone CR, a row with more or fewer cells than the header, a column named twice or not at all. Blanks belong
 * to the cell. Passed over is what spreadsheets write besides: a byte order mark, and columns at the end that
 * have no name and hold nothing.
 */
#ifndef PI_CSV_H
#define PI_CSV_H

#include <stddef.h>
#include <stdint.h>

#include <pubint/error.h>

#include "arena.h"
#include "slice.h"

typedef struct pi_csv_cell {
  pi_slice text;   /* unquoted; lies in the input or the arena */
  uint64_t line;   /* where it begins, from 1 */
  uint64_t column; /* in bytes, from 1 */
} pi_csv_cell;

typedef struct pi_csv {
  const char *file;         /* as errors call it; borrowed */
  const pi_csv_cell *cells; /* the header's, then row by row */
  size_t columns;
  size_t width; /* the cells of a line: the columns, and those at the end that hold nothing */
  size_t rows;  /* without the header */
} pi_csv;

/* Reads `text`, which must outlive `out`, as `arena` must. A header is required; it may have no rows. */
pubint_status pi_csv_read(pi_csv *out, pi_slice text, const char *file, pi_arena *arena, pubint_error *error);

static inline const pi_csv_cell *pi_csv_head(const pi_csv *self, size_t column) {
  return &self->cells[column];
}

static inline const pi_csv_cell *pi_csv_at(const pi_csv *self, size_t row, size_t column) {
  return &self->cells[(row + 1) * self->width + column];
}

/* Gives an error that was filled the place of `cell`. */
void pi_csv_place(const pi_csv *self, const pi_csv_cell *cell, pubint_error *error);

#endif
