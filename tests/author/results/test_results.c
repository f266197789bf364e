/* Results, and the two forms they are written in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "annotations.h"
#include "errors.h"
#include "results.h"
#include "results_place.h"
#include "sarif.h"

enum { TEXT_MAX = 8 * 1024 * 1024 };

static const char *annotation(pi_buffer *out, const pi_result *result, const char *place) {
  pi_results results;
  pi_results_begin(&results, "test");
  pi_results_add(&results, result);
  pi_buffer_reset(out);
  pi_annotations_write(&results, pi_slice_of(place), out);
  pi_results_dispose(&results);
  return pi_buffer_end(out);
}

static void test_results_annotations_escape_what_a_line_is_made_of(void **state) {
  (void)state;
  pi_buffer out;
  pi_buffer_init(&out, TEXT_MAX);
  pi_result result = {.code = PI_E_CHECK_DEAD_LINE,
                      .file = PI_SLICE("rules/a,b:c%.lua"),
                      .line = 3,
                      .column = 6,
                      .text = PI_SLICE("é€x = 1"),
                      .message = PI_SLICE("50 %, a:b\r\nc\x1b[0m"),
                      .key = PI_SLICE("")};
  assert_string_equal(
      annotation(&out, &result, "my policy/"),
      "::error file=my policy/rules/a%2Cb%3Ac%25.lua,line=3,col=3,title=E6008%3A a line that is never "
      "reached::50 %25, a:b%0D%0Ac\\u{1B}[0m\n");
  result = (pi_result){.code = PI_E_CHECK_TESTS, .note = true, .message = PI_SLICE("m")};
  assert_string_equal(annotation(&out, &result, "./"),
                      "::notice file=policy.json,line=1,title=E6029%3A tests of the policy fail::m\n");
  result.reason = PI_SLICE("it is meant");
  assert_string_equal(annotation(&out, &result, "./"), "");
  pi_buffer_dispose(&out);
}

static void test_results_have_columns_in_characters(void **state) {
  (void)state;
  pi_result result = {.text = PI_SLICE("a€b\xF0\x9F\x98\x80"
                                       "c")};
  const uint32_t columns[][2] = {{0, 0}, {1, 1}, {2, 2}, {5, 3}, {6, 4}, {10, 5}, {11, 6}};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    result.column = columns[i][0];
    assert_int_equal(pi_results_column(&result), columns[i][1]);
  }
}

static void test_results_find_lines(void **state) {
  (void)state;
  static const char *const LINES[] = {"", "a", "", "b", "", ""};
  for (uint32_t i = 0; i < 6; i++) {
    pi_slice line = pi_results_line(PI_SLICE("a\n\nb\n"), i);
    assert_true(pi_slice_equal(line, pi_slice_of(LINES[i])));
  }
}

/* The fingerprint that stands `nth` in the text. */
static void fingerprint(const pi_results *results, unsigned nth, char out[65]) {
  static const char KEY[] = "\"pubint/v1\": \"";
  pi_buffer text;
  pi_buffer_init(&text, TEXT_MAX);
  pi_sarif_write(results, PI_SLICE("./"), &text);
  const char *at = pi_buffer_end(&text);
  assert_non_null(at);
  for (unsigned i = 0; i <= nth; i++) {
    at = strstr(at, KEY);
    assert_non_null(at);
    at += strlen(KEY);
  }
  snprintf(out, 65, "%.64s", at);
  pi_buffer_dispose(&text);
}

static void test_results_keep_their_fingerprint_when_lines_move(void **state) {
  (void)state;
  pi_result one = {.code = PI_E_CHECK_DEAD_LINE,
                   .file = PI_SLICE("rules/a.lua"),
                   .line = 3,
                   .column = 5,
                   .text = PI_SLICE("    x = 1"),
                   .message = PI_SLICE("m"),
                   .key = PI_SLICE("")};
  char first[65], second[65], moved[65], other[65];
  pi_results results;
  pi_results_begin(&results, "check");
  pi_results_add(&results, &one);
  pi_results_add(&results, &one); /* one that is alike has its own */
  one.line = 30;
  one.text = PI_SLICE("  x = 1");
  pi_results after;
  pi_results_begin(&after, "check");
  pi_results_add(&after, &one);
  one.code = PI_E_CHECK_DEAD_FACTOR;
  pi_results_add(&after, &one);
  fingerprint(&results, 0, first);
  fingerprint(&results, 1, second);
  fingerprint(&after, 0, moved);
  fingerprint(&after, 1, other);
  assert_string_equal(first, moved);
  assert_string_not_equal(first, second);
  assert_string_not_equal(first, other);
  pi_results_dispose(&results);
  pi_results_dispose(&after);
}

static void test_results_count_what_is_left_out(void **state) {
  (void)state;
  pi_result one = {.code = PI_E_CHECK_MUTANT, .message = PI_SLICE("m")};
  pi_results results;
  pi_results_begin(&results, "mutate");
  for (unsigned i = 0; i < PI_RESULTS_MAX + 3; i++) pi_results_add(&results, &one);
  assert_int_equal(results.count, PI_RESULTS_MAX);
  assert_int_equal(results.left_out, 3);
  pi_buffer text;
  pi_buffer_init(&text, TEXT_MAX);
  pi_sarif_write(&results, PI_SLICE("./"), &text);
  assert_non_null(strstr(pi_buffer_end(&text), "\"resultsLeftOut\": 3"));
  pi_buffer_dispose(&text);
  pi_results_dispose(&results);
}

static void test_results_begin_as_the_program_knows_them_by(void **state) {
  (void)state;
  pi_results results;
  pi_results_begin(&results, "check");
  pi_buffer text;
  pi_buffer_init(&text, TEXT_MAX);
  pi_sarif_write(&results, PI_SLICE("/srv/a b/"), &text);
  assert_int_equal(strncmp(pi_buffer_end(&text), PI_SARIF_BEGINS, sizeof PI_SARIF_BEGINS - 1), 0);
  assert_non_null(strstr(text.data, "\"uri\": \"file:///srv/a%20b/\""));
  pi_buffer_dispose(&text);
  pi_results_dispose(&results);
}

static void test_results_place_is_told_from_the_current_folder(void **state) {
  (void)state;
  char folder[4096], inner[4100];
  assert_non_null(getcwd(folder, sizeof folder));
  snprintf(inner, sizeof inner, "%s/.", folder);
  const char *const tried[][2] = {
      {"policy", "policy/"},
      {"./a//policy/", "a/policy/"},
      {".", "./"},
      {"", "./"},
      {folder, "./"},
      {inner, "./"},
      {"git:HEAD:policy", "policy/"},
      {"git:HEAD:.", "./"},
      {"git:HEAD:", "./"},
      {"/", "/"},
      {"/usr", "/usr/"},
  };
  for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
    pi_buffer out;
    pi_buffer_init(&out, TEXT_MAX);
    pi_results_place(&out, tried[i][0]);
    assert_string_equal(pi_buffer_end(&out), tried[i][1]);
    pi_buffer_dispose(&out);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_results_annotations_escape_what_a_line_is_made_of),
      cmocka_unit_test(test_results_have_columns_in_characters),
      cmocka_unit_test(test_results_find_lines),
      cmocka_unit_test(test_results_keep_their_fingerprint_when_lines_move),
      cmocka_unit_test(test_results_count_what_is_left_out),
      cmocka_unit_test(test_results_begin_as_the_program_knows_them_by),
      cmocka_unit_test(test_results_place_is_told_from_the_current_folder),
  };
  cmocka_set_test_filter(argc > 1 ? argv[1] : NULL);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
