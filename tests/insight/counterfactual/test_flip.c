/* The smallest changes that turn a case, held against the evaluator itself and against brute force. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pubint.h>

#include "decode.h"
#include "evaluate.h"
#include "flip.h"
#include "sample.h"
#include "test.h"

/* Brute force is work that grows with the square: as a case stands it goes over a coarse grid, and over the
 * fine one once the case was brought this near to its turning point. */
enum { BRUTE_NEAR_MICRO = 20000, COARSE_STEP_MICRO = 100000 };

/* How many cases are tried: with PUBINT_DEEP in the environment, as tests/run --deep has it, many more. */
static unsigned cases_count(unsigned usual, unsigned deep) {
  return getenv("PUBINT_DEEP") != NULL ? deep : usual;
}

typedef struct rig {
  pubint_policy *policy;
  pubint_engine *engine;
  pi_arena arena;
  pi_flips flips;
} rig;

static int set_up(void **state) {
  rig *self = calloc(1, sizeof *self);
  assert_non_null(self);
  assert_int_equal(pubint_policy_load(&self->policy, PI_SOURCE_DIR "/scripts", NULL), PUBINT_OK);
  assert_int_equal(pubint_engine_new(&self->engine, self->policy, NULL), PUBINT_OK);
  pi_arena_init(&self->arena, 64 * 1024, (size_t)8 * 1024 * 1024);
  *state = self;
  return 0;
}

static int tear_down(void **state) {
  rig *self = *state;
  pubint_engine_free(self->engine);
  pubint_policy_free(self->policy);
  pi_arena_dispose(&self->arena);
  free(self);
  return 0;
}

static pubint_outcome outcome_of(rig *self, const pi_case *input, pi_fact_set *reads) {
  const pubint_evaluation *evaluation;
  assert_int_equal(pi_engine_evaluate(self->engine, input, &evaluation, NULL), PUBINT_OK);
  for (uint32_t i = 0; reads != NULL && i < evaluation->entries_count; i++) {
    *reads |= evaluation->entries[i].reads;
  }
  return evaluation->outcome;
}

static void sample(rig *self, const pi_sample_plan *plan, uint64_t number, pi_case *out) {
  pi_arena_reset(&self->arena);
  assert_true(pi_sample_case(plan, number, out, &self->arena));
}

static int64_t moved(const pi_flip_change *change) {
  int64_t by = (int64_t)change->to.micro - change->from.micro;
  return by < 0 ? -by : by;
}

/* Applies the change to a copy of the case, with strength `place` brought `nearer` millionths back. */
static void apply(const pi_flip *flip, pi_case *input, unsigned place, int32_t nearer) {
  for (uint8_t i = 0; i < flip->changes_count; i++) {
    const pi_flip_change *change = &flip->changes[i];
    assert_true(pi_case_knows(input, change->fact));
    input->facts[change->fact] = change->to;
    if (i != place || nearer == 0) continue;
    input->facts[change->fact].micro += change->to.micro > change->from.micro ? -nearer : nearer;
  }
}

static void check_flip(rig *self, const pi_case *input, const pi_flip *flip) {
  pi_case changed = *input;
  pubint_outcome before = outcome_of(self, input, NULL);
  apply(flip, &changed, 0, 0);
  pubint_outcome after = outcome_of(self, &changed, NULL);
  assert_int_not_equal(before, after);
  assert_int_equal(after, flip->outcome);
  int64_t distance = 0;
  for (uint8_t i = 0; i < flip->changes_count; i++) {
    bool strength = PI_FACTS[flip->changes[i].fact].type == PI_TYPE_STRENGTH;
    distance += strength ? moved(&flip->changes[i]) : PI_MICRO;
  }
  assert_true(distance == flip->distance);
  /* The turning point itself: a millionth nearer does not turn it. */
  for (uint8_t i = 0; i < flip->changes_count; i++) {
    if (PI_FACTS[flip->changes[i].fact].type != PI_TYPE_STRENGTH) continue;
    changed = *input;
    apply(flip, &changed, i, 1);
    assert_int_equal(outcome_of(self, &changed, NULL), before);
  }
}

static void find(rig *self, const pi_case *input) {
  assert_int_equal(pi_flips_find(&self->flips, self->engine, input, self->policy, NULL, NULL), PUBINT_OK);
  assert_true(self->flips.complete);
}

static void test_flip_every_change_turns_the_case(void **state) {
  rig *self = *state;
  pi_sample_plan plan = {.seed = 5};
  unsigned changes = 0, pairs = 0, words = 0, cases = cases_count(100, 500);
  for (uint64_t number = 0; number < cases; number++) {
    pi_case input;
    plan.eligible = number % 5 != 0;
    sample(self, &plan, number, &input);
    find(self, &input);
    for (uint32_t i = 0; i < self->flips.count; i++) {
      const pi_flip *flip = &self->flips.flips[i];
      pi_gate gate = pi_gate_of(flip->changes[0].fact);
      if (gate < PI_GATE_COUNT && PI_FACTS[flip->changes[0].fact].type == PI_TYPE_COUNT) {
        continue; /* a number of followers is no strength; test_turn looks at it */
      }
      check_flip(self, &input, flip);
      if (i > 0 && (flip->words > 0) == (flip[-1].words > 0)) {
        assert_true(flip->distance >= flip[-1].distance);
      }
      if (i > 0) assert_true(flip->words > 0 || flip[-1].words == 0);
      changes++;
      pairs += flip->changes_count == 2 ? 1 : 0;
      words += flip->words > 0 ? 1 : 0;
    }
  }
  print_message("%u changes of %u cases, %u of them pairs, %u with a word\n", changes, cases, pairs, words);
  assert_true(changes > cases && pairs > cases / 10 && words > cases / 10);
}

/* --- brute force --- */

/* Every value of the grid that is less than `near` away, and where the fact stands. */
static unsigned values_near(int32_t from, int64_t near, int32_t step, int32_t *out) {
  unsigned count = 0;
  out[count++] = from;
  for (int32_t at = 0; at <= PI_MICRO; at += step) {
    if (at != from && abs(at - from) < near) out[count++] = at;
  }
  return count;
}

/* Nothing on the grid, one strength or two, is nearer than `near`. */
static uint64_t assert_nothing_nearer(rig *self, const pi_case *input, int64_t near, int32_t step) {
  static int32_t a_values[4096], b_values[4096];
  pi_fact_set reads = 0;
  uint64_t tried = 0;
  pubint_outcome before = outcome_of(self, input, &reads);
  for (int a = 0; a < PI_FACT_COUNT; a++) {
    if (PI_FACTS[a].type != PI_TYPE_STRENGTH || !pi_case_knows(input, (pi_fact)a)) continue;
    unsigned a_count = values_near(input->facts[a].micro, near, step, a_values);
    for (int b = a + 1; b < PI_FACT_COUNT; b++) {
      if (PI_FACTS[b].type != PI_TYPE_STRENGTH || !pi_case_knows(input, (pi_fact)b)) continue;
      if ((reads & (PI_FACT_BIT(a) | PI_FACT_BIT(b))) == 0) continue;
      unsigned b_count = values_near(input->facts[b].micro, near, step, b_values);
      pi_case trial = *input;
      for (unsigned i = 0; i < a_count; i++) {
        for (unsigned j = 0; j < b_count; j++) {
          int64_t distance =
              (int64_t)abs(a_values[i] - input->facts[a].micro) + abs(b_values[j] - input->facts[b].micro);
          if (distance >= near) continue;
          trial.facts[a].micro = a_values[i];
          trial.facts[b].micro = b_values[j];
          tried++;
          if (outcome_of(self, &trial, NULL) == before) continue;
          fail_msg("%s %d and %s %d turn it at %lld, nearer than %lld", PI_FACTS[a].path.ptr, a_values[i],
                   PI_FACTS[b].path.ptr, b_values[j], (long long)distance, (long long)near);
        }
      }
    }
  }
  return tried;
}

/* Moves the first change's facts towards their turning point, by what leaves about `left` millionths. */
static void bring_near(const pi_flip *flip, pi_case *input, int64_t left) {
  for (uint8_t i = 0; i < flip->changes_count; i++) {
    const pi_flip_change *change = &flip->changes[i];
    int64_t by = (int64_t)change->to.micro - change->from.micro;
    int64_t kept = by * left / flip->distance;
    input->facts[change->fact].micro = (int32_t)(change->to.micro - kept);
  }
}

static void test_flip_brute_force_finds_nothing_nearer(void **state) {
  rig *self = *state;
  pi_sample_plan plan = {.seed = 11, .eligible = true};
  unsigned done = 0, pairs = 0, wanted = cases_count(5, 50);
  uint64_t tried = 0, coarse = 0;
  for (uint64_t number = 0; done < wanted && number < 1000; number++) {
    pi_case input;
    sample(self, &plan, number, &input);
    find(self, &input);
    if (self->flips.count == 0 || self->flips.flips[0].words > 0) continue;
    coarse += assert_nothing_nearer(self, &input, self->flips.flips[0].distance, COARSE_STEP_MICRO);
    int64_t left = BRUTE_NEAR_MICRO - (int64_t)(number % 15) * 1000;
    if (self->flips.flips[0].distance > left) bring_near(&self->flips.flips[0], &input, left);
    find(self, &input);
    assert_true(self->flips.count > 0 && self->flips.flips[0].words == 0);
    pairs += self->flips.flips[0].changes_count == 2 ? 1 : 0;
    /* Two together are looked for on the grid, so what one alone does may come first by less than a step of
     * each. */
    assert_true(self->flips.flips[0].distance < BRUTE_NEAR_MICRO + 2 * PI_FLIP_STEP_MICRO);
    tried += assert_nothing_nearer(self, &input, self->flips.flips[0].distance, PI_FLIP_STEP_MICRO);
    done++;
  }
  print_message("%u cases: %llu evaluations on the coarse grid; brought near, %u of them turned by a pair, "
                "%llu on the fine grid\n",
                done, (unsigned long long)coarse, pairs, (unsigned long long)tried);
  assert_int_equal(done, wanted);
}

/* --- what is special --- */

static void parse(rig *self, const char *json, pi_case *out) {
  pi_arena_reset(&self->arena);
  assert_int_equal(pi_decode_case(out, pi_slice_of(json), 1, &self->arena, NULL, NULL), PUBINT_OK);
}

#define ELIGIBLE                                                                                             \
  "\"account\":{\"verified\":true,\"followers_count\":200000,"                                               \
  "\"office\":{\"status\":\"candidate\",\"branch\":\"legislative\"}}"

/* A product of two strengths: the nearest way up is between them, where one alone must go farther. */
static void test_flip_two_facts_that_multiply(void **state) {
  rig *self = *state;
  pi_case input;
  parse(self,
        "{\"id\":\"x\"," ELIGIBLE ",\"violations\":[{\"rule\":\"abuse_harassment\"}],"
        "\"context\":{\"target\":{\"kind\":\"official\"},\"public_concern\":0.07,\"public_debate\":1,"
        "\"call_to_action\":0,\"rights_interference\":0,\"service_harm\":0,"
        "\"offline_harm\":{\"likelihood\":0.3,\"severity\":0.3}}}",
        &input);
  find(self, &input);
  bool found = false;
  for (uint32_t i = 0; i < self->flips.count; i++) {
    const pi_flip *flip = &self->flips.flips[i];
    if (flip->changes_count != 2 || flip->words > 0) continue;
    pi_fact_set both = PI_FACT_BIT(flip->changes[0].fact) | PI_FACT_BIT(flip->changes[1].fact);
    found = found || both == (PI_FACT_BIT(PI_FACT_HARM_LIKELIHOOD) | PI_FACT_BIT(PI_FACT_HARM_SEVERITY));
  }
  assert_true(found);
}

static void test_flip_of_the_never_excepted_has_none(void **state) {
  rig *self = *state;
  pi_case input;
  parse(self, "{\"id\":\"x\"," ELIGIBLE ",\"violations\":[{\"rule\":\"terrorism\"}]}", &input);
  find(self, &input);
  assert_int_equal(self->flips.count, 0);
  assert_int_equal(self->flips.turns.state, PI_TURNS_VIOLATIONS_DECIDE);
}

/* Two gates are closed: no fact alone opens both. */
static void test_flip_two_gates(void **state) {
  rig *self = *state;
  pi_case input;
  parse(self,
        "{\"id\":\"x\",\"account\":{\"verified\":false,\"followers_count\":200000,"
        "\"office\":{\"status\":\"former\"}},\"violations\":[{\"rule\":\"violence\"}]}",
        &input);
  find(self, &input);
  assert_true(self->flips.count > 0);
  assert_int_equal(self->flips.flips[0].changes_count, 2);
  assert_int_equal(self->flips.flips[0].words, 2);
  check_flip(self, &input, &self->flips.flips[0]);
}

static void test_flip_can_be_stopped(void **state) {
  rig *self = *state;
  pi_sample_plan plan = {.seed = 3, .eligible = true};
  bool searched = false;
  const pi_stop stop = {.asked = 1};
  pi_flip_options options = {.wanted = PI_FLIPS_MAX, .stop = &stop};
  for (uint64_t number = 0; !searched && number < 100; number++) {
    pi_case input;
    sample(self, &plan, number, &input);
    assert_int_equal(pi_flips_find(&self->flips, self->engine, &input, self->policy, &options, NULL),
                     PUBINT_OK);
    searched = self->flips.turns.state == PI_TURNS_TRIED;
    if (searched) assert_false(self->flips.complete);
  }
  assert_true(searched);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_flip_every_change_turns_the_case, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_flip_brute_force_finds_nothing_nearer, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_flip_two_facts_that_multiply, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_flip_of_the_never_excepted_has_none, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_flip_two_gates, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_flip_can_be_stopped, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
