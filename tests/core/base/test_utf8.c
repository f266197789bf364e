#include <string.h>

#include "test.h"
#include "utf8.h"

/* The code point of the sequence at `p` and its bytes, by the definition and not by its table of lead bytes:
 * decode by the pattern of bits, then refuse what has a shorter form, surrogates and what is beyond. */
static size_t defined_sequence(const unsigned char *p, size_t left) {
  static const struct {
    unsigned char mask, pattern;
    uint32_t least;
  } FORMS[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
  for (size_t i = 0; i < 4; i++) {
    if ((p[0] & FORMS[i].mask) != FORMS[i].pattern) continue;
    uint32_t code = p[0] & (unsigned char)~FORMS[i].mask;
    if (left < i + 1) return 0;
    for (size_t j = 1; j <= i; j++) {
      if (p[j] >> 6 != 2) return 0;
      code = code << 6 | (p[j] & 0x3F);
    }
    if (code < FORMS[i].least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0;
    return i + 1;
  }
  return 0;
}

static void test_utf8_sequence_is_that_of_the_definition(void **state) {
  (void)state;
  static const unsigned char TAILS[] = {0x00, 0x22, 0x7F, 0x80, 0x8F, 0x90,
                                        0x9F, 0xA0, 0xBF, 0xC0, 0xE0, 0xFF};
  enum { TAIL_COUNT = sizeof TAILS };
  unsigned char bytes[4];
  for (unsigned lead = 0; lead < 256; lead++) {
    bytes[0] = (unsigned char)lead;
    for (unsigned second = 0; second < 256; second++) {
      bytes[1] = (unsigned char)second;
      for (size_t i = 0; i < TAIL_COUNT * TAIL_COUNT; i++) {
        bytes[2] = TAILS[i / TAIL_COUNT];
        bytes[3] = TAILS[i % TAIL_COUNT];
        for (size_t left = 1; left <= 4; left++) {
          const char *p = (const char *)bytes;
          if (pi_utf8_sequence(p, p + left) != defined_sequence(bytes, left)) {
            fail_msg("%02X %02X %02X %02X, %zu bytes", bytes[0], bytes[1], bytes[2], bytes[3], left);
          }
        }
      }
    }
  }
  assert_int_equal(pi_utf8_sequence("x", "x"), 0);
}

static void test_utf8_every_scalar_value_is_encoded_and_decoded(void **state) {
  (void)state;
  for (uint32_t code = 0; code <= 0x10FFFF; code++) {
    if (code == 0xD800) code = 0xE000;
    char text[4];
    size_t bytes = pi_utf8_encode(code, text);
    size_t decoded_bytes;
    if (pi_utf8_sequence(text, text + bytes) != bytes || pi_utf8_decode(text, &decoded_bytes) != code ||
        decoded_bytes != bytes || pi_utf8_count((pi_slice){text, bytes}) != 1) {
      fail_msg("U+%04X", (unsigned)code);
    }
  }
}

/* The check looks at eight bytes at once: a fault must be found at every place of them. */
static void test_utf8_check_finds_the_first_fault_at_any_place(void **state) {
  (void)state;
  static const char *const FAULTS[] = {"\x80",         "\xC3", "\xE2\x82", "\xED\xA0\x80",
                                       "\xF0\x9F\x98", "\xFF", "\xC0\xAF"};
  char text[64];
  for (size_t i = 0; i < sizeof FAULTS / sizeof FAULTS[0]; i++) {
    size_t len = strlen(FAULTS[i]);
    for (size_t place = 0; place < 24; place++) {
      memset(text, 'a', sizeof text);
      memcpy(text + place, FAULTS[i], len);
      assert_ptr_equal(pi_utf8_check((pi_slice){text, 32}), text + place);
      assert_ptr_equal(pi_utf8_check((pi_slice){text, place + len}), text + place);
      assert_ptr_equal(pi_utf8_check((pi_slice){text, place}), text + place);
    }
  }
  pi_slice good = PI_SLICE("plain é € 😀 \xEF\xBF\xBF \xF4\x8F\xBF\xBF end");
  assert_ptr_equal(pi_utf8_check(good), good.ptr + good.len);
}

static void test_utf8_counts_code_points_and_finds_their_places(void **state) {
  (void)state;
  pi_slice text = PI_SLICE("aé€😀z");
  static const size_t OFFSETS[] = {0, 1, 3, 6, 10, 11, 11};
  assert_int_equal(pi_utf8_count(text), 5);
  assert_int_equal(pi_utf8_count((pi_slice){NULL, 0}), 0);
  for (size_t i = 0; i < sizeof OFFSETS / sizeof OFFSETS[0]; i++) {
    assert_int_equal(pi_utf8_offset(text, i), OFFSETS[i]);
  }
}

static void check_shown(pi_slice text, bool lines, const char *expected) {
  pi_buffer buffer;
  pi_buffer_init(&buffer, 4096);
  pi_utf8_show(&buffer, text, lines);
  assert_string_equal(pi_buffer_end(&buffer), expected);
  pi_buffer_dispose(&buffer);
}

static void test_utf8_show_escapes_what_moves_a_terminal(void **state) {
  (void)state;
  check_shown(PI_SLICE("plain é 😀"), false, "plain é 😀");
  check_shown(PI_SLICE("\x1B[31m\a\0\x7F"), false, "\\u{1B}[31m\\u{07}\\u{00}\\u{7F}");
  check_shown(PI_SLICE("\xC2\x80\xC2\x9B\xC2\xA0"), false, "\\u{80}\\u{9B}\xC2\xA0");
  check_shown(PI_SLICE("a\r\n\tb"), false, "a\\u{0D}\\u{0A}\\u{09}b");
  check_shown(PI_SLICE("a\r\n\tb"), true, "a\\u{0D}\n\\u{09}b");
  check_shown(PI_SLICE("\xE2\x80\xAE\xE2\x81\xA6\xD8\x9C\xE2\x80\x8F"), true,
              "\\u{202E}\\u{2066}\\u{061C}\\u{200F}");
  check_shown(PI_SLICE("\xE2\x80\xA8\xE2\x80\xA9"), true, "\\u{2028}\\u{2029}");
  check_shown(PI_SLICE("a\xFF"
                       "b\xC3"),
              false, "a\\xFFb\\xC3");
  check_shown(PI_SLICE(""), false, "");
}

static void test_utf8_show_escapes_each_bidirectional_control(void **state) {
  (void)state;
  static const uint32_t CONTROLS[] = {0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C,
                                      0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069};
  static const uint32_t NEIGHBOURS[] = {0x061B, 0x061D, 0x200D, 0x2010, 0x2027, 0x202F, 0x2065, 0x206A};
  char text[4];
  char shown[PI_UTF8_SHOWN_BYTES];
  size_t len;
  for (size_t i = 0; i < sizeof CONTROLS / sizeof CONTROLS[0]; i++) {
    size_t bytes = pi_utf8_encode(CONTROLS[i], text);
    assert_int_equal(pi_utf8_show_next(text, text + bytes, shown, &len), bytes);
    assert_int_equal(shown[0], '\\');
  }
  for (size_t i = 0; i < sizeof NEIGHBOURS / sizeof NEIGHBOURS[0]; i++) {
    size_t bytes = pi_utf8_encode(NEIGHBOURS[i], text);
    assert_int_equal(pi_utf8_show_next(text, text + bytes, shown, &len), bytes);
    assert_int_equal(len, bytes);
    assert_memory_equal(shown, text, bytes);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_utf8_sequence_is_that_of_the_definition),
      cmocka_unit_test(test_utf8_every_scalar_value_is_encoded_and_decoded),
      cmocka_unit_test(test_utf8_check_finds_the_first_fault_at_any_place),
      cmocka_unit_test(test_utf8_counts_code_points_and_finds_their_places),
      cmocka_unit_test(test_utf8_show_escapes_what_moves_a_terminal),
      cmocka_unit_test(test_utf8_show_escapes_each_bidirectional_control),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
