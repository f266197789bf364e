#include "csv_write.h"

#include <string.h>

static bool needs_quotes(pi_slice text) {
  for (size_t i = 0; i < text.len; i++) {
    char byte = text.ptr[i];
    if (byte == ',' || byte == '"' || byte == '\n' || byte == '\r') return true;
  }
  return false;
}

void pi_csv_write_text(pi_buffer *out, pi_slice text) {
  bool quotes = needs_quotes(text);
  if (quotes) pi_buffer_byte(out, '"');
  if (text.len > 0 && memchr("=+-@\t\r", text.ptr[0], 6) != NULL) pi_buffer_byte(out, '\'');
  const char *from = text.ptr, *end = text.ptr + text.len;
  for (const char *at = from; quotes && at < end; at++) {
    if (*at != '"') continue;
    pi_buffer_append(out, from, (size_t)(at - from) + 1); /* it stands there once more: */
    from = at;
  }
  pi_buffer_append(out, from, (size_t)(end - from));
  if (quotes) pi_buffer_byte(out, '"');
}
