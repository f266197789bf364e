/* The table of facts, held against the page that it comes from. */
#include <stdio.h>

#include "facts.h"
#include "test.h"

/* design.md section 3, row by row: path, type, side, words. */
typedef struct row {
  const char *path;
  pi_fact_type type;
  pi_side side;
  const char *words;
} row;

static const row PAGE[] = {
    {"id", PI_TYPE_ID, PI_SIDE_NEUTRAL, ""},
    {"tweet.id", PI_TYPE_ID, PI_SIDE_NEUTRAL, ""},
    {"account.id", PI_TYPE_ID, PI_SIDE_NEUTRAL, ""},
    {"tweet.text", PI_TYPE_TEXT, PI_SIDE_NEUTRAL, ""},
    {"tweet.lang", PI_TYPE_STRING, PI_SIDE_NEUTRAL, ""},
    {"account.username", PI_TYPE_STRING, PI_SIDE_NEUTRAL, ""},
    {"account.office.title", PI_TYPE_STRING, PI_SIDE_NEUTRAL, ""},
    {"tweet.created_at", PI_TYPE_TIME, PI_SIDE_NEUTRAL, ""},
    {"account.observed_at", PI_TYPE_TIME, PI_SIDE_NEUTRAL, ""},
    {"account.kind", PI_TYPE_WORD, PI_SIDE_NEUTRAL,
     "one of person, institution, party, campaign, media, other"},
    {"account.authentic", PI_TYPE_BOOL, PI_SIDE_NEUTRAL, ""},
    {"account.verified", PI_TYPE_BOOL, PI_SIDE_NEUTRAL, ""},
    {"account.office.leadership", PI_TYPE_BOOL, PI_SIDE_NEUTRAL, ""},
    {"account.verified_type", PI_TYPE_WORD, PI_SIDE_NEUTRAL,
     "one of legacy, government, business, blue, none"},
    {"account.followers_count", PI_TYPE_COUNT, PI_SIDE_NEUTRAL, ""},
    {"account.office.status", PI_TYPE_WORD, PI_SIDE_NEUTRAL,
     "one of holder, candidate, nominee, former, none"},
    {"account.office.selection", PI_TYPE_WORD, PI_SIDE_NEUTRAL, "one of elected, appointed"},
    {"account.office.level", PI_TYPE_WORD, PI_SIDE_NEUTRAL, "one of local, state, national, supranational"},
    {"account.office.branch", PI_TYPE_WORD, PI_SIDE_NEUTRAL,
     "one of executive, legislative, judicial, military, other"},
    {"account.office.country", PI_TYPE_COUNTRY, PI_SIDE_NEUTRAL, ""},
    {"context.market", PI_TYPE_MARKET, PI_SIDE_NEUTRAL, ""},
    {"context.target.kind", PI_TYPE_WORD, PI_SIDE_HARM,
     "one of official, institution, public_figure, private_person, group, public, none"},
    {"context.target.political_context", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.public_concern", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.public_debate", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.call_to_protest", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.office_relevance", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.geopolitical_clarity", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.record_value", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.sole_source", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.hyperbole", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.political_statement", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.heated_debate", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.historical_event", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.official_conduct", PI_TYPE_STRENGTH, PI_SIDE_INTEREST, ""},
    {"context.call_to_action", PI_TYPE_STRENGTH, PI_SIDE_HARM, ""},
    {"context.rights_interference", PI_TYPE_STRENGTH, PI_SIDE_HARM, ""},
    {"context.violence_link", PI_TYPE_STRENGTH, PI_SIDE_HARM, ""},
    {"context.misleads_voters", PI_TYPE_STRENGTH, PI_SIDE_HARM, ""},
    {"context.facilitates_transaction", PI_TYPE_STRENGTH, PI_SIDE_HARM, ""},
    {"context.service_harm", PI_TYPE_STRENGTH, PI_SIDE_HARM, ""},
    {"context.offline_harm.likelihood", PI_TYPE_STRENGTH, PI_SIDE_HARM, ""},
    {"context.offline_harm.severity", PI_TYPE_STRENGTH, PI_SIDE_HARM, ""},
    {"context.withheld_in", PI_TYPE_COUNTRIES, PI_SIDE_NEUTRAL, ""},
    {"context.signals", PI_TYPE_TREE, PI_SIDE_NEUTRAL, ""},
};
enum { PAGE_COUNT = sizeof PAGE / sizeof *PAGE };

static void test_facts_are_those_of_the_page(void **state) {
  (void)state;
  assert_int_equal(PI_FACT_COUNT, PAGE_COUNT);
  for (int i = 0; i < PAGE_COUNT; i++) {
    const pi_fact_row *fact = &PI_FACTS[i];
    char words[256] = "";
    assert_string_equal(fact->path.ptr, PAGE[i].path);
    assert_int_equal(fact->path.len, strlen(PAGE[i].path));
    assert_int_equal(fact->type, PAGE[i].type);
    assert_int_equal(fact->side, PAGE[i].side);
    if (fact->words.count > 0) pi_words_list(fact->words, words, sizeof words);
    assert_string_equal(words, PAGE[i].words);
    assert_true(strlen(fact->doc) > 20);
    assert_null(strchr(fact->doc, '\n'));
  }
}

static void test_facts_path_is_its_group_and_key(void **state) {
  (void)state;
  for (int i = 0; i < PI_FACT_COUNT; i++) {
    const pi_fact_row *fact = &PI_FACTS[i];
    pi_slice group = PI_GROUPS[fact->group].path;
    char path[128];
    snprintf(path, sizeof path, "%s%s%s", group.ptr, group.len > 0 ? "." : "", fact->key.ptr);
    assert_string_equal(fact->path.ptr, path);
    assert_int_equal(fact->key.len, strlen(fact->key.ptr));
  }
}

static void test_facts_groups_come_after_their_parents(void **state) {
  (void)state;
  assert_int_equal(PI_GROUPS[PI_GROUP_ROOT].parent, PI_GROUP_ROOT);
  for (int i = 1; i < PI_GROUP_COUNT; i++) {
    const pi_group_row *group = &PI_GROUPS[i];
    pi_slice parent = PI_GROUPS[group->parent].path;
    char path[128];
    assert_true((int)group->parent < i);
    snprintf(path, sizeof path, "%s%s%s", parent.ptr, parent.len > 0 ? "." : "", group->key.ptr);
    assert_string_equal(group->path.ptr, path);
  }
}

static void test_facts_are_found_by_path(void **state) {
  (void)state;
  static const char *const NONE[] = {"",          "ID",      "context",      "context.", "context.hyperbol",
                                     "hyperbole", "account", "violations",   "v",        "context.hyperbole.",
                                     ".id",       "id ",     "tweet.text.x", "TWEET_ID"};
  for (int i = 0; i < PI_FACT_COUNT; i++) assert_int_equal(pi_fact_find(PI_FACTS[i].path), i);
  for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++) {
    assert_int_equal(pi_fact_find(pi_slice_of(NONE[i])), PI_FACT_COUNT);
  }
}

/* R049, design section 6: what counts as a harm nobody assessed. */
static void test_facts_harm_is_the_side_of_the_table(void **state) {
  (void)state;
  pi_fact_set harm = pi_facts_harm();
  int count = 0;
  for (int i = 0; i < PI_FACT_COUNT; i++) {
    bool is_harm = (harm & PI_FACT_BIT(i)) != 0;
    assert_int_equal(is_harm, PAGE[i].side == PI_SIDE_HARM);
    count += is_harm;
  }
  assert_int_equal(count, 9);
}

static void test_facts_strength_words(void **state) {
  (void)state;
  static const char *const WORDS[] = {"none", "low", "medium", "high", "severe"};
  for (int i = 0; i < PI_STRENGTH_WORDS_COUNT; i++) {
    assert_string_equal(PI_STRENGTH_WORDS[i].word.ptr, WORDS[i]);
    assert_int_equal(PI_STRENGTH_WORDS[i].micro, i * 250000);
  }
}

static void test_facts_words_are_found_and_listed(void **state) {
  (void)state;
  pi_words words = PI_FACTS[PI_FACT_OFFICE_SELECTION].words;
  assert_int_equal(pi_words_find(words, PI_SLICE("elected")), PI_SELECTION_ELECTED);
  assert_int_equal(pi_words_find(words, PI_SLICE("appointed")), PI_SELECTION_APPOINTED);
  assert_int_equal(pi_words_find(words, PI_SLICE("Elected")), -1);
  assert_int_equal(pi_words_find(words, PI_SLICE("")), -1);
  assert_int_equal(pi_words_find(PI_FACTS[PI_FACT_ID].words, PI_SLICE("")), -1);

  char out[32];
  pi_words_list(words, out, sizeof out);
  assert_string_equal(out, "one of elected, appointed");

  /* Words that do not fit give way to an ellipsis; nothing is cut in the middle. */
  static const struct {
    size_t size;
    const char *text;
  } CUT[] = {{26, "one of elected, appointed"},
             {25, "one of elected, …"},
             {20, "one of elected, …"},
             {19, "one of …"},
             {11, "one of …"},
             {10, "one of "},
             {7, "…"},
             {1, ""}};
  for (size_t i = 0; i < sizeof CUT / sizeof *CUT; i++) {
    memset(out, 'x', sizeof out);
    pi_words_list(words, out, CUT[i].size);
    assert_string_equal(out, CUT[i].text);
    assert_int_equal(out[CUT[i].size], 'x');
  }
  pi_words_list(words, out, 0);
}

static void test_facts_every_type_has_its_own_name(void **state) {
  (void)state;
  for (int i = 0; i <= PI_TYPE_TREE; i++) {
    for (int j = 0; j < i; j++) {
      assert_string_not_equal(pi_fact_type_name((pi_fact_type)i), pi_fact_type_name((pi_fact_type)j));
    }
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_facts_are_those_of_the_page),
      cmocka_unit_test(test_facts_path_is_its_group_and_key),
      cmocka_unit_test(test_facts_groups_come_after_their_parents),
      cmocka_unit_test(test_facts_are_found_by_path),
      cmocka_unit_test(test_facts_harm_is_the_side_of_the_table),
      cmocka_unit_test(test_facts_strength_words),
      cmocka_unit_test(test_facts_words_are_found_and_listed),
      cmocka_unit_test(test_facts_every_type_has_its_own_name),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
