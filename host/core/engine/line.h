/* A line of text → an evaluation or a refusal: what whoever goes through cases, one a line, does with each.
 */
#ifndef PI_LINE_H
#define PI_LINE_H

#include "decode.h"
#include "evaluate.h"

/* What a thread needs for it, and the case of the last line, which points into that line and the arena. */
typedef struct pi_line {
  pi_arena arena; /* of one line */
  pi_decode_memory memory;
  pi_case input;
  pubint_error refusal;
} pi_line;

/* Allocates nothing yet. */
void pi_line_init(pi_line *self);
void pi_line_dispose(pi_line *self);

/* Reads the line, number `number` of its input, as a case. A failure is in `refusal`; of one that is not
 * PUBINT_E_SYSTEM the line is to blame. */
pubint_status pi_line_read(pi_line *self, pi_slice text, uint64_t number);

/* The same, and evaluates the case. *out is NULL where that is refused, the reason in `refusal`: it is not in
 * JSON as a case should be, or a script took too long. Fails with PUBINT_E_SYSTEM alone. */
pubint_status pi_line_evaluate(pi_line *self, pubint_engine *engine, pi_slice text, uint64_t number,
                               const pubint_evaluation **out, pubint_error *error);

/* Evaluates the case that was read last, in the same way; by another engine. */
pubint_status pi_line_evaluate_again(pi_line *self, pubint_engine *engine, const pubint_evaluation **out,
                                     pubint_error *error);

/* The id of the last line's case, also where it stands before what was refused; "" where there is none. */
pi_slice pi_line_id(const pi_line *self);

#endif
