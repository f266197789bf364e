/* What an evaluation says of facts that nobody knows (design sections 5, 6 and 12), what it brings with it
 * whatever the scripts say, and that nothing but case and policy shows in its bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "evaluation.h"
#include "files.h"

/* ---- what nobody assessed ---- */

/* The facts that every notice needs, read or not: context without the one that is tried. */
static void test_engine_five_facts_must_be_assessed_read_or_not(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "silent", "0", "");
  engine_rig_load(self);
  static const struct {
    const char *context, *missing;
  } CASES[] = {
      {HARM_ASSESSED, "'context.public_concern'"},
      {"'public_concern':1,'rights_interference':0,'offline_harm':{'likelihood':0,'severity':0}",
       "'context.call_to_action'"},
      {"'public_concern':1,'call_to_action':0,'offline_harm':{'likelihood':0,'severity':0}",
       "'context.rights_interference'"},
      {"'public_concern':1,'call_to_action':0,'rights_interference':0,'offline_harm':{'severity':0}",
       "'context.offline_harm.likelihood'"},
      {"'public_concern':1,'call_to_action':0,'rights_interference':0,'offline_harm':{'likelihood':0}",
       "'context.offline_harm.severity'"},
      {"'public_concern':1,'call_to_action':null,'rights_interference':0,'offline_harm':null",
       "'context.call_to_action','context.offline_harm.likelihood','context.offline_harm.severity'"},
      {"'public_concern':null",
       "'context.public_concern','context.call_to_action','context.rights_interference',"
       "'context.offline_harm.likelihood','context.offline_harm.severity'"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    char text[256];
    engine_rig_weigh(self, "{'rule':'silent'}", CASES[i].context);
    engine_rig_expect(self, "review", "unassessed");
    engine_rig_has(self, "'verdict':'review','basis':'unassessed',");
    (void)snprintf(text, sizeof text,
                   "'factors':[],'conditions':[" CONCERN "],'unassessed':[%s]}],'policy':", CASES[i].missing);
    engine_rig_has(self, text); /* and no `unknown`: the script read nothing */
  }
  engine_rig_weigh(self, "{'rule':'silent'}", ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_lacks(self, "'unassessed'");
}

/* Every other harm fact of the table counts when a script has read it, by its name or by case:known, and does
 * not when none has. */
static void test_engine_other_harm_facts_count_once_they_are_read(void **state) {
  engine_rig *self = *state;
  const pi_fact_set always = PI_FACT_BIT(PI_FACT_CALL_TO_ACTION) | PI_FACT_BIT(PI_FACT_RIGHTS_INTERFERENCE) |
                             PI_FACT_BIT(PI_FACT_HARM_LIKELIHOOD) | PI_FACT_BIT(PI_FACT_HARM_SEVERITY);
  unsigned tried = 0;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].side != PI_SIDE_HARM || (always & PI_FACT_BIT(fact)) != 0) continue;
    const char *path = PI_FACTS[fact].path.ptr;
    char body[256], unassessed[256], known[256];
    (void)snprintf(body, sizeof body, "local x = case.%s", path);
    policy_maker_rule(&self->maker, "reads", "0", body);
    (void)snprintf(body, sizeof body, "case:known '%s'", path);
    policy_maker_rule(&self->maker, "asks", "0", body);
    policy_maker_rule(&self->maker, "silent", "0", "");
    engine_rig_load(self);
    (void)snprintf(unassessed, sizeof unassessed, "'unassessed':['%s']}],'unknown':['%s'],'policy':", path,
                   path);
    if (fact == PI_FACT_TARGET_KIND)
      (void)snprintf(known, sizeof known, "'target':{'kind':'public'}," ASSESSED);
    else
      (void)snprintf(known, sizeof known, "'%s':0," ASSESSED, PI_FACTS[fact].key.ptr);
    static const char *const READING[] = {"{'rule':'reads'}", "{'rule':'asks'}"};
    for (int i = 0; i < 2; i++, tried++) {
      engine_rig_weigh(self, READING[i], ASSESSED);
      engine_rig_expect(self, "review", "unassessed");
      engine_rig_has(self, unassessed);
      engine_rig_weigh(self, READING[i], known);
      engine_rig_expect(self, "notice", "weighed");
    }
    engine_rig_weigh(self, "{'rule':'silent'}", ASSESSED);
    engine_rig_expect(self, "notice", "weighed");
    engine_rig_lacks(self, "'unknown':");
  }
  /* target.kind, violence_link, misleads_voters, facilitates_transaction, service_harm */
  assert_int_equal(tried, 2 * 5);
}

/* Section 12: on a removal, on a rule without a script and on one that failed, too. */
static void test_engine_unassessed_is_listed_whatever_the_verdict(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "removes", "1", "local x = case.context.violence_link");
  policy_maker_rule(&self->maker, "fails", "1", "local x = case.context.violence_link\nerror 'e'");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'removes'},{'rule':'none'},{'rule':'fails'}",
                   "'public_concern':1,'call_to_action':0,'offline_harm':{'likelihood':0}");
  engine_rig_expect(self, "remove", "weighed");
  engine_rig_has(self,
                 "{'rule':'removes','verdict':'remove','basis':'weighed','class':'possible','interest':0,"
                 "'harm':0,'bar':1,'margin':-1,'factors':[],'conditions':[" CONCERN
                 "],'unassessed':['context.rights_interference',"
                 "'context.violence_link','context.offline_harm.severity']}");
  engine_rig_has(self, "{'rule':'none','verdict':'review','basis':'no_script','unassessed':["
                       "'context.rights_interference','context.offline_harm.severity']}");
  engine_rig_has(self,
                 "{'rule':'fails','verdict':'review','basis':'rule_error','class':'possible','bar':1,"
                 "'conditions':[" CONCERN
                 "],'unassessed':['context.rights_interference','context.offline_harm.severity'],'error':");
}

/* An interest that nobody assessed counts as 0 and is no harm. */
static void test_engine_unknown_interest_is_zero_and_no_obstacle(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(
      &self->maker, "reads", "0",
      "assert(case.context.hyperbole == 0)\nassert(case.tweet.text == nil)\n"
      "assert(case.context.target.political_context == 0)\nassert(case.account.office.level == nil)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'reads'}", ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_lacks(self, "'unassessed'");
  engine_rig_has(self, "'unknown':['tweet.text','account.office.level','context.target.political_context',"
                       "'context.hyperbole']");
}

/* Section 12: "read" is what the script really read. */
static void test_engine_a_fact_behind_a_short_circuit_is_not_read(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "asks", "0",
                    "local x = case.context.target.kind == 'official' and case.context.violence_link or 0");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'asks'}", "'target':{'kind':'public'}," ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_lacks(self, "'unknown':");
  engine_rig_weigh(self, "{'rule':'asks'}", "'target':{'kind':'official'}," ASSESSED);
  engine_rig_expect(self, "review", "unassessed");
  engine_rig_has(self, "'unknown':['context.violence_link']");
}

/* ---- unknown ---- */

static void test_engine_unknown_is_in_the_order_of_the_table_and_once(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(
      &self->maker, "first", "0",
      "local c = case.context\nlocal x = c.signals, c.withheld_in, c.historical_event, c.hyperbole,\n"
      "  case.account.followers_count, case.tweet.text, case.tweet.id");
  policy_maker_rule(&self->maker, "second", "0",
                    "local x = case.tweet.text, case.tweet.text, case.context.market, case.id,\n"
                    "  case.account.office.country, case.signals");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'second'},{'rule':'first'},{'rule':'second','kind':'again'}", ASSESSED);
  engine_rig_has(self,
                 "'unknown':['tweet.id','tweet.text','account.office.country','context.market',"
                 "'context.hyperbole','context.historical_event','context.withheld_in','context.signals'],"
                 "'policy':");
}

/* What a script read that failed is not told (sandbox.h): of a script that failed nothing is kept. */
static void test_engine_a_failed_script_read_nothing(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "fails", "0", "local x = case.context.hyperbole\nerror 'e'");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'fails'}", ASSESSED);
  engine_rig_lacks(self, "'unknown':");
}

static void test_engine_absent_signals_read_as_an_empty_object(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "reads", "0",
                    "local n = 0\nfor k in pairs(case.signals) do n = n + 1 end\n"
                    "balance:note('keys ' .. n .. ' absent ' .. tostring(case.signals.free))\n"
                    "assert(case.signals == case.context.signals)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'reads'}", ASSESSED);
  engine_rig_expect(self, "notice", "weighed");
  engine_rig_has(self, "'notes':['keys 0 absent nil']");
  engine_rig_has(self, "'unknown':['context.signals']");
  engine_rig_weigh(self, "{'rule':'reads'}", "'signals':null," ASSESSED);
  engine_rig_has(self, "'unknown':['context.signals']");
  engine_rig_weigh(self, "{'rule':'reads'}", "'signals':{}," ASSESSED);
  engine_rig_has(self, "'notes':['keys 0 absent nil']");
  engine_rig_lacks(self, "'unknown':");
  engine_rig_weigh(self, "{'rule':'reads'}", "'signals':{'free':1.5,'b':null}," ASSESSED);
  engine_rig_has(self, "'notes':['keys 1 absent 1.5']");
}

/* ---- what no script decides ---- */

#define EFFECTS                                                                                              \
  "'effects':{'click_through':true,'like':false,'retweet':false,'reply':false,'share':false,"                \
  "'recommend':false,'quote':true,'rules_named':["

/* R009–R016, R019, R020: all of them on every notice, and none on anything else. */
static void test_engine_effects_of_a_notice_are_always_all(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "grants", "0", "");
  policy_maker_rule(&self->maker, "removes", "1", "");
  policy_maker_rule(&self->maker, "fails", "0", "error 'e'");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'grants'}", ASSESSED);
  engine_rig_has(self, "}]," EFFECTS "'grants'],'learn_more':'https://example.org/notice'},'policy':");
  static const char *const OTHERS[] = {"{'rule':'removes'}",   "{'rule':'grants'},{'rule':'removes'}",
                                       "{'rule':'fails'}",     "{'rule':'none'}",
                                       "{'rule':'copyright'}", ""};
  for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
    engine_rig_weigh(self, OTHERS[i], ASSESSED);
    engine_rig_lacks(self, "'effects'");
    engine_rig_lacks(self, "learn_more");
  }
  engine_rig_weigh(self, "{'rule':'grants'}", "");
  engine_rig_expect(self, "review", "unassessed");
  engine_rig_lacks(self, "'effects'");
}

/* R010: the violated rules, each once, in the order of the case. */
static void test_engine_each_violated_rule_is_named_once(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "violence", "0", "");
  policy_maker_rule(&self->maker, "made", "0", "");
  engine_rig_load(self);
  engine_rig_weigh(self,
                   "{'rule':'violence','kind':'threat'},{'rule':'made'},{'rule':'violence'},"
                   "{'rule':'violence','kind':'glorification'},{'rule':'made','kind':'a'}",
                   ASSESSED);
  engine_rig_has(self, EFFECTS "'violence','made'],'learn_more':");
  engine_rig_weigh(self, "{'rule':'made','kind':'b'},{'rule':'made','kind':'a'},{'rule':'violence'}",
                   ASSESSED);
  engine_rig_has(self, EFFECTS "'made','violence'],'learn_more':");
}

/* R066–R069: local law is carried over every outcome, as given. */
static void test_engine_withheld_countries_are_carried_over_every_outcome(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "grants", "0", "");
  policy_maker_rule(&self->maker, "removes", "1", "");
  engine_rig_load(self);
  static const struct {
    const char *violations, *outcome;
  } CASES[] = {{"", "no_action"},
               {"{'rule':'grants'}", "notice"},
               {"{'rule':'removes'}", "remove"},
               {"{'rule':'none'}", "review"},
               {"{'rule':'terrorism'}", "remove"}};
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    engine_rig_weigh(self, CASES[i].violations, "'withheld_in':['TR','DE','FR']," ASSESSED);
    assert_string_equal(pubint_outcome_name(pubint_evaluation_outcome(self->evaluation)), CASES[i].outcome);
    engine_rig_has(self, ",'withheld_in':['TR','DE','FR'],'policy':");
    engine_rig_weigh(self, CASES[i].violations, "'withheld_in':[]," ASSESSED);
    engine_rig_has(self, ",'withheld_in':[],'policy':");
    engine_rig_weigh(self, CASES[i].violations, ASSESSED);
    engine_rig_lacks(self, "'withheld_in'");
  }
  engine_rig_evaluate(self, "{'id':'c','violations':[{'rule':'grants'}],'context':{'withheld_in':['DE']}}");
  engine_rig_expect(self, "review", "incomplete");
  engine_rig_has(self, ",'withheld_in':['DE'],'policy':");
  engine_rig_evaluate(self,
                      "{'id':'c','account':{'verified':false},'violations':[{'rule':'grants'}],'context':"
                      "{'withheld_in':['DE']}}");
  engine_rig_expect(self, "remove", "not_eligible");
  engine_rig_has(self, ",'withheld_in':['DE'],'policy':");
}

/* ---- same facts, same policy, same bytes ---- */

/* Neither a global, nor a module, nor what it holds outlives one call of one script. */
static void test_engine_every_script_call_starts_afresh(void **state) {
  engine_rig *self = *state;
  policy_maker_text(&self->maker, "lib/counter.lua",
                    "local m = { n = 0 }\nfunction m.next() m.n = m.n + 1; return m.n end\nreturn m\n");
  static const char body[] = "local counter = require 'counter'\nglobal = 'set'\n"
                             "balance:note('call ' .. counter.next() .. ', ' .. require('counter').next())";
  policy_maker_rule(&self->maker, "counts", "0", body);
  policy_maker_market(&self->maker, "NL", body);
  policy_maker_rule(&self->maker, "looks", "0", "balance:note(global)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'counts'},{'rule':'counts','kind':'b'}", "'market':'NL'," ASSESSED);
  static const char notes[] = "'notes':['call 1, 2','call 1, 2']}";
  engine_rig_has(self, notes);
  char *quoted = engine_rig_quoted(notes);
  assert_non_null(strstr(strstr(self->json, quoted) + 1, quoted)); /* of both violations */
  free(quoted);
  engine_rig_weigh(self, "{'rule':'counts'},{'rule':'looks'}", ASSESSED);
  engine_rig_expect(self, "review", "rule_error");
  engine_rig_has(self, "'script':'rules/looks.lua'");
}

/* A policy whose scripts come near every limit, or over it. */
static void make_busy(engine_rig *self) {
  policy_maker_text(&self->maker, "data/words.json", "[\"a\",\"b\",{\"c\":[1,2.5,null]}]");
  policy_maker_rule(&self->maker, "violence", "1",
                    "balance:interest('words', #data 'words' / 10, 3)\n"
                    "for k, v in pairs(case.signals) do balance:note(k .. '=' .. tostring(v)) end");
  policy_maker_rule(&self->maker, "loops", "0", "while true do end");
  policy_maker_rule(&self->maker, "nearly", "0", "for i = 1, 400000 do local x = i * i end");
  policy_maker_rule(&self->maker, "hoards", "0", "local t = {}\nfor i = 1, 100000 do t[i] = i end");
  policy_maker_rule(&self->maker, "fails", "0", "error(case.id)");
  policy_maker_rule(&self->maker, "private_information", "0", "balance:note(case.tweet.text)");
  policy_maker_market(&self->maker, "NL", "balance:harm('narrow', 0.5, 1)");
  engine_rig_load(self);
}

static char *copy_of(const char *text) {
  size_t length = strlen(text);
  char *copy = malloc(length + 1);
  assert_non_null(copy);
  memcpy(copy, text, length + 1);
  return copy;
}

/* Cases of every basis, with and without a market, a text, spans and withheld countries: what one leaves
 * behind would show in the next. */
#define ELIGIBLE                                                                                             \
  "'account':{'verified':true,'followers_count':200000,'office':{'status':'candidate','branch':'executive'}},"
static const char *const AFTER_EACH_OTHER[] = {
    "{'id':'a'," ELIGIBLE
    "'violations':[{'rule':'violence'}],'context':{'market':'NL','withheld_in':['DE'],'signals':"
    "{'z':1,'a':'x','m':2.5,'b':true}," ASSESSED "}}",
    "{'id':'b','tweet':{'text':'0612'}," ELIGIBLE
    "'violations':[{'rule':'private_information','spans':[{'start':0,"
    "'end':4}]},{'rule':'violence'}],'context':{" ASSESSED "}}",
    "{'id':'c'," ELIGIBLE "'violations':[{'rule':'fails'},{'rule':'violence'}],'context':{'market':'NL'}}",
    "{'id':'d','violations':[]}",
    "{'id':'e'," ELIGIBLE "'violations':[{'rule':'terrorism'}],'context':{'market':'NL'}}",
    "{'id':'f','tweet':{'text':'t'},'violations':[{'rule':'violence'}]}",
    "{'id':'g','account':{'verified':false},'violations':[{'rule':'violence'}]}",
    "{'id':'h'," ELIGIBLE "'violations':[{'rule':'nothing'}],'context':{'market':'FR'}}",
    /* slow ones, tried now and then */
    "{'id':'i'," ELIGIBLE "'violations':[{'rule':'nearly'},{'rule':'violence'}],'context':{'market':'NL'}}",
    "{'id':'j'," ELIGIBLE "'violations':[{'rule':'hoards'}]}",
    "{'id':'k'," ELIGIBLE "'violations':[{'rule':'loops'},{'rule':'violence'}],'context':{" ASSESSED "}}",
};
enum { AFTER_COUNT = sizeof AFTER_EACH_OTHER / sizeof *AFTER_EACH_OTHER, AFTER_QUICK = 8 };

static void test_engine_says_the_same_the_first_and_the_thousandth_time(void **state) {
  engine_rig *self = *state;
  make_busy(self);
  char *first[AFTER_COUNT];
  for (int i = 0; i < AFTER_COUNT; i++) {
    engine_rig_load(self); /* an engine that has seen nothing else */
    first[i] = copy_of(engine_rig_evaluate(self, AFTER_EACH_OTHER[i]));
  }
  /* Every one right behind every other, and then a thousand times. */
  for (int turn = 0; turn < 2 * AFTER_COUNT * AFTER_COUNT + 1000; turn++) {
    int pair = turn / 2, i = turn % 2 == 0 ? pair % AFTER_COUNT : pair / AFTER_COUNT;
    if (turn >= 2 * AFTER_COUNT * AFTER_COUNT) i = turn % AFTER_QUICK;
    assert_string_equal(engine_rig_evaluate(self, AFTER_EACH_OTHER[i]), first[i]);
  }
  for (int i = 0; i < AFTER_COUNT; i++) free(first[i]);
}

/* 400 blotted texts of 100,000 bytes are more than an engine may hold at a time. */
static void test_engine_gives_back_what_a_case_took(void **state) {
  engine_rig *self = *state;
  engine_rig_load(self);
  enum { POINTS = 25000, TIMES = 400 };
  char *text = malloc(4 * POINTS + 1024);
  assert_non_null(text);
  int length =
      snprintf(text, 256,
               "{'id':'c','violations':[{'rule':'private_information','spans':[{'start':1,'end':5}]}],"
               "'tweet':{'text':'");
  for (int i = 0; i < POINTS; i++) length += snprintf(text + length, 8, "\xf0\x9f\x98\x80");
  (void)snprintf(text + length, 8, "'}}");
  for (int i = 0; i < TIMES; i++) engine_rig_evaluate(self, text);
  engine_rig_expect(self, "review", "incomplete");
  free(text);
}

/* ---- real cases ---- */

typedef struct lines {
  char *bytes;
  char **line;
  size_t count;
} lines;

static lines read_lines(const char *path) {
  lines self = {0};
  size_t length;
  self.bytes = files_read(path, &length);
  if (self.bytes == NULL) return self;
  for (size_t i = 0; i < length; i++) self.count += self.bytes[i] == '\n';
  self.line = calloc(self.count + 1, sizeof *self.line);
  assert_non_null(self.line);
  char *p = self.bytes;
  for (size_t i = 0; i < self.count; i++) {
    self.line[i] = p;
    p = strchr(p, '\n');
    *p++ = '\0';
  }
  return self;
}

static char *evaluate_line(pubint_engine *engine, const char *line) {
  pubint_case *input = NULL;
  const pubint_evaluation *evaluation = NULL;
  pubint_error error = {0};
  if (pubint_case_parse(&input, line, strlen(line), &error) != PUBINT_OK ||
      pubint_engine_evaluate(engine, input, &evaluation, &error) != PUBINT_OK)
    fail_msg("%s: E%04u %s", line, error.code, error.message);
  char *json = copy_of(pubint_evaluation_json(evaluation, NULL));
  pubint_case_free(input);
  return json;
}

static void test_engine_real_cases_in_another_order_give_the_same_bytes(void **state) {
  engine_rig *self = *state;
  lines cases = read_lines(PI_SOURCE_DIR "/../shared/data/real_text_cases.jsonl");
  if (cases.bytes == NULL) {
    print_message("the shared data is absent: real cases were not evaluated\n");
    return;
  }
  engine_rig_load_folder(self, PI_SOURCE_DIR "/scripts");
  char **first = calloc(cases.count, sizeof *first);
  assert_non_null(first);
  size_t bytes = 0;
  for (size_t i = 0; i < cases.count; i++) {
    first[i] = evaluate_line(self->engine, cases.line[i]);
    bytes += strlen(first[i]);
  }
  /* A step that shares no factor with the count goes through all of them. */
  size_t step = 3571;
  while (cases.count % step == 0) step += 2;
  for (size_t i = 0; i < cases.count; i++) {
    size_t at = (cases.count - 1 + i * step) % cases.count;
    char *again = evaluate_line(self->engine, cases.line[at]);
    if (strcmp(again, first[at]) != 0) fail_msg("%s\nwas before %s", again, first[at]);
    free(again);
  }
  print_message("%zu real cases, %zu bytes of evaluations, the same in another order\n", cases.count, bytes);
  for (size_t i = 0; i < cases.count; i++) free(first[i]);
  free(first);
  free(cases.line);
  free(cases.bytes);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_engine_five_facts_must_be_assessed_read_or_not),
      RIG_TEST(test_engine_other_harm_facts_count_once_they_are_read),
      RIG_TEST(test_engine_unassessed_is_listed_whatever_the_verdict),
      RIG_TEST(test_engine_unknown_interest_is_zero_and_no_obstacle),
      RIG_TEST(test_engine_a_fact_behind_a_short_circuit_is_not_read),
      RIG_TEST(test_engine_unknown_is_in_the_order_of_the_table_and_once),
      RIG_TEST(test_engine_a_failed_script_read_nothing),
      RIG_TEST(test_engine_absent_signals_read_as_an_empty_object),
      RIG_TEST(test_engine_effects_of_a_notice_are_always_all),
      RIG_TEST(test_engine_each_violated_rule_is_named_once),
      RIG_TEST(test_engine_withheld_countries_are_carried_over_every_outcome),
      RIG_TEST(test_engine_every_script_call_starts_afresh),
      RIG_TEST(test_engine_says_the_same_the_first_and_the_thousandth_time),
      RIG_TEST(test_engine_gives_back_what_a_case_took),
      RIG_TEST(test_engine_real_cases_in_another_order_give_the_same_bytes),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
