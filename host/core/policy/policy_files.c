#include "policy_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buffer.h"
#include "file.h"
#include "file_error.h"
#include "sha256.h"

enum { FILES_MAX = 1000, PATH_BYTES_MAX = 4096 };

/* ---- one file ---- */

/* A policy that cannot be read does not load, whatever the machine's reason. */
static pubint_status cannot_read(pubint_error *error, const char *path, int reason) {
  pi_file_error(error, PI_E_CANNOT_READ, path, reason);
  if (error != NULL) error->status = PUBINT_E_POLICY;
  return PUBINT_E_POLICY;
}

static pubint_status refuse_large(pubint_error *error, const char *path, size_t bytes_max,
                                  pi_code too_large) {
  pi_error_setf(error, too_large, "the file is larger than %zu KiB", bytes_max / 1024);
  if (error != NULL) pi_error_field(error->file, sizeof error->file, path, strlen(path));
  return PUBINT_E_POLICY;
}

/* -1, and errno, for what is no regular file too: opening a named pipe would wait until somebody writes. */
static int open_regular(const char *path) {
  struct stat about;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return -1;
  int reason = fstat(fd, &about) != 0 ? errno : S_ISREG(about.st_mode) ? 0 : ESPIPE;
  if (reason == ESPIPE && S_ISDIR(about.st_mode)) reason = EISDIR;
  if (reason == 0) return fd;
  close(fd);
  errno = reason;
  return -1;
}

/* Reads a file into the arena, through a buffer, so that the policy keeps only what it needs. */
static pubint_status read_file(pi_slice *out, const char *directory, const char *path, size_t bytes_max,
                               pi_code too_large, pi_arena *arena, pubint_error *error) {
  char full[PATH_BYTES_MAX];
  int n = snprintf(full, sizeof full, "%s/%s", directory, path);
  if (n < 0 || (size_t)n >= sizeof full) return cannot_read(error, path, ENAMETOOLONG);
  int fd = open_regular(full);
  if (fd < 0) return cannot_read(error, path, errno);
  pi_buffer content;
  pi_buffer_init(&content, bytes_max);
  int reason = pi_file_read_all(&content, fd);
  close(fd);
  if (reason == 0) {
    *out = pi_arena_copy(arena, (pi_slice){content.len > 0 ? content.data : "", content.len});
    if (out->ptr == NULL) reason = ENOMEM;
  }
  pi_buffer_dispose(&content);
  if (reason == 0) return PUBINT_OK;
  if (reason == ENOMEM) return pi_error_set(error, PI_E_NO_MEMORY);
  return reason == EFBIG ? refuse_large(error, path, bytes_max, too_large) : cannot_read(error, path, reason);
}

pubint_status pi_policy_file_read(pi_policy_file *out, const char *directory, const char *name,
                                  size_t bytes_max, pi_arena *arena, pubint_error *error) {
  out->name = pi_slice_of(name);
  out->path = pi_slice_of(name);
  pubint_error reason = {0};
  pubint_status status =
      read_file(&out->content, directory, name, bytes_max, PI_E_POLICY_FILE, arena, &reason);
  if (status == PUBINT_OK) return status;
  if (reason.code == PI_E_CANNOT_READ) {
    status = pi_error_setf(error, PI_E_NO_POLICY, "there is no policy in that folder: %s", reason.message);
    char full[PATH_BYTES_MAX];
    snprintf(full, sizeof full, "%s/%s", directory, name);
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

/* Copies the names of the folder's files that end in `ending`. */
static pubint_status list_names(pi_policy_files *out, DIR *stream, const char *folder, const char *ending,
                                pi_arena *arena, pubint_error *error) {
  for (;;) {
    errno = 0;
    const struct dirent *entry = readdir(stream);
    if (entry == NULL) return errno == 0 ? PUBINT_OK : cannot_read(error, folder, errno);
    if (!ends_in(entry->d_name, ending)) continue;
    if (out->count == FILES_MAX) {
      return pi_error_setf(error, PI_E_SCRIPT_NAME, "%s/ holds more than %d files", folder, FILES_MAX);
    }
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    pi_policy_file *file = &out->files[out->count++];
    file->path = pi_arena_copy(arena, pi_slice_of(path));
    size_t length = strlen(entry->d_name) - strlen(ending);
    file->name = pi_arena_copy(arena, (pi_slice){entry->d_name, length});
    if (file->path.ptr == NULL || file->name.ptr == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  }
}

pubint_status pi_policy_files_read(pi_policy_files *out, const char *directory, const char *folder,
                                   const char *ending, size_t bytes_max, pi_code too_large, pi_arena *arena,
                                   pubint_error *error) {
  char full[PATH_BYTES_MAX];
  *out = (pi_policy_files){0};
  int n = snprintf(full, sizeof full, "%s/%s", directory, folder);
  if (n < 0 || (size_t)n >= sizeof full) return cannot_read(error, folder, ENAMETOOLONG);
  DIR *stream = opendir(full);
  if (stream == NULL) return errno == ENOENT ? PUBINT_OK : cannot_read(error, folder, errno);
  out->files = pi_arena_alloc(arena, FILES_MAX * sizeof *out->files);
  pubint_status status = out->files != NULL ? list_names(out, stream, folder, ending, arena, error)
                                            : pi_error_set(error, PI_E_NO_MEMORY);
  closedir(stream);
  if (status != PUBINT_OK) return status;
  if (out->count > 0) qsort(out->files, out->count, sizeof *out->files, by_path);
  for (uint32_t i = 0; i < out->count && status == PUBINT_OK; i++) {
    pi_policy_file *file = &out->files[i];
    status = read_file(&file->content, directory, file->path.ptr, bytes_max, too_large, arena, error);
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
