/* A fact moved over its range, and a case written out and read back. */
#include <stdlib.h>

#include <pubint.h>

#include "case_write.h"
#include "decode.h"
#include "evaluate.h"
#include "evaluation.h"
#include "sample.h"
#include "sweep.h"
#include "test.h"

typedef struct rig {
  pubint_policy *policy;
  pubint_engine *engine;
  pi_arena arena;
  pi_sweep sweep;
} rig;

static int set_up(void **state) {
  rig *self = calloc(1, sizeof *self);
  assert_non_null(self);
  assert_int_equal(pubint_policy_load(&self->policy, PI_SOURCE_DIR "/scripts", NULL), PUBINT_OK);
  assert_int_equal(pubint_engine_new(&self->engine, self->policy, NULL), PUBINT_OK);
  pi_arena_init(&self->arena, 64 * 1024, (size_t)16 * 1024 * 1024);
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

static const char CASE[] =
    "{\"id\":\"x\",\"account\":{\"verified\":true,\"followers_count\":200000,"
    "\"office\":{\"status\":\"candidate\",\"branch\":\"legislative\"}},"
    "\"violations\":[{\"rule\":\"abuse_harassment\"}],"
    "\"context\":{\"target\":{\"kind\":\"official\"},\"public_concern\":0.5,\"public_debate\":1,"
    "\"call_to_action\":0.1,\"rights_interference\":0,\"service_harm\":0,"
    "\"offline_harm\":{\"likelihood\":0,\"severity\":0}}}";

static void sweep(rig *self, pi_fact fact, pi_sweep_range range) {
  pi_case input;
  assert_int_equal(pi_decode_case(&input, pi_slice_of(CASE), 1, &self->arena, NULL, NULL), PUBINT_OK);
  assert_int_equal(pi_sweep_run(&self->sweep, self->engine, &input, fact, range, NULL, NULL), PUBINT_OK);
  assert_true(self->sweep.complete);
}

/* 4.5 points of interest, a bar of 2.5, and 6 points a call to action: it turns behind a third. */
static void test_sweep_turns_to_the_millionth(void **state) {
  rig *self = *state;
  sweep(self, PI_FACT_CALL_TO_ACTION, pi_sweep_whole(PI_FACT_CALL_TO_ACTION, 0));
  assert_int_equal(self->sweep.points_count, 101);
  assert_int_equal(self->sweep.turns_count, 1);
  assert_int_equal(self->sweep.turns[0].below, 333333);
  assert_int_equal(self->sweep.turns[0].above, 333334);
  assert_int_equal(self->sweep.turns[0].outcome_below, PUBINT_NOTICE);
  assert_int_equal(self->sweep.turns[0].outcome_above, PUBINT_REMOVE);
  assert_true(self->sweep.points[0].weighed);
  assert_true(self->sweep.points[0].margin == 2 * PI_NANO);
}

static void test_sweep_of_followers_turns_at_the_gate(void **state) {
  rig *self = *state;
  sweep(self, PI_FACT_ACCOUNT_FOLLOWERS_COUNT, pi_sweep_whole(PI_FACT_ACCOUNT_FOLLOWERS_COUNT, 200000));
  assert_int_equal(self->sweep.turns_count, 1);
  assert_int_equal(self->sweep.turns[0].below, PI_FOLLOWERS_LIMIT);
  assert_int_equal(self->sweep.turns[0].above, PI_FOLLOWERS_LIMIT + 1);
}

static void test_sweep_of_words_tries_each(void **state) {
  rig *self = *state;
  sweep(self, PI_FACT_TARGET_KIND, pi_sweep_whole(PI_FACT_TARGET_KIND, 0));
  assert_int_equal(self->sweep.points_count, PI_FACTS[PI_FACT_TARGET_KIND].words.count);
  assert_int_equal(self->sweep.points[PI_TARGET_OFFICIAL].outcome, PUBINT_NOTICE);
  assert_int_equal(self->sweep.points[PI_TARGET_NONE].outcome, PUBINT_REMOVE);
}

static void test_sweep_widens_a_step_that_is_too_small(void **state) {
  rig *self = *state;
  sweep(self, PI_FACT_CALL_TO_ACTION, (pi_sweep_range){0, PI_MICRO, 1});
  assert_true(self->sweep.points_count <= PI_SWEEP_POINTS_MAX);
  assert_int_equal(self->sweep.points[self->sweep.points_count - 1].at, PI_MICRO);
  assert_int_equal(self->sweep.turns[0].below, 333333);
}

/* --- a case as text --- */

static void write(const pi_case *input, pi_buffer *out) {
  pi_buffer_init(out, (size_t)4 * 1024 * 1024);
  pi_case_json(out, input);
  assert_false(out->failed);
}

/* Written, read and written again it is the same text, and its evaluation is the same line. */
static void test_case_write_reads_back_the_same(void **state) {
  rig *self = *state;
  pi_sample_plan plans[] = {{.seed = 1}, {.seed = 2, .edges = true}, {.seed = 3, .eligible = true}};
  for (uint64_t number = 0; number < 900; number++) {
    pi_case input, again;
    pi_buffer first, second, line;
    pi_arena_reset(&self->arena);
    assert_true(pi_sample_case(&plans[number % 3], number, &input, &self->arena));
    write(&input, &first);
    pubint_error error;
    pi_slice text = {first.data, first.len};
    if (pi_decode_case(&again, text, 1, &self->arena, NULL, &error) != PUBINT_OK) {
      fail_msg("%s at %s in %.*s", error.message, error.path, (int)text.len, text.ptr);
    }
    write(&again, &second);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    const pubint_evaluation *evaluation;
    assert_int_equal(pi_engine_evaluate(self->engine, &input, &evaluation, NULL), PUBINT_OK);
    pi_buffer_init(&line, (size_t)4 * 1024 * 1024);
    pi_evaluation_write(evaluation, &line);
    assert_int_equal(pi_engine_evaluate(self->engine, &again, &evaluation, NULL), PUBINT_OK);
    size_t bytes;
    const char *json = pubint_evaluation_json(evaluation, &bytes);
    assert_int_equal(bytes, line.len);
    assert_memory_equal(json, line.data, bytes);
    pi_buffer_dispose(&first);
    pi_buffer_dispose(&second);
    pi_buffer_dispose(&line);
  }
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_sweep_turns_to_the_millionth, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_sweep_of_followers_turns_at_the_gate, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_sweep_of_words_tries_each, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_sweep_widens_a_step_that_is_too_small, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_case_write_reads_back_the_same, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
