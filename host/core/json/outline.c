#include "outline.h"

#include "json_write.h"
#include "times.h"
#include "utf8.h"

static void begin_line(pi_outline *outline) {
  if (outline->compact) return;
  pi_buffer_byte(outline->out, '\n');
  for (unsigned i = 0; i < outline->depth; i++) pi_buffer_text(outline->out, "  ");
}

void pi_outline_key(pi_outline *outline, const char *key) {
  if (outline->depth > 0) {
    if (!outline->first) pi_buffer_text(outline->out, outline->breaks ? ",\n" : ",");
    begin_line(outline);
  }
  outline->first = outline->breaks = false;
  if (key == NULL) return;
  pi_json_write_string(outline->out, pi_slice_of(key));
  pi_buffer_text(outline->out, outline->compact ? ":" : ": ");
}

void pi_outline_open(pi_outline *outline, const char *key, char bracket) {
  pi_outline_key(outline, key);
  pi_buffer_byte(outline->out, bracket);
  outline->depth++;
  outline->first = true;
}

void pi_outline_close(pi_outline *outline, char bracket) {
  outline->depth--;
  if (!outline->first) begin_line(outline);
  pi_buffer_byte(outline->out, bracket);
  outline->first = false;
  if (outline->depth == 0 && !outline->compact) pi_buffer_byte(outline->out, '\n');
}

pi_outline pi_outline_begin(pi_buffer *out) {
  pi_outline outline = {.out = out, .compact = true};
  pi_outline_open(&outline, NULL, '{');
  pi_outline_count(&outline, "v", 1);
  return outline;
}

void pi_outline_end(pi_outline *outline) {
  pi_outline_close(outline, '}');
  pi_buffer_byte(outline->out, '\n');
}

void pi_outline_break(pi_outline *outline) {
  outline->breaks = outline->compact;
}

void pi_outline_string(pi_outline *outline, const char *key, pi_slice value) {
  pi_outline_key(outline, key);
  pi_json_write_string(outline->out, value);
}

void pi_outline_text(pi_outline *outline, const char *key, const char *value) {
  pi_outline_string(outline, key, pi_slice_of(value));
}

void pi_outline_given(pi_outline *outline, const char *key, pi_slice value) {
  if (value.ptr != NULL) pi_outline_string(outline, key, value);
}

void pi_outline_bytes(pi_outline *outline, const char *key, pi_slice bytes) {
  if (bytes.ptr == NULL || pi_utf8_check(bytes) == bytes.ptr + bytes.len) {
    pi_outline_given(outline, key, bytes);
    return;
  }
  pi_buffer shown;
  pi_buffer_init(&shown, outline->out->max);
  pi_utf8_show(&shown, bytes, false);
  if (shown.failed) outline->out->failed = true;
  pi_outline_string(outline, key, (pi_slice){shown.data, shown.len});
  pi_buffer_dispose(&shown);
}

void pi_outline_bool(pi_outline *outline, const char *key, bool value) {
  pi_outline_raw(outline, key, value ? "true" : "false");
}

void pi_outline_count(pi_outline *outline, const char *key, uint64_t value) {
  pi_outline_key(outline, key);
  pi_buffer_printf(outline->out, "%llu", (unsigned long long)value);
}

void pi_outline_integer(pi_outline *outline, const char *key, int64_t value) {
  pi_outline_decimal(outline, key, value, 0);
}

void pi_outline_decimal(pi_outline *outline, const char *key, int64_t value, unsigned decimals) {
  pi_outline_key(outline, key);
  pi_json_write_decimal(outline->out, value, decimals);
}

void pi_outline_time(pi_outline *outline, const char *key, int64_t at) {
  char text[PI_TIME_BYTES];
  pi_time_write(at, text);
  pi_outline_text(outline, key, text);
}

void pi_outline_code(pi_outline *outline, const char *key, unsigned code) {
  pi_outline_key(outline, key);
  pi_buffer_printf(outline->out, "\"E%04u\"", code);
}

void pi_outline_raw(pi_outline *outline, const char *key, const char *json) {
  pi_outline_json(outline, key, pi_slice_of(json));
}

void pi_outline_json(pi_outline *outline, const char *key, pi_slice json) {
  pi_outline_key(outline, key);
  pi_buffer_slice(outline->out, json);
}

void pi_outline_strings(pi_outline *outline, const char *key, const pi_slice *values, size_t count,
                        bool null) {
  const char *comma = outline->compact ? "," : ", ";
  pi_outline_key(outline, key);
  pi_buffer_byte(outline->out, '[');
  for (size_t i = 0; i < count; i++) {
    if (i > 0) pi_buffer_text(outline->out, comma);
    pi_json_write_string(outline->out, values[i]);
  }
  if (null && count > 0) pi_buffer_text(outline->out, comma);
  pi_buffer_text(outline->out, null ? "null]" : "]");
}
