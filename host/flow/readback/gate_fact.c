#include "gate_fact.h"

#include "refuse.h"

/* A count of followers, or of what else a fact counts, as a case may have it. */
static pubint_status read_count(pi_member_reader *self, int64_t max, int64_t *into) {
  pubint_status status = pi_members_number(self, 0, into);
  if (status != PUBINT_OK || (*into >= 0 && *into <= max)) return status;
  return pi_members_refuse_taken(self, "a count that a case may have");
}

static pubint_status read_text(pi_member_reader *self, pi_fact fact, pi_slice *into) {
  pubint_status status = pi_members_text(self, false, into);
  if (status != PUBINT_OK) return status;
  bool fits =
      PI_FACTS[fact].type == PI_TYPE_COUNTRY ? pi_country_valid(*into) : into->len <= PI_STRING_BYTES_MAX;
  return fits ? PUBINT_OK : pi_members_refuse_taken(self, pi_fact_type_name(PI_FACTS[fact].type));
}

static pubint_status read_fact(pi_member_reader *self, pi_fact fact, pi_case *shown) {
  pi_value value = {.count = 0};
  pubint_status status;
  int word = 0;
  pi_fact_type type = PI_FACTS[fact].type;
  if (type == PI_TYPE_BOOL) {
    status = pi_members_flag(self, &value.boolean);
  } else if (type == PI_TYPE_COUNT) {
    status = read_count(self, PI_FOLLOWERS_MAX, &value.count);
  } else if (type == PI_TYPE_WORD) {
    status = pi_members_word(self, &PI_FACTS[fact].words, &word);
    value.word = (uint8_t)word;
  } else {
    status = read_text(self, fact, &value.string);
  }
  if (status == PUBINT_OK) pi_case_set(shown, fact, value);
  return status;
}

/* The fact of that key in a set; PI_FACT_COUNT where none has it. */
static pi_fact find_fact(pi_fact_set facts, pi_slice key) {
  for (; facts != 0; facts &= facts - 1) {
    pi_fact fact = (pi_fact)__builtin_ctzll(facts);
    if (pi_slice_equal(PI_FACTS[fact].key, key)) return fact;
  }
  return PI_FACT_COUNT;
}

/* The office's facts, and those that failed its gate without it. */
static pubint_status read_office(pi_member_reader *self, const pi_gate_row *row, pi_case *shown) {
  pi_fact_set facts = pi_gates_office_facts() | row->facts;
  if (pi_json_peek(&self->json) != PI_JSON_OBJECT) return pi_members_refuse(self, "an object");
  pubint_status status = pi_json_enter_object(&self->json);
  for (;;) {
    pi_slice key;
    const char *at;
    bool more;
    if (status == PUBINT_OK) status = pi_json_next_key(&self->json, &key, &at, &more);
    if (status != PUBINT_OK || !more) return status;
    pi_fact fact = find_fact(facts, key);
    if (fact == PI_FACT_COUNT) {
      char found[PI_QUOTED_BYTES];
      return pi_json_refuse(&self->json, at, self->code, pi_refuse_quote(found, key),
                            "a fact of the office, once", NULL);
    }
    facts &= ~PI_FACT_BIT(fact);
    status = read_fact(self, fact, shown);
  }
}

pubint_status pi_gate_fact_read(pi_member_reader *self, pi_gate gate, pi_case *shown) {
  const pi_gate_row *row = &PI_GATES[gate];
  int64_t count = 0;
  if (row->shows == PI_GATE_SHOWS_OFFICE) return read_office(self, row, shown);
  if (row->shows != PI_GATE_SHOWS_VIOLATIONS) return read_fact(self, row->own, shown);
  pubint_status status = read_count(self, PI_VIOLATIONS_MAX, &count);
  if (status != PUBINT_OK) return status;
  shown->violations_count = (uint32_t)count;
  for (uint32_t i = 0; i < shown->violations_count; i++) shown->violations[i].rule = PI_RULE_OTHER;
  return PUBINT_OK;
}

pubint_status pi_gate_fact_read_type(pi_member_reader *self, pi_gate gate, pi_case *shown) {
  pi_fact_set types = PI_GATES[gate].facts;
  if (PI_GATES[gate].shows != PI_GATE_SHOWS_ANSWER)
    return pi_members_refuse(self, "no type, which no other gate has");
  types &= ~PI_FACT_BIT(PI_GATES[gate].own);
  return read_fact(self, (pi_fact)__builtin_ctzll(types), shown);
}
