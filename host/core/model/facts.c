#include "facts.h"

#include <string.h>

#define LENGTH(list) (sizeof(list) / sizeof *(list))

#define W(name, word)            [PI_##name] = PI_SLICE_INIT(word),
#define WORDS(list, type, words) static const pi_slice WORDS_##list[] = {words};
#include "fact_words.def"
#undef WORDS
#undef W

/* What stands before a key in its fact's path: the path of its group (groups.def) and a point. */
#define PREFIX_ROOT         ""
#define PREFIX_TWEET        "tweet."
#define PREFIX_ACCOUNT      "account."
#define PREFIX_OFFICE       "account.office."
#define PREFIX_CONTEXT      "context."
#define PREFIX_TARGET       "context.target."
#define PREFIX_OFFLINE_HARM "context.offline_harm."

/* What each TYPE of facts.def fills in. */
#define TYPE_ID          .type = PI_TYPE_ID
#define TYPE_STRING      .type = PI_TYPE_STRING
#define TYPE_TEXT        .type = PI_TYPE_TEXT
#define TYPE_TIME        .type = PI_TYPE_TIME
#define TYPE_BOOL        .type = PI_TYPE_BOOL
#define TYPE_COUNTRY     .type = PI_TYPE_COUNTRY
#define TYPE_MARKET      .type = PI_TYPE_MARKET
#define TYPE_STRENGTH    .type = PI_TYPE_STRENGTH
#define TYPE_COUNTRIES   .type = PI_TYPE_COUNTRIES
#define TYPE_TREE        .type = PI_TYPE_TREE
#define TYPE_COUNT(last) .type = PI_TYPE_COUNT, .limit = (last)
#define TYPE_WORD(list, most, least)                                                                         \
  .type = PI_TYPE_WORD, .words = {WORDS_##list, LENGTH(WORDS_##list)}, .best = PI_##most, .worst = PI_##least

#define FACT(fact, holder, text, kind, which, about)                                                         \
  [PI_FACT_##fact] = {                                                                                       \
      .name = #fact,                                                                                         \
      .key = PI_SLICE_INIT(text),                                                                            \
      .path = PI_SLICE_INIT(PREFIX_##holder text),                                                           \
      .group = PI_GROUP_##holder,                                                                            \
      TYPE_##kind,                                                                                           \
      .side = PI_SIDE_##which,                                                                               \
      .doc = about,                                                                                          \
  },
const pi_fact_row PI_FACTS[PI_FACT_COUNT] = {
#include "facts.def"
};
#undef FACT

const pi_group_row PI_GROUPS[PI_GROUP_COUNT] = {
#define GROUP(name, above, text, where)                                                                      \
  [PI_GROUP_##name] = {PI_SLICE_INIT(text), PI_SLICE_INIT(where), PI_GROUP_##above},
#include "groups.def"
#undef GROUP
};

const pi_strength_word PI_STRENGTH_WORDS[PI_STRENGTH_WORDS_COUNT] = {
    {PI_SLICE_INIT("none"), 0},      {PI_SLICE_INIT("low"), 250000},     {PI_SLICE_INIT("medium"), 500000},
    {PI_SLICE_INIT("high"), 750000}, {PI_SLICE_INIT("severe"), 1000000},
};

pi_fact_set pi_facts_harm(void) {
  pi_fact_set harm = 0;
#define FACT(name, group, key, type, side, doc)                                                              \
  if (PI_SIDE_##side == PI_SIDE_HARM) harm |= PI_FACT_BIT(PI_FACT_##name);
#include "facts.def"
#undef FACT
  return harm;
}

bool pi_fact_weighed_word(pi_fact fact) {
  return PI_FACTS[fact].type == PI_TYPE_WORD && PI_FACTS[fact].side != PI_SIDE_NEUTRAL;
}

pi_fact pi_fact_find(pi_slice path) {
  int fact = 0;
  while (fact < PI_FACT_COUNT && !pi_slice_equal(PI_FACTS[fact].path, path)) fact++;
  return (pi_fact)fact;
}

const char *pi_fact_type_name(pi_fact_type type) {
  switch (type) {
  case PI_TYPE_ID: return "a string of 1 to " PI_SPELL(PI_ID_BYTES_MAX) " bytes without control characters";
  case PI_TYPE_STRING: return "a string of at most " PI_SPELL(PI_STRING_BYTES_MAX) " bytes";
  case PI_TYPE_TEXT: return "a string of at most " PI_SPELL(PI_TEXT_POINTS) " code points";
  case PI_TYPE_TIME: return "a time as in 2020-05-29T04:53:00Z (RFC 3339)";
  case PI_TYPE_WORD: return "one of its words";
  case PI_TYPE_BOOL: return "true or false";
  case PI_TYPE_COUNT: return "a whole number from 0 to " PI_SPELL(PI_COUNT_MAX);
  case PI_TYPE_COUNTRY: return "a country code of two capital letters";
  case PI_TYPE_MARKET: return "a market as in NL or US-CA";
  case PI_TYPE_STRENGTH: return "a number from 0 to 1, true, false, none, low, medium, high or severe";
  case PI_TYPE_COUNTRIES: return "a list of country codes, each once";
  case PI_TYPE_TREE: break;
  }
  return "an object of at most " PI_SPELL(PI_SIGNALS_KIB) " KiB, at most " PI_SPELL(
      PI_SIGNALS_DEPTH_MAX) " deep";
}

bool pi_country_valid(pi_slice code) {
  return code.len == 2 && code.ptr[0] >= 'A' && code.ptr[0] <= 'Z' && code.ptr[1] >= 'A' &&
         code.ptr[1] <= 'Z';
}

bool pi_market_valid(pi_slice market) {
  if (market.len != 2 && (market.len < 4 || market.len > 6)) return false;
  for (size_t i = 0; i < market.len; i++) {
    char c = market.ptr[i];
    bool capital = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
    if (i < 2 ? !capital : i == 2 ? c != '-' : !capital && !digit) return false;
  }
  return true;
}
