#include "notice.h"

#include "bar.h"
#include "evaluation.h"
#include "explain_parts.h"
#include "json_write.h"
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
  return notice->input->facts[PI_FACT_WITHHELD_IN].countries;
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

static void put_text(pi_buffer *out, const char *before, pi_slice text) {
  pi_buffer_text(out, before);
  pi_json_write_string(out, text);
}

static void put_rules(pi_buffer *out, pi_wording *wording, const pi_case *input) {
  bool first = true;
  pi_buffer_text(out, ",\"rules\":[");
  for (uint32_t i = 0; i < input->violations_count; i++) {
    const pi_violation *violation = &input->violations[i];
    bool named = false;
    for (uint32_t j = 0; j < i; j++) {
      named = named || pi_slice_equal(input->violations[j].rule_id, violation->rule_id);
    }
    if (named) continue;
    put_text(out, first ? "{\"rule\":" : ",{\"rule\":", violation->rule_id);
    put_text(out, ",\"name\":", pi_say_named(wording, "rule", violation->rule_id));
    pi_buffer_byte(out, '}');
    first = false;
  }
  pi_buffer_byte(out, ']');
}

void pi_notice_json(pi_buffer *out, pi_wording *wording, const pi_notice *notice) {
  pi_countries countries = withheld_in(notice);
  put_text(out, "{\"v\":1,\"id\":", notice->input->facts[PI_FACT_ID].string);
  put_text(out, ",\"lang\":", wording->locale);
  put_text(out, ",\"title\":", pi_say_plain(wording, PI_PHRASE_NOTICE_TITLE));
  put_text(out, ",\"body\":", pi_explain_say_notice(wording, notice->input));
  put_rules(out, wording, notice->input);
  put_text(out, ",\"view\":", pi_say_plain(wording, PI_PHRASE_NOTICE_VIEW));
  put_text(out, ",\"learn_more\":{\"label\":", pi_say_plain(wording, PI_PHRASE_NOTICE_LEARN_MORE));
  put_text(out, ",\"url\":", notice->learn_more);
  pi_buffer_text(out, "},\"effects\":");
  pi_effects_write(out, notice->input, notice->learn_more);
  if (countries.count > 0) {
    pi_buffer_text(out, ",\"withheld_in\":[");
    for (uint32_t i = 0; i < countries.count; i++) put_text(out, i > 0 ? "," : "", countries.codes[i]);
    pi_buffer_byte(out, ']');
  }
  if (notice->redacted_text.ptr != NULL) put_text(out, ",\"redacted_text\":", notice->redacted_text);
  pi_buffer_byte(out, '}');
}
