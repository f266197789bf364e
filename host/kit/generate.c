#include "generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "gates.h"
#include "rfc3339.h"
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

/* Whether the script may weigh the case. */
static bool weighs(const pi_script *script, const pi_case *input) {
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
static void bend_words(const pi_generator *self, pi_case *input, uint64_t *state) {
  for (uint32_t n = 0; n < 4 && self->words_count > 0; n++) {
    uint32_t at = below(state, self->words_count);
    if (!weighs(self->words_by[at], input)) continue;
    int target = word_index(PI_FACTS[PI_FACT_TARGET_KIND].words, self->words[at]);
    set_kind(input, self->words[at]);
    if (target < 0) continue;
    input->known |= PI_FACT_BIT(PI_FACT_TARGET_KIND);
    input->facts[PI_FACT_TARGET_KIND].word = (uint8_t)target;
  }
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

/* Lists and objects among the signals: their children lie in one pool, each container's next to each other.
 */
typedef struct pool {
  pi_node *nodes;
  uint32_t count;
  uint32_t most;
} pool;

enum { CHILDREN_MAX = 4, POOL_NODES = 256 };

/* An object or, with objects in it too, a list; within one of these only values. Places are the pool's. */
static pi_node draw_container(const pi_generator *self, uint64_t *state, pool *children, bool within) {
  bool object = within || below(state, 2) == 0;
  uint32_t count = below(state, CHILDREN_MAX + 1), made = 0;
  pi_node node = {.kind = object ? PI_NODE_OBJECT : PI_NODE_ARRAY};
  node.as.first = children->count;
  if (children->count + count > children->most) return node;
  pi_node *first = &children->nodes[children->count];
  children->count += count; /* before theirs */
  bool objects = !object && below(state, 2) == 0;
  for (uint32_t i = 0; i < count; i++) {
    pi_slice key = {NULL, 0};
    if (object && self->members_count > 0) key = self->members[below(state, self->members_count)];
    if (object && (key.ptr == NULL || repeats(first, made, key))) continue;
    first[made] = objects ? draw_container(self, state, children, true) : draw_node(self, state);
    first[made++].key = key;
  }
  if (object && made > 0) qsort(first, made, sizeof *first, by_key);
  node.count = made;
  return node;
}

/* Whether the scripts that weigh this case name it: only markets are told apart. */
static bool is_named(const pi_generator *self, const pi_case *input, uint32_t name) {
  const pi_script *script = self->named_by[name];
  return script->kind != PI_SCRIPT_MARKET || weighs(script, input);
}

/* Puts the children of lists and objects behind the signals, and the object of all of them last. */
static void finish_signals(pi_case *input, pi_node *nodes, uint32_t count, const pool *children) {
  if (count > 0) qsort(nodes, count, sizeof *nodes, by_key);
  if (children->count > 0) memcpy(nodes + count, children->nodes, children->count * sizeof *nodes);
  for (uint32_t i = 0; i < count + children->count; i++) {
    bool container = nodes[i].kind == PI_NODE_ARRAY || nodes[i].kind == PI_NODE_OBJECT;
    if (container) nodes[i].as.first += count;
  }
  uint32_t root = count + children->count;
  nodes[root] = (pi_node){.kind = PI_NODE_OBJECT, .count = count};
  nodes[root].as.first = 0;
  input->known |= PI_FACT_BIT(PI_FACT_SIGNALS);
  input->facts[PI_FACT_SIGNALS].tree = (pi_tree){nodes, root + 1};
}

static const pi_slice OTHERS[] = {
#define OTHER(n) PI_SLICE_INIT("other_" #n)
    OTHER(01),
    OTHER(02),
    OTHER(03),
    OTHER(04),
    OTHER(05),
    OTHER(06),
    OTHER(07),
    OTHER(08),
    OTHER(09),
    OTHER(10),
    OTHER(11),
    OTHER(12),
    OTHER(13),
    OTHER(14),
    OTHER(15),
    OTHER(16),
    OTHER(17),
    OTHER(18),
    PI_SLICE_INIT("Über uns, \x1b[1m"),
#undef OTHER
};
enum { OTHERS_COUNT = sizeof OTHERS / sizeof *OTHERS };

/* Signals that no script names: whoever makes the cases may give them for something else. */
static uint32_t add_others(const pi_generator *self, uint64_t *state, pi_node *nodes, uint32_t count) {
  for (uint32_t i = 0; i < OTHERS_COUNT; i++) {
    nodes[count] = draw_node(self, state);
    nodes[count++].key = OTHERS[i];
  }
  return count;
}

/* An object of some of the names that scripts may look for; now and then all of them, strong. */
static bool bend_signals(const pi_generator *self, pi_case *input, uint64_t *state, pi_arena *arena) {
  pi_node *nodes =
      pi_arena_alloc(arena, (self->names_count + OTHERS_COUNT + POOL_NODES + 1u) * sizeof *nodes);
  pool children = {pi_arena_alloc(arena, POOL_NODES * sizeof *nodes), 0, POOL_NODES};
  if (nodes == NULL || children.nodes == NULL) return false;
  memset(children.nodes, 0, POOL_NODES * sizeof *nodes);
  uint32_t count = 0;
  uint32_t sparse = 1 + below(state, 3);
  bool strong = below(state, 4) == 0;
  for (uint32_t i = 0; i < self->names_count; i++) {
    if (!is_named(self, input, i) || repeats(nodes, count, self->names[i])) continue;
    if (below(state, sparse) != 0) continue;
    bool container = !strong && below(state, 8) == 0;
    nodes[count] = container ? draw_container(self, state, &children, false) : draw_node(self, state);
    if (strong && below(state, 2) == 0) nodes[count] = (pi_node){.kind = PI_NODE_BOOLEAN, .as.boolean = true};
    if (strong && below(state, 2) == 0) nodes[count] = (pi_node){.kind = PI_NODE_INTEGER, .as.integer = 1};
    nodes[count++].key = self->names[i];
  }
  if (below(state, 16) == 0) count = add_others(self, state, nodes, count);
  finish_signals(input, nodes, count, &children);
  return true;
}

/* How many followers: at a number of the scripts', or beside it; the gate needs more than its limit. */
static void bend_followers(const pi_generator *self, pi_case *input, uint64_t *state) {
  if (self->numbers_count == 0) return;
  double number = self->numbers[below(state, self->numbers_count)];
  int64_t count = (int64_t)number + (int64_t)below(state, 3) - 1;
  if (count <= PI_FOLLOWERS_LIMIT || count > PI_FOLLOWERS_MAX) return;
  input->known |= PI_FACT_BIT(PI_FACT_ACCOUNT_FOLLOWERS_COUNT);
  input->facts[PI_FACT_ACCOUNT_FOLLOWERS_COUNT].count = count;
}

/* Moments on a day that a script writes out. */
static bool bend_times(const pi_generator *self, pi_case *input, uint64_t *state, pi_arena *arena) {
  static const char *const CLOCKS[] = {"T00:00:00Z", "T06:30:00Z", "T12:00:00Z", "T23:59:59Z"};
  if (self->days_count == 0) return true;
  pi_slice day = self->days[below(state, self->days_count)];
  char text[24];
  int length = snprintf(text, sizeof text, "%.10s%s", day.ptr, CLOCKS[below(state, 4)]);
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
static pi_slice draw_text(const pi_generator *self, const pi_case *input, uint64_t *state) {
  enum { TRIES = 16 };
  uint32_t at = below(state, self->texts_count);
  for (int i = 0; i < TRIES && !weighs(self->texts_by[at], input); i++) at = below(state, self->texts_count);
  return self->texts[at];
}

/* One letter many times and then another: what a pattern within a pattern takes longest to refuse. */
static bool bend_long(const pi_generator *self, pi_case *input, uint64_t *state, pi_arena *arena) {
  enum { LETTERS = 3000 };
  static const char COMMON[] = "aa0 ";
  char *text = pi_arena_alloc(arena, LETTERS + 1);
  if (text == NULL) return false;
  char letter = COMMON[below(state, 4)], first = draw_text(self, input, state).ptr[0];
  if (below(state, 2) == 0 && (first & 0x80) == 0) letter = first;
  memset(text, letter, LETTERS);
  text[LETTERS] = '!';
  input->facts[PI_FACT_TWEET_TEXT].string = (pi_slice){text, LETTERS + 1};
  input->known |= PI_FACT_BIT(PI_FACT_TWEET_TEXT);
  return true;
}

/* A text with words that scripts look for. */
static bool bend_text(const pi_generator *self, pi_case *input, uint64_t *state, pi_arena *arena) {
  char text[256];
  size_t length = 0;
  if (self->texts_count == 0 || input->has_spans) return true;
  if (below(state, 16) == 0) return bend_long(self, input, state, arena);
  for (uint32_t n = 1 + below(state, 3); n > 0; n--) {
    pi_slice word = draw_text(self, input, state);
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
  if (below(&state, 4) == 0) bend_followers(self, out, &state);
  if (below(&state, 4) == 0 && !bend_times(self, out, &state, arena)) return false;
  if (self->markets_count > 0 && below(&state, 2) == 0) {
    out->known |= PI_FACT_BIT(PI_FACT_MARKET);
    out->facts[PI_FACT_MARKET].string = self->markets[below(&state, self->markets_count)];
  }
  if (below(&state, 3) == 0) bend_words(self, out, &state);
  if (below(&state, 4) == 0 && !bend_text(self, out, &state, arena)) return false;
  if (below(&state, 4) == 0) bend_unknown(out, &state);
  return below(&state, 4) == 0 || bend_signals(self, out, &state, arena);
}
