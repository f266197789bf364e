#include "evaluation_keys.h"

#define ALWAYS         true
#define ONLY(held)     false
#define ROW(key, when) {#key, when},
#define RECORD(of, row)                                                                                      \
  { of, row, sizeof(row) / sizeof *(row) }

static const pi_record_key EVALUATION[] = {
#define EVALUATION_KEY(key, when, type, value, into) ROW(key, when)
#include "evaluation.def"
};
static const pi_record_key GATE[] = {
#define GATE_KEY(key, when, type, value, into) ROW(key, when)
#include "evaluation.def"
};
static const pi_record_key RULE[] = {
#define RULE_KEY(key, when, type, value, into) ROW(key, when)
#include "evaluation.def"
};
static const pi_record_key SWAY[] = {
#define SWAY_KEY(key, when, type, value, into) ROW(key, when)
#include "evaluation.def"
};
static const pi_record_key FACTOR[] = {
#define FACTOR_KEY(key, when, type, value, into) ROW(key, when)
#include "evaluation.def"
};
static const pi_record_key CONDITION[] = {
#define CONDITION_KEY(key, when, type, value, into) ROW(key, when)
#include "evaluation.def"
};
static const pi_record_key ERROR[] = {
#define ERROR_KEY(key, when, type, value, into) ROW(key, when)
#include "evaluation.def"
};
static const pi_record_key MARKET[] = {
#define MARKET_KEY(key, when, type, value, into) ROW(key, when)
#include "evaluation.def"
};
static const pi_record_key EFFECTS[] = {
#define EFFECTS_KEY(key, when, type, value, into) ROW(key, when)
#include "evaluation.def"
};
/* What a gate shows of the facts that it is about. */
static const pi_record_key FACTS[] = {
#define FACT(name, group, key, type, side, doc) {key, false},
#include "facts.def"
};

/* The last takes what no other does. */
static const pi_record RECORDS[] = {
    RECORD("evaluation", EVALUATION),
    RECORD("evaluation.gates[n]", GATE),
    RECORD("evaluation.rules[n]", RULE),
    RECORD("evaluation.rules[n].market", SWAY),
    RECORD("a factor of the evaluation", FACTOR),
    RECORD("a condition of the evaluation", CONDITION),
    RECORD("evaluation.rules[n].error", ERROR),
    RECORD("evaluation.market", MARKET),
    RECORD("evaluation.effects", EFFECTS),
    RECORD("evaluation.gates[n].fact", FACTS),
};
enum { RECORDS_COUNT = sizeof RECORDS / sizeof *RECORDS };

/* Whether the object has all keys that such a record always has: no two records have the same. */
static bool is_record(const pi_tree *tree, uint32_t node, const pi_record *record) {
  for (uint32_t i = 0; i < record->count; i++) {
    const pi_record_key *key = &record->keys[i];
    if (key->always && pi_tree_find(tree, node, pi_slice_of(key->name)) == UINT32_MAX) return false;
  }
  return true;
}

const pi_record *pi_evaluation_record(const pi_tree *tree, uint32_t node) {
  uint32_t i = 0;
  while (i + 1 < RECORDS_COUNT && !is_record(tree, node, &RECORDS[i])) i++;
  return &RECORDS[i];
}
