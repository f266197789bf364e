#include "evaluation.h"

pubint_outcome pubint_evaluation_outcome(const pubint_evaluation *self) {
  return self->outcome;
}

pubint_basis pubint_evaluation_basis(const pubint_evaluation *self) {
  return self->basis;
}

bool pubint_evaluation_final(const pubint_evaluation *self) {
  return self->final;
}

bool pi_entry_leaves_open(const pi_entry *entry, const pi_condition *condition) {
  if (condition->from != PI_FROM_HOST) return false;
  bool concern = pi_slice_equal(condition->id, PI_HOST_CONDITIONS[PI_HOST_PUBLIC_CONCERN]);
  return (entry->unassessed & (concern ? PI_FACT_BIT(PI_FACT_PUBLIC_CONCERN) : PI_SPANS_BIT)) != 0;
}
