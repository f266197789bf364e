#include "policy_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buffer.h"
#include "sha256.h"

enum { FILES_MAX = 1000 };

/* ---- one file ---- */

static pubint_status refuse_large(pubint_error *error, const char *path, size_t bytes_max,
                                  pi_code too_large) {
  pi_error_setf(error, too_large, "the file is larger than %zu KiB", bytes_max / 1024);
  if (error != NULL) pi_error_field(error->file, sizeof error->file, path, strlen(path));
  return PUBINT_E_POLICY;
}

/* Reads a file into the arena, through a buffer, so that the policy keeps only what it needs. */
static pubint_status read_file(pi_slice *out, const pi_policy_source *source, const char *path,
                               size_t bytes_max, pi_code too_large, pi_arena *arena, pubint_error *error) {
  pi_buffer content;
  pi_buffer_init(&content, bytes_max);
  pubint_status status = source->read(source, path, &content, error);
  if (content.failed) {
    status =
        content.full ? refuse_large(error, path, bytes_max, too_large) : pi_error_set(error, PI_E_NO_MEMORY);
  } else if (status == PUBINT_OK) {
    *out = pi_arena_copy(arena, (pi_slice){content.len > 0 ? content.data : "", content.len});
    if (out->ptr == NULL) status = pi_error_set(error, PI_E_NO_MEMORY);
  }
  pi_buffer_dispose(&content);
  return status;
}

pubint_status pi_policy_file_read(pi_policy_file *out, const pi_policy_source *source, const char *name,
                                  size_t bytes_max, pi_arena *arena, pubint_error *error) {
  out->name = pi_slice_of(name);
  out->path = pi_slice_of(name);
  pubint_error reason = {0};
  pubint_status status = read_file(&out->content, source, name, bytes_max, PI_E_POLICY_FILE, arena, &reason);
  if (status == PUBINT_OK) return status;
  if (reason.code == PI_E_CANNOT_READ) {
    status = pi_error_setf(error, PI_E_NO_POLICY, "no policy in that folder: %s", reason.message);
    char full[4096];
    snprintf(full, sizeof full, "%s/%s", source->name, name);
    if (error != NULL) pi_error_field(error->file, sizeof error->file, full, strlen(full));
  } else if (error != NULL) {
    *error = reason;
  }
  return status;
}

/* ---- a folder ---- */

static bool ends_in(const char *name, const char *ending) {
  size_t length = strlen(name), tail = strlen(ending);
  return name[0] != '.' && length > tail && strcmp(name + length - tail, ending) == 0;
}

static int by_path(const void *a, const void *b) {
  return pi_slice_compare(((const pi_policy_file *)a)->path, ((const pi_policy_file *)b)->path);
}

/* What the names of a folder are collected for. */
typedef struct listing {
  pi_policy_files *out;
  const char *folder;
  const char *ending;
  pi_arena *arena;
} listing;

/* Keeps a name that has the ending; its text is read once all names are known. */
static pubint_status take_name(void *context, const char *name, pubint_error *error) {
  const listing *self = context;
  pi_policy_files *out = self->out;
  if (!ends_in(name, self->ending)) return PUBINT_OK;
  if (out->count == FILES_MAX) {
    return pi_error_setf(error, PI_E_SCRIPT_NAME, "%s/ holds more than %d files", self->folder, FILES_MAX);
  }
  if (out->files == NULL) out->files = pi_arena_alloc(self->arena, FILES_MAX * sizeof *out->files);
  if (out->files == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  char path[512];
  snprintf(path, sizeof path, "%s/%s", self->folder, name);
  pi_policy_file *file = &out->files[out->count++];
  file->path = pi_arena_copy(self->arena, pi_slice_of(path));
  file->name = pi_arena_copy(self->arena, (pi_slice){name, strlen(name) - strlen(self->ending)});
  return file->path.ptr != NULL && file->name.ptr != NULL ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

pubint_status pi_policy_files_read(pi_policy_files *out, const pi_policy_source *source, const char *folder,
                                   const char *ending, size_t bytes_max, pi_code too_large, pi_arena *arena,
                                   pubint_error *error) {
  listing names = {out, folder, ending, arena};
  *out = (pi_policy_files){0};
  pubint_status status = source->list(source, folder, take_name, &names, error);
  if (status == PUBINT_OK && out->count > 0) qsort(out->files, out->count, sizeof *out->files, by_path);
  for (uint32_t i = 0; i < out->count && status == PUBINT_OK; i++) {
    pi_policy_file *file = &out->files[i];
    if (i > 0 && pi_slice_equal(file->path, file[-1].path)) /* no folder can, but a made tree of git's */
      return pi_error_setf(error, PI_E_SCRIPT_NAME, "%s/ holds a name twice", folder);
    status = read_file(&file->content, source, file->path.ptr, bytes_max, too_large, arena, error);
  }
  return status;
}

/* ---- digests ---- */

void pi_policy_digest_line(pi_buffer *lines, const pi_policy_file *file) {
  char hex[PI_SHA256_HEX + 1];
  pi_sha256_of(file->content, hex);
  pi_buffer_printf(lines, "%s  ", hex);
  pi_buffer_slice(lines, file->path);
  pi_buffer_byte(lines, '\n');
}

bool pi_policy_digest_next_line(pi_slice *rest, pi_slice *hex, pi_slice *path) {
  enum { PATH_AT = PI_SHA256_HEX + 2 };
  const char *newline = rest->len > 0 ? memchr(rest->ptr, '\n', rest->len) : NULL;
  if (newline == NULL || newline - rest->ptr <= PATH_AT) return false;
  *hex = (pi_slice){rest->ptr, PI_SHA256_HEX};
  *path = (pi_slice){rest->ptr + PATH_AT, (size_t)(newline - rest->ptr) - PATH_AT};
  *rest = (pi_slice){newline + 1, rest->len - (size_t)(newline + 1 - rest->ptr)};
  return true;
}

/* The digest that `sums` has for a path; .ptr NULL where it has none. */
static pi_slice digest_of(pi_slice sums, pi_slice wanted) {
  pi_slice hex, path;
  while (pi_policy_digest_next_line(&sums, &hex, &path)) {
    if (pi_slice_equal(path, wanted)) return hex;
  }
  return (pi_slice){NULL, 0};
}

void pi_policy_digest_compare(pi_slice then, pi_slice now, pi_policy_file_visit *each, void *context) {
  pi_slice rest, hex, path;
  for (rest = now; pi_policy_digest_next_line(&rest, &hex, &path);) {
    pi_slice before = digest_of(then, path);
    if (before.ptr == NULL)
      each(context, path, PI_FILE_ADDED);
    else if (!pi_slice_equal(before, hex))
      each(context, path, PI_FILE_CHANGED);
  }
  for (rest = then; pi_policy_digest_next_line(&rest, &hex, &path);) {
    if (digest_of(now, path).ptr == NULL) each(context, path, PI_FILE_REMOVED);
  }
}

/* ---- what a policy is made of ---- */

bool pi_policy_files_own(const char *directory, const char *path) {
  static const struct {
    const char *folder, *ending;
  } PARTS[] = {{".", "policy.json"}, {"rules", ".lua"}, {"markets", ".lua"}, {"lib", ".lua"},
               {"tests", ".lua"},    {"data", ".json"}, {"locales", ".json"}};
  char folder[4096], part[4096];
  struct stat of_file, of_part;
  const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
  int length = snprintf(folder, sizeof folder, "%.*s", slash != NULL ? (int)(name - path) : 1,
                        slash != NULL ? path : ".");
  if (length < 0 || (size_t)length >= sizeof folder || stat(folder, &of_file) != 0) return false;
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
    bool file = i == 0 ? strcmp(name, PARTS[i].ending) == 0 : ends_in(name, PARTS[i].ending);
    length = snprintf(part, sizeof part, "%s/%s", directory, PARTS[i].folder);
    if (!file || length < 0 || (size_t)length >= sizeof part || stat(part, &of_part) != 0) continue;
    if (of_part.st_dev == of_file.st_dev && of_part.st_ino == of_file.st_ino) return true;
  }
  return false;
}
