#include <string.h>

#include "nearest.h"
#include "test.h"

static const char *const NAMES[] = {"followers_count", "verified", "verified_type", "kind", "office", "text"};

static const char *nearest_of(const char *wanted) {
  static char name[65];
  pi_nearest nearest;
  pi_nearest_init(&nearest, pi_slice_of(wanted));
  for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
    pi_nearest_offer(&nearest, pi_slice_of(NAMES[i]));
  if (nearest.best.ptr == NULL) return NULL;
  memcpy(name, nearest.best.ptr, nearest.best.len);
  name[nearest.best.len] = '\0';
  return name;
}

static void test_nearest_finds_each_kind_of_slip(void **state) {
  (void)state;
  assert_string_equal(nearest_of("follower_count"), "followers_count");   /* left out */
  assert_string_equal(nearest_of("followerss_count"), "followers_count"); /* put in */
  assert_string_equal(nearest_of("followers-count"), "followers_count");  /* replaced */
  assert_string_equal(nearest_of("follwoers_count"), "followers_count");  /* swapped */
  assert_string_equal(nearest_of("VERIFIED"), "verified");
  assert_string_equal(nearest_of("verified_typ"), "verified_type");
  assert_string_equal(nearest_of("knid"), "kind"); /* one swap is one step, not two */
}

static void test_nearest_leaves_far_names_alone(void **state) {
  (void)state;
  assert_null(nearest_of("population"));
  assert_null(nearest_of(""));
  assert_null(nearest_of("x"));
  assert_null(nearest_of("kxxd")); /* two of four */
  assert_null(nearest_of("followers_count_of_somebody"));
}

static void test_nearest_counts_a_third_of_the_longer_name(void **state) {
  (void)state;
  pi_nearest nearest;
  pi_nearest_init(&nearest, PI_SLICE("abcdefxyz"));
  pi_nearest_offer(&nearest, PI_SLICE("abcdef")); /* 3 of 9 */
  assert_int_equal(nearest.distance, 3);
  assert_non_null(nearest.best.ptr);
  pi_nearest_init(&nearest, PI_SLICE("abcdefwxyz"));
  pi_nearest_offer(&nearest, PI_SLICE("abcdef")); /* 4 of 10 */
  assert_null(nearest.best.ptr);
}

static void test_nearest_counts_each_slip_once(void **state) {
  (void)state;
  static const struct {
    const char *wanted, *candidate;
    size_t distance;
  } ROWS[] = {
      {"verified", "verified", 0},  {"VERIFIED", "verified", 0}, {"verifeid", "verified", 1},
      {"veriifed", "verified", 1},  {"evrified", "verified", 1}, {"erified", "verified", 1},
      {"verifieda", "verified", 1}, {"xerified", "verified", 1}, {"evrifide", "verified", 2},
      {"evrifiedx", "verified", 2}, {"erifiedd", "verified", 2},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    pi_nearest nearest;
    pi_nearest_init(&nearest, pi_slice_of(ROWS[i].wanted));
    pi_nearest_offer(&nearest, pi_slice_of(ROWS[i].candidate));
    assert_non_null(nearest.best.ptr);
    assert_int_equal(nearest.distance, ROWS[i].distance);
  }
}

static void test_nearest_takes_the_best_and_the_first_of_equals(void **state) {
  (void)state;
  pi_nearest nearest;
  pi_nearest_init(&nearest, PI_SLICE("abcx"));
  pi_nearest_offer(&nearest, PI_SLICE("abcy"));
  pi_nearest_offer(&nearest, PI_SLICE("abcz"));
  assert_memory_equal(nearest.best.ptr, "abcy", 4);
  pi_nearest_offer(&nearest, PI_SLICE("abcx"));
  assert_memory_equal(nearest.best.ptr, "abcx", 4);
  assert_int_equal(nearest.distance, 0);
}

static void test_nearest_one_letter_is_near_only_to_itself(void **state) {
  (void)state;
  pi_nearest nearest;
  pi_nearest_init(&nearest, PI_SLICE("v"));
  pi_nearest_offer(&nearest, PI_SLICE("w"));
  assert_null(nearest.best.ptr);
  pi_nearest_offer(&nearest, PI_SLICE("vw"));
  assert_non_null(nearest.best.ptr);
}

static void test_nearest_ignores_names_over_64_bytes(void **state) {
  (void)state;
  char name[65];
  memset(name, 'a', sizeof name);
  pi_nearest nearest;
  pi_nearest_init(&nearest, (pi_slice){name, 64});
  pi_nearest_offer(&nearest, (pi_slice){name, 65});
  assert_null(nearest.best.ptr);
  pi_nearest_offer(&nearest, (pi_slice){name, 64});
  assert_int_equal(nearest.best.len, 64);
  pi_nearest_init(&nearest, (pi_slice){name, 65});
  pi_nearest_offer(&nearest, (pi_slice){name, 64});
  assert_null(nearest.best.ptr);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_nearest_finds_each_kind_of_slip),
      cmocka_unit_test(test_nearest_leaves_far_names_alone),
      cmocka_unit_test(test_nearest_counts_a_third_of_the_longer_name),
      cmocka_unit_test(test_nearest_counts_each_slip_once),
      cmocka_unit_test(test_nearest_takes_the_best_and_the_first_of_equals),
      cmocka_unit_test(test_nearest_one_letter_is_near_only_to_itself),
      cmocka_unit_test(test_nearest_ignores_names_over_64_bytes),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
