#include "notice.h"

#include "bar.h"
#include "evaluation.h"
#include "explain_parts.h"
#include "outline.h"
#include "redact.h"

enum { INDENT = 2 };
#define FRAME PI_SLICE("┃ ")
#define QUOTE PI_SLICE("│ ")

bool pi_notice_text(const pi_case *input, pi_arena *arena, pi_slice *out) {
  *out = (pi_slice){NULL, 0};
  return pi_bar_unmarked(input) || pi_redact(input, arena, out);
}

static pi_countries withheld_in(const pi_notice *notice) {
  if (!pi_case_knows(notice->input, PI_FACT_WITHHELD_IN)) return (pi_countries){NULL, 0};
  return pi_case_countries(notice->input, PI_FACT_WITHHELD_IN);
}

static void framed(pi_page *page, pi_style style, pi_slice text) {
  pi_page_quote(page, INDENT, FRAME, style, text);
}

static void put_link(pi_page *page, pi_wording *wording, pi_slice learn_more) {
  framed(page, PI_STYLE_PLAIN, pi_say_plain(wording, PI_PHRASE_NOTICE_LEARN_MORE));
  framed(page, PI_STYLE_FAINT, learn_more);
}

void pi_notice_page(pi_page *page, pi_wording *wording, const pi_notice *notice) {
  pi_slice empty = PI_SLICE("");
  framed(page, PI_STYLE_STRONG, pi_say_plain(wording, PI_PHRASE_NOTICE_TITLE));
  framed(page, PI_STYLE_PLAIN, empty);
  framed(page, PI_STYLE_PLAIN, pi_explain_say_notice(wording, notice->input));
  framed(page, PI_STYLE_PLAIN, empty);
  framed(page, PI_STYLE_STRONG, pi_say_plain(wording, PI_PHRASE_NOTICE_VIEW));
  put_link(page, wording, notice->learn_more);
  if (notice->redacted_text.ptr != NULL) {
    pi_page_end(page);
    pi_page_text(page, PI_STYLE_HEAD, pi_say_plain(wording, PI_PHRASE_NOTICE_BEHIND));
    pi_page_end(page);
    pi_page_quote(page, INDENT, QUOTE, PI_STYLE_PLAIN, notice->redacted_text);
  }
  pi_page_end(page);
  pi_explain_notice_effects(page, wording);
}

static void put_rules(pi_outline *out, pi_wording *wording, const pi_case *input) {
  pi_outline_open(out, "rules", '[');
  for (uint32_t i = 0; i < input->violations_count; i++) {
    const pi_violation *violation = &input->violations[i];
    if (pi_case_breaks(input, violation->rule_id, i)) continue;
    pi_outline_open(out, NULL, '{');
    pi_outline_string(out, "rule", violation->rule_id);
    pi_outline_string(out, "name", pi_say_named(wording, "rule", violation->rule_id));
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
}

void pi_notice_json(pi_buffer *buffer, pi_wording *wording, const pi_notice *notice) {
  pi_outline json = pi_outline_begin(buffer), *out = &json;
  pi_countries countries = withheld_in(notice);
  pi_outline_string(out, "id", pi_case_text(notice->input, PI_FACT_ID));
  pi_outline_string(out, "lang", wording->locale);
  pi_outline_string(out, "title", pi_say_plain(wording, PI_PHRASE_NOTICE_TITLE));
  pi_outline_string(out, "body", pi_explain_say_notice(wording, notice->input));
  put_rules(out, wording, notice->input);
  pi_outline_string(out, "view", pi_say_plain(wording, PI_PHRASE_NOTICE_VIEW));
  pi_outline_open(out, "learn_more", '{');
  pi_outline_string(out, "label", pi_say_plain(wording, PI_PHRASE_NOTICE_LEARN_MORE));
  pi_outline_string(out, "url", notice->learn_more);
  pi_outline_close(out, '}');
  pi_outline_key(out, "effects");
  pi_effects_write(buffer, notice->input, notice->learn_more);
  if (countries.count > 0) pi_outline_strings(out, "withheld_in", countries.codes, countries.count, false);
  pi_outline_given(out, "redacted_text", notice->redacted_text);
  pi_outline_end(out);
}
