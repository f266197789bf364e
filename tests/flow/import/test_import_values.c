/* Texts and times as Twitter writes them. */
#include "import_values.h"
#include "test.h"
#include "times.h"

static void expect_text(const char *from, const char *to) {
  pi_buffer out;
  pi_buffer_init(&out, 1024);
  pi_import_unescape(&out, pi_slice_of(from));
  assert_string_equal(pi_buffer_end(&out), to);
  pi_buffer_dispose(&out);
}

static void test_import_values_unescape_three_entities_once(void **state) {
  (void)state;
  expect_text("", "");
  expect_text("a &amp; b &lt;c&gt;", "a & b <c>");
  expect_text("&amp;amp; &amp;lt; &amp;&amp;", "&amp; &lt; &&"); /* once, never twice */
  expect_text("&quot; &#39; &nbsp; &AMP; &amp", "&quot; &#39; &nbsp; &AMP; &amp");
  expect_text("&&lt;;&", "&<;&");
}

static void expect_time(const char *from, const char *to) {
  pi_buffer out;
  pi_buffer_init(&out, 1024);
  assert_null(pi_import_time(&out, pi_slice_of(from)));
  assert_string_equal(pi_buffer_end(&out), to);
  pi_buffer_dispose(&out);
}

static void test_import_values_times_in_one_spelling(void **state) {
  (void)state;
  expect_time("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24Z");
  expect_time("2018-10-10T20:19:24.000Z", "2018-10-10T20:19:24Z");
  expect_time("2018-10-10t20:19:24z", "2018-10-10T20:19:24Z");
  expect_time("2018-10-10T20:19:24+00:00", "2018-10-10T20:19:24Z");
  expect_time("2018-10-10T20:19:24.120Z", "2018-10-10T20:19:24.12Z");
  expect_time("2018-10-10T22:19:24.5+02:00", "2018-10-10T22:19:24.5+02:00");
  expect_time("Wed Oct 10 22:19:24 +0230 2018", "2018-10-10T22:19:24+02:30");
  expect_time("Sat Feb 29 00:00:00 +0000 2020", "2020-02-29T00:00:00Z");
  expect_time("Thu Jan 01 00:00:00 +0000 1970", "1970-01-01T00:00:00Z");
}

static void test_import_values_times_that_do_not_exist(void **state) {
  (void)state;
  static const char *const TIMES[] = {
      "Wed Feb 30 20:19:24 +0000 2018",
      "Fri Feb 29 00:00:00 +0000 2019",
      "Wed Oct 10 24:19:24 +0000 2018",
      "Thu Oct 10 20:19:24 +0000 2018",
      "Xyz Oct 10 20:19:24 +0000 2018",
      "Wed Okt 10 20:19:24 +0000 2018",
      "Wed Oct 10 20:19:24 +9900 2018",
      "Wed Oct 10 20:19:24 2018",
      "2018-10-10 20:19:24Z",
      "2018-02-30T20:19:24Z",
      "2018-10-10",
      "",
  };
  for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
    pi_buffer out;
    pi_buffer_init(&out, 1024);
    assert_non_null(pi_import_time(&out, pi_slice_of(TIMES[i])));
    assert_int_equal(out.len, 0);
    pi_buffer_dispose(&out);
  }
}

static void test_import_values_seconds(void **state) {
  (void)state;
  assert_int_equal(pi_time_seconds(PI_SLICE("1970-01-01T00:00:00Z")), 0);
  assert_int_equal(pi_time_seconds(PI_SLICE("2018-10-10T20:19:24Z")), 1539202764);
  assert_int_equal(pi_time_seconds(PI_SLICE("2018-10-10T22:19:24.9+02:00")), 1539202764);
  assert_int_equal(pi_time_seconds(PI_SLICE("1969-12-31T23:59:59Z")), -1);
  assert_int_equal(pi_time_seconds(PI_SLICE("0000-01-01T00:00:00Z")), -62167219200);
  int64_t seconds;
  assert_true(pi_time_date(PI_SLICE("2020-02-29"), &seconds));
  assert_int_equal(seconds, 1582934400);
  assert_false(pi_time_date(PI_SLICE("2019-02-29"), &seconds));
  assert_false(pi_time_date(PI_SLICE("2020-02-29T"), &seconds));
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_import_values_unescape_three_entities_once),
      cmocka_unit_test(test_import_values_times_in_one_spelling),
      cmocka_unit_test(test_import_values_times_that_do_not_exist),
      cmocka_unit_test(test_import_values_seconds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
