#define _GNU_SOURCE /* memmem */
#include "input.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "buffer.h"
#include "decode.h"
#include "errors.h"
#include "file.h"
#include "source.h"

#define CHUNK_BYTES ((size_t)64 * 1024)
/* One byte more than a case may have, so that one too long is seen to be. */
#define KEPT_BYTES        (PUBINT_CASE_BYTES_MAX + 1)
#define BLANKS_BEHIND_MAX ((size_t)16 * PUBINT_CASE_BYTES_MAX)

/* A file being read. */
typedef struct input {
  pi_source source;
  const char *name; /* as errors call it */
  bool ended;
  pubint_error *error;
  pi_input_id *id; /* NULL: nobody asks */
  char chunk[CHUNK_BYTES];
  size_t chunk_len;
} input;

static void put_name(const input *self) {
  pubint_error *error = self->error;
  if (error == NULL || error->file[0] != '\0') return;
  pi_error_field(error->file, sizeof error->file, self->name, strlen(self->name));
}

static pubint_status no_memory(const input *self) {
  return pi_error_set(self->error, PI_E_NO_MEMORY);
}

/* Fills the chunk anew; at the end of the file it is empty and `ended` true. */
static pubint_status read_chunk(input *self) {
  pubint_status status =
      pi_source_read(&self->source, self->chunk, sizeof self->chunk, &self->chunk_len, self->error);
  self->ended = self->chunk_len == 0;
  return status;
}

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* --- one value --- */

/* Looks for the end of the first value without judging it: the reader does that. */
typedef struct scanner {
  unsigned depth;
  bool began;
  bool ended;
  bool in_string;
  bool escaped;
  bool line_ended; /* behind it */
  bool second;     /* another object or array begins on a later line, and nothing else stands between */
  bool other;      /* something else follows: the reader says what, and where */
} scanner;

static void scan_byte(scanner *self, char byte) {
  if (self->in_string) {
    if (self->escaped) {
      self->escaped = false;
    } else if (byte == '\\') {
      self->escaped = true;
    } else if (byte == '"') {
      self->in_string = false;
    }
  } else if (self->ended) {
    bool opens = byte == '{' || byte == '[';
    self->second = self->second || (opens && self->line_ended && !self->other);
    self->other = self->other || !is_blank(byte);
    self->line_ended = self->line_ended || byte == '\n';
  } else if (byte == '"') {
    self->in_string = true;
  } else if (byte == '{' || byte == '[') {
    self->began = true;
    self->depth++;
  } else if ((byte == '}' || byte == ']') && self->depth > 0 && --self->depth == 0) {
    self->ended = true;
  }
}

/* The id of a case that is refused, where it stands before what is wrong. */
static void note_id(const input *self, pi_slice text) {
  pi_arena arena;
  pi_case facts;
  facts.known = 0;
  if (self->id == NULL) return;
  pi_arena_init(&arena, CHUNK_BYTES, 16 * PUBINT_CASE_BYTES_MAX);
  pi_decode_case(&facts, text, 1, &arena, NULL, NULL);
  if (pi_case_knows(&facts, PI_FACT_ID)) {
    pi_slice id = pi_case_text(&facts, PI_FACT_ID);
    pi_error_field(self->id->text, sizeof self->id->text, id.ptr, id.len);
  }
  pi_arena_dispose(&arena);
}

static pubint_status parse(const input *self, pubint_case **out, pi_slice text, uint64_t line) {
  bool cut = text.len == KEPT_BYTES;
  while (!cut && text.len > 0 && is_blank(text.ptr[text.len - 1])) text.len--;
  pubint_status status = pubint_case_parse(out, text.ptr, text.len, self->error);
  if (status == PUBINT_OK) return status;
  put_name(self);
  note_id(self, text);
  if (self->error != NULL && cut && self->error->code == PI_E_LINE_TOO_LONG) {
    snprintf(self->error->found, sizeof self->error->found, "more than %zu bytes", PUBINT_CASE_BYTES_MAX);
  }
  if (self->error != NULL && line > 0) self->error->line = line;
  return status;
}

/* The first MiB of what has no end within it. What is wrong there is said rather than the length, since a
 * bracket that is missing in the first line makes a whole batch one value. */
static pubint_status parse_overlong(const input *self, pubint_case **out, pi_slice text) {
  text.len = PUBINT_CASE_BYTES_MAX;
  while (text.len > 0 && ((unsigned char)text.ptr[text.len - 1] & 0xc0) == 0x80) text.len--;
  if (text.len > 0 && (unsigned char)text.ptr[text.len - 1] >= 0xc0) text.len--;
  pubint_error error;
  pubint_status status = pubint_case_parse(out, text.ptr, text.len, &error);
  if (status == PUBINT_OK || error.code == PI_E_UNFINISHED || error.code == PI_E_EMPTY) {
    pubint_case_free(*out);
    return parse(self, out, (pi_slice){text.ptr, KEPT_BYTES}, 0);
  }
  if (self->error != NULL) *self->error = error;
  put_name(self);
  return status;
}

static pubint_status read_value(input *self, pubint_case **out, pi_buffer *text) {
  scanner scan = {0};
  size_t behind = 0;
  while (!self->ended) {
    pubint_status status = read_chunk(self);
    if (status != PUBINT_OK) return status;
    bool blank = true;
    for (size_t i = 0; i < self->chunk_len; i++) {
      if (!is_blank(self->chunk[i])) blank = false;
      scan_byte(&scan, self->chunk[i]);
      if (!scan.second) continue;
      status = pi_error_set(self->error, PI_E_SECOND_VALUE);
      if (self->error != NULL) {
        snprintf(self->error->hint, sizeof self->error->hint, "choose one: --case N (a line) or --case ID");
      }
      put_name(self);
      return status;
    }
    /* Blanks behind the value are no part of it. Without a bound they would be free to whoever packs them. */
    if (scan.ended && blank && behind < BLANKS_BEHIND_MAX) {
      behind += self->chunk_len;
      continue;
    }
    size_t room = KEPT_BYTES - text->len;
    pi_buffer_append(text, self->chunk, self->chunk_len < room ? self->chunk_len : room);
    if (text->len == KEPT_BYTES || scan.other) break;
  }
  if (text->failed) return no_memory(self);
  if (text->len == KEPT_BYTES) return parse_overlong(self, out, (pi_slice){text->data, text->len});
  return parse(self, out, (pi_slice){text->len > 0 ? text->data : "", text->len}, 0);
}

/* --- one line of many --- */

uint64_t pi_input_line_number(pi_slice word) {
  uint64_t number = 0;
  if (word.len == 0 || word.len > 18) return 0;
  for (size_t i = 0; i < word.len; i++) {
    if (word.ptr[i] < '0' || word.ptr[i] > '9') return 0;
    number = number * 10 + (uint64_t)(word.ptr[i] - '0');
  }
  return number;
}

bool pi_input_has_id(pi_slice line, pi_slice id, pi_arena *arena) {
  if (line.len == 0 || line.len > PUBINT_CASE_BYTES_MAX) return false;
  /* An id can be written with escapes; without one of either there is no need to read the line. */
  if (memmem(line.ptr, line.len, id.ptr, id.len) == NULL && memchr(line.ptr, '\\', line.len) == NULL) {
    return false;
  }
  pi_case facts = {.known = 0};
  pi_arena_reset(arena);
  pi_decode_case(&facts, line, 1, arena, NULL, NULL);
  return pi_case_knows(&facts, PI_FACT_ID) && pi_slice_equal(pi_case_text(&facts, PI_FACT_ID), id);
}

typedef struct picker {
  pi_slice id;
  uint64_t wanted_line; /* 0: only the id counts */
  uint64_t line;        /* being read, from 1 */
  pi_buffer text;       /* of that line, at most KEPT_BYTES */
  pi_buffer found;      /* the first line with the id, where a number is still looked for */
  uint64_t found_line;  /* 0: none yet */
  bool done;            /* `found` is what was wanted */
  pi_arena arena;
} picker;

static bool has_id(picker *self) {
  return pi_input_has_id((pi_slice){self->text.data, self->text.len}, self->id, &self->arena);
}

static void keep_line(picker *self) {
  pi_buffer_reset(&self->found);
  pi_buffer_append(&self->found, self->text.data, self->text.len);
  self->found_line = self->line;
}

static void end_line(picker *self) {
  bool by_number = self->line == self->wanted_line;
  if (by_number || (self->found_line == 0 && has_id(self))) {
    keep_line(self);
    self->done = by_number || self->wanted_line == 0;
  }
  pi_buffer_reset(&self->text);
  self->line++;
}

/* The line is kept up to what shows that it is too long. */
static void add_to_line(picker *self, const char *bytes, size_t len) {
  size_t room = KEPT_BYTES - self->text.len;
  pi_buffer_append(&self->text, bytes, len < room ? len : room);
}

static pubint_status pick_line(input *self, picker *pick) {
  while (!self->ended && !pick->done) {
    pubint_status status = read_chunk(self);
    if (status != PUBINT_OK) return status;
    const char *at = self->chunk;
    const char *end = self->chunk + self->chunk_len;
    while (at < end && !pick->done) {
      const char *newline = memchr(at, '\n', (size_t)(end - at));
      add_to_line(pick, at, (size_t)((newline != NULL ? newline : end) - at));
      if (newline == NULL) break;
      end_line(pick);
      at = newline + 1;
    }
  }
  if (!pick->done && pick->text.len > 0) end_line(pick);
  return pick->text.failed || pick->found.failed ? no_memory(self) : PUBINT_OK;
}

static pubint_status refuse_missing(const input *self, const picker *pick) {
  pubint_status status = pi_error_set(self->error, PI_E_NO_SUCH_CASE);
  if (self->error != NULL) {
    pubint_error *error = self->error;
    pi_error_found(error, pick->id.ptr, pick->id.len);
    snprintf(error->expected, sizeof error->expected, "a line from 1 to %llu, or an id among them",
             (unsigned long long)(pick->line - 1));
  }
  put_name(self);
  return status;
}

static pubint_status read_line(input *self, pubint_case **out, const char *wanted) {
  picker pick = {
      .id = pi_slice_of(wanted), .wanted_line = pi_input_line_number(pi_slice_of(wanted)), .line = 1};
  pi_buffer_init(&pick.text, KEPT_BYTES + 1);
  pi_buffer_init(&pick.found, KEPT_BYTES + 1);
  pi_arena_init(&pick.arena, CHUNK_BYTES, 16 * PUBINT_CASE_BYTES_MAX);
  pubint_status status = pick_line(self, &pick);
  if (status == PUBINT_OK && pick.found_line == 0) status = refuse_missing(self, &pick);
  if (status == PUBINT_OK) {
    pi_slice text = {pick.found.len > 0 ? pick.found.data : "", pick.found.len};
    status = parse(self, out, text, pick.found_line);
  }
  pi_buffer_dispose(&pick.text);
  pi_buffer_dispose(&pick.found);
  pi_arena_dispose(&pick.arena);
  return status;
}

pubint_status pi_input_case(pubint_case **out, const char *file, const char *wanted, pi_input_id *id,
                            pubint_error *error) {
  if (file == NULL) file = "-";
  input self = {.name = pi_file_shown_name(file), .error = error, .id = id};
  if (id != NULL) id->text[0] = '\0';
  *out = NULL;
  pubint_status status = pi_source_open(&self.source, file, NULL, error);
  if (status == PUBINT_OK && wanted != NULL) {
    status = read_line(&self, out, wanted);
  } else if (status == PUBINT_OK) {
    pi_buffer text;
    pi_buffer_init(&text, KEPT_BYTES + 1);
    status = read_value(&self, out, &text);
    pi_buffer_dispose(&text);
  }
  pi_source_close(&self.source);
  return status;
}
