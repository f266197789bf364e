/* The smallest changes that turn a case, one row each; a pair has a line for each of its facts. */
#include "case_write.h"
#include "explain_parts.h"
#include "flip.h"

enum { INDENT = 2, COLUMN_CHANGE = 13, VALUE_BYTES_MAX = 4096 };

static void paragraph(pi_explainer *self, pi_style style, pi_slice text) {
  pi_page_to(&self->page, INDENT);
  pi_page_wrap(&self->page, INDENT, style, text);
}

/* "context.hyperbole 0 → 0.62", in the words of a case, so that it can be typed. */
static void put_change(pi_explainer *self, pi_buffer *scratch, const pi_flip_change *change) {
  pi_page *page = &self->page;
  pi_page_to(page, COLUMN_CHANGE);
  pi_page_text(page, PI_STYLE_PLAIN, PI_FACTS[change->fact].path);
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
  pi_buffer_reset(scratch);
  pi_value_type(scratch, change->fact, change->from);
  pi_page_text(page, PI_STYLE_FAINT, (pi_slice){scratch->data, scratch->len});
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" → "));
  pi_buffer_reset(scratch);
  pi_value_type(scratch, change->fact, change->to);
  pi_page_text(page, PI_STYLE_STRONG, (pi_slice){scratch->data, scratch->len});
}

static void put_flip(pi_explainer *self, pi_buffer *scratch, const pi_flip *flip) {
  pi_page *page = &self->page;
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_PLAIN, pi_say_decimal(&self->wording, flip->distance, 6));
  for (uint8_t i = 0; i < flip->changes_count; i++) {
    put_change(self, scratch, &flip->changes[i]);
    if (i == 0) {
      pi_slice outcome = pi_say_plain(&self->wording, pi_explain_outcome_phrase(flip->outcome));
      if (page->column + 1 + pi_page_columns(page, outcome) > page->width) pi_page_end(page);
      pi_page_right(page, page->width, pi_explain_outcome_style(flip->outcome), outcome);
    }
    pi_page_end(page);
  }
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
  for (uint32_t i = 0; i < flips->count; i++) put_flip(self, &scratch, &flips->flips[i]);
  if (scratch.failed) self->page.out->failed = true;
  pi_buffer_dispose(&scratch);
  if (flips->count == 0) paragraph(self, PI_STYLE_PLAIN, pi_say_plain(wording, PI_PHRASE_FLIP_NONE));
  if (self->evaluation->weighed) pi_explain_gates_closing(self);
  paragraph(self, PI_STYLE_FAINT, pi_say_plain(wording, PI_PHRASE_FLIP_HOW));
  if (!flips->complete) {
    paragraph(self, PI_STYLE_OPEN,
              PI_SAY(wording, PI_PHRASE_TURN_CUT, {"count", pi_say_count(wording, flips->evaluations)}));
  }
}
