/* Reads a case from JSON, strictly, driven by the table of facts. */
#ifndef PI_DECODE_H
#define PI_DECODE_H

#include <stdint.h>

#include "arena.h"
#include "case.h"
#include "keys.h"

/* What a decoder learns of the order of keys, so that the next case's keys are found at the first look.
 * It never shows in a result. Zero-initialise; one a thread. */
typedef struct pi_decode_memory {
  uint8_t first[PI_GROUP_COUNT]; /* the key that came first in each object */
  uint8_t next[PI_KEY_COUNT];    /* the key that followed each key */
} pi_decode_memory;

/* Reads one case of `line` (number `line_number`, for errors). Strings point into `line` where they have
 * no escapes and into the arena otherwise; both must outlive the case. `memory` and `error` may be NULL.
 *
 * null stands for an absent key, everywhere but as an item of a list; an empty list of grounds or spans says
 * nothing, whatever the rule. Of several faults the first in the text is told, but what a violation's keys
 * say of each other is looked at behind its last, and spans against a text that stands behind them at the end
 * of the case. On failure `out` is unspecified, except that a valid id which was read before stands in
 * out->facts[PI_FACT_ID] (for an error line), where known says so. No locale shows in a result. */
pubint_status pi_decode_case(pi_case *out, pi_slice line, uint64_t line_number, pi_arena *arena,
                             pi_decode_memory *memory, pubint_error *error);

/* Sets one fact from the JSON text of its value, checked as the reader would; null makes it
 * unknown. For experiments; `text` must outlive the case. Violations stay as they are: a text that their
 * spans do not fit is refused. On failure the case is as it was. */
pubint_status pi_decode_set(pi_case *self, pi_fact fact, pi_slice text, pi_arena *arena, pubint_error *error);

#endif
