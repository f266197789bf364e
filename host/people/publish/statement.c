#include "statement.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "outline.h"
#include "utf8.h"

typedef enum form { FORM_WORD, FORM_WORDS, FORM_TEXT, FORM_URL, FORM_DATE, FORM_PUID } form;

typedef enum need {
  NEED_ALWAYS,
  NEED_MAYBE,
  NEED_ILLEGAL,
  NEED_INCOMPATIBLE,
  NEED_OTHER_KEYWORD,
  NEED_OTHER_CONTENT,
} need;

#define LIST(name, ...)                                                                                      \
  static const pi_slice name##_ITEMS[] = {__VA_ARGS__};                                                      \
  static const pi_words WORDS_##name = {name##_ITEMS, sizeof name##_ITEMS / sizeof name##_ITEMS[0]};
#define VISIBILITY(name)   PI_SLICE_INIT("DECISION_VISIBILITY_" name)
#define CATEGORY(name)     PI_SLICE_INIT("STATEMENT_CATEGORY_" name)
#define KEYWORD(name)      PI_SLICE_INIT("KEYWORD_" name)
#define CONTENT_TYPE(name) PI_SLICE_INIT("CONTENT_TYPE_" name)
#define W(text)            PI_SLICE_INIT(text)

/* clang-format off */
LIST(VISIBILITY, VISIBILITY("CONTENT_REMOVED"), VISIBILITY("CONTENT_DISABLED"), VISIBILITY("CONTENT_DEMOTED"),
     VISIBILITY("CONTENT_INTERACTION_RESTRICTED"), VISIBILITY("CONTENT_LABELLED"))
LIST(GROUND, W("DECISION_GROUND_ILLEGAL_CONTENT"), W("DECISION_GROUND_INCOMPATIBLE_CONTENT"))
LIST(CATEGORY, CATEGORY("CYBER_VIOLENCE"), CATEGORY("DATA_PROTECTION_AND_PRIVACY_VIOLATIONS"),
     CATEGORY("ILLEGAL_OR_HARMFUL_SPEECH"), CATEGORY("INTELLECTUAL_PROPERTY_INFRINGEMENTS"),
     CATEGORY("NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS"), CATEGORY("NOT_SPECIFIED_NOTICE"),
     CATEGORY("OTHER_VIOLATION_TC"), CATEGORY("PROTECTION_OF_MINORS"), CATEGORY("RISK_FOR_PUBLIC_SECURITY"),
     CATEGORY("SELF_HARM"), CATEGORY("UNSAFE_AND_PROHIBITED_PRODUCTS"), CATEGORY("VIOLENCE"))
LIST(KEYWORD, KEYWORD("CHILD_SEXUAL_ABUSE_MATERIAL"), KEYWORD("COPYRIGHT_INFRINGEMENT"),
     KEYWORD("CYBER_HARASSMENT"), KEYWORD("HATE_SPEECH"), KEYWORD("INCITEMENT_VIOLENCE_HATRED"),
     KEYWORD("MISINFORMATION_DISINFORMATION"), KEYWORD("NON_CONSENSUAL_IMAGE_SHARING"), KEYWORD("OTHER"),
     KEYWORD("PROHIBITED_PRODUCTS"), KEYWORD("SUICIDE"), KEYWORD("TERRORIST_CONTENT"))
LIST(CONTENT_TYPE, CONTENT_TYPE("TEXT"), CONTENT_TYPE("OTHER"))
LIST(SOURCE, W("SOURCE_TYPE_OTHER_NOTIFICATION"), W("SOURCE_VOLUNTARY"))
LIST(YES_NO, W("Yes"), W("No"))
LIST(AUTOMATED, W("AUTOMATED_DECISION_PARTIALLY"), W("AUTOMATED_DECISION_NOT_AUTOMATED"))
static const pi_words WORDS_NONE = {NULL, 0};

static const pi_slice EEA_ITEMS[] = {
  W("AT"), W("BE"), W("BG"), W("CY"), W("CZ"), W("DE"), W("DK"), W("EE"), W("ES"), W("FI"),
  W("FR"), W("GR"), W("HR"), W("HU"), W("IE"), W("IS"), W("IT"), W("LI"), W("LT"), W("LU"),
  W("LV"), W("MT"), W("NL"), W("NO"), W("PL"), W("PT"), W("RO"), W("SE"), W("SI"), W("SK")};

static const pi_slice LANGUAGE_ITEMS[] = {
  W("AA"), W("AB"), W("AE"), W("AF"), W("AK"), W("AM"), W("AN"), W("AR"), W("AS"), W("AV"), W("AY"), W("AZ"),
  W("BA"), W("BE"), W("BG"), W("BI"), W("BM"), W("BN"), W("BO"), W("BR"), W("BS"), W("CA"), W("CE"), W("CH"),
  W("CO"), W("CR"), W("CS"), W("CU"), W("CV"), W("CY"), W("DA"), W("DE"), W("DV"), W("DZ"), W("EE"), W("EL"),
  W("EN"), W("EO"), W("ES"), W("ET"), W("EU"), W("FA"), W("FF"), W("FI"), W("FJ"), W("FO"), W("FR"), W("FY"),
  W("GA"), W("GD"), W("GL"), W("GN"), W("GU"), W("GV"), W("HA"), W("HE"), W("HI"), W("HO"), W("HR"), W("HT"),
  W("HU"), W("HY"), W("HZ"), W("IA"), W("ID"), W("IE"), W("IG"), W("II"), W("IK"), W("IO"), W("IS"), W("IT"),
  W("IU"), W("JA"), W("JV"), W("KA"), W("KG"), W("KI"), W("KJ"), W("KK"), W("KL"), W("KM"), W("KN"), W("KO"),
  W("KR"), W("KS"), W("KU"), W("KV"), W("KW"), W("KY"), W("LA"), W("LB"), W("LG"), W("LI"), W("LN"), W("LO"),
  W("LT"), W("LU"), W("LV"), W("MG"), W("MH"), W("MI"), W("MK"), W("ML"), W("MN"), W("MR"), W("MS"), W("MT"),
  W("MY"), W("NA"), W("NB"), W("ND"), W("NE"), W("NG"), W("NL"), W("NN"), W("NO"), W("NR"), W("NV"), W("NY"),
  W("OC"), W("OJ"), W("OM"), W("OR"), W("OS"), W("PA"), W("PI"), W("PL"), W("PS"), W("PT"), W("QU"), W("RM"),
  W("RN"), W("RO"), W("RU"), W("RW"), W("SA"), W("SC"), W("SD"), W("SE"), W("SG"), W("SI"), W("SK"), W("SL"),
  W("SM"), W("SN"), W("SO"), W("SQ"), W("SR"), W("SS"), W("ST"), W("SU"), W("SV"), W("SW"), W("TA"), W("TE"),
  W("TG"), W("TH"), W("TI"), W("TK"), W("TL"), W("TN"), W("TO"), W("TR"), W("TS"), W("TT"), W("TW"), W("TY"),
  W("UG"), W("UK"), W("UR"), W("UZ"), W("VE"), W("VI"), W("VO"), W("WA"), W("WO"), W("XH"), W("YI"), W("YO"),
  W("ZA"), W("ZH"), W("ZU")};
/* clang-format on */

const pi_words PI_WORDS_EEA = {EEA_ITEMS, sizeof EEA_ITEMS / sizeof EEA_ITEMS[0]};
const pi_words PI_WORDS_LANGUAGE = {LANGUAGE_ITEMS, sizeof LANGUAGE_ITEMS / sizeof LANGUAGE_ITEMS[0]};
#define WORDS_EEA      PI_WORDS_EEA
#define WORDS_LANGUAGE PI_WORDS_LANGUAGE

static const struct {
  pi_slice key;
  form form;
  need need;
  uint32_t max;
  const pi_words *words;
} FIELDS[PI_STATED_COUNT] = {
#define FIELD(name, key, form, need, max, words)                                                             \
  [PI_STATED_##name] = {PI_SLICE_INIT(key), FORM_##form, NEED_##need, max, &WORDS_##words},
#include "statement_fields.def"
#undef FIELD
};

static bool holds(const pi_statement *self, pi_statement_field field, pi_slice word) {
  pi_stated stated = self->fields[field];
  for (size_t i = 0; i < stated.count; i++) {
    if (pi_slice_equal(stated.items[i], word)) return true;
  }
  return false;
}

/* Whether the field must stand, and whether it may. */
static bool must_stand(const pi_statement *self, pi_statement_field field, bool *may) {
  bool must = true;
  *may = true;
  switch (FIELDS[field].need) {
  case NEED_ALWAYS: return true;
  case NEED_MAYBE: return false;
  case NEED_ILLEGAL: must = holds(self, PI_STATED_GROUND, PI_SLICE("DECISION_GROUND_ILLEGAL_CONTENT")); break;
  case NEED_INCOMPATIBLE:
    must = holds(self, PI_STATED_GROUND, PI_SLICE("DECISION_GROUND_INCOMPATIBLE_CONTENT"));
    break;
  case NEED_OTHER_KEYWORD: must = holds(self, PI_STATED_KEYWORDS, PI_SLICE("KEYWORD_OTHER")); break;
  case NEED_OTHER_CONTENT: must = holds(self, PI_STATED_CONTENT_TYPE, PI_SLICE("CONTENT_TYPE_OTHER")); break;
  }
  *may = must;
  return must;
}

static pubint_status refuse(pubint_error *error, pi_statement_field field, pi_slice found,
                            const char *expected) {
  pubint_status refused = pi_error_set(error, PI_E_NO_STATEMENT);
  if (error == NULL) return refused;
  snprintf(error->path, sizeof error->path, "/%s", FIELDS[field].key.ptr);
  pi_error_found(error, found.len > 0 ? found.ptr : NULL, found.len); /* what is not known is no empty text */
  snprintf(error->expected, sizeof error->expected, "%s", expected);
  return refused;
}

/* YYYY-MM-DD that is not before `first` (yyyymmdd). That the day exists is whoever made it to see to. */
static bool date_right(pi_slice text, uint32_t first) {
  if (text.len != 10) return false;
  uint32_t number = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (i == 4 || i == 7) {
      if (text.ptr[i] != '-') return false;
    } else if (text.ptr[i] < '0' || text.ptr[i] > '9') {
      return false;
    } else {
      number = number * 10 + (uint32_t)(text.ptr[i] - '0');
    }
  }
  uint32_t month = number / 100 % 100;
  uint32_t day = number % 100;
  return number >= first && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool puid_right(pi_slice text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') return false;
  }
  return text.len > 0;
}

static bool url_right(pi_slice text) {
  static const pi_slice SCHEMES[] = {PI_SLICE_INIT("https://"), PI_SLICE_INIT("http://")};
  for (size_t i = 0; i < text.len; i++) {
    if (text.ptr[i] <= ' ' || text.ptr[i] == 0x7f) return false;
  }
  for (size_t i = 0; i < sizeof SCHEMES / sizeof SCHEMES[0]; i++) {
    if (text.len > SCHEMES[i].len && memcmp(text.ptr, SCHEMES[i].ptr, SCHEMES[i].len) == 0) return true;
  }
  return false;
}

static pubint_status check_item(pi_statement_field field, pi_slice item, pubint_error *error) {
  char expected[sizeof error->expected];
  bool fits = item.len > 0 && pi_utf8_check(item) == item.ptr + item.len;
  uint32_t max = FIELDS[field].max;
  switch (FIELDS[field].form) {
  case FORM_WORD:
  case FORM_WORDS:
    if (pi_words_find(*FIELDS[field].words, item) >= 0) return PUBINT_OK;
    pi_words_list(*FIELDS[field].words, expected, sizeof expected);
    return refuse(error, field, item, expected);
  case FORM_DATE:
    if (date_right(item, max)) return PUBINT_OK;
    snprintf(expected, sizeof expected, "a date from %04u-%02u-%02u on", (unsigned)(max / 10000),
             (unsigned)(max / 100 % 100), (unsigned)(max % 100));
    return refuse(error, field, item, expected);
  case FORM_PUID: fits = fits && puid_right(item); break;
  case FORM_URL: fits = fits && url_right(item); break;
  case FORM_TEXT: break;
  }
  if (fits && pi_utf8_count(item) <= max) return PUBINT_OK;
  snprintf(expected, sizeof expected, "%s of 1 to %u characters",
           FIELDS[field].form == FORM_PUID  ? "letters, digits, - and _,"
           : FIELDS[field].form == FORM_URL ? "an http or https address"
                                            : "a text",
           (unsigned)max);
  return refuse(error, field, item, expected);
}

static pubint_status check_field(const pi_statement *self, pi_statement_field field, pubint_error *error) {
  pi_stated stated = self->fields[field];
  bool may;
  bool must = must_stand(self, field, &may);
  if (stated.count == 0) return must ? refuse(error, field, PI_SLICE(""), "a value") : PUBINT_OK;
  if (!may) return refuse(error, field, stated.items[0], "no such field beside the others");
  if (stated.count > 1 && FIELDS[field].form != FORM_WORDS) {
    return refuse(error, field, stated.items[1], "one value");
  }
  for (size_t i = 0; i < stated.count; i++) {
    pubint_status status = check_item(field, stated.items[i], error);
    if (status != PUBINT_OK) return status;
    for (size_t j = 0; j < i; j++) {
      if (pi_slice_equal(stated.items[i], stated.items[j])) {
        return refuse(error, field, stated.items[i], "each value once");
      }
    }
  }
  return PUBINT_OK;
}

pubint_status pi_statement_check(const pi_statement *self, pubint_error *error) {
  for (int field = 0; field < PI_STATED_COUNT; field++) {
    pubint_status status = check_field(self, (pi_statement_field)field, error);
    if (status != PUBINT_OK) return status;
  }
  return PUBINT_OK;
}

pubint_status pi_statement_write(const pi_statement *self, pi_buffer *out, pubint_error *error) {
  pubint_status status = pi_statement_check(self, error);
  if (status != PUBINT_OK) return status;
  pi_outline json = {.out = out, .compact = true};
  pi_outline_open(&json, NULL, '{');
  for (int field = 0; field < PI_STATED_COUNT; field++) {
    pi_stated stated = self->fields[field];
    if (stated.count == 0) continue;
    if (FIELDS[field].form == FORM_WORDS)
      pi_outline_strings(&json, FIELDS[field].key.ptr, stated.items, stated.count, false);
    else
      pi_outline_string(&json, FIELDS[field].key.ptr, stated.items[0]);
  }
  pi_outline_close(&json, '}');
  return PUBINT_OK;
}
