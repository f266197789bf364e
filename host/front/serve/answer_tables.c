/* What is told from tables and of the service itself: policy, facts, schemas, codes, health, counters. */
#include <stdio.h>

#include "answers.h"
#include "code_page.h"
#include "errors.h"
#include "facts_page.h"
#include "openapi.h"
#include "outline.h"
#include "policy_files.h"
#include "reply.h"
#include "schema.h"
#include "serve_log.h"

static const pi_slice NO_CASE = {"", 0};

static pi_outline begin(pi_request *request) {
  pi_buffer_reset(&request->lane->out);
  return pi_outline_begin(&request->lane->out);
}

static enum MHD_Result end(pi_request *request, pi_outline *o) {
  pi_outline_end(o);
  pi_buffer *out = &request->lane->out;
  if (out->len == 0 || out->data[out->len - 1] != '\n') pi_buffer_byte(out, '\n');
  return pi_reply_out(request, request->endpoint->type);
}

enum MHD_Result pi_answer_policy(pi_request *request) {
  const pubint_policy *policy = request->seat->policy->policy;
  pi_outline o = begin(request);
  pi_outline_string(&o, "policy", policy->id);
  pi_outline_string(&o, "name", policy->name);
  pi_outline_string(&o, "version", policy->version);
  pi_outline_string(&o, "description", policy->description);
  pi_outline_open(&o, "files", '[');
  pi_slice rest = policy->sums, hex, path;
  while (pi_policy_digest_next_line(&rest, &hex, &path)) {
    pi_outline_open(&o, NULL, '{');
    pi_outline_string(&o, "path", path);
    pi_outline_string(&o, "sha256", hex);
    pi_outline_close(&o, '}');
  }
  pi_outline_close(&o, ']');
  return end(request, &o);
}

enum MHD_Result pi_answer_facts(pi_request *request) {
  pi_buffer_reset(&request->lane->out);
  pi_facts_page_json(&request->lane->out, NULL);
  return pi_reply_out(request, request->endpoint->type);
}

static enum MHD_Result refuse_name(pi_request *request, pi_code code, const char *expected) {
  pubint_error error;
  pi_error_set(&error, code);
  pi_error_found(&error, request->name.ptr, request->name.len);
  snprintf(error.expected, sizeof error.expected, "%s", expected);
  return pi_reply_problem(request, &error, NO_CASE, false);
}

enum MHD_Result pi_answer_schema(pi_request *request) {
  static const struct {
    const char *name;
    void (*write)(pi_buffer *out);
  } SCHEMAS[] = {
      {"case", pi_schema_case}, {"evaluation", pi_schema_evaluation}, {"refusal", pi_schema_refusal}};
  for (size_t i = 0; i < sizeof SCHEMAS / sizeof SCHEMAS[0]; i++) {
    if (!pi_slice_equal(request->name, pi_slice_of(SCHEMAS[i].name))) continue;
    pi_buffer_reset(&request->lane->out);
    SCHEMAS[i].write(&request->lane->out);
    return pi_reply_out(request, request->endpoint->type);
  }
  return refuse_name(request, PI_E_NO_ENDPOINT, "case, evaluation or refusal");
}

enum MHD_Result pi_answer_code(pi_request *request) {
  char name[16];
  snprintf(name, sizeof name, "%.*s", (int)request->name.len, request->name.ptr);
  const pi_error_row *row = request->name.len < sizeof name ? pi_code_page_find(name) : NULL;
  if (row == NULL) return refuse_name(request, PI_E_UNKNOWN_TOPIC, "a code as in E1203");
  pi_outline o = begin(request);
  pi_outline_code(&o, "code", row->code);
  pi_outline_text(&o, "name", row->name);
  pi_outline_text(&o, "status", pubint_status_name(row->status));
  pi_outline_text(&o, "message", row->message);
  pi_outline_text(&o, "mend", row->mend);
  return end(request, &o);
}

enum MHD_Result pi_answer_openapi(pi_request *request) {
  pi_buffer_reset(&request->lane->out);
  pi_openapi_write(&request->lane->out);
  return pi_reply_out(request, request->endpoint->type);
}

/* --- of the service --- */

enum MHD_Result pi_answer_live(pi_request *request) {
  pi_outline o = begin(request);
  pi_outline_text(&o, "status", "alive");
  return end(request, &o);
}

enum MHD_Result pi_answer_ready(pi_request *request) {
  if (atomic_load(&request->lane->server->stopping)) {
    pubint_error error;
    pi_error_setf(&error, PI_E_NOT_NOW, "the service is stopping");
    return pi_reply_problem(request, &error, NO_CASE, true);
  }
  pubint_error unready;
  if (pi_serve_log_ready(request->lane->server, &unready) != PUBINT_OK)
    return pi_reply_problem(request, &unready, NO_CASE, false);
  pi_outline o = begin(request);
  pi_outline_text(&o, "status", "ready");
  pi_outline_string(&o, "policy", request->seat->policy->policy->id);
  return end(request, &o);
}

enum MHD_Result pi_answer_metrics(pi_request *request) {
  pi_lane *lane = request->lane;
  pi_buffer_reset(&lane->out);
  pi_metrics_write(&lane->server->metrics, request->seat->policy->policy->id, &lane->out);
  pi_serve_log_metrics(lane->server, &lane->out);
  return pi_reply_out(request, request->endpoint->type);
}
