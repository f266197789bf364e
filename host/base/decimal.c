#include "decimal.h"

#include <string.h>

static const uint64_t POWERS[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

/* Digits of `value` behind `end`, written backwards; returns where they begin. */
static char *digits_before(char *end, uint64_t value) {
  do {
    *--end = (char)('0' + value % 10);
    value /= 10;
  } while (value != 0);
  return end;
}

size_t pi_decimal_write(char *out, int64_t value, unsigned places) {
  bool negative = value < 0;
  uint64_t magnitude = negative ? ~(uint64_t)value + 1 : (uint64_t)value;
  uint64_t whole = magnitude / POWERS[places];
  uint64_t fraction = magnitude % POWERS[places];

  char text[PI_DECIMAL_BYTES];
  char *end = text + sizeof text;
  char *begin = end;
  if (fraction != 0) {
    unsigned left = places;
    for (; fraction % 10 == 0; left--) fraction /= 10;
    begin = digits_before(end, fraction);
    while (end - begin < (ptrdiff_t)left) *--begin = '0';
    *--begin = '.';
  }
  begin = digits_before(begin, whole);
  if (negative) *--begin = '-';
  size_t length = (size_t)(end - begin);
  memcpy(out, begin, length);
  return length;
}

/* value × 10 + digit, where that is at most `max`. */
static bool append_digit(int64_t *value, int digit, int64_t max) {
  if (digit > max || *value > (max - digit) / 10) return false;
  *value = *value * 10 + digit;
  return true;
}

bool pi_decimal_read(pi_slice text, unsigned places, int64_t max, int64_t *out) {
  int64_t value = 0;
  bool point = false, digits = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || (point && places == 0) || !append_digit(&value, c - '0', max)) return false;
    if (point) places--;
    digits = true;
  }
  for (; places > 0; places--) {
    if (!append_digit(&value, 0, max)) return false;
  }
  *out = value;
  return digits;
}
