/* What the files of the JSON reader share among themselves; nobody else includes it. */
#ifndef PI_JSON_INSIDE_H
#define PI_JSON_INSIDE_H

#include "json_read.h"

/* The index of a step that has neither key nor index yet: the container was entered, or a comma was just
 * read. Such a step is no part of a path. */
#define PI_JSON_NO_INDEX SIZE_MAX

static inline bool pi_json_is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

static inline void pi_json_skip_blanks(pi_json *json) {
  const char *p = json->p;
  while (p < json->end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')) p++;
  json->p = p;
}

/* Takes the string whose opening quote is at json->p; with `out` NULL it is only checked. */
pubint_status pi_json_take_string(pi_json *json, pi_slice *out);

/* Refuses what stands at `at`, telling `found` from it: E1010 where the text has ended, E1003 where no
 * UTF-8 begins, else `code`. */
pubint_status pi_json_refuse_byte(pi_json *json, const char *at, unsigned code, const char *expected);

/* The same with a whole word as what was found, when a letter is there. */
pubint_status pi_json_refuse_word(pi_json *json, const char *at, unsigned code, const char *expected);

/* The key at `at` stands twice (E1014); the message says where `first`, the place of the first, is. */
pubint_status pi_json_refuse_repeat(pi_json *json, const char *at, const char *first);

#endif
