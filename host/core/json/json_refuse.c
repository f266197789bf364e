#include "errors.h"
#include "json_inside.h"
#include "json_read.h"
#include "utf8.h"

#include <stdio.h>

/* A field that is filled a whole character at a time; what does not fit any more ends it. */
typedef struct field {
  char *text;
  size_t size;
  size_t len;
  bool full;
} field;

static void put(field *to, const char *bytes, size_t len) {
  if (to->full || to->len + len >= to->size) {
    to->full = true;
    return;
  }
  memcpy(to->text + to->len, bytes, len);
  to->len += len;
  to->text[to->len] = '\0';
}

/* A key as a JSON pointer has it: ~ and / as ~0 and ~1; control bytes as "?", since a field is one line. */
static void put_key(field *to, pi_slice key) {
  const char *end = key.ptr + key.len;
  for (const char *p = key.ptr; p < end && !to->full;) {
    size_t bytes = pi_utf8_sequence(p, end);
    unsigned char byte = (unsigned char)*p;
    if (byte == '~') {
      put(to, "~0", 2);
    } else if (byte == '/') {
      put(to, "~1", 2);
    } else if (bytes == 0 || byte < 0x20 || byte == 0x7f) {
      put(to, "?", 1);
    } else {
      put(to, p, bytes);
    }
    p += bytes > 0 ? bytes : 1;
  }
}

static void write_path(const pi_json *json, char *text, size_t size) {
  field to = {.text = text, .size = size};
  text[0] = '\0';
  for (unsigned i = 0; i < json->depth && !to.full; i++) {
    const pi_json_step *step = &json->path[i];
    if (step->key.ptr == NULL && step->index == PI_JSON_NO_INDEX) continue;
    put(&to, "/", 1);
    if (step->key.ptr != NULL) {
      put_key(&to, step->key);
    } else {
      char index[24];
      int len = snprintf(index, sizeof index, "%zu", step->index);
      put(&to, index, (size_t)len);
    }
  }
}

/* Lines are counted only here, so that reading what is right costs nothing for it. */
static void find_place(const pi_json *json, const char *at, uint64_t *line, uint64_t *column) {
  const char *line_begin = json->begin;
  *line = json->line;
  for (const char *p = json->begin; p < at; p++) {
    if (*p != '\n') continue;
    ++*line;
    line_begin = p + 1;
  }
  *column = (uint64_t)(at - line_begin) + 1;
}

static void set_field(char *text, size_t size, const char *value) {
  if (value != NULL) pi_error_field(text, size, value, strlen(value));
}

pubint_status pi_json_refuse(pi_json *json, const char *at, unsigned code, const char *found,
                             const char *expected, const char *hint) {
  pubint_error *error = json->error;
  if (error == NULL || error->status != PUBINT_OK) return PUBINT_E_INPUT;
  pi_error_set(error, (pi_code)code);
  find_place(json, at, &error->line, &error->column);
  write_path(json, error->path, sizeof error->path);
  set_field(error->found, sizeof error->found, found);
  set_field(error->expected, sizeof error->expected, expected);
  set_field(error->hint, sizeof error->hint, hint);
  return PUBINT_E_INPUT;
}

pubint_status pi_json_no_memory(pi_json *json) {
  pubint_error *error = json->error;
  if (error != NULL && error->status == PUBINT_OK) {
    pi_error_set(error, PI_E_NO_MEMORY);
    error->line = json->line;
  }
  return PUBINT_E_SYSTEM;
}

/* Blanks that JSON does not count as such, and signs that show as nothing or on the sign before: a name says
 * more than a picture. */
static bool is_invisible(uint32_t code) {
  static const uint32_t RANGES[][2] = {
      {0, 0xA0},        {0x300, 0x36F},   {0x61C, 0x61C},     {0x2000, 0x200F}, {0x2028, 0x202F},
      {0x205F, 0x206F}, {0x20D0, 0x20F0}, {0x3000, 0x3000},   {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
      {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF},
  };
  for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++) {
    if (code >= RANGES[i][0] && code <= RANGES[i][1]) return true;
  }
  return false;
}

static void describe_byte(const pi_json *json, const char *at, char *out, size_t size) {
  unsigned char byte = (unsigned char)*at;
  size_t bytes = pi_utf8_sequence(at, json->end);
  if (bytes == 0 || byte < 0x20 || byte == 0x7f) {
    snprintf(out, size, "the byte 0x%02X", byte);
  } else if (byte == '"') {
    snprintf(out, size, "a double quote");
  } else if (bytes == 1) {
    snprintf(out, size, "\"%c\"", byte);
  } else {
    uint32_t code = pi_utf8_decode(at, &bytes);
    if (is_invisible(code)) {
      snprintf(out, size, "the character U+%04X", (unsigned)code);
    } else {
      snprintf(out, size, "\"%.*s\" (U+%04X)", (int)bytes, at, (unsigned)code);
    }
  }
}

static bool is_word_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || pi_json_is_digit(byte) ||
         byte == '_';
}

static bool is_number_byte(char byte) {
  return is_word_byte(byte) || byte == '.' || byte == '+' || byte == '-';
}

/* What people who come from a more lenient format should know; NULL where nothing fits. */
static const char *hint_for(const pi_json *json, const char *at) {
  const char *before = at;
  while (before > json->begin && (unsigned char)before[-1] <= ' ') before--;
  bool comma = before > json->begin && before[-1] == ',';
  switch (*at) {
  case ']':
  case '}': return comma ? "JSON has no comma before a closing bracket" : NULL;
  case '\'': return "JSON has double quotes only";
  case '/':
  case '#': return "JSON has no comments";
  default: return NULL;
  }
}

pubint_status pi_json_refuse_byte(pi_json *json, const char *at, unsigned code, const char *expected) {
  if (json->error == NULL) return PUBINT_E_INPUT;
  if (at == json->end)
    return pi_json_refuse(json, at, PI_E_UNFINISHED, "the end of the text", expected, NULL);
  char found[48];
  describe_byte(json, at, found, sizeof found);
  if (pi_utf8_sequence(at, json->end) == 0) code = PI_E_NOT_UTF8;
  return pi_json_refuse(json, at, code, found, expected, hint_for(json, at));
}

pubint_status pi_json_refuse_word(pi_json *json, const char *at, unsigned code, const char *expected) {
  enum { WORD_BYTES_MAX = 32 };
  size_t len = 0;
  while (at + len < json->end && len < WORD_BYTES_MAX && is_word_byte(at[len])) len++;
  if (len == 0) return pi_json_refuse_byte(json, at, code, expected);
  char found[WORD_BYTES_MAX + 3];
  snprintf(found, sizeof found, "\"%.*s\"", (int)len, at);
  return pi_json_refuse(json, at, code, found, expected, NULL);
}

/* `text` between the marks, cut at a character's end with … when it is long. */
static void describe_text(pi_slice text, const char *before, const char *behind, char *out, size_t size) {
  enum { SHOWN_BYTES_MAX = 48 };
  field to = {.text = out, .size = size};
  const char *end = text.ptr + text.len;
  const char *p = text.ptr;
  put(&to, before, strlen(before));
  while (p < end) {
    size_t bytes = pi_utf8_sequence(p, end);
    if ((size_t)(p - text.ptr) + bytes > SHOWN_BYTES_MAX) break;
    put(&to, p, bytes);
    p += bytes;
  }
  if (p < end) put(&to, "…", sizeof "…" - 1);
  put(&to, behind, strlen(behind));
}

/* The string at `p` as it is written, without being taken; false where it is not well-formed to its end. */
static bool find_string(const pi_json *json, const char *p, pi_slice *out) {
  const char *begin = ++p;
  while (p < json->end && *p != '"') {
    if (*p == '\\' && p + 1 < json->end) p++;
    size_t bytes = pi_utf8_sequence(p, json->end);
    if (bytes == 0) return false;
    p += bytes;
  }
  *out = (pi_slice){begin, (size_t)(p - begin)};
  return p < json->end;
}

void pi_json_describe(pi_json *json, char *out, size_t size) {
  if (size == 0) return;
  out[0] = '\0';
  const char *p = json->value;
  pi_slice text = {p, 0};
  if (p == json->end) {
    describe_text(PI_SLICE("the end of the text"), "", "", out, size);
  } else if (*p == '{') {
    describe_text(PI_SLICE("an object"), "", "", out, size);
  } else if (*p == '[') {
    describe_text(PI_SLICE("an array"), "", "", out, size);
  } else if (*p == '"') {
    if (find_string(json, p, &text)) {
      describe_text(text, "\"", "\" (a string)", out, size);
    } else {
      describe_text(PI_SLICE("a string"), "", "", out, size);
    }
  } else if (*p == '-' || pi_json_is_digit(*p)) {
    while (p + text.len < json->end && is_number_byte(p[text.len])) text.len++;
    describe_text(text, "the number ", "", out, size);
  } else if (is_word_byte(*p)) {
    while (p + text.len < json->end && is_word_byte(p[text.len])) text.len++;
    describe_text(text, "", "", out, size);
  } else {
    describe_byte(json, p, out, size);
  }
}

pubint_status pi_json_refuse_repeat(pi_json *json, const char *at, const char *first) {
  pubint_error *error = json->error;
  if (error == NULL || error->status != PUBINT_OK) return PUBINT_E_INPUT;
  char found[64];
  pi_slice key = {at, 0};
  find_string(json, at, &key);
  describe_text(key, "\"", "\"", found, sizeof found);
  pi_json_refuse(json, at, PI_E_DUPLICATE_KEY, found, "each key once", NULL);
  uint64_t line;
  uint64_t column;
  find_place(json, first, &line, &column);
  size_t used = strlen(error->message);
  snprintf(error->message + used, sizeof error->message - used, ", first at line %llu, column %llu",
           (unsigned long long)line, (unsigned long long)column);
  return PUBINT_E_INPUT;
}
