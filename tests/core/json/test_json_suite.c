/* The parsing suite of JSON in the shared data, and examples of our own of the same classes: names that
 * begin with y_ must be taken, with n_ refused, with i_ either way; never a crash. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "files.h"
#include "json_read.h"
#include "test.h"

#define SUITE PI_SOURCE_DIR "/../shared/data/json_parsing"

static unsigned check(pi_slice text) {
  pi_arena arena;
  pubint_error error;
  pi_arena_init(&arena, 4096, 64 << 20);
  pubint_status status = pi_json_check(text, &arena, PI_JSON_DEPTH_MAX, &error);
  pi_arena_dispose(&arena);
  assert_true(status == PUBINT_OK || status == PUBINT_E_INPUT);
  return status == PUBINT_OK ? 0 : error.code;
}

/* What is decided where the suite leaves it open, and where it takes what we refuse. */
static const struct {
  const char *name;
  unsigned code;
} DECIDED[] = {
    {"y_object_duplicated_key.json", PI_E_DUPLICATE_KEY},
    {"y_object_duplicated_key_and_value.json", PI_E_DUPLICATE_KEY},
    {"i_number_double_huge_neg_exp.json", 0},
    {"i_number_huge_exp.json", PI_E_NUMBER_TOO_LARGE},
    {"i_number_neg_int_huge_exp.json", PI_E_NUMBER_TOO_LARGE},
    {"i_number_pos_double_huge_exp.json", PI_E_NUMBER_TOO_LARGE},
    {"i_number_real_neg_overflow.json", PI_E_NUMBER_TOO_LARGE},
    {"i_number_real_pos_overflow.json", PI_E_NUMBER_TOO_LARGE},
    {"i_number_real_underflow.json", 0},
    {"i_number_too_big_neg_int.json", 0},
    {"i_number_too_big_pos_int.json", 0},
    {"i_number_very_big_negative_int.json", 0},
    {"i_object_key_lone_2nd_surrogate.json", PI_E_LONE_SURROGATE},
    {"i_string_1st_surrogate_but_2nd_missing.json", PI_E_LONE_SURROGATE},
    {"i_string_1st_valid_surrogate_2nd_invalid.json", PI_E_LONE_SURROGATE},
    {"i_string_UTF-16LE_with_BOM.json", PI_E_BOM},
    {"i_string_UTF-8_invalid_sequence.json", PI_E_NOT_UTF8},
    {"i_string_UTF8_surrogate_U+D800.json", PI_E_NOT_UTF8},
    {"i_string_incomplete_surrogate_and_escape_valid.json", PI_E_LONE_SURROGATE},
    {"i_string_incomplete_surrogate_pair.json", PI_E_LONE_SURROGATE},
    {"i_string_incomplete_surrogates_escape_valid.json", PI_E_LONE_SURROGATE},
    {"i_string_invalid_lonely_surrogate.json", PI_E_LONE_SURROGATE},
    {"i_string_invalid_surrogate.json", PI_E_LONE_SURROGATE},
    {"i_string_invalid_utf-8.json", PI_E_NOT_UTF8},
    {"i_string_inverted_surrogates_U+1D11E.json", PI_E_LONE_SURROGATE},
    {"i_string_iso_latin_1.json", PI_E_NOT_UTF8},
    {"i_string_lone_second_surrogate.json", PI_E_LONE_SURROGATE},
    {"i_string_lone_utf8_continuation_byte.json", PI_E_NOT_UTF8},
    {"i_string_not_in_unicode_range.json", PI_E_NOT_UTF8},
    {"i_string_overlong_sequence_2_bytes.json", PI_E_NOT_UTF8},
    {"i_string_overlong_sequence_6_bytes.json", PI_E_NOT_UTF8},
    {"i_string_overlong_sequence_6_bytes_null.json", PI_E_NOT_UTF8},
    {"i_string_truncated-utf-8.json", PI_E_NOT_UTF8},
    {"i_string_utf16BE_no_BOM.json", PI_E_UNEXPECTED},
    {"i_string_utf16LE_no_BOM.json", PI_E_UNEXPECTED},
    {"i_structure_500_nested_arrays.json", PI_E_TOO_DEEP},
    {"i_structure_UTF-8_BOM_empty_object.json", PI_E_BOM},
};
enum { DECIDED_COUNT = sizeof DECIDED / sizeof DECIDED[0] };

/* Whether `code` is right for a file of that name. */
static bool is_right(const char *name, unsigned code) {
  for (size_t i = 0; i < DECIDED_COUNT; i++) {
    if (strcmp(DECIDED[i].name, name) == 0) return code == DECIDED[i].code;
  }
  switch (name[0]) {
  case 'y': return code == 0;
  case 'n': return code >= PI_E_EMPTY && code <= PI_E_DUPLICATE_KEY;
  default: return true;
  }
}

static unsigned check_file(const char *name) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/%s", SUITE, name);
  size_t size;
  char *text = files_read(path, &size);
  assert_non_null(text);
  text = realloc(text, size > 0 ? size : 1); /* so that a sanitizer sees a read behind it */
  assert_non_null(text);
  unsigned code = check((pi_slice){text, size});
  free(text);
  return code;
}

static void test_json_suite_every_file_is_taken_or_refused_as_it_should(void **state) {
  (void)state;
  DIR *folder = opendir(SUITE);
  if (folder == NULL) {
    print_message("the parsing suite is not here (%s): nothing of it was checked\n", SUITE);
    return;
  }
  size_t counts[3] = {0};
  static const char KINDS[] = "yni";
  size_t wrong = 0;
  for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
    const char *name = entry->d_name;
    const char *kind = strchr(KINDS, name[0]);
    if (kind == NULL || name[1] != '_') continue;
    counts[kind - KINDS]++;
    unsigned code = check_file(name);
    if (is_right(name, code)) continue;
    wrong++;
    print_error("%s: E%04u\n", name, code);
  }
  closedir(folder);
  print_message("%zu files checked: %zu y_, %zu n_, %zu i_; %zu wrong\n", counts[0] + counts[1] + counts[2],
                counts[0], counts[1], counts[2], wrong);
  assert_int_equal(wrong, 0);
  assert_true(counts[0] > 0 && counts[1] > 0 && counts[2] > 0);
}

static const struct {
  const char *name; /* its class, by the suite's letter */
  pi_slice text;
  unsigned code;
} EXAMPLES[] = {
    {"y_blanks around everything", PI_SLICE_INIT(" [ { \"k\" : [ ] } ]\n"), 0},
    {"y_scalar alone", PI_SLICE_INIT("7"), 0},
    {"y_minus zero", PI_SLICE_INIT("[-0]"), 0},
    {"y_exponents", PI_SLICE_INIT("[3e2,3E+2,3.5e-2]"), 0},
    {"y_empty key", PI_SLICE_INIT("{\"\":0}"), 0},
    {"y_escaped zero in a key", PI_SLICE_INIT("{\"k\\u0000\":0}"), 0},
    {"y_all escapes", PI_SLICE_INIT("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u1234\"]"), 0},
    {"y_surrogate pair", PI_SLICE_INIT("[\"\\ud83d\\ude00\"]"), 0},
    {"y_noncharacters", PI_SLICE_INIT("[\"\\uFFFF\xEF\xB7\x90\"]"), 0},
    {"y_line separator as it is", PI_SLICE_INIT("[\"\xE2\x80\xA8\"]"), 0},
    {"y_delete as it is", PI_SLICE_INIT("[\"\x7F\"]"), 0},
    {"y_repeated key, refused by decision", PI_SLICE_INIT("{\"k\":1,\"k\":1}"), PI_E_DUPLICATE_KEY},
    {"n_nothing", PI_SLICE_INIT(""), PI_E_EMPTY},
    {"n_blank", PI_SLICE_INIT(" "), PI_E_EMPTY},
    {"n_comma before the end", PI_SLICE_INIT("[7,]"), PI_E_UNEXPECTED},
    {"n_two commas", PI_SLICE_INIT("[7,,8]"), PI_E_UNEXPECTED},
    {"n_comma first", PI_SLICE_INIT("[,7]"), PI_E_UNEXPECTED},
    {"n_colon in an array", PI_SLICE_INIT("[7:8]"), PI_E_UNEXPECTED},
    {"n_comma for a colon", PI_SLICE_INIT("{\"k\",7}"), PI_E_UNEXPECTED},
    {"n_key without quotes", PI_SLICE_INIT("{k:7}"), PI_E_UNEXPECTED},
    {"n_single quotes", PI_SLICE_INIT("{'k':7}"), PI_E_UNEXPECTED},
    {"n_comment", PI_SLICE_INIT("[7/**/]"), PI_E_UNEXPECTED},
    {"n_capital word", PI_SLICE_INIT("[True]"), PI_E_UNEXPECTED},
    {"n_vertical tab as a blank", PI_SLICE_INIT("[\v7]"), PI_E_UNEXPECTED},
    {"n_not a number", PI_SLICE_INIT("[NaN]"), PI_E_UNEXPECTED},
    {"n_full-width digit", PI_SLICE_INIT("[\xEF\xBC\x97]"), PI_E_UNEXPECTED},
    {"n_leading zero", PI_SLICE_INIT("[07]"), PI_E_BAD_NUMBER},
    {"n_plus", PI_SLICE_INIT("[+7]"), PI_E_BAD_NUMBER},
    {"n_point first", PI_SLICE_INIT("[.7]"), PI_E_BAD_NUMBER},
    {"n_point last", PI_SLICE_INIT("[7.]"), PI_E_BAD_NUMBER},
    {"n_hexadecimal", PI_SLICE_INIT("[0x7]"), PI_E_BAD_NUMBER},
    {"n_minus infinity", PI_SLICE_INIT("[-Infinity]"), PI_E_BAD_NUMBER},
    {"n_unknown escape", PI_SLICE_INIT("[\"\\a\"]"), PI_E_BAD_ESCAPE},
    {"n_short escape", PI_SLICE_INIT("[\"\\u12\"]"), PI_E_BAD_ESCAPE},
    {"n_newline in a string", PI_SLICE_INIT("[\"\n\"]"), PI_E_CONTROL_IN_STRING},
    {"n_zero in a string", PI_SLICE_INIT("[\"\0\"]"), PI_E_CONTROL_IN_STRING},
    {"n_open string", PI_SLICE_INIT("[\"k"), PI_E_UNFINISHED},
    {"n_open array", PI_SLICE_INIT("[7"), PI_E_UNFINISHED},
    {"n_open object", PI_SLICE_INIT("{\"k\":7"), PI_E_UNFINISHED},
    {"n_two values", PI_SLICE_INIT("[][]"), PI_E_TRAILING},
    {"n_bracket too many", PI_SLICE_INIT("[]]"), PI_E_TRAILING},
    {"n_wrong bracket", PI_SLICE_INIT("[7}"), PI_E_UNEXPECTED},
    {"n_latin-1 outside of strings", PI_SLICE_INIT("[\xE9]"), PI_E_NOT_UTF8},
    {"i_latin-1", PI_SLICE_INIT("[\"\xE9\"]"), PI_E_NOT_UTF8},
    {"i_overlong", PI_SLICE_INIT("[\"\xE0\x80\xAF\"]"), PI_E_NOT_UTF8},
    {"i_surrogate in UTF-8", PI_SLICE_INIT("[\"\xED\xBF\xBF\"]"), PI_E_NOT_UTF8},
    {"i_beyond Unicode", PI_SLICE_INIT("[\"\xF4\xBF\xBF\xBF\"]"), PI_E_NOT_UTF8},
    {"i_lone high surrogate", PI_SLICE_INIT("[\"\\uD801\"]"), PI_E_LONE_SURROGATE},
    {"i_lone low surrogate", PI_SLICE_INIT("[\"\\uDC01\"]"), PI_E_LONE_SURROGATE},
    {"i_surrogates the wrong way round", PI_SLICE_INIT("[\"\\uDC01\\uD801\"]"), PI_E_LONE_SURROGATE},
    {"i_byte order mark", PI_SLICE_INIT("\xEF\xBB\xBF[]"), PI_E_BOM},
    {"i_UTF-16", PI_SLICE_INIT("\xFF\xFE[\0]\0"), PI_E_BOM},
    {"i_beyond a double", PI_SLICE_INIT("[1e999]"), PI_E_NUMBER_TOO_LARGE},
    {"i_below a double", PI_SLICE_INIT("[1e-999]"), 0},
    {"i_beyond 64 bits", PI_SLICE_INIT("[100000000000000000000]"), 0},
};

static void test_json_suite_examples_of_our_own(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof EXAMPLES / sizeof EXAMPLES[0]; i++) {
    unsigned code = check(EXAMPLES[i].text);
    if (code != EXAMPLES[i].code) fail_msg("%s: E%04u", EXAMPLES[i].name, code);
  }
}

static void test_json_suite_nesting_ends_at_the_bound(void **state) {
  (void)state;
  static char text[200000];
  memset(text, '[', sizeof text);
  assert_int_equal(check((pi_slice){text, 500}), PI_E_TOO_DEEP);
  assert_int_equal(check((pi_slice){text, sizeof text}), PI_E_TOO_DEEP);
  for (size_t i = 0; i + 5 <= sizeof text; i += 5) memcpy(text + i, "{\"\":[", 5);
  assert_int_equal(check((pi_slice){text, sizeof text}), PI_E_TOO_DEEP);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_json_suite_every_file_is_taken_or_refused_as_it_should),
      cmocka_unit_test(test_json_suite_examples_of_our_own),
      cmocka_unit_test(test_json_suite_nesting_ends_at_the_bound),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
