/* Counts for the public: what they count, and what is withheld (R007, R043, R059). */
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "errors.h"
#include "test.h"
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

/* "fewer than 5" is told where nothing can be subtracted from, and nowhere else. */
static void test_crosstab_small_is_told_only_where_no_sum_is_published(void **state) {
  (void)state;
  table self;
  begin(&self, 2, 1);
  add(&self, 0, PI_CROSSTAB_NOTICE, 0, 2);
  add(&self, 1, PI_CROSSTAB_REMOVE, 0, 2);
  pi_crosstab_withhold(&self.crosstab);
  for (size_t row = 0; row <= 2; row++) { /* in all there are four: every cell and every sum of them */
    for (size_t column = 0; column <= PI_CROSSTAB_DECISIONS; column++) {
      for (size_t year = 0; year <= 1; year++)
        assert_true(pi_crosstab_small(&self.crosstab, row, column, year));
    }
  }
  add(&self, 0, PI_CROSSTAB_NOTICE, 0, 1);
  pi_crosstab_withhold(&self.crosstab); /* in all five, which may be published: of no cell is it told */
  for (size_t row = 0; row <= 2; row++) {
    for (size_t column = 0; column <= PI_CROSSTAB_DECISIONS; column++)
      assert_false(pi_crosstab_small(&self.crosstab, row, column, 0));
  }
  pi_arena_dispose(&self.arena);
  /* Two fours are withheld beside a sum of eight: to say of both that they are under 5 would tell them. */
  begin(&self, 2, 1);
  add(&self, 0, PI_CROSSTAB_NOTICE, 0, 4);
  add(&self, 1, PI_CROSSTAB_NOTICE, 0, 4);
  pi_crosstab_withhold(&self.crosstab);
  assert_true(withheld(&self, 0, PI_CROSSTAB_NOTICE, 0));
  assert_false(withheld(&self, 2, PI_CROSSTAB_DECISIONS, 0));
  assert_false(pi_crosstab_small(&self.crosstab, 0, PI_CROSSTAB_NOTICE, 0));
  assert_false(pi_crosstab_small(&self.crosstab, 0, PI_CROSSTAB_REMOVE, 0));
  pi_arena_dispose(&self.arena);
}

/* In random tables no cell of which it is told is part of a sum that is published, in any dimension. */
static void test_crosstab_small_holds_in_random_tables(void **state) {
  (void)state;
  uint32_t seed = 1;
  for (int round = 0; round < 500; round++) {
    table self;
    begin(&self, 3, 2);
    for (int i = 0; i < 12; i++) {
      seed = seed * 1664525u + 1013904223u;
      add(&self, seed >> 8 & 1, seed >> 10 & 1, seed >> 12 & 1, seed >> 16 & 7);
      if ((seed >> 20 & 7) == 0) break;
    }
    pi_crosstab_withhold(&self.crosstab);
    for (size_t row = 0; row <= 3; row++) {
      for (size_t column = 0; column <= 2; column++) {
        for (size_t year = 0; year <= 2; year++) {
          if (!pi_crosstab_small(&self.crosstab, row, column, year)) continue;
          for (unsigned sums = 0; sums < 8; sums++) {
            assert_true(withheld(&self, sums & 1 ? 3 : row, sums & 2 ? 2 : column, sums & 4 ? 2 : year));
          }
        }
      }
    }
    pi_arena_dispose(&self.arena);
  }
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
    desk_consult(self, id, PI_POSITION_NOTICE);
    assert_int_equal(desk_decide(self, id, NULL, DECISIONS[i], "why"), PUBINT_OK);
  }
  assert_int_equal(desk_reopen(self, "a", (desk_case){.context = DESK_REMOVED}, "new facts"), PUBINT_OK);
  assert_int_equal(desk_recommend(self, "a", NULL, PI_POSITION_REMOVE, "why"), PUBINT_OK);
  desk_consult(self, "a", PI_POSITION_REMOVE);
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

/* A person whom another program heard twice is one voice of the majority. */
static void test_transparency_counts_people_and_not_acts(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
  desk_drop_triggers(self);
  assert_string_equal(desk_sql(self, "PRAGMA foreign_keys = OFF"), "");
  for (int i = 0; i < 5; i++) {
    assert_string_equal(
        desk_sql(self,
                 "INSERT INTO steps (round_entry, action, at, who, role, background, team, position) VALUES "
                 "(1, 'advise', 0, 'G\u200dov', 'adviser', 'law', 'a team', 'remove')"),
        "");
  }
  pi_transparency counts;
  assert_int_equal(pi_transparency_count(&counts, self->ledger, 0, true, &self->error), PUBINT_OK);
  size_t cell = pi_crosstab_index(&counts.second_thoughts, PI_AGAINST_MAJORITY, 0, counts.years_count);
  assert_int_equal(counts.second_thoughts.counts[cell], 0);
  pi_transparency_dispose(&counts);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_crosstab_counts_in_every_sum),
      cmocka_unit_test(test_crosstab_without_years_or_counts_withholds_everything),
      cmocka_unit_test(test_crosstab_withholds_the_smallest_beside_a_small_count),
      cmocka_unit_test(test_crosstab_withholds_more_where_the_withheld_are_few_together),
      cmocka_unit_test(test_crosstab_small_is_told_only_where_no_sum_is_published),
      cmocka_unit_test(test_crosstab_small_holds_in_random_tables),
      DESK_TEST(test_transparency_counts_what_was_decided),
      DESK_TEST(test_transparency_counts_people_and_not_acts),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
