/* An evaluation as people read it: outcome and reason, the gates, each rule's balance, what is unknown, what
 * would turn it, what a notice does. In the words of a locale; every figure is the evaluation's own. */
#ifndef PI_EXPLAIN_H
#define PI_EXPLAIN_H

#include <stdbool.h>

#include "buffer.h"
#include "evaluation.h"
#include "slice.h"
#include "turn.h"

typedef struct pi_explain_options {
  pi_slice locale; /* "en", "nl"; one that the policy has not falls back to English */
  unsigned width;  /* columns; 0: PI_PAGE_WIDTH */
  bool color;
} pi_explain_options;

/* Appends the explanation; *out is marked failed when memory runs out. `turns` may be NULL: the parts on what
 * is unknown and what would turn it are left out. They must have been found before `evaluation` was made,
 * since finding them ends the engine's evaluation. */
void pi_explain(pi_buffer *out, const pubint_evaluation *evaluation, const pi_turns *turns,
                const pi_explain_options *options);

/* What an explanation shows of a text at most, in code points and in lines. */
enum { PI_EXPLAIN_TEXT_POINTS = 1000, PI_EXPLAIN_TEXT_LINES = 12 };

#endif
