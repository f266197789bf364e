/* The cases that check tells are locally minimal, for every kind of property: removing or zeroing any single
 * fact, signal or violation makes the finding go away. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "check_properties.h"
#include "decode.h"
#include "engine_rig.h"

/* One way to be smaller; false when there is no such way. */
typedef bool smaller(pi_case *input, int which, pi_arena *arena);

static bool without_fact(pi_case *input, int which, pi_arena *arena) {
  (void)arena;
  bool spanned = which == PI_FACT_TWEET_TEXT && input->has_spans;
  if (which >= PI_FACT_COUNT || which == PI_FACT_ID || spanned) return false;
  if (!pi_case_knows(input, (pi_fact)which)) return false;
  input->known &= ~PI_FACT_BIT(which);
  return true;
}

static bool with_zero(pi_case *input, int which, pi_arena *arena) {
  (void)arena;
  if (which >= PI_FACT_COUNT || PI_FACTS[which].type != PI_TYPE_STRENGTH) return false;
  if (!pi_case_knows(input, (pi_fact)which) || input->facts[which].micro == 0) return false;
  input->facts[which].micro = 0;
  return true;
}

static bool without_violation(pi_case *input, int which, pi_arena *arena) {
  (void)arena;
  if ((uint32_t)which >= input->violations_count) return false;
  input->violations[which] = input->violations[--input->violations_count];
  return true;
}

static bool without_kind(pi_case *input, int which, pi_arena *arena) {
  (void)arena;
  if ((uint32_t)which >= input->violations_count || input->violations[which].kind.ptr == NULL) return false;
  input->violations[which].kind = (pi_slice){NULL, 0};
  input->violations[which].kind_word = -1;
  return true;
}

static bool without_signal(pi_case *input, int which, pi_arena *arena) {
  if (!pi_case_knows(input, PI_FACT_SIGNALS)) return false;
  pi_tree *tree = &input->facts[PI_FACT_SIGNALS].tree;
  pi_node *nodes = pi_arena_alloc(arena, tree->count * sizeof *nodes);
  memcpy(nodes, tree->nodes, tree->count * sizeof *nodes);
  pi_node *root = &nodes[pi_tree_root(tree)];
  if ((uint32_t)which >= root->count) return false;
  uint32_t at = root->as.first + (uint32_t)which;
  memmove(&nodes[at], &nodes[at + 1], (root->count - (uint32_t)which - 1) * sizeof *nodes);
  root->count--;
  tree->nodes = nodes;
  return true;
}

static smaller *const WAYS[] = {without_fact, with_zero, without_violation, without_kind, without_signal};

static bool shows(pi_check *probe, const pi_case *input) {
  probe->findings.found = false;
  assert_int_equal(pi_check_case(probe, input, false, 0, NULL), PUBINT_OK);
  return probe->findings.found;
}

static void check_minimal(const pi_check *check, const pi_finding *finding) {
  pi_arena arena;
  pi_case input;
  pi_arena_init(&arena, 64 * 1024, 64 << 20);
  assert_int_equal(pi_decode_case(&input, finding->case_json, 1, &arena, NULL, NULL), PUBINT_OK);
  pi_check probe;
  assert_int_equal(pi_check_begin_probe(&probe, check, finding), PUBINT_OK);
  assert_true(shows(&probe, &input));
  for (size_t way = 0; way < sizeof WAYS / sizeof *WAYS; way++) {
    for (int which = 0; which < PI_FACT_COUNT; which++) {
      pi_case less = input;
      if (!WAYS[way](&less, which, &arena) || !shows(&probe, &less)) continue;
      fail_msg("way %zu, item %d still shows it: %s", way, which, finding->case_json.ptr);
    }
  }
  pi_check_end_probe(&probe);
  pi_arena_dispose(&arena);
}

/* A fault of each kind that a case shows, and what finds it. */
static const struct {
  unsigned code;
  const char *rule;
  const char *market;   /* body of markets/NL.lua; NULL: none */
  const char *stricter; /* of rules/violence.lua, with a bar of 3 and not 1; NULL: none */
} FAULTS[] = {
    {6001,
     "local c = case.context\nif c.target.kind == 'group' and c.hyperbole > 0.62 then\n"
     "balance:harm('x', #case.tweet.lang / 100, 1) end",
     NULL, NULL},
    {6001,
     "local both = case.context.record_value + case.context.heated_debate\n"
     "balance:interest('x', both, 1)",
     NULL, NULL},
    {6001, "balance:harm('x', case.violation.kind == 'wishing_harm' and 2 or 0, 1)", NULL, NULL},
    {6001, "balance:harm('x', 0, 1)",
     "if case.signals.a and case.signals.b then balance:harm('y', case.signals.a + case.signals.b, 1) end",
     NULL},
    {6003, "balance:interest('x', case.context.call_to_action * case.context.heated_debate, 2)", NULL, NULL},
    {6003, "balance:condition('x', case.context.violence_link > 0.3)", NULL, NULL},
    {6003, "balance:harm('x', 0, 1)",
     "balance:interest('y', case.violation.kind == 'aggressive_insults' and case.context.violence_link or 0, 1)",
     NULL},
    {6004, "balance:harm('x', case.context.record_value * case.context.call_to_action, 2)", NULL, NULL},
    {6005, "balance:interest('x', case.account.office.country == 'US' and 1 or 0, 2)", NULL, NULL},
    {6005,
     "balance:interest('x', case.tweet.text and text.contains(case.tweet.text, 'needle') and 1 or 0, 2)",
     NULL, NULL},
    {6005, "balance:interest('x', (case.tweet.created_at or '') > '2020-06-01T12' and 1 or 0, 2)", NULL,
     NULL},
    {6010,
     "local n = 0\nif case.context.hyperbole > 0.5 then for i = 1, 300000 do n = n + i end end\n"
     "balance:harm('x', 0, 1)",
     NULL, NULL},
    {6011, "balance:note('share ' .. tostring(0 / (case.context.public_debate * 0)))", NULL, NULL},
    {6020, "balance:harm('x', 0, 1)",
     "balance:harm('y', case.signals.a == true and 1 or 0, 3)\n"
     "balance:harm('z', case.signals.b == true and 1 or 0, 3)",
     NULL},
    {6024, "balance:interest('x', case.context.public_concern, 3)", NULL,
     "balance:interest('x', case.context.public_concern, 3)\n"
     "balance:interest('y', case.context.sole_source * case.context.hyperbole, 2.1)"},
    {6024, "balance:condition('x', case.context.violence_link < 0.3)", NULL,
     "balance:interest('y', case.context.sole_source, 4)"},
    {6024, "balance:interest('x', case.context.public_concern, 3)",
     "balance:harm('y', case.violation.rule == 'violence' and 0 or case.signals.a == true and 1 or 0, 2.5)",
     "balance:interest('x', case.context.public_concern, 3)"},
    {6025,
     "balance:harm('x', case.context.offline_harm.likelihood, 2)\n"
     "balance:interest('y', case.context.heated_debate, 4)",
     NULL, NULL},
};

static void plant(engine_rig *rig, size_t fault) {
  char market[700];
  policy_maker_rule(&rig->maker, "abuse_harassment", "1", FAULTS[fault].rule);
  snprintf(market, sizeof market, "return { market = 'NL', weigh = function(case, balance)\n%s\nend }\n",
           FAULTS[fault].market != NULL ? FAULTS[fault].market : "");
  policy_maker_text(&rig->maker, "markets/NL.lua", market);
  if (FAULTS[fault].stricter == NULL) return;
  char stricter[700];
  snprintf(
      stricter, sizeof stricter,
      "return { rule = 'violence', class = 'unlikely', bar = 3, weigh = function(case, balance)\n%s\nend }\n",
      FAULTS[fault].stricter);
  policy_maker_text(&rig->maker, "rules/violence.lua", stricter);
}

static void test_shrink_leaves_no_fact_that_is_not_needed(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 1500, .seed = 7};
  for (size_t fault = 0; fault < sizeof FAULTS / sizeof *FAULTS; fault++) {
    plant(rig, fault);
    engine_rig_load(rig);
    pi_check check;
    pubint_error error;
    uint32_t found = 0;
    assert_int_equal(pi_check_run(&check, rig->policy, &options, &error), PUBINT_OK);
    for (uint32_t i = 0; i < check.findings.count; i++) {
      if (check.findings.items[i].case_json.ptr == NULL) continue;
      check_minimal(&check, &check.findings.items[i]);
      found += check.findings.items[i].code == FAULTS[fault].code;
    }
    if (found == 0) fail_msg("fault %zu is not found as E%u", fault, FAULTS[fault].code);
    pi_check_close(&check);
  }
}

/* What is said is said of the smallest case: the numbers in the message are its own. */
static void test_shrink_tells_the_numbers_of_the_smallest_case(void **state) {
  engine_rig *rig = *state;
  pi_check_options options = {.cases = 500, .seed = 7};
  policy_maker_rule(&rig->maker, "abuse_harassment", "1",
                    "balance:harm('x', 1 - case.context.call_to_action, 2)");
  engine_rig_load(rig);
  pi_check check;
  pubint_error error;
  assert_int_equal(pi_check_run(&check, rig->policy, &options, &error), PUBINT_OK);
  const pi_finding *finding = check.findings.items;
  while (finding->code != PI_E_CHECK_HARM_HELPS) finding++;
  assert_non_null(strstr(finding->message.ptr, "raising context.call_to_action from 0 to "));
  assert_non_null(strstr(finding->case_json.ptr, "\"call_to_action\":0}"));
  pi_check_close(&check);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_shrink_leaves_no_fact_that_is_not_needed),
      RIG_TEST(test_shrink_tells_the_numbers_of_the_smallest_case),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
