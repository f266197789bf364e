#include "times.h"

#include <stdio.h>

enum { DATE_BYTES = 10, CLOCK_BYTES = 8, HOUR = PI_TIME_HOUR, MINUTE = 60 };

/* --- what is a time --- */

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

const char *pi_time_fault(pi_slice text) {
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

/* --- as seconds --- */

/* Days from 1970-01-01 to a date of the Gregorian calendar. Years begin in March here, so that the leap day
 * is a year's last. */
static int64_t days_to(int64_t year, int64_t month, int64_t day) {
  if (month <= 2) year--;
  int64_t era = (year >= 0 ? year : year - 399) / 400;
  int64_t of_era = year - era * 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int64_t days, int *year, int *month, int *day) {
  days += 719468;
  int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  int64_t of_era = days - era * 146097;
  int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
  int64_t shifted = (5 * of_year + 2) / 153;
  *day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
  *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
  *year = (int)(years + era * 400 + (*month <= 2));
}

static int two_digits(const char *at) {
  return (at[0] - '0') * 10 + (at[1] - '0');
}

int64_t pi_time_offset(pi_slice time) {
  const char *at = time.ptr + time.len - 6; /* "+02:00", unless the last byte is a Z */
  if (at[5] == 'Z' || at[5] == 'z') return 0;
  int64_t offset = two_digits(at + 1) * HOUR + two_digits(at + 4) * MINUTE;
  return at[0] == '-' ? -offset : offset;
}

static int64_t days_at(const char *date) {
  return days_to(two_digits(date) * 100 + two_digits(date + 2), two_digits(date + 5), two_digits(date + 8));
}

int64_t pi_time_seconds(pi_slice time) {
  const char *clock = time.ptr + DATE_BYTES + 1;
  return days_at(time.ptr) * PI_TIME_DAY + two_digits(clock) * HOUR + two_digits(clock + 3) * MINUTE +
         two_digits(clock + 6) - pi_time_offset(time);
}

int32_t pi_time_fraction(pi_slice time) {
  const char *at = time.ptr + DATE_BYTES + 1 + CLOCK_BYTES; /* a point, or the zone */
  int32_t nano = 0, worth = 100000000;
  if (*at != '.') return 0;
  for (at++; *at >= '0' && *at <= '9'; at++, worth /= 10) nano += (*at - '0') * worth;
  return nano;
}

const char *pi_time_read(pi_slice text, int64_t *out) {
  const char *fault = pi_time_fault(text);
  if (fault == NULL) *out = pi_time_seconds(text);
  return fault;
}

bool pi_time_date(pi_slice text, int64_t *out) {
  const char *p = text.ptr;
  if (text.len != DATE_BYTES || date_fault(&p, text.ptr + text.len) != NULL) return false;
  *out = days_at(text.ptr) * PI_TIME_DAY;
  return true;
}

/* --- written --- */

/* A time in its parts. */
typedef struct parts {
  int year, month, day, hour, minute, second;
} parts;

static parts split(int64_t at) {
  parts out;
  int64_t days = at / PI_TIME_DAY;
  int seconds = (int)(at % PI_TIME_DAY);
  if (seconds < 0) {
    seconds += PI_TIME_DAY;
    days--;
  }
  date_of(days, &out.year, &out.month, &out.day);
  out.hour = seconds / HOUR;
  out.minute = seconds / MINUTE % 60;
  out.second = seconds % MINUTE;
  return out;
}

void pi_time_write(int64_t at, char out[PI_TIME_BYTES]) {
  parts p = split(at);
  snprintf(out, PI_TIME_BYTES, "%04d-%02d-%02dT%02d:%02d:%02dZ", p.year, p.month, p.day, p.hour, p.minute,
           p.second);
}

void pi_time_say(int64_t at, char out[PI_TIME_BYTES]) {
  parts p = split(at);
  snprintf(out, PI_TIME_BYTES, "%04d-%02d-%02d %02d:%02d", p.year, p.month, p.day, p.hour, p.minute);
}

int pi_time_year(int64_t at) {
  return split(at).year;
}

void pi_duration_say(int64_t seconds, char out[PI_DURATION_BYTES]) {
  static const struct {
    int seconds, part;
    const char *unit, *part_unit;
  } UNITS[] = {
      {PI_TIME_DAY, HOUR, "d", "h"}, {HOUR, MINUTE, "h", "min"}, {MINUTE, 0, "min", ""}, {1, 0, "s", ""}};
  size_t u = 0;
  while (u < 3 && seconds < UNITS[u].seconds) u++;
  long long part = UNITS[u].part > 0 ? seconds % UNITS[u].seconds / UNITS[u].part : 0;
  int length =
      snprintf(out, PI_DURATION_BYTES, "%lld %s", (long long)(seconds / UNITS[u].seconds), UNITS[u].unit);
  if (part > 0) {
    (void)snprintf(out + length, PI_DURATION_BYTES - (size_t)length, " %lld %s", part, UNITS[u].part_unit);
  }
}
