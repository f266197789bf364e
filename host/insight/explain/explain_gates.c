/* The gates: each with its fact, what it needs, and how far that is. */
#include "explain_parts.h"

enum { COLUMN_NAME = 4, COLUMN_FACT = 23, COLUMN_NEEDS = 53, COLUMN_REMARK = 76 };

/* What stands in one row. */
typedef struct gate_row {
  pi_phrase name;
  pi_slice fact;
  pi_slice needs;
  pi_slice remark;
  pi_fact_set facts; /* the facts it looks at */
} gate_row;

static bool is_word(const pi_case *input, pi_fact fact, uint8_t word) {
  return pi_case_knows(input, fact) && pi_case_word(input, fact) == word;
}

pi_phrase pi_explain_office_reason(const pubint_evaluation *evaluation) {
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
  return PI_PHRASE_REASON_NOT_LEADING;
}

static pi_slice say_verified(pi_explainer *self) {
  const pi_case *input = self->evaluation->input;
  if (!pi_case_knows(input, PI_FACT_ACCOUNT_VERIFIED)) {
    return pi_say_plain(&self->wording, PI_PHRASE_NOT_KNOWN);
  }
  pi_slice answer =
      pi_explain_value(self, PI_FACT_ACCOUNT_VERIFIED, pi_case_value(input, PI_FACT_ACCOUNT_VERIFIED));
  if (!pi_case_knows(input, PI_FACT_ACCOUNT_VERIFIED_TYPE)) return answer;
  pi_slice type = pi_explain_value(self, PI_FACT_ACCOUNT_VERIFIED_TYPE,
                                   pi_case_value(input, PI_FACT_ACCOUNT_VERIFIED_TYPE));
  return PI_SAY(&self->wording, PI_PHRASE_FACT_VERIFIED_TYPE, {"answer", answer}, {"type", type});
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

static void followers_row(pi_explainer *self, gate_row *row) {
  const pi_case *input = self->evaluation->input;
  row->needs = PI_SAY(&self->wording, PI_PHRASE_NEEDS_FOLLOWERS,
                      {"limit", pi_say_count(&self->wording, PI_FOLLOWERS_LIMIT)});
  if (!pi_case_knows(input, PI_FACT_ACCOUNT_FOLLOWERS_COUNT)) {
    row->fact = pi_say_plain(&self->wording, PI_PHRASE_NOT_KNOWN);
    return;
  }
  int64_t count = pi_case_count(input, PI_FACT_ACCOUNT_FOLLOWERS_COUNT);
  int64_t distance = count - (PI_FOLLOWERS_LIMIT + 1);
  row->fact = pi_say_count(&self->wording, count);
  row->remark = distance < 0
                    ? pi_say_counted(&self->wording, PI_PHRASE_SHORT_ONE, PI_PHRASE_SHORT_MANY, distance)
                    : pi_say_counted(&self->wording, PI_PHRASE_SPARE_ONE, PI_PHRASE_SPARE_MANY, distance);
}

static gate_row row_of(pi_explainer *self, pi_gate gate) {
  pi_wording *wording = &self->wording;
  gate_row row = {.remark = {"", 0}};
  switch (gate) {
  case PI_GATE_RULE_VIOLATION:
    row.name = PI_PHRASE_GATE_RULE_VIOLATION;
    row.fact = pi_say_counted(wording, PI_PHRASE_FACT_VIOLATIONS_ONE, PI_PHRASE_FACT_VIOLATIONS_MANY,
                              self->evaluation->input->violations_count);
    row.needs = PI_SAY(wording, PI_PHRASE_NEEDS_RULE_VIOLATION, {"limit", pi_say_count(wording, 1)});
    break;
  case PI_GATE_VERIFIED:
    row.name = PI_PHRASE_GATE_VERIFIED;
    row.fact = say_verified(self);
    row.needs = pi_say_plain(wording, PI_PHRASE_NEEDS_VERIFIED);
    break;
  case PI_GATE_FOLLOWERS:
    row.name = PI_PHRASE_GATE_FOLLOWERS;
    followers_row(self, &row);
    break;
  case PI_GATE_OFFICE:
    row.name = PI_PHRASE_GATE_OFFICE;
    row.fact = say_office(self);
    row.needs = pi_say_plain(wording, PI_PHRASE_NEEDS_OFFICE);
    break;
  case PI_GATE_COUNT: break;
  }
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (pi_turn_gate_of((pi_fact)fact) == gate) row.facts |= PI_FACT_BIT(fact);
  }
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
    pi_fact_set missing = self->evaluation->gates.missing & row.facts;
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
       .text = pi_say_plain(&self->wording, row.name)},
      {.column = COLUMN_FACT, .width = COLUMN_NEEDS - COLUMN_FACT - 2, .text = row.fact},
      {.column = COLUMN_NEEDS,
       .width = COLUMN_REMARK - COLUMN_NEEDS - 2,
       .style = PI_STYLE_FAINT,
       .text = row.needs},
      {.column = COLUMN_REMARK, .width = room, .style = style, .text = row.remark},
  };
  pi_page_row(&self->page, cells, beside ? 5 : 4);
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
