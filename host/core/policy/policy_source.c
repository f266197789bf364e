#include "policy_source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "beneath.h"
#include "file.h"
#include "file_error.h"

pubint_status pi_policy_source_cannot_read(pubint_error *error, const char *path, int reason) {
  pi_file_error(error, PI_E_CANNOT_READ, path, reason);
  if (error != NULL) error->status = PUBINT_E_POLICY;
  return PUBINT_E_POLICY;
}

/* ---- a folder of the disk ---- */

/* As of a revision, what a policy is made of lies in its folder: whoever is given one reads no other file of
 * the machine's through it. */
static pubint_status refuse(pubint_error *error, const char *path, int reason) {
  if (reason != EXDEV) return pi_policy_source_cannot_read(error, path, reason);
  pubint_status status = pi_error_set(error, PI_E_POLICY_LINK);
  if (error == NULL) return status;
  pi_error_field(error->file, sizeof error->file, path, strlen(path));
  snprintf(error->expected, sizeof error->expected, "files of the policy's folder, or links within it");
  return status;
}

static pubint_status list_folder(const pi_policy_source *self, const char *folder, pi_policy_take_name *take,
                                 void *context, pubint_error *error) {
  int fd = pi_beneath_open(self->name, folder, O_RDONLY | O_DIRECTORY);
  DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
  if (stream == NULL) {
    int reason = errno;
    if (fd >= 0) close(fd);
    return reason == ENOENT ? PUBINT_OK : refuse(error, folder, reason);
  }
  pubint_status status = PUBINT_OK;
  while (status == PUBINT_OK) {
    errno = 0;
    const struct dirent *entry = readdir(stream);
    if (entry == NULL) {
      if (errno != 0) status = pi_policy_source_cannot_read(error, folder, errno);
      break;
    }
    status = take(context, entry->d_name, error);
  }
  closedir(stream);
  return status;
}

/* Opens a regular file; -1, and errno, for anything else too: opening a named pipe would wait until somebody
 * writes. */
static int open_regular(const pi_policy_source *self, const char *path, size_t *bytes) {
  struct stat about;
  int fd = pi_beneath_open(self->name, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return -1;
  int reason = fstat(fd, &about) != 0 ? errno : S_ISREG(about.st_mode) ? 0 : ESPIPE;
  if (reason == ESPIPE && S_ISDIR(about.st_mode)) reason = EISDIR;
  *bytes = (size_t)about.st_size;
  if (reason == 0) return fd;
  close(fd);
  errno = reason;
  return -1;
}

static pubint_status read_of_folder(const pi_policy_source *self, const char *path, pi_buffer *out,
                                    pubint_error *error) {
  size_t bytes;
  int fd = open_regular(self, path, &bytes);
  if (fd < 0) return refuse(error, path, errno);
  int reason = pi_buffer_reserve(out, bytes) ? pi_file_read_all(out, fd) : 0;
  close(fd);
  return reason == 0 || out->failed ? PUBINT_OK : pi_policy_source_cannot_read(error, path, reason);
}

pi_policy_source pi_policy_source_folder(const char *directory) {
  return (pi_policy_source){.name = directory, .folder = true, .list = list_folder, .read = read_of_folder};
}

/* ---- memory ---- */

static pubint_status list_memory(const pi_policy_source *self, const char *folder, pi_policy_take_name *take,
                                 void *context, pubint_error *error) {
  const pi_policy_texts *texts = self->state;
  size_t length = strlen(folder);
  pubint_status status = PUBINT_OK;
  for (size_t i = 0; i < texts->count && status == PUBINT_OK; i++) {
    const char *path = texts->items[i].path;
    if (strncmp(path, folder, length) == 0 && path[length] == '/' && strchr(path + length + 1, '/') == NULL)
      status = take(context, path + length + 1, error);
  }
  return status;
}

static pubint_status read_of_memory(const pi_policy_source *self, const char *path, pi_buffer *out,
                                    pubint_error *error) {
  const pi_policy_texts *texts = self->state;
  for (size_t i = 0; i < texts->count; i++) {
    if (strcmp(texts->items[i].path, path) != 0) continue;
    pi_buffer_slice(out, texts->items[i].text);
    return PUBINT_OK;
  }
  return pi_policy_source_cannot_read(error, path, ENOENT);
}

pi_policy_source pi_policy_source_memory(const char *name, pi_policy_texts *texts) {
  return (pi_policy_source){.name = name, .state = texts, .list = list_memory, .read = read_of_memory};
}
