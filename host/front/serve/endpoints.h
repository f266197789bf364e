/* The table of endpoints, and which of them a method and a path name. */
#ifndef PI_ENDPOINTS_H
#define PI_ENDPOINTS_H

#include <stdbool.h>

#include "buffer.h"
#include "errors.h"
#include "slice.h"

typedef enum pi_endpoint_id {
#define ENDPOINT(id, method, path, scope, body, type, summary) PI_ENDPOINT_##id,
#include "endpoints.def"
#undef ENDPOINT
  PI_ENDPOINT_COUNT
} pi_endpoint_id;

typedef enum pi_endpoint_method { PI_ENDPOINT_GET, PI_ENDPOINT_POST } pi_endpoint_method;

/* What a token must be good for. */
typedef enum pi_endpoint_scope {
  PI_SCOPE_OPEN,
  PI_SCOPE_EVALUATE,
  PI_SCOPE_ADMIN,
  PI_SCOPE_METRICS,
  PI_SCOPE_REVIEW,
  PI_SCOPE_COUNT
} pi_endpoint_scope;

typedef enum pi_endpoint_body { PI_BODY_NONE, PI_BODY_CASE, PI_BODY_LINES } pi_endpoint_body;

typedef struct pi_endpoint {
  pi_endpoint_id id;
  pi_endpoint_method method;
  pi_slice path; /* "/v1/schema/NAME" */
  pi_endpoint_scope scope;
  pi_endpoint_body body;
  const char *type; /* of the answer */
  const char *summary;
} pi_endpoint;

extern const pi_endpoint PI_ENDPOINTS[];

/* The endpoint, or NULL and the error: none has that path (E4146), or none of those that have it has that
 * method (E4147; `expected` names those it has). HEAD finds what GET finds. *name gets the segment that
 * stands for the name in capitals; else it is empty. */
const pi_endpoint *pi_endpoint_find(pi_slice method, pi_slice path, pi_slice *name, pubint_error *error);

/* "GET", "POST"; static. */
const char *pi_endpoint_method_name(pi_endpoint_method method);

/* Whether a Content-Type and an Accept, each empty where there is none, suit the endpoint: E4149, E4148. */
pubint_status pi_endpoint_takes(const pi_endpoint *self, pi_slice content_type, pi_slice accept,
                                pubint_error *error);

#endif
