/* What is unknown and whether it matters; what would turn the case, nearest first. */
#include "explain_parts.h"

enum {
  INDENT = 2,
  FACT_WIDTH = 33, /* the longest path */
  COLUMN_CHANGE = INDENT + FACT_WIDTH + 2,
  COLUMN_OUTCOME = COLUMN_CHANGE + 30,
  TURNS_SHOWN = 8,
};

/* What is left of the line, and on a narrow page what a change takes. */
static unsigned change_width(const pi_page *page) {
  enum { LEAST = 24 };
  return page->width > COLUMN_CHANGE + LEAST ? page->width - COLUMN_CHANGE : LEAST;
}

static void heading(pi_explainer *self, pi_phrase phrase) {
  pi_page_text(&self->page, PI_STYLE_HEAD, pi_say_plain(&self->wording, phrase));
  pi_page_end(&self->page);
}

void pi_explain_paragraph(pi_explainer *self, pi_style style, pi_slice text) {
  pi_page_to(&self->page, INDENT);
  pi_page_wrap(&self->page, INDENT, style, text);
}

static pi_slice say_outcome(pi_explainer *self, pubint_outcome outcome) {
  return pi_say_outcome(&self->wording, outcome);
}

/* Whether one outcome follows from every value. A market is tried among those that have a script. */
static bool whatever_it_is(const pi_unknown *unknown) {
  if (!unknown->every || unknown->fact == PI_FACT_MARKET) return false;
  for (uint8_t i = 1; i < unknown->trials_count; i++) {
    if (unknown->trials[i].outcome != unknown->trials[0].outcome) return false;
  }
  return true;
}

/* "notice at 0" of a number, "removal if group or public" of a word; "notice, whatever it is" where every
 * value leads there, with those that were tried of a number, which has more. */
static pi_slice say_trials(pi_explainer *self, const pi_unknown *unknown, pubint_outcome outcome) {
  bool number =
      PI_FACTS[unknown->fact].type == PI_TYPE_STRENGTH || PI_FACTS[unknown->fact].type == PI_TYPE_COUNT;
  bool whatever = whatever_it_is(unknown);
  pi_slice values[PI_TRIALS_MAX];
  size_t count = 0;
  for (uint8_t i = 0; i < unknown->trials_count; i++) {
    if (unknown->trials[i].outcome != outcome) continue;
    values[count] = pi_explain_value(self, unknown->fact, unknown->trials[i].value);
    if (number) values[count] = PI_SAY(&self->wording, PI_PHRASE_UNKNOWN_AT_VALUE, {"value", values[count]});
    count++;
  }
  if (count == 0) return (pi_slice){NULL, 0};
  pi_slice list = pi_say_list(&self->wording, values, count, number ? PI_PHRASE_LIST_AND : PI_PHRASE_LIST_OR);
  pi_phrase at = whatever ? PI_PHRASE_UNKNOWN_WHATEVER_AT : PI_PHRASE_UNKNOWN_AT;
  pi_phrase of_words = whatever ? PI_PHRASE_UNKNOWN_WHATEVER : PI_PHRASE_UNKNOWN_IF;
  return PI_SAY(&self->wording, number ? at : of_words, {"outcome", say_outcome(self, outcome)},
                {"values", list});
}

/* The values that change the outcome, by outcome. */
static void explain_trials(pi_explainer *self, const pi_unknown *unknown) {
  static const pubint_outcome ORDER[] = {PUBINT_NOTICE, PUBINT_REMOVE, PUBINT_REVIEW, PUBINT_NO_ACTION};
  pi_slice said[4];
  size_t count = 0;
  for (size_t i = 0; i < sizeof ORDER / sizeof ORDER[0]; i++) {
    said[count] = say_trials(self, unknown, ORDER[i]);
    if (said[count].ptr != NULL) count++;
  }
  pi_cell cells[] = {
      {.column = INDENT,
       .width = FACT_WIDTH,
       .style = PI_STYLE_OPEN,
       .text = pi_explain_awaited(self, unknown->fact, PI_PHRASE_FACT_NOW)},
      {.column = COLUMN_CHANGE,
       .width = change_width(&self->page),
       .text = pi_say_list(&self->wording, said, count, PI_PHRASE_LIST_COMMA)},
  };
  pi_page_row(&self->page, cells, 2);
}

/* That a text holds no private data is said in the violation and not in a fact. */
static void explain_spans(pi_explainer *self) {
  pi_slice said =
      PI_SAY(&self->wording, PI_PHRASE_UNKNOWN_SPANS, {"outcome", say_outcome(self, self->turns->spans)});
  pi_cell cells[] = {
      {.column = INDENT, .width = FACT_WIDTH, .style = PI_STYLE_OPEN, .text = PI_SPANS_PATH},
      {.column = COLUMN_CHANGE, .width = change_width(&self->page), .text = said},
  };
  pi_page_row(&self->page, cells, 2);
}

/* Whether the two ends say what can come of it: not where something untried could still turn it. A market is
 * tried alone, and what is free-form at none of its values; of a case that is not weighed yet nobody has
 * asked for the signals. */
static bool ends_tell(const pi_explainer *self) {
  const pi_turns *turns = self->turns;
  for (uint32_t i = 0; i < turns->unknowns_count; i++) {
    if (!turns->unknowns[i].tried || turns->unknowns[i].fact == PI_FACT_MARKET) return false;
  }
  bool unread = turns->basis == PUBINT_INCOMPLETE && !pi_case_knows(self->evaluation->input, PI_FACT_SIGNALS);
  return turns->together && !(unread && turns->best == turns->worst);
}

static void explain_together(pi_explainer *self) {
  const pi_turns *turns = self->turns;
  if (!ends_tell(self)) return;
  if (turns->best == turns->outcome && turns->worst == turns->outcome) {
    if (turns->unknowns_count + turns->spans_unknown < 2) return;
    pi_explain_paragraph(self, PI_STYLE_PLAIN,
                         PI_SAY(&self->wording, PI_PHRASE_UNKNOWN_TOGETHER_SAME,
                                {"outcomes", say_outcome(self, turns->outcome)}));
    return;
  }
  bool one = turns->best == turns->worst;
  pi_slice outcomes[2] = {say_outcome(self, turns->best), say_outcome(self, turns->worst)};
  pi_slice list = pi_say_list(&self->wording, outcomes, one ? 1 : 2, PI_PHRASE_LIST_OR);
  pi_explain_paragraph(self, PI_STYLE_PLAIN,
                       PI_SAY(&self->wording,
                              one ? PI_PHRASE_UNKNOWN_TOGETHER_ONE : PI_PHRASE_UNKNOWN_TOGETHER,
                              {"outcomes", list}));
}

void pi_explain_unknown(pi_explainer *self) {
  const pi_turns *turns = self->turns;
  if (turns->unknowns_count == 0 && !turns->spans_unknown) return;
  heading(self, PI_PHRASE_HEAD_UNKNOWN);
  pi_fact_set keeps = 0;
  pi_fact_set untried = 0;
  unsigned keeps_count = 0;
  for (uint32_t i = 0; i < turns->unknowns_count; i++) {
    const pi_unknown *unknown = &turns->unknowns[i];
    bool left = (turns->left & PI_FACT_BIT(unknown->fact)) != 0; /* named where the search's end is told */
    if (left && unknown->trials_count == 0) continue;
    if (!unknown->tried) {
      untried |= PI_FACT_BIT(unknown->fact);
    } else if (unknown->trials_count > 0) {
      explain_trials(self, unknown);
    } else {
      keeps |= PI_FACT_BIT(unknown->fact);
      keeps_count++;
    }
  }
  if (turns->spans_tried && turns->spans != turns->outcome) {
    explain_spans(self);
  } else if (turns->spans_unknown && (turns->left & PI_SPANS_BIT) == 0) {
    keeps |= PI_SPANS_BIT;
    keeps_count++;
  }
  if (keeps_count > 0) {
    pi_explain_paragraph(self, PI_STYLE_PLAIN,
                         PI_SAY(&self->wording,
                                keeps_count == 1 ? PI_PHRASE_UNKNOWN_KEEPS_ONE : PI_PHRASE_UNKNOWN_KEEPS,
                                {"facts", pi_explain_paths(self, keeps)}));
  }
  if (untried != 0) {
    pi_explain_paragraph(
        self, PI_STYLE_PLAIN,
        PI_SAY(&self->wording, PI_PHRASE_UNKNOWN_UNTRIED, {"facts", pi_explain_paths(self, untried)}));
  }
  explain_together(self);
}

/* --- what would turn it --- */

static pi_slice say_distance(pi_explainer *self, const pi_turn *turn) {
  pi_wording *wording = &self->wording;
  if (PI_FACTS[turn->fact].type == PI_TYPE_STRENGTH) {
    return PI_SAY(wording, PI_PHRASE_TURN_DISTANCE, {"distance", pi_say_decimal(wording, turn->distance, 6)});
  }
  if (PI_FACTS[turn->fact].type != PI_TYPE_COUNT) return (pi_slice){"", 0};
  return turn->to.count > turn->from.count ? pi_say_counted(wording, PI_PHRASE_TURN_COUNT_MORE_ONE,
                                                            PI_PHRASE_TURN_COUNT_MORE_MANY, turn->distance)
                                           : pi_say_counted(wording, PI_PHRASE_TURN_COUNT_FEWER_ONE,
                                                            PI_PHRASE_TURN_COUNT_FEWER_MANY, turn->distance);
}

/* Turns of one word fact with one outcome make one row; how many from `first` on belong to it. */
static uint32_t same_row(const pi_turns *turns, uint32_t first) {
  const pi_turn *turn = &turns->turns[first];
  uint32_t count = 1;
  if (PI_FACTS[turn->fact].type != PI_TYPE_WORD && PI_FACTS[turn->fact].type != PI_TYPE_MARKET) return count;
  while (first + count < turns->turns_count && turns->turns[first + count].fact == turn->fact &&
         turns->turns[first + count].outcome == turn->outcome) {
    count++;
  }
  return count;
}

/* Columns of the longest word for an outcome. */
static unsigned outcome_width(pi_explainer *self) {
  unsigned width = 0;
  for (int outcome = 0; outcome <= PUBINT_REVIEW; outcome++) {
    unsigned columns = pi_page_columns(&self->page, say_outcome(self, (pubint_outcome)outcome));
    if (columns > width) width = columns;
  }
  return width;
}

static void explain_turn(pi_explainer *self, uint32_t first, uint32_t count) {
  const pi_turn *turn = &self->turns->turns[first];
  pi_slice values[PI_TURNS_MAX];
  for (uint32_t i = 0; i < count; i++) {
    values[i] = pi_explain_value(self, turn->fact, self->turns->turns[first + i].to);
  }
  pi_slice change =
      PI_SAY(&self->wording, PI_PHRASE_TURN_CHANGE, {"from", pi_explain_value(self, turn->fact, turn->from)},
             {"to", pi_say_list(&self->wording, values, count, PI_PHRASE_LIST_OR)});
  unsigned outcome_columns = outcome_width(self);
  unsigned column_distance = COLUMN_OUTCOME + outcome_columns + 2;
  unsigned room = self->page.width > column_distance ? self->page.width - column_distance : 0;
  pi_slice distance = say_distance(self, turn);
  bool beside = pi_page_columns(&self->page, distance) <= room;
  pi_cell cells[] = {
      {.column = INDENT, .width = FACT_WIDTH, .text = PI_FACTS[turn->fact].path},
      {.column = COLUMN_CHANGE, .width = COLUMN_OUTCOME - COLUMN_CHANGE - 2, .text = change},
      {.column = COLUMN_OUTCOME,
       .width = outcome_columns,
       .style = pi_explain_outcome_style(turn->outcome),
       .text = say_outcome(self, turn->outcome)},
      {.column = column_distance, .width = room, .style = PI_STYLE_FAINT, .text = distance},
  };
  pi_page_row(&self->page, cells, beside ? 4 : 3);
}

/* Of a case that was weighed, gates are named below the rows: that one of them would close it is no news. */
static bool has_row(const pi_explainer *self, const pi_turn *turn) {
  return turn->gate == PI_GATE_COUNT || !self->evaluation->weighed;
}

/* The rows that are shown; the rest is counted. How many there are; *strengths says whether any is of one. */
static uint32_t explain_rows(pi_explainer *self, bool *strengths) {
  const pi_turns *turns = self->turns;
  uint32_t rows = 0;
  for (uint32_t i = 0; i < turns->turns_count;) {
    uint32_t count = same_row(turns, i);
    if (has_row(self, &turns->turns[i])) {
      if (rows < TURNS_SHOWN) explain_turn(self, i, count);
      if (PI_FACTS[turns->turns[i].fact].type == PI_TYPE_STRENGTH) *strengths = true;
      rows++;
    }
    i += count;
  }
  if (rows > TURNS_SHOWN) {
    pi_explain_paragraph(self, PI_STYLE_FAINT,
                         PI_SAY(&self->wording, PI_PHRASE_TURN_MORE,
                                {"count", pi_say_count(&self->wording, (int64_t)rows - TURNS_SHOWN)}));
  }
  return rows;
}

void pi_explain_gates_closing(pi_explainer *self) {
  const pi_turns *turns = self->turns;
  pi_slice said[PI_GATE_COUNT];
  size_t count = 0;
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) {
    const pi_turn *found = NULL;
    for (uint32_t i = 0; i < turns->turns_count && found == NULL; i++) {
      const pi_turn *turn = &turns->turns[i];
      if ((int)turn->gate == gate && turn->basis == PUBINT_NOT_ELIGIBLE) found = turn;
    }
    if (found == NULL) continue;
    pi_slice name = pi_say_plain(&self->wording, pi_explain_gate_phrase((pi_gate)gate));
    pi_slice distance = say_distance(self, found);
    said[count++] = distance.len == 0
                        ? name
                        : PI_SAY(&self->wording, PI_PHRASE_TURN_GATE, {"gate", name}, {"distance", distance});
  }
  if (count == 0) return;
  pi_explain_paragraph(self, PI_STYLE_PLAIN,
                       PI_SAY(&self->wording, PI_PHRASE_TURN_GATES,
                              {"gates", pi_say_list(&self->wording, said, count, PI_PHRASE_LIST_OR)}));
}

static void explain_left(pi_explainer *self, pi_phrase phrase, pi_fact_set facts) {
  pi_slice paths[PI_FACT_COUNT + 1];
  size_t count = 0;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if ((facts & PI_FACT_BIT(fact)) != 0) paths[count++] = PI_FACTS[fact].path;
  }
  if ((facts & PI_SPANS_BIT) != 0) paths[count++] = PI_SPANS_PATH;
  if (count == 0) return;
  pi_slice list = pi_say_list(&self->wording, paths, count, PI_PHRASE_LIST_AND);
  pi_explain_paragraph(self, PI_STYLE_OPEN, PI_SAY(&self->wording, phrase, {"facts", list}));
}

void pi_explain_search_cut(pi_explainer *self, uint32_t evaluations, pi_fact_set alone, pi_fact_set beside) {
  pi_wording *wording = &self->wording;
  pi_explain_paragraph(self, PI_STYLE_OPEN,
                       PI_SAY(wording, PI_PHRASE_TURN_CUT, {"count", pi_say_count(wording, evaluations)}));
  explain_left(self, PI_PHRASE_TURN_LEFT, alone);
  explain_left(self, PI_PHRASE_FLIP_LEFT, beside);
}

bool pi_explain_turns_tried(pi_explainer *self, const pi_turns *turns) {
  heading(self, PI_PHRASE_HEAD_TURN);
  if (turns->state == PI_TURNS_TRIED) return true;
  bool decided = turns->state == PI_TURNS_VIOLATIONS_DECIDE;
  pi_explain_paragraph(self, PI_STYLE_PLAIN,
                       pi_say_plain(&self->wording, decided ? PI_PHRASE_TURN_NEVER : PI_PHRASE_TURN_FAILED));
  return false;
}

void pi_explain_turns(pi_explainer *self) {
  const pi_turns *turns = self->turns;
  pi_wording *wording = &self->wording;
  if (!pi_explain_turns_tried(self, turns)) return;
  bool weighed = self->evaluation->weighed;
  bool strengths = false;
  if (explain_rows(self, &strengths) == 0 && turns->complete) {
    pi_explain_paragraph(self, PI_STYLE_PLAIN,
                         pi_say_plain(wording, weighed ? PI_PHRASE_TURN_NONE_WEIGHED : PI_PHRASE_TURN_NONE));
  }
  if (weighed) pi_explain_gates_closing(self);
  if (strengths) {
    pi_explain_paragraph(
        self, PI_STYLE_FAINT,
        PI_SAY(wording, PI_PHRASE_TURN_STEPS, {"step", pi_say_decimal(wording, turns->step_micro, 6)}));
  }
  if (!turns->complete) pi_explain_search_cut(self, turns->evaluations, turns->left, 0);
}
