#include "import_stream.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "file.h"
#include "json_read.h"

enum { NAME_BYTES_MAX = 128, READ_BYTES = 1024 * 1024, ARENA_BLOCK = 64 * 1024 };

/* A node takes some 50 bytes and stands for 20 of a payload; lists being read are moved as they double. */
#define ARENA_MAX ((size_t)1024 * 1024 * 1024)

/* --- bytes --- */

/* Appends up to `count` bytes; fewer are the end of the file. */
static pubint_status read_on(pi_source *source, pi_buffer *out, size_t count, bool *ended,
                             pubint_error *error) {
  if (!pi_buffer_reserve(out, count)) return pi_error_set(error, PI_E_NO_MEMORY);
  for (size_t done = 0; done < count && !*ended;) {
    size_t got;
    pubint_status status = pi_source_read(source, out->data + out->len, count - done, &got, error);
    if (status != PUBINT_OK) return status;
    *ended = got == 0;
    out->len += got;
    done += got;
  }
  return PUBINT_OK;
}

static pubint_status refuse_large(const char *name, uint64_t line, pubint_error *error) {
  pubint_status status = pi_error_set(error, PI_E_PAYLOAD_TOO_LARGE);
  if (error == NULL) return status;
  name = pi_file_shown_name(name);
  pi_error_field(error->file, sizeof error->file, name, strlen(name));
  error->line = line;
  snprintf(error->expected, sizeof error->expected, "at most %zu bytes", PI_IMPORT_VALUE_MAX);
  return status;
}

/* --- the stream --- */

static void begin(pi_import_stream *self, const char *name) {
  *self = (pi_import_stream){.name = pi_file_shown_name(name), .source.fd = -1, .line = 1};
  pi_buffer_init(&self->text, PI_IMPORT_VALUE_MAX + (size_t)2 * READ_BYTES);
  pi_arena_init(&self->arena, ARENA_BLOCK, ARENA_MAX);
}

pubint_status pi_import_stream_open(pi_import_stream *self, const char *name, pubint_error *error) {
  begin(self, name);
  return pi_source_open(&self->source, name, NULL, error);
}

pubint_status pi_import_stream_text(pi_import_stream *self, const char *name, pi_slice text,
                                    pubint_error *error) {
  begin(self, name);
  self->ended = true;
  self->window = text.len;
  pi_buffer_slice(&self->text, text);
  return self->text.failed ? pi_error_set(error, PI_E_NO_MEMORY) : PUBINT_OK;
}

void pi_import_stream_close(pi_import_stream *self) {
  pi_source_close(&self->source);
  pi_buffer_dispose(&self->text);
  pi_arena_dispose(&self->arena);
}

/* Gives away what was used and reads until there is twice as much as there was, and a whole line: what ends
 * with a line ends between two tokens, so that a value that is cut there is unfinished and nothing else. */
static pubint_status fill(pi_import_stream *self, pubint_error *error) {
  size_t kept = self->text.len - self->at;
  if (self->at > 0 && kept > 0) memmove(self->text.data, self->text.data + self->at, kept);
  self->line_begin = self->line_begin <= self->at ? 0 : self->line_begin - self->at;
  self->text.len = kept;
  self->at = 0;
  self->window = 0;
  pubint_status status = PUBINT_OK;
  while (status == PUBINT_OK && !self->ended && self->text.len <= PI_IMPORT_VALUE_MAX &&
         (self->text.len < kept * 2 || self->window == 0)) {
    size_t before = self->text.len;
    status = read_on(&self->source, &self->text, READ_BYTES, &self->ended, error);
    size_t end = self->text.len;
    while (end > before && self->text.data[end - 1] != '\n') end--;
    if (end > before) self->window = end;
  }
  if (self->ended || self->window == 0) self->window = self->text.len;
  self->failed = status != PUBINT_OK;
  return status;
}

/* Moves on over `count` bytes. */
static void move_on(pi_import_stream *self, size_t count) {
  for (size_t end = self->at + count; self->at < end;) {
    if (self->text.data[self->at++] != '\n') continue;
    self->line++;
    self->line_begin = self->at;
  }
}

static void skip_blanks(pi_import_stream *self) {
  const char *blanks = self->assigned ? " \t\r\n;" : " \t\r\n";
  while (self->at < self->window && strchr(blanks, self->text.data[self->at]) != NULL &&
         self->text.data[self->at] != '\0') {
    move_on(self, 1);
  }
}

/* At a file's beginning: the name and the "=" of an archive's assignment. Any other text is left to the
 * reader of JSON. */
static void skip_assignment(pi_import_stream *self) {
  static const char *const BEGINNINGS[] = {"window.YTD.", "Grailbird.data."};
  pi_slice text = {self->text.data + self->at, self->window - self->at};
  for (size_t i = 0; i < sizeof BEGINNINGS / sizeof *BEGINNINGS; i++) {
    size_t at = strlen(BEGINNINGS[i]);
    if (text.len < at || memcmp(text.ptr, BEGINNINGS[i], at) != 0) continue;
    while (at < text.len && at < NAME_BYTES_MAX && strchr("=[{\"\n", text.ptr[at]) == NULL) at++;
    if (at == text.len || text.ptr[at] != '=') return;
    self->assigned = true;
    move_on(self, at + 1);
    return;
  }
}

/* After a value that could not be read: goes to the next line, where that begins like this one did, as lines
 * of a JSONL file do; else there is no telling, and the rest is given up. */
static void resume(pi_import_stream *self, char opening, bool large, pubint_error *error) {
  bool bracket = opening == '{' || opening == '[';
  const char *p = self->text.data + self->at;
  const char *end = self->text.data + self->text.len;
  const char *newline = memchr(p, '\n', (size_t)(end - p));
  const char *line = newline != NULL ? newline + 1 : end;
  const char *next = line;
  while (next < end && (*next == '\n' || *next == '\r')) next++;
  if (!large && (next == end || !bracket || *next == opening)) {
    move_on(self, (size_t)(line - p));
    return;
  }
  self->at = self->window = self->text.len;
  self->ended = true;
  if (error->hint[0] == '\0') {
    snprintf(error->hint, sizeof error->hint, "what follows in the file was not read");
  }
}

/* Reads the value at `at` within the window. *used gets its bytes. */
static pubint_status parse(pi_import_stream *self, pi_tree *out, size_t *used, pubint_error *error) {
  static const pi_json_tree_limits LIMITS = {PI_IMPORT_VALUE_MAX, PI_JSON_DEPTH_MAX, PI_E_PAYLOAD_TOO_LARGE,
                                             PI_E_TOO_DEEP};
  pi_arena_reset(&self->arena);
  pi_slice text = {self->text.data + self->at, self->window - self->at};
  pi_json json;
  pubint_status status = pi_json_init(&json, text, self->line, &self->arena, PI_JSON_DEPTH_MAX, error);
  if (status == PUBINT_OK) status = pi_json_tree(&json, &LIMITS, out);
  if (status == PUBINT_OK) *used = (size_t)(json.p - text.ptr);
  if (status != PUBINT_E_INPUT) return status;
  pi_error_field(error->file, sizeof error->file, self->name, strlen(self->name));
  if (error->line == self->line) error->column += self->at - self->line_begin;
  return status;
}

/* Goes to where the next value begins, with at least its first line to read; `at` is the window's end where
 * there is none. */
static pubint_status find_value(pi_import_stream *self, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  size_t skipped = self->at;
  skip_blanks(self);
  skipped = self->at - skipped;
  while (status == PUBINT_OK && self->at == self->window && !self->ended) {
    status = fill(self, error);
    if (status != PUBINT_OK) return status;
    size_t begin = self->at;
    skip_blanks(self);
    skipped += self->at - begin;
    if (skipped <= PI_IMPORT_VALUE_MAX) continue;
    /* As much as a value may take: what is packed could hold blanks without end. */
    self->at = self->window = self->text.len;
    self->ended = true;
    return refuse_large(self->name, self->line, error);
  }
  if (status == PUBINT_OK && !self->begun) skip_assignment(self);
  self->begun = true;
  if (self->assigned) skip_blanks(self);
  return status;
}

bool pi_import_stream_is_over(pi_import_stream *self) {
  skip_blanks(self);
  return self->ended && self->at == self->window;
}

pubint_status pi_import_stream_next(pi_import_stream *self, pi_tree *out, bool *more, pubint_error *error) {
  *more = false;
  pubint_status status = find_value(self, error);
  *more = status == PUBINT_E_INPUT; /* one that is refused */
  if (status != PUBINT_OK || self->at == self->window) return status;
  *more = true;
  self->value_line = self->line;
  char opening = self->text.data[self->at];
  size_t used = 0;
  bool cut = true;
  while (cut) {
    status = parse(self, out, &used, error);
    cut = status == PUBINT_E_INPUT && error->code == PI_E_UNFINISHED && !self->ended;
    if (!cut || self->text.len - self->at > PI_IMPORT_VALUE_MAX) break;
    status = fill(self, error);
    if (status != PUBINT_OK) return status;
  }
  if (status == PUBINT_OK) move_on(self, used);
  if (status != PUBINT_E_INPUT) return status;
  if (cut) refuse_large(self->name, self->line, error);
  resume(self, opening, cut, error);
  return status;
}
