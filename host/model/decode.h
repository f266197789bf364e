/* Reads a case from JSON, strictly, driven by the table of facts. */
#ifndef PI_DECODE_H
#define PI_DECODE_H

#include "case.h"
#include "json_read.h"

enum {
  PI_CASE_DEPTH_MAX = 24,
  PI_TEXT_POINTS_MAX = 25000,
  PI_SIGNALS_BYTES_MAX = 16 * 1024,
  PI_SIGNALS_DEPTH_MAX = 16,
  PI_ID_BYTES_MAX = 64,
  PI_STRING_BYTES_MAX = 256,
};
#define PI_FOLLOWERS_MAX (((int64_t)1 << 53) - 1)

/* What a decoder learns of the order of keys, so that the next case's keys are found at the first look.
 * It never shows in a result. Zero-initialise; one a thread. */
typedef struct pi_decode_memory {
  uint8_t next[PI_FACT_COUNT + PI_GROUP_COUNT + 4];
} pi_decode_memory;

/* Reads one case of `line` (number `line_number`, for errors). Strings point into `line` where they have
 * no escapes and into the arena otherwise; both must outlive the case. `memory` and `error` may be NULL.
 * On failure `out` is unspecified, except that a known id stands in out->facts[PI_FACT_ID] (for an error
 * line), where known says so. */
pubint_status pi_case_decode(pi_case *out, pi_slice line, uint64_t line_number, pi_arena *arena,
                             pi_decode_memory *memory, pubint_error *error);

/* Sets one fact from the JSON text of its value, checked as the reader would; null makes it unknown. For
 * experiments; `text` must outlive the case. Does not see violations. */
pubint_status pi_case_set(pi_case *self, pi_fact fact, pi_slice text, pi_arena *arena, pubint_error *error);

#endif
