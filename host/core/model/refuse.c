#include "refuse.h"

#include <stdio.h>

#include "errors.h"
#include "nearest.h"

const char *pi_refuse_quote(char out[PI_QUOTED_BYTES], pi_slice text) {
  size_t shown = text.len;
  if (shown > 60) {
    shown = 60;
    while (shown > 0 && (text.ptr[shown] & 0xC0) == 0x80) shown--;
  }
  size_t length = 0;
  out[length++] = '"';
  for (size_t i = 0; i < shown; i++) { /* a NUL would end it, and a line end is none here */
    unsigned char byte = (unsigned char)text.ptr[i];
    out[length++] = byte < 0x20 || byte == 0x7f ? '?' : text.ptr[i];
  }
  snprintf(out + length, PI_QUOTED_BYTES - length, "%s", shown < text.len ? "…\"" : "\"");
  return out;
}

pubint_status pi_refuse_kind(pi_json *json, unsigned code, const char *expected, const char *hint) {
  if (pi_json_peek(json) == PI_JSON_BAD) return PUBINT_E_INPUT; /* which has been told */
  char found[128];
  pi_json_describe(json, found, sizeof found);
  return pi_json_refuse(json, json->value, code, found, expected, hint);
}

pubint_status pi_refuse_member(pi_json *json, const char *key, const char *at, unsigned code,
                               const char *found, const char *expected, const char *hint) {
  json->path[json->depth] = (pi_json_step){.key = pi_slice_of(key)};
  json->depth++;
  pubint_status status = pi_json_refuse(json, at, code, found, expected, hint);
  json->depth--;
  return status;
}

bool pi_refuse_nearest(char *hint, size_t size, pi_slice word, pi_words words) {
  pi_nearest nearest;
  pi_nearest_init(&nearest, word);
  for (uint8_t i = 0; i < words.count; i++) pi_nearest_offer(&nearest, words.words[i]);
  hint[0] = '\0';
  if (nearest.best.ptr == NULL) return false;
  snprintf(hint, size, "did you mean \"%.*s\"?", (int)nearest.best.len, nearest.best.ptr);
  return true;
}

pubint_status pi_refuse_word(pi_json *json, const char *at, unsigned code, pi_slice word, pi_words words) {
  char found[PI_QUOTED_BYTES];
  char expected[sizeof json->error->expected];
  char hint[sizeof json->error->hint];
  pi_words_list(words, expected, sizeof expected);
  pi_refuse_nearest(hint, sizeof hint, word, words);
  return pi_json_refuse(json, at, code, pi_refuse_quote(found, word), expected, hint);
}

pubint_status pi_refuse_missing(pi_json *json, const char *at, const char *key, bool null) {
  char expected[64];
  snprintf(expected, sizeof expected, "the key \"%s\"", key);
  return pi_json_refuse(json, at, PI_E_MISSING_KEY, null ? "null" : "an object without it", expected,
                        null ? "null is the same as leaving it out" : NULL);
}

pubint_status pi_refuse_repeat(pi_json *json, const char *at, unsigned code, const char *first,
                               const char *found, const char *expected) {
  pubint_status status = pi_json_refuse(json, at, code, found, expected, NULL);
  if (json->error == NULL) return status;
  uint64_t line = json->line;
  uint64_t column = 1;
  for (const char *p = json->begin; p < first; p++) {
    column++;
    if (*p != '\n') continue;
    line++;
    column = 1;
  }
  snprintf(json->error->message, sizeof json->error->message, "%s, first at line %llu, column %llu",
           pi_error_find(code)->message, (unsigned long long)line, (unsigned long long)column);
  return status;
}
