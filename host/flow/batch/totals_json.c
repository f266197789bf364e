#include "totals_json.h"

#include <stdio.h>

/* The name of a bucket of rules. */
static pi_slice rule_name(int rule) {
  return rule < PI_RULE_COUNT ? PI_RULES[rule].id : PI_SLICE("other");
}

static void put_cell(pi_outline *out, const pi_totals *totals, int outcome, int basis) {
  const uint64_t *rules = totals->rules[outcome][basis];
  bool some = false;
  pi_outline_open(out, NULL, '{');
  pi_outline_text(out, "outcome", pubint_outcome_name((pubint_outcome)outcome));
  pi_outline_text(out, "basis", pubint_basis_name((pubint_basis)basis));
  pi_outline_count(out, "cases", totals->cases[outcome][basis]);
  for (int rule = 0; rule < PI_RULE_BUCKETS; rule++) {
    if (rules[rule] == 0) continue;
    if (!some) pi_outline_open(out, "rules", '{');
    pi_outline_count(out, rule_name(rule).ptr, rules[rule]);
    some = true;
  }
  if (some) pi_outline_close(out, '}');
  pi_outline_close(out, '}');
}

void pi_totals_members(pi_outline *out, const pi_totals *totals) {
  pi_outline_count(out, "lines", totals->lines);
  pi_outline_count(out, "evaluated", totals->evaluated);
  pi_outline_open(out, "refused", '{');
  for (size_t i = 0; i < PI_CODES_COUNT; i++) {
    char code[16];
    snprintf(code, sizeof code, "E%04u", PI_ERRORS[i].code);
    if (totals->codes[i] > 0) pi_outline_count(out, code, totals->codes[i]);
  }
  pi_outline_close(out, '}');
  pi_outline_open(out, "counts", '[');
  for (int outcome = 0; outcome < PI_OUTCOMES; outcome++) {
    for (int basis = 0; basis < PI_BASES; basis++) {
      if (totals->cases[outcome][basis] > 0) put_cell(out, totals, outcome, basis);
    }
  }
  pi_outline_close(out, ']');
}

void pi_totals_write(pi_outline *out, const char *key, const pi_totals *totals) {
  pi_outline_open(out, key, '{');
  pi_totals_members(out, totals);
  pi_outline_close(out, '}');
}

/* ---- reading ---- */

bool pi_totals_tree_object(const pi_tree *tree, uint32_t object, const char *key, uint32_t *out) {
  if (tree->nodes[object].kind != PI_NODE_OBJECT) return false;
  *out = pi_tree_find(tree, object, pi_slice_of(key));
  return *out != UINT32_MAX && tree->nodes[*out].kind == PI_NODE_OBJECT;
}

bool pi_totals_tree_count(const pi_tree *tree, uint32_t object, const char *key, uint64_t *out) {
  if (tree->nodes[object].kind != PI_NODE_OBJECT) return false;
  uint32_t index = pi_tree_find(tree, object, pi_slice_of(key));
  if (index == UINT32_MAX || tree->nodes[index].kind != PI_NODE_INTEGER) return false;
  if (tree->nodes[index].as.integer < 0) return false;
  *out = (uint64_t)tree->nodes[index].as.integer;
  return true;
}

/* One of a whole that has `*left` left: what is not there is 0, what is there must be a count of those. */
static bool take_part(const pi_tree *tree, uint32_t object, const char *key, uint64_t *left, uint64_t *out) {
  if (pi_tree_find(tree, object, pi_slice_of(key)) == UINT32_MAX) return true;
  if (!pi_totals_tree_count(tree, object, key, out) || *out > *left) return false;
  *left -= *out;
  return true;
}

/* The index of a name among `count` names; -1 where it is not one of them. */
static int place_of(const pi_tree *tree, uint32_t object, const char *key, const char *(*name)(int),
                    int count) {
  uint32_t index = pi_tree_find(tree, object, pi_slice_of(key));
  if (index == UINT32_MAX || tree->nodes[index].kind != PI_NODE_STRING) return -1;
  for (int i = 0; i < count; i++) {
    if (pi_slice_equal(pi_slice_of(name(i)), tree->nodes[index].as.string)) return i;
  }
  return -1;
}

static const char *outcome_at(int index) {
  return pubint_outcome_name((pubint_outcome)index);
}

static const char *basis_at(int index) {
  return pubint_basis_name((pubint_basis)index);
}

/* A cell stands once; a case counts once under each rule that it violates. */
static bool read_cell(const pi_tree *tree, uint32_t cell, uint64_t *left, pi_totals *out) {
  int outcome = place_of(tree, cell, "outcome", outcome_at, PI_OUTCOMES);
  int basis = place_of(tree, cell, "basis", basis_at, PI_BASES);
  if (outcome < 0 || basis < 0 || out->cases[outcome][basis] > 0) return false;
  uint64_t *cases = &out->cases[outcome][basis];
  if (!take_part(tree, cell, "cases", left, cases) || *cases == 0) return false;
  uint32_t rules;
  if (!pi_totals_tree_object(tree, cell, "rules", &rules)) return true; /* none violated */
  for (int rule = 0; rule < PI_RULE_BUCKETS; rule++) {
    uint64_t most = *cases;
    if (!take_part(tree, rules, rule_name(rule).ptr, &most, &out->rules[outcome][basis][rule])) return false;
  }
  return true;
}

bool pi_totals_read(const pi_tree *tree, uint32_t object, pi_totals *out) {
  uint32_t refused;
  *out = (pi_totals){0};
  if (!pi_totals_tree_count(tree, object, "lines", &out->lines) ||
      !pi_totals_tree_count(tree, object, "evaluated", &out->evaluated) ||
      !pi_totals_tree_object(tree, object, "refused", &refused)) {
    return false;
  }
  uint64_t left = out->lines;
  for (size_t i = 0; i < PI_CODES_COUNT; i++) {
    char code[16];
    snprintf(code, sizeof code, "E%04u", PI_ERRORS[i].code);
    if (!take_part(tree, refused, code, &left, &out->codes[i])) return false;
    out->refused += out->codes[i];
  }
  if (left != out->evaluated) return false;
  uint32_t counts = pi_tree_find(tree, object, PI_SLICE("counts"));
  if (counts == UINT32_MAX || tree->nodes[counts].kind != PI_NODE_ARRAY) return false;
  for (uint32_t i = 0; i < tree->nodes[counts].count; i++) {
    if (!read_cell(tree, tree->nodes[counts].as.first + i, &left, out)) return false;
  }
  return left == 0;
}
