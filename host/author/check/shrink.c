#include "shrink.h"

#include <string.h>

typedef struct shrinker {
  const pi_shrink *what;
  pi_case *input;
  pi_arena *arena;
  pubint_status status;
} shrinker;

static bool shows(shrinker *self, const pi_case *input) {
  bool shown = false;
  if (self->status == PUBINT_OK) self->status = self->what->shows(self->what->context, input, &shown);
  return self->status == PUBINT_OK && shown;
}

/* Takes the smaller case if it shows it too. */
static bool take(shrinker *self, const pi_case *smaller) {
  if (!shows(self, smaller)) return false;
  *self->input = *smaller;
  return true;
}

static bool any_spans(const pi_case *input) {
  for (uint32_t i = 0; i < input->violations_count; i++) {
    if (input->violations[i].spans_count > 0) return true;
  }
  return false;
}

/* One violation less, or one that says less. */
static bool shrink_violations(shrinker *self) {
  bool smaller = false;
  for (uint32_t i = self->input->violations_count; i-- > 0;) {
    pi_case trial = *self->input;
    memmove(&trial.violations[i], &trial.violations[i + 1],
            (trial.violations_count - i - 1) * sizeof *trial.violations);
    trial.violations_count--;
    trial.has_spans = any_spans(&trial);
    if (take(self, &trial)) smaller = true;
  }
  for (uint32_t i = 0; i < self->input->violations_count; i++) {
    pi_case trial = *self->input;
    pi_violation *violation = &trial.violations[i];
    if (violation->spans_known) {
      violation->spans_known = false;
      violation->spans_count = 0;
      trial.has_spans = any_spans(&trial);
      if (take(self, &trial)) smaller = true;
    }
    trial = *self->input;
    if (violation->grounds != 0) {
      violation->grounds = 0;
      if (take(self, &trial)) smaller = true;
    }
    trial = *self->input;
    bool alone = true; /* two of a rule without a kind would be a repeat */
    for (uint32_t j = 0; j < trial.violations_count; j++) {
      alone = alone && (j == i || !pi_slice_equal(trial.violations[j].rule_id, violation->rule_id) ||
                        trial.violations[j].kind.ptr != NULL);
    }
    if (violation->kind.ptr != NULL && alone) {
      violation->kind = (pi_slice){NULL, 0};
      violation->kind_word = -1;
      if (take(self, &trial)) smaller = true;
    }
  }
  return smaller;
}

/* A fact that nobody knows, else a strength of 0. */
static bool shrink_facts(shrinker *self) {
  bool smaller = false;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (fact == PI_FACT_ID || !pi_case_knows(self->input, (pi_fact)fact)) continue;
    if (fact == PI_FACT_TWEET_TEXT && self->input->has_spans) continue;
    pi_case trial = *self->input;
    trial.known &= ~PI_FACT_BIT(fact);
    if (take(self, &trial)) {
      smaller = true;
      continue;
    }
    if (PI_FACTS[fact].type != PI_TYPE_STRENGTH || pi_case_strength(self->input, fact) == 0) continue;
    trial = *self->input;
    pi_case_set_strength(&trial, fact, 0);
    if (take(self, &trial)) smaller = true;
  }
  return smaller;
}

static int none_of(pi_fact fact) {
  const pi_words *words = &PI_FACTS[fact].words;
  for (uint8_t i = 0; i < words->count; i++) {
    if (pi_slice_equal(words->words[i], PI_SLICE("none"))) return i;
  }
  return -1;
}

/* Where rules are compared, one fact alone often cannot go: another must take its place on the balance. */
static bool shrink_pair(shrinker *self) {
  bool smaller = false;
  if (self->what->refit == NULL) return false;
  for (int fact = 0; fact < PI_FACT_COUNT && self->status == PUBINT_OK; fact++) {
    pi_case trial = *self->input;
    bool strength = PI_FACTS[fact].type == PI_TYPE_STRENGTH;
    if (!pi_case_knows(&trial, (pi_fact)fact) || (strength && pi_case_strength(&trial, fact) == 0)) continue;
    if (strength) pi_case_set_strength(&trial, fact, 0);
    int none = pi_fact_weighed_word((pi_fact)fact) ? none_of((pi_fact)fact) : -1;
    if (none >= 0 && pi_case_word(&trial, fact) == none) continue;
    if (none >= 0) pi_case_set_word(&trial, fact, (uint8_t)none);
    bool market = fact == PI_FACT_MARKET;
    if (market) trial.known &= ~(PI_FACT_BIT(PI_FACT_MARKET) | PI_FACT_BIT(PI_FACT_SIGNALS));
    if (!strength && none < 0 && !market) continue;
    bool shown = false;
    self->status = self->what->refit(self->what->context, &trial, &shown);
    if (self->status == PUBINT_OK && shown && take(self, &trial)) smaller = true;
  }
  return smaller;
}

/* The first half of the text, then shorter by single characters: a text that is too long for something is
 * shown at the length where it is. */
static bool shrink_text(shrinker *self) {
  bool smaller = false;
  if (!pi_case_knows(self->input, PI_FACT_TWEET_TEXT) || self->input->has_spans) return false;
  for (size_t step = pi_case_text(self->input, PI_FACT_TWEET_TEXT).len / 2; step > 0;) {
    pi_case trial = *self->input;
    pi_slice text = pi_case_text(&trial, PI_FACT_TWEET_TEXT);
    size_t kept = text.len > step ? text.len - step : 0;
    while (kept > 0 && ((unsigned char)text.ptr[kept] & 0xc0) == 0x80) kept--; /* within a character */
    bool shorter = kept < text.len;
    pi_case_set_text(&trial, PI_FACT_TWEET_TEXT, (pi_slice){text.ptr, kept});
    if (shorter && take(self, &trial))
      smaller = true;
    else
      step /= 2;
  }
  return smaller;
}

/* Where spans point into the text: one letter, left out. */
static bool shrink_spanned(shrinker *self) {
  static const pi_span ALL = {.start = 0, .end = 1, .kind = -1};
  if (!self->input->has_spans || pi_case_text(self->input, PI_FACT_TWEET_TEXT).len == 1) return false;
  pi_case trial = *self->input;
  pi_case_set_text(&trial, PI_FACT_TWEET_TEXT, PI_SLICE("x"));
  for (uint32_t i = 0; i < trial.violations_count; i++) {
    if (trial.violations[i].spans_count == 0) continue;
    trial.violations[i].spans = &ALL;
    trial.violations[i].spans_count = 1;
  }
  return take(self, &trial);
}

static bool shrink_list(shrinker *self) {
  bool smaller = false;
  if (!pi_case_knows(self->input, PI_FACT_WITHHELD_IN)) return false;
  for (uint32_t step = pi_case_countries(self->input, PI_FACT_WITHHELD_IN).count; step > 0;) {
    pi_case trial = *self->input;
    pi_countries list = pi_case_countries(&trial, PI_FACT_WITHHELD_IN);
    bool shorter = list.count >= step;
    if (shorter) list.count -= step;
    pi_case_set_countries(&trial, PI_FACT_WITHHELD_IN, list);
    if (shorter && take(self, &trial))
      smaller = true;
    else
      step /= 2;
  }
  return smaller;
}

/* A signal that is a number becomes 0. */
static bool zero_signal(shrinker *self, uint32_t at) {
  const pi_tree *tree = pi_case_tree(self->input, PI_FACT_SIGNALS);
  const pi_node *node = &tree->nodes[at];
  bool integer = node->kind == PI_NODE_INTEGER && node->as.integer != 0;
  if (!integer && node->kind != PI_NODE_NUMBER) return false;
  pi_node *nodes = pi_arena_alloc(self->arena, tree->count * sizeof *nodes);
  if (nodes == NULL) {
    self->status = PUBINT_E_SYSTEM;
    return false;
  }
  memcpy(nodes, tree->nodes, tree->count * sizeof *nodes);
  nodes[at].kind = PI_NODE_INTEGER;
  nodes[at].as.integer = 0;
  pi_case trial = *self->input;
  pi_case_set_tree(&trial, PI_FACT_SIGNALS, (pi_tree){nodes, tree->count});
  return take(self, &trial);
}

/* One signal less: the object's members lie next to each other. */
static bool shrink_signals(shrinker *self) {
  bool smaller = false;
  for (uint32_t i = 0; pi_case_knows(self->input, PI_FACT_SIGNALS);) {
    const pi_tree *tree = pi_case_tree(self->input, PI_FACT_SIGNALS);
    const pi_node *root = &tree->nodes[pi_tree_root(tree)];
    if (i >= root->count) break;
    pi_node *nodes = pi_arena_alloc(self->arena, tree->count * sizeof *nodes);
    if (nodes == NULL) {
      self->status = PUBINT_E_SYSTEM;
      break;
    }
    memcpy(nodes, tree->nodes, tree->count * sizeof *nodes);
    uint32_t at = root->as.first + i;
    memmove(&nodes[at], &nodes[at + 1],
            (root->count - i - 1) * sizeof *nodes); /* a node lies there twice now */
    nodes[pi_tree_root(tree)].count--;
    pi_case trial = *self->input;
    pi_case_set_tree(&trial, PI_FACT_SIGNALS, (pi_tree){nodes, tree->count});
    if (take(self, &trial)) {
      smaller = true;
    } else {
      smaller = zero_signal(self, at) || smaller;
      i++;
    }
  }
  return smaller;
}

pubint_status pi_shrink_case(const pi_shrink *self, pi_case *input, pi_arena *arena) {
  shrinker shrink = {self, input, arena, PUBINT_OK};
  if (!shows(&shrink, input)) return shrink.status; /* it needs more than the case: kept as it is */
  for (bool smaller = true; smaller && shrink.status == PUBINT_OK;) {
    smaller = shrink_violations(&shrink);
    smaller = shrink_facts(&shrink) || smaller;
    smaller = shrink_signals(&shrink) || smaller;
    smaller = shrink_text(&shrink) || smaller;
    smaller = shrink_spanned(&shrink) || smaller;
    smaller = shrink_list(&shrink) || smaller;
    smaller = shrink_pair(&shrink) || smaller;
  }
  return shrink.status;
}
