#include "import_values.h"

#include "times.h"

enum { DATE_BYTES = 10, SECONDS_END = 19 }; /* of 2018-10-10T20:19:24 */

/* --- texts --- */

void pi_import_unescape(pi_buffer *out, pi_slice text) {
  static const struct {
    pi_slice escape;
    char character;
  } ESCAPES[] = {{PI_SLICE_INIT("&amp;"), '&'}, {PI_SLICE_INIT("&lt;"), '<'}, {PI_SLICE_INIT("&gt;"), '>'}};
  for (size_t i = 0; i < text.len;) {
    size_t taken = 1;
    char character = text.ptr[i];
    for (size_t j = 0; character == '&' && j < sizeof ESCAPES / sizeof *ESCAPES; j++) {
      size_t length = ESCAPES[j].escape.len;
      if (text.len - i < length || memcmp(text.ptr + i, ESCAPES[j].escape.ptr, length) != 0) continue;
      taken = length;
      character = ESCAPES[j].character;
      break;
    }
    pi_buffer_byte(out, character);
    i += taken;
  }
}

/* --- times --- */

/* The number from 0 of the three letters at `p` among `names`, three letters each; -1 where it is none. */
static int name_at(const char *p, const char *names) {
  for (int i = 0; names[i * 3] != '\0'; i++) {
    if (memcmp(p, names + i * 3, 3) == 0) return i;
  }
  return -1;
}

/* Whether `text` has the form "Wed Oct 10 20:19:24 +0000 2018". */
static bool has_old_form(pi_slice text) {
  static const char FORM[] = "aaa aaa 00 00:00:00 +0000 0000";
  if (text.len != sizeof FORM - 1) return false;
  for (size_t i = 0; i < text.len; i++) {
    char byte = text.ptr[i];
    bool right = FORM[i] == '0'   ? byte >= '0' && byte <= '9'
                 : FORM[i] == '+' ? byte == '+' || byte == '-'
                                  : FORM[i] == 'a' || byte == FORM[i];
    if (!right) return false;
  }
  return true;
}

/* API v1.1. The parts are put in the order of RFC 3339, whose check they then pass or not. */
static const char *read_old(pi_buffer *out, pi_slice text) {
  const char *p = text.ptr;
  int weekday = name_at(p, "ThuFriSatSunMonTueWed"); /* 1970 began on a Thursday */
  int month = name_at(p + 4, "JanFebMarAprMayJunJulAugSepOctNovDec");
  if (weekday < 0) return "there is no such day of the week";
  if (month < 0) return "there is no such month";
  char time[32];
  char *at = time;
  memcpy(at, p + 26, 4);
  at[4] = '-';
  at[5] = (char)('0' + (month + 1) / 10);
  at[6] = (char)('0' + (month + 1) % 10);
  at[7] = '-';
  memcpy(at + 8, p + 8, 2);
  at[10] = 'T';
  memcpy(at + 11, p + 11, 8);
  memcpy(at + SECONDS_END, p + 20, 3);
  at[22] = ':';
  memcpy(at + 23, p + 23, 2);
  size_t length = 25;
  const char *fault = pi_time_fault((pi_slice){time, length});
  if (fault != NULL) return fault;
  int64_t day;
  pi_time_date((pi_slice){time, DATE_BYTES}, &day);
  if ((day / PI_TIME_DAY % 7 + 7) % 7 != weekday) return "the date is another day of the week";
  if (memcmp(time + 20, "00:00", 5) == 0) {
    time[SECONDS_END] = 'Z';
    length = SECONDS_END + 1;
  }
  pi_buffer_append(out, time, length);
  return NULL;
}

const char *pi_import_time(pi_buffer *out, pi_slice text) {
  if (has_old_form(text)) return read_old(out, text);
  const char *fault = pi_time_fault(text);
  if (fault != NULL) return fault;
  const char *p = text.ptr;
  pi_buffer_append(out, p, DATE_BYTES);
  pi_buffer_byte(out, 'T');
  pi_buffer_append(out, p + 11, 8);
  bool utc = p[text.len - 1] == 'Z' || p[text.len - 1] == 'z';
  const char *zone = p + text.len - (utc ? 1 : 6);
  const char *end = zone;
  if (p[SECONDS_END] == '.') {
    while (end[-1] == '0') end--;
    if (end[-1] == '.') end--;
    pi_buffer_append(out, p + SECONDS_END, (size_t)(end - p) - SECONDS_END);
  }
  utc = utc || memcmp(zone + 1, "00:00", 5) == 0;
  pi_buffer_append(out, utc ? "Z" : zone, utc ? 1 : 6);
  return NULL;
}
