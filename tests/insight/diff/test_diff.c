/* Two evaluations of one case compared: direction, what decided, exact parts of the margin, how far from
 * turning; and the groups that count it, bounded and whatever the order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "decimal.h"
#include "diff.h"
#include "diff_case.h"

/* The same case under two policies of a test's own. */
typedef struct pair {
  engine_rig *old, *new;
} pair;

static int set_up(void **state) {
  pair *self = calloc(1, sizeof *self);
  void *old = NULL, *new = NULL;
  if (self == NULL || engine_rig_set_up(&old) != 0 || engine_rig_set_up(&new) != 0) return -1;
  *self = (pair){old, new};
  *state = self;
  return 0;
}

static int tear_down(void **state) {
  pair *self = *state;
  void *old = self->old, *new = self->new;
  engine_rig_tear_down(&old);
  engine_rig_tear_down(&new);
  free(self);
  return 0;
}
#define PAIR_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

/* A rule's script in both policies; an empty bar is none. */
static void write_rule(const pair *self, const char *rule, const char *old_bar, const char *old_body,
                       const char *new_bar, const char *new_body) {
  if (old_bar[0] != '\0') policy_maker_rule(&self->old->maker, rule, old_bar, old_body);
  if (new_bar[0] != '\0') policy_maker_rule(&self->new->maker, rule, new_bar, new_body);
}

static void weigh(const pair *self, const char *violations, const char *context) {
  engine_rig_load(self->old);
  engine_rig_load(self->new);
  engine_rig_weigh(self->old, violations, context);
  engine_rig_weigh(self->new, violations, context);
}

/* The flip of a case that flips, its contributions adding up. */
static pi_flipped explain(const pair *self) {
  pi_flipped flipped;
  assert_int_not_equal(self->old->evaluation->outcome, self->new->evaluation->outcome);
  pi_diff_explain(&flipped, self->old->evaluation, self->new->evaluation);
  int64_t sum = 0;
  for (uint32_t i = 0; i < flipped.contributions_count; i++) sum += flipped.contributions[i].points;
  assert_int_equal(sum, flipped.change);
  if (flipped.margins) assert_int_equal(flipped.change, flipped.new->margin - flipped.old->margin);
  return flipped;
}

static void expect_cause(const pi_flipped *flipped, pi_direction direction, pi_cause_kind kind,
                         const char *id) {
  assert_int_equal(flipped->direction, direction);
  assert_int_equal(flipped->cause.kind, kind);
  assert_int_equal(flipped->cause.id.len, strlen(id));
  assert_memory_equal(flipped->cause.id.ptr, id, strlen(id));
}

#define HYPERBOLE(weight) "balance:interest('h', case.context.hyperbole, " weight ")"

/* ---- what decided ---- */

static void test_diff_names_the_factor_with_the_largest_part(void **state) {
  pair *self = *state;
  write_rule(self, "r", "1", HYPERBOLE("1") " balance:harm('x', 0.1, 1)", "1",
             HYPERBOLE("3") " balance:harm('x', 0.1, 2)");
  weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.5");
  pi_flipped flipped = explain(self);
  expect_cause(&flipped, PI_GRANTED, PI_CAUSE_FACTOR, "h");
  assert_int_equal(flipped.change, PI_NANO - PI_NANO / 10);
  assert_int_equal(flipped.contributions_count, 2);
  assert_int_equal(flipped.contributions[0].points, PI_NANO);
  assert_int_equal(flipped.contributions[1].points, -PI_NANO / 10);
}

static void test_diff_counts_factors_of_one_policy_alone(void **state) {
  pair *self = *state;
  write_rule(self, "r", "0.5", HYPERBOLE("1"), "0.5", "balance:harm('later', 0.25, 2)");
  weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.5");
  pi_flipped flipped = explain(self);
  expect_cause(&flipped, PI_WITHDRAWN, PI_CAUSE_FACTOR, "later"); /* as large as h's, and before it */
  assert_int_equal(flipped.contributions_count, 2);
  assert_int_equal(flipped.change, -PI_NANO);
}

static void test_diff_names_the_bar(void **state) {
  pair *self = *state;
  write_rule(self, "r", "1", HYPERBOLE("1"), "0.5", HYPERBOLE("1"));
  weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.5");
  pi_flipped flipped = explain(self);
  expect_cause(&flipped, PI_GRANTED, PI_CAUSE_BAR, "");
  assert_int_equal(flipped.change, PI_NANO / 2);
}

/* R060: a market sways 3 points at most, so what the bound takes off is a part of its own. */
static void test_diff_parts_add_up_over_the_bound_of_a_market(void **state) {
  pair *self = *state;
  write_rule(self, "r", "4", HYPERBOLE("1"), "4", HYPERBOLE("2"));
  policy_maker_market(&self->old->maker, "NL", "balance:interest('m', 1, 2)");
  policy_maker_market(&self->new->maker, "NL", "balance:interest('m', 1, 10)");
  weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':1,'market':'NL'");
  pi_flipped flipped = explain(self);
  expect_cause(&flipped, PI_GRANTED, PI_CAUSE_FACTOR, "m");
  assert_int_equal(flipped.cause.from, PI_FROM_MARKET);
  assert_int_equal(flipped.contributions_count, 3);
  assert_int_equal(flipped.contributions[1].points, 8 * PI_NANO);
  assert_int_equal(flipped.contributions[2].part.kind, PI_CAUSE_CLAMP);
  assert_int_equal(flipped.contributions[2].points, -7 * PI_NANO);
  assert_int_equal(flipped.change, 2 * PI_NANO);
}

static void test_diff_names_the_condition_before_the_margin(void **state) {
  pair *self = *state;
  write_rule(self, "r", "1", HYPERBOLE("1") " balance:condition('c', false)", "0",
             HYPERBOLE("1") " balance:condition('c', true)");
  weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':0.5");
  pi_flipped flipped = explain(self);
  expect_cause(&flipped, PI_GRANTED, PI_CAUSE_CONDITION, "c");
  assert_int_equal(flipped.change, PI_NANO);
}

static void test_diff_names_a_condition_of_the_market_behind_the_margin(void **state) {
  pair *self = *state;
  write_rule(self, "r", "0", HYPERBOLE("1"), "0", HYPERBOLE("1"));
  policy_maker_market(&self->old->maker, "NL", "balance:note('none')");
  policy_maker_market(&self->new->maker, "NL", "balance:condition('local', false)");
  weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':1,'market':'NL'");
  pi_flipped flipped = explain(self);
  expect_cause(&flipped, PI_WITHDRAWN, PI_CAUSE_CONDITION, "local");
  assert_int_equal(flipped.cause.from, PI_FROM_MARKET);
}

static void test_diff_names_a_script_and_its_errors(void **state) {
  pair *self = *state;
  write_rule(self, "a", "0", HYPERBOLE("1"), "", "");
  write_rule(self, "b", "0", HYPERBOLE("1"), "0", "error('no')");
  write_rule(self, "c", "0", HYPERBOLE("1"), "0", HYPERBOLE("1"));
  policy_maker_market(&self->old->maker, "NL", "balance:note('none')");
  policy_maker_market(&self->new->maker, "NL", "error('no')");
  weigh(self, "{'rule':'a'}", ASSESSED ",'hyperbole':1");
  pi_flipped flipped = explain(self);
  expect_cause(&flipped, PI_WITHDRAWN, PI_CAUSE_SCRIPT, "");
  assert_false(flipped.margins);
  assert_int_equal(flipped.contributions_count, 0);
  weigh(self, "{'rule':'b'}", ASSESSED ",'hyperbole':1");
  flipped = explain(self);
  expect_cause(&flipped, PI_WITHDRAWN, PI_CAUSE_RULE_ERROR, "");
  weigh(self, "{'rule':'c'}", ASSESSED ",'hyperbole':1,'market':'NL'");
  flipped = explain(self);
  expect_cause(&flipped, PI_WITHDRAWN, PI_CAUSE_MARKET_ERROR, "");
}

/* R048: a harm that a script has begun to read, and nobody assessed, sends a notice to review. */
static void test_diff_names_the_harm_that_nobody_assessed(void **state) {
  pair *self = *state;
  write_rule(self, "r", "0", HYPERBOLE("1"), "0",
             HYPERBOLE("1") " balance:harm('v', case.context.violence_link, 1)");
  weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':1");
  pi_flipped flipped = explain(self);
  expect_cause(&flipped, PI_WITHDRAWN, PI_CAUSE_UNASSESSED, "context.violence_link");
  assert_int_equal(flipped.change, 0);
}

/* A review that another violation turns to removal is told of that violation. */
static void test_diff_tells_of_the_entry_that_decides(void **state) {
  pair *self = *state;
  write_rule(self, "a", "0", HYPERBOLE("1"), "0", "balance:harm('v', case.context.violence_link, 1)");
  write_rule(self, "b", "0", HYPERBOLE("1"), "2", HYPERBOLE("1"));
  weigh(self, "{'rule':'a'},{'rule':'b'}", ASSESSED ",'hyperbole':1");
  pi_flipped flipped = explain(self);
  expect_cause(&flipped, PI_WITHDRAWN, PI_CAUSE_BAR, "");
  assert_memory_equal(flipped.new->violation->rule_id.ptr, "b", 1);
}

static void test_diff_directions_are_four(void **state) {
  (void)state;
  assert_int_equal(pi_diff_direction(PUBINT_REMOVE, PUBINT_NOTICE), PI_GRANTED);
  assert_int_equal(pi_diff_direction(PUBINT_REVIEW, PUBINT_NOTICE), PI_GRANTED);
  assert_int_equal(pi_diff_direction(PUBINT_NOTICE, PUBINT_REMOVE), PI_WITHDRAWN);
  assert_int_equal(pi_diff_direction(PUBINT_NOTICE, PUBINT_REVIEW), PI_WITHDRAWN);
  assert_int_equal(pi_diff_direction(PUBINT_REMOVE, PUBINT_REVIEW), PI_TO_REVIEW);
  assert_int_equal(pi_diff_direction(PUBINT_REVIEW, PUBINT_REMOVE), PI_TO_REMOVAL);
}

/* ---- no flip ---- */

static void test_diff_finds_what_moved_without_a_flip(void **state) {
  pair *self = *state;
  pi_flipped flipped;
  bool moved;
  write_rule(self, "a", "0", HYPERBOLE("1"), "0", HYPERBOLE("2"));
  write_rule(self, "b", "0", HYPERBOLE("1"), "0", HYPERBOLE("4"));
  weigh(self, "{'rule':'a'},{'rule':'b'}", ASSESSED ",'hyperbole':1");
  assert_true(pi_diff_compare(&flipped, &moved, self->old->evaluation, self->new->evaluation));
  assert_true(moved);
  assert_int_equal(flipped.change, 3 * PI_NANO);
  assert_int_equal(flipped.cause.kind, PI_CAUSE_FACTOR);
  weigh(self, "{'rule':'a'}", ASSESSED ",'hyperbole':0");
  assert_false(pi_diff_compare(&flipped, &moved, self->old->evaluation, self->new->evaluation));
}

static void test_diff_sums_that_cancel_are_a_change_without_a_move(void **state) {
  pair *self = *state;
  pi_flipped flipped;
  bool moved;
  write_rule(self, "r", "0", HYPERBOLE("1"), "0", HYPERBOLE("2") " balance:harm('x', 1, 1)");
  weigh(self, "{'rule':'r'}", ASSESSED ",'hyperbole':1");
  assert_true(pi_diff_compare(&flipped, &moved, self->old->evaluation, self->new->evaluation));
  assert_false(moved);
}

static void test_diff_distance_is_that_of_the_margin_that_decides(void **state) {
  pair *self = *state;
  int64_t distance;
  write_rule(self, "a", "0.2", HYPERBOLE("1"), "0.2", HYPERBOLE("1") " balance:condition('c', false)");
  write_rule(self, "b", "2", HYPERBOLE("1"), "0", HYPERBOLE("1"));
  weigh(self, "{'rule':'a'}", ASSESSED ",'hyperbole':0.5");
  assert_true(pi_diff_distance(self->old->evaluation, &distance));
  assert_int_equal(distance, 3 * PI_NANO / 10);
  assert_false(pi_diff_distance(self->new->evaluation, &distance)); /* no margin meets a condition */
  weigh(self, "{'rule':'a'},{'rule':'b'}", ASSESSED ",'hyperbole':0.5");
  assert_true(pi_diff_distance(self->old->evaluation, &distance));
  assert_int_equal(distance, 3 * PI_NANO / 2);
}

/* ---- bins and groups ---- */

static void test_diff_bins_meet_and_ascend(void **state) {
  (void)state;
  for (unsigned i = 0; i + 1 < PI_DIFF_BINS; i++) {
    pi_diff_bin bin = pi_diff_bin_at(i), next = pi_diff_bin_at(i + 1);
    int64_t end = bin.negative ? -bin.above : bin.up_to;
    int64_t begin = next.negative ? -next.up_to : next.above;
    assert_int_equal(end, begin);
  }
  assert_int_equal(pi_diff_bin_at(0).up_to, 0);
  assert_int_equal(pi_diff_bin_at(PI_DIFF_BINS - 1).up_to, 0);
}

static void count_one(pi_diff_groups *groups, unsigned number, uint64_t line) {
  char key[16];
  snprintf(key, sizeof key, "%u", number);
  pi_diff_group *group = pi_diff_groups_find(groups, key, strlen(key));
  if (group == NULL) return;
  group->counts[number % PI_DIRECTIONS]++;
  pi_diff_sample sample = {.hash = line * UINT64_C(0x9e3779b97f4a7c15), .line = line};
  pi_diff_groups_sample(groups, group, &sample);
}

/* More groups than are kept, in two orders and over two tables that are merged: the same groups, the same
 * exact counts, the same samples. */
static void test_diff_groups_do_not_depend_on_the_order(void **state) {
  (void)state;
  enum { KEYS = 3 * PI_DIFF_GROUPS_MAX, ROUNDS = 7 };
  pi_diff_groups up, down, half;
  pi_diff_groups_init(&up, 2);
  pi_diff_groups_init(&down, 2);
  pi_diff_groups_init(&half, 2);
  for (unsigned i = 0; i < KEYS * ROUNDS; i++) {
    unsigned back = KEYS * ROUNDS - 1 - i;
    count_one(&up, i % KEYS, i);
    count_one(back % 2 == 0 ? &down : &half, back % KEYS, back);
  }
  pi_diff_groups_merge(&down, &half);
  assert_false(up.failed || down.failed || half.failed);
  assert_int_equal(up.count, PI_DIFF_GROUPS_MAX);
  assert_int_equal(down.count, PI_DIFF_GROUPS_MAX);
  pi_diff_groups_sort(&up);
  pi_diff_groups_sort(&down);
  for (uint32_t i = 0; i < up.count; i++) {
    const pi_diff_group *a = up.groups[i], *b = down.groups[i];
    assert_int_equal(a->key_bytes, b->key_bytes);
    assert_memory_equal(a->key, b->key, a->key_bytes);
    assert_int_equal(pi_diff_group_total(a), ROUNDS);
    assert_int_equal(pi_diff_group_total(b), ROUNDS);
    assert_int_equal(a->samples_count, 2);
    assert_memory_equal(a->samples, b->samples, 2 * sizeof *a->samples);
  }
  pi_diff_groups_dispose(&up);
  pi_diff_groups_dispose(&down);
  pi_diff_groups_dispose(&half);
}

static void test_diff_sums_of_points_end_at_their_bounds(void **state) {
  (void)state;
  pi_diff_group group = {0};
  for (int i = 0; i < 3; i++) {
    pi_diff_group_move(&group, INT64_MAX / 2);
    pi_diff_group_move(&group, INT64_MIN / 2);
  }
  assert_true(group.raised == INT64_MAX);
  assert_true(group.lowered == INT64_MIN);
  assert_int_equal(group.moved, 6);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      PAIR_TEST(test_diff_names_the_factor_with_the_largest_part),
      PAIR_TEST(test_diff_counts_factors_of_one_policy_alone),
      PAIR_TEST(test_diff_names_the_bar),
      PAIR_TEST(test_diff_parts_add_up_over_the_bound_of_a_market),
      PAIR_TEST(test_diff_names_the_condition_before_the_margin),
      PAIR_TEST(test_diff_names_a_condition_of_the_market_behind_the_margin),
      PAIR_TEST(test_diff_names_a_script_and_its_errors),
      PAIR_TEST(test_diff_names_the_harm_that_nobody_assessed),
      PAIR_TEST(test_diff_tells_of_the_entry_that_decides),
      cmocka_unit_test(test_diff_directions_are_four),
      PAIR_TEST(test_diff_finds_what_moved_without_a_flip),
      PAIR_TEST(test_diff_sums_that_cancel_are_a_change_without_a_move),
      PAIR_TEST(test_diff_distance_is_that_of_the_margin_that_decides),
      cmocka_unit_test(test_diff_bins_meet_and_ascend),
      cmocka_unit_test(test_diff_groups_do_not_depend_on_the_order),
      cmocka_unit_test(test_diff_sums_of_points_end_at_their_bounds),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
