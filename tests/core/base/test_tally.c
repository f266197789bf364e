/* Counters by name, in slots that nobody can foresee. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include "secret.h"
#include "tally.h"
#include "test.h"

/* Stands in for the system's: as one that is interrupted, and one that a sandbox forbids. */
static int interrupts, forbidden;
ssize_t getrandom(void *buffer, size_t length, unsigned flags);
ssize_t getrandom(void *buffer, size_t length, unsigned flags) {
  if (forbidden > 0 || interrupts > 0) {
    errno = interrupts > 0 ? EINTR : EPERM;
    interrupts -= interrupts > 0;
    return -1;
  }
  return syscall(SYS_getrandom, buffer, length, flags);
}

static const pi_secret SECRETS[] = {{{UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)}}, {{7, 0}}};

static void test_secret_hashes_as_siphash_1_3(void **state) {
  static const struct {
    size_t bytes;
    uint64_t hash;
  } ROWS[] = {
      {0, UINT64_C(0xabac0158050fc4dc)},  {1, UINT64_C(0xc9f49bf37d57ca93)},
      {7, UINT64_C(0xd3927d989bb11140)},  {8, UINT64_C(0x369095118d299a8e)},
      {15, UINT64_C(0xd320d86d2a519956)}, {16, UINT64_C(0xcc4fdd1a7d908b66)},
      {17, UINT64_C(0x9cf2689063dbd80c)},
  };
  char bytes[32];
  (void)state;
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)i;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    assert_true(pi_secret_hash(&SECRETS[0], (pi_slice){bytes, ROWS[i].bytes}) == ROWS[i].hash);
  }
  assert_true(pi_secret_hash(&SECRETS[1], PI_SLICE("hello")) ==
              UINT64_C(0xe15b60e3f09317f0)); /* as Python's */
}

static void test_secret_is_another_each_time_or_says_why_not(void **state) {
  pi_secret one, other;
  pubint_error error;
  (void)state;
  interrupts = 3;
  assert_int_equal(pi_secret_draw(&one, &error), PUBINT_OK);
  assert_int_equal(interrupts, 0);
  assert_int_equal(pi_secret_draw(&other, &error), PUBINT_OK);
  assert_memory_not_equal(&one, &other, sizeof one);
  forbidden = 1;
  assert_int_equal(pi_secret_draw(&one, &error), PUBINT_E_SYSTEM);
  forbidden = 0;
  assert_int_equal(error.code, 5005);
  assert_string_equal(error.found, "Operation not permitted");
}

/* Each of the two texts of a place leaves the unseeded hash of before (FNV-1a) where the other does, so that
 * every choice among them came to one slot. */
enum { PLACES = 10, IDS = 1 << PLACES, ID_BYTES = 4 * PLACES + 1 };
static void colliding_id(int number, char id[ID_BYTES]) {
  static const char PAIRS[PLACES][2][5] = {
      {"S6To", "wA0h"}, {"K2tX", "WCPa"}, {"7Hh-", "aeqA"}, {"jtdu", "81Ea"}, {"NQza", "vOVs"},
      {"3Yrz", "aNIn"}, {"-8Xr", "I74m"}, {"x4lA", "dOXZ"}, {"uBDq", "Q38x"}, {"7YUh", "a4tD"}};
  for (int place = 0; place < PLACES; place++) memcpy(id + 4 * place, PAIRS[place][number >> place & 1], 5);
}

static uint32_t former_hash(const char *text) {
  uint32_t hash = 2166136261U;
  for (; *text != '\0'; text++) hash = (hash ^ (unsigned char)*text) * 16777619U;
  return hash;
}

static void test_secret_spreads_ids_that_were_chosen_to_meet(void **state) {
  enum { SLOTS = 2 * IDS, MOST = 12 };
  static int slots[SLOTS];
  char id[ID_BYTES];
  pubint_error error;
  pi_secret secret;
  (void)state;
  colliding_id(0, id);
  uint32_t former = former_hash(id);
  assert_int_equal(pi_secret_draw(&secret, &error), PUBINT_OK);
  for (int i = 0; i < IDS; i++) {
    colliding_id(i, id);
    assert_int_equal(former_hash(id), former);
    int in_slot = ++slots[pi_secret_hash(&secret, pi_slice_of(id)) % SLOTS];
    assert_true(in_slot <= MOST); /* more has a chance of one in a million million */
  }
}

static void test_tally_finds_each_name_again_and_lists_them_in_order(void **state) {
  (void)state;
  enum { NAMES = 5000 };
  static uint32_t order[NAMES];
  pi_tally tally;
  char name[16];
  pi_tally_init(&tally, sizeof(uint64_t), &SECRETS[0]);
  assert_null(pi_tally_find(&tally, PI_SLICE("1")));
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < NAMES; i++) {
      snprintf(name, sizeof name, "%d", i * 7919 % NAMES);
      uint64_t *count = pi_tally_at(&tally, pi_slice_of(name));
      assert_non_null(count);
      assert_int_equal((*count)++, (uint64_t)round);
    }
  }
  assert_int_equal(tally.count, NAMES);
  pi_tally_sort(&tally, order);
  for (int i = 1; i < NAMES; i++) {
    assert_true(pi_slice_compare(tally.names[order[i - 1]], tally.names[order[i]]) < 0);
  }
  pi_tally_dispose(&tally);
}

/* Which secret it is shows nowhere. */
static void test_tally_lists_the_same_whatever_the_secret(void **state) {
  static uint32_t order[2][IDS];
  static pi_tally tallies[2];
  char id[ID_BYTES];
  (void)state;
  for (int which = 0; which < 2; which++) {
    pi_tally_init(&tallies[which], sizeof(uint64_t), &SECRETS[which]);
    for (int i = 0; i < IDS; i++) {
      colliding_id(i, id);
      assert_non_null(pi_tally_at(&tallies[which], pi_slice_of(id)));
    }
    assert_int_equal(tallies[which].count, IDS);
    pi_tally_sort(&tallies[which], order[which]);
  }
  assert_memory_equal(order[0], order[1], sizeof order[0]);
  for (int which = 0; which < 2; which++) pi_tally_dispose(&tallies[which]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_secret_hashes_as_siphash_1_3),
      cmocka_unit_test(test_secret_is_another_each_time_or_says_why_not),
      cmocka_unit_test(test_secret_spreads_ids_that_were_chosen_to_meet),
      cmocka_unit_test(test_tally_finds_each_name_again_and_lists_them_in_order),
      cmocka_unit_test(test_tally_lists_the_same_whatever_the_secret),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
