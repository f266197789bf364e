/* Options from tables: every form in which one can be given, and every way to get it wrong. */
#include "options.h"
#include "test.h"

typedef struct values {
  bool loud;
  bool quick;
  const char *folder;
  unsigned when;
} values;

static const char *const WHEN[] = {"auto", "always", "never", NULL};
static const pi_option OPTIONS[] = {
    {'l', "loud", PI_OPTION_FLAG, NULL, NULL, offsetof(values, loud), "make noise"},
    {'q', "quick", PI_OPTION_FLAG, NULL, NULL, offsetof(values, quick), "hurry"},
    {'f', "folder", PI_OPTION_TEXT, "DIR", NULL, offsetof(values, folder), "where"},
};
/* A second table with the same struct, as the common options are beside a command's own. */
static const pi_option MORE[] = {
    {0, "when", PI_OPTION_CHOICE, "WHEN", WHEN, offsetof(values, when), "when"},
};

enum { WORDS_MAX = 8 };

typedef struct parsed {
  values values;
  pi_arguments arguments;
  const char *items[WORDS_MAX];
  pubint_error error;
  pubint_status status;
} parsed;

/* `words` ends in NULL. */
static void parse(parsed *out, const char *const *words) {
  *out = (parsed){.arguments = {.items = out->items}};
  char *argv[WORDS_MAX];
  int argc = 0;
  for (; words[argc] != NULL; argc++) {
    assert_in_range(argc, 0, WORDS_MAX - 1);
    argv[argc] = (char *)(uintptr_t)words[argc]; /* argv is not written to */
  }
  const pi_option_set sets[] = {{OPTIONS, 3, &out->values}, {MORE, 1, &out->values}};
  out->status = pi_options_parse(sets, 2, argc, argv, &out->arguments, &out->error);
}
#define PARSE(out, ...) parse((out), (const char *const[]){__VA_ARGS__, NULL})

static void test_options_nothing_given_leaves_defaults(void **state) {
  (void)state;
  parsed p;
  parse(&p, (const char *const[]){NULL});
  assert_int_equal(p.status, PUBINT_OK);
  assert_false(p.values.loud);
  assert_null(p.values.folder);
  assert_int_equal(p.arguments.count, 0);
}

static void test_options_long_and_short_mix_with_arguments(void **state) {
  (void)state;
  parsed p;
  PARSE(&p, "a", "--loud", "-", "-f", "x", "b", "--when=never");
  assert_int_equal(p.status, PUBINT_OK);
  assert_true(p.values.loud);
  assert_false(p.values.quick);
  assert_string_equal(p.values.folder, "x");
  assert_int_equal(p.values.when, 2);
  assert_int_equal(p.arguments.count, 3);
  assert_string_equal(p.arguments.items[0], "a");
  assert_string_equal(p.arguments.items[1], "-");
  assert_string_equal(p.arguments.items[2], "b");
}

static void test_options_value_takes_every_form(void **state) {
  (void)state;
  static const char *const FORMS[][3] = {
      {"-f", "dir", NULL}, {"-fdir", NULL, NULL}, {"--folder", "dir", NULL}, {"--folder=dir", NULL, NULL}};
  for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
    parsed p;
    parse(&p, FORMS[i]);
    assert_int_equal(p.status, PUBINT_OK);
    assert_string_equal(p.values.folder, "dir");
  }
}

static void test_options_value_may_look_like_an_option(void **state) {
  (void)state;
  parsed p;
  PARSE(&p, "--folder", "--loud");
  assert_string_equal(p.values.folder, "--loud");
  assert_false(p.values.loud);
  PARSE(&p, "--folder=");
  assert_string_equal(p.values.folder, "");
}

static void test_options_short_flags_stand_together(void **state) {
  (void)state;
  parsed p;
  PARSE(&p, "-lqfdir");
  assert_int_equal(p.status, PUBINT_OK);
  assert_true(p.values.loud && p.values.quick);
  assert_string_equal(p.values.folder, "dir");
}

static void test_options_last_one_counts(void **state) {
  (void)state;
  parsed p;
  PARSE(&p, "-fa", "--when", "always", "-fb", "--when", "auto");
  assert_string_equal(p.values.folder, "b");
  assert_int_equal(p.values.when, 0);
}

static void test_options_end_at_two_dashes(void **state) {
  (void)state;
  parsed p;
  PARSE(&p, "--", "--loud", "--");
  assert_int_equal(p.status, PUBINT_OK);
  assert_false(p.values.loud);
  assert_int_equal(p.arguments.count, 2);
  assert_string_equal(p.arguments.items[1], "--");
}

static void test_options_unknown_is_refused_with_the_nearest(void **state) {
  (void)state;
  parsed p;
  PARSE(&p, "--lod");
  assert_int_equal(p.status, PUBINT_E_USAGE);
  assert_int_equal(p.error.code, 4002);
  assert_string_equal(p.error.found, "--lod");
  assert_string_equal(p.error.hint, "did you mean --loud?");
  PARSE(&p, "--whn=never");
  assert_string_equal(p.error.hint, "did you mean --when?");
  PARSE(&p, "-x");
  assert_int_equal(p.error.code, 4002);
  assert_string_equal(p.error.hint, "");
  PARSE(&p, "-lx");
  assert_string_equal(p.error.found, "-lx");
  PARSE(&p, "--=3");
  assert_int_equal(p.error.code, 4002);
}

static void test_options_missing_or_unwanted_value_is_refused(void **state) {
  (void)state;
  static const char *const FORMS[][2] = {
      {"-f", NULL}, {"--folder", NULL}, {"-lf", NULL}, {"--loud=yes", NULL}};
  for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
    parsed p;
    parse(&p, FORMS[i]);
    assert_int_equal(p.status, PUBINT_E_USAGE);
    assert_int_equal(p.error.code, 4003);
  }
}

static void test_options_choice_names_what_it_takes(void **state) {
  (void)state;
  parsed p;
  PARSE(&p, "--when", "alwys");
  assert_int_equal(p.error.code, 4003);
  assert_string_equal(p.error.found, "alwys");
  assert_string_equal(p.error.expected, "one of auto, always, never");
  assert_string_equal(p.error.hint, "did you mean always?");
}

/* A row that says no more is described by the words it takes. */
static void test_options_choice_without_help_lists_its_words(void **state) {
  (void)state;
  const pi_option bare = {0, "when", PI_OPTION_CHOICE, "WHEN", WHEN, offsetof(values, when), NULL};
  char room[PI_OPTIONS_HELP_BYTES];
  assert_string_equal(pi_options_help(&bare, room), "auto, always or never");
  assert_string_equal(pi_options_help(&MORE[0], room), "when");
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_options_nothing_given_leaves_defaults),
      cmocka_unit_test(test_options_long_and_short_mix_with_arguments),
      cmocka_unit_test(test_options_value_takes_every_form),
      cmocka_unit_test(test_options_value_may_look_like_an_option),
      cmocka_unit_test(test_options_short_flags_stand_together),
      cmocka_unit_test(test_options_last_one_counts),
      cmocka_unit_test(test_options_end_at_two_dashes),
      cmocka_unit_test(test_options_unknown_is_refused_with_the_nearest),
      cmocka_unit_test(test_options_missing_or_unwanted_value_is_refused),
      cmocka_unit_test(test_options_choice_names_what_it_takes),
      cmocka_unit_test(test_options_choice_without_help_lists_its_words),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
