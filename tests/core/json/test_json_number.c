#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "json_read.h"
#include "test.h"

/* Reads `text`, which is a number and nothing else; 0, or the code it is refused with. */
static unsigned read_number(pi_slice text, pi_json_number *out) {
  pi_json json;
  pubint_error error;
  pubint_status status = pi_json_init(&json, text, 1, NULL, 1, &error);
  if (status == PUBINT_OK) status = pi_json_number_text(&json, out);
  if (status == PUBINT_OK) status = pi_json_finish(&json);
  return status == PUBINT_OK ? 0 : error.code;
}

static pi_json_number number_of(const char *text) {
  pi_json_number number;
  assert_int_equal(read_number(pi_slice_of(text), &number), 0);
  return number;
}

static const struct {
  const char *text;
  unsigned code;
  bool negative, integer;
} FORMS[] = {
    {"0", 0, false, true},
    {"-0", 0, true, true},
    {"10", 0, false, true},
    {"-12", 0, true, true},
    {"0.0", 0, false, false},
    {"-1.50", 0, true, false},
    {"1e5", 0, false, false},
    {"1E+05", 0, false, false},
    {"0e-00", 0, false, false},
    {"12.34e-56", 0, false, false},
    {"00", PI_E_BAD_NUMBER, false, false},
    {"-01", PI_E_BAD_NUMBER, false, false},
    {"01.5", PI_E_BAD_NUMBER, false, false},
    {"+1", PI_E_BAD_NUMBER, false, false},
    {".5", PI_E_BAD_NUMBER, false, false},
    {"1..2", PI_E_BAD_NUMBER, false, false},
    {"1.e5", PI_E_BAD_NUMBER, false, false},
    {"1.2.3", PI_E_BAD_NUMBER, false, false},
    {"1e5.5", PI_E_BAD_NUMBER, false, false},
    {"1e5e5", PI_E_BAD_NUMBER, false, false},
    {"0x10", PI_E_BAD_NUMBER, false, false},
    {"1f", PI_E_BAD_NUMBER, false, false},
    {"1_000", PI_E_BAD_NUMBER, false, false},
    {"--1", PI_E_BAD_NUMBER, false, false},
    {"1-2", PI_E_BAD_NUMBER, false, false},
    {"-Infinity", PI_E_BAD_NUMBER, false, false},
    {"NaN", PI_E_UNEXPECTED, false, false},
    {"-", PI_E_UNFINISHED, false, false},
    {"1.", PI_E_UNFINISHED, false, false},
    {"1e", PI_E_UNFINISHED, false, false},
    {"1e-", PI_E_UNFINISHED, false, false},
    {"1 2", PI_E_TRAILING, false, false},
    {"1e400", PI_E_NUMBER_TOO_LARGE, false, false},
    {"-1e400", PI_E_NUMBER_TOO_LARGE, false, false},
};

static void test_json_number_form_is_that_of_json(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
    pi_json_number number;
    unsigned code = read_number(pi_slice_of(FORMS[i].text), &number);
    if (code != FORMS[i].code) fail_msg("%s: E%04u", FORMS[i].text, code);
    if (code != 0) continue;
    assert_int_equal(number.negative, FORMS[i].negative);
    assert_int_equal(number.integer, FORMS[i].integer);
    assert_int_equal(number.text.len, strlen(FORMS[i].text));
  }
}

static void test_json_number_unsigned_takes_whole_numbers_to_a_maximum(void **state) {
  (void)state;
  static const int64_t MAX = ((int64_t)1 << 53) - 1;
  static const struct {
    const char *text;
    int64_t max;
    int64_t value; /* -1: refused */
  } ROWS[] = {
      {"0", 10, 0},
      {"-0", 10, 0},
      {"10", 10, 10},
      {"11", 10, -1},
      {"-1", 10, -1},
      {"1.0", 10, -1},
      {"1e0", 10, -1},
      {"0.0", 10, -1},
      {"9007199254740991", MAX, MAX},
      {"9007199254740992", MAX, -1},
      {"9223372036854775807", INT64_MAX, INT64_MAX},
      {"9223372036854775808", INT64_MAX, -1},
      {"18446744073709551617", INT64_MAX, -1}, /* 1, were it cut to 64 bits */
      {"99999999999999999999999999999999", INT64_MAX, -1},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    pi_json_number number = number_of(ROWS[i].text);
    int64_t value = -1;
    bool taken = pi_json_number_unsigned(&number, ROWS[i].max, &value);
    assert_int_equal(taken, ROWS[i].value >= 0);
    assert_true(value == ROWS[i].value);
  }
}

static const struct {
  const char *text;
  int32_t micro; /* -1: refused */
} MICROS[] = {
    {"0", 0},
    {"-0", 0},
    {"-0.0", 0},
    {"0e99", 0},
    {"-0e-99", 0},
    {"0.000e5", 0},
    {"1", 1000000},
    {"1.0000000", 1000000},
    {"10e-1", 1000000},
    {"100.0e-2", 1000000},
    {"0.1e1", 1000000},
    {"0.001e3", 1000000},
    {"1.0000000001", -1},
    {"1.000000000000000000000000000000000000001", -1},
    {"1e1", -1},
    {"2", -1},
    {"11e-1", -1},
    {"0.11e1", -1},
    {"-1", -1},
    {"-0.5", -1},
    {"-1e-400", -1},
    {"-0.0000001", -1},
    {"0.5", 500000},
    {"5e-1", 500000},
    {"0.25", 250000},
    {"0.000001", 1},
    {"1e-6", 1},
    {"0.0000005", 1},
    {"5e-7", 1},
    {"0.5e-6", 1},
    {"500e-9", 1},
    {"0.0000004999999999999999999999999999999", 0},
    {"4.9999e-7", 0},
    {"5e-8", 0},
    {"9e-8", 0},
    {"0.00000051", 1},
    {"0.0000015", 2},
    {"0.0000014999", 1},
    {"0.99999949999", 999999},
    {"0.9999995", 1000000},
    {"0.99999999999999999999", 1000000},
    {"0.123456", 123456},
    {"0.1234565", 123457},
    {"0.12345649", 123456},
    {"12345650e-8", 123457},
    {"12.345650e-2", 123457},
    {"1e-400", 0},
    {"1e-99999999999999999999", 0},
    {"0.3", 300000}, /* a binary float would be below */
    {"0.0000025", 3},
    {"0.0000035", 4},
};

static void test_json_number_micro_rounds_half_up_from_the_text(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof MICROS / sizeof MICROS[0]; i++) {
    pi_json_number number = number_of(MICROS[i].text);
    int32_t micro = -1;
    bool taken = pi_json_number_micro(&number, &micro);
    if (taken != (MICROS[i].micro >= 0) || micro != MICROS[i].micro)
      fail_msg("%s: %d", MICROS[i].text, (int)micro);
  }
}

/* The same number in every spelling: the point moved and the exponent with it. */
static void test_json_number_micro_is_the_same_in_every_spelling(void **state) {
  (void)state;
  for (int ten_millionths = 0; ten_millionths <= 10000000; ten_millionths += 1237) {
    int expected = (ten_millionths + 5) / 10;
    char text[64];
    for (int shift = 0; shift <= 12; shift++) {
      snprintf(text, sizeof text, "%de-%d", ten_millionths, 7);
      if (shift > 0) snprintf(text, sizeof text, "%d.%0*de%d", 0, 7 + shift, ten_millionths, shift);
      pi_json_number number = number_of(text);
      int32_t micro;
      assert_true(pi_json_number_micro(&number, &micro));
      assert_int_equal(micro, expected);
    }
  }
}

static void check_double(const char *text) {
  pi_json_number number = number_of(text);
  double expected = strtod(text, NULL);
  double value = -1;
  assert_true(pi_json_number_double(&number, &value));
  if (expected == 0) expected = 0; /* no -0 */
  if (memcmp(&value, &expected, sizeof value) != 0 && !(value == 0 && expected == 0)) {
    fail_msg("%s: %.17g instead of %.17g", text, value, expected);
  }
}

static void test_json_number_double_is_the_nearest(void **state) {
  (void)state;
  static const char *const ROWS[] = {
      "0",
      "1",
      "-1.5",
      "0.1",
      "0.3",
      "1e22",
      "1e23",
      "1e-22",
      "1e-23",
      "9007199254740993", /* halfway between two doubles */
      "9007199254740992.5",
      "9007199254740993.00000000000000000000000000000000001",
      "123456789012345678",
      "1234567890123456789012",
      "1.7976931348623157e308",
      "2.2250738585072014e-308",
      "2.2250738585072011e-308",
      "4.9e-324",
      "2.4703282292062328e-324",
      "2.4703282292062327e-324",
      "1e-400",
      "179769313486231570000e288",
      "0.000000000000000000000000000000000000000000001e45",
      "100000000000000000000000000000000000000000000e-44",
      "3.141592653589793238462643383279502884197169399375105820974944592307816406286",
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) check_double(ROWS[i]);
}

static void test_json_number_double_of_random_texts_is_that_of_strtod(void **state) {
  (void)state;
  uint64_t seed = 7;
  for (size_t i = 0; i < 100000; i++) {
    char text[96];
    size_t len = 0;
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t bits = seed >> 20;
    size_t digits = 1 + bits % 30;
    size_t point = 1 + (bits >> 8) % digits;
    for (size_t j = 0; j < digits; j++) {
      seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
      if (j == point) text[len++] = '.';
      text[len++] = (char)((j == 0 ? '1' : '0') + (seed >> 40) % (j == 0 ? 9 : 10));
    }
    snprintf(text + len, sizeof text - len, "e%d", (int)((bits >> 16) % 640) - 340);
    pi_json_number number;
    if (strtod(text, NULL) > DBL_MAX) {
      assert_int_equal(read_number(pi_slice_of(text), &number), PI_E_NUMBER_TOO_LARGE);
    } else {
      check_double(text);
    }
  }
}

static void test_json_number_double_never_is_minus_zero(void **state) {
  (void)state;
  static const char *const ROWS[] = {"-0", "-0.0", "-0e5", "-1e-400", "-0.000e-999999999999999999999"};
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    pi_json_number number = number_of(ROWS[i]);
    double zero = 0;
    double value = 1;
    assert_true(pi_json_number_double(&number, &value));
    assert_memory_equal(&value, &zero, sizeof zero);
  }
}

static void test_json_number_range_ends_at_the_largest_double(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool taken;
  } ROWS[] = {
      {"1.7976931348623157e308", true},
      {"1.7976931348623158e308", true},      /* rounds down */
      {"1.79769313486231580793e308", true},  /* below the middle to what would come next */
      {"1.79769313486231580794e308", false}, /* above it */
      {"1.8e308", false},
      {"1e309", false},
      {"1e99999999999999999999999999", false},
      {"0e99999999999999999999999999", true},
      {"1e-99999999999999999999999999", true},
      {"0.1e309", true},
      {"0.0000000001e319", false},
      {"0.00000000001e319", true},
      {"1000e306", false},
      {"9e307", true},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    char negative[64];
    pi_json_number number;
    unsigned code = ROWS[i].taken ? 0 : PI_E_NUMBER_TOO_LARGE;
    if (read_number(pi_slice_of(ROWS[i].text), &number) != code) fail_msg("%s", ROWS[i].text);
    snprintf(negative, sizeof negative, "-%s", ROWS[i].text);
    if (read_number(pi_slice_of(negative), &number) != code) fail_msg("%s", negative);
  }
}

enum { LONG = 1 << 20 };

/* Of a mebibyte of digits: none is lost, and none takes longer than its share. */
static void test_json_number_of_a_million_digits(void **state) {
  (void)state;
  char *text = malloc(LONG + 32);
  assert_non_null(text);
  pi_json_number number;
  int32_t micro;
  double value;

  /* 1 and a million digits, taken back by the exponent */
  memset(text, '0', LONG);
  text[0] = '1';
  int len = LONG + snprintf(text + LONG, 32, "e-%d", LONG - 1);
  assert_int_equal(read_number((pi_slice){text, (size_t)len}, &number), 0);
  assert_true(pi_json_number_micro(&number, &micro));
  assert_int_equal(micro, 1000000);
  assert_true(pi_json_number_double(&number, &value));
  assert_true(value == 1);

  /* the last digit lifts it over 1 */
  text[LONG - 1] = '1';
  assert_int_equal(read_number((pi_slice){text, (size_t)len}, &number), 0);
  assert_false(pi_json_number_micro(&number, &micro));

  /* without the exponent it is beyond a double */
  assert_int_equal(read_number((pi_slice){text, LONG}, &number), PI_E_NUMBER_TOO_LARGE);

  /* half of the least place of 1 behind the point, and a digit a million places on that rounds it up */
  memset(text, '0', LONG);
  memcpy(text, "1.00000000000000011102230246251565404236316680908203125", 55);
  assert_int_equal(read_number((pi_slice){text, LONG}, &number), 0);
  assert_true(pi_json_number_double(&number, &value));
  assert_true(value == 1);
  text[LONG - 1] = '1';
  assert_int_equal(read_number((pi_slice){text, LONG}, &number), 0);
  assert_true(pi_json_number_double(&number, &value));
  assert_true(value == 1 + DBL_EPSILON);

  /* 0.000… ends in a 1 that the exponent brings back */
  memset(text, '0', LONG);
  text[1] = '.';
  text[LONG - 1] = '1';
  len = LONG + snprintf(text + LONG, 32, "e%d", LONG - 3);
  assert_int_equal(read_number((pi_slice){text, (size_t)len}, &number), 0);
  assert_true(pi_json_number_micro(&number, &micro));
  assert_int_equal(micro, 100000);
  assert_true(pi_json_number_double(&number, &value));
  assert_true(value == 0.1);
  free(text);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_json_number_form_is_that_of_json),
      cmocka_unit_test(test_json_number_unsigned_takes_whole_numbers_to_a_maximum),
      cmocka_unit_test(test_json_number_micro_rounds_half_up_from_the_text),
      cmocka_unit_test(test_json_number_micro_is_the_same_in_every_spelling),
      cmocka_unit_test(test_json_number_double_is_the_nearest),
      cmocka_unit_test(test_json_number_double_of_random_texts_is_that_of_strtod),
      cmocka_unit_test(test_json_number_double_never_is_minus_zero),
      cmocka_unit_test(test_json_number_range_ends_at_the_largest_double),
      cmocka_unit_test(test_json_number_of_a_million_digits),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
