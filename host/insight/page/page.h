/* Lays out text for a terminal or a file: wrapped paragraphs and aligned columns, in colour on demand.
 *
 * Every text goes through pi_utf8_show here and nowhere else, so nothing that came from a case or a script
 * reaches a terminal raw; a newline stays one in quotations alone. Widths are columns of a terminal: wide
 * characters take 2.
 */
#ifndef PI_PAGE_H
#define PI_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"
#include "slice.h"

enum {
  PI_PAGE_WIDTH = 100,    /* what output is laid out for where no terminal says otherwise */
  PI_PAGE_WIDTH_MIN = 80, /* what tables are made for: on a narrower page they are squeezed */
  PI_PAGE_WIDTH_LEAST = 40,
  PI_PAGE_CELLS_MAX = 8,
};

typedef enum pi_style {
  PI_STYLE_PLAIN,
  PI_STYLE_STRONG,
  PI_STYLE_FAINT,
  PI_STYLE_HEAD,
  PI_STYLE_GOOD,
  PI_STYLE_BAD,
  PI_STYLE_OPEN, /* neither: unknown, for people to look at */
  PI_STYLE_COUNT
} pi_style;

typedef struct pi_page {
  pi_buffer *out;  /* borrowed; marked failed when memory runs out */
  pi_buffer shown; /* scratch: texts as they are shown */
  unsigned width;
  unsigned column; /* where the current line stands, 0-based */
  bool color;
  bool breaks; /* lines that are too long are broken when they end */
} pi_page;

/* `width` is raised to PI_PAGE_WIDTH_LEAST; below PI_PAGE_WIDTH_MIN the page breaks lines. */
void pi_page_init(pi_page *page, pi_buffer *out, unsigned width, bool color);
void pi_page_dispose(pi_page *page);

/* Columns that `text` takes when shown. */
unsigned pi_page_columns(pi_page *page, pi_slice text);

/* Adds to the current line, without wrapping. */
void pi_page_text(pi_page *page, pi_style style, pi_slice text);

/* Fills the current line with blanks up to `column`; where it is there already, nothing happens. */
void pi_page_to(pi_page *page, unsigned column);

/* Adds the text so that it ends before `end`, or right where the line stands where there is no room. */
void pi_page_right(pi_page *page, unsigned end, pi_style style, pi_slice text);

/* A policy's id with as much of its digest as tells two apart: what is left out is shown as "…", and --json
 * has all of it. The id itself where it is no longer than that. */
pi_slice pi_page_policy(pi_slice id);

/* Ends the line; trailing blanks are taken off. On a page that breaks lines one that is too long is broken
 * between words, and goes on further to the right than it began; a word that is wider than the page is cut.
 */
void pi_page_end(pi_page *page);

/* Adds words, beginning where the current line stands, breaking lines at the page's width and continuing
 * them at `indent`; then ends the line. A word that is wider than a line is cut. */
void pi_page_wrap(pi_page *page, unsigned indent, pi_style style, pi_slice text);

/* The same, each line beginning with `mark`, of our own, at `indent`; here newlines break lines too. */
void pi_page_quote(pi_page *page, unsigned indent, pi_slice mark, pi_style style, pi_slice text);

/* One row of a table; each cell wraps within its width. Cells go left to right without touching. On a page
 * narrower than PI_PAGE_WIDTH_MIN the widest give way, in each row of a table alike; where a word does not
 * fit then, the row is a line like any other. */
typedef struct pi_cell {
  unsigned column;
  unsigned width;
  pi_style style;
  bool right; /* set flush right; such a cell is one line */
  pi_slice text;
} pi_cell;
void pi_page_row(pi_page *page, const pi_cell *cells, size_t count);

#endif
