/* What was found in a policy, in one form whoever found it: sarif.h and annotations.h write it out. */
#ifndef PI_RESULTS_H
#define PI_RESULTS_H

#include <stdint.h>

#include "arena.h"
#include "policy.h"

enum { PI_RESULTS_MAX = 5000 }; /* more are counted only: who shows them takes no more */

typedef struct pi_result {
  struct pi_result *next; /* the list's own */
  unsigned code;          /* E6008: a row of errors.def */
  bool note;              /* worth knowing, no fault */
  pi_slice file;          /* within the policy; empty: the policy as a whole */
  uint32_t line;          /* 0: none */
  uint32_t column;        /* 1-based, in bytes; 0: none */
  pi_slice text;          /* the line as it is written; may be empty */
  pi_slice message;
  pi_slice key;       /* what tells it from others of its code and line, and outlives edits elsewhere */
  pi_slice reason;    /* why it may stand; .ptr NULL: it is not waived */
  pi_slice case_json; /* the case that shows it; .ptr NULL: none does */
} pi_result;

typedef struct pi_results {
  pi_arena arena;
  const char *task; /* "check", "test" or "mutate"; borrowed */
  pi_result *first, *last;
  uint32_t count;
  uint32_t left_out; /* beyond PI_RESULTS_MAX */
  bool failed;       /* memory ran out */
} pi_results;

void pi_results_begin(pi_results *self, const char *task);
void pi_results_dispose(pi_results *self);

/* Takes one in, its texts copied. Nothing where `self` is NULL, so that nobody need ask. */
void pi_results_add(pi_results *self, const pi_result *result);

/* The same for an error that ended it all, as a script that does not load; `directory` may stand before its
 * file. */
void pi_results_add_error(pi_results *self, const pubint_error *error, pi_slice directory);

/* A line of a text, 1-based; empty where it has none. */
pi_slice pi_results_line(pi_slice source, uint32_t line);

/* Its file, or policy.json for what is said of the policy as a whole. */
pi_slice pi_results_file(const pi_result *result);

/* The column in characters; 0: none. */
uint32_t pi_results_column(const pi_result *result);

#endif
