#include "buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void pi_buffer_init(pi_buffer *buffer, size_t max) {
  *buffer = (pi_buffer){.max = max};
}

bool pi_buffer_reserve_slow(pi_buffer *buffer, size_t more) {
  if (buffer->failed) return false;
  if (more <= buffer->cap - buffer->len) return true;
  if (more > buffer->max - buffer->len) {
    buffer->failed = buffer->full = true;
    return false;
  }
  size_t needed = buffer->len + more;
  size_t cap = buffer->cap < 256 ? 256 : buffer->cap;
  while (cap < needed) cap = cap > SIZE_MAX / 2 ? needed : cap * 2;
  if (cap > buffer->max) cap = buffer->max;
  /* A byte to spare, for a NUL behind the maximum. */
  char *data = cap < SIZE_MAX ? realloc(buffer->data, cap + 1) : NULL;
  if (data == NULL) {
    buffer->failed = true;
    return false;
  }
  buffer->data = data;
  buffer->cap = cap;
  return true;
}

void pi_buffer_printf(pi_buffer *buffer, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (length < 0) buffer->failed = true;
  if (length > 0 && pi_buffer_reserve(buffer, (size_t)length)) {
    vsnprintf(buffer->data + buffer->len, (size_t)length + 1, format, again);
    buffer->len += (size_t)length;
  }
  va_end(again);
}

const char *pi_buffer_end(pi_buffer *buffer) {
  if (buffer->failed || (buffer->data == NULL && !pi_buffer_reserve(buffer, 1))) return NULL;
  buffer->data[buffer->len] = '\0';
  return buffer->data;
}

void pi_buffer_reset(pi_buffer *buffer) {
  buffer->len = 0;
  buffer->failed = buffer->full = false;
}

void pi_buffer_dispose(pi_buffer *buffer) {
  free(buffer->data);
  *buffer = (pi_buffer){.max = buffer->max};
}
