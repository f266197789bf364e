/* How many outcomes change over the range of a number, drawn in steps. */
#include <string.h>

#include "figures.h"
#include "tune_report.h"

enum { ROWS = 8, EIGHTHS = 8, COLUMN_AXIS = 10, CELLS_MAX = 72 };

/* A cell filled by so many eighths. */
static pi_slice filled(unsigned eighths) {
  static const char *const CELLS[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  return pi_slice_of(CELLS[eighths < EIGHTHS ? eighths : EIGHTHS]);
}

/* How high `count` stands of `most`, in eighths of a row; what is above 0 shows. */
static unsigned height_of(uint64_t count, uint64_t most, unsigned rows) {
  if (count == 0) return 0;
  unsigned height = (unsigned)((count * rows * EIGHTHS + most / 2) / most);
  return height > 0 ? height : 1;
}

pi_slice pi_tune_line(char out[PI_TUNE_LINE_BYTES], const pi_curve *curve, const pi_number *number) {
  int32_t drawn = pi_tune_drawn(curve, number);
  uint64_t counts[PI_TUNE_LINE_CELLS], most = 0;
  size_t length = 0;
  for (unsigned i = 0; i < PI_TUNE_LINE_CELLS; i++) {
    counts[i] = pi_tune_most_in(curve, drawn, i, PI_TUNE_LINE_CELLS);
    if (counts[i] > most) most = counts[i];
  }
  for (unsigned i = 0; i < PI_TUNE_LINE_CELLS; i++) {
    pi_slice cell = counts[i] > 0 ? filled(height_of(counts[i], most, 1)) : PI_SLICE("·");
    memcpy(out + length, cell.ptr, cell.len);
    length += cell.len;
  }
  return (pi_slice){out, length};
}

static void put_number(pi_page *page, unsigned end, int32_t milli) {
  char figure[PI_FIGURE_BYTES];
  pi_page_right(page, end, PI_STYLE_FAINT, pi_figure_decimal(figure, milli, 3, false));
}

static void put_row(const uint64_t *counts, unsigned cells, uint64_t most, unsigned row, pi_page *page) {
  char figure[PI_FIGURE_BYTES];
  unsigned below = (ROWS - 1 - row) * EIGHTHS;
  if (row == 0 || row == ROWS - 1)
    pi_page_right(page, COLUMN_AXIS - 1, PI_STYLE_FAINT, pi_figure_count(figure, row == 0 ? most : 0));
  pi_page_to(page, COLUMN_AXIS);
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("│"));
  for (unsigned i = 0; i < cells; i++) {
    unsigned height = height_of(counts[i], most, ROWS);
    pi_page_text(page, PI_STYLE_OPEN, filled(height > below ? height - below : 0));
  }
  pi_page_end(page);
}

/* The range below the axis, with a mark where the number stands. */
static void put_foot(const pi_number *number, int32_t drawn, unsigned cells, pi_page *page) {
  char figure[PI_FIGURE_BYTES];
  unsigned at = (unsigned)((int64_t)(number->milli - number->least) * cells / drawn);
  pi_page_to(page, COLUMN_AXIS);
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("└"));
  for (unsigned i = 0; i < cells; i++)
    pi_page_text(page, i == at ? PI_STYLE_STRONG : PI_STYLE_FAINT, i == at ? PI_SLICE("▲") : PI_SLICE("─"));
  pi_page_end(page);
  pi_page_to(page, COLUMN_AXIS + 1);
  pi_page_text(page, PI_STYLE_FAINT, pi_figure_decimal(figure, number->least, 3, false));
  put_number(page, COLUMN_AXIS + 1 + cells, number->least + drawn - 1);
  pi_page_end(page);
}

void pi_tune_plot(const pi_curve *curve, const pi_number *number, pi_page *page) {
  uint64_t counts[CELLS_MAX], most = 0;
  int32_t drawn = pi_tune_drawn(curve, number);
  unsigned cells = page->width - COLUMN_AXIS - 2 < CELLS_MAX ? page->width - COLUMN_AXIS - 2 : CELLS_MAX;
  for (unsigned i = 0; i < cells; i++) {
    counts[i] = pi_tune_most_in(curve, drawn, i, cells);
    if (counts[i] > most) most = counts[i];
  }
  if (most == 0) return;
  for (unsigned row = 0; row < ROWS; row++) put_row(counts, cells, most, row, page);
  put_foot(number, drawn, cells, page);
}
