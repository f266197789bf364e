/* Reads a line of evaluations back, strictly: what `pubint batch` wrote and nothing else.
 *
 * A line is also held to itself: to all that follows of it from the rest of it (consistency.def).
 */
#ifndef PI_EVALUATION_READ_H
#define PI_EVALUATION_READ_H

#include "readback.h"

/* Reads one line, number `line_number` of its file. E10xx for bad JSON, E4045 for what no evaluation has,
 * E4046 for one that contradicts itself. `error` is not NULL. */
pubint_status pi_evaluation_read(pi_readback *out, pi_slice line, uint64_t line_number, pi_arena *arena,
                                 pubint_error *error);

#endif
