#include "decoder.h"

#include "utf8.h"

void pi_decoder_count_text(pi_decoder *decoder) {
  if (decoder->text_points != PI_TEXT_UNCOUNTED) return;
  decoder->text_points = (int32_t)pi_utf8_count(decoder->out->facts[PI_FACT_TWEET_TEXT].string);
}
