#include "evaluation_read.h"

#include <stdio.h>

#include "errors.h"
#include "json_read.h"
#include "nearest.h"
#include "refuse.h"
#include "rejudge.h"

enum { DEPTH_MAX = 8, MEMBERS_MAX = 24, LINE_MAX_BYTES = 1024 * 1024 };

/* ---- members, by table ---- */

typedef struct reader {
  pi_json json;
  pubint_error *error;
} reader;

typedef enum member_kind { TEXT, ID, FLAG, NUMBER, WORD, FACTS, FREE, OWN } member_kind;

/* One key of an object: what stands there, and where in the struct it goes. */
typedef struct member {
  pi_slice key;
  bool required;
  member_kind kind;
  size_t offset;
  unsigned places;                                 /* of a NUMBER, which goes to an int64_t */
  const pi_words *words;                           /* of a WORD, whose place goes to an int */
  pubint_status (*read)(reader *self, void *into); /* of OWN */
} member;

static pubint_status refuse(reader *self, const char *expected) {
  return pi_refuse_kind(&self->json, PI_E_BAD_EVALUATION, expected, NULL);
}

/* The value that was just taken is not that. */
static pubint_status refuse_taken(reader *self, const char *expected) {
  char found[128];
  pi_json_describe(&self->json, found, sizeof found);
  return pi_json_refuse(&self->json, self->json.value, PI_E_BAD_EVALUATION, found, expected, NULL);
}

static pubint_status read_facts(reader *self, pi_fact_set *into) {
  bool more;
  *into = 0;
  if (pi_json_peek(&self->json) != PI_JSON_ARRAY) return refuse(self, "a list of facts");
  pubint_status status = pi_json_enter_array(&self->json);
  for (;;) {
    if (status == PUBINT_OK) status = pi_json_next_item(&self->json, &more);
    if (status != PUBINT_OK || !more) return status;
    pi_slice path;
    if (pi_json_peek(&self->json) != PI_JSON_STRING) return refuse(self, "the path of a fact");
    status = pi_json_string(&self->json, &path);
    if (status != PUBINT_OK) return status;
    pi_fact fact = pi_fact_find(path);
    if (fact == PI_FACT_COUNT) return refuse_taken(self, "the path of a fact");
    *into |= PI_FACT_BIT(fact);
  }
}

static pubint_status read_word(reader *self, const pi_words *words, int *into) {
  pi_slice word;
  if (pi_json_peek(&self->json) != PI_JSON_STRING) return refuse(self, "a word");
  const char *at = self->json.value;
  pubint_status status = pi_json_string(&self->json, &word);
  if (status != PUBINT_OK) return status;
  *into = pi_words_find(*words, word);
  return *into >= 0 ? PUBINT_OK : pi_refuse_word(&self->json, at, PI_E_BAD_EVALUATION, word, *words);
}

static pubint_status read_number(reader *self, unsigned places, int64_t *into) {
  pi_json_number number;
  char expected[64];
  snprintf(expected, sizeof expected, places == 0 ? "a whole number" : "a number with at most %u decimals",
           places);
  if (pi_json_peek(&self->json) != PI_JSON_NUMBER) return refuse(self, expected);
  pubint_status status = pi_json_number_text(&self->json, &number);
  if (status != PUBINT_OK || pi_json_number_scaled(&number, places, into)) return status;
  return refuse_taken(self, expected);
}

/* A text of one line of a table: an id, which is never empty. */
static pubint_status read_text(reader *self, bool id, pi_slice *into) {
  const char *expected = id ? "a string that is not empty" : "a string";
  if (pi_json_peek(&self->json) != PI_JSON_STRING) return refuse(self, expected);
  pubint_status status = pi_json_string(&self->json, into);
  return status != PUBINT_OK || !id || into->len > 0 ? status : refuse_taken(self, expected);
}

static pubint_status read_flag(reader *self, bool *into) {
  pi_json_kind kind = pi_json_peek(&self->json);
  if (kind != PI_JSON_TRUE && kind != PI_JSON_FALSE) return refuse(self, "true or false");
  *into = kind == PI_JSON_TRUE;
  return pi_json_literal(&self->json);
}

/* What nothing is made of: only that it is JSON. */
static pubint_status read_free(reader *self) {
  static const pi_json_tree_limits LIMITS = {1024 * 1024, DEPTH_MAX, PI_E_BAD_EVALUATION, PI_E_TOO_DEEP};
  pi_tree tree;
  return pi_json_peek(&self->json) == PI_JSON_BAD ? PUBINT_E_INPUT
                                                  : pi_json_tree(&self->json, &LIMITS, &tree);
}

static pubint_status read_member(reader *self, const member *what, void *object) {
  void *into = (char *)object + what->offset;
  switch (what->kind) {
  case TEXT:
  case ID: return read_text(self, what->kind == ID, into);
  case FLAG: return read_flag(self, into);
  case NUMBER: return read_number(self, what->places, into);
  case WORD: return read_word(self, what->words, into);
  case FACTS: return read_facts(self, into);
  case FREE: return read_free(self);
  case OWN: break;
  }
  return what->read(self, into);
}

static pubint_status refuse_key(reader *self, const member *members, size_t count, const char *at,
                                pi_slice key) {
  char found[PI_QUOTED_BYTES], hint[96] = "";
  pi_nearest nearest;
  pi_nearest_init(&nearest, key);
  for (size_t i = 0; i < count; i++) pi_nearest_offer(&nearest, members[i].key);
  if (nearest.best.ptr != NULL) {
    snprintf(hint, sizeof hint, "did you mean \"%.*s\"?", (int)nearest.best.len, nearest.best.ptr);
  }
  return pi_json_refuse(&self->json, at, PI_E_BAD_EVALUATION, pi_refuse_quote(found, key),
                        "a key of an evaluation", hint);
}

/* Reads an object by its table; *seen gets the members that it has, by their places. */
static pubint_status read_object(reader *self, const member *members, size_t count, void *into,
                                 uint32_t *seen) {
  const char *keys_at[MEMBERS_MAX];
  if (pi_json_peek(&self->json) != PI_JSON_OBJECT) return refuse(self, "an object");
  const char *begin = self->json.value;
  pubint_status status = pi_json_enter_object(&self->json);
  size_t guess = 0;
  for (*seen = 0; status == PUBINT_OK;) {
    pi_slice key;
    const char *at;
    bool more;
    status = pi_json_next_key(&self->json, &key, &at, &more);
    if (status != PUBINT_OK || !more) break;
    size_t found = guess < count && pi_slice_equal(members[guess].key, key) ? guess : 0;
    while (found < count && !pi_slice_equal(members[found].key, key)) found++;
    if (found == count) return refuse_key(self, members, count, at, key);
    if ((*seen >> found & 1) != 0) {
      return pi_refuse_repeat(&self->json, at, PI_E_DUPLICATE_KEY, keys_at[found], NULL, "each key once");
    }
    *seen |= UINT32_C(1) << found;
    keys_at[found] = at;
    guess = found + 1;
    status = read_member(self, &members[found], into);
  }
  for (size_t i = 0; i < count && status == PUBINT_OK; i++) {
    if (!members[i].required || (*seen >> i & 1) != 0) continue;
    status = pi_refuse_member(&self->json, members[i].key.ptr, begin, PI_E_BAD_EVALUATION,
                              "an object without it", "this key", NULL);
  }
  return status;
}

/* Reads an array of at most `max` objects, each by `read` into the place behind the one before. */
static pubint_status read_array(reader *self, size_t max, size_t size, void *first, uint32_t *count,
                                pubint_status (*read)(reader *, void *)) {
  bool more;
  *count = 0;
  if (pi_json_peek(&self->json) != PI_JSON_ARRAY) return refuse(self, "an array");
  pubint_status status = pi_json_enter_array(&self->json);
  for (;;) {
    if (status == PUBINT_OK) status = pi_json_next_item(&self->json, &more);
    if (status != PUBINT_OK || !more) return status;
    if (*count == max) {
      char expected[48];
      snprintf(expected, sizeof expected, "at most %zu of them", max);
      return refuse(self, expected);
    }
    status = read(self, (char *)first + (*count)++ * size);
  }
}

/* ---- words ---- */

#define WORDS_OF(list)                                                                                       \
  { list, sizeof(list) / sizeof *(list) }

static const pi_slice OUTCOME_LIST[] = {PI_SLICE_INIT("no_action"), PI_SLICE_INIT("remove"),
                                        PI_SLICE_INIT("notice"), PI_SLICE_INIT("review")};
static const pi_slice BASIS_LIST[] = {PI_SLICE_INIT("no_violation"), PI_SLICE_INIT("never_excepted"),
                                      PI_SLICE_INIT("not_eligible"), PI_SLICE_INIT("incomplete"),
                                      PI_SLICE_INIT("weighed"),      PI_SLICE_INIT("rule_error"),
                                      PI_SLICE_INIT("no_script"),    PI_SLICE_INIT("unassessed_harm")};
static const pi_slice RESULT_LIST[] = {PI_SLICE_INIT("pass"), PI_SLICE_INIT("fail"),
                                       PI_SLICE_INIT("unknown")};
static const pi_slice SIDE_LIST[] = {PI_SLICE_INIT("interest"), PI_SLICE_INIT("harm")};
static const pi_slice FROM_LIST[] = {PI_SLICE_INIT("host"), PI_SLICE_INIT("rule"), PI_SLICE_INIT("market")};
static const pi_words OUTCOMES = WORDS_OF(OUTCOME_LIST), BASES = WORDS_OF(BASIS_LIST),
                      RESULTS = WORDS_OF(RESULT_LIST), SIDES = WORDS_OF(SIDE_LIST),
                      FROMS = WORDS_OF(FROM_LIST);

#define COUNT_OF(members) (sizeof(members) / sizeof *(members))

/* ---- the parts of an entry ---- */

/* A factor as it stands in the line, before its numbers are put where they belong. */
typedef struct raw_factor {
  pi_slice id;
  int side;
  int from;
  int64_t strength, weight, points;
} raw_factor;

static pubint_status contradict(reader *self, const char *at, const char *what, const char *expected) {
  return pi_json_refuse(&self->json, at, PI_E_CONTRADICTION, what, expected, NULL);
}

static pubint_status read_factor(reader *self, void *into) {
  static const member MEMBERS[] = {
      {PI_SLICE_INIT("id"), true, ID, offsetof(raw_factor, id), 0, NULL, NULL},
      {PI_SLICE_INIT("side"), true, WORD, offsetof(raw_factor, side), 0, &SIDES, NULL},
      {PI_SLICE_INIT("from"), true, WORD, offsetof(raw_factor, from), 0, &FROMS, NULL},
      {PI_SLICE_INIT("strength"), true, NUMBER, offsetof(raw_factor, strength), 6, NULL, NULL},
      {PI_SLICE_INIT("weight"), true, NUMBER, offsetof(raw_factor, weight), 3, NULL, NULL},
      {PI_SLICE_INIT("points"), true, NUMBER, offsetof(raw_factor, points), 9, NULL, NULL},
  };
  raw_factor raw = {0};
  uint32_t seen;
  pi_factor *factor = into;
  pubint_status status = read_object(self, MEMBERS, COUNT_OF(MEMBERS), &raw, &seen);
  if (status != PUBINT_OK) return status;
  const char *at = self->json.p;
  if (raw.strength < 0 || raw.strength > PI_MICRO || raw.weight < PI_WEIGHT_MIN ||
      raw.weight > PI_WEIGHT_MAX || raw.from == PI_FROM_HOST) {
    return pi_json_refuse(&self->json, at, PI_E_BAD_EVALUATION, "a factor beyond what a script can put",
                          "a strength of 0 to 1, a weight of 0.001 to 10, from rule or market", NULL);
  }
  *factor = (pi_factor){.id = raw.id,
                        .side = raw.side == 0 ? PI_SIDE_INTEREST : PI_SIDE_HARM,
                        .from = (pi_from)raw.from,
                        .strength = (int32_t)raw.strength,
                        .weight = (int32_t)raw.weight,
                        .points = raw.points};
  if (raw.points == raw.strength * raw.weight) return PUBINT_OK;
  return contradict(self, at, "points that are another number", "strength × weight");
}

typedef struct raw_condition {
  pi_slice id, why;
  int from;
  bool met;
} raw_condition;

static pubint_status read_condition(reader *self, void *into) {
  static const member MEMBERS[] = {
      {PI_SLICE_INIT("id"), true, ID, offsetof(raw_condition, id), 0, NULL, NULL},
      {PI_SLICE_INIT("from"), true, WORD, offsetof(raw_condition, from), 0, &FROMS, NULL},
      {PI_SLICE_INIT("met"), true, FLAG, offsetof(raw_condition, met), 0, NULL, NULL},
      {PI_SLICE_INIT("why"), false, TEXT, offsetof(raw_condition, why), 0, NULL, NULL},
  };
  raw_condition raw = {.why = {NULL, 0}};
  uint32_t seen;
  pi_condition *condition = into;
  pubint_status status = read_object(self, MEMBERS, COUNT_OF(MEMBERS), &raw, &seen);
  *condition = (pi_condition){.id = raw.id, .why = raw.why, .from = (pi_from)raw.from, .met = raw.met};
  return status;
}

static pubint_status read_note(reader *self, void *into) {
  return read_text(self, false, into);
}

static pubint_status read_factors(reader *self, void *into) {
  pi_balance *balance = into;
  return read_array(self, PI_FACTORS_MAX, sizeof(pi_factor), balance->factors, &balance->factors_count,
                    read_factor);
}

static pubint_status read_conditions(reader *self, void *into) {
  pi_balance *balance = into;
  return read_array(self, PI_CONDITIONS_MAX + PI_HOST_CONDITIONS_MAX, sizeof(pi_condition),
                    balance->conditions, &balance->conditions_count, read_condition);
}

static pubint_status read_notes(reader *self, void *into) {
  pi_balance *balance = into;
  return read_array(self, PI_NOTES_MAX, sizeof(pi_slice), balance->notes, &balance->notes_count, read_note);
}

static pubint_status read_sway(reader *self, void *into) {
  static const member MEMBERS[] = {
      {PI_SLICE_INIT("interest"), true, NUMBER, offsetof(pi_market_sway, interest), 9, NULL, NULL},
      {PI_SLICE_INIT("harm"), true, NUMBER, offsetof(pi_market_sway, harm), 9, NULL, NULL},
      {PI_SLICE_INIT("counted"), true, NUMBER, offsetof(pi_market_sway, counted), 9, NULL, NULL},
      {PI_SLICE_INIT("clamped"), true, FLAG, offsetof(pi_market_sway, clamped), 0, NULL, NULL},
  };
  uint32_t seen;
  ((pi_market_sway *)into)->ran = true;
  return read_object(self, MEMBERS, COUNT_OF(MEMBERS), into, &seen);
}

/* The error of a script, or of a refused line: its code is kept. */
typedef struct raw_error {
  pi_slice code, text;
  int64_t number;
} raw_error;

static pubint_status read_error(reader *self, void *into) {
  static const member MEMBERS[] = {
      {PI_SLICE_INIT("code"), true, ID, offsetof(raw_error, code), 0, NULL, NULL},
      {PI_SLICE_INIT("kind"), false, TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("message"), true, TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("script"), false, TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("line"), false, NUMBER, offsetof(raw_error, number), 0, NULL, NULL},
      {PI_SLICE_INIT("path"), false, TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("column"), false, NUMBER, offsetof(raw_error, number), 0, NULL, NULL},
      {PI_SLICE_INIT("found"), false, TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("expected"), false, TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("hint"), false, TEXT, offsetof(raw_error, text), 0, NULL, NULL},
  };
  raw_error raw = {.code = {NULL, 0}};
  uint32_t seen;
  pubint_status status = read_object(self, MEMBERS, COUNT_OF(MEMBERS), &raw, &seen);
  *(pi_slice *)into = raw.code;
  return status;
}

/* ---- an entry ---- */

static bool same_sway(const pi_market_sway *a, const pi_market_sway *b) {
  return a->interest == b->interest && a->harm == b->harm && a->counted == b->counted &&
         a->clamped == b->clamped;
}

/* Holds an entry to itself. */
static pubint_status check_rule(reader *self, const pi_record_rule *rule) {
  const char *at = self->json.p;
  pi_rejudged_sums sums;
  pubint_basis basis;
  if (rule->weighed) {
    pi_rejudge_sums(rule, NULL, &sums);
    if (sums.interest != rule->interest || sums.harm != rule->harm ||
        (rule->market.ran ? !same_sway(&sums.market, &rule->market) : sums.market.counted != 0)) {
      return contradict(self, at, "a sum that is another", "the sum of the factors' points");
    }
    if (sums.margin != rule->margin) {
      return contradict(self, at, "a margin that is another",
                        "interest − harm − bar + what the market counts");
    }
  }
  if (pi_rejudge_rule(rule, NULL, &basis) == rule->verdict && basis == rule->basis) return PUBINT_OK;
  return contradict(self, at, "a verdict that does not follow", "what follows from margin and conditions");
}

static pubint_status read_verdict(reader *self, void *into) {
  int word = 0;
  pubint_status status = read_word(self, &OUTCOMES, &word);
  *(pubint_outcome *)into = (pubint_outcome)word;
  return status;
}

static pubint_status read_basis(reader *self, void *into) {
  int word = 0;
  pubint_status status = read_word(self, &BASES, &word);
  *(pubint_basis *)into = (pubint_basis)word;
  return status;
}

static pubint_status read_rule(reader *self, void *into) {
  enum { INTEREST = 5, HARM = 6, BAR = 7, MARGIN = 9, FACTORS = 10, CLASS = 4 };
  static const member MEMBERS[] = {
      {PI_SLICE_INIT("rule"), true, ID, offsetof(pi_record_rule, rule), 0, NULL, NULL},
      {PI_SLICE_INIT("kind"), false, ID, offsetof(pi_record_rule, kind), 0, NULL, NULL},
      {PI_SLICE_INIT("verdict"), true, OWN, offsetof(pi_record_rule, verdict), 0, NULL, read_verdict},
      {PI_SLICE_INIT("basis"), true, OWN, offsetof(pi_record_rule, basis), 0, NULL, read_basis},
      [CLASS] = {PI_SLICE_INIT("class"), false, ID, offsetof(pi_record_rule, class_name), 0, NULL, NULL},
      [INTEREST] = {PI_SLICE_INIT("interest"), false, NUMBER, offsetof(pi_record_rule, interest), 9, NULL,
                    NULL},
      [HARM] = {PI_SLICE_INIT("harm"), false, NUMBER, offsetof(pi_record_rule, harm), 9, NULL, NULL},
      [BAR] = {PI_SLICE_INIT("bar"), false, NUMBER, offsetof(pi_record_rule, bar), 9, NULL, NULL},
      {PI_SLICE_INIT("market"), false, OWN, offsetof(pi_record_rule, market), 0, NULL, read_sway},
      [MARGIN] = {PI_SLICE_INIT("margin"), false, NUMBER, offsetof(pi_record_rule, margin), 9, NULL, NULL},
      [FACTORS] = {PI_SLICE_INIT("factors"), false, OWN, offsetof(pi_record_rule, balance), 0, NULL,
                   read_factors},
      {PI_SLICE_INIT("conditions"), false, OWN, offsetof(pi_record_rule, balance), 0, NULL, read_conditions},
      {PI_SLICE_INIT("notes"), false, OWN, offsetof(pi_record_rule, balance), 0, NULL, read_notes},
      {PI_SLICE_INIT("unassessed"), false, FACTS, offsetof(pi_record_rule, unassessed), 0, NULL, NULL},
      {PI_SLICE_INIT("error"), false, OWN, offsetof(pi_record_rule, error_code), 0, NULL, read_error},
  };
  const uint32_t weighed = 1U << INTEREST | 1U << HARM | 1U << MARGIN | 1U << FACTORS;
  const uint32_t scripted = 1U << CLASS | 1U << BAR;
  pi_record_rule *rule = into;
  uint32_t seen;
  pi_slice none = {NULL, 0};
  rule->kind = rule->class_name = rule->error_code = none;
  rule->market = (pi_market_sway){0};
  rule->unassessed = 0;
  rule->interest = rule->harm = rule->bar = rule->margin = 0;
  pi_balance_init(&rule->balance);
  pubint_status status = read_object(self, MEMBERS, COUNT_OF(MEMBERS), rule, &seen);
  if (status != PUBINT_OK) return status;
  rule->weighed = (seen & weighed) == weighed;
  if ((!rule->weighed && (seen & weighed) != 0) ||
      ((seen & scripted) != 0 && (seen & scripted) != scripted) ||
      (rule->weighed && (seen & scripted) == 0)) {
    return pi_json_refuse(&self->json, self->json.p, PI_E_BAD_EVALUATION,
                          "an entry with a part of its figures",
                          "class, interest, harm, bar, margin and factors together", NULL);
  }
  return check_rule(self, rule);
}

/* ---- the whole ---- */

typedef struct raw_gate {
  pi_slice gate;
  int result;
} raw_gate;

static pubint_status read_gate(reader *self, void *into) {
  static const member MEMBERS[] = {
      {PI_SLICE_INIT("gate"), true, ID, offsetof(raw_gate, gate), 0, NULL, NULL},
      {PI_SLICE_INIT("result"), true, WORD, offsetof(raw_gate, result), 0, &RESULTS, NULL},
      {PI_SLICE_INIT("fact"), false, FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("type"), false, FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("limit"), false, FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("distance"), false, FREE, 0, 0, NULL, NULL},
  };
  uint32_t seen;
  return read_object(self, MEMBERS, COUNT_OF(MEMBERS), into, &seen);
}

static pubint_status read_gates(reader *self, void *into) {
  raw_gate gates[PI_GATE_COUNT] = {0};
  uint32_t count;
  const char *at = self->json.p;
  pubint_status status = read_array(self, PI_GATE_COUNT, sizeof *gates, gates, &count, read_gate);
  for (uint32_t i = 0; i < PI_GATE_COUNT && status == PUBINT_OK; i++) {
    if (i < count && pi_slice_equal(gates[i].gate, PI_GATES[i].id)) {
      ((pi_gate_result *)into)[i] = (pi_gate_result)gates[i].result;
      continue;
    }
    status = pi_json_refuse(&self->json, at, PI_E_BAD_EVALUATION, "other gates",
                            "rule_violation, verified, followers and office, in this order", NULL);
  }
  return status;
}

static pubint_status read_rules(reader *self, void *into) {
  pi_record *record = into;
  return read_array(self, PI_VIOLATIONS_MAX, sizeof *record->rules, record->rules, &record->rules_count,
                    read_rule);
}

static pubint_status read_market(reader *self, void *into) {
  static const member MEMBERS[] = {
      {PI_SLICE_INIT("id"), true, ID, offsetof(pi_record, market), 0, NULL, NULL},
      {PI_SLICE_INIT("script"), true, FLAG, offsetof(pi_record, market_script), 0, NULL, NULL},
  };
  uint32_t seen;
  return read_object(self, MEMBERS, COUNT_OF(MEMBERS), into, &seen);
}

static pubint_status read_version(reader *self, void *into) {
  int64_t version;
  (void)into;
  pubint_status status = read_number(self, 0, &version);
  return status != PUBINT_OK || version == 1 ? status : refuse_taken(self, "1");
}

static pubint_status read_line(reader *self, void *into) {
  int64_t line = 0;
  pubint_status status = read_number(self, 0, &line);
  *(uint64_t *)into = (uint64_t)line;
  return status != PUBINT_OK || line > 0 ? status : refuse_taken(self, "a line's number");
}

enum {
  KEY_ID = 1,
  KEY_OUTCOME,
  KEY_BASIS,
  KEY_FINAL,
  KEY_GATES,
  KEY_RULES = 7,
  KEY_POLICY = 13,
  KEY_HOST,
  KEY_LINE = 16,
  KEY_ERROR
};

/* Holds the whole to itself: which keys belong together, and the outcome. */
static pubint_status check_record(reader *self, const pi_record *record, uint32_t seen) {
  const uint32_t evaluated = 1U << KEY_ID | 1U << KEY_OUTCOME | 1U << KEY_BASIS | 1U << KEY_FINAL |
                             1U << KEY_GATES | 1U << KEY_POLICY | 1U << KEY_HOST;
  const uint32_t refused = 1U << KEY_LINE | 1U << KEY_ERROR;
  const char *at = self->json.begin;
  bool is_refused = (seen & refused) == refused && (seen & evaluated & ~(1U << KEY_ID)) == 0;
  if (is_refused) return PUBINT_OK;
  if ((seen & evaluated) != evaluated || (seen & refused) != 0) {
    return pi_json_refuse(&self->json, at, PI_E_BAD_EVALUATION, "an object that is neither",
                          "id, outcome, basis, final, gates, policy and host, or line and error", NULL);
  }
  bool weighed = record->basis >= PUBINT_WEIGHED;
  pubint_basis basis = record->basis;
  if (weighed != (record->rules_count > 0) ||
      (weighed && (pi_rejudge(record, NULL, &basis) != record->outcome || basis != record->basis))) {
    return contradict(self, at, "an outcome that does not follow",
                      "what follows from the verdicts of its rules");
  }
  return PUBINT_OK;
}

pubint_status pi_evaluation_read(pi_record *out, pi_slice line, uint64_t line_number, pi_arena *arena,
                                 pubint_error *error) {
  static const member MEMBERS[] = {
      {PI_SLICE_INIT("v"), true, OWN, 0, 0, NULL, read_version},
      [KEY_ID] = {PI_SLICE_INIT("id"), false, ID, offsetof(pi_record, id), 0, NULL, NULL},
      [KEY_OUTCOME] = {PI_SLICE_INIT("outcome"), false, OWN, offsetof(pi_record, outcome), 0, NULL,
                       read_verdict},
      [KEY_BASIS] = {PI_SLICE_INIT("basis"), false, OWN, offsetof(pi_record, basis), 0, NULL, read_basis},
      [KEY_FINAL] = {PI_SLICE_INIT("final"), false, FLAG, offsetof(pi_record, final), 0, NULL, NULL},
      [KEY_GATES] = {PI_SLICE_INIT("gates"), false, OWN, offsetof(pi_record, gates), 0, NULL, read_gates},
      {PI_SLICE_INIT("missing"), false, FACTS, offsetof(pi_record, missing), 0, NULL, NULL},
      [KEY_RULES] = {PI_SLICE_INIT("rules"), false, OWN, 0, 0, NULL, read_rules},
      {PI_SLICE_INIT("market"), false, OWN, 0, 0, NULL, read_market},
      {PI_SLICE_INIT("effects"), false, FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("redacted_text"), false, FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("withheld_in"), false, FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("unknown"), false, FACTS, offsetof(pi_record, unknown), 0, NULL, NULL},
      [KEY_POLICY] = {PI_SLICE_INIT("policy"), false, ID, offsetof(pi_record, policy), 0, NULL, NULL},
      [KEY_HOST] = {PI_SLICE_INIT("host"), false, ID, offsetof(pi_record, host), 0, NULL, NULL},
      {PI_SLICE_INIT("file"), false, FREE, 0, 0, NULL, NULL},
      [KEY_LINE] = {PI_SLICE_INIT("line"), false, OWN, offsetof(pi_record, line), 0, NULL, read_line},
      [KEY_ERROR] = {PI_SLICE_INIT("error"), false, OWN, offsetof(pi_record, refused), 0, NULL, read_error},
  };
  pi_slice none = {NULL, 0};
  out->id = out->refused = out->market = out->policy = out->host = none;
  out->line = 0;
  out->missing = out->unknown = 0;
  out->rules_count = 0;
  out->market_script = false;
  reader self = {.error = error};
  uint32_t seen;
  if (line.len > LINE_MAX_BYTES) {
    pubint_status status = pi_error_set(error, PI_E_LINE_TOO_LONG);
    error->line = line_number;
    return status;
  }
  pubint_status status = pi_json_init(&self.json, line, line_number, arena, DEPTH_MAX, error);
  if (status == PUBINT_OK) status = read_object(&self, MEMBERS, COUNT_OF(MEMBERS), out, &seen);
  if (status == PUBINT_OK) status = pi_json_finish(&self.json);
  return status == PUBINT_OK ? check_record(&self, out, seen) : status;
}
