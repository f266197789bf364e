/* The table of rules, held against the page that it comes from. */
#include "rules.h"
#include "test.h"

typedef struct row {
  const char *id;
  bool never, grounds, spans;
  const char *kinds;
} row;

/* design.md section 3 (kinds) and 4 (never-excepted); R070–R112. */
static const row PAGE[] = {
    {"violence", false, false, false, "one of threat, glorification"},
    {"regulated_goods", false, false, false, "one of sale, purchase, facilitation"},
    {"suicide_self_harm", false, false, false, "one of promotion, encouragement"},
    {"election_integrity", false, false, false, "one of manipulation, suppression, misleading_participation"},
    {"private_information", false, false, true, "one of posted, threat, incitement"},
    {"hateful_conduct", false, true, false,
     "one of serious_harm, mass_violence_reference, inciting_fear, slurs, hateful_imagery, dehumanisation"},
    {"abuse_harassment", false, false, false,
     "one of wishing_harm, sexual_advances, aggressive_insults, encouraging_harassment"},
    {"sensitive_media", false, false, false, "one of graphic, gratuitous"},
    {"terrorism", true, false, false, "one of "},
    {"child_sexual_exploitation", true, false, false, "one of "},
    {"non_consensual_nudity", true, false, false, "one of "},
    {"sexual_violence", true, false, false, "one of "},
    {"copyright", true, false, false, "one of "},
};
enum { PAGE_COUNT = sizeof PAGE / sizeof *PAGE };

static void test_rules_are_those_of_the_page(void **state) {
  (void)state;
  assert_int_equal(PI_RULE_COUNT, PAGE_COUNT);
  for (int i = 0; i < PAGE_COUNT; i++) {
    const pi_rule_row *rule = &PI_RULES[i];
    char kinds[256];
    assert_string_equal(rule->id.ptr, PAGE[i].id);
    assert_int_equal(rule->never, PAGE[i].never);
    assert_int_equal(rule->grounds, PAGE[i].grounds);
    assert_int_equal(rule->spans, PAGE[i].spans);
    pi_words_list(rule->kinds, kinds, sizeof kinds);
    assert_string_equal(kinds, PAGE[i].kinds);
    assert_int_equal(pi_rule_find(rule->id), i);
    assert_true(pi_id_valid(rule->id));
  }
}

static void test_rules_without_a_row_are_other(void **state) {
  (void)state;
  static const char *const IDS[] = {"",        "spam",      "Violence",  "violence ",
                                    "violenc", "violence_", "terrorism2"};
  for (size_t i = 0; i < sizeof IDS / sizeof *IDS; i++) {
    assert_int_equal(pi_rule_find(pi_slice_of(IDS[i])), PI_RULE_OTHER);
  }
}

/* R095: the host's own condition asks for these by number. */
static void test_rules_private_kinds_follow_their_enum(void **state) {
  (void)state;
  pi_words kinds = PI_RULES[PI_RULE_PRIVATE_INFORMATION].kinds;
  assert_int_equal(pi_words_find(kinds, PI_SLICE("posted")), PI_PRIVATE_POSTED);
  assert_int_equal(pi_words_find(kinds, PI_SLICE("threat")), PI_PRIVATE_THREAT);
  assert_int_equal(pi_words_find(kinds, PI_SLICE("incitement")), PI_PRIVATE_INCITEMENT);
}

static void test_rules_grounds_and_span_kinds(void **state) {
  (void)state;
  char words[256];
  pi_words_list(PI_GROUNDS, words, sizeof words);
  assert_string_equal(words, "one of race, ethnicity, national_origin, sexual_orientation, gender, "
                             "gender_identity, religious_affiliation, age, disability, serious_disease");
  pi_words_list(PI_SPAN_KINDS, words, sizeof words);
  assert_string_equal(words,
                      "one of phone, home_address, email, identity_number, location, financial, other");
}

static void test_words_are_said_as_a_choice(void **state) {
  (void)state;
  char said[16];
  pi_words_say((const char *const[]){"a", "b", "c", NULL}, " or ", said, sizeof said);
  assert_string_equal(said, "a, b or c");
  pi_words_say((const char *const[]){"a", "b", NULL}, " and ", said, sizeof said);
  assert_string_equal(said, "a and b");
  pi_words_say((const char *const[]){"a", NULL}, " or ", said, sizeof said);
  assert_string_equal(said, "a");
  pi_words_say((const char *const[]){NULL}, " or ", said, sizeof said);
  assert_string_equal(said, "");
  pi_words_say((const char *const[]){"abcdefghi", "jklmnopq", "r", NULL}, " or ", said, sizeof said);
  assert_string_equal(said, "abcdefghi, jklm");
}

static void test_rules_id_form(void **state) {
  (void)state;
  static const char LONGEST[] = "abcdefghijklmnopqrstuvwxyz_0123456789_abcdefghij";
  static const char *const GOOD[] = {"a", "a0", "a_", "z__9", LONGEST};
  static const char *const BAD[] = {"",   "A",   "0a", "_a",        "a-b", "a b", "a.b", " a",
                                    "aB", "a\n", "é",  "a\xc3\xa9", "a`",  "a{",  "a/",  "a:"};
  assert_int_equal(sizeof LONGEST - 1, 48);
  for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) assert_true(pi_id_valid(pi_slice_of(GOOD[i])));
  for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) assert_false(pi_id_valid(pi_slice_of(BAD[i])));
  assert_false(pi_id_valid(PI_SLICE("abcdefghijklmnopqrstuvwxyz_0123456789_abcdefghijk")));
  assert_false(pi_id_valid(PI_SLICE("a\0b")));
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_rules_are_those_of_the_page),
      cmocka_unit_test(test_rules_without_a_row_are_other),
      cmocka_unit_test(test_rules_private_kinds_follow_their_enum),
      cmocka_unit_test(test_rules_grounds_and_span_kinds),
      cmocka_unit_test(test_words_are_said_as_a_choice),
      cmocka_unit_test(test_rules_id_form),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
