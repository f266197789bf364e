/* Cases as the tests of the decoder write them: ' stands for ", ` for the place that is refused and @ for the
 * place that the message calls the first. */
#ifndef PI_DECODE_SUPPORT_H
#define PI_DECODE_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "errors.h"
#include "test.h"

/* One refusal. "" is an empty field of the error, NULL one that is told but not held here. */
typedef struct refusal {
  const char *input;
  unsigned code;
  const char *path, *found, *expected, *hint;
} refusal;

typedef struct place {
  uint64_t line, column;
} place;

/* Writes `text` with its quotes and without its marks to out; the places of the marks, 0 where there is none.
 */
static inline size_t plain_text(const char *text, char *out, size_t size, place *at, place *first) {
  size_t length = 0;
  place here = {1, 1};
  *at = *first = (place){0, 0};
  for (; *text != '\0'; text++) {
    if (*text == '`') {
      *at = here;
    } else if (*text == '@') {
      *first = here;
    } else {
      assert_true(length + 1 < size);
      out[length++] = *text == '\'' ? '"' : *text;
      here.column++;
      if (*text == '\n') here = (place){here.line + 1, 1};
    }
  }
  out[length] = '\0';
  return length;
}

static inline const char *quoted(const char *text, char *out, size_t size) {
  place at;
  place first;
  plain_text(text, out, size, &at, &first);
  return out;
}

/* A decoded case and what holds it. */
typedef struct fixture {
  char text[8192];
  pi_case input;
  pi_arena arena;
  pubint_error error;
} fixture;

static inline fixture *fixture_new(void) {
  fixture *self = malloc(sizeof *self);
  assert_non_null(self);
  pi_arena_init(&self->arena, 1024, 16 << 20);
  memset(&self->error, 0x5a, sizeof self->error);
  memset(&self->input, 0x5a, sizeof self->input);
  return self;
}

static inline void fixture_free(fixture *self) {
  pi_arena_dispose(&self->arena);
  free(self);
}

static inline pubint_status decode_slice(fixture *self, pi_slice line) {
  return pi_decode_case(&self->input, line, 1, &self->arena, NULL, &self->error);
}

/* Decodes a case that is right; the caller frees it. */
static inline fixture *decode_good(const char *text) {
  fixture *self = fixture_new();
  place at;
  place first;
  size_t length = plain_text(text, self->text, sizeof self->text, &at, &first);
  if (decode_slice(self, (pi_slice){self->text, length}) != PUBINT_OK) {
    fail_msg("%s: E%u %s (%s), found %s", text, self->error.code, self->error.message, self->error.path,
             self->error.found);
  }
  return self;
}

static inline void expect_field(const char *field, const char *expected) {
  char text[512];
  if (expected != NULL) {
    assert_string_equal(field, quoted(expected, text, sizeof text));
  } else {
    assert_true(field[0] != '\0');
  }
}

/* Checks every field of the error that `row` gives. */
static inline void expect_refusal(const refusal *row) {
  fixture *self = fixture_new();
  place at;
  place first;
  char field[512];
  size_t length = plain_text(row->input, self->text, sizeof self->text, &at, &first);
  /* A copy of exactly that size, so that a sanitizer sees a read behind it. */
  char *exact = malloc(length + 1);
  assert_non_null(exact);
  memcpy(exact + 1, self->text, length);
  pubint_status status = decode_slice(self, (pi_slice){exact + 1, length});
  const pubint_error *error = &self->error;
  if (status == PUBINT_OK) fail_msg("not refused: %s", row->input);
  if (error->code != row->code || error->line != at.line || error->column != at.column) {
    fail_msg("%s: E%u at %d:%d, not E%u at %d:%d", row->input, error->code, (int)error->line,
             (int)error->column, row->code, (int)at.line, (int)at.column);
  }
  assert_int_equal(status, PUBINT_E_INPUT);
  assert_int_equal(error->status, PUBINT_E_INPUT);
  expect_field(error->path, row->path);
  expect_field(error->found, row->found);
  expect_field(error->expected, row->expected);
  expect_field(error->hint, row->hint);
  const char *message = pi_error_find(row->code)->message;
  if (first.line == 0) {
    snprintf(field, sizeof field, "%s", message);
  } else {
    snprintf(field, sizeof field, "%s, first at line %d, column %d", message, (int)first.line,
             (int)first.column);
  }
  assert_string_equal(error->message, field);
  assert_string_equal(error->file, "");
  assert_string_equal(error->excerpt, "");

  /* Without an error to fill it is refused the same. */
  assert_int_equal(pi_decode_case(&self->input, (pi_slice){exact + 1, length}, 1, &self->arena, NULL, NULL),
                   status);
  free(exact);
  fixture_free(self);
}

#endif
