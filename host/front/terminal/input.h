/* Reads the case that a command is to look at, from a file or standard input. */
#ifndef PI_INPUT_H
#define PI_INPUT_H

#include <stdint.h>

#include <stdbool.h>

#include <pubint/case.h>
#include <pubint/error.h>

#include "arena.h"

/* Reads one case of `file` ("-" or NULL: standard input). Without `wanted` the file holds one JSON value,
 * over as many lines as it likes; a second value is refused (E1015). With it the file holds a case a line,
 * and `wanted` is the number of a line or, where it is no number or there is no such line, a case's id, of
 * which the first counts; the rest of the file may be of any length and need not be right.
 *
 * An error names the file and, of a line, its number; `id`, which may be NULL, gets the id of a case that is
 * refused, or "". On failure *out is NULL. */
typedef struct pi_input_id {
  char text[65];
} pi_input_id;
pubint_status pi_input_case(pubint_case **out, const char *file, const char *wanted, pi_input_id *id,
                            pubint_error *error);

/* The number of a line that a word says, 0 where it says none. */
uint64_t pi_input_line_number(pi_slice word);

/* Whether a line holds a case of that id, right or wrong in what follows it. Resets the arena. */
bool pi_input_has_id(pi_slice line, pi_slice id, pi_arena *arena);

#endif
