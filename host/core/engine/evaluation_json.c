#include "evaluation.h"
#include "evaluation_words.h"
#include "json_write.h"

#include <pubint/engine.h>

/* The evaluation as JSON: the keys of evaluation.def in their order, which says when each is written and what
 * of. It is on the hot path of every batch, so fixed text goes in as prepared pieces. Numbers are exact
 * decimals; no double is printed. */

#define PUT(buffer, literal) pi_buffer_append((buffer), "" literal, sizeof(literal) - 1)

/* ---- keys ---- */

#define ALWAYS     true
#define ONLY(held) (held)

/* A row. Every key comes behind a comma; in the first one's place the object is opened once it is closed. */
#define WRITE(key, when, type, value)                                                                        \
  if (when) {                                                                                                \
    PUT(out, ",\"" #key "\":");                                                                              \
    PUT_##type(out, value);                                                                                  \
  }

static void close_object(pi_buffer *out, size_t begin) {
  if (!out->failed) out->data[begin] = '{';
  PUT(out, "}");
}

/* ---- values ---- */

#define PUT_VERSION(out, value)       PUT(out, "1")
#define PUT_ON(out, value)            PUT(out, "true")
#define PUT_OFF(out, value)           PUT(out, "false")
#define PUT_ID(out, value)            pi_json_write_string(out, value)
#define PUT_TEXT(out, value)          pi_json_write_string(out, value)
#define PUT_QUOTED(out, value)        pi_json_write_string(out, value)
#define PUT_POINTER(out, value)       pi_json_write_string(out, value)
#define PUT_SHOWN(out, value)         pi_json_write_string(out, value)
#define PUT_NAME(out, value)          put_own(out, value)
#define PUT_GATE(out, value)          put_own(out, value)
#define PUT_CLASS(out, value)         put_own(out, value)
#define PUT_FAILURE(out, value)       put_own(out, value)
#define PUT_TIMEOUT(out, value)       put_own(out, pi_slice_of(value))
#define PUT_OUTCOME(out, value)       put_own(out, PI_WORDS_OUTCOME.words[value])
#define PUT_VERDICT(out, value)       put_own(out, PI_WORDS_OUTCOME.words[value])
#define PUT_BASIS(out, value)         put_own(out, PI_WORDS_BASIS.words[value])
#define PUT_VERDICT_BASIS(out, value) put_own(out, PI_WORDS_BASIS.words[value])
#define PUT_RESULT(out, value)        put_own(out, PI_WORDS_GATE_RESULT.words[value])
#define PUT_FROM(out, value)          put_own(out, PI_WORDS_FROM.words[value])
#define PUT_FLAG(out, value)          put_bool(out, value)
#define PUT_COUNT(out, value)         pi_json_write_decimal(out, value, 0)
#define PUT_LINE(out, value)          pi_json_write_decimal(out, (int64_t)(value), 0)
#define PUT_PLACE(out, value)         pi_json_write_decimal(out, value, 0)
#define PUT_COLUMN(out, value)        pi_json_write_decimal(out, (int64_t)(value), 0)
#define PUT_SUM(out, value)           pi_json_write_decimal(out, value, 9)
#define PUT_BAR(out, value)           pi_json_write_decimal(out, value, 9)
#define PUT_COUNTED(out, value)       pi_json_write_decimal(out, value, 9)
#define PUT_MARGIN(out, value)        pi_json_write_decimal(out, value, 9)
#define PUT_PATHS(out, value)         put_paths(out, value)
#define PUT_UNASSESSED(out, value)    put_paths(out, value)
#define PUT_CODE(out, value)          pi_buffer_printf(out, "\"E%04u\"", value)
#define PUT_GATES(out, value)         put_gates(out, value)
#define PUT_FACT(out, value)          put_gate_fact(out, value)
#define PUT_TYPE(out, value)                                                                                 \
  put_fact(out, (value)->evaluation->input, (pi_fact)__builtin_ctzll(gate_types(value)))
#define PUT_RULES(out, value)       put_rules(out, value)
#define PUT_SWAY(out, value)        put_sway(out, value)
#define PUT_FACTORS(out, value)     put_factors(out, value)
#define PUT_CONDITIONS(out, value)  put_conditions(out, value)
#define PUT_NOTES(out, value)       put_texts(out, (value)->notes, (value)->notes_count)
#define PUT_ERROR(out, value)       put_error(out, value)
#define PUT_MARKET(out, value)      put_market(out, value)
#define PUT_EFFECTS(out, value)     pi_effects_write(out, (value)->input, (value)->policy->learn_more)
#define PUT_RULES_NAMED(out, value) put_rules_named(out, value)
#define PUT_COUNTRIES(out, value)   put_texts(out, (value).codes, (value).count)
#define PUT_POLICY(out, value)      put_policy(out, value)
#define PUT_REFUSED(out, value)     put_refused(out, value)

static void put_bool(pi_buffer *out, bool value) {
  if (value)
    PUT(out, "true");
  else
    PUT(out, "false");
}

/* A word, path or key of our own tables: nothing in it needs an escape. */
static void put_own(pi_buffer *out, pi_slice word) {
  if (!pi_buffer_reserve(out, word.len + 2)) return;
  char *p = out->data + out->len;
  *p = '"';
  memcpy(p + 1, word.ptr, word.len);
  p[word.len + 1] = '"';
  out->len += word.len + 2;
}

/* Takes the first fact, in the table's order, out of a set that has one. */
static pi_fact take_fact(pi_fact_set *facts) {
  pi_fact fact = (pi_fact)__builtin_ctzll(*facts);
  *facts &= *facts - 1;
  return fact;
}

/* A list of the facts' paths, in the table's order; PI_SPANS_BIT is its last. */
static void put_paths(pi_buffer *out, pi_fact_set facts) {
  char separator = '[';
  while (facts != 0) {
    pi_buffer_byte(out, separator);
    pi_fact fact = take_fact(&facts);
    put_own(out, fact < PI_FACT_COUNT ? PI_FACTS[fact].path : PI_SPANS_PATH);
    separator = ',';
  }
  PUT(out, "]");
}

static void put_texts(pi_buffer *out, const pi_slice *texts, uint32_t count) {
  PUT(out, "[");
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) PUT(out, ",");
    pi_json_write_string(out, texts[i]);
  }
  PUT(out, "]");
}

/* ---- gates ---- */

typedef struct gate_of {
  const pubint_evaluation *evaluation;
  pi_gate gate;
} gate_of;

/* The office's facts that are known; and what else failed the gate, since a fact that decides is shown. */
static pi_fact_set shown_office_facts(const gate_of *self) {
  return (pi_gates_office_facts() | self->evaluation->gates.decided_by) & self->evaluation->input->known;
}

static bool gate_has_fact(const gate_of *self) {
  const pi_gate_row *row = &PI_GATES[self->gate];
  if (row->shows == PI_GATE_SHOWS_OFFICE) return shown_office_facts(self) != 0;
  return row->shows == PI_GATE_SHOWS_VIOLATIONS || pi_case_knows(self->evaluation->input, row->own);
}

/* The facts that say of which type its answer is. */
static pi_fact_set gate_types(const gate_of *self) {
  const pi_gate_row *row = &PI_GATES[self->gate];
  if (row->shows != PI_GATE_SHOWS_ANSWER) return 0;
  return row->facts & self->evaluation->input->known & ~PI_FACT_BIT(row->own);
}

/* 0: it has none. */
static int64_t gate_limit(const gate_of *self) {
  const pi_gate_row *row = &PI_GATES[self->gate];
  if (row->shows == PI_GATE_SHOWS_VIOLATIONS) return 1;
  return row->shows == PI_GATE_SHOWS_COUNT ? PI_FACTS[row->own].limit : 0;
}

static bool gate_has_distance(const gate_of *self) {
  const pi_gate_row *row = &PI_GATES[self->gate];
  return row->shows == PI_GATE_SHOWS_COUNT && pi_case_knows(self->evaluation->input, row->own);
}

/* From the least count that passes. */
static int64_t gate_distance(const gate_of *self) {
  return pi_case_count(self->evaluation->input, PI_GATES[self->gate].own) - gate_limit(self) - 1;
}

/* A known fact that a gate may look at, as in the case: no list and no tree. */
static void put_fact(pi_buffer *out, const pi_case *input, pi_fact fact) {
  if (PI_FACTS[fact].type == PI_TYPE_BOOL)
    put_bool(out, pi_case_flag(input, fact));
  else if (PI_FACTS[fact].type == PI_TYPE_WORD)
    put_own(out, PI_FACTS[fact].words.words[pi_case_word(input, fact)]);
  else if (PI_FACTS[fact].type == PI_TYPE_COUNT)
    pi_json_write_decimal(out, pi_case_count(input, fact), 0);
  else if (PI_FACTS[fact].type == PI_TYPE_STRENGTH)
    pi_json_write_decimal(out, pi_case_strength(input, fact), 6);
  else
    pi_json_write_string(out, pi_case_text(input, fact));
}

/* Facts as members of an object, behind the separator. */
static void put_members(pi_buffer *out, const pi_case *input, pi_fact_set facts, char *separator) {
  for (; facts != 0; *separator = ',') {
    pi_fact fact = take_fact(&facts);
    pi_buffer_byte(out, *separator);
    put_own(out, PI_FACTS[fact].key);
    PUT(out, ":");
    put_fact(out, input, fact);
  }
}

static void put_gate_fact(pi_buffer *out, const gate_of *self) {
  const pi_case *input = self->evaluation->input;
  pi_fact_set office;
  char separator = '{';
  switch (PI_GATES[self->gate].shows) {
  case PI_GATE_SHOWS_VIOLATIONS: pi_json_write_decimal(out, input->violations_count, 0); break;
  case PI_GATE_SHOWS_ANSWER:
  case PI_GATE_SHOWS_COUNT: put_fact(out, input, PI_GATES[self->gate].own); break;
  case PI_GATE_SHOWS_OFFICE:
    office = shown_office_facts(self);
    put_members(out, input, office & ~pi_gates_office_facts(), &separator);
    put_members(out, input, office & pi_gates_office_facts(), &separator);
    PUT(out, "}");
    break;
  }
}

static void put_gate(pi_buffer *out, const gate_of *self) {
  size_t begin = out->len;
#define GATE_KEY(key, when, type, value, into) WRITE(key, when, type, value)
#include "evaluation.def"
  close_object(out, begin);
}

static void put_gates(pi_buffer *out, const pubint_evaluation *evaluation) {
  PUT(out, "[");
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) {
    if (gate > 0) PUT(out, ",");
    put_gate(out, &(gate_of){evaluation, (pi_gate)gate});
  }
  PUT(out, "]");
}

/* ---- entries ---- */

/* Factors are most of a line: there is room for all of them before the first is written. */
#define ADD(p, literal)           (memcpy((p), "" literal, sizeof(literal) - 1), (p) + sizeof(literal) - 1)
#define ADD_SIDE(p, value)        ((value) == PI_SIDE_HARM ? ADD(p, "\"harm\"") : ADD(p, "\"interest\""))
#define ADD_FACTOR_FROM(p, value) ((value) == PI_FROM_MARKET ? ADD(p, "\"market\"") : ADD(p, "\"rule\""))
#define ADD_NAME(p, value)        add_name(p, value)
#define ADD_STRENGTH(p, value)    ((p) + pi_decimal_write((p), (value), 6))
#define ADD_WEIGHT(p, value)      ((p) + pi_decimal_write((p), (value), 3))
#define ADD_POINTS(p, value)      ((p) + pi_decimal_write((p), (value), 9))

/* Room for a factor: its brackets, and each key with an id or a number, whichever is longer. */
enum {
  FACTOR_VALUE_BYTES = PI_ID_LENGTH_MAX + 2 > PI_DECIMAL_BYTES ? PI_ID_LENGTH_MAX + 2 : PI_DECIMAL_BYTES,
#define FACTOR_KEY(key, when, type, value, into) +sizeof(",\"" #key "\":") + FACTOR_VALUE_BYTES
  FACTOR_BYTES = 2
#include "evaluation.def"
};

/* A checked id: nothing in it needs an escape. */
static char *add_name(char *p, pi_slice name) {
  *p = '"';
  memcpy(p + 1, name.ptr, name.len);
  p[name.len + 1] = '"';
  return p + name.len + 2;
}

static char *add_factor(char *begin, const pi_factor *self) {
  char *p = begin;
#define FACTOR_KEY(key, when, type, value, into)                                                             \
  p = ADD(p, ",\"" #key "\":");                                                                              \
  p = ADD_##type(p, value);
#include "evaluation.def"
  *begin = '{';
  return ADD(p, "}");
}

static void put_factors(pi_buffer *out, const pi_balance *balance) {
  PUT(out, "[");
  if (!pi_buffer_reserve(out, (size_t)balance->factors_count * FACTOR_BYTES)) return;
  char *p = out->data + out->len;
  for (uint32_t i = 0; i < balance->factors_count; i++) {
    if (i > 0) *p++ = ',';
    p = add_factor(p, &balance->factors[i]);
  }
  out->len = (size_t)(p - out->data);
  PUT(out, "]");
}

static void put_condition(pi_buffer *out, const pi_condition *self) {
  size_t begin = out->len;
#define CONDITION_KEY(key, when, type, value, into) WRITE(key, when, type, value)
#include "evaluation.def"
  close_object(out, begin);
}

static void put_conditions(pi_buffer *out, const pi_balance *balance) {
  PUT(out, "[");
  for (uint32_t i = 0; i < balance->conditions_count; i++) {
    if (i > 0) PUT(out, ",");
    put_condition(out, &balance->conditions[i]);
  }
  PUT(out, "]");
}

static void put_sway(pi_buffer *out, const pi_market_sway *self) {
  size_t begin = out->len;
#define SWAY_KEY(key, when, type, value, into) WRITE(key, when, type, value)
#include "evaluation.def"
  close_object(out, begin);
}

static void put_error(pi_buffer *out, const pi_script_error *self) {
  size_t begin = out->len;
#define ERROR_KEY(key, when, type, value, into) WRITE(key, when, type, value)
#include "evaluation.def"
  close_object(out, begin);
}

static void put_rule(pi_buffer *out, const pi_entry *self) {
  size_t begin = out->len;
#define RULE_KEY(key, when, type, value, into) WRITE(key, when, type, value)
#include "evaluation.def"
  close_object(out, begin);
}

static void put_rules(pi_buffer *out, const pubint_evaluation *evaluation) {
  PUT(out, "[");
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    if (i > 0) PUT(out, ",");
    put_rule(out, &evaluation->entries[i]);
  }
  PUT(out, "]");
}

/* ---- the whole ---- */

static void put_rules_named(pi_buffer *out, const pi_case *input) {
  PUT(out, "[");
  for (uint32_t i = 0; i < input->violations_count; i++) {
    if (pi_case_repeats_rule(input, i)) continue;
    if (i > 0) PUT(out, ",");
    pi_json_write_string(out, input->violations[i].rule_id);
  }
  PUT(out, "]");
}

void pi_effects_write(pi_buffer *out, const pi_case *input, pi_slice learn_more) {
  size_t begin = out->len;
#define EFFECTS_KEY(key, when, type, value, into) WRITE(key, when, type, value)
#include "evaluation.def"
  close_object(out, begin);
}

static void put_market(pi_buffer *out, const pubint_evaluation *self) {
  size_t begin = out->len;
#define MARKET_KEY(key, when, type, value, into) WRITE(key, when, type, value)
#include "evaluation.def"
  close_object(out, begin);
}

static void put_policy(pi_buffer *out, const pubint_evaluation *evaluation) {
  const pi_overrides *overrides = evaluation->overrides;
  pi_json_write_string(out, evaluation->policy->id);
  if (overrides == NULL || overrides->count == 0) return;
  out->len -= out->failed ? 0 : 1;
  PUT(out, PI_OVERRIDES_MARK "\"");
}

void pi_evaluation_write(const pubint_evaluation *self, pi_buffer *out) {
  size_t begin = out->len;
#define EVALUATION_KEY(key, when, type, value, into) WRITE(key, when, type, value)
#include "evaluation.def"
  close_object(out, begin);
}

/* The text is written once for all who ask: the engine that owns it belongs to one thread. */
const char *pubint_evaluation_json(const pubint_evaluation *self, size_t *bytes) {
  pi_buffer *json = self->json;
  if (json->len == 0) pi_evaluation_write(self, json);
  const char *text = pi_buffer_end(json);
  if (bytes != NULL) *bytes = text != NULL ? json->len : 0;
  return text;
}

/* ---- a refusal ---- */

static void put_refused(pi_buffer *out, const pubint_error *self) {
  size_t begin = out->len;
#define REFUSED_KEY(key, when, type, value, into) WRITE(key, when, type, value)
#include "evaluation.def"
  close_object(out, begin);
}

void pi_evaluation_write_refusal(pi_buffer *out, const pubint_error *error, uint64_t line, pi_slice id,
                                 pi_slice file) {
  size_t begin = out->len;
#define REFUSAL_KEY(key, when, type, value, into) WRITE(key, when, type, value)
#include "evaluation.def"
  close_object(out, begin);
}
