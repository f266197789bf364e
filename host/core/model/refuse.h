/* Refusals that several parts of the decoder share: each fills the error and returns its status. */
#ifndef PI_REFUSE_H
#define PI_REFUSE_H

#include "facts.h"
#include "json_read.h"

/* A text as it stands in `found`: quoted, cut at 60 bytes. */
enum { PI_QUOTED_BYTES = 72 };
const char *pi_refuse_quote(char out[PI_QUOTED_BYTES], pi_slice text);

/* The next value, not taken yet, is of the wrong kind. `hint` may be NULL. */
pubint_status pi_refuse_kind(pi_json *json, unsigned code, const char *expected, const char *hint);

/* As pi_json_refuse, about the value at `at` of `key` in the object that was just left or is being read
 * without a key of its own. */
pubint_status pi_refuse_member(pi_json *json, const char *key, const char *at, unsigned code,
                               const char *found, const char *expected, const char *hint);

/* Writes "did you mean …?" with the word that is nearest, to hint[size]; empty, and false, when none is near.
 */
bool pi_refuse_nearest(char *hint, size_t size, pi_slice word, pi_words words);

/* `word`, at `at`, is none of `words`; the nearest is the hint. */
pubint_status pi_refuse_word(pi_json *json, const char *at, unsigned code, pi_slice word, pi_words words);

/* The object that began at `at` and was just left has no `key`, or has null there. */
pubint_status pi_refuse_missing(pi_json *json, const char *at, const char *key, bool null);

/* What stands at `at` stood already at `first`, which the message tells. */
pubint_status pi_refuse_repeat(pi_json *json, const char *at, unsigned code, const char *first,
                               const char *found, const char *expected);

#endif
