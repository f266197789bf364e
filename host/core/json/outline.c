#include "outline.h"

#include "json_write.h"

static void begin_line(pi_outline *outline) {
  pi_buffer_byte(outline->out, '\n');
  for (unsigned i = 0; i < outline->depth; i++) pi_buffer_text(outline->out, "  ");
}

static void begin(pi_outline *outline, const char *key) {
  if (outline->depth > 0) {
    if (!outline->first) pi_buffer_byte(outline->out, ',');
    begin_line(outline);
  }
  outline->first = false;
  if (key == NULL) return;
  pi_json_write_string(outline->out, pi_slice_of(key));
  pi_buffer_text(outline->out, ": ");
}

void pi_outline_open(pi_outline *outline, const char *key, char bracket) {
  begin(outline, key);
  pi_buffer_byte(outline->out, bracket);
  outline->depth++;
  outline->first = true;
}

void pi_outline_close(pi_outline *outline, char bracket) {
  outline->depth--;
  if (!outline->first) begin_line(outline);
  pi_buffer_byte(outline->out, bracket);
  outline->first = false;
  if (outline->depth == 0) pi_buffer_byte(outline->out, '\n');
}

void pi_outline_string(pi_outline *outline, const char *key, pi_slice value) {
  begin(outline, key);
  pi_json_write_string(outline->out, value);
}

void pi_outline_bool(pi_outline *outline, const char *key, bool value) {
  pi_outline_raw(outline, key, value ? "true" : "false");
}

void pi_outline_count(pi_outline *outline, const char *key, long long value) {
  begin(outline, key);
  pi_buffer_printf(outline->out, "%lld", value);
}

void pi_outline_raw(pi_outline *outline, const char *key, const char *json) {
  begin(outline, key);
  pi_buffer_text(outline->out, json);
}

void pi_outline_strings(pi_outline *outline, const char *key, const pi_slice *values, size_t count,
                        bool null) {
  begin(outline, key);
  pi_buffer_byte(outline->out, '[');
  for (size_t i = 0; i < count; i++) {
    if (i > 0) pi_buffer_text(outline->out, ", ");
    pi_json_write_string(outline->out, values[i]);
  }
  if (null) pi_buffer_text(outline->out, count > 0 ? ", null" : "null");
  pi_buffer_byte(outline->out, ']');
}
