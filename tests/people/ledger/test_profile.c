/* What cases are compared by: distances are exact, and the same from both sides. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "decimal.h"
#include "json_read.h"
#include "profile.h"

/* A policy of two scripts, whose factors are facts. */
static const char BODY[] = "balance:interest(\"debate\", case.context.public_debate, 1)\n"
                           "balance:harm(\"action\", case.context.call_to_action, 1)\n"
                           "if case.violation.kind == \"threat\" then balance:harm(\"threat\", 0.5, 1) end\n";

typedef struct compared {
  pi_arena arena;
  pi_profile here, there;
  pi_differences differences;
} compared;

static void start(engine_rig *self, compared *out) {
  policy_maker_rule(&self->maker, "violence", "0", BODY);
  policy_maker_rule(&self->maker, "abuse_harassment", "0", BODY);
  engine_rig_load(self);
  pi_arena_init(&out->arena, 1 << 16, 1 << 26);
}

/* The profile of an eligible case, by way of its evaluation's bytes. */
static void take(engine_rig *self, compared *out, pi_profile *profile, const char *violations,
                 const char *context) {
  engine_rig_weigh(self, violations, context);
  pi_slice line = pi_arena_copy(&out->arena, pi_slice_of(self->json));
  static const pi_json_tree_limits LIMITS = {1 << 20, 32, 1013, 1012};
  pi_json json;
  pi_tree tree;
  pubint_error error = {0};
  assert_int_equal(pi_json_init(&json, line, 1, &out->arena, 32, &error), PUBINT_OK);
  assert_int_equal(pi_json_tree(&json, &LIMITS, &tree), PUBINT_OK);
  pi_buffer bytes;
  pi_buffer_init(&bytes, 1 << 20);
  assert_true(pi_profile_make(profile, &self->input->facts, &tree));
  /* Through the bytes that are kept, so that its texts outlive the case. */
  pi_profile_write(&bytes, profile);
  assert_true(pi_profile_read(profile, pi_arena_copy(&out->arena, (pi_slice){bytes.data, bytes.len})));
  pi_buffer_dispose(&bytes);
}

static int64_t distance(compared *self) {
  int64_t here = pi_profile_compare(&self->here, &self->there, &self->differences);
  assert_int_equal(pi_profile_compare(&self->there, &self->here, NULL), here);
  assert_int_equal(pi_profile_compare(&self->here, &self->here, NULL), 0);
  return here;
}

#define THREAT "{'rule':'violence','kind':'threat'}"
#define GLORY  "{'rule':'violence','kind':'glorification'}"
#define INSULT "{'rule':'abuse_harassment','kind':'aggressive_insults'}"

/* R064: like cases are found by what was weighed, and by their context. */
static void test_profile_distance_is_the_sum_of_what_differs(void **state) {
  engine_rig *self = *state;
  compared out;
  static const struct {
    const char *violations[2], *context[2];
    int64_t distance;
    size_t differences;
  } ROWS[] = {
      {{GLORY, GLORY}, {"'public_debate':0.3", "'public_debate':0.3"}, 0, 0},
      {{GLORY, GLORY}, {"'public_debate':0.3", "'public_debate':0.300001"}, 1, 1},
      {{GLORY, GLORY}, {"'public_debate':0.9,'call_to_action':1", "'public_debate':0.3"}, 1600000, 2},
      {{GLORY, GLORY}, {"'market':'NL'", "'market':'BE'"}, PI_PROFILE_APART, 1},
      {{GLORY, GLORY}, {"'market':'NL'", ""}, PI_PROFILE_APART, 1},
      {{GLORY, GLORY}, {"'target':{'kind':'official'}", "'target':{'kind':'group'}"}, PI_PROFILE_APART, 1},
      /* another kind, and the factor that only it has */
      {{GLORY, THREAT}, {"", ""}, PI_PROFILE_APART + 500000, 2},
      /* a rule that only one breaks; what it weighed there does not count */
      {{GLORY, GLORY "," INSULT}, {"'public_debate':1", "'public_debate':1"}, PI_PROFILE_APART, 1},
      {{GLORY, INSULT}, {"", ""}, 2 * PI_PROFILE_APART, 2},
      /* under two rules the same fact counts twice, since it was weighed twice */
      {{GLORY "," INSULT, INSULT "," GLORY}, {"'public_debate':1", "'public_debate':0.9"}, 200000, 2},
      /* A01: of one rule's violations the greatest strength counts, whatever their order */
      {{THREAT "," GLORY, GLORY "," THREAT}, {"", ""}, 0, 0},
  };
  start(self, &out);
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    take(self, &out, &out.here, ROWS[i].violations[0], ROWS[i].context[0]);
    take(self, &out, &out.there, ROWS[i].violations[1], ROWS[i].context[1]);
    if (distance(&out) != ROWS[i].distance) fail_msg("row %zu: %lld", i, (long long)distance(&out));
    assert_int_equal(out.differences.count, ROWS[i].differences);
  }
  pi_arena_dispose(&out.arena);
}

static void test_profile_reads_only_its_own_bytes(void **state) {
  engine_rig *self = *state;
  compared out;
  start(self, &out);
  take(self, &out, &out.here, THREAT "," INSULT, "'public_debate':0.5,'market':'NL'");
  pi_buffer bytes;
  pi_buffer_init(&bytes, 1 << 16);
  pi_profile_write(&bytes, &out.here);
  /* Cut anywhere, or with something behind it, it is none; with any byte changed it is none, or another. */
  for (size_t length = 0; length < bytes.len; length++) {
    assert_false(pi_profile_read(&out.there, (pi_slice){bytes.data, length}));
  }
  for (size_t i = 0; i < bytes.len; i++) {
    char kept = bytes.data[i];
    for (unsigned value = 0; value < 256; value += 17) {
      bytes.data[i] = (char)value;
      pi_profile_read(&out.there, (pi_slice){bytes.data, bytes.len});
    }
    bytes.data[i] = kept;
  }
  assert_true(pi_profile_read(&out.there, (pi_slice){bytes.data, bytes.len}));
  pi_buffer_byte(&bytes, 0);
  assert_false(pi_profile_read(&out.there, (pi_slice){bytes.data, bytes.len}));
  pi_buffer_dispose(&bytes);
  pi_arena_dispose(&out.arena);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_profile_distance_is_the_sum_of_what_differs),
      RIG_TEST(test_profile_reads_only_its_own_bytes),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
