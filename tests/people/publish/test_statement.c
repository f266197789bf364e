/* Statements of reasons: what they are made of, and that nothing is written which the database would refuse.
 */
#include <stdio.h>
#include <string.h>

#include "decode.h"
#include "errors.h"
#include "statement_make.h"
#include "test.h"
#include "times.h"

typedef struct made {
  pi_arena arena;
  pi_case input;
  pi_stated_decision decided;
  pi_statements statements;
  pi_buffer text; /* the last that was written */
  pubint_error error;
} made;

static int set_up(void **state) {
  static made self;
  memset(&self, 0, sizeof self);
  pi_arena_init(&self.arena, 1 << 16, 1 << 24);
  pi_buffer_init(&self.text, 1 << 20);
  self.decided = (pi_stated_decision){.decision = PUBINT_NOTICE,
                                      .eligible = true,
                                      .evaluation = PUBINT_NOTICE,
                                      .recommendation = PUBINT_NOTICE,
                                      .advisers_count = 4,
                                      .backgrounds_count = 3,
                                      .market_heard = true,
                                      .teams_count = 2,
                                      .learn_more = PI_SLICE("https://example.org/notices"),
                                      .puid = PI_SLICE("pubint-1")};
  assert_null(pi_time_read(PI_SLICE("2021-03-05T10:00:00Z"), &self.decided.decided_at));
  *state = &self;
  return 0;
}

static int tear_down(void **state) {
  made *self = *state;
  pi_arena_dispose(&self->arena);
  pi_buffer_dispose(&self->text);
  return 0;
}

#define CREATED "'created_at':'2021-03-04T21:10:00Z'"

/* Makes the statements of a case; ' stands for ". `tweet` stands within its {}. */
static pubint_status make(made *self, const char *violations, const char *tweet, const char *context) {
  char line[4096];
  int length = snprintf(line, sizeof line, "{'id':'c','tweet':{%s},'violations':[%s],'context':{%s}}", tweet,
                        violations, context);
  assert_in_range(length, 1, sizeof line - 1);
  for (char *at = line; *at != '\0'; at++) {
    if (*at == '\'') *at = '"';
  }
  pi_slice text = pi_arena_copy(&self->arena, pi_slice_of(line));
  assert_int_equal(pi_decode_case(&self->input, text, 1, &self->arena, NULL, &self->error), PUBINT_OK);
  self->decided.input = &self->input;
  return pi_statements_make(&self->statements, &self->decided, &self->arena, &self->error);
}

static const char *written(made *self, size_t index) {
  assert_true(index < self->statements.count);
  pi_buffer_reset(&self->text);
  assert_int_equal(pi_statement_write(&self->statements.items[index], &self->text, &self->error), PUBINT_OK);
  const char *text = pi_buffer_end(&self->text);
  assert_non_null(text);
  return text;
}

static void has(made *self, size_t index, const char *wanted) {
  const char *text = written(self, index);
  if (strstr(text, wanted) == NULL) fail_msg("%s\nis not in\n%s", wanted, text);
}

static void lacks(made *self, size_t index, const char *unwanted) {
  const char *text = written(self, index);
  if (strstr(text, unwanted) != NULL) fail_msg("%s\nis in\n%s", unwanted, text);
}

/* R010, R043 */
static void test_statement_of_each_rule_has_its_category_and_keyword(void **state) {
  made *self = *state;
  static const struct {
    const char *rule, *category, *keyword;
  } ROWS[] = {
      {"terrorism", "RISK_FOR_PUBLIC_SECURITY", "TERRORIST_CONTENT"},
      {"violence", "VIOLENCE", "INCITEMENT_VIOLENCE_HATRED"},
      {"regulated_goods", "UNSAFE_AND_PROHIBITED_PRODUCTS", "PROHIBITED_PRODUCTS"},
      {"suicide_self_harm", "SELF_HARM", "SUICIDE"},
      {"election_integrity", "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
       "MISINFORMATION_DISINFORMATION"},
      {"private_information", "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS", "OTHER"},
      {"hateful_conduct", "ILLEGAL_OR_HARMFUL_SPEECH", "HATE_SPEECH"},
      {"abuse_harassment", "CYBER_VIOLENCE", "CYBER_HARASSMENT"},
      {"sensitive_media", "VIOLENCE", "OTHER"},
      {"child_sexual_exploitation", "PROTECTION_OF_MINORS", "CHILD_SEXUAL_ABUSE_MATERIAL"},
      {"non_consensual_nudity", "CYBER_VIOLENCE", "NON_CONSENSUAL_IMAGE_SHARING"},
      {"sexual_violence", "CYBER_VIOLENCE", "NON_CONSENSUAL_IMAGE_SHARING"},
      {"copyright", "INTELLECTUAL_PROPERTY_INFRINGEMENTS", "COPYRIGHT_INFRINGEMENT"},
      {"a_rule_of_ones_own", "OTHER_VIOLATION_TC", "OTHER"},
  };
  self->decided.decision = PUBINT_REMOVE;
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    char violation[128];
    char wanted[256];
    snprintf(violation, sizeof violation, "{'rule':'%s'}", ROWS[i].rule);
    assert_int_equal(make(self, violation, CREATED, ""), PUBINT_OK);
    snprintf(wanted, sizeof wanted,
             "\"category\":\"STATEMENT_CATEGORY_%s\",\"category_specification\":[\"KEYWORD_%s\"]",
             ROWS[i].category, ROWS[i].keyword);
    has(self, 0, wanted);
  }
}

/* A01: the notice names all rules; the most restrictive gives the category. */
static void test_statement_of_several_rules_is_led_by_the_most_restrictive(void **state) {
  made *self = *state;
  assert_int_equal(make(self,
                        "{'rule':'sensitive_media'},{'rule':'violence','kind':'threat'},"
                        "{'rule':'violence','kind':'glorification'},{'rule':'election_integrity'}",
                        CREATED, ""),
                   PUBINT_OK);
  has(self, 0,
      "\"category\":\"STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS\","
      "\"category_addition\":[\"STATEMENT_CATEGORY_VIOLENCE\"]");
  has(self, 0, "\"incompatible_content_ground\":\"Election integrity; Violence; Sensitive media\"");
  has(self, 0, "\"category_specification_other\":\"Sensitive media\"");
  has(self, 0, "\"content_type\":[\"CONTENT_TYPE_TEXT\",\"CONTENT_TYPE_OTHER\"]");
}

/* R009, R012–R015, R040 */
static void test_statement_says_what_the_decision_does(void **state) {
  made *self = *state;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  has(self, 0,
      "\"decision_visibility\":[\"DECISION_VISIBILITY_CONTENT_LABELLED\","
      "\"DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED\",\"DECISION_VISIBILITY_CONTENT_DEMOTED\"]");
  lacks(self, 0, "replaces an earlier one");
  self->decided.decision = PUBINT_REMOVE;
  self->decided.superseding = true;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  has(self, 0, "\"decision_visibility\":[\"DECISION_VISIBILITY_CONTENT_REMOVED\"]");
  has(self, 0, "replaces an earlier one");
}

/* R079: the rule on goods says what it is for. */
static void test_statement_explains_each_rule(void **state) {
  made *self = *state;
  assert_int_equal(make(self, "{'rule':'regulated_goods'},{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  has(self, 0, "so as to lower the risk of offline harm.");
  has(self, 0, "The rules do not allow threats of violence against a person or a group");
}

/* R041: people decide; a recommendation that was shown to them is told. */
static void test_statement_never_says_that_a_program_decided(void **state) {
  made *self = *state;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  has(self, 0, "\"automated_decision\":\"AUTOMATED_DECISION_PARTIALLY\"");
  self->decided.evaluation = PUBINT_REVIEW;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  has(self, 0, "\"automated_decision\":\"AUTOMATED_DECISION_NOT_AUTOMATED\"");
  has(self, 0, "No recommendation was computed.");
}

/* R003, R039: that there is a finding and that its readers were told is said where it is so; what it says is
 * not known here. */
static void test_statement_says_what_people_did(void **state) {
  made *self = *state;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  has(self, 0,
      "Trust & Safety recommended a notice; 4 people from 3 backgrounds and the market, of 2 internal teams, gave feedback;");
  lacks(self, 0, "finding");
  lacks(self, 0, "informed");
  self->decided.found = self->decided.informed = true;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  has(self, 0,
      "recorded its finding of how the content contributes directly to understanding of, or dialogue about, a matter of "
      "public concern; 4 people from 3 backgrounds and the market, of 2 internal teams, gave feedback and were informed "
      "of the recommendation and of all feedback; then senior leadership decided. The");
  self->decided.found = false;
  self->decided.found_later = true;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  has(self, 0, "Trust & Safety recommended a notice; 4 people");
  has(self, 0,
      "then senior leadership decided and recorded its finding of how the content contributes directly to");
}

/* R035, R043: nothing of who advised is told that is not on record; earlier versions recorded no team. */
static void test_statement_counts_what_is_recorded_of_advisers(void **state) {
  made *self = *state;
  self->decided.teams_count = 0;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  has(self, 0, "; 4 people from 3 backgrounds and the market gave feedback; then");
  lacks(self, 0, "team");
  self->decided.market_heard = false;
  self->decided.advisers_count = self->decided.backgrounds_count = self->decided.teams_count = 1;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  has(self, 0, "; 1 person from 1 background, of 1 internal team, gave feedback; then");
}

/* A case reopened after the facts changed can turn out to be no case of the exception. */
static void test_statement_says_no_more_than_holds_of_what_is_not_eligible(void **state) {
  made *self = *state;
  self->decided.eligible = false;
  self->decided.decision = self->decided.evaluation = PUBINT_REMOVE;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  has(self, 0, "It does not meet the criteria of an exception");
  lacks(self, 0, "100,000");
  lacks(self, 0, "weighed");
}

/* R068, R069, A28 */
static void test_statement_on_withholding_is_one_of_its_own(void **state) {
  made *self = *state;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, "'withheld_in':['FR','US','DE']"), PUBINT_OK);
  assert_int_equal(self->statements.count, 2);
  lacks(self, 0, "\"DE\"");
  lacks(self, 0, "\"FR\"");
  has(self, 0, "\"puid\":\"pubint-1\"");
  has(self, 1, "\"territorial_scope\":[\"DE\",\"FR\"]");
  has(self, 1, "\"decision_visibility\":[\"DECISION_VISIBILITY_CONTENT_DISABLED\"]");
  has(self, 1, "\"decision_ground\":\"DECISION_GROUND_ILLEGAL_CONTENT\"");
  has(self, 1, "\"puid\":\"pubint-1-withheld\"");
  lacks(self, 1, "incompatible_content");
  has(self, 1, "withheld in the countries named, under local law.");
  lacks(self, 1, "demand"); /* no fact tells of one */
  /* A removal is one everywhere. */
  self->decided.decision = PUBINT_REMOVE;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, "'withheld_in':['FR']"), PUBINT_OK);
  has(self, 0, "\"FR\"");
  /* Outside the EEA there is nobody to state it to. */
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, "'withheld_in':['US','TR']"), PUBINT_OK);
  assert_int_equal(self->statements.count, 1);
}

static void test_statement_of_a_notice_withheld_in_all_of_the_eea_says_only_that(void **state) {
  made *self = *state;
  assert_int_equal(
      make(self, "{'rule':'violence'}", CREATED,
           "'withheld_in':['AT','BE','BG','CY','CZ','DE','DK','EE','ES','FI','FR','GR','HR','HU','IE','IS',"
           "'IT','LI','LT','LU','LV','MT','NL','NO','PL','PT','RO','SE','SI','SK']"),
      PUBINT_OK);
  assert_int_equal(self->statements.count, 1);
  has(self, 0, "DECISION_VISIBILITY_CONTENT_DISABLED");
}

static void test_statement_gives_languages_as_iso_639_1_or_not_at_all(void **state) {
  made *self = *state;
  static const struct {
    const char *lang, *stated;
  } ROWS[] = {{"nl", "\"NL\""}, {"in", "\"ID\""}, {"iw", "\"HE\""}, {"zh-Hant", "\"ZH\""},
              {"EN", "\"EN\""}, {"und", NULL},    {"qme", NULL},    {"xx", NULL},
              {"n", NULL},      {"nl_NL", NULL},  {"", NULL},       {"leaking", NULL}};
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    char tweet[128];
    char wanted[64];
    snprintf(tweet, sizeof tweet, CREATED ",'lang':'%s'", ROWS[i].lang);
    assert_int_equal(make(self, "{'rule':'violence'}", tweet, ""), PUBINT_OK);
    if (ROWS[i].stated == NULL) {
      lacks(self, 0, "content_language");
    } else {
      snprintf(wanted, sizeof wanted, "\"content_language\":%s", ROWS[i].stated);
      has(self, 0, wanted);
    }
  }
}

static void test_statement_dates_are_days_in_utc(void **state) {
  made *self = *state;
  assert_int_equal(make(self, "{'rule':'violence'}", "'created_at':'2021-03-01T00:30:00.5+02:00'", ""),
                   PUBINT_OK);
  has(self, 0, "\"content_date\":\"2021-02-28\",\"application_date\":\"2021-03-05\"");
}

static void refused(const made *self, const char *path, const char *found) {
  assert_int_equal(self->error.code, PI_E_NO_STATEMENT);
  assert_string_equal(self->error.path, path);
  assert_string_equal(self->error.found, found);
}

static void test_statement_is_refused_where_the_database_would_refuse_it(void **state) {
  made *self = *state;
  assert_int_equal(make(self, "{'rule':'violence'}", "", ""), PUBINT_E_INPUT);
  refused(self, "/content_date", "");
  assert_string_equal(self->error.hint, "tweet.created_at is not known");
  assert_int_equal(make(self, "{'rule':'violence'}", "'created_at':'1999-12-31T23:59:59Z'", ""),
                   PUBINT_E_INPUT);
  refused(self, "/content_date", "1999-12-31");
  assert_null(pi_time_read(PI_SLICE("2019-12-31T10:00:00Z"), &self->decided.decided_at));
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_E_INPUT);
  refused(self, "/application_date", "2019-12-31");
}

/* Of a statement that is right, one field is changed. */
static void test_statement_check_looks_at_every_field(void **state) {
  made *self = *state;
  static char long_text[6000];
  memset(long_text, 'x', sizeof long_text - 1);
  static const struct {
    pi_statement_field field;
    const char *value;
  } ROWS[] = {
      {PI_STATED_VISIBILITY, "DECISION_VISIBILITY_HIDDEN"},
      {PI_STATED_GROUND, "DECISION_GROUND_ILLEGAL_CONTENT"}, /* its explanation is missing */
      {PI_STATED_GROUND, "illegal"},
      {PI_STATED_GROUND_URL, "ftp://example.org"},
      {PI_STATED_GROUND_URL, "https://example.org/a b"},
      {PI_STATED_LEGAL_GROUND, "of the other ground"},
      {PI_STATED_LEGAL_EXPLANATION, "of the other ground"},
      {PI_STATED_RULE_GROUND, ""},
      {PI_STATED_RULE_EXPLANATION, long_text},
      {PI_STATED_CATEGORY, "VIOLENCE"},
      {PI_STATED_CATEGORY_ADDITION, "STATEMENT_CATEGORY_NONE"},
      {PI_STATED_KEYWORDS, "KEYWORD_NONE"},
      {PI_STATED_KEYWORD_OTHER, "without KEYWORD_OTHER"},
      {PI_STATED_CONTENT_TYPE, "CONTENT_TYPE_OTHER"}, /* which needs its text */
      {PI_STATED_CONTENT_OTHER, "without CONTENT_TYPE_OTHER"},
      {PI_STATED_LANGUAGE, "nl"},
      {PI_STATED_CONTENT_DATE, "2021-13-01"},
      {PI_STATED_CONTENT_DATE, "2021-1-1"},
      {PI_STATED_APPLICATION_DATE, "2019-12-31"},
      {PI_STATED_TERRITORY, "EL"},
      {PI_STATED_TERRITORY, "US"},
      {PI_STATED_FACTS, long_text},
      {PI_STATED_FACTS, "\xff"},
      {PI_STATED_SOURCE, "SOURCE_OTHER"},
      {PI_STATED_DETECTION, "yes"},
      {PI_STATED_DECISION, "AUTOMATED_DECISION_FULLY"},
      {PI_STATED_PUID, "with a blank"},
      {PI_STATED_PUID, ""},
  };
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  bool seen[PI_STATED_COUNT] = {false};
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    pi_statement changed = self->statements.items[0];
    pi_slice value = pi_slice_of(ROWS[i].value);
    changed.fields[ROWS[i].field] = (pi_stated){&value, 1};
    pi_buffer_reset(&self->text);
    if (pi_statement_write(&changed, &self->text, &self->error) == PUBINT_OK) fail_msg("%s", ROWS[i].value);
    assert_int_equal(self->error.code, PI_E_NO_STATEMENT);
    assert_int_equal(self->text.len, 0);
    seen[ROWS[i].field] = true;
  }
  for (int field = 0; field < PI_STATED_COUNT; field++) assert_true(seen[field]);
}

static void test_statement_check_wants_lists_without_repeats_and_single_values_once(void **state) {
  made *self = *state;
  assert_int_equal(make(self, "{'rule':'violence'}", CREATED, ""), PUBINT_OK);
  pi_statement changed = self->statements.items[0];
  const pi_slice twice[] = {PI_SLICE("NL"), PI_SLICE("NL")};
  changed.fields[PI_STATED_TERRITORY] = (pi_stated){twice, 2};
  assert_int_equal(pi_statement_check(&changed, &self->error), PUBINT_E_INPUT);
  changed = self->statements.items[0];
  const pi_slice both[] = {PI_SLICE("Yes"), PI_SLICE("No")};
  changed.fields[PI_STATED_DETECTION] = (pi_stated){both, 2};
  assert_int_equal(pi_statement_check(&changed, &self->error), PUBINT_E_INPUT);
}

int main(int argc, char **argv) {
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(test_statement_of_each_rule_has_its_category_and_keyword),
      TEST(test_statement_of_several_rules_is_led_by_the_most_restrictive),
      TEST(test_statement_says_what_the_decision_does),
      TEST(test_statement_explains_each_rule),
      TEST(test_statement_never_says_that_a_program_decided),
      TEST(test_statement_says_what_people_did),
      TEST(test_statement_counts_what_is_recorded_of_advisers),
      TEST(test_statement_says_no_more_than_holds_of_what_is_not_eligible),
      TEST(test_statement_on_withholding_is_one_of_its_own),
      TEST(test_statement_of_a_notice_withheld_in_all_of_the_eea_says_only_that),
      TEST(test_statement_gives_languages_as_iso_639_1_or_not_at_all),
      TEST(test_statement_dates_are_days_in_utc),
      TEST(test_statement_is_refused_where_the_database_would_refuse_it),
      TEST(test_statement_check_looks_at_every_field),
      TEST(test_statement_check_wants_lists_without_repeats_and_single_values_once),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
