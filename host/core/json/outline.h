/* Writes indented JSON, for output that people read too: schemas, the table of facts, help. */
#ifndef PI_OUTLINE_H
#define PI_OUTLINE_H

#include <stdbool.h>

#include "buffer.h"
#include "slice.h"

typedef struct pi_outline {
  pi_buffer *out; /* borrowed */
  unsigned depth;
  bool first; /* nothing stands yet in the innermost container */
} pi_outline;

/* Within an object every call takes a key; within an array, and at the top, NULL. */
void pi_outline_open(pi_outline *outline, const char *key, char bracket); /* '{' or '[' */
void pi_outline_close(pi_outline *outline, char bracket); /* '}' or ']'; at the top ends the line */
void pi_outline_string(pi_outline *outline, const char *key, pi_slice value);
void pi_outline_bool(pi_outline *outline, const char *key, bool value);
void pi_outline_count(pi_outline *outline, const char *key, long long value);
/* A value that is JSON already. */
void pi_outline_raw(pi_outline *outline, const char *key, const char *json);
/* An array of strings on one line, with a null at its end if wanted. */
void pi_outline_strings(pi_outline *outline, const char *key, const pi_slice *values, size_t count,
                        bool null);

#endif
