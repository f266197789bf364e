#include "serve_options.h"

#include "batch.h"
#include "option_values.h"
#include "quoted_limits.h"

#define AT(member) offsetof(pi_serve_options, member)

const pi_option PI_SERVE_OPTIONS[] = {
    {0, "listen", PI_OPTION_TEXT, "WHERE", NULL, AT(listen),
     "listen on ADDR:PORT or unix:PATH (127.0.0.1:8087)"},
    {0, "host", PI_OPTION_TEXT, "NAME", NULL, AT(hosts),
     "answer to these names too, with commas between them, besides localhost"},
    {0, "decision-log", PI_OPTION_TEXT, "DIR", NULL, AT(decision_log),
     "log every evaluation in DIR before it is answered; `pubint log` reads it"},
    {0, "log-segment", PI_OPTION_COUNT, "MIB", NULL, AT(log_segment),
     "begin a new file of the log after so much (" PI_SPELL(PI_SERVE_SEGMENT_MIB) " MiB)"},
    {0, "redact-log", PI_OPTION_FLAG, NULL, NULL, AT(redact_log),
     "blot out spans in the logged case's text; such lines cannot be recomputed"},
    {0, "tokens", PI_OPTION_TEXT, "FILE", NULL, AT(tokens),
     "who may ask for what: lines of SHA-256 of a token, scopes with commas, and a name"},
    {0, "rate", PI_OPTION_COUNT, "N", NULL, AT(rate), "the most requests a second for each token (no limit)"},
    {'j', "threads", PI_OPTION_COUNT, "N", NULL, AT(threads),
     "number of threads that answer (one for each processor)"},
    {0, "max-body", PI_OPTION_COUNT, "MIB", NULL, AT(max_body),
     "the largest body (" PI_SPELL(PI_SERVE_MAX_BODY_MIB) " MiB)"},
    {0, "body-memory", PI_OPTION_COUNT, "MIB", NULL, AT(body_memory),
     "the most memory for all bodies together (" PI_SPELL(PI_SERVE_BODY_MEMORY_MIB) " MiB)"},
    {0, "connections", PI_OPTION_COUNT, "N", NULL, AT(connections),
     "the most connections (" PI_SPELL(PI_SERVE_CONNECTIONS) ")"},
    {0, "peer-connections", PI_OPTION_COUNT, "N", NULL, AT(peer_connections),
     "the most connections of one address other than this machine's (" PI_SPELL(
         PI_SERVE_PEER_CONNECTIONS) ")"},
    {0, "idle-timeout", PI_OPTION_COUNT, "SECONDS", NULL, AT(idle_timeout),
     "close a connection that sends no whole request head for so long (" PI_SPELL(PI_SERVE_IDLE_SECONDS) ")"},
    {0, "request-timeout", PI_OPTION_COUNT, "SECONDS", NULL, AT(request_timeout),
     "how long the body of a request may take to arrive (" PI_SPELL(PI_SERVE_REQUEST_SECONDS) ")"},
    {0, "answer-timeout", PI_OPTION_COUNT, "SECONDS", NULL, AT(answer_timeout),
     "how long a client may take to read an answer (" PI_SPELL(PI_SERVE_ANSWER_SECONDS) ")"},
    {0, "grace", PI_OPTION_COUNT, "SECONDS", NULL, AT(grace),
     "when stopping, wait so long for the requests in flight (" PI_SPELL(PI_SERVE_GRACE_SECONDS) ")"},
    {0, "check", PI_OPTION_FLAG, NULL, NULL, AT(check), "try the configuration, say what it is, and end"},
};
_Static_assert(sizeof PI_SERVE_OPTIONS / sizeof PI_SERVE_OPTIONS[0] == PI_SERVE_OPTIONS_COUNT, "rows");

void pi_serve_options_init(pi_serve_options *out) {
  *out = (pi_serve_options){.listen = "127.0.0.1:8087",
                            .threads = pi_batch_processors(),
                            .log_segment = PI_SERVE_SEGMENT_MIB,
                            .max_body = PI_SERVE_MAX_BODY_MIB,
                            .body_memory = PI_SERVE_BODY_MEMORY_MIB,
                            .connections = PI_SERVE_CONNECTIONS,
                            .peer_connections = PI_SERVE_PEER_CONNECTIONS,
                            .idle_timeout = PI_SERVE_IDLE_SECONDS,
                            .request_timeout = PI_SERVE_REQUEST_SECONDS,
                            .answer_timeout = PI_SERVE_ANSWER_SECONDS,
                            .grace = PI_SERVE_GRACE_SECONDS};
}

bool pi_serve_options_check(const pi_serve_options *self, pi_exit *status) {
  const struct {
    const char *name;
    uint64_t value, least, most;
  } bounds[] = {
      {"log-segment", self->log_segment, 1, 1024 * 1024},
      {"max-body", self->max_body, 1, 1024},
      {"body-memory", self->body_memory, self->max_body, 1024 * 1024},
      {"connections", self->connections, 1, 1000000},
      {"peer-connections", self->peer_connections, 1, 1000000},
      {"idle-timeout", self->idle_timeout, 1, 86400},
      {"request-timeout", self->request_timeout, 1, 86400},
      {"answer-timeout", self->answer_timeout, 1, 86400},
      {"grace", self->grace, 0, 86400},
  };
  *status = pi_threads_check(self->threads);
  for (size_t i = 0; i < sizeof bounds / sizeof bounds[0] && *status == PI_EXIT_DONE; i++) {
    if (bounds[i].value >= bounds[i].least && bounds[i].value <= bounds[i].most) continue;
    *status = pi_option_refuse_count(bounds[i].name, bounds[i].value, bounds[i].least, bounds[i].most);
  }
  return *status == PI_EXIT_DONE;
}
