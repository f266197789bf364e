/* What Tab offers: commands, facts, values, rules, factors, files and names of Lua, all from the tables. */
#ifndef PI_REPL_COMPLETE_H
#define PI_REPL_COMPLETE_H

#include "buffer.h"
#include "repl.h"

/* What may stand where the cursor is. */
typedef struct pi_repl_candidates {
  size_t begin;    /* where the word to be completed begins in the line */
  pi_buffer names; /* each with a NUL behind it, sorted, without repeats */
  unsigned count;
  const char *after; /* what goes behind a word that is the only one: " ", or "" */
} pi_repl_candidates;

void pi_repl_candidates_init(pi_repl_candidates *out);
void pi_repl_candidates_dispose(pi_repl_candidates *out);

/* Fills *out for the line as it stands before the cursor. */
void pi_repl_complete(pi_repl_session *session, pi_slice line, pi_repl_candidates *out);

/* How many bytes all candidates have in common. */
size_t pi_repl_candidates_common(const pi_repl_candidates *self);

#endif
