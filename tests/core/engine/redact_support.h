/* What the tests of blotting share: a case made of a text and its spans, blotted; and random numbers. */
#ifndef PI_REDACT_SUPPORT_H
#define PI_REDACT_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

#include "decode.h"
#include "redact.h"

#define BLOT                                                                                                 \
  "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88" /* five times U+2588, by the page */

/* Redacts "tweet.text" under up to four lists of spans, one a violation, written as in JSON. The result ends
 * in NUL and belongs to the arena. */
static inline pi_slice redact(pi_arena *arena, const char *text, const char *const spans[4]) {
  static const char *const KINDS[4] = {"'kind':'posted',", "'kind':'threat',", "'kind':'incitement',", ""};
  static char written[512 * 1024];
  int length = snprintf(written, sizeof written, "{'id':'c','tweet':{'text':'%s'},'violations':[", text);
  for (int i = 0; i < 4 && spans[i] != NULL; i++) {
    length +=
        snprintf(written + length, sizeof written - (size_t)length,
                 "%s{'rule':'private_information',%s'spans':[%s]}", i > 0 ? "," : "", KINDS[i], spans[i]);
  }
  length += snprintf(written + length, sizeof written - (size_t)length, "]}");
  assert_in_range(length, 1, sizeof written - 1);
  char *json = engine_rig_quoted(written);
  pi_slice line = pi_arena_copy(arena, pi_slice_of(json));
  free(json);
  pi_case *input = pi_arena_alloc(arena, sizeof *input);
  assert_non_null(input);
  pubint_error error = {0};
  if (pi_decode_case(input, line, 1, arena, NULL, &error) != PUBINT_OK) {
    fail_msg("%s: E%04u %s", written, error.code, error.message);
  }
  pi_slice out;
  assert_true(pi_redact(input, arena, &out));
  return out;
}

/* xorshift64*: the same numbers on every machine. */
static inline uint64_t next_random(uint64_t *seed) {
  *seed ^= *seed >> 12;
  *seed ^= *seed << 25;
  *seed ^= *seed >> 27;
  return *seed * UINT64_C(2685821657736338717);
}

static inline uint32_t below(uint64_t *seed, uint32_t bound) {
  return (uint32_t)(next_random(seed) >> 33) % bound;
}

#endif
