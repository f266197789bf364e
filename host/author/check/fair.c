#include "fair.h"

#include <stdio.h>
#include <string.h>

#include "times.h"

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

/* 2020-05-29T04:53:00Z is 2020-05-29T14:23:00+09:30. The text is a valid time (RFC 3339); what follows its
 * minutes, a second of 60 too, stays. */
static bool move_zone(pi_slice *time, pi_arena *arena) {
  enum { MINUTES_END = 16, ZONE = 6, SHIFT = (9 * 60 + 30) * 60, TAIL_MAX = 40 };
  char local[PI_TIME_BYTES], moved[128];
  const char *text = time->ptr;
  char last = text[time->len - 1];
  int offset = (int)pi_time_offset(*time), shift = offset + SHIFT < PI_TIME_DAY ? SHIFT : -SHIFT;
  size_t tail = time->len - MINUTES_END - (last == 'Z' || last == 'z' ? 1 : ZONE);
  snprintf(local, sizeof local, "%.*s:00Z", MINUTES_END, text);
  int64_t at = pi_time_seconds(pi_slice_of(local)) + shift;
  if (tail > TAIL_MAX || pi_time_year(at) < 0 || pi_time_year(at) > 9999) return true;
  offset += shift;
  int size = offset < 0 ? -offset : offset;
  pi_time_write(at, local);
  int length = snprintf(moved, sizeof moved, "%.*s%.*s%c%02d:%02d", MINUTES_END, local, (int)tail,
                        text + MINUTES_END, offset < 0 ? '-' : '+', size / (60 * 60), size / 60 % 60);
  *time = pi_arena_copy(arena, (pi_slice){moved, (size_t)length});
  return time->ptr != NULL;
}

/* ---- all of them ---- */

bool pi_fair_takes(const pi_case *input, pi_fact fact, pi_fair_way way) {
  pi_fact_type type = PI_FACTS[fact].type;
  bool time = type == PI_TYPE_TIME, text = type == PI_TYPE_TEXT;
  bool named = type == PI_TYPE_ID || type == PI_TYPE_STRING || type == PI_TYPE_COUNTRY;
  bool pointed = text && input->has_spans; /* spans need their places */
  switch (way) {
  case PI_FAIR_OTHER: return named || text || time;
  case PI_FAIR_UNKNOWN: return fact != PI_FACT_ID && (named || text) && !pointed;
  case PI_FAIR_REPLACED: return text && !pointed;
  case PI_FAIR_WAYS: break;
  }
  return false;
}

bool pi_fair_alter(pi_case *changed, pi_fact fact, pi_fair_way way, pi_arena *arena) {
  if (way == PI_FAIR_UNKNOWN) {
    changed->known &= ~PI_FACT_BIT(fact);
    return true;
  }
  pi_slice value = pi_case_text(changed, fact);
  bool done = true;
  if (way == PI_FAIR_REPLACED) {
    replace(&value);
  } else if (PI_FACTS[fact].type == PI_TYPE_TEXT) {
    done = reword(&value, arena);
  } else if (PI_FACTS[fact].type == PI_TYPE_TIME) {
    done = move_zone(&value, arena);
  } else {
    value = PI_FACTS[fact].type == PI_TYPE_COUNTRY ? PI_SLICE("ZW")
            : PI_FACTS[fact].type == PI_TYPE_ID    ? PI_SLICE("1266231100780744707")
                                                   : PI_SLICE("zz_someone_else");
  }
  if (done) pi_case_set_text(changed, fact, value);
  return done;
}

const char *pi_fair_manner(pi_fact fact, pi_fair_way way) {
  if (way == PI_FAIR_UNKNOWN) return ", whether it is known,";
  return PI_FACTS[fact].type == PI_TYPE_TIME ? ", the same moment in another time zone," : " alone";
}
