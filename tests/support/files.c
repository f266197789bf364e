#define _XOPEN_SOURCE 700 /* nftw */

#include "files.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "test.h"

enum { PATH_BYTES = 1024 };

char *files_read(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return NULL;
  size_t held = 0, room = 1 << 16;
  char *bytes = malloc(room + 1);
  assert_non_null(bytes);
  for (size_t n; (n = fread(bytes + held, 1, room - held, file)) > 0;) {
    held += n;
    if (held < room) continue;
    room *= 2;
    bytes = realloc(bytes, room + 1);
    assert_non_null(bytes);
  }
  assert_int_equal(ferror(file), 0);
  (void)fclose(file);
  bytes[held] = '\0';
  if (length != NULL) *length = held;
  return bytes;
}

void files_write(const char *path, const char *bytes, size_t length) {
  char folder[PATH_BYTES];
  assert_true(strlen(path) < sizeof folder);
  memcpy(folder, path, strlen(path) + 1);
  for (char *slash = strchr(folder + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    if (mkdir(folder, 0700) != 0) assert_int_equal(errno, EEXIST);
    *slash = '/';
  }
  FILE *file = fopen(path, "wb");
  if (file == NULL) fail_msg("%s: %s", path, strerror(errno));
  size_t written = fwrite(bytes, 1, length, file);
  assert_int_equal(fclose(file), 0);
  assert_int_equal(written, length);
}

void files_make_folder(char *folder, size_t size) {
  const char *parent = getenv("TMPDIR");
  int n = snprintf(folder, size, "%s/pubint-XXXXXX", parent != NULL && parent[0] != '\0' ? parent : ".");
  assert_in_range(n, 1, size - 1);
  if (mkdtemp(folder) == NULL) fail_msg("no temporary folder: %s", strerror(errno));
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place) {
  (void)about;
  (void)kind;
  (void)place;
  return remove(path);
}

void files_remove_folder(const char *folder) {
  assert_int_equal(nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}
