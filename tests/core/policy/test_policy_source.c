/* Where a policy comes from changes nothing of it: a folder, memory, and what a source owes its policy. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "engine_rig.h"

#include "errors.h"
#include "policy_load.h"

static const char MANIFEST[] = "{\"name\":\"made\",\"version\":\"1\",\"description\":\"made by a test\","
                               "\"learn_more\":\"https://example.org/notice\"}\n";
static const char RULE[] =
    "return { rule = \"violence\", class = \"rare\", bar = 5, weigh = function() end }\n";
static const char DATA[] = "{\"words\":[\"one\",\"two\"]}\n";

/* The files of a policy, in no order, with some that are not of it. */
static pi_policy_text files[] = {
    {"rules/violence.lua", {RULE, sizeof RULE - 1}},
    {"data/zebra.json", {DATA, sizeof DATA - 1}},
    {"README.md", {"# made\n", 7}},
    {"policy.json", {MANIFEST, sizeof MANIFEST - 1}},
    {"rules/.hidden.lua", {"no Lua", 6}},
    {"data/apple.json", {DATA, sizeof DATA - 1}},
    {"rules/deep/er.lua", {"no Lua", 6}},
    {"rules/notes.txt", {"no Lua", 6}},
};
enum { FILES_COUNT = sizeof files / sizeof *files };

static void write_files(const engine_rig *self, const pi_policy_texts *texts) {
  for (size_t i = 0; i < texts->count; i++) {
    if (strcmp(texts->items[i].path, "rules/deep/er.lua") == 0) continue;
    policy_maker_bytes(&self->maker, texts->items[i].path, texts->items[i].text.ptr,
                       texts->items[i].text.len);
  }
}

static void test_policy_source_gives_the_same_policy_from_memory_as_from_a_folder(void **state) {
  engine_rig *self = *state;
  pi_policy_texts texts = {files, FILES_COUNT};
  pubint_error error;
  pubint_policy *policy;
  write_files(self, &texts);
  engine_rig_load(self);
  assert_int_equal(pi_policy_load_source(&policy, pi_policy_source_memory("made", &texts), &error),
                   PUBINT_OK);
  assert_string_equal(policy->id.ptr, self->policy->id.ptr);
  assert_string_equal(policy->sums.ptr, self->policy->sums.ptr);
  assert_string_equal(policy->directory.ptr, "made");
  assert_int_equal(policy->scripts_count, 1);
  assert_int_equal(policy->data_count, 2);
  assert_true(pi_slice_equal(policy->data[0].name, PI_SLICE("apple")));
  assert_true(self->policy->source.folder);
  assert_false(policy->source.folder);
  pubint_policy_free(policy);
}

static void test_policy_source_gives_the_same_errors_from_memory_as_from_a_folder(void **state) {
  static char large[64 * 1024 + 1], vast[1024 * 1024 + 1];
  memset(large, ' ', sizeof large);
  memset(vast, ' ', sizeof vast);
  static const struct {
    pi_policy_text file;
    pi_code code;
  } ROWS[] = {
      {{"rules/violence.lua", {large, sizeof large}}, PI_E_SCRIPT_SOURCE},
      {{"rules/Violence.lua", {RULE, sizeof RULE - 1}}, PI_E_SCRIPT_NAME},
      {{"data/words.json", {vast, sizeof vast}}, PI_E_POLICY_JSON},
      {{"data/words.json", {"{", 1}}, PI_E_UNFINISHED},
      {{"policy.json", {"[]", 2}}, PI_E_POLICY_FILE},
      {{"policy.json", {vast, sizeof vast}}, PI_E_POLICY_FILE},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    engine_rig *self = *state;
    pi_policy_text both[] = {{"policy.json", {MANIFEST, sizeof MANIFEST - 1}}, ROWS[i].file};
    bool manifest = strcmp(ROWS[i].file.path, "policy.json") == 0;
    pi_policy_texts texts = {both + manifest, 2 - manifest};
    pubint_error of_folder = {0}, of_memory = {0};
    pubint_policy *policy;
    write_files(self, &texts);
    assert_int_equal(pubint_policy_load(&policy, self->maker.folder, &of_folder), PUBINT_E_POLICY);
    assert_int_equal(
        pi_policy_load_source(&policy, pi_policy_source_memory(self->maker.folder, &texts), &of_memory),
        PUBINT_E_POLICY);
    assert_null(policy);
    assert_int_equal(of_folder.code, ROWS[i].code);
    assert_int_equal(of_memory.code, ROWS[i].code);
    assert_string_equal(of_memory.message, of_folder.message);
    assert_string_equal(of_memory.file, of_folder.file);
    policy_maker_delete(&self->maker, ROWS[i].file.path);
  }
}

static void test_policy_source_without_a_policy_is_no_policy(void **state) {
  engine_rig *self = *state;
  pi_policy_texts texts = {files, 3};
  pubint_error of_folder, of_memory;
  pubint_policy *policy;
  policy_maker_delete(&self->maker, "policy.json");
  assert_int_equal(pubint_policy_load(&policy, self->maker.folder, &of_folder), PUBINT_E_POLICY);
  pi_policy_source source = pi_policy_source_memory(self->maker.folder, &texts);
  assert_int_equal(pi_policy_load_source(&policy, source, &of_memory), PUBINT_E_POLICY);
  assert_int_equal(of_memory.code, PI_E_NO_POLICY);
  assert_string_equal(of_memory.message, of_folder.message);
  assert_string_equal(of_memory.file, of_folder.file);
}

static void test_policy_source_that_names_a_file_twice_is_refused(void **state) {
  (void)state;
  pi_policy_text twice[] = {files[0], files[3], files[0]};
  pi_policy_texts texts = {twice, 3};
  pubint_policy *policy;
  pubint_error error;
  assert_int_equal(pi_policy_load_source(&policy, pi_policy_source_memory("made", &texts), &error),
                   PUBINT_E_POLICY);
  assert_int_equal(error.code, PI_E_SCRIPT_NAME);
}

static void test_policy_source_looks_at_the_size_before_it_takes_a_byte(void **state) {
  engine_rig *self = *state;
  pi_policy_texts texts = {files, FILES_COUNT};
  write_files(self, &texts);
  pi_policy_source sources[] = {pi_policy_source_folder(self->maker.folder),
                                pi_policy_source_memory("made", &texts)};
  for (size_t i = 0; i < 2; i++) {
    pi_buffer out;
    pi_buffer_init(&out, sizeof RULE - 2);
    assert_int_equal(sources[i].read(&sources[i], "rules/violence.lua", &out, NULL), PUBINT_OK);
    assert_true(out.failed && out.full);
    assert_int_equal(out.len, 0);
    pi_buffer_dispose(&out);
  }
}

/* ---- what a folder may hold ---- */

/* Puts `path` of the policy aside, and a link to `target` in its place. */
static void put_link(const engine_rig *self, const char *target, const char *path) {
  char link[600], aside[620];
  snprintf(link, sizeof link, "%s/%s", self->maker.folder, path);
  snprintf(aside, sizeof aside, "%s.aside", link);
  if (access(link, F_OK) == 0) assert_int_equal(rename(link, aside), 0);
  assert_int_equal(symlink(target, link), 0);
}

static void take_link(const engine_rig *self, const char *path) {
  char link[600], aside[620];
  snprintf(link, sizeof link, "%s/%s", self->maker.folder, path);
  snprintf(aside, sizeof aside, "%s.aside", link);
  assert_int_equal(unlink(link), 0);
  if (access(aside, F_OK) == 0) assert_int_equal(rename(aside, link), 0);
}

static void expect_refused(const engine_rig *self, pi_code code, const char *file) {
  pubint_policy *policy;
  pubint_error error;
  assert_int_equal(pubint_policy_load(&policy, self->maker.folder, &error), PUBINT_E_POLICY);
  assert_null(policy);
  assert_int_equal(error.code, code);
  assert_string_equal(error.file, file);
  assert_string_equal(error.excerpt, ""); /* nothing of what lies there is quoted */
  assert_string_equal(error.found, "");
}

static void test_policy_source_refuses_links_that_leave_the_folder(void **state) {
  static const char *const PATHS[] = {"policy.json",
                                      "rules/violence.lua",
                                      "rules/abuse_harassment.lua",
                                      "markets/NL.lua",
                                      "lib/shared.lua",
                                      "data/apple.json",
                                      "locales/nl.json",
                                      "rules",
                                      "markets",
                                      "lib",
                                      "data",
                                      "locales"};
  const engine_rig *self = *state;
  pi_policy_texts texts = {files, FILES_COUNT};
  char outside[600], beside[600], up[600];
  const char *name = strrchr(self->maker.folder, '/') + 1;
  write_files(self, &texts);
  policy_maker_text(&self->maker, "markets/notes.txt", "");
  policy_maker_text(&self->maker, "lib/notes.txt", "");
  policy_maker_text(&self->maker, "locales/notes.txt", "");
  snprintf(outside, sizeof outside, "%s-outside", self->maker.folder); /* begins as the folder does */
  snprintf(up, sizeof up, "../%s-outside", name);
  snprintf(beside, sizeof beside, "../../%s-outside/", name);
  assert_int_equal(mkdir(outside, 0700), 0);
  const char *const targets[] = {outside,     up,  beside, "/etc/passwd",
                                 "/dev/zero", "/", "..",   "/nowhere/at/all"};
  for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
    for (size_t j = 0; j < sizeof targets / sizeof *targets; j++) {
      bool within = strcmp(targets[j], "..") == 0 && strchr(PATHS[i], '/') != NULL; /* the folder itself */
      put_link(self, targets[j], PATHS[i]);
      expect_refused(self,
                     within && strcmp(PATHS[i], "policy.json") != 0 ? PI_E_CANNOT_READ : PI_E_POLICY_LINK,
                     PATHS[i]);
      take_link(self, PATHS[i]);
    }
  }
  assert_int_equal(rmdir(outside), 0);
}

static void test_policy_source_follows_links_within_the_folder(void **state) {
  engine_rig *self = *state;
  pi_policy_texts texts = {files, FILES_COUNT};
  char absolute[600], link[640], around[600];
  pubint_policy *policy;
  write_files(self, &texts);
  engine_rig_load(self);
  snprintf(absolute, sizeof absolute, "%s/rules.aside/violence.lua", self->maker.folder);
  snprintf(around, sizeof around, "../%s/data.aside", strrchr(self->maker.folder, '/') + 1);
  put_link(self, "rules.aside", "rules");
  put_link(self, absolute, "rules/violence.lua");
  assert_int_equal(unlink(absolute), 0); /* it is the link itself by now */
  snprintf(link, sizeof link, "%s.aside", absolute);
  assert_int_equal(rename(link, absolute), 0);
  put_link(self, around, "data");
  put_link(self, "apple.json", "data/zebra.json");
  snprintf(link, sizeof link, "%s-link", self->maker.folder);
  assert_int_equal(symlink(self->maker.folder, link), 0);
  assert_int_equal(pubint_policy_load(&policy, link, NULL), PUBINT_OK);
  assert_string_equal(policy->id.ptr, self->policy->id.ptr);
  pubint_policy_free(policy);
  assert_int_equal(unlink(link), 0);
}

static void test_policy_source_waits_for_no_pipe_and_reads_no_device(void **state) {
  static const char *const PATHS[] = {"policy.json", "rules/violence.lua", "data/apple.json", "locales"};
  const engine_rig *self = *state;
  char path[600];
  for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
    const char *file = PATHS[i];
    bool manifest = strcmp(file, "policy.json") == 0;
    snprintf(path, sizeof path, "%s/%s", self->maker.folder, file);
    policy_maker_text(&self->maker, file, MANIFEST);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    expect_refused(self, manifest ? PI_E_NO_POLICY : PI_E_CANNOT_READ, manifest ? path : file);
    assert_int_equal(unlink(path), 0);
    if (mknod(path, S_IFCHR | 0600, makedev(1, 5)) == 0) { /* /dev/zero; only root may */
      expect_refused(self, manifest ? PI_E_NO_POLICY : PI_E_CANNOT_READ, manifest ? path : file);
      assert_int_equal(unlink(path), 0);
    }
    policy_maker_text(&self->maker, "policy.json", MANIFEST);
  }
}

/* ---- who closes ---- */

static void close_once(pi_policy_source *self) {
  assert_int_equal(++*(int *)self->state, 1);
}

static pubint_status list_none(const pi_policy_source *self, const char *folder, pi_policy_take_name *take,
                               void *context, pubint_error *error) {
  (void)self, (void)folder, (void)take, (void)context, (void)error;
  return PUBINT_OK;
}

static pubint_status read_manifest(const pi_policy_source *self, const char *path, pi_buffer *out,
                                   pubint_error *error) {
  assert_string_equal(path, "policy.json");
  if (self->folder) return pi_policy_source_cannot_read(error, path, EIO);
  pi_buffer_text(out, MANIFEST);
  return PUBINT_OK;
}

static void test_policy_source_is_closed_once_with_the_policy_or_with_the_refusal(void **state) {
  (void)state;
  int closed = 0;
  pi_policy_source source = {
      .name = "counted", .state = &closed, .list = list_none, .read = read_manifest, .close = close_once};
  pubint_policy *policy, *changed;
  pi_policy_change change = {PI_SLICE("rules/violence.lua"), PI_SLICE("")};
  assert_int_equal(pi_policy_load_source(&policy, source, NULL), PUBINT_OK);
  assert_int_equal(pi_policy_load_changed(&changed, policy, &change, NULL), PUBINT_E_POLICY);
  assert_int_equal(closed, 0); /* it was borrowed */
  pubint_policy_free(policy);
  assert_int_equal(closed, 1);
  closed = 0;
  source.folder = true; /* which does not load */
  assert_int_equal(pi_policy_load_source(&policy, source, NULL), PUBINT_E_POLICY);
  assert_int_equal(closed, 1);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_policy_source_gives_the_same_policy_from_memory_as_from_a_folder),
      RIG_TEST(test_policy_source_gives_the_same_errors_from_memory_as_from_a_folder),
      RIG_TEST(test_policy_source_without_a_policy_is_no_policy),
      RIG_TEST(test_policy_source_that_names_a_file_twice_is_refused),
      RIG_TEST(test_policy_source_looks_at_the_size_before_it_takes_a_byte),
      RIG_TEST(test_policy_source_refuses_links_that_leave_the_folder),
      RIG_TEST(test_policy_source_follows_links_within_the_folder),
      RIG_TEST(test_policy_source_waits_for_no_pipe_and_reads_no_device),
      RIG_TEST(test_policy_source_is_closed_once_with_the_policy_or_with_the_refusal),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
