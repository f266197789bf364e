/* The balance: exact points, and everything a script may not put on it (design section 5). */
#include <stdio.h>
#include <stdlib.h>

#include <math.h>

#include "balance.h"
#include "decimal.h"
#include "test.h"

static pi_balance_status put_factor(pi_balance *balance, const char *id, double strength, double weight) {
  return pi_balance_factor(balance, PI_FROM_RULE, PI_SIDE_INTEREST, pi_slice_of(id), strength, weight);
}

static pi_balance_status put_condition(pi_balance *balance, const char *id) {
  return pi_balance_condition(balance, PI_FROM_RULE, pi_slice_of(id), true, (pi_slice){NULL, 0});
}

static void test_balance_strength_is_taken_to_the_millionth(void **state) {
  (void)state;
  static const struct {
    double strength;
    int32_t micro;
  } GOOD[] = {{0, 0},
              {-0.0, 0},
              {1, 1000000},
              {0.5, 500000},
              {0.1, 100000},
              {0.3, 300000},
              {1e-6, 1},
              {0.0000005, 1}, /* half up */
              {0.00000049, 0},
              {0.9999995, 1000000},
              {0.9999994, 999999},
              {0x1.fffffffffffffp-1, 1000000},
              {5e-324, 0},
              {1.0 / 3, 333333},
              {2.0 / 3, 666667},
              {1 - 0.559, 441000}};
  static const double BAD[] = {-1e-300, -0.1, 0x1.0000000000001p0, 1.5, 1e300, INFINITY, -INFINITY, NAN};
  for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
    int32_t micro = -1;
    assert_true(pi_balance_strength(GOOD[i].strength, &micro));
    assert_int_equal(micro, GOOD[i].micro);
  }
  for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
    int32_t micro = -1;
    assert_false(pi_balance_strength(BAD[i], &micro));
    assert_int_equal(micro, -1);
  }
}

/* Facts reach scripts as the double nearest to their millionths, and must come back as the same millionths.
 */
static void test_balance_every_millionth_comes_back(void **state) {
  (void)state;
  for (int32_t fact = 0; fact <= 1000000; fact++) {
    int32_t micro = -1;
    if (!pi_balance_strength(fact / 1e6, &micro) || micro != fact) assert_int_equal(micro, fact);
  }
}

static void test_balance_every_thousandth_is_a_weight(void **state) {
  (void)state;
  for (int32_t weight = 0; weight <= 100000; weight++) {
    char text[32];
    int32_t milli = -1;
    snprintf(text, sizeof text, "%d.%03d", weight / 1000, weight % 1000);
    if (!pi_balance_milli(strtod(text, NULL), 0, 100000, &milli) || milli != weight) {
      assert_int_equal(milli, weight);
    }
  }
}

static void test_balance_weight_is_a_thousandth_within_its_bounds(void **state) {
  (void)state;
  static const double BAD[] = {0,        -0.0,      0.0005,    0.0014999, 10.001,      10.0000000001,
                               -1,       -0.001,    0.1 + 0.2, 1.0005,    1e300,       1e-300,
                               INFINITY, -INFINITY, NAN,       5e-324,    2147483.648, 1e6};
  for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
    int32_t milli = -1;
    assert_false(pi_balance_milli(BAD[i], PI_WEIGHT_MIN, PI_WEIGHT_MAX, &milli));
    assert_int_equal(milli, -1);
  }
  int32_t milli = -1;
  assert_true(pi_balance_milli(0.001, PI_WEIGHT_MIN, PI_WEIGHT_MAX, &milli));
  assert_int_equal(milli, 1);
  assert_true(pi_balance_milli(10, PI_WEIGHT_MIN, PI_WEIGHT_MAX, &milli));
  assert_int_equal(milli, 10000);
  /* A bar may be 0, -0 too. */
  assert_true(pi_balance_milli(-0.0, 0, 100000, &milli));
  assert_int_equal(milli, 0);
  assert_true(pi_balance_milli(100, 0, 100000, &milli));
  assert_false(pi_balance_milli(100.001, 0, 100000, &milli));
}

static void test_balance_points_are_exact(void **state) {
  (void)state;
  pi_balance balance;
  pi_balance_init(&balance);
  assert_int_equal(put_factor(&balance, "a", 0.8, 3), PI_BALANCE_OK);
  assert_int_equal(put_factor(&balance, "b", 0.1, 0.001), PI_BALANCE_OK);
  assert_int_equal(put_factor(&balance, "c", 1, 10), PI_BALANCE_OK);
  assert_int_equal(put_factor(&balance, "d", 0.333333, 9.999), PI_BALANCE_OK);
  assert_int_equal(balance.factors[0].points, INT64_C(2400000000));
  assert_int_equal(balance.factors[1].points, 100000);
  assert_int_equal(balance.factors[2].points, INT64_C(10000000000));
  assert_int_equal(balance.factors[3].points, INT64_C(333333) * 9999);
}

static void test_balance_sums_are_by_origin_and_side(void **state) {
  (void)state;
  pi_balance balance;
  pi_balance_init(&balance);
  pi_balance_factor(&balance, PI_FROM_RULE, PI_SIDE_INTEREST, PI_SLICE("a"), 0.5, 2);
  pi_balance_factor(&balance, PI_FROM_RULE, PI_SIDE_INTEREST, PI_SLICE("b"), 1, 0.001);
  pi_balance_factor(&balance, PI_FROM_RULE, PI_SIDE_HARM, PI_SLICE("c"), 0.25, 4);
  pi_balance_factor(&balance, PI_FROM_MARKET, PI_SIDE_HARM, PI_SLICE("d"), 1, 10);
  pi_balance_factor(&balance, PI_FROM_MARKET, PI_SIDE_INTEREST, PI_SLICE("e"), 0.000001, 0.001);
  pi_sums rule = pi_balance_sums(&balance, PI_FROM_RULE);
  pi_sums market = pi_balance_sums(&balance, PI_FROM_MARKET);
  assert_int_equal(rule.interest, 1001000000);
  assert_int_equal(rule.harm, 1000000000);
  assert_int_equal(market.interest, 1);
  assert_int_equal(market.harm, INT64_C(10000000000));
  pi_sums none = pi_balance_sums(&balance, PI_FROM_HOST);
  assert_true(none.interest == 0 && none.harm == 0);
}

/* By id and origin, wherever it stands. */
static void test_balance_finds_what_is_like_another(void **state) {
  (void)state;
  pi_balance balance;
  pi_balance_init(&balance);
  pi_balance_factor(&balance, PI_FROM_RULE, PI_SIDE_INTEREST, PI_SLICE("a"), 1, 2);
  pi_balance_factor(&balance, PI_FROM_MARKET, PI_SIDE_HARM, PI_SLICE("b"), 1, 3);
  pi_factor like = {.id = PI_SLICE("b"), .from = PI_FROM_MARKET};
  for (uint32_t place = 0; place < 3; place++) {
    assert_ptr_equal(pi_balance_find_factor(&balance, &like, place), &balance.factors[1]);
  }
  assert_int_equal(pi_balance_effect(&balance.factors[0]), 2 * PI_NANO);
  assert_int_equal(pi_balance_effect(&balance.factors[1]), -3 * PI_NANO);
  like.from = PI_FROM_RULE;
  assert_null(pi_balance_find_factor(&balance, &like, 1));
  assert_int_equal(pi_balance_effect(NULL), 0);
}

static void test_balance_factor_refusals_leave_it_as_it_was(void **state) {
  (void)state;
  pi_balance balance;
  pi_balance_init(&balance);
  assert_int_equal(put_factor(&balance, "debate", 1, 1), PI_BALANCE_OK);
  assert_int_equal(put_factor(&balance, "Debate", 1, 1), PI_BALANCE_BAD_ID);
  assert_int_equal(put_factor(&balance, "", 1, 1), PI_BALANCE_BAD_ID);
  assert_int_equal(put_factor(&balance, "debate", 0.5, 2), PI_BALANCE_REPEATED_ID);
  assert_int_equal(put_factor(&balance, "other", 1.5, 1), PI_BALANCE_BAD_STRENGTH);
  assert_int_equal(put_factor(&balance, "other", NAN, 1), PI_BALANCE_BAD_STRENGTH);
  assert_int_equal(put_factor(&balance, "other", 1, 0), PI_BALANCE_BAD_WEIGHT);
  assert_int_equal(put_factor(&balance, "other", 1, 0.0001), PI_BALANCE_BAD_WEIGHT);
  assert_int_equal(put_factor(&balance, "other", 1, 10.001), PI_BALANCE_BAD_WEIGHT);
  assert_int_equal(balance.factors_count, 1);
}

/* One id stands on the balance once, whichever side and script; factors and conditions are apart. */
static void test_balance_ids_are_unique_across_sides_and_origins(void **state) {
  (void)state;
  pi_balance balance;
  pi_balance_init(&balance);
  pi_slice id = PI_SLICE("same");
  pi_slice none = {NULL, 0};
  assert_int_equal(pi_balance_factor(&balance, PI_FROM_RULE, PI_SIDE_INTEREST, id, 1, 1), PI_BALANCE_OK);
  assert_int_equal(pi_balance_factor(&balance, PI_FROM_MARKET, PI_SIDE_HARM, id, 1, 1),
                   PI_BALANCE_REPEATED_ID);
  assert_int_equal(pi_balance_condition(&balance, PI_FROM_RULE, id, true, none), PI_BALANCE_OK);
  assert_int_equal(pi_balance_condition(&balance, PI_FROM_RULE, id, true, none), PI_BALANCE_REPEATED_ID);
  assert_int_equal(pi_balance_condition(&balance, PI_FROM_MARKET, id, true, none), PI_BALANCE_REPEATED_ID);
}

static void test_balance_takes_64_factors(void **state) {
  (void)state;
  pi_balance balance;
  static char ids[PI_FACTORS_MAX + 1][8];
  pi_balance_init(&balance);
  for (int i = 0; i <= PI_FACTORS_MAX; i++) {
    snprintf(ids[i], sizeof ids[i], "f%d", i);
    pi_from from = i % 2 == 0 ? PI_FROM_RULE : PI_FROM_MARKET;
    pi_balance_status expected = i < PI_FACTORS_MAX ? PI_BALANCE_OK : PI_BALANCE_TOO_MANY;
    assert_int_equal(pi_balance_factor(&balance, from, PI_SIDE_HARM, pi_slice_of(ids[i]), 1, 10), expected);
  }
  pi_sums rule = pi_balance_sums(&balance, PI_FROM_RULE);
  assert_int_equal(rule.harm, INT64_C(320000000000));
}

static pi_balance_status put_host_condition(pi_balance *balance, pi_host_condition condition) {
  return pi_balance_condition(balance, PI_FROM_HOST, PI_HOST_CONDITIONS[condition], true,
                              (pi_slice){NULL, 0});
}

static void put_host_conditions(pi_balance *balance) {
  for (int i = 0; i < PI_HOST_CONDITIONS_COUNT; i++) {
    assert_int_equal(put_host_condition(balance, (pi_host_condition)i), PI_BALANCE_OK);
  }
}

/* Design section 12: the host's own do not count among the 16, whether they stand before or behind them. */
static void test_balance_takes_16_conditions_and_the_hosts_own(void **state) {
  (void)state;
  for (int host_first = 0; host_first < 2; host_first++) {
    pi_balance balance;
    static char ids[PI_CONDITIONS_MAX + 1][8];
    pi_balance_init(&balance);
    if (host_first) put_host_conditions(&balance);
    for (int i = 0; i <= PI_CONDITIONS_MAX; i++) {
      snprintf(ids[i], sizeof ids[i], "c%d", i);
      pi_balance_status expected = i < PI_CONDITIONS_MAX ? PI_BALANCE_OK : PI_BALANCE_TOO_MANY;
      assert_int_equal(put_condition(&balance, ids[i]), expected);
    }
    if (!host_first) put_host_conditions(&balance);
    assert_int_equal(
        pi_balance_condition(&balance, PI_FROM_HOST, PI_SLICE("third"), true, (pi_slice){NULL, 0}),
        PI_BALANCE_TOO_MANY);
    assert_int_equal(balance.conditions_count, 18);
    assert_int_equal(balance.host_conditions_count, 2);
  }
}

/* Design section 12: no script may state what the host states, whether the host has stated it by then or not
 * (data_omitted stands under one rule only); a factor may bear the name, for factors are apart. */
static void test_balance_host_ids_are_refused_to_scripts(void **state) {
  (void)state;
  assert_int_equal(PI_HOST_CONDITIONS_COUNT, 2);
  assert_true(pi_slice_equal(PI_HOST_CONDITIONS[PI_HOST_PUBLIC_CONCERN], PI_SLICE("public_concern")));
  assert_true(pi_slice_equal(PI_HOST_CONDITIONS[PI_HOST_DATA_OMITTED], PI_SLICE("data_omitted")));
  for (int stated = 0; stated < 2; stated++) {
    for (int i = 0; i < PI_HOST_CONDITIONS_COUNT; i++) {
      static const pi_from SCRIPTS[] = {PI_FROM_RULE, PI_FROM_MARKET};
      pi_balance balance;
      pi_slice id = PI_HOST_CONDITIONS[i];
      pi_balance_init(&balance);
      if (stated) put_host_conditions(&balance);
      uint32_t before = balance.conditions_count;
      for (int from = 0; from < 2; from++) {
        for (int met = 0; met < 2; met++) {
          assert_int_equal(pi_balance_condition(&balance, SCRIPTS[from], id, met != 0, (pi_slice){NULL, 0}),
                           PI_BALANCE_HOST_ID);
        }
      }
      assert_int_equal(balance.conditions_count, before);
      assert_int_equal(put_factor(&balance, id.ptr, 1, 1), PI_BALANCE_OK);
    }
  }
  pi_balance balance;
  pi_balance_init(&balance);
  assert_int_equal(put_condition(&balance, "public_concerns"), PI_BALANCE_OK);
  assert_int_equal(put_condition(&balance, "data"), PI_BALANCE_OK);
}

static void test_balance_condition_keeps_what_it_is_told(void **state) {
  (void)state;
  pi_balance balance;
  pi_balance_init(&balance);
  assert_int_equal(pi_balance_condition(&balance, PI_FROM_MARKET, PI_SLICE("calm"), false, PI_SLICE("why")),
                   PI_BALANCE_OK);
  assert_int_equal(pi_balance_condition(&balance, PI_FROM_RULE, PI_SLICE("bad why"), true, PI_SLICE("x")),
                   PI_BALANCE_BAD_ID);
  assert_int_equal(pi_balance_condition(&balance, PI_FROM_RULE, PI_SLICE("b"), true, PI_SLICE("\n")),
                   PI_BALANCE_BAD_TEXT);
  assert_int_equal(balance.conditions_count, 1);
  assert_false(balance.conditions[0].met);
  assert_int_equal(balance.conditions[0].from, PI_FROM_MARKET);
  assert_true(pi_slice_equal(balance.conditions[0].why, PI_SLICE("why")));
}

static void test_balance_texts(void **state) {
  (void)state;
  char long_text[PI_NOTE_BYTES_MAX + 1];
  memset(long_text, 'x', sizeof long_text);
  assert_true(pi_balance_text_valid((pi_slice){long_text, PI_NOTE_BYTES_MAX}));
  assert_false(pi_balance_text_valid((pi_slice){long_text, PI_NOTE_BYTES_MAX + 1}));
  static const pi_slice GOOD[] = {PI_SLICE_INIT(""), PI_SLICE_INIT("één"), PI_SLICE_INIT("\xf0\x9f\x98\x80"),
                                  PI_SLICE_INIT(" ~")};
  static const pi_slice BAD[] = {PI_SLICE_INIT("\x1f"),
                                 PI_SLICE_INIT("a\tb"),
                                 PI_SLICE_INIT("a\0b"),
                                 PI_SLICE_INIT("\x7f"),
                                 PI_SLICE_INIT("\xc0\x80"),
                                 PI_SLICE_INIT("\xed\xa0\x80"),
                                 PI_SLICE_INIT("a\xc3"),
                                 PI_SLICE_INIT("\x80"),
                                 PI_SLICE_INIT("\xff"),
                                 PI_SLICE_INIT("line\r"),
                                 PI_SLICE_INIT("\xf4\x90\x80\x80")};
  for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) assert_true(pi_balance_text_valid(GOOD[i]));
  for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) assert_false(pi_balance_text_valid(BAD[i]));
}

static void test_balance_takes_16_notes(void **state) {
  (void)state;
  pi_balance balance;
  pi_balance_init(&balance);
  assert_int_equal(pi_balance_note(&balance, PI_SLICE("\x01")), PI_BALANCE_BAD_TEXT);
  for (int i = 0; i < PI_NOTES_MAX; i++) {
    assert_int_equal(pi_balance_note(&balance, PI_SLICE("same note")), PI_BALANCE_OK);
  }
  assert_int_equal(pi_balance_note(&balance, PI_SLICE("one more")), PI_BALANCE_TOO_MANY);
  assert_int_equal(balance.notes_count, PI_NOTES_MAX);
}

/* A script that fails takes all it has put with it, and only that. */
static void test_balance_rewinds_to_a_mark(void **state) {
  (void)state;
  pi_balance balance;
  pi_balance_init(&balance);
  put_host_condition(&balance, PI_HOST_PUBLIC_CONCERN);
  put_factor(&balance, "a", 1, 1);
  pi_balance_mark mark = pi_balance_marked(&balance);
  put_factor(&balance, "b", 1, 1);
  put_condition(&balance, "c");
  pi_balance_note(&balance, PI_SLICE("n"));
  pi_balance_rewind(&balance, mark);
  assert_int_equal(balance.factors_count, 1);
  assert_int_equal(balance.conditions_count, 1);
  assert_int_equal(balance.host_conditions_count, 1);
  assert_int_equal(balance.notes_count, 0);
  assert_int_equal(put_factor(&balance, "b", 1, 1), PI_BALANCE_OK);
  pi_balance_rewind(&balance, (pi_balance_mark){0, 0, 0});
  assert_int_equal(balance.conditions_count, 0);
  assert_int_equal(balance.host_conditions_count, 0);
}

static void test_balance_names_the_first_unmet_condition_of_some_origins(void **state) {
  (void)state;
  static pi_balance balance;
  assert_null(pi_balance_unmet(&balance, ~0u));
  pi_balance_condition(&balance, PI_FROM_RULE, PI_SLICE("kept"), true, (pi_slice){NULL, 0});
  pi_balance_condition(&balance, PI_FROM_MARKET, PI_SLICE("law"), false, (pi_slice){NULL, 0});
  pi_balance_condition(&balance, PI_FROM_RULE, PI_SLICE("first"), false, (pi_slice){NULL, 0});
  pi_balance_condition(&balance, PI_FROM_RULE, PI_SLICE("second"), false, (pi_slice){NULL, 0});
  assert_string_equal(pi_balance_unmet(&balance, ~0u)->id.ptr, "law");
  assert_string_equal(pi_balance_unmet(&balance, ~PI_FROM_BIT(PI_FROM_MARKET))->id.ptr, "first");
  assert_string_equal(pi_balance_unmet(&balance, PI_FROM_BIT(PI_FROM_RULE))->id.ptr, "first");
  assert_null(pi_balance_unmet(&balance, PI_FROM_BIT(PI_FROM_HOST)));
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_balance_strength_is_taken_to_the_millionth),
      cmocka_unit_test(test_balance_every_millionth_comes_back),
      cmocka_unit_test(test_balance_every_thousandth_is_a_weight),
      cmocka_unit_test(test_balance_weight_is_a_thousandth_within_its_bounds),
      cmocka_unit_test(test_balance_points_are_exact),
      cmocka_unit_test(test_balance_sums_are_by_origin_and_side),
      cmocka_unit_test(test_balance_finds_what_is_like_another),
      cmocka_unit_test(test_balance_factor_refusals_leave_it_as_it_was),
      cmocka_unit_test(test_balance_ids_are_unique_across_sides_and_origins),
      cmocka_unit_test(test_balance_takes_64_factors),
      cmocka_unit_test(test_balance_takes_16_conditions_and_the_hosts_own),
      cmocka_unit_test(test_balance_host_ids_are_refused_to_scripts),
      cmocka_unit_test(test_balance_condition_keeps_what_it_is_told),
      cmocka_unit_test(test_balance_texts),
      cmocka_unit_test(test_balance_takes_16_notes),
      cmocka_unit_test(test_balance_rewinds_to_a_mark),
      cmocka_unit_test(test_balance_names_the_first_unmet_condition_of_some_origins),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
