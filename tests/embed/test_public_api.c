/* What include/pubint promises, through libpubint.so and nothing else. */
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"

static char *copy_of(const char *text) {
  size_t length = strlen(text);
  char *copy = malloc(length + 1);
  assert_non_null(copy);
  memcpy(copy, text, length + 1);
  return copy;
}

static const char NOTICE_CASE[] =
    "{\"id\":\"c-1\",\"tweet\":{\"text\":\"t\"},\"account\":{\"verified\":true,\"followers_count\":200000,\"office\":{"
    "\"status\":\"candidate\",\"branch\":\"executive\"}},\"violations\":[{\"rule\":\"made\"}],\"context\":{\"market\":\"NL\",\"public_concern\":1,\"call_to_action\":"
    "0,\"rights_interference\":0,\"offline_harm\":{\"likelihood\":0,\"severity\":0},\"signals\":{\"near\":0.1,\"small\":"
    "1.25e-7,\"long\":2.2250738585072011360574097967091319759348195463516456480234261097248222220210769455165295239081"
    "3507914914919,\"whole\":3}}}";

static pubint_case *parse(const char *json) {
  pubint_case *input = NULL;
  pubint_error error = {0};
  if (pubint_case_parse(&input, json, strlen(json), &error) != PUBINT_OK)
    fail_msg("E%04u %s", error.code, error.message);
  return input;
}

/* ---- names ---- */

static void test_public_api_version_is_three_numbers(void **state) {
  (void)state;
  int dots = 0;
  const char *version = pubint_version();
  for (const char *p = version; *p != '\0'; p++) {
    assert_true((*p >= '0' && *p <= '9') || *p == '.');
    if (*p == '.') dots++;
  }
  assert_int_equal(dots, 2);
}

static void test_public_api_names(void **state) {
  (void)state;
  static const char *const OUTCOMES[] = {"no_action", "remove", "notice", "review"};
  static const char *const BASES[] = {"no_violation", "never_excepted", "not_eligible", "incomplete",
                                      "weighed",      "rule_error",     "no_script",    "unassessed"};
  static const char *const STATUSES[] = {"ok", "input", "policy", "limit", "usage", "system"};
  for (int i = 0; i < 4; i++) assert_string_equal(pubint_outcome_name((pubint_outcome)i), OUTCOMES[i]);
  for (int i = 0; i < 8; i++) assert_string_equal(pubint_basis_name((pubint_basis)i), BASES[i]);
  for (int i = 0; i < 6; i++) assert_string_equal(pubint_status_name((pubint_status)-i), STATUSES[i]);
}

/* ---- failing ---- */

static void test_public_api_free_takes_null(void **state) {
  (void)state;
  pubint_case_free(NULL);
  pubint_policy_free(NULL);
  pubint_engine_free(NULL);
}

static void test_public_api_failure_leaves_null_and_needs_no_error(void **state) {
  engine_rig *self = *state;
  pubint_error error = {0};
  pubint_case *input = (void *)&error;
  pubint_policy *policy = (void *)&error;
  assert_int_equal(pubint_case_parse(&input, "{}", 2, &error), PUBINT_E_INPUT);
  assert_null(input);
  assert_int_equal(error.status, PUBINT_E_INPUT);
  assert_int_equal(error.code, 1102);
  input = (void *)&error;
  assert_int_equal(pubint_case_parse(&input, "{}", 2, NULL), PUBINT_E_INPUT);
  assert_null(input);
  assert_int_equal(pubint_case_parse(&input, "", 0, NULL), PUBINT_E_INPUT);
  policy_maker_delete(&self->maker, "policy.json");
  assert_int_equal(pubint_policy_load(&policy, self->maker.folder, &error), PUBINT_E_POLICY);
  assert_null(policy);
  assert_int_equal(error.status, PUBINT_E_POLICY);
  policy = (void *)&error;
  assert_int_equal(pubint_policy_load(&policy, self->maker.folder, NULL), PUBINT_E_POLICY);
  assert_null(policy);
}

static void test_public_api_success_needs_no_error_and_fills_none(void **state) {
  engine_rig *self = *state;
  static const pubint_error NOTHING;
  pubint_error error = {0};
  policy_maker_rule(&self->maker, "made", "0", "");
  pubint_policy *policy = NULL;
  pubint_engine *engine = NULL;
  pubint_case *input = NULL;
  const pubint_evaluation *evaluation = NULL;
  for (int with = 0; with < 2; with++) {
    pubint_error *to = with == 1 ? &error : NULL;
    assert_int_equal(pubint_policy_load(&policy, self->maker.folder, to), PUBINT_OK);
    assert_int_equal(pubint_engine_new(&engine, policy, to), PUBINT_OK);
    assert_int_equal(pubint_case_parse(&input, NOTICE_CASE, sizeof NOTICE_CASE - 1, to), PUBINT_OK);
    assert_int_equal(pubint_engine_evaluate(engine, input, &evaluation, to), PUBINT_OK);
    assert_non_null(evaluation);
    assert_memory_equal(&error, &NOTHING, sizeof error);
    pubint_engine_free(engine);
    pubint_case_free(input);
    pubint_policy_free(policy);
  }
}

/* An error copies what it is about, and outlives it. */
static void test_public_api_errors_outlive_what_they_are_about(void **state) {
  (void)state;
  static const char bad[] = "{\"id\":\"c\",\n\"violations\":[],\"acount\":{}}";
  char *json = copy_of(bad);
  pubint_case *input = NULL;
  pubint_error error;
  memset(&error, 0x5a, sizeof error);
  assert_int_equal(pubint_case_parse(&input, json, strlen(json), &error), PUBINT_E_INPUT);
  memset(json, 'x', strlen(json));
  free(json);
  char text[2048];
  size_t length = pubint_error_format(&error, text, sizeof text);
  assert_int_equal(length, strlen(text));
  assert_non_null(strstr(text, "2:17: E1101: a key that a case does not have (at /acount)\n"));
  assert_non_null(strstr(text, "hint: did you mean \"account\"?\n"));
  char cut[16];
  assert_int_equal(pubint_error_format(&error, cut, sizeof cut), length);
  assert_int_equal(strlen(cut), sizeof cut - 1);
  assert_memory_equal(cut, text, sizeof cut - 1);
  assert_int_equal(pubint_error_format(&error, NULL, 0), length);
}

/* ---- cases ---- */

/* The input is copied, and need not end in NUL: a block of exactly its size shows a read beyond it. */
static void test_public_api_case_does_not_refer_to_its_input(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "made", "0", "balance:note(case.tweet.text .. case.signals.whole)");
  engine_rig_load(self);
  size_t bytes = sizeof NOTICE_CASE - 1;
  char *exact = malloc(bytes);
  assert_non_null(exact);
  memcpy(exact, NOTICE_CASE, bytes);
  pubint_case *input = NULL;
  assert_int_equal(pubint_case_parse(&input, exact, bytes, NULL), PUBINT_OK);
  memset(exact, 'x', bytes);
  free(exact);
  assert_string_equal(pubint_case_id(input), "c-1");
  const pubint_evaluation *evaluation = NULL;
  assert_int_equal(pubint_engine_evaluate(self->engine, input, &evaluation, NULL), PUBINT_OK);
  assert_non_null(strstr(pubint_evaluation_json(evaluation, NULL), "\"notes\":[\"t3\"]"));
  pubint_case_free(input);
}

static void test_public_api_case_takes_a_line_of_1_mib_and_no_more(void **state) {
  engine_rig *self = *state;
  engine_rig_load(self);
  static const char begin[] = "{\"id\":\"long\",\"violations\":[]";
  size_t most = PUBINT_CASE_BYTES_MAX;
  assert_int_equal(most, 1048576);
  char *line = malloc(most + 1);
  assert_non_null(line);
  memset(line, ' ', most + 1);
  memcpy(line, begin, sizeof begin - 1);
  line[most - 1] = '}';
  pubint_case *input = NULL;
  pubint_error error = {0};
  assert_int_equal(pubint_case_parse(&input, line, most, &error), PUBINT_OK);
  assert_string_equal(pubint_case_id(input), "long");
  const pubint_evaluation *evaluation = NULL;
  assert_int_equal(pubint_engine_evaluate(self->engine, input, &evaluation, &error), PUBINT_OK);
  assert_int_equal(pubint_evaluation_outcome(evaluation), PUBINT_NO_ACTION);
  pubint_case_free(input);
  assert_int_equal(pubint_case_parse(&input, line, most + 1, &error), PUBINT_E_INPUT);
  assert_null(input);
  assert_int_equal(error.code, 1013);
  assert_int_equal(error.line, 1);
  assert_int_equal(error.column, 1048577);
  free(line);
}

/* A line of 1 MiB whose every byte has to be looked at and kept: 25,000 escaped points are the longest text.
 */
static void test_public_api_case_takes_the_longest_text(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "made", "0", "balance:note(tostring(text.length(case.tweet.text)))");
  engine_rig_load(self);
  enum { POINTS = 25000, BYTES = 12 };
  char *line = malloc(BYTES * (POINTS + 1) + 1024);
  assert_non_null(line);
  for (int more = 0; more < 2; more++) {
    int length = snprintf(
        line, 1024,
        "{\"id\":\"c\",\"account\":{\"verified\":true,\"followers_count\":200000,\"office\":"
        "{\"status\":\"candidate\",\"branch\":\"executive\"}},\"violations\":[{\"rule\":\"made\"}],\"tweet\":{\"text\":\"");
    for (int i = 0; i < POINTS + more; i++) length += snprintf(line + length, BYTES + 1, "\\ud83d\\ude00");
    length += snprintf(line + length, 8, "\"}}");
    pubint_case *input = NULL;
    pubint_error error = {0};
    pubint_status status = pubint_case_parse(&input, line, (size_t)length, &error);
    if (more == 1) {
      assert_int_equal(status, PUBINT_E_INPUT);
      assert_int_equal(error.code, 1205);
      continue;
    }
    assert_int_equal(status, PUBINT_OK);
    const pubint_evaluation *evaluation = NULL;
    assert_int_equal(pubint_engine_evaluate(self->engine, input, &evaluation, NULL), PUBINT_OK);
    const char *json = pubint_evaluation_json(evaluation, NULL);
    assert_non_null(strstr(json, "\"notes\":[\"25000\"]"));
    assert_true(strlen(json) > 4 * POINTS); /* redacted_text is the whole text, in four bytes a point */
    pubint_case_free(input);
  }
  free(line);
}

/* ---- evaluations ---- */

static void test_public_api_evaluation_is_the_same_however_often_it_is_asked(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "made", "0", "");
  engine_rig_load(self);
  pubint_case *input = parse(NOTICE_CASE);
  const pubint_evaluation *evaluation = NULL;
  assert_int_equal(pubint_engine_evaluate(self->engine, input, &evaluation, NULL), PUBINT_OK);
  size_t bytes = 0;
  const char *json = pubint_evaluation_json(evaluation, NULL);
  char *first = copy_of(json);
  assert_ptr_equal(pubint_evaluation_json(evaluation, &bytes), json);
  assert_int_equal(bytes, strlen(first));
  assert_string_equal(json, first);
  assert_int_equal(pubint_evaluation_outcome(evaluation), PUBINT_NOTICE);
  assert_int_equal(pubint_evaluation_basis(evaluation), PUBINT_WEIGHED);
  assert_false(pubint_evaluation_final(evaluation));
  /* another case in between, freed before the next call */
  pubint_case *other = parse("{\"id\":\"other\",\"violations\":[]}");
  const pubint_evaluation *second = NULL;
  assert_int_equal(pubint_engine_evaluate(self->engine, other, &second, NULL), PUBINT_OK);
  assert_non_null(strstr(pubint_evaluation_json(second, NULL), "\"id\":\"other\""));
  pubint_case_free(other);
  assert_int_equal(pubint_engine_evaluate(self->engine, input, &evaluation, NULL), PUBINT_OK);
  assert_string_equal(pubint_evaluation_json(evaluation, NULL), first);
  free(first);
  pubint_case_free(input);
}

/* The id of the policy is the one that stands in every evaluation. */
static void test_public_api_policy_id_stands_in_the_evaluation(void **state) {
  engine_rig *self = *state;
  engine_rig_load(self);
  engine_rig_evaluate(self, "{'id':'c','violations':[]}");
  char end[512];
  (void)snprintf(end, sizeof end, ",'policy':'%s','host':'%s'}", pubint_policy_id(self->policy),
                 pubint_version());
  engine_rig_has(self, end);
  assert_int_equal(strncmp(pubint_policy_id(self->policy), "made@1+sha256:", 14), 0);
  assert_int_equal(strlen(pubint_policy_id(self->policy)), 14 + 64);
}

/* Two engines on one policy do not know of each other, nor does one that is freed take anything along. */
static void test_public_api_engines_share_a_policy(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "made", "0", "n = (n == nil) and 1 or 2\nbalance:note(tostring(n))");
  engine_rig_load(self);
  policy_maker_end(&self->maker); /* nor is the folder needed any more */
  pubint_case *input = parse(NOTICE_CASE);
  pubint_engine *second = NULL;
  assert_int_equal(pubint_engine_new(&second, self->policy, NULL), PUBINT_OK);
  const pubint_evaluation *a = NULL, *b = NULL;
  assert_int_equal(pubint_engine_evaluate(self->engine, input, &a, NULL), PUBINT_OK);
  assert_int_equal(pubint_engine_evaluate(second, input, &b, NULL), PUBINT_OK);
  assert_string_equal(pubint_evaluation_json(a, NULL), pubint_evaluation_json(b, NULL));
  char *kept = copy_of(pubint_evaluation_json(a, NULL));
  pubint_engine_free(second);
  assert_string_equal(pubint_evaluation_json(a, NULL), kept);
  free(kept);
  pubint_case_free(input);
}

/* ---- threads ---- */

enum { THREADS = 4, CASES = 6, TURNS = 200 };

typedef struct worker {
  const pubint_policy *policy;
  pubint_case *const *inputs;
  char *const *expected;
  unsigned wrong;
} worker;

/* Engines of their own on one policy and the same cases, which all read at once. */
static void *work(void *argument) {
  worker *self = argument;
  pubint_engine *engine = NULL;
  if (pubint_engine_new(&engine, self->policy, NULL) != PUBINT_OK) self->wrong++;
  for (int turn = 0; turn < TURNS && engine != NULL; turn++) {
    int i = (turn * 5 + (int)(self->wrong % CASES)) % CASES;
    const pubint_evaluation *evaluation = NULL;
    if (pubint_engine_evaluate(engine, self->inputs[i], &evaluation, NULL) != PUBINT_OK ||
        strcmp(pubint_evaluation_json(evaluation, NULL), self->expected[i]) != 0)
      self->wrong++;
  }
  pubint_engine_free(engine);
  return NULL;
}

static void test_public_api_threads_share_policy_and_cases(void **state) {
  engine_rig *self = *state;
  policy_maker_text(&self->maker, "data/words.json", "{\"a\":[\"t\",\"u\"]}");
  policy_maker_rule(
      &self->maker, "made", "0.5",
      "balance:interest('i', text.matches(case.tweet.text, '^[t-v]$') and case.signals.near or 0, 10)\n"
      "balance:note((data 'words').a[1])");
  policy_maker_rule(&self->maker, "fails", "0", "error 'e'");
  engine_rig_load(self);
  pubint_case *inputs[CASES];
  char *expected[CASES];
  for (int i = 0; i < CASES; i++) {
    char text[1024];
    (void)snprintf(
        text, sizeof text,
        "{\"id\":\"c-%d\",\"tweet\":{\"text\":\"t\"},\"account\":{\"verified\":true,\"followers_count\":200000,"
        "\"office\":{\"status\":\"candidate\",\"branch\":\"executive\"}},\"violations\":[{\"rule\":\"%s\"}],\"context\":{\"signals\":{"
        "\"near\":0.%d}}}",
        i, i % 3 == 2 ? "fails" : "made", i);
    inputs[i] = parse(text);
    const pubint_evaluation *evaluation = NULL;
    assert_int_equal(pubint_engine_evaluate(self->engine, inputs[i], &evaluation, NULL), PUBINT_OK);
    expected[i] = copy_of(pubint_evaluation_json(evaluation, NULL));
  }
  worker workers[THREADS];
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++) {
    workers[i] = (worker){self->policy, inputs, expected, 0};
    assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
  }
  for (int i = 0; i < THREADS; i++) {
    assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(workers[i].wrong, 0);
  }
  for (int i = 0; i < CASES; i++) {
    pubint_case_free(inputs[i]);
    free(expected[i]);
  }
}

/* ---- locales ---- */

static const char LOCALE_SOURCE[] = "comment_char %\nescape_char /\nLC_NUMERIC\ndecimal_point \"<U002C>\"\n"
                                    "thousands_sep \"<U002E>\"\ngrouping 3;3\nEND LC_NUMERIC\n";

/* Makes the locale "comma" in the rig's folder, with localedef of the C library's own package and without
 * any locale data, and sets it for the process; returns its name, or that of an installed one, or NULL. */
static const char *find_comma_locale(const engine_rig *self) {
  static const char *const INSTALLED[] = {"de_DE.UTF-8", "nl_NL.UTF-8", "fr_FR.UTF-8", "de_DE.utf8",
                                          "nl_NL.utf8"};
  char map[8192] = "<code_set_name> ANSI_X3.4-1968\n<comment_char> %\n<escape_char> /\n<mb_cur_min> 1\n"
                   "<mb_cur_max> 1\nCHARMAP\n";
  size_t length = strlen(map);
  for (int i = 0; i < 128; i++)
    length += (size_t)snprintf(map + length, 32, "<U%04X> /x%02x c\n", (unsigned)i, (unsigned)i);
  (void)snprintf(map + length, 32, "END CHARMAP\n");
  policy_maker_text(&self->maker, "locale_source", LOCALE_SOURCE);
  policy_maker_text(&self->maker, "locale_map", map);
  char command[2048];
  (void)snprintf(command, sizeof command,
                 "cd '%s' && localedef -c -i ./locale_source -f ./locale_map ./comma 2>&1",
                 self->maker.folder);
  FILE *pipe = popen(command, "r");
  assert_non_null(pipe);
  for (char ignored[256]; fread(ignored, 1, sizeof ignored, pipe) > 0;) {
  }
  (void)pclose(pipe); /* it warns of what is not defined; whether it serves shows below */
  assert_int_equal(setenv("LOCPATH", self->maker.folder, 1), 0);
  if (setlocale(LC_ALL, "comma") != NULL) return "comma";
  assert_int_equal(unsetenv("LOCPATH"), 0);
  for (size_t i = 0; i < sizeof INSTALLED / sizeof *INSTALLED; i++) {
    if (setlocale(LC_ALL, INSTALLED[i]) != NULL) return INSTALLED[i];
  }
  return NULL;
}

/* Scripts that would show the locale wherever a number becomes a text or a text a number. */
static void make_numbers(engine_rig *self) {
  static const char numbers[] =
      "assert(tostring(2.5) == '2.5' and 0.5 .. '' == '0.5' and tonumber '0.25' == 0.25)\n"
      "assert(tonumber '0,25' == nil and string.format('%.2f %g', 2.5, 0.125) == '2.50 0.125')\n";
  char script[1024];
  (void)snprintf(script, sizeof script,
                 "%slocal m = {}\nm.weight = tonumber '0.125'\nm.tenth = 0.1\nreturn m\n", numbers);
  policy_maker_text(&self->maker, "lib/numbers.lua", script);
  policy_maker_text(&self->maker, "data/words.json", "{\"a\":[0.1,1.5e-3,1e2]}");
  (void)snprintf(
      script, sizeof script,
      "%slocal n, s = require 'numbers', case.signals\n"
      "balance:interest('i', s.near, n.weight)\nbalance:interest('d', (data 'words').a[2], 2.5)\n"
      "balance:note(s.near .. ' ' .. s.small .. ' ' .. s.long .. ' ' .. s.whole .. ' ' .. 1e15 / 7)\n"
      "balance:note(string.format('%%f %%g %%.3e', s.near, s.small, s.long))",
      numbers);
  policy_maker_rule(&self->maker, "made", "0.01", script);
  policy_maker_market(&self->maker, "NL", "balance:harm('h', 0.1, 0.001)\nerror(0.5)");
}

/* Parses, evaluates and formats an error; returns all their texts, owned by the caller. */
static char *run_all(engine_rig *self) {
  static const char refused[] = "{\"id\":\"c\",\"violations\":[],\"context\":{\"hyperbole\":1.5}}";
  pubint_error error = {0};
  pubint_case *bad = NULL;
  char report[2048];
  assert_int_equal(pubint_case_parse(&bad, refused, sizeof refused - 1, &error), PUBINT_E_INPUT);
  (void)pubint_error_format(&error, report, sizeof report);
  pubint_case *input = parse(NOTICE_CASE);
  const pubint_evaluation *evaluation = NULL;
  assert_int_equal(pubint_engine_evaluate(self->engine, input, &evaluation, &error), PUBINT_OK);
  const char *json = pubint_evaluation_json(evaluation, NULL);
  size_t bytes = strlen(report) + strlen(json) + 1;
  char *all = malloc(bytes);
  assert_non_null(all);
  (void)snprintf(all, bytes, "%s%s", report, json);
  pubint_case_free(input);
  return all;
}

/* Whatever happens, the next test starts as this one did. */
static int tear_down_locale(void **state) {
  (void)uselocale(LC_GLOBAL_LOCALE);
  (void)setlocale(LC_ALL, "C");
  (void)unsetenv("LOCPATH");
  return engine_rig_tear_down(state);
}
#define LOCALE_TEST(test) cmocka_unit_test_setup_teardown(test, engine_rig_set_up, tear_down_locale)

/* Runs all under a locale with a decimal comma, of the process and then of the thread alone, loading the
 * policy under it too where `load` says so; the texts are those of the C locale and the locale is left as it
 * was. */
static void expect_no_difference(engine_rig *self, bool load) {
  make_numbers(self);
  engine_rig_load(self);
  char *expected = run_all(self);
  assert_non_null(strstr(expected,
                         "\"notes\":[\"0.1 1.25e-07 2.2250738585072 3 1.4285714285714e+14\",\"0.100000 "
                         "1.25e-07 2.225e+00\"]"));
  const char *name = find_comma_locale(self);
  if (name == NULL) {
    print_message("no locale with a decimal comma could be made or found: nothing was tried under one\n");
    free(expected);
    return;
  }
  print_message("tried under the locale %s\n", name);
  locale_t comma = duplocale(LC_GLOBAL_LOCALE); /* (newlocale leaks where LOCPATH is set) */
  assert_true(comma != (locale_t)0);
  for (int of_thread = 0; of_thread < 2; of_thread++) {
    locale_t mine = of_thread == 1 ? comma : LC_GLOBAL_LOCALE;
    assert_non_null(setlocale(LC_ALL, of_thread == 1 ? "C" : name));
    (void)uselocale(mine);
    assert_string_equal(localeconv()->decimal_point, ",");
    char *before = copy_of(setlocale(LC_ALL, NULL));
    if (load) engine_rig_load(self);
    char *found = run_all(self);
    assert_string_equal(setlocale(LC_ALL, NULL), before);
    assert_true(uselocale((locale_t)0) == mine);
    assert_string_equal(localeconv()->decimal_point, ",");
    assert_string_equal(found, expected);
    free(found);
    free(before);
  }
  (void)uselocale(LC_GLOBAL_LOCALE);
  freelocale(comma);
  free(expected);
}

static void test_public_api_evaluates_alike_under_every_locale(void **state) {
  expect_no_difference(*state, false);
}

static void test_public_api_loads_alike_under_every_locale(void **state) {
  expect_no_difference(*state, true);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_public_api_version_is_three_numbers),
      cmocka_unit_test(test_public_api_names),
      cmocka_unit_test(test_public_api_free_takes_null),
      RIG_TEST(test_public_api_failure_leaves_null_and_needs_no_error),
      RIG_TEST(test_public_api_success_needs_no_error_and_fills_none),
      cmocka_unit_test(test_public_api_errors_outlive_what_they_are_about),
      RIG_TEST(test_public_api_case_does_not_refer_to_its_input),
      RIG_TEST(test_public_api_case_takes_a_line_of_1_mib_and_no_more),
      RIG_TEST(test_public_api_case_takes_the_longest_text),
      RIG_TEST(test_public_api_evaluation_is_the_same_however_often_it_is_asked),
      RIG_TEST(test_public_api_policy_id_stands_in_the_evaluation),
      RIG_TEST(test_public_api_engines_share_a_policy),
      RIG_TEST(test_public_api_threads_share_policy_and_cases),
      LOCALE_TEST(test_public_api_evaluates_alike_under_every_locale),
      LOCALE_TEST(test_public_api_loads_alike_under_every_locale),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
