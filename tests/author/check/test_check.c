/* Properties on generated cases, and what is told of them. */
#include <stdio.h>

#include "check.h"
#include "check_report.h"
#include "engine_rig.h"

static pi_check run(engine_rig *rig, const pi_check_options *options) {
  pi_check check;
  pubint_error error;
  engine_rig_load(rig);
  assert_int_equal(pi_check_run(&check, rig->policy, options, &error), PUBINT_OK);
  return check;
}

static const pi_finding *find(const pi_check *check, unsigned code) {
  for (uint32_t i = 0; i < check->findings.count; i++) {
    if (check->findings.items[i].code == code) return &check->findings.items[i];
  }
  return NULL;
}

static void test_check_finds_harm_that_helps_with_the_smallest_case(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 500, .seed = 7};
  policy_maker_rule(&rig->maker, "abuse_harassment", "1",
                    "local both = case.context.call_to_action * case.context.heated_debate\n"
                    "balance:interest('mixed', both, 2)");
  pi_check check = run(rig, &options);
  const pi_finding *finding = find(&check, 6003);
  assert_non_null(finding);
  assert_int_equal(finding->fact, PI_FACT_CALL_TO_ACTION);
  assert_int_equal(finding->line, 3);
  assert_non_null(strstr(finding->message.ptr, "raising context.call_to_action from "));
  assert_null(strstr(finding->case_json.ptr, "market"));
  pi_check_close(&check);
}

static void test_check_lets_a_waiver_stand(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 300, .seed = 7};
  policy_maker_text(&rig->maker, "rules/abuse_harassment.lua",
                    "return { rule = 'abuse_harassment', class = 'possible', bar = 1,\n"
                    "waives = { ['context.call_to_action'] = 'it is meant' },\n"
                    "weigh = function(case, balance)\n"
                    "balance:interest('odd', case.context.call_to_action, 2)\nend }\n");
  pi_check check = run(rig, &options);
  assert_null(find(&check, 6003));
  pi_buffer json;
  pi_buffer_init(&json, 1 << 20);
  pi_check_write(&check, &json);
  assert_non_null(strstr(pi_buffer_end(&json), "\"reason\":\"it is meant\""));
  pi_buffer_dispose(&json);
  pi_check_close(&check);
}

static void test_check_finds_who_somebody_is_unless_declared(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 500, .seed = 7};
  const char *body = "balance:interest('here', case.account.office.country == 'US' and 1 or 0, 2)";
  policy_maker_rule(&rig->maker, "abuse_harassment", "1", body);
  pi_check check = run(rig, &options);
  const pi_finding *finding = find(&check, 6005);
  assert_non_null(finding);
  assert_int_equal(finding->fact, PI_FACT_OFFICE_COUNTRY);
  pi_check_close(&check);
  policy_maker_text(&rig->maker, "rules/abuse_harassment.lua",
                    "return { rule = 'abuse_harassment', class = 'possible', bar = 1,\n"
                    "reads = { 'account.office.country' },\n"
                    "weigh = function(case, balance)\n"
                    "balance:interest('here', case.account.office.country == 'US' and 1 or 0, 2)\nend }\n");
  check = run(rig, &options);
  assert_null(find(&check, 6005));
  pi_check_close(&check);
}

static void test_check_finds_a_script_that_fails_on_an_unknown(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 500, .seed = 7};
  policy_maker_rule(&rig->maker, "abuse_harassment", "1",
                    "balance:interest('long', #case.tweet.lang > 2 and 1 or 0, 2)");
  pi_check check = run(rig, &options);
  const pi_finding *finding = find(&check, 6001);
  assert_non_null(finding);
  assert_int_equal(finding->line, 2);
  pi_check_close(&check);
}

static void test_check_is_the_same_for_the_same_seed(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 200, .seed = 3};
  pi_buffer texts[2];
  policy_maker_rule(&rig->maker, "abuse_harassment", "1",
                    "balance:interest('odd', case.context.call_to_action, 2)");
  for (int i = 0; i < 2; i++) {
    pi_check check = run(rig, &options);
    pi_buffer_init(&texts[i], 1 << 20);
    pi_check_write(&check, &texts[i]);
    pi_check_close(&check);
  }
  assert_string_equal(pi_buffer_end(&texts[0]), pi_buffer_end(&texts[1]));
  pi_buffer_dispose(&texts[0]);
  pi_buffer_dispose(&texts[1]);
}

static void test_check_tells_what_history_lacks(void **state) {
  engine_rig *rig = *state;
  char path[700];
  snprintf(path, sizeof path, "%s/cases.jsonl", rig->maker.folder);
  policy_maker_text(
      &rig->maker, "cases.jsonl",
      "{\"id\":\"a\",\"account\":{\"verified\":true,\"followers_count\":200000,\"office\":{\"status\":"
      "\"candidate\",\"branch\":\"executive\"}},\"violations\":[{\"rule\":\"abuse_harassment\"}]}\nnot a case\n");
  pi_check_options options = {.cases = 10, .seed = 7, .with = path};
  policy_maker_rule(&rig->maker, "abuse_harassment", "1",
                    "balance:interest('heated', case.context.heated_debate, 2)");
  pi_check check = run(rig, &options);
  const pi_finding *finding = find(&check, 6017);
  assert_non_null(finding);
  assert_true(finding->note);
  assert_int_equal(finding->fact, PI_FACT_HEATED_DEBATE);
  assert_string_equal(finding->message.ptr, "context.heated_debate is absent in 1 of 1 cases that read it");
  assert_int_equal(check.history.refused, 1);
  policy_maker_delete(&rig->maker, "cases.jsonl");
  pi_check_close(&check);
}

/* Notes come first and many: two for each market here. */
static void test_check_finds_faults_behind_all_notes(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 1, .seed = 7};
  policy_maker_rule(&rig->maker, "abuse_harassment", "1", "balance:interest('alone', 1, 2)");
  for (int i = 0; i < 600; i++) {
    char path[64], text[160];
    snprintf(path, sizeof path, "markets/%c%c-%d.lua", 'A' + i / 26 % 26, 'A' + i % 26, i % 10);
    snprintf(text, sizeof text, "return { market = '%c%c-%d', language = 'xx', weigh = function() end }\n",
             'A' + i / 26 % 26, 'A' + i % 26, i % 10);
    policy_maker_text(&rig->maker, path, text);
  }
  policy_maker_text(&rig->maker, "locales/en.json", "{}");
  pi_check check = run(rig, &options);
  assert_true(check.findings.count - check.findings.faults >= PI_NOTED_MAX);
  assert_non_null(find(&check, 6008));
  pi_check_close(&check);
}

/* Each changes the result by what a value of its own shows, and by nothing else. */
static void test_check_finds_results_that_hang_on_names_and_wording(void **state) {
  static const char *const BODIES[] = {
      "balance:interest('x', text.length(case.tweet.text or '') > 120 and 1 or 0, 2)",
      "balance:interest('x', text.contains(case.tweet.text or '', '\xd0\xbc\xd0\xb8\xd1\x80') and 1 or 0, 2)",
      "balance:interest('x', case.account.office.country and 1 or 0, 2)",
      "balance:interest('x', case.account.office.country == 'TV' and 1 or 0, 2)",
      "balance:note('by ' .. (case.account.username or 'nobody'))",
      "balance:condition('x', true, 'as ' .. (case.account.office.title or 'nobody'))",
      "balance:interest(case.tweet.lang == 'nl' and 'x' or 'y', 1, 2)",
  };
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 1000, .seed = 7};
  for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++) {
    policy_maker_rule(&rig->maker, "abuse_harassment", "1", BODIES[i]);
    pi_check check = run(rig, &options);
    if (find(&check, 6005) == NULL) fail_msg("not found: %s", BODIES[i]);
    pi_check_close(&check);
  }
}

static uint32_t count(const pi_check *check, unsigned code) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < check->findings.count; i++) found += check->findings.items[i].code == code;
  return found;
}

/* Every way in which a script may compare a signal or a fact with a literal. */
static void test_check_draws_the_literals_that_scripts_compare_with(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 4000, .seed = 3};
  policy_maker_rule(&rig->maker, "abuse_harassment", "1",
                    "balance:interest('odd', case.context.hyperbole, 2)");
  policy_maker_rule(&rig->maker, "own_rule", "1",
                    "if case.violation.kind == 'of_my_own' then\n"
                    "balance:harm('own', 1, 1)\n"
                    "end\n"
                    "balance:interest('odd', case.context.hyperbole, 2)");
  policy_maker_text(
      &rig->maker, "markets/BE.lua",
      "local COLOURS = { teal = 1, ['dark red'] = 2 }\n"
      "return { market = 'BE',\n"
      "reads = { 'tweet.lang', 'account.username', 'account.office.title', 'tweet.text' },\n"
      "weigh = function(case, balance)\n"
      "local signals = case.context.signals\n"
      "local third = signals.third\n"
      "local deep = signals.deep\n"
      "local n = signals.n\n"
      "local hits = 0\n"
      "if signals.first == 'azure' then\n hits = hits + 1\nend\n"
      "if 'beige' == case.context.signals.second then\n hits = hits + 1\nend\n"
      "if third == 'crimson' and signals.first == 'azure' then\n hits = hits + 1\nend\n"
      "if signals['fourth'] == 'dark blue' then\n hits = hits + 1\nend\n"
      "if type(signals.fifth) == 'string' and COLOURS[signals.fifth] == 1 then\n hits = hits + 1\nend\n"
      "if type(signals.fifth) == 'string' and COLOURS[signals.fifth] == 2 then\n hits = hits + 1\nend\n"
      "if type(n) == 'number' and n > 0.37 and n < 0.3701 then\n hits = hits + 1\nend\n"
      "if type(n) == 'number' and -71.5 <= n and n < -71.4 then\n hits = hits + 1\nend\n"
      "if signals.sixth ~= 'ecru' and signals.sixth == 1234567 then\n hits = hits + 1\nend\n"
      "if case.tweet.lang == 'fy' then\n hits = hits + 1\nend\n"
      "if case.account.username == 'someone' then\n hits = hits + 1\nend\n"
      "if case.account.office.title == 'Mayor of Brugge' and n == 0.37 then\n hits = hits + 1\nend\n"
      "if case.tweet.text == 'the very words' then\n hits = hits + 1\nend\n"
      "balance:harm('hits', hits > 0 and 1 or 0, 1)\nend }\n");
  pi_check check = run(rig, &options);
  for (uint32_t i = 0; i < check.findings.count; i++) {
    const pi_finding *finding = &check.findings.items[i];
    if (finding->code == 6008 || finding->code == 6006)
      fail_msg("%s: %s", finding->script->file.ptr, finding->message.ptr);
  }
  pi_check_close(&check);
}

static void rule_with(engine_rig *rig, const char *comment) {
  char body[600];
  snprintf(body, sizeof body,
           "balance:interest('odd', case.context.hyperbole, 2)\n"
           "if case.context.hyperbole > 2 then\n"
           "  %s\n"
           "  balance:note('never')\n"
           "end",
           comment);
  policy_maker_rule(&rig->maker, "abuse_harassment", "1", body);
}

/* A waiver is as good as its code, its reason and its place. */
static void test_check_lets_a_comment_waive_a_finding(void **state) {
  static const struct {
    const char *comment;
    unsigned found[3]; /* E6008, E6027, E6028 */
  } TRIED[] = {
      {"-- waives E6008: it is meant", {0, 0, 0}},
      {"--waives  E6008 :  it is meant", {0, 0, 0}},
      {"-- waives E6008: it is meant\n  -- and a comment more", {0, 0, 0}},
      {"-- it waives E6008: no", {1, 0, 0}},
      {"-- waives E6008", {1, 0, 1}},
      {"-- waives E6008:  ", {1, 0, 1}},
      {"-- waives E6008 it is meant", {1, 0, 1}},
      {"-- waives E6007: it is meant", {1, 1, 0}},
      {"-- waives E6027: it is meant", {1, 0, 1}},
      {"-- waives E1234: it is meant", {1, 0, 1}},
      {"-- waives E6018: it is meant", {1, 0, 1}},
      {"-- waives E6001: it is meant", {1, 0, 1}},
      {"-- waives E6002: it is meant", {1, 0, 1}},
      {"-- waives E6026: it is meant", {1, 0, 1}},
      {"-- waives E6008 tweet.text: it is meant", {1, 0, 1}},
      {"-- waives E6005: it is meant", {1, 0, 1}},
      {"-- waives E6005 tweet.txt: it is meant", {1, 0, 1}},
      {"-- waives E6005 tweet.text", {1, 0, 1}},
      {"-- waives E6005 tweet.text: it is meant", {1, 1, 0}},
      {"--[==[ a word ]==] -- waives E6008: it is meant", {0, 0, 0}},
      {"--[==[ a\nword ]==] -- waives E6008: it is meant", {0, 0, 0}},
      {"local a = [[\n]] -- waives E6008: it is meant", {0, 0, 0}},
      {"local a = 1 --[[ a ]] -- waives E6008: it is meant", {0, 0, 0}},
      {"local a = 1 --[[ a\n]] -- waives E6008: it is meant", {1, 1, 0}},
      {"-- waives e6008: it is meant", {1, 0, 1}},
      {"-- waives E6008: it is meant\n  local a = 1", {0, 0, 0}},
      {"local a = 1\n  -- waives E6008: it is meant", {1, 1, 0}},
      {"-- waives: E6008 it is meant", {0, 0, 0}},
      {"--waives:E6008 it is meant", {0, 0, 0}},
      {"-- waives : E6008: it is meant", {0, 0, 0}},
      {"-- waives: E6008", {1, 0, 1}},
      {"-- waives: E6008 :", {1, 0, 1}},
      {"-- waives:", {1, 0, 1}},
      {"-- waives: it is meant", {1, 0, 1}},
      {"-- waives: e6008 it is meant", {1, 0, 1}},
      {"-- waives: E60080 it is meant", {1, 0, 1}},
      {"-- waives: E1234 it is meant", {1, 0, 1}},
      {"-- waives: E6001 it is meant", {1, 0, 1}},
      {"-- waives: E6002 it is meant", {1, 0, 1}},
      {"-- waives: E6026 it is meant", {1, 0, 1}},
      {"-- waives: E6007 it is meant", {1, 1, 0}},
      {"-- waives: E6005 tweet.text it is meant", {1, 1, 0}},
      {"-- waives: E6005 tweet.txt it is meant", {1, 0, 1}},
      {"-- waives: E6005 tweet.text", {1, 0, 1}},
      {"-- waives: E6005", {1, 0, 1}},
      {"local a = 1 -- waives: E6008 it is meant", {0, 0, 0}},
  };
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 200, .seed = 7};
  for (size_t i = 0; i < sizeof TRIED / sizeof *TRIED; i++) {
    rule_with(rig, TRIED[i].comment);
    pi_check check = run(rig, &options);
    const unsigned codes[] = {6008, 6027, 6028};
    for (size_t c = 0; c < 3; c++) {
      const pi_finding *finding = find(&check, codes[c]);
      bool stands = finding != NULL && !finding->waived;
      if (stands != (TRIED[i].found[c] > 0)) fail_msg("%s: E%u", TRIED[i].comment, codes[c]);
    }
    pi_check_close(&check);
  }
}

/* What stands, by code; what is waived does not. */
static uint32_t standing(const pi_check *check, unsigned code) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < check->findings.count; i++) {
    const pi_finding *finding = &check->findings.items[i];
    found += finding->code == code && !finding->waived;
  }
  return found;
}

/* Each body holds waivers of `code`; so many findings of it must stand all the same. */
static void test_check_waives_one_finding_with_each_waiver(void **state) {
  static const struct {
    const char *body;
    unsigned code;
    uint32_t stand;
    uint32_t waived;
  } TRIED[] = {
      {"balance:note((case.account.username or '') .. (case.account.office.title or ''))"
       " -- waives E6005 account.office.title: it is shown",
       6005, 1, 1},
      {"-- waives E6005 account.username: so is this\n"
       "balance:note((case.account.username or '') .. (case.account.office.title or ''))"
       " -- waives E6005 account.office.title: it is shown",
       6005, 0, 2},
      {"local s = [[\n]] -- waives E6005 account.username: about this text\n"
       "balance:note(case.account.username or s)",
       6005, 1, 0},
      {"local x = case.nothing.x -- waives E6001: it is meant", 6001, 1, 0},
      {"-- waives E6021: one\nif case.tweet.lang == 'x' or case.context.target.kind == 'grup' or "
       "case.context.target.kind == 'publik' then balance:note('x') end",
       6021, 1, 1},
      {"-- waives E6021: one\n-- waives E6021: two\nif case.context.target.kind == 'grup' or "
       "case.context.target.kind == 'publik' then balance:note('x') end",
       6021, 0, 2},
      {"local a = { 1, nil, 2, nil, 3 } -- waives E6012: one\nbalance:note(a[1])", 6012, 1, 1},
      {"a = 1 -- waives E6013: one", 6013, 0, 1},
      {"-- waives E6007: one\nif case.context.hyperbole > 2 then balance:condition('c', true, 'w') end", 6007,
       1, 1},
  };
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 400, .seed = 7};
  for (size_t i = 0; i < sizeof TRIED / sizeof *TRIED; i++) {
    policy_maker_rule(&rig->maker, "abuse_harassment", "1", TRIED[i].body);
    pi_check check = run(rig, &options);
    uint32_t stand = standing(&check, TRIED[i].code), waived = count(&check, TRIED[i].code) - stand;
    if (stand != TRIED[i].stand || waived != TRIED[i].waived) {
      fail_msg("%s: %u stand, %u are waived", TRIED[i].body, stand, waived);
    }
    pi_check_close(&check);
  }
}

/* One waiver of a bar that is too low hides one pair of rules, and no other. */
static void test_check_waives_one_pair_of_rules_with_each_waiver(void **state) {
  static const char *const LOOSER[] = {"abuse_harassment", "hateful_conduct"};
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 300, .seed = 7};
  for (size_t i = 0; i < 2; i++) {
    policy_maker_rule(&rig->maker, LOOSER[i], "2", "balance:interest('odd', case.context.hyperbole, 3)");
  }
  policy_maker_text(&rig->maker, "rules/violence.lua",
                    "return { rule = 'violence', class = 'very_unlikely',\n"
                    "bar = 1, -- waives E6024: one\n"
                    "weigh = function(case, balance)\n"
                    "balance:interest('odd', case.context.hyperbole, 3)\nend }\n");
  pi_check check = run(rig, &options);
  assert_int_equal(count(&check, 6024), 2);
  assert_int_equal(standing(&check, 6024), 1);
  pi_check_close(&check);
}

static void test_check_lists_the_finding_that_is_waived(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 400, .seed = 7};
  policy_maker_rule(
      &rig->maker, "abuse_harassment", "1",
      "balance:note(case.account.office.title or '') -- waives E6005 account.office.title: shown");
  pi_check check = run(rig, &options);
  pi_buffer out;
  pi_buffer_init(&out, 1 << 20);
  pi_check_write(&check, &out);
  const char *json = strstr(pi_buffer_end(&out), "\"waivers\"");
  assert_non_null(strstr(json, "\"fact\":\"account.office.title\""));
  assert_non_null(strstr(json, "\"message\":\"account.office.title"));
  pi_buffer_reset(&out);
  pi_page page;
  pi_page_init(&page, &out, 400, false);
  pi_check_print(&check, &page);
  pi_page_dispose(&page);
  assert_non_null(strstr(pi_buffer_end(&out), "waives E6005, account.office.title"));
  pi_buffer_dispose(&out);
  pi_check_close(&check);
}

/* A waiver says why a finding stands, and not what something is for. */
static void test_check_takes_no_waiver_for_a_comment(void **state) {
  static const struct {
    const char *body;
    uint32_t stand;
    uint32_t waived;
  } TRIED[] = {
      {"\nbalance:interest('odd', case.context.hyperbole, 2)", 1, 0},
      {"\n-- it counts\nbalance:interest('odd', case.context.hyperbole, 2)", 0, 0},
      {"\n--[[ it\n\ncounts ]]\nbalance:interest('odd', case.context.hyperbole, 2)", 0, 0},
      {"-- it counts\n\nbalance:interest('odd', case.context.hyperbole, 2)", 1, 0},
      {"\n-- waives E6014: known\nbalance:interest('odd', case.context.hyperbole, 2)", 0, 1},
      {"\nbalance:interest('odd', case.context.hyperbole, 2) -- waives E6014: known", 0, 1},
      {"\n-- waives E6005 tweet.lang: known\nbalance:interest('odd', case.context.hyperbole, 2)", 1, 0},
      {"\nbalance:note('a -- b') balance:interest('odd', case.context.hyperbole, 2)", 1, 0},
  };
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 20, .seed = 7};
  for (size_t i = 0; i < sizeof TRIED / sizeof *TRIED; i++) {
    policy_maker_rule(&rig->maker, "abuse_harassment", "1", TRIED[i].body);
    pi_check check = run(rig, &options);
    uint32_t stand = standing(&check, 6014), waived = count(&check, 6014) - stand;
    if (stand != TRIED[i].stand || waived != TRIED[i].waived) fail_msg("%s", TRIED[i].body);
    pi_check_close(&check);
  }
  policy_maker_text(&rig->maker, "markets/BE.lua",
                    "return { market = 'BE', weigh = function(case, balance)\n"
                    "-- waives E6022: the alarm comes next year\n"
                    "if case.context.signals.alarm then balance:note('x') end\nend }\n");
  pi_check check = run(rig, &options);
  assert_int_equal(count(&check, 6022), 1);
  assert_int_equal(standing(&check, 6022), 0);
  pi_check_close(&check);
}

/* Too few cases tell nothing of what only trying can find. */
static void test_check_does_not_blame_a_waiver_after_few_cases(void **state) {
  static const struct {
    uint64_t cases;
    bool note;
  } TRIED[] = {{1, true}, {1999, true}, {2000, false}};
  engine_rig *rig = *state;
  policy_maker_text(&rig->maker, "rules/abuse_harassment.lua",
                    "return { rule = 'abuse_harassment', class = 'possible', bar = 1,\n"
                    "waives = { ['context.call_to_action'] = 'it was meant' },\n"
                    "weigh = function(case, balance)\n"
                    "-- waives E6005 tweet.lang: it was meant\n"
                    "balance:interest('odd', case.context.hyperbole, 2)\nend }\n");
  for (size_t i = 0; i < sizeof TRIED / sizeof *TRIED; i++) {
    pi_check_options options = {.cases = TRIED[i].cases, .seed = 7};
    pi_check check = run(rig, &options);
    assert_int_equal(count(&check, 6027), 2);
    for (uint32_t f = 0; f < check.findings.count; f++) {
      const pi_finding *finding = &check.findings.items[f];
      if (finding->code != 6027) continue;
      assert_int_equal(finding->note, TRIED[i].note);
      assert_int_equal(strstr(finding->message.ptr, "too few to tell") != NULL, TRIED[i].note);
    }
    pi_check_close(&check);
  }
}

static void test_check_finds_a_waiver_of_a_fact_that_needs_none(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 200, .seed = 7};
  policy_maker_text(&rig->maker, "rules/abuse_harassment.lua",
                    "return { rule = 'abuse_harassment', class = 'possible', bar = 1,\n"
                    "waives = { ['context.call_to_action'] = 'it was meant' },\n"
                    "weigh = function(case, balance)\n"
                    "balance:interest('odd', case.context.hyperbole, 2)\nend }\n");
  pi_check check = run(rig, &options);
  const pi_finding *finding = find(&check, 6027);
  assert_non_null(finding);
  assert_int_equal(finding->line, 2);
  pi_check_close(&check);
}

static void test_check_counts_what_the_tests_of_the_policy_reach(void **state) {
  static const char SOURCE[] = "if case.tweet.text == 'ab' .. 'c' then\nbalance:harm('words', 1, 1)\nend\n"
                               "balance:interest('odd', case.context.hyperbole, 2)";
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 300, .seed = 7};
  policy_maker_rule(&rig->maker, "abuse_harassment", "1", SOURCE);
  pi_check check = run(rig, &options);
  assert_int_equal(count(&check, 6008), 1);
  pi_check_close(&check);
  policy_maker_text(&rig->maker, "tests/a_test.lua",
                    "test('words', function() evaluate { ['tweet.text'] = 'abc' } end)");
  check = run(rig, &options);
  assert_int_equal(count(&check, 6008), 0);
  pi_check_close(&check);
}

/* Whatever is reached by it; how many cases are tried changes nothing of what is said of the tests. */
static void test_check_counts_nothing_that_a_failing_test_reaches(void **state) {
  static const struct {
    const char *test;
    uint32_t dead;
    uint32_t failed;
  } TRIED[] = {
      {"test('words', function() evaluate { ['tweet.text'] = 'abc' } end)", 0, 0},
      {"test('words', function() evaluate { ['tweet.text'] = 'abc' } expect(1):is(2) end)", 1, 1},
      {"test('words', function() evaluate { ['tweet.text'] = 'abc' } end)\n"
       "test('others', function() evaluate { ['tweet.text'] = 'x' } expect(1):is(2) end)",
       0, 1},
      {"test('others', function() evaluate { ['tweet.text'] = 'abc' } expect(1):is(2) end)\n"
       "test('words', function() evaluate { ['tweet.text'] = 'x' } end)",
       1, 1},
      {"each({ 'x', 'abc' }, function(row) evaluate { ['tweet.text'] = row } expect(row):is('x') end)", 1, 1},
      {"test('words', function() ", 1, 1},
      {"evaluate { ['tweet.text'] = 'abc' }", 1, 1},
  };
  engine_rig *rig = *state;
  policy_maker_rule(&rig->maker, "abuse_harassment", "1",
                    "if case.tweet.text == 'ab' .. 'c' then\nbalance:harm('words', 1, 1)\nend\n"
                    "balance:interest('odd', case.context.hyperbole, 2)");
  for (size_t i = 0; i < sizeof TRIED / sizeof *TRIED; i++) {
    policy_maker_text(&rig->maker, "tests/a_test.lua", TRIED[i].test);
    for (uint64_t cases = 10; cases <= 300; cases += 290) {
      pi_check_options options = {.cases = cases, .seed = 7};
      pi_check check = run(rig, &options);
      const pi_finding *finding = find(&check, 6029);
      if ((finding != NULL) != (TRIED[i].failed > 0)) fail_msg("%s: E6029", TRIED[i].test);
      if (finding != NULL) assert_true(finding->note);
      assert_int_equal(check.tests.failed, TRIED[i].failed);
      if (cases == 300 && count(&check, 6008) != TRIED[i].dead) fail_msg("%s: E6008", TRIED[i].test);
      pi_check_close(&check);
    }
  }
}

static void test_check_notes_a_partial_locale_once(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 50, .seed = 7};
  policy_maker_rule(&rig->maker, "abuse_harassment", "1",
                    "balance:interest('odd', case.context.hyperbole, 2)\n"
                    "balance:interest('even', case.context.hyperbole, 2)\n"
                    "balance:interest('nowhere', case.context.hyperbole, 2)");
  policy_maker_text(&rig->maker, "locales/en.json",
                    "{\"rule.abuse_harassment\":\"a\",\"factor.odd\":\"b\",\"factor.even\":\"c\"}");
  policy_maker_text(&rig->maker, "locales/de.json", "{\"factor.odd\":\"d\"}");
  policy_maker_text(&rig->maker, "locales/fr.json", "{\"factor.od\":\"e\",\"rule.abuse_harassment\":\"f\"}");
  pi_check check = run(rig, &options);
  uint32_t notes = 0, faults = 0;
  for (uint32_t i = 0; i < check.findings.count; i++) {
    const pi_finding *finding = &check.findings.items[i];
    if (finding->code != 6015) continue;
    *(finding->note ? &notes : &faults) += 1;
    if (strstr(finding->message.ptr, "de.json lacks") != NULL)
      assert_string_equal(finding->message.ptr,
                          "locales/de.json lacks 2 names, as \"factor.even\": shown in English");
  }
  assert_int_equal(notes, 2);  /* of de.json and of fr.json */
  assert_int_equal(faults, 2); /* that none has, and that fr.json has misspelt */
  pi_check_close(&check);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_check_finds_harm_that_helps_with_the_smallest_case),
      RIG_TEST(test_check_lets_a_waiver_stand),
      RIG_TEST(test_check_finds_who_somebody_is_unless_declared),
      RIG_TEST(test_check_finds_a_script_that_fails_on_an_unknown),
      RIG_TEST(test_check_is_the_same_for_the_same_seed),
      RIG_TEST(test_check_tells_what_history_lacks),
      RIG_TEST(test_check_finds_faults_behind_all_notes),
      RIG_TEST(test_check_finds_results_that_hang_on_names_and_wording),
      RIG_TEST(test_check_draws_the_literals_that_scripts_compare_with),
      RIG_TEST(test_check_lets_a_comment_waive_a_finding),
      RIG_TEST(test_check_finds_a_waiver_of_a_fact_that_needs_none),
      RIG_TEST(test_check_counts_what_the_tests_of_the_policy_reach),
      RIG_TEST(test_check_waives_one_finding_with_each_waiver),
      RIG_TEST(test_check_waives_one_pair_of_rules_with_each_waiver),
      RIG_TEST(test_check_lists_the_finding_that_is_waived),
      RIG_TEST(test_check_takes_no_waiver_for_a_comment),
      RIG_TEST(test_check_does_not_blame_a_waiver_after_few_cases),
      RIG_TEST(test_check_counts_nothing_that_a_failing_test_reaches),
      RIG_TEST(test_check_notes_a_partial_locale_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
