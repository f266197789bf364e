/* What is asked of an evaluation's entries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "entries.h"

/* One entry a rule of `rules`, whose margins are `margins`; one of INT64_MIN was not weighed. */
static pubint_evaluation *evaluation_of(pi_violation *violations, const char *const *rules,
                                        const int64_t *margins, uint32_t count) {
  pubint_evaluation *self = calloc(1, sizeof *self);
  assert_non_null(self);
  for (uint32_t i = 0; i < count; i++) {
    violations[i] = (pi_violation){.rule_id = pi_slice_of(rules[i])};
    pi_entry *entry = &self->entries[self->entries_count++];
    entry->violation = &violations[i];
    entry->weighed = margins[i] != INT64_MIN;
    entry->margin = entry->weighed ? margins[i] : 0;
    entry->reads = PI_FACT_BIT(i);
  }
  return self;
}

static void test_entries_answer_for_all_of_them(void **state) {
  (void)state;
  static const char *const RULES[] = {"violence", "spam", "violence", "other"};
  static const int64_t MARGINS[] = {5, INT64_MIN, -2, -2};
  pi_violation violations[4];
  pubint_evaluation *self = evaluation_of(violations, RULES, MARGINS, 4);
  assert_int_equal(pi_entries_reads(self), 0xf);
  assert_ptr_equal(pi_entries_lowest(self), &self->entries[2]); /* the first of equal ones */
  const pi_entry *first = pi_entries_of_rule(self, PI_SLICE("violence"), NULL);
  assert_ptr_equal(first, &self->entries[0]);
  assert_ptr_equal(pi_entries_of_rule(self, PI_SLICE("violence"), first), &self->entries[2]);
  assert_null(pi_entries_of_rule(self, PI_SLICE("violence"), &self->entries[2]));
  assert_null(pi_entries_of_rule(self, PI_SLICE("spam"), &self->entries[3]));
  assert_null(pi_entries_of_rule(self, PI_SLICE("theft"), NULL));
  free(self);
}

static void test_entries_answer_where_nothing_was_weighed(void **state) {
  (void)state;
  static const char *const RULES[] = {"spam"};
  static const int64_t MARGINS[] = {INT64_MIN};
  pi_violation violations[1];
  pubint_evaluation *self = evaluation_of(violations, RULES, MARGINS, 1);
  assert_null(pi_entries_lowest(self));
  assert_null(pi_entries_notes(self, &self->entries[0]));
  pi_overrides *overrides = calloc(1, sizeof *overrides);
  assert_non_null(overrides);
  self->overrides = overrides;
  assert_ptr_equal(pi_entries_notes(self, &self->entries[0]), &overrides->notes[0]);
  self->entries_count = 0;
  assert_int_equal(pi_entries_reads(self), 0);
  assert_null(pi_entries_of_rule(self, PI_SLICE("spam"), NULL));
  free(overrides);
  free(self);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_entries_answer_for_all_of_them),
      cmocka_unit_test(test_entries_answer_where_nothing_was_weighed),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
