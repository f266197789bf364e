#include "problem.h"

#include <stdio.h>

#include "errors.h"
#include "outline.h"

unsigned pi_problem_status(const pubint_error *error) {
  switch (error->code) {
#define PROBLEM(code, status)                                                                                \
  case PI_E_##code:                                                                                          \
    return status;
#define TITLE(status, title)
#include "problems.def"
#undef PROBLEM
#undef TITLE
  default: break;
  }
  switch (error->status) {
  case PUBINT_E_INPUT:
  case PUBINT_E_POLICY: return 422;
  case PUBINT_E_USAGE: return 400;
  case PUBINT_E_UNMET: return 409;
  case PUBINT_E_LIMIT:
  case PUBINT_E_SYSTEM: return 503;
  case PUBINT_OK: break;
  }
  return 500;
}

const char *pi_problem_title(unsigned status) {
  switch (status) {
#define PROBLEM(code, status)
#define TITLE(status, title)                                                                                 \
  case status:                                                                                               \
    return title;
#include "problems.def"
#undef PROBLEM
#undef TITLE
  default: return "Error";
  }
}

static void put_given(pi_outline *o, const char *key, const char *text) {
  if (text[0] != '\0') pi_outline_text(o, key, text);
}

void pi_problem_write(pi_buffer *out, const pubint_error *error, pi_slice case_id, pi_slice trace_id) {
  pi_outline o = {.out = out, .compact = true};
  unsigned status = pi_problem_status(error);
  char type[32];
  snprintf(type, sizeof type, "urn:pubint:error:E%04u", error->code);
  pi_outline_open(&o, NULL, '{');
  pi_outline_text(&o, "type", type);
  pi_outline_text(&o, "title", pi_problem_title(status));
  pi_outline_count(&o, "status", status);
  pi_outline_text(&o, "detail", error->message);
  pi_outline_code(&o, "code", error->code);
  put_given(&o, "file", error->file);
  if (error->status == PUBINT_E_INPUT) pi_outline_text(&o, "path", error->path);
  if (error->line > 0) pi_outline_count(&o, "line", error->line);
  if (error->column > 0) pi_outline_count(&o, "column", error->column);
  put_given(&o, "found", error->found);
  put_given(&o, "expected", error->expected);
  put_given(&o, "hint", error->hint);
  if (case_id.len > 0) pi_outline_string(&o, "case_id", case_id);
  if (trace_id.len > 0) pi_outline_string(&o, "trace_id", trace_id);
  pi_outline_close(&o, '}');
  pi_buffer_byte(out, '\n');
}
