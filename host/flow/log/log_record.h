/* One decision, as it is handed to the log. */
#ifndef PI_LOG_RECORD_H
#define PI_LOG_RECORD_H

#include <stdint.h>

#include "slice.h"

/* What is to be written. `input` was evaluated: it is one JSON value, and so are `evaluation` and `shadow`;
 * a case that was refused has no evaluation and is not logged. The bytes are the caller's. */
typedef struct pi_log_record {
  pi_slice input;
  pi_slice evaluation; /* one line; a newline at its end does not count */
  pi_slice shadow;     /* the same by the policy in the shadow; .ptr NULL: none */
  pi_slice trace;      /* valid UTF-8; .ptr NULL: none */
  int64_t at_us;       /* microseconds since 1970, by the caller's clock */
} pi_log_record;

#endif
