/* How wide text is on a terminal, and the caret of an error that stands where it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "columns.h"
#include "errors.h"
#include "page.h"

static void test_columns_are_those_of_a_terminal(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t columns;
  } ROWS[] = {
      {"", 0},
      {"abc", 3},
      {"é€", 2},
      {"e\xCC\x81", 1},    /* a combining acute */
      {"\xE2\x80\x8D", 0}, /* a zero-width joiner */
      {"漢字", 4},
      {"ｗ", 2},
      {"한", 2},
      {"😀", 2},
      {"☺\xEF\xB8\x8F", 1},            /* a variation selector takes none */
      {"\xD7\xA9\xD6\xB8", 1},         /* a Hebrew letter with its point */
      {"\xE0\xA4\x95\xE0\xA5\x8D", 1}, /* a Devanagari letter with virama */
      {"\xE0\xA4\x95\xE0\xA4\xBE", 2}, /* a Devanagari letter and its vowel beside it */
      {"\xE3\x82\xB7\xE3\x82\x99", 2}, /* a katakana letter with its voicing mark */
      {"𛄀", 2},                     /* a kana of Unicode 6 */
      {"العربية", 7},
      {"█████", 5},
      {"🇳🇱", 2}, /* a flag is two letters of a column each */
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    assert_int_equal(pi_columns(pi_slice_of(ROWS[i].text)), ROWS[i].columns);
  }
}

/* Behind a tab, two letters, a blank, a wide character, a letter with its accent apart and a blank. */
static void test_columns_put_the_caret_of_an_error_below_its_place(void **state) {
  (void)state;
  static const char LINE[] = "\tif 漢e\xCC\x81 x";
  pubint_error error;
  char text[512];
  pi_error_set(&error, PI_E_SCRIPT_SYNTAX);
  pi_error_field(error.excerpt, sizeof error.excerpt, LINE, strlen(LINE));
  error.column = strlen(LINE);
  pi_error_format(&error, pi_columns, text, sizeof text);
  assert_non_null(strstr(text, "\n            ^\n"));
}

/* Wherever an id is shown shortly; names and versions may hold the marks that stand before the digest. */
static void test_columns_of_a_policy_end_within_its_digest(void **state) {
  (void)state;
  static const char DIGEST[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  static const char *const NAMES[] = {"p@1.0.0+sha256:", "a:b@1.0.0+build:7+sha256:"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
    char id[128], cut[128];
    snprintf(id, sizeof id, "%s%s", NAMES[i], DIGEST);
    snprintf(cut, sizeof cut, "%s0123456789ab", NAMES[i]);
    assert_true(pi_slice_equal(pi_page_policy(pi_slice_of(id)), pi_slice_of(cut)));
  }
  assert_int_equal(pi_page_policy(PI_SLICE("p@1.0.0")).len, 7);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_columns_are_those_of_a_terminal),
      cmocka_unit_test(test_columns_put_the_caret_of_an_error_below_its_place),
      cmocka_unit_test(test_columns_of_a_policy_end_within_its_digest),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
