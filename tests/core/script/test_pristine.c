/* Whatever is unusual is judged by a pristine state, and only that verdict counts. It shows in what a call
 * used: a pristine state compiles the script within the call and charges for its long texts, one that has
 * run it before does not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evaluation.h"
#include "trial.h"

/* A rule with a text of 8,000 bytes among its constants, which runs `rounds` rounds of a loop. */
static void put_rule(const trial *folder, int rounds) {
  enum { TEXT_BYTES = 8000 };
  char *source = malloc(TEXT_BYTES + 512);
  assert_non_null(source);
  char text[TEXT_BYTES + 1];
  memset(text, 'x', TEXT_BYTES);
  text[TEXT_BYTES] = '\0';
  int length =
      snprintf(source, TEXT_BYTES + 512,
               "local long = '%s'\n"
               "return { rule = 'abuse_harassment', class = 'possible', bar = 1,\n"
               "  weigh = function(case, balance) for i = 1, %d do end balance:note('n' .. #long) end }\n",
               text, rounds);
  trial_put(folder, "rules/abuse_harassment.lua", source, (size_t)length);
  free(source);
}

/* Instructions that the rule's script is said to have used in the first and in a later evaluation. */
static void uses(int rounds, uint64_t *first, uint64_t *later) {
  trial folder;
  trial_make(&folder);
  put_rule(&folder, rounds);
  pubint_policy *policy = trial_load(&folder);
  pubint_engine *engine = trial_engine(policy);
  pubint_case *input = trial_case("abuse_harassment", "hello", NULL);
  const pubint_evaluation *evaluation;
  for (int i = 0; i < 3; i++) {
    free(trial_bytes(engine, input, &evaluation));
    *(i == 0 ? first : later) = evaluation->entries[0].rule_usage.instructions;
  }
  pubint_case_free(input);
  pubint_engine_free(engine);
  pubint_policy_free(policy);
  trial_remove(&folder);
}

static void test_pristine_judges_what_used_more_than_half_of_a_limit(void **state) {
  (void)state;
  uint64_t first, later;
  uses(600000, &first, &later);
  assert_true(later > 500000);
  assert_int_equal(first, later);
}

/* The other side, without which the first test says nothing: what is not unusual runs where it ran before. */
static void test_pristine_is_not_asked_about_the_usual(void **state) {
  (void)state;
  uint64_t first, later;
  uses(1000, &first, &later);
  assert_true(first > later);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_pristine_judges_what_used_more_than_half_of_a_limit),
      cmocka_unit_test(test_pristine_is_not_asked_about_the_usual),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
