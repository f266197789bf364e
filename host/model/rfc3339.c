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

/* Days from 1970-01-01 to a date of the proleptic Gregorian calendar; a year begins in March, so that a leap
 * day is its last, and 400 of them have 146,097 days. */
static int64_t days_of(int year, int month, int day) {
  int64_t shifted = month <= 2 ? year - 1 : year;
  int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  int64_t year_of_era = shifted - era * 400;
  int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

bool pi_rfc3339_seconds(pi_slice text, int64_t *seconds) {
  if (pi_rfc3339_fault(text) != NULL) return false;
  const char *p = text.ptr;
  const char *end = text.ptr + text.len;
  int parts[6]; /* year, month, day, hour, minute, second */
  for (int i = 0; i < 6; i++, p++) parts[i] = take_digits(&p, end, i == 0 ? 4 : 2);
  for (p--; *p == '.' || (*p >= '0' && *p <= '9'); p++) continue;
  int64_t offset = 0;
  if (*p == '+' || *p == '-') {
    int sign = *p++ == '-' ? -1 : 1;
    int hours = take_digits(&p, end, 2);
    p++;
    offset = sign * (hours * 3600 + take_digits(&p, end, 2) * 60);
  }
  int64_t days = days_of(parts[0], parts[1], parts[2]);
  *seconds = days * 86400 + parts[3] * 3600 + parts[4] * 60 + parts[5] - offset;
  return true;
}

void pi_rfc3339_date(int64_t seconds, char out[PI_RFC3339_DATE_BYTES]) {
  int64_t days = (seconds >= 0 ? seconds : seconds - 86399) / 86400 + 719468;
  int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  int64_t day_of_era = days - era * 146097;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t shifted_month = (5 * day_of_year + 2) / 153;
  int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  int64_t parts[3] = {year_of_era + era * 400 + (month <= 2), month,
                      day_of_year - (153 * shifted_month + 2) / 5 + 1};
  static const int ENDS[3] = {4, 7, 10};
  for (int i = 0; i < 3; i++) {
    for (int at = ENDS[i] - 1; at >= (i == 0 ? 0 : ENDS[i - 1] + 1); at--) {
      out[at] = (char)('0' + parts[i] % 10);
      parts[i] /= 10;
    }
    out[ENDS[i]] = i < 2 ? '-' : '\0';
  }
}
