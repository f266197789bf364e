#include "generate_compared.h"

#include <math.h>
#include <string.h>

/* ---- which literal ---- */

/* One that a script which weighs the case compares `key` with, or any where key.ptr is NULL; NULL: none. */
static const pi_compared *choose(const pi_generator *self, const pi_case *input, pi_slice key,
                                 pi_draw *draw) {
  const pi_compared *chosen = NULL;
  uint32_t met = 0;
  for (uint32_t i = 0; i < self->compared_count; i++) {
    const pi_compared *one = &self->compared[i];
    bool fits = (one->key.ptr == NULL) == (key.ptr == NULL) && pi_slice_equal(one->key, key);
    if (!fits || !pi_generator_weighs(one->script, input)) continue;
    if (pi_generator_below(draw, ++met) == 0) chosen = one;
  }
  return chosen;
}

/* ---- signals ---- */

/* At the number, and on both sides of it: near and far. */
static double beside(double number, pi_draw *draw) {
  static const double STEPS[] = {0, 0, 0.001, -0.001, 1, -1};
  double value = number + STEPS[pi_generator_below(draw, sizeof STEPS / sizeof *STEPS)];
  return value == 0 ? 0 : value; /* never -0 */
}

static void set_word(pi_node *node, pi_slice word) {
  node->kind = PI_NODE_STRING;
  node->as.string = word;
}

/* `other`, of the same key, may be where a narrow window ends: between the two it is open. */
static void set_node(pi_node *node, const pi_compared *to, const pi_compared *other, pi_draw *draw) {
  if (to->word.ptr != NULL) {
    set_word(node, to->word);
    return;
  }
  bool between = other != NULL && other != to && other->word.ptr == NULL && pi_generator_below(draw, 2) == 0;
  double value = between ? (to->number + other->number) / 2 : beside(to->number, draw);
  bool whole = fabs(value) < 1e15 && value == floor(value);
  node->kind = whole ? PI_NODE_INTEGER : PI_NODE_NUMBER;
  if (whole)
    node->as.integer = (int64_t)value;
  else
    node->as.number = value;
}

/* What data/ holds may be what a signal is looked up in. */
static pi_slice word_of_data(const pi_generator *self, pi_draw *draw) {
  enum { TRIES = 8 };
  for (int i = 0; i < TRIES && self->texts_count > 0; i++) {
    uint32_t at = pi_generator_below(draw, self->texts_count);
    if (self->texts_by[at] == NULL) return self->texts[at];
  }
  return (pi_slice){NULL, 0};
}

static void bend_node(const pi_generator *self, const pi_case *input, pi_node *node, pi_draw *draw) {
  bool container = node->kind == PI_NODE_ARRAY || node->kind == PI_NODE_OBJECT;
  if (container || pi_generator_below(draw, 2) == 0) return;
  bool known = node->key.ptr != NULL && pi_generator_below(draw, 4) != 0;
  const pi_compared *to = known ? choose(self, input, node->key, draw) : NULL;
  if (to == NULL && pi_generator_below(draw, 2) == 0) to = choose(self, input, (pi_slice){NULL, 0}, draw);
  if (to != NULL) {
    set_node(node, to, choose(self, input, to->key, draw), draw);
  } else if (pi_generator_below(draw, 4) == 0) {
    pi_slice word = word_of_data(self, draw);
    if (word.ptr != NULL) set_word(node, word);
  }
}

static bool bend_signals(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena) {
  if (!pi_case_knows(input, PI_FACT_SIGNALS)) return true;
  const pi_tree *tree = pi_case_tree(input, PI_FACT_SIGNALS);
  pi_node *nodes = pi_arena_alloc(arena, (tree->count + 1u) * sizeof *nodes);
  if (nodes == NULL) return false;
  memcpy(nodes, tree->nodes, tree->count * sizeof *nodes);
  for (uint32_t i = 0; i + 1 < tree->count; i++)
    bend_node(self, input, &nodes[i], draw); /* the last holds all */
  pi_case_set_tree(input, PI_FACT_SIGNALS, (pi_tree){nodes, tree->count});
  return true;
}

/* ---- facts ---- */

static bool is_country(pi_slice word) {
  return word.len == 2 && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z' && word.ptr[1] >= 'A' &&
         word.ptr[1] <= 'Z';
}

/* Texts of any wording; other facts are drawn at what scripts compare them with anyhow. */
static bool takes(const pi_case *input, pi_fact fact, pi_slice word) {
  switch (PI_FACTS[fact].type) {
  case PI_TYPE_TEXT: return !input->has_spans;
  case PI_TYPE_STRING: return true;
  case PI_TYPE_ID: return fact != PI_FACT_ID && pi_id_valid(word);
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET: return is_country(word);
  case PI_TYPE_BOOL:
  case PI_TYPE_COUNT:
  case PI_TYPE_COUNTRIES:
  case PI_TYPE_STRENGTH:
  case PI_TYPE_TIME:
  case PI_TYPE_TREE:
  case PI_TYPE_WORD: return false;
  }
  return false;
}

static void bend_facts(const pi_generator *self, pi_case *input, pi_draw *draw) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    const pi_compared *to = choose(self, input, PI_FACTS[fact].key, draw);
    if (to == NULL || to->word.ptr == NULL || pi_generator_below(draw, 2) == 0) continue;
    if (takes(input, (pi_fact)fact, to->word)) pi_case_set_text(input, (pi_fact)fact, to->word);
  }
}

/* Kinds of rules that are the author's own: no table has them. */
static void bend_kinds(const pi_generator *self, pi_case *input, pi_draw *draw) {
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_violation *violation = &input->violations[i];
    if (violation->rule < PI_RULE_COUNT) continue;
    const pi_compared *to = choose(self, input, PI_SLICE("kind"), draw);
    if (to == NULL || to->word.ptr == NULL || !pi_id_valid(to->word) || pi_generator_below(draw, 2) == 0)
      continue;
    violation->kind = to->word;
    violation->kind_word = -1;
  }
}

bool pi_generate_compared(const pi_generator *self, uint64_t number, pi_case *input, pi_arena *arena) {
  pi_draw draw = pi_draw_begin(~self->seed, number); /* what else is drawn stays as it is */
  if (pi_generator_below(&draw, 2) == 0) return true;
  bend_facts(self, input, &draw);
  bend_kinds(self, input, &draw);
  return bend_signals(self, input, &draw, arena);
}
