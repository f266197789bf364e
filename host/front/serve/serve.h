/* The service from within: what it is, the threads that answer, and a request.
 *
 * Each lane is a thread of its own with a daemon of the HTTP library, all of them on one listening socket,
 * and with all that evaluating needs. A request lives and ends on its lane, so nothing of either is locked;
 * what lanes share is the live policy, the counters, and the links.
 */
#ifndef PI_SERVE_H
#define PI_SERVE_H

#include <microhttpd.h>
#include <stdatomic.h>

#include <pubint/engine.h>

#include "door.h"
#include "endpoints.h"
#include "line.h"
#include "links.h"
#include "listener.h"
#include "live.h"
#include "log.h"
#include "metrics.h"
#include "passes.h"
#include "serve_options.h"
#include "traceparent.h"

/* An engine on a policy, of one lane. It stays while a request of that lane is not done with it. */
typedef struct pi_seat {
  pi_live_policy *policy;
  pubint_engine *engine;
  unsigned users; /* requests, and the lane while it is the seat of new ones */
} pi_seat;

enum { PI_LANE_RECORDS = 64 };

typedef struct pi_lane_place {
  size_t begin, end;
} pi_lane_place;

typedef struct pi_lane {
  struct pi_server *server;
  struct MHD_Daemon *daemon;
  pi_line line;
  pi_buffer out; /* the answer being made */
  pi_seat *seat; /* on the policy of `turn`; NULL: none yet */
  uint64_t turn;
  size_t records_count; /* that are to be logged before anything more is answered */
  pi_log_record records[PI_LANE_RECORDS];
  pi_lane_place places[PI_LANE_RECORDS]; /* of their evaluations */
  struct pi_request *spare;              /* for the next requests */
  unsigned spares;
} pi_lane;

/* See control.h. */
typedef struct pi_control {
  int wake; /* readable once a request waits */
  atomic_bool busy;
  _Atomic(struct pi_request *) waiting;
} pi_control;

typedef struct pi_server {
  const pi_serve_options *options;
  const char *policy_name;
  bool no_excerpts;
  pi_listener listener;
  pi_live live;
  pi_links links;
  pi_control control;
  pi_log *log; /* NULL: there is none */
  pthread_rwlock_t tokens_lock;
  pi_passes tokens; /* .items NULL: there are none, and the scopes evaluate and metrics alone */
  pi_metrics metrics;
  atomic_bool stopping;
  atomic_uint_fast64_t body_bytes; /* that all bodies take now */
  pi_lane *lanes;
  unsigned lanes_count; /* that were opened */
} pi_server;

typedef struct pi_request {
  struct pi_request *next; /* among the spare ones */
  pi_lane *lane;
  struct MHD_Connection *connection;
  pi_link *link;
  int64_t begun;
  size_t target_bytes;
  char target[PI_DOOR_TARGET_BYTES + 1]; /* as it came; one that is longer is cut, and refused */
  bool known;                            /* the head was looked at */
  const pi_endpoint *endpoint;           /* NULL: none */
  pi_slice name, query;                  /* of the target */
  pi_traceparent trace;
  unsigned status; /* of the answer; 0: none yet */
  bool resumed;    /* what it waited for is done */
  bool failed;     /* `error` is to be told once the body has come */
  pubint_error error;
  pi_buffer body;
  uint64_t body_counted; /* of body_bytes */
  pi_seat *seat;
  size_t at;       /* a batch: where its next line begins */
  uint64_t number; /* of the last line */
  pi_buffer lines; /* answers of a batch, from `lines_at` on not yet sent */
  size_t lines_at;
} pi_request;

#endif
