#define _XOPEN_SOURCE 700 /* nftw */

#include "policy_maker.h"

#include <errno.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_BYTES = 1024, SCRIPT_BYTES = 32 * 1024 };

static void join(char out[PATH_BYTES], const char *folder, const char *name) {
  int n = snprintf(out, PATH_BYTES, "%s/%s", folder, name);
  assert_in_range(n, 1, PATH_BYTES - 1);
}

void policy_maker_begin(policy_maker *self) {
  const char *parent = getenv("TMPDIR");
  int n = snprintf(self->folder, sizeof self->folder, "%s/pubint-policy-XXXXXX",
                   parent != NULL && parent[0] != '\0' ? parent : ".");
  assert_in_range(n, 1, sizeof self->folder - 1);
  if (mkdtemp(self->folder) == NULL) {
    int reason = errno;
    self->folder[0] = '\0';
    fail_msg("no temporary folder: %s", strerror(reason));
  }
  policy_maker_text(self, "policy.json",
                    "{\"name\":\"made\",\"version\":\"1\",\"description\":\"made by a test\","
                    "\"learn_more\":\"https://example.org/notice\"}\n");
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place) {
  (void)about;
  (void)kind;
  (void)place;
  return remove(path);
}

void policy_maker_end(policy_maker *self) {
  if (self->folder[0] == '\0') return;
  (void)nftw(self->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  self->folder[0] = '\0';
}

void policy_maker_bytes(const policy_maker *self, const char *path, const char *bytes, size_t length) {
  char full[PATH_BYTES];
  join(full, self->folder, path);
  char *slash = strrchr(full + strlen(self->folder) + 1, '/');
  if (slash != NULL) {
    *slash = '\0';
    if (mkdir(full, 0700) != 0) assert_int_equal(errno, EEXIST);
    *slash = '/';
  }
  FILE *file = fopen(full, "wb");
  if (file == NULL) fail_msg("%s: %s", full, strerror(errno));
  size_t written = fwrite(bytes, 1, length, file);
  assert_int_equal(fclose(file), 0);
  assert_int_equal(written, length);
}

void policy_maker_text(const policy_maker *self, const char *path, const char *text) {
  policy_maker_bytes(self, path, text, strlen(text));
}

void policy_maker_delete(const policy_maker *self, const char *path) {
  char full[PATH_BYTES];
  join(full, self->folder, path);
  assert_int_equal(unlink(full), 0);
}

static void write_script(const policy_maker *self, const char *path, const char *head, const char *body) {
  char script[SCRIPT_BYTES];
  int n = snprintf(script, sizeof script, "return { %s, weigh = function(case, balance)\n%s\nend }\n", head,
                   body);
  assert_in_range(n, 1, sizeof script - 1);
  policy_maker_text(self, path, script);
}

void policy_maker_rule(const policy_maker *self, const char *rule, const char *bar, const char *body) {
  char path[PATH_BYTES], head[PATH_BYTES];
  (void)snprintf(path, sizeof path, "rules/%s.lua", rule);
  (void)snprintf(head, sizeof head, "rule = \"%s\", class = \"possible\", bar = %s", rule, bar);
  write_script(self, path, head, body);
}

void policy_maker_market(const policy_maker *self, const char *market, const char *body) {
  char path[PATH_BYTES], head[PATH_BYTES];
  (void)snprintf(path, sizeof path, "markets/%s.lua", market);
  (void)snprintf(head, sizeof head, "market = \"%s\"", market);
  write_script(self, path, head, body);
}
