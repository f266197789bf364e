#include "rfc3339.h"

#include <stdint.h>

/* The next `count` digits as a number, -1 where there are fewer; *p moves behind what was read. */
static int take_digits(const char **p, const char *end, int count) {
  int value = 0;
  for (; count > 0; count--, (*p)++) {
    if (*p == end || **p < '0' || **p > '9') return -1;
    value = value * 10 + (**p - '0');
  }
  return value;
}

static bool take_byte(const char **p, const char *end, char byte) {
  if (*p == end || **p != byte) return false;
  (*p)++;
  return true;
}

static int days_in(int year, int month) {
  static const int8_t DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : DAYS[month - 1];
}

static const char *date_fault(const char **p, const char *end) {
  static const char FORM[] = "a time begins with a date as in 2020-05-29";
  int year = take_digits(p, end, 4);
  if (year < 0 || !take_byte(p, end, '-')) return FORM;
  int month = take_digits(p, end, 2);
  if (month < 0 || !take_byte(p, end, '-')) return FORM;
  int day = take_digits(p, end, 2);
  if (day < 0) return FORM;
  if (month < 1 || month > 12) return "there is no such month";
  return day < 1 || day > days_in(year, month) ? "there is no such day" : NULL;
}

static const char *clock_fault(const char **p, const char *end) {
  static const char FORM[] = "the time of day is written as in 04:53:00 or 04:53:00.5";
  int hour = take_digits(p, end, 2);
  if (hour < 0 || !take_byte(p, end, ':')) return FORM;
  int minute = take_digits(p, end, 2);
  if (minute < 0 || !take_byte(p, end, ':')) return FORM;
  int second = take_digits(p, end, 2);
  if (second < 0) return FORM;
  if (hour > 23 || minute > 59 || second > 60) return "there is no such time of day";
  if (!take_byte(p, end, '.')) return NULL;
  if (take_digits(p, end, 1) < 0) return FORM;
  while (take_digits(p, end, 1) >= 0) continue;
  return NULL;
}

static const char *offset_fault(const char **p, const char *end) {
  static const char FORM[] = "a time ends in Z, or in an offset as in +02:00";
  if (take_byte(p, end, 'Z') || take_byte(p, end, 'z')) return NULL;
  if (!take_byte(p, end, '+') && !take_byte(p, end, '-')) return FORM;
  int hours = take_digits(p, end, 2);
  if (hours < 0 || !take_byte(p, end, ':')) return FORM;
  int minutes = take_digits(p, end, 2);
  if (minutes < 0) return FORM;
  return hours > 23 || minutes > 59 ? "there is no such offset" : NULL;
}

const char *pi_rfc3339_fault(pi_slice text) {
  if (text.len == 0) return "an empty text is no time";
  const char *p = text.ptr;
  const char *end = text.ptr + text.len;
  const char *fault = date_fault(&p, end);
  if (fault != NULL) return fault;
  if (!take_byte(&p, end, 'T') && !take_byte(&p, end, 't')) return "a T stands between the date and the time";
  fault = clock_fault(&p, end);
  if (fault == NULL) fault = offset_fault(&p, end);
  if (fault == NULL && p != end) fault = "something follows the time";
  return fault;
}
