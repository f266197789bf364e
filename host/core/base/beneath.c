#define _GNU_SOURCE /* O_PATH */
#include "beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Goes down from `root` part by part, and through no link: `path` has none, unless somebody put one there
 * since it was looked at. */
static int open_parts(const char *root, char *path, int flags) {
  int fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
  for (char *part = path, *slash; fd >= 0; part = slash + 1) {
    slash = strchr(part, '/');
    if (slash != NULL) *slash = '\0';
    int how = slash != NULL ? O_PATH | O_DIRECTORY : flags;
    int next = openat(fd, part, how | O_NOFOLLOW | O_CLOEXEC);
    int reason = errno;
    close(fd);
    errno = reason;
    fd = next;
    if (slash == NULL) break;
  }
  return fd;
}

/* Where `path` really lies. False, and errno. */
static bool resolve(const char *path, char out[PATH_MAX]) {
  struct stat about;
  if (realpath(path, out) != NULL) return true;
  int reason = errno;
  bool nowhere = reason == ENOENT && lstat(path, &about) == 0;
  errno = nowhere ? EXDEV : reason;
  return false;
}

int pi_beneath_open(const char *folder, const char *path, int flags) {
  char full[PATH_MAX], root[PATH_MAX], real[PATH_MAX];
  int length = snprintf(full, sizeof full, "%s/%s", folder, path);
  if (length < 0 || (size_t)length >= sizeof full) {
    errno = ENAMETOOLONG;
    return -1;
  }
  if (!resolve(folder, root) || !resolve(full, real)) return -1;
  size_t above = strcmp(root, "/") == 0 ? 0 : strlen(root);
  if (strcmp(real, root) == 0) return open_parts(root, (char[]){"."}, flags);
  if (strncmp(real, root, above) == 0 && real[above] == '/') return open_parts(root, real + above + 1, flags);
  errno = EXDEV;
  return -1;
}
