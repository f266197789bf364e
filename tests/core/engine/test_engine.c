/* From gates to an outcome (design sections 4, 6 and 12): the verdict on one violation, the verdict on the
 * Tweet, and what stands in the way of a notice. Markets are in test_markets.c, texts in test_redact.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "evaluation.h"

/* ---- the Tweet: several verdicts (A01) ---- */

/* A rule of each verdict and basis; "no_script" has no file. */
static void make_verdicts(engine_rig *self) {
  policy_maker_rule(&self->maker, "grants", "0", "balance:interest('x', 1, 1)");
  policy_maker_rule(&self->maker, "removes", "0", "balance:harm('x', 1, 1)");
  policy_maker_rule(&self->maker, "fails", "0", "error 'it is broken'");
  policy_maker_rule(&self->maker, "unassessed", "0", "local x = case.context.violence_link");
  engine_rig_load(self);
}

static const char *const VERDICT_RULES[] = {"grants", "removes", "fails", "no_script", "unassessed"};
enum { VERDICT_RULES_COUNT = sizeof VERDICT_RULES / sizeof *VERDICT_RULES };

/* What the page says of a set of rules, bit i for VERDICT_RULES[i]. */
static void expected_of(unsigned set, const char **outcome, const char **basis) {
  *outcome = "review";
  if ((set & 2) != 0) {
    *outcome = "remove";
    *basis = "weighed";
  } else if ((set & 4) != 0) {
    *basis = "rule_error";
  } else if ((set & 8) != 0) {
    *basis = "no_script";
  } else if ((set & 16) != 0) {
    *basis = "unassessed";
  } else {
    *outcome = "notice";
    *basis = "weighed";
  }
}

/* A01: every set of verdicts, each in every rotation and both directions, so that no order decides. */
static void test_engine_most_restrictive_verdict_wins_in_every_order(void **state) {
  engine_rig *self = *state;
  make_verdicts(self);
  unsigned tried = 0;
  for (unsigned set = 1; set < 1U << VERDICT_RULES_COUNT; set++) {
    for (int turn = 0; turn < 2 * VERDICT_RULES_COUNT; turn++, tried++) {
      char violations[512] = "";
      size_t length = 0;
      for (int i = 0; i < VERDICT_RULES_COUNT; i++) {
        int step = turn % 2 == 0 ? i : VERDICT_RULES_COUNT - 1 - i;
        int rule = (step + turn / 2) % VERDICT_RULES_COUNT;
        if ((set >> rule & 1) == 0) continue;
        int n = snprintf(violations + length, sizeof violations - length, "%s{'rule':'%s'}",
                         length > 0 ? "," : "", VERDICT_RULES[rule]);
        length += (size_t)n;
      }
      const char *outcome, *basis;
      expected_of(set, &outcome, &basis);
      engine_rig_weigh(self, violations, ASSESSED);
      engine_rig_expect(self, outcome, basis);
    }
  }
  assert_int_equal(tried, 31 * 10);
}

static void test_engine_entries_stand_in_the_order_of_the_case(void **state) {
  engine_rig *self = *state;
  make_verdicts(self);
  engine_rig_weigh(self, "{'rule':'removes'},{'rule':'no_script','kind':'b'},{'rule':'grants'}", ASSESSED);
  assert_int_equal(self->evaluation->entries_count, 3);
  engine_rig_has(self, "'rules':[{'rule':'removes','verdict':'remove','basis':'weighed',");
  engine_rig_has(self, "},{'rule':'no_script','kind':'b','verdict':'review','basis':'no_script'},{'rule':"
                       "'grants','verdict':'notice','basis':'weighed',");
}

/* R041: only what is never weighed, or is no violation, is final. */
static void test_engine_final_only_where_nothing_is_left_to_decide(void **state) {
  engine_rig *self = *state;
  make_verdicts(self);
  static const struct {
    const char *text, *outcome, *basis;
    bool final;
  } CASES[] = {
      {"{'id':'c','violations':[]}", "no_action", "no_violation", true},
      {"{'id':'c','violations':[{'rule':'terrorism'}]}", "remove", "never_excepted", true},
      {"{'id':'c','account':{'verified':false},'violations':[{'rule':'grants'}]}", "remove", "not_eligible",
       true},
      {"{'id':'c','violations':[{'rule':'grants'}]}", "review", "incomplete", false},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    engine_rig_evaluate(self, CASES[i].text);
    engine_rig_expect(self, CASES[i].outcome, CASES[i].basis);
    engine_rig_has(self, CASES[i].final ? "'final':true" : "'final':false");
    assert_int_equal(pubint_evaluation_final(self->evaluation), CASES[i].final);
  }
  for (int rule = 0; rule < VERDICT_RULES_COUNT; rule++) {
    char violation[64];
    (void)snprintf(violation, sizeof violation, "{'rule':'%s'}", VERDICT_RULES[rule]);
    engine_rig_weigh(self, violation, ASSESSED);
    engine_rig_has(self, "'final':false");
    assert_false(pubint_evaluation_final(self->evaluation));
  }
}

/* ---- before the weighing ---- */

/* R031, R032: no script runs and nothing of it shows, though the rule's script would fail and the market is
 * known. */
static void test_engine_nothing_is_scored_before_the_gates(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "violence", "0", "error 'ran'");
  policy_maker_market(&self->maker, "NL", "error 'ran'");
  engine_rig_load(self);
  static const char *const CASES[] = {
      "{'id':'c','violations':[],'context':{'market':'NL'}}",
      "{'id':'c','violations':[{'rule':'copyright'},{'rule':'violence'}],'context':{'market':'NL'}}",
      "{'id':'c','account':{'verified':false},'violations':[{'rule':'violence'}],'context':{'market':'NL'}}",
      "{'id':'c','violations':[{'rule':'violence'}],'context':{'market':'NL'}}",
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    engine_rig_evaluate(self, CASES[i]);
    engine_rig_lacks(self, "'rules'");
    engine_rig_lacks(self, "'market'");
    engine_rig_lacks(self, "'effects'");
    engine_rig_lacks(self, "'unknown':");
  }
}

/* R072, R108–R112, R022: whatever else holds, also where no gate passes or the account's facts are unknown.
 */
static void test_engine_never_excepted_whatever_else_holds(void **state) {
  engine_rig *self = *state;
  make_verdicts(self);
  static const char *const NEVER[] = {"terrorism", "child_sexual_exploitation", "non_consensual_nudity",
                                      "sexual_violence", "copyright"};
  static const char *const ACCOUNTS[] = {
      "'account':{'verified':true,'followers_count':9007199254740991,'office':{'status':'candidate','branch':'executive'}},",
      "'account':{'verified':false,'followers_count':0,'office':{'status':'none'}},", ""};
  static const char *const FORMS[] = {"{'rule':'%s'}", "{'rule':'%s'},{'rule':'grants'}",
                                      "{'rule':'grants'},{'rule':'fails'},{'rule':'%s'}"};
  for (size_t i = 0; i < 5 * 3 * 3; i++) {
    char violations[256], text[1024];
    const char *form = FORMS[i / 15];
    const char *mark = strstr(form, "%s");
    (void)snprintf(violations, sizeof violations, "%.*s%s%s", (int)(mark - form), form, NEVER[i % 5],
                   mark + 2);
    (void)snprintf(text, sizeof text, "{'id':'c',%s'violations':[%s],'context':{%s}}", ACCOUNTS[i / 5 % 3],
                   violations, ASSESSED);
    engine_rig_evaluate(self, text);
    engine_rig_expect(self, "remove", "never_excepted");
    engine_rig_has(self, "'final':true");
    engine_rig_lacks(self, "'rules'");
  }
}

/* A11: a failed gate decides, and what other gates lack is named beside it (section 12). */
static void test_engine_missing_stands_beside_a_failed_gate(void **state) {
  engine_rig *self = *state;
  make_verdicts(self);
  engine_rig_evaluate(self, "{'id':'c','account':{'verified':false,'office':{'status':'holder','branch':"
                            "'judicial'}},'violations':[{'rule':'grants'}]}");
  engine_rig_expect(self, "remove", "not_eligible");
  engine_rig_has(self, "'missing':['account.followers_count','account.office.branch']");
}

/* ---- one violation: no script, an error ---- */

static void test_engine_rule_without_a_script_is_for_people(void **state) {
  engine_rig *self = *state;
  make_verdicts(self);
  /* One of the table and one of nobody's. */
  engine_rig_weigh(self, "{'rule':'violence','kind':'threat'},{'rule':'spam'}", ASSESSED);
  engine_rig_expect(self, "review", "no_script");
  engine_rig_has(self, "'rules':[{'rule':'violence','kind':'threat','verdict':'review','basis':'no_script'},"
                       "{'rule':'spam','verdict':'review','basis':'no_script'}]");
}

static void test_engine_failing_rule_leaves_its_error_and_no_factors(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "violence", "2.5",
                    "balance:interest('much', 1, 10)\nbalance:condition('c', false, 'w')\n"
                    "balance:note('n')\nlocal x = case.context.hyperbole\nerror 'it is \"broken\"'");
  policy_maker_market(&self->maker, "NL", "balance:harm('h', 1, 1)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'violence'}", "'market':'NL'," ASSESSED);
  engine_rig_expect(self, "review", "rule_error");
  engine_rig_has(self,
                 "'rules':[{'rule':'violence','verdict':'review','basis':'rule_error','class':'possible',"
                 "'bar':2.5,'conditions':[" CONCERN
                 "],'error':{'code':'E3001','kind':'script','message':'it is \\'broken\\'','script':"
                 "'rules/violence.lua','line':6}}],'market':{'id':'NL','script':true},'policy':");
}

static void test_engine_error_of_a_module_names_the_module(void **state) {
  engine_rig *self = *state;
  policy_maker_text(&self->maker, "lib/shared.lua",
                    "local m = {}\nfunction m.weigh(case)\n  return case.context.hyperbol\nend\nreturn m\n");
  policy_maker_rule(&self->maker, "violence", "0", "local shared = require 'shared'\nshared.weigh(case)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'violence'}", ASSESSED);
  if (strstr(self->json,
             "\"message\":\"case.context has no 'hyperbol'; did you mean 'hyperbole'?\",\"script\":"
             "\"lib/shared.lua\",\"line\":3}") == NULL)
    fail_msg("%s", self->json);
}

static void test_engine_limits_are_their_own_kind_of_error(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "loops", "0", "while true do end");
  policy_maker_rule(&self->maker, "hoards", "0", "local t = {}\nfor i = 1, 100000 do t[i] = i end");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'loops'}", ASSESSED);
  engine_rig_expect(self, "review", "rule_error");
  engine_rig_has(self, "'error':{'code':'E3002','kind':'limit_instructions','message':");
  engine_rig_has(self, "'script':'rules/loops.lua','line':2}");
  engine_rig_weigh(self, "{'rule':'hoards'}", ASSESSED);
  engine_rig_expect(self, "review", "rule_error");
  engine_rig_has(self, "'error':{'code':'E3003','kind':'limit_memory','message':");
  engine_rig_has(self, "'script':'rules/hoards.lua','line':3}");
}

/* ---- points, margin and bar ---- */

static void test_engine_points_are_exact(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "exact", "0.001",
                    "balance:interest('least', 0.000001, 0.001)\n"
                    "balance:interest('third', case.context.hyperbole, 0.001)\n"
                    "balance:interest('rounded', 1 / 3, 0.3)\n"
                    "balance:harm('tenths', 0.1, 0.3)\n"
                    "balance:harm('none', 0, 10)\n"
                    "balance:interest('much', 1, 10)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'exact'}", "'hyperbole':0.333333," ASSESSED);
  /* In billionths: 1 + 333,333 + 99,999,900 + 10,000,000,000 of interest, 30,000,000 of harm. */
  engine_rig_has(self, "'interest':10.100333234,'harm':0.03,'bar':0.001,'margin':10.069333234,");
  engine_rig_has(
      self,
      "'factors':["
      "{'id':'least','side':'interest','from':'rule','strength':0.000001,'weight':0.001,'points':0.000000001}"
      ","
      "{'id':'third','side':'interest','from':'rule','strength':0.333333,'weight':0.001,'points':0.000333333}"
      ","
      "{'id':'rounded','side':'interest','from':'rule','strength':0.333333,'weight':0.3,'points':0.0999999},"
      "{'id':'tenths','side':'harm','from':'rule','strength':0.1,'weight':0.3,'points':0.03},"
      "{'id':'none','side':'harm','from':'rule','strength':0,'weight':10,'points':0},"
      "{'id':'much','side':'interest','from':'rule','strength':1,'weight':10,'points':10}]");
}

/* Zero is enough for a notice, a billionth less is not, and a double would not tell them apart: 0.1 + 0.2 is
 * more than 0.3 there. */
static void test_engine_margin_of_zero_is_a_notice_and_a_billionth_less_is_not(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "zero", "0.3",
                    "balance:interest('a', 0.1, 1)\nbalance:interest('b', 0.2, 1)");
  policy_maker_rule(&self->maker, "less", "0.3",
                    "balance:interest('a', 0.1, 1)\nbalance:interest('b', 0.2, 1)\n"
                    "balance:harm('c', 0.000001, 0.001)");
  policy_maker_rule(&self->maker, "more", "0.3",
                    "balance:interest('a', 0.1, 1)\nbalance:interest('b', 0.2, 1)\n"
                    "balance:interest('c', 0.000001, 0.001)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'zero'}", ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_has(self, "'margin':0,");
  engine_rig_weigh(self, "{'rule':'less'}", ASSESSED);
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self, "'margin':-0.000000001,");
  engine_rig_weigh(self, "{'rule':'more'}", ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_has(self, "'margin':0.000000001,");
}

/* 64 factors of weight 10 are 640 points: more than 32 bits of billionths by far. */
static void test_engine_most_and_heaviest_factors_do_not_overflow(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "heavy", "100", "for i = 1, 64 do balance:interest('f' .. i, 1, 10) end");
  policy_maker_rule(&self->maker, "harmful", "100", "for i = 1, 64 do balance:harm('f' .. i, 1, 10) end");
  policy_maker_rule(&self->maker, "over", "100", "for i = 1, 65 do balance:interest('f' .. i, 1, 10) end");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'heavy'}", ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_has(self, "'interest':640,'harm':0,'bar':100,'margin':540,");
  engine_rig_weigh(self, "{'rule':'harmful'}", ASSESSED);
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self, "'interest':0,'harm':640,'bar':100,'margin':-740,");
  engine_rig_weigh(self, "{'rule':'over'}", ASSESSED);
  engine_rig_expect(self, "review", "rule_error");
  engine_rig_has(self, "'message':'interest: no more than 64 factors'");
}

/* ---- conditions ---- */

/* First match: a condition that is unmet removes, however much speaks for the Tweet and whatever is
 * unassessed; its why is shown, met or not. */
static void test_engine_unmet_condition_removes(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "unmet", "0",
                    "balance:interest('x', 1, 10)\nbalance:condition('a', true)\n"
                    "balance:condition('b', false, 'since \"so\"')\nlocal x = case.context.violence_link");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'unmet'}", ASSESSED);
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self, "'margin':10,");
  engine_rig_has(self, "'conditions':[" CONCERN ",{'id':'a','from':'rule','met':true},"
                       "{'id':'b','from':'rule','met':false,'why':'since \\'so\\''}],"
                       "'unassessed':['context.violence_link']}");
}

#define NO_CONCERN "{'id':'public_concern','from':'host','met':false}"

/* R003: no exception without a matter of public concern, however little of it there need be; what nobody
 * assessed is shown as met and stands in the way of a notice all the same (section 12). No script need read
 * the fact. */
static void test_engine_public_concern_is_the_hosts_condition(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "grants", "0", "balance:interest('x', 1, 10)");
  policy_maker_rule(&self->maker, "removes", "0", "balance:harm('x', 1, 10)");
  engine_rig_load(self);
  static const struct {
    const char *context, *outcome, *basis, *condition;
  } CASES[] = {
      {"'public_concern':1,", "notice", "weighed", CONCERN "]}"},
      {"'public_concern':true,", "notice", "weighed", CONCERN "]}"},
      {"'public_concern':0.000001,", "notice", "weighed", CONCERN "]}"},
      {"'public_concern':0.0000005,", "notice", "weighed", CONCERN "]}"}, /* half up: one millionth */
      {"'public_concern':0.00000049,", "remove", "weighed", NO_CONCERN "]}"},
      {"'public_concern':0,", "remove", "weighed", NO_CONCERN "]}"},
      {"'public_concern':'none',", "remove", "weighed", NO_CONCERN "]}"},
      {"'public_concern':false,", "remove", "weighed", NO_CONCERN "]}"},
      {"'public_concern':null,", "review", "unassessed",
       CONCERN "],'unassessed':['context.public_concern']}"},
      {"", "review", "unassessed", CONCERN "],'unassessed':['context.public_concern']}"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    char context[256], entry[256];
    (void)snprintf(context, sizeof context, "%s" HARM_ASSESSED, CASES[i].context);
    engine_rig_weigh(self, "{'rule':'grants'}", context);
    engine_rig_expect(self, CASES[i].outcome, CASES[i].basis);
    (void)snprintf(entry, sizeof entry, "'points':10}],'conditions':[%s", CASES[i].condition);
    engine_rig_has(self, entry);
    engine_rig_lacks(self, "'unknown':");
    engine_rig_weigh(self, "{'rule':'removes'}", context);
    engine_rig_expect(self, "remove", "weighed");
    engine_rig_has(self, entry);
  }
  /* It binds every entry, and an error goes before it (section 6). */
  policy_maker_rule(&self->maker, "fails", "0", "error 'e'");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'grants'},{'rule':'fails'}", "'public_concern':0," HARM_ASSESSED);
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self, "{'rule':'fails','verdict':'review','basis':'rule_error','class':'possible','bar':0,"
                       "'conditions':[" NO_CONCERN "],'error':");
}

#define NOT_OMITTED "'conditions':[" CONCERN ",{'id':'data_omitted','from':'host','met':false},{'id':'c1',"
#define OMITTED     "'conditions':[" CONCERN ",{'id':'data_omitted','from':'host','met':true},{'id':'c1',"

static void weigh_private(engine_rig *self, const char *members, const char *context) {
  char text[1024];
  (void)snprintf(
      text, sizeof text,
      "{'id':'c','tweet':{'text':'ab'},'account':{'verified':true,'followers_count':200000,'office':"
      "{'status':'candidate','branch':'executive'}},'violations':[{'rule':'private_information',%s}],"
      "'context':{%s}}",
      members, context);
  engine_rig_evaluate(self, text);
}

/* R095: posted data, or a kind that nobody gave, must be blotted out; `[]` says that there is nothing to
 * blot, which is no way out of it. A threat or incitement may hold the data as well: that nobody looked is
 * unassessed (R092). It stands behind public_concern and before the rule's own, and takes none of their 16
 * places. */
static void test_engine_host_condition_on_private_information(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "private_information", "0",
                    "balance:interest('x', 1, 10)\nfor i = 1, 16 do balance:condition('c' .. i, true) end");
  engine_rig_load(self);
  static const struct {
    const char *violation, *outcome, *basis, *conditions;
  } CASES[] = {
      {"'kind':'posted'", "remove", "weighed", NOT_OMITTED},
      {"'kind':null", "remove", "weighed", NOT_OMITTED},
      {"'kind':'posted','spans':[]", "remove", "weighed", NOT_OMITTED},
      {"'spans':[]", "remove", "weighed", NOT_OMITTED},
      {"'kind':'posted','spans':[{'start':0,'end':1}]", "notice", "weighed", OMITTED},
      {"'spans':[{'start':1,'end':2,'kind':'phone'}]", "notice", "weighed", OMITTED},
      {"'kind':'threat'", "review", "unassessed", OMITTED},
      {"'kind':'incitement'", "review", "unassessed", OMITTED},
      {"'kind':'incitement','spans':null", "review", "unassessed", OMITTED},
      {"'kind':'threat','spans':[]", "notice", "weighed", OMITTED},
      {"'kind':'incitement','spans':[]", "notice", "weighed", OMITTED},
      {"'kind':'threat','spans':[{'start':0,'end':2}]", "notice", "weighed", OMITTED},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    weigh_private(self, CASES[i].violation, ASSESSED);
    engine_rig_expect(self, CASES[i].outcome, CASES[i].basis);
    engine_rig_has(self, CASES[i].conditions);
    if (strcmp(CASES[i].basis, "unassessed") == 0)
      engine_rig_has(self, "'unassessed':['violations.spans']}]");
    else
      engine_rig_lacks(self, "unassessed");
    engine_rig_lacks(self, "'unknown':"); /* it is no fact that a script could read */
  }
}

/* Section 12: behind all facts, whatever the verdict; each entry by itself. */
static void test_engine_unknown_spans_are_the_last_of_the_unassessed(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "private_information", "5", "local x = case.context.service_harm");
  policy_maker_rule(&self->maker, "grants", "0", "");
  engine_rig_load(self);
  weigh_private(self, "'kind':'threat'", "'call_to_action':0,'offline_harm':{'likelihood':0}");
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self, "'margin':-5,'factors':[],'conditions':[" CONCERN
                       ",{'id':'data_omitted','from':'host','met':true}],'unassessed':["
                       "'context.public_concern','context.rights_interference','context.service_harm',"
                       "'context.offline_harm.severity','violations.spans']}]");
  weigh_private(self, "'kind':'threat'},{'rule':'grants'},{'rule':'private_information','kind':'posted'",
                ASSESSED ",'service_harm':0");
  engine_rig_has(self, "'unassessed':['violations.spans']},{'rule':'grants','verdict':'notice','basis':"
                       "'weighed','class':'possible','interest':0,'harm':0,'bar':0,'margin':0,'factors':[],"
                       "'conditions':[" CONCERN "]},{'rule':'private_information','kind':'posted',");
  engine_rig_has(self, "'conditions':[" CONCERN ",{'id':'data_omitted','from':'host','met':false}]}]");
}

/* Section 12: an entry without a script has no conditions. */
static void test_engine_no_conditions_without_a_script(void **state) {
  engine_rig *self = *state;
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'private_information'},{'rule':'violence'}", HARM_ASSESSED);
  engine_rig_expect(self, "review", "no_script");
  engine_rig_has(self, "'rules':[{'rule':'private_information','verdict':'review','basis':'no_script',"
                       "'unassessed':['context.public_concern']},{'rule':'violence',");
  engine_rig_lacks(self, "'conditions'");
  engine_rig_weigh(self, "{'rule':'private_information','kind':'threat'}", ASSESSED);
  engine_rig_has(self, "'basis':'no_script','unassessed':['violations.spans']}]");
}

/* Section 12: their ids are refused to scripts, under every rule and to markets, met or not. */
static void test_engine_host_conditions_are_no_scripts(void **state) {
  engine_rig *self = *state;
  static const char *const IDS[] = {"public_concern", "data_omitted"};
  static const char *const RULES[] = {"violence", "private_information"};
  for (int i = 0; i < 2 * 2 * 2; i++) {
    const char *id = IDS[i % 2], *rule = RULES[i / 2 % 2];
    bool of_market = i / 4 == 1;
    char body[128], violation[64], message[192];
    (void)snprintf(body, sizeof body, "balance:condition('%s', true)", id);
    policy_maker_rule(&self->maker, rule, "1", of_market ? "balance:interest('x', 1, 10)" : body);
    policy_maker_market(&self->maker, "NL", of_market ? body : "");
    engine_rig_load(self);
    (void)snprintf(violation, sizeof violation, "{'rule':'%s','kind':'threat'%s}", rule,
                   i / 2 % 2 == 0 ? "" : ",'spans':[]");
    engine_rig_weigh(self, violation, "'market':'NL'," ASSESSED);
    engine_rig_expect(self, "review", "rule_error");
    (void)snprintf(message, sizeof message,
                   "condition: '%s' is a condition of the host itself, which no script can state", id);
    if (strstr(self->json, message) == NULL) fail_msg("%s", self->json);
    engine_rig_has(self, i / 2 % 2 == 0 ? "'conditions':[" CONCERN "],'error':"
                                        : "'conditions':[" CONCERN
                                          ",{'id':'data_omitted','from':'host','met':true}],'error':");
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_engine_most_restrictive_verdict_wins_in_every_order),
      RIG_TEST(test_engine_entries_stand_in_the_order_of_the_case),
      RIG_TEST(test_engine_final_only_where_nothing_is_left_to_decide),
      RIG_TEST(test_engine_nothing_is_scored_before_the_gates),
      RIG_TEST(test_engine_never_excepted_whatever_else_holds),
      RIG_TEST(test_engine_missing_stands_beside_a_failed_gate),
      RIG_TEST(test_engine_rule_without_a_script_is_for_people),
      RIG_TEST(test_engine_failing_rule_leaves_its_error_and_no_factors),
      RIG_TEST(test_engine_error_of_a_module_names_the_module),
      RIG_TEST(test_engine_limits_are_their_own_kind_of_error),
      RIG_TEST(test_engine_points_are_exact),
      RIG_TEST(test_engine_margin_of_zero_is_a_notice_and_a_billionth_less_is_not),
      RIG_TEST(test_engine_most_and_heaviest_factors_do_not_overflow),
      RIG_TEST(test_engine_unmet_condition_removes),
      RIG_TEST(test_engine_public_concern_is_the_hosts_condition),
      RIG_TEST(test_engine_host_condition_on_private_information),
      RIG_TEST(test_engine_unknown_spans_are_the_last_of_the_unassessed),
      RIG_TEST(test_engine_no_conditions_without_a_script),
      RIG_TEST(test_engine_host_conditions_are_no_scripts),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
