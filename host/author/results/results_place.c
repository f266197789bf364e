#include "results_place.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The path without ".", doubled slashes, and a slash at its end; false where it holds "..". */
static bool append_plain(pi_buffer *out, const char *path) {
  for (const char *at = path; *at != '\0';) {
    size_t length = strcspn(at, "/");
    bool here = length == 0 || (length == 1 && at[0] == '.');
    if (length == 2 && at[0] == '.' && at[1] == '.') return false;
    if (!here) {
      pi_buffer_append(out, at, length);
      pi_buffer_byte(out, '/');
    }
    at += length + (at[length] == '/');
  }
  return true;
}

/* What follows the folder `current` in `path`; NULL where it does not lie there. */
static const char *within(const char *path, const char *current) {
  size_t length = strcmp(current, "/") == 0 ? 0 : strlen(current);
  if (strncmp(path, current, length) != 0 || (path[length] != '/' && path[length] != '\0')) return NULL;
  return path + length;
}

void pi_results_place(pi_buffer *out, const char *directory) {
  char real[PATH_MAX], current[PATH_MAX];
  size_t before = out->len;
  if (strncmp(directory, "git:", 4) == 0 && strchr(directory + 4, ':') != NULL)
    directory = strchr(directory + 4, ':') + 1;
  bool plain = directory[0] != '/' && append_plain(out, directory);
  if (!plain) {
    if (!out->failed) out->len = before;
    const char *path = realpath(directory, real) != NULL ? real : directory;
    const char *inner = realpath(".", current) != NULL ? within(path, current) : NULL;
    if (inner == NULL && path[0] == '/') pi_buffer_byte(out, '/');
    if (!append_plain(out, inner != NULL ? inner : path) && !out->failed) out->len = before;
  }
  if (!out->failed && out->len == before) pi_buffer_text(out, "./");
}
