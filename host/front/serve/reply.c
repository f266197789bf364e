#include "reply.h"

#include "errors.h"
#include "problem.h"

enum { STREAM_BYTES = 32 * 1024 };

static void put(struct MHD_Response *response, const char *name, const char *value) {
  (void)MHD_add_response_header(response, name, value);
}

/* Takes the response, which may be NULL: memory ran out. */
static enum MHD_Result send_it(pi_request *request, unsigned status, const char *type, bool close,
                               struct MHD_Response *response) {
  if (response == NULL) return MHD_NO;
  put(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  put(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  put(response, "X-Content-Type-Options", "nosniff");
  if (request->trace.text[0] != '\0') put(response, "traceparent", request->trace.text);
  if (close || atomic_load_explicit(&request->lane->server->stopping, memory_order_relaxed))
    put(response, MHD_HTTP_HEADER_CONNECTION, "close");
  request->status = status;
  pi_link_enter(request->link, PI_LINK_ANSWER);
  enum MHD_Result queued = MHD_queue_response(request->connection, status, response);
  MHD_destroy_response(response);
  return queued;
}

static struct MHD_Response *copy_of(pi_slice bytes) {
  return MHD_create_response_from_buffer(bytes.len, (void *)(uintptr_t)bytes.ptr, MHD_RESPMEM_MUST_COPY);
}

enum MHD_Result pi_reply_bytes(pi_request *request, unsigned status, const char *type, pi_slice bytes) {
  return send_it(request, status, type, false, copy_of(bytes));
}

enum MHD_Result pi_reply_out(pi_request *request, const char *type) {
  const pi_buffer *out = &request->lane->out;
  if (!out->failed) return pi_reply_bytes(request, MHD_HTTP_OK, type, (pi_slice){out->data, out->len});
  pubint_error error;
  pi_error_set(&error, PI_E_NO_MEMORY);
  return pi_reply_problem(request, &error, (pi_slice){"", 0}, false);
}

enum MHD_Result pi_reply_problem(pi_request *request, const pubint_error *error, pi_slice case_id,
                                 bool close) {
  pi_lane *lane = request->lane;
  pubint_error told = *error;
  if (lane->server->no_excerpts) pi_error_unquote(&told);
  pi_buffer_reset(&lane->out);
  pi_problem_write(&lane->out, &told, case_id, pi_traceparent_id(&request->trace));
  pi_metrics_refused(&lane->server->metrics, error->code);
  unsigned status = pi_problem_status(error);
  struct MHD_Response *response = copy_of((pi_slice){lane->out.data, lane->out.len});
  if (response == NULL || lane->out.failed) return MHD_NO;
  if (status == MHD_HTTP_METHOD_NOT_ALLOWED) put(response, MHD_HTTP_HEADER_ALLOW, error->expected);
  if (status == MHD_HTTP_UNAUTHORIZED) put(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
  if (status == MHD_HTTP_TOO_MANY_REQUESTS || status == MHD_HTTP_SERVICE_UNAVAILABLE)
    put(response, MHD_HTTP_HEADER_RETRY_AFTER, "1");
  return send_it(request, status, PI_PROBLEM_TYPE, close, response);
}

enum MHD_Result pi_reply_stream(pi_request *request, const char *type, MHD_ContentReaderCallback read) {
  return send_it(request, MHD_HTTP_OK, type, false,
                 MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BYTES, read, request, NULL));
}
