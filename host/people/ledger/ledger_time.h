/* Times of the ledger: whole seconds since 1970, UTC, read and written as RFC 3339. */
#ifndef PI_LEDGER_TIME_H
#define PI_LEDGER_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"

enum { PI_TIME_BYTES = 32, PI_DURATION_BYTES = 32 };

/* NULL when `text` is a time, which *out then gets, with parts of a second cut off; else what is wrong with
 * it, in words (static). */
const char *pi_time_read(pi_slice text, int64_t *out);

/* "2020-05-29T04:53:00Z", and for people "2020-05-29 04:53"; ended by NUL. */
void pi_time_write(int64_t at, char out[PI_TIME_BYTES]);
void pi_time_say(int64_t at, char out[PI_TIME_BYTES]);

/* The calendar year, UTC. */
int pi_time_year(int64_t at);

/* "3 d 4 h", "4 h 12 min", "12 min", "45 s"; ended by NUL. */
void pi_duration_say(int64_t seconds, char out[PI_DURATION_BYTES]);

/* The machine's clock. */
int64_t pi_time_now(void);

#endif
