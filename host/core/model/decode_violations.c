#include "decode_violations.h"

#include <stdio.h>

#include "errors.h"
#include "keys.h"
#include "refuse.h"

/* The keys of one object whose facts are in no table: the place of each value, NULL while it is absent or
 * null, and of each key, NULL while it has not come. */
enum { MEMBERS_MAX = 4 };

typedef struct members {
  pi_words keys;
  const char *begin; /* of the object */
  const char *key_at[MEMBERS_MAX];
  const char *value_at[MEMBERS_MAX];
} members;

typedef enum violation_key { KEY_RULE, KEY_KIND, KEY_GROUNDS, KEY_SPANS } violation_key;
typedef enum span_key { KEY_START, KEY_END, KEY_SPAN_KIND } span_key;

static const pi_slice VIOLATION_KEYS[] = {
    [KEY_RULE] = PI_SLICE_INIT("rule"),
    [KEY_KIND] = PI_SLICE_INIT("kind"),
    [KEY_GROUNDS] = PI_SLICE_INIT("grounds"),
    [KEY_SPANS] = PI_SLICE_INIT("spans"),
};
static const pi_slice SPAN_KEYS[] = {
    [KEY_START] = PI_SLICE_INIT("start"),
    [KEY_END] = PI_SLICE_INIT("end"),
    [KEY_SPAN_KIND] = PI_SLICE_INIT("kind"),
};

_Static_assert(PI_ID_LENGTH_MAX == 1 + 47 && PI_SPANS_MAX + 1 == 65 && PI_VIOLATIONS_MAX + 1 == 17,
               "what the texts here say");
static const char RULE_FORM[] = "a rule id: a small letter, then at most 47 small letters, digits and _";
static const char KIND_FORM[] = "a kind: a small letter, then at most 47 small letters, digits and _";

/* None of `keys`: perhaps misspelt, perhaps at home in another object. */
static pubint_status refuse_key(pi_json *json, const char *at, pi_slice key, pi_words keys) {
  char found[PI_QUOTED_BYTES];
  char expected[sizeof json->error->expected];
  char hint[sizeof json->error->hint];
  pi_words_list(keys, expected, sizeof expected);
  if (!pi_refuse_nearest(hint, sizeof hint, key, keys)) pi_keys_hint(PI_GROUP_COUNT, key, hint, sizeof hint);
  return pi_json_refuse(json, at, PI_E_UNKNOWN_KEY, pi_refuse_quote(found, key), expected, hint);
}

/* Takes the next key of an object that is one of `members`, with a value that is not null; *key gets its
 * number. */
static pubint_status enter_members(pi_json *json, members *self, const char *expected) {
  if (pi_json_peek(json) != PI_JSON_OBJECT) return pi_refuse_kind(json, PI_E_WRONG_TYPE, expected, NULL);
  self->begin = json->value;
  return pi_json_enter_object(json);
}

static pubint_status require(pi_json *json, const members *self, int key) {
  if (self->value_at[key] != NULL) return PUBINT_OK;
  return pi_refuse_missing(json, self->begin, self->keys.words[key].ptr, self->key_at[key] != NULL);
}

static pubint_status next_member(pi_json *json, members *self, int *key, bool *more) {
  for (;;) {
    pi_slice text;
    const char *at;
    pubint_status status = pi_json_next_key(json, &text, &at, more);
    if (status != PUBINT_OK || !*more) return status;
    *key = pi_words_find(self->keys, text);
    if (*key < 0) return refuse_key(json, at, text, self->keys);
    if (self->key_at[*key] != NULL) {
      char found[PI_QUOTED_BYTES];
      return pi_refuse_repeat(json, at, PI_E_DUPLICATE_KEY, self->key_at[*key], pi_refuse_quote(found, text),
                              "each key once");
    }
    self->key_at[*key] = at;
    pi_json_kind kind = pi_json_peek(json);
    if (kind == PI_JSON_BAD) return PUBINT_E_INPUT;
    self->value_at[*key] = json->value;
    if (kind != PI_JSON_NULL) return PUBINT_OK;
    self->value_at[*key] = NULL;
    status = pi_json_literal(json);
    if (status != PUBINT_OK) return status;
  }
}

/* Takes a string that the caller will look at. */
static pubint_status take_string(pi_json *json, const char *expected, pi_slice *out) {
  if (pi_json_peek(json) != PI_JSON_STRING) return pi_refuse_kind(json, PI_E_WRONG_TYPE, expected, NULL);
  return pi_json_string(json, out);
}

/* --- grounds --- */

static pubint_status read_ground(pi_json *json, uint16_t *grounds, const char **first_at) {
  pi_slice text;
  pubint_status status = take_string(json, "a protected ground, as a string", &text);
  if (status != PUBINT_OK) return status;
  int ground = pi_words_find(PI_GROUNDS, text);
  if (ground < 0) return pi_refuse_word(json, json->value, PI_E_UNKNOWN_WORD, text, PI_GROUNDS);
  if (*grounds & 1U << ground) {
    char found[PI_QUOTED_BYTES];
    return pi_refuse_repeat(json, json->value, PI_E_REPEATED_ITEM, first_at[ground],
                            pi_refuse_quote(found, text), "each ground once");
  }
  *grounds = (uint16_t)(*grounds | 1U << ground);
  first_at[ground] = json->value;
  return PUBINT_OK;
}

static pubint_status read_grounds(pi_json *json, uint16_t *grounds) {
  const char *first_at[PI_GROUNDS_MAX];
  if (pi_json_peek(json) != PI_JSON_ARRAY) {
    return pi_refuse_kind(json, PI_E_WRONG_TYPE, "a list of protected grounds", NULL);
  }
  pubint_status status = pi_json_enter_array(json);
  bool more = true;
  while (status == PUBINT_OK) {
    status = pi_json_next_item(json, &more);
    if (status != PUBINT_OK || !more) break;
    status = read_ground(json, grounds, first_at);
  }
  return status;
}

/* --- spans --- */

static pubint_status read_offset(pi_json *json, uint32_t *offset) {
  static const char EXPECTED[] = "a whole number, counting code points of the text from 0";
  if (pi_json_peek(json) != PI_JSON_NUMBER) return pi_refuse_kind(json, PI_E_WRONG_TYPE, EXPECTED, NULL);
  pi_json_number number;
  int64_t value;
  pubint_status status = pi_json_number_text(json, &number);
  if (status != PUBINT_OK) return status;
  if (!pi_json_number_unsigned(&number, INT64_MAX, &value)) {
    char found[64];
    pi_json_describe(json, found, sizeof found);
    return pi_json_refuse(json, json->value, PI_E_BAD_COUNT, found, EXPECTED, NULL);
  }
  if (value > PI_TEXT_POINTS_MAX) {
    char found[64];
    pi_json_describe(json, found, sizeof found);
    return pi_json_refuse(json, json->value, PI_E_SPAN_OUTSIDE, found,
                          "at most " PI_SPELL(PI_NUMBER(PI_TEXT_POINTS)) ", the longest text", NULL);
  }
  *offset = (uint32_t)value;
  return PUBINT_OK;
}

static pubint_status read_span_kind(pi_json *json, int8_t *kind) {
  pi_slice text;
  pubint_status status = take_string(json, "a kind of private data, as a string", &text);
  if (status != PUBINT_OK) return status;
  int word = pi_words_find(PI_SPAN_KINDS, text);
  if (word < 0) return pi_refuse_word(json, json->value, PI_E_UNKNOWN_WORD, text, PI_SPAN_KINDS);
  *kind = (int8_t)word;
  return PUBINT_OK;
}

/* Checks a span that was read against the one before, which ends at `before`, and against the text. */
static pubint_status check_span(pi_decoder *decoder, const members *at, const pi_span *span,
                                uint32_t before) {
  pi_json *json = &decoder->json;
  char found[32];
  char expected[80];
  if (span->end <= span->start) {
    snprintf(found, sizeof found, "%u", span->end);
    snprintf(expected, sizeof expected, "more than its start, %u", span->start);
    return pi_refuse_member(json, "end", at->value_at[KEY_END], PI_E_EMPTY_SPAN, found, expected, NULL);
  }
  if (span->start < before) {
    snprintf(found, sizeof found, "%u", span->start);
    snprintf(expected, sizeof expected, "at least %u, the end of the span before", before);
    return pi_refuse_member(json, "start", at->value_at[KEY_START], PI_E_SPANS_UNORDERED, found, expected,
                            NULL);
  }
  if (decoder->text_points >= 0 && span->end > (uint32_t)decoder->text_points) {
    snprintf(found, sizeof found, "%u", span->end);
    snprintf(expected, sizeof expected, "at most %d, the length of the text in code points",
             decoder->text_points);
    return pi_refuse_member(json, "end", at->value_at[KEY_END], PI_E_SPAN_OUTSIDE, found, expected, NULL);
  }
  return PUBINT_OK;
}

static pubint_status read_span(pi_decoder *decoder, pi_span *span, uint32_t before) {
  pi_json *json = &decoder->json;
  members at = {.keys = {SPAN_KEYS, sizeof SPAN_KEYS / sizeof *SPAN_KEYS}};
  *span = (pi_span){.kind = -1};
  pubint_status status = enter_members(json, &at, "an object: one span");
  bool more = true;
  while (status == PUBINT_OK) {
    int key = -1;
    status = next_member(json, &at, &key, &more);
    if (status != PUBINT_OK || !more) break;
    if (key == KEY_SPAN_KIND) {
      status = read_span_kind(json, &span->kind);
    } else {
      status = read_offset(json, key == KEY_START ? &span->start : &span->end);
    }
  }
  if (status == PUBINT_OK) status = require(json, &at, KEY_START);
  if (status == PUBINT_OK) status = require(json, &at, KEY_END);
  return status == PUBINT_OK ? check_span(decoder, &at, span, before) : status;
}

static pubint_status read_spans(pi_decoder *decoder, pi_violation *violation) {
  pi_json *json = &decoder->json;
  pi_decoder_count_text(decoder);
  if (pi_json_peek(json) != PI_JSON_ARRAY) {
    return pi_refuse_kind(json, PI_E_WRONG_TYPE, "a list of spans", NULL);
  }
  pi_span spans[PI_SPANS_MAX];
  uint32_t count = 0;
  pubint_status status = pi_json_enter_array(json);
  bool more = true;
  while (status == PUBINT_OK) {
    status = pi_json_next_item(json, &more);
    if (status != PUBINT_OK || !more) break;
    if (count == PI_SPANS_MAX) {
      return pi_json_refuse(json, json->value, PI_E_TOO_MANY_SPANS, "a 65th span",
                            "at most " PI_SPELL(PI_SPANS_MAX) " spans", NULL);
    }
    status = read_span(decoder, &spans[count], count > 0 ? spans[count - 1].end : 0);
    count++;
  }
  if (status != PUBINT_OK) return status;
  violation->spans_known = true;
  if (count == 0) return status;
  pi_span *kept = pi_arena_alloc(decoder->arena, count * sizeof *kept);
  if (kept == NULL) return pi_json_no_memory(json);
  memcpy(kept, spans, count * sizeof *kept);
  violation->spans = kept;
  violation->spans_count = (uint8_t)count;
  return PUBINT_OK;
}

bool pi_decode_spans_fit(const pi_case *input, int32_t text_points) {
  for (uint32_t i = 0; i < input->violations_count; i++) {
    const pi_violation *violation = &input->violations[i];
    if (violation->spans_count == 0) continue;
    if (text_points < 0) return false;
    if (violation->spans[violation->spans_count - 1].end > (uint32_t)text_points) return false;
  }
  return true;
}

/* --- violations --- */

/* A rule without a row may be named anything of that form, so only a wrong form has a nearest name. */
static pubint_status read_rule(pi_json *json, pi_violation *violation) {
  pubint_status status = take_string(json, RULE_FORM, &violation->rule_id);
  if (status != PUBINT_OK) return status;
  violation->rule = pi_rule_find(violation->rule_id);
  if (violation->rule != PI_RULE_OTHER || pi_id_valid(violation->rule_id)) return PUBINT_OK;
  char found[PI_QUOTED_BYTES];
  char hint[sizeof json->error->hint];
  pi_slice ids[PI_RULE_COUNT];
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) ids[rule] = PI_RULES[rule].id;
  pi_refuse_nearest(hint, sizeof hint, violation->rule_id, (pi_words){ids, PI_RULE_COUNT});
  return pi_json_refuse(json, json->value, PI_E_BAD_RULE, pi_refuse_quote(found, violation->rule_id),
                        RULE_FORM, hint);
}

/* Which other rule has that kind; NULL where none. */
static const char *rule_of_kind(pi_slice kind) {
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) {
    if (pi_words_find(PI_RULES[rule].kinds, kind) >= 0) return PI_RULES[rule].id.ptr;
  }
  return NULL;
}

static pubint_status refuse_kind(pi_json *json, const char *at, const pi_violation *violation) {
  char found[PI_QUOTED_BYTES];
  char expected[sizeof json->error->expected];
  char hint[sizeof json->error->hint];
  pi_words kinds = PI_RULES[violation->rule].kinds;
  const char *owner = rule_of_kind(violation->kind);
  if (owner != NULL) {
    snprintf(hint, sizeof hint, "it is a kind of %s", owner);
  } else {
    pi_refuse_nearest(hint, sizeof hint, violation->kind, kinds);
  }
  pi_words_list(kinds, expected, sizeof expected);
  return pi_refuse_member(json, "kind", at, PI_E_BAD_KIND, pi_refuse_quote(found, violation->kind),
                          kinds.count == 0 ? "no kind: this rule has none" : expected, hint);
}

static pubint_status check_kind(pi_json *json, const char *at, pi_violation *violation) {
  violation->kind_word = -1;
  if (at == NULL) return PUBINT_OK;
  if (violation->rule != PI_RULE_OTHER) {
    violation->kind_word = (int8_t)pi_words_find(PI_RULES[violation->rule].kinds, violation->kind);
    return violation->kind_word >= 0 ? PUBINT_OK : refuse_kind(json, at, violation);
  }
  if (pi_id_valid(violation->kind)) return PUBINT_OK;
  char found[PI_QUOTED_BYTES];
  return pi_refuse_member(json, "kind", at, PI_E_BAD_KIND, pi_refuse_quote(found, violation->kind), KIND_FORM,
                          NULL);
}

/* What the rule allows, which is known only when the whole object was read. Even an empty list says
 * something: that there are none. */
static pubint_status check_violation(pi_decoder *decoder, const members *at, pi_violation *violation) {
  pi_json *json = &decoder->json;
  pubint_status status = check_kind(json, at->value_at[KEY_KIND], violation);
  if (status != PUBINT_OK) return status;
  bool has_row = violation->rule != PI_RULE_OTHER;
  if (at->value_at[KEY_GROUNDS] != NULL && !(has_row && PI_RULES[violation->rule].grounds)) {
    return pi_refuse_member(json, "grounds", at->value_at[KEY_GROUNDS], PI_E_NO_GROUNDS, "grounds",
                            "no grounds: only hateful_conduct has them", NULL);
  }
  if (at->value_at[KEY_SPANS] != NULL && !(has_row && PI_RULES[violation->rule].spans)) {
    return pi_refuse_member(json, "spans", at->value_at[KEY_SPANS], PI_E_NO_SPANS, "spans",
                            "no spans: only private_information has them", NULL);
  }
  if (violation->spans_count > 0 && decoder->text_points == PI_TEXT_ABSENT) {
    return pi_refuse_member(json, "spans", at->value_at[KEY_SPANS], PI_E_SPAN_WITHOUT_TEXT, "spans",
                            "tweet.text, in which they are places", NULL);
  }
  return PUBINT_OK;
}

static pubint_status read_violation(pi_decoder *decoder, pi_violation *violation) {
  pi_json *json = &decoder->json;
  members at = {.keys = {VIOLATION_KEYS, sizeof VIOLATION_KEYS / sizeof *VIOLATION_KEYS}};
  *violation = (pi_violation){.rule = PI_RULE_OTHER};
  pubint_status status = enter_members(json, &at, "an object: one violation");
  bool more = true;
  while (status == PUBINT_OK) {
    int key = -1;
    status = next_member(json, &at, &key, &more);
    if (status != PUBINT_OK || !more) break;
    switch ((violation_key)key) {
    case KEY_RULE: status = read_rule(json, violation); break;
    case KEY_KIND: status = take_string(json, "a kind, as a string", &violation->kind); break;
    case KEY_GROUNDS: status = read_grounds(json, &violation->grounds); break;
    case KEY_SPANS: status = read_spans(decoder, violation); break;
    }
  }
  if (status == PUBINT_OK) status = require(json, &at, KEY_RULE);
  return status == PUBINT_OK ? check_violation(decoder, &at, violation) : status;
}

/* The violation of `input` with the rule and kind of the one at `index`; `index` where there is none. */
static uint32_t find_same(const pi_case *input, uint32_t index) {
  const pi_violation *one = &input->violations[index];
  uint32_t i = 0;
  for (; i < index; i++) {
    const pi_violation *other = &input->violations[i];
    bool same_kind =
        (one->kind.ptr == NULL) == (other->kind.ptr == NULL) && pi_slice_equal(one->kind, other->kind);
    if (same_kind && pi_slice_equal(one->rule_id, other->rule_id)) break;
  }
  return i;
}

static pubint_status refuse_same(pi_json *json, const char *at, const char *first, const pi_violation *one) {
  char found[160];
  snprintf(found, sizeof found, "%.*s, %s%.*s", (int)one->rule_id.len, one->rule_id.ptr,
           one->kind.ptr == NULL ? "without kind" : "kind ", (int)one->kind.len,
           one->kind.ptr == NULL ? "" : one->kind.ptr);
  return pi_refuse_repeat(json, at, PI_E_REPEATED_VIOLATION, first, found, "each rule and kind once");
}

pubint_status pi_decode_violations(pi_decoder *decoder) {
  pi_json *json = &decoder->json;
  pi_case *out = decoder->out;
  const char *begin[PI_VIOLATIONS_MAX];
  if (pi_json_peek(json) != PI_JSON_ARRAY) {
    return pi_refuse_kind(json, PI_E_WRONG_TYPE, "a list of violations, [] where no rule is broken", NULL);
  }
  pubint_status status = pi_json_enter_array(json);
  bool more = true;
  while (status == PUBINT_OK) {
    status = pi_json_next_item(json, &more);
    if (status != PUBINT_OK || !more) break;
    uint32_t index = out->violations_count;
    if (index == PI_VIOLATIONS_MAX) {
      return pi_json_refuse(json, json->value, PI_E_TOO_MANY_VIOLATIONS, "a 17th violation",
                            "at most " PI_SPELL(PI_VIOLATIONS_MAX) " violations", NULL);
    }
    begin[index] = json->value;
    status = read_violation(decoder, &out->violations[index]);
    if (status != PUBINT_OK) break;
    uint32_t same = find_same(out, index);
    if (same < index) return refuse_same(json, begin[index], begin[same], &out->violations[index]);
    if (out->violations[index].spans_count > 0) out->has_spans = true;
    out->violations_count++;
  }
  return status;
}
