#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decimal.h"
#include "test.h"

static const char *written(int64_t value, unsigned places) {
  static char text[PI_DECIMAL_BYTES + 1];
  memset(text, '#', sizeof text);
  size_t length = pi_decimal_write(text, value, places);
  assert_true(length <= PI_DECIMAL_BYTES);
  text[length] = '\0';
  return text;
}

static void test_decimal_writes_the_shortest_form(void **state) {
  (void)state;
  static const struct {
    int64_t value;
    unsigned places;
    const char *text;
  } ROWS[] = {
      {0, 0, "0"},
      {0, 9, "0"},
      {5, 0, "5"},
      {-5, 0, "-5"},
      {100, 0, "100"},
      {1000, 3, "1"},
      {1500, 3, "1.5"},
      {1050, 3, "1.05"},
      {1005, 3, "1.005"},
      {-1, 3, "-0.001"},
      {1, 9, "0.000000001"},
      {-1, 9, "-0.000000001"},
      {800000, 6, "0.8"},
      {1000000, 6, "1"},
      {2400000000, 9, "2.4"},
      {INT64_MAX, 0, "9223372036854775807"},
      {INT64_MAX, 9, "9223372036.854775807"},
      {INT64_MIN, 0, "-9223372036854775808"},
      {INT64_MIN, 9, "-9223372036.854775808"},
      {INT64_MIN, 1, "-922337203685477580.8"},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    assert_string_equal(written(ROWS[i].value, ROWS[i].places), ROWS[i].text);
  }
}

/* Read back digit by digit, the value is the same, and nothing superfluous is written. */
static void check_round_trip(int64_t value, unsigned places) {
  const char *text = written(value, places);
  const char *p = text + (*text == '-');
  uint64_t magnitude = 0;
  unsigned behind = 0;
  int point = 0;
  assert_true(p[0] != '0' || p[1] == '.' || p[1] == '\0');
  for (; *p != '\0'; p++) {
    if (*p == '.') {
      point = 1;
      continue;
    }
    assert_in_range(*p, '0', '9');
    magnitude = magnitude * 10 + (uint64_t)(*p - '0');
    behind += (unsigned)point;
  }
  if (point) assert_int_not_equal(p[-1], '0');
  for (; behind < places; behind++) magnitude *= 10;
  uint64_t wanted = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  assert_true(magnitude == wanted);
  assert_int_equal(*text == '-', value < 0);
}

static void test_decimal_reads_back_as_the_same_value(void **state) {
  (void)state;
  uint64_t seed = 1;
  for (size_t i = 0; i < 200000; i++) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    int64_t value = (int64_t)(seed >> (i % 60)) * (i % 2 == 0 ? 1 : -1);
    check_round_trip(value / (i % 7 == 0 ? 1000 : 1) * (i % 7 == 0 ? 1000 : 1), (unsigned)(i % 10));
  }
}

static void test_decimal_reads_what_people_type(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned places;
    int64_t max;
    bool right;
    int64_t value;
  } ROWS[] = {
      {"0", 9, INT64_MAX, true, 0},
      {"0.5", 9, INT64_MAX, true, 500000000},
      {".25", 3, INT64_MAX, true, 250},
      {"7.", 3, INT64_MAX, true, 7000},
      {"12", 0, 12, true, 12},
      {"13", 0, 12, false, 0},
      {"1000", 9, 1000 * PI_NANO, true, 1000 * PI_NANO},
      {"1000.000000001", 9, 1000 * PI_NANO, false, 0},
      {"0.0001", 3, INT64_MAX, false, 0},
      {"1.0", 0, INT64_MAX, false, 0},
      {"9223372036854775807", 0, INT64_MAX, true, INT64_MAX},
      {"9223372036854775808", 0, INT64_MAX, false, 0},
      {"99999999999999999999999", 9, INT64_MAX, false, 0},
      {"10000000000", 9, INT64_MAX, false, 0},
      {"", 3, INT64_MAX, false, 0},
      {".", 3, INT64_MAX, false, 0},
      {"-1", 3, INT64_MAX, false, 0},
      {"1e3", 3, INT64_MAX, false, 0},
      {"1.2.3", 3, INT64_MAX, false, 0},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    int64_t value = 0;
    pi_slice text = pi_slice_of(ROWS[i].text);
    bool right = pi_decimal_read(text, ROWS[i].places, ROWS[i].max, &value);
    if (right != ROWS[i].right) fail_msg("%s", ROWS[i].text);
    if (right) assert_int_equal(value, ROWS[i].value);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_decimal_writes_the_shortest_form),
      cmocka_unit_test(test_decimal_reads_what_people_type),
      cmocka_unit_test(test_decimal_reads_back_as_the_same_value),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
