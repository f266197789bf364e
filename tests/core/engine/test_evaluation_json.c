/* The evaluation's line, byte for byte (design section 7): the golden files of tests/golden, the gates'
 * facts, what is escaped, and the line that stands for a case which could not be evaluated. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "errors.h"
#include "evaluation.h"
#include "files.h"

/* ---- golden files ---- */

#define GOLDEN_FOLDER PI_SOURCE_DIR "/tests/golden"

/* Adding a golden file is a row here; another test finds the file that has none. */
typedef struct golden {
  const char *name, *policy;
} golden;

static golden GOLDEN[] = {
    {"reference/no_violation", PI_SOURCE_DIR "/scripts"},
    {"reference/never_excepted", PI_SOURCE_DIR "/scripts"},
    {"reference/not_eligible", PI_SOURCE_DIR "/scripts"},
    {"reference/incomplete", PI_SOURCE_DIR "/scripts"},
    {"reference/notice", PI_SOURCE_DIR "/scripts"},
    {"reference/remove", PI_SOURCE_DIR "/scripts"},
    {"reference/unassessed", PI_SOURCE_DIR "/scripts"},
    {"reference/no_script", PI_SOURCE_DIR "/scripts"},
    {"reference/several_violations", PI_SOURCE_DIR "/scripts"},
    {"reference/spans", PI_SOURCE_DIR "/scripts"},
    {"reference/host_condition", PI_SOURCE_DIR "/scripts"},
    {"reference/public_concern", PI_SOURCE_DIR "/scripts"},
    {"reference/spans_unassessed", PI_SOURCE_DIR "/scripts"},
    {"made/rule_error", GOLDEN_FOLDER "/policy"},
    {"made/limit_instructions", GOLDEN_FOLDER "/policy"},
    {"made/notes_and_conditions", GOLDEN_FOLDER "/policy"},
    {"made/condition_unmet", GOLDEN_FOLDER "/policy"},
    {"made/market_widens", GOLDEN_FOLDER "/policy"},
    {"made/market_narrows", GOLDEN_FOLDER "/policy"},
    {"made/market_condition", GOLDEN_FOLDER "/policy"},
    {"made/market_error_review", GOLDEN_FOLDER "/policy"},
    {"made/market_error_remove", GOLDEN_FOLDER "/policy"},
};
enum { GOLDEN_COUNT = sizeof GOLDEN / sizeof *GOLDEN };

/* The line with POLICY and HOST for the two values at its end, owned by the caller. */
static char *with_placeholders(const engine_rig *self) {
  char end[1024];
  (void)snprintf(end, sizeof end, ",\"policy\":\"%s\",\"host\":\"%s\"}", pubint_policy_id(self->policy),
                 pubint_version());
  size_t length = strlen(self->json), tail = strlen(end);
  if (length < tail || strcmp(self->json + length - tail, end) != 0)
    fail_msg("%s\ndoes not end in %s", self->json, end);
  static const char placeholders[] = ",\"policy\":\"POLICY\",\"host\":\"HOST\"}";
  size_t kept = length - tail;
  char *text = malloc(kept + sizeof placeholders);
  assert_non_null(text);
  memcpy(text, self->json, kept);
  memcpy(text + kept, placeholders, sizeof placeholders);
  return text;
}

/* Evaluates the file's first line as it stands and holds it to the second. */
static void test_evaluation_json_is_golden(void **state) {
  const golden *which = *state;
  engine_rig self = {0};
  char path[1024];
  size_t length;
  (void)snprintf(path, sizeof path, "%s/%s.jsonl", GOLDEN_FOLDER, which->name);
  char *text = files_read(path, &length);
  if (text == NULL) fail_msg("no %s", path);
  char *expected = strchr(text, '\n');
  assert_non_null(expected);
  *expected++ = '\0';
  char *end = strchr(expected, '\n');
  assert_non_null(end);
  assert_int_equal(end + 1 - text, length); /* two lines */
  *end = '\0';
  engine_rig_load_folder(&self, which->policy);
  engine_rig_evaluate(&self, text);
  char *found = with_placeholders(&self);
  if (strcmp(found, expected) != 0) fail_msg("%s\n%s\nis not the golden\n%s", which->name, found, expected);
  free(found);
  free(text);
  pubint_engine_free(self.engine);
  pubint_case_free(self.input);
  pubint_policy_free(self.policy);
}

/* Every file has its row, and every basis its file. */
static void test_evaluation_json_golden_files_are_all_run(void **state) {
  (void)state;
  static const char *const FOLDERS[] = {"reference", "made"};
  unsigned found = 0;
  for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", GOLDEN_FOLDER, FOLDERS[i]);
    DIR *stream = opendir(path);
    assert_non_null(stream);
    for (const struct dirent *entry; (entry = readdir(stream)) != NULL;) {
      if (entry->d_name[0] == '.') continue;
      bool listed = false;
      for (size_t row = 0; row < GOLDEN_COUNT; row++) {
        char name[512];
        (void)snprintf(name, sizeof name, "%.200s.jsonl", GOLDEN[row].name);
        listed = listed || (strncmp(name, FOLDERS[i], strlen(FOLDERS[i])) == 0 &&
                            strcmp(name + strlen(FOLDERS[i]) + 1, entry->d_name) == 0);
      }
      if (!listed) fail_msg("%s/%s is run by no test", path, entry->d_name);
      found++;
    }
    (void)closedir(stream);
  }
  assert_int_equal(found, GOLDEN_COUNT);
}

/* ---- gates ---- */

/* Each gate shows the facts it was judged by, in the order of the table, and none that nobody knows. */
static void test_evaluation_json_gates_show_their_facts(void **state) {
  engine_rig *self = *state;
  engine_rig_load(self);
  static const struct {
    const char *account, *gates;
  } CASES[] = {
      {"{}",
       "{'gate':'verified','result':'unknown'},{'gate':'followers','result':'unknown','limit':100000},{'gate':"
       "'office','result':'unknown'}],'missing':['account.verified','account.followers_count',"
       "'account.office.status']"},
      {"{'verified':null,'verified_type':'legacy','followers_count':0,'office':{}}",
       "{'gate':'verified','result':'unknown','type':'legacy'},{'gate':'followers','result':'fail','fact':0,'limit':"
       "100000,'distance':-100001},{'gate':'office','result':'unknown'}],'missing':['account.verified',"
       "'account.office.status']"},
      {"{'verified':true,'verified_type':'none','followers_count':99999,'office':{'country':'NL','level':'local'}}",
       "{'gate':'verified','result':'unknown','fact':true,'type':'none'},{'gate':'followers','result':'fail','fact':"
       "99999,'limit':100000,'distance':-2},{'gate':'office','result':'unknown','fact':{'level':'local','country':"
       "'NL'}}],'missing':['account.verified_type','account.office.status']"},
      {"{'verified':true,'verified_type':'government','followers_count':9007199254740991,'office':{'status':'holder',"
       "'branch':'executive','selection':'appointed','leadership':false}}",
       "{'gate':'verified','result':'pass','fact':true,'type':'government'},{'gate':'followers','result':'pass','fact':"
       "9007199254740991,'limit':100000,'distance':9007199254640990},{'gate':'office','result':'fail','fact':{"
       "'leadership':false,'status':'holder','selection':'appointed','branch':'executive'}}],'policy'"},
      {"{'verified':true,'followers_count':100002,'office':{'status':'holder','branch':'executive'}}",
       "{'gate':'verified','result':'pass','fact':true},{'gate':'followers','result':'pass','fact':100002,'limit':"
       "100000,'distance':1},{'gate':'office','result':'unknown','fact':{'status':'holder','branch':'executive'}}],"
       "'missing':['account.office.leadership','account.office.selection']"},
      {"{'verified':true,'followers_count':100002,'office':{'status':'nominee','branch':'judicial','title':'Judge'}}",
       "{'gate':'verified','result':'pass','fact':true},{'gate':'followers','result':'pass','fact':100002,'limit':"
       "100000,'distance':1},{'gate':'office','result':'unknown','fact':{'title':'Judge','status':'nominee','branch':"
       "'judicial'}}],'missing':['account.office.branch']"},
      {"{'verified':true,'followers_count':-0,'office':{'status':'holder'}}",
       "{'gate':'verified','result':'pass','fact':true},{'gate':'followers','result':'fail','fact':0,'limit':100000,"
       "'distance':-100001},{'gate':'office','result':'unknown','fact':{'status':'holder'}}],'missing':["
       "'account.office.branch']"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    char text[1024];
    (void)snprintf(text, sizeof text, "{'id':'c','account':%s,'violations':[{'rule':'made'}]}",
                   CASES[i].account);
    engine_rig_evaluate(self, text);
    engine_rig_has(self, "'gates':[{'gate':'rule_violation','result':'pass','fact':1,'limit':1},");
    engine_rig_has(self, CASES[i].gates);
  }
}

/* What failed gate office besides the office is shown first, so that every outcome explains itself. */
static void test_evaluation_json_shows_what_else_failed_the_office(void **state) {
  engine_rig *self = *state;
  engine_rig_load(self);
  engine_rig_evaluate(self,
                      "{'id':'c','account':{'authentic':false,'kind':'person','office':{'status':'holder',"
                      "'branch':'executive','selection':'elected'}},'violations':[{'rule':'made'}]}");
  engine_rig_has(self,
                 "{'gate':'office','result':'fail','fact':{'authentic':false,'status':'holder','selection':"
                 "'elected','branch':'executive'}}");
  engine_rig_evaluate(
      self, "{'id':'c','account':{'authentic':true,'kind':'party'},'violations':[{'rule':'made'}]}");
  engine_rig_has(self, "{'gate':'office','result':'fail','fact':{'kind':'party'}}");
  engine_rig_evaluate(self,
                      "{'id':'c','account':{'authentic':true,'kind':'person','office':{'status':'none'}},"
                      "'violations':[{'rule':'made'}]}");
  engine_rig_has(self, "{'gate':'office','result':'fail','fact':{'status':'none'}}");
}

/* ---- escapes ---- */

/* Every text of others' that stands in the line: ids, the office's title, notes, whys, messages, the policy.
 */
static void test_evaluation_json_escapes_every_text(void **state) {
  engine_rig *self = *state;
  policy_maker_text(&self->maker, "policy.json",
                    "{\"name\":\"a \\\"b\\\" \\\\c\",\"version\":\"1 \\\"2\\\"\",\"description\":\"d\","
                    "\"learn_more\":\"x\\\"y\"}");
  policy_maker_rule(&self->maker, "made", "0",
                    "balance:note('\"\\\\/\\u{e9}\\u{2028}')\nbalance:condition('c', true, '\"\\\\')");
  policy_maker_rule(&self->maker, "fails", "0", "error('\"\\\\\\t\\u{1F600}')");
  engine_rig_load(self);
  static const char id[] = "\"id\":\"\\\"\\\\/ \xc3\xa9\"";
  char text[1024];
  (void)snprintf(
      text, sizeof text,
      "{%s,\"tweet\":{\"text\":\"\\u0000\\u001f\\u007f\\b\\f\\n\\r\\t\\/\\\"\\\\\\u00e9\\ud83d\\ude00\"},"
      "\"account\":{\"verified\":true,\"followers_count\":200000,\"office\":{\"status\":\"candidate\",\"branch\":\"executive\","
      "\"title\":\"\\\"\\n\\u001b[31m\"}},\"violations\":[{\"rule\":\"made\"}],\"context\":{"
      "\"public_concern\":1,\"call_to_action\":0,\"rights_interference\":0,\"offline_harm\":{\"likelihood\":0,\"severity\":0}}}",
      id);
  engine_rig_evaluate(self, text);
  engine_rig_expect(self, "notice", "weighed");
  static const char *const PARTS[] = {
      "{\"v\":1,\"id\":\"\\\"\\\\/ \xc3\xa9\",\"outcome\":",
      "\"title\":\"\\\"\\n\\u001b[31m\"",
      "\"notes\":[\"\\\"\\\\/\xc3\xa9\xe2\x80\xa8\"]",
      "\"why\":\"\\\"\\\\\"",
      "\"learn_more\":\"x\\\"y\"",
      "\"redacted_text\":\"\\u0000\\u001f\\u007f\\b\\f\\n\\r\\t/\\\"\\\\\xc3\xa9\xf0\x9f\x98\x80\"",
      "\"policy\":\"a \\\"b\\\" \\\\c@1 \\\"2\\\"+sha256:",
  };
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
    if (strstr(self->json, PARTS[i]) == NULL) fail_msg("%s\nis not in %s", PARTS[i], self->json);
  }
  engine_rig_weigh(self, "{'rule':'fails'}", ASSESSED);
  /* a message is one line: its tab became a blank */
  if (strstr(self->json, "\"message\":\"\\\"\\\\ \xf0\x9f\x98\x80\",") == NULL) fail_msg("%s", self->json);
}

/* The largest evaluation there is: 16 violations, each with 64 factors, 16 conditions and the host's own, and
 * 16 notes whose every byte is escaped, and a text of 25,000 control characters. */
static void test_evaluation_json_largest(void **state) {
  engine_rig *self = *state;
  enum { POINTS = 25000 };
  char *text = malloc(6 * POINTS + 4096);
  assert_non_null(text);
  int length = snprintf(text, 4096,
                        "{'id':'c','account':{'verified':true,'followers_count':200000,'office':{'status':"
                        "'candidate','branch':'executive'}},'context':{%s},'violations':[",
                        ASSESSED);
  for (int i = 0; i < 16; i++) {
    char rule[64] = "private_information", path[96], script[256]; /* one with both of the host's conditions */
    if (i > 0) (void)snprintf(rule, sizeof rule, "made_%d", i);
    (void)snprintf(path, sizeof path, "rules/%s.lua", rule);
    (void)snprintf(script, sizeof script,
                   "return { rule = '%s', class = 'rare', bar = 0, weigh = require 'most' }", rule);
    policy_maker_text(&self->maker, path, script);
    length += snprintf(text + length, 128, "%s{'rule':'%s','kind':'threat'%s}", i > 0 ? "," : "", rule,
                       i > 0 ? "" : ",'spans':[]");
  }
  policy_maker_text(&self->maker, "lib/most.lua",
                    "return function(case, balance)\n"
                    "  for i = 1, 64 do balance:interest(('f'):rep(40) .. i, 1 / 3, 9.999) end\n"
                    "  for i = 1, 16 do balance:condition(('c'):rep(40) .. i, true, ('\"'):rep(512)) end\n"
                    "  for i = 1, 16 do balance:note(('\\\\'):rep(512)) end\nend\n");
  length += snprintf(text + length, 128, "],'tweet':{'text':'");
  for (int i = 0; i < POINTS; i++) length += snprintf(text + length, 8, "\\u0000");
  (void)snprintf(text + length, 8, "'}}");
  engine_rig_load(self);
  engine_rig_evaluate(self, text);
  free(text);
  engine_rig_expect(self, "notice", "weighed");
  assert_int_equal(self->evaluation->entries_count, 16);
  assert_true(strlen(self->json) > 16 * 32 * 1024 + 6 * POINTS);
  engine_rig_has(self, "'interest':213.311786688,'harm':0,"); /* 64 × 0.333333 × 9.999 */
}

/* A limit that is passed by the last thing a script does has no line. */
static void test_evaluation_json_of_an_error_without_a_line(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "fails", "0", "error 'e'");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'fails'}", ASSESSED);
  engine_rig_has(self, "'script':'rules/fails.lua','line':2}}],'policy':");
  pi_entry *entry = (pi_entry *)(uintptr_t)&self->evaluation->entries[0];
  entry->error.line = 0;
  pi_buffer out;
  pi_buffer_init(&out, 4096);
  pi_evaluation_write(self->evaluation, &out);
  char *expected = engine_rig_quoted("'message':'e','script':'rules/fails.lua'}}],'policy':");
  if (strstr(pi_buffer_end(&out), expected) == NULL) fail_msg("%s\nis not in %s", expected, out.data);
  free(expected);
  pi_buffer_dispose(&out);
}

/* ---- a line that could not be evaluated ---- */

static void expect_refusal(const pubint_error *error, uint64_t line, const char *id, const char *file,
                           const char *expected) {
  pi_buffer out;
  pi_buffer_init(&out, 4096);
  pi_evaluation_write_refusal(&out, error, line, pi_slice_of(id), pi_slice_of(file));
  char *quoted = engine_rig_quoted(expected);
  assert_string_equal(pi_buffer_end(&out), quoted);
  free(quoted);
  pi_buffer_dispose(&out);
}

static void test_evaluation_json_of_a_refused_case(void **state) {
  (void)state;
  pubint_error error = {0};
  pubint_case *input = NULL;
  static const char json[] = "{\"id\":\"c-17\",\"violations\":[],\"account\":{\"followers_count\":\"12\"}}";
  assert_int_equal(pubint_case_parse(&input, json, sizeof json - 1, &error), PUBINT_E_INPUT);
  assert_null(input);
  expect_refusal(&error, 17, "c-17", "",
                 "{'v':1,'line':17,'id':'c-17','error':{'code':'E1203','message':'not a count','path':"
                 "'/account/followers_count','column':59,'found':'\\'12\\' (a string)','expected':"
                 "'a whole number from 0 to 9007199254740991','hint':'remove the quotes'}}");
  expect_refusal(
      &error, 17, "", "in \"put\".jsonl",
      "{'v':1,'file':'in \\'put\\'.jsonl','line':17,'error':{'code':'E1203','message':'not a count','path':"
      "'/account/followers_count','column':59,'found':'\\'12\\' (a string)','expected':"
      "'a whole number from 0 to 9007199254740991','hint':'remove the quotes'}}");
  static const char misspelt[] = "{\"id\":\"c\",\"violation\":[]}";
  assert_int_equal(pubint_case_parse(&input, misspelt, sizeof misspelt - 1, &error), PUBINT_E_INPUT);
  pi_buffer out;
  pi_buffer_init(&out, 4096);
  pi_evaluation_write_refusal(&out, &error, UINT64_C(12345678901), PI_SLICE("c"), (pi_slice){"", 0});
  assert_non_null(strstr(pi_buffer_end(&out),
                         "{\"v\":1,\"line\":12345678901,\"id\":\"c\",\"error\":{\"code\":\"E1101\","
                         "\"message\":\"a key that a case does not have\",\"path\":"));
  assert_non_null(strstr(pi_buffer_end(&out), ",\"hint\":\"did you mean \\\"violations\\\"?\"}}"));
  pi_buffer_dispose(&out);
}

/* The watchdog's line can be told from a refusal, and tried again. */
static void test_evaluation_json_of_a_case_that_took_too_long(void **state) {
  (void)state;
  pubint_error error = {0};
  pi_error_set(&error, PI_E_LIMIT_TIME);
  pi_error_field(error.file, sizeof error.file, "rules/x.lua", 11);
  expect_refusal(
      &error, 3, "c", "",
      "{'v':1,'line':3,'id':'c','error':{'code':'E3004','kind':'limit_time','message':'the watchdog stopped the "
      "evaluation'}}");
}

int main(int argc, char **argv) {
  enum { OTHERS = 8 };
  struct CMUnitTest tests[GOLDEN_COUNT + OTHERS] = {
      cmocka_unit_test(test_evaluation_json_golden_files_are_all_run),
      RIG_TEST(test_evaluation_json_gates_show_their_facts),
      RIG_TEST(test_evaluation_json_shows_what_else_failed_the_office),
      RIG_TEST(test_evaluation_json_escapes_every_text),
      RIG_TEST(test_evaluation_json_largest),
      RIG_TEST(test_evaluation_json_of_an_error_without_a_line),
      cmocka_unit_test(test_evaluation_json_of_a_refused_case),
      cmocka_unit_test(test_evaluation_json_of_a_case_that_took_too_long),
  };
  for (size_t i = 0; i < GOLDEN_COUNT; i++) {
    tests[OTHERS + i] = (struct CMUnitTest){
        .name = GOLDEN[i].name, .test_func = test_evaluation_json_is_golden, .initial_state = &GOLDEN[i]};
  }
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
