/* A growing run of bytes with a maximum that is fixed at the start.
 *
 * Appending never fails in the middle of a caller's work: once memory or the maximum is used up the
 * buffer is marked failed, takes nothing more, and the caller asks once, at the end.
 */
#ifndef PI_BUFFER_H
#define PI_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

typedef struct pi_buffer {
  char *data; /* owned; NULL before the first append */
  size_t len;
  size_t cap; /* a byte more than that is allocated */
  size_t max;
  bool failed;
  bool full; /* it failed for the maximum, not for want of memory */
} pi_buffer;

/* Allocates nothing yet. `max` is the most bytes it may ever hold. */
void pi_buffer_init(pi_buffer *buffer, size_t max);

/* Makes room for `more` bytes after len; false, and the buffer failed, when there is none. */
bool pi_buffer_reserve_slow(pi_buffer *buffer, size_t more);

static inline bool pi_buffer_reserve(pi_buffer *buffer, size_t more) {
  return !buffer->failed && more <= buffer->cap - buffer->len ? true : pi_buffer_reserve_slow(buffer, more);
}

static inline void pi_buffer_append(pi_buffer *buffer, const char *bytes, size_t len) {
  if (!pi_buffer_reserve(buffer, len) || len == 0) return;
  memcpy(buffer->data + buffer->len, bytes, len);
  buffer->len += len;
}

static inline void pi_buffer_slice(pi_buffer *buffer, pi_slice text) {
  pi_buffer_append(buffer, text.ptr, text.len);
}

static inline void pi_buffer_text(pi_buffer *buffer, const char *text) {
  pi_buffer_append(buffer, text, strlen(text));
}

static inline void pi_buffer_byte(pi_buffer *buffer, char byte) {
  pi_buffer_append(buffer, &byte, 1);
}

/* printf into the buffer, for texts off the hot path; %f and %g are not used with it (locale). */
__attribute__((format(printf, 2, 3))) void pi_buffer_printf(pi_buffer *buffer, const char *format, ...);

/* Ends the bytes with a NUL that does not count; NULL when the buffer failed. */
const char *pi_buffer_end(pi_buffer *buffer);

/* Forgets the bytes and a failure, keeping the memory. */
void pi_buffer_reset(pi_buffer *buffer);

void pi_buffer_dispose(pi_buffer *buffer);

#endif
