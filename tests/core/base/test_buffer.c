#include <string.h>

#include "buffer.h"
#include "test.h"

static void test_buffer_appends_bytes_texts_and_slices(void **state) {
  (void)state;
  pi_buffer buffer;
  pi_buffer_init(&buffer, 1000);
  pi_buffer_append(&buffer, "a\0b", 3);
  pi_buffer_text(&buffer, "cd");
  pi_buffer_byte(&buffer, 'e');
  pi_buffer_slice(&buffer, PI_SLICE("fg"));
  pi_buffer_slice(&buffer, (pi_slice){NULL, 0});
  assert_false(buffer.failed);
  assert_int_equal(buffer.len, 8);
  assert_memory_equal(buffer.data, "a\0bcdefg", 8);
  pi_buffer_dispose(&buffer);
}

static void test_buffer_grows_and_keeps_what_it_has(void **state) {
  (void)state;
  pi_buffer buffer;
  pi_buffer_init(&buffer, 100000);
  for (size_t i = 0; i < 100000; i++) pi_buffer_byte(&buffer, (char)('a' + i % 26));
  assert_false(buffer.failed);
  assert_int_equal(buffer.len, 100000);
  for (size_t i = 0; i < 100000; i++) assert_int_equal(buffer.data[i], 'a' + i % 26);
  pi_buffer_dispose(&buffer);
}

static void test_buffer_fails_beyond_its_maximum_and_stays_failed(void **state) {
  (void)state;
  pi_buffer buffer;
  pi_buffer_init(&buffer, 10);
  pi_buffer_text(&buffer, "0123456789");
  assert_false(buffer.failed);
  pi_buffer_byte(&buffer, 'x');
  assert_true(buffer.failed);
  assert_int_equal(buffer.len, 10);
  pi_buffer_reset(&buffer);
  assert_false(buffer.failed);
  pi_buffer_append(&buffer, "01234567890", 11);
  assert_true(buffer.failed);
  pi_buffer_byte(&buffer, 'x'); /* would fit, but the text would have a hole */
  assert_int_equal(buffer.len, 0);
  assert_null(pi_buffer_end(&buffer));
  pi_buffer_dispose(&buffer);
}

static void test_buffer_refuses_lengths_beyond_all_memory(void **state) {
  (void)state;
  pi_buffer buffer;
  pi_buffer_init(&buffer, SIZE_MAX);
  pi_buffer_byte(&buffer, 'x');
  assert_false(pi_buffer_reserve(&buffer, SIZE_MAX));
  assert_true(buffer.failed);
  pi_buffer_dispose(&buffer);
}

static void test_buffer_prints(void **state) {
  (void)state;
  pi_buffer buffer;
  pi_buffer_init(&buffer, 1000);
  pi_buffer_printf(&buffer, "%s", "");
  pi_buffer_printf(&buffer, "%d/%s", 42, "x");
  pi_buffer_printf(&buffer, "%0*d", 400, 7);
  assert_false(buffer.failed);
  assert_int_equal(buffer.len, 4 + 400);
  assert_memory_equal(buffer.data, "42/x000", 7);
  assert_int_equal(buffer.data[403], '7');
  pi_buffer_dispose(&buffer);
}

static void test_buffer_print_fails_rather_than_cuts(void **state) {
  (void)state;
  pi_buffer buffer;
  pi_buffer_init(&buffer, 10);
  pi_buffer_printf(&buffer, "%s", "0123456789");
  assert_false(buffer.failed);
  assert_int_equal(buffer.len, 10);
  assert_memory_equal(buffer.data, "0123456789", 10);
  pi_buffer_reset(&buffer);
  pi_buffer_printf(&buffer, "%s", "0123456789x");
  assert_true(buffer.failed);
  assert_int_equal(buffer.len, 0);
  pi_buffer_dispose(&buffer);
}

static void test_buffer_end_adds_a_nul_that_does_not_count(void **state) {
  (void)state;
  pi_buffer buffer;
  pi_buffer_init(&buffer, 4);
  assert_string_equal(pi_buffer_end(&buffer), "");
  pi_buffer_text(&buffer, "abc");
  assert_string_equal(pi_buffer_end(&buffer), "abc");
  pi_buffer_text(&buffer, "d");
  assert_int_equal(buffer.len, 4);
  pi_buffer_dispose(&buffer);
  assert_int_equal(buffer.len, 0);
  assert_string_equal(pi_buffer_end(&buffer), "");
  pi_buffer_dispose(&buffer);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_buffer_appends_bytes_texts_and_slices),
      cmocka_unit_test(test_buffer_grows_and_keeps_what_it_has),
      cmocka_unit_test(test_buffer_fails_beyond_its_maximum_and_stays_failed),
      cmocka_unit_test(test_buffer_refuses_lengths_beyond_all_memory),
      cmocka_unit_test(test_buffer_prints),
      cmocka_unit_test(test_buffer_print_fails_rather_than_cuts),
      cmocka_unit_test(test_buffer_end_adds_a_nul_that_does_not_count),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
