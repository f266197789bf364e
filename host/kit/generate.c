#include "generate.h"

#include <stdlib.h>
#include <string.h>

#include "turn.h"

/* ---- drawing ---- */

/* SplitMix64. */
static uint64_t draw(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

static uint32_t below(uint64_t *state, uint32_t count) {
  return (uint32_t)(draw(state) % count);
}

/* ---- what the scripts look at ---- */

static void add_slice(pi_slice *items, uint32_t *count, uint32_t most, pi_slice item) {
  for (uint32_t i = 0; i < *count; i++) {
    if (pi_slice_equal(items[i], item)) return;
  }
  if (*count < most) items[(*count)++] = item;
}

static void add_number(pi_generator *self, pi_slice text) {
  char copy[32];
  if (text.len >= sizeof copy) return;
  memcpy(copy, text.ptr, text.len);
  copy[text.len] = '\0';
  double number = strtod(copy, NULL);
  for (uint32_t i = 0; i < self->numbers_count; i++) {
    if (self->numbers[i] <= number && self->numbers[i] >= number) return;
  }
  if (self->numbers_count == PI_GENERATE_NUMBERS_MAX || number > 1e6) return;
  self->numbers[self->numbers_count++] = number;
  if (number >= 0 && number <= 1) self->limits[self->limits_count++] = (int32_t)(number * 1e6 + 0.5);
}

static void add_name(pi_generator *self, const pi_script *script, pi_slice name) {
  for (uint32_t i = 0; i < self->names_count; i++) {
    if (self->named_by[i] == script && pi_slice_equal(self->names[i], name)) return;
  }
  if (self->names_count == PI_GENERATE_NAMES_MAX) return;
  self->named_by[self->names_count] = script;
  self->names[self->names_count++] = name;
}

static void add_token(pi_generator *self, const pi_script *script, const pi_tokens *tokens, uint32_t t) {
  const pi_token *token = &tokens->items[t];
  if (token->kind == PI_TOKEN_NUMBER) add_number(self, token->text);
  if (token->kind == PI_TOKEN_STRING) {
    pi_slice text = pi_token_string(token);
    if (text.ptr == NULL || text.len == 0 || text.len > 64) return;
    if (pi_id_valid(text) && script->kind == PI_SCRIPT_MARKET) add_name(self, script, text);
    add_slice(self->texts, &self->texts_count, PI_GENERATE_TEXTS_MAX, text);
  }
  bool field = token->kind == PI_TOKEN_NAME && t >= 2 && pi_token_is(&tokens->items[t - 1], ".") &&
               pi_token_is(&tokens->items[t - 2], "signals");
  if (field) add_name(self, script, token->text);
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
}

/* ---- bending a case ---- */

static void set_strength(pi_case *input, pi_fact fact, int32_t micro) {
  if (micro < 0) micro = 0;
  if (micro > 1000000) micro = 1000000;
  input->known |= PI_FACT_BIT(fact);
  input->facts[fact].micro = micro;
}

/* Everything known, and the one side strong: what a high bar needs. */
static void bend_one_sided(pi_case *input, pi_side strong, uint64_t *state) {
  static const int32_t WEAK[] = {0, 0, 0, 0, 50000, 250000};
  static const int32_t STRONG[] = {1000000, 1000000, 1000000, 900000, 750000, 500000};
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].type != PI_TYPE_STRENGTH) continue;
    const int32_t *from = PI_FACTS[fact].side == strong ? STRONG : WEAK;
    set_strength(input, (pi_fact)fact, from[below(state, 6)]);
  }
}

/* Strengths at the numbers that scripts compare with, and just beside them. */
static void bend_limits(const pi_generator *self, pi_case *input, uint64_t *state) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].type != PI_TYPE_STRENGTH || below(state, 2) == 0) continue;
    int32_t limit = self->limits_count > 0 ? self->limits[below(state, self->limits_count)] : 500000;
    set_strength(input, (pi_fact)fact, limit + (int32_t)below(state, 3) - 1);
  }
}

static void bend_target(pi_case *input, uint64_t *state) {
  uint32_t word = below(state, PI_FACTS[PI_FACT_TARGET_KIND].words.count + 1u);
  if (word == PI_FACTS[PI_FACT_TARGET_KIND].words.count) return;
  input->known |= PI_FACT_BIT(PI_FACT_TARGET_KIND);
  input->facts[PI_FACT_TARGET_KIND].word = (uint8_t)word;
}

/* Facts that nobody knows, but those that make the case eligible and a text that spans point into. */
static void bend_unknown(pi_case *input, uint64_t *state) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    bool kept = fact == PI_FACT_ID || (fact == PI_FACT_TWEET_TEXT && input->has_spans) ||
                pi_turn_gate_of((pi_fact)fact) != PI_GATE_COUNT;
    if (!kept && below(state, 3) == 0) input->known &= ~PI_FACT_BIT(fact);
  }
}

static pi_node draw_node(const pi_generator *self, uint64_t *state) {
  static const double SMALL[] = {-1, 0, 0.25, 0.5, 0.75, 1, 2, 3, 7};
  pi_node node = {.kind = PI_NODE_BOOLEAN};
  switch (below(state, 8)) {
  case 0:
  case 1: node.as.boolean = true; return node;
  case 2: node.as.boolean = false; return node;
  case 3:
    node.kind = PI_NODE_STRING;
    node.as.string = PI_SLICE("high");
    return node;
  case 4:
    if (self->numbers_count > 0) {
      double number = self->numbers[below(state, self->numbers_count)] + ((double)below(state, 3) - 1) / 2;
      node.kind = PI_NODE_NUMBER;
      node.as.number = number == 0 ? 0 : number;
      return node;
    }
    break;
  default: break;
  }
  double number = SMALL[below(state, sizeof SMALL / sizeof *SMALL)];
  node.kind = number == (double)(int)number ? PI_NODE_INTEGER : PI_NODE_NUMBER;
  if (node.kind == PI_NODE_INTEGER)
    node.as.integer = (int64_t)number;
  else
    node.as.number = number;
  return node;
}

static int by_key(const void *a, const void *b) {
  return pi_slice_compare(((const pi_node *)a)->key, ((const pi_node *)b)->key);
}

static bool repeats(const pi_node *nodes, uint32_t count, pi_slice key) {
  for (uint32_t i = 0; i < count; i++) {
    if (pi_slice_equal(nodes[i].key, key)) return true;
  }
  return false;
}

/* Whether the scripts that weigh this case name it. */
static bool is_named(const pi_generator *self, const pi_case *input, uint32_t name) {
  const pi_script *script = self->named_by[name];
  if (script->kind != PI_SCRIPT_MARKET) return true;
  return pi_case_knows(input, PI_FACT_MARKET) &&
         pi_slice_equal(input->facts[PI_FACT_MARKET].string, script->name);
}

/* An object of some of the names that scripts may look for; now and then all of them, strong. */
static bool bend_signals(const pi_generator *self, pi_case *input, uint64_t *state, pi_arena *arena) {
  pi_node *nodes = pi_arena_alloc(arena, (self->names_count + 1u) * sizeof *nodes);
  if (nodes == NULL) return false;
  uint32_t count = 0;
  uint32_t sparse = 1 + below(state, 3);
  bool strong = below(state, 4) == 0;
  for (uint32_t i = 0; i < self->names_count; i++) {
    if (!is_named(self, input, i) || repeats(nodes, count, self->names[i])) continue;
    if (below(state, sparse) != 0) continue;
    nodes[count] = draw_node(self, state);
    if (strong && below(state, 2) == 0) nodes[count] = (pi_node){.kind = PI_NODE_BOOLEAN, .as.boolean = true};
    if (strong && below(state, 2) == 0) nodes[count] = (pi_node){.kind = PI_NODE_INTEGER, .as.integer = 1};
    nodes[count++].key = self->names[i];
  }
  if (count > 0) qsort(nodes, count, sizeof *nodes, by_key);
  nodes[count] = (pi_node){.kind = PI_NODE_OBJECT, .count = count};
  nodes[count].as.first = 0;
  input->known |= PI_FACT_BIT(PI_FACT_SIGNALS);
  input->facts[PI_FACT_SIGNALS].tree = (pi_tree){nodes, count + 1};
  return true;
}

/* A text with words that scripts look for. */
static bool bend_text(const pi_generator *self, pi_case *input, uint64_t *state, pi_arena *arena) {
  char text[256];
  size_t length = 0;
  if (self->texts_count == 0 || input->has_spans) return true;
  for (uint32_t n = 1 + below(state, 3); n > 0; n--) {
    pi_slice word = self->texts[below(state, self->texts_count)];
    memcpy(text + length, word.ptr, word.len);
    length += word.len;
    text[length++] = ' ';
  }
  input->facts[PI_FACT_TWEET_TEXT].string = pi_arena_copy(arena, (pi_slice){text, length});
  input->known |= PI_FACT_BIT(PI_FACT_TWEET_TEXT);
  return input->facts[PI_FACT_TWEET_TEXT].string.ptr != NULL;
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
  uint64_t state = self->seed * 0x9e3779b97f4a7c15u + number * 0xd1342543de82ef95u + 1;
  switch (below(&state, 8)) {
  case 0:
  case 1: bend_one_sided(out, PI_SIDE_INTEREST, &state); break;
  case 2: bend_one_sided(out, PI_SIDE_HARM, &state); break;
  case 3:
  case 4: bend_limits(self, out, &state); break;
  default: break;
  }
  if (below(&state, 2) == 0) bend_target(out, &state);
  if (self->markets_count > 0 && below(&state, 2) == 0) {
    out->known |= PI_FACT_BIT(PI_FACT_MARKET);
    out->facts[PI_FACT_MARKET].string = self->markets[below(&state, self->markets_count)];
  }
  if (below(&state, 4) == 0 && !bend_text(self, out, &state, arena)) return false;
  if (below(&state, 4) == 0) bend_unknown(out, &state);
  return below(&state, 4) == 0 || bend_signals(self, out, &state, arena);
}
