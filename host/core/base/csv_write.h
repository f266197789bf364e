/* Cells of CSV as RFC 4180 has them: the one place that says when one is quoted, and what a spreadsheet must
 * not take for a formula. */
#ifndef PI_CSV_WRITE_H
#define PI_CSV_WRITE_H

#include "buffer.h"
#include "slice.h"

/* What ends a row. */
#define PI_CSV_WRITE_END "\r\n"

/* Appends a cell of text. One that begins with = + - @, a tab or a CR gets a ' before it; one that holds a
 * comma, a quote or a line end stands in quotes. Numbers are no text: they are appended as they are. */
void pi_csv_write_text(pi_buffer *out, pi_slice text);

#endif
