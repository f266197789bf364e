/* What tuning found, as text, JSON and CSV, and the schema of that JSON. */
#ifndef PI_TUNE_REPORT_H
#define PI_TUNE_REPORT_H

#include "page.h"
#include "sheet.h"
#include "tune.h"

/* For people: the numbers, those that matter most first; of numbers that were asked for, a plot and where
 * outcomes turn. */
void pi_tune_print(const pi_tune *tune, pi_page *page);

/* All of it as one JSON object on a line. */
void pi_tune_write(const pi_tune *tune, pi_buffer *out);

/* A row for each value at which an outcome turns; with a value that was asked for, a row for each case that
 * changes there. */
void pi_tune_csv(const pi_tune *tune, pi_buffer *out);

/* The JSON Schema of what pi_tune_write writes. */
void pi_tune_schema(pi_buffer *out);

/* --- what these share (tune_words.c) --- */

enum { PI_TUNE_TEXT_BYTES = 256 };

/* "lib/common.lua:17:60" */
pi_slice pi_tune_place(char out[PI_TUNE_TEXT_BYTES], const pi_literal *literal);

/* "debate under 8 rules", "bar of violence", "emergency in IN". */
pi_slice pi_tune_what(char out[PI_TUNE_TEXT_BYTES], const pi_number *number);

/* The name of an input. */
const char *pi_tune_file(const pi_tune *tune, size_t file);

/* The numbers that were selected and can change an outcome, those that can change most first; the rest of
 * those selected behind them, by their places. *count gets how many can. The caller frees it; NULL without
 * memory. */
uint32_t *pi_tune_order(const pi_tune *tune, uint32_t *selected, uint32_t *count);

/* Outcomes that are as people decided at that point, and what stands to them as it does to now. */
typedef struct pi_tune_people {
  uint64_t agreed, recommended, both;
} pi_tune_people;
pi_tune_people pi_tune_people_at(const pi_tune *tune, const pi_curve_point *point);

/* How much of the range is drawn: in tens, as far as outcomes turn and the number stands. */
int32_t pi_tune_drawn(const pi_curve *curve, const pi_number *number);

/* The most outcomes that change in one of `cells` equal parts of what is drawn. */
uint64_t pi_tune_most_in(const pi_curve *curve, int32_t drawn, unsigned cell, unsigned cells);

/* The plot of one number, over the page's width (tune_plot.c). */
void pi_tune_plot(const pi_curve *curve, const pi_number *number, pi_page *page);

/* The same in one line of so many cells of one character. */
enum { PI_TUNE_LINE_CELLS = 12, PI_TUNE_LINE_BYTES = 3 * PI_TUNE_LINE_CELLS + 1 };
pi_slice pi_tune_line(char out[PI_TUNE_LINE_BYTES], const pi_curve *curve, const pi_number *number);

#endif
