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
enum {
  IS_EVALUATION,
  IS_GATE,
  IS_RULE,
  IS_SWAY,
  IS_FACTOR,
  IS_CONDITION,
  IS_ERROR,
  IS_MARKET,
  IS_EFFECTS,
  IS_FACTS
};
static const pi_record RECORDS[] = {
    [IS_EVALUATION] = RECORD("evaluation", EVALUATION),
    [IS_GATE] = RECORD("evaluation.gates[n]", GATE),
    [IS_RULE] = RECORD("evaluation.rules[n]", RULE),
    [IS_SWAY] = RECORD("evaluation.rules[n].market", SWAY),
    [IS_FACTOR] = RECORD("a factor of the evaluation", FACTOR),
    [IS_CONDITION] = RECORD("a condition of the evaluation", CONDITION),
    [IS_ERROR] = RECORD("evaluation.rules[n].error", ERROR),
    [IS_MARKET] = RECORD("evaluation.market", MARKET),
    [IS_EFFECTS] = RECORD("evaluation.effects", EFFECTS),
    [IS_FACTS] = RECORD("evaluation.gates[n].fact", FACTS),
};
enum { RECORDS_COUNT = sizeof RECORDS / sizeof *RECORDS };

/* Which keys hold records. */
static const struct holding {
  uint8_t within;
  const char *key;
  uint8_t record;
  bool list;
} HOLDINGS[] = {
    {IS_EVALUATION, "gates", IS_GATE, true},     {IS_EVALUATION, "rules", IS_RULE, true},
    {IS_EVALUATION, "market", IS_MARKET, false}, {IS_EVALUATION, "effects", IS_EFFECTS, false},
    {IS_GATE, "fact", IS_FACTS, false},          {IS_RULE, "market", IS_SWAY, false},
    {IS_RULE, "factors", IS_FACTOR, true},       {IS_RULE, "conditions", IS_CONDITION, true},
    {IS_RULE, "error", IS_ERROR, false},
};

const pi_record *pi_evaluation_record_at(const pi_record *within, pi_slice key, bool *list) {
  *list = false;
  if (within == NULL) return &RECORDS[IS_EVALUATION];
  for (size_t i = 0; i < sizeof HOLDINGS / sizeof *HOLDINGS; i++) {
    const struct holding *row = &HOLDINGS[i];
    if (within != &RECORDS[row->within] || !pi_slice_equal(key, pi_slice_of(row->key))) continue;
    *list = row->list;
    return &RECORDS[row->record];
  }
  return NULL;
}

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
