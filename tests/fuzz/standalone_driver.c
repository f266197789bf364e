/* Runs a fuzz target over files and over folders of files, so that a corpus is replayed by any compiler:
 *   fuzz_json_replay FILE_OR_FOLDER…
 */
#include <dirent.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz_target.h"

/* Each input lies in a block of exactly its size, so that a sanitizer sees a read behind its end. */
static void run_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
    perror(path);
    exit(1);
  }
  long length = ftell(file);
  rewind(file);
  size_t size = length > 0 ? (size_t)length : 0;
  uint8_t *data = malloc(size > 0 ? size : 1);
  if (length < 0 || data == NULL || fread(data, 1, size, file) != size) {
    perror(path);
    exit(1);
  }
  fclose(file);
  LLVMFuzzerTestOneInput(data, size);
  free(data);
}

/* Returns how many files were run. */
static size_t run_folder(const char *path) {
  DIR *folder = opendir(path);
  if (folder == NULL) {
    perror(path);
    exit(1);
  }
  size_t count = 0;
  for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
    if (entry->d_name[0] == '.') continue;
    char name[PATH_MAX];
    int length = snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
    if (length < 0 || (size_t)length >= sizeof name) {
      fprintf(stderr, "%s: the path is too long\n", path);
      exit(1);
    }
    run_file(name);
    count++;
  }
  closedir(folder);
  return count;
}

int main(int argc, char **argv) {
  size_t count = 0;
  for (int i = 1; i < argc; i++) {
    struct stat about;
    if (stat(argv[i], &about) != 0) {
      perror(argv[i]);
      return 1;
    }
    if (S_ISDIR(about.st_mode)) {
      count += run_folder(argv[i]);
    } else {
      run_file(argv[i]);
      count++;
    }
  }
  printf("%zu inputs replayed\n", count);
  return count > 0 ? 0 : 1;
}
