/* One case being read: what the parts of the decoder share. */
#ifndef PI_DECODER_H
#define PI_DECODER_H

#include "arena.h"
#include "case.h"
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

/* Makes PI_TEXT_UNCOUNTED the count. */
void pi_decoder_count_text(pi_decoder *decoder);

#endif
