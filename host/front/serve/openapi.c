#include "openapi.h"

#include <stdio.h>

#include <pubint/engine.h>

#include "endpoints.h"
#include "errors.h"
#include "outline.h"
#include "problem.h"
#include "schema.h"

enum { SCHEMA_BYTES_MAX = 1024 * 1024 };

/* A name in capitals at the end of a path, as "{name}"; *name gets it in small letters, "" where there is
 * none. */
static void put_path(const pi_endpoint *row, char *path, size_t size, char *name, size_t name_size) {
  size_t fixed = row->path.len, at = 0;
  while (fixed > 0 && row->path.ptr[fixed - 1] >= 'A' && row->path.ptr[fixed - 1] <= 'Z') fixed--;
  for (size_t i = fixed; i < row->path.len && at + 1 < name_size; i++)
    name[at++] = (char)(row->path.ptr[i] | 0x20);
  name[at] = '\0';
  snprintf(path, size, at > 0 ? "%.*s{%s}" : "%.*s", (int)fixed, row->path.ptr, name);
}

/* --- an operation --- */

static void write_content(pi_outline *o, const char *type, const char *schema) {
  pi_outline_open(o, "content", '{');
  pi_outline_open(o, type, '{');
  pi_outline_open(o, "schema", '{');
  if (schema != NULL) pi_outline_text(o, "$ref", schema);
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
}

static void write_parameter(pi_outline *o, const char *name, const char *place, const char *about) {
  pi_outline_open(o, NULL, '{');
  pi_outline_text(o, "name", name);
  pi_outline_text(o, "in", place);
  pi_outline_text(o, "description", about);
  if (strcmp(place, "path") == 0) pi_outline_bool(o, "required", true);
  pi_outline_open(o, "schema", '{');
  pi_outline_text(o, "type", "string");
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
}

static void write_parameters(pi_outline *o, const pi_endpoint *row, const char *name) {
  if (name[0] == '\0' && row->body != PI_BODY_CASE) return;
  pi_outline_open(o, "parameters", '[');
  if (name[0] != '\0') write_parameter(o, name, "path", "which one");
  if (row->body == PI_BODY_CASE) {
    write_parameter(o, "explain", "query", "text: explain the outcome instead of giving the evaluation");
    write_parameter(o, "locale", "query", "the language of the explanation");
  }
  pi_outline_close(o, ']');
}

static void write_body(pi_outline *o, const pi_endpoint *row) {
  if (row->body == PI_BODY_NONE) return;
  bool one = row->body == PI_BODY_CASE;
  pi_outline_open(o, "requestBody", '{');
  pi_outline_bool(o, "required", true);
  write_content(o, one ? "application/json" : "application/x-ndjson",
                one ? "#/components/schemas/case" : NULL);
  pi_outline_close(o, '}');
}

static void write_answers(pi_outline *o, const pi_endpoint *row) {
  pi_outline_open(o, "responses", '{');
  pi_outline_open(o, "200", '{');
  pi_outline_text(o, "description", "What was asked for");
  write_content(o, row->type, row->id == PI_ENDPOINT_EVALUATE ? "#/components/schemas/evaluation" : NULL);
  pi_outline_close(o, '}');
  pi_outline_open(o, "default", '{');
  pi_outline_text(o, "description", "A problem: the code says what is wrong, the hint how to mend it");
  write_content(o, PI_PROBLEM_TYPE, "#/components/schemas/problem");
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
}

static void write_operation(pi_outline *o, const pi_endpoint *row) {
  char path[64], name[32];
  put_path(row, path, sizeof path, name, sizeof name);
  pi_outline_open(o, path, '{');
  pi_outline_open(o, row->method == PI_ENDPOINT_POST ? "post" : "get", '{');
  pi_outline_text(o, "summary", row->summary);
  write_parameters(o, row, name);
  write_body(o, row);
  write_answers(o, row);
  if (row->scope != PI_SCOPE_OPEN) pi_outline_raw(o, "security", "[{\"token\":[]},{}]");
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
}

/* --- what they refer to --- */

static void write_schema(pi_outline *o, const char *name, void (*write)(pi_buffer *out)) {
  pi_buffer schema;
  pi_buffer_init(&schema, SCHEMA_BYTES_MAX);
  write(&schema);
  if (schema.failed) o->out->failed = true;
  while (schema.len > 0 && schema.data[schema.len - 1] == '\n') schema.len--;
  if (!schema.failed) pi_outline_json(o, name, (pi_slice){schema.data, schema.len});
  pi_buffer_dispose(&schema);
}

static const char PROBLEM_SCHEMA[] =
    "{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\",\"detail\",\"code\"],\"properties\":{"
    "\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
    "\"detail\":{\"type\":\"string\"},\"code\":{\"type\":\"string\",\"pattern\":\"^E[0-9]{4}$\"},"
    "\"file\":{\"type\":\"string\"},\"path\":{\"type\":\"string\"},\"line\":{\"type\":\"integer\"},"
    "\"column\":{\"type\":\"integer\"},\"found\":{\"type\":\"string\"},\"expected\":{\"type\":\"string\"},"
    "\"hint\":{\"type\":\"string\"},\"case_id\":{\"type\":\"string\"},\"trace_id\":{\"type\":\"string\"}}}";

void pi_openapi_write(pi_buffer *out) {
  pi_outline o = {.out = out, .compact = true};
  pi_outline_open(&o, NULL, '{');
  pi_outline_text(&o, "openapi", "3.1.0");
  pi_outline_open(&o, "info", '{');
  pi_outline_text(&o, "title", "pubint");
  pi_outline_text(&o, "version", pubint_version());
  pi_outline_close(&o, '}');
  pi_outline_open(&o, "paths", '{');
  for (size_t i = 0; i < PI_ENDPOINT_COUNT; i++) write_operation(&o, &PI_ENDPOINTS[i]);
  pi_outline_close(&o, '}');
  pi_outline_open(&o, "components", '{');
  pi_outline_open(&o, "schemas", '{');
  write_schema(&o, "case", pi_schema_case);
  write_schema(&o, "evaluation", pi_schema_evaluation);
  pi_outline_raw(&o, "problem", PROBLEM_SCHEMA);
  pi_outline_close(&o, '}');
  pi_outline_raw(&o, "securitySchemes", "{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}}");
  pi_outline_close(&o, '}');
  pi_outline_close(&o, '}');
  pi_buffer_byte(out, '\n');
}
