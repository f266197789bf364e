#include "columns.h"

#include <utf8proc.h>

/* utf8proc takes the vowel signs of India that stand beside their letter for ones that stand on it. */
static size_t width(uint32_t code) {
  int32_t point = (int32_t)code;
  return utf8proc_category(point) == UTF8PROC_CATEGORY_MC ? 1 : (size_t)utf8proc_charwidth(point);
}

size_t pi_columns(pi_slice text) {
  size_t columns = 0, bytes;
  for (const char *p = text.ptr, *end = text.ptr + text.len; p < end; p += bytes) {
    uint32_t code = pi_utf8_decode(p, &bytes);
    columns += code < 0x300 ? 1 : width(code);
  }
  return columns;
}
