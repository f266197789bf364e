/* Reading evaluations back: every line that pubint writes, and no other; and what follows from one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"
#include "evaluate.h"
#include "evaluation_read.h"
#include "rejudge.h"
#include "sample.h"
#include "test.h"

/* In texts ' stands for ". One violation that was weighed, with a market that is clamped. */
#define GATES                                                                                                \
  "'gates':[{'gate':'rule_violation','result':'pass','fact':1,'limit':1},"                                   \
  "{'gate':'verified','result':'pass','fact':true},{'gate':'followers','result':'pass','fact':200000,"       \
  "'limit':100000,'distance':99999},{'gate':'office','result':'pass','fact':{'status':'candidate',"          \
  "'branch':'executive'}}]"
#define FACTOR_A "{'id':'debate','side':'interest','from':'rule','strength':1,'weight':5,'points':5}"
#define FACTOR_B "{'id':'call','side':'harm','from':'rule','strength':0.5,'weight':2,'points':1}"
#define FACTOR_C "{'id':'eve','side':'harm','from':'market','strength':0.8,'weight':5,'points':4}"
#define FACTOR_D "{'id':'calm','side':'interest','from':'market','strength':0.1,'weight':2,'points':0.2}"
#define RULE(rule, host)                                                                                     \
  "{'rule':'" rule "','kind':'threat','verdict':'remove','basis':'weighed','class':'unlikely','interest':5," \
  "'harm':1,'bar':1.5,'market':{'interest':0.2,'harm':4,'counted':-3,'clamped':true},'margin':-0.5,"         \
  "'factors':[" FACTOR_A "," FACTOR_B "," FACTOR_C "," FACTOR_D "],"                                         \
  "'conditions':[" host "{'id':'sole','from':'rule','met':true,'why':'it is'}],'notes':['seen']}"
#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define LINE_OF(rule)                                                                                        \
  "{'v':1,'id':'c-1','outcome':'remove','basis':'weighed','final':false," GATES ",'rules':[" rule            \
  "],'market':{'id':'NL','script':true},'unknown':['context.hyperbole'],'policy':'p@1+sha256:" DIGEST "',"   \
  "'host':'1.0.0'}"
#define LINE LINE_OF(RULE("violence", ""))

/* The same of a threat to publish private data, whose spans nobody may have looked for. */
#define PRIVATE_LINE LINE_OF(RULE("private_information", "{'id':'data_omitted','from':'host','met':true},"))

/* What version 1 of the reference policy gave. */
#define FORMER                                                                                               \
  "{'v':1,'id':'old-opened','outcome':'review','basis':'unassessed_harm','final':false,"                     \
  "'gates':[{'gate':'rule_violation','result':'pass','fact':1,'limit':1},{'gate':'verified',"                \
  "'result':'pass','fact':true},{'gate':'followers','result':'pass','fact':200000,'limit':100000,"           \
  "'distance':99999},{'gate':'office','result':'pass','fact':{'status':'holder',"                            \
  "'selection':'elected','branch':'legislative'}}],'rules':[{'rule':'abuse_harassment',"                     \
  "'verdict':'review','basis':'unassessed_harm','class':'possible','interest':3,'harm':0,'bar':1,"           \
  "'margin':2,'factors':[{'id':'debate','side':'interest','from':'rule','strength':1,'weight':3,"            \
  "'points':3},{'id':'office_relevance','side':'interest','from':'rule','strength':0,'weight':2,"            \
  "'points':0},{'id':'geopolitical_clarity','side':'interest','from':'rule','strength':0,"                   \
  "'weight':2,'points':0},{'id':'record','side':'interest','from':'rule','strength':0,'weight':2,"           \
  "'points':0},{'id':'call_to_action','side':'harm','from':'rule','strength':0,'weight':6,"                  \
  "'points':0},{'id':'rights_interference','side':'harm','from':'rule','strength':0,'weight':5,"             \
  "'points':0},{'id':'offline_harm','side':'harm','from':'rule','strength':0,'weight':6,"                    \
  "'points':0},{'id':'heated_debate','side':'interest','from':'rule','strength':0,'weight':2,"               \
  "'points':0},{'id':'private_target','side':'harm','from':'rule','strength':0,'weight':4,"                  \
  "'points':0}],'unassessed':['context.call_to_action','context.rights_interference',"                       \
  "'context.offline_harm.likelihood','context.offline_harm.severity']}],"                                    \
  "'unknown':['context.call_to_protest','context.office_relevance','context.geopolitical_clarity',"          \
  "'context.record_value','context.heated_debate','context.call_to_action',"                                 \
  "'context.rights_interference','context.offline_harm.likelihood',"                                         \
  "'context.offline_harm.severity'],"                                                                        \
  "'policy':'public-interest@1.0.0+sha256:def9eb78ed7b060c17a4dfe15221169556a540c52b43162941786ed2f"         \
  "115a56c','host':'0.1.0'}"

typedef struct rig {
  pi_arena arena;
  pi_readback readback;
  pubint_error error;
  char *text;
} rig;

static int set_up(void **state) {
  rig *self = calloc(1, sizeof *self);
  assert_non_null(self);
  pi_arena_init(&self->arena, 4096, 16 * 1024 * 1024);
  *state = self;
  return 0;
}

static int tear_down(void **state) {
  rig *self = *state;
  pi_arena_dispose(&self->arena);
  free(self->text);
  free(self);
  return 0;
}

#define READ_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static pubint_status read_text(rig *self, const char *text) {
  free(self->text);
  self->text = engine_rig_quoted(text);
  pi_arena_reset(&self->arena);
  return pi_evaluation_read(&self->readback, pi_slice_of(self->text), 7, &self->arena, &self->error);
}

/* A line with `from` replaced by `to`. */
static pubint_status read_line_changed(rig *self, const char *line, const char *from, const char *to) {
  static char changed[8192];
  const char *found = strstr(line, from);
  assert_non_null(found);
  snprintf(changed, sizeof changed, "%.*s%s%s", (int)(found - line), line, to, found + strlen(from));
  return read_text(self, changed);
}

static pubint_status read_changed(rig *self, const char *from, const char *to) {
  return read_line_changed(self, LINE, from, to);
}

/* ---- what is read ---- */

static void test_evaluation_read_takes_numbers_exactly(void **state) {
  rig *self = *state;
  assert_int_equal(read_text(self, LINE), PUBINT_OK);
  const pi_readback *readback = &self->readback;
  assert_int_equal(readback->outcome, PUBINT_REMOVE);
  assert_int_equal(readback->basis, PUBINT_WEIGHED);
  assert_true(pi_slice_equal(readback->market, PI_SLICE("NL")));
  assert_int_equal(readback->unknown, PI_FACT_BIT(PI_FACT_HYPERBOLE));
  assert_int_equal(readback->rules_count, 1);
  const pi_readback_rule *rule = &readback->rules[0];
  assert_int_equal(rule->bar, 1500000000);
  assert_int_equal(rule->margin, -500000000);
  assert_int_equal(rule->market.counted, -3 * PI_NANO);
  assert_int_equal(rule->balance.factors_count, 4);
  assert_int_equal(rule->balance.factors[3].strength, 100000);
  assert_int_equal(rule->balance.factors[3].points, 200000000);
  assert_true(rule->balance.conditions[0].met);
}

static void test_evaluation_read_takes_a_refused_line(void **state) {
  rig *self = *state;
  assert_int_equal(read_text(self,
                             "{'v':1,'line':17,'id':'c','error':{'code':'E1203','message':'m','path':'/a',"
                             "'column':3,'found':'f','expected':'e','hint':'h'}}"),
                   PUBINT_OK);
  assert_true(pi_slice_equal(self->readback.refused, PI_SLICE("E1203")));
  assert_int_equal(self->readback.line, 17);
}

static void test_evaluation_read_refuses_a_refused_line_that_is_evaluated(void **state) {
  rig *self = *state;
  assert_int_equal(read_text(self, "{'v':1,'line':17,'error':{'code':'E1203','message':'m'},'unknown':[]}"),
                   PUBINT_E_INPUT);
  assert_int_equal(self->error.code, 4045);
  assert_int_equal(read_text(self, "{'v':1,'line':17,'error':{'code':'E1203','message':'m','script':'s'}}"),
                   PUBINT_E_INPUT);
  assert_string_equal(self->error.path, "/error/script"); /* which an entry's error has */
}

/* Every line that an engine writes of generated cases is read back, and holds to itself. */
static void test_evaluation_read_takes_whatever_the_engine_writes(void **state) {
  rig *self = *state;
  pubint_policy *policy;
  pubint_engine *engine;
  pi_arena cases;
  pi_buffer line;
  uint32_t without_spans = 0;
  assert_int_equal(pubint_policy_load(&policy, PI_SOURCE_DIR "/scripts", &self->error), PUBINT_OK);
  assert_int_equal(pubint_engine_new(&engine, policy, &self->error), PUBINT_OK);
  pi_arena_init(&cases, 65536, 64 * 1024 * 1024);
  pi_buffer_init(&line, 4 * 1024 * 1024);
  for (uint64_t number = 0; number < 3000; number++) {
    pi_sample_plan plan = {.seed = 3, .edges = number % 3 == 0, .eligible = number % 2 == 0};
    const pubint_evaluation *evaluation;
    pi_case input;
    pi_arena_reset(&cases);
    pi_buffer_reset(&line);
    assert_true(pi_sample_case(&plan, number, &input, &cases));
    assert_int_equal(pi_engine_evaluate(engine, &input, &evaluation, &self->error), PUBINT_OK);
    pi_evaluation_write(evaluation, &line);
    pi_arena_reset(&self->arena);
    pubint_status status =
        pi_evaluation_read(&self->readback, (pi_slice){line.data, line.len}, 1, &self->arena, &self->error);
    if (status != PUBINT_OK)
      fail_msg("case %d: %s at %s", (int)number, self->error.message, self->error.path);
    assert_int_equal(self->readback.outcome, evaluation->outcome);
    assert_int_equal(self->readback.basis, evaluation->basis);
    assert_int_equal(self->readback.unknown, evaluation->unknown);
    assert_int_equal(self->readback.missing, evaluation->gates.missing);
    for (uint32_t i = 0; i < self->readback.rules_count; i++) {
      assert_int_equal(self->readback.rules[i].margin, evaluation->entries[i].margin);
      assert_int_equal(self->readback.rules[i].unassessed, evaluation->entries[i].unassessed);
      without_spans += (evaluation->entries[i].unassessed & PI_SPANS_BIT) != 0;
    }
  }
  assert_true(without_spans > 10); /* and what no fact is called has been among them */
  pi_buffer_dispose(&line);
  pi_arena_dispose(&cases);
  pubint_engine_free(engine);
  pubint_policy_free(policy);
}

/* ---- what is refused ---- */

static void test_evaluation_read_refuses_what_no_evaluation_has(void **state) {
  static const struct {
    const char *from;
    const char *to;
    unsigned code;
    const char *path;
  } ROWS[] = {
      {"{'v':1", "", 1009, ""},
      {"{'v':1", "[{'v':1", 4045, ""},
      {"'v':1", "'v':2", 4045, "/v"},
      {"'v':1", "'v':1.0", 4045, "/v"},
      {"'id':'c-1'", "'id':''", 4045, "/id"},
      {"'id':'c-1'", "'id':1", 4045, "/id"},
      {"'id':'c-1',", "", 4045, ""},
      {"'id':'c-1'", "'id':'c-1','id':'c-1'", 1014, "/id"},
      {"'id':'c-1'", "'id':'c-1','more':1", 4045, "/more"},
      {"'outcome':'remove'", "'outcome':'removed'", 4045, "/outcome"},
      {"'outcome':'remove'", "'outcome':null", 4045, "/outcome"},
      {"'basis':'weighed','final'", "'basis':7,'final'", 4045, "/basis"},
      {"'final':false", "'final':'false'", 4045, "/final"},
      {"'final':false,", "", 4045, ""},
      {"{'v':1,'id'", "{'id'", 4045, ""},
      {"'host':'1.0.0'", "'host':'1.0.0','file':'f'", 4045, ""}, /* a refusal has that */
      {"'gate':'verified'", "'gate':'followers'", 4045, "/gates"},
      {"'result':'pass','fact':1", "'result':'passed','fact':1", 4045, "/gates/0/result"},
      {",{'gate':'office','result':'pass','fact':{'status':'candidate','branch':'executive'}}", "", 4045,
       "/gates"},
      {"'status':'candidate'", "'seat':'candidate'", 4045, "/gates/3/fact/seat"},
      {"'status':'candidate'", "'status':'candidat'", 4045, "/gates/3/fact/status"},
      {"'branch':'executive'", "'branch':'executive','country':'nl'", 4045, "/gates/3/fact/country"},
      {"'branch':'executive'", "'branch':'executive','branch':'executive'", 4045, "/gates/3/fact/branch"},
      {"'fact':200000", "'fact':-1", 4045, "/gates/2/fact"},
      {"'fact':1,", "'fact':17,", 4045, "/gates/0/fact"},
      {"'fact':1,", "'fact':1,'type':'legacy',", 4045, "/gates/0/type"},
      {"['context.hyperbole']", "['context.hyperbole','context.hyperbole']", 4045, "/unknown/1"},
      {"'policy'", "'withheld_in':['NL','NL'],'policy'", 4045, "/withheld_in/1"},
      {"'policy'", "'withheld_in':['nl'],'policy'", 4045, "/withheld_in/0"},
      {"'rules':[{", "'rules':[1,{", 4045, "/rules/0"},
      {"'rules':[{", "'rules':{", 4045, "/rules"},
      {"'verdict':'remove',", "", 4045, "/rules/0/verdict"},
      {"'verdict':'remove'", "'verdict':'reject'", 4045, "/rules/0/verdict"},
      {"'class':'unlikely',", "", 4045, "/rules/0"},
      {"'interest':5,", "", 4045, "/rules/0"},
      {"'bar':1.5", "'bar':9223372036.854775807", 4045, "/rules/0"},
      {"'bar':1.5", "'bar':-9223372036.854775807", 4045, "/rules/0"},
      {"'bar':1.5", "'bar':9223372036.854775808", 4045, "/rules/0/bar"},
      {"'rule':'violence'", "'rule':'Violence'", 4045, "/rules/0"},
      {"'id':'debate'", "'id':'de bate'", 4045, "/rules/0/factors/0"},
      {"'id':'NL'", "'id':'nl'", 4045, "/market"},
      {"'margin':-0.5,", "", 4045, "/rules/0"},
      {"'margin':-0.5", "'margin':-0.5e0", 4045, "/rules/0/margin"},
      {"'margin':-0.5", "'margin':-0.5000000001", 4045, "/rules/0/margin"},
      {"'bar':1.5", "'bar':'1.5'", 4045, "/rules/0/bar"},
      {"'clamped':true", "'clamped':1", 4045, "/rules/0/market/clamped"},
      {"'counted':-3,", "", 4045, "/rules/0/market/counted"},
      {"'side':'interest'", "'side':'good'", 4045, "/rules/0/factors/0/side"},
      {"'from':'rule','strength':1", "'from':'host','strength':1", 4045, "/rules/0/factors/0"},
      {"'strength':1,'weight':5,'points':5", "'strength':1.1,'weight':5,'points':5.5", 4045,
       "/rules/0/factors/0"},
      {"'strength':1,'weight':5,'points':5", "'strength':1,'weight':11,'points':11", 4045,
       "/rules/0/factors/0"},
      {"'strength':0.5", "'strength':0.5000001", 4045, "/rules/0/factors/1/strength"},
      {"'met':true", "'met':'yes'", 4045, "/rules/0/conditions/0/met"},
      {"'notes':['seen']", "'notes':[1]", 4045, "/rules/0/notes/0"},
      {"'script':true", "'script':0", 4045, "/market/script"},
      {"'context.hyperbole'", "'context.hyperboles'", 4045, "/unknown/0"},
      {"'context.hyperbole'", "3", 4045, "/unknown/0"},
      {"'context.hyperbole'", "'violations.spans'", 4045, "/unknown/0"}, /* no script reads it */
      {"'notes':['seen']", "'unassessed':['violations.span']", 4045, "/rules/0/unassessed/0"},
      {",'host':'1.0.0'", "", 4045, ""},
      {"'host':'1.0.0'", "'host':'1.0.0','line':3", 4045, ""},
      {"'host':'1.0.0'}", "'host':'1.0.0'", 1010, ""},
      {"'host':'1.0.0'}", "'host':'1.0.0'}}", 1011, ""},
  };
  rig *self = *state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    pubint_status status = read_changed(self, ROWS[i].from, ROWS[i].to);
    if (status != PUBINT_E_INPUT || self->error.code != ROWS[i].code ||
        (ROWS[i].code == 4045 && strcmp(self->error.path, ROWS[i].path) != 0)) {
      fail_msg("%s: %s -> %s: E%u at %s", ROWS[i].path, ROWS[i].from, ROWS[i].to, self->error.code,
               self->error.path);
    }
    assert_int_equal(self->error.line, 7);
  }
}

/* What must be there is told by the tables of gates and keys. */
static void test_evaluation_read_names_the_gates_and_keys_that_it_needs(void **state) {
  rig *self = *state;
  assert_int_equal(read_changed(self, "'gate':'verified'", "'gate':'followers'"), PUBINT_E_INPUT);
  assert_string_equal(self->error.expected, "rule_violation, verified, followers and office, in this order");
  assert_int_equal(read_changed(self, ",'host':'1.0.0'", ""), PUBINT_E_INPUT);
  assert_string_equal(self->error.expected,
                      "v, id, outcome, basis, final, gates, policy and host, or v, line and error");
}

/* What `unassessed` was called before version 2 of the reference policy, in both places. */
static void test_evaluation_read_takes_the_former_name_of_unassessed(void **state) {
  rig *self = *state;
  assert_int_equal(read_text(self, FORMER), PUBINT_OK);
  assert_int_equal(self->readback.outcome, PUBINT_REVIEW);
  assert_int_equal(self->readback.basis, PUBINT_UNASSESSED);
  assert_int_equal(self->readback.rules[0].basis, PUBINT_UNASSESSED);
  assert_int_equal(read_changed(self, "'basis':'weighed','final'", "'basis':'unassessed_harms','final'"),
                   PUBINT_E_INPUT);
  assert_non_null(strstr(self->error.expected, "unassessed"));
  assert_null(strstr(self->error.expected, "unassessed_harm"));
}

/* Who sought a judge's seat passed then; since version 2 there is a condition of public concern on each
 * entry. */
static void test_evaluation_read_takes_the_former_answer_of_gate_office(void **state) {
  rig *self = *state;
  assert_int_equal(read_changed(self, "'branch':'executive'", "'branch':'judicial'"), PUBINT_OK);
  assert_int_equal(read_changed(self, "'status':'candidate'", "'status':'former'"), PUBINT_E_INPUT);
  assert_int_equal(self->error.code, 4046);
  static char line[] = LINE_OF(RULE("violence", "{'id':'public_concern','from':'host','met':true},"));
  assert_int_equal(read_line_changed(self, line, "'branch':'executive'", "'branch':'legislative'"),
                   PUBINT_OK);
  assert_int_equal(read_line_changed(self, line, "'branch':'executive'", "'branch':'judicial'"),
                   PUBINT_E_INPUT);
  assert_int_equal(self->error.code, 4046);
}

/* What an experiment with other numbers says is marked, and read. */
static void test_evaluation_read_takes_the_mark_of_overrides(void **state) {
  rig *self = *state;
  assert_int_equal(read_changed(self, "cdef'", "cdef+overrides'"), PUBINT_OK);
  assert_int_equal(read_changed(self, "cdef'", "cdef+override'"), PUBINT_E_INPUT);
}

static void test_evaluation_read_refuses_what_contradicts_itself(void **state) {
  static const struct {
    const char *from;
    const char *to;
    const char *path;
  } ROWS[] = {
      {"'points':5}", "'points':5.000000001}", "/rules/0/factors/0"},
      {"'interest':5", "'interest':4", "/rules/0"},
      {"'harm':1,", "'harm':1.1,", "/rules/0"},
      {"'harm':4,'counted'", "'harm':4.1,'counted'", "/rules/0"},
      {"'counted':-3", "'counted':-2.9", "/rules/0"},
      {"'clamped':true", "'clamped':false", "/rules/0"},
      {"'bar':1.5", "'bar':1.6", "/rules/0"},
      {"'margin':-0.5", "'margin':0.5", "/rules/0"},
      {"'verdict':'remove'", "'verdict':'notice'", "/rules/0"},
      {"'verdict':'remove','basis':'weighed'", "'verdict':'remove','basis':'no_script'", "/rules/0"},
      {"'outcome':'remove'", "'outcome':'notice'", ""},
      {"'basis':'weighed','final'", "'basis':'not_eligible','final'", ""},
      {"'fact':true", "'fact':false", "/gates"},
      {"'limit':100000", "'limit':100001", "/gates"},
      {"'result':'pass','fact':1,", "'result':'pass','fact':2,", "/rules"},
      {"'rule':'violence'", "'rule':'terrorism'", "/rules/0/rule"},
      {"'kind':'threat'", "'kind':'sale'", "/rules/0/kind"},
      {"'class':'unlikely'", "'class':'certain'", "/rules/0/class"},
      {"'id':'call'", "'id':'debate'", "/rules/0"},
      {"'id':'sole','from':'rule'", "'id':'sole','from':'host'", "/rules/0/conditions"},
      {"'id':'sole'", "'id':'public_concern'", "/rules/0/conditions"},
      {"'notes':['seen']", "'notes':[]", "/rules/0"},
      {"'notes':['seen']", "'unassessed':['tweet.text']", "/rules/0/unassessed"},
      {"'notes':['seen']", "'unassessed':['violations.spans']", "/rules/0/unassessed"},
      {"'final':false", "'final':true", "/final"},
      {"'script':true", "'script':false", "/market"},
      {"'unknown':['context.hyperbole']", "'unknown':[]", ""},
      {"'context.hyperbole'", "'account.followers_count'", "/unknown"},
      {"'context.hyperbole'", "'context.misleads_voters'", "/unknown"},
      {"'unknown'", "'missing':['account.verified'],'unknown'", "/missing"},
      {"'policy'", "'redacted_text':'t','policy'", "/redacted_text"},
      {"'p@1+sha256", "'p1+sha256", "/policy"},
      {"'p@1+sha256", "'p@1+sha255", "/policy"},
      {"cdef'", "cdeF'", "/policy"},
      {"'host':'1.0.0'", "'host':'1.0'", "/host"},
      {"'host':'1.0.0'", "'host':'1..0'", "/host"},
  };
  rig *self = *state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    pubint_status status = read_changed(self, ROWS[i].from, ROWS[i].to);
    if (status != PUBINT_E_INPUT || self->error.code != 4046 || strcmp(self->error.path, ROWS[i].path) != 0) {
      fail_msg("%s -> %s: E%u at %s", ROWS[i].from, ROWS[i].to, self->error.code, self->error.path);
    }
  }
}

static void test_evaluation_read_refuses_a_line_over_1_mib(void **state) {
  rig *self = *state;
  size_t bytes = 1024 * 1024 + 1;
  char *line = malloc(bytes);
  assert_non_null(line);
  memset(line, ' ', bytes);
  assert_int_equal(
      pi_evaluation_read(&self->readback, (pi_slice){line, bytes}, 3, &self->arena, &self->error),
      PUBINT_E_INPUT);
  assert_int_equal(self->error.code, 1013);
  assert_int_equal(self->error.line, 3);
  free(line);
}

/* ---- what follows ---- */

/* The outcome of LINE with that factor's points at 0. */
static pubint_outcome without(rig *self, const char *id, pi_side side, pi_from from, int64_t *margin) {
  const pi_factor left_out = {.id = pi_slice_of(id), .side = side, .from = from};
  *margin = pi_rejudge_sums(&self->readback.rules[0], &left_out).margin;
  return pi_rejudge(&self->readback, &left_out).outcome;
}

static void test_rejudge_computes_the_clamp_anew(void **state) {
  rig *self = *state;
  int64_t margin;
  assert_int_equal(read_text(self, LINE), PUBINT_OK);
  assert_int_equal(without(self, "debate", PI_SIDE_INTEREST, PI_FROM_RULE, &margin), PUBINT_REMOVE);
  assert_int_equal(margin, -5500000000);
  assert_int_equal(without(self, "call", PI_SIDE_HARM, PI_FROM_RULE, &margin), PUBINT_NOTICE);
  assert_int_equal(margin, 500000000);
  assert_int_equal(without(self, "eve", PI_SIDE_HARM, PI_FROM_MARKET, &margin), PUBINT_NOTICE);
  assert_int_equal(margin, 2700000000); /* the market then counts +0.2 */
  assert_int_equal(without(self, "calm", PI_SIDE_INTEREST, PI_FROM_MARKET, &margin), PUBINT_REMOVE);
  assert_int_equal(margin, -500000000); /* it was clamped, and is */
  assert_int_equal(without(self, "eve", PI_SIDE_HARM, PI_FROM_RULE, &margin), PUBINT_REMOVE);
}

static void test_rejudge_keeps_conditions_and_what_nobody_assessed(void **state) {
  rig *self = *state;
  int64_t margin;
  assert_int_equal(read_changed(self, "'met':true", "'met':false"), PUBINT_OK);
  assert_int_equal(without(self, "eve", PI_SIDE_HARM, PI_FROM_MARKET, &margin), PUBINT_REMOVE);
  assert_int_equal(read_changed(self, "'notes':['seen']", "'unassessed':['context.call_to_action']"),
                   PUBINT_OK);
  assert_int_equal(without(self, "eve", PI_SIDE_HARM, PI_FROM_MARKET, &margin), PUBINT_REVIEW);
  /* the host's two, which no fact of harm is: public concern, and the spans that nobody looked for (R003,
   * R095) */
  static const struct {
    const char *listed;
    pi_fact_set unassessed;
  } ROWS[] = {
      {"'unassessed':['context.public_concern']", PI_FACT_BIT(PI_FACT_PUBLIC_CONCERN)},
      {"'unassessed':['violations.spans']", PI_SPANS_BIT},
      {"'unassessed':['context.public_concern','violations.spans']",
       PI_FACT_BIT(PI_FACT_PUBLIC_CONCERN) | PI_SPANS_BIT},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    const pi_factor eve = {.id = PI_SLICE("eve"), .side = PI_SIDE_HARM, .from = PI_FROM_MARKET};
    assert_int_equal(read_line_changed(self, PRIVATE_LINE, "'notes':['seen']", ROWS[i].listed), PUBINT_OK);
    assert_true(self->readback.rules[0].unassessed == ROWS[i].unassessed);
    assert_int_equal(pi_rejudge(&self->readback, &eve).outcome, PUBINT_REVIEW);
    assert_int_equal(pi_rejudge(&self->readback, &eve).basis, PUBINT_UNASSESSED);
  }
}

/* The same rule and market, with or without the factors that are to be left out. */
static void load_policy(engine_rig *self, bool call, bool eve) {
  char rule[512], market[512];
  snprintf(rule, sizeof rule,
           "balance:interest('debate', case.context.public_debate, 6)%s balance:condition('c', "
           "case.context.hyperbole < 0.9)",
           call ? " balance:harm('sole', case.context.sole_source, 4)" : "");
  snprintf(market, sizeof market, "balance:interest('calm', case.context.record_value, 2)%s",
           eve ? " balance:harm('eve', case.context.historical_event, 9)" : "");
  policy_maker_rule(&self->maker, "violence", "1", rule);
  policy_maker_rule(&self->maker, "hateful_conduct", "0.5", rule);
  policy_maker_market(&self->maker, "NL", market);
  engine_rig_load(self);
}

/* What is computed from what was read back is what the policy says once the factor is taken out of its
 * scripts. */
static void check_without(engine_rig *self, pi_factor left_out, bool market) {
  static const pi_slice RULES[] = {PI_SLICE_INIT("violence"), PI_SLICE_INIT("hateful_conduct")};
  static const pi_slice MARKETS[] = {PI_SLICE_INIT("NL")};
  enum { CASES = 400 };
  const pi_sample_plan plan = {
      .seed = 11, .eligible = true, .markets = MARKETS, .markets_count = 1, .rules = RULES, .rules_count = 2};
  static pubint_outcome expected[CASES], recorded[CASES];
  static pi_readback readback;
  int changed = 0;
  for (int pass = 0; pass < 2; pass++) {
    load_policy(self, pass == 0 || market, pass == 0 || !market);
    for (int i = 0; i < CASES; i++) {
      pi_arena arena;
      pi_buffer line;
      pi_case input;
      pubint_error error;
      const pubint_evaluation *evaluation;
      pi_arena_init(&arena, 65536, 16 * 1024 * 1024);
      pi_buffer_init(&line, 1024 * 1024);
      assert_true(pi_sample_case(&plan, (uint64_t)i, &input, &arena));
      assert_int_equal(pi_engine_evaluate(self->engine, &input, &evaluation, &error), PUBINT_OK);
      if (pass == 0) {
        pi_evaluation_write(evaluation, &line);
        assert_int_equal(pi_evaluation_read(&readback, (pi_slice){line.data, line.len}, 1, &arena, &error),
                         PUBINT_OK);
        recorded[i] = evaluation->outcome;
        expected[i] = pi_rejudge(&readback, &left_out).outcome;
      } else {
        assert_int_equal(expected[i], evaluation->outcome);
        changed += evaluation->outcome != recorded[i];
      }
      pi_buffer_dispose(&line);
      pi_arena_dispose(&arena);
    }
  }
  assert_true(changed > 10);
}

static void test_rejudge_says_what_the_policy_says_without_the_factor(void **state) {
  engine_rig *self = *state;
  check_without(self, (pi_factor){.id = PI_SLICE("sole"), .side = PI_SIDE_HARM, .from = PI_FROM_RULE}, false);
  check_without(self, (pi_factor){.id = PI_SLICE("eve"), .side = PI_SIDE_HARM, .from = PI_FROM_MARKET}, true);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      READ_TEST(test_evaluation_read_takes_numbers_exactly),
      READ_TEST(test_evaluation_read_takes_a_refused_line),
      READ_TEST(test_evaluation_read_refuses_a_refused_line_that_is_evaluated),
      READ_TEST(test_evaluation_read_takes_whatever_the_engine_writes),
      READ_TEST(test_evaluation_read_refuses_what_no_evaluation_has),
      READ_TEST(test_evaluation_read_names_the_gates_and_keys_that_it_needs),
      READ_TEST(test_evaluation_read_takes_the_former_name_of_unassessed),
      READ_TEST(test_evaluation_read_takes_the_former_answer_of_gate_office),
      READ_TEST(test_evaluation_read_takes_the_mark_of_overrides),
      READ_TEST(test_evaluation_read_refuses_what_contradicts_itself),
      READ_TEST(test_evaluation_read_refuses_a_line_over_1_mib),
      READ_TEST(test_rejudge_computes_the_clamp_anew),
      READ_TEST(test_rejudge_keeps_conditions_and_what_nobody_assessed),
      RIG_TEST(test_rejudge_says_what_the_policy_says_without_the_factor),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
