/* Counts for the public: what they count, and what is withheld (R007, R043, R059). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "errors.h"
#include "transparency.h"

typedef struct table {
  pi_arena arena;
  pi_crosstab crosstab;
} table;

static void begin(table *self, size_t rows, size_t years) {
  static const bool ADDS[] = {true, true, true};
  const size_t sizes[] = {rows, 2, years};
  pi_arena_init(&self->arena, 1 << 16, 1 << 26);
  assert_true(pi_crosstab_init(&self->crosstab, sizes, ADDS, &self->arena));
}

static void add(table *self, size_t row, size_t column, size_t year, unsigned times) {
  for (unsigned i = 0; i < times; i++) pi_crosstab_add(&self->crosstab, row, column, year);
}

static uint64_t count(const table *self, size_t row, size_t column, size_t year) {
  return self->crosstab.counts[pi_crosstab_index(&self->crosstab, row, column, year)];
}

static bool withheld(const table *self, size_t row, size_t column, size_t year) {
  return self->crosstab.withheld[pi_crosstab_index(&self->crosstab, row, column, year)];
}

static void test_crosstab_counts_in_every_sum(void **state) {
  (void)state;
  table self;
  begin(&self, 2, 2);
  add(&self, 0, PI_CROSSTAB_NOTICE, 0, 3);
  add(&self, 1, PI_CROSSTAB_REMOVE, 1, 4);
  pi_crosstab_add_overlapping(&self.crosstab, 1, PI_CROSSTAB_NOTICE, 0);
  assert_int_equal(count(&self, 0, PI_CROSSTAB_NOTICE, 0), 3);
  assert_int_equal(count(&self, 0, PI_CROSSTAB_DECISIONS, 2), 3);
  assert_int_equal(count(&self, 1, PI_CROSSTAB_DECISIONS, 0), 1);
  assert_int_equal(count(&self, 2, PI_CROSSTAB_DECISIONS, 2), 7); /* what overlaps is in no sum of rows */
  pi_arena_dispose(&self.arena);
}

static void test_crosstab_without_years_or_counts_withholds_everything(void **state) {
  (void)state;
  for (size_t years = 0; years < 3; years++) {
    table self;
    begin(&self, 2, years);
    pi_crosstab_withhold(&self.crosstab);
    for (size_t i = 0; i < 9 * (years + 1); i++) assert_true(self.crosstab.withheld[i]);
    pi_arena_dispose(&self.arena);
  }
}

static void test_crosstab_withholds_the_smallest_beside_a_small_count(void **state) {
  (void)state;
  table self;
  begin(&self, 3, 1);
  add(&self, 0, PI_CROSSTAB_NOTICE, 0, 4);
  add(&self, 0, PI_CROSSTAB_REMOVE, 0, 30);
  add(&self, 1, PI_CROSSTAB_NOTICE, 0, 20);
  add(&self, 1, PI_CROSSTAB_REMOVE, 0, 25);
  add(&self, 2, PI_CROSSTAB_NOTICE, 0, 50);
  add(&self, 2, PI_CROSSTAB_REMOVE, 0, 60);
  pi_crosstab_withhold(&self.crosstab);
  assert_true(withheld(&self, 0, PI_CROSSTAB_NOTICE, 0));
  assert_true(withheld(&self, 0, PI_CROSSTAB_REMOVE, 0)); /* else 34 - 30 */
  assert_true(withheld(&self, 1, PI_CROSSTAB_NOTICE, 0)); /* else 74 - 20 - 50 */
  assert_true(withheld(&self, 1, PI_CROSSTAB_REMOVE, 0));
  assert_false(withheld(&self, 2, PI_CROSSTAB_NOTICE, 0));
  assert_false(withheld(&self, 3, PI_CROSSTAB_DECISIONS, 0));
  assert_true(withheld(&self, 0, PI_CROSSTAB_NOTICE, 1)); /* one year is all years */
  pi_arena_dispose(&self.arena);
}

static void test_crosstab_withholds_more_where_the_withheld_are_few_together(void **state) {
  (void)state;
  table self;
  begin(&self, 3, 1);
  add(&self, 0, PI_CROSSTAB_NOTICE, 0, 1);
  add(&self, 1, PI_CROSSTAB_NOTICE, 0, 2);
  add(&self, 2, PI_CROSSTAB_NOTICE, 0, 40);
  pi_crosstab_withhold(&self.crosstab);
  /* Without the third, 43 - 40 would tell that the first two are 3. */
  assert_true(withheld(&self, 2, PI_CROSSTAB_NOTICE, 0));
  pi_arena_dispose(&self.arena);
}

/* R059, R007: uses are counted by year, as a fact; overrides and reversals beside them. */
static void test_transparency_counts_what_was_decided(void **state) {
  desk *self = *state;
  static const desk_case USUAL = {0};
  static const pi_position DECISIONS[] = {PI_POSITION_NOTICE, PI_POSITION_NOTICE, PI_POSITION_REMOVE};
  for (size_t i = 0; i < 3; i++) {
    const char id[] = {(char)('a' + i), '\0'};
    assert_int_equal(desk_open(self, id, USUAL), PUBINT_OK);
    assert_int_equal(desk_recommend(self, id, NULL, PI_POSITION_NOTICE, "why"), PUBINT_OK);
    desk_hear(self, id, PI_POSITION_NOTICE);
    assert_int_equal(desk_decide(self, id, NULL, DECISIONS[i], "why"), PUBINT_OK);
  }
  assert_int_equal(desk_reopen(self, "a", (desk_case){.context = DESK_REMOVED}, "new facts"), PUBINT_OK);
  assert_int_equal(desk_recommend(self, "a", NULL, PI_POSITION_REMOVE, "why"), PUBINT_OK);
  desk_hear(self, "a", PI_POSITION_REMOVE);
  assert_int_equal(desk_decide(self, "a", NULL, PI_POSITION_REMOVE, "why"), PUBINT_OK);

  pi_transparency counts;
  assert_int_equal(pi_transparency_count(&counts, self->ledger, 0, true, &self->error), PUBINT_OK);
  pi_buffer out;
  pi_buffer_init(&out, 1 << 20);
  pi_transparency_json(&out, &counts);
  const char *json = pi_buffer_end(&out);
  assert_non_null(
      strstr(json, "{\"v\":1,\"years\":[{\"year\":2023,\"notices\":2,\"removals\":2,\"decisions\":4}]"));
  assert_non_null(
      strstr(json, "{\"rule\":\"abuse_harassment\",\"notices\":2,\"removals\":2,\"decisions\":4}"));
  assert_non_null(strstr(json, "{\"market\":\"NL\",\"notices\":2,\"removals\":2,\"decisions\":4}"));
  assert_non_null(strstr(json, "\"second_thoughts\":{\"against_evaluation\":1,\"against_recommendation\":1,"
                               "\"against_majority\":1,\"notice_became_remove\":1,\"remove_became_notice\":0,"
                               "\"upheld\":0}"));
  pi_transparency_dispose(&counts);
  /* Published, four are too few to be told. */
  assert_int_equal(pi_transparency_count(&counts, self->ledger, 0, false, &self->error), PUBINT_OK);
  pi_buffer_reset(&out);
  pi_transparency_json(&out, &counts);
  json = pi_buffer_end(&out);
  assert_null(strpbrk(strstr(json, "\"rules\""), "0123456789"));
  pi_transparency_dispose(&counts);
  pi_buffer_dispose(&out);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_crosstab_counts_in_every_sum),
      cmocka_unit_test(test_crosstab_without_years_or_counts_withholds_everything),
      cmocka_unit_test(test_crosstab_withholds_the_smallest_beside_a_small_count),
      cmocka_unit_test(test_crosstab_withholds_more_where_the_withheld_are_few_together),
      DESK_TEST(test_transparency_counts_what_was_decided),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
