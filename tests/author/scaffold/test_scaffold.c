/* Scripts to begin with: they load, and their tests pass. */
#include <stdio.h>
#include <stdlib.h>

#include "engine_rig.h"
#include "files.h"
#include "scaffold.h"
#include "tests.h"

/* The modules that a scaffold takes from lib/. */
static void copy_lib(engine_rig *rig, const char *name) {
  char from[1024], to[64];
  size_t length;
  snprintf(from, sizeof from, "%s/scripts/lib/%s.lua", PI_SOURCE_DIR, name);
  snprintf(to, sizeof to, "lib/%s.lua", name);
  char *text = files_read(from, &length);
  assert_non_null(text);
  policy_maker_bytes(&rig->maker, to, text, length);
  free(text);
}

static void begin(engine_rig *rig) {
  copy_lib(rig, "common");
  copy_lib(rig, "signals");
  policy_maker_rule(&rig->maker, "violence", "3", "balance:interest('x', 0, 1)");
  policy_maker_rule(&rig->maker, "hateful_conduct", "3", "balance:interest('x', 0, 1)");
  policy_maker_rule(&rig->maker, "election_integrity", "3", "balance:interest('x', 0, 1)");
  engine_rig_load(rig);
}

static void check_tests_pass(engine_rig *rig, const char *filter) {
  pi_test_totals totals;
  pubint_error error;
  pi_test_options options = {.filter = filter};
  engine_rig_load(rig);
  assert_int_equal(pi_tests_run(rig->policy, rig->engine, &options, &totals, &error), PUBINT_OK);
  assert_true(totals.passed > 0);
  assert_int_equal(totals.failed, 0);
}

static void remove_made(engine_rig *rig, const pi_scaffold *made) {
  for (int i = 0; i < PI_SCAFFOLD_FILES; i++) policy_maker_delete(&rig->maker, made->paths[i]);
  char folder[600];
  snprintf(folder, sizeof folder, "%s/tests/cases", rig->maker.folder);
  remove(folder);
}

static void test_scaffold_of_a_market_passes_its_tests(void **state) {
  engine_rig *rig = *state;
  pi_scaffold made;
  pubint_error error;
  begin(rig);
  assert_int_equal(pi_scaffold_write(&made, rig->policy, PI_SCAFFOLD_MARKET, "US-CA", false, &error),
                   PUBINT_OK);
  assert_string_equal(made.paths[0], "markets/US-CA.lua");
  assert_string_equal(made.paths[1], "tests/us_ca_test.lua");
  check_tests_pass(rig, "us_ca");
  remove_made(rig, &made);
}

static void test_scaffold_of_a_rule_passes_its_tests(void **state) {
  engine_rig *rig = *state;
  pi_scaffold made;
  pubint_error error;
  begin(rig);
  assert_int_equal(pi_scaffold_write(&made, rig->policy, PI_SCAFFOLD_RULE, "spam", false, &error), PUBINT_OK);
  check_tests_pass(rig, "spam");
  remove_made(rig, &made);
}

static void test_scaffold_writes_over_nothing(void **state) {
  engine_rig *rig = *state;
  pi_scaffold made;
  pubint_error error;
  begin(rig);
  policy_maker_text(&rig->maker, "tests/be_test.lua", "-- mine\n");
  assert_int_equal(pi_scaffold_write(&made, rig->policy, PI_SCAFFOLD_MARKET, "BE", false, &error),
                   PUBINT_E_USAGE);
  assert_int_equal(error.code, 4008);
  char path[700];
  size_t length;
  snprintf(path, sizeof path, "%s/markets/BE.lua", rig->maker.folder);
  assert_null(files_read(path, &length)); /* nothing at all was written */
}

static void test_scaffold_refuses_what_has_no_script(void **state) {
  engine_rig *rig = *state;
  pi_scaffold made;
  pubint_error error;
  begin(rig);
  static const struct {
    pi_scaffold_kind kind;
    const char *id;
    unsigned code;
  } BAD[] = {{PI_SCAFFOLD_MARKET, "nl", 4004},      {PI_SCAFFOLD_MARKET, "../X", 4004},
             {PI_SCAFFOLD_MARKET, "US-CALI", 4004}, {PI_SCAFFOLD_RULE, "Spam", 4004},
             {PI_SCAFFOLD_RULE, "../x", 4004},      {PI_SCAFFOLD_RULE, "terrorism", 2005}};
  for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
    assert_true(pi_scaffold_write(&made, rig->policy, BAD[i].kind, BAD[i].id, false, &error) != PUBINT_OK);
    assert_int_equal(error.code, BAD[i].code);
  }
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_scaffold_of_a_market_passes_its_tests),
      RIG_TEST(test_scaffold_of_a_rule_passes_its_tests),
      RIG_TEST(test_scaffold_writes_over_nothing),
      RIG_TEST(test_scaffold_refuses_what_has_no_script),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
