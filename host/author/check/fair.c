#include "fair.h"

#include <stdio.h>
#include <string.h>

const pi_fact PI_FAIR[PI_FAIR_COUNT] = {
    PI_FACT_OFFICE_COUNTRY,   PI_FACT_ACCOUNT_USERNAME,
    PI_FACT_OFFICE_TITLE,     PI_FACT_TWEET_LANG,
    PI_FACT_TWEET_TEXT,       PI_FACT_ID,
    PI_FACT_TWEET_ID,         PI_FACT_ACCOUNT_ID,
    PI_FACT_TWEET_CREATED_AT, PI_FACT_ACCOUNT_OBSERVED_AT,
};

/* Of those that are names. */
static const struct {
  pi_fact fact;
  pi_slice other;
} OTHERS[] = {
    {PI_FACT_OFFICE_COUNTRY, PI_SLICE_INIT("ZW")},
    {PI_FACT_ACCOUNT_USERNAME, PI_SLICE_INIT("zz_someone_else")},
    {PI_FACT_OFFICE_TITLE, PI_SLICE_INIT("Something else altogether")},
    {PI_FACT_TWEET_LANG, PI_SLICE_INIT("qxx")},
    {PI_FACT_ID, PI_SLICE_INIT("another-case")},
    {PI_FACT_TWEET_ID, PI_SLICE_INIT("1266231100780744707")},
    {PI_FACT_ACCOUNT_ID, PI_SLICE_INIT("25073877")},
};

/* How many bytes the character takes that begins with `lead`. */
static size_t bytes_of(unsigned char lead) {
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* Every letter and digit of the wording becomes another, and so does every character beyond ASCII; places in
 * the text stay what they were. */
static bool reword(pi_slice *text, pi_arena *arena) {
  static const char *const BEYOND[][2] = {{"ж", "я"}, {"世", "界"}, {"😀", "😁"}};
  pi_slice copy = pi_arena_copy(arena, *text);
  if (copy.ptr == NULL) return false;
  char *p = (char *)(uintptr_t)copy.ptr; /* our own copy */
  for (size_t i = 0, bytes; i < copy.len; i += bytes) {
    bytes = bytes_of((unsigned char)p[i]);
    if (bytes > 1) {
      const char *const *pair = BEYOND[bytes - 2];
      memcpy(p + i, pair[memcmp(p + i, pair[0], bytes) == 0], bytes);
      continue;
    }
    bool letter =
        (p[i] >= 'a' && p[i] <= 'z') || (p[i] >= 'A' && p[i] <= 'Z') || (p[i] >= '0' && p[i] <= '9');
    if (letter) p[i] = p[i] == 'q' ? 'k' : 'q';
  }
  *text = copy;
  return true;
}

/* A short text instead of a long one, a long one with signs of every sort instead of a short one. */
static void replace(pi_slice *text) {
  enum { LONG = 100 };
  static const pi_slice SHORT_TEXT = PI_SLICE_INIT("q");
  static const pi_slice LONG_TEXT = PI_SLICE_INIT(
      "Q! q? #q @q http://q.qq/q \"q\" 'q' (q) q, q; q: q... q% $q &q *q* _q_ q-q q+q=q [q] {q} ~q\n"
      "QQQ!!! qqq??? 00 11 22 33 44 55 66 77 88 99 ж世😀 qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq\n"
      "qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq.");
  *text = text->len >= LONG ? SHORT_TEXT : LONG_TEXT;
}

/* ---- the same moment in another zone ---- */

static int digits(const char *text, int count) {
  int value = 0;
  for (int i = 0; i < count; i++) value = value * 10 + (text[i] - '0');
  return value;
}

static int days_in(int year, int month) {
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (month == 2) return leap ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* The day after, or before. False beyond the years that have four digits. */
static bool step_day(int date[3], int step) {
  date[2] += step;
  if (date[2] > days_in(date[0], date[1])) {
    date[2] = 1;
    date[1]++;
  } else if (date[2] < 1) {
    date[1]--;
    date[2] = date[1] > 0 ? days_in(date[0], date[1]) : 31;
  }
  if (date[1] > 12 || date[1] < 1) {
    date[0] += step;
    date[1] = step > 0 ? 1 : 12;
  }
  return date[0] >= 0 && date[0] <= 9999;
}

/* 2020-05-29T04:53:00Z is 2020-05-29T14:23:00+09:30. The text is a valid time (RFC 3339). */
static bool move_zone(pi_slice *time, pi_arena *arena) {
  enum { CLOCK = 11, SECONDS = 16, ZONE = 6, SHIFT = 9 * 60 + 30, DAY = 24 * 60, TAIL_MAX = 40 };
  const char *text = time->ptr, *end = time->ptr + time->len;
  int date[3] = {digits(text, 4), digits(text + 5, 2), digits(text + 8, 2)};
  int minutes = digits(text + CLOCK, 2) * 60 + digits(text + CLOCK + 3, 2), offset = 0;
  bool zulu = end[-1] == 'Z' || end[-1] == 'z';
  if (!zulu) {
    offset = digits(end - 5, 2) * 60 + digits(end - 2, 2);
    if (end[-ZONE] == '-') offset = -offset;
  }
  int shift = offset + SHIFT < DAY ? SHIFT : -SHIFT;
  size_t tail = time->len - SECONDS - (zulu ? 1 : ZONE);
  minutes += shift;
  offset += shift;
  if (tail > TAIL_MAX || (minutes >= DAY && !step_day(date, 1)) || (minutes < 0 && !step_day(date, -1))) {
    return true;
  }
  minutes = (minutes + DAY) % DAY;
  int size = offset < 0 ? -offset : offset;
  char moved[128];
  int length = snprintf(moved, sizeof moved, "%04d-%02d-%02dT%02d:%02d%.*s%c%02d:%02d", date[0], date[1],
                        date[2], minutes / 60, minutes % 60, (int)tail, text + SECONDS,
                        offset < 0 ? '-' : '+', size / 60, size % 60);
  *time = pi_arena_copy(arena, (pi_slice){moved, (size_t)length});
  return time->ptr != NULL;
}

/* ---- all of them ---- */

bool pi_fair_takes(const pi_case *input, pi_fact fact, pi_fair_way way) {
  bool time = PI_FACTS[fact].type == PI_TYPE_TIME;
  bool pointed = fact == PI_FACT_TWEET_TEXT && input->has_spans; /* spans need their places */
  switch (way) {
  case PI_FAIR_OTHER: return true;
  case PI_FAIR_UNKNOWN: return fact != PI_FACT_ID && !time && !pointed;
  case PI_FAIR_REPLACED: return fact == PI_FACT_TWEET_TEXT && !pointed;
  case PI_FAIR_WAYS: break;
  }
  return false;
}

bool pi_fair_alter(pi_case *changed, pi_fact fact, pi_fair_way way, pi_arena *arena) {
  pi_slice *value = &changed->facts[fact].string;
  if (way == PI_FAIR_UNKNOWN) {
    changed->known &= ~PI_FACT_BIT(fact);
    return true;
  }
  if (way == PI_FAIR_REPLACED) {
    replace(value);
    return true;
  }
  if (fact == PI_FACT_TWEET_TEXT) return reword(value, arena);
  if (PI_FACTS[fact].type == PI_TYPE_TIME) return move_zone(value, arena);
  for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
    if (OTHERS[i].fact == fact) *value = OTHERS[i].other;
  }
  return true;
}

const char *pi_fair_manner(pi_fact fact, pi_fair_way way) {
  if (way == PI_FAIR_UNKNOWN) return ", whether it is known,";
  return PI_FACTS[fact].type == PI_TYPE_TIME ? ", the same moment in another time zone," : " alone";
}
