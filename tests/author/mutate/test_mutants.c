/* Changes of a script, and whether tests notice them. */
#include <stdio.h>

#include "engine_rig.h"
#include "mutants.h"

static const char TESTS[] = "test('a', function()\n"
                            "  local e = evaluate { ['context.heated_debate'] = 1 }\n"
                            "  expect(factor(e, 'heated').points):is(2)\n"
                            "end)";

static void write_rule(engine_rig *rig) {
  policy_maker_text(&rig->maker, "rules/abuse_harassment.lua",
                    "return { rule = 'abuse_harassment', class = 'possible', bar = 1,\n"
                    "weigh = function(case, balance)\n"
                    "balance:interest('heated', case.context.heated_debate, 2)\n"
                    "balance:condition('calm', case.context.call_to_action < 0.5, 'why')\n"
                    "end }\n");
}

static void test_mutants_are_numbers_comparisons_factors_and_conditions(void **state) {
  engine_rig *rig = *state;
  pubint_error error;
  pi_mutants mutants;
  char found[1024] = "";
  write_rule(rig);
  engine_rig_load(rig);
  assert_int_equal(pi_mutants_find(&mutants, rig->policy, &error), PUBINT_OK);
  for (uint32_t i = 0; i < mutants.count; i++) {
    const pi_mutant *mutant = &mutants.items[i];
    size_t length = strlen(found);
    snprintf(found + length, sizeof found - length, "%u:%u %s %.*s|%s\n", mutant->line, mutant->column,
             mutant->what, (int)mutant->before.len, mutant->before.ptr, mutant->after.ptr);
  }
  assert_string_equal(
      found, "1:63 number 1|0\n"
             "3:9 factor interest|harm\n"
             "3:56 number 2|3\n"
             "4:27 condition case.context.call_to_action < 0.5|not (case.context.call_to_action < 0.5)\n"
             "4:55 comparison <|<=\n"
             "4:57 number 0.5|0.51\n");
  pi_mutants_dispose(&mutants);
}

static void test_mutants_that_no_test_notices_are_told(void **state) {
  engine_rig *rig = *state;
  pubint_error error;
  pi_mutants mutants;
  pi_mutants_options options = {0};
  pi_buffer json;
  write_rule(rig);
  policy_maker_text(&rig->maker, "tests/a_test.lua", TESTS);
  engine_rig_load(rig);
  assert_int_equal(pi_mutants_run(&mutants, rig->policy, &options, &error), PUBINT_OK);
  assert_int_equal(mutants.count, 6);
  assert_int_equal(mutants.noticed, 1); /* the weight */
  assert_int_equal(mutants.survived, 5);
  pi_buffer_init(&json, 1 << 20);
  pi_mutants_write(&mutants, &json);
  assert_non_null(strstr(pi_buffer_end(&json), "\"before\":\"<\""));
  assert_null(strstr(json.data, "\"after\":\"3\""));
  pi_buffer_dispose(&json);
  pi_mutants_dispose(&mutants);
}

static void test_mutants_need_tests_that_pass(void **state) {
  engine_rig *rig = *state;
  pubint_error error;
  pi_mutants mutants;
  pi_mutants_options options = {0};
  write_rule(rig);
  policy_maker_text(&rig->maker, "tests/a_test.lua", "test('a', function() expect(1):is(2) end)");
  engine_rig_load(rig);
  assert_int_equal(pi_mutants_run(&mutants, rig->policy, &options, &error), PUBINT_E_USAGE);
  assert_int_equal(error.code, 4020);
  pi_mutants_dispose(&mutants);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_mutants_are_numbers_comparisons_factors_and_conditions),
      RIG_TEST(test_mutants_that_no_test_notices_are_told),
      RIG_TEST(test_mutants_need_tests_that_pass),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
