/* Times: RFC 3339 (section 5.6, with a date that exists), whole seconds since 1970 in UTC, and durations. */
#ifndef PI_TIMES_H
#define PI_TIMES_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"

enum { PI_TIME_BYTES = 32, PI_DURATION_BYTES = 32, PI_TIME_HOUR = 60 * 60, PI_TIME_DAY = 24 * PI_TIME_HOUR };

/* NULL when `text` is such a time, else what is wrong with it, in words (static). Small t and z and a
 * second of 60 are fine; a space for the T is not. */
const char *pi_time_fault(pi_slice text);

/* The same, and *out gets the time, parts of a second cut off. */
const char *pi_time_read(pi_slice text, int64_t *out);

/* Of a time that is known to be right: its seconds, and how many its zone is ahead of UTC. */
int64_t pi_time_seconds(pi_slice time);
int64_t pi_time_offset(pi_slice time);

/* Of such a time, what of its second is cut off, in billionths; digits behind the ninth are left out. */
int32_t pi_time_fraction(pi_slice time);

/* Whether `text` is a date that exists, as in 2020-05-29; *out gets its first second in UTC. */
bool pi_time_date(pi_slice text, int64_t *out);

/* "2020-05-29T04:53:00Z", and for people "2020-05-29 04:53"; ended by NUL. */
void pi_time_write(int64_t at, char out[PI_TIME_BYTES]);
void pi_time_say(int64_t at, char out[PI_TIME_BYTES]);

/* The calendar year, UTC. */
int pi_time_year(int64_t at);

/* "3 d 4 h", "4 h 12 min", "12 min", "45 s"; ended by NUL. */
void pi_duration_say(int64_t seconds, char out[PI_DURATION_BYTES]);

#endif
