/* The wording: that the locales shipped say everything, with the same placeholders, and how it is put
 * together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "decimal.h"
#include "facts.h"
#include "gates.h"
#include "phrases.h"
#include "policy.h"
#include "rules.h"

static const pi_tree *locale_tree(const engine_rig *self, const char *name) {
  for (uint32_t i = 0; i < self->policy->locales_count; i++) {
    if (pi_slice_equal(self->policy->locales[i].name, pi_slice_of(name)))
      return &self->policy->locales[i].tree;
  }
  fail_msg("there is no locale %s", name);
  return NULL;
}

static pi_slice text_of(const pi_tree *tree, pi_slice key) {
  uint32_t node = pi_tree_find(tree, pi_tree_root(tree), key);
  if (node == UINT32_MAX || tree->nodes[node].kind != PI_NODE_STRING) return (pi_slice){NULL, 0};
  return tree->nodes[node].as.string;
}

static void assert_slice(pi_slice found, const char *expected) {
  char text[512];
  assert_in_range(found.len, 0, sizeof text - 1);
  if (found.len > 0) memcpy(text, found.ptr, found.len);
  text[found.len] = '\0';
  assert_string_equal(text, expected);
}

/* How often the placeholder {name} stands in a text. */
static unsigned count_in(pi_slice text, pi_slice placeholder) {
  unsigned count = 0;
  for (size_t i = 0; i + placeholder.len <= text.len; i++) {
    if (memcmp(text.ptr + i, placeholder.ptr, placeholder.len) == 0) count++;
  }
  return count;
}

/* Whether every placeholder of `a` stands in `b`, as often or not. */
static bool placeholders_within(pi_slice a, pi_slice b) {
  for (size_t i = 0; i < a.len; i++) {
    if (a.ptr[i] != '{') continue;
    const char *end = memchr(a.ptr + i, '}', a.len - i);
    assert_non_null(end);
    if (count_in(b, (pi_slice){a.ptr + i, (size_t)(end - a.ptr) - i + 1}) == 0) return false;
  }
  return true;
}

static void test_phrases_keys_are_unique(void **state) {
  (void)state;
  for (size_t i = 0; i < PI_PHRASES_COUNT; i++) {
    for (size_t j = 0; j < i; j++) assert_false(pi_slice_equal(PI_PHRASES[i].key, PI_PHRASES[j].key));
  }
}

/* en.json holds each built-in text as it is, so that whoever translates it translates everything. */
static void test_phrases_english_locale_is_what_is_built_in(void **state) {
  engine_rig *self = *state;
  engine_rig_load_folder(self, PI_SOURCE_DIR "/scripts");
  const pi_tree *en = locale_tree(self, "en");
  for (size_t i = 0; i < PI_PHRASES_COUNT; i++) {
    pi_slice text = text_of(en, PI_PHRASES[i].key);
    if (text.ptr == NULL || !pi_slice_equal(text, PI_PHRASES[i].text)) {
      fail_msg("en.json and phrases.def differ on %s", PI_PHRASES[i].key.ptr);
    }
  }
}

/* Besides what is built in, en.json names the scripts' own factors, conditions and rules, and nothing else.
 */
static void test_phrases_english_locale_has_no_stray_key(void **state) {
  engine_rig *self = *state;
  engine_rig_load_folder(self, PI_SOURCE_DIR "/scripts");
  const pi_tree *en = locale_tree(self, "en");
  const pi_node *root = &en->nodes[pi_tree_root(en)];
  for (uint32_t i = 0; i < root->count; i++) {
    pi_slice key = en->nodes[root->as.first + i].key;
    bool found = key.len > 7 && memcmp(key.ptr, "factor.", 7) == 0;
    found = found || (key.len > 10 && memcmp(key.ptr, "condition.", 10) == 0);
    for (size_t j = 0; j < PI_PHRASES_COUNT && !found; j++) found = pi_slice_equal(PI_PHRASES[j].key, key);
    if (!found) fail_msg("en.json has %.*s, which nothing says", (int)key.len, key.ptr);
  }
}

static void test_phrases_dutch_has_the_same_keys_and_placeholders(void **state) {
  engine_rig *self = *state;
  engine_rig_load_folder(self, PI_SOURCE_DIR "/scripts");
  const pi_tree *en = locale_tree(self, "en");
  const pi_tree *nl = locale_tree(self, "nl");
  const pi_node *root = &en->nodes[pi_tree_root(en)];
  assert_int_equal(nl->nodes[pi_tree_root(nl)].count, root->count);
  for (uint32_t i = 0; i < root->count; i++) {
    const pi_node *node = &en->nodes[root->as.first + i];
    pi_slice text = text_of(nl, node->key);
    if (text.ptr == NULL || text.len == 0) fail_msg("nl.json lacks %.*s", (int)node->key.len, node->key.ptr);
    if (!placeholders_within(text, node->as.string) || !placeholders_within(node->as.string, text)) {
      fail_msg("the placeholders of %.*s differ", (int)node->key.len, node->key.ptr);
    }
  }
}

static void expect_key(const char *prefix, pi_slice name) {
  char key[160];
  (void)snprintf(key, sizeof key, "%s.%.*s", prefix, (int)name.len, name.ptr);
  for (size_t i = 0; i < PI_PHRASES_COUNT; i++) {
    if (pi_slice_equal(PI_PHRASES[i].key, pi_slice_of(key))) return;
  }
  fail_msg("phrases.def has no %s", key);
}

/* Adding a row to rules.def or facts.def asks for its words here. */
static void test_phrases_name_every_rule_kind_and_word(void **state) {
  (void)state;
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) {
    char prefix[80];
    expect_key("rule", PI_RULES[rule].id);
    (void)snprintf(prefix, sizeof prefix, "kind.%s", PI_RULES[rule].id.ptr);
    for (uint8_t i = 0; i < PI_RULES[rule].kinds.count; i++) {
      expect_key(prefix, PI_RULES[rule].kinds.words[i]);
    }
  }
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    char prefix[80];
    (void)snprintf(prefix, sizeof prefix, "word.%s", PI_FACTS[fact].path.ptr);
    for (uint8_t i = 0; i < PI_FACTS[fact].words.count; i++) {
      expect_key(prefix, PI_FACTS[fact].words.words[i]);
    }
  }
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) {
    expect_key("gate", PI_GATES[gate].id);
  }
}

/* The locale, else English of the policy, else what is built in; else the name itself. */
static void test_phrases_fall_back(void **state) {
  engine_rig *self = *state;
  policy_maker_text(&self->maker, "locales/en.json",
                    "{\"yes\":\"aye\",\"no\":\"nay\",\"factor.x\":\"the x\"}");
  policy_maker_text(&self->maker, "locales/nl.json", "{\"yes\":\"jawel\"}");
  engine_rig_load(self);
  pi_wording wording;
  pi_wording_init(&wording, self->policy, PI_SLICE("nl"));
  assert_slice(pi_say_plain(&wording, PI_PHRASE_YES), "jawel");
  assert_slice(pi_say_plain(&wording, PI_PHRASE_NO), "nay");
  assert_slice(pi_say_plain(&wording, PI_PHRASE_HEAD_GATES), "Gates");
  assert_slice(pi_say_named(&wording, "factor", PI_SLICE("x")), "the x");
  assert_slice(pi_say_named(&wording, "factor", PI_SLICE("y_z")), "y_z");
  assert_true(pi_locale_exists(self->policy, PI_SLICE("nl")));
  assert_true(pi_locale_exists(self->policy, PI_SLICE("en")));
  assert_false(pi_locale_exists(self->policy, PI_SLICE("de")));
  pi_wording_dispose(&wording);
}

/* A locale is data: what it gets wrong shows, and nothing breaks. */
static void test_phrases_odd_placeholders_stay_as_written(void **state) {
  engine_rig *self = *state;
  policy_maker_text(&self->maker, "locales/en.json",
                    "{\"head.rule\":\"{rule}{rule} {nobody} {rule {{rule} }{\",\"points.many\":\"\"}");
  engine_rig_load(self);
  pi_wording wording;
  pi_wording_init(&wording, self->policy, PI_SLICE("en"));
  assert_slice(PI_SAY(&wording, PI_PHRASE_HEAD_RULE, {"rule", PI_SLICE("{rule}")}),
               "{rule}{rule} {nobody} {rule {{rule} }{");
  assert_slice(PI_SAY(&wording, PI_PHRASE_HEAD_RULE, {"rule", PI_SLICE("R")}), "RR {nobody} {rule {R }{");
  assert_slice(pi_say_points(&wording, 2 * PI_NANO), "");
  pi_wording_dispose(&wording);
}

static void test_phrases_write_numbers_as_the_locale_does(void **state) {
  engine_rig *self = *state;
  engine_rig_load_folder(self, PI_SOURCE_DIR "/scripts");
  static const struct {
    int64_t count;
    const char *en, *nl;
  } COUNTS[] = {
      {0, "0", "0"},
      {999, "999", "999"},
      {1000, "1,000", "1.000"},
      {100001, "100,001", "100.001"},
      {-1234567, "−1,234,567", "−1.234.567"},
      {9007199254740991, "9,007,199,254,740,991", "9.007.199.254.740.991"},
  };
  for (size_t i = 0; i < sizeof COUNTS / sizeof COUNTS[0]; i++) {
    pi_wording wording;
    pi_wording_init(&wording, self->policy, PI_SLICE("en"));
    assert_slice(pi_say_count(&wording, COUNTS[i].count), COUNTS[i].en);
    wording.locale = PI_SLICE("nl");
    assert_slice(pi_say_count(&wording, COUNTS[i].count), COUNTS[i].nl);
    pi_wording_dispose(&wording);
  }
  pi_wording wording;
  pi_wording_init(&wording, self->policy, PI_SLICE("nl"));
  assert_slice(pi_say_decimal(&wording, -1500000, 6), "−1,5");
  assert_slice(pi_say_points(&wording, PI_NANO), "1 punt");
  assert_slice(pi_say_points(&wording, -PI_NANO / 2), "0,5 punten");
  wording.locale = PI_SLICE("en");
  assert_slice(pi_say_points(&wording, PI_NANO), "1 point");
  assert_slice(pi_say_counted(&wording, PI_PHRASE_SHORT_FOLLOWERS_ONE, PI_PHRASE_SHORT_FOLLOWERS_MANY, -1),
               "1 follower short");
  assert_slice(pi_say_counted(&wording, PI_PHRASE_SHORT_FOLLOWERS_ONE, PI_PHRASE_SHORT_FOLLOWERS_MANY, -2),
               "2 followers short");
  pi_slice items[] = {PI_SLICE("a"), PI_SLICE("b"), PI_SLICE("c")};
  assert_slice(pi_say_list(&wording, items, 0, PI_PHRASE_LIST_AND), "");
  assert_slice(pi_say_list(&wording, items, 1, PI_PHRASE_LIST_AND), "a");
  assert_slice(pi_say_list(&wording, items, 2, PI_PHRASE_LIST_AND), "a and b");
  assert_slice(pi_say_list(&wording, items, 3, PI_PHRASE_LIST_OR), "a, b or c");
  pi_wording_dispose(&wording);
}

/* Tags come in capitals, with regions and with _: what a locale is called need not. */
static void test_phrases_find_the_locale_of_a_tag(void **state) {
  static const struct {
    const char *tag, *locale; /* "": none */
  } ROWS[] = {{"nl", "nl"},   {"NL", "nl"},    {"nl-NL", "nl"}, {"nl_BE", "nl"},    {"Nl-Latn-BE", "nl"},
              {"en", "en"},   {"EN-gb", "en"}, {"nld", ""},     {"n", ""},          {"", ""},
              {"und-NL", ""}, {"-nl", ""},     {"nl-", "nl"},   {"PT_br", "pt-BR"}, {"pt", ""}};
  engine_rig *self = *state;
  policy_maker_text(&self->maker, "locales/nl.json", "{}");
  policy_maker_text(&self->maker, "locales/pt-BR.json", "{}");
  engine_rig_load(self);
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    assert_slice(pi_locale_find(self->policy, pi_slice_of(ROWS[i].tag)), ROWS[i].locale);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_phrases_keys_are_unique),
      RIG_TEST(test_phrases_find_the_locale_of_a_tag),
      RIG_TEST(test_phrases_english_locale_is_what_is_built_in),
      RIG_TEST(test_phrases_english_locale_has_no_stray_key),
      RIG_TEST(test_phrases_dutch_has_the_same_keys_and_placeholders),
      cmocka_unit_test(test_phrases_name_every_rule_kind_and_word),
      RIG_TEST(test_phrases_fall_back),
      RIG_TEST(test_phrases_odd_placeholders_stay_as_written),
      RIG_TEST(test_phrases_write_numbers_as_the_locale_does),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
