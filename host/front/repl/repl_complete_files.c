#include "repl_complete_files.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "repl.h"
#include "utf8.h"

enum { PATH_BYTES = 4096, ENTRIES_MAX = 20000 };

static bool is_quote(char c) {
  return c == '"' || c == '\'';
}

/* Whether a line can be typed with it: well-formed, without what a line or a quotation ends at. */
static bool typeable(pi_slice name, char quote, bool *blanks) {
  *blanks = false;
  if (pi_utf8_check(name) != name.ptr + name.len) return false;
  for (size_t i = 0; i < name.len; i++) {
    unsigned char c = (unsigned char)name.ptr[i];
    if (c < 0x20 || c == 0x7f || c == (unsigned char)quote) return false;
    if (c == ' ') *blanks = true;
  }
  return true;
}

/* Offers one, within quotes if it needs them or they were typed. A folder is left open to go on into it. */
static void put_file(pi_repl_candidates *out, char typed_quote, pi_slice head, const char *name,
                     bool is_folder) {
  char text[PATH_BYTES];
  char quote = typed_quote != '\0' ? typed_quote : '"';
  bool blanks;
  int length = snprintf(text, sizeof text, "%.*s%s%s", (int)head.len, head.ptr, name, is_folder ? "/" : "");
  if (length < 0 || (size_t)length >= sizeof text) return;
  if (!typeable((pi_slice){text, (size_t)length}, quote, &blanks)) return;
  char before[2] = {typed_quote != '\0' || blanks ? quote : '\0', '\0'};
  char whole[PATH_BYTES + 2];
  length = snprintf(whole, sizeof whole, "%s%s%s", before, text, is_folder ? "" : before);
  pi_repl_candidates_take(out, (pi_slice){whole, (size_t)length});
}

void pi_repl_complete_files(pi_repl_candidates *out) {
  char folder[PATH_BYTES];
  pi_slice word = out->word;
  char quote = word.len > 0 && is_quote(word.ptr[0]) ? word.ptr[0] : '\0';
  if (quote != '\0') word.ptr++, word.len--;
  size_t head = word.len;
  while (head > 0 && word.ptr[head - 1] != '/') head--;
  pi_slice begun = {word.ptr + head, word.len - head};
  out->after = "";
  if (!pi_repl_file_path(head > 0 ? (pi_slice){word.ptr, head} : PI_SLICE("."), folder, sizeof folder))
    return;
  DIR *dir = opendir(folder);
  if (dir == NULL) return;
  int seen = 0;
  for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
    char path[2 * PATH_BYTES];
    struct stat about;
    if (++seen > ENTRIES_MAX) out->partial = true;
    if (out->partial) break;
    if (entry->d_name[0] == '.' && (begun.len == 0 || begun.ptr[0] != '.')) continue;
    if (strncmp(entry->d_name, begun.ptr, begun.len) != 0) continue;
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    bool is_folder = stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    put_file(out, quote, (pi_slice){word.ptr, head}, entry->d_name, is_folder);
  }
  closedir(dir);
}

void pi_repl_complete_files_tests(pi_repl_candidates *out, const char *policy) {
  static const char ENDING[] = "_test.lua";
  char folder[PATH_BYTES];
  int length = snprintf(folder, sizeof folder, "%s/tests", policy);
  if (length < 0 || (size_t)length >= sizeof folder) return;
  DIR *dir = opendir(folder);
  if (dir == NULL) return;
  int seen = 0;
  for (const struct dirent *entry = readdir(dir); entry != NULL && seen < ENTRIES_MAX; entry = readdir(dir)) {
    size_t bytes = strlen(entry->d_name), ending = sizeof ENDING - 1;
    seen++;
    if (bytes <= ending || strcmp(entry->d_name + bytes - ending, ENDING) != 0) continue;
    pi_repl_candidates_put(out, (pi_slice){entry->d_name, bytes - ending});
  }
  closedir(dir);
}
