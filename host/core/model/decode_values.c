#include "decode_values.h"

#include <stdio.h>

#include "errors.h"
#include "refuse.h"
#include "times.h"
#include "utf8.h"

static const char UNQUOTE[] = "remove the quotes";

static bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

/* Takes a string; refuses anything else, with a hint where a number seems to be an id. */
static pubint_status take_string(pi_decoder *decoder, pi_json_kind kind, pi_fact_type type, pi_slice *text) {
  if (kind == PI_JSON_STRING) return pi_json_string(&decoder->json, text);
  const char *hint =
      kind == PI_JSON_NUMBER && type == PI_TYPE_ID ? "put it in quotes: ids are strings" : NULL;
  return pi_refuse_kind(&decoder->json, PI_E_WRONG_TYPE, pi_fact_type_name(type), hint);
}

/* `units` of a text are too few or too many. */
static pubint_status refuse_length(pi_decoder *decoder, pi_fact_type type, size_t count, const char *units) {
  char found[64];
  snprintf(found, sizeof found, "a string of %zu %s", count, units);
  return pi_json_refuse(&decoder->json, decoder->json.value, PI_E_BAD_LENGTH,
                        count == 0 ? "an empty string" : found, pi_fact_type_name(type), NULL);
}

static pubint_status check_id(pi_decoder *decoder, pi_slice id) {
  if (id.len == 0 || id.len > PI_ID_BYTES_MAX) return refuse_length(decoder, PI_TYPE_ID, id.len, "bytes");
  for (size_t i = 0; i < id.len; i++) {
    unsigned char byte = (unsigned char)id.ptr[i];
    if (byte >= 0x20 && byte != 0x7f) continue;
    char found[32];
    snprintf(found, sizeof found, "the byte 0x%02x", byte);
    return pi_json_refuse(&decoder->json, decoder->json.value, PI_E_CONTROL_IN_ID, found,
                          pi_fact_type_name(PI_TYPE_ID), NULL);
  }
  return PUBINT_OK;
}

static pubint_status check_text(pi_decoder *decoder, pi_slice text) {
  if (text.len <= PI_TEXT_POINTS_MAX) return PUBINT_OK;
  size_t points = pi_utf8_count(text);
  if (points <= PI_TEXT_POINTS_MAX) return PUBINT_OK;
  return refuse_length(decoder, PI_TYPE_TEXT, points, "code points");
}

static pubint_status check_time(pi_decoder *decoder, pi_slice time) {
  const char *fault = pi_time_fault(time);
  if (fault == NULL) return PUBINT_OK;
  char found[PI_QUOTED_BYTES];
  return pi_json_refuse(&decoder->json, decoder->json.value, PI_E_BAD_TIME, pi_refuse_quote(found, time),
                        pi_fact_type_name(PI_TYPE_TIME), fault);
}

/* A country or market that is not right: in capitals it might be. */
static pubint_status refuse_code(pi_decoder *decoder, pi_fact_type type, pi_slice code) {
  bool market = type == PI_TYPE_MARKET;
  char found[PI_QUOTED_BYTES];
  char hint[32] = "";
  char capitals[8] = "";
  if (code.len < sizeof capitals) {
    for (size_t i = 0; i < code.len; i++) {
      char byte = code.ptr[i];
      capitals[i] = byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
    }
    pi_slice other = {capitals, code.len};
    if (market ? pi_market_valid(other) : pi_country_valid(other)) {
      snprintf(hint, sizeof hint, "did you mean \"%s\"?", capitals);
    }
  }
  return pi_json_refuse(&decoder->json, decoder->json.value, market ? PI_E_BAD_MARKET : PI_E_BAD_COUNTRY,
                        pi_refuse_quote(found, code),
                        pi_fact_type_name(market ? PI_TYPE_MARKET : PI_TYPE_COUNTRY), hint);
}

static pubint_status read_string(pi_decoder *decoder, pi_json_kind kind, pi_fact_type type, pi_slice *text) {
  pubint_status status = take_string(decoder, kind, type, text);
  if (status != PUBINT_OK) return status;
  if (type == PI_TYPE_ID) return check_id(decoder, *text);
  if (type == PI_TYPE_TEXT) return check_text(decoder, *text);
  if (type == PI_TYPE_TIME) return check_time(decoder, *text);
  if (type == PI_TYPE_COUNTRY) return pi_country_valid(*text) ? PUBINT_OK : refuse_code(decoder, type, *text);
  if (type == PI_TYPE_MARKET) return pi_market_valid(*text) ? PUBINT_OK : refuse_code(decoder, type, *text);
  return text->len <= PI_STRING_BYTES_MAX ? PUBINT_OK : refuse_length(decoder, type, text->len, "bytes");
}

static pubint_status read_word(pi_decoder *decoder, pi_json_kind kind, pi_words words, uint8_t *word) {
  pi_json *json = &decoder->json;
  if (kind != PI_JSON_STRING) {
    char expected[sizeof json->error->expected];
    pi_words_list(words, expected, sizeof expected);
    return pi_refuse_kind(json, PI_E_WRONG_TYPE, expected, NULL);
  }
  pi_slice text;
  pubint_status status = pi_json_string(json, &text);
  if (status != PUBINT_OK) return status;
  int found = pi_words_find(words, text);
  if (found < 0) return pi_refuse_word(json, json->value, PI_E_UNKNOWN_WORD, text, words);
  *word = (uint8_t)found;
  return PUBINT_OK;
}

/* The next value, a string, without its quotes: what it would be as it stands. Nothing is taken. */
static pi_slice peek_bare(const pi_json *json) {
  const char *begin = json->value + 1;
  const char *p = begin;
  while (p < json->end && *p != '"' && *p != '\\') p++;
  return (pi_slice){begin, (size_t)(p - begin)};
}

static pubint_status read_bool(pi_decoder *decoder, pi_json_kind kind, bool *value) {
  pi_json *json = &decoder->json;
  if (kind == PI_JSON_TRUE || kind == PI_JSON_FALSE) {
    *value = kind == PI_JSON_TRUE;
    return pi_json_literal(json);
  }
  const char *hint = NULL;
  if (kind == PI_JSON_STRING) {
    pi_slice bare = peek_bare(json);
    if (pi_slice_equal(bare, PI_SLICE("true")) || pi_slice_equal(bare, PI_SLICE("false"))) hint = UNQUOTE;
  }
  return pi_refuse_kind(json, PI_E_WRONG_TYPE, pi_fact_type_name(PI_TYPE_BOOL), hint);
}

static bool all_digits(pi_slice text) {
  size_t i = 0;
  while (i < text.len && is_digit(text.ptr[i])) i++;
  return text.len > 0 && i == text.len;
}

static pubint_status read_count(pi_decoder *decoder, pi_json_kind kind, int64_t *count) {
  pi_json *json = &decoder->json;
  const char *expected = pi_fact_type_name(PI_TYPE_COUNT);
  if (kind == PI_JSON_STRING) {
    return pi_refuse_kind(json, PI_E_BAD_COUNT, expected, all_digits(peek_bare(json)) ? UNQUOTE : NULL);
  }
  if (kind != PI_JSON_NUMBER) return pi_refuse_kind(json, PI_E_WRONG_TYPE, expected, NULL);
  pi_json_number number;
  pubint_status status = pi_json_number_text(json, &number);
  if (status != PUBINT_OK) return status;
  if (pi_json_number_unsigned(&number, PI_FOLLOWERS_MAX, count)) return PUBINT_OK;
  char found[PI_QUOTED_BYTES];
  pi_json_describe(json, found, sizeof found);
  return pi_json_refuse(json, json->value, PI_E_BAD_COUNT, found, expected,
                        number.integer ? NULL : "write it without point and exponent");
}

/* 0.5 in quotes is the number that somebody meant; any other text is perhaps a word. */
static pubint_status refuse_strength_word(pi_decoder *decoder, pi_slice text) {
  pi_json *json = &decoder->json;
  pi_slice words[PI_STRENGTH_WORDS_COUNT];
  for (int i = 0; i < PI_STRENGTH_WORDS_COUNT; i++) words[i] = PI_STRENGTH_WORDS[i].word;
  bool literal = pi_slice_equal(text, PI_SLICE("true")) || pi_slice_equal(text, PI_SLICE("false"));
  if (!literal && (text.len == 0 || !is_digit(text.ptr[0]))) {
    return pi_refuse_word(json, json->value, PI_E_UNKNOWN_WORD, text,
                          (pi_words){words, PI_STRENGTH_WORDS_COUNT});
  }
  char found[PI_QUOTED_BYTES];
  return pi_json_refuse(json, json->value, PI_E_UNKNOWN_WORD, pi_refuse_quote(found, text),
                        pi_fact_type_name(PI_TYPE_STRENGTH), UNQUOTE);
}

static pubint_status read_strength_number(pi_decoder *decoder, int32_t *micro) {
  pi_json *json = &decoder->json;
  pi_json_number number;
  pubint_status status = pi_json_number_text(json, &number);
  if (status != PUBINT_OK || pi_json_number_micro(&number, micro)) return status;
  char found[PI_QUOTED_BYTES];
  pi_json_describe(json, found, sizeof found);
  return pi_json_refuse(json, json->value, PI_E_BAD_STRENGTH, found, pi_fact_type_name(PI_TYPE_STRENGTH),
                        NULL);
}

static pubint_status read_strength(pi_decoder *decoder, pi_json_kind kind, int32_t *micro) {
  pi_json *json = &decoder->json;
  if (kind == PI_JSON_NUMBER) return read_strength_number(decoder, micro);
  if (kind == PI_JSON_TRUE || kind == PI_JSON_FALSE) {
    *micro = kind == PI_JSON_TRUE ? 1000000 : 0;
    return pi_json_literal(json);
  }
  if (kind != PI_JSON_STRING) {
    return pi_refuse_kind(json, PI_E_WRONG_TYPE, pi_fact_type_name(PI_TYPE_STRENGTH), NULL);
  }
  pi_slice text;
  pubint_status status = pi_json_string(json, &text);
  if (status != PUBINT_OK) return status;
  for (int i = 0; i < PI_STRENGTH_WORDS_COUNT; i++) {
    if (!pi_slice_equal(PI_STRENGTH_WORDS[i].word, text)) continue;
    *micro = PI_STRENGTH_WORDS[i].micro;
    return PUBINT_OK;
  }
  return refuse_strength_word(decoder, text);
}

enum { LETTERS = 26, CODES = LETTERS * LETTERS };

/* A list of countries in the making: at most every pair of letters once. */
typedef struct country_list {
  uint32_t count;
  pi_slice codes[CODES];
  const char *at[CODES]; /* where each stands, by its letters; valid where `seen` says so */
  uint8_t seen[CODES];
} country_list;

static pubint_status read_country_item(pi_decoder *decoder, country_list *list) {
  pi_slice code;
  pi_json_kind kind = pi_json_peek(&decoder->json);
  pubint_status status = read_string(decoder, kind, PI_TYPE_COUNTRY, &code);
  if (status != PUBINT_OK) return status;
  size_t pair = (size_t)(code.ptr[0] - 'A') * LETTERS + (size_t)(code.ptr[1] - 'A');
  if (list->seen[pair]) {
    char found[PI_QUOTED_BYTES];
    return pi_refuse_repeat(&decoder->json, decoder->json.value, PI_E_REPEATED_ITEM, list->at[pair],
                            pi_refuse_quote(found, code), "each country once");
  }
  list->seen[pair] = true;
  list->at[pair] = decoder->json.value;
  list->codes[list->count++] = code;
  return PUBINT_OK;
}

static pubint_status read_countries(pi_decoder *decoder, pi_json_kind kind, pi_countries *countries) {
  pi_json *json = &decoder->json;
  if (kind != PI_JSON_ARRAY) {
    return pi_refuse_kind(json, PI_E_WRONG_TYPE, pi_fact_type_name(PI_TYPE_COUNTRIES), NULL);
  }
  country_list list;
  list.count = 0;
  memset(list.seen, 0, sizeof list.seen);
  pubint_status status = pi_json_enter_array(json);
  for (bool more = true; status == PUBINT_OK;) {
    status = pi_json_next_item(json, &more);
    if (status != PUBINT_OK || !more) break;
    status = read_country_item(decoder, &list);
  }
  if (status != PUBINT_OK) return status;
  *countries = (pi_countries){NULL, list.count};
  if (list.count == 0) return PUBINT_OK;
  pi_slice *codes = pi_arena_alloc(decoder->arena, list.count * sizeof *codes);
  if (codes == NULL) return pi_json_no_memory(json);
  memcpy(codes, list.codes, list.count * sizeof *codes);
  countries->codes = codes;
  return PUBINT_OK;
}

static pubint_status read_tree(pi_decoder *decoder, pi_json_kind kind, pi_tree *tree) {
  static const pi_json_tree_limits LIMITS = {
      .bytes_max = PI_SIGNALS_BYTES_MAX,
      .depth_max = PI_SIGNALS_DEPTH_MAX,
      .bytes_code = PI_E_SIGNALS_TOO_LARGE,
      .depth_code = PI_E_SIGNALS_TOO_DEEP,
  };
  if (kind != PI_JSON_OBJECT) {
    return pi_refuse_kind(&decoder->json, PI_E_WRONG_TYPE, pi_fact_type_name(PI_TYPE_TREE), NULL);
  }
  return pi_json_tree(&decoder->json, &LIMITS, tree);
}

pubint_status pi_decode_value(pi_decoder *decoder, pi_fact fact, pi_value *value, bool *known) {
  pi_json_kind kind = pi_json_peek(&decoder->json);
  if (kind == PI_JSON_BAD) return PUBINT_E_INPUT;
  *known = kind != PI_JSON_NULL;
  if (!*known) return pi_json_literal(&decoder->json);
  pi_fact_type type = PI_FACTS[fact].type;
  switch (type) {
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET: return read_string(decoder, kind, type, &value->string);
  case PI_TYPE_WORD: return read_word(decoder, kind, PI_FACTS[fact].words, &value->word);
  case PI_TYPE_BOOL: return read_bool(decoder, kind, &value->boolean);
  case PI_TYPE_COUNT: return read_count(decoder, kind, &value->count);
  case PI_TYPE_STRENGTH: return read_strength(decoder, kind, &value->micro);
  case PI_TYPE_COUNTRIES: return read_countries(decoder, kind, &value->countries);
  case PI_TYPE_TREE: break;
  }
  return read_tree(decoder, kind, &value->tree);
}
