#include "errors.h"
#include "json_inside.h"
#include "json_read.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>

/* A number as d.ddd × 10^exponent, its digits left where they stand. */
typedef struct decimal {
  const char *digits; /* the first digit that is not 0, or `end` where the number is 0 */
  const char *end;    /* behind the last digit; a point may stand between */
  int64_t exponent;   /* of the first digit */
} decimal;

/* Beyond any text's length, so that no exponent overflows and none is mistaken for a smaller one. */
#define EXPONENT_MAX INT64_C(1000000000000)

static int64_t exponent_of(const char *p, const char *end) {
  bool negative = *p == '-';
  if (*p == '-' || *p == '+') p++;
  int64_t exponent = 0;
  for (; p < end; p++) {
    exponent = exponent * 10 + (*p - '0');
    if (exponent > EXPONENT_MAX) exponent = EXPONENT_MAX;
  }
  return negative ? -exponent : exponent;
}

static decimal decimal_of(const pi_json_number *number) {
  const char *p = number->text.ptr + number->negative;
  const char *end = number->text.ptr + number->text.len;
  const char *mark = p;
  while (mark < end && (pi_json_is_digit(*mark) || *mark == '.')) mark++;
  decimal result = {.end = mark};
  const char *point = memchr(p, '.', (size_t)(mark - p));
  if (point == NULL) point = mark;
  while (p < mark && (*p == '0' || *p == '.')) p++;
  result.digits = p;
  result.exponent = p < point ? point - p - 1 : point - p;
  if (mark < end) result.exponent += exponent_of(mark + 1, end);
  return result;
}

/* Whether it is beyond a double. Only a text that could be is looked at closely. */
static bool is_too_large(const pi_json_number *number, bool exponent) {
  if (!exponent && number->text.len < 300) return false;
  decimal value = decimal_of(number);
  if (value.digits == value.end || value.exponent < 308) return false;
  double ignored;
  return value.exponent > 308 || !pi_json_number_double(number, &ignored);
}

static const char *skip_digits(const char *p, const char *end) {
  while (p < end && pi_json_is_digit(*p)) p++;
  return p;
}

/* Behind a number stands a blank, a bracket, a comma or the end; anything like a number's part is its fault.
 */
static bool runs_on(const pi_json *json, const char *p) {
  if (p == json->end) return false;
  char byte = *p;
  return pi_json_is_digit(byte) || byte == '.' || byte == '+' || byte == '-' || byte == '_' ||
         (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

pubint_status pi_json_number_text(pi_json *json, pi_json_number *out) {
  bool peeked = json->value == json->p && json->p < json->end && pi_json_is_digit(*json->p);
  if (!peeked && pi_json_peek(json) != PI_JSON_NUMBER) {
    return pi_json_refuse_byte(json, json->p, PI_E_UNEXPECTED, "a number");
  }
  const char *end = json->end;
  const char *p = json->p;
  bool integer = true, exponent = false;
  bool negative = *p == '-';
  p += negative;
  const char *digits = p;
  p = skip_digits(p, end);
  if (p == digits) return pi_json_refuse_byte(json, p, PI_E_BAD_NUMBER, "a digit");
  if (*digits == '0' && p - digits > 1) {
    return pi_json_refuse_byte(json, digits + 1, PI_E_BAD_NUMBER,
                               "a point, an e or the end after a leading 0");
  }
  if (p < end && *p == '.') {
    integer = false;
    digits = ++p;
    p = skip_digits(p, end);
    if (p == digits) return pi_json_refuse_byte(json, p, PI_E_BAD_NUMBER, "a digit after the point");
  }
  if (p < end && (*p == 'e' || *p == 'E')) {
    integer = false;
    exponent = true;
    p++;
    if (p < end && (*p == '+' || *p == '-')) p++;
    digits = p;
    p = skip_digits(p, end);
    if (p == digits) return pi_json_refuse_byte(json, p, PI_E_BAD_NUMBER, "a digit of the exponent");
  }
  if (runs_on(json, p)) return pi_json_refuse_byte(json, p, PI_E_BAD_NUMBER, "the end of the number");
  *out = (pi_json_number){{json->p, (size_t)(p - json->p)}, negative, integer};
  if (is_too_large(out, exponent)) {
    char found[64];
    pi_json_describe(json, found, sizeof found);
    return pi_json_refuse(json, json->p, PI_E_NUMBER_TOO_LARGE, found, "at most 1.7976931348623157e308",
                          NULL);
  }
  json->p = p;
  return PUBINT_OK;
}

bool pi_json_number_unsigned(const pi_json_number *number, int64_t max, int64_t *out) {
  if (!number->integer) return false;
  const char *end = number->text.ptr + number->text.len;
  int64_t value = 0;
  for (const char *p = number->text.ptr + number->negative; p < end; p++) {
    int digit = *p - '0';
    if (value > (INT64_MAX - digit) / 10) return false;
    value = value * 10 + digit;
  }
  if (value > max || (number->negative && value != 0)) return false;
  *out = value;
  return true;
}

/* 0.d to 0.dddddd, as strengths are mostly written; false for any other text. */
static bool short_micro(pi_slice text, int32_t *out) {
  static const int32_t SCALES[] = {100000, 10000, 1000, 100, 10, 1}; /* by digits behind the point */
  if (text.len < 3 || text.len > 8 || text.ptr[0] != '0' || text.ptr[1] != '.') return false;
  int32_t value = 0;
  for (size_t i = 2; i < text.len; i++) {
    if (!pi_json_is_digit(text.ptr[i])) return false; /* an exponent */
    value = value * 10 + (text.ptr[i] - '0');
  }
  *out = value * SCALES[text.len - 3];
  return true;
}

bool pi_json_number_micro(const pi_json_number *number, int32_t *out) {
  if (short_micro(number->text, out)) return true;
  decimal value = decimal_of(number);
  if (value.digits == value.end) {
    *out = 0;
    return true;
  }
  if (number->negative || value.exponent > 0) return false;
  if (value.exponent == 0) {
    /* Not below 1: only 1 itself is left. */
    if (*value.digits != '1') return false;
    for (const char *p = value.digits + 1; p < value.end; p++) {
      if (*p != '0' && *p != '.') return false;
    }
    *out = 1000000;
    return true;
  }
  int32_t micro = 0;
  int round = 0;
  const char *p = value.digits;
  for (int64_t nth = 1; nth <= 7; nth++) {
    if (p < value.end && *p == '.') p++;
    int digit = nth >= -value.exponent && p < value.end ? *p++ - '0' : 0;
    if (nth == 7) {
      round = digit >= 5;
    } else {
      micro = micro * 10 + digit;
    }
  }
  *out = micro + round;
  return true;
}

bool pi_json_number_scaled(const pi_json_number *number, unsigned decimals, int64_t *out) {
  const char *end = number->text.ptr + number->text.len;
  int64_t value = 0;
  unsigned behind = 0;
  bool fraction = false;
  for (const char *p = number->text.ptr + number->negative; p < end; p++) {
    if (*p == '.') {
      fraction = true;
      continue;
    }
    if (!pi_json_is_digit(*p) || (fraction && ++behind > decimals)) return false;
    int digit = *p - '0';
    if (value > (INT64_MAX - digit) / 10) return false;
    value = value * 10 + digit;
  }
  for (; behind < decimals; behind++) {
    if (value > INT64_MAX / 10) return false;
    value *= 10;
  }
  *out = number->negative ? -value : value;
  return true;
}

/* No two neighbouring doubles, nor the middle between them, differ only behind this many digits, so one
 * digit that is not 0 stands for all that follow. */
enum { DIGITS_MAX = 800 };

static bool slow_double(const decimal *value, double *out) {
  char text[DIGITS_MAX + 32];
  size_t len = 0;
  bool more = false;
  for (const char *p = value->digits; p < value->end; p++) {
    if (*p == '.') continue;
    if (len < DIGITS_MAX) {
      text[len++] = *p;
    } else if (*p != '0') {
      more = true;
      break;
    }
  }
  int64_t exponent = value->exponent - (int64_t)len + 1;
  if (more) {
    text[len++] = '1';
    exponent--;
  }
  /* Digits and an exponent, without a point: the same in every locale. */
  snprintf(text + len, sizeof text - len, "e%lld", (long long)exponent);
  double result = strtod(text, NULL);
  if (result > DBL_MAX) return false;
  *out = result;
  return true;
}

/* Both the digits and the power are exact doubles, so the one rounding is the right one. */
static bool fast_double(const decimal *value, double *out) {
#if FLT_EVAL_METHOD != 0
  (void)value;
  (void)out;
  return false;
#else
  static const double POWERS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  uint64_t mantissa = 0;
  int digits = 0;
  for (const char *p = value->digits; p < value->end; p++) {
    if (*p == '.') continue;
    if (++digits > 19) return false;
    mantissa = mantissa * 10 + (uint64_t)(*p - '0');
  }
  int64_t exponent = value->exponent - digits + 1;
  if (mantissa > UINT64_C(1) << 53 || exponent < -22 || exponent > 22) return false;
  *out = exponent < 0 ? (double)mantissa / POWERS[-exponent] : (double)mantissa * POWERS[exponent];
  return true;
#endif
}

bool pi_json_number_double(const pi_json_number *number, double *out) {
  decimal value = decimal_of(number);
  double result = 0;
  if (value.digits == value.end || value.exponent < -400) {
    *out = 0;
    return true;
  }
  if (value.exponent > 308) return false;
  if (!fast_double(&value, &result) && !slow_double(&value, &result)) return false;
  *out = number->negative && result != 0 ? -result : result;
  return true;
}
