#include "alike.h"

static bool same_text(pi_slice a, pi_slice b) {
  return (a.ptr == NULL) == (b.ptr == NULL) && pi_slice_equal(a, b);
}

static bool same_balance(const pi_balance *a, const pi_balance *b) {
  if (a->factors_count != b->factors_count || a->conditions_count != b->conditions_count ||
      a->notes_count != b->notes_count)
    return false;
  for (uint32_t i = 0; i < a->factors_count; i++) {
    const pi_factor *one = &a->factors[i], *other = &b->factors[i];
    if (one->side != other->side || one->from != other->from || one->strength != other->strength ||
        !pi_slice_equal(one->id, other->id))
      return false;
  }
  for (uint32_t i = 0; i < a->conditions_count; i++) {
    const pi_condition *one = &a->conditions[i], *other = &b->conditions[i];
    if (one->met != other->met || one->from != other->from || !pi_slice_equal(one->id, other->id) ||
        !same_text(one->why, other->why))
      return false;
  }
  for (uint32_t i = 0; i < a->notes_count; i++) {
    if (!pi_slice_equal(a->notes[i], b->notes[i])) return false;
  }
  return true;
}

static bool same_entry(const pi_entry *a, const pi_entry *b) {
  return (a->script == NULL) == (b->script == NULL) && a->weighed == b->weighed &&
         a->unassessed == b->unassessed && a->reads == b->reads && a->error.failure == b->error.failure &&
         a->error.code == b->error.code && a->error.line == b->error.line &&
         same_balance(&a->balance, &b->balance);
}

bool pi_alike_but_weights(const pubint_evaluation *a, const pubint_evaluation *b) {
  if (a->entries_count != b->entries_count) return false;
  for (uint32_t i = 0; i < a->entries_count; i++) {
    if (!same_entry(&a->entries[i], &b->entries[i])) return false;
  }
  return true;
}
