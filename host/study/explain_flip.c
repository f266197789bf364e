/* The smallest changes that turn a case, one row each; a pair has a line for each of its facts. */
#include "case_write.h"
#include "explain_parts.h"
#include "flip.h"

enum { INDENT = 2, COLUMN_CHANGE = 13, VALUE_BYTES_MAX = 4096 };

static void paragraph(pi_explainer *self, pi_style style, pi_slice text) {
  pi_page_to(&self->page, INDENT);
  pi_page_wrap(&self->page, INDENT, style, text);
}

static void put_value(pi_explainer *self, pi_buffer *scratch, pi_style style, pi_fact fact, pi_value value) {
  pi_buffer_reset(scratch);
  pi_value_type(scratch, fact, value);
  pi_page_text(&self->page, style, (pi_slice){scratch->data, scratch->len});
}

/* "context.hyperbole 0 → 0.62", in the words of a case, so that it can be typed. The flips that follow up to
 * `count` differ in this change's new value alone. */
static void put_change(pi_explainer *self, pi_buffer *scratch, const pi_flip *flips, uint32_t count,
                       uint8_t place) {
  pi_page *page = &self->page;
  const pi_flip_change *change = &flips[0].changes[place];
  pi_page_to(page, COLUMN_CHANGE);
  pi_page_text(page, PI_STYLE_PLAIN, PI_FACTS[change->fact].path);
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
  put_value(self, scratch, PI_STYLE_FAINT, change->fact, change->from);
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" →"));
  for (uint32_t i = 0; i < count; i++) {
    pi_buffer_reset(scratch);
    pi_value_type(scratch, change->fact, flips[i].changes[place].to);
    pi_slice value = {scratch->data, scratch->len};
    if (page->column + 4 + pi_page_columns(page, value) > page->width) {
      pi_page_end(page);
      pi_page_to(page, COLUMN_CHANGE + INDENT - 1);
    }
    pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
    pi_page_text(page, PI_STYLE_STRONG, value);
    if (i + 1 < count) pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" |"));
  }
  if (PI_FACTS[change->fact].type != PI_TYPE_COUNT) return;
  int64_t more = change->to.count - change->from.count;
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" ("));
  pi_page_text(page, PI_STYLE_FAINT,
               more > 0 ? pi_say_counted(&self->wording, PI_PHRASE_TURN_COUNT_MORE_ONE,
                                         PI_PHRASE_TURN_COUNT_MORE_MANY, more)
                        : pi_say_counted(&self->wording, PI_PHRASE_TURN_COUNT_FEWER_ONE,
                                         PI_PHRASE_TURN_COUNT_FEWER_MANY, more));
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(")"));
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

static void put_row(pi_explainer *self, pi_buffer *scratch, const pi_flip *flips, uint32_t count) {
  pi_page *page = &self->page;
  pi_slice outcome = pi_say_plain(&self->wording, pi_explain_outcome_phrase(flips[0].outcome));
  unsigned columns = pi_page_columns(page, outcome);
  pi_page_to(page, INDENT);
  if (pi_turn_gate_of(flips[0].changes[0].fact) < PI_GATE_COUNT) { /* what C owns has no distance of ours */
    pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("gate"));
  } else {
    pi_page_text(page, PI_STYLE_PLAIN, pi_say_decimal(&self->wording, flips[0].distance, 6));
  }
  /* The change of one value first: the outcome stands beside it. */
  for (uint8_t i = 0; i < flips[0].changes_count; i++) {
    uint8_t place = flips[0].changes_count == 2 ? (uint8_t)(1 - i) : 0;
    put_change(self, scratch, flips, place == 0 ? count : 1, place);
    if (i == 0) {
      if (page->column + 1 + columns > page->width) pi_page_end(page);
      pi_page_right(page, page->width, pi_explain_outcome_style(flips[0].outcome), outcome);
    }
    pi_page_end(page);
  }
}

static void put_unknown(pi_explainer *self, const pi_turns *turns) {
  pi_fact_set facts = 0;
  for (uint32_t i = 0; i < turns->unknowns_count; i++) facts |= PI_FACT_BIT(turns->unknowns[i].fact);
  if (facts == 0) return;
  pi_slice list = pi_explain_paths(self, facts);
  paragraph(self, PI_STYLE_OPEN, PI_SAY(&self->wording, PI_PHRASE_FLIP_UNKNOWN, {"facts", list}));
}

void pi_explain_flips(pi_explainer *self, const pi_flips *flips) {
  pi_wording *wording = &self->wording;
  pi_page_text(&self->page, PI_STYLE_HEAD, pi_say_plain(wording, PI_PHRASE_HEAD_TURN));
  pi_page_end(&self->page);
  switch (flips->turns.state) {
  case PI_TURNS_VIOLATIONS_DECIDE:
    paragraph(self, PI_STYLE_PLAIN, pi_say_plain(wording, PI_PHRASE_TURN_NEVER));
    return;
  case PI_TURNS_SCRIPT_FAILED:
    paragraph(self, PI_STYLE_PLAIN, pi_say_plain(wording, PI_PHRASE_TURN_FAILED));
    return;
  case PI_TURNS_TRIED: break;
  }
  pi_buffer scratch;
  pi_buffer_init(&scratch, VALUE_BYTES_MAX);
  for (uint32_t i = 0; i < flips->count;) {
    uint32_t count = alike(flips, i);
    put_row(self, &scratch, &flips->flips[i], count);
    i += count;
  }
  if (scratch.failed) self->page.out->failed = true;
  pi_buffer_dispose(&scratch);
  if (flips->count == 0) paragraph(self, PI_STYLE_PLAIN, pi_say_plain(wording, PI_PHRASE_FLIP_NONE));
  if (self->evaluation->weighed) pi_explain_gates_closing(self);
  put_unknown(self, &flips->turns);
  if (self->evaluation->weighed) paragraph(self, PI_STYLE_FAINT, pi_say_plain(wording, PI_PHRASE_FLIP_HOW));
  if (!flips->complete) {
    paragraph(self, PI_STYLE_OPEN,
              PI_SAY(wording, PI_PHRASE_TURN_CUT, {"count", pi_say_count(wording, flips->evaluations)}));
  }
}
