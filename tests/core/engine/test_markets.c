/* A market may narrow at will and widen only a little (design sections 5 and 6; R037, R044). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "evaluation.h"

/* A rule with a margin of `interest` − `harm` (0..10 each), and the market NL with that body. */
static void make_market(engine_rig *self, const char *rule_body, const char *market_body) {
  policy_maker_rule(&self->maker, "made", "0", rule_body);
  policy_maker_market(&self->maker, "NL", market_body);
  engine_rig_load(self);
}

static void weigh(engine_rig *self) {
  engine_rig_weigh(self, "{'rule':'made'}", "'market':'NL'," ASSESSED);
}

/* ---- the clamp ---- */

static void test_markets_count_for_three_points_either_way_and_no_more(void **state) {
  engine_rig *self = *state;
  static const struct {
    const char *body, *market, *margin, *outcome;
  } CASES[] = {
      {"balance:interest('m', 1, 2.999)", "'interest':2.999,'harm':0,'counted':2.999,'clamped':false",
       "2.999", "notice"},
      {"balance:interest('m', 1, 3)", "'interest':3,'harm':0,'counted':3,'clamped':false", "3", "notice"},
      {"balance:interest('m', 1, 3.001)", "'interest':3.001,'harm':0,'counted':3,'clamped':true", "3",
       "notice"},
      {"balance:interest('m', 1, 3)\nbalance:interest('n', 0.000001, 0.001)",
       "'interest':3.000000001,'harm':0,'counted':3,'clamped':true", "3", "notice"},
      {"balance:harm('m', 1, 2.999)", "'interest':0,'harm':2.999,'counted':-2.999,'clamped':false", "-2.999",
       "remove"},
      {"balance:harm('m', 1, 3)", "'interest':0,'harm':3,'counted':-3,'clamped':false", "-3", "remove"},
      {"balance:harm('m', 1, 3.001)", "'interest':0,'harm':3.001,'counted':-3,'clamped':true", "-3",
       "remove"},
      {"balance:harm('m', 1, 3)\nbalance:harm('n', 0.000001, 0.001)",
       "'interest':0,'harm':3.000000001,'counted':-3,'clamped':true", "-3", "remove"},
      {"balance:interest('m', 1, 10)\nbalance:harm('n', 1, 9)",
       "'interest':10,'harm':9,'counted':1,'clamped':false", "1", "notice"},
      {"for i = 1, 64 do balance:interest('f' .. i, 1, 10) end",
       "'interest':640,'harm':0,'counted':3,'clamped':true", "3", "notice"},
      {"", "'interest':0,'harm':0,'counted':0,'clamped':false", "0", "notice"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    char text[256];
    make_market(self, "", CASES[i].body);
    weigh(self);
    engine_rig_expect(self, CASES[i].outcome, "weighed");
    (void)snprintf(text, sizeof text, "'interest':0,'harm':0,'bar':0,'market':{%s},'margin':%s,'factors':[",
                   CASES[i].market, CASES[i].margin);
    engine_rig_has(self, text); /* the rule's own sums stay the rule's */
  }
}

/* What is three below the bar may still be lifted, a billionth more not, whatever the market gives. */
static void test_markets_widen_only_a_little(void **state) {
  engine_rig *self = *state;
  static const char generous[] = "for i = 1, 60 do balance:interest('f' .. i, 1, 10) end";
  make_market(self, "balance:harm('h', 1, 3)", generous);
  weigh(self);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_has(self, "'counted':3,'clamped':true},'margin':0,");
  make_market(self, "balance:harm('h', 1, 3)\nbalance:harm('i', 0.000001, 0.001)", generous);
  weigh(self);
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self, "'counted':3,'clamped':true},'margin':-0.000000001,");
}

/* ---- conditions ---- */

static void test_markets_conditions_bind_fully(void **state) {
  engine_rig *self = *state;
  make_market(self, "balance:interest('i', 1, 10)",
              "balance:condition('local_law', case.signals.ok == true, 'as the law is')");
  engine_rig_weigh(self, "{'rule':'made'}", "'market':'NL','signals':{'ok':false}," ASSESSED);
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self, "'margin':10,");
  engine_rig_has(self, "'conditions':[" CONCERN
                       ",{'id':'local_law','from':'market','met':false,'why':'as the law is'}]");
  engine_rig_weigh(self, "{'rule':'made'}", "'market':'NL','signals':{'ok':true}," ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_has(self, "'conditions':[" CONCERN
                       ",{'id':'local_law','from':'market','met':true,'why':'as the law is'}]");
}

/* A market neither meets a condition of the rule or the host, nor replaces it: the same id is an error, which
 * comes after the condition in the order of section 6. */
static void test_markets_cannot_turn_a_condition(void **state) {
  engine_rig *self = *state;
  make_market(self, "balance:interest('i', 1, 10)\nbalance:condition('c', false)",
              "for i = 1, 60 do balance:interest('f' .. i, 1, 10) end\nbalance:condition('other', true)");
  weigh(self);
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self, "'conditions':[" CONCERN
                       ",{'id':'c','from':'rule','met':false},{'id':'other','from':'market',"
                       "'met':true}]");
  make_market(self, "balance:interest('i', 1, 10)\nbalance:condition('c', false)",
              "balance:condition('c', true)");
  weigh(self);
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self, "'conditions':[" CONCERN ",{'id':'c','from':'rule','met':false}],'error':{");

  /* nor by the host's own name for it, which is no script's */
  policy_maker_rule(&self->maker, "private_information", "0", "balance:interest('i', 1, 10)");
  policy_maker_market(&self->maker, "NL", "balance:condition('data_omitted', true)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'private_information'}", "'market':'NL'," ASSESSED);
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self,
                 "'conditions':[" CONCERN ",{'id':'data_omitted','from':'host','met':false}],'error':{");
  if (strstr(self->json, "'data_omitted' is a condition of the host") == NULL) fail_msg("%s", self->json);
}

/* Ids, and the room for factors, conditions and notes, are shared by rule and market within one entry. */
static void test_markets_share_ids_and_room_with_the_rule(void **state) {
  engine_rig *self = *state;
  static const struct {
    const char *rule, *market, *message;
  } CASES[] = {
      {"balance:interest('f', 1, 1)", "balance:harm('f', 1, 1)", "harm: 'f' is on the balance already"},
      {"for i = 1, 60 do balance:interest('f' .. i, 1, 1) end",
       "for i = 1, 5 do balance:interest('m' .. i, 1, 1) end", "interest: no more than 64 factors"},
      {"for i = 1, 16 do balance:condition('f' .. i, true) end", "balance:condition('m', true)",
       "condition: no more than 16 conditions"},
      {"for i = 1, 16 do balance:note 'n' end", "balance:note 'm'", "note: no more than 16 notes"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    make_market(self, CASES[i].rule, CASES[i].market);
    weigh(self);
    engine_rig_expect(self, "review", "rule_error");
    if (strstr(self->json, CASES[i].message) == NULL) fail_msg("%s\nnot in %s", CASES[i].message, self->json);
  }
  make_market(self, "for i = 1, 60 do balance:interest('f' .. i, 1, 1) end",
              "for i = 1, 4 do balance:interest('m' .. i, 1, 1) end");
  weigh(self);
  engine_rig_expect(self, "notice", "weighed");
}

/* ---- failing ---- */

static const char failing[] = "local x = case.context.misleads_voters\nbalance:interest('m', 1, 10)\n"
                              "balance:condition('c', false)\nbalance:note('of the market')\nerror 'broken'";

/* A market that fails cannot have made more than three points of difference: what even those could not lift
 * is removed, all else is for people. */
static void test_markets_failing_remove_what_they_could_not_have_lifted(void **state) {
  engine_rig *self = *state;
  static const struct {
    const char *rule, *margin, *outcome, *basis;
  } CASES[] = {
      {"balance:interest('i', 1, 10)", "10", "review", "rule_error"},
      {"", "0", "review", "rule_error"},
      {"balance:harm('h', 1, 2.999)", "-2.999", "review", "rule_error"},
      {"balance:harm('h', 1, 3)", "-3", "review", "rule_error"},
      {"balance:harm('h', 1, 3)\nbalance:harm('i', 0.000001, 0.001)", "-3.000000001", "remove", "weighed"},
      {"balance:harm('h', 1, 10)", "-10", "remove", "weighed"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    char text[256];
    make_market(self, CASES[i].rule, failing);
    weigh(self);
    engine_rig_expect(self, CASES[i].outcome, CASES[i].basis);
    (void)snprintf(text, sizeof text, "'rules':[{'rule':'made','verdict':'%s','basis':'%s',",
                   CASES[i].outcome, CASES[i].basis);
    engine_rig_has(self, text);
    (void)snprintf(text, sizeof text, "'bar':0,'margin':%s,'factors':[", CASES[i].margin);
    engine_rig_has(self, text);
    engine_rig_has(self,
                   "'error':{'code':'E3001','kind':'script','message':'broken','script':'markets/NL.lua',"
                   "'line':6}}],'market':{'id':'NL','script':true}");
  }
}

/* The rule's own stay, with its reads; of the market nothing does but its error. */
static void test_markets_failing_leave_the_rules_own(void **state) {
  engine_rig *self = *state;
  make_market(self,
              "balance:interest('i', 1, 1)\nbalance:condition('r', true)\nbalance:note('of the rule')\n"
              "local x = case.context.hyperbole",
              failing);
  weigh(self);
  engine_rig_expect(self, "review", "rule_error");
  engine_rig_has(self,
                 "'interest':1,'harm':0,'bar':0,'margin':1,'factors':[{'id':'i','side':'interest','from':"
                 "'rule','strength':1,'weight':1,'points':1}],'conditions':[" CONCERN
                 ",{'id':'r','from':'rule','met':"
                 "true}],'notes':['of the rule'],'error':{");
  engine_rig_has(self, "'unknown':['context.hyperbole'],");
}

/* A failing market gives no way round a condition: that comes first. */
static void test_markets_failing_do_not_save_what_a_condition_removes(void **state) {
  engine_rig *self = *state;
  make_market(self, "balance:interest('i', 1, 10)\nbalance:condition('r', false)", failing);
  weigh(self);
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self, "'error':{'code':'E3001',");
}

/* ---- none, or not asked ---- */

static void test_markets_without_a_script_are_said_to_have_none(void **state) {
  engine_rig *self = *state;
  make_market(self, "balance:interest('i', 1, 1)", failing);
  engine_rig_weigh(self, "{'rule':'made'}", "'market':'FR'," ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_has(self, "}],'market':{'id':'FR','script':false},'effects':");
  engine_rig_has(self, "'bar':0,'margin':1,");
  engine_rig_weigh(self, "{'rule':'made'}",
                   "'market':'NL-ZH'," ASSESSED); /* a region is a market of its own */
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_has(self, "}],'market':{'id':'NL-ZH','script':false},'effects':");
  engine_rig_weigh(self, "{'rule':'made'}", ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_lacks(self, "'market'");
}

/* It runs after a rule's script: where there is none, or it failed, nothing is left to sway. */
static void test_markets_run_only_after_a_rule_was_weighed(void **state) {
  engine_rig *self = *state;
  make_market(self, "error 'of the rule'", failing);
  engine_rig_weigh(self, "{'rule':'made'},{'rule':'none'}", "'market':'NL'," ASSESSED);
  engine_rig_expect(self, "review", "rule_error");
  engine_rig_has(self, "'message':'of the rule','script':'rules/made.lua'");
  engine_rig_lacks(self, "NL.lua");
  engine_rig_has(self, "}],'market':{'id':'NL','script':true},'policy':");
}

/* Once for each violation, knowing which. */
static void test_markets_run_for_each_violation(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "violence", "0", "balance:note('rule ' .. case.violation.rule)");
  policy_maker_rule(&self->maker, "hateful_conduct", "0", "");
  policy_maker_market(
      &self->maker, "NL",
      "local v = case.violation\nlocal g = {}\nfor i, ground in ipairs(v.grounds) do g[i] = ground end\n"
      "balance:note(v.rule .. ' ' .. tostring(v.kind) .. ' ' .. tostring(v.has_spans) .. ' ' .. "
      "table.concat(g, '+'))\n"
      "balance:harm('h', v.rule == 'violence' and 1 or 0, 1)");
  engine_rig_load(self);
  engine_rig_weigh(self,
                   "{'rule':'violence','kind':'threat'},{'rule':'hateful_conduct','grounds':['race','age']}",
                   "'market':'NL'," ASSESSED);
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self, "'notes':['rule violence','violence threat false ']");
  engine_rig_has(self, "'notes':['hateful_conduct nil false race+age']");
  engine_rig_has(self, "'market':{'interest':0,'harm':1,'counted':-1,'clamped':false},'margin':-1,");
  engine_rig_has(self, "'market':{'interest':0,'harm':0,'counted':0,'clamped':false},'margin':0,");
}

/* ---- harm that a market read ---- */

static void test_markets_reading_unknown_harm_stand_in_the_way_of_a_notice(void **state) {
  engine_rig *self = *state;
  make_market(self, "", "local x = case.context.misleads_voters");
  weigh(self);
  engine_rig_expect(self, "review", "unassessed");
  engine_rig_has(self,
                 "'unassessed':['context.misleads_voters']}],'market':{'id':'NL','script':true},'unknown':"
                 "['context.misleads_voters'],");
  engine_rig_weigh(self, "{'rule':'made'}", "'market':'NL','misleads_voters':0.1," ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_markets_count_for_three_points_either_way_and_no_more),
      RIG_TEST(test_markets_widen_only_a_little),
      RIG_TEST(test_markets_conditions_bind_fully),
      RIG_TEST(test_markets_cannot_turn_a_condition),
      RIG_TEST(test_markets_share_ids_and_room_with_the_rule),
      RIG_TEST(test_markets_failing_remove_what_they_could_not_have_lifted),
      RIG_TEST(test_markets_failing_leave_the_rules_own),
      RIG_TEST(test_markets_failing_do_not_save_what_a_condition_removes),
      RIG_TEST(test_markets_without_a_script_are_said_to_have_none),
      RIG_TEST(test_markets_run_only_after_a_rule_was_weighed),
      RIG_TEST(test_markets_run_for_each_violation),
      RIG_TEST(test_markets_reading_unknown_harm_stand_in_the_way_of_a_notice),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
