#include "totals_json.h"

#include <stdio.h>
#include <string.h>

#include "json_write.h"

/* The name of a bucket of rules. */
static pi_slice rule_name(int rule) {
  return rule < PI_RULE_COUNT ? PI_RULES[rule].id : PI_SLICE("other");
}

static void put_count(pi_buffer *out, uint64_t count) {
  pi_json_write_decimal(out, (int64_t)count, 0);
}

static void put_cell(pi_buffer *out, const pi_totals *totals, int outcome, int basis) {
  pi_buffer_printf(out, "{\"outcome\":\"%s\",\"basis\":\"%s\",\"cases\":",
                   pubint_outcome_name((pubint_outcome)outcome), pubint_basis_name((pubint_basis)basis));
  put_count(out, totals->cases[outcome][basis]);
  char separator = '{';
  for (int rule = 0; rule < PI_RULE_BUCKETS; rule++) {
    if (totals->rules[outcome][basis][rule] == 0) continue;
    if (separator == '{') pi_buffer_text(out, ",\"rules\":");
    pi_buffer_byte(out, separator);
    pi_json_write_string(out, rule_name(rule));
    pi_buffer_byte(out, ':');
    put_count(out, totals->rules[outcome][basis][rule]);
    separator = ',';
  }
  if (separator == ',') pi_buffer_byte(out, '}');
  pi_buffer_byte(out, '}');
}

void pi_totals_write(pi_buffer *out, const pi_totals *totals) {
  pi_buffer_text(out, "{\"lines\":");
  put_count(out, totals->lines);
  pi_buffer_text(out, ",\"evaluated\":");
  put_count(out, totals->evaluated);
  pi_buffer_text(out, ",\"refused\":{");
  const char *comma = "";
  for (size_t i = 0; i < PI_CODES_COUNT; i++) {
    if (totals->codes[i] == 0) continue;
    pi_buffer_printf(out, "%s\"E%04u\":", comma, PI_ERRORS[i].code);
    put_count(out, totals->codes[i]);
    comma = ",";
  }
  pi_buffer_text(out, "},\"counts\":[");
  comma = "";
  for (int outcome = 0; outcome < PI_OUTCOMES; outcome++) {
    for (int basis = 0; basis < PI_BASES; basis++) {
      if (totals->cases[outcome][basis] == 0) continue;
      pi_buffer_text(out, comma);
      put_cell(out, totals, outcome, basis);
      comma = ",";
    }
  }
  pi_buffer_text(out, "]}");
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
  *out = (uint64_t)tree->nodes[index].as.integer;
  return tree->nodes[index].as.integer >= 0;
}

/* The place of a name among `count` names; -1 where it is not one of them. */
static int place_of(const pi_tree *tree, uint32_t object, const char *key, const char *(*name)(int),
                    int count) {
  uint32_t index = pi_tree_find(tree, object, pi_slice_of(key));
  if (index == UINT32_MAX || tree->nodes[index].kind != PI_NODE_STRING) return -1;
  for (int i = 0; i < count; i++) {
    if (pi_slice_equal(pi_slice_of(name(i)), tree->nodes[index].as.string)) return i;
  }
  return -1;
}

static const char *outcome_at(int place) {
  return pubint_outcome_name((pubint_outcome)place);
}

static const char *basis_at(int place) {
  return pubint_basis_name((pubint_basis)place);
}

static bool read_cell(const pi_tree *tree, uint32_t cell, pi_totals *out) {
  int outcome = place_of(tree, cell, "outcome", outcome_at, PI_OUTCOMES);
  int basis = place_of(tree, cell, "basis", basis_at, PI_BASES);
  if (outcome < 0 || basis < 0 || !pi_totals_tree_count(tree, cell, "cases", &out->cases[outcome][basis]))
    return false;
  uint32_t rules;
  if (!pi_totals_tree_object(tree, cell, "rules", &rules)) return true; /* none violated */
  for (int rule = 0; rule < PI_RULE_BUCKETS; rule++) {
    pi_totals_tree_count(tree, rules, rule_name(rule).ptr, &out->rules[outcome][basis][rule]);
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
  for (size_t i = 0; i < PI_CODES_COUNT; i++) {
    char code[16];
    snprintf(code, sizeof code, "E%04u", PI_ERRORS[i].code);
    pi_totals_tree_count(tree, refused, code, &out->codes[i]);
    out->refused += out->codes[i];
  }
  uint32_t counts = pi_tree_find(tree, object, PI_SLICE("counts"));
  if (counts == UINT32_MAX || tree->nodes[counts].kind != PI_NODE_ARRAY) return false;
  for (uint32_t i = 0; i < tree->nodes[counts].count; i++) {
    if (!read_cell(tree, tree->nodes[counts].as.first + i, out)) return false;
  }
  return out->lines == out->evaluated + out->refused;
}
