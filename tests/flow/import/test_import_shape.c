/* The shapes of payloads: every one is known by name, in every spelling, and nothing that could decide is
 * dropped in silence. */
#include <stdio.h>
#include <string.h>

#include "import_rig.h"
#include "test.h"

#define NONE "tweet_id,rule\n2,none\n"

static void expect_refused(const char *payload, const char *code, const char *says) {
  char quoted[16];
  snprintf(quoted, sizeof quoted, "\"%s\":1", code);
  import_rig_run(&rig, payload, NULL, NONE);
  import_rig_expect(&rig, 0, 1);
  import_rig_says(&rig, quoted);
  import_rig_says(&rig, says);
}

static void expect_part(const char *payload, const char *part) {
  import_rig_run(&rig, payload, NULL, NONE);
  import_rig_expect(&rig, 1, 0);
  if (strstr(import_rig_cases(&rig), part) == NULL) {
    fail_msg("%s\nis not in %s", part, import_rig_cases(&rig));
  }
}

/* One Tweet, in whatever shape it comes: the same case. */
static void test_import_shape_of_each_is_the_same_case(void **state) {
  (void)state;
  static const struct {
    const char *payload;
    const char *counted;
  } SHAPES[] = {
      {"{\"id_str\":\"2\",\"text\":\"x\",\"created_at\":\"Wed Oct 10 20:19:24 +0000 2018\",\"user\":{\"id_str\":"
       "\"7\",\"screen_name\":\"a\"}}",
       "\"v1.1\":1"},
      {"{\"results\":[{\"id_str\":\"2\",\"text\":\"x\",\"created_at\":\"Wed Oct 10 20:19:24 +0000 "
       "2018\",\"user\":{\"id_str\":\"7\",\"screen_name\":\"a\"}}],\"next\":\"e\"}",
       "\"v1.1\":1"},
      {"{\"data\":{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\",\"created_at\":\"2018-10-10T20:19:24.000Z\"},"
       "\"includes\":{\"users\":[{\"id\":\"7\",\"username\":\"a\"}]}}",
       "\"v2\":1"},
      {"{\"data\":{\"id\":\"2\",\"text\":\"x\",\"authorId\":\"7\",\"createdAt\":\"2018-10-10T20:19:24.000Z\"},"
       "\"includes\":{\"users\":[{\"id\":\"7\",\"username\":\"a\"}]}}",
       "\"v2\":1"},
      {"{\"Data\":[{\"Id\":\"2\",\"Text\":\"x\",\"AuthorId\":\"7\",\"CreatedAt\":\"2018-10-10T20:19:24.000Z\"}],"
       "\"Includes\":{\"Users\":[{\"Id\":\"7\",\"UserName\":\"a\"}]}}",
       "\"v2\":1"},
      {"window.YTD.tweets.part0 = [{\"tweet\":{\"id_str\":\"2\",\"full_text\":\"x\",\"created_at\":\"Wed Oct 10 "
       "20:19:24 +0000 2018\",\"user\":{\"id_str\":\"7\",\"screen_name\":\"a\"}}}];\n",
       "\"archive\":1"},
      {"{\"id\":\"2\",\"screen_name\":\"a\",\"user_id\":\"7\",\"time\":\"2018-10-10T20:19:24Z\",\"text\":\"x\"}",
       "\"flat\":1"},
  };
  for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++) {
    import_rig_run(&rig, SHAPES[i].payload, NULL, NONE);
    import_rig_expect(&rig, 1, 0);
    import_rig_says(&rig, SHAPES[i].counted);
    assert_string_equal(
        import_rig_cases(&rig),
        "{\"v\":1,\"id\":\"2\",\"tweet\":{\"id\":\"2\",\"text\":\"x\",\"created_at\":\"2018-10-"
        "10T20:19:24Z\"},\"account\":{\"id\":\"7\",\"username\":\"a\"},\"violations\":[]}\n");
  }
}

/* What help says a shape is known by is what it is known by. */
static void test_import_shape_marks_are_those_of_the_help(void **state) {
  (void)state;
  for (int i = 0; i < PI_IMPORT_SHAPE_COUNT; i++) {
    const pi_import_shape *shape = &PI_IMPORT_SHAPES[i];
    if (shape->inner != NULL) assert_non_null(strstr(shape->known, shape->inner));
    for (size_t mark = 0; shape->inner == NULL && shape->marks[mark] != NULL; mark++) {
      char payload[128];
      assert_non_null(strstr(shape->known, shape->marks[mark]));
      snprintf(payload, sizeof payload, "{\"id\":\"2\",\"text\":\"x\",\"%s\":[]}", shape->marks[mark]);
      import_rig_run(&rig, payload, NULL, NONE);
      import_rig_says(&rig, "\"in\":1");
      assert_null(strstr(pi_buffer_end(&rig.json), "\"E4030\""));
    }
  }
}

static void test_import_shape_of_what_is_no_tweet(void **state) {
  (void)state;
  static const struct {
    const char *payload;
    const char *is;
  } OTHERS[] = {
      {"{\"id\":\"2\",\"text\":\"x\",\"recipient_id\":6}", "a private message"},
      {"{\"id\":\"2\",\"text\":\"x\",\"recipient\":{\"id\":6},\"created_at\":\"\"}", "a private message"},
      {"{\"id\":\"2\",\"text\":\"x\",\"dm_conversation_id\":\"5-6\",\"event_type\":\"MessageCreate\"}",
       "a private message"},
      {"{\"id\":\"2\",\"text\":\"x\",\"dmConversationId\":\"5-6\",\"createdAt\":\"\"}", "a private message"},
      {"{\"id\":\"2\",\"type\":\"message_create\",\"message_create\":{\"message_data\":{\"text\":\"x\"}}}",
       "a private message"},
      {"{\"dmConversation\":{\"conversationId\":\"5-6\",\"messages\":[]}}", "a private conversation"},
      {"{\"id\":\"2\",\"name\":\"x\",\"member_count\":5}", "a list"},
      {"{\"id\":\"2\",\"name\":\"x\",\"username\":\"y\",\"public_metrics\":{\"followers_count\":5}}",
       "an account"},
      {"{\"id_str\":\"2\",\"screen_name\":\"y\",\"statuses_count\":5}", "an account"},
      {"{\"account\":{\"accountId\":\"5\"}}", "an object with account"},
      {"{\"id\":\"2\",\"title\":\"x\",\"preview_text\":\"y\"}", "an article without its words"},
      {"{\"id\":\"2\",\"text\":\"x\",\"channel\":\"news\"}", "an object with channel, id, text"},
      {"{\"data\":{\"id\":\"2\",\"text\":\"https://t.co/x\",\"article\":{\"title\":\"y\"}}}",
       "an article without its words"},
  };
  for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
    expect_refused(OTHERS[i].payload, "E4030", OTHERS[i].is);
  }
}

static void test_import_shape_of_an_empty_page_is_nothing(void **state) {
  (void)state;
  static const char *const PAGES[] = {"{\"meta\":{\"result_count\":0}}", "{\"meta\":{\"resultCount\":0}}",
                                      "{\"results\":[],\"next\":\"e\"}", "{\"statuses\":[]}", "[]"};
  for (size_t i = 0; i < sizeof PAGES / sizeof *PAGES; i++) {
    import_rig_run(&rig, PAGES[i], NULL, NONE);
    import_rig_expect(&rig, 0, 0);
  }
}

/* R001: the exception is about the official's own words. */
static void test_import_shape_retweets_in_every_spelling(void **state) {
  (void)state;
  static const char *const MEMBERS[] = {
      "\"text\":\"x\",\"retweeted_status\":{\"id\":\"1\"}",
      "\"text\":\"x\",\"retweetedStatus\":{\"id\":\"1\"}",
      "\"text\":\"x\",\"retweeted_status_id\":\"1\"",
      "\"text\":\"x\",\"retweetedTweet\":{\"id\":\"1\"}",
      "\"text\":\"x\",\"retweet_of\":\"1\"",
      "\"text\":\"x\",\"isRetweet\":true",
      "\"text\":\"x\",\"is_retweet\":\"t\"",
      "\"text\":\"x\",\"referenced_tweets\":[{\"type\":\"retweeted\",\"id\":\"1\"}]",
      "\"text\":\"x\",\"referencedTweets\":[{\"Type\":\"Retweeted\",\"id\":\"1\"}]",
      "\"text\":\"RT @name: x\"",
      "\"text\":\"RT @name x\"",
      "\"text\":\"rt @name x\"",
      "\"text\":\"RT: @name x\"",
      "\"text\":\"RT@name x\"",
      "\"text\":\" \\n\\\"RT @name x\"",
      "\"text\":\"RT \xEF\xBC\xA0name x\"",
  };
  for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++) {
    char payload[256];
    snprintf(payload, sizeof payload, "{\"id\":\"2\",\"author_id\":\"7\",%s}", MEMBERS[i]);
    expect_refused(payload, "E4032", "\"tweet\":\"2\"");
  }
}

static void test_import_shape_words_that_are_no_retweet(void **state) {
  (void)state;
  static const char *const MEMBERS[] = {
      "\"text\":\"RT: none here\"",
      "\"text\":\"Art @name\"",
      "\"text\":\"RTL @name\"",
      "\"text\":\"RT @ name\"",
      "\"text\":\"x\",\"retweeted\":true",
      "\"text\":\"x\",\"retweet_count\":5",
      "\"text\":\"x\",\"isRetweet\":\"f\"",
      "\"text\":\"x\",\"retweetedStatus\":null",
  };
  for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++) {
    char payload[256];
    snprintf(payload, sizeof payload, "{\"id\":\"2\",\"author_id\":\"7\",%s}", MEMBERS[i]);
    expect_part(payload, "\"violations\":[]");
    import_rig_says(&rig, "\"quoted_by_hand\":0");
  }
}

static void test_import_shape_quotes_are_noted(void **state) {
  (void)state;
  static const char *const TEXTS[] = {"read this QT @name they lie", "well RT @name: x", "see MT @name x",
                                      "so.\\nQT: @name x"};
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
    char payload[256];
    snprintf(payload, sizeof payload, "{\"id\":\"2\",\"author_id\":\"7\",\"text\":\"%s\"}", TEXTS[i]);
    expect_part(payload, "\"violations\":[]");
    import_rig_says(&rig, "\"quoted_by_hand\":1");
  }
  expect_part("{\"id\":\"2\",\"author_id\":\"7\",\"text\":\"x\",\"quotedTweet\":{\"id\":\"1\"}}", "\"x\"");
  import_rig_says(&rig, "\"quote_unread\":1");
  expect_part("{\"id\":\"2\",\"author_id\":\"7\",\"text\":\"x\",\"quote_count\":4}", "\"x\"");
  import_rig_says(&rig, "\"quote_unread\":0");
}

/* R066, R069: what local law withholds, in whatever spelling, is read or refused. */
static void test_import_shape_withholding_is_never_dropped(void **state) {
  (void)state;
  static const char *const READ[] = {
      "\"withheld\":{\"country_codes\":[\"DE\"]}",
      "\"withheld\":{\"countryCodes\":[\"DE\"]}",
      "\"Withheld\":{\"CountryCodes\":[\"DE\"]}",
      "\"withheld_in_countries\":[\"DE\"]",
      "\"withheldInCountries\":\"DE\"",
      "\"author\":{\"username\":\"a\",\"withheldInCountries\":[\"DE\"]}",
  };
  for (size_t i = 0; i < sizeof READ / sizeof *READ; i++) {
    char payload[256];
    snprintf(payload, sizeof payload, "{\"id\":\"2\",\"author_id\":\"7\",\"text\":\"x\",%s}", READ[i]);
    expect_part(payload, "\"withheld_in\":[\"DE\"]");
  }
  static const char *const UNREAD[] = {
      "\"withheldCountries\":[\"DE\"]",
      "\"withheld_by_country\":{\"DE\":true}",
      "\"is_withheld\":true",
      "\"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_withheld\":[\"TR\"]",
      "\"quoted_status\\u0000_withheld\":[\"TR\"]",
      "\"referencedTweet\":\"1\"",
      "\"author\":{\"username\":\"a\",\"withheldIn\":[\"DE\"]}",
  };
  for (size_t i = 0; i < sizeof UNREAD / sizeof *UNREAD; i++) {
    char payload[256];
    snprintf(payload, sizeof payload, "{\"id\":\"2\",\"author_id\":\"7\",\"text\":\"x\",%s}", UNREAD[i]);
    expect_refused(payload, "E4052", "\"tweet\":\"2\"");
  }
  expect_refused("{\"id\":\"2\",\"author_id\":\"7\",\"text\":\"x\",\"withheld\":[\"DE\"]}", "E1201",
                 "/withheld");
  expect_part("{\"id\":\"2\",\"author_id\":\"7\",\"text\":\"x\",\"is_withheld\":false}", "\"x\"");
}

/* Which of the two counts would be a guess. */
static void test_import_shape_contradictions_are_refused(void **state) {
  (void)state;
  static const char *const PAYLOADS[] = {
      "{\"id\":3,\"id_str\":\"2\",\"text\":\"x\"}",
      "{\"id\":\"3\",\"id_str\":\"2\",\"text\":\"x\"}",
      "{\"id\":1175047638000000000,\"id_str\":\"2\",\"text\":\"x\"}",
      "{\"id_str\":\"2\",\"text\":\"x\",\"user\":{\"id\":6,\"id_str\":\"7\"}}",
      "{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\",\"authorId\":\"8\"}",
      "{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\",\"author\":{\"id\":\"8\"}}",
      "{\"data\":{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\"},\"includes\":{\"users\":[{\"id\":\"7\","
      "\"username\":\"a\",\"verified\":true},{\"id\":\"7\",\"username\":\"a\",\"verified\":false}]}}",
  };
  for (size_t i = 0; i < sizeof PAYLOADS / sizeof *PAYLOADS; i++) {
    expect_refused(PAYLOADS[i], "E4053", "contradicts itself");
  }
  /* A user who comes twice and says the same, and a number that a program rounded, contradict nothing. */
  expect_part(
      "{\"data\":{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\"},\"includes\":{\"users\":[{\"id\":\"7\","
      "\"username\":\"a\"},{\"id\":\"7\",\"username\":\"a\"}]}}",
      "\"username\":\"a\"");
  import_rig_run(&rig, "{\"id\":1050118621198921700,\"id_str\":\"1050118621198921728\",\"text\":\"x\"}", NULL,
                 "tweet_id,rule\n1050118621198921728,none\n");
  import_rig_expect(&rig, 1, 0);
}

/* A08: a parody is not the official's own, and says so of itself. */
static void test_import_shape_parody(void **state) {
  (void)state;
#define OF(user)                                                                                             \
  "{\"data\":{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\"},\"includes\":{\"users\":[{\"id\":\"7\","      \
  "\"username\":\"a\"," user "}]}}"
  expect_part(OF("\"parody\":true"), "\"authentic\":false");
  expect_part(OF("\"parody_commentary_fan_label\":\"Parody\""), "\"authentic\":false");
  import_rig_run(&rig, OF("\"parody\":false"), NULL, NONE);
  import_rig_expect(&rig, 1, 0);
  assert_null(strstr(import_rig_cases(&rig), "authentic")); /* says nothing */
  import_rig_run(&rig, OF("\"parody\":true"), "account_id,authentic\n7,true\n", NONE);
  import_rig_expect(&rig, 0, 1);
  import_rig_says(&rig, "it is a parody");
  import_rig_run(&rig, OF("\"parody\":true"), "account_id,authentic,status\n7,,holder\n", NONE);
  import_rig_expect(&rig, 1, 0);
  assert_non_null(strstr(import_rig_cases(&rig), "\"authentic\":false"));
#undef OF
}

/* The whole text, or a note that it may not be. */
static void test_import_shape_whole_texts(void **state) {
  (void)state;
  expect_part("{\"id\":\"2\",\"text\":\"cut\",\"noteTweet\":{\"text\":\"whole\"}}", "\"text\":\"whole\"");
  expect_part(
      "{\"id\":\"2\",\"text\":\"https://t.co/x\",\"article\":{\"title\":\"t\",\"plain_text\":\"all\"}}",
      "\"text\":\"all\"");
  import_rig_says(&rig, "\"article\":1");
  char text[300], payload[400];
  for (int length = 269; length <= 270; length++) {
    memset(text, 'a', (size_t)length);
    text[length] = '\0';
    snprintf(payload, sizeof payload, "{\"id\":\"2\",\"author_id\":\"7\",\"text\":\"%s\"}", text);
    expect_part(payload, "\"violations\":[]");
    import_rig_says(&rig, length == 270 ? "\"text_may_be_cut\":1" : "\"text_may_be_cut\":0");
  }
  expect_part("{\"id\":\"2\",\"text\":\"x\",\"edit_history_tweet_ids\":[\"1\",\"2\"]}", "\"x\"");
  import_rig_says(&rig, "\"edited\":1");
  expect_part("{\"id\":\"2\",\"text\":\"x\",\"edit_history_tweet_ids\":[\"2\"]}", "\"x\"");
  import_rig_says(&rig, "\"edited\":0");
}

/* Registers end a term on the day on which the next begins: the later one has the day. */
static void test_import_shape_terms_that_meet_on_a_day(void **state) {
  (void)state;
  static const struct {
    const char *time;
    const char *status;
  } DAYS[] = {{"2017-01-02T23:59:59Z", "\"former\""},
              {"2017-01-03T00:00:00Z", "\"holder\""},
              {"2017-01-03T23:59:59Z", "\"holder\""}};
  static const char *const OFFICES[] = {
      "account_id,status,since,until\n7,former,2015-01-06,2017-01-03\n7,holder,2017-01-03,2019-01-03\n",
      "account_id,status,since,until\n7,holder,2017-01-03,2019-01-03\n7,former,2015-01-06,2017-01-03\n"};
  for (size_t i = 0; i < 6; i++) {
    char payload[160];
    snprintf(payload, sizeof payload,
             "{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\",\"created_at\":\"%s\"}", DAYS[i / 2].time);
    import_rig_run(&rig, payload, OFFICES[i % 2], NONE);
    import_rig_expect(&rig, 1, 0);
    assert_non_null(strstr(import_rig_cases(&rig), DAYS[i / 2].status));
  }
  static const char *const TOGETHER[] = {
      "account_id,status,since,until\n7,former,2015-01-06,2017-01-04\n7,holder,2017-01-03,2019-01-03\n",
      "account_id,status,since,until\n7,former,2017-01-03,2017-01-03\n7,holder,2017-01-03,2019-01-03\n",
      "account_id,status\n7,former\n7,holder\n"};
  for (size_t i = 0; i < sizeof TOGETHER / sizeof *TOGETHER; i++) {
    import_rig_run(&rig, "{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\"}", TOGETHER[i], NONE);
    assert_int_equal(rig.status, PUBINT_E_INPUT);
    import_rig_says(&rig, "two rows for one account at the same time");
  }
  import_rig_run(&rig, "{\"id\":\"2\",\"text\":\"x\",\"author_id\":\"7\"}",
                 "account_id,status,since\n7,holder,2015-01-06\n7,holder,2017-01-03\n", NONE);
  import_rig_expect(&rig, 1, 0); /* both say the same */
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_import_shape_of_each_is_the_same_case),
      cmocka_unit_test(test_import_shape_marks_are_those_of_the_help),
      cmocka_unit_test(test_import_shape_of_what_is_no_tweet),
      cmocka_unit_test(test_import_shape_of_an_empty_page_is_nothing),
      cmocka_unit_test(test_import_shape_retweets_in_every_spelling),
      cmocka_unit_test(test_import_shape_words_that_are_no_retweet),
      cmocka_unit_test(test_import_shape_quotes_are_noted),
      cmocka_unit_test(test_import_shape_withholding_is_never_dropped),
      cmocka_unit_test(test_import_shape_contradictions_are_refused),
      cmocka_unit_test(test_import_shape_parody),
      cmocka_unit_test(test_import_shape_whole_texts),
      cmocka_unit_test(test_import_shape_terms_that_meet_on_a_day),
  };
  return cmocka_run_group_tests(tests, NULL, import_rig_tear_down);
}
