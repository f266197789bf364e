/* Lines that a Lua expression holds of, out of files or a pipe: cases, which are evaluated where the
 * expression speaks of `evaluation`, or evaluations, which are what they say.
 *
 * Several threads share the lines; what is found comes in the lines' order and in their very bytes. A global
 * that the expression sets is forgotten behind the line, so that no line depends on another.
 */
#ifndef PI_FIND_H
#define PI_FIND_H

#include <pubint/policy.h>

#include "buffer.h"
#include "slice.h"
#include "stop.h"

typedef enum pi_find_shows { PI_FIND_LINES, PI_FIND_IDS, PI_FIND_NOTHING } pi_find_shows;

typedef struct pi_find_options {
  const pubint_policy *policy;
  const char *const *files; /* none: standard input */
  size_t files_count;
  pi_slice expression;
  unsigned threads;
  pi_find_shows shows;
  const pi_stop *stop;
  /* Appends a line as it is to be seen, for a terminal; NULL: as it is. */
  void (*show)(pi_buffer *out, pi_slice line);
} pi_find_options;

/* The first line of those that were skipped for one reason. */
typedef struct pi_find_first {
  uint64_t line;
  const char *file; /* one of the options' */
  char why[320];
} pi_find_first;

typedef struct pi_find_result {
  uint64_t lines;
  uint64_t found;
  uint64_t failed;  /* the expression failed there */
  uint64_t refused; /* neither a case nor an evaluation, or it could not be evaluated */
  pi_find_first first_failed;
  pi_find_first first_refused;
  bool complete;
} pi_find_result;

/* E4121 where the expression is no Lua. */
pubint_status pi_find_check(const pubint_policy *policy, pi_slice expression, pubint_error *error);

/* Writes what is found to standard output. */
pubint_status pi_find_run(const pi_find_options *options, pi_find_result *out, pubint_error *error);

#endif
