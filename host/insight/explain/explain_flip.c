/* The smallest changes that turn a case, one row each; a pair has a line for each of its facts. */
#include "case_write.h"
#include "explain_parts.h"
#include "flip.h"

enum { INDENT = 2, COLUMN_CHANGE = 13, VALUE_BYTES_MAX = 4096 };

/* A page of flips: where they are typed again, values stand as a case has them; else as the locale says them.
 */
typedef struct flip_page {
  pi_explainer *explainer;
  pi_buffer scratch;
  bool typed;
} flip_page;

/* Until the next call. */
static pi_slice say_value(flip_page *self, pi_fact fact, pi_value value) {
  if (!self->typed) return pi_explain_value(self->explainer, fact, value);
  pi_buffer_reset(&self->scratch);
  pi_value_type(&self->scratch, fact, value);
  return (pi_slice){self->scratch.data, self->scratch.len};
}

/* What stands before value `i` of `count`. */
static pi_slice before_value(const flip_page *self, uint32_t i, uint32_t count) {
  if (i == 0) return PI_SLICE(" ");
  if (self->typed) return PI_SLICE(" | ");
  return pi_say_plain(&self->explainer->wording, i + 1 == count ? PI_PHRASE_LIST_OR : PI_PHRASE_LIST_COMMA);
}

static void put_distance(flip_page *self, const pi_flip_change *change) {
  pi_page *page = &self->explainer->page;
  if (PI_FACTS[change->fact].type != PI_TYPE_COUNT) return;
  int64_t more = change->to.count - change->from.count;
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" ("));
  pi_page_text(page, PI_STYLE_FAINT,
               more > 0 ? pi_say_counted(&self->explainer->wording, PI_PHRASE_TURN_COUNT_MORE_ONE,
                                         PI_PHRASE_TURN_COUNT_MORE_MANY, more)
                        : pi_say_counted(&self->explainer->wording, PI_PHRASE_TURN_COUNT_FEWER_ONE,
                                         PI_PHRASE_TURN_COUNT_FEWER_MANY, more));
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(")"));
}

/* "context.hyperbole 0 → 0.62". `to` are the values that come of the same change, which is *change's with the
 * first of them. */
static void put_change(flip_page *self, const pi_flip_change *change, const pi_value *to, uint32_t count) {
  pi_page *page = &self->explainer->page;
  pi_page_to(page, COLUMN_CHANGE);
  pi_page_text(page, PI_STYLE_PLAIN, PI_FACTS[change->fact].path);
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
  pi_page_text(page, PI_STYLE_FAINT, say_value(self, change->fact, change->from));
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" →"));
  for (uint32_t i = 0; i < count; i++) {
    pi_slice value = say_value(self, change->fact, to[i]);
    pi_page_text(page, PI_STYLE_FAINT, before_value(self, i, count));
    if (page->column + 3 + pi_page_columns(page, value) > page->width) {
      pi_page_end(page);
      pi_page_to(page, COLUMN_CHANGE + INDENT);
    }
    pi_page_text(page, PI_STYLE_STRONG, value);
  }
  put_distance(self, change);
}

/* How many flips from `first` on differ in one word alone. */
static uint32_t alike(const pi_flips *flips, uint32_t first) {
  const pi_flip *flip = &flips->flips[first];
  uint32_t count = 1;
  bool word = PI_FACTS[flip->changes[0].fact].type == PI_TYPE_WORD;
  for (; word && first + count < flips->count; count++) {
    const pi_flip *next = &flips->flips[first + count];
    if (next->changes_count != flip->changes_count || next->outcome != flip->outcome ||
        next->distance != flip->distance || next->changes[0].fact != flip->changes[0].fact) {
      break;
    }
    if (flip->changes_count == 2 && (flip->words > 1 || next->changes[1].fact != flip->changes[1].fact ||
                                     next->changes[1].to.micro != flip->changes[1].to.micro)) {
      break;
    }
  }
  return count;
}

/* A row; `to` are the values of its first change. */
static void put_row(flip_page *self, const pi_flip *flip, const pi_value *to, uint32_t count) {
  pi_page *page = &self->explainer->page;
  pi_wording *wording = &self->explainer->wording;
  pi_slice outcome = pi_say_outcome(wording, flip->outcome);
  unsigned columns = pi_page_columns(page, outcome);
  pi_page_to(page, INDENT);
  if (pi_gate_of(flip->changes[0].fact) < PI_GATE_COUNT) { /* what C owns has no distance of ours */
    pi_page_text(page, PI_STYLE_FAINT, pi_say_plain(wording, PI_PHRASE_FLIP_GATE));
  } else {
    pi_page_text(page, PI_STYLE_PLAIN, pi_say_decimal(wording, flip->distance, 6));
  }
  /* The change of one value first: the outcome stands beside it. */
  for (uint8_t i = 0; i < flip->changes_count; i++) {
    uint8_t index = flip->changes_count == 2 ? (uint8_t)(1 - i) : 0;
    const pi_flip_change *change = &flip->changes[index];
    put_change(self, change, index == 0 ? to : &change->to, index == 0 ? count : 1);
    if (i == 0) {
      if (page->column + 1 + columns > page->width) pi_page_end(page);
      pi_page_right(page, page->width, pi_explain_outcome_style(flip->outcome), outcome);
    }
    pi_page_end(page);
  }
}

static bool chosen(pi_fact fact) {
  return PI_FACTS[fact].type == PI_TYPE_WORD || PI_FACTS[fact].type == PI_TYPE_MARKET;
}

/* Every value of one word that turns the case to that outcome, however many flips were asked for. */
static void put_word(flip_page *self, const pi_turn *turn) {
  const pi_turns *turns = self->explainer->turns;
  pi_value to[PI_TURNS_MAX];
  uint32_t count = 0;
  for (uint32_t i = 0; i < turns->turns_count; i++) {
    const pi_turn *other = &turns->turns[i];
    if (other->fact == turn->fact && other->outcome == turn->outcome) to[count++] = other->to;
  }
  pi_flip flip = {.changes_count = 1, .words = 1, .distance = PI_MICRO, .outcome = turn->outcome};
  flip.changes[0] = (pi_flip_change){turn->fact, turn->from, turn->to};
  put_row(self, &flip, to, count);
}

/* Whether `turn` is the first of its fact and outcome. */
static bool first_of_word(const pi_turns *turns, const pi_turn *turn) {
  for (const pi_turn *other = turns->turns; other < turn; other++) {
    if (other->fact == turn->fact && other->outcome == turn->outcome) return false;
  }
  return true;
}

static void put_flips(flip_page *self, const pi_flips *flips) {
  for (uint32_t i = 0; i < flips->count;) {
    uint32_t count = alike(flips, i);
    const pi_flip *flip = &flips->flips[i];
    i += count;
    /* Of a case that is read and not typed again each word that turns it alone stands below, with all values.
     */
    if (!self->typed && flip->changes_count == 1 && chosen(flip->changes[0].fact)) continue;
    pi_value to[PI_FLIPS_MAX];
    for (uint32_t v = 0; v < count; v++) to[v] = flip[v].changes[0].to;
    put_row(self, flip, to, count);
  }
  for (uint32_t i = 0; i < flips->turns.turns_count && !self->typed; i++) {
    const pi_turn *turn = &flips->turns.turns[i];
    bool gate = turn->gate < PI_GATE_COUNT && self->explainer->evaluation->weighed;
    if (chosen(turn->fact) && !gate && first_of_word(&flips->turns, turn)) put_word(self, turn);
  }
}

static void put_unknown(pi_explainer *self, const pi_turns *turns) {
  pi_fact_set facts = 0;
  for (uint32_t i = 0; i < turns->unknowns_count; i++) facts |= PI_FACT_BIT(turns->unknowns[i].fact);
  if (turns->spans_unknown) facts |= PI_SPANS_BIT;
  if (facts == 0) return;
  pi_slice list = pi_explain_paths(self, facts);
  pi_explain_paragraph(self, PI_STYLE_OPEN, PI_SAY(&self->wording, PI_PHRASE_FLIP_UNKNOWN, {"facts", list}));
}

void pi_explain_flips(pi_explainer *self, const pi_flips *flips, bool typed) {
  pi_wording *wording = &self->wording;
  if (!pi_explain_turns_tried(self, &flips->turns)) return;
  flip_page rows = {.explainer = self, .typed = typed};
  pi_buffer_init(&rows.scratch, VALUE_BYTES_MAX);
  put_flips(&rows, flips);
  if (rows.scratch.failed) self->page.out->failed = true;
  pi_buffer_dispose(&rows.scratch);
  if (flips->count == 0 && flips->complete)
    pi_explain_paragraph(self, PI_STYLE_PLAIN, pi_say_plain(wording, PI_PHRASE_FLIP_NONE));
  if (self->evaluation->weighed) pi_explain_gates_closing(self);
  put_unknown(self, &flips->turns);
  if (self->evaluation->weighed)
    pi_explain_paragraph(self, PI_STYLE_FAINT, pi_say_plain(wording, PI_PHRASE_FLIP_HOW));
  if (!flips->complete) pi_explain_search_cut(self, flips->evaluations, flips->turns.left, flips->left);
}
