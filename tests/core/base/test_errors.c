#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "test.h"
#include "utf8.h"

static void test_errors_table_is_ascending_and_found_by_code(void **state) {
  (void)state;
  assert_true(PI_ERRORS_COUNT > 50);
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) {
    if (i > 0) assert_true(PI_ERRORS[i - 1].code < PI_ERRORS[i].code);
    assert_ptr_equal(pi_error_find(PI_ERRORS[i].code), &PI_ERRORS[i]);
  }
  assert_null(pi_error_find(0));
  assert_null(pi_error_find(1000));
  assert_null(pi_error_find(1050));
  assert_null(pi_error_find(9999));
}

static void test_errors_rows_say_what_is_wrong_and_how_to_mend_it(void **state) {
  (void)state;
  pubint_error error;
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) {
    const pi_error_row *row = &PI_ERRORS[i];
    size_t len = strlen(row->message);
    assert_in_range(len, 5, sizeof error.message - 1);
    assert_in_range(strlen(row->mend), 10, 400);
    assert_null(strchr(row->message, '\n'));
    assert_true(row->message[len - 1] != '.');
    assert_int_equal(row->mend[strlen(row->mend) - 1], '.');
    for (size_t j = 0; j < i; j++) assert_string_not_equal(row->name, PI_ERRORS[j].name);
  }
}

static void test_errors_statuses_have_names(void **state) {
  (void)state;
  assert_string_equal(pubint_status_name(PUBINT_OK), "ok");
  assert_string_equal(pubint_status_name(PUBINT_E_INPUT), "input");
  assert_string_equal(pubint_status_name(PUBINT_E_POLICY), "policy");
  assert_string_equal(pubint_status_name(PUBINT_E_LIMIT), "limit");
  assert_string_equal(pubint_status_name(PUBINT_E_USAGE), "usage");
  assert_string_equal(pubint_status_name(PUBINT_E_SYSTEM), "system");
  assert_string_equal(pubint_status_name(PUBINT_E_UNMET), "unmet");
  assert_non_null(pubint_status_name((pubint_status)-77));
}

static void test_errors_set_clears_and_fills(void **state) {
  (void)state;
  pubint_error error;
  memset(&error, 'x', sizeof error);
  assert_int_equal(pi_error_set(&error, PI_E_DUPLICATE_KEY), PUBINT_E_INPUT);
  assert_int_equal(error.status, PUBINT_E_INPUT);
  assert_int_equal(error.code, 1014);
  assert_string_equal(error.message, "the same key twice in one object");
  assert_int_equal(error.line, 0);
  assert_int_equal(error.column, 0);
  const char *fields[] = {error.file, error.path, error.found, error.expected, error.hint, error.excerpt};
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) assert_string_equal(fields[i], "");
  assert_int_equal(pi_error_set(NULL, PI_E_NO_MEMORY), PUBINT_E_SYSTEM);
  assert_int_equal(pi_error_setf(NULL, PI_E_NO_MEMORY, "%d", 1), PUBINT_E_SYSTEM);
}

static void test_errors_setf_takes_a_message_of_its_own(void **state) {
  (void)state;
  pubint_error error;
  assert_int_equal(pi_error_setf(&error, PI_E_CANNOT_READ, "%s: %d", "a\nb", 7), PUBINT_E_SYSTEM);
  assert_int_equal(error.code, 5002);
  assert_string_equal(error.message, "a?b: 7");
  char text[1000];
  memset(text, 'y', sizeof text);
  text[sizeof text - 1] = '\0';
  memcpy(text + sizeof error.message - 2, "é", 2); /* its second byte has no room */
  pi_error_setf(&error, PI_E_CANNOT_READ, "%s", text);
  assert_int_equal(strlen(error.message), sizeof error.message - 2);
}

static void test_errors_fields_are_cut_at_a_character(void **state) {
  (void)state;
  char field[8];
  static const struct {
    const char *text;
    const char *field;
  } ROWS[] = {
      {"", ""},
      {"1234567", "1234567"},
      {"12345678", "1234567"},
      {"12345é", "12345é"},
      {"123456é7", "123456"},
      {"1234😀", "1234"},
      {"123😀x", "123😀"},
      {"a\nb\x7F\tc", "a?b? c"},
      {"a\xFF\xC3z", "a??z"},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    memset(field, '#', sizeof field);
    pi_error_field(field, sizeof field, ROWS[i].text, strlen(ROWS[i].text));
    assert_string_equal(field, ROWS[i].field);
  }
  pi_error_field(field, sizeof field, "a\0b", 3);
  assert_string_equal(field, "a?b");
  pi_error_field(field, 1, "abc", 3);
  assert_string_equal(field, "");
}

static pubint_error example(void) {
  pubint_error error;
  pi_error_set(&error, PI_E_BAD_COUNT);
  error.line = 17;
  error.column = 88;
  snprintf(error.file, sizeof error.file, "cases.jsonl");
  snprintf(error.path, sizeof error.path, "/account/followers_count");
  snprintf(error.found, sizeof error.found, "\"12\" (a string)");
  snprintf(error.expected, sizeof error.expected, "a whole number from 0 to 9007199254740991");
  snprintf(error.hint, sizeof error.hint, "take the quotes away");
  return error;
}

static void check_format(const pubint_error *error, const char *expected) {
  char out[2048];
  size_t length = pubint_error_format(error, out, sizeof out);
  assert_string_equal(out, expected);
  assert_int_equal(length, strlen(expected));
}

static void test_errors_format_shows_all_there_is(void **state) {
  (void)state;
  pubint_error error = example();
  check_format(&error, "cases.jsonl:17:88: E1203: not a count (at /account/followers_count)\n"
                       "    found \"12\" (a string); expected a whole number from 0 to 9007199254740991\n"
                       "    hint: take the quotes away\n");
}

static void test_errors_format_leaves_out_what_is_absent(void **state) {
  (void)state;
  pubint_error error = example();
  error.hint[0] = '\0';
  error.expected[0] = '\0';
  check_format(&error, "cases.jsonl:17:88: E1203: not a count (at /account/followers_count)\n"
                       "    found \"12\" (a string)\n");
  error.found[0] = '\0';
  error.path[0] = '\0';
  check_format(&error, "cases.jsonl:17:88: E1203: not a count\n");
  error.column = 0;
  check_format(&error, "cases.jsonl:17: E1203: not a count\n");
  error.line = 0;
  check_format(&error, "cases.jsonl: E1203: not a count\n");
  error.file[0] = '\0';
  check_format(&error, "E1203: not a count\n");
  error.line = 3;
  error.column = 4;
  check_format(&error, "3:4: E1203: not a count\n");
  error.code = 0;
  error.message[0] = '\0';
  snprintf(error.expected, sizeof error.expected, "nothing");
  check_format(&error, "3:4: input\n    expected nothing\n");
}

static void test_errors_format_puts_a_caret_under_the_column(void **state) {
  (void)state;
  pubint_error error;
  pi_error_setf(&error, PI_E_SCRIPT_SYNTAX, "'then' expected near 'x'");
  snprintf(error.file, sizeof error.file, "rules/violence.lua");
  pi_error_field(error.excerpt, sizeof error.excerpt, "\tif 漢é x", strlen("\tif 漢é x"));
  error.line = 2;
  error.column = 1;
  check_format(&error, "rules/violence.lua:2:1: E2006: 'then' expected near 'x'\n     if 漢é x\n    ^\n");
  error.column =
      11; /* behind a tab, two letters, a blank, a wide character that counts for one, é and a blank */
  check_format(&error,
               "rules/violence.lua:2:11: E2006: 'then' expected near 'x'\n     if 漢é x\n           ^\n");
  error.column = 12; /* the end of the line */
  check_format(&error,
               "rules/violence.lua:2:12: E2006: 'then' expected near 'x'\n     if 漢é x\n            ^\n");
  error.column = 200;
  check_format(&error, "rules/violence.lua:2:200: E2006: 'then' expected near 'x'\n     if 漢é x\n");
  error.column = 0;
  check_format(&error, "rules/violence.lua:2: E2006: 'then' expected near 'x'\n     if 漢é x\n");
}

static void test_errors_format_escapes_what_moves_a_terminal(void **state) {
  (void)state;
  pubint_error error;
  pi_error_setf(&error, PI_E_UNKNOWN_WORD, "a \xE2\x80\xAE b");
  snprintf(error.found, sizeof error.found, "\xC2\x9B");
  check_format(&error, "E1202: a \\u{202E} b\n    found \\u{9B}\n");
}

/* As snprintf: never beyond `size`, always ended, the full length returned, no character cut. */
static void test_errors_format_is_cut_to_its_buffer(void **state) {
  (void)state;
  pubint_error error = example();
  snprintf(error.found, sizeof error.found, "é€😀");
  char whole[1024];
  char out[1024];
  size_t length = pubint_error_format(&error, whole, sizeof whole);
  assert_int_equal(pubint_error_format(&error, NULL, 0), length);
  for (size_t size = 1; size <= length + 1; size++) {
    memset(out, '#', sizeof out);
    assert_int_equal(pubint_error_format(&error, out, size), length);
    size_t written = strlen(out);
    assert_true(written < size);
    assert_true(written + 4 >= size);
    assert_memory_equal(out, whole, written);
    assert_ptr_equal(pi_utf8_check((pi_slice){out, written}), out + written);
    for (size_t i = size; i < sizeof out; i++) assert_int_equal(out[i], '#');
  }
  assert_string_equal(out, whole);
}

static void test_errors_quote_no_input_where_that_is_left_out(void **state) {
  (void)state;
  static const char *const PATHS[][2] = {
      {"", ""},
      {"/account/followers_count", "/account/followers_count"},
      {"/violations/12/rule", "/violations/12/rule"},
      {"/the secret", "/…"},
      {"/context/signals/A/b", "/context/signals/…/b"},
      {"/a~1secret//x", "/…//x"},
      {"/a2345678901234567890123456789012345678901", "/…"},
  };
  pubint_error error;
  for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
    pi_error_set(&error, PI_E_WRONG_TYPE);
    snprintf(error.path, sizeof error.path, "%s", PATHS[i][0]);
    snprintf(error.found, sizeof error.found, "secret");
    snprintf(error.expected, sizeof error.expected, "a text");
    error.line = 3;
    pi_error_unquote(&error);
    assert_string_equal(error.path, PATHS[i][1]);
    assert_string_equal(error.found, "");
    assert_string_equal(error.expected, "a text");
    assert_int_equal(error.code, PI_E_WRONG_TYPE);
    assert_int_equal(error.line, 3);
  }
  pi_error_set(&error, PI_E_OPTION_VALUE); /* what was typed is no input */
  snprintf(error.found, sizeof error.found, "typed");
  pi_error_unquote(&error);
  assert_string_equal(error.found, "typed");
}

static void test_errors_path_without_quotes_fits_its_field(void **state) {
  (void)state;
  pubint_error error;
  pi_error_set(&error, PI_E_WRONG_TYPE);
  for (size_t i = 0; i + 1 < sizeof error.path; i++) error.path[i] = i % 2 == 0 ? '/' : 'A';
  pi_error_unquote(&error);
  assert_true(strlen(error.path) < sizeof error.path);
  assert_null(strchr(error.path, 'A'));
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_errors_table_is_ascending_and_found_by_code),
      cmocka_unit_test(test_errors_rows_say_what_is_wrong_and_how_to_mend_it),
      cmocka_unit_test(test_errors_statuses_have_names),
      cmocka_unit_test(test_errors_set_clears_and_fills),
      cmocka_unit_test(test_errors_setf_takes_a_message_of_its_own),
      cmocka_unit_test(test_errors_fields_are_cut_at_a_character),
      cmocka_unit_test(test_errors_format_shows_all_there_is),
      cmocka_unit_test(test_errors_format_leaves_out_what_is_absent),
      cmocka_unit_test(test_errors_format_puts_a_caret_under_the_column),
      cmocka_unit_test(test_errors_format_escapes_what_moves_a_terminal),
      cmocka_unit_test(test_errors_format_is_cut_to_its_buffer),
      cmocka_unit_test(test_errors_quote_no_input_where_that_is_left_out),
      cmocka_unit_test(test_errors_path_without_quotes_fits_its_field),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
