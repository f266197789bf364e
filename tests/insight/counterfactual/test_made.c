/* :flip and :sweep on made policies, most of which break the premise that going further where a case has
 * turned does not turn it back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "case.h"
#include "decimal.h"
#include "flip.h"
#include "sweep.h"

/* Without public concern there is no notice, whatever a script says: that way is left out here. */
static void leave_concern_out(pi_flips *out) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < out->count; i++) {
    if (out->flips[i].changes[0].fact != PI_FACT_PUBLIC_CONCERN) out->flips[kept++] = out->flips[i];
  }
  out->count = kept;
}

static void find(engine_rig *self, pi_flips *out, const pi_flip_options *options) {
  assert_int_equal(pi_flips_find(out, self->engine, &self->input->facts, self->policy, options, NULL),
                   PUBINT_OK);
  leave_concern_out(out);
}

static const char BOTH_AT_NOTHING[] = ASSESSED ",'hyperbole':0,'sole_source':0";

/* Far out two strengths turn it for good; nearer they do within a window, a fifth of the way wide. */
static void test_made_window_before_the_far_corner(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0",
                    "local a, b = case.context.hyperbole, case.context.sole_source\n"
                    "local window = a >= 0.3 and a <= 0.5 and b >= 0.3 and b <= 0.5\n"
                    "balance:condition('c', not (window or a >= 0.9 and b >= 0.9))");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", BOTH_AT_NOTHING);
  pi_flips *flips = calloc(1, sizeof *flips);
  assert_non_null(flips);
  find(self, flips, NULL);
  assert_true(flips->complete);
  assert_int_equal(flips->flips[0].changes_count, 2);
  assert_true(flips->flips[0].distance == 600000);
  free(flips);
}

/* The far corner turns nothing at all. */
static void test_made_window_alone(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0",
                    "local a, b = case.context.hyperbole, case.context.sole_source\n"
                    "balance:condition('c', not (a > 0.61 and a < 0.8 and b > 0.1 and b < 0.3))");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", BOTH_AT_NOTHING);
  pi_flips *flips = calloc(1, sizeof *flips);
  assert_non_null(flips);
  find(self, flips, NULL);
  assert_int_equal(flips->flips[0].changes_count, 2);
  assert_true(flips->flips[0].distance == 610001 + 100001);
  free(flips);
}

/* Beside another word a strength turns it within a window, a twentieth of the way wide. */
static void test_made_window_beside_a_word(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0",
                    "local a = case.context.hyperbole\n"
                    "local group = case.context.target.kind == 'group'\n"
                    "balance:condition('c', not (group and a >= 0.31 and a <= 0.37))");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0,'target':{'kind':'official'}");
  pi_flips *flips = calloc(1, sizeof *flips);
  assert_non_null(flips);
  find(self, flips, NULL);
  assert_int_equal(flips->count, 1);
  assert_int_equal(flips->flips[0].words, 1);
  assert_true(flips->flips[0].distance == PI_MICRO + 310000);
  free(flips);
}

/* Also while single facts are tried, each of a thousand times. */
static void test_made_stops_among_single_facts(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "balance:harm('h', case.context.hyperbole * 0, 1)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", BOTH_AT_NOTHING);
  pi_flips *flips = calloc(1, sizeof *flips);
  assert_non_null(flips);
  const pi_stop stop = {.asked = 1};
  find(self, flips, &(pi_flip_options){.stop = &stop});
  assert_false(flips->complete);
  assert_int_equal(flips->evaluations, 1);
  free(flips);
}

/* The budget is the scripts' instructions: where single facts fit in, pairs are left and named, and again the
 * same ones. */
static void test_made_stops_at_its_instructions(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0",
                    "for i = 1, 2000 do end balance:harm('h', case.context.hyperbole * 0, 1)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", BOTH_AT_NOTHING);
  pi_flips *flips = calloc(1, sizeof *flips);
  assert_non_null(flips);
  find(self, flips, &(pi_flip_options){.instructions_max = 1000000000});
  assert_int_equal(flips->left | flips->turns.left, 0);
  uint64_t alone = flips->turns.instructions;
  uint32_t evaluations[2];
  for (int i = 0; i < 2; i++) {
    find(self, flips, &(pi_flip_options){.instructions_max = alone + 5000});
    assert_false(flips->complete);
    assert_true(flips->turns.complete);
    assert_int_equal(flips->turns.left, 0);
    assert_true((flips->left & PI_FACT_BIT(PI_FACT_HYPERBOLE)) != 0);
    evaluations[i] = flips->evaluations;
  }
  assert_int_equal(evaluations[0], evaluations[1]);
  free(flips);
}

/* What is left out of the search is said to be. */
static void test_made_more_markets_than_are_paired(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0", "");
  for (char a = 'A'; a <= 'D'; a++) {
    for (char b = 'A'; b <= 'Z'; b++) policy_maker_market(&self->maker, (const char[]){a, b, '\0'}, "");
  }
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'market':'AA'");
  pi_flips *flips = calloc(1, sizeof *flips);
  assert_non_null(flips);
  find(self, flips, NULL);
  assert_int_equal(flips->count, 0);
  assert_false(flips->complete);
  assert_true((flips->left & PI_FACT_BIT(PI_FACT_MARKET)) != 0);
  free(flips);
}

/* Two strengths that weigh 3 and 2: on the grid a step of the one is as good as one of the other; between its
 * places the heavier one goes to its very end. */
static void test_made_pair_is_refined_along_its_frontier(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0.6",
                    "balance:interest('a', case.context.hyperbole, 3)\n"
                    "balance:interest('b', case.context.sole_source, 2)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.9,'sole_source':1");
  pi_flips *flips = calloc(1, sizeof *flips);
  assert_non_null(flips);
  find(self, flips, NULL);
  assert_int_equal(flips->flips[0].changes_count, 2);
  assert_true(flips->flips[0].distance == 900000 + 700001);
  free(flips);
}

/* Between two values of the sweep the case turns twice: both turns are told. */
static void test_made_sweep_finds_two_turns_within_a_step(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "r", "0",
                    "local h = case.context.hyperbole\n"
                    "if h > 0.5 and h <= 0.502 then error('broken here') end\n"
                    "balance:harm('h', h > 0.502 and 1 or 0, 1)");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0");
  pi_sweep *sweep = calloc(1, sizeof *sweep);
  assert_non_null(sweep);
  assert_int_equal(pi_sweep_run(sweep, self->engine, &self->input->facts, PI_FACT_HYPERBOLE,
                                pi_sweep_whole(PI_FACT_HYPERBOLE, 0), NULL, NULL),
                   PUBINT_OK);
  assert_int_equal(sweep->turns_count, 2);
  assert_int_equal(sweep->turns[0].below, 500000);
  assert_int_equal(sweep->turns[0].outcome_above, PUBINT_REVIEW);
  assert_int_equal(sweep->turns[1].below, 502000);
  assert_int_equal(sweep->turns[1].outcome_below, PUBINT_REVIEW);
  assert_int_equal(sweep->turns[1].outcome_above, PUBINT_REMOVE);
  free(sweep);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_made_window_before_the_far_corner),
      RIG_TEST(test_made_window_alone),
      RIG_TEST(test_made_window_beside_a_word),
      RIG_TEST(test_made_stops_among_single_facts),
      RIG_TEST(test_made_stops_at_its_instructions),
      RIG_TEST(test_made_more_markets_than_are_paired),
      RIG_TEST(test_made_pair_is_refined_along_its_frontier),
      RIG_TEST(test_made_sweep_finds_two_turns_within_a_step),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
