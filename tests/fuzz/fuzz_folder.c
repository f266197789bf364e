/* Policy folders of any files: one that loads has an id of its own content, and loads to the same again; one
 * that does not says in which file and why.
 *
 * The input is files one behind another, each under a line "=== PATH". */
#include <string.h>

#include "errors.h"
#include "fuzz_target.h"
#include "policy_load.h"
#include "utf8.h"

enum { FILES_MAX = 24, PATH_MAX_BYTES = 64 };

typedef struct folder {
  pi_policy_text items[FILES_MAX];
  char paths[FILES_MAX][PATH_MAX_BYTES];
  size_t count;
} folder;

/* A path as a folder can hold one: neither empty nor with a NUL. */
static bool take_path(folder *self, pi_slice line) {
  if (line.len == 0 || line.len >= PATH_MAX_BYTES || memchr(line.ptr, 0, line.len) != NULL) return false;
  char *path = self->paths[self->count];
  memcpy(path, line.ptr, line.len);
  path[line.len] = '\0';
  self->items[self->count].path = path;
  return true;
}

static void split(folder *self, pi_slice input) {
  static const char MARK[] = "=== ";
  bool within = false;
  const char *end = input.ptr + input.len;
  for (const char *line = input.ptr; line < end && self->count < FILES_MAX;) {
    const char *newline = memchr(line, '\n', (size_t)(end - line));
    const char *next = newline != NULL ? newline + 1 : end;
    pi_slice text = {line, (size_t)((newline != NULL ? newline : end) - line)};
    if (text.len >= 4 && memcmp(text.ptr, MARK, 4) == 0) {
      self->count += within;
      within = self->count < FILES_MAX && take_path(self, (pi_slice){text.ptr + 4, text.len - 4});
      if (within) self->items[self->count].text = (pi_slice){next, 0};
    } else if (within) {
      pi_slice *file = &self->items[self->count].text;
      file->len = (size_t)(next - file->ptr);
    }
    line = next;
  }
  if (within && self->count < FILES_MAX) self->count++;
}

static void check_error(const pubint_error *error) {
  const char *fields[] = {error->path,     error->message, error->found,
                          error->expected, error->hint,    error->file};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    pi_slice field = pi_slice_of(fields[i]);
    FUZZ_CHECK(pi_utf8_check(field) == field.ptr + field.len);
  }
  FUZZ_CHECK(pi_error_find(error->code) != NULL && error->message[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static folder files;
  files.count = 0;
  if (size == 0) return 0;
  split(&files, (pi_slice){(const char *)data, size});
  pi_policy_texts texts = {files.items, files.count};
  pubint_policy *policy, *again;
  pubint_error error = {0};
  pubint_status status = pi_policy_load_source(&policy, pi_policy_source_memory("folder", &texts), &error);
  if (status != PUBINT_OK) {
    FUZZ_CHECK(status == PUBINT_E_POLICY && policy == NULL);
    check_error(&error);
    return 0;
  }
  FUZZ_CHECK(policy->id.len > 72 && pi_utf8_check(policy->id) == policy->id.ptr + policy->id.len);
  for (uint32_t i = 0; i < policy->scripts_count; i++) FUZZ_CHECK(policy->scripts[i].index == i);
  FUZZ_CHECK(pi_policy_load_source(&again, pi_policy_source_memory("folder", &texts), &error) == PUBINT_OK);
  FUZZ_CHECK(pi_slice_equal(policy->id, again->id) && pi_slice_equal(policy->sums, again->sums));
  pubint_policy_free(again);
  pubint_policy_free(policy);
  return 0;
}
