#include "decimal.h"

#include <string.h>

/* Two digits for each of 0..99. */
static const char PAIRS[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                            "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                            "8081828384858687888990919293949596979899";

/* Digits of `value` before `end`; returns where they begin. */
static char *digits_before(char *end, uint64_t value) {
  for (; value >= 100; value /= 100) {
    end -= 2;
    memcpy(end, PAIRS + 2 * (value % 100), 2);
  }
  if (value >= 10) {
    end -= 2;
    memcpy(end, PAIRS + 2 * value, 2);
    return end;
  }
  *--end = (char)('0' + value);
  return end;
}

/* `decimals` digits of `fraction` before `end`. */
static char *fraction_before(char *end, uint64_t fraction, unsigned decimals) {
  for (; decimals >= 2; decimals -= 2, fraction /= 100) {
    end -= 2;
    memcpy(end, PAIRS + 2 * (fraction % 100), 2);
  }
  if (decimals == 1) *--end = (char)('0' + fraction % 10);
  return end;
}

/* Written out with a constant divisor, which costs a multiplication where a division costs ten times that. */
static inline char *decimal_before(char *end, uint64_t magnitude, uint64_t power, unsigned decimals) {
  uint64_t whole = magnitude / power;
  uint64_t fraction = magnitude % power;
  if (fraction != 0) {
    for (; decimals > 3 && fraction % 1000 == 0; decimals -= 3) fraction /= 1000;
    for (; fraction % 10 == 0; decimals--) fraction /= 10;
    end = fraction_before(end, fraction, decimals);
    *--end = '.';
  }
  return digits_before(end, whole);
}

size_t pi_decimal_write(char *out, int64_t value, unsigned decimals) {
  static const uint64_t POWERS[] = {1,      10,      100,      1000,      10000,
                                    100000, 1000000, 10000000, 100000000, 1000000000};
  bool negative = value < 0;
  uint64_t magnitude = negative ? ~(uint64_t)value + 1 : (uint64_t)value;
  char text[PI_DECIMAL_BYTES];
  char *end = text + sizeof text;
  char *begin;
  switch (decimals) {
  case 0: begin = digits_before(end, magnitude); break;
  case 3: begin = decimal_before(end, magnitude, 1000, 3); break;
  case 6: begin = decimal_before(end, magnitude, 1000000, 6); break;
  case 9: begin = decimal_before(end, magnitude, 1000000000, 9); break;
  default: begin = decimal_before(end, magnitude, POWERS[decimals], decimals); break;
  }
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

bool pi_decimal_read(pi_slice text, unsigned decimals, int64_t max, int64_t *out) {
  int64_t value = 0;
  bool point = false, digits = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || (point && decimals == 0) || !append_digit(&value, c - '0', max)) return false;
    if (point) decimals--;
    digits = true;
  }
  for (; decimals > 0; decimals--) {
    if (!append_digit(&value, 0, max)) return false;
  }
  *out = value;
  return digits;
}
