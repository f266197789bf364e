/* Files line by line, one line in hand at a time: what reads records back. */
#ifndef PI_LINE_READER_H
#define PI_LINE_READER_H

#include "lines.h"
#include "slice.h"

typedef struct pi_line_reader {
  pi_lines lines;
  pi_block block;
  size_t at; /* within the block */
  bool more; /* there may be more blocks */
} pi_line_reader;

/* One line; its text lives until the next is read. */
typedef struct pi_read_line {
  pi_slice text;   /* without its newline */
  bool newline;    /* the last line of a file may lack it */
  size_t input;    /* which of the files */
  uint64_t number; /* within its file, from 1 */
} pi_read_line;

/* `names` as in pi_lines_open; `stop`, borrowed, may be NULL. Close in either case. */
pubint_status pi_line_reader_open(pi_line_reader *reader, const char *const *names, size_t count, bool sha256,
                                  const pi_stop *stop, pubint_error *error);
void pi_line_reader_close(pi_line_reader *reader);

/* The next line; *there is false at the end of everything. */
pubint_status pi_line_reader_next(pi_line_reader *reader, pi_read_line *line, bool *there,
                                  pubint_error *error);

/* Names the line's file in an error about it, with a hint where the line is a value's first of many. */
void pi_line_reader_blame(const pi_line_reader *reader, const pi_read_line *line, pubint_error *error);

#endif
