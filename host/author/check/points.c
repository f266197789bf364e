#include "points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a script compares with ---- */

static bool is_compared(const pi_token *token) {
  static const char *const COMPARISONS[] = {"<", ">", "<=", ">=", "==", "~="};
  for (size_t i = 0; i < sizeof COMPARISONS / sizeof *COMPARISONS; i++) {
    if (pi_token_is(token, COMPARISONS[i])) return true;
  }
  return false;
}

/* The token so far away; an empty one beyond the script. */
static const pi_token *beside(const pi_tokens *tokens, uint32_t at, int by) {
  static const pi_token NONE = {.kind = PI_TOKEN_OPERATOR};
  int64_t index = (int64_t)at + by;
  return index >= 0 && index < tokens->count ? &tokens->items[index] : &NONE;
}

/* Weights and bars decide nothing by themselves; a fraction may stand for a limit anywhere. */
static bool is_limit(const pi_tokens *tokens, uint32_t at, double number) {
  const pi_token *before = beside(tokens, at, -1), *after = beside(tokens, at, 1);
  if (pi_token_is(before, "-")) before = beside(tokens, at, -2);
  if (is_compared(before) || is_compared(after)) return true;
  if (pi_token_is(before, "=")) return !pi_token_is(beside(tokens, at, -2), "bar");
  return number > 0 && number < 1;
}

static bool is_multiplier(const pi_tokens *tokens, uint32_t at, double number) {
  return number > 1 && (pi_token_is(beside(tokens, at, -1), "*") || pi_token_is(beside(tokens, at, 1), "*"));
}

static void add_limit(pi_script_points *self, double limit) {
  for (uint32_t i = 0; i < self->limits_count; i++) {
    if (self->limits[i] <= limit && self->limits[i] >= limit) return;
  }
  if (self->limits_count < PI_POINTS_MAX) self->limits[self->limits_count++] = limit;
}

/* A strength or signal may be multiplied before it is compared, or be what is left of 1. */
static void add_limits_of(pi_script_points *self, const pi_tokens *tokens, double number) {
  add_limit(self, number);
  for (uint32_t t = 0; t < tokens->count; t++) {
    double other = pi_token_number(&tokens->items[t]);
    if (isnan(other)) continue;
    if (is_multiplier(tokens, t, other)) add_limit(self, number / other);
    bool left_of = other <= 1 && other >= 1 && pi_token_is(beside(tokens, t, 1), "-");
    if (left_of && number < 1) add_limit(self, 1 - number);
  }
}

static void add_mention(pi_script_points *self, pi_slice key) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    bool strength = PI_FACTS[fact].type == PI_TYPE_STRENGTH;
    if (strength && pi_slice_equal(PI_FACTS[fact].key, key)) self->mentions |= PI_FACT_BIT(fact);
  }
}

static void add_word(pi_script_points *self, const pi_tokens *tokens, uint32_t at, pi_slice word) {
  bool compared = is_compared(beside(tokens, at, -1)) || is_compared(beside(tokens, at, 1));
  if (!compared || word.len == 0 || pi_rule_find(word) != PI_RULE_OTHER) return;
  for (uint32_t i = 0; i < self->words_count; i++) {
    if (pi_slice_equal(self->words[i], word)) return;
  }
  if (self->words_count < PI_POINTS_WORDS_MAX) self->words[self->words_count++] = word;
}

static void read_script(pi_script_points *self, const pi_tokens *tokens) {
  for (uint32_t t = 0; t < tokens->count; t++) {
    const pi_token *token = &tokens->items[t];
    double number = pi_token_number(token);
    if (!isnan(number) && is_limit(tokens, t, number)) {
      bool negative = pi_token_is(beside(tokens, t, -1), "-");
      add_limits_of(self, tokens, negative ? -number : number);
    }
    pi_slice text = token->kind == PI_TOKEN_NAME ? token->text : pi_token_string(token);
    if (text.ptr == NULL) continue;
    add_mention(self, text);
    if (token->kind == PI_TOKEN_STRING) add_word(self, tokens, t, text);
  }
}

const pi_script_points *pi_points_find(const pi_places *places, pi_arena *arena) {
  uint32_t count = places->policy->scripts_count;
  pi_script_points *scripts = pi_arena_alloc(arena, (count + 1u) * sizeof *scripts);
  if (scripts == NULL) return NULL;
  memset(scripts, 0, (count + 1u) * sizeof *scripts);
  for (uint32_t i = 0; i < count; i++) read_script(&scripts[i], &places->tokens[i]);
  return scripts;
}

/* ---- what to try ---- */

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* Limits of all scripts taken in, while they are gathered. */
typedef struct gathered {
  double limits[PI_POINTS_MAX];
  uint32_t count;
} gathered;

static void gather(gathered *self, const pi_script_points *script, double least, double most) {
  for (uint32_t i = 0; i < script->limits_count; i++) {
    bool known = script->limits[i] < least || script->limits[i] > most;
    for (uint32_t j = 0; j < self->count && !known; j++) {
      known = self->limits[j] <= script->limits[i] && self->limits[j] >= script->limits[i];
    }
    if (!known && self->count < PI_POINTS_MAX) self->limits[self->count++] = script->limits[i];
  }
}

/* Whole where a whole number lies between: days and counts are. */
static double between(double low, double high) {
  double middle = low + (high - low) / 2;
  return high - low >= 2 ? floor(middle) : middle;
}

/* Each limit, and one value between any two that are next to each other. */
static void spread(gathered *self, double least, double most, pi_points *out) {
  double last = least;
  out->count = 0;
  if (self->count == 0) return;
  qsort(self->limits, self->count, sizeof *self->limits, by_size);
  for (uint32_t i = 0; i < self->count; i++) {
    if (self->limits[i] > last) out->items[out->count++] = between(last, self->limits[i]);
    out->items[out->count++] = last = self->limits[i];
  }
  if (most > last) out->items[out->count++] = between(last, most);
}

void pi_points_of_fact(const pi_script_points *scripts, const pi_places *places, const pi_case *input,
                       pi_fact fact, pi_points *out) {
  const pubint_policy *policy = places->policy;
  gathered limits = {.count = 0};
  bool in_lib = false; /* its limits may be handed over by any script */
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    bool lib = policy->scripts[i].kind == PI_SCRIPT_LIB;
    in_lib = in_lib || (lib && (scripts[i].mentions & PI_FACT_BIT(fact)) != 0);
  }
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    bool lib = policy->scripts[i].kind == PI_SCRIPT_LIB;
    bool named = (scripts[i].mentions & PI_FACT_BIT(fact)) != 0;
    if (!pi_generator_weighs(&policy->scripts[i], input) || !(in_lib || lib || named)) continue;
    gather(&limits, &scripts[i], 0.000001, 0.999999);
  }
  spread(&limits, 0, 1, out);
  for (uint32_t i = 0; i < out->count; i++) out->items[i] = floor(out->items[i] * PI_MICRO + 0.5);
}

void pi_points_of_signals(const pi_script_points *scripts, const pi_places *places, const pi_case *input,
                          pi_points *out) {
  const pubint_policy *policy = places->policy;
  gathered limits = {.count = 0};
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    bool rule = policy->scripts[i].kind == PI_SCRIPT_RULE;
    if (!rule && pi_generator_weighs(&policy->scripts[i], input)) {
      gather(&limits, &scripts[i], -1e15, 1e15);
    }
  }
  out->count = 0;
  if (limits.count == 0) return;
  qsort(limits.limits, limits.count, sizeof *limits.limits, by_size);
  spread(&limits, limits.limits[0] - 2, limits.limits[limits.count - 1] + 2, out);
}

const pi_script_points *pi_points_of_market(const pi_script_points *scripts, const pi_places *places,
                                            const pi_case *input) {
  for (uint32_t i = 0; i < places->policy->scripts_count; i++) {
    const pi_script *script = &places->policy->scripts[i];
    if (script->kind == PI_SCRIPT_MARKET && pi_generator_weighs(script, input)) return &scripts[i];
  }
  return NULL;
}
