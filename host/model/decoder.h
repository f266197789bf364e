/* One case being read: what decode.c, decode_values.c and decode_violations.c share. */
#ifndef PI_DECODER_H
#define PI_DECODER_H

#include "decode.h"
#include "json_read.h"

/* What is known of tweet.text, against which spans are checked: nothing yet, that there is none, that it
 * stands among the facts; else its length in code points, which is counted only where spans ask. */
enum { PI_TEXT_UNSEEN = -3, PI_TEXT_UNCOUNTED = -2, PI_TEXT_ABSENT = -1 };

typedef struct pi_decoder {
  pi_json json;
  pi_case *out;
  pi_arena *arena;
  int32_t text_points; /* of tweet.text, or one of the above */
} pi_decoder;

/* Reads the value of `fact` into *value; *known is false, and *value unspecified, where it is null. */
pubint_status pi_decode_value(pi_decoder *decoder, pi_fact fact, pi_value *value, bool *known);

/* Reads the list of violations into decoder->out. Spans are checked against the text only where that is
 * seen or absent already. */
pubint_status pi_decode_violations(pi_decoder *decoder);

/* Whether every span of `input` lies within a text of that many code points; none does in PI_TEXT_ABSENT. */
bool pi_decode_spans_fit(const pi_case *input, int32_t text_points);

/* Makes PI_TEXT_UNCOUNTED the count. */
void pi_decode_count_text(pi_decoder *decoder);

#endif
