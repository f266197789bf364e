/* The certificate (R003, R022–R032, R072, R095, R108–R112): under a policy whose scripts grant everything,
 * the whole product of gate facts, every rule and the host's own conditions come out exactly as the truth
 * table says, which was written from the page and not from the host. What is refused here, C refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pubint.h>

#include "product.h"
#include "test.h"

typedef struct rig {
  pubint_policy *policy;
  pubint_engine *engine;
} rig;

static int set_up(void **state) {
  static const char folder[] = PI_SOURCE_DIR "/tests/certificate/policy";
  rig *self = calloc(1, sizeof *self);
  if (self == NULL) return -1;
  *state = self;
  pubint_error error = {0};
  if (pubint_policy_load(&self->policy, folder, &error) == PUBINT_OK &&
      pubint_engine_new(&self->engine, self->policy, &error) == PUBINT_OK)
    return 0;
  char text[2048];
  (void)pubint_error_format(&error, text, sizeof text);
  print_error("%s", text);
  return -1;
}

static int tear_down(void **state) {
  rig *self = *state;
  pubint_engine_free(self->engine);
  pubint_policy_free(self->policy);
  free(self);
  return 0;
}

/* Evaluates a case and holds everything it says against the truth table; a disagreement ends the test. */
static void hold(const rig *self, const product_case *which) {
  char json[PRODUCT_CASE_BYTES_MAX], message[2048];
  size_t bytes = product_case_json(which, json, sizeof json);
  assert_true(bytes > 0);
  pubint_error error = {0};
  pubint_case *input = NULL;
  const pubint_evaluation *evaluation = NULL;
  if (pubint_case_parse(&input, json, bytes, &error) != PUBINT_OK ||
      pubint_engine_evaluate(self->engine, input, &evaluation, &error) != PUBINT_OK)
    fail_msg("%s\nwas not evaluated: E%04u %s", json, error.code, error.message);
  const char *line = pubint_evaluation_json(evaluation, NULL);
  assert_non_null(line);
  const char *expected = product_disagreement(which, line, message, sizeof message);
  if (expected != NULL) fail_msg("%s\nevaluated to %s\nexpected %s", json, line, expected);
  /* The functions and the line must not tell different stories. */
  gate_point point = product_point(which->index);
  truth_gates gates = truth_judge(&point);
  truth_outcome truth = truth_decide(&which->facts, &gates);
  if (strcmp(pubint_outcome_name(pubint_evaluation_outcome(evaluation)), truth.outcome) != 0 ||
      strcmp(pubint_basis_name(pubint_evaluation_basis(evaluation)), truth.basis) != 0 ||
      pubint_evaluation_final(evaluation) != truth.final)
    fail_msg("%s\nthe accessors do not say %s/%s", json, truth.outcome, truth.basis);
  pubint_case_free(input);
}

/* A truth table that leaves a point without a row, or has a row that no point meets, proves less than it
 * says. */
static void test_certificate_the_table_answers_every_point_and_needs_every_row(void **state) {
  (void)state;
  truth_rows rows = truth_rows_count();
  bool verified[8] = {false}, followers[8] = {false}, office[32] = {false};
  for (uint32_t i = 0; i < product_count(); i++) {
    gate_point point = product_point(i);
    truth_gates gates = truth_judge(&point);
    assert_int_equal(product_index(&point), i);
    assert_true(gates.verified.row < rows.verified);
    assert_true(gates.followers.row < rows.followers);
    assert_true(gates.office.row < rows.office);
    verified[gates.verified.row] = followers[gates.followers.row] = office[gates.office.row] = true;
  }
  for (unsigned i = 0; i < rows.verified; i++) assert_true(verified[i]);
  for (unsigned i = 0; i < rows.followers; i++) assert_true(followers[i]);
  for (unsigned i = 0; i < rows.office; i++) assert_true(office[i]);
}

static void test_certificate_the_whole_product_of_gate_facts(void **state) {
  uint32_t tried = 0, notices = 0;
  for (uint32_t i = 0; i < product_count(); i++, tried++) {
    product_case which = product_ordinary(i);
    hold(*state, &which);
    gate_point point = product_point(i);
    truth_gates gates = truth_judge(&point);
    if (strcmp(truth_decide(&which.facts, &gates).outcome, "notice") != 0) continue;
    notices++;
    /* R003: whoever it is, no exception without a matter of public concern. */
    which.facts.concern = CONCERN_NONE;
    hold(*state, &which);
    which.facts.concern = CONCERN_UNKNOWN;
    hold(*state, &which);
  }
  print_message("certificate: %u combinations of gate facts, of which %u notices\n", (unsigned)tried,
                (unsigned)notices);
}

/* The number in the text of every case, where it stands first. */
#define MARKED "\"spans\":[{\"start\":0,\"end\":10,\"kind\":\"phone\"}]"

typedef struct violation {
  const char *json;
  truth_broken broken;
} violation;

/* Every rule of design section 3, one that an operator added, one that nobody wrote a script for, and none;
 * at the end what a violation of private_information can say of its spans. */
static const violation VIOLATIONS[] = {
    {"", BROKEN_NOTHING},
    {"{\"rule\":\"terrorism\"}", BROKEN_NEVER_EXCEPTED},
    {"{\"rule\":\"child_sexual_exploitation\"}", BROKEN_NEVER_EXCEPTED},
    {"{\"rule\":\"non_consensual_nudity\"}", BROKEN_NEVER_EXCEPTED},
    {"{\"rule\":\"sexual_violence\"}", BROKEN_NEVER_EXCEPTED},
    {"{\"rule\":\"copyright\"}", BROKEN_NEVER_EXCEPTED},
    {"{\"rule\":\"violence\"}", BROKEN_GRANTED},
    {"{\"rule\":\"regulated_goods\"}", BROKEN_GRANTED},
    {"{\"rule\":\"suicide_self_harm\"}", BROKEN_GRANTED},
    {"{\"rule\":\"election_integrity\"}", BROKEN_GRANTED},
    {"{\"rule\":\"private_information\",\"kind\":\"threat\"}", BROKEN_DATA_UNCERTAIN},
    {"{\"rule\":\"private_information\",\"kind\":\"incitement\"}", BROKEN_DATA_UNCERTAIN},
    {"{\"rule\":\"private_information\",\"kind\":\"posted\"}", BROKEN_DATA_POSTED},
    {"{\"rule\":\"private_information\"}", BROKEN_DATA_POSTED},
    {"{\"rule\":\"hateful_conduct\"}", BROKEN_GRANTED},
    {"{\"rule\":\"abuse_harassment\"}", BROKEN_GRANTED},
    {"{\"rule\":\"sensitive_media\"}", BROKEN_GRANTED},
    {"{\"rule\":\"operators_own\"}", BROKEN_GRANTED}, /* a rule without a row in C, but with a script (A14) */
    {"{\"rule\":\"covid19_misinformation\"}", BROKEN_NO_SCRIPT},
    {"{\"rule\":\"private_information\",\"kind\":\"threat\",\"spans\":null}", BROKEN_DATA_UNCERTAIN},
    {"{\"rule\":\"private_information\",\"kind\":\"threat\",\"spans\":[]}", BROKEN_DATA_OMITTED},
    {"{\"rule\":\"private_information\",\"kind\":\"incitement\",\"spans\":[]}", BROKEN_DATA_OMITTED},
    {"{\"rule\":\"private_information\",\"kind\":\"posted\",\"spans\":[]}", BROKEN_DATA_POSTED},
    {"{\"rule\":\"private_information\",\"spans\":[]}", BROKEN_DATA_POSTED},
    {"{\"rule\":\"private_information\",\"kind\":\"threat\"," MARKED "}", BROKEN_DATA_OMITTED},
    {"{\"rule\":\"private_information\",\"kind\":\"posted\"," MARKED "}", BROKEN_DATA_OMITTED},
    {"{\"rule\":\"private_information\"," MARKED "}", BROKEN_DATA_OMITTED},
};
enum {
  VIOLATIONS_COUNT = sizeof VIOLATIONS / sizeof *VIOLATIONS,
  /* Those that may stand beside each other in one case: no rule and kind twice. */
  APART_FIRST = 6,
  APART_END = 19,
};

/* Finds, for each combination of rows of the three tables, the first point that has it: all ways to come to
 * a combination of results. Returns how many; `points` has room for every one. */
enum { COMBINATIONS_MAX = 256 };

static unsigned combinations(uint32_t *points) {
  bool seen[8 * 8 * 32] = {false};
  unsigned count = 0;
  for (uint32_t i = 0; i < product_count(); i++) {
    gate_point point = product_point(i);
    truth_gates gates = truth_judge(&point);
    unsigned key = (gates.verified.row * 8 + gates.followers.row) * 32 + gates.office.row;
    if (seen[key]) continue;
    seen[key] = true;
    assert_true(count < COMBINATIONS_MAX);
    points[count++] = i;
  }
  return count;
}

/* With a violation at a point: no public concern, some, and nobody said; harm assessed and not. */
static unsigned hold_in_every_context(const rig *self, uint32_t point, const violation *broken) {
  unsigned tried = 0;
  for (int concern = CONCERN_UNKNOWN; concern <= CONCERN_SOME; concern++) {
    for (int assessed = 0; assessed < 2; assessed++, tried++) {
      product_case which = {point,
                            broken->json,
                            broken->json[0] != '\0',
                            {broken->broken, (truth_concern)concern, assessed == 1}};
      hold(self, &which);
    }
  }
  return tried;
}

static void test_certificate_every_gate_result_with_every_rule(void **state) {
  uint32_t points[COMBINATIONS_MAX];
  unsigned count = combinations(points), tried = 0;
  for (unsigned i = 0; i < count; i++)
    for (unsigned rule = 0; rule < VIOLATIONS_COUNT; rule++)
      tried += hold_in_every_context(*state, points[i], &VIOLATIONS[rule]);
  print_message(
      "certificate: %u combinations of gate rows, with %d kinds of violation each, public concern and harm "
      "assessed and not: %u cases\n",
      count, VIOLATIONS_COUNT, tried);
}

/* Evaluates `parts_count` violations together, one of which is never excepted. */
static void hold_together(const rig *self, uint32_t point, const char *const *parts, unsigned parts_count) {
  char violations[PRODUCT_CASE_BYTES_MAX / 2] = "";
  size_t length = 0;
  for (unsigned i = 0; i < parts_count; i++) {
    int added = snprintf(violations + length, sizeof violations - length, "%s%s", i > 0 ? "," : "", parts[i]);
    assert_true(added > 0 && (size_t)added < sizeof violations - length);
    length += (size_t)added;
  }
  product_case which = {point, violations, parts_count, {BROKEN_NEVER_EXCEPTED, CONCERN_SOME, true}};
  hold(self, &which);
}

/* R072, R108–R112: one rule that is never excepted among others decides, wherever it stands. */
static void test_certificate_never_excepted_among_several_is_no_notice(void **state) {
  uint32_t points[COMBINATIONS_MAX];
  unsigned count = combinations(points), tried = 0;
  for (unsigned i = 0; i < count; i++) {
    for (unsigned never = 0; never < VIOLATIONS_COUNT; never++) {
      if (VIOLATIONS[never].broken != BROKEN_NEVER_EXCEPTED) continue;
      for (unsigned other = 1; other < VIOLATIONS_COUNT; other++) {
        if (other == never) continue;
        const char *first[] = {VIOLATIONS[never].json, VIOLATIONS[other].json};
        const char *last[] = {VIOLATIONS[other].json, VIOLATIONS[never].json};
        hold_together(*state, points[i], first, 2);
        hold_together(*state, points[i], last, 2);
        tried += 2;
      }
      /* As many as a case may have: the rules with a script, filled up with rules that nobody wrote one for.
       */
      for (unsigned place = 0; place < 16; place++, tried++) {
        const char *parts[16];
        static const char *const strangers[] = {"{\"rule\":\"spam\"}", "{\"rule\":\"impersonation\"}",
                                                "{\"rule\":\"synthetic_media\"}"};
        unsigned next = APART_FIRST;
        for (unsigned part = 0; part < 16; part++) {
          if (part == place)
            parts[part] = VIOLATIONS[never].json;
          else if (next < APART_END)
            parts[part] = VIOLATIONS[next++].json;
          else
            parts[part] = strangers[next++ - APART_END];
        }
        hold_together(*state, points[i], parts, 16);
      }
    }
  }
  print_message("certificate: %u cases with a never-excepted rule among several, none a notice\n", tried);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_certificate_the_table_answers_every_point_and_needs_every_row),
      cmocka_unit_test(test_certificate_the_whole_product_of_gate_facts),
      cmocka_unit_test(test_certificate_every_gate_result_with_every_rule),
      cmocka_unit_test(test_certificate_never_excepted_among_several_is_no_notice),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
