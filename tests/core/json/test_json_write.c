#include <string.h>

#include "json_read.h"
#include "json_write.h"
#include "outline.h"
#include "test.h"
#include "utf8.h"

static void check_string(pi_slice text, const char *expected) {
  pi_buffer buffer;
  pi_buffer_init(&buffer, 4096);
  pi_json_write_string(&buffer, text);
  assert_string_equal(pi_buffer_end(&buffer), expected);
  pi_buffer_dispose(&buffer);
}

static void test_json_write_string_escapes_what_it_must(void **state) {
  (void)state;
  check_string(PI_SLICE(""), "\"\"");
  check_string(PI_SLICE("plain"), "\"plain\"");
  check_string(PI_SLICE("\"\\/"), "\"\\\"\\\\/\"");
  check_string(PI_SLICE("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"");
  check_string(PI_SLICE("\0\x01\x1F\x7F"), "\"\\u0000\\u0001\\u001f\\u007f\"");
  check_string(PI_SLICE("é€😀\xE2\x80\xA8"), "\"é€😀\xE2\x80\xA8\"");
  check_string(PI_SLICE("\na"), "\"\\na\"");
  check_string(PI_SLICE("a\n"), "\"a\\n\"");
}

/* The writer looks at eight bytes at once: each byte must be seen at each place of them. */
static void test_json_write_string_sees_every_byte_at_every_place(void **state) {
  (void)state;
  for (unsigned byte = 0; byte < 0x80; byte++) {
    bool escaped = byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F;
    for (size_t place = 0; place < 20; place++) {
      char text[24];
      memset(text, byte == 'a' ? 'b' : 'a', sizeof text);
      text[place] = (char)byte;
      text[place + 1] = '!'; /* a neighbour of the quote, which a borrow could mistake for one */
      pi_buffer buffer;
      pi_buffer_init(&buffer, 4096);
      pi_json_write_string(&buffer, (pi_slice){text, sizeof text});
      assert_false(buffer.failed);
      assert_memory_equal(buffer.data + 1, text, place);
      assert_int_equal(buffer.data[place + 1] == '\\', escaped);
      assert_memory_equal(buffer.data + buffer.len - 1 - (sizeof text - place - 1), text + place + 1,
                          sizeof text - place - 1);
      pi_buffer_dispose(&buffer);
    }
  }
}

/* Scalar values of each length, written and read, are themselves again. */
static void test_json_write_string_reads_back(void **state) {
  (void)state;
  pi_buffer buffer;
  pi_arena arena;
  pi_buffer_init(&buffer, 4096);
  pi_arena_init(&arena, 4096, 1 << 16);
  for (uint32_t code = 0; code <= 0x10FFFF; code++) {
    if (code == 0xD800) code = 0xE000;
    if (code >= 0x800 && code % 97 != 0) continue; /* beyond that none is written otherwise than another */
    char text[5] = {'a'};
    size_t len = 1 + pi_utf8_encode(code, text + 1);
    pi_buffer_reset(&buffer);
    pi_arena_reset(&arena);
    pi_json_write_string(&buffer, (pi_slice){text, len});
    pi_json json;
    pi_slice read;
    assert_int_equal(pi_json_init(&json, (pi_slice){buffer.data, buffer.len}, 1, &arena, 1, NULL), PUBINT_OK);
    assert_int_equal(pi_json_string(&json, &read), PUBINT_OK);
    assert_int_equal(pi_json_finish(&json), PUBINT_OK);
    assert_int_equal(read.len, len);
    assert_memory_equal(read.ptr, text, len);
  }
  pi_buffer_dispose(&buffer);
  pi_arena_dispose(&arena);
}

static void test_json_write_decimal_appends(void **state) {
  (void)state;
  pi_buffer buffer;
  pi_buffer_init(&buffer, 64);
  pi_json_write_decimal(&buffer, 2400000000, 9);
  pi_buffer_byte(&buffer, ',');
  pi_json_write_decimal(&buffer, -7, 0);
  assert_string_equal(pi_buffer_end(&buffer), "2.4,-7");
  pi_buffer_dispose(&buffer);
}

static void test_json_write_fails_as_the_buffer_does(void **state) {
  (void)state;
  for (size_t max = 0; max < 8; max++) {
    pi_buffer buffer;
    pi_buffer_init(&buffer, max);
    pi_json_write_string(&buffer, PI_SLICE("ab\ncd"));
    assert_true(buffer.failed);
    pi_buffer_dispose(&buffer);
  }
  pi_buffer buffer;
  pi_buffer_init(&buffer, PI_DECIMAL_BYTES - 1);
  pi_json_write_decimal(&buffer, 1, 0);
  assert_true(buffer.failed);
  pi_buffer_dispose(&buffer);
}

static void write_outline(pi_outline *outline) {
  const pi_slice words[] = {PI_SLICE("a"), PI_SLICE("b")};
  pi_outline_open(outline, NULL, '{');
  pi_outline_string(outline, "text", PI_SLICE("\"\n"));
  pi_outline_given(outline, "absent", (pi_slice){NULL, 0});
  pi_outline_count(outline, "count", UINT64_MAX);
  pi_outline_open(outline, "list", '[');
  pi_outline_decimal(outline, NULL, -1500, 3);
  pi_outline_break(outline);
  pi_outline_bytes(outline, NULL, PI_SLICE("\xff"));
  pi_outline_close(outline, ']');
  pi_outline_open(outline, "none", '{');
  pi_outline_close(outline, '}');
  pi_outline_strings(outline, "words", words, 2, true);
  pi_outline_time(outline, "at", 0);
  pi_outline_code(outline, "code", 37);
  pi_outline_close(outline, '}');
}

static void check_outline(bool compact, const char *expected) {
  pi_buffer buffer;
  pi_buffer_init(&buffer, 4096);
  write_outline(&(pi_outline){.out = &buffer, .compact = compact});
  assert_string_equal(pi_buffer_end(&buffer), expected);
  pi_buffer_dispose(&buffer);
}

static void test_outline_puts_commas_lines_and_escapes(void **state) {
  (void)state;
  check_outline(
      true, "{\"text\":\"\\\"\\n\",\"count\":18446744073709551615,\"list\":[-1.5,\n\"\\\\xFF\"],"
            "\"none\":{},\"words\":[\"a\",\"b\",null],\"at\":\"1970-01-01T00:00:00Z\",\"code\":\"E0037\"}");
  check_outline(false,
                "{\n  \"text\": \"\\\"\\n\",\n  \"count\": 18446744073709551615,\n  \"list\": [\n"
                "    -1.5,\n    \"\\\\xFF\"\n  ],\n  \"none\": {},\n  \"words\": [\"a\", \"b\", null],\n"
                "  \"at\": \"1970-01-01T00:00:00Z\",\n  \"code\": \"E0037\"\n}\n");
}

static void test_outline_fails_with_its_buffer(void **state) {
  (void)state;
  pi_buffer buffer;
  pi_buffer_init(&buffer, 8);
  pi_outline outline = pi_outline_begin(&buffer);
  pi_outline_bytes(&outline, "name", PI_SLICE("\xff\xff\xff\xff"));
  pi_outline_end(&outline);
  assert_true(buffer.failed);
  pi_buffer_dispose(&buffer);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_json_write_string_escapes_what_it_must),
      cmocka_unit_test(test_json_write_string_sees_every_byte_at_every_place),
      cmocka_unit_test(test_json_write_string_reads_back),
      cmocka_unit_test(test_json_write_decimal_appends),
      cmocka_unit_test(test_json_write_fails_as_the_buffer_does),
      cmocka_unit_test(test_outline_puts_commas_lines_and_escapes),
      cmocka_unit_test(test_outline_fails_with_its_buffer),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
