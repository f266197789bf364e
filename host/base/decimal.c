#include "decimal.h"

#include <stdbool.h>
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
