/* The header traceparent of W3C Trace Context: taken in where it is right, passed over where it is not. */
#ifndef PI_TRACEPARENT_H
#define PI_TRACEPARENT_H

#include <stdbool.h>

#include "slice.h"

enum { PI_TRACEPARENT_BYTES = 55, PI_TRACEPARENT_ID_BYTES = 32 };

typedef struct pi_traceparent {
  char text[PI_TRACEPARENT_BYTES + 1]; /* as it came; "" where there is none */
} pi_traceparent;

/* False, and the text empty, where the value is no right traceparent of version 00. */
bool pi_traceparent_read(pi_traceparent *out, pi_slice value);

/* The id of the trace within it; empty where there is none. */
pi_slice pi_traceparent_id(const pi_traceparent *self);

#endif
