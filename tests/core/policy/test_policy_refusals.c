/* A policy that is not right does not load, and the error says where and what (E2001–E2012; design 5, 10). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>

#include "engine_rig.h"

#include "errors.h"

/* One refusal: up to two files beside a good policy.json, and every field of the error. */
typedef struct refusal {
  struct {
    const char *path, *text;
  } files[2];
  unsigned code;
  const char *file; /* "" for none */
  uint64_t line, column;
  const char *message, *path, *excerpt;
} refusal;

static void expect_error(const engine_rig *self, const refusal *row) {
  pubint_error error;
  memset(&error, 0x5a, sizeof error);
  pubint_policy *policy = (void *)&error; /* anything but NULL */
  pubint_status status = pubint_policy_load(&policy, self->maker.folder, &error);
  if (status == PUBINT_OK) fail_msg("loaded: %s", row->files[0].text);
  assert_null(policy);
  if (error.code != row->code || error.line != row->line || error.column != row->column ||
      strcmp(error.message, row->message) != 0) {
    fail_msg("%s\nE%04u %s:%d:%d %s\nnot E%04u %s:%d:%d %s", row->files[0].text, error.code, error.file,
             (int)error.line, (int)error.column, error.message, row->code, row->file, (int)row->line,
             (int)row->column, row->message);
  }
  assert_int_equal(status, PUBINT_E_POLICY);
  assert_int_equal(error.status, PUBINT_E_POLICY);
  assert_string_equal(error.file, row->file);
  assert_string_equal(error.path, row->path);
  assert_string_equal(error.excerpt, row->excerpt);
  /* Without an error to fill it is refused the same. */
  policy = (void *)&error;
  assert_int_equal(pubint_policy_load(&policy, self->maker.folder, NULL), PUBINT_E_POLICY);
  assert_null(policy);
}

/* Each row in a folder of its own. */
static void expect_rows(engine_rig *self, const refusal *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    policy_maker_end(&self->maker);
    policy_maker_begin(&self->maker);
    for (int file = 0; file < 2 && rows[i].files[file].path != NULL; file++) {
      policy_maker_text(&self->maker, rows[i].files[file].path, rows[i].files[file].text);
    }
    expect_error(self, &rows[i]);
  }
}
#define EXPECT_ROWS(self, rows) expect_rows((self), (rows), sizeof(rows) / sizeof *(rows))

/* ---- the folder and its JSON ---- */

static void test_policy_refuses_a_folder_without_one(void **state) {
  engine_rig *self = *state;
  char place[600];
  pubint_policy *policy = NULL;
  pubint_error error = {0};
  policy_maker_delete(&self->maker, "policy.json");
  assert_int_equal(pubint_policy_load(&policy, self->maker.folder, &error), PUBINT_E_POLICY);
  assert_null(policy);
  assert_int_equal(error.code, PI_E_NO_POLICY);
  (void)snprintf(place, sizeof place, "%s/policy.json", self->maker.folder);
  assert_string_equal(error.file, place);
  assert_non_null(strstr(error.message, "no policy in that folder: "));
  assert_non_null(strstr(error.message, "No such file or directory"));
  assert_int_equal(error.line, 0);

  assert_int_equal(pubint_policy_load(&policy, "no/such/folder", &error), PUBINT_E_POLICY);
  assert_int_equal(error.code, PI_E_NO_POLICY);
  assert_string_equal(error.file, "no/such/folder/policy.json");
  assert_int_equal(pubint_policy_load(&policy, "no/such/folder", NULL), PUBINT_E_POLICY);
}

#define MANIFEST_REST "\"version\":\"1\",\"description\":\"d\",\"learn_more\":\"l\"}"

static void test_policy_refuses_a_bad_policy_json(void **state) {
  static const refusal ROWS[] = {
      {{{"policy.json", "[]"}}, 2002, "policy.json", 0, 0, "policy.json is not an object", "", ""},
      {{{"policy.json", "{\"version\":\"1\",\"description\":\"d\",\"learn_more\":\"l\"}"}},
       2002,
       "policy.json",
       0,
       0,
       "name is missing: a text of 1 to 1024 bytes without control characters",
       "",
       ""},
      {{{"policy.json", "{\"name\":\"\"," MANIFEST_REST}},
       2002,
       "policy.json",
       0,
       0,
       "name must be a text of 1 to 1024 bytes without control characters",
       "",
       ""},
      {{{"policy.json", "{\"name\":null," MANIFEST_REST}},
       2002,
       "policy.json",
       0,
       0,
       "name is missing: a text of 1 to 1024 bytes without control characters",
       "",
       ""},
      {{{"policy.json", "{\"name\":\"n\",\"version\":1,\"description\":\"d\",\"learn_more\":\"l\"}"}},
       2002,
       "policy.json",
       0,
       0,
       "version must be a text of 1 to 1024 bytes without control characters",
       "",
       ""},
      {{{"policy.json", "{\"name\":\"n\",\"version\":\"1\",\"description\":[],\"learn_more\":\"l\"}"}},
       2002,
       "policy.json",
       0,
       0,
       "description must be a text of 1 to 1024 bytes without control characters",
       "",
       ""},
      {{{"policy.json", "{\"name\":\"n\",\"version\":\"1\",\"description\":\"d\",\"learnmore\":\"l\"}"}},
       2002,
       "policy.json",
       0,
       0,
       "policy.json has a key that is none of its own",
       "",
       ""},
      {{{"policy.json", "{\"name\":\"n\",\"more\":\"m\"," MANIFEST_REST}},
       2002,
       "policy.json",
       0,
       0,
       "policy.json has a key that is none of its own",
       "",
       ""},
  };
  EXPECT_ROWS(*state, ROWS);
}

/* name and version become part of pubint_policy_id, which is one line and ends at its NUL. */
static void test_policy_refuses_control_characters_in_its_name(void **state) {
  engine_rig *self = *state;
  static const char *const NAMES[] = {"a\\u0000b", "a\\nb", "a\\u001bb", "a\\u007fb"};
  for (size_t i = 0; i < 2 * sizeof NAMES / sizeof *NAMES; i++) {
    char text[256];
    pubint_policy *policy = NULL;
    pubint_error error = {0};
    (void)snprintf(text, sizeof text,
                   "{\"name\":\"%s\",\"version\":\"%s\",\"description\":\"d\",\"learn_more\":\"l\"}",
                   i % 2 == 0 ? NAMES[i / 2] : "n", i % 2 == 1 ? NAMES[i / 2] : "1");
    policy_maker_text(&self->maker, "policy.json", text);
    pubint_status status = pubint_policy_load(&policy, self->maker.folder, &error);
    pubint_policy_free(policy);
    if (status != PUBINT_E_POLICY || error.code != PI_E_POLICY_FILE)
      fail_msg("loaded, or E%04u: %s", error.code, text);
  }
}

/* What is no JSON has the reader's own code, place and path. */
static void test_policy_refuses_files_that_are_no_json(void **state) {
  static const refusal ROWS[] = {
      {{{"policy.json", ""}}, 1001, "policy.json", 1, 1, "there is no value", "", ""},
      {{{"policy.json", "{\n\"name\":\"n\",\n\"name\":\"m\"}"}},
       1014,
       "policy.json",
       3,
       1,
       "the same key twice in one object, first at line 2, column 1",
       "/name",
       ""},
      {{{"data/words.json", "{\"a\":\n  [1, 2,]}\n"}},
       1009,
       "data/words.json",
       2,
       9,
       "unexpected text",
       "/a/2",
       ""},
      {{{"data/words.json", "[\"\xff\"]"}},
       1003,
       "data/words.json",
       1,
       3,
       "text that is not UTF-8",
       "/0",
       ""},
      {{{"data/words.json", "[1e400]"}},
       1008,
       "data/words.json",
       1,
       2,
       "a number too large for a double",
       "/0",
       ""},
      {{{"data/words.json", "[\"cut"}},
       1010,
       "data/words.json",
       1,
       6,
       "the text ends in the middle of a value",
       "/0",
       ""},
      {{{"data/words.json", "1 2"}}, 1011, "data/words.json", 1, 3, "something follows the value", "", ""},
      {{{"locales/nl.json", "{\"a\":\"b\",}"}}, 1009, "locales/nl.json", 1, 10, "unexpected text", "", ""},
      {{{"data/deep.json", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"}},
       1012,
       "data/deep.json",
       1,
       33,
       "nested too deeply",
       "/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0",
       ""},
  };
  EXPECT_ROWS(*state, ROWS);
}

static void test_policy_refuses_a_locale_that_is_not_flat(void **state) {
  static const char message[] = "a locale is one object of texts";
  static const refusal ROWS[] = {
      {{{"locales/nl.json", "[]"}}, 2003, "locales/nl.json", 0, 0, message, "", ""},
      {{{"locales/nl.json", "\"a\""}}, 2003, "locales/nl.json", 0, 0, message, "", ""},
      {{{"locales/nl.json", "{\"a\":{\"b\":\"c\"}}"}}, 2003, "locales/nl.json", 0, 0, message, "", ""},
      {{{"locales/nl.json", "{\"a\":\"b\",\"c\":1}"}}, 2003, "locales/nl.json", 0, 0, message, "", ""},
  };
  EXPECT_ROWS(*state, ROWS);
}

/* A file of `bytes` bytes: what `begin` says, then blanks, which neither JSON nor Lua minds. */
static void write_large(const engine_rig *self, const char *path, const char *begin, size_t bytes) {
  char *text = malloc(bytes);
  assert_non_null(text);
  memset(text, ' ', bytes);
  memcpy(text, begin, strlen(begin));
  policy_maker_bytes(&self->maker, path, text, bytes);
  free(text);
}

static void test_policy_refuses_files_that_are_too_large(void **state) {
  engine_rig *self = *state;
  static const struct {
    const char *path, *begin;
    size_t most;
    unsigned code;
    const char *message;
  } CASES[] = {
      {"policy.json", "{\"name\":\"n\"," MANIFEST_REST, 1 << 20, 2002, "the file is larger than 1024 KiB"},
      {"data/words.json", "[1]", 1 << 20, 2003, "the file is larger than 1024 KiB"},
      {"locales/nl.json", "{}", 1 << 20, 2003, "the file is larger than 1024 KiB"},
      {"lib/large.lua", "return 1", 64 << 10, 2007, "the file is larger than 64 KiB"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    policy_maker_end(&self->maker);
    policy_maker_begin(&self->maker);
    write_large(self, CASES[i].path, CASES[i].begin, CASES[i].most);
    engine_rig_load(self);
    write_large(self, CASES[i].path, CASES[i].begin, CASES[i].most + 1);
    const refusal row = {.files = {{CASES[i].path, "one byte too many"}},
                         .code = CASES[i].code,
                         .file = CASES[i].path,
                         .message = CASES[i].message,
                         .path = "",
                         .excerpt = ""};
    expect_error(self, &row);
  }
}

/* ---- names ---- */

static void expect_names(engine_rig *self, const char *const *paths, size_t count, unsigned code) {
  for (size_t i = 0; i < count; i++) {
    policy_maker_end(&self->maker);
    policy_maker_begin(&self->maker);
    policy_maker_text(&self->maker, paths[i], "this is not looked at");
    const refusal row = {.files = {{paths[i], paths[i]}},
                         .code = code,
                         .file = paths[i],
                         .message = pi_error_find(code)->message,
                         .path = "",
                         .excerpt = ""};
    expect_error(self, &row);
  }
}

static void test_policy_refuses_names_that_do_not_fit_their_folder(void **state) {
  static const char *const PATHS[] = {
      "rules/Violence.lua", "rules/1st.lua",
      "rules/a-b.lua",      "rules/_a.lua",
      "rules/a.b.lua",      "rules/a23456789012345678901234567890123456789012345678x.lua", /* 49 bytes */
      "markets/nl.lua",     "markets/N.lua",
      "markets/NLD.lua",    "markets/NL-.lua",
      "markets/NL_ZH.lua",  "markets/NL-ZUID.lua",
      "markets/NL-zh.lua",  "markets/N1.lua",
      "lib/Common.lua",     "lib/two words.lua",
      "data/Words.json",    "data/words.nl.json",
  };
  expect_names(*state, PATHS, sizeof PATHS / sizeof *PATHS, PI_E_SCRIPT_NAME);
}

/* R072, R108–R112 */
static void test_policy_refuses_a_script_for_a_rule_that_is_never_excepted(void **state) {
  static const char *const PATHS[] = {"rules/terrorism.lua", "rules/child_sexual_exploitation.lua",
                                      "rules/non_consensual_nudity.lua", "rules/sexual_violence.lua",
                                      "rules/copyright.lua"};
  expect_names(*state, PATHS, sizeof PATHS / sizeof *PATHS, PI_E_NEVER_SCRIPTED);
}

static void test_policy_says_why_a_file_cannot_be_read(void **state) {
  engine_rig *self = *state;
  char path[600];
  pubint_policy *policy = NULL;
  pubint_error error = {0};
  policy_maker_rule(&self->maker, "violence", "0", "");
  (void)snprintf(path, sizeof path, "%s/rules/folder.lua", self->maker.folder);
  assert_int_equal(mkdir(path, 0700), 0);
  assert_int_equal(pubint_policy_load(&policy, self->maker.folder, &error), PUBINT_E_POLICY);
  assert_null(policy);
  assert_int_equal(error.code, PI_E_CANNOT_READ);
  assert_string_equal(error.file, "rules/folder.lua");
  assert_string_equal(error.message, "a file cannot be read: Is a directory");
}

/* Opening it as a file would wait for a writer that never comes. */
static void test_policy_does_not_wait_for_a_named_pipe(void **state) {
  engine_rig *self = *state;
  char path[600];
  pubint_policy *policy = NULL;
  pubint_error error = {0};
  policy_maker_rule(&self->maker, "violence", "0", "");
  (void)snprintf(path, sizeof path, "%s/rules/pipe.lua", self->maker.folder);
  assert_int_equal(mkfifo(path, 0600), 0);
  assert_int_equal(pubint_policy_load(&policy, self->maker.folder, &error), PUBINT_E_POLICY);
  assert_null(policy);
  assert_int_equal(error.code, PI_E_CANNOT_READ);
  assert_string_equal(error.file, "rules/pipe.lua");
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_policy_refuses_a_folder_without_one),
      RIG_TEST(test_policy_refuses_a_bad_policy_json),
      RIG_TEST(test_policy_refuses_control_characters_in_its_name),
      RIG_TEST(test_policy_refuses_files_that_are_no_json),
      RIG_TEST(test_policy_refuses_a_locale_that_is_not_flat),
      RIG_TEST(test_policy_refuses_files_that_are_too_large),
      RIG_TEST(test_policy_refuses_names_that_do_not_fit_their_folder),
      RIG_TEST(test_policy_refuses_a_script_for_a_rule_that_is_never_excepted),
      RIG_TEST(test_policy_says_why_a_file_cannot_be_read),
      RIG_TEST(test_policy_does_not_wait_for_a_named_pipe),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
