/* What Tab offers: a line, where | is the cursor, and the names that may stand there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy_maker.h"
#include "repl_complete.h"
#include "test.h"

static const char RULE[] = "return {\n  rule = \"violence\", class = \"unlikely\", bar = 1,\n"
                           "  weigh = function(case, balance)\n"
                           "    balance:interest(\"debate\", case.context.public_debate, 3)\n"
                           "    balance:harm(\"offline_harm\", case.context.offline_harm.likelihood, 6)\n"
                           "    balance:condition(\"fair\", true)\n"
                           "  end,\n}\n";

static const char MARKET[] =
    "local read = require \"read\"\n"
    "return {\n  market = \"KE\",\n"
    "  weigh = function(case, balance)\n"
    "    local s = case.signals\n"
    "    if s.polls_open then balance:note(\"open\") end\n"
    "    if case.context.signals[\"court_order\"] == \"final\" then balance:note(\"ordered\") end\n"
    "    balance:harm(\"tension\", read.grade(case, balance, \"tension_there\"), 1)\n"
    "    balance:condition(\"not_a_signal\", true, \"why\")\n"
    "  end,\n}\n";

static const char LIB[] = "local read = {}\n"
                          "function read.grade(case, balance, name) return case.signals[name] or 0 end\n"
                          "return read\n";

static const char CASES[] =
    "{\"id\":\"alpha-1\",\"violations\":[{\"rule\":\"violence\",\"kind\":\"threat\"},{\"rule\":\"terrorism\"}]}\n"
    "{\"id\":\"alpha-2\",\"violations\":[{\"rule\":\"violence\"}]}\n"
    "{\"id\":\"beta\",\"violations\":[{\"rule\":\"violence\"}]}\n";

typedef struct desk {
  policy_maker maker;
  pi_repl_session session;
} desk;

static int set_up(void **state) {
  desk *self = calloc(1, sizeof *self);
  assert_non_null(self);
  policy_maker_begin(&self->maker);
  policy_maker_text(&self->maker, "rules/violence.lua", RULE);
  policy_maker_rule(&self->maker, "house_rule", "2", "balance:interest(\"mine\", 1, 1)");
  policy_maker_text(&self->maker, "markets/KE.lua", MARKET);
  policy_maker_text(&self->maker, "lib/read.lua", LIB);
  policy_maker_text(&self->maker, "tests/coalition_test.lua", "test(\"x\", function() end)\n");
  policy_maker_text(&self->maker, "files/cases.jsonl", CASES);
  const pi_common common = {.policy = self->maker.folder, .color = 2};
  pi_exit status;
  assert_true(pi_repl_session_init(&self->session, &common, &status));
  char name[600];
  snprintf(name, sizeof name, "%s/files/cases.jsonl", self->maker.folder);
  pi_repl_open_file(&self->session, name, NULL);
  assert_true(self->session.hand.open);
  *state = self;
  return 0;
}

static int tear_down(void **state) {
  desk *self = *state;
  pi_repl_session_dispose(&self->session);
  policy_maker_end(&self->maker);
  free(self);
  return 0;
}

typedef struct table_row {
  const char *line;  /* before the cursor */
  const char *names; /* with a blank between; "+ a b": these are among them; "- a b": none of these is */
  const char *into;  /* what the line becomes; NULL: it stays */
} table_row;

/* The names with a blank before and behind each. */
static char *joined(const pi_repl_candidates *found) {
  char *text = calloc(found->names.len + 2, 1);
  assert_non_null(text);
  text[0] = ' ';
  for (size_t i = 0; i < found->names.len; i++) {
    text[i + 1] = found->names.data[i] != '\0' ? found->names.data[i] : ' ';
  }
  return text;
}

static void expect_each(const table_row *row, const char *found, const char *names, bool there) {
  char list[1024], *rest = NULL;
  snprintf(list, sizeof list, "%s", names);
  for (char *name = strtok_r(list, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
    char framed[256];
    snprintf(framed, sizeof framed, " %s ", name);
    if ((strstr(found, framed) != NULL) != there)
      fail_msg("\"%s\": %s is %s:%s", row->line, name, there ? "missing among" : "among", found);
  }
}

static void expect_row(desk *self, const char *begun, const table_row *row) {
  pi_repl_candidates found;
  pi_repl_candidates_init(&found);
  pi_repl_complete(&self->session, pi_slice_of(begun), pi_slice_of(row->line), &found);
  char *names = joined(&found);
  if (row->names[0] == '+' || row->names[0] == '-') {
    expect_each(row, names, row->names + 1, row->names[0] == '+');
  } else {
    char wanted[1024];
    snprintf(wanted, sizeof wanted, " %s%s", row->names, row->names[0] != '\0' ? " " : "");
    if (strcmp(names, wanted) != 0) fail_msg("\"%s\": it offers%s", row->line, names);
  }
  char into[1024] = "";
  if (found.insert > 0) {
    snprintf(into, sizeof into, "%.*s%.*s%s", (int)found.begin, row->line, (int)found.insert,
             found.names.data, found.count == 1 ? found.after : "");
  }
  if (row->names[0] != '-' && row->into != NULL && strcmp(into, row->into) != 0)
    fail_msg("\"%s\" becomes \"%s\"", row->line, into);
  if (row->names[0] != '-' && row->into == NULL && found.insert > 0)
    fail_msg("\"%s\" becomes \"%s\" and should stay", row->line, into);
  free(names);
  pi_repl_candidates_dispose(&found);
}

#define EXPECT(self, rows)                                                                                   \
  for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++) expect_row(self, "", &(rows)[i])

static void test_complete_commands(void **state) {
  static const table_row ROWS[] = {
      {":ne", ":new :next", NULL},
      {":swe", ":sweep", ":sweep "},
      {"  :wat", ":watch", "  :watch "},
      {":nothing_so", "", NULL},
      {":help swe", "sweep", ":help sweep "},
      {":help offline", "context.offline_harm.likelihood context.offline_harm.severity",
       ":help context.offline_harm."},
      {":help E1203", "E1203", ":help E1203 "},
      {":help R04", "+ R049", NULL},
      {"help swe", "sweep", "help sweep "},
      {":watch o", "off on", NULL},
      {":sa", ":save", ":save "},
      {":save t", "test", ":save test "},
      {":save test coal", "coalition", ":save test coalition"},
      {":next x", "", NULL},
      {":eval ", "", NULL},
  };
  EXPECT(*state, ROWS);
}

static void test_complete_paths_by_any_part(void **state) {
  static const table_row ROWS[] = {
      {":set offline", "context.offline_harm.likelihood context.offline_harm.severity",
       ":set context.offline_harm."},
      {":set offline_harm.s", "context.offline_harm.severity", ":set context.offline_harm.severity "},
      {":set hyperb", "context.hyperbole", ":set context.hyperbole "},
      {":set _harm", "+ context.offline_harm.severity context.service_harm", NULL},
      {":set account.office.st", "account.office.status", ":set account.office.status "},
      {":se account.office.st", "account.office.status", ":se account.office.status "},
      {":uns account.office.st", "", NULL}, /* the case has none */
      {":show offline", "context.offline_harm context.offline_harm.likelihood context.offline_harm.severity",
       ":show context.offline_harm"},
      {":facts viol", "violence", ":facts violence "},
      {":facts hyper", "context.hyperbole", ":facts context.hyperbole "},
      {":show viol", "violations", ":show violations "},
      {":sweep lik", "context.offline_harm.likelihood", ":sweep context.offline_harm.likelihood "},
      {":sweep tweet.t", "", NULL}, /* a text has no range */
      {":set tweet.t", "tweet.text", ":set tweet.text "},
      {":set account.office ", "- account.kind context.market", NULL},
      {":set account.office ", "+ account.office.status account.office.level", ":set account.office."},
  };
  EXPECT(*state, ROWS);
}

static void test_complete_values(void **state) {
  static const table_row ROWS[] = {
      {":set account.office.selection ", "appointed elected", NULL},
      {":set selection el", "elected", ":set selection elected "},
      {":set account.verified ", "false true", NULL},
      {":set verified_type gov", "government", ":set verified_type government "},
      {":set hyperbole ", "high low medium none severe", NULL},
      {":set context.market ", "KE", ":set context.market KE "},
      {":set tweet.text ", "", NULL},
      {":set tweet.text \"case.", "", NULL},
      {":set account.followers_count 5", "", NULL},
  };
  EXPECT(*state, ROWS);
}

static void test_complete_violations(void **state) {
  static const table_row ROWS[] = {
      {":set viol", "violations[1].kind violations[1].rule violations[2].rule", ":set violations["},
      {":set violations[1].", "violations[1].kind violations[1].rule", NULL},
      {":set violations[1].kind ", "glorification threat", NULL},
      {":set violations[1].rule terr", "terrorism", ":set violations[1].rule terrorism "},
      {":set violations[2].rule hou", "house_rule", ":set violations[2].rule house_rule "},
      {":set violations[3].rule ", "", NULL},
      {":set violations[1].grounds ", "+ race", NULL},
      {":add copy", "copyright", ":add copyright "},
      {":add violence g", "glorification", ":add violence glorification "},
      {":drop ", "terrorism violence", NULL},
  };
  EXPECT(*state, ROWS);
}

/* What is never excepted is never weighed. */
static void test_complete_no_never_excepted_rule_where_none_is_weighed(void **state) {
  static const table_row ROWS[] = {
      {":weight ", "house_rule off violence", NULL},
      {":bar ", "house_rule violence", NULL},
      {":why ", "violence", ":why violence "},
      {":new ", "- terrorism copyright", NULL},
      {":new ", "+ violence house_rule", NULL},
      {":weight violence ", "debate offline_harm", NULL},
      {":weight house_rule ", "mine", ":weight house_rule mine "},
      {":weight violence debate o", "off", ":weight violence debate off "},
      {":bar violence o", "off", ":bar violence off "},
  };
  EXPECT(*state, ROWS);
}

static void test_complete_signals(void **state) {
  static const table_row ROWS[] = {
      {":set signals.", "signals.court_order signals.polls_open signals.tension_there", NULL},
      {":set context.signals.p", "context.signals.polls_open", ":set context.signals.polls_open "},
      {":set polls", "signals.polls_open", ":set signals.polls_open "},
      {":set signals.polls_open ", "false true", NULL},
      {"case.signals.", "case.signals.court_order case.signals.polls_open case.signals.tension_there", NULL},
      {"case.context.signals.t", "case.context.signals.tension_there", "case.context.signals.tension_there"},
  };
  EXPECT(*state, ROWS);
}

static void test_complete_ids(void **state) {
  static const table_row ROWS[] = {
      {":go b", "beta", ":go beta "}, {":go al", "alpha-1 alpha-2", ":go alpha-"}, {":go 2", "", NULL}};
  EXPECT(*state, ROWS);
}

static void test_complete_members_of_handles(void **state) {
  static const table_row ROWS[] = {
      {"evaluation.out", "evaluation.outcome", "evaluation.outcome"},
      {"evaluation.rules[1].mar", "evaluation.rules[1].margin evaluation.rules[1].market", NULL},
      {"evaluation.rules[1].market.cl", "evaluation.rules[1].market.clamped",
       "evaluation.rules[1].market.clamped"},
      {"evaluation.rules[i + 1].factors[2].", "+ evaluation.rules[i + 1].factors[2].strength", NULL},
      {"evaluation[\"rules\"][1].ver", "evaluation[\"rules\"][1].verdict",
       "evaluation[\"rules\"][1].verdict"},
      {"evaluation.gates[1].res", "evaluation.gates[1].result", "evaluation.gates[1].result"},
      {"evaluation.effects.quo", "evaluation.effects.quote", "evaluation.effects.quote"},
      {"evaluation.rules.", "", NULL}, /* a list */
      {"evaluation.outcome.", "", NULL},
      {"evaluation.rules[1][2].", "", NULL},
      {"evaluation:", "", NULL},
      {"case.account.off", "case.account.office.", "case.account.office."},
      {"case.account.office.br", "case.account.office.branch", "case.account.office.branch"},
      {"case.viol", "case.violation case.violation.", "case.violation"},
      {"case.violation.ki", "case.violation.kind", "case.violation.kind"},
      {"case:", "case:known", "case:known"},
      {"case.k", "", NULL}, /* known is a method */
      {"case.tweet:", "", NULL},
      {"case.tweet.text:up", "case.tweet.text:upper", "case.tweet.text:upper"},
      {"if #case.tweet.te", "case.tweet.text", "if #case.tweet.text"},
      {"balance:", "balance:condition balance:harm balance:interest balance:note", NULL},
      {"balance.", "", NULL},
      {"(\"abc\"):upp", "upper", "(\"abc\"):upper"},
      {":find evaluation.rules[1].verd", "evaluation.rules[1].verdict", ":find evaluation.rules[1].verdict"},
      {":count case.tweet.la", "case.tweet.lang", ":count case.tweet.lang"},
  };
  EXPECT(*state, ROWS);
}

static void test_complete_names_of_lua(void **state) {
  static const table_row ROWS[] = {
      {"ti", "time.", "time."},
      {"time.d", "time.days", "time.days"},
      {"text.", "text.contains text.count text.find text.length text.matches", NULL},
      {"string.format(text.len", "text.length", "string.format(text.length"},
      {"tex", "text.", "text."},
      {"whi", "while", "while"},
      {"1 + ipa", "ipairs", "1 + ipairs"},
      {"evaluat", "evaluate evaluation.", NULL},
      {"x = \"a\"..ipa", "ipairs", "x = \"a\"..ipairs"},
      {"1.", "", NULL},
      {"0x1f", "", NULL},
      {"goto ::ip", "", NULL},
      {"tonumber(\"1\").", "", NULL},
  };
  EXPECT(*state, ROWS);
}

static void test_complete_nothing_within_texts_and_comments(void **state) {
  static const table_row ROWS[] = {
      {"\"ipa", "", NULL},
      {"'case.", "", NULL},
      {"x = \"a\\\"ipa", "", NULL},
      {"[[ipa", "", NULL},
      {"[==[ ]] ipa", "", NULL},
      {"-- ipa", "", NULL},
      {"--[[ ipa", "", NULL},
      {"case:known \"tw", "", NULL},
      {"\"a\" .. ipa", "ipairs", "\"a\" .. ipairs"},
      {"'\"' .. ipa", "ipairs", "'\"' .. ipairs"},
      {"[[a]] .. ipa", "ipairs", "[[a]] .. ipairs"},
      {"--[[ a ]] ipa", "ipairs", "--[[ a ]] ipairs"},
      {":find case.tweet.lang == \"ipa", "", NULL},
  };
  EXPECT(*state, ROWS);
  const table_row within = {"ipa", "", NULL}, after = {"]] ipa", "ipairs", "]] ipairs"};
  expect_row(*state, "x = [[", &within);
  expect_row(*state, "x = [[", &after);
  const table_row plain = {"ipa", "ipairs", "ipairs"};
  expect_row(*state, "f(-- a remark", &plain);
}

/* Tables are looked into; nothing that was typed runs. */
static void test_complete_keys_of_globals(void **state) {
  desk *self = *state;
  pi_repl_run(&self->session,
              PI_SLICE("mine = {inner = {deep = 1, [\"not a name\"] = 2}, list = {{x_of = 1}}}"));
  static const table_row ROWS[] = {
      {"min", "mine", "mine"},
      {"mine.", "mine.inner mine.list", NULL},
      {"mine.inner.", "mine.inner.deep", "mine.inner.deep"},
      {"mine.list[1].", "mine.list[1].x_of", "mine.list[1].x_of"},
      {"mine.list[2].", "", NULL},
      {"mine.inner.deep.", "", NULL},
      {"nobody.", "", NULL},
  };
  EXPECT(self, ROWS);
}

static void test_complete_files_of_commands_that_take_them(void **state) {
  desk *self = *state;
  char line[700], names[600], into[700];
  snprintf(line, sizeof line, ":open %s/files/ca", self->maker.folder);
  snprintf(names, sizeof names, "%s/files/cases.jsonl", self->maker.folder);
  snprintf(into, sizeof into, ":open %s", names);
  const table_row plain = {line, names, into};
  expect_row(self, "", &plain);
  policy_maker_text(&self->maker, "files/my case.json", "{}");
  snprintf(line, sizeof line, ":open '%s/files/my", self->maker.folder);
  snprintf(into, sizeof into, ":open '%s/files/my case.json'", self->maker.folder);
  const table_row quoted = {line, "- nothing", into};
  expect_row(self, "", &quoted);
}

/* Of a file of any size a moment's worth is read. */
static void test_complete_ids_of_a_large_file_are_a_sample(void **state) {
  enum { MANY = 100000 };
  desk *self = *state;
  char name[600];
  snprintf(name, sizeof name, "%s/files/many.jsonl", self->maker.folder);
  FILE *out = fopen(name, "w");
  assert_non_null(out);
  for (int i = 1; i <= MANY; i++)
    fprintf(out, "{\"id\":\"c%d\",\"violations\":[{\"rule\":\"violence\"}]}\n", i);
  assert_int_equal(fclose(out), 0);
  pi_repl_open_file(&self->session, name, NULL);
  pi_repl_candidates found;
  pi_repl_candidates_init(&found);
  pi_repl_complete(&self->session, PI_SLICE(""), PI_SLICE(":go c"), &found);
  bool complete;
  assert_true(found.partial);
  assert_true(found.count > 0 && found.count <= 200);
  assert_int_equal(found.insert, 0);
  assert_true(pi_repl_file_lines(self->session.hand.file, &complete) < MANY);
  pi_repl_candidates_dispose(&found);
  const table_row near = {
      ":go c1999", "c1999 c19990 c19991 c19992 c19993 c19994 c19995 c19996 c19997 c19998 c19999", NULL};
  expect_row(self, "", &near);
  assert_true(pi_repl_file_lines(self->session.hand.file, &complete) < MANY);
}

/* Without a case at hand, and after what made it stale, there is no evaluation to look into. */
static void test_complete_evaluates_nothing(void **state) {
  desk *self = *state;
  static const table_row ROWS[] = {
      {":weight violence ", "debate offline_harm", NULL},
      {"evaluation.rules[1].verd", "evaluation.rules[1].verdict", "evaluation.rules[1].verdict"}};
  pi_repl_session_changed(&self->session);
  assert_false(self->session.hand.evaluated);
  EXPECT(self, ROWS);
  assert_false(self->session.hand.evaluated);
  self->session.hand.open = false;
  EXPECT(self, ROWS);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_complete_commands, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_paths_by_any_part, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_values, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_violations, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_no_never_excepted_rule_where_none_is_weighed, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(test_complete_signals, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_ids, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_members_of_handles, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_names_of_lua, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_nothing_within_texts_and_comments, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_keys_of_globals, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_files_of_commands_that_take_them, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_ids_of_a_large_file_are_a_sample, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_complete_evaluates_nothing, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
