/* The runner of a policy's own tests. */
#include <stdio.h>

#include "engine_rig.h"
#include "test_report.h"
#include "tests.h"

typedef struct record {
  char text[8192]; /* "ok NAME\n" or "not ok NAME LINE MESSAGE | EXPECTED | ACTUAL\n" */
} record;

static void told(void *context, const pi_test_result *result) {
  record *self = context;
  size_t length = strlen(self->text);
  if (result->passed) {
    snprintf(self->text + length, sizeof self->text - length, "ok %s\n", result->name.ptr);
  } else {
    snprintf(self->text + length, sizeof self->text - length, "not ok %s %u %.*s | %.*s | %.*s\n",
             result->name.ptr, result->line, (int)result->message.len, result->message.ptr,
             (int)result->expected.len, result->expected.ptr != NULL ? result->expected.ptr : "",
             (int)result->actual.len, result->actual.ptr != NULL ? result->actual.ptr : "");
  }
}

/* Writes one test file beside a rule that gives 2 points for heated_debate over a bar of 1, and runs it. */
static pi_test_totals run(engine_rig *rig, const char *source, const char *filter, record *out) {
  pi_test_totals totals;
  pubint_error error = {0};
  *out = (record){""};
  policy_maker_rule(&rig->maker, "abuse_harassment", "1",
                    "balance:interest('heated', case.context.heated_debate, 2)\n"
                    "balance:condition('calm', case.context.call_to_action < 0.5)");
  policy_maker_text(&rig->maker, "tests/a_test.lua", source);
  engine_rig_load(rig);
  pi_test_options options = {.filter = filter, .told = told, .context = out};
  assert_int_equal(pi_tests_run(rig->policy, rig->engine, &options, &totals, &error), PUBINT_OK);
  return totals;
}

static void check(void **state, const char *source, const char *expected) {
  record out;
  run(*state, source, NULL, &out);
  assert_string_equal(out.text, expected);
}

static void test_tests_evaluate_cases_that_start_from_the_base(void **state) {
  check(
      state,
      "test('a', function()\n"
      "  local e = evaluate(case { ['context.heated_debate'] = 0.5, ['context.public_concern'] = 0.1 })\n"
      "  expect(e.outcome):is('notice')\n"
      "  expect(e.rules[1].margin):is(0)\n"
      "  expect(factor(e, 'heated').points):is(1)\n"
      "  expect(condition(e, 'calm').met):is(true)\n"
      "  expect(evaluate { context = { heated_debate = 'low', public_concern = 1 } }.outcome):is('remove')\n"
      "  local none = evaluate { context = { heated_debate = 'high' } }\n" /* of public concern: 0 in the base
                                                                              case */
      "  expect(none.rules[1].margin):is(0.5)\n"
      "  expect(none.outcome):is('remove')\n"
      "  expect(condition(none, 'public_concern').met):is(false)\n"
      "end)",
      "ok a\n");
}

static void test_tests_tell_line_expected_and_actual(void **state) {
  check(state,
        "test('bad', function()\n"
        "  expect(1):is(1)\n"
        "  expect(evaluate({}).outcome):is('notice')\n"
        "end)\n"
        "test('good', function() end)",
        "not ok bad 3 an expectation does not hold | \"notice\" | \"remove\"\nok good\n");
}

/* It would pass whatever comes of the policy. */
static void test_tests_fail_where_an_expect_asks_nothing(void **state) {
  check(state,
        "test('bare', function()\n"
        "  expect(3):above(1):below(5)\n"
        "  expect(evaluate({}).outcome)\n"
        "end)\n"
        "test('asked', function() expect(1):is(1) end)",
        "not ok bare 3 an expect asks nothing: write expect(value):is(…) |  | \nok asked\n");
}

static void test_tests_compare_lists_objects_and_numbers(void **state) {
  check(state,
        "test('a', function()\n"
        "  expect({1, 2, {a = true}}):is({1, 2, {a = true}})\n"
        "  expect({1, 2}):is_not({1, 3})\n"
        "  expect({}):is({})\n"
        "  expect(0.1 + 0.2):near(0.3)\n"
        "  expect(2):above(1):below(3)\n"
        "  expect('hello'):contains('ell')\n"
        "  expect({'x', 'y'}):contains('y')\n"
        "  expect({k = 1}):contains('k')\n"
        "end)\n"
        "test('list', function() expect({1, 2}):is({1, 2, 3}) end)\n"
        "test('near', function() expect(1):near(2, 0.5) end)",
        "ok a\n"
        "not ok list 11 an expectation does not hold | [1,2,3] | [1,2]\n"
        "not ok near 12 an expectation does not hold | near 2 | 1\n");
}

/* Each handle of an evaluation: what it never has is an error, what is absent here is nil. */
static void test_tests_know_the_names_of_an_evaluation(void **state) {
  static const char *const WRONG[][2] = {
      {"outcom", "evaluation has no 'outcom'; did you mean 'outcome'?"},
      {"gates[1].results", "evaluation.gates[n] has no 'results'; did you mean 'result'?"},
      {"gates[4].fact.levle", "evaluation.gates[n].fact has no 'levle'; did you mean 'level'?"},
      {"gates.verified", "a list has no 'verified'; its items are [1], [2] …"},
      {"rules[1].verdct", "evaluation.rules[n] has no 'verdct'; did you mean 'verdict'?"},
      {"rules[1].factors[1].point", "a factor of the evaluation has no 'point'; did you mean 'points'?"},
      {"rules[1].conditions[1].mets", "a condition of the evaluation has no 'mets'; did you mean 'met'?"},
      {"effects.repli", "evaluation.effects has no 'repli'; did you mean 'reply'?"},
      {"market.scripts", "evaluation.market has no 'scripts'; did you mean 'script'?"},
      {"[1]", "evaluation has named fields only, got a number"},
  };
  char source[400], expected[400];
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
    snprintf(source, sizeof source,
             "test('a', function()\n"
             "  local e = evaluate { ['context.market'] = 'XX', ['context.heated_debate'] = 1,\n"
             "    ['context.public_concern'] = 1 }\n"
             "  return e%s%s\n"
             "end)",
             WRONG[i][0][0] == '[' ? "" : ".", WRONG[i][0]);
    snprintf(expected, sizeof expected, "not ok a 4 %s |  | \n", WRONG[i][1]);
    check(state, source, expected);
  }
  check(state,
        "test('a', function()\n"
        "  local e = evaluate {}\n"
        "  expect(e.missing):is(nil)\n"
        "  expect(e.effects):is(nil)\n"
        "  expect(e.rules[1].kind):is(nil)\n"
        "  expect(e.rules[2]):is(nil)\n"
        "  expect(e.rules[1].error):is(nil)\n"
        "  expect(e.gates[1]):is_not(e.rules[1])\n"
        "  expect({ outcom = 1 }):is_not(e)\n"
        "  expect(e):is(e)\n"
        "end)",
        "ok a\n");
}

static void test_tests_show_the_digits_that_differ(void **state) {
  check(state,
        "test('sum', function() expect(0.1 + 0.2):is(0.3) end)\n"
        "test('less', function() expect(6.85 - 1.65):is(5.2) end)\n"
        "test('within', function() expect({ a = { 0.1 + 0.2 } }):is({ a = { 0.3 } }) end)\n"
        "test('above', function() expect(0.3):above(0.1 + 0.2) end)\n"
        "test('none', function() expect(0/0):is(0/0) end)\n"
        "test('long', function()\n"
        "  expect(string.rep('a', 700) .. 'b'):is(string.rep('a', 700) .. 'c')\n"
        "end)",
        "not ok sum 1 an expectation does not hold | 0.3 | 0.30000000000000004\n"
        "not ok less 2 an expectation does not hold | 5.2 | 5.199999999999999\n"
        "not ok within 3 an expectation does not hold | {\"a\":[0.3]} | {\"a\":[0.30000000000000004]}\n"
        "not ok above 4 an expectation does not hold | above 0.30000000000000004 | 0.3\n"
        "not ok none 5 an expectation does not hold | nan | nan\n"
        "not ok long 7 an expectation does not hold | "
        "…aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac\" | "
        "…aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"\n");
}

static void test_tests_fail_where_there_is_none(void **state) {
  static const char *const NONE[] = {"", "-- tests to come", "local function unused() end",
                                     "if false then test('a', print) end"};
  for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++)
    check(state, NONE[i], "not ok the file itself 0 holds no test |  | \n");
  check(state, "each({}, function() end)",
        "not ok the file itself 1 each: the table has no row, so that nothing is tested |  | \n");
  check(state, "test('a', function()\n  each({}, function() end)\nend)",
        "not ok a 2 each: the table has no row, so that nothing is tested |  | \n");
}

static void test_tests_report_each_row_on_its_own(void **state) {
  check(
      state,
      "each({ { name = 'one', n = 1 }, { n = 2 }, three = { n = 1 } }, function(row)\n"
      "  expect(row.n):is(1)\n"
      "end)\n"
      "test('outer', function() each({ 5, 6 }, function(n) expect(n):above(4) end) end)",
      "ok one\nnot ok row 2 2 an expectation does not hold | 1 | 2\nok three\nok outer / row 1\nok outer / row 2\n");
}

static void test_tests_stop_one_that_never_ends_and_go_on(void **state) {
  check(state,
        "test('loop', function() while true do end end)\n"
        "test('large', function() local t = {} for i = 1, 1e7 do t[i] = i end end)\n"
        "test('error', function() local x = nil; return x.y end)\n"
        "test('deep', function()\nlocal function f() return 1 + f() end\nf() end)\n"
        "test('long', function() local s = ('x'):rep(60000); string.format('%s%s', s, s) end)\n"
        "test('silent', function() error('') end)\n"
        "test('fine', function() end)",
        "not ok loop 1 used more than 1,000,000 instructions |  | \n"
        "not ok large 2 made a table of more than 8,192 items or 4,096 named keys (128 KiB) |  | \n"
        "not ok error 3 attempt to index a nil value (local 'x') |  | \n"
        "not ok deep 5 nested too deeply: the stack of calls took more than 128 KiB |  | \n"
        "not ok long 7 made a string of more than 64 KiB |  | \n"
        "not ok silent 8 an error without a message |  | \n"
        "ok fine\n");
}

static void test_tests_say_what_a_file_does_wrong(void **state) {
  check(state, "test('a', function()\nend",
        "not ok the file itself 2 ')' expected (to close '(' at line 1) near <eof> |  | \n");
  check(state, "expct(1)",
        "not ok the file itself 1 the sandbox of tests has no 'expct'; did you mean 'expect'? |  | \n");
  check(state, "test('a', function() expect(1):si(1) end)",
        "not ok a 1 expect has no 'si'; did you mean 'is'? |  | \n");
}

static void test_tests_refuse_what_is_no_case(void **state) {
  check(
      state,
      "test('path', function() case { ['context.heatd_debate'] = 1 } end)\n"
      "test('bare', function() case { heated_debate = 1 } end)\n"
      "test('value', function() case { ['context.heated_debate'] = 2 } end)\n"
      "test('rule', function() case { rule = 'No' } end)",
      "not ok path 1 there is no fact 'context.heatd_debate'; did you mean 'context.heated_debate'? |  | \n"
      "not ok bare 2 case: there is no fact 'heated_debate'; write [\"context.heated_debate\"] |  | \n"
      "not ok value 3 case: not a strength at /context/heated_debate, found the number 2; expected a number "
      "from 0 to 1, true, false, none, low, medium, high or severe |  | \n"
      "not ok rule 4 case: not a rule id at /violations/0/rule, found \"No\"; expected a rule id: a small letter, then at "
      "most 47 small letters, digits and _ |  | \n");
}

static void test_tests_know_unknown_facts_and_other_cases(void **state) {
  check(state,
        "local heated = case { ['context.heated_debate'] = 1, ['context.public_concern'] = 1 }\n"
        "test('a', function()\n"
        "  expect(evaluate(heated).outcome):is('notice')\n"
        "  expect(evaluate(case(heated, { ['context.call_to_action'] = unknown })).basis):is('unassessed')\n"
        "  local threat = { rule = 'private_information', kind = 'threat' }\n"
        "  expect(evaluate(case(heated, threat)).rules[1].unassessed):is({ 'violations.spans' })\n"
        "  threat.spans = {}\n" /* an empty list is known */
        "  expect(evaluate(case(heated, threat)).rules[1].unassessed):is(nil)\n"
        "  expect(evaluate { ['account.verified'] = false }.basis):is('not_eligible')\n"
        "  expect(evaluate { violations = {} }.outcome):is('no_action')\n"
        "end)",
        "ok a\n");
}

static void test_tests_cannot_write_to_an_evaluation(void **state) {
  check(state, "test('a', function() local e = evaluate {}\n e.outcome = 'notice' end)",
        "not ok a 2 data is read-only |  | \n");
}

static void test_tests_are_chosen_by_name(void **state) {
  record out;
  const char *source = "test('one', function() end) test('two', function() end)";
  pi_test_totals totals = run(*state, source, "two", &out);
  assert_int_equal(totals.passed, 1);
  assert_string_equal(out.text, "ok two\n");
  run(*state, source, "tests/a_test.lua: one", &out);
  assert_string_equal(out.text, "ok one\n");
  run(*state, source, "t?o", &out);
  assert_string_equal(out.text, "ok two\n");
}

static void test_tests_have_no_more_names_than_scripts(void **state) {
  check(
      state,
      "each({ 'pcall', 'load', 'io', 'os', 'debug', 'setmetatable', 'coroutine', 'balance' }, function(name)\n"
      "end)\n"
      "test('os', function() return os end)",
      "ok row 1\nok row 2\nok row 3\nok row 4\nok row 5\nok row 6\nok row 7\nok row 8\n"
      "not ok os 3 the sandbox of tests has no 'os'; a script has no clock: "
      "case.tweet.created_at and case.account.observed_at are the case's times, and time.days(from, to) compares them |  | \n");
}

static void report_of(engine_rig *rig, pi_buffer *text, pi_buffer *tap, pi_buffer *xml) {
  pi_test_report report;
  pi_test_totals totals;
  pi_page page;
  pubint_error error;
  pi_page_init(&page, text, 100, false);
  pi_test_report_begin(&report, &page, tap, NULL, xml);
  pi_test_options options = {.told = pi_test_report_told, .context = &report};
  assert_int_equal(pi_tests_run(rig->policy, rig->engine, &options, &totals, &error), PUBINT_OK);
  pi_test_report_end(&report, &totals);
  pi_page_dispose(&page);
}

static void test_tests_are_told_as_text_tap_and_xml(void **state) {
  record ignored;
  pi_buffer text, tap, xml;
  pi_buffer_init(&text, 1 << 20);
  pi_buffer_init(&tap, 1 << 20);
  pi_buffer_init(&xml, 1 << 20);
  run(*state,
      "test('a < b', function() expect(evaluate({}).outcome):is('no \"t') end)\ntest('c', function() end)",
      NULL, &ignored);
  report_of(*state, &text, &tap, &xml);
  assert_non_null(strstr(pi_buffer_end(&text), "FAILED tests/a_test.lua:1: a < b"));
  assert_non_null(strstr(text.data, "heated")); /* the balance that was weighed */
  assert_non_null(strstr(text.data, "\n1 passed, 1 failed\n"));
  assert_non_null(strstr(pi_buffer_end(&tap), "TAP version 13\nnot ok 1 - tests/a_test.lua: a < b\n  ---\n"));
  assert_non_null(strstr(tap.data, "ok 2 - tests/a_test.lua: c\n1..2\n"));
  assert_non_null(
      strstr(pi_buffer_end(&xml),
             "<testsuites tests=\"2\" failures=\"1\">\n  <testsuite name=\"tests/a_test.lua\" tests=\"2\""));
  assert_non_null(strstr(xml.data, "name=\"a &lt; b\""));
  assert_non_null(strstr(xml.data, "&quot;no \\&quot;t&quot;"));
  pi_buffer_dispose(&text);
  pi_buffer_dispose(&tap);
  pi_buffer_dispose(&xml);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_tests_evaluate_cases_that_start_from_the_base),
      RIG_TEST(test_tests_tell_line_expected_and_actual),
      RIG_TEST(test_tests_fail_where_an_expect_asks_nothing),
      RIG_TEST(test_tests_compare_lists_objects_and_numbers),
      RIG_TEST(test_tests_know_the_names_of_an_evaluation),
      RIG_TEST(test_tests_show_the_digits_that_differ),
      RIG_TEST(test_tests_fail_where_there_is_none),
      RIG_TEST(test_tests_report_each_row_on_its_own),
      RIG_TEST(test_tests_stop_one_that_never_ends_and_go_on),
      RIG_TEST(test_tests_say_what_a_file_does_wrong),
      RIG_TEST(test_tests_refuse_what_is_no_case),
      RIG_TEST(test_tests_know_unknown_facts_and_other_cases),
      RIG_TEST(test_tests_cannot_write_to_an_evaluation),
      RIG_TEST(test_tests_are_chosen_by_name),
      RIG_TEST(test_tests_have_no_more_names_than_scripts),
      RIG_TEST(test_tests_are_told_as_text_tap_and_xml),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
