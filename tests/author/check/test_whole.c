/* What must hold of the rules of a policy together: order, ceiling, concern. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "check_report.h"
#include "check_whole.h"
#include "engine_rig.h"
#include "evaluate.h"

static void make_rule(const engine_rig *rig, const char *rule, const char *class_name, const char *bar,
                      const char *body) {
  char path[80], text[1024];
  snprintf(path, sizeof path, "rules/%s.lua", rule);
  snprintf(text, sizeof text,
           "return { rule = '%s', class = '%s',\nbar = %s,\nweigh = function(case, balance)\n"
           "local c = case.context\n%s\nend }\n",
           rule, class_name, bar, body);
  policy_maker_text(&rig->maker, path, text);
}

static pi_check run(engine_rig *rig, uint64_t cases) {
  static pi_check_options options;
  options = (pi_check_options){.cases = cases, .seed = 7};
  pi_check check;
  pubint_error error;
  engine_rig_load(rig);
  assert_int_equal(pi_check_run(&check, rig->policy, &options, &error), PUBINT_OK);
  return check;
}

static const pi_finding *find(const pi_check *check, unsigned code) {
  for (uint32_t i = 0; i < check->findings.count; i++) {
    if (check->findings.items[i].code == code) return &check->findings.items[i];
  }
  return NULL;
}

#define FOR_CONCERN "balance:interest('concern', c.public_concern, 3)\n"
#define FOR_HARM    "balance:harm('risk', c.offline_harm.likelihood * c.offline_harm.severity, 4)\n"

/* Of 7.01 points of interest and a bar of 7 only a hundredth is above the other bar of 3. */
static void test_whole_finds_an_order_that_fails_by_a_hundredth(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "violence", "unlikely", "7", FOR_CONCERN "balance:interest('own', c.sole_source, 4.01)");
  make_rule(rig, "hateful_conduct", "possible", "3", FOR_CONCERN);
  pi_check check = run(rig, 500);
  const pi_finding *finding = find(&check, 6024);
  assert_non_null(finding);
  assert_int_equal(finding->line, 6);
  assert_non_null(strstr(finding->message.ptr, "violence (unlikely) gives a notice at margin "));
  assert_non_null(strstr(finding->message.ptr, "where hateful_conduct (possible) has margin -0.00"));
  assert_non_null(strstr(finding->message.ptr, ": own makes 4.01"));
  assert_non_null(strstr(finding->case_json.ptr,
                         "\"violations\":[{\"rule\":\"violence\"},{\"rule\":\"hateful_conduct\"}]"));
  assert_null(strstr(finding->case_json.ptr, "market"));
  pi_check_close(&check);
}

static void test_whole_lets_an_order_stand_that_holds_to_the_point(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "violence", "unlikely", "7",
            FOR_CONCERN FOR_HARM "balance:interest('own', c.sole_source, 4)");
  make_rule(rig, "hateful_conduct", "possible", "3", FOR_CONCERN FOR_HARM);
  pi_check check = run(rig, 1000);
  assert_null(find(&check, 6024));
  assert_true(check.searches > 0 && check.line_ups > check.searches);
  assert_int_equal(check.exceptions[PI_WHOLE_ORDER], 0);
  pi_check_close(&check);
}

static void test_whole_finds_a_condition_that_only_the_looser_rule_has(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "violence", "rare", "2", FOR_CONCERN);
  make_rule(rig, "hateful_conduct", "possible", "2",
            FOR_CONCERN "balance:condition('calm', c.call_to_action < 0.62)");
  pi_check check = run(rig, 500);
  const pi_finding *finding = find(&check, 6024);
  assert_non_null(finding);
  assert_string_equal(finding->script->file.ptr, "rules/hateful_conduct.lua");
  assert_int_equal(finding->line, 6);
  assert_non_null(strstr(finding->message.ptr, "its condition calm is unmet"));
  pi_check_close(&check);
}

/* The written policy has two groups: within one, neither rule is the stricter. */
static void test_whole_compares_no_two_rules_of_one_group(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "election_integrity", "very_unlikely", "1", FOR_CONCERN);
  make_rule(rig, "violence", "unlikely", "2", FOR_CONCERN);
  make_rule(rig, "regulated_goods", "rare", "3", FOR_CONCERN);
  pi_check check = run(rig, 300);
  assert_null(find(&check, 6024));
  assert_null(find(&check, 6016));
  pi_check_close(&check);
}

/* How one rule is broken is no fact that the other has. */
static void test_whole_leaves_the_kind_aside(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "violence", "unlikely", "2", FOR_CONCERN);
  make_rule(rig, "sensitive_media", "possible", "2",
            FOR_CONCERN "balance:harm('sadistic', case.violation.kind == 'gratuitous' and 1 or 0, 3)");
  make_rule(rig, "hateful_conduct", "possible", "2",
            FOR_CONCERN "balance:harm('many', #case.violation.grounds > 1 and 1 or 0, 3)");
  pi_check check = run(rig, 1000);
  assert_null(find(&check, 6024));
  pi_check_close(&check);
}

/* Private data that was posted is compared with a place left out of the text, which the host asks. */
static void test_whole_compares_private_data_as_left_out(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "private_information", "unlikely", "1", FOR_CONCERN);
  make_rule(rig, "abuse_harassment", "possible", "2", FOR_CONCERN);
  pi_check check = run(rig, 300);
  const pi_finding *finding = find(&check, 6024);
  assert_non_null(finding);
  assert_non_null(strstr(finding->message.ptr, "the bar makes 1"));
  assert_int_equal(finding->line, 2);
  assert_non_null(strstr(finding->case_json.ptr, "\"text\":\"x\""));
  assert_non_null(strstr(finding->case_json.ptr, "\"spans\":[{\"start\":0,\"end\":1}]"));
  pi_check_close(&check);
}

static void test_whole_finds_the_market_that_spares_a_stricter_rule(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "violence", "unlikely", "2", FOR_CONCERN);
  make_rule(rig, "hateful_conduct", "possible", "1", FOR_CONCERN);
  policy_maker_market(&rig->maker, "NL",
                      "local spared = case.violation.rule == 'violence'\n"
                      "balance:harm('tense', not spared and case.signals.tense == true and 1 or 0, 2)");
  pi_check check = run(rig, 500);
  const pi_finding *finding = find(&check, 6024);
  assert_non_null(finding);
  assert_string_equal(finding->script->file.ptr, "markets/NL.lua");
  assert_non_null(strstr(finding->message.ptr, "tense makes 2"));
  assert_non_null(strstr(finding->case_json.ptr, "\"signals\":{\"tense\":true}"));
  pi_check_close(&check);
}

/* More rules than one case can have: each pair has its turn. */
static void test_whole_finds_one_pair_among_many_rules(void **state) {
  engine_rig *rig = *state;
  char rule[32];
  for (int i = 0; i < 30; i++) {
    snprintf(rule, sizeof rule, "rule_%c%c", 'a' + i / 26, 'a' + i % 26);
    make_rule(rig, rule, i % 3 == 0 ? "possible" : "unlikely", i % 3 == 0 ? "2" : "3",
              i == 16 ? FOR_CONCERN "balance:interest('own', c.sole_source, 1.1)" : FOR_CONCERN);
  }
  pi_check check = run(rig, 3000);
  const pi_finding *finding = find(&check, 6024);
  assert_non_null(finding);
  assert_string_equal(finding->script->file.ptr, "rules/rule_aq.lua");
  pi_check_close(&check);
}

static void test_whole_finds_a_bar_below_certain_harm(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "violence", "unlikely", "1",
            FOR_CONCERN FOR_HARM "balance:interest('own', c.sole_source, 2)");
  pi_check check = run(rig, 300);
  const pi_finding *finding = find(&check, 6025);
  assert_non_null(finding);
  assert_int_equal(finding->line, 2);
  assert_string_equal(finding->message.ptr, "likelihood 1 and severity 1 give a notice under violence: 5 of "
                                            "interest, 4 of harm, bar 1");
  pi_check_close(&check);
  make_rule(rig, "violence", "unlikely", "1.001",
            FOR_CONCERN FOR_HARM "balance:interest('own', c.sole_source, 2)");
  check = run(rig, 300);
  assert_null(find(&check, 6025));
  pi_check_close(&check);
}

static void test_whole_finds_a_market_that_lifts_certain_harm(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "violence", "unlikely", "2",
            FOR_CONCERN FOR_HARM "balance:interest('own', c.sole_source, 2)");
  policy_maker_market(&rig->maker, "NL", "balance:interest('here', case.signals.here == true and 1 or 0, 1)");
  pi_check check = run(rig, 500);
  const pi_finding *finding = find(&check, 6025);
  assert_non_null(finding);
  assert_string_equal(finding->script->file.ptr, "markets/NL.lua");
  assert_non_null(strstr(finding->message.ptr, ", bar 2, market 1"));
  pi_check_close(&check);
}

/* How a rule is broken is no fact of another rule, but certain harm is none of any kind. */
static void test_whole_finds_certain_harm_of_one_kind_or_ground(void **state) {
  static const char *const BODIES[] = {
      FOR_CONCERN FOR_HARM "balance:interest('own', case.violation.kind == 'slurs' and 1 or 0, 5)",
      FOR_CONCERN FOR_HARM "balance:interest('own', case.violation.grounds[1] == 'age' and 1 or 0, 5)",
      FOR_CONCERN FOR_HARM "local all = case.violation.kind == 'slurs' and #case.violation.grounds > 9\n"
                           "balance:interest('own', all and 1 or 0, 5)",
  };
  static const char *const SHOWN[] = {"\"kind\":\"slurs\"}", "\"grounds\":[\"age\"]}",
                                      "\"kind\":\"slurs\",\"grounds\":[\"race\","};
  engine_rig *rig = *state;
  for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++) {
    make_rule(rig, "hateful_conduct", "possible", "2", BODIES[i]);
    pi_check check = run(rig, 1000);
    const pi_finding *finding = find(&check, 6025);
    assert_non_null(finding);
    assert_non_null(strstr(finding->case_json.ptr, SHOWN[i]));
    pi_check_close(&check);
  }
}

/* The kinds of a rule without a row are those that its script writes out. */
static void test_whole_finds_certain_harm_of_a_kind_without_a_row(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "spam", "possible", "2",
            FOR_CONCERN FOR_HARM "balance:interest('own', case.violation.kind == 'bulk' and 1 or 0, 5)");
  pi_check check = run(rig, 500);
  const pi_finding *finding = find(&check, 6025);
  assert_non_null(finding);
  assert_non_null(strstr(finding->case_json.ptr, "[{\"rule\":\"spam\",\"kind\":\"bulk\"}]"));
  pi_check_close(&check);
}

/* Private data that is only threatened need not stand in the text. */
static void test_whole_finds_certain_harm_where_a_text_holds_no_data(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "private_information", "possible", "2",
            FOR_CONCERN FOR_HARM "balance:interest('own', case.violation.has_spans and 0 or 1, 5)");
  pi_check check = run(rig, 500);
  const pi_finding *finding = find(&check, 6025);
  assert_non_null(finding);
  assert_non_null(strstr(finding->case_json.ptr, "\"spans\":[]"));
  pi_check_close(&check);
}

/* A market's number of a signal, a rule's of a strength, as it is, as percent, and at its end. */
static void test_whole_finds_what_holds_between_two_numbers_only(void **state) {
  static const char *const MARKETS[] = {
      "local x = case.signals.x\nx = type(x) == 'number' and x or 0\n"
      "balance:interest('own', x > 0.1 and x < 0.13 and spared and 1 or 0, 2)",
      "local x = case.signals.x\nx = type(x) == 'number' and x or 0\n"
      "balance:interest('own', x >= -7 and x < -5 and spared and 1 or 0, 2)",
      "balance:interest('own', case.signals.x == 'amber' and spared and 1 or 0, 2)",
      "local x = case.context.hyperbole * 100\n"
      "balance:interest('own', x > 61 and x < 63 and spared and 1 or 0, 2)",
      "local x = 1 - case.context.hyperbole\n"
      "balance:interest('own', x > 0.9 and x < 0.93 and spared and 1 or 0, 2)",
      "local x = case.context.hyperbole\n" /* 2 is reached below the upper end alone */
      "balance:interest('own', x > 0.1 and x < 0.3 and spared and x or 0, 6.666)",
  };
  engine_rig *rig = *state;
  make_rule(rig, "violence", "unlikely", "3", FOR_CONCERN);
  make_rule(rig, "hateful_conduct", "possible", "1", FOR_CONCERN);
  for (size_t i = 0; i < sizeof MARKETS / sizeof *MARKETS; i++) {
    char body[512];
    snprintf(body, sizeof body, "local spared = case.violation.rule == 'violence'\n%s", MARKETS[i]);
    policy_maker_market(&rig->maker, "NL", body);
    pi_check check = run(rig, 1000);
    assert_null(find(&check, 6024));
    pi_check_close(&check);
    make_rule(rig, "violence", "unlikely", "2.999", FOR_CONCERN);
    check = run(rig, 1000);
    const pi_finding *finding = find(&check, 6024);
    assert_non_null(finding);
    assert_string_equal(finding->script->file.ptr, "markets/NL.lua");
    pi_check_close(&check);
    make_rule(rig, "violence", "unlikely", "3", FOR_CONCERN);
  }
}

/* No script can bring that about: a host is needed that calls a notice what is none. */
static void test_whole_finds_a_host_that_asks_for_no_public_concern(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "violence", "unlikely", "0", FOR_CONCERN);
  pi_check check = run(rig, 200);
  assert_null(find(&check, 6026));
  engine_rig_evaluate(rig,
                      "{'id':'c','account':{'verified':true,'followers_count':200000,'office':{'status':'"
                      "candidate','branch':'legislative'}},'violations':[{'rule':'violence'}],"
                      "'context':{" HARM_ASSESSED ",'public_concern':0}}");
  const pi_case *input = &rig->input->facts;
  pubint_evaluation *broken = malloc(sizeof *broken);
  assert_non_null(broken);
  *broken = *rig->evaluation;
  assert_int_equal(pi_whole_judge(&check, input, broken), PUBINT_OK);
  assert_null(find(&check, 6026));
  broken->entries[0].verdict = PUBINT_NOTICE;
  assert_int_equal(pi_whole_judge(&check, input, broken), PUBINT_OK);
  free(broken);
  const pi_finding *finding = find(&check, 6026);
  assert_non_null(finding);
  assert_string_equal(finding->message.ptr, "a notice without public concern under violence");
  assert_non_null(strstr(finding->case_json.ptr, "\"public_concern\":0"));
  pi_check_close(&check);
}

static void test_whole_tells_what_was_tried(void **state) {
  engine_rig *rig = *state;
  make_rule(rig, "violence", "unlikely", "2", FOR_CONCERN);
  pi_check check = run(rig, 64);
  pi_buffer json;
  pi_buffer_init(&json, 1 << 20);
  pi_check_write(&check, &json);
  assert_non_null(strstr(pi_buffer_end(&json), "\"whole\":{\"line_ups\":16,\"searches\":4,"));
  pi_buffer_dispose(&json);
  pi_check_close(&check);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_whole_finds_an_order_that_fails_by_a_hundredth),
      RIG_TEST(test_whole_lets_an_order_stand_that_holds_to_the_point),
      RIG_TEST(test_whole_finds_a_condition_that_only_the_looser_rule_has),
      RIG_TEST(test_whole_compares_no_two_rules_of_one_group),
      RIG_TEST(test_whole_leaves_the_kind_aside),
      RIG_TEST(test_whole_compares_private_data_as_left_out),
      RIG_TEST(test_whole_finds_the_market_that_spares_a_stricter_rule),
      RIG_TEST(test_whole_finds_one_pair_among_many_rules),
      RIG_TEST(test_whole_finds_a_bar_below_certain_harm),
      RIG_TEST(test_whole_finds_a_market_that_lifts_certain_harm),
      RIG_TEST(test_whole_finds_certain_harm_of_one_kind_or_ground),
      RIG_TEST(test_whole_finds_certain_harm_of_a_kind_without_a_row),
      RIG_TEST(test_whole_finds_certain_harm_where_a_text_holds_no_data),
      RIG_TEST(test_whole_finds_what_holds_between_two_numbers_only),
      RIG_TEST(test_whole_finds_a_host_that_asks_for_no_public_concern),
      RIG_TEST(test_whole_tells_what_was_tried),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
