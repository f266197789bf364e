#include "generator.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"

static void add_slice(pi_slice *items, uint32_t *count, uint32_t most, pi_slice item) {
  for (uint32_t i = 0; i < *count; i++) {
    if (pi_slice_equal(items[i], item)) return;
  }
  if (*count < most) items[(*count)++] = item;
}

static void add_limit(pi_generator *self, double limit) {
  if (limit < 0 || limit > 1) return;
  int32_t micro = (int32_t)(limit * 1e6 + 0.5);
  for (uint32_t i = 0; i < self->limits_count; i++) {
    if (self->limits[i] == micro) return;
  }
  self->limits[self->limits_count++] = micro;
}

/* A strength may be compared with the number itself, as percent or tenths, or with what is left of 1. */
static void add_value(pi_generator *self, double number) {
  for (uint32_t i = 0; i < self->numbers_count; i++) {
    if (self->numbers[i] <= number && self->numbers[i] >= number) return;
  }
  if (self->numbers_count == PI_GENERATE_NUMBERS_MAX || fabs(number) > (double)PI_FOLLOWERS_MAX) return;
  self->numbers[self->numbers_count++] = number;
  add_limit(self, number);
  add_limit(self, 1 - number);
  if (number > 1) add_limit(self, number / 100);
  if (number > 1) add_limit(self, number / 10);
}

static void add_name(pi_generator *self, const pi_script *script, pi_slice name) {
  for (uint32_t i = 0; i < self->names_count; i++) {
    if (self->named_by[i] == script && pi_slice_equal(self->names[i], name)) return;
  }
  if (self->names_count == PI_GENERATE_NAMES_MAX) return;
  self->named_by[self->names_count] = script;
  self->names[self->names_count++] = name;
}

enum { TEXT_BYTES = 64, LETTERS_LEAST = 3 };

static void add_text(pi_generator *self, const pi_script *script, pi_slice text) {
  for (uint32_t i = 0; i < self->texts_count; i++) {
    if (self->texts_by[i] == script && pi_slice_equal(self->texts[i], text)) return;
  }
  if (self->texts_count == PI_GENERATE_TEXTS_MAX) return;
  self->texts_by[self->texts_count] = script;
  self->texts[self->texts_count++] = text;
}

/* Those of other scripts too. */
static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ((unsigned char)c & 0x80) != 0;
}

static bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

/* Of a pattern, or of a text with escapes, what a text must hold to fit it: the most letters in a row. */
static pi_slice longest_letters(pi_slice text) {
  pi_slice best = {NULL, 0};
  for (size_t i = 0; i < text.len;) {
    if (text.ptr[i] == '\\') { /* "\\b" is two backslashes and a letter, none of which is meant */
      while (i < text.len && text.ptr[i] == '\\') i++;
      i++;
      continue;
    }
    size_t from = i;
    while (i < text.len && is_letter(text.ptr[i])) i++;
    if (i - from >= LETTERS_LEAST && i - from > best.len) best = (pi_slice){text.ptr + from, i - from};
    i += i == from;
  }
  return best;
}

static void add_word(pi_generator *self, const pi_script *script, pi_slice word) {
  bool known = false;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++)
    known = known || (pi_fact_weighed_word((pi_fact)fact) && pi_words_find(PI_FACTS[fact].words, word) >= 0);
  for (int rule = 0; rule < PI_RULE_COUNT; rule++)
    known = known || pi_words_find(PI_RULES[rule].kinds, word) >= 0;
  if (!known || self->words_count == PI_GENERATE_NAMES_MAX) return;
  self->words_by[self->words_count] = script;
  self->words[self->words_count++] = word;
}

/* Whether it begins as a date does. */
static bool is_day(pi_slice text) {
  return text.len >= 10 && text.ptr[4] == '-';
}

static void add_token(pi_generator *self, const pi_script *script, const pi_tokens *tokens, uint32_t t) {
  const pi_token *token = &tokens->items[t];
  double number = pi_token_number(token);
  if (!isnan(number)) add_value(self, number);
  if (token->kind == PI_TOKEN_STRING) {
    pi_slice text = pi_token_string(token);
    if (text.ptr == NULL) text = longest_letters(token->text);
    if (text.ptr == NULL || text.len == 0 || text.len > TEXT_BYTES) return;
    if (pi_id_valid(text) && script->kind == PI_SCRIPT_MARKET) add_name(self, script, text);
    if (is_day(text)) add_slice(self->days, &self->days_count, 32, text);
    bool code = text.len == 2 && is_capital(text.ptr[0]) && is_capital(text.ptr[1]);
    if (code) add_slice(self->countries, &self->countries_count, 64, text);
    add_text(self, script, text);
    add_word(self, script, text);
  }
  if (pi_token_is(token, ".") && t >= 1 && pi_token_is(&tokens->items[t - 1], "time")) self->times = true;
  bool member = token->kind == PI_TOKEN_NAME && t >= 1 && pi_token_is(&tokens->items[t - 1], ".") &&
                script->kind != PI_SCRIPT_RULE;
  if (member) add_slice(self->members, &self->members_count, PI_GENERATE_NAMES_MAX, token->text);
  bool field = token->kind == PI_TOKEN_NAME && t >= 2 && pi_token_is(&tokens->items[t - 1], ".") &&
               pi_token_is(&tokens->items[t - 2], "signals");
  if (field) add_name(self, script, token->text);
}

/* Word lists and limits: what is searched for, and compared with, may lie in data/. */
static void add_data(pi_generator *self, const pubint_policy *policy) {
  for (uint32_t i = 0; i < policy->data_count; i++) {
    const pi_tree *tree = &policy->data[i].tree;
    for (uint32_t n = 0; n < tree->count; n++) {
      const pi_node *node = &tree->nodes[n];
      bool word =
          node->kind == PI_NODE_STRING && node->as.string.len > 0 && node->as.string.len <= TEXT_BYTES;
      if (node->kind == PI_NODE_INTEGER) add_value(self, (double)node->as.integer);
      if (node->kind == PI_NODE_NUMBER) add_value(self, node->as.number);
      if (word) add_text(self, NULL, node->as.string);
      if (word && is_day(node->as.string)) add_slice(self->days, &self->days_count, 32, node->as.string);
      if (node->key.len >= LETTERS_LEAST && node->key.len <= TEXT_BYTES) add_text(self, NULL, node->key);
    }
  }
}

static int by_size(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return x < y ? -1 : x > y;
}

void pi_generator_begin(pi_generator *self, const pi_places *places, uint64_t seed) {
  memset(self, 0, sizeof *self);
  self->seed = seed;
  for (uint32_t i = 0; i < places->policy->scripts_count; i++) {
    const pi_script *script = &places->policy->scripts[i];
    if (script->kind == PI_SCRIPT_RULE) add_slice(self->rules, &self->rules_count, 256, script->name);
    if (script->kind == PI_SCRIPT_MARKET) add_slice(self->markets, &self->markets_count, 256, script->name);
    for (uint32_t t = 0; t < places->tokens[i].count; t++) add_token(self, script, &places->tokens[i], t);
    self->compared_count = pi_compared_find(script, &places->tokens[i], self->compared, self->compared_count,
                                            PI_GENERATE_COMPARED_MAX);
  }
  add_data(self, places->policy);
  if (self->limits_count > 0) qsort(self->limits, self->limits_count, sizeof *self->limits, by_size);
}

void pi_generator_narrow(pi_generator *self, pi_slice rule, pi_slice market) {
  if (rule.ptr != NULL) {
    self->rules[0] = rule;
    self->rules_count = 1;
  }
  if (market.ptr != NULL) {
    self->markets[0] = market;
    self->markets_count = 1;
    self->one_market = true;
  }
}

bool pi_generator_weighs(const pi_script *script, const pi_case *input) {
  if (script == NULL || script->kind == PI_SCRIPT_LIB) return true;
  if (script->kind == PI_SCRIPT_MARKET) {
    return pi_case_knows(input, PI_FACT_MARKET) &&
           pi_slice_equal(pi_case_text(input, PI_FACT_MARKET), script->name);
  }
  return pi_case_breaks(input, script->name, input->violations_count);
}
