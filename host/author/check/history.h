/* Cases of the author's own, one a line: for what tests and history never reach. */
#ifndef PI_HISTORY_H
#define PI_HISTORY_H

#include <stdint.h>

#include <pubint/engine.h>

#include "case.h"

typedef struct pi_history_totals {
  uint64_t cases;
  uint64_t refused; /* lines that are no case: passed over */
} pi_history_totals;

/* Calls `each` for every case of the file ("-": standard input) until it returns other than PUBINT_OK, which
 * is then returned. The case holds during the call. */
pubint_status pi_history_read(const char *file,
                              pubint_status (*each)(void *context, const pi_case *input, pubint_error *error),
                              void *context, pi_history_totals *out, pubint_error *error);

#endif
