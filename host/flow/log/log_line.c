#include "log_line.h"

#include <stdio.h>

#include "errors.h"
#include "json_read.h"
#include "json_write.h"
#include "line.h"
#include "redact.h"
#include "times.h"

const char PI_LOG_NO_LINK[PI_SHA256_HEX + 1] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/* ---- writing ---- */

/* JSON lets a line break stand between tokens alone: within strings it is escaped. */
static void put_value(pi_buffer *out, pi_slice value) {
  size_t begin = out->len;
  while (value.len > 0 && (value.ptr[value.len - 1] == '\n' || value.ptr[value.len - 1] == '\r')) value.len--;
  pi_buffer_slice(out, value);
  for (size_t i = begin; i < out->len; i++) {
    if (out->data[i] == '\n' || out->data[i] == '\r') out->data[i] = ' ';
  }
}

static void put_time(pi_buffer *out, int64_t at_us) {
  enum { SECOND = 1000000, TO_SECONDS = sizeof "2020-05-29T04:53:00" - 1 };
  char time[PI_TIME_BYTES];
  int64_t part = at_us % SECOND;
  if (part < 0) part += SECOND;
  pi_time_write((at_us - part) / SECOND, time);
  pi_buffer_printf(out, "\"%.*s.%06dZ\"", TO_SECONDS, time, (int)part);
}

/* Where the text of a case's Tweet stands in its bytes, quotes included; .ptr NULL: it has none. */
static pubint_status find_text(pi_slice input, pi_arena *arena, pi_slice *out, pubint_error *error) {
  static const pi_json_tree_limits ANY = {PI_LOG_LINE_MAX, PI_JSON_DEPTH_MAX / 2, PI_E_LOG_LINE,
                                          PI_E_LOG_LINE};
  pi_json json;
  pi_slice key;
  bool more = true;
  unsigned level = 0;
  pubint_status status = pi_json_init(&json, input, 1, arena, PI_JSON_DEPTH_MAX, error);
  *out = (pi_slice){NULL, 0};
  if (status == PUBINT_OK) status = pi_json_enter_object(&json);
  while (status == PUBINT_OK) {
    status = pi_json_next_key(&json, &key, NULL, &more);
    if (status != PUBINT_OK || !more) break;
    pi_json_kind kind = pi_json_peek(&json);
    if (level == 0 && kind == PI_JSON_OBJECT && pi_slice_equal(key, PI_SLICE("tweet"))) {
      level++;
      status = pi_json_enter_object(&json);
    } else if (level == 1 && kind == PI_JSON_STRING && pi_slice_equal(key, PI_SLICE("text"))) {
      pi_slice text;
      const char *begin = json.value;
      status = pi_json_string(&json, &text);
      *out = (pi_slice){begin, (size_t)(json.p - begin)};
      break;
    } else {
      pi_tree passed;
      status = pi_json_tree(&json, &ANY, &passed);
    }
  }
  return status;
}

static pubint_status put_blotted(pi_buffer *out, pi_slice input, pubint_error *error) {
  pi_line line;
  pi_slice there = {NULL, 0}, blotted = {NULL, 0};
  pi_line_init(&line);
  pubint_status status = pi_line_read(&line, input, 1);
  if (status != PUBINT_OK) *error = line.refusal;
  if (status == PUBINT_OK && !pi_redact(&line.input, &line.arena, &blotted))
    status = pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK) status = find_text(input, &line.arena, &there, error);
  if (status == PUBINT_OK && there.ptr != NULL && blotted.ptr != NULL) {
    size_t before = (size_t)(there.ptr - input.ptr);
    put_value(out, (pi_slice){input.ptr, before});
    pi_json_write_string(out, blotted);
    put_value(out, (pi_slice){there.ptr + there.len, input.len - before - there.len});
  } else if (status == PUBINT_OK) {
    put_value(out, input);
  }
  pi_line_dispose(&line);
  return status;
}

pubint_status pi_log_line_body(pi_buffer *out, const pi_log_record *record, bool redact,
                               pubint_error *error) {
  pubint_status status = PUBINT_OK;
  pi_buffer_text(out, ",\"at\":");
  put_time(out, record->at_us);
  pi_buffer_text(out, ",\"trace\":");
  if (record->trace.ptr != NULL)
    pi_json_write_string(out, record->trace);
  else
    pi_buffer_text(out, "null");
  pi_buffer_text(out, ",\"case\":");
  if (redact)
    status = put_blotted(out, record->input, error);
  else
    put_value(out, record->input);
  pi_buffer_text(out, ",\"evaluation\":");
  put_value(out, record->evaluation);
  if (record->shadow.ptr != NULL) {
    pi_buffer_text(out, ",\"shadow\":");
    put_value(out, record->shadow);
  }
  if (redact) pi_buffer_text(out, ",\"redacted\":true");
  if (status == PUBINT_OK && out->failed)
    status = pi_error_set(error, out->full ? PI_E_LOG_LINE : PI_E_NO_MEMORY);
  return status;
}

static void link_of(pi_slice linked, const char before[PI_SHA256_HEX + 1], char link[PI_SHA256_HEX + 1]) {
  pi_sha256 sum;
  pi_sha256_begin(&sum);
  pi_sha256_add(&sum, before, PI_SHA256_HEX);
  pi_sha256_add(&sum, linked.ptr, linked.len);
  pi_sha256_add(&sum, "}", 1);
  pi_sha256_hex(&sum, link);
}

void pi_log_line_put(pi_buffer *out, uint64_t n, pi_slice body, char link[PI_SHA256_HEX + 1]) {
  size_t begin = out->len;
  char now[PI_SHA256_HEX + 1];
  if (!pi_buffer_reserve(out, body.len + PI_LOG_LINE_AROUND)) return;
  pi_buffer_printf(out, "{\"n\":%llu", (unsigned long long)n);
  pi_buffer_slice(out, body);
  link_of((pi_slice){out->data + begin, out->len - begin}, link, now);
  memcpy(link, now, sizeof now);
  pi_buffer_printf(out, ",\"link\":\"%s\"}\n", link);
}

/* ---- reading ---- */

/* What is left of a line that is JSON. */
typedef struct rest {
  const char *p, *end;
} rest;

static bool take(rest *self, const char *literal) {
  size_t length = strlen(literal);
  if ((size_t)(self->end - self->p) < length || memcmp(self->p, literal, length) != 0) return false;
  self->p += length;
  return true;
}

static bool take_number(rest *self, uint64_t *out) {
  enum { DIGITS_MAX = 19 };
  const char *begin = self->p;
  for (*out = 0; self->p < self->end && *self->p >= '0' && *self->p <= '9'; self->p++) {
    if (self->p - begin >= DIGITS_MAX) return false;
    *out = *out * 10 + (uint64_t)(*self->p - '0');
  }
  return self->p > begin;
}

static void pass_string(rest *self) {
  for (self->p++; self->p < self->end && *self->p != '"'; self->p++) {
    if (*self->p == '\\') self->p++;
  }
  self->p = self->p < self->end ? self->p + 1 : self->end;
}

/* A value with the blanks about it; false at the end of the text. */
static bool take_value(rest *self, pi_slice *out) {
  const char *begin = self->p;
  size_t depth = 0;
  while (self->p < self->end) {
    char c = *self->p;
    if (depth == 0 && (c == ',' || c == '}')) break;
    if (c == '"') {
      pass_string(self);
      continue;
    }
    if (c == '{' || c == '[') depth++;
    if (c == '}' || c == ']') depth--;
    self->p++;
  }
  *out = (pi_slice){begin, (size_t)(self->p - begin)};
  return self->p < self->end && out->len > 0;
}

static bool take_members(pi_log_line *out, pi_slice text) {
  rest left = {text.ptr, text.ptr + text.len};
  pi_slice passed;
  *out = (pi_log_line){0};
  if (!take(&left, "{\"n\":") || !take_number(&left, &out->n)) return false;
  if (!take(&left, ",\"at\":\"") || left.p >= left.end) return false;
  left.p--;
  if (!take_value(&left, &passed)) return false;
  if (!take(&left, ",\"trace\":") || !take_value(&left, &passed)) return false;
  if (!take(&left, ",\"case\":") || !take_value(&left, &out->input)) return false;
  if (!take(&left, ",\"evaluation\":") || !take_value(&left, &out->evaluation)) return false;
  if (take(&left, ",\"shadow\":") && !take_value(&left, &out->shadow)) return false;
  out->redacted = take(&left, ",\"redacted\":true");
  out->linked = (pi_slice){text.ptr, (size_t)(left.p - text.ptr)};
  if (!take(&left, ",\"link\":\"") || left.end - left.p != PI_SHA256_HEX + 2) return false;
  out->link = (pi_slice){left.p, PI_SHA256_HEX};
  left.p += PI_SHA256_HEX;
  return take(&left, "\"}");
}

pubint_status pi_log_line_read(pi_log_line *out, pi_slice text, pi_arena *arena, pubint_error *error) {
  pubint_error syntax = {0};
  *out = (pi_log_line){0};
  pubint_status status = pi_json_check(text, arena, PI_JSON_DEPTH_MAX, &syntax);
  if (status == PUBINT_E_SYSTEM) return pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK) return take_members(out, text) ? PUBINT_OK : pi_error_set(error, PI_E_LOG_LINE);
  return pi_error_setf(error, PI_E_LOG_LINE, "not a line of a decision log: %.200s", syntax.message);
}

pi_slice pi_log_line_text(pi_slice object, const char *key) {
  rest left = {object.ptr, object.ptr + object.len};
  size_t length = strlen(key);
  pi_slice value;
  if (!take(&left, "{")) return (pi_slice){"", 0};
  while (left.p < left.end && *left.p == '"') {
    const char *begin = left.p + 1;
    pass_string(&left);
    bool is = (size_t)(left.p - begin) == length + 1 && memcmp(begin, key, length) == 0;
    if (!take(&left, ":") || !take_value(&left, &value)) break;
    if (is && value.len >= 2 && value.ptr[0] == '"') return (pi_slice){value.ptr + 1, value.len - 2};
    if (!take(&left, ",")) break;
  }
  return (pi_slice){"", 0};
}

void pi_log_line_link(const pi_log_line *line, const char before[PI_SHA256_HEX + 1],
                      char link[PI_SHA256_HEX + 1]) {
  link_of(line->linked, before, link);
}
