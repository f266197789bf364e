/* Lines of a file by number, forwards and back, over more lines than the index has places. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "policy_maker.h"
#include "repl_file.h"
#include "test.h"

/* The index holds 4,096 places of every 256th line before it has to thin itself out. */
enum { LINES = 1300000 };

typedef struct desk {
  policy_maker maker;
  char name[600];
  pi_repl_file *file;
} desk;

static int set_up(void **state) {
  desk *self = calloc(1, sizeof *self);
  assert_non_null(self);
  policy_maker_begin(&self->maker);
  snprintf(self->name, sizeof self->name, "%s/cases.jsonl", self->maker.folder);
  *state = self;
  return 0;
}

static int tear_down(void **state) {
  desk *self = *state;
  pi_repl_file_close(self->file);
  policy_maker_end(&self->maker);
  free(self);
  return 0;
}

static const pi_stop ASKED = {.asked = 1};

static void open_file(desk *self, const char *text) {
  policy_maker_text(&self->maker, "cases.jsonl", text);
  assert_int_equal(pi_repl_file_open(&self->file, self->name, NULL, NULL), PUBINT_OK);
}

static void expect_line(desk *self, uint64_t number, const char *expected) {
  pi_slice text;
  bool found;
  assert_int_equal(pi_repl_file_line(self->file, number, &text, &found, NULL), PUBINT_OK);
  assert_int_equal(found, expected != NULL);
  if (expected == NULL) return;
  assert_int_equal(text.len, strlen(expected));
  assert_memory_equal(text.ptr, expected, text.len);
}

static void test_file_lines_anywhere_among_a_million(void **state) {
  desk *self = *state;
  static const uint64_t PLACES[] = {1,         2,      1000000, 999999, 257,     256,     255,     LINES,
                                    LINES - 1, 700000, 700001,  3,      1048577, 1048576, 1299999, 511};
  FILE *out = fopen(self->name, "w");
  assert_non_null(out);
  for (int i = 1; i <= LINES; i++) fprintf(out, "[%d]\n", i);
  assert_int_equal(fclose(out), 0);
  assert_int_equal(pi_repl_file_open(&self->file, self->name, NULL, NULL), PUBINT_OK);
  for (unsigned round = 0; round < 2; round++) {
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
      char expected[32];
      snprintf(expected, sizeof expected, "[%llu]", (unsigned long long)PLACES[i]);
      expect_line(self, PLACES[i], expected);
    }
    expect_line(self, LINES + 1, NULL);
    expect_line(self, 0, NULL);
  }
  bool complete;
  assert_int_equal(pi_repl_file_lines(self->file, &complete), LINES);
  assert_true(complete);
}

static void test_file_last_line_needs_no_newline(void **state) {
  desk *self = *state;
  open_file(self, "{}\n\n{\"a\":1}");
  expect_line(self, 3, "{\"a\":1}");
  expect_line(self, 2, "");
  expect_line(self, 4, NULL);
  expect_line(self, 1, "{}");
}

static void test_file_one_case_over_several_lines(void **state) {
  desk *self = *state;
  open_file(self, "{\n \"id\": \"x\",\n \"violations\": []\n}\n");
  assert_true(pi_repl_file_single(self->file));
  expect_line(self, 1, "{\n \"id\": \"x\",\n \"violations\": []\n}\n");
  expect_line(self, 2, NULL);
}

static void test_file_finds_ids_however_they_are_written(void **state) {
  desk *self = *state;
  uint64_t line;
  open_file(self, "{\"id\":\"a\",\"violations\":[]}\n{\"id\":\"b\",\"violations\":[{\"rule\":\"c\"}]}\n"
                  "{\"id\":\"\\u0063\",\"violations\":[]}\nrubbish c\n");
  assert_int_equal(pi_repl_file_find_id(self->file, PI_SLICE("c"), &line, NULL), PUBINT_OK);
  assert_int_equal(line, 3);
  assert_int_equal(pi_repl_file_find_id(self->file, PI_SLICE("d"), &line, NULL), PUBINT_OK);
  assert_int_equal(line, 0);
}

static void test_file_what_is_no_file_is_refused(void **state) {
  desk *self = *state;
  pubint_error error;
  assert_int_equal(pi_repl_file_open(&self->file, self->maker.folder, NULL, &error), PUBINT_E_SYSTEM);
  assert_int_equal(pi_repl_file_open(&self->file, "/dev/null", NULL, &error), PUBINT_E_SYSTEM);
  assert_int_equal(pi_repl_file_open(&self->file, self->name, NULL, &error), PUBINT_E_SYSTEM);
  assert_null(self->file);
}

/* On the way to a far line, and on the search for an id; what was near is still to be had. */
static void test_file_can_be_stopped(void **state) {
  enum { MANY = 5000 };
  desk *self = *state;
  uint64_t line;
  FILE *out = fopen(self->name, "w");
  assert_non_null(out);
  for (int i = 1; i <= MANY; i++) fprintf(out, "{\"id\":\"c%d\",\"violations\":[]}\n", i);
  assert_int_equal(fclose(out), 0);
  assert_int_equal(pi_repl_file_open(&self->file, self->name, &ASKED, NULL), PUBINT_OK);
  expect_line(self, MANY, NULL);
  assert_int_equal(pi_repl_file_find_id(self->file, PI_SLICE("c5000"), &line, NULL), PUBINT_OK);
  assert_int_equal(line, 0);
  expect_line(self, 7, "{\"id\":\"c7\",\"violations\":[]}");
}

/* A line too long for a case is cut, and what is behind it found all the same. */
static void test_file_overlong_line(void **state) {
  enum { LONG = 3 * 1024 * 1024 };
  desk *self = *state;
  FILE *out = fopen(self->name, "w");
  assert_non_null(out);
  fputs("{}\n", out);
  for (int i = 0; i < LONG; i++) fputc('x', out);
  fputs("\n{\"last\":1}\n", out);
  assert_int_equal(fclose(out), 0);
  assert_int_equal(pi_repl_file_open(&self->file, self->name, NULL, NULL), PUBINT_OK);
  pi_slice text;
  bool found;
  assert_int_equal(pi_repl_file_line(self->file, 2, &text, &found, NULL), PUBINT_OK);
  assert_true(found && text.len == 1024 * 1024 + 1);
  expect_line(self, 3, "{\"last\":1}");
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_file_lines_anywhere_among_a_million, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_file_last_line_needs_no_newline, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_file_one_case_over_several_lines, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_file_finds_ids_however_they_are_written, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_file_what_is_no_file_is_refused, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_file_can_be_stopped, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_file_overlong_line, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
