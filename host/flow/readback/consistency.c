#include "consistency.h"

#include <stdio.h>

#include "errors.h"
#include "evaluation_words.h"
#include "rejudge.h"
#include "script_call.h"
#include "sha256.h"

/* ---- factors ---- */

static bool holds_factor_points(const pi_factor *factor) {
  return factor->points == (int64_t)factor->strength * factor->weight;
}

/* ---- entries ---- */

static bool is_private(const pi_readback_rule *rule) {
  return pi_slice_equal(rule->rule, PI_RULES[PI_RULE_PRIVATE_INFORMATION].id);
}

/* R091: a violation that says nothing else says that data was posted. */
static bool is_posted(const pi_readback_rule *rule) {
  const pi_words kinds = PI_RULES[PI_RULE_PRIVATE_INFORMATION].kinds;
  return is_private(rule) &&
         (rule->kind.ptr == NULL || pi_slice_equal(rule->kind, kinds.words[PI_PRIVATE_POSTED]));
}

static bool is_scripted(const pi_readback_rule *rule) {
  return rule->class_name.ptr != NULL;
}

/* The host's own condition of that name; NULL where it is not there. */
static const pi_condition *host_condition(const pi_readback_rule *rule, pi_host_condition which) {
  const pi_condition like = {.id = PI_HOST_CONDITIONS[which], .from = PI_FROM_HOST};
  return pi_balance_find_condition(&rule->balance, &like);
}

static bool holds_entry_never(const pi_readback_rule *rule) {
  pi_rule row = pi_rule_find(rule->rule);
  return row == PI_RULE_OTHER || !PI_RULES[row].never;
}

static bool holds_entry_kind(const pi_readback_rule *rule) {
  if (rule->kind.ptr == NULL) return true;
  pi_rule row = pi_rule_find(rule->rule);
  return row == PI_RULE_OTHER ? pi_id_valid(rule->kind) : pi_words_find(PI_RULES[row].kinds, rule->kind) >= 0;
}

static bool holds_entry_class(const pi_readback_rule *rule) {
  return !is_scripted(rule) || pi_words_find(PI_WORDS_CLASS, rule->class_name) >= 0;
}

static bool holds_entry_bar(const pi_readback_rule *rule) {
  return rule->bar % (PI_NANO / PI_MILLI) == 0;
}

/* A script that failed leaves nothing but its error; beside that stand the host's conditions. */
static bool holds_entry_script(const pi_readback_rule *rule) {
  const pi_balance *balance = &rule->balance;
  if (rule->weighed) return true;
  if (balance->notes_count > 0 || rule->market.ran || (!is_scripted(rule) && balance->conditions_count > 0))
    return false;
  for (uint32_t i = 0; i < balance->conditions_count; i++) {
    if (balance->conditions[i].from != PI_FROM_HOST) return false;
  }
  return true;
}

static bool holds_entry_error(const pi_readback_rule *rule) {
  bool failed = rule->error_code.ptr != NULL;
  if (!is_scripted(rule)) return !failed;
  return rule->weighed ? !(failed && rule->market.ran) : failed;
}

static bool holds_entry_error_kind(const pi_readback_rule *rule) {
  static const struct {
    unsigned code;
    pi_failure failure;
  } KINDS[] = {{PI_E_SCRIPT_ERROR, PI_FAILURE_SCRIPT},
               {PI_E_LIMIT_INSTRUCTIONS, PI_FAILURE_INSTRUCTIONS},
               {PI_E_LIMIT_MEMORY, PI_FAILURE_MEMORY}};
  if (rule->error_code.ptr == NULL) return true;
  for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
    char code[16];
    snprintf(code, sizeof code, "E%04u", KINDS[i].code);
    if (!pi_slice_equal(rule->error_code, pi_slice_of(code))) continue;
    return pi_slice_equal(rule->error_kind, pi_failure_name(KINDS[i].failure));
  }
  return false;
}

static bool holds_entry_market(const pi_readback_rule *rule) {
  const pi_balance *balance = &rule->balance;
  for (uint32_t i = 0; i < balance->factors_count && !rule->market.ran; i++) {
    if (balance->factors[i].from == PI_FROM_MARKET) return false;
  }
  for (uint32_t i = 0; i < balance->conditions_count && !rule->market.ran; i++) {
    if (balance->conditions[i].from == PI_FROM_MARKET) return false;
  }
  return true;
}

/* Ids that came already, by a few of their bits: where none of those came, none is compared. */
static bool came_before(uint64_t *bits, pi_slice id) {
  uint64_t bit =
      UINT64_C(1) << ((id.len * 7 + (unsigned char)id.ptr[0] + (unsigned char)id.ptr[id.len / 2] * 3 +
                       (unsigned char)id.ptr[id.len - 1] * 5) %
                      64);
  bool came = (*bits & bit) != 0;
  *bits |= bit;
  return came;
}

static bool holds_entry_ids(const pi_readback_rule *rule) {
  const pi_balance *balance = &rule->balance;
  uint64_t bits = 0;
  for (uint32_t i = 0; i < balance->factors_count; i++) {
    pi_slice id = balance->factors[i].id;
    if (!came_before(&bits, id)) continue;
    for (uint32_t j = 0; j < i; j++) {
      if (pi_slice_equal(balance->factors[j].id, id)) return false;
    }
  }
  bits = 0;
  for (uint32_t i = 0; i < balance->conditions_count; i++) {
    const pi_condition *condition = &balance->conditions[i];
    if (!pi_id_valid(condition->id)) return false;
    bool came = came_before(&bits, condition->id);
    for (uint32_t j = 0; j < i && came; j++) {
      if (pi_slice_equal(balance->conditions[j].id, condition->id)) return false;
    }
  }
  return true;
}

static bool holds_entry_order(const pi_readback_rule *rule) {
  const pi_balance *balance = &rule->balance;
  for (uint32_t i = 1; i < balance->factors_count; i++) {
    if (balance->factors[i].from < balance->factors[i - 1].from) return false;
  }
  for (uint32_t i = 1; i < balance->conditions_count; i++) {
    if (balance->conditions[i].from < balance->conditions[i - 1].from) return false;
  }
  return true;
}

/* Version 1 of the policy had no public concern; that data is left out is a condition of one rule, and met
 * where none was posted. Their ids are the host's alone. */
static bool holds_entry_host_conditions(const pi_readback_rule *rule) {
  const pi_balance *balance = &rule->balance;
  const pi_condition *omitted = host_condition(rule, PI_HOST_DATA_OMITTED);
  bool concern = host_condition(rule, PI_HOST_PUBLIC_CONCERN) != NULL;
  uint32_t own = (concern ? 1U : 0U) + (omitted != NULL ? 1U : 0U);
  for (uint32_t i = 0; i < balance->conditions_count; i++) {
    const pi_condition *condition = &balance->conditions[i];
    bool named = false;
    for (int which = 0; which < PI_HOST_CONDITIONS_COUNT; which++) {
      named = named || pi_slice_equal(PI_HOST_CONDITIONS[which], condition->id);
    }
    if ((condition->from == PI_FROM_HOST) != (i < own) || named != (i < own)) return false;
    if (i < own && condition->why.ptr != NULL) return false;
  }
  if (own == 2 && omitted != &balance->conditions[1]) return false;
  if ((omitted != NULL) != (is_private(rule) && is_scripted(rule))) return false;
  return omitted == NULL || omitted->met || is_posted(rule);
}

static bool holds_entry_texts(const pi_readback_rule *rule) {
  const pi_balance *balance = &rule->balance;
  for (uint32_t i = 0; i < balance->notes_count; i++) {
    if (!pi_balance_text_valid(balance->notes[i])) return false;
  }
  for (uint32_t i = 0; i < balance->conditions_count; i++) {
    if (balance->conditions[i].why.ptr != NULL && !pi_balance_text_valid(balance->conditions[i].why))
      return false;
  }
  return true;
}

static bool holds_entry_lists(const pi_readback_rule *rule) {
  return !rule->empty_list;
}

static bool holds_entry_unassessed(const pi_readback_rule *rule) {
  pi_fact_set may = PI_ALWAYS_ASSESSED;
  if (rule->weighed) may |= pi_facts_harm();
  if (is_private(rule) && !is_posted(rule)) may |= PI_SPANS_BIT;
  return (rule->unassessed & ~may) == 0;
}

static bool same_sway(const pi_market_sway *a, const pi_market_sway *b) {
  return a->interest == b->interest && a->harm == b->harm && a->counted == b->counted &&
         a->clamped == b->clamped;
}

static bool holds_entry_sums(const pi_readback_rule *rule) {
  if (!rule->weighed) return true;
  pi_judged_sums sums = pi_rejudge_sums(rule, NULL);
  return sums.interest == rule->interest && sums.harm == rule->harm &&
         (!rule->market.ran || same_sway(&sums.market, &rule->market));
}

static bool holds_entry_margin(const pi_readback_rule *rule) {
  return !rule->weighed || rule->margin == rule->interest - rule->harm - rule->bar + rule->market.counted;
}

static bool holds_entry_verdict(const pi_readback_rule *rule) {
  pi_judgement follows = pi_rejudge_rule(rule, NULL);
  return follows.outcome == rule->verdict && follows.basis == rule->basis;
}

/* ---- refusals ---- */

/* The row of "E1203"; NULL where there is none. */
static const pi_error_row *row_of(pi_slice code) {
  enum { DIGITS = 4 };
  unsigned number = 0;
  if (code.len != 1 + DIGITS || code.ptr[0] != 'E') return NULL;
  for (size_t i = 1; i < code.len; i++) {
    if (code.ptr[i] < '0' || code.ptr[i] > '9') return NULL;
    number = number * 10 + (unsigned)(code.ptr[i] - '0');
  }
  return pi_error_find(number);
}

static bool holds_refusal_code(const pi_readback *readback) {
  return row_of(readback->refused) != NULL;
}

static bool holds_refusal_kind(const pi_readback *readback) {
  bool limit = row_of(readback->refused)->status == PUBINT_E_LIMIT;
  if ((readback->refused_kind.ptr != NULL) != limit) return false;
  return !limit || pi_slice_equal(readback->refused_kind, PI_SLICE("limit_time"));
}

static bool holds_refusal_place(const pi_readback *readback) {
  bool input = row_of(readback->refused)->status == PUBINT_E_INPUT;
  return readback->has_path == input && readback->has_column == input;
}

/* ---- the whole ---- */

/* An evaluation, and what its parts come to. */
typedef struct whole {
  const pi_readback *readback;
  pi_gates gates;         /* judged again, from what they show */
  pi_judgement follows;   /* from gates and verdicts */
  bool weighed;           /* it has rules */
  pi_fact_set unassessed; /* by any of them */
  const pi_condition *concern;
} whole;

static bool holds_whole_id(const whole *self) {
  pi_slice id = self->readback->id;
  for (size_t i = 0; i < id.len; i++) {
    if ((unsigned char)id.ptr[i] < 0x20 || id.ptr[i] == 0x7f) return false;
  }
  return id.len <= PI_ID_BYTES_MAX;
}

/* What else failed a gate is shown where it did, and there only. */
static bool gate_shows(const whole *self, pi_gate gate) {
  const pi_readback_gate *shown = &self->readback->gates_show[gate];
  const pi_case *facts = &self->readback->shown;
  const pi_gate_row *row = &PI_GATES[gate];
  pi_fact_set office = pi_gates_office_facts();
  bool counts = row->shows == PI_GATE_SHOWS_COUNT;
  if (shown->has_distance != (counts && shown->has_fact)) return false;
  switch (row->shows) {
  case PI_GATE_SHOWS_VIOLATIONS: return shown->has_fact && shown->has_limit && shown->limit == 1;
  case PI_GATE_SHOWS_COUNT:
    if (!shown->has_limit || shown->limit != PI_FACTS[row->own].limit) return false;
    return !shown->has_fact || shown->distance == pi_case_count(facts, row->own) - shown->limit - 1;
  case PI_GATE_SHOWS_ANSWER: return !shown->has_limit;
  case PI_GATE_SHOWS_OFFICE: break;
  }
  pi_fact_set of_gate = facts->known & (row->facts | office);
  return !shown->has_limit && (of_gate & ~office) == self->gates.decided_by &&
         shown->has_fact == (of_gate != 0);
}

static bool holds_whole_gates(const whole *self) {
  int gate = 0;
  while (gate < PI_GATE_COUNT && gate_shows(self, (pi_gate)gate)) gate++;
  return gate == PI_GATE_COUNT;
}

static bool holds_whole_results(const whole *self) {
  int gate = 0;
  while (gate < PI_GATE_COUNT && self->gates.results[gate] == self->readback->gates[gate]) gate++;
  return gate == PI_GATE_COUNT;
}

static bool holds_whole_missing(const whole *self) {
  return self->gates.missing == self->readback->missing;
}

/* That a rule is never excepted does not show in what was not weighed: any that is violated may be one. */
static bool holds_whole_outcome(const whole *self) {
  const pi_readback *readback = self->readback;
  pi_judgement follows = self->follows;
  if (readback->basis == PUBINT_NEVER_EXCEPTED && readback->shown.violations_count > 0) {
    follows = pi_judge_gates(PI_NEVER_EXCEPTED);
  }
  bool weighed = readback->basis >= PUBINT_WEIGHED;
  return weighed == self->weighed && follows.outcome == readback->outcome && follows.basis == readback->basis;
}

static bool holds_whole_final(const whole *self) {
  return self->readback->final == (!self->weighed && self->readback->outcome != PUBINT_REVIEW);
}

static bool same_text(pi_slice a, pi_slice b) {
  return (a.ptr == NULL) == (b.ptr == NULL) && pi_slice_equal(a, b);
}

static bool holds_whole_violations(const whole *self) {
  const pi_readback *readback = self->readback;
  if (self->weighed && readback->rules_count != readback->shown.violations_count) return false;
  for (uint32_t i = 1; i < readback->rules_count; i++) {
    for (uint32_t j = 0; j < i; j++) {
      const pi_readback_rule *a = &readback->rules[i], *b = &readback->rules[j];
      if (pi_slice_equal(a->rule, b->rule) && same_text(a->kind, b->kind)) return false;
    }
  }
  return true;
}

static bool holds_whole_scripts(const whole *self) {
  const pi_readback *readback = self->readback;
  for (uint32_t i = 1; i < readback->rules_count; i++) {
    for (uint32_t j = 0; j < i; j++) {
      const pi_readback_rule *a = &readback->rules[i], *b = &readback->rules[j];
      if (!pi_slice_equal(a->rule, b->rule)) continue;
      if (!same_text(a->class_name, b->class_name) || a->bar != b->bar) return false;
    }
  }
  return true;
}

static bool holds_whole_sway(const whole *self) {
  const pi_readback *readback = self->readback;
  if (readback->market.ptr != NULL && !self->weighed) return false;
  for (uint32_t i = 0; i < readback->rules_count; i++) {
    const pi_readback_rule *rule = &readback->rules[i];
    bool answered = rule->market.ran || rule->error_code.ptr != NULL;
    if (rule->weighed && answered != readback->market_script) return false;
  }
  return true;
}

/* Policies of before asked for none: then no rule has it. */
static bool holds_whole_concern(const whole *self) {
  const pi_readback *readback = self->readback;
  for (uint32_t i = 0; i < readback->rules_count; i++) {
    const pi_readback_rule *rule = &readback->rules[i];
    if (!is_scripted(rule)) continue;
    const pi_condition *concern = host_condition(rule, PI_HOST_PUBLIC_CONCERN);
    if ((concern == NULL) != (self->concern == NULL)) return false;
    if (concern != NULL && concern->met != self->concern->met) return false;
  }
  bool unmet = self->concern != NULL && !self->concern->met;
  return !unmet || ((self->unassessed | readback->unknown) & PI_FACT_BIT(PI_FACT_PUBLIC_CONCERN)) == 0;
}

static bool holds_whole_assessed(const whole *self) {
  const pi_readback *readback = self->readback;
  for (uint32_t i = 1; i < readback->rules_count; i++) {
    pi_fact_set other = readback->rules[i].unassessed ^ readback->rules[0].unassessed;
    if ((other & PI_ALWAYS_ASSESSED) != 0) return false;
  }
  return true;
}

/* A fact of harm that was read and is unknown is unassessed, and the other way round; those that always count
 * are it without being read. */
static bool holds_whole_unknown(const whole *self) {
  const pi_readback *readback = self->readback;
  pi_fact_set known = readback->shown.known | PI_FACT_BIT(PI_FACT_ID);
  if (readback->market.ptr != NULL) known |= PI_FACT_BIT(PI_FACT_MARKET);
  if (readback->withheld) known |= PI_FACT_BIT(PI_FACT_WITHHELD_IN);
  if ((readback->unknown & known) != 0 || (readback->unknown != 0 && !self->weighed)) return false;
  pi_fact_set read = self->unassessed & ~(PI_ALWAYS_ASSESSED | PI_SPANS_BIT);
  return (read & ~readback->unknown) == 0 &&
         (readback->unknown & (pi_facts_harm() | PI_ALWAYS_ASSESSED) & ~self->unassessed) == 0;
}

static bool holds_whole_effects(const whole *self) {
  const pi_readback_effects *effects = &self->readback->effects;
  return effects->there == (self->readback->outcome == PUBINT_NOTICE) &&
         (!effects->there || effects->learn_more.len > 0);
}

static bool holds_whole_effects_kept(const whole *self) {
  return self->readback->effects.kept;
}

static bool holds_whole_named(const whole *self) {
  const pi_readback *readback = self->readback;
  uint32_t named = 0;
  for (uint32_t i = 0; i < readback->rules_count && readback->effects.there; i++) {
    pi_slice rule = readback->rules[i].rule;
    bool before = false;
    for (uint32_t j = 0; j < i && !before; j++) before = pi_slice_equal(readback->rules[j].rule, rule);
    if (before) continue;
    if (named == readback->effects.named_count) return false;
    if (!pi_slice_equal(readback->effects.named[named++], rule)) return false;
  }
  return named == readback->effects.named_count;
}

/* What was left out of a text (R095) shows that there is one. */
static bool holds_whole_redacted_text(const whole *self) {
  const pi_readback *readback = self->readback;
  bool there = readback->redacted_text.ptr != NULL;
  if (readback->outcome != PUBINT_NOTICE && readback->outcome != PUBINT_REVIEW) return !there;
  for (uint32_t i = 0; i < readback->rules_count && !there; i++) {
    const pi_condition *omitted = host_condition(&readback->rules[i], PI_HOST_DATA_OMITTED);
    if (omitted != NULL && omitted->met && is_posted(&readback->rules[i])) return false;
  }
  return true;
}

static bool holds_whole_lists(const whole *self) {
  return !self->readback->empty_list;
}

static bool cut_end(pi_slice *text, pi_slice end) {
  if (text->len < end.len || memcmp(text->ptr + text->len - end.len, end.ptr, end.len) != 0) return false;
  text->len -= end.len;
  return true;
}

static bool holds_whole_policy(const whole *self) {
  pi_slice id = self->readback->policy;
  cut_end(&id, PI_SLICE(PI_OVERRIDES_MARK));
  if (id.len < PI_SHA256_HEX) return false;
  for (size_t i = id.len - PI_SHA256_HEX; i < id.len; i++) {
    bool digit = id.ptr[i] >= '0' && id.ptr[i] <= '9';
    if (!digit && !(id.ptr[i] >= 'a' && id.ptr[i] <= 'f')) return false;
  }
  id.len -= PI_SHA256_HEX;
  if (!cut_end(&id, PI_SLICE("+sha256:")) || id.len < 3) return false;
  return memchr(id.ptr + 1, '@', id.len - 2) != NULL; /* a name before it, and a version behind */
}

static bool holds_whole_host(const whole *self) {
  pi_slice host = self->readback->host;
  int points = 0;
  for (size_t i = 0; i < host.len; i++) {
    bool digit = host.ptr[i] >= '0' && host.ptr[i] <= '9';
    if (digit) continue;
    bool between = i > 0 && i + 1 < host.len && host.ptr[i - 1] != '.';
    if (host.ptr[i] != '.' || !between) return false;
    points++;
  }
  return points == 2;
}

/* Before version 2 of the policy whoever sought an office passed, whatever office it was; no evaluation of
 * then has a condition of public concern. */
static bool passed_once(const whole *self) {
  const pi_readback *readback = self->readback;
  if (self->concern != NULL || self->gates.decided_by != 0) return false;
  if (readback->gates[PI_GATE_OFFICE] != PI_GATE_PASS) return false;
  if (!pi_case_knows(&readback->shown, PI_FACT_OFFICE_STATUS)) return false;
  uint8_t status = pi_case_word(&readback->shown, PI_FACT_OFFICE_STATUS);
  return status == PI_STATUS_CANDIDATE || status == PI_STATUS_NOMINEE;
}

static whole whole_of(const pi_readback *readback) {
  whole self = {.readback = readback, .weighed = readback->rules_count > 0};
  for (uint32_t i = 0; i < readback->rules_count; i++) {
    self.unassessed |= readback->rules[i].unassessed;
    if (self.concern == NULL) self.concern = host_condition(&readback->rules[i], PI_HOST_PUBLIC_CONCERN);
  }
  pi_gates_judge(&self.gates, &readback->shown);
  if (self.gates.results[PI_GATE_OFFICE] != PI_GATE_PASS && passed_once(&self)) {
    self.gates.results[PI_GATE_OFFICE] = PI_GATE_PASS;
    self.gates.missing &= ~PI_FACT_BIT(PI_FACT_OFFICE_BRANCH);
    self.gates.eligibility = pi_gates_eligibility(&self.gates, &readback->shown);
  }
  bool eligible = self.gates.eligibility == PI_ELIGIBLE;
  self.follows = eligible ? pi_rejudge(readback, NULL) : pi_judge_gates(self.gates.eligibility);
  return self;
}

/* ---- the list ---- */

#define ROW(check, name, key, found, expected) {check##name, {key, found, expected}},

const pi_contradiction *pi_consistency_of_factor(const pi_factor *factor) {
  static const struct {
    bool (*holds)(const pi_factor *);
    pi_contradiction otherwise;
  } ROWS[] = {
#define CONSISTENT_FACTOR(...) ROW(holds_factor_, __VA_ARGS__)
#include "consistency.def"
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    if (!ROWS[i].holds(factor)) return &ROWS[i].otherwise;
  }
  return NULL;
}

const pi_contradiction *pi_consistency_of_entry(const pi_readback_rule *rule) {
  static const struct {
    bool (*holds)(const pi_readback_rule *);
    pi_contradiction otherwise;
  } ROWS[] = {
#define CONSISTENT_ENTRY(...) ROW(holds_entry_, __VA_ARGS__)
#include "consistency.def"
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    if (!ROWS[i].holds(rule)) return &ROWS[i].otherwise;
  }
  return NULL;
}

const pi_contradiction *pi_consistency_of_refusal(const pi_readback *readback) {
  static const struct {
    bool (*holds)(const pi_readback *);
    pi_contradiction otherwise;
  } ROWS[] = {
#define CONSISTENT_REFUSAL(...) ROW(holds_refusal_, __VA_ARGS__)
#include "consistency.def"
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    if (!ROWS[i].holds(readback)) return &ROWS[i].otherwise;
  }
  return NULL;
}

const pi_contradiction *pi_consistency_of_whole(const pi_readback *readback) {
  static const struct {
    bool (*holds)(const whole *);
    pi_contradiction otherwise;
  } ROWS[] = {
#define CONSISTENT_WHOLE(...) ROW(holds_whole_, __VA_ARGS__)
#include "consistency.def"
  };
  const whole self = whole_of(readback);
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    if (!ROWS[i].holds(&self)) return &ROWS[i].otherwise;
  }
  return NULL;
}
