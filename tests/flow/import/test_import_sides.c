/* Side files: which row a Tweet gets, what is refused as a whole, and the cell that a refused case is about.
 */
#include <stdio.h>
#include <string.h>

#include "import_rig.h"
#include "test.h"

#define NONE "tweet_id,rule\n2,none\n"
#define TWEET                                                                                                \
  "{\"id\":\"2\",\"text\":\"call 555 now\",\"created_at\":\"2019-06-01T00:00:00Z\",\"author\":{\"id\":\"7\",\"username\":\"Desk\"}}"

static void expect_in_case(const char *offices, const char *violations, const char *part) {
  import_rig_run(&rig, TWEET, offices, violations);
  import_rig_expect(&rig, 1, 0);
  const char *line = import_rig_cases(&rig);
  if (strstr(line, part) == NULL) fail_msg("\"%s\" is not in: %s", part, line);
}

static void test_import_sides_office_by_id_before_username(void **state) {
  (void)state;
  expect_in_case("account_id,username,title\n,desk,By name\n7,renamed,By id\n", NONE, "\"title\":\"By id\"");
  expect_in_case("username,title\ndESK,By name\n", NONE, "\"title\":\"By name\"");
  expect_in_case("account_id,kind,authentic,observed_at,country\n7,person,false,2020-01-01T00:00:00Z,NL\n",
                 NONE,
                 "\"account\":{\"id\":\"7\",\"username\":\"Desk\",\"observed_at\":\"2020-01-01T00:00:00Z\","
                 "\"kind\":\"person\",\"authentic\":false,\"office\":{\"country\":\"NL\"}}");
  import_rig_run(&rig, TWEET, "account_id,title\n8,Another\n", NONE);
  import_rig_says(&rig, "\"no_office\":1");
  import_rig_says(&rig, "\"unused_rows\":{\"offices\":1,\"violations\":0}");
}

static void test_import_sides_office_of_the_tweets_time(void **state) {
  (void)state;
  static const char TERMS[] =
      "account_id,title,since,until\n7,First,,2018-12-31\n7,Second,2019-01-01,2019-06-01\n"
      "7,Third,2019-06-02T00:00:00Z,\n";
  expect_in_case(TERMS, NONE, "\"title\":\"Second\""); /* until is a date, and that day counts */
  static const char UNDATED[] = "{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\"}";
  import_rig_run(&rig, UNDATED, TERMS, NONE);
  import_rig_says(&rig, "\"note\":\"office_undated\"");
  import_rig_run(&rig, TWEET, "account_id,title,since\n7,Later,2019-06-02\n", NONE);
  import_rig_says(&rig, "\"note\":\"office_outside\"");
  assert_null(strstr(import_rig_cases(&rig), "Later"));
  import_rig_run(&rig, UNDATED, "account_id,title,since\n7,Later,2019-06-02\n", NONE);
  import_rig_says(&rig, "\"note\":\"office_unchecked\"");
  assert_non_null(strstr(import_rig_cases(&rig), "Later"));
}

static void test_import_sides_violations_and_context(void **state) {
  (void)state;
  expect_in_case(
      NULL,
      "tweet_id,rule,kind,grounds,spans,context.public_debate,context.offline_harm.severity,"
      "context.target.kind,context.market\n"
      "2,private_information,posted,,5-8:phone|09-12,0.5,high,,\n"
      "2,hateful_conduct,slurs,age|race,,,,group,US-CA\n",
      "\"violations\":[{\"rule\":\"private_information\",\"kind\":\"posted\",\"spans\":[{\"start\":5,"
      "\"end\":8,\"kind\":\"phone\"},{\"start\":9,\"end\":12}]},{\"rule\":\"hateful_conduct\",\"kind\":"
      "\"slurs\",\"grounds\":[\"race\",\"age\"]}],\"context\":{\"market\":\"US-CA\",\"public_debate\":0.5,"
      "\"target\":{\"kind\":\"group\"},\"offline_harm\":{\"severity\":0.75}}}");
}

/* Looked for and not found is not the same as not looked for, and only a rule that has spans can say it. */
static void test_import_sides_tell_no_spans_from_unknown_ones(void **state) {
  (void)state;
  static const char *const NONE_CELLS[] = {"none", "[]"};
  for (size_t i = 0; i < 2; i++) {
    char text[128];
    snprintf(text, sizeof text, "tweet_id,rule,kind,spans\n2,private_information,threat,%s\n", NONE_CELLS[i]);
    expect_in_case(NULL, text,
                   "\"violations\":[{\"rule\":\"private_information\",\"kind\":\"threat\",\"spans\":[]}]");
  }
  expect_in_case(NULL, "tweet_id,rule,kind,spans\n2,private_information,threat,\n",
                 "\"violations\":[{\"rule\":\"private_information\",\"kind\":\"threat\"}]");
}

/* What the whole file says against itself. */
static void test_import_sides_files_that_are_refused(void **state) {
  (void)state;
  static const struct {
    const char *offices, *violations, *says;
  } CASES[] = {
      {"account_id,stats\n", NULL, "offices.csv:1:12: E4038"},
      {"account_id,stats\n", NULL, "did you mean status?"},
      {"account_id;status\n", NULL, "parted by commas"},
      {"account_id,,status\n", NULL, "offices.csv:1:12: E4038: a column without a name"},
      {"account_id,status,\n7,holder,x\n", NULL, "offices.csv:2:10: E4038: a column without a name"},
      {"title\nx\n", NULL, "a column is missing"},
      {"account_id,title\n,x\n", NULL, "offices.csv:2:1: E4039: a row for nobody"},
      {"account_id\n1.17505E+09\n", NULL, "a spreadsheet has rounded"},
      {"account_id,since\n7,2019-02-30\n", NULL, "offices.csv:2:3: E4039: not a date"},
      {"account_id,since,until\n7,2019-02-02,2019-02-01\n", NULL, "ends before it begins"},
      {"account_id,status,since,until\n7,former,,2019-02-03\n7,holder,2019-02-02,\n", NULL,
       "hint: the other is in line 2"},
      {"username,status\ndesk,holder\nDESK,none\n", NULL, "offices.csv:3:1: E4039: two rows for one account"},
      {NULL, "tweet_id,rule,context.public_debates\n", "did you mean context.public_debate?"},
      {NULL, "tweet_id,rule,context.withheld_in\n", "E4038"},
      {NULL, "tweet_id\n", "expected tweet_id and rule"},
      {NULL, "tweet_id,rule\n2,\n", "violations.csv:2:3: E4039: an empty cell"},
      {NULL, "tweet_id,rule,kind\n2,violence,threat\n3,none,\n2,violence,threat\n", "the other is in line 2"},
      {NULL, "tweet_id,rule\n2,violence\n2,none\n", "breaks a rule and none"},
      {NULL, "tweet_id,rule,kind\n2,none,threat\n", "violations.csv:2:8: E4039"},
      {NULL, "tweet_id,rule,context.hyperbole\n2,violence,0.5\n2,terrorism,0.6\n",
       "differ about its context"},
      {NULL, "tweet_id,rule\n2,\"violence\n", "never closed"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    const char *violations = CASES[i].violations != NULL ? CASES[i].violations : "tweet_id,rule\n";
    import_rig_run(&rig, TWEET, CASES[i].offices, violations);
    assert_int_equal(rig.status, PUBINT_E_INPUT);
    assert_int_equal(rig.cases.len, 0);
    import_rig_says(&rig, CASES[i].says);
  }
}

static void test_import_sides_too_many_rows(void **state) {
  (void)state;
  char rows[1024];
  size_t length = (size_t)snprintf(rows, sizeof rows, "tweet_id,rule\n");
  for (int i = 0; i < 17; i++) {
    length += (size_t)snprintf(rows + length, sizeof rows - length, "2,rule_%d\n", i);
  }
  import_rig_run(&rig, TWEET, NULL, rows);
  assert_int_equal(rig.status, PUBINT_E_INPUT);
  import_rig_says(&rig, "violations.csv:18:1: E4039: too many rows");
}

/* What one cell says wrongly refuses the Tweets that it is about, with the cell's place. */
static void test_import_sides_cells_that_are_refused(void **state) {
  (void)state;
  static const struct {
    const char *offices, *violations, *code, *at;
  } CASES[] = {
      {"account_id,branch\n7,legislativ\n", NONE, "E1202",
       "\"file\":\"offices.csv\",\"line\":2,\"column\":3"},
      {"account_id,authentic\n7,TRUE\n", NONE, "E1201", "\"file\":\"offices.csv\",\"line\":2,\"column\":3"},
      {"account_id,country\n7,nl\n", NONE, "E1208", "\"file\":\"offices.csv\",\"line\":2,\"column\":3"},
      {NULL, "tweet_id,rule\n2,Violence\n", "E1303", "\"file\":\"violations.csv\",\"line\":2,\"column\":3"},
      {NULL, "tweet_id,rule,kind\n2,terrorism,\n2,violence,thread\n", "E1304", "\"line\":3,\"column\":12"},
      {NULL, "tweet_id,rule,grounds\n2,violence,race\n", "E1305", "\"line\":2,\"column\":12"},
      {NULL, "tweet_id,rule,spans\n2,private_information,5-99\n", "E1308", "\"line\":2,\"column\":23"},
      {NULL, "tweet_id,rule,spans\n2,private_information,5 to 8\n", "E4039", "\"line\":2,\"column\":23"},
      {NULL, "tweet_id,rule,spans\n2,private_information,none|5-8\n", "E4039", "\"line\":2,\"column\":23"},
      {NULL, "tweet_id,rule,spans\n2,violence,none\n", "E1306", "\"line\":2,\"column\":12"},
      {NULL, "tweet_id,rule,context.hyperbole\n2,violence,1.5\n", "E1204", "\"line\":2,\"column\":12"},
      {NULL, "tweet_id,rule,context.hyperbole\n2,violence,a lot\n", "E1202", "\"line\":2,\"column\":12"},
      {NULL, "tweet_id,rule,context.market\n2,violence,Holland\n", "E1209", "\"line\":2,\"column\":12"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    import_rig_run(&rig, TWEET, CASES[i].offices, CASES[i].violations);
    import_rig_expect(&rig, 0, 1);
    import_rig_says(&rig, CASES[i].code);
    import_rig_says(&rig, CASES[i].at);
  }
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_import_sides_office_by_id_before_username),
      cmocka_unit_test(test_import_sides_office_of_the_tweets_time),
      cmocka_unit_test(test_import_sides_violations_and_context),
      cmocka_unit_test(test_import_sides_tell_no_spans_from_unknown_ones),
      cmocka_unit_test(test_import_sides_files_that_are_refused),
      cmocka_unit_test(test_import_sides_too_many_rows),
      cmocka_unit_test(test_import_sides_cells_that_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, import_rig_tear_down);
}
