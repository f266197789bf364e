#include "json_pretty.h"

#include <stdbool.h>

static void new_line(pi_buffer *out, unsigned depth) {
  pi_buffer_byte(out, '\n');
  for (unsigned i = 0; i < depth; i++) pi_buffer_text(out, "  ");
}

static const char *behind_string(const char *p, const char *end) {
  for (p++; p < end && *p != '"'; p++) p += *p == '\\';
  return p < end ? p + 1 : end;
}

/* Whether the list at `p` holds no list and no object. */
static bool is_plain_list(const char *p, const char *end) {
  if (*p != '[') return false;
  for (p++; p < end && *p != ']';) {
    if (*p == '[' || *p == '{') return false;
    p = *p == '"' ? behind_string(p, end) : p + 1;
  }
  return true;
}

static const char *put_plain_list(pi_buffer *out, const char *p, const char *end) {
  while (p < end && *p != ']') {
    const char *next = *p == '"' ? behind_string(p, end) : p + 1;
    pi_buffer_append(out, p, (size_t)(next - p));
    if (*p == ',') pi_buffer_byte(out, ' ');
    p = next;
  }
  pi_buffer_byte(out, ']');
  return p < end ? p + 1 : end;
}

void pi_json_pretty(pi_buffer *out, pi_slice text) {
  const char *p = text.ptr, *end = text.ptr + text.len;
  unsigned depth = 0;
  while (p < end) {
    char byte = *p;
    bool opens = byte == '{' || byte == '[', closes = byte == '}' || byte == ']';
    if (byte == '"') {
      const char *next = behind_string(p, end);
      pi_buffer_append(out, p, (size_t)(next - p));
      p = next;
      continue;
    }
    if (opens && is_plain_list(p, end)) {
      p = put_plain_list(out, p, end);
      continue;
    }
    if (closes && depth > 0) depth--;
    if (closes && p[-1] != '{' && p[-1] != '[') new_line(out, depth);
    if (byte != '\n' || depth == 0) pi_buffer_byte(out, byte);
    if (opens) depth++;
    if (byte == ':') pi_buffer_byte(out, ' ');
    bool empty = opens && p + 1 < end && (p[1] == '}' || p[1] == ']');
    if ((opens && !empty) || (byte == ',' && depth > 0)) new_line(out, depth);
    p++;
  }
}
