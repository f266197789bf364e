/* A case, or one value of it, as text again: JSON that reads back to the same facts, and values as people
 * type them. */
#ifndef PI_CASE_WRITE_H
#define PI_CASE_WRITE_H

#include "buffer.h"
#include "case.h"

/* Appends the case as one line of JSON without a newline, in the order of design section 3. Unknown facts
 * are absent. */
void pi_case_json(pi_buffer *out, const pi_case *input);

/* Appends one value as JSON. */
void pi_value_write(pi_buffer *out, pi_fact fact, pi_value value);

/* The same as one types it: words, countries and markets bare. */
void pi_value_type(pi_buffer *out, pi_fact fact, pi_value value);

#endif
