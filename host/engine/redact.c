#include "redact.h"

#include "utf8.h"

#define BLOT "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88" /* five times U+2588 */

enum { SPANS_TOTAL_MAX = PI_VIOLATIONS_MAX * PI_SPANS_MAX };

/* All spans in order of their starts, overlapping ones joined; returns how many. */
static size_t collect(const pi_case *input, pi_span out[SPANS_TOTAL_MAX]) {
  size_t count = 0;
  for (uint32_t i = 0; i < input->violations_count; i++) {
    for (uint32_t j = 0; j < input->violations[i].spans_count; j++) {
      pi_span span = input->violations[i].spans[j];
      size_t place = count++;
      for (; place > 0 && out[place - 1].start > span.start; place--) out[place] = out[place - 1];
      out[place] = span;
    }
  }
  size_t joined = 0;
  for (size_t i = 0; i < count; i++) {
    if (joined > 0 && out[i].start < out[joined - 1].end) {
      if (out[i].end > out[joined - 1].end) out[joined - 1].end = out[i].end;
    } else {
      out[joined++] = out[i];
    }
  }
  return joined;
}

bool pi_redact(const pi_case *input, pi_arena *arena, pi_slice *out) {
  *out = (pi_slice){NULL, 0};
  if (!pi_case_knows(input, PI_FACT_TWEET_TEXT)) return true;
  pi_slice text = input->facts[PI_FACT_TWEET_TEXT].string;
  if (!input->has_spans) {
    *out = text;
    return true;
  }
  pi_span spans[SPANS_TOTAL_MAX];
  size_t count = collect(input, spans);
  char *blotted = pi_arena_alloc(arena, text.len + count * (sizeof BLOT - 1) + 1);
  if (blotted == NULL) return false;
  size_t length = 0, offset = 0, point = 0; /* offset is the byte at which code point `point` begins */
  for (size_t i = 0; i < count; i++) {
    pi_slice rest = {text.ptr + offset, text.len - offset};
    size_t before = pi_utf8_offset(rest, spans[i].start - point);
    memcpy(blotted + length, rest.ptr, before);
    length += before;
    memcpy(blotted + length, BLOT, sizeof BLOT - 1);
    length += sizeof BLOT - 1;
    offset += before;
    rest = (pi_slice){text.ptr + offset, text.len - offset};
    offset += pi_utf8_offset(rest, spans[i].end - spans[i].start);
    point = spans[i].end;
  }
  memcpy(blotted + length, text.ptr + offset, text.len - offset);
  length += text.len - offset;
  blotted[length] = '\0';
  *out = (pi_slice){blotted, length};
  return true;
}
