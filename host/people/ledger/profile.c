#include "profile.h"

#include <stdlib.h>

#include "decimal.h"

enum { FORMAT = 1, WORD_BYTES_MAX = UINT8_MAX };

/* --- from an evaluation --- */

static int compare_factors(const void *a, const void *b) {
  const pi_profile_factor *left = a;
  const pi_profile_factor *right = b;
  int order = pi_slice_compare(left->id, right->id);
  return order != 0 ? order : (right->strength > left->strength) - (right->strength < left->strength);
}

static int compare_words(const void *a, const void *b) {
  return pi_slice_compare(*(const pi_slice *)a, *(const pi_slice *)b);
}

static int compare_rules(const void *a, const void *b) {
  return pi_slice_compare(((const pi_profile_rule *)a)->id, ((const pi_profile_rule *)b)->id);
}

static uint32_t child(const pi_tree *tree, uint32_t object, const char *key, pi_node_kind kind) {
  uint32_t node = pi_tree_find(tree, object, pi_slice_of(key));
  return node != UINT32_MAX && tree->nodes[node].kind == kind ? node : UINT32_MAX;
}

/* A strength as it stands in an evaluation: 0, 1 or a number between. */
static int32_t strength_of(const pi_tree *tree, uint32_t factor) {
  uint32_t node = pi_tree_find(tree, factor, PI_SLICE("strength"));
  if (node == UINT32_MAX) return 0;
  const pi_node *value = &tree->nodes[node];
  int32_t micro = 0;
  if (value->kind == PI_NODE_INTEGER) return value->as.integer > 0 ? (int32_t)PI_MICRO : 0;
  return value->kind == PI_NODE_NUMBER && pi_balance_strength(value->as.number, &micro) ? micro : 0;
}

static void take_factors(pi_profile *self, const pi_tree *tree, uint32_t entry) {
  uint32_t list = child(tree, entry, "factors", PI_NODE_ARRAY);
  if (list == UINT32_MAX) return;
  const pi_node *factors = &tree->nodes[list];
  for (uint32_t i = 0; i < factors->count && self->factors_count < PI_PROFILE_FACTORS_MAX; i++) {
    uint32_t factor = factors->as.first + i;
    if (tree->nodes[factor].kind != PI_NODE_OBJECT) continue;
    uint32_t id = child(tree, factor, "id", PI_NODE_STRING);
    if (id == UINT32_MAX) continue;
    self->factors[self->factors_count++] =
        (pi_profile_factor){tree->nodes[id].as.string, strength_of(tree, factor)};
  }
}

/* Sorts the factors of the last rule and keeps of each the greatest strength. */
static void settle_factors(pi_profile *self, pi_profile_rule *rule) {
  pi_profile_factor *factors = &self->factors[rule->factors];
  uint32_t count = self->factors_count - rule->factors;
  if (count > 1) qsort(factors, count, sizeof *factors, compare_factors);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (kept > 0 && pi_slice_equal(factors[kept - 1].id, factors[i].id)) continue;
    factors[kept++] = factors[i];
  }
  rule->factors_count = kept;
  self->factors_count = rule->factors + kept;
}

static void take_rule(pi_profile *self, const pi_case *input, const pi_tree *tree, uint32_t entries,
                      pi_slice id) {
  pi_profile_rule *rule = &self->rules[self->rules_count++];
  *rule = (pi_profile_rule){.id = id, .kinds = self->kinds_count, .factors = self->factors_count};
  for (uint32_t i = 0; i < input->violations_count; i++) {
    const pi_violation *violation = &input->violations[i];
    if (!pi_slice_equal(violation->rule_id, id)) continue;
    self->kinds[self->kinds_count++] = violation->kind.ptr != NULL ? violation->kind : PI_SLICE("");
  }
  rule->kinds_count = self->kinds_count - rule->kinds;
  qsort(&self->kinds[rule->kinds], rule->kinds_count, sizeof self->kinds[0], compare_words);
  uint32_t count = entries != UINT32_MAX ? tree->nodes[entries].count : 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t entry = tree->nodes[entries].as.first + i;
    if (tree->nodes[entry].kind != PI_NODE_OBJECT) continue;
    uint32_t name = child(tree, entry, "rule", PI_NODE_STRING);
    if (name == UINT32_MAX || !pi_slice_equal(tree->nodes[name].as.string, id)) continue;
    take_factors(self, tree, entry);
  }
  settle_factors(self, rule);
}

bool pi_profile_make(pi_profile *out, const pi_case *input, const pi_tree *evaluation) {
  out->market = pi_case_knows(input, PI_FACT_MARKET) ? pi_case_text(input, PI_FACT_MARKET) : PI_SLICE("");
  out->target = pi_case_knows(input, PI_FACT_TARGET_KIND)
                    ? PI_FACTS[PI_FACT_TARGET_KIND].words.words[pi_case_word(input, PI_FACT_TARGET_KIND)]
                    : PI_SLICE("");
  out->rules_count = out->kinds_count = out->factors_count = 0;
  uint32_t entries = UINT32_MAX;
  if (evaluation->count > 0 && evaluation->nodes[pi_tree_root(evaluation)].kind == PI_NODE_OBJECT) {
    entries = child(evaluation, pi_tree_root(evaluation), "rules", PI_NODE_ARRAY);
  }
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_slice id = input->violations[i].rule_id;
    if (!pi_case_breaks(input, id, i)) take_rule(out, input, evaluation, entries, id);
  }
  qsort(out->rules, out->rules_count, sizeof out->rules[0], compare_rules);
  return entries != UINT32_MAX;
}

/* --- bytes: a format number, then words as a length and their bytes, counts and strengths low byte first ---
 */

static void put_count(pi_buffer *out, uint32_t count, unsigned bytes) {
  for (unsigned i = 0; i < bytes; i++) pi_buffer_byte(out, (char)(count >> (8 * i) & 0xFF));
}

static void put_word(pi_buffer *out, pi_slice word) {
  size_t length = word.len < WORD_BYTES_MAX ? word.len : WORD_BYTES_MAX;
  put_count(out, (uint32_t)length, 1);
  pi_buffer_append(out, word.ptr, length);
}

void pi_profile_write(pi_buffer *out, const pi_profile *profile) {
  put_count(out, FORMAT, 1);
  put_word(out, profile->market);
  put_word(out, profile->target);
  put_count(out, profile->rules_count, 1);
  for (uint32_t i = 0; i < profile->rules_count; i++) {
    const pi_profile_rule *rule = &profile->rules[i];
    put_word(out, rule->id);
    put_count(out, rule->kinds_count, 1);
    for (uint32_t j = 0; j < rule->kinds_count; j++) put_word(out, profile->kinds[rule->kinds + j]);
    put_count(out, rule->factors_count, 2);
    for (uint32_t j = 0; j < rule->factors_count; j++) {
      put_word(out, profile->factors[rule->factors + j].id);
      put_count(out, (uint32_t)profile->factors[rule->factors + j].strength, 4);
    }
  }
}

typedef struct reading {
  const unsigned char *p;
  const unsigned char *end;
  bool failed;
} reading;

static uint32_t take_count(reading *self, unsigned bytes) {
  if ((size_t)(self->end - self->p) < bytes) {
    self->failed = true;
    return 0;
  }
  uint32_t count = 0;
  for (unsigned i = 0; i < bytes; i++) count |= (uint32_t)self->p[i] << (8 * i);
  self->p += bytes;
  return count;
}

static pi_slice take_word(reading *self) {
  size_t length = take_count(self, 1);
  if ((size_t)(self->end - self->p) < length) {
    self->failed = true;
    return PI_SLICE("");
  }
  pi_slice word = {(const char *)self->p, length};
  self->p += length;
  return word;
}

static void read_rule(reading *self, pi_profile *out) {
  pi_profile_rule *rule = &out->rules[out->rules_count++];
  rule->id = take_word(self);
  rule->kinds = out->kinds_count;
  rule->kinds_count = take_count(self, 1);
  if (rule->kinds_count > PI_VIOLATIONS_MAX - out->kinds_count) self->failed = true;
  for (uint32_t i = 0; i < rule->kinds_count && !self->failed; i++) {
    out->kinds[out->kinds_count++] = take_word(self);
  }
  rule->factors = out->factors_count;
  rule->factors_count = take_count(self, 2);
  if (rule->factors_count > PI_PROFILE_FACTORS_MAX - out->factors_count) self->failed = true;
  for (uint32_t i = 0; i < rule->factors_count && !self->failed; i++) {
    pi_profile_factor *factor = &out->factors[out->factors_count++];
    factor->id = take_word(self);
    factor->strength = (int32_t)(take_count(self, 4) & INT32_MAX);
  }
}

bool pi_profile_read(pi_profile *out, pi_slice bytes) {
  reading self = {(const unsigned char *)bytes.ptr, (const unsigned char *)bytes.ptr + bytes.len, false};
  out->rules_count = out->kinds_count = out->factors_count = 0;
  if (take_count(&self, 1) != FORMAT) return false;
  out->market = take_word(&self);
  out->target = take_word(&self);
  uint32_t rules_count = take_count(&self, 1);
  if (rules_count > PI_VIOLATIONS_MAX) return false;
  for (uint32_t i = 0; i < rules_count && !self.failed; i++) read_rule(&self, out);
  return !self.failed && self.p == self.end;
}

const pi_profile_rule *pi_profile_rule_find(const pi_profile *profile, pi_slice id) {
  for (uint32_t i = 0; i < profile->rules_count; i++) {
    if (pi_slice_equal(profile->rules[i].id, id)) return &profile->rules[i];
  }
  return NULL;
}

/* --- distance --- */

typedef struct comparison {
  const pi_profile *here;
  const pi_profile *there;
  int64_t distance;
  pi_differences *out; /* NULL: only the distance is wanted */
} comparison;

static void differ(comparison *self, pi_difference difference) {
  int64_t apart = (int64_t)difference.here - difference.there;
  self->distance += difference.kind == PI_DIFFERS_FACTOR ? (apart < 0 ? -apart : apart) : PI_PROFILE_APART;
  if (self->out == NULL || self->out->count == PI_DIFFERENCES_MAX) return;
  self->out->items[self->out->count++] = difference;
}

static bool same_kinds(const comparison *self, const pi_profile_rule *here, const pi_profile_rule *there) {
  if (here->kinds_count != there->kinds_count) return false;
  for (uint32_t i = 0; i < here->kinds_count; i++) {
    if (!pi_slice_equal(self->here->kinds[here->kinds + i], self->there->kinds[there->kinds + i]))
      return false;
  }
  return true;
}

static void compare_rule(comparison *self, const pi_profile_rule *here, const pi_profile_rule *there) {
  if (!same_kinds(self, here, there))
    differ(self, (pi_difference){.kind = PI_DIFFERS_KIND, .rule = here->id});
  const pi_profile_factor *a = &self->here->factors[here->factors];
  const pi_profile_factor *b = &self->there->factors[there->factors];
  const pi_profile_factor *a_end = a + here->factors_count;
  const pi_profile_factor *b_end = b + there->factors_count;
  while (a < a_end || b < b_end) {
    int order = a == a_end ? 1 : b == b_end ? -1 : pi_slice_compare(a->id, b->id);
    pi_difference difference = {.kind = PI_DIFFERS_FACTOR,
                                .rule = here->id,
                                .factor = order <= 0 ? a->id : b->id,
                                .here = order <= 0 ? a->strength : 0,
                                .there = order >= 0 ? b->strength : 0};
    if (difference.here != difference.there) differ(self, difference);
    if (order <= 0) a++;
    if (order >= 0) b++;
  }
}

static void compare_words_of(comparison *self, pi_difference_kind kind, pi_slice here, pi_slice there) {
  if (pi_slice_equal(here, there)) return;
  differ(self, (pi_difference){.kind = kind, .here_word = here, .there_word = there});
}

int64_t pi_profile_compare(const pi_profile *here, const pi_profile *there, pi_differences *differences) {
  comparison self = {.here = here, .there = there, .out = differences};
  if (differences != NULL) differences->count = 0;
  uint32_t i = 0;
  uint32_t j = 0;
  while (i < here->rules_count || j < there->rules_count) {
    int order = i == here->rules_count    ? 1
                : j == there->rules_count ? -1
                                          : pi_slice_compare(here->rules[i].id, there->rules[j].id);
    if (order == 0) {
      compare_rule(&self, &here->rules[i], &there->rules[j]);
    } else {
      differ(&self, (pi_difference){.kind = PI_DIFFERS_RULE,
                                    .rule = order < 0 ? here->rules[i].id : there->rules[j].id,
                                    .here = order<0, .there = order> 0});
    }
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  compare_words_of(&self, PI_DIFFERS_MARKET, here->market, there->market);
  compare_words_of(&self, PI_DIFFERS_TARGET, here->target, there->target);
  return self.distance;
}
