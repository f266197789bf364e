/* The words of an evaluation, each list once: its outcomes, its bases, the sides of its factors and where
 * they come from. Writers, the strict reader and the schemas take them from here. */
#ifndef PI_EVALUATION_WORDS_H
#define PI_EVALUATION_WORDS_H

#include <pubint/evaluation.h>

#include "balance.h"
#include "facts.h"

enum {
  PI_OUTCOMES = PUBINT_REVIEW + 1,
  PI_BASES = PUBINT_UNASSESSED + 1,
};

/* In the order of their enums. */
extern const pi_words PI_WORDS_OUTCOME;
extern const pi_words PI_WORDS_BASIS;
extern const pi_words PI_WORDS_FROM; /* pi_from */

extern const pi_words PI_WORDS_CLASS; /* how likely an exception is; a rule's script says which */

/* "neutral", "interest", "harm": in the order of pi_side. */
extern const pi_words PI_WORDS_SIDE;

/* Those of a factor, which is not neutral: the index of a word is its pi_side less PI_SIDE_INTEREST. */
extern const pi_words PI_WORDS_FACTOR_SIDE;

#endif
