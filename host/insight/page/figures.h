/* Figures for people: grouped counts, shares, exact averages, bars. */
#ifndef PI_FIGURES_H
#define PI_FIGURES_H

#include <stdint.h>

#include "decimal.h"
#include "slice.h"

enum { PI_FIGURE_BYTES = 64 };

/* 1234567 as 1,234,567. */
pi_slice pi_figure_count(char out[PI_FIGURE_BYTES], uint64_t count);

/* part of whole, which is not 0, in tenths of a percent, rounded half up; what lacks a part is never all of
 * it, so 999 is the most then. */
uint64_t pi_figure_tenths(uint64_t part, uint64_t whole);

/* The same as 12.3%; "–" of nothing. */
pi_slice pi_figure_share(char out[PI_FIGURE_BYTES], uint64_t part, uint64_t whole);

/* value × 10^-decimals; with `sign` a plus before what is above 0. A real minus, U+2212, stands for people.
 */
pi_slice pi_figure_decimal(char out[PI_FIGURE_BYTES], int64_t value, unsigned decimals, bool sign);

/* A bar for `part` of `most`, `cells` wide, in eighths of a cell; what is above 0 shows. */
enum { PI_BAR_CELLS_MAX = 60, PI_BAR_BYTES = 3 * PI_BAR_CELLS_MAX + 1 };
pi_slice pi_figure_bar(char out[PI_BAR_BYTES], uint64_t part, uint64_t most, unsigned cells);

/* An exact sum of billionths that no count of points overflows: wholes and the rest apart. */
typedef struct pi_exact_sum {
  int64_t whole;
  int64_t nano;
  uint64_t count;
} pi_exact_sum;
void pi_exact_add(pi_exact_sum *sum, int64_t nano);

/* The average in millionths, rounded half up; 0 of nothing. Exact for fewer than 10^9 values. */
int64_t pi_exact_average(const pi_exact_sum *sum);

#endif
