#include "check_whole.h"

#include <string.h>

#include "errors.h"

pi_class pi_whole_class(const pi_script *script) {
  if (script == NULL || script->kind != PI_SCRIPT_RULE) return PI_CLASS_NONE;
  return pi_slice_equal(script->class_name, PI_SLICE("possible")) ? PI_CLASS_LOOSER : PI_CLASS_STRICTER;
}

uint32_t pi_whole_kinds(const pi_check *self, const pi_violation *violation,
                        pi_slice kinds[PI_WHOLE_KINDS_MAX]) {
  uint32_t count = 0;
  if (violation->rule != PI_RULE_OTHER) {
    pi_words words = PI_RULES[violation->rule].kinds;
    for (uint32_t i = 0; i < words.count && count < PI_WHOLE_KINDS_MAX; i++) kinds[count++] = words.words[i];
    return count;
  }
  const pi_generator *generator = self->generator;
  for (uint32_t i = 0; i < generator->texts_count && count < PI_WHOLE_KINDS_MAX; i++) {
    const pi_script *by = generator->texts_by[i];
    bool own = by != NULL && by->kind == PI_SCRIPT_RULE && pi_slice_equal(by->name, violation->rule_id);
    if (own && pi_id_valid(generator->texts[i])) kinds[count++] = generator->texts[i];
  }
  return count;
}

void pi_whole_break(pi_violation *violation, pi_slice kind, uint16_t grounds) {
  bool row = violation->rule != PI_RULE_OTHER && kind.ptr != NULL;
  violation->kind = kind;
  violation->kind_word = row ? (int8_t)pi_words_find(PI_RULES[violation->rule].kinds, kind) : -1;
  violation->grounds = grounds;
}

/* Points for people to read. */
typedef struct shown {
  char text[PI_DECIMAL_BYTES + 1];
} shown;

static shown show(int64_t points) {
  shown out;
  out.text[pi_decimal_write(out.text, points, 9)] = '\0';
  return out;
}

static pi_finding at_bar(const pi_check *self, unsigned code, const pi_script *script) {
  return (pi_finding){.code = code,
                      .script = script,
                      .line = pi_places_key(&self->coverage->places, script, "bar"),
                      .token = PI_SLICE("bar"),
                      .fact = PI_FACT_COUNT};
}

/* Where a waiver stands, what each pair of rules does is a finding of its own, so that no other hides behind
 * the one that is waived. */
static void tell_apart(const pi_check *self, pi_finding *finding, const pi_script *rule,
                       const pi_script *other) {
  if (!pi_waivers_stand(&self->waivers, finding->code, finding->script, finding->line)) return;
  finding->which = 1 + rule->index * self->policy->scripts_count + other->index;
}

/* ---- order ---- */

/* What most lets the stricter rule's margin be above the looser one's. */
typedef struct difference {
  const pi_factor *factor; /* NULL: the bar */
  const pi_entry *entry;   /* the one that has the factor */
  int64_t points;
} difference;

static void look_among(const pi_entry *among, const pi_entry *strict, const pi_entry *loose, bool market,
                       difference *most) {
  for (uint32_t i = 0; i < among->balance.factors_count; i++) {
    const pi_factor *factor = &among->balance.factors[i];
    if (market && factor->from != PI_FROM_MARKET) continue;
    int64_t points = pi_check_points(strict, factor) - pi_check_points(loose, factor);
    if (points > most->points) *most = (difference){factor, among, points};
  }
}

/* Of the market's factors only, where without the market the stricter rule would be no more lenient. */
static difference greatest(const pi_entry *strict, const pi_entry *loose) {
  int64_t market = strict->market.counted - loose->market.counted;
  bool of_market = market > 0 && strict->margin - loose->margin <= market;
  difference most = {NULL, strict, of_market ? 0 : loose->bar - strict->bar};
  if (most.points < 0) most.points = 0;
  look_among(strict, strict, loose, of_market, &most);
  look_among(loose, strict, loose, of_market, &most);
  return most;
}

/* A rule may only hand a number of its own to a factor that stands in lib/: { probable_harm = 8 }. */
static bool hands_over(const pi_check *self, const pi_script *script, pi_slice id, pi_finding *finding) {
  char key[PI_ID_LENGTH_MAX + 1];
  memcpy(key, id.ptr, id.len);
  key[id.len] = '\0';
  uint32_t line = pi_places_key(&self->coverage->places, script, key);
  if (line == 1) return false;
  finding->script = script;
  finding->line = line;
  return true;
}

static pi_finding at_difference(const pi_check *self, const pubint_evaluation *evaluation,
                                const pi_entry *strict, const pi_entry *loose, const difference *most) {
  if (most->factor == NULL) return at_bar(self, PI_E_CHECK_ORDER, strict->script);
  const pi_factor *factor = most->factor;
  const pi_script *script = pi_check_script(evaluation, most->entry, factor->from);
  pi_finding finding = pi_check_at(self, PI_E_CHECK_ORDER, script, false, factor->id);
  if (finding.script->kind == PI_SCRIPT_LIB && !hands_over(self, strict->script, factor->id, &finding)) {
    (void)hands_over(self, loose->script, factor->id, &finding);
  }
  return finding;
}

/* Kinds and grounds are what the rules say of themselves, and no facts that both have. */
static bool is_comparable(const pi_entry *strict, const pi_entry *loose) {
  const pi_violation *a = strict->violation, *b = loose->violation;
  if (pi_check_failed(strict) || pi_check_failed(loose)) return false;
  return a->kind.ptr == NULL && b->kind.ptr == NULL && a->grounds == 0 && b->grounds == 0;
}

static pubint_status judge_order(pi_check *self, const pi_case *input, const pubint_evaluation *evaluation,
                                 const pi_entry *strict, const pi_entry *loose) {
  if (strict->verdict != PUBINT_NOTICE || loose->verdict != PUBINT_REMOVE) return PUBINT_OK;
  if (!is_comparable(strict, loose) || pi_balance_unmet(&loose->balance, PI_FROM_BIT(PI_FROM_HOST)) != NULL)
    return PUBINT_OK;
  self->exceptions[PI_WHOLE_ORDER]++;
  const pi_condition *condition = pi_balance_unmet(&loose->balance, ~PI_FROM_BIT(PI_FROM_HOST));
  if (condition != NULL) {
    const pi_script *script = pi_check_script(evaluation, loose, condition->from);
    pi_finding finding = pi_check_at(self, PI_E_CHECK_ORDER, script, true, condition->id);
    tell_apart(self, &finding, strict->script, loose->script);
    return pi_check_add(self, finding, input,
                        "%s (%s) gives a notice where %s (%s) does not: its condition %.*s is unmet",
                        strict->script->name.ptr, strict->script->class_name.ptr, loose->script->name.ptr,
                        loose->script->class_name.ptr, (int)condition->id.len, condition->id.ptr);
  }
  difference most = greatest(strict, loose);
  pi_slice name = most.factor != NULL ? most.factor->id : PI_SLICE("the bar");
  pi_finding finding = at_difference(self, evaluation, strict, loose, &most);
  tell_apart(self, &finding, strict->script, loose->script);
  return pi_check_add(self, finding, input,
                      "%s (%s) gives a notice at margin %s where %s (%s) has margin %s: %.*s makes %s",
                      strict->script->name.ptr, strict->script->class_name.ptr, show(strict->margin).text,
                      loose->script->name.ptr, loose->script->class_name.ptr, show(loose->margin).text,
                      (int)name.len, name.ptr, show(most.points).text);
}

/* ---- ceiling and concern ---- */

static bool is_full(const pi_case *input, pi_fact fact) {
  return pi_case_knows(input, fact) && pi_case_strength(input, fact) == PI_MICRO;
}

/* At the market's greatest interest where the rule alone would not have given it, else at the rule's bar. */
static pi_finding at_ceiling(const pi_check *self, const pubint_evaluation *evaluation,
                             const pi_entry *entry) {
  const pi_factor *most = NULL;
  for (uint32_t i = 0; i < entry->balance.factors_count; i++) {
    const pi_factor *factor = &entry->balance.factors[i];
    if (factor->from != PI_FROM_MARKET || factor->side != PI_SIDE_INTEREST) continue;
    if (most == NULL || factor->points > most->points) most = factor;
  }
  bool by_market = most != NULL && entry->margin - entry->market.counted < 0;
  if (!by_market) return at_bar(self, PI_E_CHECK_CEILING, entry->script);
  return pi_check_at(self, PI_E_CHECK_CEILING, evaluation->market, false, most->id);
}

static pubint_status judge_notice(pi_check *self, const pi_case *input, const pubint_evaluation *evaluation,
                                  const pi_entry *entry) {
  pubint_status status = PUBINT_OK;
  if (is_full(input, PI_FACT_HARM_LIKELIHOOD) && is_full(input, PI_FACT_HARM_SEVERITY)) {
    self->exceptions[PI_WHOLE_CEILING]++;
    pi_finding finding = at_ceiling(self, evaluation, entry);
    tell_apart(self, &finding, entry->script, entry->script);
    status = pi_check_add(
        self, finding, input,
        "likelihood 1 and severity 1 give a notice under %s: %s of interest, %s of harm, bar %s%s%s",
        entry->script->name.ptr, show(entry->interest).text, show(entry->harm).text, show(entry->bar).text,
        entry->market.counted != 0 ? ", market " : "",
        entry->market.counted != 0 ? show(entry->market.counted).text : "");
  }
  bool concern =
      pi_case_knows(input, PI_FACT_PUBLIC_CONCERN) && pi_case_strength(input, PI_FACT_PUBLIC_CONCERN) > 0;
  if (concern || status != PUBINT_OK) return status;
  self->exceptions[PI_WHOLE_CONCERN]++;
  pi_finding finding = pi_check_at(self, PI_E_CHECK_CONCERN, entry->script, false, (pi_slice){NULL, 0});
  return pi_check_add(self, finding, input, "a notice without public concern under %s",
                      entry->script->name.ptr);
}

/* ---- all of them ---- */

pubint_status pi_whole_judge(pi_check *self, const pi_case *input, const pubint_evaluation *evaluation) {
  pubint_status status = PUBINT_OK;
  for (uint32_t i = 0; i < evaluation->entries_count && status == PUBINT_OK; i++) {
    const pi_entry *entry = &evaluation->entries[i];
    if (entry->script == NULL || entry->verdict != PUBINT_NOTICE) continue;
    status = judge_notice(self, input, evaluation, entry);
    for (uint32_t j = 0; j < evaluation->entries_count && status == PUBINT_OK; j++) {
      const pi_entry *other = &evaluation->entries[j];
      bool pair = pi_whole_class(entry->script) == PI_CLASS_STRICTER &&
                  pi_whole_class(other->script) == PI_CLASS_LOOSER;
      if (pair) status = judge_order(self, input, evaluation, entry, other);
    }
  }
  return status;
}
