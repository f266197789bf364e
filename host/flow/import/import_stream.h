/* The JSON values of a file, one after the other: one of any layout, or many, a line each or not.
 *
 * Memory holds the value being read and what one read brought behind it; a file may be of any length, a value
 * of at most PI_IMPORT_VALUE_MAX bytes. A line that is no JSON is refused and the next one goes on; what is
 * broken within a value over many lines ends the file, since where the next one begins would be a guess.
 * Files of an account's archive are JavaScript that assigns one such value.
 */
#ifndef PI_IMPORT_STREAM_H
#define PI_IMPORT_STREAM_H

#include <pubint/error.h>
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "buffer.h"
#include "quoted_limits.h"
#include "source.h"
#include "tree.h"

#define PI_IMPORT_VALUE_MAX ((size_t)PI_IMPORT_VALUE_MIB * 1024 * 1024)
_Static_assert(PI_IMPORT_VALUE_MAX == PI_NUMBER(PI_IMPORT_VALUE_BYTES), "what E4031 says");

typedef struct pi_import_stream {
  const char *name; /* as errors call it; borrowed */
  pi_source source; /* closed: none, all there is lies in `text` */
  bool ended;       /* `text` holds the file's end */
  bool failed;      /* it could not be read on */
  bool begun;       /* the file's beginning was looked at */
  bool assigned;    /* it began as a file of an account's archive does: window.YTD.tweets.part0 = […] */
  pi_buffer text;
  size_t at;           /* of the next value, or blanks before it */
  size_t window;       /* what can be read ends here: behind the last whole line, or at the file's end */
  uint64_t line;       /* the line of `at`, from 1 */
  size_t line_begin;   /* where that line begins; meaningless once it was given away */
  pi_arena arena;      /* the last value's */
  uint64_t value_line; /* where the last value began */
} pi_import_stream;

/* Opens a file; "-" is standard input. */
pubint_status pi_import_stream_open(pi_import_stream *self, const char *name, pubint_error *error);

/* The same on a text in memory, which is copied. */
pubint_status pi_import_stream_text(pi_import_stream *self, const char *name, pi_slice text,
                                    pubint_error *error);
void pi_import_stream_close(pi_import_stream *self);

/* Whether nothing but blanks is behind the last value. That value lives on. */
bool pi_import_stream_is_over(pi_import_stream *self);

/* The next value, which lives until the next call; *more is false where there is none. PUBINT_E_INPUT is a
 * value that is refused: the next call goes on behind it, unless it is the file that `failed`. Any other
 * failure ends everything. `error` is not
 * NULL here. */
pubint_status pi_import_stream_next(pi_import_stream *self, pi_tree *out, bool *more, pubint_error *error);

#endif
