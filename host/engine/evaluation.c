#include "evaluation.h"

static const char *const OUTCOMES[] = {
    [PUBINT_NO_ACTION] = "no_action",
    [PUBINT_REMOVE] = "remove",
    [PUBINT_NOTICE] = "notice",
    [PUBINT_REVIEW] = "review",
};

static const char *const BASES[] = {
    [PUBINT_NO_VIOLATION] = "no_violation", [PUBINT_NEVER_EXCEPTED] = "never_excepted",
    [PUBINT_NOT_ELIGIBLE] = "not_eligible", [PUBINT_INCOMPLETE] = "incomplete",
    [PUBINT_WEIGHED] = "weighed",           [PUBINT_RULE_ERROR] = "rule_error",
    [PUBINT_NO_SCRIPT] = "no_script",       [PUBINT_UNASSESSED] = "unassessed",
};

const char *pubint_outcome_name(pubint_outcome outcome) {
  return OUTCOMES[outcome];
}

const char *pubint_basis_name(pubint_basis basis) {
  return BASES[basis];
}

pubint_outcome pubint_evaluation_outcome(const pubint_evaluation *self) {
  return self->outcome;
}

pubint_basis pubint_evaluation_basis(const pubint_evaluation *self) {
  return self->basis;
}

bool pubint_evaluation_final(const pubint_evaluation *self) {
  return self->final;
}

const char *pubint_evaluation_json(const pubint_evaluation *self, size_t *bytes) {
  /* The text is a cache of what the evaluation says: the engine that owns both belongs to one thread. */
  pi_buffer *json = (pi_buffer *)(uintptr_t)&self->json;
  if (json->len == 0) pi_evaluation_write(self, json);
  const char *text = pi_buffer_end(json);
  if (bytes != NULL) *bytes = text != NULL ? json->len : 0;
  return text;
}

bool pi_entry_leaves_open(const pi_entry *entry, const pi_condition *condition) {
  if (condition->from != PI_FROM_HOST) return false;
  bool concern = pi_slice_equal(condition->id, PI_HOST_CONDITIONS[PI_HOST_PUBLIC_CONCERN]);
  return (entry->unassessed & (concern ? PI_FACT_BIT(PI_FACT_PUBLIC_CONCERN) : PI_SPANS_BIT)) != 0;
}
