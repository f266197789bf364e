/* Writes JSON by its keys and values: commas, indentation and escapes are told here and nowhere else.
 *
 * An outline is set up as {.out = buffer}: indented, for output that people read too, and the last close ends
 * the line. With .compact nothing stands between the values but what JSON asks for, and the caller ends the
 * line. */
#ifndef PI_OUTLINE_H
#define PI_OUTLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"
#include "slice.h"

typedef struct pi_outline {
  pi_buffer *out; /* borrowed */
  bool compact;
  bool first;  /* nothing stands yet in the innermost container */
  bool breaks; /* a line ends before the next value */
  unsigned depth;
} pi_outline;

/* A compact object that says the format's version first, as each line of JSON that pubint writes does; and
 * its end, which is the line's too. */
pi_outline pi_outline_begin(pi_buffer *out);
void pi_outline_end(pi_outline *outline);

/* Within an object every call takes a key; within an array, and at the top, NULL. */
void pi_outline_open(pi_outline *outline, const char *key, char bracket); /* '{' or '[' */
void pi_outline_close(pi_outline *outline, char bracket);                 /* '}' or ']' */
void pi_outline_string(pi_outline *outline, const char *key, pi_slice value);
void pi_outline_text(pi_outline *outline, const char *key, const char *value);
void pi_outline_bool(pi_outline *outline, const char *key, bool value);
void pi_outline_count(pi_outline *outline, const char *key, uint64_t value);
void pi_outline_integer(pi_outline *outline, const char *key, int64_t value);
/* value × 10^-decimals */
void pi_outline_decimal(pi_outline *outline, const char *key, int64_t value, unsigned decimals);
/* Seconds since 1970 as "2020-05-29T04:53:00Z". */
void pi_outline_time(pi_outline *outline, const char *key, int64_t at);
/* The code of an error: "E1001". */
void pi_outline_code(pi_outline *outline, const char *key, unsigned code);
/* The value is the caller's to write, into `out`. */
void pi_outline_key(pi_outline *outline, const char *key);
/* A value that is JSON already. */
void pi_outline_raw(pi_outline *outline, const char *key, const char *json);
void pi_outline_json(pi_outline *outline, const char *key, pi_slice json);
/* An array of strings on one line, with a null at its end if wanted. */
void pi_outline_strings(pi_outline *outline, const char *key, const pi_slice *values, size_t count,
                        bool null);

/* These two leave the member out where .ptr is NULL. Bytes from outside, as a file's name, may be no UTF-8,
 * and are then shown so that they can be read. */
void pi_outline_given(pi_outline *outline, const char *key, pi_slice value);
void pi_outline_bytes(pi_outline *outline, const char *key, pi_slice bytes);

/* Of a compact outline: the next value, unless it is its container's first, begins a line. */
void pi_outline_break(pi_outline *outline);

#endif
