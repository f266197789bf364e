#include "repl_watch.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* The folders whose files a policy is made of, and the policy's own. */
static const char *const FOLDERS[] = {".", "rules", "markets", "lib", "data", "locales"};

enum { PATH_MAX_BYTES = 4096 };

/* FNV-1a; nothing hostile is hashed here, only told apart. */
static uint64_t mix(uint64_t hash, const void *bytes, size_t length) {
  const unsigned char *p = bytes;
  for (size_t i = 0; i < length; i++) hash = (hash ^ p[i]) * 0x100000001b3u;
  return hash;
}

/* A file's own hash; they are added up, so that the order of a folder does not matter. */
static uint64_t hash_file(const char *path) {
  struct stat about;
  uint64_t hash = mix(0xcbf29ce484222325u, path, strlen(path));
  if (stat(path, &about) != 0 || !S_ISREG(about.st_mode)) return 0;
  int64_t facts[] = {(int64_t)about.st_mtim.tv_sec, (int64_t)about.st_mtim.tv_nsec, (int64_t)about.st_size,
                     (int64_t)about.st_ino};
  return mix(hash, facts, sizeof facts);
}

static uint64_t hash_folder(const char *directory, const char *folder) {
  char path[PATH_MAX_BYTES];
  int length = snprintf(path, sizeof path, "%s/%s", directory, folder);
  if (length < 0 || (size_t)length >= sizeof path) return 0;
  DIR *dir = opendir(path);
  if (dir == NULL) return 0;
  uint64_t sum = 0;
  for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
    char file[PATH_MAX_BYTES + 300];
    if (entry->d_name[0] == '.') continue;
    length = snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
    if (length > 0 && (size_t)length < sizeof file) sum += hash_file(file);
  }
  closedir(dir);
  return sum;
}

static uint64_t look(const char *directory) {
  uint64_t sum = 0;
  for (size_t i = 0; i < sizeof FOLDERS / sizeof FOLDERS[0]; i++) sum += hash_folder(directory, FOLDERS[i]);
  return sum;
}

void pi_repl_watch_look(pi_repl_watch *watch, const char *directory) {
  watch->seen = look(directory);
}

bool pi_repl_watch_changed(pi_repl_watch *watch, const char *directory) {
  uint64_t now = look(directory);
  bool changed = now != watch->seen;
  watch->seen = now;
  return changed;
}
