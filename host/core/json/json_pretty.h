/* JSON laid out for people. */
#ifndef PI_JSON_PRETTY_H
#define PI_JSON_PRETTY_H

#include "buffer.h"

/* Appends the values of `text`, a line each, indented; a list of nothing but plain values stays in its line.
 * Nothing else changes. `text` is JSON without blanks between its values, as pubint writes it. */
void pi_json_pretty(pi_buffer *out, pi_slice text);

#endif
