/* A case written out as JSON again: numbers of signals come back as the doubles they were, in few digits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "case_write.h"
#include "decode.h"

enum { ARENA_MAX = 1 << 20, TEXT_MAX = 4096 };

/* The case with one signal, its value written as `number`. */
static void read_one(pi_case *out, pi_arena *arena, const char *number) {
  char text[TEXT_MAX];
  snprintf(text, sizeof text, "{\"v\":1,\"id\":\"c\",\"violations\":[],\"context\":{\"signals\":{\"x\":%s}}}",
           number);
  pi_slice line = pi_arena_copy(arena, pi_slice_of(text));
  assert_non_null(line.ptr);
  assert_int_equal(pi_decode_case(out, line, 1, arena, NULL, NULL), PUBINT_OK);
}

/* What the writer makes of the number; `out` holds it. */
static const char *written(const char *number, char out[TEXT_MAX]) {
  pi_arena arena;
  pi_case input;
  pi_buffer json;
  pi_arena_init(&arena, 1024, ARENA_MAX);
  pi_buffer_init(&json, TEXT_MAX);
  read_one(&input, &arena, number);
  pi_value_write(&json, PI_FACT_SIGNALS, input.facts[PI_FACT_SIGNALS]);
  assert_non_null(pi_buffer_end(&json));
  assert_memory_equal(json.data, "{\"x\":", 5);
  snprintf(out, TEXT_MAX, "%.*s", (int)(json.len - 6), json.data + 5);
  pi_buffer_dispose(&json);
  pi_arena_dispose(&arena);
  return out;
}

static const struct {
  const char *read;
  const char *written;
} ROWS[] = {
    {"0.1", "0.1"},
    {"1", "1"},
    {"-0.0", "0"},
    {"2.5e-1", "0.25"},
    {"123456.123456789", "123456.123456789"},
    {"0.30000000000000004", "0.30000000000000004"},
    {"0.3333333333333333", "0.3333333333333333"},
    {"0.1234567890123456789", "0.12345678901234568"},
    {"-1234567.25", "-1234567.25"},
    {"1e300", "1e+300"},
    {"1.7976931348623157e308", "1.7976931348623157e+308"},
    {"2.2250738585072014e-308", "2.2250738585072014e-308"},
};
enum { ROWS_COUNT = sizeof ROWS / sizeof *ROWS };

static void test_case_write_gives_the_fewest_digits_that_read_back(void **state) {
  (void)state;
  char first[TEXT_MAX], again[TEXT_MAX];
  for (size_t i = 0; i < ROWS_COUNT; i++) {
    assert_string_equal(written(ROWS[i].read, first), ROWS[i].written);
    assert_string_equal(written(first, again), first);
  }
}

static double number_of(const char *number) {
  pi_arena arena;
  pi_case input;
  pi_arena_init(&arena, 1024, ARENA_MAX);
  read_one(&input, &arena, number);
  const pi_tree *tree = &input.facts[PI_FACT_SIGNALS].tree;
  const pi_node *node = &tree->nodes[tree->nodes[pi_tree_root(tree)].as.first];
  double number_read = node->kind == PI_NODE_INTEGER ? (double)node->as.integer : node->as.number;
  pi_arena_dispose(&arena);
  return number_read;
}

static void test_case_write_keeps_every_double(void **state) {
  (void)state;
  uint64_t bits = 0x9e3779b97f4a7c15u;
  for (int i = 0; i < 20000; i++) {
    char exact[TEXT_MAX], text[TEXT_MAX];
    double number;
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    memcpy(&number, &bits, sizeof number);
    if (number - number != 0) continue; /* no number */
    snprintf(exact, sizeof exact, "%.17g", number);
    assert_true(number_of(written(exact, text)) == number);
    assert_true(strlen(text) <= strlen(exact) + 8); /* 0.000… instead of an exponent */
  }
}

/* As in a locale whose point is a comma, installed or not: what the writer calls is wrapped. */
static bool comma;

int __real_snprintf(char *out, size_t size, const char *format, ...);
double __real_strtod(const char *text, char **end);
int __wrap_snprintf(char *out, size_t size, const char *format, ...);
double __wrap_strtod(const char *text, char **end);

int __wrap_snprintf(char *out, size_t size, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(out, size, format, arguments);
  va_end(arguments);
  char *point = comma && strcmp(format, "%.*g") == 0 ? strchr(out, '.') : NULL;
  if (point != NULL) *point = ',';
  return length;
}

double __wrap_strtod(const char *text, char **end) {
  char copy[TEXT_MAX];
  if (!comma) return __real_strtod(text, end);
  __real_snprintf(copy, sizeof copy, "%s", text);
  char *point = strchr(copy, ',');
  if (point != NULL) *point = '.';
  return __real_strtod(copy, NULL);
}

static void test_case_write_knows_no_locale(void **state) {
  (void)state;
  char text[TEXT_MAX];
  comma = true;
  for (size_t i = 0; i < ROWS_COUNT; i++) assert_string_equal(written(ROWS[i].read, text), ROWS[i].written);
  comma = false;
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_case_write_gives_the_fewest_digits_that_read_back),
      cmocka_unit_test(test_case_write_keeps_every_double),
      cmocka_unit_test(test_case_write_knows_no_locale),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
