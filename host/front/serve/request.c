#define _GNU_SOURCE /* struct ucred */
#include "request.h"

#include "answers.h"
#include "errors.h"
#include "lane.h"
#include "reply.h"
#include "stopwatch.h"

static enum MHD_Result (*const ANSWERS[PI_ENDPOINT_COUNT])(pi_request *request) = {
    [PI_ENDPOINT_EVALUATE] = pi_answer_case,   [PI_ENDPOINT_BATCH] = pi_answer_batch,
    [PI_ENDPOINT_POLICY] = pi_answer_policy,   [PI_ENDPOINT_FACTS] = pi_answer_facts,
    [PI_ENDPOINT_SCHEMA] = pi_answer_schema,   [PI_ENDPOINT_CODE] = pi_answer_code,
    [PI_ENDPOINT_RELOAD] = pi_answer_reload,   [PI_ENDPOINT_ROLLBACK] = pi_answer_rollback,
    [PI_ENDPOINT_OPENAPI] = pi_answer_openapi, [PI_ENDPOINT_LIVEZ] = pi_answer_live,
    [PI_ENDPOINT_READYZ] = pi_answer_ready,    [PI_ENDPOINT_METRICS] = pi_answer_metrics};

static enum MHD_Result refuse(pi_request *request, bool close) {
  return pi_reply_problem(request, &request->error, (pi_slice){"", 0}, close);
}

/* --- its head --- */

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind, const char *name,
                                   size_t name_bytes, const char *value, size_t value_bytes) {
  pi_door_head *head = context;
  (void)kind;
  if (head->headers_count == PI_DOOR_HEADERS_MAX) {
    head->more = true;
    return MHD_NO;
  }
  head->headers[head->headers_count++] =
      (pi_door_header){{name, name_bytes}, {value != NULL ? value : "", value_bytes}};
  return MHD_YES;
}

/* --- who may --- */

/* The row of who asks: a token's, or that of the peer at a path. */
static pi_pass *find_token(const pi_request *request, pi_slice authorization) {
  const pi_server *server = request->lane->server;
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  struct ucred peer;
  socklen_t bytes = sizeof peer;
  pi_pass *token = pi_passes_find(&server->tokens, authorization);
  if (token != NULL || !server->listener.path || info == NULL) return token;
  if (getsockopt(info->connect_fd, SOL_SOCKET, SO_PEERCRED, &peer, &bytes) != 0) return NULL;
  return pi_passes_find_uid(&server->tokens, peer.uid);
}

static pubint_status may_with(const pi_request *request, pi_slice authorization, pubint_error *error) {
  const pi_server *server = request->lane->server;
  pi_endpoint_scope scope = request->endpoint->scope;
  if (server->tokens.items == NULL)
    return scope == PI_SCOPE_EVALUATE || scope == PI_SCOPE_METRICS ? PUBINT_OK
                                                                   : pi_error_set(error, PI_E_FORBIDDEN);
  pi_pass *token = find_token(request, authorization);
  if (token == NULL) return pi_error_set(error, PI_E_NO_TOKEN);
  if ((token->scopes >> scope & 1) == 0) return pi_error_set(error, PI_E_FORBIDDEN);
  bool within = pi_pass_use(token, request->begun / 1000000000, server->options->rate);
  return within ? PUBINT_OK : pi_error_set(error, PI_E_TOO_MANY);
}

static pubint_status may(const pi_request *request, pi_slice authorization, pubint_error *error) {
  pthread_rwlock_t *lock = &request->lane->server->tokens_lock;
  if (request->endpoint->scope == PI_SCOPE_OPEN) return PUBINT_OK;
  pthread_rwlock_rdlock(lock);
  pubint_status status = may_with(request, authorization, error);
  pthread_rwlock_unlock(lock);
  return status;
}

static pubint_status look(pi_request *request, const pi_door_head *head) {
  const pi_serve_options *options = request->lane->server->options;
  pi_door_rules rules = {.hosts = options->hosts, .body_max = options->max_body << 20};
  pi_door_pass pass;
  pubint_error *error = &request->error;
  pubint_status status = pi_door_check(head, &rules, &pass, error);
  if (status != PUBINT_OK) return status;
  request->query = pass.query;
  pi_traceparent_read(&request->trace, pi_door_header_of(head, "traceparent"));
  request->endpoint = pi_endpoint_find(head->method, pass.path, &request->name, error);
  if (request->endpoint == NULL) return error->status;
  status = may(request, pi_door_header_of(head, "Authorization"), error);
  if (status != PUBINT_OK) return status;
  if (request->endpoint->body == PI_BODY_NONE && (pass.chunked || pass.length > 0))
    return pi_error_setf(error, PI_E_HTTP_LENGTH, "the endpoint takes no body");
  if (pi_door_header_of(head, "Content-Encoding").len > 0)
    return pi_error_setf(error, PI_E_MEDIA_TYPE, "the body is packed");
  return pi_endpoint_takes(request->endpoint, pi_door_header_of(head, "Content-Type"),
                           pi_door_header_of(head, "Accept"), error);
}

/* What is refused here is refused before its body, and the connection ends behind it: what follows on it may
 * be read otherwise by whoever stands before. */
static enum MHD_Result take_head(pi_request *request, const char *method, const char *version) {
  pi_door_head head = {.method = pi_slice_of(method),
                       .target = {request->target, request->target_bytes},
                       .version = pi_slice_of(version)};
  request->known = true;
  pi_link_enter(request->link, PI_LINK_BODY);
  MHD_get_connection_values_n(request->connection, MHD_HEADER_KIND, take_header, &head);
  if (look(request, &head) != PUBINT_OK) return refuse(request, true);
  request->seat = pi_lane_sit(request->lane, &request->error);
  return request->seat != NULL ? MHD_YES : refuse(request, true);
}

/* --- its body --- */

/* Once one is too large the rest is passed over. */
static void take_body(pi_request *request, const char *bytes, size_t count) {
  pi_server *server = request->lane->server;
  if (request->failed) return;
  uint64_t limit = server->options->body_memory << 20;
  uint64_t all = atomic_fetch_add_explicit(&server->body_bytes, count, memory_order_relaxed);
  request->body_counted += count;
  request->failed = true;
  if (all + count > limit) {
    pi_error_setf(&request->error, PI_E_NOT_NOW, "the memory for bodies is in use");
    return;
  }
  pi_buffer_append(&request->body, bytes, count);
  if (request->body.failed)
    pi_error_set(&request->error, request->body.full ? PI_E_BODY_TOO_LARGE : PI_E_NO_MEMORY);
  request->failed = request->body.failed;
}

/* --- MHD's callbacks --- */

void *pi_request_begin(void *context, const char *target, struct MHD_Connection *connection) {
  pi_request *request = pi_lane_request(context);
  if (request == NULL) return NULL;
  request->connection = connection;
  request->begun = pi_stopwatch_now();
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  request->link = info != NULL ? info->socket_context : NULL;
  size_t bytes = strlen(target);
  request->target_bytes = bytes < sizeof request->target ? bytes : sizeof request->target;
  memcpy(request->target, target, request->target_bytes);
  return request;
}

enum MHD_Result pi_request_take(void *lane, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *upload,
                                size_t *upload_bytes, void **context) {
  pi_request *request = *context;
  (void)lane, (void)connection, (void)url;
  if (request == NULL) return MHD_NO; /* memory ran out */
  if (!request->known) return take_head(request, method, version);
  if (*upload_bytes > 0) {
    take_body(request, upload, *upload_bytes);
    *upload_bytes = 0;
    return MHD_YES;
  }
  pi_link_enter(request->link, PI_LINK_WORK);
  return request->failed && !request->resumed ? refuse(request, true)
                                              : ANSWERS[request->endpoint->id](request);
}

void pi_request_end(void *context, struct MHD_Connection *connection, void **ended,
                    enum MHD_RequestTerminationCode code) {
  pi_lane *lane = context;
  pi_request *request = *ended;
  (void)connection, (void)code;
  *ended = NULL;
  if (request == NULL) return;
  if (request->status != 0)
    pi_metrics_answered(&lane->server->metrics,
                        request->endpoint != NULL ? request->endpoint->id : PI_ENDPOINT_COUNT,
                        request->status, pi_stopwatch_now() - request->begun);
  pi_link_enter(request->link, PI_LINK_IDLE);
  pi_lane_end_request(request);
}
