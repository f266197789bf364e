/* Times as cases write them: RFC 3339, section 5.6, with a date that exists. */
#ifndef PI_RFC3339_H
#define PI_RFC3339_H

#include "slice.h"

/* NULL when `text` is such a time, else what is wrong with it, in words (static). Small t and z and a
 * second of 60 are fine; a space for the T is not. */
const char *pi_rfc3339_fault(pi_slice text);

#endif
