/* The facts of a case by their types: who asks for a fact as what it is not is stopped, in builds that
 * assert. */
#undef NDEBUG

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "case.h"

/* One fact of each type. */
static const pi_fact OF_TYPE[] = {
    [PI_TYPE_ID] = PI_FACT_ID,
    [PI_TYPE_STRING] = PI_FACT_ACCOUNT_USERNAME,
    [PI_TYPE_TEXT] = PI_FACT_TWEET_TEXT,
    [PI_TYPE_TIME] = PI_FACT_TWEET_CREATED_AT,
    [PI_TYPE_WORD] = PI_FACT_TARGET_KIND,
    [PI_TYPE_BOOL] = PI_FACT_ACCOUNT_VERIFIED,
    [PI_TYPE_COUNT] = PI_FACT_ACCOUNT_FOLLOWERS_COUNT,
    [PI_TYPE_COUNTRY] = PI_FACT_OFFICE_COUNTRY,
    [PI_TYPE_MARKET] = PI_FACT_MARKET,
    [PI_TYPE_STRENGTH] = PI_FACT_PUBLIC_CONCERN,
    [PI_TYPE_COUNTRIES] = PI_FACT_WITHHELD_IN,
    [PI_TYPE_TREE] = PI_FACT_SIGNALS,
};
enum { TYPES = sizeof OF_TYPE / sizeof OF_TYPE[0] };

static void text(pi_case *self, pi_fact fact) {
  pi_case_set_text(self, fact, pi_case_text(self, fact));
}

static void word(pi_case *self, pi_fact fact) {
  pi_case_set_word(self, fact, pi_case_word(self, fact));
}

static void flag(pi_case *self, pi_fact fact) {
  (void)pi_case_flag(self, fact);
}

static void count(pi_case *self, pi_fact fact) {
  pi_case_set_count(self, fact, pi_case_count(self, fact));
}

static void strength(pi_case *self, pi_fact fact) {
  pi_case_set_strength(self, fact, pi_case_strength(self, fact));
}

static void countries(pi_case *self, pi_fact fact) {
  pi_case_set_countries(self, fact, pi_case_countries(self, fact));
}

static void tree(pi_case *self, pi_fact fact) {
  pi_case_set_tree(self, fact, *pi_case_tree(self, fact));
}

static const struct {
  void (*ask)(pi_case *self, pi_fact fact);
  unsigned types; /* bit i: type i is asked for so */
} QUESTIONS[] = {
    {text, 1u << PI_TYPE_ID | 1u << PI_TYPE_STRING | 1u << PI_TYPE_TEXT | 1u << PI_TYPE_TIME |
               1u << PI_TYPE_COUNTRY | 1u << PI_TYPE_MARKET},
    {word, 1u << PI_TYPE_WORD},
    {flag, 1u << PI_TYPE_BOOL},
    {count, 1u << PI_TYPE_COUNT},
    {strength, 1u << PI_TYPE_STRENGTH},
    {countries, 1u << PI_TYPE_COUNTRIES},
    {tree, 1u << PI_TYPE_TREE},
};

/* Whether the question is answered, and no assertion ends the process. */
static bool answers(void (*ask)(pi_case *, pi_fact), pi_fact fact) {
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    pi_case facts = {0};
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    signal(SIGABRT, SIG_DFL);
    close(STDERR_FILENO);
    ask(&facts, fact);
    _exit(0);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  if (WIFEXITED(status)) return WEXITSTATUS(status) == 0;
  assert_int_equal(WTERMSIG(status), SIGABRT);
  return false;
}

static void test_case_answers_each_question_for_its_type_alone(void **state) {
  (void)state;
  unsigned asked = 0;
  for (size_t i = 0; i < sizeof QUESTIONS / sizeof QUESTIONS[0]; i++) {
    asked |= QUESTIONS[i].types;
    for (int type = 0; type < TYPES; type++) {
      assert_int_equal(PI_FACTS[OF_TYPE[type]].type, type);
      assert_int_equal(answers(QUESTIONS[i].ask, OF_TYPE[type]), QUESTIONS[i].types >> type & 1u);
    }
  }
  assert_int_equal(asked, (1u << TYPES) - 1); /* there is a question for every type */
}

static void test_case_knows_what_was_set(void **state) {
  (void)state;
  pi_case facts = {0};
  assert_false(pi_case_knows(&facts, PI_FACT_PUBLIC_CONCERN));
  pi_case_set_strength(&facts, PI_FACT_PUBLIC_CONCERN, 250000);
  assert_true(pi_case_knows(&facts, PI_FACT_PUBLIC_CONCERN));
  assert_int_equal(pi_case_strength(&facts, PI_FACT_PUBLIC_CONCERN), 250000);
  pi_case other = {0};
  pi_case_set(&other, PI_FACT_PUBLIC_CONCERN, pi_case_value(&facts, PI_FACT_PUBLIC_CONCERN));
  assert_int_equal(pi_case_strength(&other, PI_FACT_PUBLIC_CONCERN), 250000);
  assert_int_equal(other.known, PI_FACT_BIT(PI_FACT_PUBLIC_CONCERN));
}

static void test_case_says_which_rules_came_before(void **state) {
  (void)state;
  pi_case facts = {.violations_count = 3,
                   .violations = {{.rule_id = PI_SLICE("spam")},
                                  {.rule_id = PI_SLICE("theft")},
                                  {.rule_id = PI_SLICE("spam")}}};
  assert_false(pi_case_breaks(&facts, PI_SLICE("spam"), 0));
  assert_true(pi_case_breaks(&facts, PI_SLICE("spam"), 2));
  assert_false(pi_case_breaks(&facts, PI_SLICE("theft"), 1));
  assert_true(pi_case_breaks(&facts, PI_SLICE("theft"), facts.violations_count));
  assert_false(pi_case_breaks(&facts, PI_SLICE("violence"), facts.violations_count));
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_case_answers_each_question_for_its_type_alone),
      cmocka_unit_test(test_case_knows_what_was_set),
      cmocka_unit_test(test_case_says_which_rules_came_before),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
