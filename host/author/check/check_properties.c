#include "check_properties.h"

#include <string.h>

#include "check_names.h"
#include "check_search.h"
#include "check_whole.h"
#include "draw.h"
#include "errors.h"
#include "fair.h"
#include "script_limits.h"
#include "utf8.h"

/* A case on which scripts use more instructions than this is tried in fewer ways, so that one slow script
 * does not make the whole check slow: in all of them once in so many cases. */
enum { SLOW_INSTRUCTIONS = PI_LIMIT_INSTRUCTIONS / 10, SLOW_CASES = 64, SLOW_SEARCH_CASES = 32 * SLOW_CASES };

/* One case in so many is swept, over at most so many numbers. */
enum { SWEEP_CASES = 8, SWEEP_STEPS = 24 };

/* One case being tried. */
typedef struct trial {
  pi_check *check;
  const pi_case *input;
  const pubint_evaluation *base;
  uint64_t number;
  pubint_error *error;
} trial;

static pi_finding finding_at(const trial *self, unsigned code, const pi_script *script, bool condition,
                             pi_slice id, pi_fact fact) {
  pi_finding finding = pi_check_at(self->check, code, script, condition, id);
  finding.fact = fact;
  return finding;
}

/* ---- total, within limits, clean texts ---- */

static pubint_status try_total(const trial *self, const pi_entry *entry) {
  if (entry->error.failure == PI_FAILURE_NONE) return PUBINT_OK;
  const pi_script *script = entry->error.script != NULL ? entry->error.script : entry->script;
  pi_finding finding = {
      .code = PI_E_CHECK_FAILS, .script = script, .line = entry->error.line, .fact = PI_FACT_COUNT};
  pi_slice kind = pi_failure_name(entry->error.failure);
  return pi_check_add(self->check, finding, self->input, "%s: %s", kind.ptr, entry->error.message.ptr);
}

static pubint_status try_usage(const trial *self, const pi_script *script, const pi_usage *usage) {
  pi_finding finding = {.code = PI_E_CHECK_LIMITS, .script = script, .fact = PI_FACT_COUNT};
  finding.line = pi_places_key(&self->check->coverage->places, script, "weigh");
  if (usage->instructions > PI_LIMIT_INSTRUCTIONS / 2) self->check->slow |= (uint64_t)1 << script->index % 64;
  if (usage->instructions > PI_LIMIT_INSTRUCTIONS / 2) {
    pubint_status status = pi_check_add(self->check, finding, self->input, "%llu of %d instructions",
                                        (unsigned long long)usage->instructions, PI_LIMIT_INSTRUCTIONS);
    if (status != PUBINT_OK) return status;
  }
  if (usage->memory_peak_bytes > PI_LIMIT_MEMORY / 2) {
    finding.which = 1;
    return pi_check_add(self->check, finding, self->input, "%llu of %d bytes of memory",
                        (unsigned long long)usage->memory_peak_bytes, PI_LIMIT_MEMORY);
  }
  return PUBINT_OK;
}

/* "nan" or "inf" as a word of its own, a sign before it or not. */
static bool has_nan(pi_slice text) {
  for (size_t i = 0; i + 3 <= text.len; i++) {
    if (memcmp(text.ptr + i, "nan", 3) != 0 && memcmp(text.ptr + i, "inf", 3) != 0) continue;
    char before = i > 0 ? text.ptr[i - 1] : ' ', after = i + 3 < text.len ? text.ptr[i + 3] : ' ';
    bool alone = !(before >= 'a' && before <= 'z') && !(before >= 'A' && before <= 'Z') &&
                 !(after >= 'a' && after <= 'z') && !(after >= 'A' && after <= 'Z');
    if (alone) return true;
  }
  return false;
}

/* A finding about a note of an entry. Notes do not say whose they are: the rule's, where it writes any. */
static pi_finding finding_at_note(const trial *self, unsigned code, const pi_entry *entry, pi_fact fact) {
  const pi_places *places = &self->check->coverage->places;
  pi_finding finding = {.code = code, .script = entry->script, .fact = fact};
  finding.line = pi_places_note(places, entry->script);
  if (finding.line == 0 && self->base->market != NULL) {
    finding.line = pi_places_note(places, self->base->market);
    if (finding.line > 0) finding.script = self->base->market;
  }
  if (finding.line == 0) finding.line = pi_places_key(places, entry->script, "weigh");
  return finding;
}

static pubint_status try_texts(const trial *self, const pi_entry *entry) {
  pubint_status status = PUBINT_OK;
  for (uint32_t i = 0; i < entry->balance.notes_count && status == PUBINT_OK; i++) {
    if (!has_nan(entry->balance.notes[i])) continue;
    pi_finding finding = finding_at_note(self, PI_E_CHECK_NAN_TEXT, entry, PI_FACT_COUNT);
    status = pi_check_add(self->check, finding, self->input, "a note says \"%.100s\"",
                          entry->balance.notes[i].ptr);
  }
  for (uint32_t i = 0; i < entry->balance.conditions_count && status == PUBINT_OK; i++) {
    const pi_condition *condition = &entry->balance.conditions[i];
    if (condition->from == PI_FROM_HOST || condition->why.ptr == NULL || !has_nan(condition->why)) continue;
    pi_finding finding =
        finding_at(self, PI_E_CHECK_NAN_TEXT, pi_check_script(self->base, entry, condition->from), true,
                   condition->id, PI_FACT_COUNT);
    status = pi_check_add(self->check, finding, self->input, "the condition's reason says \"%.100s\"",
                          condition->why.ptr);
  }
  return status;
}

/* Ids that no script writes out where it gives them, but computes: known only once they are given. */
static pubint_status try_names(const trial *self, const pi_entry *entry) {
  const pi_balance *balance = &entry->balance;
  pubint_status status = PUBINT_OK;
  for (uint32_t i = 0; i < balance->factors_count + balance->conditions_count && status == PUBINT_OK; i++) {
    bool condition = i >= balance->factors_count;
    const pi_condition *met = condition ? &balance->conditions[i - balance->factors_count] : NULL;
    pi_from from = condition ? met->from : balance->factors[i].from;
    pi_slice id = condition ? met->id : balance->factors[i].id;
    const pi_script *script = pi_check_script(self->base, entry, from);
    bool known =
        from == PI_FROM_HOST || pi_places_of(&self->check->coverage->places, script, condition, id) != NULL;
    if (known) continue;
    pi_finding place = finding_at(self, PI_E_CHECK_UNNAMED, script, condition, id, PI_FACT_COUNT);
    status = pi_check_name(self->check, place.script, place.line, condition ? "condition" : "factor", id);
  }
  return status;
}

/* ---- deterministic ---- */

static pubint_status evaluate_other(const trial *self, const pi_case *input, const pubint_evaluation **out) {
  return pi_engine_evaluate(self->check->other, input, out, self->error);
}

static bool same_notes(const pi_balance *a, const pi_balance *b) {
  bool same = a->notes_count == b->notes_count;
  for (uint32_t i = 0; same && i < a->notes_count; i++) same = pi_slice_equal(a->notes[i], b->notes[i]);
  return same;
}

/* The first factor, condition or note in which two evaluations of an entry differ; NULL ids where none does.
 */
static pi_finding first_difference(const trial *self, unsigned code, const pi_entry *a, const pi_entry *b,
                                   pi_fact fact) {
  const pi_balance *x = &a->balance, *y = &b->balance;
  for (uint32_t i = 0; i < x->factors_count && i < y->factors_count; i++) {
    bool same = pi_slice_equal(x->factors[i].id, y->factors[i].id) &&
                x->factors[i].points == y->factors[i].points && x->factors[i].side == y->factors[i].side;
    if (same) continue;
    return finding_at(self, code, pi_check_script(self->base, a, x->factors[i].from), false, x->factors[i].id,
                      fact);
  }
  if (x->factors_count != y->factors_count) { /* the first that only one of them has */
    const pi_balance *longer = x->factors_count > y->factors_count ? x : y;
    const pi_factor *factor = &longer->factors[longer == x ? y->factors_count : x->factors_count];
    return finding_at(self, code, pi_check_script(self->base, a, factor->from), false, factor->id, fact);
  }
  for (uint32_t i = 0; i < x->conditions_count && i < y->conditions_count; i++) {
    bool same = pi_slice_equal(x->conditions[i].id, y->conditions[i].id) &&
                x->conditions[i].met == y->conditions[i].met &&
                pi_slice_equal(x->conditions[i].why, y->conditions[i].why);
    if (same) continue;
    return finding_at(self, code, pi_check_script(self->base, a, x->conditions[i].from), true,
                      x->conditions[i].id, fact);
  }
  if (x->conditions_count != y->conditions_count) {
    const pi_balance *longer = x->conditions_count > y->conditions_count ? x : y;
    const pi_condition *condition =
        &longer->conditions[longer == x ? y->conditions_count : x->conditions_count];
    return finding_at(self, code, pi_check_script(self->base, a, condition->from), true, condition->id, fact);
  }
  if (!same_notes(x, y)) return finding_at_note(self, code, a, fact);
  return finding_at(self, code, a->script, false, (pi_slice){NULL, 0}, fact);
}

static pubint_status try_deterministic(const trial *self) {
  pi_check *check = self->check;
  const pubint_evaluation *again;
  pubint_status status = evaluate_other(self, self->input, &again);
  if (status != PUBINT_OK) return status;
  pi_buffer_reset(&check->json);
  pi_buffer_reset(&check->other_json);
  pi_evaluation_write(self->base, &check->json);
  pi_evaluation_write(again, &check->other_json);
  if (check->json.failed || check->other_json.failed) return PUBINT_E_SYSTEM;
  bool same = check->json.len == check->other_json.len &&
              memcmp(check->json.data, check->other_json.data, check->json.len) == 0;
  for (uint32_t i = 0; i < self->base->entries_count && i < again->entries_count && !same; i++) {
    const pi_entry *entry = &self->base->entries[i];
    if (entry->script == NULL) continue;
    pi_finding finding = first_difference(self, PI_E_CHECK_DIFFERS, entry, &again->entries[i], PI_FACT_COUNT);
    return pi_check_add(check, finding, self->input, "two states evaluate the same case differently");
  }
  return PUBINT_OK;
}

/* ---- monotone ---- */

/* What a raised fact is raised to: 1, the next number that scripts compare with, just above it, or any. */
static int32_t raised(const trial *self, pi_fact fact) {
  const pi_generator *generator = self->check->generator;
  int32_t from = pi_case_strength(self->input, fact);
  uint64_t z = pi_draw_mix(self->number * 64 + (uint64_t)fact + 1);
  int32_t next = 1000000;
  for (uint32_t i = 0; i < generator->limits_count; i++) {
    if (generator->limits[i] > from && generator->limits[i] < next) next = generator->limits[i];
  }
  switch (z % 4) {
  case 0: return 1000000;
  case 1: return next;
  case 2: return next < 1000000 ? next + 1 : from + 1;
  default: return from + 1 + (int32_t)(z / 4 % (uint64_t)(1000000 - from));
  }
}

/* The factor of `among` that moved the wrong way by more than *most: `sign` is 1 where up is wrong. */
static const pi_factor *moved_more(const pi_entry *among, const pi_entry *a, const pi_entry *b, int sign,
                                   int64_t *most) {
  const pi_factor *worst = NULL;
  for (uint32_t i = 0; i < among->balance.factors_count; i++) {
    const pi_factor *factor = &among->balance.factors[i];
    int64_t moved = sign * (pi_check_points(b, factor) - pi_check_points(a, factor));
    if (moved <= *most) continue;
    *most = moved;
    worst = factor;
  }
  return worst;
}

/* NULL: none did. A factor may be on the balance only before, or only after. */
static const pi_factor *moved_most(const pi_entry *a, const pi_entry *b, int sign) {
  int64_t most = 0;
  const pi_factor *before = moved_more(a, a, b, sign, &most), *after = moved_more(b, a, b, sign, &most);
  return after != NULL ? after : before;
}

/* What it does not ask is met. */
static bool is_met(const pi_entry *entry, const pi_condition *like) {
  const pi_condition *found = pi_balance_find_condition(&entry->balance, like);
  return found == NULL || found->met;
}

/* The condition that turned the wrong way: unmet before and met by more harm, or unmet by more interest. */
static const pi_condition *turned(const pi_entry *a, const pi_entry *b, bool harm) {
  const pi_entry *unmet = harm ? a : b, *met = harm ? b : a;
  for (uint32_t i = 0; i < unmet->balance.conditions_count; i++) {
    const pi_condition *condition = &unmet->balance.conditions[i];
    if (!condition->met && is_met(met, condition)) return condition;
  }
  return NULL;
}

static bool is_waived(pi_check *check, const pi_script *script, pi_fact fact) {
  for (uint32_t i = 0; i < script->waives_count; i++) {
    if (script->waives[i].fact != fact) continue;
    if (check->waivers.facts_used != NULL) check->waivers.facts_used[script->index] |= PI_FACT_BIT(fact);
    return true;
  }
  return false;
}

/* Compares an entry before and after `fact` was raised. A condition that turns the wrong way is wrong too
 * where the margin hides it. */
static pubint_status compare_raised(const trial *self, const pi_entry *a, const pi_entry *b, pi_fact fact,
                                    int32_t to) {
  bool harm = PI_FACTS[fact].side == PI_SIDE_HARM;
  if (pi_check_failed(a) || pi_check_failed(b)) return PUBINT_OK;
  bool margin = harm ? b->margin > a->margin : b->margin < a->margin;
  bool verdict = harm ? a->verdict == PUBINT_REMOVE && b->verdict == PUBINT_NOTICE
                      : a->verdict == PUBINT_NOTICE && b->verdict == PUBINT_REMOVE;
  const pi_factor *factor = margin ? moved_most(a, b, harm ? 1 : -1) : NULL;
  const pi_condition *condition = margin ? NULL : turned(a, b, harm);
  if (!margin && !verdict && condition == NULL) return PUBINT_OK;
  pi_from from = factor != NULL ? factor->from : condition != NULL ? condition->from : PI_FROM_RULE;
  pi_finding finding = finding_at(self, harm ? PI_E_CHECK_HARM_HELPS : PI_E_CHECK_INTEREST_HURTS,
                                  pi_check_script(self->base, a, from), condition != NULL,
                                  factor != NULL      ? factor->id
                                  : condition != NULL ? condition->id
                                                      : (pi_slice){NULL, 0},
                                  fact);
  if (is_waived(self->check, pi_check_script(self->base, a, from), fact)) return PUBINT_OK;
  finding.to.micro = to;
  char shown[2][PI_DECIMAL_BYTES + 1];
  shown[0][pi_decimal_write(shown[0], pi_case_strength(self->input, fact), 6)] = '\0';
  shown[1][pi_decimal_write(shown[1], to, 6)] = '\0';
  return pi_check_add(self->check, finding, self->input, "raising %s from %s to %s %s under %s",
                      PI_FACTS[fact].path.ptr, shown[0], shown[1],
                      margin    ? harm ? "raises the margin" : "lowers the margin"
                      : verdict ? harm ? "turns remove into notice" : "turns notice into remove"
                      : harm    ? "meets the condition"
                                : "breaks the condition",
                      a->script->name.ptr);
}

static pubint_status try_raised(const trial *self, pi_fact fact, int32_t to) {
  if (!pi_case_knows(self->input, fact) || pi_case_strength(self->input, fact) >= to) return PUBINT_OK;
  pi_case changed = *self->input;
  const pubint_evaluation *after;
  pi_case_set_strength(&changed, fact, to);
  pubint_status status = evaluate_other(self, &changed, &after);
  for (uint32_t i = 0; i < self->base->entries_count && status == PUBINT_OK; i++) {
    const pi_entry *entry = &self->base->entries[i];
    if ((entry->reads & PI_FACT_BIT(fact)) == 0 || i >= after->entries_count) continue;
    status = compare_raised(self, entry, &after->entries[i], fact, to);
  }
  return status;
}

static pubint_status try_monotone(const trial *self, pi_fact_set reads) {
  const pi_finding *wanted = self->check->findings.wanted;
  pubint_status status = PUBINT_OK;
  for (int fact = 0; fact < PI_FACT_COUNT && status == PUBINT_OK; fact++) {
    if ((reads & PI_FACT_BIT(fact)) == 0 || PI_FACTS[fact].type != PI_TYPE_STRENGTH) continue;
    if (!pi_case_knows(self->input, (pi_fact)fact) || pi_case_strength(self->input, fact) == 1000000)
      continue;
    if (wanted != NULL && wanted->fact != (pi_fact)fact) continue;
    status = try_raised(self, (pi_fact)fact, wanted != NULL ? wanted->to.micro : raised(self, (pi_fact)fact));
  }
  return status;
}

/* Raises one fact from number to number that scripts compare with, so that a dent between two is seen. */
static pubint_status try_sweep(const trial *self, pi_fact_set reads) {
  const pi_generator *generator = self->check->generator;
  pi_fact facts[PI_FACT_COUNT];
  uint32_t count = 0;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    bool strength = PI_FACTS[fact].type == PI_TYPE_STRENGTH && (reads & PI_FACT_BIT(fact)) != 0;
    if (strength && pi_case_knows(self->input, (pi_fact)fact)) facts[count++] = (pi_fact)fact;
  }
  if (count == 0 || generator->limits_count == 0) return PUBINT_OK;
  uint64_t z = pi_draw_mix(self->number + 1);
  pi_fact fact = facts[z % count];
  uint32_t first = generator->limits_count > SWEEP_STEPS
                       ? (uint32_t)(z / count % (generator->limits_count - SWEEP_STEPS))
                       : 0;
  pi_case from = *self->input;
  trial step = *self;
  step.input = &from;
  pubint_status status = PUBINT_OK;
  for (uint32_t i = first; i < generator->limits_count && i < first + SWEEP_STEPS; i++) {
    for (int32_t beside = -1; beside <= 1 && status == PUBINT_OK; beside++) {
      int32_t to = generator->limits[i] + beside;
      if (i == first && beside < 0) pi_case_set_strength(&from, fact, to < 0 ? 0 : to);
      if (to <= pi_case_strength(&from, fact) || to > 1000000) continue;
      status = pi_engine_evaluate(self->check->base, &from, &step.base, self->error);
      if (status == PUBINT_OK) status = try_raised(&step, fact, to);
      pi_case_set_strength(&from, fact, to);
    }
  }
  return status;
}

/* ---- fair ---- */

static bool differs(const pi_entry *a, const pi_entry *b) {
  const pi_balance *x = &a->balance, *y = &b->balance;
  if (a->verdict != b->verdict || a->basis != b->basis || a->margin != b->margin) return true;
  if (x->factors_count != y->factors_count || x->conditions_count != y->conditions_count) return true;
  for (uint32_t i = 0; i < x->factors_count; i++) {
    const pi_factor *f = &x->factors[i], *g = &y->factors[i];
    if (f->points != g->points || f->side != g->side || !pi_slice_equal(f->id, g->id)) return true;
  }
  for (uint32_t i = 0; i < x->conditions_count; i++) {
    const pi_condition *c = &x->conditions[i], *d = &y->conditions[i];
    if (c->met != d->met || !pi_slice_equal(c->id, d->id) || !pi_slice_equal(c->why, d->why)) return true;
  }
  return !same_notes(x, y);
}

static pubint_status try_fair_fact(const trial *self, pi_fact fact, pi_fair_way way) {
  pi_case changed = *self->input;
  const pubint_evaluation *after;
  if (!pi_fair_alter(&changed, fact, way, &self->check->text_arena)) return PUBINT_E_SYSTEM;
  pubint_status status = evaluate_other(self, &changed, &after);
  for (uint32_t i = 0; i < self->base->entries_count && status == PUBINT_OK; i++) {
    const pi_entry *entry = &self->base->entries[i];
    if (entry->script == NULL || i >= after->entries_count || !differs(entry, &after->entries[i])) continue;
    if (way == PI_FAIR_UNKNOWN && pi_check_failed(&after->entries[i])) continue; /* that it fails is told */
    pi_finding finding = first_difference(self, PI_E_CHECK_UNFAIR, entry, &after->entries[i], fact);
    const pi_script *script = finding.script->kind == PI_SCRIPT_LIB ? entry->script : finding.script;
    if ((script->reads & PI_FACT_BIT(fact)) != 0) continue;
    status = pi_check_add(self->check, finding, self->input, "%s%s changes the result under %s",
                          PI_FACTS[fact].path.ptr, pi_fair_manner(fact, way), entry->script->name.ptr);
  }
  return status;
}

static pubint_status try_fair(const trial *self, pi_fact_set reads) {
  pubint_status status = PUBINT_OK;
  pi_arena_reset(&self->check->text_arena);
  for (int i = 0; i < PI_FACT_COUNT * PI_FAIR_WAYS && status == PUBINT_OK; i++) {
    pi_fact fact = (pi_fact)(i / PI_FAIR_WAYS);
    pi_fair_way way = (pi_fair_way)(i % PI_FAIR_WAYS);
    bool read = (reads & PI_FACT_BIT(fact)) != 0 && pi_case_knows(self->input, fact);
    if (read && pi_fair_takes(self->input, fact, way)) status = try_fair_fact(self, fact, way);
  }
  return status;
}

/* ---- all of them ---- */

static pubint_status try_clamp(const trial *self, const pi_entry *entry) {
  if (!entry->market.clamped) return PUBINT_OK;
  const pi_factor *most = NULL; /* of those of the market that pull its way */
  pi_side side = entry->market.counted > 0 ? PI_SIDE_INTEREST : PI_SIDE_HARM;
  for (uint32_t i = 0; i < entry->balance.factors_count; i++) {
    const pi_factor *factor = &entry->balance.factors[i];
    if (factor->from != PI_FROM_MARKET || factor->side != side) continue;
    if (most == NULL || factor->points > most->points) most = factor;
  }
  pi_finding finding = finding_at(self, PI_E_CHECK_CLAMP, self->base->market, false,
                                  most != NULL ? most->id : (pi_slice){NULL, 0}, PI_FACT_COUNT);
  finding.note = true;
  char sum[PI_DECIMAL_BYTES + 1];
  int64_t net = entry->market.interest - entry->market.harm;
  sum[pi_decimal_write(sum, net, 9)] = '\0';
  return pi_check_add(self->check, finding, self->input,
                      "the market's sum of %s points is clamped to %s3; this counts most in it", sum,
                      net < 0 ? "-" : "");
}

/* Whether a script weighs it that has been found to be slow. */
static bool is_slow(const pi_check *self, const pi_case *input) {
  for (uint32_t i = 0; i < self->policy->scripts_count && self->slow != 0; i++) {
    const pi_script *script = &self->policy->scripts[i];
    if ((self->slow >> i % 64 & 1) == 0) continue;
    if (script->kind != PI_SCRIPT_RULE) return true;
    if (pi_case_breaks(input, script->name, input->violations_count)) return true;
  }
  return false;
}

pubint_status pi_check_case(pi_check *self, const pi_case *input, bool reached, uint64_t number,
                            pubint_error *error) {
  if (self->findings.wanted == NULL && number % SLOW_CASES != 0 && is_slow(self, input)) {
    self->fewer++;
    return PUBINT_OK;
  }
  trial one = {.check = self, .input = input, .number = number, .error = error};
  pubint_status status = pi_engine_evaluate(self->base, input, &one.base, error);
  if (status != PUBINT_OK) return status;
  if (reached) pi_coverage_add(self->coverage, one.base);
  pi_fact_set reads = 0; /* of scripts that ran to their end: there is nothing to compare in others */
  uint64_t instructions = 0;
  for (uint32_t i = 0; i < one.base->entries_count && status == PUBINT_OK; i++) {
    const pi_entry *entry = &one.base->entries[i];
    if (entry->script == NULL) continue;
    if (!pi_check_failed(entry)) reads |= entry->reads;
    instructions += entry->rule_usage.instructions + entry->market_usage.instructions;
    status = try_total(&one, entry);
    if (status == PUBINT_OK) status = try_usage(&one, entry->script, &entry->rule_usage);
    if (status == PUBINT_OK && one.base->market != NULL) {
      status = try_usage(&one, one.base->market, &entry->market_usage);
    }
    if (status == PUBINT_OK) status = try_texts(&one, entry);
    if (status == PUBINT_OK) status = try_names(&one, entry);
    if (status == PUBINT_OK) status = try_clamp(&one, entry);
  }
  if (status == PUBINT_OK) status = pi_whole_judge(self, input, one.base);
  if (status == PUBINT_OK) status = try_deterministic(&one);
  bool slow = instructions > SLOW_INSTRUCTIONS && self->findings.wanted == NULL;
  if (slow && number % SLOW_CASES != 0) {
    self->fewer++;
    return status;
  }
  if (status == PUBINT_OK) status = try_monotone(&one, reads);
  if (status == PUBINT_OK) status = try_fair(&one, reads);
  bool sweep = self->findings.wanted == NULL && !slow && number % SWEEP_CASES == 0;
  if (status == PUBINT_OK && sweep) status = try_sweep(&one, reads); /* it evaluates in both states */
  bool whole = self->findings.wanted == NULL && (!slow || number % SLOW_SEARCH_CASES == 0);
  if (status == PUBINT_OK && whole) status = pi_whole_search(self, input, number, error);
  return status;
}
