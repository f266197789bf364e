/* The front door: what a request's head must be before anything of its body is read.
 *
 * The HTTP library reads leniently where a proxy may read otherwise, and a difference between the two is what
 * smuggles requests. So whatever is not plain HTTP/1.1 is refused here, by the line and the headers alone.
 */
#ifndef PI_DOOR_H
#define PI_DOOR_H

#include <stdbool.h>
#include <stdint.h>

#include "errors.h"
#include "slice.h"

enum { PI_DOOR_HEADERS_MAX = 64, PI_DOOR_TARGET_BYTES = 2048 };

typedef struct pi_door_header {
  pi_slice name, value;
} pi_door_header;

/* As it came, nothing unescaped. */
typedef struct pi_door_head {
  pi_slice method, target, version;
  size_t headers_count;
  pi_door_header headers[PI_DOOR_HEADERS_MAX];
  bool more; /* there were more of them */
} pi_door_head;

typedef struct pi_door_rules {
  const char *hosts; /* names besides those of this machine, with commas between them; NULL: none */
  uint64_t body_max;
} pi_door_rules;

/* What came through; slices of the head. */
typedef struct pi_door_pass {
  pi_slice path, query; /* of the target; the query without its mark */
  bool chunked;
  uint64_t length; /* of the body, 0 where it is chunked */
} pi_door_pass;

/* E4141 to E4145, E4150 and E4152. */
pubint_status pi_door_check(const pi_door_head *head, const pi_door_rules *rules, pi_door_pass *out,
                            pubint_error *error);

/* The value of the one header of that name; empty where there is none, or more than one. */
pi_slice pi_door_header_of(const pi_door_head *head, const char *name);

/* The value of `key` in a query, as it is written; false where it has none. */
bool pi_door_query(pi_slice query, const char *key, pi_slice *value);

#endif
