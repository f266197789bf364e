/* Every part of the kit with an allocation failing: a clean error or the very result of a run without
 * failures, and nothing left behind. Where there are many, one in so many is failed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "check_report.h"
#include "counted.h"
#include "engine_rig.h"
#include "mutants.h"
#include "scaffold.h"
#include "test_report.h"
#include "tests.h"
#include "tune_report.h"

/* About so many are failed of each part; a sanitizer makes each ten times as slow. */
#ifdef __SANITIZE_ADDRESS__
enum { FAILED_OF_EACH = 60, TUNE_FAILED = 12 };
#else
enum { FAILED_OF_EACH = 500, TUNE_FAILED = 150 };
#endif

enum { RESULT_BYTES = 64 * 1024 };

static const char RULE[] =
    "-- A rule.\n"
    "return { rule = 'abuse_harassment', class = 'possible', bar = 1,\n"
    "weigh = function(case, balance)\n"
    "balance:interest('heated', case.context.heated_debate, 2)\n"
    "balance:interest('mixed', case.context.call_to_action * case.context.record_value, 2)\n"
    "balance:condition('calm', case.context.call_to_action < 0.5, 'why')\n"
    "end }\n";
static const char STRICTER[] = "return { rule = 'violence', class = 'unlikely', bar = 0.5,\n"
                               "weigh = function(case, balance)\n"
                               "balance:interest('heated', case.context.heated_debate, 2)\nend }\n";
static const char MARKET[] = "return { market = 'NL', weigh = function(case, balance)\n"
                             "balance:note(#case.tweet.lang .. '')\nend }\n";
static const char TESTS[] =
    "each({ { name = 'one', value = 1 }, { name = 'half', value = 0.5 } }, function(row)\n"
    "  local e = evaluate { ['context.heated_debate'] = row.value }\n"
    "  expect(factor(e, 'heated').points):is(row.value * 2)\n"
    "end)\n"
    "test('fails', function() expect(evaluate({}).outcome):is('notice') end)\n";
static const char PASSING[] =
    "test('a', function()\n"
    "  expect(factor(evaluate { ['context.heated_debate'] = 1 }, 'heated').points):is(2)\n"
    "end)\n";

/* ---- what is run ---- */

/* Runs a part on the policy and writes its result into the text. */
typedef pubint_status part(engine_rig *rig, pi_buffer *result, pubint_error *error);

static void told(void *context, const pi_test_result *result) {
  pi_test_report_told(context, result);
}

static pubint_status run_test_files(engine_rig *rig, pi_buffer *result, pubint_error *error) {
  pi_test_report report;
  pi_test_totals totals;
  pubint_engine *engine;
  pi_buffer xml;
  pi_buffer_init(&xml, 1 << 20);
  pi_test_report_begin(&report, NULL, result, NULL, &xml);
  pi_test_options options = {.told = told, .context = &report};
  pubint_status status = pubint_engine_new(&engine, rig->policy, error);
  if (status == PUBINT_OK) status = pi_tests_run(rig->policy, engine, &options, &totals, error);
  pi_test_report_end(&report, &totals);
  pubint_engine_free(engine);
  if (xml.failed) result->failed = true;
  pi_buffer_slice(result, (pi_slice){xml.data, xml.len});
  pi_buffer_dispose(&xml);
  return status;
}

static pubint_status run_check(engine_rig *rig, pi_buffer *result, pubint_error *error) {
  pi_check check;
  pi_check_options options = {.cases = 18, .seed = 7};
  pubint_status status = pi_check_run(&check, rig->policy, &options, error);
  if (status == PUBINT_OK) pi_check_write(&check, result);
  pi_check_close(&check);
  return status;
}

static pubint_status run_mutants(engine_rig *rig, pi_buffer *result, pubint_error *error) {
  pi_mutants mutants;
  pi_mutants_options options = {.filter = "passing"};
  pubint_status status = pi_mutants_run(&mutants, rig->policy, &options, error);
  if (status == PUBINT_OK) pi_mutants_write(&mutants, result);
  pi_mutants_dispose(&mutants);
  return status;
}

static pubint_status run_scaffold(engine_rig *rig, pi_buffer *result, pubint_error *error) {
  pi_scaffold made;
  pubint_status status = pi_scaffold_write(&made, rig->policy, PI_SCAFFOLD_EDITOR, "", true, error);
  if (status == PUBINT_OK) pi_buffer_text(result, made.paths[0]);
  return status;
}

static pubint_status run_tune(engine_rig *rig, pi_buffer *result, pubint_error *error) {
  pi_tune tune;
  char cases[600], decisions[600];
  snprintf(cases, sizeof cases, "%s/cases.jsonl", rig->maker.folder);
  snprintf(decisions, sizeof decisions, "%s/decisions.jsonl", rig->maker.folder);
  const char *files[] = {cases};
  pi_tune_options options = {.files = files,
                             .files_count = 1,
                             .threads = 1,
                             .which = {.rule = "abuse_harassment", .factor = "heated"},
                             .decisions = decisions,
                             .has_at = true,
                             .at = 500};
  pubint_status status = pi_tune_run(&tune, rig->policy, &options, error);
  if (status == PUBINT_OK) {
    pi_page page;
    pi_tune_csv(&tune, result);
    pi_page_init(&page, result, PI_PAGE_WIDTH, false);
    pi_tune_print(&tune, &page);
    pi_page_dispose(&page);
  }
  pi_tune_dispose(&tune);
  return status;
}

/* ---- failing it ---- */

static bool same(const pi_buffer *result, const char *expected) {
  return result->len == strlen(expected) && memcmp(result->data, expected, result->len) == 0;
}

/* False when no allocation was left to fail. */
static bool fail_once(engine_rig *rig, part *run, const char *expected, uint64_t n) {
  pi_buffer result;
  pubint_error error = {0};
  size_t blocks = counted_blocks();
  pi_buffer_init(&result, 1 << 20);
  counted_fail_at(n, 0);
  pubint_status status = run(rig, &result, &error);
  bool failed = counted_failed() != 0;
  counted_fail_none();
  if (status == PUBINT_OK && !result.failed) {
    if (!same(&result, expected))
      fail_msg("allocation %d changes the result: %.*s", (int)n, (int)result.len, result.data);
  } else if (status != PUBINT_OK && error.status != PUBINT_E_SYSTEM) {
    fail_msg("allocation %d: E%04u %s", (int)n, error.code, error.message);
  }
  pi_buffer_dispose(&result);
  if (counted_blocks() != blocks) fail_msg("allocation %d leaves memory behind", (int)n);
  return failed;
}

static void fail_each(engine_rig *rig, part *run, uint64_t of_each) {
  pi_buffer result;
  pubint_error error;
  char *expected = calloc(1, RESULT_BYTES);
  pi_buffer_init(&result, RESULT_BYTES - 1);
  counted_fail_at(UINT64_MAX, 0);
  assert_int_equal(run(rig, &result, &error), PUBINT_OK);
  uint64_t calls = counted_calls(), step = calls / of_each + 1, failed = 0;
  memcpy(expected, result.data, result.len);
  pi_buffer_dispose(&result);
  for (uint64_t n = 0; n < calls; n += step) failed += fail_once(rig, run, expected, n);
  print_message("%d of %d allocations failed\n", (int)failed, (int)calls);
  assert_true(failed > 0);
  free(expected);
}

static engine_rig *begin(void **state) {
  engine_rig *rig = *state;
  policy_maker_text(&rig->maker, "rules/abuse_harassment.lua", RULE);
  policy_maker_text(&rig->maker, "rules/violence.lua", STRICTER);
  policy_maker_text(&rig->maker, "markets/NL.lua", MARKET);
  policy_maker_text(&rig->maker, "tests/all_test.lua", TESTS);
  policy_maker_text(&rig->maker, "tests/passing_test.lua", PASSING);
  engine_rig_load(rig);
  return rig;
}

static void test_kit_alloc_tests(void **state) {
  fail_each(begin(state), run_test_files, FAILED_OF_EACH);
}

static void test_kit_alloc_check(void **state) {
  fail_each(begin(state), run_check, FAILED_OF_EACH);
}

static void test_kit_alloc_mutants(void **state) {
  fail_each(begin(state), run_mutants, FAILED_OF_EACH);
}

/* It tries its numbers on many cases, each time. */
static void test_kit_alloc_tune(void **state) {
  static const char CASE[] =
      "{'id':'%d','account':{'verified':true,'followers_count':200000,'office':{'status':'candidate',"
      "'branch':'executive'}},'violations':[{'rule':'abuse_harassment'}],"
      "'context':{'heated_debate':%s," ASSESSED "}}\n";
  engine_rig *rig = begin(state);
  char text[1024], first[512], second[512];
  snprintf(first, sizeof first, CASE, 1, "0.75");
  snprintf(second, sizeof second, CASE, 2, "0.25");
  snprintf(text, sizeof text, "%s%s", first, second);
  char *quoted = engine_rig_quoted(text);
  policy_maker_text(&rig->maker, "cases.jsonl", quoted);
  free(quoted);
  policy_maker_text(&rig->maker, "decisions.jsonl",
                    "{\"id\":\"1\",\"decision\":\"remove\"}\n{\"id\":\"2\",\"decision\":\"remove\"}\n");
  fail_each(rig, run_tune, TUNE_FAILED);
}

static void test_kit_alloc_scaffold(void **state) {
  engine_rig *rig = begin(state);
  fail_each(rig, run_scaffold, FAILED_OF_EACH);
  policy_maker_delete(&rig->maker, "editor/pubint.lua");
  policy_maker_delete(&rig->maker, ".luarc.json");
  policy_maker_delete(&rig->maker, ".luacheckrc");
  char folder[600];
  snprintf(folder, sizeof folder, "%s/editor", rig->maker.folder);
  remove(folder);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_kit_alloc_tests), RIG_TEST(test_kit_alloc_check),    RIG_TEST(test_kit_alloc_mutants),
      RIG_TEST(test_kit_alloc_tune),  RIG_TEST(test_kit_alloc_scaffold),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
