#include "beside.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* Cuts the path's last part off, with the slash before it; nothing lies above the top. */
static void cut_last(char *path) {
  char *slash = strrchr(path, '/');
  if (slash != NULL) *slash = '\0';
}

bool pi_beside_program(char path[PI_BESIDE_BYTES], const char *from) {
  ssize_t length = readlink("/proc/self/exe", path, PI_BESIDE_BYTES);
  if (length <= 0 || length >= PI_BESIDE_BYTES) return false;
  path[length] = '\0';
  cut_last(path);
  for (; strncmp(from, "../", 3) == 0; from += 3) cut_last(path); /* exact: the system followed every link */
  size_t folder = strlen(path), rest = strlen(from);
  if (folder + rest + 2 > PI_BESIDE_BYTES) return false;
  path[folder] = '/';
  memcpy(path + folder + 1, from, rest + 1);
  return true;
}
