#include "evaluation_read.h"

#include <string.h>

#include "errors.h"
#include "evaluation_words.h"
#include "json_members.h"
#include "rejudge.h"

enum { DEPTH_MAX = 8, LINE_MAX_BYTES = 1024 * 1024, BAR_MAX = 100 };

/* ---- words ---- */

#define WORDS_OF(list)                                                                                       \
  { list, sizeof(list) / sizeof *(list) }

static const pi_slice RESULT_LIST[] = {PI_SLICE_INIT("pass"), PI_SLICE_INIT("fail"),
                                       PI_SLICE_INIT("unknown")};
static const pi_words RESULTS = WORDS_OF(RESULT_LIST);

#define COUNT_OF(members) (sizeof(members) / sizeof *(members))

/* ---- the parts of an entry ---- */

/* A factor as it stands in the line, before its numbers are put where they belong. */
typedef struct raw_factor {
  pi_slice id;
  int side;
  int from;
  int64_t strength, weight, points;
} raw_factor;

static pubint_status contradict(pi_member_reader *self, const char *at, const char *what,
                                const char *expected) {
  return pi_json_refuse(&self->json, at, PI_E_CONTRADICTION, what, expected, NULL);
}

static pubint_status read_factor(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
      {PI_SLICE_INIT("id"), true, PI_MEMBER_ID, offsetof(raw_factor, id), 0, NULL, NULL},
      {PI_SLICE_INIT("side"), true, PI_MEMBER_WORD, offsetof(raw_factor, side), 0, &PI_WORDS_FACTOR_SIDE,
       NULL},
      {PI_SLICE_INIT("from"), true, PI_MEMBER_WORD, offsetof(raw_factor, from), 0, &PI_WORDS_FROM, NULL},
      {PI_SLICE_INIT("strength"), true, PI_MEMBER_NUMBER, offsetof(raw_factor, strength), 6, NULL, NULL},
      {PI_SLICE_INIT("weight"), true, PI_MEMBER_NUMBER, offsetof(raw_factor, weight), 3, NULL, NULL},
      {PI_SLICE_INIT("points"), true, PI_MEMBER_NUMBER, offsetof(raw_factor, points), 9, NULL, NULL},
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
                          "an id, a strength of 0 to 1, a weight of 0.001 to 10, from rule or market", NULL);
  }
  *factor = (pi_factor){.id = raw.id,
                        .side = (pi_side)(PI_SIDE_INTEREST + raw.side),
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

static pubint_status read_condition(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
      {PI_SLICE_INIT("id"), true, PI_MEMBER_ID, offsetof(raw_condition, id), 0, NULL, NULL},
      {PI_SLICE_INIT("from"), true, PI_MEMBER_WORD, offsetof(raw_condition, from), 0, &PI_WORDS_FROM, NULL},
      {PI_SLICE_INIT("met"), true, PI_MEMBER_FLAG, offsetof(raw_condition, met), 0, NULL, NULL},
      {PI_SLICE_INIT("why"), false, PI_MEMBER_TEXT, offsetof(raw_condition, why), 0, NULL, NULL},
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
      {PI_SLICE_INIT("interest"), true, PI_MEMBER_NUMBER, offsetof(pi_market_sway, interest), 9, NULL, NULL},
      {PI_SLICE_INIT("harm"), true, PI_MEMBER_NUMBER, offsetof(pi_market_sway, harm), 9, NULL, NULL},
      {PI_SLICE_INIT("counted"), true, PI_MEMBER_NUMBER, offsetof(pi_market_sway, counted), 9, NULL, NULL},
      {PI_SLICE_INIT("clamped"), true, PI_MEMBER_FLAG, offsetof(pi_market_sway, clamped), 0, NULL, NULL},
  };
  uint32_t seen;
  ((pi_market_sway *)into)->ran = true;
  return pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), into, &seen);
}

/* The error of a script, or of a refused line: its code is kept. */
typedef struct raw_error {
  pi_slice code, text;
  int64_t number;
} raw_error;

static pubint_status read_error(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
      {PI_SLICE_INIT("code"), true, PI_MEMBER_ID, offsetof(raw_error, code), 0, NULL, NULL},
      {PI_SLICE_INIT("kind"), false, PI_MEMBER_TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("message"), true, PI_MEMBER_TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("script"), false, PI_MEMBER_TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("line"), false, PI_MEMBER_NUMBER, offsetof(raw_error, number), 0, NULL, NULL},
      {PI_SLICE_INIT("path"), false, PI_MEMBER_TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("column"), false, PI_MEMBER_NUMBER, offsetof(raw_error, number), 0, NULL, NULL},
      {PI_SLICE_INIT("found"), false, PI_MEMBER_TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("expected"), false, PI_MEMBER_TEXT, offsetof(raw_error, text), 0, NULL, NULL},
      {PI_SLICE_INIT("hint"), false, PI_MEMBER_TEXT, offsetof(raw_error, text), 0, NULL, NULL},
  };
  raw_error raw = {.code = {NULL, 0}};
  uint32_t seen;
  pubint_status status = pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), &raw, &seen);
  *(pi_slice *)into = raw.code;
  return status;
}

/* ---- an entry ---- */

static bool same_sway(const pi_market_sway *a, const pi_market_sway *b) {
  return a->interest == b->interest && a->harm == b->harm && a->counted == b->counted &&
         a->clamped == b->clamped;
}

/* Holds an entry to itself. */
static pubint_status check_rule(pi_member_reader *self, const pi_record_rule *rule) {
  const char *at = self->json.p;
  if (rule->weighed) {
    pi_judged_sums sums = pi_rejudge_sums(rule, NULL);
    if (sums.interest != rule->interest || sums.harm != rule->harm ||
        (rule->market.ran ? !same_sway(&sums.market, &rule->market) : sums.market.counted != 0)) {
      return contradict(self, at, "a sum that is another", "the sum of the factors' points");
    }
    if (sums.margin != rule->margin) {
      return contradict(self, at, "a margin that is another",
                        "interest − harm − bar + what the market counts");
    }
  }
  pi_judgement follows = pi_rejudge_rule(rule, NULL);
  if (follows.outcome == rule->verdict && follows.basis == rule->basis) return PUBINT_OK;
  return contradict(self, at, "a verdict that does not follow", "what follows from margin and conditions");
}

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
  enum { INTEREST = 5, HARM = 6, BAR = 7, MARGIN = 9, FACTORS = 10, CLASS = 4 };
  static const pi_member MEMBERS[] = {
      {PI_SLICE_INIT("rule"), true, PI_MEMBER_ID, offsetof(pi_record_rule, rule), 0, NULL, NULL},
      {PI_SLICE_INIT("kind"), false, PI_MEMBER_ID, offsetof(pi_record_rule, kind), 0, NULL, NULL},
      {PI_SLICE_INIT("verdict"), true, PI_MEMBER_OWN, offsetof(pi_record_rule, verdict), 0, NULL,
       read_verdict},
      {PI_SLICE_INIT("basis"), true, PI_MEMBER_OWN, offsetof(pi_record_rule, basis), 0, NULL, read_basis},
      [CLASS] = {PI_SLICE_INIT("class"), false, PI_MEMBER_ID, offsetof(pi_record_rule, class_name), 0, NULL,
                 NULL},
      [INTEREST] = {PI_SLICE_INIT("interest"), false, PI_MEMBER_NUMBER, offsetof(pi_record_rule, interest), 9,
                    NULL, NULL},
      [HARM] = {PI_SLICE_INIT("harm"), false, PI_MEMBER_NUMBER, offsetof(pi_record_rule, harm), 9, NULL,
                NULL},
      [BAR] = {PI_SLICE_INIT("bar"), false, PI_MEMBER_NUMBER, offsetof(pi_record_rule, bar), 9, NULL, NULL},
      {PI_SLICE_INIT("market"), false, PI_MEMBER_OWN, offsetof(pi_record_rule, market), 0, NULL, read_sway},
      [MARGIN] = {PI_SLICE_INIT("margin"), false, PI_MEMBER_NUMBER, offsetof(pi_record_rule, margin), 9, NULL,
                  NULL},
      [FACTORS] = {PI_SLICE_INIT("factors"), false, PI_MEMBER_OWN, offsetof(pi_record_rule, balance), 0, NULL,
                   read_factors},
      {PI_SLICE_INIT("conditions"), false, PI_MEMBER_OWN, offsetof(pi_record_rule, balance), 0, NULL,
       read_conditions},
      {PI_SLICE_INIT("notes"), false, PI_MEMBER_OWN, offsetof(pi_record_rule, balance), 0, NULL, read_notes},
      {PI_SLICE_INIT("unassessed"), false, PI_MEMBER_OPEN, offsetof(pi_record_rule, unassessed), 0, NULL,
       NULL},
      {PI_SLICE_INIT("error"), false, PI_MEMBER_OWN, offsetof(pi_record_rule, error_code), 0, NULL,
       read_error},
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
  pubint_status status = pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), rule, &seen);
  if (status != PUBINT_OK) return status;
  rule->weighed = (seen & weighed) == weighed;
  if ((!rule->weighed && (seen & weighed) != 0) ||
      ((seen & scripted) != 0 && (seen & scripted) != scripted) ||
      (rule->weighed && (seen & scripted) == 0)) {
    return pi_json_refuse(&self->json, self->json.p, PI_E_BAD_EVALUATION,
                          "an entry with a part of its figures",
                          "class, interest, harm, bar, margin and factors together", NULL);
  }
  if (rule->bar < 0 || rule->bar > BAR_MAX * PI_NANO || !pi_id_valid(rule->rule)) {
    return pi_json_refuse(&self->json, self->json.p, PI_E_BAD_EVALUATION,
                          "an entry beyond what a policy can say", "a rule's id, and a bar of 0 to 100",
                          NULL);
  }
  return check_rule(self, rule);
}

/* ---- the whole ---- */

typedef struct raw_gate {
  pi_slice gate;
  int result;
} raw_gate;

static pubint_status read_gate(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
      {PI_SLICE_INIT("gate"), true, PI_MEMBER_ID, offsetof(raw_gate, gate), 0, NULL, NULL},
      {PI_SLICE_INIT("result"), true, PI_MEMBER_WORD, offsetof(raw_gate, result), 0, &RESULTS, NULL},
      {PI_SLICE_INIT("fact"), false, PI_MEMBER_FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("type"), false, PI_MEMBER_FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("limit"), false, PI_MEMBER_FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("distance"), false, PI_MEMBER_FREE, 0, 0, NULL, NULL},
  };
  uint32_t seen;
  return pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), into, &seen);
}

static pubint_status read_gates(pi_member_reader *self, void *into) {
  raw_gate gates[PI_GATE_COUNT] = {0};
  uint32_t count;
  const char *at = self->json.p;
  pubint_status status = pi_members_array(self, PI_GATE_COUNT, sizeof *gates, gates, &count, read_gate);
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

static pubint_status read_rules(pi_member_reader *self, void *into) {
  pi_record *record = into;
  return pi_members_array(self, PI_VIOLATIONS_MAX, sizeof *record->rules, record->rules, &record->rules_count,
                          read_rule);
}

static pubint_status read_market(pi_member_reader *self, void *into) {
  static const pi_member MEMBERS[] = {
      {PI_SLICE_INIT("id"), true, PI_MEMBER_ID, offsetof(pi_record, market), 0, NULL, NULL},
      {PI_SLICE_INIT("script"), true, PI_MEMBER_FLAG, offsetof(pi_record, market_script), 0, NULL, NULL},
  };
  uint32_t seen;
  pubint_status status = pi_members_read(self, MEMBERS, COUNT_OF(MEMBERS), into, &seen);
  if (status != PUBINT_OK || pi_market_valid(((pi_record *)into)->market)) return status;
  return pi_json_refuse(&self->json, self->json.p, PI_E_BAD_EVALUATION, "another id", "a market: NL, US-CA",
                        NULL);
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
static pubint_status check_record(pi_member_reader *self, const pi_record *record, uint32_t seen) {
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
  pi_judgement follows = {record->outcome, record->basis};
  if (weighed) follows = pi_rejudge(record, NULL);
  if (weighed != (record->rules_count > 0) || follows.outcome != record->outcome ||
      follows.basis != record->basis) {
    return contradict(self, at, "an outcome that does not follow",
                      "what follows from the verdicts of its rules");
  }
  return PUBINT_OK;
}

pubint_status pi_evaluation_read(pi_record *out, pi_slice line, uint64_t line_number, pi_arena *arena,
                                 pubint_error *error) {
  static const pi_member MEMBERS[] = {
      {PI_SLICE_INIT("v"), true, PI_MEMBER_OWN, 0, 0, NULL, read_version},
      [KEY_ID] = {PI_SLICE_INIT("id"), false, PI_MEMBER_ID, offsetof(pi_record, id), 0, NULL, NULL},
      [KEY_OUTCOME] = {PI_SLICE_INIT("outcome"), false, PI_MEMBER_OWN, offsetof(pi_record, outcome), 0, NULL,
                       read_verdict},
      [KEY_BASIS] = {PI_SLICE_INIT("basis"), false, PI_MEMBER_OWN, offsetof(pi_record, basis), 0, NULL,
                     read_basis},
      [KEY_FINAL] = {PI_SLICE_INIT("final"), false, PI_MEMBER_FLAG, offsetof(pi_record, final), 0, NULL,
                     NULL},
      [KEY_GATES] = {PI_SLICE_INIT("gates"), false, PI_MEMBER_OWN, offsetof(pi_record, gates), 0, NULL,
                     read_gates},
      {PI_SLICE_INIT("missing"), false, PI_MEMBER_FACTS, offsetof(pi_record, missing), 0, NULL, NULL},
      [KEY_RULES] = {PI_SLICE_INIT("rules"), false, PI_MEMBER_OWN, 0, 0, NULL, read_rules},
      {PI_SLICE_INIT("market"), false, PI_MEMBER_OWN, 0, 0, NULL, read_market},
      {PI_SLICE_INIT("effects"), false, PI_MEMBER_FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("redacted_text"), false, PI_MEMBER_FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("withheld_in"), false, PI_MEMBER_FREE, 0, 0, NULL, NULL},
      {PI_SLICE_INIT("unknown"), false, PI_MEMBER_FACTS, offsetof(pi_record, unknown), 0, NULL, NULL},
      [KEY_POLICY] = {PI_SLICE_INIT("policy"), false, PI_MEMBER_ID, offsetof(pi_record, policy), 0, NULL,
                      NULL},
      [KEY_HOST] = {PI_SLICE_INIT("host"), false, PI_MEMBER_ID, offsetof(pi_record, host), 0, NULL, NULL},
      {PI_SLICE_INIT("file"), false, PI_MEMBER_FREE, 0, 0, NULL, NULL},
      [KEY_LINE] = {PI_SLICE_INIT("line"), false, PI_MEMBER_OWN, offsetof(pi_record, line), 0, NULL,
                    read_line},
      [KEY_ERROR] = {PI_SLICE_INIT("error"), false, PI_MEMBER_OWN, offsetof(pi_record, refused), 0, NULL,
                     read_error},
  };
  pi_slice none = {NULL, 0};
  out->id = out->refused = out->market = out->policy = out->host = none;
  out->line = 0;
  out->missing = out->unknown = 0;
  out->rules_count = 0;
  out->market_script = false;
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
  return status == PUBINT_OK ? check_record(&self, out, seen) : status;
}
