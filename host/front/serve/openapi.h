/* The description of the service as OpenAPI 3.1, from its tables. */
#ifndef PI_OPENAPI_H
#define PI_OPENAPI_H

#include "buffer.h"

/* Appends it, on one line. */
void pi_openapi_write(pi_buffer *out);

#endif
