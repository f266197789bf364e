/* The reader of cases on any bytes: a refusal says why and where, and a case that is taken holds only what
 * the table of facts allows, whatever the decoder remembers and however little memory it has. */
#include <string.h>

#include "decode.h"
#include "errors.h"
#include "fuzz_target.h"
#include "json_read.h"
#include "times.h"
#include "utf8.h"

static bool is_upper(char byte) {
  return byte >= 'A' && byte <= 'Z';
}

static void check_string(pi_fact_type type, pi_slice text) {
  FUZZ_CHECK(text.ptr != NULL);
  FUZZ_CHECK(pi_utf8_check(text) == text.ptr + text.len);
  if (type == PI_TYPE_ID) {
    FUZZ_CHECK(text.len >= 1 && text.len <= 64);
    for (size_t i = 0; i < text.len; i++)
      FUZZ_CHECK((unsigned char)text.ptr[i] >= 0x20 && text.ptr[i] != 0x7f);
  } else if (type == PI_TYPE_TEXT) {
    FUZZ_CHECK(pi_utf8_count(text) <= 25000);
  } else if (type == PI_TYPE_TIME) {
    FUZZ_CHECK(pi_time_fault(text) == NULL);
  } else if (type == PI_TYPE_COUNTRY) {
    FUZZ_CHECK(text.len == 2 && is_upper(text.ptr[0]) && is_upper(text.ptr[1]));
  } else if (type == PI_TYPE_MARKET) {
    FUZZ_CHECK((text.len == 2 || (text.len >= 4 && text.len <= 6)) && is_upper(text.ptr[0]));
  } else {
    FUZZ_CHECK(text.len <= 256);
  }
}

static void check_countries(pi_countries countries) {
  FUZZ_CHECK(countries.count <= 676);
  for (uint32_t i = 0; i < countries.count; i++) {
    check_string(PI_TYPE_COUNTRY, countries.codes[i]);
    for (uint32_t j = 0; j < i; j++) FUZZ_CHECK(!pi_slice_equal(countries.codes[i], countries.codes[j]));
  }
}

static void check_fact(const pi_fact_row *row, const pi_value *value) {
  switch (row->type) {
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET: check_string(row->type, value->string); break;
  case PI_TYPE_WORD: FUZZ_CHECK(value->word < row->words.count); break;
  case PI_TYPE_BOOL: FUZZ_CHECK(value->boolean || !value->boolean); break;
  case PI_TYPE_COUNT: FUZZ_CHECK(value->count >= 0 && value->count <= PI_FOLLOWERS_MAX); break;
  case PI_TYPE_STRENGTH: FUZZ_CHECK(value->micro >= 0 && value->micro <= 1000000); break;
  case PI_TYPE_COUNTRIES: check_countries(value->countries); break;
  case PI_TYPE_TREE:
    FUZZ_CHECK(value->tree.count > 0);
    FUZZ_CHECK(value->tree.nodes[pi_tree_root(&value->tree)].kind == PI_NODE_OBJECT);
    break;
  }
}

static void check_spans(const pi_case *input, const pi_violation *violation) {
  FUZZ_CHECK(violation->spans_count <= PI_SPANS_MAX);
  FUZZ_CHECK(!violation->spans_known || violation->rule == PI_RULE_PRIVATE_INFORMATION);
  if (violation->spans_count == 0) return;
  FUZZ_CHECK(violation->spans_known);
  FUZZ_CHECK(input->has_spans && violation->rule == PI_RULE_PRIVATE_INFORMATION);
  FUZZ_CHECK(pi_case_knows(input, PI_FACT_TWEET_TEXT));
  size_t points = pi_utf8_count(input->facts[PI_FACT_TWEET_TEXT].string);
  uint32_t before = 0;
  for (int i = 0; i < violation->spans_count; i++) {
    const pi_span *span = &violation->spans[i];
    FUZZ_CHECK(span->start >= before && span->end > span->start && span->end <= points);
    FUZZ_CHECK(span->kind >= -1 && span->kind < PI_SPAN_KINDS.count);
    before = span->end;
  }
}

static void check_violation(const pi_case *input, uint32_t index) {
  const pi_violation *violation = &input->violations[index];
  FUZZ_CHECK(pi_id_valid(violation->rule_id) && pi_rule_find(violation->rule_id) == violation->rule);
  bool has_kind = violation->kind.ptr != NULL;
  if (violation->rule == PI_RULE_OTHER) {
    FUZZ_CHECK(violation->kind_word == -1 && (!has_kind || pi_id_valid(violation->kind)));
  } else {
    int word = has_kind ? pi_words_find(PI_RULES[violation->rule].kinds, violation->kind) : -1;
    FUZZ_CHECK(violation->kind_word == word && (!has_kind || word >= 0));
  }
  FUZZ_CHECK(violation->grounds == 0 || violation->rule == PI_RULE_HATEFUL_CONDUCT);
  FUZZ_CHECK(violation->grounds >> PI_GROUNDS.count == 0);
  check_spans(input, violation);
  for (uint32_t i = 0; i < index; i++) {
    const pi_violation *other = &input->violations[i];
    FUZZ_CHECK(!pi_slice_equal(other->rule_id, violation->rule_id) ||
               !pi_slice_equal(other->kind, violation->kind));
  }
}

static void check_case(const pi_case *input) {
  FUZZ_CHECK(pi_case_knows(input, PI_FACT_ID));
  FUZZ_CHECK(input->known >> PI_FACT_COUNT == 0);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (pi_case_knows(input, (pi_fact)fact)) check_fact(&PI_FACTS[fact], &input->facts[fact]);
  }
  FUZZ_CHECK(input->violations_count <= PI_VIOLATIONS_MAX);
  for (uint32_t i = 0; i < input->violations_count; i++) check_violation(input, i);
}

static void check_error(const pubint_error *error, const pi_case *input, pi_slice text) {
  const char *fields[] = {error->path, error->message, error->found, error->expected, error->hint};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    pi_slice field = pi_slice_of(fields[i]);
    FUZZ_CHECK(pi_utf8_check(field) == field.ptr + field.len);
  }
  const pi_error_row *row = pi_error_find(error->code);
  FUZZ_CHECK(row != NULL && row->status == PUBINT_E_INPUT && error->status == PUBINT_E_INPUT);
  FUZZ_CHECK(error->line >= 1 && error->column >= 1 && error->column <= text.len + 1);
  FUZZ_CHECK(error->message[0] != '\0');
  FUZZ_CHECK(error->expected[0] != '\0');
  FUZZ_CHECK(error->path[0] == '\0' || error->path[0] == '/');
  if (pi_case_knows(input, PI_FACT_ID)) check_fact(&PI_FACTS[PI_FACT_ID], &input->facts[PI_FACT_ID]);
}

/* Once more with a memory full of this input's own bytes and an arena of as many bytes as they say: the same,
 * or memory ran out. */
static void check_again(pi_slice text, pubint_status expected, const pi_case *first,
                        const pubint_error *error) {
  pi_decode_memory memory = {0};
  if (text.len > 0) memcpy(&memory, text.ptr, text.len < sizeof memory ? text.len : sizeof memory);
  size_t room = text.len > 0 ? (unsigned char)text.ptr[text.len / 2] * (size_t)16 : 0;
  pi_case input;
  pi_arena arena;
  pubint_error other;
  pi_arena_init(&arena, 16, room);
  pubint_status status = pi_decode_case(&input, text, 1, &arena, &memory, &other);
  if (status == PUBINT_E_SYSTEM) {
    FUZZ_CHECK(other.code == PI_E_NO_MEMORY);
  } else {
    FUZZ_CHECK(status == expected);
    if (status == PUBINT_OK) {
      FUZZ_CHECK(input.known == first->known && input.violations_count == first->violations_count);
    } else {
      FUZZ_CHECK(memcmp(&other, error, sizeof other) == 0);
    }
  }
  pi_arena_dispose(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  pi_slice text = {(const char *)data, size};
  pi_case input;
  pi_arena arena;
  pubint_error error;
  memset(&input, 0x5a, sizeof input);
  pi_arena_init(&arena, 1024, 16 << 20);
  pubint_status status = pi_decode_case(&input, text, 1, &arena, NULL, &error);
  if (status == PUBINT_OK) {
    check_case(&input);
    FUZZ_CHECK(pi_json_check(text, &arena, PI_CASE_DEPTH_MAX, NULL) == PUBINT_OK);
  } else {
    FUZZ_CHECK(status == PUBINT_E_INPUT);
    check_error(&error, &input, text);
  }
  check_again(text, status, &input, &error);
  pi_arena_dispose(&arena);
  return 0;
}
