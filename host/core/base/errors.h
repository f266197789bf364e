/* The table of errors: one row a code, with its message and how to mend it (errors.def). */
#ifndef PI_ERRORS_H
#define PI_ERRORS_H

#include <stddef.h>

#include <pubint/error.h>

#include "utf8.h"

typedef enum pi_code {
#define ERROR_ROW(number, name, status, message, mend) PI_E_##name = number,
#include "errors.def"
#undef ERROR_ROW
} pi_code;

typedef struct pi_error_row {
  unsigned code;
  const char *name; /* "DUPLICATE_KEY" */
  pubint_status status;
  const char *message; /* one line, as it stands in pubint_error.message unless a better one is given */
  const char *mend;    /* what the code means and how to mend it, for `pubint help E1014` */
} pi_error_row;

extern const pi_error_row PI_ERRORS[];
extern const size_t PI_ERRORS_COUNT;

/* NULL where no row has that code. */
const pi_error_row *pi_error_find(unsigned code);

/* Clears `error` and fills status, code and message from the row; NULL is legal. Returns the status. */
pubint_status pi_error_set(pubint_error *error, pi_code code);

/* The same with a message of one's own (printf). */
__attribute__((format(printf, 3, 4))) pubint_status pi_error_setf(pubint_error *error, pi_code code,
                                                                  const char *format, ...);

/* Copies valid UTF-8 into a field of an error, cut at a character's end. A tab becomes a space;
 * other control bytes, and bytes that are not UTF-8, become "?". */
void pi_error_field(char *field, size_t size, const char *text, size_t len);

/* Says what stood there. A text that is empty shows as "", so that it is seen; NULL says nothing. */
void pi_error_found(pubint_error *error, const char *text, size_t len);

/* Leaves out what an input's refusal quotes of that input: what was found, and names in the path that are no
 * plain names, which become "…". Its code, its place and what was expected stay. Other errors quote none. */
void pi_error_unquote(pubint_error *error);

/* pubint_error_format, the caret below an excerpt as far right as `columns` says that the text before it is
 * wide. */
size_t pi_error_format(const pubint_error *error, pi_utf8_measure *columns, char *out, size_t size);

/* Where the line is the first of a value that is written for people, over many lines: the hint says so. */
void pi_error_hint_line(pubint_error *error, pi_slice line);

#endif
