#include "mutate.h"

#include <stdint.h>
#include <string.h>

/* splitmix64 */
static uint64_t next_number(mutator *self) {
  self->seed += UINT64_C(0x9E3779B97F4A7C15);
  uint64_t z = self->seed;
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

size_t mutate_choose(mutator *self, size_t below) {
  return (size_t)(next_number(self) % below);
}

#define CHOOSE_FROM(self, table) ((table)[mutate_choose(self, sizeof(table) / sizeof(table)[0])])

static const char *const NUMBERS[] = {"0",
                                      "-0",
                                      "1",
                                      "-1",
                                      "0.0",
                                      "-0.0",
                                      "0.1",
                                      "1e5",
                                      "1E-5",
                                      "-2.5e+3",
                                      "9007199254740993",
                                      "123456789",
                                      "9223372036854775807",
                                      "9223372036854775808",
                                      "-9223372036854775808",
                                      "-9223372036854775809",
                                      "18446744073709551616",
                                      "123456789012345678901234567890",
                                      "1e308",
                                      "1.7976931348623157e308",
                                      "1e-308",
                                      "4.9e-324",
                                      "2.4703282292062327e-324",
                                      "1e-400",
                                      "3.141592653589793238462643383279502884197",
                                      "0.1000000000000000055511151231257827021181583404541015625",
                                      "9007199254740992.5",
                                      "1e22",
                                      "1e23",
                                      "8.5e-23",
                                      "100000000000000000000000e-23",
                                      "0.00000000000000000000000000000001e32"};

/* Pieces of a string's inside. */
static const char *const PIECES[] = {"a",
                                     "b",
                                     "Z",
                                     "0",
                                     " ",
                                     "plain text",
                                     "x/y",
                                     "~",
                                     "\\n",
                                     "\\\"",
                                     "\\\\",
                                     "\\/",
                                     "\\t\\b\\f\\r",
                                     "\\u0041",
                                     "\\u00e9",
                                     "\\u20AC",
                                     "\\ud83d\\ude00",
                                     "\\uFFFF",
                                     "\xC3\xA9",
                                     "\xE2\x82\xAC",
                                     "\xF0\x9F\x98\x80",
                                     "\x7F",
                                     "\xE2\x80\xAE",
                                     "\xEF\xBB\xBF",
                                     "\xED\x9F\xBF",
                                     "\xEE\x80\x80",
                                     "\xF4\x8F\xBF\xBF",
                                     "\xC2\x80",
                                     "{",
                                     "]",
                                     ":",
                                     "null",
                                     "12",
                                     "'"};

/* What breaks a text, wherever it is put, or may do so. */
static const char *const BREAKERS[] = {",",
                                       ":",
                                       "{",
                                       "}",
                                       "[",
                                       "]",
                                       "\"",
                                       "\\",
                                       "'",
                                       "/*x*/",
                                       "//",
                                       "+1",
                                       ".5",
                                       "01",
                                       "1.",
                                       "1e",
                                       "0x1",
                                       "NaN",
                                       "nul",
                                       "tru",
                                       "False",
                                       "1e400",
                                       "-1e999",
                                       "\\u",
                                       "\\uD83D",
                                       "\\uDE00",
                                       "\\u12",
                                       "\\x",
                                       "\n",
                                       "\t",
                                       "\r",
                                       "\x01",
                                       "\x1F",
                                       "\xC0\xAF",
                                       "\xED\xA0\x80",
                                       "\xF4\x90\x80\x80",
                                       "\xE2\x82",
                                       "\xF0\x9F",
                                       "\x80",
                                       "\xFF",
                                       "\xEF\xBB\xBF",
                                       "\x0B",
                                       "\xC2\xA0",
                                       "{}",
                                       "[]",
                                       "\"\"",
                                       "null",
                                       "1",
                                       "\"a\":1,",
                                       ",\"id\":1",
                                       "{\"a\":1,\"a\":2}",
                                       "[1 2]"};

static void make_string(mutator *self, pi_buffer *out) {
  pi_buffer_byte(out, '"');
  for (size_t i = mutate_choose(self, 5); i > 0; i--) pi_buffer_text(out, CHOOSE_FROM(self, PIECES));
  /* NUL is rare: not every reader takes it. */
  if (mutate_choose(self, 200) == 0) pi_buffer_text(out, "\\u0000");
  pi_buffer_byte(out, '"');
}

static void make_digits(mutator *self, pi_buffer *out, size_t count) {
  for (; count > 0; count--) pi_buffer_byte(out, (char)('0' + mutate_choose(self, 10)));
}

static void make_number(mutator *self, pi_buffer *out) {
  if (mutate_choose(self, 2) == 0) {
    pi_buffer_text(out, CHOOSE_FROM(self, NUMBERS));
    return;
  }
  if (mutate_choose(self, 3) == 0) pi_buffer_byte(out, '-');
  pi_buffer_byte(out, (char)('1' + mutate_choose(self, 9)));
  make_digits(self, out, mutate_choose(self, mutate_choose(self, 4) == 0 ? 40 : 17));
  if (mutate_choose(self, 2) == 0) {
    pi_buffer_byte(out, '.');
    make_digits(self, out, 1 + mutate_choose(self, 25));
  }
  if (mutate_choose(self, 3) == 0) {
    pi_buffer_text(out, mutate_choose(self, 2) == 0 ? "e-" : "E");
    make_digits(self, out, 1 + mutate_choose(self, 2));
  }
}

static void make_blank(mutator *self, pi_buffer *out) {
  static const char BLANKS[] = " \t\r\n";
  while (mutate_choose(self, 5) == 0) pi_buffer_byte(out, BLANKS[mutate_choose(self, 4)]);
}

void mutate_make_value(mutator *self, pi_buffer *out, unsigned depth) {
  static const char *const WORDS[] = {"true", "false", "null"};
  size_t kind = mutate_choose(self, depth > 0 ? 9 : 5);
  make_blank(self, out);
  if (kind == 0) {
    pi_buffer_text(out, CHOOSE_FROM(self, WORDS));
  } else if (kind <= 2) {
    make_number(self, out);
  } else if (kind <= 4) {
    make_string(self, out);
  } else {
    bool object = kind <= 6;
    pi_buffer_byte(out, object ? '{' : '[');
    make_blank(self, out);
    for (size_t i = 0, count = mutate_choose(self, 6); i < count; i++) {
      if (i > 0) pi_buffer_byte(out, ',');
      if (object) {
        make_blank(self, out);
        /* A place in the key keeps most of them apart. */
        pi_buffer_printf(out, "\"%s%zu", CHOOSE_FROM(self, PIECES), mutate_choose(self, 40) == 0 ? 0 : i);
        pi_buffer_text(out, mutate_choose(self, 400) == 0 ? "\\u0000\"" : "\"");
        make_blank(self, out);
        pi_buffer_byte(out, ':');
      }
      mutate_make_value(self, out, depth - 1);
    }
    pi_buffer_byte(out, object ? '}' : ']');
  }
  make_blank(self, out);
}

/* Replaces out[at..at+len) by `with`. */
static void replace(pi_buffer *out, size_t at, size_t len, pi_slice with) {
  if (!pi_buffer_reserve(out, with.len)) return;
  memmove(out->data + at + with.len, out->data + at + len, out->len - at - len);
  if (with.len > 0) memcpy(out->data + at, with.ptr, with.len);
  out->len = out->len - len + with.len;
}

/* The first place at or behind a random one, all around, where a byte of `set` stands; out->len where none.
 */
static size_t find_any(mutator *self, const pi_buffer *out, const char *set) {
  size_t begin = mutate_choose(self, out->len);
  for (size_t i = 0; i < out->len; i++) {
    size_t place = (begin + i) % out->len;
    if (out->data[place] != '\0' && strchr(set, out->data[place]) != NULL) return place;
  }
  return out->len;
}

/* A change that mostly leaves JSON: other digits, letters, numbers, strings, blanks, values. */
static void change_gently(mutator *self, pi_buffer *out) {
  size_t at;
  switch (mutate_choose(self, 6)) {
  case 0: /* a digit for a digit, of which a leading zero may come */
    at = find_any(self, out, "123456789");
    if (at < out->len) out->data[at] = (char)('0' + mutate_choose(self, 10));
    break;
  case 1: /* a piece for a letter */
    at = find_any(self, out, "aeiou");
    if (at < out->len) replace(out, at, 1, pi_slice_of(CHOOSE_FROM(self, PIECES)));
    break;
  case 2: /* a blank behind a mark */
    at = find_any(self, out, ",:[{");
    if (at < out->len) replace(out, at + 1, 0, pi_slice_of(mutate_choose(self, 2) == 0 ? " " : "\r\n"));
    break;
  case 3: /* a number for a run of digits */
    at = find_any(self, out, ":[");
    if (at + 1 < out->len && strchr("0123456789", out->data[at + 1]) != NULL && out->data[at + 1] != '\0') {
      size_t end = at + 1;
      while (end < out->len && out->data[end] >= '.' && out->data[end] <= '9' && out->data[end] != '/') end++;
      replace(out, at + 1, end - at - 1, pi_slice_of(CHOOSE_FROM(self, NUMBERS)));
    }
    break;
  case 4: /* one more member */
    at = find_any(self, out, "{");
    if (at + 1 < out->len && out->data[at + 1] == '"')
      replace(out, at + 1, 0, PI_SLICE("\"more\":[1.5,{}],"));
    break;
  default: /* one more item */
    at = find_any(self, out, "[");
    if (at + 1 < out->len && out->data[at + 1] != ']') replace(out, at + 1, 0, PI_SLICE("\"\\u00e9\",null,"));
  }
}

static void change_roughly(mutator *self, pi_buffer *out) {
  size_t at = mutate_choose(self, out->len);
  size_t len = 1 + mutate_choose(self, 8);
  if (len > out->len - at) len = out->len - at;
  char byte = (char)mutate_choose(self, 256);
  char copy[8];
  switch (mutate_choose(self, 7)) {
  case 0: out->data[at] = (char)(out->data[at] ^ (1 << mutate_choose(self, 8))); break;
  case 1: out->data[at] = byte; break;
  case 2: replace(out, at, len, (pi_slice){NULL, 0}); break;
  case 3: replace(out, at, 0, (pi_slice){&byte, 1}); break;
  case 4:
    memcpy(copy, out->data + at, len);
    replace(out, mutate_choose(self, out->len), 0, (pi_slice){copy, len});
    break;
  case 5: replace(out, at, 0, pi_slice_of(CHOOSE_FROM(self, BREAKERS))); break;
  default: out->len = at > 0 && mutate_choose(self, 4) == 0 ? at : out->len;
  }
}

void mutate_next(mutator *self, pi_buffer *out) {
  pi_buffer_reset(out);
  if (self->texts_count > 0 && mutate_choose(self, 2) == 0) {
    pi_buffer_slice(out, self->texts[mutate_choose(self, self->texts_count)]);
  } else {
    mutate_make_value(self, out, (unsigned)mutate_choose(self, 7));
  }
  size_t rough = mutate_choose(self, 2) == 0 ? 0 : mutate_choose(self, 3);
  for (size_t i = mutate_choose(self, 4); i > 0 && out->len > 0; i--) change_gently(self, out);
  for (; rough > 0 && out->len > 0; rough--) change_roughly(self, out);
}
