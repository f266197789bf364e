#include "evaluation.h"
#include "evaluation_words.h"
#include "json_write.h"

#include <pubint/engine.h>

/* The evaluation as JSON, keys in the order of design section 7. It is on the hot path of every batch, so
 * fixed text goes in as prepared pieces. Numbers are exact decimals; no double is printed. */

#define PUT(buffer, literal) pi_buffer_append((buffer), "" literal, sizeof(literal) - 1)

static void put_name(pi_buffer *out, const char *key, const char *name) {
  pi_buffer_text(out, key);
  pi_buffer_text(out, name);
  PUT(out, "\"");
}

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

/* ---- gates ---- */

/* A known fact of type word or bool or string, as in the case. */
static void put_fact(pi_buffer *out, const pi_case *input, pi_fact fact) {
  const pi_value *value = &input->facts[fact];
  if (PI_FACTS[fact].type == PI_TYPE_BOOL)
    put_bool(out, value->boolean);
  else if (PI_FACTS[fact].type == PI_TYPE_WORD)
    put_own(out, PI_FACTS[fact].words.words[value->word]);
  else
    pi_json_write_string(out, value->string);
}

/* The facts of a set that are known, as members of one object that is begun with the first. */
static void put_members(pi_buffer *out, const pi_case *input, pi_fact_set facts, char *separator) {
  for (facts &= input->known; facts != 0; *separator = ',') {
    pi_fact fact = take_fact(&facts);
    if (*separator == '{') PUT(out, ",\"fact\":");
    pi_buffer_byte(out, *separator);
    put_own(out, PI_FACTS[fact].key);
    PUT(out, ":");
    put_fact(out, input, fact);
  }
}

static pi_fact_set office_facts(void) {
  pi_fact_set facts = 0;
#define FACT(name, holder, text, type, side, words, doc)                                                     \
  if (PI_GROUP_##holder == PI_GROUP_OFFICE) facts |= PI_FACT_BIT(PI_FACT_##name);
#include "facts.def"
#undef FACT
  return facts;
}

/* The office's facts that are known; before them what else failed the gate, since a fact that decides is
 * shown. */
static void put_office(pi_buffer *out, const pi_case *input, pi_fact_set decided_by) {
  char separator = '{';
  put_members(out, input, decided_by & ~office_facts(), &separator);
  put_members(out, input, office_facts(), &separator);
  if (separator == ',') PUT(out, "}");
}

static void put_gate(pi_buffer *out, const pubint_evaluation *self, pi_gate gate) {
  const pi_case *input = self->input;
  PUT(out, "{\"gate\":\"");
  pi_buffer_slice(out, PI_GATES[gate].id);
  PUT(out, "\",\"result\":\"");
  pi_buffer_slice(out, pi_gate_result_name(self->gates.results[gate]));
  PUT(out, "\"");
  switch (gate) {
  case PI_GATE_RULE_VIOLATION:
    PUT(out, ",\"fact\":");
    pi_json_write_decimal(out, input->violations_count, 0);
    PUT(out, ",\"limit\":1");
    break;
  case PI_GATE_VERIFIED:
    if (pi_case_knows(input, PI_FACT_ACCOUNT_VERIFIED)) {
      PUT(out, ",\"fact\":");
      put_fact(out, input, PI_FACT_ACCOUNT_VERIFIED);
    }
    if (pi_case_knows(input, PI_FACT_ACCOUNT_VERIFIED_TYPE)) {
      PUT(out, ",\"type\":");
      put_fact(out, input, PI_FACT_ACCOUNT_VERIFIED_TYPE);
    }
    break;
  case PI_GATE_FOLLOWERS:
    if (pi_case_knows(input, PI_FACT_ACCOUNT_FOLLOWERS_COUNT)) {
      PUT(out, ",\"fact\":");
      pi_json_write_decimal(out, input->facts[PI_FACT_ACCOUNT_FOLLOWERS_COUNT].count, 0);
    }
    PUT(out, ",\"limit\":");
    pi_json_write_decimal(out, PI_FOLLOWERS_LIMIT, 0);
    if (pi_case_knows(input, PI_FACT_ACCOUNT_FOLLOWERS_COUNT)) {
      PUT(out, ",\"distance\":");
      pi_json_write_decimal(out, input->facts[PI_FACT_ACCOUNT_FOLLOWERS_COUNT].count - PI_FOLLOWERS_LIMIT - 1,
                            0);
    }
    break;
  case PI_GATE_OFFICE: put_office(out, input, self->gates.decided_by); break;
  case PI_GATE_COUNT: break;
  }
  PUT(out, "}");
}

/* ---- entries ---- */

static void put_points(pi_buffer *out, const char *key, int64_t nano) {
  pi_buffer_text(out, key);
  pi_json_write_decimal(out, nano, 9);
}

/* Appends where there is room already. */
#define ADD(p, literal)               (memcpy((p), "" literal, sizeof(literal) - 1), (p) + sizeof(literal) - 1)
#define ADD_SLICE(p, slice)           (memcpy((p), (slice).ptr, (slice).len), (p) + (slice).len)
#define ADD_DECIMAL(p, value, places) ((p) + pi_decimal_write((p), (value), (places)))

/* Room for a factor: its fixed text, an id and three numbers. */
enum { FACTOR_BYTES = 128 + PI_ID_LENGTH_MAX + 3 * PI_DECIMAL_BYTES };

static char *add_factor(char *p, const pi_factor *factor) {
  p = ADD(p, "{\"id\":\"");
  p = ADD_SLICE(p, factor->id); /* a checked id: nothing in it needs an escape */
  if (factor->side == PI_SIDE_INTEREST)
    p = ADD(p, "\",\"side\":\"interest\",\"from\":\"");
  else
    p = ADD(p, "\",\"side\":\"harm\",\"from\":\"");
  if (factor->from == PI_FROM_RULE)
    p = ADD(p, "rule\",\"strength\":");
  else
    p = ADD(p, "market\",\"strength\":");
  p = ADD_DECIMAL(p, factor->strength, 6);
  p = ADD(p, ",\"weight\":");
  p = ADD_DECIMAL(p, factor->weight, 3);
  p = ADD(p, ",\"points\":");
  p = ADD_DECIMAL(p, factor->points, 9);
  return ADD(p, "}");
}

static void put_factors(pi_buffer *out, const pi_balance *balance) {
  PUT(out, ",\"factors\":[");
  if (!pi_buffer_reserve(out, (size_t)balance->factors_count * FACTOR_BYTES)) return;
  char *p = out->data + out->len;
  for (uint32_t i = 0; i < balance->factors_count; i++) {
    if (i > 0) *p++ = ',';
    p = add_factor(p, &balance->factors[i]);
  }
  out->len = (size_t)(p - out->data);
  PUT(out, "]");
}

static void put_conditions(pi_buffer *out, const pi_balance *balance) {
  if (balance->conditions_count == 0) return;
  PUT(out, ",\"conditions\":[");
  for (uint32_t i = 0; i < balance->conditions_count; i++) {
    const pi_condition *condition = &balance->conditions[i];
    if (i > 0) PUT(out, ",");
    PUT(out, "{\"id\":\"");
    pi_buffer_slice(out, condition->id);
    PUT(out, "\",\"from\":\"");
    pi_buffer_slice(out, PI_WORDS_FROM.words[condition->from]);
    PUT(out, "\",\"met\":");
    put_bool(out, condition->met);
    if (condition->why.ptr != NULL) {
      PUT(out, ",\"why\":");
      pi_json_write_string(out, condition->why);
    }
    PUT(out, "}");
  }
  PUT(out, "]");
}

static void put_notes(pi_buffer *out, const pi_balance *balance) {
  if (balance->notes_count == 0) return;
  PUT(out, ",\"notes\":[");
  for (uint32_t i = 0; i < balance->notes_count; i++) {
    if (i > 0) PUT(out, ",");
    pi_json_write_string(out, balance->notes[i]);
  }
  PUT(out, "]");
}

static void put_error(pi_buffer *out, const pi_script_error *error) {
  if (error->failure == PI_FAILURE_NONE) return;
  pi_buffer_printf(out, ",\"error\":{\"code\":\"E%04u\",\"kind\":\"%s\",\"message\":", error->code,
                   pi_failure_name(error->failure).ptr);
  pi_json_write_string(out, error->message);
  PUT(out, ",\"script\":");
  pi_json_write_string(out, error->script->file);
  if (error->line > 0) pi_buffer_printf(out, ",\"line\":%u", error->line);
  PUT(out, "}");
}

static void put_entry(pi_buffer *out, const pi_entry *entry) {
  PUT(out, "{\"rule\":");
  pi_json_write_string(out, entry->violation->rule_id);
  if (entry->violation->kind.ptr != NULL) {
    PUT(out, ",\"kind\":");
    pi_json_write_string(out, entry->violation->kind);
  }
  put_name(out, ",\"verdict\":\"", pubint_outcome_name(entry->verdict));
  put_name(out, ",\"basis\":\"", pubint_basis_name(entry->basis));
  if (entry->script != NULL) put_name(out, ",\"class\":\"", entry->script->class_name.ptr);
  if (entry->weighed) {
    put_points(out, ",\"interest\":", entry->interest);
    put_points(out, ",\"harm\":", entry->harm);
  }
  if (entry->script != NULL) put_points(out, ",\"bar\":", entry->bar);
  if (entry->market.ran) {
    put_points(out, ",\"market\":{\"interest\":", entry->market.interest);
    put_points(out, ",\"harm\":", entry->market.harm);
    put_points(out, ",\"counted\":", entry->market.counted);
    PUT(out, ",\"clamped\":");
    put_bool(out, entry->market.clamped);
    PUT(out, "}");
  }
  if (entry->weighed) {
    put_points(out, ",\"margin\":", entry->margin);
    put_factors(out, &entry->balance);
  }
  put_conditions(out, &entry->balance);
  put_notes(out, &entry->balance);
  if (entry->unassessed != 0) {
    PUT(out, ",\"unassessed\":");
    put_paths(out, entry->unassessed);
  }
  put_error(out, &entry->error);
  PUT(out, "}");
}

/* ---- the whole ---- */

/* R009–R020: always all of them. */
void pi_effects_write(pi_buffer *out, const pi_case *input, pi_slice learn_more) {
  PUT(out, "{\"click_through\":true,\"like\":false,\"retweet\":false,\"reply\":false,"
           "\"share\":false,\"recommend\":false,\"quote\":true,\"rules_named\":[");
  for (uint32_t i = 0; i < input->violations_count; i++) {
    bool named = false;
    pi_slice rule = input->violations[i].rule_id;
    for (uint32_t j = 0; j < i; j++) {
      named = named || pi_slice_equal(input->violations[j].rule_id, rule);
    }
    if (named) continue;
    if (i > 0) PUT(out, ",");
    pi_json_write_string(out, rule);
  }
  PUT(out, "],\"learn_more\":");
  pi_json_write_string(out, learn_more);
  PUT(out, "}");
}

static void put_weighing(pi_buffer *out, const pubint_evaluation *self) {
  PUT(out, ",\"rules\":[");
  for (uint32_t i = 0; i < self->entries_count; i++) {
    if (i > 0) PUT(out, ",");
    put_entry(out, &self->entries[i]);
  }
  PUT(out, "]");
  if (pi_case_knows(self->input, PI_FACT_MARKET)) {
    PUT(out, ",\"market\":{\"id\":");
    pi_json_write_string(out, self->input->facts[PI_FACT_MARKET].string);
    PUT(out, ",\"script\":");
    put_bool(out, self->market != NULL);
    PUT(out, "}");
  }
}

/* R066–R069: local law is carried over whatever the outcome. */
static void put_withheld(pi_buffer *out, const pi_case *input) {
  if (!pi_case_knows(input, PI_FACT_WITHHELD_IN)) return;
  const pi_countries *countries = &input->facts[PI_FACT_WITHHELD_IN].countries;
  PUT(out, ",\"withheld_in\":[");
  for (uint32_t i = 0; i < countries->count; i++) {
    if (i > 0) PUT(out, ",");
    pi_json_write_string(out, countries->codes[i]);
  }
  PUT(out, "]");
}

void pi_evaluation_write(const pubint_evaluation *self, pi_buffer *out) {
  PUT(out, "{\"v\":1,\"id\":");
  pi_json_write_string(out, self->input->facts[PI_FACT_ID].string);
  put_name(out, ",\"outcome\":\"", pubint_outcome_name(self->outcome));
  put_name(out, ",\"basis\":\"", pubint_basis_name(self->basis));
  PUT(out, ",\"final\":");
  put_bool(out, self->final);
  PUT(out, ",\"gates\":[");
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) {
    if (gate > 0) PUT(out, ",");
    put_gate(out, self, (pi_gate)gate);
  }
  PUT(out, "]");
  if (self->gates.missing != 0) {
    PUT(out, ",\"missing\":");
    put_paths(out, self->gates.missing);
  }
  if (self->weighed) put_weighing(out, self);
  if (self->outcome == PUBINT_NOTICE) {
    PUT(out, ",\"effects\":");
    pi_effects_write(out, self->input, self->policy->learn_more);
  }
  if (self->redacted_text.ptr != NULL) {
    PUT(out, ",\"redacted_text\":");
    pi_json_write_string(out, self->redacted_text);
  }
  put_withheld(out, self->input);
  if (self->unknown != 0) {
    PUT(out, ",\"unknown\":");
    put_paths(out, self->unknown);
  }
  PUT(out, ",\"policy\":");
  pi_json_write_string(out, self->policy->id);
  if (self->overrides != NULL && self->overrides->count > 0) { /* it is not that policy that says this */
    out->len -= out->failed ? 0 : 1;
    PUT(out, "+overrides\"");
  }
  put_name(out, ",\"host\":\"", pubint_version());
  PUT(out, "}");
}

/* The text is written once for all who ask: the engine that owns it belongs to one thread. */
const char *pubint_evaluation_json(const pubint_evaluation *self, size_t *bytes) {
  pi_buffer *json = self->json;
  if (json->len == 0) pi_evaluation_write(self, json);
  const char *text = pi_buffer_end(json);
  if (bytes != NULL) *bytes = text != NULL ? json->len : 0;
  return text;
}

void pi_evaluation_write_refusal(pi_buffer *out, const pubint_error *error, uint64_t line, pi_slice id,
                                 pi_slice file) {
  const struct {
    const char *key;
    const char *text;
  } texts[] = {
      {",\"found\":", error->found}, {",\"expected\":", error->expected}, {",\"hint\":", error->hint}};
  PUT(out, "{\"v\":1");
  if (file.len > 0) {
    PUT(out, ",\"file\":");
    pi_json_write_string(out, file);
  }
  PUT(out, ",\"line\":");
  pi_json_write_decimal(out, (int64_t)line, 0);
  if (id.len > 0) {
    PUT(out, ",\"id\":");
    pi_json_write_string(out, id);
  }
  pi_buffer_printf(out, ",\"error\":{\"code\":\"E%04u\"", error->code);
  if (error->status == PUBINT_E_LIMIT) PUT(out, ",\"kind\":\"limit_time\"");
  PUT(out, ",\"message\":");
  pi_json_write_string(out, pi_slice_of(error->message));
  if (error->status == PUBINT_E_INPUT) {
    PUT(out, ",\"path\":");
    pi_json_write_string(out, pi_slice_of(error->path));
    PUT(out, ",\"column\":");
    pi_json_write_decimal(out, (int64_t)error->column, 0);
  }
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    if (texts[i].text[0] == '\0') continue;
    pi_buffer_text(out, texts[i].key);
    pi_json_write_string(out, pi_slice_of(texts[i].text));
  }
  PUT(out, "}}");
}
