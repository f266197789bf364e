#include "entries.h"

pi_fact_set pi_entries_reads(const pubint_evaluation *evaluation) {
  pi_fact_set reads = 0;
  for (uint32_t i = 0; i < evaluation->entries_count; i++) reads |= evaluation->entries[i].reads;
  return reads;
}

const pi_entry *pi_entries_lowest(const pubint_evaluation *evaluation) {
  const pi_entry *lowest = NULL;
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    const pi_entry *entry = &evaluation->entries[i];
    if (entry->weighed && (lowest == NULL || entry->margin < lowest->margin)) lowest = entry;
  }
  return lowest;
}

const pi_entry *pi_entries_of_rule(const pubint_evaluation *evaluation, pi_slice rule,
                                   const pi_entry *after) {
  const pi_entry *end = evaluation->entries + evaluation->entries_count;
  for (const pi_entry *entry = after != NULL ? after + 1 : evaluation->entries; entry < end; entry++) {
    if (pi_slice_equal(entry->violation->rule_id, rule)) return entry;
  }
  return NULL;
}

const pi_entry_notes *pi_entries_notes(const pubint_evaluation *evaluation, const pi_entry *entry) {
  const pi_overrides *overrides = evaluation->overrides;
  return overrides != NULL ? &overrides->notes[entry - evaluation->entries] : NULL;
}

bool pi_entry_leaves_open(const pi_entry *entry, const pi_condition *condition) {
  if (condition->from != PI_FROM_HOST) return false;
  bool concern = pi_slice_equal(condition->id, PI_HOST_CONDITIONS[PI_HOST_PUBLIC_CONCERN]);
  return (entry->unassessed & (concern ? PI_FACT_BIT(PI_FACT_PUBLIC_CONCERN) : PI_SPANS_BIT)) != 0;
}
