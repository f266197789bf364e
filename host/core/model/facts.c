#include "facts.h"

#include <string.h>

#include "quoted_limits.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* WORDS_<WORDS> of facts.def; each list follows its enum. */
static const pi_slice WORDS_NONE[] = {{"", 0}};
static const pi_slice WORDS_ACCOUNT_KIND[] = {
    [PI_KIND_PERSON] = PI_SLICE_INIT("person"), [PI_KIND_INSTITUTION] = PI_SLICE_INIT("institution"),
    [PI_KIND_PARTY] = PI_SLICE_INIT("party"),   [PI_KIND_CAMPAIGN] = PI_SLICE_INIT("campaign"),
    [PI_KIND_MEDIA] = PI_SLICE_INIT("media"),   [PI_KIND_OTHER] = PI_SLICE_INIT("other"),
};
static const pi_slice WORDS_VERIFIED_TYPE[] = {
    [PI_VERIFIED_LEGACY] = PI_SLICE_INIT("legacy"),
    [PI_VERIFIED_GOVERNMENT] = PI_SLICE_INIT("government"),
    [PI_VERIFIED_BUSINESS] = PI_SLICE_INIT("business"),
    [PI_VERIFIED_BLUE] = PI_SLICE_INIT("blue"),
    [PI_VERIFIED_NONE] = PI_SLICE_INIT("none"),
};
static const pi_slice WORDS_OFFICE_STATUS[] = {
    [PI_STATUS_HOLDER] = PI_SLICE_INIT("holder"),   [PI_STATUS_CANDIDATE] = PI_SLICE_INIT("candidate"),
    [PI_STATUS_NOMINEE] = PI_SLICE_INIT("nominee"), [PI_STATUS_FORMER] = PI_SLICE_INIT("former"),
    [PI_STATUS_NONE] = PI_SLICE_INIT("none"),
};
static const pi_slice WORDS_OFFICE_SELECTION[] = {
    [PI_SELECTION_ELECTED] = PI_SLICE_INIT("elected"),
    [PI_SELECTION_APPOINTED] = PI_SLICE_INIT("appointed"),
};
static const pi_slice WORDS_OFFICE_LEVEL[] = {
    [PI_LEVEL_LOCAL] = PI_SLICE_INIT("local"),
    [PI_LEVEL_STATE] = PI_SLICE_INIT("state"),
    [PI_LEVEL_NATIONAL] = PI_SLICE_INIT("national"),
    [PI_LEVEL_SUPRANATIONAL] = PI_SLICE_INIT("supranational"),
};
static const pi_slice WORDS_OFFICE_BRANCH[] = {
    [PI_BRANCH_EXECUTIVE] = PI_SLICE_INIT("executive"),
    [PI_BRANCH_LEGISLATIVE] = PI_SLICE_INIT("legislative"),
    [PI_BRANCH_JUDICIAL] = PI_SLICE_INIT("judicial"),
    [PI_BRANCH_MILITARY] = PI_SLICE_INIT("military"),
    [PI_BRANCH_OTHER] = PI_SLICE_INIT("other"),
};
static const pi_slice WORDS_TARGET_KIND[] = {
    [PI_TARGET_OFFICIAL] = PI_SLICE_INIT("official"),
    [PI_TARGET_INSTITUTION] = PI_SLICE_INIT("institution"),
    [PI_TARGET_PUBLIC_FIGURE] = PI_SLICE_INIT("public_figure"),
    [PI_TARGET_PRIVATE_PERSON] = PI_SLICE_INIT("private_person"),
    [PI_TARGET_GROUP] = PI_SLICE_INIT("group"),
    [PI_TARGET_PUBLIC] = PI_SLICE_INIT("public"),
    [PI_TARGET_NONE] = PI_SLICE_INIT("none"),
};

/* What stands before a key in its fact's path: the path of its group (groups.def) and a point. */
#define PREFIX_ROOT         ""
#define PREFIX_TWEET        "tweet."
#define PREFIX_ACCOUNT      "account."
#define PREFIX_OFFICE       "account.office."
#define PREFIX_CONTEXT      "context."
#define PREFIX_TARGET       "context.target."
#define PREFIX_OFFLINE_HARM "context.offline_harm."

#define FACT(fact, holder, text, kind, which, list, about)                                                   \
  [PI_FACT_##fact] = {                                                                                       \
      .name = #fact,                                                                                         \
      .key = PI_SLICE_INIT(text),                                                                            \
      .path = PI_SLICE_INIT(PREFIX_##holder text),                                                           \
      .group = PI_GROUP_##holder,                                                                            \
      .type = PI_TYPE_##kind,                                                                                \
      .side = PI_SIDE_##which,                                                                               \
      .words = {WORDS_##list, PI_TYPE_##kind == PI_TYPE_WORD ? COUNT(WORDS_##list) : 0},                     \
      .doc = about,                                                                                          \
  },
const pi_fact_row PI_FACTS[PI_FACT_COUNT] = {
#include "facts.def"
#include "quoted_limits.h"
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
#define FACT(name, group, key, type, side, words, doc)                                                       \
  if (PI_SIDE_##side == PI_SIDE_HARM) harm |= PI_FACT_BIT(PI_FACT_##name);
#include "facts.def"
#undef FACT
  return harm;
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

bool pi_market_valid(pi_slice market) {
  if (market.len != 2 && (market.len < 4 || market.len > 6)) return false;
  for (size_t i = 0; i < market.len; i++) {
    char c = market.ptr[i];
    bool capital = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
    if (i < 2 ? !capital : i == 2 ? c != '-' : !capital && !digit) return false;
  }
  return true;
}
