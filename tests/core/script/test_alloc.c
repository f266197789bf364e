/* Every allocation failed once, by count, through loading and evaluating: a clean error or the very bytes of
 * an evaluation without failures, nothing left behind, and the host goes on. What passes through the system's
 * own libraries is failed from outside (alloc_outside). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counted.h"
#include "trial.h"

/* A sanitizer makes each step ten times as slow: there every seventh allocation is failed. */
#ifdef __SANITIZE_ADDRESS__
enum { STEP = 7 };
#else
enum { STEP = 1 };
#endif

static uint64_t failed_in_all;

/* Scripts that take other ways: patterns, an error, a limit, half of a limit used (so judged again), modules.
 */
static const struct {
  const char *file, *source;
} EXTRA[] = {
    {"lib/words.lua",
     "local lexicon = data 'lexicon'\nreturn { hot = function(s) local n = 0\n"
     "  for _, w in ipairs(lexicon.hot) do n = n + text.count(s, '(?i)\\\\b' .. w .. '\\\\b') end\n"
     "  return n\nend }\n"},
    {"data/lexicon.json", "{\"hot\":[\"fight\",\"burn\",\"caf\\u00e9\"]}"},
    {"rules/abuse_harassment.lua",
     "local words = require 'words'\n"
     "return { rule = 'abuse_harassment', class = 'possible', bar = 1, weigh = function(case, balance)\n"
     "  local t = { 3, 1, 2 }\n  table.sort(t)\n  table.insert(t, 4)\n"
     "  balance:note(string.format('%d %s %5.2f', 7, table.concat(t, ','), 1.5))\n"
     "  balance:note(('long '):rep(90):upper())\n"
     "  for k, v in pairs({ a = 1, b = 2 }) do balance:condition(k, true, 'why ' .. v) end\n"
     "  for k in pairs(case.signals) do balance:condition('s_' .. k, true) end\n"
     "  balance:interest('hot', words.hot(case.tweet.text) / 10, 1)\nend }\n"},
    {"rules/violence.lua",
     "return { rule = 'violence', class = 'possible', bar = 1, weigh = function(case, balance)\n"
     "  balance:interest('before', 1, 1)\n  error('stop at ' .. case.tweet.text)\nend }\n"},
    {"rules/regulated_goods.lua",
     "return { rule = 'regulated_goods', class = 'rare', bar = 3, weigh = function(case, balance)\n"
     "  local s = ('x'):rep(60000)\n  for i = 1, 160 do text.length(s) end\n  balance:interest('late', 1, 1)\nend }\n"},
    {"rules/sensitive_media.lua",
     "return { rule = 'sensitive_media', class = 'possible', bar = 2, weigh = function(case, balance)\n"
     "  local s = case.tweet.text\n  while true do s = s .. s end\nend }\n"},
    {"rules/suicide_self_harm.lua",
     "return { rule = 'suicide_self_harm', class = 'possible', bar = 2, weigh = function(case, balance)\n"
     "  text.matches(('a'):rep(4000), '^(?:a+)+[bc]')\nend }\n"},
};

static int tear_down(void **state) {
  print_message("%llu allocations failed in all\n", (unsigned long long)failed_in_all);
  return trial_tear_down(state);
}

/* ---- loading ---- */

/* Loads with the nth allocation failing, and `further` after it; false when none was left to fail. */
static bool load_once(uint64_t n, uint64_t further) {
  pubint_policy *policy;
  pubint_error error = {0};
  size_t blocks = counted_blocks();
  counted_fail_at(n, further);
  pubint_status status = pubint_policy_load(&policy, trial_folder.directory, &error);
  bool failed = counted_failed() != 0;
  counted_fail_none();
  failed_in_all += failed;
  if (status == PUBINT_OK) {
    pubint_policy_free(policy);
  } else {
    if (status != PUBINT_E_SYSTEM) fail_msg("allocation %d: E%04u %s", (int)n, error.code, error.message);
    assert_int_equal(error.status, PUBINT_E_SYSTEM);
    assert_null(policy);
    assert_true(failed);
  }
  if (counted_blocks() != blocks) fail_msg("allocation %d leaves memory behind", (int)n);
  return failed;
}

static void test_alloc_load(void **state) {
  (void)state;
  uint64_t n = 0;
  while (load_once(n, 0)) n += STEP;
  print_message("loading the shipped policy: about %d allocations\n", (int)n);
  for (uint64_t i = 0; i < n; i += 17 * STEP) assert_true(load_once(i, COUNTED_ALL_AFTER));
  pubint_policy_free(trial_load(&trial_folder)); /* and still it loads */
}

/* ---- evaluating ---- */

typedef struct subject {
  pubint_policy *policy;
  pubint_case *input; /* evaluated with failures */
  pubint_case *other; /* evaluated before and after */
  char *bytes;        /* of input, without failures */
  char *other_bytes;
} subject;

static void expect_bytes(pubint_engine *engine, const pubint_case *input, const char *bytes) {
  char *now = trial_bytes(engine, input, NULL);
  assert_string_equal(now, bytes);
  free(now);
}

/* Evaluates on `engine` while failures are due: a clean error, or the very bytes. */
static void evaluate_failing(pubint_engine *engine, const subject *self, uint64_t n) {
  const pubint_evaluation *evaluation;
  pubint_error error = {0};
  pubint_status status = pubint_engine_evaluate(engine, self->input, &evaluation, &error);
  const char *json = status == PUBINT_OK ? pubint_evaluation_json(evaluation, NULL) : NULL;
  counted_fail_none();
  if (status != PUBINT_OK) {
    if (status != PUBINT_E_SYSTEM) fail_msg("allocation %d: E%04u %s", (int)n, error.code, error.message);
    assert_null(evaluation);
    assert_true(counted_failed());
  } else if (json != NULL) {
    assert_string_equal(json, self->bytes);
  } else {
    assert_true(counted_failed());
  }
}

/* A fresh engine, made and used with the nth allocation failing; false when none was left to fail. */
static bool evaluate_once(const subject *self, uint64_t n, uint64_t further) {
  pubint_engine *engine;
  pubint_error error = {0};
  size_t blocks = counted_blocks();
  counted_fail_at(n, further);
  pubint_status status = pubint_engine_new(&engine, self->policy, &error);
  if (status == PUBINT_OK) {
    evaluate_failing(engine, self, n);
    expect_bytes(engine, self->other, self->other_bytes);
    expect_bytes(engine, self->input, self->bytes);
  } else {
    counted_fail_none();
    assert_int_equal(status, PUBINT_E_SYSTEM);
    assert_null(engine);
    assert_true(counted_failed());
  }
  bool failed = counted_failed() != 0;
  failed_in_all += failed;
  pubint_engine_free(engine);
  if (counted_blocks() != blocks) fail_msg("allocation %d leaves memory behind", (int)n);
  return failed;
}

/* The same on an engine that has evaluated both before. */
static bool evaluate_warm_once(const subject *self, pubint_engine *engine, uint64_t n) {
  expect_bytes(engine, self->input, self->bytes);
  expect_bytes(engine, self->other, self->other_bytes);
  counted_fail_at(n, 0);
  evaluate_failing(engine, self, n);
  expect_bytes(engine, self->other, self->other_bytes);
  failed_in_all += counted_failed() != 0;
  return counted_failed() != 0;
}

static void walk_subject(pubint_policy *policy, const char *rule, const char *more, const char *text) {
  subject self = {.policy = policy,
                  .input = trial_case(rule, text, more),
                  .other = trial_case("hateful_conduct", "another", ",\"market\":\"NL\"")};
  size_t blocks = counted_blocks();
  pubint_engine *engine = trial_engine(policy);
  self.bytes = trial_bytes(engine, self.input, NULL);
  self.other_bytes = trial_bytes(engine, self.other, NULL);
  for (uint64_t n = 0; evaluate_warm_once(&self, engine, n); n += STEP) continue;
  pubint_engine_free(engine);
  uint64_t n = 0;
  while (evaluate_once(&self, n, 0)) n += STEP;
  for (uint64_t i = 0; i < n; i += 5 * STEP) assert_true(evaluate_once(&self, i, COUNTED_ALL_AFTER));
  free(self.bytes);
  free(self.other_bytes);
  assert_int_equal(counted_blocks(), blocks);
  pubint_case_free(self.input);
  pubint_case_free(self.other);
}

static const char *const RULES[] = {"violence",           "regulated_goods", "suicide_self_harm",
                                    "election_integrity", "hateful_conduct", "private_information",
                                    "abuse_harassment",   "sensitive_media"};

static void test_alloc_evaluate_shipped(void **state) {
  (void)state;
  static const char *const MARKETS[] = {NULL, ",\"market\":\"NL\"", ",\"market\":\"IN\""};
  pubint_policy *policy = trial_load(&trial_folder);
  bool deep = getenv("PUBINT_DEEP") != NULL; /* every rule in every market; else in one of them each */
  enum { COUNT = sizeof MARKETS / sizeof *MARKETS };
  for (size_t rule = 0; rule < sizeof RULES / sizeof *RULES; rule++) {
    for (size_t market = 0; market < COUNT; market++) {
      if (deep || market == rule % COUNT) walk_subject(policy, RULES[rule], MARKETS[market], "Hello world");
    }
  }
  pubint_policy_free(policy);
}

static void test_alloc_evaluate_unusual(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof EXTRA / sizeof *EXTRA; i++)
    trial_put(&trial_folder, EXTRA[i].file, EXTRA[i].source, strlen(EXTRA[i].source));
  pubint_policy *policy = trial_load(&trial_folder);
  for (size_t rule = 0; rule < sizeof RULES / sizeof *RULES; rule++)
    walk_subject(policy, RULES[rule], ",\"market\":\"NL\",\"signals\":{\"b\":1,\"a\":[1]}",
                 "Fight at the caf\xc3\xa9");
  pubint_policy_free(policy);
  for (size_t i = 0; i < sizeof EXTRA / sizeof *EXTRA; i++) trial_restore(&trial_folder, EXTRA[i].file);
}

/* The case itself is read with failures too. */
static void test_alloc_case(void **state) {
  (void)state;
  static const char JSON[] =
      "{\"id\":\"c\\u0041\",\"tweet\":{\"text\":\"a\\nb\"},\"violations\":[{\"rule\":\"violence\"}],"
      "\"context\":{\"signals\":{\"a\":[1,{\"b\":null}]},\"withheld_in\":[\"DE\",\"NL\"]}}";
  for (uint64_t n = 0;; n++) {
    size_t blocks = counted_blocks();
    pubint_case *input;
    counted_fail_at(n, 0);
    pubint_status status = pubint_case_parse(&input, JSON, sizeof JSON - 1, NULL);
    counted_fail_none();
    assert_true(status == PUBINT_OK || (status == PUBINT_E_SYSTEM && input == NULL));
    pubint_case_free(input);
    assert_int_equal(counted_blocks(), blocks);
    failed_in_all += counted_failed() != 0;
    if (!counted_failed()) break;
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_alloc_load),
      cmocka_unit_test(test_alloc_case),
      cmocka_unit_test(test_alloc_evaluate_shipped),
      cmocka_unit_test(test_alloc_evaluate_unusual),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, trial_set_up, tear_down);
}
