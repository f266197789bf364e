#include "watch.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

static uint64_t mix(uint64_t mark, uint64_t value) {
  mark ^= value + 0x9e3779b97f4a7c15u + (mark << 6) + (mark >> 2);
  return mark * 0xbf58476d1ce4e5b9u;
}

/* Names are added up, since the order of a folder is not fixed. */
static uint64_t mark_folder(const char *directory, const char *folder) {
  char path[4096];
  int n = snprintf(path, sizeof path, "%s/%s", directory, folder);
  if (n < 0 || (size_t)n >= sizeof path) return 0;
  DIR *stream = opendir(path);
  if (stream == NULL) return 0;
  uint64_t sum = 1;
  for (const struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
    struct stat status;
    char file[4096 + 300];
    snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
    if (entry->d_name[0] == '.' || stat(file, &status) != 0) continue;
    uint64_t mark = mix((uint64_t)status.st_mtim.tv_sec, (uint64_t)status.st_mtim.tv_nsec);
    sum += mix(mix(mark, (uint64_t)status.st_size), (uint64_t)status.st_ino);
  }
  closedir(stream);
  return sum;
}

uint64_t pi_watch_mark(const char *directory) {
  static const char *const FOLDERS[] = {".", "rules", "markets", "lib", "data", "locales", "tests"};
  uint64_t mark = 0;
  for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++)
    mark = mix(mark, mark_folder(directory, FOLDERS[i]));
  return mark;
}
