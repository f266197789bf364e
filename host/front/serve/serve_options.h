/* What `pubint serve` can be told: the options, their defaults and their bounds. */
#ifndef PI_SERVE_OPTIONS_H
#define PI_SERVE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "command.h"

/* The defaults, which help names. */
#define PI_SERVE_SEGMENT_MIB      64
#define PI_SERVE_MAX_BODY_MIB     8
#define PI_SERVE_BODY_MEMORY_MIB  256
#define PI_SERVE_CONNECTIONS      16384
#define PI_SERVE_PEER_CONNECTIONS 256
#define PI_SERVE_IDLE_SECONDS     60
#define PI_SERVE_REQUEST_SECONDS  30
#define PI_SERVE_ANSWER_SECONDS   300
#define PI_SERVE_GRACE_SECONDS    10

typedef struct pi_serve_options {
  const char *listen;
  const char *hosts;        /* names with commas between them; NULL: none more */
  const char *decision_log; /* NULL: none */
  uint64_t log_segment;     /* MiB */
  bool redact_log;
  const char *tokens; /* NULL: none */
  uint64_t rate;      /* 0: no limit */
  uint64_t threads;
  uint64_t max_body;    /* MiB */
  uint64_t body_memory; /* MiB */
  uint64_t connections;
  uint64_t peer_connections;
  uint64_t idle_timeout; /* seconds, as all that follow */
  uint64_t request_timeout;
  uint64_t answer_timeout;
  uint64_t grace;
  bool check;
} pi_serve_options;

enum { PI_SERVE_OPTIONS_COUNT = 17 };
extern const pi_option PI_SERVE_OPTIONS[PI_SERVE_OPTIONS_COUNT];

/* The defaults. */
void pi_serve_options_init(pi_serve_options *out);

/* Whether every value lies within its bounds; if not, said already, *status. */
bool pi_serve_options_check(const pi_serve_options *self, pi_exit *status);

#endif
