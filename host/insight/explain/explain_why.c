/* The one sentence that says why the outcome is what it is. */
#include "entries.h"
#include "explain_parts.h"

/* The first entry that the outcome follows from, of a notice the narrowest; NULL where no entry does. */
static const pi_entry *deciding_entry(const pubint_evaluation *evaluation) {
  if (evaluation->outcome == PUBINT_NOTICE) return pi_entries_lowest(evaluation);
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    const pi_entry *entry = &evaluation->entries[i];
    if (entry->verdict == evaluation->outcome && entry->basis == evaluation->basis) return entry;
  }
  return NULL;
}

static pi_slice why_not_eligible(pi_explainer *self) {
  const pubint_evaluation *evaluation = self->evaluation;
  pi_slice reasons[PI_GATE_COUNT];
  size_t count = 0;
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) {
    if (evaluation->gates.results[gate] != PI_GATE_FAIL) continue;
    reasons[count++] = pi_explain_gate_reason(self, (pi_gate)gate);
  }
  pi_slice list = pi_say_list(&self->wording, reasons, count, PI_PHRASE_LIST_AND);
  return PI_SAY(&self->wording, PI_PHRASE_WHY_NOT_ELIGIBLE, {"reasons", list});
}

static pi_slice why_notice(pi_explainer *self, const pi_entry *entry) {
  pi_slice rule = pi_explain_rule_name(self, entry->violation);
  pi_slice points = pi_say_points(&self->wording, entry->margin);
  if (self->evaluation->entries_count > 1) {
    return PI_SAY(&self->wording, PI_PHRASE_WHY_NOTICE_NARROWEST, {"rule", rule}, {"points", points});
  }
  pi_phrase phrase = entry->margin == 0 ? PI_PHRASE_WHY_NOTICE_EXACT : PI_PHRASE_WHY_NOTICE;
  return PI_SAY(&self->wording, phrase, {"rule", rule}, {"points", points});
}

static pi_slice why_condition(pi_explainer *self, const pi_entry *entry, const pi_condition *condition) {
  pi_phrase phrase =
      condition->from == PI_FROM_MARKET ? PI_PHRASE_WHY_MARKET_CONDITION : PI_PHRASE_WHY_CONDITION;
  return PI_SAY(&self->wording, phrase, {"rule", pi_explain_rule_name(self, entry->violation)},
                {"market", pi_explain_market(self)},
                {"condition", pi_say_named(&self->wording, "condition", condition->id)});
}

/* In the order in which the engine lets them decide. */
static pi_slice why_removed(pi_explainer *self, const pi_entry *entry) {
  const pi_condition *condition = pi_balance_unmet(&entry->balance, PI_FROM_BUT_MARKET);
  if (condition != NULL) return why_condition(self, entry, condition);
  pi_slice rule = pi_explain_rule_name(self, entry->violation);
  if (entry->error.failure != PI_FAILURE_NONE) {
    return PI_SAY(&self->wording, PI_PHRASE_WHY_MARKET_FAILED, {"rule", rule},
                  {"market", pi_explain_market(self)});
  }
  if (entry->margin < 0) {
    return PI_SAY(&self->wording, PI_PHRASE_WHY_MARGIN, {"rule", rule},
                  {"points", pi_say_points(&self->wording, entry->margin)});
  }
  condition = pi_balance_unmet(&entry->balance, PI_FROM_BIT(PI_FROM_MARKET));
  return condition != NULL ? why_condition(self, entry, condition) : (pi_slice){"", 0};
}

static pi_slice why_script_error(pi_explainer *self, const pi_entry *entry) {
  pi_phrase phrase = entry->weighed ? PI_PHRASE_WHY_MARKET_ERROR : PI_PHRASE_WHY_RULE_ERROR;
  return PI_SAY(&self->wording, phrase, {"rule", pi_explain_rule_name(self, entry->violation)},
                {"market", pi_explain_market(self)});
}

/* Names one or two facts, counts more of them: the part on what is unknown lists them all. */
static pi_slice why_unassessed(pi_explainer *self, const pi_entry *entry) {
  int64_t count = __builtin_popcountll(entry->unassessed);
  return PI_SAY(&self->wording, count == 1 ? PI_PHRASE_WHY_UNASSESSED : PI_PHRASE_WHY_UNASSESSED_MANY,
                {"rule", pi_explain_rule_name(self, entry->violation)},
                {"facts", pi_explain_paths(self, entry->unassessed)},
                {"count", pi_say_count(&self->wording, count)});
}

pi_slice pi_explain_why(pi_explainer *self) {
  const pubint_evaluation *evaluation = self->evaluation;
  const pi_entry *entry = deciding_entry(evaluation);
  switch (evaluation->basis) {
  case PUBINT_NO_VIOLATION: return pi_say_plain(&self->wording, PI_PHRASE_WHY_NO_VIOLATION);
  case PUBINT_NEVER_EXCEPTED:
    return PI_SAY(&self->wording, PI_PHRASE_WHY_NEVER_EXCEPTED, {"rules", pi_explain_rule_names(self, true)});
  case PUBINT_NOT_ELIGIBLE: return why_not_eligible(self);
  case PUBINT_INCOMPLETE:
    return PI_SAY(&self->wording, PI_PHRASE_WHY_INCOMPLETE,
                  {"facts", pi_explain_paths(self, evaluation->gates.missing)});
  case PUBINT_WEIGHED:
    if (entry == NULL) break;
    return evaluation->outcome == PUBINT_NOTICE ? why_notice(self, entry) : why_removed(self, entry);
  case PUBINT_RULE_ERROR:
    if (entry == NULL) break;
    return why_script_error(self, entry);
  case PUBINT_NO_SCRIPT:
    if (entry == NULL) break;
    return PI_SAY(&self->wording, PI_PHRASE_WHY_NO_SCRIPT,
                  {"rule", pi_explain_rule_name(self, entry->violation)});
  case PUBINT_UNASSESSED:
    if (entry == NULL) break;
    return why_unassessed(self, entry);
  }
  return (pi_slice){"", 0};
}
