/* What is told of a request that failed: its HTTP status, and a problem as RFC 9457 has it. */
#ifndef PI_PROBLEM_H
#define PI_PROBLEM_H

#include <pubint/error.h>

#include "buffer.h"
#include "slice.h"

#define PI_PROBLEM_TYPE "application/problem+json"

/* The status of an error's answer: a row of problems.def, else by the error's own status. */
unsigned pi_problem_status(const pubint_error *error);

/* "Not Found"; static. */
const char *pi_problem_title(unsigned status);

/* Appends the problem, on one line. The id of the case and of the trace may be empty. */
void pi_problem_write(pi_buffer *out, const pubint_error *error, pi_slice case_id, pi_slice trace_id);

#endif
