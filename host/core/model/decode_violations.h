/* The violations, their grounds and spans. */
#ifndef PI_DECODE_VIOLATIONS_H
#define PI_DECODE_VIOLATIONS_H

#include "decoder.h"

/* Reads the list of violations into decoder->out. Spans are checked against the text only where that is
 * seen or absent already. */
pubint_status pi_decode_violations(pi_decoder *decoder);

/* Whether every span of `input` lies within a text of that many code points; none does in PI_TEXT_ABSENT. */
bool pi_decode_spans_fit(const pi_case *input, int32_t text_points);

#endif
