#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "json_arena.h"
#include "json_read.h"
#include "test.h"

enum { DEPTH = 8 };

#define TEXT(literal) PI_SLICE_INIT(literal)

static void test_json_read_takes_what_is_json(void **state) {
  static const pi_slice ROWS[] = {
      TEXT("{}"),
      TEXT("[]"),
      TEXT(" \t\r\n{ \t\r\n} \t\r\n"),
      TEXT("\r\n[ 1 , 2 ]\r\n"),
      TEXT("{\"\":\"\"}"),
      TEXT("\"\x7F\""),
      TEXT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uFFFF\\uD800\\uDC00\\uDBFF\\uDFFF\""),
      TEXT("\"é€😀\xEF\xBF\xBF\xF4\x8F\xBF\xBF\""),
      TEXT("[true,false,null,0,-0,1.5e-3,\"x\"]"),
      TEXT("{\"a\":{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]}}}"),
      TEXT("[0e1,0.0,-0.0e-0,1E5]"),
      TEXT("[1e-400]"),
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    pubint_error error;
    if (pi_json_check(ROWS[i], *state, DEPTH, &error) != PUBINT_OK)
      fail_msg("%s: E%04u", ROWS[i].ptr, error.code);
    assert_int_equal(error.status, PUBINT_OK);
    assert_int_equal(error.code, 0);
  }
}

static void check_string(pi_arena *arena, pi_slice text, pi_slice expected, bool in_place) {
  pi_json json;
  pi_slice out;
  assert_int_equal(pi_json_init(&json, text, 1, arena, DEPTH, NULL), PUBINT_OK);
  assert_int_equal(pi_json_peek(&json), PI_JSON_STRING);
  assert_int_equal(pi_json_string(&json, &out), PUBINT_OK);
  assert_int_equal(pi_json_finish(&json), PUBINT_OK);
  assert_int_equal(out.len, expected.len);
  assert_memory_equal(out.ptr, expected.ptr, expected.len);
  assert_int_equal(out.ptr == text.ptr + 1, in_place);
}

static void test_json_read_strings_are_slices_unless_escaped(void **state) {
  check_string(*state, PI_SLICE("\"\""), PI_SLICE(""), true);
  check_string(*state, PI_SLICE("\"plain text, long enough for a register\""),
               PI_SLICE("plain text, long enough for a register"), true);
  check_string(*state, PI_SLICE("\"é€😀\""), PI_SLICE("é€😀"), true);
  check_string(*state, PI_SLICE("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), PI_SLICE("\"\\/\b\f\n\r\t"), false);
  check_string(*state, PI_SLICE("\"\\u0000\\u0041\\u00e9\\u20AC\\uD83D\\uDE00\""), PI_SLICE("\0Aé€😀"), false);
  check_string(*state, PI_SLICE("\"a\\u0041b\\nc\""), PI_SLICE("aAb\nc"), false);
  check_string(*state, PI_SLICE("\"\\\\u0041\""), PI_SLICE("\\u0041"), false);
  check_string(*state, PI_SLICE("\"\\\\\""), PI_SLICE("\\"), false);
}

/* The scan looks at eight bytes at once: what ends or breaks a string must be seen at every place of them,
 * also next to bytes that a borrow could mistake for it. */
static void test_json_read_strings_end_at_every_place(void **state) {
  static const char NEIGHBOURS[] = {'a', '!', '#', '[', ']', ' ', '~', '\x7F'};
  for (size_t n = 0; n < sizeof NEIGHBOURS; n++) {
    for (size_t len = 0; len < 40; len++) {
      char text[64];
      memset(text, NEIGHBOURS[n], sizeof text);
      text[0] = '"';
      text[len + 1] = '"';
      check_string(*state, (pi_slice){text, len + 2}, (pi_slice){text + 1, len}, true);
      pubint_error error;
      assert_int_equal(pi_json_check((pi_slice){text, len + 1}, *state, DEPTH, &error), PUBINT_E_INPUT);
      assert_int_equal(error.code, PI_E_UNFINISHED);
      assert_int_equal(error.column, len + 2);
      for (size_t place = 1; place <= len; place++) {
        text[place] = '\x1F';
        assert_int_equal(pi_json_check((pi_slice){text, len + 2}, *state, DEPTH, &error), PUBINT_E_INPUT);
        assert_int_equal(error.code, PI_E_CONTROL_IN_STRING);
        assert_int_equal(error.column, place + 1);
        text[place] = NEIGHBOURS[n];
      }
    }
  }
}

static void test_json_read_pulls_values_in_order(void **state) {
  pi_json json;
  pi_slice text = PI_SLICE("{\"a\": [true, {\"b\": null}, -2.5], \"c\\n\": \"x\"}");
  pi_slice key;
  pi_slice string;
  pi_json_number number;
  const char *at;
  bool more;
  assert_int_equal(pi_json_init(&json, text, 1, *state, DEPTH, NULL), PUBINT_OK);
  assert_int_equal(pi_json_peek(&json), PI_JSON_OBJECT);
  assert_int_equal(pi_json_peek(&json), PI_JSON_OBJECT); /* peeking takes nothing */
  assert_int_equal(pi_json_enter_object(&json), PUBINT_OK);
  assert_int_equal(pi_json_next_key(&json, &key, &at, &more), PUBINT_OK);
  assert_true(more && pi_slice_equal(key, PI_SLICE("a")));
  assert_int_equal(at - text.ptr, 1);
  assert_int_equal(json.value - text.ptr, 6);
  assert_int_equal(pi_json_peek(&json), PI_JSON_ARRAY);
  assert_int_equal(pi_json_enter_array(&json), PUBINT_OK);
  assert_int_equal(pi_json_next_item(&json, &more), PUBINT_OK);
  assert_int_equal(pi_json_peek(&json), PI_JSON_TRUE);
  assert_int_equal(pi_json_literal(&json), PUBINT_OK);
  assert_int_equal(pi_json_next_item(&json, &more), PUBINT_OK);
  assert_int_equal(pi_json_peek(&json), PI_JSON_OBJECT);
  assert_int_equal(pi_json_enter_object(&json), PUBINT_OK);
  assert_int_equal(pi_json_next_key(&json, &key, NULL, &more), PUBINT_OK);
  assert_int_equal(json.depth, 3);
  assert_int_equal(pi_json_peek(&json), PI_JSON_NULL);
  assert_int_equal(pi_json_literal(&json), PUBINT_OK);
  assert_int_equal(pi_json_next_key(&json, &key, NULL, &more), PUBINT_OK);
  assert_false(more);
  assert_int_equal(pi_json_next_item(&json, &more), PUBINT_OK);
  assert_int_equal(pi_json_peek(&json), PI_JSON_NUMBER);
  assert_int_equal(pi_json_number_text(&json, &number), PUBINT_OK);
  assert_true(pi_slice_equal(number.text, PI_SLICE("-2.5")));
  assert_int_equal(json.value - text.ptr, 26); /* stays where the value just taken begins */
  assert_int_equal(pi_json_next_item(&json, &more), PUBINT_OK);
  assert_false(more);
  assert_int_equal(pi_json_next_key(&json, &key, &at, &more), PUBINT_OK);
  assert_true(more && pi_slice_equal(key, PI_SLICE("c\n")));
  assert_int_equal(pi_json_string(&json, &string), PUBINT_OK);
  assert_true(pi_slice_equal(string, PI_SLICE("x")));
  assert_int_equal(pi_json_next_key(&json, &key, NULL, &more), PUBINT_OK);
  assert_false(more);
  assert_int_equal(json.depth, 0);
  assert_int_equal(pi_json_finish(&json), PUBINT_OK);
}

static void test_json_read_wants_the_kind_that_is_there(void **state) {
  static const char *const TEXTS[] = {"{}", "[]", "\"x\"", "1", "true"};
  static const char *const EXPECTED[] = {"an object", "an array", "a string", "a number",
                                         "true, false or null"};
  for (size_t i = 0; i < 5; i++) {
    for (size_t wanted = 0; wanted < 5; wanted++) {
      pi_json json;
      pubint_error error;
      pi_slice string;
      pi_json_number number;
      pi_json_init(&json, pi_slice_of(TEXTS[i]), 1, *state, DEPTH, &error);
      pubint_status status = PUBINT_OK;
      switch (wanted) {
      case 0: status = pi_json_enter_object(&json); break;
      case 1: status = pi_json_enter_array(&json); break;
      case 2: status = pi_json_string(&json, &string); break;
      case 3: status = pi_json_number_text(&json, &number); break;
      default: status = pi_json_literal(&json);
      }
      assert_int_equal(status, i == wanted ? PUBINT_OK : PUBINT_E_INPUT);
      if (i == wanted) continue;
      assert_int_equal(error.code, PI_E_UNEXPECTED);
      assert_string_equal(error.expected, EXPECTED[wanted]);
    }
  }
}

static void check_described(const char *text, const char *expected) {
  pi_json json;
  char out[128];
  char small[12];
  pi_json_init(&json, pi_slice_of(text), 1, NULL, DEPTH, NULL);
  pi_json_describe(&json, out, sizeof out);
  assert_string_equal(out, expected);
  pi_json_describe(&json, small, sizeof small);
  assert_true(strlen(small) < sizeof small);
  assert_memory_equal(small, expected, strlen(small));
}

static void test_json_read_describes_values(void **state) {
  (void)state;
  check_described("{\"a\":1}", "an object");
  check_described("[1]", "an array");
  check_described("true", "true");
  check_described("false,", "false");
  check_described("null]", "null");
  check_described("12, 13", "the number 12");
  check_described("-1.5e+10]", "the number -1.5e+10");
  check_described("\"12\"", "\"12\" (a string)");
  check_described("\"a\\\"b\\n\" ", "\"a\\\"b\\n\" (a string)");
  check_described("\"\"", "\"\" (a string)");
  check_described("\"é漢😀\"", "\"é漢😀\" (a string)");
  check_described("\"123456789012345678901234567890123456789012345678\"",
                  "\"123456789012345678901234567890123456789012345678\" (a string)");
  check_described("\"12345678901234567890123456789012345678901234567é\"",
                  "\"12345678901234567890123456789012345678901234567…\" (a string)");
  check_described("\"open", "a string");
  check_described("\"open\\", "a string");
  check_described("\"\xFF\"", "a string");
  check_described("NaN", "NaN");
  check_described("'a'", "\"'\"");
  check_described("", "the end of the text");
}

static void test_json_read_describes_the_value_just_taken_too(void **state) {
  pi_json json;
  pi_slice string;
  char out[64];
  pi_json_init(&json, PI_SLICE(" \"abc\" , 1"), 1, *state, DEPTH, NULL);
  pi_json_peek(&json);
  pi_json_describe(&json, out, sizeof out);
  assert_string_equal(out, "\"abc\" (a string)");
  assert_int_equal(pi_json_string(&json, &string), PUBINT_OK);
  pi_json_describe(&json, out, sizeof out);
  assert_string_equal(out, "\"abc\" (a string)");
}

static void test_json_read_without_memory_is_an_error_of_the_machine(void **state) {
  (void)state;
  pi_arena arena;
  pubint_error error;
  pi_json json;
  pi_slice string;
  pi_arena_init(&arena, 64, 0);
  assert_int_equal(pi_json_init(&json, PI_SLICE("\"a\\nb\""), 5, &arena, DEPTH, &error), PUBINT_OK);
  assert_int_equal(pi_json_string(&json, &string), PUBINT_E_SYSTEM);
  assert_int_equal(error.status, PUBINT_E_SYSTEM);
  assert_int_equal(error.code, PI_E_NO_MEMORY);
  assert_int_equal(error.line, 5);
  pi_arena_dispose(&arena);
}

int main(int argc, char **argv) {
#define READ_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      READ_TEST(test_json_read_takes_what_is_json),
      READ_TEST(test_json_read_strings_are_slices_unless_escaped),
      READ_TEST(test_json_read_strings_end_at_every_place),
      READ_TEST(test_json_read_pulls_values_in_order),
      READ_TEST(test_json_read_wants_the_kind_that_is_there),
      READ_TEST(test_json_read_describes_values),
      READ_TEST(test_json_read_describes_the_value_just_taken_too),
      READ_TEST(test_json_read_without_memory_is_an_error_of_the_machine),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
