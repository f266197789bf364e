#include "explain_parts.h"

pi_style pi_explain_outcome_style(pubint_outcome outcome) {
  switch (outcome) {
  case PUBINT_NO_ACTION:
  case PUBINT_NOTICE: return PI_STYLE_GOOD;
  case PUBINT_REMOVE: return PI_STYLE_BAD;
  case PUBINT_REVIEW: break;
  }
  return PI_STYLE_OPEN;
}

pi_slice pi_explain_rule_name(pi_explainer *self, const pi_violation *violation) {
  return pi_say_named(&self->wording, "rule", violation->rule_id);
}

pi_slice pi_explain_kind_name(pi_explainer *self, const pi_violation *violation) {
  if (violation->kind.ptr == NULL) return violation->kind;
  char prefix[sizeof "kind." + PI_ID_LENGTH_MAX] = "kind.";
  pi_slice rule = violation->rule_id;
  if (rule.len > PI_ID_LENGTH_MAX) return violation->kind;
  memcpy(prefix + 5, rule.ptr, rule.len);
  prefix[5 + rule.len] = '\0';
  return pi_say_named(&self->wording, prefix, violation->kind);
}

pi_slice pi_explain_say_rules(pi_wording *wording, const pi_case *input, bool never_only) {
  pi_slice names[PI_VIOLATIONS_MAX];
  size_t count = 0;
  for (uint32_t i = 0; i < input->violations_count; i++) {
    const pi_violation *violation = &input->violations[i];
    bool never = violation->rule < PI_RULE_COUNT && PI_RULES[violation->rule].never;
    if (!pi_case_breaks(input, violation->rule_id, i) && (never || !never_only))
      names[count++] = pi_say_named(wording, "rule", violation->rule_id);
  }
  return pi_say_list(wording, names, count, PI_PHRASE_LIST_AND);
}

/* Every country by its name is no page. */
enum {
  COUNTRIES_NAMED = 0
#define PHRASE(...)
#define NAMED(key, text) +1
#include "countries.def"
#undef NAMED
#undef PHRASE
};

pi_slice pi_explain_say_countries(pi_wording *wording, pi_countries countries) {
  if (countries.count >= COUNTRIES_NAMED) return pi_say_plain(wording, PI_PHRASE_COUNTRIES_ALL);
  pi_slice *names = pi_arena_alloc(&wording->arena, (countries.count + 1) * sizeof *names);
  if (names == NULL) {
    wording->failed = true;
    return (pi_slice){"", 0};
  }
  for (uint32_t i = 0; i < countries.count; i++)
    names[i] = pi_say_named(wording, "country", countries.codes[i]);
  return pi_say_list(wording, names, countries.count, PI_PHRASE_LIST_AND);
}

pi_slice pi_explain_rule_names(pi_explainer *self, bool never_only) {
  return pi_explain_say_rules(&self->wording, self->evaluation->input, never_only);
}

/* "word." + the fact's path, then the word. */
static pi_slice say_word(pi_explainer *self, pi_fact fact, uint8_t word) {
  char prefix[64] = "word.";
  pi_slice path = PI_FACTS[fact].path;
  memcpy(prefix + 5, path.ptr, path.len < sizeof prefix - 6 ? path.len : sizeof prefix - 6);
  return pi_say_named(&self->wording, prefix, PI_FACTS[fact].words.words[word]);
}

pi_slice pi_explain_value(pi_explainer *self, pi_fact fact, pi_value value) {
  switch (PI_FACTS[fact].type) {
  case PI_TYPE_STRENGTH: return pi_say_decimal(&self->wording, value.micro, 6);
  case PI_TYPE_COUNT: return pi_say_count(&self->wording, value.count);
  case PI_TYPE_BOOL: return pi_say_plain(&self->wording, value.boolean ? PI_PHRASE_YES : PI_PHRASE_NO);
  case PI_TYPE_WORD: return say_word(self, fact, value.word);
  case PI_TYPE_COUNTRIES: return pi_explain_say_countries(&self->wording, value.countries);
  case PI_TYPE_TREE: return PI_SLICE("{…}");
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET: break;
  }
  return value.string;
}

pi_slice pi_explain_awaited(pi_explainer *self, pi_fact fact, pi_phrase known) {
  const pi_case *input = self->evaluation->input;
  if (!pi_case_knows(input, fact)) return PI_FACTS[fact].path;
  return PI_SAY(&self->wording, known, {"fact", PI_FACTS[fact].path},
                {"value", pi_explain_value(self, fact, pi_case_value(input, fact))});
}

pi_slice pi_explain_paths(pi_explainer *self, pi_fact_set facts) {
  pi_slice paths[PI_FACT_COUNT + 1];
  size_t count = 0;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if ((facts & PI_FACT_BIT(fact)) == 0) continue;
    paths[count++] = pi_explain_awaited(self, (pi_fact)fact, PI_PHRASE_FACT_UNSETTLED);
  }
  if ((facts & PI_SPANS_BIT) != 0) paths[count++] = PI_SPANS_PATH;
  return pi_say_list(&self->wording, paths, count, PI_PHRASE_LIST_AND);
}

pi_slice pi_explain_market(const pi_explainer *self) {
  const pi_case *input = self->evaluation->input;
  if (!pi_case_knows(input, PI_FACT_MARKET)) return (pi_slice){"", 0};
  return pi_case_text(input, PI_FACT_MARKET);
}

pi_slice pi_explain_item_name(pi_explainer *self, const char *prefix, pi_slice id, pi_from from) {
  pi_slice name = pi_say_named(&self->wording, prefix, id);
  switch (from) {
  case PI_FROM_HOST: return PI_SAY(&self->wording, PI_PHRASE_FROM_HOST, {"name", name});
  case PI_FROM_MARKET:
    return PI_SAY(&self->wording, PI_PHRASE_FROM_MARKET, {"name", name}, {"market", pi_explain_market(self)});
  case PI_FROM_RULE: break;
  }
  return name;
}
