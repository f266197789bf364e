#include "json_members.h"

#include <stdio.h>

#include "errors.h"
#include "nearest.h"
#include "refuse.h"

pubint_status pi_members_refuse(pi_member_reader *self, const char *expected) {
  return pi_refuse_kind(&self->json, self->code, expected, NULL);
}

pubint_status pi_members_refuse_taken(pi_member_reader *self, const char *expected) {
  char found[128];
  pi_json_describe(&self->json, found, sizeof found);
  return pi_json_refuse(&self->json, self->json.value, self->code, found, expected, NULL);
}

/* A fact stands in a list once. */
static pubint_status add_fact(pi_member_reader *self, pi_fact_set fact, pi_fact_set *into) {
  if ((*into & fact) != 0) return pi_members_refuse_taken(self, "each fact once");
  *into |= fact;
  return PUBINT_OK;
}

static pubint_status read_facts(pi_member_reader *self, bool spans, pi_fact_set *into) {
  bool more;
  *into = 0;
  if (pi_json_peek(&self->json) != PI_JSON_ARRAY) return pi_members_refuse(self, "a list of facts");
  pubint_status status = pi_json_enter_array(&self->json);
  for (;;) {
    if (status == PUBINT_OK) status = pi_json_next_item(&self->json, &more);
    if (status != PUBINT_OK || !more) return status;
    pi_slice path;
    if (pi_json_peek(&self->json) != PI_JSON_STRING) return pi_members_refuse(self, "the path of a fact");
    status = pi_json_string(&self->json, &path);
    if (status != PUBINT_OK) return status;
    pi_fact fact = pi_fact_find(path);
    bool is_spans = spans && pi_slice_equal(path, PI_SPANS_PATH);
    if (fact == PI_FACT_COUNT && !is_spans) return pi_members_refuse_taken(self, "the path of a fact");
    status = add_fact(self, is_spans ? PI_SPANS_BIT : PI_FACT_BIT(fact), into);
  }
}

pubint_status pi_members_word(pi_member_reader *self, const pi_words *words, int *into) {
  pi_slice word;
  if (pi_json_peek(&self->json) != PI_JSON_STRING) return pi_members_refuse(self, "a word");
  const char *at = self->json.value;
  pubint_status status = pi_json_string(&self->json, &word);
  if (status != PUBINT_OK) return status;
  *into = pi_words_find(*words, word);
  return *into >= 0 ? PUBINT_OK : pi_refuse_word(&self->json, at, self->code, word, *words);
}

pubint_status pi_members_number(pi_member_reader *self, unsigned decimals, int64_t *into) {
  pi_json_number number;
  char expected[64];
  snprintf(expected, sizeof expected, decimals == 0 ? "a whole number" : "a number with at most %u decimals",
           decimals);
  if (pi_json_peek(&self->json) != PI_JSON_NUMBER) return pi_members_refuse(self, expected);
  pubint_status status = pi_json_number_text(&self->json, &number);
  if (status != PUBINT_OK || pi_json_number_scaled(&number, decimals, into)) return status;
  return pi_members_refuse_taken(self, expected);
}

pubint_status pi_members_text(pi_member_reader *self, bool id, pi_slice *into) {
  const char *expected = id ? "a string that is not empty" : "a string";
  if (pi_json_peek(&self->json) != PI_JSON_STRING) return pi_members_refuse(self, expected);
  pubint_status status = pi_json_string(&self->json, into);
  return status != PUBINT_OK || !id || into->len > 0 ? status : pi_members_refuse_taken(self, expected);
}

pubint_status pi_members_flag(pi_member_reader *self, bool *into) {
  pi_json_kind kind = pi_json_peek(&self->json);
  if (kind != PI_JSON_TRUE && kind != PI_JSON_FALSE) return pi_members_refuse(self, "true or false");
  *into = kind == PI_JSON_TRUE;
  return pi_json_literal(&self->json);
}

/* What nothing is made of: only that it is JSON. */
static pubint_status read_free(pi_member_reader *self) {
  const pi_json_tree_limits limits = {self->free_bytes, self->free_depth, self->code, PI_E_TOO_DEEP};
  pi_tree tree;
  return pi_json_peek(&self->json) == PI_JSON_BAD ? PUBINT_E_INPUT
                                                  : pi_json_tree(&self->json, &limits, &tree);
}

static pubint_status read_member(pi_member_reader *self, const pi_member *what, void *object) {
  void *into = (char *)object + what->offset;
  switch (what->kind) {
  case PI_MEMBER_TEXT:
  case PI_MEMBER_ID: return pi_members_text(self, what->kind == PI_MEMBER_ID, into);
  case PI_MEMBER_FLAG: return pi_members_flag(self, into);
  case PI_MEMBER_NUMBER: return pi_members_number(self, what->decimals, into);
  case PI_MEMBER_WORD: return pi_members_word(self, what->words, into);
  case PI_MEMBER_FACTS:
  case PI_MEMBER_OPEN: return read_facts(self, what->kind == PI_MEMBER_OPEN, into);
  case PI_MEMBER_FREE: return read_free(self);
  case PI_MEMBER_OWN: break;
  }
  return what->read(self, into);
}

static pubint_status refuse_key(pi_member_reader *self, const pi_member *members, size_t count,
                                const char *at, pi_slice key) {
  char found[PI_QUOTED_BYTES], hint[96] = "";
  pi_nearest nearest;
  pi_nearest_init(&nearest, key);
  for (size_t i = 0; i < count; i++) pi_nearest_offer(&nearest, members[i].key);
  if (nearest.best.ptr != NULL) {
    snprintf(hint, sizeof hint, "did you mean \"%.*s\"?", (int)nearest.best.len, nearest.best.ptr);
  }
  const char *keys[PI_MEMBERS_MAX + 1] = {NULL};
  char listed[256];
  for (size_t i = 0; i < count; i++) keys[i] = members[i].key.ptr;
  pi_words_say(keys, " or ", listed, sizeof listed);
  return pi_json_refuse(&self->json, at, self->code, pi_refuse_quote(found, key),
                        self->keys != NULL ? self->keys : listed, hint);
}

pubint_status pi_members_read(pi_member_reader *self, const pi_member *members, size_t count, void *into,
                              uint32_t *seen) {
  const char *keys_at[PI_MEMBERS_MAX];
  if (pi_json_peek(&self->json) != PI_JSON_OBJECT) return pi_members_refuse(self, "an object");
  const char *begin = self->json.value;
  pubint_status status = pi_json_enter_object(&self->json);
  size_t guess = 0;
  for (*seen = 0; status == PUBINT_OK;) {
    pi_slice key;
    const char *at;
    bool more;
    status = pi_json_next_key(&self->json, &key, &at, &more);
    if (status != PUBINT_OK || !more) break;
    size_t found = guess < count && pi_slice_equal(members[guess].key, key) ? guess : 0;
    while (found < count && !pi_slice_equal(members[found].key, key)) found++;
    if (found == count) return refuse_key(self, members, count, at, key);
    if ((*seen >> found & 1) != 0) {
      return pi_refuse_repeat(&self->json, at, PI_E_DUPLICATE_KEY, keys_at[found], NULL, "each key once");
    }
    *seen |= UINT32_C(1) << found;
    keys_at[found] = at;
    guess = found + 1;
    status = read_member(self, &members[found], into);
  }
  for (size_t i = 0; i < count && status == PUBINT_OK; i++) {
    if (!members[i].required || (*seen >> i & 1) != 0) continue;
    status = pi_refuse_member(&self->json, members[i].key.ptr, begin, self->code, "an object without it",
                              "this key", NULL);
  }
  return status;
}

pubint_status pi_members_array(pi_member_reader *self, size_t max, size_t size, void *first, uint32_t *count,
                               pubint_status (*read)(pi_member_reader *, void *)) {
  bool more;
  *count = 0;
  if (pi_json_peek(&self->json) != PI_JSON_ARRAY) return pi_members_refuse(self, "an array");
  pubint_status status = pi_json_enter_array(&self->json);
  for (;;) {
    if (status == PUBINT_OK) status = pi_json_next_item(&self->json, &more);
    if (status != PUBINT_OK || !more) return status;
    if (*count == max) {
      char expected[48];
      snprintf(expected, sizeof expected, "at most %zu of them", max);
      return pi_members_refuse(self, expected);
    }
    status = read(self, (char *)first + (*count)++ * size);
  }
}
