/* What Tab offers: commands, facts, values, rules, factors, files and names of Lua, all from the tables. */
#ifndef PI_REPL_COMPLETE_H
#define PI_REPL_COMPLETE_H

#include "buffer.h"
#include "repl.h"

/* What may stand where the cursor is. */
typedef struct repl_candidates {
  size_t begin;     /* where the word to be completed begins in the line */
  pi_buffer names;  /* each with a NUL behind it, sorted, without repeats */
  unsigned count;
  const char *after; /* what goes behind a word that is the only one: " ", or "" */
} repl_candidates;

void repl_candidates_init(repl_candidates *out);
void repl_candidates_dispose(repl_candidates *out);

/* Fills *out for the line as it stands before the cursor. */
void repl_complete(repl_session *session, pi_slice line, repl_candidates *out);

/* How many bytes all candidates have in common. */
size_t repl_candidates_common(const repl_candidates *self);

#endif
