#include "ledger_time.h"

#include <stdio.h>
#include <time.h>

#include "rfc3339.h"

enum { DAY = 24 * 60 * 60, HOUR = 60 * 60, MINUTE = 60 };

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

const char *pi_time_read(pi_slice text, int64_t *out) {
  const char *fault = pi_rfc3339_fault(text);
  if (fault != NULL) return fault;
  const char *at = text.ptr;
  int64_t seconds =
      days_to(two_digits(at) * 100 + two_digits(at + 2), two_digits(at + 5), two_digits(at + 8)) * DAY;
  seconds += two_digits(at + 11) * HOUR + two_digits(at + 14) * MINUTE + two_digits(at + 17);
  const char *offset = text.ptr + text.len - 6; /* "+02:00", unless the last byte is a Z */
  char last = text.ptr[text.len - 1];
  if (last != 'Z' && last != 'z') {
    int64_t shift = two_digits(offset + 1) * HOUR + two_digits(offset + 4) * MINUTE;
    seconds += offset[0] == '+' ? -shift : shift;
  }
  *out = seconds;
  return NULL;
}

/* A time in its parts. */
typedef struct parts {
  int year, month, day, hour, minute, second;
} parts;

static parts split(int64_t at) {
  parts out;
  int64_t days = at / DAY;
  int seconds = (int)(at % DAY);
  if (seconds < 0) {
    seconds += DAY;
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
  } UNITS[] = {{DAY, HOUR, "d", "h"}, {HOUR, MINUTE, "h", "min"}, {MINUTE, 0, "min", ""}, {1, 0, "s", ""}};
  size_t u = 0;
  while (u < 3 && seconds < UNITS[u].seconds) u++;
  long long part = UNITS[u].part > 0 ? seconds % UNITS[u].seconds / UNITS[u].part : 0;
  int length =
      snprintf(out, PI_DURATION_BYTES, "%lld %s", (long long)(seconds / UNITS[u].seconds), UNITS[u].unit);
  if (part > 0) {
    (void)snprintf(out + length, PI_DURATION_BYTES - (size_t)length, " %lld %s", part, UNITS[u].part_unit);
  }
}

int64_t pi_time_now(void) {
  return (int64_t)time(NULL);
}
