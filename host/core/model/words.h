/* Lists of words that a fact, a kind or a member may have. */
#ifndef PI_WORDS_H
#define PI_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "slice.h"

/* A list of words, in the order of its enum. */
typedef struct pi_words {
  const pi_slice *words;
  uint8_t count;
} pi_words;

/* The index of `word`; -1 where it is none of them. */
int pi_words_find(pi_words words, pi_slice word);

/* Writes "one of elected, appointed" to out[size], ended by NUL; words that do not fit become "…". */
void pi_words_list(pi_words words, char *out, size_t size);

/* Writes "a, b or c" of words that end in NULL, " or " being `last`; what does not fit is cut. */
void pi_words_say(const char *const *words, const char *last, char *out, size_t size);

#endif
