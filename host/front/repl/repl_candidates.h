/* What may stand where the cursor is, as it is found. */
#ifndef PI_REPL_CANDIDATES_H
#define PI_REPL_CANDIDATES_H

#include <stdbool.h>

#include "buffer.h"
#include "slice.h"

enum { PI_REPL_CANDIDATES_MAX = 512 };

typedef struct pi_repl_candidates {
  size_t begin;    /* where the word to be completed begins in the line */
  pi_slice word;   /* it, as far as it is typed */
  bool anywhere;   /* names that only have the word in them are taken, too */
  bool replaces;   /* names take the word's place without having it in them */
  bool partial;    /* not all that there is could be looked at: what is found is no more than a sample */
  unsigned rank;   /* how well the names go with the word: of several ranks the best stays */
  pi_buffer names; /* each with a NUL behind it; in the end sorted, without repeats */
  unsigned count;
  const char *after; /* what goes behind a word that is the only one: " ", or "" */
  size_t insert;     /* in the end: how many bytes of the first go in the word's place; 0: they are listed */
} pi_repl_candidates;

void pi_repl_candidates_init(pi_repl_candidates *out);
void pi_repl_candidates_dispose(pi_repl_candidates *out);

/* Takes the name if it goes with the word. */
void pi_repl_candidates_put(pi_repl_candidates *self, pi_slice name);

/* Takes it whatever it is. */
void pi_repl_candidates_take(pi_repl_candidates *self, pi_slice name);

/* Sorts them, and tells what is to be inserted. */
void pi_repl_candidates_end(pi_repl_candidates *self);

#endif
