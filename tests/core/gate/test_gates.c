/* The four gates and what follows from them (design section 4), requirement by requirement. The facts are
 * given as people write them, so that a gate is never tried on a case that could not be read. */
#include <stdio.h>

#include "decode.h"
#include "gates.h"
#include "test.h"

/* Judges a case with one violation of `rule` (NULL: none) and this account. */
static pi_gates judge(const char *rule, const char *account) {
  char line[1024];
  char violation[64] = "";
  pi_case input;
  pi_arena arena;
  pubint_error error = {0};
  pi_gates gates;
  if (rule != NULL) snprintf(violation, sizeof violation, "{\"rule\":\"%s\"}", rule);
  snprintf(line, sizeof line, "{\"id\":\"c\",\"violations\":[%s],\"account\":{%s}}", violation, account);
  pi_arena_init(&arena, 4096, 1 << 20);
  if (pi_decode_case(&input, pi_slice_of(line), 1, &arena, NULL, &error) != PUBINT_OK) {
    fail_msg("%s: %s", line, error.message);
  }
  pi_gates_judge(&gates, &input);
  pi_arena_dispose(&arena);
  return gates;
}

static pi_gates judge_office(const char *facts) {
  char account[512];
  snprintf(account, sizeof account, "\"verified\":true,\"followers_count\":100001,%s", facts);
  return judge("violence", account);
}

static void expect_office(const char *facts, pi_gate_result result, pi_fact_set missing,
                          pi_fact_set decided_by) {
  pi_gates gates = judge_office(facts);
  if (gates.results[PI_GATE_OFFICE] != result) print_error("facts: %s\n", facts);
  assert_int_equal(gates.results[PI_GATE_OFFICE], result);
  assert_int_equal(gates.missing, missing);
  assert_int_equal(gates.decided_by, decided_by);
  pi_eligibility follows = result == PI_GATE_PASS   ? PI_ELIGIBLE
                           : result == PI_GATE_FAIL ? PI_NOT_ELIGIBLE
                                                    : PI_NOT_KNOWN;
  assert_int_equal(gates.eligibility, follows);
}

#define STATUS     PI_FACT_BIT(PI_FACT_OFFICE_STATUS)
#define BRANCH     PI_FACT_BIT(PI_FACT_OFFICE_BRANCH)
#define SELECTION  PI_FACT_BIT(PI_FACT_OFFICE_SELECTION)
#define LEADERSHIP PI_FACT_BIT(PI_FACT_OFFICE_LEADERSHIP)
#define AUTHENTIC  PI_FACT_BIT(PI_FACT_ACCOUNT_AUTHENTIC)
#define KIND       PI_FACT_BIT(PI_FACT_ACCOUNT_KIND)
#define VERIFIED   PI_FACT_BIT(PI_FACT_ACCOUNT_VERIFIED)
#define TYPE       PI_FACT_BIT(PI_FACT_ACCOUNT_VERIFIED_TYPE)
#define FOLLOWERS  PI_FACT_BIT(PI_FACT_ACCOUNT_FOLLOWERS_COUNT)

#define CANDIDATE "\"office\":{\"status\":\"candidate\",\"branch\":\"executive\"}"

static void test_gates_R022_needs_a_violation(void **state) {
  (void)state;
  const char *account = "\"verified\":true,\"followers_count\":100001," CANDIDATE;
  pi_gates gates = judge(NULL, account);
  assert_int_equal(gates.results[PI_GATE_RULE_VIOLATION], PI_GATE_FAIL);
  assert_int_equal(gates.eligibility, PI_NOTHING_VIOLATED);
  gates = judge("violence", account);
  assert_int_equal(gates.results[PI_GATE_RULE_VIOLATION], PI_GATE_PASS);
  assert_int_equal(gates.eligibility, PI_ELIGIBLE);
  gates = judge("a_rule_without_a_row", account);
  assert_int_equal(gates.eligibility, PI_ELIGIBLE);
}

typedef struct verified_row {
  const char *facts;
  pi_gate_result result;
  pi_fact_set missing;
} verified_row;

/* R023; A09: since a badge can be bought, blue or none beside `verified` settles nothing. */
static void test_gates_R023_A09_verified(void **state) {
  (void)state;
  static const verified_row ROWS[] = {
      {"", PI_GATE_UNKNOWN, VERIFIED},
      {"\"verified\":null,", PI_GATE_UNKNOWN, VERIFIED},
      {"\"verified\":false,", PI_GATE_FAIL, 0},
      {"\"verified\":false,\"verified_type\":\"legacy\",", PI_GATE_FAIL, 0},
      {"\"verified\":false,\"verified_type\":\"blue\",", PI_GATE_FAIL, 0},
      {"\"verified\":true,", PI_GATE_PASS, 0},
      {"\"verified\":true,\"verified_type\":\"legacy\",", PI_GATE_PASS, 0},
      {"\"verified\":true,\"verified_type\":\"government\",", PI_GATE_PASS, 0},
      {"\"verified\":true,\"verified_type\":\"business\",", PI_GATE_PASS, 0},
      {"\"verified\":true,\"verified_type\":\"blue\",", PI_GATE_UNKNOWN, TYPE},
      {"\"verified\":true,\"verified_type\":\"none\",", PI_GATE_UNKNOWN, TYPE},
      /* verified_type alone never passes */
      {"\"verified_type\":\"legacy\",", PI_GATE_UNKNOWN, VERIFIED},
      {"\"verified_type\":\"government\",", PI_GATE_UNKNOWN, VERIFIED},
      {"\"verified_type\":\"none\",", PI_GATE_UNKNOWN, VERIFIED},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    char account[256];
    snprintf(account, sizeof account, "%s\"followers_count\":100001," CANDIDATE, ROWS[i].facts);
    pi_gates gates = judge("violence", account);
    assert_int_equal(gates.results[PI_GATE_VERIFIED], ROWS[i].result);
    assert_int_equal(gates.missing, ROWS[i].missing);
    assert_int_equal(gates.decided_by, 0);
  }
}

/* R024; A02: "more than" is strict. */
static void test_gates_R024_A02_followers(void **state) {
  (void)state;
  static const struct {
    const char *count;
    pi_gate_result result;
    pi_fact_set missing;
  } ROWS[] = {
      {"0", PI_GATE_FAIL, 0},
      {"99999", PI_GATE_FAIL, 0},
      {"100000", PI_GATE_FAIL, 0},
      {"100001", PI_GATE_PASS, 0},
      {"-0", PI_GATE_FAIL, 0},
      {"9007199254740991", PI_GATE_PASS, 0},
      {"null", PI_GATE_UNKNOWN, FOLLOWERS},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    char account[256];
    snprintf(account, sizeof account, "\"verified\":true,\"followers_count\":%s," CANDIDATE, ROWS[i].count);
    pi_gates gates = judge("violence", account);
    assert_int_equal(gates.results[PI_GATE_FOLLOWERS], ROWS[i].result);
    assert_int_equal(gates.missing, ROWS[i].missing);
  }
}

/* R026: holders of an elected or appointed leadership position. A05: an elected member of a legislature holds
 * one, an appointed official only where the office leads. */
static void test_gates_R026_A05_holders(void **state) {
  (void)state;
#define HOLDER "\"office\":{\"status\":\"holder\",\"branch\":\"executive\""
  expect_office(HOLDER ",\"selection\":\"elected\"}", PI_GATE_PASS, 0, 0);
  expect_office(HOLDER ",\"selection\":\"elected\",\"leadership\":false}", PI_GATE_PASS, 0, 0);
  expect_office(HOLDER ",\"selection\":\"elected\",\"leadership\":true}", PI_GATE_PASS, 0, 0);
  expect_office(HOLDER ",\"selection\":\"appointed\",\"leadership\":true}", PI_GATE_PASS, 0, 0);
  expect_office(HOLDER ",\"leadership\":true}", PI_GATE_PASS, 0, 0);
  expect_office(HOLDER ",\"selection\":\"appointed\",\"leadership\":false}", PI_GATE_FAIL, 0, 0);
  expect_office(HOLDER ",\"selection\":\"appointed\"}", PI_GATE_UNKNOWN, LEADERSHIP, 0);
  expect_office(HOLDER ",\"leadership\":false}", PI_GATE_UNKNOWN, SELECTION, 0);
  expect_office(HOLDER "}", PI_GATE_UNKNOWN, SELECTION | LEADERSHIP, 0);
#undef HOLDER
  expect_office("\"office\":{\"status\":\"holder\",\"branch\":\"legislative\",\"selection\":\"elected\"}",
                PI_GATE_PASS, 0, 0);
}

/* R025, A25: judges and officers are not named by the policy, so nobody decides by a table. */
static void test_gates_R025_A25_branches(void **state) {
  (void)state;
#define ELECTED "\"office\":{\"status\":\"holder\",\"selection\":\"elected\",\"leadership\":true"
  expect_office(ELECTED ",\"branch\":\"executive\"}", PI_GATE_PASS, 0, 0);
  expect_office(ELECTED ",\"branch\":\"legislative\"}", PI_GATE_PASS, 0, 0);
  expect_office(ELECTED ",\"branch\":\"judicial\"}", PI_GATE_UNKNOWN, BRANCH, 0);
  expect_office(ELECTED ",\"branch\":\"military\"}", PI_GATE_UNKNOWN, BRANCH, 0);
  expect_office(ELECTED ",\"branch\":\"other\"}", PI_GATE_FAIL, 0, 0);
  expect_office(ELECTED "}", PI_GATE_UNKNOWN, BRANCH, 0);
#undef ELECTED
}

/* R027: candidates and nominees count for a political office only. A judge's seat or an officer's rank passes
 * no more than its holder does, and what office is sought must be known. How it would be come to, and whether
 * it leads, does not matter as it does for a holder. */
static void test_gates_R027_candidates_and_nominees(void **state) {
  (void)state;
  static const struct {
    const char *branch;
    pi_gate_result result;
    pi_fact_set missing;
  } ROWS[] = {
      {"", PI_GATE_UNKNOWN, BRANCH},
      {",\"branch\":null", PI_GATE_UNKNOWN, BRANCH},
      {",\"branch\":\"executive\"", PI_GATE_PASS, 0},
      {",\"branch\":\"legislative\"", PI_GATE_PASS, 0},
      {",\"branch\":\"judicial\"", PI_GATE_UNKNOWN, BRANCH},
      {",\"branch\":\"military\"", PI_GATE_UNKNOWN, BRANCH},
      {",\"branch\":\"other\"", PI_GATE_FAIL, 0},
  };
  static const char *const REST[] = {"", ",\"selection\":\"elected\",\"leadership\":true",
                                     ",\"selection\":\"appointed\",\"leadership\":false"};
  enum { ROWS_COUNT = sizeof ROWS / sizeof *ROWS };
  for (size_t i = 0; i < ROWS_COUNT * 3; i++) {
    static const char *const STATUSES[] = {"candidate", "nominee"};
    for (int status = 0; status < 2; status++) {
      char facts[256];
      snprintf(facts, sizeof facts, "\"office\":{\"status\":\"%s\"%s%s}", STATUSES[status],
               ROWS[i % ROWS_COUNT].branch, REST[i / ROWS_COUNT]);
      expect_office(facts, ROWS[i % ROWS_COUNT].result, ROWS[i % ROWS_COUNT].missing, 0);
    }
  }
}

/* R028; A04: a former holder counts only through another office or candidacy. */
static void test_gates_R028_A04_status(void **state) {
  (void)state;
  expect_office("\"office\":{\"status\":\"former\"}", PI_GATE_FAIL, 0, 0);
  expect_office("\"office\":{\"status\":\"former\",\"branch\":\"executive\",\"selection\":\"elected\"}",
                PI_GATE_FAIL, 0, 0);
  expect_office("\"office\":{\"status\":\"none\"}", PI_GATE_FAIL, 0, 0);
  expect_office("\"office\":{\"status\":null}", PI_GATE_UNKNOWN, STATUS, 0);
  expect_office("\"office\":{\"branch\":\"executive\",\"selection\":\"elected\"}", PI_GATE_UNKNOWN, STATUS,
                0);
  expect_office("\"office\":null", PI_GATE_UNKNOWN, STATUS, 0);
}

/* A06, A07: institutions count through their head, parties and media never; a campaign stands for the person
 * whose office is given. A08: what is not authentic is not the official's. */
static void test_gates_A06_A07_A08_accounts(void **state) {
  (void)state;
  static const char *const PASSING[] = {"person", "institution", "campaign", "other"};
  for (size_t i = 0; i < sizeof PASSING / sizeof *PASSING; i++) {
    char facts[128];
    snprintf(facts, sizeof facts, "\"kind\":\"%s\"," CANDIDATE, PASSING[i]);
    expect_office(facts, PI_GATE_PASS, 0, 0);
  }
  expect_office("\"kind\":\"party\"," CANDIDATE, PI_GATE_FAIL, 0, KIND);
  expect_office("\"kind\":\"media\"," CANDIDATE, PI_GATE_FAIL, 0, KIND);
  expect_office("\"kind\":\"party\"", PI_GATE_FAIL, 0, KIND);
  expect_office("\"authentic\":true," CANDIDATE, PI_GATE_PASS, 0, 0);
  expect_office("\"authentic\":false," CANDIDATE, PI_GATE_FAIL, 0, AUTHENTIC);
  expect_office("\"authentic\":false,\"kind\":\"media\"", PI_GATE_FAIL, 0, AUTHENTIC);
  expect_office("\"authentic\":false", PI_GATE_FAIL, 0, AUTHENTIC);
}

/* R025: the level is shown and never decides. */
static void test_gates_R025_level_never_matters(void **state) {
  (void)state;
  static const char *const LEVELS[] = {"local", "state", "national", "supranational"};
  for (size_t i = 0; i < sizeof LEVELS / sizeof *LEVELS; i++) {
    char facts[160];
    snprintf(facts, sizeof facts,
             "\"office\":{\"status\":\"candidate\",\"branch\":\"legislative\",\"level\":\"%s\"}", LEVELS[i]);
    expect_office(facts, PI_GATE_PASS, 0, 0);
    snprintf(facts, sizeof facts, "\"office\":{\"status\":\"former\",\"level\":\"%s\"}", LEVELS[i]);
    expect_office(facts, PI_GATE_FAIL, 0, 0);
  }
}

/* R029: all four must hold, and each is computed whatever the others say. A11: unknown is not eligible, and a
 * failed gate outweighs an unknown one, whose missing facts are told all the same. */
static void test_gates_R029_R032_A11_all_four(void **state) {
  (void)state;
  pi_gates gates = judge("violence", "\"verified\":true,\"followers_count\":100001," CANDIDATE);
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) assert_int_equal(gates.results[gate], PI_GATE_PASS);
  assert_int_equal(gates.eligibility, PI_ELIGIBLE);

  gates = judge("violence", "\"verified\":false,\"followers_count\":1,\"office\":{\"status\":\"none\"}");
  assert_int_equal(gates.results[PI_GATE_VERIFIED], PI_GATE_FAIL);
  assert_int_equal(gates.results[PI_GATE_FOLLOWERS], PI_GATE_FAIL);
  assert_int_equal(gates.results[PI_GATE_OFFICE], PI_GATE_FAIL);
  assert_int_equal(gates.eligibility, PI_NOT_ELIGIBLE);

  gates = judge("violence", "");
  assert_int_equal(gates.eligibility, PI_NOT_KNOWN);
  assert_int_equal(gates.missing, VERIFIED | FOLLOWERS | STATUS);

  gates = judge("violence", "\"followers_count\":100000");
  assert_int_equal(gates.eligibility, PI_NOT_ELIGIBLE);
  assert_int_equal(gates.missing, VERIFIED | STATUS);

  gates = judge("violence", "\"verified\":true,\"verified_type\":\"blue\",\"followers_count\":100001,"
                            "\"office\":{\"status\":\"holder\",\"branch\":\"judicial\"}");
  assert_int_equal(gates.eligibility, PI_NOT_KNOWN);
  assert_int_equal(gates.missing, TYPE | BRANCH);
}

/* R031: where no rule is broken, that goes before everything. */
static void test_gates_R031_nothing_violated_goes_first(void **state) {
  (void)state;
  assert_int_equal(judge(NULL, "\"verified\":false").eligibility, PI_NOTHING_VIOLATED);
  assert_int_equal(judge(NULL, "").eligibility, PI_NOTHING_VIOLATED);
}

/* R072, R108–R112; A03: whatever else holds, and wherever in the list it stands. */
static void test_gates_R072_R108_to_R112_never_excepted(void **state) {
  (void)state;
  static const char *const NEVER[] = {"terrorism", "child_sexual_exploitation", "non_consensual_nudity",
                                      "sexual_violence", "copyright"};
  static const char *const ACCOUNTS[] = {"\"verified\":true,\"followers_count\":100001," CANDIDATE,
                                         "\"verified\":false", ""};
  for (size_t i = 0; i < sizeof NEVER / sizeof *NEVER; i++) {
    for (size_t j = 0; j < sizeof ACCOUNTS / sizeof *ACCOUNTS; j++) {
      assert_int_equal(judge(NEVER[i], ACCOUNTS[j]).eligibility, PI_NEVER_EXCEPTED);
      char last[64];
      snprintf(last, sizeof last, "violence\"},{\"rule\":\"%s", NEVER[i]);
      assert_int_equal(judge(last, ACCOUNTS[j]).eligibility, PI_NEVER_EXCEPTED);
      snprintf(last, sizeof last, "%s\"},{\"rule\":\"violence", NEVER[i]);
      assert_int_equal(judge(last, ACCOUNTS[j]).eligibility, PI_NEVER_EXCEPTED);
    }
  }
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) {
    if (PI_RULES[rule].never) continue;
    assert_int_equal(judge(PI_RULES[rule].id.ptr, ACCOUNTS[0]).eligibility, PI_ELIGIBLE);
  }
}

static void test_gates_have_names(void **state) {
  (void)state;
  static const char *const IDS[] = {"rule_violation", "verified", "followers", "office"};
  assert_int_equal(PI_GATE_COUNT, 4);
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) {
    assert_true(pi_slice_equal(PI_GATES[gate].id, pi_slice_of(IDS[gate])));
    assert_true(PI_GATES[gate].requirement[0] == 'R');
  }
  assert_true(pi_slice_equal(pi_gate_result_name(PI_GATE_PASS), PI_SLICE("pass")));
  assert_true(pi_slice_equal(pi_gate_result_name(PI_GATE_FAIL), PI_SLICE("fail")));
  assert_true(pi_slice_equal(pi_gate_result_name(PI_GATE_UNKNOWN), PI_SLICE("unknown")));
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_gates_R022_needs_a_violation),
      cmocka_unit_test(test_gates_R023_A09_verified),
      cmocka_unit_test(test_gates_R024_A02_followers),
      cmocka_unit_test(test_gates_R026_A05_holders),
      cmocka_unit_test(test_gates_R025_A25_branches),
      cmocka_unit_test(test_gates_R027_candidates_and_nominees),
      cmocka_unit_test(test_gates_R028_A04_status),
      cmocka_unit_test(test_gates_A06_A07_A08_accounts),
      cmocka_unit_test(test_gates_R025_level_never_matters),
      cmocka_unit_test(test_gates_R029_R032_A11_all_four),
      cmocka_unit_test(test_gates_R031_nothing_violated_goes_first),
      cmocka_unit_test(test_gates_R072_R108_to_R112_never_excepted),
      cmocka_unit_test(test_gates_have_names),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
