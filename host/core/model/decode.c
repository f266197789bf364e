#include "decode.h"

#include <stdio.h>

#include "decode_values.h"
#include "decode_violations.h"
#include "errors.h"
#include "refuse.h"
#include "utf8.h"

/* One pass over one case. */
typedef struct pass {
  pi_decoder decoder;
  pi_decode_memory *memory;
  bool has_violations;
  uint64_t seen;                /* keys that have come: bit i is key i */
  const char *at[PI_KEY_COUNT]; /* where they stand; valid where `seen` says so */
} pass;

static pubint_status read_fact(pass *self, pi_fact fact) {
  pi_case *out = self->decoder.out;
  bool known;
  pubint_status status = pi_decode_value(&self->decoder, fact, &out->facts[fact], &known);
  if (status != PUBINT_OK) return status;
  if (known) out->known |= PI_FACT_BIT(fact);
  if (fact == PI_FACT_TWEET_TEXT && self->decoder.text_points == PI_TEXT_UNSEEN) {
    self->decoder.text_points = known ? PI_TEXT_UNCOUNTED : PI_TEXT_ABSENT;
  }
  return PUBINT_OK;
}

/* "1" and nothing else: 1.0 would be another text for the same thing. */
static pubint_status read_version(pi_json *json) {
  pi_json_number number;
  if (pi_json_peek(json) != PI_JSON_NUMBER) return pi_refuse_kind(json, PI_E_BAD_VERSION, "1", NULL);
  pubint_status status = pi_json_number_text(json, &number);
  if (status != PUBINT_OK || pi_slice_equal(number.text, PI_SLICE("1"))) return status;
  char found[64];
  pi_json_describe(json, found, sizeof found);
  return pi_json_refuse(json, json->value, PI_E_BAD_VERSION, found, "1", NULL);
}

static pubint_status refuse_key(pi_json *json, pi_group group, const char *at, pi_slice key) {
  char found[PI_QUOTED_BYTES];
  char expected[sizeof json->error->expected];
  char hint[sizeof json->error->hint];
  pi_keys_list(group, expected, sizeof expected);
  pi_keys_hint(group, key, hint, sizeof hint);
  return pi_json_refuse(json, at, PI_E_UNKNOWN_KEY, pi_refuse_quote(found, key), expected, hint);
}

/* Takes the next key where it is the expected one, or one of those that came behind it before: in the cases
 * of one file the same keys come in the same order, with some left out. */
static bool take_expected(pass *self, pi_group group, unsigned expected, unsigned *number, const char **at) {
  enum { TRIES = 4 };
  for (int i = 0; i < TRIES && expected < PI_KEY_COUNT; i++) {
    pi_slice likely = pi_keys_text(group, expected);
    if (likely.len == 0) return false;
    if (pi_json_take_key(&self->decoder.json, likely, at)) {
      *number = expected;
      return true;
    }
    expected = self->memory->next[expected];
  }
  return false;
}

/* Takes the next key of `group`; *number gets which it is, and *guess, where the next one is expected to
 * be remembered, moves on. */
static pubint_status next_key(pass *self, pi_group group, uint8_t **guess, unsigned *number, bool *more) {
  pi_json *json = &self->decoder.json;
  const char *at;
  *more = true;
  if (!take_expected(self, group, **guess, number, &at)) {
    pi_slice key;
    pubint_status status = pi_json_next_key(json, &key, &at, more);
    if (status != PUBINT_OK || !*more) return status;
    *number = pi_keys_find(group, key);
    if (*number == PI_KEY_COUNT) return refuse_key(json, group, at, key);
    **guess = (uint8_t)*number;
  }
  if (self->seen >> *number & 1) {
    char found[PI_QUOTED_BYTES];
    return pi_refuse_repeat(json, at, PI_E_DUPLICATE_KEY, self->at[*number],
                            pi_refuse_quote(found, pi_keys_text(group, *number)), "each key once");
  }
  self->seen |= UINT64_C(1) << *number;
  self->at[*number] = at;
  *guess = &self->memory->next[*number];
  return PUBINT_OK;
}

static pubint_status read_group(pass *self, pi_group group);

/* Reads the value of a key that holds no fact; null is as if the key were absent. */
static pubint_status read_other(pass *self, unsigned key) {
  pi_json *json = &self->decoder.json;
  pi_json_kind kind = pi_json_peek(json);
  if (kind == PI_JSON_BAD) return PUBINT_E_INPUT;
  if (kind == PI_JSON_NULL) return pi_json_literal(json);
  if (key == PI_KEY_VERSION) return read_version(json);
  if (key == PI_KEY_VIOLATIONS) {
    self->has_violations = true;
    return pi_decode_violations(&self->decoder);
  }
  return read_group(self, (pi_group)(key - PI_KEY_GROUPS));
}

static pubint_status read_group(pass *self, pi_group group) {
  pi_json *json = &self->decoder.json;
  if (pi_json_peek(json) != PI_JSON_OBJECT) return pi_refuse_kind(json, PI_E_WRONG_TYPE, "an object", NULL);
  uint8_t *guess = &self->memory->first[group];
  pubint_status status = pi_json_enter_object(json);
  while (status == PUBINT_OK) {
    unsigned key = PI_KEY_COUNT;
    bool more = true;
    status = next_key(self, group, &guess, &key, &more);
    if (status != PUBINT_OK || !more) break;
    status = key < PI_KEY_GROUPS ? read_fact(self, (pi_fact)key) : read_other(self, key);
  }
  return status;
}

static bool has_seen(const pass *self, unsigned key) {
  return (self->seen >> key & 1) != 0;
}

/* A whole case, with what is known of its text beforehand. */
static pubint_status read_case(pass *self, pi_slice line, uint64_t line_number, int32_t text_points,
                               pubint_error *error) {
  pi_json *json = &self->decoder.json;
  self->decoder.text_points = text_points;
  self->has_violations = false;
  self->seen = 0;
  pi_case *out = self->decoder.out;
  out->known = 0;
  out->violations_count = 0;
  out->has_spans = false;

  pubint_status status = pi_json_init(json, line, line_number, self->decoder.arena, PI_CASE_DEPTH_MAX, error);
  if (status != PUBINT_OK) return status;
  if (pi_json_peek(json) != PI_JSON_OBJECT) {
    return pi_refuse_kind(json, PI_E_WRONG_TYPE, "an object: one case", NULL);
  }
  const char *begin = json->value;
  status = read_group(self, PI_GROUP_ROOT);
  if (status == PUBINT_OK) status = pi_json_finish(json);
  if (status != PUBINT_OK) return status;
  if (!pi_case_knows(out, PI_FACT_ID))
    return pi_refuse_missing(json, begin, "id", has_seen(self, PI_FACT_ID));
  if (!self->has_violations) {
    return pi_refuse_missing(json, begin, "violations", has_seen(self, PI_KEY_VIOLATIONS));
  }
  return PUBINT_OK;
}

static pubint_status refuse_long_line(size_t bytes, uint64_t line_number, pubint_error *error) {
  pubint_status status = pi_error_set(error, PI_E_LINE_TOO_LONG);
  if (error == NULL) return status;
  error->line = line_number;
  error->column = PUBINT_CASE_BYTES_MAX + 1;
  snprintf(error->found, sizeof error->found, "%zu bytes", bytes);
  snprintf(error->expected, sizeof error->expected, "at most %zu bytes", PUBINT_CASE_BYTES_MAX);
  return status;
}

pubint_status pi_decode_case(pi_case *out, pi_slice line, uint64_t line_number, pi_arena *arena,
                             pi_decode_memory *memory, pubint_error *error) {
  out->known = 0;
  if (line.len > PUBINT_CASE_BYTES_MAX) return refuse_long_line(line.len, line_number, error);
  pi_decode_memory forgotten;
  if (memory == NULL) {
    forgotten = (pi_decode_memory){0};
    memory = &forgotten;
  }
  pass self;
  self.memory = memory;
  self.decoder.out = out;
  self.decoder.arena = arena;
  pubint_status status = read_case(&self, line, line_number, PI_TEXT_UNSEEN, error);
  if (status != PUBINT_OK || !out->has_spans) return status;

  /* A text that came behind the spans, or not at all: where they do not fit it, they are read again, now that
   * it is known, for the refusal to stand at its place. */
  if (self.decoder.text_points == PI_TEXT_UNSEEN) self.decoder.text_points = PI_TEXT_ABSENT;
  pi_decoder_count_text(&self.decoder);
  if (pi_decode_spans_fit(out, self.decoder.text_points)) return PUBINT_OK;
  pi_slice id = out->facts[PI_FACT_ID].string;
  status = read_case(&self, line, line_number, self.decoder.text_points, error);
  out->facts[PI_FACT_ID].string = id;
  out->known |= PI_FACT_BIT(PI_FACT_ID);
  return status;
}

/* The path of an error within a fact's value begins at the value; this puts the fact before it. */
static void prefix_path(pubint_error *error, pi_slice fact_path) {
  char rest[sizeof error->path];
  memcpy(rest, error->path, sizeof rest);
  size_t length = 0;
  error->path[length++] = '/';
  for (size_t i = 0; i < fact_path.len; i++)
    error->path[length++] = fact_path.ptr[i] == '.' ? '/' : fact_path.ptr[i];
  pi_error_field(error->path + length, sizeof error->path - length, rest, strlen(rest));
}

/* What only the whole case can say of a new value: an id must stay, and spans must fit the text. */
static pubint_status check_set(pi_decoder *decoder, const pi_case *self, pi_fact fact, const pi_value *value,
                               bool known) {
  pi_json *json = &decoder->json;
  if (fact == PI_FACT_ID && !known) {
    return pi_json_refuse(json, json->value, PI_E_MISSING_KEY, "null", pi_fact_type_name(PI_TYPE_ID), NULL);
  }
  if (fact != PI_FACT_TWEET_TEXT || !self->has_spans) return PUBINT_OK;
  int32_t points = known ? (int32_t)pi_utf8_count(value->string) : PI_TEXT_ABSENT;
  if (pi_decode_spans_fit(self, points)) return PUBINT_OK;
  if (!known) {
    return pi_json_refuse(json, json->value, PI_E_SPAN_WITHOUT_TEXT, "null", "a text that holds the spans",
                          NULL);
  }
  char found[48];
  snprintf(found, sizeof found, "a text of %d code points", points);
  return pi_json_refuse(json, json->value, PI_E_SPAN_OUTSIDE, found, "a text that holds the spans", NULL);
}

pubint_status pi_decode_set(pi_case *self, pi_fact fact, pi_slice text, pi_arena *arena,
                            pubint_error *error) {
  if (text.len > PUBINT_CASE_BYTES_MAX) return refuse_long_line(text.len, 1, error);
  pi_decoder decoder = {.arena = arena};
  pi_value value;
  bool known = false;
  pubint_status status = pi_json_init(&decoder.json, text, 1, arena, PI_CASE_DEPTH_MAX, error);
  if (status == PUBINT_OK) status = pi_decode_value(&decoder, fact, &value, &known);
  if (status == PUBINT_OK) status = pi_json_finish(&decoder.json);
  if (status == PUBINT_OK) status = check_set(&decoder, self, fact, &value, known);
  if (status != PUBINT_OK) {
    if (error != NULL && status == PUBINT_E_INPUT) prefix_path(error, PI_FACTS[fact].path);
    return status;
  }
  self->known &= ~PI_FACT_BIT(fact);
  if (!known) return PUBINT_OK;
  self->known |= PI_FACT_BIT(fact);
  self->facts[fact] = value;
  return PUBINT_OK;
}
