#include "sample_rules.h"

#include <string.h>

#include "sample_text.h"
#include "utf8.h"

/* Rules that no row names, as a platform adds them, and kinds for them. */
static const pi_slice OTHERS[] = {PI_SLICE_INIT("platform_manipulation"), PI_SLICE_INIT("synthetic_media"),
                                  PI_SLICE_INIT("impersonation")};
static const pi_slice OTHER_KINDS[] = {PI_SLICE_INIT("bulk"), PI_SLICE_INIT("altered")};
static const pi_words FREE_KINDS = {OTHER_KINDS, sizeof OTHER_KINDS / sizeof *OTHER_KINDS};
enum { OTHERS_COUNT = sizeof OTHERS / sizeof *OTHERS };
static const pi_words NO_KINDS = {NULL, 0};

/* ---- which rule, which kind ---- */

/* The rules to draw from, each by its index: those of the plan, or all that have a row, and one for all
 * others. */
static uint32_t count_rules(const pi_sample_plan *plan) {
  return plan->rules_count > 0 ? (uint32_t)plan->rules_count : (uint32_t)PI_RULE_COUNT + 1;
}

/* False where the rule at that index is never excepted. */
static bool rule_at(const pi_sample_plan *plan, uint32_t index, pi_violation *out, pi_words *kinds) {
  pi_slice id = plan->rules_count > 0   ? plan->rules[index]
                : index < PI_RULE_COUNT ? PI_RULES[index].id
                                        : OTHERS[0];
  *out = (pi_violation){.rule = pi_rule_find(id), .rule_id = id, .kind_word = -1};
  bool row = out->rule != PI_RULE_OTHER;
  *kinds = row ? PI_RULES[out->rule].kinds : NO_KINDS;
  return !row || !PI_RULES[out->rule].never;
}

static void put_kind(pi_violation *violation, pi_words kinds, uint32_t kind) {
  if (kind >= kinds.count) return; /* without one */
  violation->kind = kinds.words[kind];
  if (violation->rule != PI_RULE_OTHER) violation->kind_word = (int8_t)kind;
}

/* A rule without a row is any of them, with any kind; the plan's own stays what it is. */
static void vary_other(pi_sampling *self, pi_violation *violation) {
  if (violation->rule != PI_RULE_OTHER) return;
  if (self->plan->rules_count == 0) violation->rule_id = OTHERS[pi_draw_below(&self->draw, OTHERS_COUNT)];
  put_kind(violation, FREE_KINDS, pi_draw_below(&self->draw, (uint32_t)FREE_KINDS.count + 1));
}

/* The pair of rule and kind at `index` among all pairs; each rule also without kind. */
static pi_violation pair_at(const pi_sample_plan *plan, uint32_t index) {
  pi_violation made = {0};
  for (uint32_t i = 0; i < count_rules(plan); i++) {
    pi_words kinds;
    if (!rule_at(plan, i, &made, &kinds)) continue;
    uint32_t pairs = (uint32_t)kinds.count + 1;
    if (index < pairs) {
      put_kind(&made, kinds, index);
      return made;
    }
    index -= pairs;
  }
  return made;
}

static uint32_t count_pairs(const pi_sample_plan *plan) {
  uint32_t pairs = 0;
  for (uint32_t i = 0; i < count_rules(plan); i++) {
    pi_violation ignored;
    pi_words kinds;
    if (rule_at(plan, i, &ignored, &kinds)) pairs += (uint32_t)kinds.count + 1;
  }
  return pairs;
}

static pi_violation never_at(uint32_t index) {
  int rule = 0;
  while (!PI_RULES[rule].never || index-- > 0) rule++;
  return (pi_violation){.rule = (pi_rule)rule, .rule_id = PI_RULES[rule].id, .kind_word = -1};
}

static uint32_t count_never(void) {
  uint32_t count = 0;
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) count += PI_RULES[rule].never;
  return count;
}

/* ---- the list ---- */

/* Each rule and kind stands once. */
static void add(pi_case *out, pi_violation violation) {
  for (uint32_t i = 0; i < out->violations_count; i++) {
    const pi_violation *other = &out->violations[i];
    bool same_kind = (other->kind.ptr == NULL) == (violation.kind.ptr == NULL) &&
                     pi_slice_equal(other->kind, violation.kind);
    if (same_kind && pi_slice_equal(other->rule_id, violation.rule_id)) return;
  }
  out->violations[out->violations_count++] = violation;
}

static uint32_t draw_number(pi_sampling *self) {
  static const uint32_t EDGES[] = {1, 1, 1, 1, 1, 2, 2, PI_VIOLATIONS_MAX};
  if (self->plan->edges) return EDGES[pi_draw_below(&self->draw, sizeof EDGES / sizeof *EDGES)];
  uint32_t drawn = pi_draw_below(&self->draw, 200);
  if (drawn < 156) return 1;
  if (drawn < 188) return 2;
  return drawn < 198 ? 3 : pi_draw_between(&self->draw, 4, PI_VIOLATIONS_MAX);
}

static uint16_t draw_grounds(pi_sampling *self) {
  pi_draw *draw = &self->draw;
  uint32_t set = 1u << pi_draw_below(draw, PI_GROUNDS.count);
  uint32_t form = pi_draw_below(draw, 10);
  if (form >= 7) set |= 1u << pi_draw_below(draw, PI_GROUNDS.count);
  if (self->plan->edges && pi_draw_percent(draw, 20)) set = (1u << PI_GROUNDS.count) - 1;
  return form < 2 ? 0 : (uint16_t)set;
}

/* ---- private data ---- */

static bool may_have_spans(const pi_violation *violation) {
  return violation->rule != PI_RULE_OTHER && PI_RULES[violation->rule].spans;
}

/* How many pieces of private data the text is to have: most often some where they were posted, since without
 * them no notice can stand. */
static uint32_t draw_wanted(pi_sampling *self) {
  uint32_t wanted = 0;
  for (uint32_t i = 0; i < self->out->violations_count; i++) {
    const pi_violation *violation = &self->out->violations[i];
    if (!may_have_spans(violation)) continue;
    bool posted = pi_violation_is_posted(violation);
    if (pi_draw_percent(&self->draw, posted ? 85 : 30)) {
      wanted = pi_draw_between(&self->draw, 1, PI_SAMPLE_PRIVATE_MAX);
    }
  }
  return wanted;
}

/* As many as there may be, each one character, touching. */
static uint32_t cut_small(const pi_case *input, pi_span *out) {
  size_t points = pi_utf8_count(pi_case_text(input, PI_FACT_TWEET_TEXT));
  uint32_t count = points < PI_SPANS_MAX ? (uint32_t)points : PI_SPANS_MAX;
  for (uint32_t i = 0; i < count; i++) out[i] = (pi_span){.start = i, .end = i + 1, .kind = -1};
  return count;
}

static void put_spans(pi_sampling *self, pi_violation *violation, const pi_span *spans, uint32_t count) {
  pi_case *out = self->out;
  bool small =
      self->plan->edges && pi_case_knows(out, PI_FACT_TWEET_TEXT) && pi_draw_percent(&self->draw, 25);
  if (!small && count == 0) {
    bool posted = pi_violation_is_posted(violation);
    violation->spans_known = pi_draw_percent(&self->draw, posted ? 10 : 75);
    return;
  }
  pi_span *kept = pi_sampling_alloc(self, (small ? PI_SPANS_MAX : count) * sizeof *kept);
  if (kept == NULL) return;
  if (small) {
    count = cut_small(out, kept);
  } else {
    memcpy(kept, spans, count * sizeof *kept);
  }
  if (count == 0) return;
  violation->spans_known = true;
  violation->spans = kept;
  violation->spans_count = (uint8_t)count;
  out->has_spans = true;
}

void pi_sample_violations(pi_sampling *self) {
  pi_case *out = self->out;
  const pi_sample_plan *plan = self->plan;
  uint32_t pairs = count_pairs(plan), number = draw_number(self);
  bool never = self->class == PI_SAMPLE_NEVER;
  if (self->class == PI_SAMPLE_UNBROKEN || pairs == 0) number = 0;
  if (never) number = pi_draw_percent(&self->draw, 60) ? 0 : number - 1; /* besides it */
  for (uint32_t i = 0; i < number; i++) {
    bool first = i == 0 && !never;
    pi_violation made = pair_at(plan, first ? pi_sampling_round(self, PI_SALT_RULES, self->nth, pairs)
                                            : pi_draw_below(&self->draw, pairs));
    vary_other(self, &made);
    add(out, made);
  }
  if (never) add(out, never_at(pi_sampling_round(self, PI_SALT_NEVER, self->nth, count_never())));
  pi_span spans[PI_SAMPLE_PRIVATE_MAX];
  uint32_t count = pi_sample_text(self, draw_wanted(self), spans);
  for (uint32_t i = 0; i < out->violations_count; i++) {
    pi_violation *violation = &out->violations[i];
    if (violation->rule != PI_RULE_OTHER && PI_RULES[violation->rule].grounds) {
      violation->grounds = draw_grounds(self);
    }
    if (may_have_spans(violation)) put_spans(self, violation, spans, count);
  }
}
