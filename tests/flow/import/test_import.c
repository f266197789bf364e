/* Single Tweets: what of them is imported, what is refused and why, what is noted. */
#include <stdio.h>
#include <string.h>

#include "import_rig.h"
#include "test.h"

#define NONE          "tweet_id,rule\n2,none\n"
#define CASE_2(parts) "{\"v\":1,\"id\":\"2\",\"tweet\":{\"id\":\"2\"," parts "}\n"

static void expect_case(const char *payload, const char *line) {
  import_rig_run(&rig, payload, NULL, NONE);
  import_rig_expect(&rig, 1, 0);
  assert_string_equal(import_rig_cases(&rig), line);
}

static void expect_refused(const char *payload, const char *says) {
  import_rig_run(&rig, payload, NULL, NONE);
  import_rig_expect(&rig, 0, 1);
  import_rig_says(&rig, says);
}

/* R022: an assessment is never made up; absent is unknown. */
static void test_import_absent_is_unknown(void **state) {
  (void)state;
  expect_case("{\"id\":\"2\",\"text\":\"\",\"lang\":\"\",\"author_id\":null}",
              CASE_2("\"text\":\"\"},\"violations\":[]"));
  import_rig_says(&rig, "\"author_not_included\":1");
}

static void test_import_author_that_was_not_included(void **state) {
  (void)state;
  expect_case(
      "{\"data\":{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\"},\"includes\":{\"users\":[{\"id\":\"8\","
      "\"username\":\"other\"}]}}",
      CASE_2("\"text\":\"x\"},\"account\":{\"id\":\"7\"},\"violations\":[]"));
}

static void test_import_unassessed_is_refused(void **state) {
  (void)state;
  import_rig_run(&rig, "{\"id\":\"2\",\"text\":\"x\"}", NULL, "tweet_id,rule\n3,none\n");
  import_rig_expect(&rig, 0, 1);
  import_rig_says(&rig, "\"tweet\":\"2\",\"code\":\"E4034\"");
  import_rig_says(&rig, "\"unused\":[{\"file\":\"violations.csv\",\"line\":2,\"id\":\"3\"}]");
  import_rig_run(&rig, "{\"id\":\"2\",\"text\":\"x\"}", NULL, NULL);
  import_rig_says(&rig, "--violations CSV");
}

static void test_import_longest_text_counts(void **state) {
  (void)state;
  expect_case("{\"id\":\"2\",\"text\":\"cut …\",\"truncated\":true}",
              CASE_2("\"text\":\"cut …\"},\"violations\":[]"));
  import_rig_says(&rig, "\"note\":\"truncated\"");
  static const char *const WHOLE[] = {
      "{\"id\":\"2\",\"text\":\"cut …\",\"full_text\":\"whole\",\"truncated\":true}",
      "{\"id\":\"2\",\"text\":\"cut …\",\"extended_tweet\":{\"full_text\":\"whole\"},\"truncated\":true}",
      "{\"id\":\"2\",\"text\":\"cut …\",\"note_tweet\":{\"text\":\"whole\"}}",
  };
  for (size_t i = 0; i < sizeof WHOLE / sizeof *WHOLE; i++) {
    expect_case(WHOLE[i], CASE_2("\"text\":\"whole\"},\"violations\":[]"));
    import_rig_says(&rig, "\"truncated\":0");
  }
}

static void test_import_retweets_are_refused(void **state) {
  (void)state;
  expect_refused("{\"id\":\"2\",\"text\":\"x\",\"retweeted_status\":{\"id\":\"1\"}}", "E4032");
  expect_refused(
      "{\"id\":\"2\",\"text\":\"x\",\"referenced_tweets\":[{\"type\":\"quoted\"},{\"type\":\"retweeted\"}]}",
      "E4032");
  expect_refused("{\"id\":\"2\",\"text\":\"RT @neutral_one: x\"}", "E4032");
  expect_case("{\"id\":\"2\",\"text\":\"RT @ nobody: x\",\"referenced_tweets\":[{\"type\":\"quoted\"},"
              "{\"type\":\"replied_to\"}],\"retweeted_status\":null,\"is_quote_status\":true}",
              CASE_2("\"text\":\"RT @ nobody: x\"},\"violations\":[]"));
}

static void test_import_ids_stay_what_they_are(void **state) {
  (void)state;
  expect_case("{\"id\":2,\"text\":\"x\",\"user\":{\"id\":9007199254740991}}",
              CASE_2("\"text\":\"x\"},\"account\":{\"id\":\"9007199254740991\"},\"violations\":[]"));
  expect_refused("{\"id\":9007199254740992,\"text\":\"x\"}", "\"E4033\""); /* what a double makes of …993 */
  expect_refused("{\"id\":9007199254740993,\"text\":\"x\"}", "\"E4033\"");
  expect_refused("{\"id\":2,\"text\":\"x\",\"user\":{\"id\":1175047638000000000}}", "\"path\":\"/user/id\"");
  expect_refused("{\"id\":-2,\"text\":\"x\"}", "\"E4033\"");
  expect_refused("{\"id\":2e0,\"text\":\"x\"}", "\"E4033\"");
  expect_refused("{\"id\":true,\"text\":\"x\"}", "\"E1201\"");
}

static void test_import_times(void **state) {
  (void)state;
  expect_refused("{\"id\":\"2\",\"text\":\"x\",\"created_at\":\"Wed Feb 30 20:19:24 +0000 2018\"}",
                 "\"code\":\"E4035\"");
  import_rig_says(&rig, "there is no such day");
  expect_refused("{\"id\":\"2\",\"text\":\"x\",\"created_at\":1539202764}", "\"E1201\"");
}

static void test_import_verification_as_it_was_given(void **state) {
  (void)state;
  expect_case(
      "{\"id\":\"2\",\"text\":\"x\",\"author\":{\"id\":\"7\",\"verified\":true,\"verified_type\":\"Blue\"}}",
      CASE_2("\"text\":\"x\"},\"account\":{\"id\":\"7\",\"verified\":true,\"verified_type\":\"blue\"},"
             "\"violations\":[]"));
  expect_refused("{\"id\":\"2\",\"text\":\"x\",\"author\":{\"id\":\"7\",\"verified_type\":\"gold\"}}",
                 "\"path\":\"/account/verified_type\"");
  expect_refused("{\"id\":\"2\",\"text\":\"x\",\"author\":{\"id\":\"7\",\"verified\":\"yes\"}}", "\"E1201\"");
  expect_refused("{\"id\":\"2\",\"text\":\"x\",\"user\":{\"id\":\"7\",\"followers_count\":-1}}", "\"E1203\"");
  expect_refused("{\"id\":\"2\",\"text\":\"x\",\"user\":{\"id\":\"7\",\"followers_count\":1.5}}",
                 "a fraction");
}

/* A09: what `verified` stood for when badges could be bought is noted, not decided. */
static void test_import_badges_that_may_be_bought(void **state) {
  (void)state;
  static const struct {
    const char *created_at, *type, *says;
  } CASES[] = {
      {"2022-11-01T00:00:00Z", "", "\"badge_unclear\":1"},
      {"2022-10-31T23:59:59Z", "", "\"badge_unclear\":0"},
      {"2022-11-01T00:00:00Z", ",\"verified_type\":\"government\"", "\"badge_unclear\":0"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    char payload[256];
    snprintf(
        payload, sizeof payload,
        "{\"id\":\"2\",\"text\":\"x\",\"created_at\":\"%s\",\"author\":{\"id\":\"7\",\"verified\":true%s}}",
        CASES[i].created_at, CASES[i].type);
    import_rig_run(&rig, payload, NULL, NONE);
    import_rig_expect(&rig, 1, 0);
    import_rig_says(&rig, CASES[i].says);
    assert_non_null(strstr(import_rig_cases(&rig), "\"verified\":true"));
  }
}

/* R066–R069: local law restricts further; both lists count. */
static void test_import_withheld_countries_merge(void **state) {
  (void)state;
  expect_case("{\"data\":{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\",\"withheld\":{\"copyright\":false,"
              "\"country_codes\":[\"NL\",\"DE\"]}},\"includes\":{\"users\":[{\"id\":\"7\",\"withheld\":"
              "{\"country_codes\":[\"FR\",\"DE\"]}}]}}",
              CASE_2("\"text\":\"x\"},\"account\":{\"id\":\"7\"},\"violations\":[],"
                     "\"context\":{\"withheld_in\":[\"DE\",\"FR\",\"NL\"]}"));
  expect_refused("{\"id\":\"2\",\"text\":\"x\",\"withheld_in_countries\":[\"nl\"]}", "\"E1208\"");
  expect_refused("{\"id\":\"2\",\"text\":\"x\",\"withheld_in_countries\":[1]}", "\"E1201\"");
}

/* R111: copyright is never excepted, whoever assessed what. */
static void test_import_copyright_is_a_violation(void **state) {
  (void)state;
  static const char *const PAYLOADS[] = {
      "{\"id\":\"2\",\"text\":\"x\",\"withheld_in_countries\":[\"XY\"]}",
      "{\"id\":\"2\",\"text\":\"x\",\"withheld_copyright\":true}",
      "{\"id\":\"2\",\"text\":\"x\",\"withheld\":{\"copyright\":true}}",
  };
  static const char *const ROWS[] = {"tweet_id,rule\n", NONE, "tweet_id,rule\n2,copyright\n"};
  for (size_t i = 0; i < 3; i++) {
    for (size_t j = 0; j < 3; j++) {
      import_rig_run(&rig, PAYLOADS[i], NULL, ROWS[j]);
      import_rig_expect(&rig, 1, 0);
      assert_string_equal(import_rig_cases(&rig),
                          CASE_2("\"text\":\"x\"},\"violations\":[{\"rule\":\"copyright\"}]"));
      import_rig_says(&rig, "\"note\":\"withheld_for_copyright\"");
    }
  }
}

static void test_import_withheld_everywhere_names_every_country(void **state) {
  (void)state;
  import_rig_run(&rig, "{\"id\":\"2\",\"text\":\"x\",\"withheld_in_countries\":[\"XX\",\"XK\",\"NL\"]}", NULL,
                 NONE);
  import_rig_expect(&rig, 1, 0);
  import_rig_says(&rig, "\"note\":\"withheld_everywhere\"");
  const char *line = import_rig_cases(&rig);
  const char *list = strstr(line, "\"withheld_in\":[\"AD\",\"AE\",");
  assert_non_null(list);
  assert_null(strstr(line, "\"XX\""));
  const char *end = strchr(list, ']');
  size_t count = 0;
  for (const char *p = strchr(list, '['); p < end; p += 5) {
    if (p + 5 < end) assert_true(memcmp(p + 2, p + 7, 2) < 0);
    count++;
  }
  assert_int_equal(count, 250); /* 249 of ISO 3166-1, and XK, which was named besides */
}

static void test_import_repeated_tweets(void **state) {
  (void)state;
  import_rig_run(
      &rig,
      "{\"id\":\"2\",\"text\":\"x\"}\n{\"id_str\":\"2\",\"id\":2,\"text\":\"x\"}\n{\"id\":\"2\",\"text\":\"y\"}",
      NULL, NONE);
  import_rig_expect(&rig, 1, 2);
  import_rig_says(&rig, "\"E4036\":2");
  import_rig_says(&rig, "\"found\":\"the same facts\"");
  import_rig_says(&rig, "\"found\":\"other facts\"");
  import_rig_says(&rig, "the first is of payload.json, line 1");
}

static void test_import_what_is_no_tweet(void **state) {
  (void)state;
  expect_refused("{\"data\":[{\"tweet_count\":1,\"start\":\"\"}]}", "an object with start, tweet_count");
  expect_refused("{\"id\":\"2\",\"action\":\"delete\"}", "\"E4030\"");
  expect_refused("[[{\"id\":\"2\",\"text\":\"x\"}]]", "an array");
  expect_refused("12", "a single value");
  expect_refused("{\"errors\":[{\"message\":\"Rate limit exceeded\",\"code\":88}]}", "Rate limit exceeded");
  expect_refused("{}", "an empty object");
  import_rig_run(&rig, "{\"data\":[],\"meta\":{\"result_count\":0}}", NULL, NONE);
  import_rig_expect(&rig, 0, 0);
  import_rig_run(&rig, "", NULL, NONE);
  import_rig_expect(&rig, 0, 0);
}

/* A text of any length is refused, and stops nothing. */
static void test_import_texts_too_long(void **state) {
  (void)state;
  static char payload[3 * 1024 * 1024];
  size_t length = (size_t)snprintf(payload, sizeof payload, "{\"id\":\"2\",\"text\":\"");
  memset(payload + length, 'a', 2 * 1024 * 1024);
  length += 2 * 1024 * 1024;
  snprintf(payload + length, sizeof payload - length, "\"}\n{\"id\":\"2\",\"text\":\"x\"}");
  import_rig_run(&rig, payload, NULL, NONE);
  import_rig_expect(&rig, 1, 1);
  import_rig_says(&rig, "\"E1013\"");
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_import_absent_is_unknown),
      cmocka_unit_test(test_import_author_that_was_not_included),
      cmocka_unit_test(test_import_unassessed_is_refused),
      cmocka_unit_test(test_import_longest_text_counts),
      cmocka_unit_test(test_import_retweets_are_refused),
      cmocka_unit_test(test_import_ids_stay_what_they_are),
      cmocka_unit_test(test_import_times),
      cmocka_unit_test(test_import_verification_as_it_was_given),
      cmocka_unit_test(test_import_badges_that_may_be_bought),
      cmocka_unit_test(test_import_withheld_countries_merge),
      cmocka_unit_test(test_import_copyright_is_a_violation),
      cmocka_unit_test(test_import_withheld_everywhere_names_every_country),
      cmocka_unit_test(test_import_repeated_tweets),
      cmocka_unit_test(test_import_what_is_no_tweet),
      cmocka_unit_test(test_import_texts_too_long),
  };
  return cmocka_run_group_tests(tests, NULL, import_rig_tear_down);
}
