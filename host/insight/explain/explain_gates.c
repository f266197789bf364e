/* The gates: each with its fact, what it needs, and how far that is. */
#include "explain_parts.h"

enum { COLUMN_NAME = 4, COLUMN_FACT = 23, COLUMN_NEEDS = 53, COLUMN_REMARK = 76 };

/* What stands in one row. */
typedef struct gate_row {
  pi_slice fact;
  pi_slice needs;
  pi_slice remark;
} gate_row;

/* The words of a gate. Those of one that shows a COUNT say how many are lacking; a case without violations
 * has another basis, so that gate gives no reason. */
typedef struct gate_phrases {
  pi_phrase name, needs;
  pi_phrase reason_one, reason_many;
  pi_phrase short_one, short_many;
} gate_phrases;

#define PLAIN(name)              PI_PHRASE_REASON_##name, PI_PHRASE_REASON_##name, PI_PHRASE_COUNT, PI_PHRASE_COUNT
#define PHRASES_ANSWER(name)     PLAIN(name)
#define PHRASES_OFFICE(name)     PLAIN(name)
#define PHRASES_VIOLATIONS(name) PI_PHRASE_COUNT, PI_PHRASE_COUNT, PI_PHRASE_COUNT, PI_PHRASE_COUNT
#define PHRASES_COUNT(name)                                                                                  \
  PI_PHRASE_REASON_##name##_ONE, PI_PHRASE_REASON_##name##_MANY, PI_PHRASE_SHORT_##name##_ONE,               \
      PI_PHRASE_SHORT_##name##_MANY

static const gate_phrases PHRASES[PI_GATE_COUNT] = {
#define GATE(name, id, requirement, shows, own, more)                                                        \
  [PI_GATE_##name] = {PI_PHRASE_GATE_##name, PI_PHRASE_NEEDS_##name, PHRASES_##shows(name)},
#include "gates.def"
#undef GATE
};

static bool is_word(const pi_case *input, pi_fact fact, uint8_t word) {
  return pi_case_knows(input, fact) && pi_case_word(input, fact) == word;
}

static pi_phrase office_reason(const pubint_evaluation *evaluation) {
  const pi_case *input = evaluation->input;
  if ((evaluation->gates.decided_by & PI_FACT_BIT(PI_FACT_ACCOUNT_AUTHENTIC)) != 0) {
    return PI_PHRASE_REASON_NOT_AUTHENTIC;
  }
  if ((evaluation->gates.decided_by & PI_FACT_BIT(PI_FACT_ACCOUNT_KIND)) != 0) {
    return is_word(input, PI_FACT_ACCOUNT_KIND, PI_KIND_PARTY) ? PI_PHRASE_REASON_PARTY
                                                               : PI_PHRASE_REASON_MEDIA;
  }
  if (is_word(input, PI_FACT_OFFICE_STATUS, PI_STATUS_FORMER)) return PI_PHRASE_REASON_FORMER;
  if (is_word(input, PI_FACT_OFFICE_STATUS, PI_STATUS_NONE)) return PI_PHRASE_REASON_NO_OFFICE;
  if (is_word(input, PI_FACT_OFFICE_BRANCH, PI_BRANCH_OTHER)) return PI_PHRASE_REASON_BRANCH;
  return PI_PHRASE_REASON_OFFICE;
}

pi_phrase pi_explain_gate_phrase(pi_gate gate) {
  return PHRASES[gate].name;
}

pi_slice pi_explain_gate_reason(pi_explainer *self, pi_gate gate) {
  const pubint_evaluation *evaluation = self->evaluation;
  pi_fact own = PI_GATES[gate].own;
  if (PI_GATES[gate].shows == PI_GATE_SHOWS_COUNT) {
    return pi_say_counted(&self->wording, PHRASES[gate].reason_one, PHRASES[gate].reason_many,
                          PI_FACTS[own].limit + 1 - pi_case_count(evaluation->input, own));
  }
  bool office = PI_GATES[gate].shows == PI_GATE_SHOWS_OFFICE;
  return pi_say_plain(&self->wording, office ? office_reason(evaluation) : PHRASES[gate].reason_one);
}

/* The gate's own fact, and the type that goes with it. */
static pi_slice say_answer(pi_explainer *self, pi_gate gate) {
  const pi_case *input = self->evaluation->input;
  pi_fact own = PI_GATES[gate].own;
  if (!pi_case_knows(input, own)) return pi_say_plain(&self->wording, PI_PHRASE_NOT_KNOWN);
  pi_slice answer = pi_explain_value(self, own, pi_case_value(input, own));
  pi_fact_set others = PI_GATES[gate].facts & input->known & ~PI_FACT_BIT(own);
  if (others == 0) return answer;
  pi_fact other = (pi_fact)__builtin_ctzll(others);
  return PI_SAY(&self->wording, PI_PHRASE_FACT_VERIFIED_TYPE, {"answer", answer},
                {"type", pi_explain_value(self, other, pi_case_value(input, other))});
}

/* What is known of the office, and of the account where that decided. */
static pi_slice say_office(pi_explainer *self) {
  const pi_case *input = self->evaluation->input;
  pi_fact_set decided_by = self->evaluation->gates.decided_by;
  pi_slice items[8];
  size_t count = 0;
  if ((decided_by & PI_FACT_BIT(PI_FACT_ACCOUNT_AUTHENTIC)) != 0) {
    items[count++] = pi_say_plain(&self->wording, PI_PHRASE_FACT_NOT_AUTHENTIC);
  }
  if ((decided_by & PI_FACT_BIT(PI_FACT_ACCOUNT_KIND)) != 0) {
    items[count++] = PI_SAY(
        &self->wording, PI_PHRASE_FACT_ACCOUNT_OF,
        {"kind", pi_explain_value(self, PI_FACT_ACCOUNT_KIND, pi_case_value(input, PI_FACT_ACCOUNT_KIND))});
  }
  static const pi_fact WORDS[] = {PI_FACT_OFFICE_STATUS, PI_FACT_OFFICE_SELECTION, PI_FACT_OFFICE_LEADERSHIP,
                                  PI_FACT_OFFICE_LEVEL, PI_FACT_OFFICE_BRANCH};
  for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
    pi_fact fact = WORDS[i];
    if (!pi_case_knows(input, fact)) continue;
    if (fact == PI_FACT_OFFICE_LEADERSHIP) {
      bool leads = pi_case_flag(input, fact);
      items[count++] =
          pi_say_plain(&self->wording, leads ? PI_PHRASE_FACT_LEADERSHIP : PI_PHRASE_FACT_NO_LEADERSHIP);
    } else {
      items[count++] = pi_explain_value(self, fact, pi_case_value(input, fact));
    }
  }
  if (count == 0) return pi_say_plain(&self->wording, PI_PHRASE_NOT_KNOWN);
  return pi_say_list(&self->wording, items, count, PI_PHRASE_LIST_COMMA);
}

static pi_slice say_count(pi_explainer *self, pi_gate gate, pi_slice *remark) {
  const pi_case *input = self->evaluation->input;
  pi_fact own = PI_GATES[gate].own;
  if (!pi_case_knows(input, own)) return pi_say_plain(&self->wording, PI_PHRASE_NOT_KNOWN);
  int64_t distance = pi_case_count(input, own) - (PI_FACTS[own].limit + 1);
  *remark = distance < 0
                ? pi_say_counted(&self->wording, PHRASES[gate].short_one, PHRASES[gate].short_many, distance)
                : pi_say_counted(&self->wording, PI_PHRASE_SPARE_ONE, PI_PHRASE_SPARE_MANY, distance);
  return pi_say_count(&self->wording, pi_case_count(input, own));
}

static gate_row row_of(pi_explainer *self, pi_gate gate) {
  pi_wording *wording = &self->wording;
  gate_row row = {.remark = {"", 0}};
  int64_t limit = 1;
  switch (PI_GATES[gate].shows) {
  case PI_GATE_SHOWS_VIOLATIONS:
    row.fact = pi_say_counted(wording, PI_PHRASE_FACT_VIOLATIONS_ONE, PI_PHRASE_FACT_VIOLATIONS_MANY,
                              self->evaluation->input->violations_count);
    break;
  case PI_GATE_SHOWS_COUNT:
    row.fact = say_count(self, gate, &row.remark);
    limit = PI_FACTS[PI_GATES[gate].own].limit;
    break;
  case PI_GATE_SHOWS_ANSWER: row.fact = say_answer(self, gate); break;
  case PI_GATE_SHOWS_OFFICE: row.fact = say_office(self); break;
  }
  row.needs = PI_SAY(wording, PHRASES[gate].needs, {"limit", pi_say_count(wording, limit)});
  return row;
}

static void explain_gate(pi_explainer *self, pi_gate gate) {
  static const struct {
    pi_style style;
    pi_slice mark;
  } RESULTS[] = {
      [PI_GATE_PASS] = {PI_STYLE_GOOD, PI_SLICE_INIT("✓")},
      [PI_GATE_FAIL] = {PI_STYLE_BAD, PI_SLICE_INIT("✗")},
      [PI_GATE_UNKNOWN] = {PI_STYLE_OPEN, PI_SLICE_INIT("?")},
  };
  pi_gate_result result = self->evaluation->gates.results[gate];
  pi_style style = RESULTS[result].style;
  gate_row row = row_of(self, gate);
  if (result == PI_GATE_UNKNOWN) {
    pi_fact_set missing = self->evaluation->gates.missing & PI_GATES[gate].facts;
    row.remark = PI_SAY(&self->wording, PI_PHRASE_GATE_MISSING, {"facts", pi_explain_paths(self, missing)});
  }
  /* The remark has the rest of the line; where the page is narrow, or it is long, a line of its own. */
  unsigned room = self->page.width > COLUMN_REMARK ? self->page.width - COLUMN_REMARK : 0;
  bool beside = pi_page_columns(&self->page, row.remark) <= room;
  pi_cell cells[] = {
      {.column = 2, .width = 1, .style = style, .text = RESULTS[result].mark},
      {.column = COLUMN_NAME,
       .width = COLUMN_FACT - COLUMN_NAME - 2,
       .style = PI_STYLE_PLAIN,
       .text = pi_say_plain(&self->wording, PHRASES[gate].name)},
      {.column = COLUMN_FACT, .width = COLUMN_NEEDS - COLUMN_FACT - 2, .text = row.fact},
      {.column = COLUMN_NEEDS,
       .width = COLUMN_REMARK - COLUMN_NEEDS - 2,
       .style = PI_STYLE_FAINT,
       .text = row.needs},
      {.column = COLUMN_REMARK, .width = room, .style = style, .text = row.remark},
  };
  pi_page_row(&self->page, cells, beside && row.remark.len > 0 ? 5 : 4);
  if (!beside) {
    pi_page_to(&self->page, COLUMN_FACT);
    pi_page_wrap(&self->page, COLUMN_FACT, style, row.remark);
  }
}

void pi_explain_gates(pi_explainer *self) {
  unsigned failed = 0;
  unsigned unknown = 0;
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) {
    if (self->evaluation->gates.results[gate] == PI_GATE_FAIL) failed++;
    if (self->evaluation->gates.results[gate] == PI_GATE_UNKNOWN) unknown++;
  }
  pi_slice said[2];
  size_t count = 0;
  if (failed > 0) {
    said[count++] =
        PI_SAY(&self->wording, PI_PHRASE_GATES_FAILED, {"count", pi_say_count(&self->wording, failed)});
  }
  if (unknown > 0) {
    said[count++] =
        PI_SAY(&self->wording, PI_PHRASE_GATES_UNKNOWN, {"count", pi_say_count(&self->wording, unknown)});
  }
  if (count == 0) said[count++] = pi_say_plain(&self->wording, PI_PHRASE_GATES_PASSED);
  pi_page_text(&self->page, PI_STYLE_HEAD, pi_say_plain(&self->wording, PI_PHRASE_HEAD_GATES));
  pi_style style = failed > 0 ? PI_STYLE_BAD : unknown > 0 ? PI_STYLE_OPEN : PI_STYLE_GOOD;
  pi_page_right(&self->page, self->page.width, style,
                pi_say_list(&self->wording, said, count, PI_PHRASE_LIST_COMMA));
  pi_page_end(&self->page);
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) explain_gate(self, (pi_gate)gate);
}
