/* A DSA statement of reasons: its fields, the rules each must keep, and its JSON.
 *
 * Fields and enumerations are those of the EU's transparency database. Nothing is written before all of it
 * has passed pi_statement_check. What goes into a statement is decided in statement_make.h.
 */
#ifndef PI_STATEMENT_H
#define PI_STATEMENT_H

#include <stdint.h>

#include <pubint/error.h>

#include "buffer.h"
#include "facts.h"
#include "slice.h"

typedef enum pi_statement_field {
#define FIELD(name, key, form, need, max, words) PI_STATED_##name,
#include "statement_fields.def"
#undef FIELD
  PI_STATED_COUNT
} pi_statement_field;

/* One field: no item where it is absent, one item unless the field is a list. Borrowed. */
typedef struct pi_stated {
  const pi_slice *items;
  size_t count;
} pi_stated;

typedef struct pi_statement {
  pi_stated fields[PI_STATED_COUNT];
} pi_statement;

/* Whether every field keeps its rules; E4091 with the field as path names the first that does not. */
pubint_status pi_statement_check(const pi_statement *self, pubint_error *error);

/* Checks, then appends the statement as one line of JSON without a newline; on failure nothing. */
pubint_status pi_statement_write(const pi_statement *self, pi_buffer *out, pubint_error *error);

/* The countries that a statement may be about: EU and EEA, in alphabetical order. */
extern const pi_words PI_WORDS_EEA;

/* ISO 639-1, in capitals. */
extern const pi_words PI_WORDS_LANGUAGE;

#endif
