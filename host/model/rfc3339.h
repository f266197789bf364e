/* Times as cases write them: RFC 3339, section 5.6, with a date that exists. */
#ifndef PI_RFC3339_H
#define PI_RFC3339_H

#include <stdint.h>

#include "slice.h"

/* NULL when `text` is such a time, else what is wrong with it, in words (static). Small t and z and a
 * second of 60 are fine; a space for the T is not. */
const char *pi_rfc3339_fault(pi_slice text);

/* The whole seconds from 1970-01-01T00:00:00Z to such a time; a second of 60 is the one after it. False where
 * it is none. */
bool pi_rfc3339_seconds(pi_slice text, int64_t *seconds);

/* Writes the date, in UTC, that those seconds fall on (year 0 to 9999), ended by a NUL: "2020-05-29". */
enum { PI_RFC3339_DATE_BYTES = 11 };
void pi_rfc3339_date(int64_t seconds, char out[PI_RFC3339_DATE_BYTES]);

#endif
