/* The reader of CSV: RFC 4180, strictly, with the place of every cell and of every fault. */
#include <string.h>

#include "csv.h"
#include "errors.h"
#include "test.h"

static pubint_status read_text(pi_csv *csv, pi_arena *arena, const char *text, pubint_error *error) {
  pi_arena_init(arena, 4096, 16 * 1024 * 1024);
  return pi_csv_read(csv, pi_slice_of(text), "side.csv", arena, error);
}

static void expect_cell(const pi_csv *csv, size_t row, size_t column, const char *text, unsigned line,
                        unsigned at) {
  const pi_csv_cell *cell = pi_csv_at(csv, row, column);
  assert_int_equal(cell->text.len, strlen(text));
  assert_memory_equal(cell->text.ptr, text, cell->text.len);
  assert_int_equal(cell->line, line);
  assert_int_equal(cell->column, at);
}

static void test_csv_cells_and_places(void **state) {
  (void)state;
  pi_csv csv;
  pi_arena arena;
  pubint_error error;
  assert_int_equal(read_text(&csv, &arena, "a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n,\"\"\n p ,q", &error),
                   PUBINT_OK);
  assert_int_equal(csv.columns, 2);
  assert_int_equal(csv.rows, 3);
  expect_cell(&csv, 0, 0, "x, \"y\"\nz", 2, 1);
  expect_cell(&csv, 0, 1, "2", 3, 4); /* behind the second line of the quoted cell */
  expect_cell(&csv, 1, 0, "", 4, 1);
  expect_cell(&csv, 1, 1, "", 4, 2);
  expect_cell(&csv, 2, 0, " p ", 5, 1); /* blanks belong to the cell */
  pi_arena_dispose(&arena);
}

static void test_csv_header_alone_and_mark(void **state) {
  (void)state;
  pi_csv csv;
  pi_arena arena;
  assert_int_equal(read_text(&csv, &arena, "\xEF\xBB\xBFone,two", NULL), PUBINT_OK);
  assert_int_equal(csv.rows, 0);
  assert_true(pi_slice_equal(pi_csv_head(&csv, 0)->text, PI_SLICE("one")));
  pi_arena_dispose(&arena);
}

static void test_csv_refusals(void **state) {
  (void)state;
  static const struct {
    const char *text, *found;
    unsigned code, line, column;
  } CASES[] = {
      {"", "nothing", PI_E_CSV, 1, 1},
      {"a,b\n1\n", "a row of 1", PI_E_CSV, 2, 2},
      {"a,b\n1,2,3\n", "a row of more than 2", PI_E_CSV, 2, 4},
      {"a,b\n1,2\n\n3,4\n", "an empty line", PI_E_CSV, 3, 1},
      {"a,b\nx\"y,2\n", "a quote within a cell", PI_E_CSV, 2, 2},
      {"a,b\n\"x\"y,2\n", "something after the closing quote", PI_E_CSV, 2, 4},
      {"a,b\n1,\"2\n3\n", "a quote that is never closed", PI_E_CSV, 2, 3},
      {"a,b\r1,2\n", "a CR without its LF", PI_E_CSV, 1, 4},
      {"a,b\n1,\xC3(\n", "a byte that is not UTF-8", PI_E_CSV, 2, 3},
      {"a,b,a\n", "a", PI_E_CSV_COLUMN, 1, 5},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    pi_csv csv;
    pi_arena arena;
    pubint_error error;
    assert_int_equal(read_text(&csv, &arena, CASES[i].text, &error), PUBINT_E_INPUT);
    assert_int_equal(error.code, CASES[i].code);
    assert_string_equal(error.file, "side.csv");
    assert_string_equal(error.found, CASES[i].found);
    assert_int_equal(error.line, CASES[i].line);
    assert_int_equal(error.column, CASES[i].column);
    assert_true(error.expected[0] != '\0');
    pi_arena_dispose(&arena);
    assert_int_equal(read_text(&csv, &arena, CASES[i].text, NULL), PUBINT_E_INPUT);
    pi_arena_dispose(&arena);
  }
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_csv_cells_and_places),
      cmocka_unit_test(test_csv_header_alone_and_mark),
      cmocka_unit_test(test_csv_refusals),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
