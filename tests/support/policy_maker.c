#include "policy_maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "test.h"

enum { PATH_BYTES = 1024, SCRIPT_BYTES = 32 * 1024 };

static void join(char out[PATH_BYTES], const char *folder, const char *name) {
  int n = snprintf(out, PATH_BYTES, "%s/%s", folder, name);
  assert_in_range(n, 1, PATH_BYTES - 1);
}

void policy_maker_begin(policy_maker *self) {
  files_make_folder(self->folder, sizeof self->folder);
  policy_maker_text(self, "policy.json",
                    "{\"name\":\"made\",\"version\":\"1\",\"description\":\"made by a test\","
                    "\"learn_more\":\"https://example.org/notice\"}\n");
}

void policy_maker_end(policy_maker *self) {
  if (self->folder[0] == '\0') return;
  files_remove_folder(self->folder);
  self->folder[0] = '\0';
}

void policy_maker_bytes(const policy_maker *self, const char *path, const char *bytes, size_t length) {
  char full[PATH_BYTES];
  join(full, self->folder, path);
  files_write(full, bytes, length);
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
