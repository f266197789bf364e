/* What evaluations reach of scripts, and that watching changes nothing. */
#include <stdio.h>
#include <stdlib.h>

#include "coverage.h"
#include "engine_rig.h"
#include "evaluate.h"

static void evaluate(engine_rig *rig, pi_coverage *coverage, const char *violations, const char *context) {
  engine_rig_weigh(rig, violations, context);
  if (coverage != NULL) pi_coverage_add(coverage, rig->evaluation);
}

static void note_unseen(void *context, const pi_unseen *unseen) {
  char *out = context;
  size_t length = strlen(out);
  snprintf(out + length, 4096 - length, "%s:%u E%u %s\n", unseen->script->file.ptr, unseen->line,
           unseen->code, unseen->message);
}

static void test_coverage_tells_what_was_never_seen(void **state) {
  engine_rig *rig = *state;
  char seen[4096] = "";
  pubint_error error;
  pi_coverage coverage;
  policy_maker_rule(&rig->maker, "violence", "1",
                    "balance:interest('sole', case.context.sole_source, 3)\n"
                    "if case.context.call_to_action > 0.5 then\n"
                    "balance:note('far')\n"
                    "end\n"
                    "balance:condition('close', case.context.violence_link < 0.5)\n");
  engine_rig_load(rig);
  assert_int_equal(pi_coverage_begin(&coverage, rig->policy, &error), PUBINT_OK);
  pi_engine_watch(rig->engine, &coverage.watch);
  evaluate(rig, &coverage, "{'rule':'violence','kind':'threat'}", ASSESSED);
  pi_coverage_unseen(&coverage, true, note_unseen, seen);
  assert_non_null(strstr(seen, "rules/violence.lua:4 E6008 line 4 is never reached\n"));
  assert_non_null(strstr(seen, "rules/violence.lua:2 E6006 factor 'sole' is never above 0\n"));
  assert_non_null(strstr(seen, "condition 'close' is never unmet\n"));
  assert_null(strstr(seen, "condition 'close' is never met\n"));
  assert_non_null(strstr(seen, "the verdict notice is never reached\n"));
  assert_null(strstr(seen, "the verdict remove is never reached\n"));
  assert_non_null(strstr(seen, "kind glorification is never seen\n"));
  assert_null(strstr(seen, "kind threat is never seen\n"));
  pi_line_count before = pi_coverage_lines(&coverage, NULL);
  evaluate(rig, &coverage, "{'rule':'violence'}", "'call_to_action':1,'sole_source':1,'violence_link':1");
  pi_line_count after = pi_coverage_lines(&coverage, NULL);
  assert_int_equal(after.active, before.active);
  assert_int_equal(after.reached, before.reached + 1);
  seen[0] = '\0';
  pi_coverage_unseen(&coverage, false, note_unseen, seen);
  assert_string_equal(seen, "rules/violence.lua:1 E6009 the verdict notice is never reached\n");
  pi_engine_watch(rig->engine, NULL);
  pi_coverage_end(&coverage);
}

static void test_coverage_writes_lcov(void **state) {
  engine_rig *rig = *state;
  pubint_error error;
  pi_coverage coverage;
  pi_buffer lcov;
  policy_maker_rule(&rig->maker, "violence", "1",
                    "if case.context.sole_source > 2 then\nbalance:note('x')\nend\n");
  engine_rig_load(rig);
  assert_int_equal(pi_coverage_begin(&coverage, rig->policy, &error), PUBINT_OK);
  pi_engine_watch(rig->engine, &coverage.watch);
  evaluate(rig, &coverage, "{'rule':'violence'}", ASSESSED);
  pi_buffer_init(&lcov, 1 << 20);
  pi_coverage_lcov(&coverage, PI_SLICE("dir"), &lcov);
  assert_non_null(strstr(pi_buffer_end(&lcov), "SF:dir/rules/violence.lua\n"));
  assert_non_null(strstr(lcov.data, "DA:2,1\nDA:3,0\n"));
  assert_non_null(strstr(lcov.data, "end_of_record\n"));
  pi_buffer_dispose(&lcov);
  pi_engine_watch(rig->engine, NULL);
  pi_coverage_end(&coverage);
}

/* The same case, with and without somebody who watches: same bytes, same instructions, up to the limit. */
static void test_coverage_changes_no_limit(void **state) {
  engine_rig *rig = *state;
  static const int TURNS[] = {10, 1000, 100000, 249000, 249900, 250100, 400000};
  for (size_t i = 0; i < sizeof TURNS / sizeof *TURNS; i++) {
    char body[256];
    pubint_error error;
    pi_coverage coverage;
    snprintf(body, sizeof body,
             "local n = 0\nfor i = 1, %d do\n  n = n + i\n  n = n - 1\nend\nbalance:interest('n', 0, 1)\n",
             TURNS[i]);
    policy_maker_rule(&rig->maker, "violence", "1", body);
    engine_rig_load(rig);
    char *plain = engine_rig_quoted(engine_rig_weigh(rig, "{'rule':'violence'}", ASSESSED));
    uint64_t used = rig->evaluation->entries[0].rule_usage.instructions;
    assert_int_equal(pi_coverage_begin(&coverage, rig->policy, &error), PUBINT_OK);
    pi_engine_watch(rig->engine, &coverage.watch);
    assert_string_equal(engine_rig_weigh(rig, "{'rule':'violence'}", ASSESSED), plain);
    assert_int_equal(rig->evaluation->entries[0].rule_usage.instructions, used);
    pi_engine_watch(rig->engine, NULL);
    pi_coverage_end(&coverage);
    free(plain);
  }
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_coverage_tells_what_was_never_seen),
      RIG_TEST(test_coverage_writes_lcov),
      RIG_TEST(test_coverage_changes_no_limit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
