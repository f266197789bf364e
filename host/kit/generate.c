#include "generate_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "gates.h"
#include "rfc3339.h"
#include "turn.h"

/* ---- what the scripts look at ---- */

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
static void add_number(pi_generator *self, pi_slice text) {
  char copy[32];
  if (text.len >= sizeof copy) return;
  memcpy(copy, text.ptr, text.len);
  copy[text.len] = '\0';
  double number = strtod(copy, NULL);
  for (uint32_t i = 0; i < self->numbers_count; i++) {
    if (self->numbers[i] <= number && self->numbers[i] >= number) return;
  }
  if (self->numbers_count == PI_GENERATE_NUMBERS_MAX || number > (double)PI_FOLLOWERS_MAX) return;
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

enum { TEXT_BYTES = 64, RUN_LEAST = 3 };

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

/* Of a pattern, or of a text with escapes, what a text must hold to fit it: its longest run of letters. */
static pi_slice longest_run(pi_slice text) {
  pi_slice best = {NULL, 0};
  for (size_t i = 0; i < text.len;) {
    if (text.ptr[i] == '\\') { /* "\\b" is two backslashes and a letter, none of which is meant */
      while (i < text.len && text.ptr[i] == '\\') i++;
      i++;
      continue;
    }
    size_t from = i;
    while (i < text.len && is_letter(text.ptr[i])) i++;
    if (i - from >= RUN_LEAST && i - from > best.len) best = (pi_slice){text.ptr + from, i - from};
    i += i == from;
  }
  return best;
}

static int word_index(pi_words words, pi_slice word) {
  for (uint8_t i = 0; i < words.count; i++) {
    if (pi_slice_equal(words.words[i], word)) return i;
  }
  return -1;
}

static void add_word(pi_generator *self, const pi_script *script, pi_slice word) {
  bool known = word_index(PI_FACTS[PI_FACT_TARGET_KIND].words, word) >= 0;
  for (int rule = 0; rule < PI_RULE_COUNT; rule++)
    known = known || word_index(PI_RULES[rule].kinds, word) >= 0;
  if (!known || self->words_count == PI_GENERATE_NAMES_MAX) return;
  self->words_by[self->words_count] = script;
  self->words[self->words_count++] = word;
}

static void add_token(pi_generator *self, const pi_script *script, const pi_tokens *tokens, uint32_t t) {
  const pi_token *token = &tokens->items[t];
  if (token->kind == PI_TOKEN_NUMBER) add_number(self, token->text);
  if (token->kind == PI_TOKEN_STRING) {
    pi_slice text = pi_token_string(token);
    if (text.ptr == NULL) text = longest_run(token->text);
    if (text.ptr == NULL || text.len == 0 || text.len > TEXT_BYTES) return;
    if (pi_id_valid(text) && script->kind == PI_SCRIPT_MARKET) add_name(self, script, text);
    if (text.len >= 10 && text.ptr[4] == '-') add_slice(self->days, &self->days_count, 32, text);
    bool code = text.len == 2 && is_capital(text.ptr[0]) && is_capital(text.ptr[1]);
    if (code) add_slice(self->countries, &self->countries_count, 64, text);
    add_text(self, script, text);
    add_word(self, script, text);
  }
  bool member = token->kind == PI_TOKEN_NAME && t >= 1 && pi_token_is(&tokens->items[t - 1], ".") &&
                script->kind != PI_SCRIPT_RULE;
  if (member) add_slice(self->members, &self->members_count, PI_GENERATE_NAMES_MAX, token->text);
  bool field = token->kind == PI_TOKEN_NAME && t >= 2 && pi_token_is(&tokens->items[t - 1], ".") &&
               pi_token_is(&tokens->items[t - 2], "signals");
  if (field) add_name(self, script, token->text);
}

/* Word lists: what texts are searched for may lie in data/. */
static void add_data(pi_generator *self, const pubint_policy *policy) {
  for (uint32_t i = 0; i < policy->data_count; i++) {
    const pi_tree *tree = &policy->data[i].tree;
    for (uint32_t n = 0; n < tree->count; n++) {
      const pi_node *node = &tree->nodes[n];
      bool word =
          node->kind == PI_NODE_STRING && node->as.string.len > 0 && node->as.string.len <= TEXT_BYTES;
      if (word) add_text(self, NULL, node->as.string);
      if (node->key.len >= RUN_LEAST && node->key.len <= TEXT_BYTES) add_text(self, NULL, node->key);
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
  }
  add_data(self, places->policy);
  if (self->limits_count > 0) qsort(self->limits, self->limits_count, sizeof *self->limits, by_size);
}

/* ---- bending a case ---- */

bool pi_generate_weighs(const pi_script *script, const pi_case *input) {
  if (script == NULL || script->kind == PI_SCRIPT_LIB) return true;
  if (script->kind == PI_SCRIPT_MARKET) {
    return pi_case_knows(input, PI_FACT_MARKET) &&
           pi_slice_equal(input->facts[PI_FACT_MARKET].string, script->name);
  }
  for (uint32_t i = 0; i < input->violations_count; i++) {
    if (pi_slice_equal(input->violations[i].rule_id, script->name)) return true;
  }
  return false;
}

static void set_strength(pi_case *input, pi_fact fact, int32_t micro) {
  if (micro < 0) micro = 0;
  if (micro > 1000000) micro = 1000000;
  input->known |= PI_FACT_BIT(fact);
  input->facts[fact].micro = micro;
}

/* Everything known, and the one side strong: what a high bar needs. */
static void bend_one_sided(pi_case *input, pi_side strong, pi_draw *draw) {
  static const int32_t WEAK[] = {0, 0, 0, 0, 50000, 250000};
  static const int32_t STRONG[] = {1000000, 1000000, 1000000, 900000, 750000, 500000};
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].type != PI_TYPE_STRENGTH) continue;
    const int32_t *from = PI_FACTS[fact].side == strong ? STRONG : WEAK;
    set_strength(input, (pi_fact)fact, from[pi_generate_below(draw, 6)]);
  }
}

/* Strengths at the numbers that scripts compare with, and just beside them. */
static void bend_limits(const pi_generator *self, pi_case *input, pi_draw *draw) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].type != PI_TYPE_STRENGTH || pi_generate_below(draw, 2) == 0) continue;
    int32_t limit =
        self->limits_count > 0 ? self->limits[pi_generate_below(draw, self->limits_count)] : 500000;
    set_strength(input, (pi_fact)fact, limit + (int32_t)pi_generate_below(draw, 3) - 1);
  }
}

static void bend_target(pi_case *input, pi_draw *draw) {
  uint32_t word = pi_generate_below(draw, PI_FACTS[PI_FACT_TARGET_KIND].words.count + 1u);
  if (word == PI_FACTS[PI_FACT_TARGET_KIND].words.count) return;
  input->known |= PI_FACT_BIT(PI_FACT_TARGET_KIND);
  input->facts[PI_FACT_TARGET_KIND].word = (uint8_t)word;
}

/* The kind of its violation of a rule, where no other violation has that rule. */
static void set_kind(pi_case *input, pi_slice word) {
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_violation *violation = &input->violations[i];
    int kind = violation->rule < PI_RULE_COUNT ? word_index(PI_RULES[violation->rule].kinds, word) : -1;
    bool alone = true;
    for (uint32_t j = 0; j < input->violations_count; j++) {
      alone = alone && (j == i || !pi_slice_equal(input->violations[j].rule_id, violation->rule_id));
    }
    if (kind < 0 || !alone) continue;
    violation->kind = word;
    violation->kind_word = (int8_t)kind;
  }
}

/* Words that the scripts which weigh the case compare with, several at once. */
static void bend_words(const pi_generator *self, pi_case *input, pi_draw *draw) {
  for (uint32_t n = 0; n < 4 && self->words_count > 0; n++) {
    uint32_t at = pi_generate_below(draw, self->words_count);
    if (!pi_generate_weighs(self->words_by[at], input)) continue;
    int target = word_index(PI_FACTS[PI_FACT_TARGET_KIND].words, self->words[at]);
    set_kind(input, self->words[at]);
    if (target < 0) continue;
    input->known |= PI_FACT_BIT(PI_FACT_TARGET_KIND);
    input->facts[PI_FACT_TARGET_KIND].word = (uint8_t)target;
  }
}

/* Facts that nobody knows, but those that make the case eligible and a text that spans point into. */
static void bend_unknown(pi_case *input, pi_draw *draw) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    bool kept = fact == PI_FACT_ID || (fact == PI_FACT_TWEET_TEXT && input->has_spans) ||
                pi_turn_gate_of((pi_fact)fact) != PI_GATE_COUNT;
    if (!kept && pi_generate_below(draw, 3) == 0) input->known &= ~PI_FACT_BIT(fact);
  }
}

/* How many followers: at a number of the scripts', or beside it; the gate needs more than its limit. */
static void bend_followers(const pi_generator *self, pi_case *input, pi_draw *draw) {
  if (self->numbers_count == 0) return;
  double number = self->numbers[pi_generate_below(draw, self->numbers_count)];
  int64_t count = (int64_t)number + (int64_t)pi_generate_below(draw, 3) - 1;
  if (count <= PI_FOLLOWERS_LIMIT || count > PI_FOLLOWERS_MAX) return;
  input->known |= PI_FACT_BIT(PI_FACT_ACCOUNT_FOLLOWERS_COUNT);
  input->facts[PI_FACT_ACCOUNT_FOLLOWERS_COUNT].count = count;
}

/* Moments on a day that a script writes out. */
static bool bend_times(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena) {
  static const char *const CLOCKS[] = {"T00:00:00Z", "T06:30:00Z", "T12:00:00Z", "T23:59:59Z"};
  if (self->days_count == 0) return true;
  pi_slice day = self->days[pi_generate_below(draw, self->days_count)];
  char text[24];
  int length = snprintf(text, sizeof text, "%.10s%s", day.ptr, CLOCKS[pi_generate_below(draw, 4)]);
  pi_slice moment = {text, (size_t)length};
  if (pi_rfc3339_fault(moment) != NULL) return true;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].type != PI_TYPE_TIME) continue;
    input->known |= PI_FACT_BIT(fact);
    input->facts[fact].string = pi_arena_copy(arena, moment);
    if (input->facts[fact].string.ptr == NULL) return false;
  }
  return true;
}

/* A word of a script that weighs the case, if one is soon found. */
static pi_slice draw_text(const pi_generator *self, const pi_case *input, pi_draw *draw) {
  enum { TRIES = 16 };
  uint32_t at = pi_generate_below(draw, self->texts_count);
  for (int i = 0; i < TRIES && !pi_generate_weighs(self->texts_by[at], input); i++)
    at = pi_generate_below(draw, self->texts_count);
  return self->texts[at];
}

/* One letter many times and then another: what a pattern within a pattern takes longest to refuse. */
static bool bend_long(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena) {
  enum { LETTERS = 3000 };
  static const char COMMON[] = "aa0 ";
  char *text = pi_arena_alloc(arena, LETTERS + 1);
  if (text == NULL) return false;
  char letter = COMMON[pi_generate_below(draw, 4)], first = draw_text(self, input, draw).ptr[0];
  if (pi_generate_below(draw, 2) == 0 && (first & 0x80) == 0) letter = first;
  memset(text, letter, LETTERS);
  text[LETTERS] = '!';
  input->facts[PI_FACT_TWEET_TEXT].string = (pi_slice){text, LETTERS + 1};
  input->known |= PI_FACT_BIT(PI_FACT_TWEET_TEXT);
  return true;
}

/* A text with words that scripts look for. */
static bool bend_text(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena) {
  char text[256];
  size_t length = 0;
  if (self->texts_count == 0 || input->has_spans) return true;
  if (pi_generate_below(draw, 16) == 0) return bend_long(self, input, draw, arena);
  for (uint32_t n = 1 + pi_generate_below(draw, 3); n > 0; n--) {
    pi_slice word = draw_text(self, input, draw);
    memcpy(text + length, word.ptr, word.len);
    length += word.len;
    text[length++] = ' ';
  }
  input->facts[PI_FACT_TWEET_TEXT].string = pi_arena_copy(arena, (pi_slice){text, length});
  input->known |= PI_FACT_BIT(PI_FACT_TWEET_TEXT);
  return input->facts[PI_FACT_TWEET_TEXT].string.ptr != NULL;
}

/* A name of a person, an office, a language or a country that a script writes out. */
static bool bend_names(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena) {
  static const pi_fact NAMES[] = {PI_FACT_ACCOUNT_USERNAME, PI_FACT_OFFICE_TITLE, PI_FACT_TWEET_LANG,
                                  PI_FACT_OFFICE_COUNTRY};
  pi_fact fact = NAMES[pi_generate_below(draw, sizeof NAMES / sizeof *NAMES)];
  pi_slice name = {NULL, 0};
  if (fact != PI_FACT_OFFICE_COUNTRY && self->texts_count > 0) {
    name = draw_text(self, input, draw);
  } else if (self->countries_count > 0) {
    name = self->countries[pi_generate_below(draw, self->countries_count)];
  }
  if (name.ptr == NULL) return true;
  input->facts[fact].string = pi_arena_copy(arena, name);
  input->known |= PI_FACT_BIT(fact);
  return input->facts[fact].string.ptr != NULL;
}

bool pi_generate_case(const pi_generator *self, uint64_t number, pi_case *out, pi_arena *arena) {
  pi_sample_plan plan = {.seed = self->seed,
                         .edges = number % 4 == 1,
                         .eligible = number % 16 != 15,
                         .markets = self->markets,
                         .markets_count = self->markets_count,
                         .rules = self->rules,
                         .rules_count = self->rules_count};
  if (!pi_sample_case(&plan, number, out, arena)) return false;
  pi_draw draw = {self->seed * 0x9e3779b97f4a7c15u + number * 0xd1342543de82ef95u + 1};
  switch (pi_generate_below(&draw, 8)) {
  case 0:
  case 1: bend_one_sided(out, PI_SIDE_INTEREST, &draw); break;
  case 2: bend_one_sided(out, PI_SIDE_HARM, &draw); break;
  case 3:
  case 4: bend_limits(self, out, &draw); break;
  default: break;
  }
  if (pi_generate_below(&draw, 2) == 0) bend_target(out, &draw);
  if (pi_generate_below(&draw, 4) == 0) bend_followers(self, out, &draw);
  if (pi_generate_below(&draw, 4) == 0 && !bend_times(self, out, &draw, arena)) return false;
  if (self->markets_count > 0 && pi_generate_below(&draw, 2) == 0) {
    out->known |= PI_FACT_BIT(PI_FACT_MARKET);
    out->facts[PI_FACT_MARKET].string = self->markets[pi_generate_below(&draw, self->markets_count)];
  }
  if (pi_generate_below(&draw, 3) == 0) bend_words(self, out, &draw);
  if (pi_generate_below(&draw, 4) == 0 && !bend_text(self, out, &draw, arena)) return false;
  if (pi_generate_below(&draw, 4) == 0) bend_unknown(out, &draw);
  if (pi_generate_below(&draw, 4) != 0 && !pi_generate_signals(self, out, &draw, arena)) return false;
  return pi_generate_below(&draw, 4) != 0 || bend_names(self, out, &draw, arena);
}
