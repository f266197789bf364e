#include "evaluation_read.h"

#include <stdio.h>
#include <string.h>

#include "consistency.h"
#include "errors.h"
#include "evaluation_words.h"
#include "gate_fact.h"
#include "json_members.h"
#include "refuse.h"

enum { DEPTH_MAX = 8, LINE_MAX_BYTES = 1024 * 1024 };

/* ---- rows ---- */

/* Of a table; one that has more rows than are read by does not compile. */
#define COUNT_OF(members)                                                                                    \
  (sizeof(members) / sizeof *(members) +                                                                     \
   0 * sizeof(char[sizeof(members) / sizeof *(members) <= PI_MEMBERS_MAX ? 1 : -1]))

#define ALWAYS     true
#define ONLY(held) false

/* A row of evaluation.def: its key goes into that field of a `kept`. */
#define MEMBER(kept, key, when, type, into)                                                                  \
  { PI_SLICE_INIT(#key), when, READ_##type(kept, into) }

#define FIELD(kind, kept, into)        kind, offsetof(kept, into), 0, NULL, NULL
#define NUMBER(decimals, kept, into)   PI_MEMBER_NUMBER, offsetof(kept, into), decimals, NULL, NULL
#define WORD(words, kept, into)        PI_MEMBER_WORD, offsetof(kept, into), 0, &(words), NULL
#define OWN(read, kept, into)          PI_MEMBER_OWN, offsetof(kept, into), 0, NULL, read
#define WHOLE(read)                    PI_MEMBER_OWN, 0, 0, NULL, read
#define READ_VERSION(kept, into)       WHOLE(read_version)
#define READ_ID(kept, into)            FIELD(PI_MEMBER_ID, kept, into)
#define READ_NAME(kept, into)          FIELD(PI_MEMBER_ID, kept, into)
#define READ_CLASS(kept, into)         FIELD(PI_MEMBER_ID, kept, into)
#define READ_GATE(kept, into)          FIELD(PI_MEMBER_ID, kept, into)
#define READ_POLICY(kept, into)        FIELD(PI_MEMBER_ID, kept, into)
#define READ_CODE(kept, into)          FIELD(PI_MEMBER_ID, kept, into)
#define READ_TEXT(kept, into)          FIELD(PI_MEMBER_TEXT, kept, into)
#define READ_SHOWN(kept, into)         FIELD(PI_MEMBER_TEXT, kept, into)
#define READ_QUOTED(kept, into)        FIELD(PI_MEMBER_TEXT, kept, into)
#define READ_POINTER(kept, into)       FIELD(PI_MEMBER_TEXT, kept, into)
#define READ_FAILURE(kept, into)       FIELD(PI_MEMBER_TEXT, kept, into)
#define READ_TIMEOUT(kept, into)       FIELD(PI_MEMBER_TEXT, kept, into)
#define READ_FLAG(kept, into)          FIELD(PI_MEMBER_FLAG, kept, into)
#define READ_PATHS(kept, into)         FIELD(PI_MEMBER_FACTS, kept, into)
#define READ_UNASSESSED(kept, into)    FIELD(PI_MEMBER_OPEN, kept, into)
#define READ_SUM(kept, into)           NUMBER(9, kept, into)
#define READ_BAR(kept, into)           NUMBER(9, kept, into)
#define READ_COUNTED(kept, into)       NUMBER(9, kept, into)
#define READ_MARGIN(kept, into)        NUMBER(9, kept, into)
#define READ_POINTS(kept, into)        NUMBER(9, kept, into)
#define READ_STRENGTH(kept, into)      NUMBER(6, kept, into)
#define READ_WEIGHT(kept, into)        NUMBER(3, kept, into)
#define READ_PLACE(kept, into)         NUMBER(0, kept, into)
#define READ_COLUMN(kept, into)        NUMBER(0, kept, into)
#define READ_COUNT(kept, into)         NUMBER(0, kept, into)
#define READ_RESULT(kept, into)        WORD(PI_WORDS_GATE_RESULT, kept, into)
#define READ_SIDE(kept, into)          WORD(PI_WORDS_FACTOR_SIDE, kept, into)
#define READ_FROM(kept, into)          WORD(PI_WORDS_FROM, kept, into)
#define READ_FACTOR_FROM(kept, into)   WORD(PI_WORDS_FROM, kept, into)
#define READ_OUTCOME(kept, into)       OWN(read_verdict, kept, into)
#define READ_VERDICT(kept, into)       OWN(read_verdict, kept, into)
#define READ_BASIS(kept, into)         OWN(read_basis, kept, into)
#define READ_VERDICT_BASIS(kept, into) OWN(read_basis, kept, into)
#define READ_GATES(kept, into)         WHOLE(read_gates)
#define READ_RULES(kept, into)         WHOLE(read_rules)
#define READ_MARKET(kept, into)        WHOLE(read_market)
#define READ_SWAY(kept, into)          OWN(read_sway, kept, into)
#define READ_FACTORS(kept, into)       OWN(read_factors, kept, into)
#define READ_CONDITIONS(kept, into)    OWN(read_conditions, kept, into)
#define READ_NOTES(kept, into)         OWN(read_notes, kept, into)
#define READ_ERROR(kept, into)         WHOLE(read_error)
#define READ_REFUSED(kept, into)       WHOLE(read_refused)
#define READ_LINE(kept, into)          OWN(read_line, kept, into)
#define READ_FACT(kept, into)          WHOLE(read_fact)
#define READ_TYPE(kept, into)          WHOLE(read_type)
#define READ_EFFECTS(kept, into)       OWN(read_effects, kept, into)
#define READ_ON(kept, into)            OWN(read_on, kept, into)
#define READ_OFF(kept, into)           OWN(read_off, kept, into)
#define READ_RULES_NAMED(kept, into)   WHOLE(read_named)
#define READ_COUNTRIES(kept, into)     OWN(read_countries, kept, into)

/* ---- the parts of an entry ---- */

/* A factor as it stands in the line, before its numbers are put where they belong. */
typedef struct raw_factor {
  pi_slice id;
  int side;
  int from;
  int64_t strength, weight, points;
} raw_factor;

/* Refuses what contradicts the rest; NULL: nothing does. */
static pubint_status contradict(pi_member_reader *self, const char *at, const pi_contradiction *what) {
  if (what == NULL) return PUBINT_OK;
  if (what->key[0] == '\0') {
    return pi_json_refuse(&self->json, at, PI_E_CONTRADICTION, what->found, what->expected, NULL);
  }
  return pi_refuse_member(&self->json, what->key, at, PI_E_CONTRADICTION, what->found, what->expected, NULL);
}

static pubint_status read_factor(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
#define FACTOR_KEY(key, when, type, value, into) MEMBER(raw_factor, key, when, type, into),
#include "evaluation.def"
  };
  raw_factor raw = {0};
  uint32_t seen;
  pi_factor *factor = into;
  pubint_status status = pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), &raw, &seen);
  if (status != PUBINT_OK) return status;
  const char *at = self->json.p;
  if (raw.strength < 0 || raw.strength > PI_MICRO || raw.weight < PI_WEIGHT_MIN ||
      raw.weight > PI_WEIGHT_MAX || raw.from == PI_FROM_HOST || !pi_id_valid(raw.id)) {
    return pi_json_refuse(&self->json, at, PI_E_BAD_EVALUATION, "a factor beyond what a script can put",
                          "an id, a strength of 0 to 1, a weight of 0.001 to " PI_SPELL(
                              PI_WEIGHT_POINTS_MAX) ", from rule or market",
                          NULL);
  }
  *factor = (pi_factor){.id = raw.id,
                        .side = (pi_side)(PI_SIDE_INTEREST + raw.side),
                        .from = (pi_from)raw.from,
                        .strength = (int32_t)raw.strength,
                        .weight = (int32_t)raw.weight,
                        .points = raw.points};
  return contradict(self, at, pi_consistency_of_factor(factor));
}

typedef struct raw_condition {
  pi_slice id, why;
  int from;
  bool met;
} raw_condition;

static pubint_status read_condition(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
#define CONDITION_KEY(key, when, type, value, into) MEMBER(raw_condition, key, when, type, into),
#include "evaluation.def"
  };
  raw_condition raw = {.why = {NULL, 0}};
  uint32_t seen;
  pi_condition *condition = into;
  pubint_status status = pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), &raw, &seen);
  *condition = (pi_condition){.id = raw.id, .why = raw.why, .from = (pi_from)raw.from, .met = raw.met};
  return status;
}

static pubint_status read_note(pi_member_reader *self, void *into) {
  return pi_members_text(self, false, into);
}

static pubint_status read_factors(pi_member_reader *self, void *into) {
  pi_balance *balance = into;
  return pi_members_array(self, PI_FACTORS_MAX, sizeof(pi_factor), balance->factors, &balance->factors_count,
                          read_factor);
}

static pubint_status read_conditions(pi_member_reader *self, void *into) {
  pi_balance *balance = into;
  return pi_members_array(self, PI_CONDITIONS_MAX + PI_HOST_CONDITIONS_COUNT, sizeof(pi_condition),
                          balance->conditions, &balance->conditions_count, read_condition);
}

static pubint_status read_notes(pi_member_reader *self, void *into) {
  pi_balance *balance = into;
  return pi_members_array(self, PI_NOTES_MAX, sizeof(pi_slice), balance->notes, &balance->notes_count,
                          read_note);
}

static pubint_status read_sway(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
#define SWAY_KEY(key, when, type, value, into) MEMBER(pi_market_sway, key, when, type, into),
#include "evaluation.def"
  };
  uint32_t seen;
  ((pi_market_sway *)into)->ran = true;
  return pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), into, &seen);
}

/* The error of a script, or of a refused line: code and kind are kept. */
typedef struct raw_error {
  pi_slice code, kind, text;
  int64_t number;
} raw_error;

static pubint_status read_error(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
#define ERROR_KEY(key, when, type, value, into) MEMBER(raw_error, key, when, type, into),
#include "evaluation.def"
  };
  pi_readback_rule *rule = into;
  raw_error raw = {.code = {NULL, 0}};
  uint32_t seen;
  pubint_status status = pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), &raw, &seen);
  rule->error_code = raw.code;
  rule->error_kind = raw.kind;
  return status;
}

static pubint_status read_refused(pi_member_reader *self, void *into) {
  enum {
#define REFUSED_KEY(key, when, type, value, into) REFUSED_##key,
#include "evaluation.def"
  };
  static const pi_member MEMBERS[] = {
#define REFUSED_KEY(key, when, type, value, into) MEMBER(raw_error, key, when, type, into),
#include "evaluation.def"
  };
  pi_readback *readback = into;
  raw_error raw = {.code = {NULL, 0}};
  uint32_t seen;
  pubint_status status = pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), &raw, &seen);
  readback->refused = raw.code;
  readback->refused_kind = raw.kind;
  readback->has_path = (seen >> REFUSED_path & 1) != 0;
  readback->has_column = (seen >> REFUSED_column & 1) != 0;
  return status;
}

/* ---- an entry ---- */

static pubint_status read_verdict(pi_member_reader *self, void *into) {
  int word = 0;
  pubint_status status = pi_members_word(self, &PI_WORDS_OUTCOME, &word);
  *(pubint_outcome *)into = (pubint_outcome)word;
  return status;
}

/* Takes what `unassessed` was called before version 2 of the reference policy; it is never written. */
static bool take_former_basis(pi_member_reader *self) {
  static const char FORMER[] = "\"unassessed_harm\"";
  enum { LENGTH = sizeof FORMER - 1 };
  if (pi_json_peek(&self->json) != PI_JSON_STRING) return false;
  const char *value = self->json.value;
  pi_slice taken;
  if (self->json.end - value < LENGTH || memcmp(value, FORMER, LENGTH) != 0) return false;
  return pi_json_string(&self->json, &taken) == PUBINT_OK;
}

static pubint_status read_basis(pi_member_reader *self, void *into) {
  int word = PUBINT_UNASSESSED;
  pubint_status status = take_former_basis(self) ? PUBINT_OK : pi_members_word(self, &PI_WORDS_BASIS, &word);
  *(pubint_basis *)into = (pubint_basis)word;
  return status;
}

static pubint_status read_rule(pi_member_reader *self, void *into) {
  enum {
#define RULE_KEY(key, when, type, value, into) RULE_##key,
#include "evaluation.def"
  };
  static const pi_member MEMBERS[] = {
#define RULE_KEY(key, when, type, value, into) MEMBER(pi_readback_rule, key, when, type, into),
#include "evaluation.def"
  };
  const uint32_t weighed = 1U << RULE_interest | 1U << RULE_harm | 1U << RULE_margin | 1U << RULE_factors;
  const uint32_t scripted = 1U << RULE_class | 1U << RULE_bar;
  pi_readback_rule *rule = into;
  uint32_t seen;
  pi_slice none = {NULL, 0};
  rule->kind = rule->class_name = rule->error_code = rule->error_kind = none;
  rule->market = (pi_market_sway){0};
  rule->unassessed = 0;
  rule->interest = rule->harm = rule->bar = rule->margin = 0;
  pi_balance_init(&rule->balance);
  pubint_status status = pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), rule, &seen);
  if (status != PUBINT_OK) return status;
  const pi_balance *balance = &rule->balance;
  rule->weighed = (seen & weighed) == weighed;
  rule->empty_list = ((seen >> RULE_conditions & 1) != 0 && balance->conditions_count == 0) ||
                     ((seen >> RULE_notes & 1) != 0 && balance->notes_count == 0) ||
                     ((seen >> RULE_unassessed & 1) != 0 && rule->unassessed == 0);
  if ((!rule->weighed && (seen & weighed) != 0) ||
      ((seen & scripted) != 0 && (seen & scripted) != scripted) ||
      (rule->weighed && (seen & scripted) == 0)) {
    return pi_json_refuse(&self->json, self->json.p, PI_E_BAD_EVALUATION,
                          "an entry with a part of its figures",
                          "class, interest, harm, bar, margin and factors together", NULL);
  }
  if (rule->bar < 0 || rule->bar > PI_BAR_POINTS_MAX * PI_NANO || !pi_id_valid(rule->rule)) {
    return pi_json_refuse(&self->json, self->json.p, PI_E_BAD_EVALUATION,
                          "an entry beyond what a policy can say",
                          "a rule's id, and a bar of 0 to " PI_SPELL(PI_BAR_POINTS_MAX), NULL);
  }
  return contradict(self, self->json.p, pi_consistency_of_entry(rule));
}

/* ---- the whole ---- */

typedef struct raw_gate {
  pi_gate own; /* which stands at its place */
  pi_case *shown;
  pi_slice gate;
  int result;
  int64_t limit, distance;
  uint32_t seen;
} raw_gate;

static pubint_status read_fact(pi_member_reader *self, void *into) {
  return pi_gate_fact_read(self, ((raw_gate *)into)->own, ((raw_gate *)into)->shown);
}

static pubint_status read_type(pi_member_reader *self, void *into) {
  return pi_gate_fact_read_type(self, ((raw_gate *)into)->own, ((raw_gate *)into)->shown);
}

static pubint_status read_gate(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
#define GATE_KEY(key, when, type, value, into) MEMBER(raw_gate, key, when, type, into),
#include "evaluation.def"
  };
  return pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), into, &((raw_gate *)into)->seen);
}

static void keep_gate(pi_readback *readback, const raw_gate *raw) {
  enum {
#define GATE_KEY(key, when, type, value, into) GATE_##key,
#include "evaluation.def"
  };
  readback->gates[raw->own] = (pi_gate_result)raw->result;
  readback->gates_show[raw->own] = (pi_readback_gate){.has_fact = (raw->seen >> GATE_fact & 1) != 0,
                                                      .has_limit = (raw->seen >> GATE_limit & 1) != 0,
                                                      .has_distance = (raw->seen >> GATE_distance & 1) != 0,
                                                      .limit = raw->limit,
                                                      .distance = raw->distance};
}

static pubint_status refuse_gates(pi_member_reader *self, const char *at) {
  static const char *const GATES[] = {
#define GATE(NAME, id, ...) #id,
#include "gates.def"
#undef GATE
      NULL};
  char gates[160], expected[192];
  pi_words_say(GATES, " and ", gates, sizeof gates);
  snprintf(expected, sizeof expected, "%s, in this order", gates);
  return pi_json_refuse(&self->json, at, PI_E_BAD_EVALUATION, "other gates", expected, NULL);
}

static pubint_status read_gates(pi_member_reader *self, void *into) {
  pi_readback *readback = into;
  raw_gate gates[PI_GATE_COUNT] = {0};
  uint32_t count;
  const char *at = self->json.p;
  for (int i = 0; i < PI_GATE_COUNT; i++) {
    gates[i].own = (pi_gate)i;
    gates[i].shown = &readback->shown;
  }
  pubint_status status = pi_members_array(self, PI_GATE_COUNT, sizeof *gates, gates, &count, read_gate);
  for (uint32_t i = 0; i < PI_GATE_COUNT && status == PUBINT_OK; i++) {
    if (i == count || !pi_slice_equal(gates[i].gate, PI_GATES[i].id)) return refuse_gates(self, at);
    keep_gate(readback, &gates[i]);
  }
  return status;
}

static pubint_status read_rules(pi_member_reader *self, void *into) {
  pi_readback *readback = into;
  return pi_members_array(self, PI_VIOLATIONS_MAX, sizeof *readback->rules, readback->rules,
                          &readback->rules_count, read_rule);
}

static pubint_status read_market(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
#define MARKET_KEY(key, when, type, value, into) MEMBER(pi_readback, key, when, type, into),
#include "evaluation.def"
  };
  uint32_t seen;
  pubint_status status = pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), into, &seen);
  if (status != PUBINT_OK || pi_market_valid(((pi_readback *)into)->market)) return status;
  return pi_json_refuse(&self->json, self->json.p, PI_E_BAD_EVALUATION, "another id", "a market: NL, US-CA",
                        NULL);
}

static pubint_status read_on(pi_member_reader *self, void *into) {
  bool on = true;
  pubint_status status = pi_members_flag(self, &on);
  if (!on) *(bool *)into = false;
  return status;
}

static pubint_status read_off(pi_member_reader *self, void *into) {
  bool on = false;
  pubint_status status = pi_members_flag(self, &on);
  if (on) *(bool *)into = false;
  return status;
}

static pubint_status read_name(pi_member_reader *self, void *into) {
  return pi_members_text(self, true, into);
}

static pubint_status read_named(pi_member_reader *self, void *into) {
  pi_readback_effects *effects = into;
  return pi_members_array(self, PI_VIOLATIONS_MAX, sizeof(pi_slice), effects->named, &effects->named_count,
                          read_name);
}

static pubint_status read_effects(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
#define EFFECTS_KEY(key, when, type, value, into) MEMBER(pi_readback_effects, key, when, type, into),
#include "evaluation.def"
  };
  uint32_t seen;
  ((pi_readback_effects *)into)->there = true;
  return pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), into, &seen);
}

/* Countries, each once; of them only that they are there is kept. */
static pubint_status read_countries(pi_member_reader *self, void *into) {
  enum { LETTERS = 26 };
  uint32_t come[LETTERS] = {0};
  bool more;
  *(bool *)into = true;
  if (pi_json_peek(&self->json) != PI_JSON_ARRAY) return pi_members_refuse(self, "a list of countries");
  pubint_status status = pi_json_enter_array(&self->json);
  for (;;) {
    pi_slice code;
    if (status == PUBINT_OK) status = pi_json_next_item(&self->json, &more);
    if (status == PUBINT_OK && more) status = pi_members_text(self, false, &code);
    if (status != PUBINT_OK || !more) return status;
    if (!pi_country_valid(code)) return pi_members_refuse_taken(self, "a country: NL");
    uint32_t *first = &come[code.ptr[0] - 'A'];
    uint32_t second = UINT32_C(1) << (code.ptr[1] - 'A');
    if ((*first & second) != 0) return pi_members_refuse_taken(self, "each country once");
    *first |= second;
  }
}

static pubint_status read_version(pi_member_reader *self, void *into) {
  int64_t version;
  (void)into;
  pubint_status status = pi_members_number(self, 0, &version);
  return status != PUBINT_OK || version == 1 ? status : pi_members_refuse_taken(self, "1");
}

static pubint_status read_line(pi_member_reader *self, void *into) {
  int64_t line = 0;
  pubint_status status = pi_members_number(self, 0, &line);
  *(uint64_t *)into = (uint64_t)line;
  return status != PUBINT_OK || line > 0 ? status : pi_members_refuse_taken(self, "a line's number");
}

/* What a line has, evaluated or refused: a key of both is there once, in its place among the evaluation's. */
enum {
#define EVALUATION_KEY(key, when, type, value, into) AT_##key,
#define REFUSAL_KEY(key, when, type, value, into)    AT_##key,
#define REFUSAL_SHARED_KEY(key, when, type, value, into)
#include "evaluation.def"
};

/* The keys that an evaluation, or a refusal, may have, and those that it must have. */
#define MAY(key)        | 1U << AT_##key
#define MUST(key, when) | (when ? 1U << AT_##key : 0U)
typedef struct key_set {
  uint32_t may, must;
} key_set;

static const key_set OF_EVALUATION = {
#define EVALUATION_KEY(key, when, type, value, into) MAY(key)
    .may = 0
#include "evaluation.def"
    ,
#define EVALUATION_KEY(key, when, type, value, into) MUST(key, when)
    .must = 0
#include "evaluation.def"
};

static const key_set OF_REFUSAL = {
#define REFUSAL_KEY(key, when, type, value, into) MAY(key)
    .may = 0
#include "evaluation.def"
    ,
#define REFUSAL_KEY(key, when, type, value, into) MUST(key, when)
    .must = 0
#include "evaluation.def"
};

static bool has_keys(uint32_t seen, key_set of) {
  return (seen & of.must) == of.must && (seen & ~of.may) == 0;
}

/* Names the keys that an evaluation, and a refusal, must have. */
static pubint_status refuse_keys(pi_member_reader *self, const char *at) {
#define NAME(key, when)                                                                                      \
  if (when) *next++ = #key;
  const char *evaluation[PI_MEMBERS_MAX + 1] = {NULL};
  const char *refusal[PI_MEMBERS_MAX + 1] = {NULL};
  const char **next = evaluation;
#define EVALUATION_KEY(key, when, type, value, into) NAME(key, when)
#include "evaluation.def"
  next = refusal;
#define REFUSAL_KEY(key, when, type, value, into) NAME(key, when)
#include "evaluation.def"
#undef NAME
  char keys[2][120], expected[256];
  pi_words_say(evaluation, " and ", keys[0], sizeof keys[0]);
  pi_words_say(refusal, " and ", keys[1], sizeof keys[1]);
  snprintf(expected, sizeof expected, "%s, or %s", keys[0], keys[1]);
  return pi_json_refuse(&self->json, at, PI_E_BAD_EVALUATION, "an object that is neither", expected, NULL);
}

/* Holds the whole to itself: which keys belong together, and what follows from them. */
static pubint_status check_readback(pi_member_reader *self, pi_readback *readback, uint32_t seen) {
  const char *at = self->json.begin;
  if (has_keys(seen, OF_REFUSAL)) return contradict(self, at, pi_consistency_of_refusal(readback));
  if (!has_keys(seen, OF_EVALUATION)) return refuse_keys(self, at);
  readback->empty_list = ((seen >> AT_missing & 1) != 0 && readback->missing == 0) ||
                         ((seen >> AT_unknown & 1) != 0 && readback->unknown == 0) ||
                         ((seen >> AT_rules & 1) != 0 && readback->rules_count == 0);
  return contradict(self, at, pi_consistency_of_whole(readback));
}

static void begin_readback(pi_readback *out) {
  pi_slice none = {NULL, 0};
  out->id = out->refused = out->refused_kind = out->market = out->policy = out->host = none;
  out->redacted_text = out->file = none;
  out->line = 0;
  out->missing = out->unknown = 0;
  out->rules_count = 0;
  out->market_script = out->withheld = false;
  out->shown.known = 0;
  out->shown.violations_count = 0;
  out->effects.there = false;
  out->effects.kept = true;
  out->effects.named_count = 0;
  out->effects.learn_more = none;
}

pubint_status pi_evaluation_read(pi_readback *out, pi_slice line, uint64_t line_number, pi_arena *arena,
                                 pubint_error *error) {
  static const pi_member MEMBERS[] = {
#define EVALUATION_KEY(key, when, type, value, into) MEMBER(pi_readback, key, false, type, into),
#define REFUSAL_KEY(key, when, type, value, into)    MEMBER(pi_readback, key, false, type, into),
#define REFUSAL_SHARED_KEY(key, when, type, value, into)
#include "evaluation.def"
  };
  begin_readback(out);
  pi_member_reader self = {.code = PI_E_BAD_EVALUATION,
                           .keys = "a key of an evaluation",
                           .free_bytes = LINE_MAX_BYTES,
                           .free_depth = DEPTH_MAX};
  uint32_t seen;
  if (line.len > LINE_MAX_BYTES) {
    pubint_status status = pi_error_set(error, PI_E_LINE_TOO_LONG);
    error->line = line_number;
    return status;
  }
  pubint_status status = pi_json_init(&self.json, line, line_number, arena, DEPTH_MAX, error);
  if (status == PUBINT_OK) status = pi_members_read(&self, MEMBERS, COUNT_OF(MEMBERS), out, &seen);
  if (status == PUBINT_OK) status = pi_json_finish(&self.json);
  return status == PUBINT_OK ? check_readback(&self, out, seen) : status;
}
