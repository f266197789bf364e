/* What a policy's folder becomes once it is loaded (design section 5), and the digest that names it (section
 * 7). Refusals are in test_policy_refusals.c and test_policy_scripts.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "engine_rig.h"

#include "policy.h"

static const pi_script *script_of(const engine_rig *self, pi_script_kind kind, const char *name) {
  return pi_policy_script(self->policy, kind, pi_slice_of(name));
}

static void expect_slice(pi_slice text, const char *expected) {
  assert_non_null(text.ptr);
  assert_int_equal(text.len, strlen(expected));
  assert_memory_equal(text.ptr, expected, text.len);
}

/* ---- what is taken ---- */

static void test_policy_takes_what_a_rule_declares(void **state) {
  engine_rig *self = *state;
  policy_maker_text(&self->maker, "rules/violence.lua",
                    "return {\n  rule = \"violence\", class = \"very_unlikely\", bar = 99.999,\n"
                    "  reads = { \"tweet.text\", \"account.office.country\" },\n"
                    "  waives = { [\"context.record_value\"] = \"why\", [\"id\"] = \"because\" },\n"
                    "  weigh = function(case, balance) end,\n}\n");
  engine_rig_load(self);
  const pi_script *script = script_of(self, PI_SCRIPT_RULE, "violence");
  assert_non_null(script);
  expect_slice(script->name, "violence");
  expect_slice(script->file, "rules/violence.lua");
  expect_slice(script->class_name, "very_unlikely");
  assert_int_equal(script->bar, 99999);
  assert_true(script->reads == (PI_FACT_BIT(PI_FACT_TWEET_TEXT) | PI_FACT_BIT(PI_FACT_OFFICE_COUNTRY)));
  assert_int_equal(script->waives_count, 2); /* in the table's order, not as written */
  assert_int_equal(script->waives[0].fact, PI_FACT_ID);
  expect_slice(script->waives[0].reason, "because");
  assert_int_equal(script->waives[1].fact, PI_FACT_RECORD_VALUE);
  expect_slice(script->waives[1].reason, "why");
  assert_null(script_of(self, PI_SCRIPT_RULE, "hateful_conduct"));
  assert_null(script_of(self, PI_SCRIPT_MARKET, "violence"));
}

static void test_policy_takes_every_class_and_both_ends_of_the_bar(void **state) {
  engine_rig *self = *state;
  static const char *const CLASSES[] = {"very_unlikely", "unlikely", "rare", "possible"};
  static const struct {
    const char *text;
    int32_t milli;
  } BARS[] = {{"0", 0},   {"0.001", 1}, {"100", 100000}, {"100.0", 100000}, {"0.1 + 0.2 - 0.2", 100},
              {"-0.0", 0}};
  for (size_t i = 0; i < 4 * 6; i++) {
    char text[512];
    (void)snprintf(text, sizeof text,
                   "return { rule = \"made\", class = \"%s\", bar = %s, weigh = function() end }\n",
                   CLASSES[i % 4], BARS[i / 4].text);
    policy_maker_text(&self->maker, "rules/made.lua", text);
    if (i / 4 == 4) { /* not the double nearest to 0.1: refused rather than rounded */
      pubint_policy *policy = NULL;
      assert_int_equal(pubint_policy_load(&policy, self->maker.folder, NULL), PUBINT_E_POLICY);
      continue;
    }
    engine_rig_load(self);
    expect_slice(script_of(self, PI_SCRIPT_RULE, "made")->class_name, CLASSES[i % 4]);
    assert_int_equal(script_of(self, PI_SCRIPT_RULE, "made")->bar, BARS[i / 4].milli);
  }
}

static void test_policy_takes_names_that_fit_their_folder(void **state) {
  engine_rig *self = *state;
  static const char *const RULES[] = {"violence", "a", "a_1",
                                      "a2345678901234567890123456789012345678901234567x"}; /* 48 bytes */
  static const char *const MARKETS[] = {"NL", "US-CA", "IN-KA", "US-1", "GB-ENG", "AA-9Z"};
  for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
    policy_maker_rule(&self->maker, RULES[i], "1", "");
  }
  for (size_t i = 0; i < sizeof MARKETS / sizeof *MARKETS; i++) {
    policy_maker_market(&self->maker, MARKETS[i], "");
  }
  policy_maker_text(&self->maker, "lib/shared.lua", "return {}");
  engine_rig_load(self);
  for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
    assert_non_null(script_of(self, PI_SCRIPT_RULE, RULES[i]));
  }
  for (size_t i = 0; i < sizeof MARKETS / sizeof *MARKETS; i++) {
    assert_non_null(script_of(self, PI_SCRIPT_MARKET, MARKETS[i]));
  }
  assert_non_null(script_of(self, PI_SCRIPT_LIB, "shared"));
  assert_int_equal(self->policy->scripts_count, 11);
  for (uint32_t i = 0; i < self->policy->scripts_count; i++)
    assert_int_equal(self->policy->scripts[i].index, i);
}

/* A folder of nothing but policy.json is a policy; what is not the policy's is not looked at. */
static void test_policy_passes_over_what_is_not_its_own(void **state) {
  engine_rig *self = *state;
  engine_rig_load(self);
  assert_int_equal(self->policy->scripts_count, 0);
  policy_maker_text(&self->maker, "README.md", "not Lua");
  policy_maker_text(&self->maker, "rules/README.md", "not Lua");
  policy_maker_text(&self->maker, "rules/.hidden.lua", "not Lua");
  policy_maker_text(&self->maker, "rules/violence.lua~", "not Lua");
  policy_maker_text(&self->maker, "data/.hidden.json", "not JSON");
  policy_maker_text(&self->maker, "tests/violence_test.lua", "not Lua");
  policy_maker_text(&self->maker, "other/x.lua", "not Lua");
  engine_rig_load(self);
  assert_int_equal(self->policy->scripts_count, 0);
  assert_int_equal(self->policy->data_count, 0);
}

static void test_policy_takes_data_and_phrases(void **state) {
  engine_rig *self = *state;
  policy_maker_text(&self->maker, "data/words.json", "{\"b\":[1,2.5,null,\"x\"],\"a\":true,\"c\":null}\n");
  policy_maker_text(&self->maker, "data/scalar.json", " 5 ");
  policy_maker_text(&self->maker, "locales/en.json", "{\"hello\":\"Hello\",\"gone\":null}");
  policy_maker_text(&self->maker, "locales/nl.json", "{\"hello\":\"Dag\"}");
  policy_maker_rule(
      &self->maker, "reads", "0",
      "local w = data 'words'\n"
      "balance:note(tostring(w.a) .. #w.b .. w.b[1] .. ' ' .. w.b[2] .. tostring(w.b[3]) .. w.b[4] .. "
      "tostring(w.c) .. data 'scalar')");
  engine_rig_load(self);
  expect_slice(pi_policy_phrase(self->policy, PI_SLICE("en"), PI_SLICE("hello")), "Hello");
  expect_slice(pi_policy_phrase(self->policy, PI_SLICE("nl"), PI_SLICE("hello")), "Dag");
  assert_null(pi_policy_phrase(self->policy, PI_SLICE("en"), PI_SLICE("gone")).ptr); /* null is absent */
  assert_null(pi_policy_phrase(self->policy, PI_SLICE("nl"), PI_SLICE("gone")).ptr);
  assert_null(pi_policy_phrase(self->policy, PI_SLICE("fr"), PI_SLICE("hello")).ptr);
  engine_rig_weigh(self, "{'rule':'reads'}", ASSESSED);
  engine_rig_has(self, "'notes':['true41 2.5nilxnil5']");
}

/* It is read once: what becomes of the folder is not seen. */
static void test_policy_is_read_once(void **state) {
  engine_rig *self = *state;
  policy_maker_text(&self->maker, "lib/shared.lua", "return { text = 'as loaded' }");
  policy_maker_rule(&self->maker, "made", "0", "balance:note(require('shared').text)");
  engine_rig_load(self);
  policy_maker_text(&self->maker, "lib/shared.lua", "return { text = 'changed' }");
  policy_maker_delete(&self->maker, "rules/made.lua");
  engine_rig_weigh(self, "{'rule':'made'}", ASSESSED);
  engine_rig_has(self, "'notes':['as loaded']");
}

static void test_policy_takes_a_script_of_exactly_64_kib(void **state) {
  engine_rig *self = *state;
  enum { BYTES = 64 * 1024 };
  static const char script[] =
      "return { rule = 'made', class = 'rare', bar = 0, weigh = function() end }\n--";
  char *text = malloc(BYTES);
  assert_non_null(text);
  memset(text, 'x', BYTES);
  memcpy(text, script, sizeof script - 1);
  policy_maker_bytes(&self->maker, "rules/made.lua", text, BYTES);
  free(text);
  engine_rig_load(self);
  assert_int_equal(script_of(self, PI_SCRIPT_RULE, "made")->source.len, BYTES);
}

/* ---- the digest ---- */

/* What sha256sum says by the page's command, globs without a match left out. The folder's name has no '. */
static void digest_by_command(const char *folder, char hex[65]) {
  char command[2048];
  assert_null(strchr(folder, '\''));
  (void)snprintf(
      command, sizeof command,
      "cd '%s' && LC_ALL=C && export LC_ALL && for f in policy.json rules/*.lua markets/*.lua lib/*.lua "
      "data/*.json; do if [ -e \"$f\" ]; then set -- \"$@\" \"$f\"; fi; done; sha256sum \"$@\" | sha256sum",
      folder);
  FILE *pipe = popen(command, "r");
  assert_non_null(pipe);
  size_t length = fread(hex, 1, 64, pipe);
  assert_int_equal(pclose(pipe), 0);
  assert_int_equal(length, 64);
  hex[64] = '\0';
}

static void expect_digest(const engine_rig *self, const char *folder, const char *name_and_version) {
  char hex[65], id[512];
  digest_by_command(folder, hex);
  (void)snprintf(id, sizeof id, "%s+sha256:%s", name_and_version, hex);
  assert_string_equal(pubint_policy_id(self->policy), id);
}

/* Among the names are some that another order than the bytes' would turn round. */
static void test_policy_digest_is_what_sha256sum_says(void **state) {
  engine_rig *self = *state;
  engine_rig_load(self);
  expect_digest(self, self->maker.folder, "made@1");
  static const char *const RULES[] = {"a", "a_", "a0", "ab", "violence"};
  static const char *const MARKETS[] = {"US", "US-CA", "US-1", "NL"};
  for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
    policy_maker_rule(&self->maker, RULES[i], "1", "");
  for (size_t i = 0; i < sizeof MARKETS / sizeof *MARKETS; i++)
    policy_maker_market(&self->maker, MARKETS[i], "");
  policy_maker_text(&self->maker, "lib/shared.lua", "return {}");
  policy_maker_text(&self->maker, "data/words.json", "[]");
  policy_maker_text(&self->maker, "data/words_nl.json", "\n[ ]\r\n");
  policy_maker_text(&self->maker, "locales/nl.json", "{}");
  engine_rig_load(self);
  expect_digest(self, self->maker.folder, "made@1");
}

static void test_policy_digest_of_the_default_policy(void **state) {
  engine_rig *self = *state;
  engine_rig_load_folder(self, PI_SOURCE_DIR "/scripts");
  char begin[1024];
  pi_slice name = self->policy->name, version = self->policy->version;
  (void)snprintf(begin, sizeof begin, "%.*s@%.*s", (int)name.len, name.ptr, (int)version.len, version.ptr);
  expect_digest(self, PI_SOURCE_DIR "/scripts", begin);
}

/* Every byte of what decides counts; a translation voids no proof. */
static void test_policy_digest_changes_with_what_decides_only(void **state) {
  engine_rig *self = *state;
  char before[512];
  policy_maker_rule(&self->maker, "violence", "1", "");
  policy_maker_market(&self->maker, "NL", "");
  policy_maker_text(&self->maker, "lib/shared.lua", "return {}");
  policy_maker_text(&self->maker, "data/words.json", "[]");
  policy_maker_text(&self->maker, "locales/nl.json", "{\"a\":\"b\"}");
  engine_rig_load(self);
  (void)snprintf(before, sizeof before, "%s", pubint_policy_id(self->policy));
  static const struct {
    const char *path, *text;
    bool counts;
  } CHANGES[] = {{"locales/nl.json", "{\"a\":\"c\"}", false},
                 {"locales/en.json", "{}", false},
                 {"tests/a_test.lua", "x", false},
                 {"README.md", "x", false},
                 {"lib/shared.lua", "return {} ", true},
                 {"data/words.json", "[] ", true},
                 {"lib/more.lua", "return {}", true},
                 {"rules/violence.lua",
                  "return { rule = 'violence', class = 'rare', bar = 1, weigh = function() end }", true},
                 {"markets/NL.lua", "return { market = 'NL', weigh = function() end }", true}};
  for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
    policy_maker_text(&self->maker, CHANGES[i].path, CHANGES[i].text);
    engine_rig_load(self);
    if (CHANGES[i].counts)
      assert_string_not_equal(pubint_policy_id(self->policy), before);
    else
      assert_string_equal(pubint_policy_id(self->policy), before);
    (void)snprintf(before, sizeof before, "%s", pubint_policy_id(self->policy));
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_policy_takes_what_a_rule_declares),
      RIG_TEST(test_policy_takes_every_class_and_both_ends_of_the_bar),
      RIG_TEST(test_policy_takes_names_that_fit_their_folder),
      RIG_TEST(test_policy_passes_over_what_is_not_its_own),
      RIG_TEST(test_policy_takes_data_and_phrases),
      RIG_TEST(test_policy_is_read_once),
      RIG_TEST(test_policy_takes_a_script_of_exactly_64_kib),
      RIG_TEST(test_policy_digest_is_what_sha256sum_says),
      RIG_TEST(test_policy_digest_of_the_default_policy),
      RIG_TEST(test_policy_digest_changes_with_what_decides_only),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
