#include "results.h"

#include <string.h>

#include "errors.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 256 * 1024 * 1024 };

void pi_results_begin(pi_results *self, const char *task) {
  *self = (pi_results){.task = task};
  pi_arena_init(&self->arena, ARENA_BLOCK, ARENA_MAX);
}

void pi_results_dispose(pi_results *self) {
  pi_arena_dispose(&self->arena);
}

static bool copy(pi_results *self, pi_slice *text) {
  if (text->ptr == NULL) return true;
  *text = pi_arena_copy(&self->arena, *text);
  return text->ptr != NULL;
}

void pi_results_add(pi_results *self, const pi_result *result) {
  if (self == NULL || self->failed) return;
  if (self->count == PI_RESULTS_MAX) {
    self->left_out++;
    return;
  }
  pi_result *added = pi_arena_alloc(&self->arena, sizeof *added);
  self->failed = added == NULL;
  if (self->failed) return;
  *added = *result;
  added->next = NULL;
  self->failed = !copy(self, &added->file) || !copy(self, &added->text) || !copy(self, &added->message) ||
                 !copy(self, &added->key) || !copy(self, &added->reason) || !copy(self, &added->case_json);
  if (self->failed) return;
  *(self->last != NULL ? &self->last->next : &self->first) = added;
  self->last = added;
  self->count++;
}

void pi_results_add_error(pi_results *self, const pubint_error *error, pi_slice directory) {
  pi_slice file = pi_slice_of(error->file);
  if (directory.len > 0 && file.len > directory.len && memcmp(file.ptr, directory.ptr, directory.len) == 0 &&
      file.ptr[directory.len] == '/')
    file = pi_slice_of(error->file + directory.len + 1);
  if (file.len > 0 && file.ptr[0] == '/') file.len = 0; /* it lies elsewhere */
  pi_results_add(self, &(pi_result){.code = error->code,
                                    .file = file,
                                    .line = (uint32_t)error->line,
                                    .column = (uint32_t)error->column,
                                    .text = pi_slice_of(error->excerpt),
                                    .message = pi_slice_of(error->message)});
}

pi_slice pi_results_line(pi_slice source, uint32_t line) {
  const char *at = source.ptr, *end = at + source.len;
  for (uint32_t i = 1; i < line && at != NULL; i++) {
    at = memchr(at, '\n', (size_t)(end - at));
    if (at != NULL) at++;
  }
  if (line == 0 || at == NULL) return PI_SLICE("");
  const char *stop = memchr(at, '\n', (size_t)(end - at));
  return (pi_slice){at, (size_t)((stop != NULL ? stop : end) - at)};
}

pi_slice pi_results_file(const pi_result *result) {
  return result->file.len > 0 ? result->file : PI_SLICE("policy.json");
}

uint32_t pi_results_column(const pi_result *result) {
  uint32_t column = result->column;
  for (size_t i = 0; i < result->text.len && i + 1 < result->column; i++) {
    column -= ((unsigned char)result->text.ptr[i] & 0xC0) == 0x80; /* it goes on with a character */
  }
  return column;
}
