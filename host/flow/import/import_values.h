/* Single values as Twitter writes them, turned into what a case holds. */
#ifndef PI_IMPORT_VALUES_H
#define PI_IMPORT_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"
#include "slice.h"

/* Appends `text` with &amp; &lt; and &gt; as the characters they stand for: those three are what Twitter
 * escapes, and once, so that "&amp;lt;" is the "&lt;" somebody typed. */
void pi_import_unescape(pi_buffer *out, pi_slice text);

/* Appends a time as RFC 3339 in one spelling: "Wed Oct 10 20:19:24 +0000 2018" (API v1.1) and
 * "2018-10-10T20:19:24.000Z" (v2) are both 2018-10-10T20:19:24Z. An offset stays what it is, but none is Z.
 * NULL, or what is wrong with it, in words (static). */
const char *pi_import_time(pi_buffer *out, pi_slice text);

#endif
