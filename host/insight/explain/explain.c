#include "explain.h"

#include "explain_parts.h"
#include "utf8.h"

enum { INDENT = 2, COLUMN_VALUE = 13, COLUMN_EFFECT = 13 };

void pi_explainer_init(pi_explainer *self, pi_buffer *out, const pubint_evaluation *evaluation,
                       const pi_turns *turns, const pi_explain_options *options) {
  *self = (pi_explainer){.evaluation = evaluation, .turns = turns};
  unsigned width = options->width > 0 ? options->width : PI_PAGE_WIDTH;
  pi_page_init(&self->page, out, width, options->color);
  pi_wording_init(&self->wording, evaluation->policy, options->locale);
}

void pi_explainer_dispose(pi_explainer *self) {
  if (self->wording.failed) self->page.out->failed = true;
  pi_wording_dispose(&self->wording);
  pi_page_dispose(&self->page);
}

/* --- outcome and reason --- */

/* Any id may be a rule's, so a misspelt one is no error; whoever reads this would rather know at once. */
static void explain_unknown_rules(pi_explainer *self) {
  const pi_case *input = self->evaluation->input;
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_slice id = input->violations[i].rule_id;
    pi_rule_name name = pi_policy_rule_name(self->evaluation->policy, id);
    if (name.known || pi_case_breaks(input, id, i)) continue;
    pi_slice text = name.nearest.ptr != NULL ? PI_SAY(&self->wording, PI_PHRASE_NO_RULE_NEAREST, {"rule", id},
                                                      {"nearest", name.nearest})
                                             : PI_SAY(&self->wording, PI_PHRASE_NO_RULE, {"rule", id});
    pi_page_wrap(&self->page, 0, PI_STYLE_OPEN, text);
  }
}

void pi_explain_outcome(pi_explainer *self) {
  static const pi_phrase LEADS[] = {
      [PUBINT_NO_ACTION] = PI_PHRASE_LEAD_NO_ACTION,
      [PUBINT_REMOVE] = PI_PHRASE_LEAD_REMOVE,
      [PUBINT_NOTICE] = PI_PHRASE_LEAD_NOTICE,
      [PUBINT_REVIEW] = PI_PHRASE_LEAD_REVIEW,
  };
  const pubint_evaluation *evaluation = self->evaluation;
  pi_page *page = &self->page;
  pi_page_text(page, pi_explain_outcome_style(evaluation->outcome),
               pi_say_plain(&self->wording, LEADS[evaluation->outcome]));
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(": "));
  pi_page_wrap(page, 0, PI_STYLE_PLAIN, pi_explain_why(self));
  pi_page_wrap(page, 0, PI_STYLE_FAINT,
               pi_say_plain(&self->wording, evaluation->final ? PI_PHRASE_FINAL_YES : PI_PHRASE_FINAL_NO));
  explain_unknown_rules(self);
}

/* --- what the case is about --- */

static void labelled(pi_explainer *self, pi_phrase label, pi_slice value) {
  if (value.len == 0) return;
  pi_page_to(&self->page, INDENT);
  pi_page_text(&self->page, PI_STYLE_FAINT, pi_say_plain(&self->wording, label));
  pi_page_to(&self->page, COLUMN_VALUE - 1);
  pi_page_text(&self->page, PI_STYLE_PLAIN, PI_SLICE(" "));
  pi_page_wrap(&self->page, COLUMN_VALUE, PI_STYLE_PLAIN, value);
}

/* The facts among `facts` that are known, separated by commas. */
static pi_slice say_facts(pi_explainer *self, const pi_fact *facts, size_t count) {
  const pi_case *input = self->evaluation->input;
  pi_slice items[8];
  size_t said = 0;
  for (size_t i = 0; i < count; i++) {
    if (!pi_case_knows(input, facts[i])) continue;
    pi_slice value = pi_explain_value(self, facts[i], pi_case_value(input, facts[i]));
    if (value.len > 0) items[said++] = value;
  }
  return pi_say_list(&self->wording, items, said, PI_PHRASE_LIST_COMMA);
}

/* What is shown of a long text; *more gets how many code points are not. */
static pi_slice shorten(pi_slice text, int64_t *more) {
  size_t bytes = pi_utf8_offset(text, PI_EXPLAIN_TEXT_POINTS);
  size_t lines = 0;
  for (size_t i = 0; i < bytes; i++) {
    if (text.ptr[i] == '\n' && ++lines == PI_EXPLAIN_TEXT_LINES) bytes = i;
  }
  *more = (int64_t)pi_utf8_count((pi_slice){text.ptr + bytes, text.len - bytes});
  return (pi_slice){text.ptr, bytes};
}

/* Only as the host has blotted it out, and only where the evaluation shows it at all. */
static void explain_text(pi_explainer *self) {
  pi_slice text = self->evaluation->redacted_text;
  if (text.ptr == NULL) return;
  int64_t more;
  pi_slice shown = shorten(text, &more);
  pi_page_to(&self->page, INDENT);
  pi_page_text(&self->page, PI_STYLE_FAINT, pi_say_plain(&self->wording, PI_PHRASE_LABEL_TEXT));
  pi_page_quote(&self->page, COLUMN_VALUE, PI_SLICE("│ "), PI_STYLE_PLAIN, shown);
  if (more > 0) {
    pi_page_to(&self->page, COLUMN_VALUE);
    pi_page_wrap(&self->page, COLUMN_VALUE, PI_STYLE_FAINT,
                 PI_SAY(&self->wording, PI_PHRASE_TEXT_MORE, {"count", pi_say_count(&self->wording, more)}));
  }
}

static void explain_policy(pi_explainer *self) {
  pi_slice id = self->evaluation->policy->id, cut = pi_page_policy(id);
  if (cut.len < id.len) id = PI_SAY(&self->wording, PI_PHRASE_TEXT_CUT, {"text", cut});
  labelled(self, PI_PHRASE_LABEL_POLICY, id);
}

/* Where nothing was weighed no rule has a part of its own below. */
static void explain_violations(pi_explainer *self) {
  const pi_case *input = self->evaluation->input;
  pi_slice items[PI_VIOLATIONS_MAX];
  for (uint32_t i = 0; i < input->violations_count; i++) {
    items[i] = pi_explain_rule_name(self, &input->violations[i]);
    pi_slice kind = pi_explain_kind_name(self, &input->violations[i]);
    if (kind.ptr == NULL) continue;
    items[i] = PI_SAY(&self->wording, PI_PHRASE_VIOLATION_KIND, {"rule", items[i]}, {"kind", kind});
  }
  labelled(self, PI_PHRASE_LABEL_VIOLATES,
           pi_say_list(&self->wording, items, input->violations_count, PI_PHRASE_LIST_AND));
}

void pi_explain_case(pi_explainer *self) {
  static const pi_fact TWEET[] = {PI_FACT_TWEET_ID, PI_FACT_TWEET_CREATED_AT, PI_FACT_TWEET_LANG};
  static const pi_fact ACCOUNT[] = {PI_FACT_ACCOUNT_USERNAME, PI_FACT_OFFICE_TITLE, PI_FACT_OFFICE_COUNTRY};
  const pubint_evaluation *evaluation = self->evaluation;
  const pi_case *input = evaluation->input;
  labelled(self, PI_PHRASE_LABEL_CASE, pi_case_text(input, PI_FACT_ID));
  labelled(self, PI_PHRASE_LABEL_TWEET, say_facts(self, TWEET, sizeof TWEET / sizeof TWEET[0]));
  labelled(self, PI_PHRASE_LABEL_ACCOUNT, say_facts(self, ACCOUNT, sizeof ACCOUNT / sizeof ACCOUNT[0]));
  explain_text(self);
  if (!evaluation->weighed) explain_violations(self);
  if (evaluation->weighed) {
    pi_phrase phrase = evaluation->market != NULL             ? PI_PHRASE_MARKET_SCRIPT
                       : pi_case_knows(input, PI_FACT_MARKET) ? PI_PHRASE_MARKET_NO_SCRIPT
                                                              : PI_PHRASE_MARKET_UNKNOWN;
    labelled(self, PI_PHRASE_LABEL_MARKET,
             PI_SAY(&self->wording, phrase, {"market", pi_explain_market(self)}));
  }
  if (pi_case_knows(input, PI_FACT_WITHHELD_IN) && pi_case_countries(input, PI_FACT_WITHHELD_IN).count > 0) {
    pi_slice countries =
        pi_explain_value(self, PI_FACT_WITHHELD_IN, pi_case_value(input, PI_FACT_WITHHELD_IN));
    labelled(self, PI_PHRASE_LABEL_WITHHELD,
             PI_SAY(&self->wording, PI_PHRASE_WITHHELD_IN, {"countries", countries}));
  }
  explain_policy(self);
}

/* --- what a notice does --- */

static void effect(pi_page *page, pi_wording *wording, pi_phrase label, pi_style style, pi_slice text) {
  pi_page_to(page, INDENT);
  pi_page_text(page, style, pi_say_plain(wording, label));
  pi_page_to(page, COLUMN_EFFECT - 1);
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
  pi_page_wrap(page, COLUMN_EFFECT, PI_STYLE_PLAIN, text);
}

static pi_slice say_phrases(pi_wording *wording, const pi_phrase *phrases, size_t count) {
  pi_slice items[8];
  for (size_t i = 0; i < count; i++) items[i] = pi_say_plain(wording, phrases[i]);
  return pi_say_list(wording, items, count, PI_PHRASE_LIST_AND);
}

void pi_explain_notice_effects(pi_page *page, pi_wording *wording) {
  static const pi_phrase OFF[] = {PI_PHRASE_EFFECT_LIKE, PI_PHRASE_EFFECT_RETWEET, PI_PHRASE_EFFECT_REPLY,
                                  PI_PHRASE_EFFECT_SHARE, PI_PHRASE_EFFECT_RECOMMEND};
  static const pi_phrase ON[] = {PI_PHRASE_EFFECT_CLICK_THROUGH, PI_PHRASE_EFFECT_QUOTE};
  pi_page_text(page, PI_STYLE_HEAD, pi_say_plain(wording, PI_PHRASE_HEAD_EFFECTS));
  pi_page_end(page);
  effect(page, wording, PI_PHRASE_EFFECTS_OFF, PI_STYLE_BAD,
         say_phrases(wording, OFF, sizeof OFF / sizeof OFF[0]));
  effect(page, wording, PI_PHRASE_EFFECTS_ON, PI_STYLE_GOOD,
         say_phrases(wording, ON, sizeof ON / sizeof ON[0]));
}

pi_slice pi_explain_say_notice(pi_wording *wording, const pi_case *input) {
  pi_slice rules = pi_explain_say_rules(wording, input, false);
  bool known = pi_case_knows(input, PI_FACT_WITHHELD_IN);
  if (!known || pi_case_countries(input, PI_FACT_WITHHELD_IN).count == 0)
    return PI_SAY(wording, PI_PHRASE_NOTICE_BODY, {"rules", rules});
  return PI_SAY(
      wording, PI_PHRASE_NOTICE_BODY_ELSEWHERE, {"rules", rules},
      {"countries", pi_explain_say_countries(wording, pi_case_countries(input, PI_FACT_WITHHELD_IN))});
}

void pi_explain_effects(pi_explainer *self) {
  pi_page *page = &self->page;
  pi_wording *wording = &self->wording;
  pi_slice rules = pi_explain_rule_names(self, false);
  pi_explain_notice_effects(page, wording);
  effect(page, wording, PI_PHRASE_EFFECTS_NAMES, PI_STYLE_FAINT, rules);
  effect(page, wording, PI_PHRASE_EFFECTS_READS, PI_STYLE_FAINT,
         pi_explain_say_notice(wording, self->evaluation->input));
  effect(page, wording, PI_PHRASE_EFFECTS_LINK, PI_STYLE_FAINT, self->evaluation->policy->learn_more);
}

/* --- the whole --- */

void pi_explain(pi_buffer *out, const pubint_evaluation *evaluation, const pi_turns *turns,
                const pi_explain_options *options) {
  pi_explainer self;
  pi_explainer_init(&self, out, evaluation, turns, options);
  pi_explain_outcome(&self);
  pi_page_end(&self.page);
  pi_explain_case(&self);
  pi_page_end(&self.page);
  pi_explain_gates(&self);
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    pi_page_end(&self.page);
    pi_explain_entry(&self, &evaluation->entries[i]);
  }
  if (turns != NULL) {
    if (turns->unknowns_count > 0 || turns->spans_unknown) pi_page_end(&self.page);
    pi_explain_unknown(&self);
    pi_page_end(&self.page);
    pi_explain_turns(&self);
  }
  if (evaluation->outcome == PUBINT_NOTICE) {
    pi_page_end(&self.page);
    pi_explain_effects(&self);
  }
  pi_explainer_dispose(&self);
}
