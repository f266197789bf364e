/* What is read of a ledger: queues, records, times. */
#include <stdio.h>
#include <string.h>

#include "desk.h"
#include "errors.h"
#include "evaluation.h"
#include "json_read.h"
#include "notice.h"
#include "queue.h"
#include "record_show.h"
#include "times.h"

static const desk_case USUAL = {0};

/* ---- queues ---- */

typedef struct seen {
  char ids[256]; /* "a b " */
  pi_queue_row last;
} seen;

static pubint_status see(void *data, const pi_queue_row *row, pubint_error *error) {
  seen *self = data;
  (void)error;
  size_t length = strlen(self->ids);
  snprintf(self->ids + length, sizeof self->ids - length, "%.*s ", (int)row->id.len, row->id.ptr);
  self->last = *row;
  return PUBINT_OK;
}

static seen look(desk *self, pi_queue_filter filter) {
  seen out = {0};
  int64_t count;
  assert_int_equal(pi_queue_each(self->ledger, &filter, see, &out, &self->error), PUBINT_OK);
  assert_int_equal(pi_queue_count(self->ledger, &filter, &count, &self->error), PUBINT_OK);
  int ids = 0;
  for (const char *at = out.ids; *at != '\0'; at++) ids += *at == ' ';
  if (filter.limit == 0) assert_int_equal(ids, count);
  return out;
}

/* Close calls come first, before them what could not be weighed. */
static void test_queue_has_close_calls_first(void **state) {
  desk *self = *state;
  static const char FAR[] =
      "'market':'NL','public_concern':1,'public_debate':1,'target':{'kind':'official','political_context':1},"
      "'office_relevance':1,'record_value':1,'heated_debate':1,'call_to_action':0,"
      "'rights_interference':0,'service_harm':0,'offline_harm':{'likelihood':0,'severity':0}";
  assert_int_equal(desk_open(self, "far", (desk_case){.context = FAR}), PUBINT_OK);
  assert_int_equal(desk_open(self, "far_down", (desk_case){.context = DESK_REMOVED}), PUBINT_OK);
  assert_int_equal(desk_open(self, "near", USUAL), PUBINT_OK);
  assert_int_equal(desk_open(self, "near_later", USUAL), PUBINT_OK);
  assert_int_equal(desk_open(self, "no_script", (desk_case){.violations = "{'rule':'spam'}"}), PUBINT_OK);
  const pi_queue_filter opened = {.state = PI_STATE_OPENED, .closest_first = true};
  assert_string_equal(look(self, opened).ids, "no_script near near_later far far_down ");
  pi_queue_filter three = opened;
  three.limit = 3;
  assert_string_equal(look(self, three).ids, "no_script near near_later ");
  assert_string_equal(look(self, (pi_queue_filter){0}).ids, "far far_down near near_later no_script ");
}

static void test_queue_tells_where_each_case_stands(void **state) {
  desk *self = *state;
  char id[32];
  for (int at = PI_STATE_OPENED; at < PI_STATE_COUNT; at++) {
    desk_bring(self, (pi_state)at, id);
    seen one = look(self, (pi_queue_filter){.state = (pi_state)at});
    snprintf(id, sizeof id, "case-%d ", at);
    assert_string_equal(one.ids, id);
    assert_int_equal(one.last.state, at);
    assert_int_equal(one.last.since, self->now); /* its last step brought it there */
  }
}

/* Where a decision needs more than it did, a case whose advisers were informed waits for advice again. */
static void test_queue_follows_what_a_decision_needs(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_INFORMED, id);
  pi_act act = {.who = PI_SLICE("Sen"), .at = self->now, .reason = PI_SLICE("why")};
  assert_int_equal(pi_process_require(self->ledger, 4, &act, &self->done, &self->error), PUBINT_OK);
  assert_string_equal(look(self, (pi_queue_filter){.state = PI_STATE_INFORMED}).ids, "");
  seen one = look(self, (pi_queue_filter){.state = PI_STATE_RECOMMENDED});
  assert_string_equal(one.ids, "case-1 ");
  assert_int_equal(one.last.state, PI_STATE_RECOMMENDED);
  assert_int_equal(desk_record(self, id).state, PI_STATE_RECOMMENDED);
}

static void test_queue_finds_by_rule_and_market(void **state) {
  desk *self = *state;
  assert_int_equal(desk_open(self, "a", USUAL), PUBINT_OK);
  assert_int_equal(
      desk_open(self, "b",
                (desk_case){.violations = "{'rule':'violence','kind':'threat'},{'rule':'abuse_harassment'},"
                                          "{'rule':'violence','kind':'glorification'}",
                            .context = "'market':'US-CA'"}),
      PUBINT_OK);
  assert_string_equal(look(self, (pi_queue_filter){.rule = PI_SLICE("abuse_harassment")}).ids, "a b ");
  assert_string_equal(look(self, (pi_queue_filter){.rule = PI_SLICE("violence")}).ids, "b ");
  assert_string_equal(look(self, (pi_queue_filter){.market = PI_SLICE("NL")}).ids, "a ");
  assert_string_equal(
      look(self, (pi_queue_filter){.market = PI_SLICE("NL"), .rule = PI_SLICE("violence")}).ids, "");
  pi_record record = desk_record(self, "b");
  assert_int_equal(record.rounds[0].rules_count, 2); /* each once */
  assert_string_equal(record.rounds[0].rules[0].ptr, "abuse_harassment");
  assert_int_equal(record.rounds[0].teams_count, 0); /* no script speaks for that market */
}

/* ---- records ---- */

static void test_record_is_json_whatever_people_write(void **state) {
  desk *self = *state;
  assert_int_equal(desk_open(self, "x", USUAL), PUBINT_OK);
  assert_int_equal(desk_recommend(self, "x", "A \"quoted\" \\ name", PI_POSITION_NOTICE,
                                  "two\nlines\tand \xf0\x9f\x98\xa1"),
                   PUBINT_OK);
  pi_record record = desk_record(self, "x");
  pi_buffer line;
  pi_buffer_init(&line, 1 << 20);
  pi_record_write(&line, &record);
  assert_false(line.failed);
  if (pi_json_check((pi_slice){line.data, line.len}, &self->arena, PI_JSON_DEPTH_MAX, &self->error) !=
      PUBINT_OK) {
    fail_msg("%s: %.*s", self->error.message, (int)line.len, line.data);
  }
  assert_ptr_equal(memchr(line.data, '\n', line.len), line.data + line.len - 1);
  pi_buffer_dispose(&line);
}

/* R095: a notice that an earlier version let through shows no text in which nobody marked the data. */
static void test_notice_shows_no_text_with_data_that_nobody_marked(void **state) {
  desk *self = *state;
  static const struct {
    const char *violation, *text;
  } ROWS[] = {
      {"{'rule':'private_information','kind':'threat'}", NULL},
      {"{'rule':'private_information'}", NULL},
      {"{'rule':'private_information','kind':'threat','spans':[]}", "Wat een schande."},
      {"{'rule':'private_information','kind':'posted','spans':[{'start':8,'end':15}]}", "Wat een █████."},
      {"{'rule':'abuse_harassment'}", "Wat een schande."},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    pi_slice text;
    desk_evaluate(self, "x", (desk_case){.violations = ROWS[i].violation});
    assert_true(pi_notice_text(self->evaluation->input, &self->arena, &text));
    if (ROWS[i].text == NULL) {
      assert_null(text.ptr);
    } else {
      assert_true(pi_slice_equal(text, pi_slice_of(ROWS[i].text)));
    }
  }
}

/* R095: people who name what was blotted out are not quoted with it, in whatever round they or the spans are.
 */
static void test_record_quotes_no_blotted_text(void **state) {
  desk *self = *state;
  static const desk_case MARKED = {
      .violations = "{'rule':'private_information','kind':'posted','spans':[{'start':8,'end':15}]}"};
  char id[32];
  desk_bring(self, PI_STATE_OPENED, id);
  assert_int_equal(desk_recommend(self, id, "Rec", PI_POSITION_REMOVE, "Remove: schande."), PUBINT_OK);
  desk_hear(self, id, PI_POSITION_NOTICE);
  pi_act act = {.id = pi_slice_of(id),
                .who = PI_SLICE("Ann"),
                .at = self->now,
                .position = PI_POSITION_NONE,
                .background = PI_BACKGROUND_NEWS,
                .team = PI_SLICE("a team"),
                .reason = PI_SLICE("Noted: schande, Schande.")};
  assert_int_equal(pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &self->done, &self->error),
                   PUBINT_OK);
  assert_int_equal(desk_inform(self, id, "Sec"), PUBINT_OK);
  act = (pi_act){.id = pi_slice_of(id),
                 .who = PI_SLICE("Sen"),
                 .at = self->now,
                 .position = PI_POSITION_NOTICE,
                 .reason = PI_SLICE("Why: schande."),
                 .finding = PI_SLICE("Found: een schande!")};
  assert_int_equal(pi_process_step(self->ledger, PI_ACTION_DECIDE, &act, &self->done, &self->error),
                   PUBINT_OK);
  assert_int_equal(desk_reopen(self, id, MARKED, "Again: schande?"), PUBINT_OK);
  pi_record record = desk_record(self, id);
  static const char *const SAID[] = {"Remove: █████.", "Noted: █████, Schande.", "Why: █████.",
                                     "Found: een █████!", "Again: █████?"};
  pi_buffer json, shown;
  pi_buffer_init(&json, 1 << 20);
  pi_buffer_init(&shown, 1 << 20);
  pi_record_write(&json, &record);
  pi_page page;
  pi_page_init(&page, &shown, 100, false);
  pi_record_show(&page, &record, self->now);
  pi_page_dispose(&page);
  const char *line = pi_buffer_end(&json), *text = pi_buffer_end(&shown);
  for (size_t i = 0; i < sizeof SAID / sizeof SAID[0]; i++) {
    if (strstr(line, SAID[i]) == NULL || strstr(text, SAID[i]) == NULL)
      fail_msg("%s is not in %s", SAID[i], text);
  }
  assert_null(strstr(text, "schande"));
  assert_non_null(strstr(line, "Wat een schande.")); /* the facts as they were */
  pi_buffer_dispose(&json);
  pi_buffer_dispose(&shown);
}

static pubint_status count_record(void *data, const pi_record *record, pubint_error *error) {
  (void)error;
  *(int *)data += record->rounds_count;
  return PUBINT_OK;
}

static void test_record_each_visits_every_case(void **state) {
  desk *self = *state;
  char id[32];
  int rounds = 0;
  for (int at = PI_STATE_OPENED; at < PI_STATE_COUNT; at++) desk_bring(self, (pi_state)at, id);
  assert_int_equal(desk_reopen(self, id, USUAL, "why"), PUBINT_OK);
  assert_int_equal(pi_record_each(self->ledger, count_record, &rounds, &self->error), PUBINT_OK);
  assert_int_equal(rounds, 6);
  pi_record record;
  desk_refused(
      self,
      pi_record_read(&record, self->ledger, PI_SLICE("nobody"), PI_RECORD_WHOLE, &self->arena, &self->error),
      PI_E_NOT_IN_LEDGER);
}

/* ---- times ---- */

static void test_time_is_read_in_any_zone_and_written_in_utc(void **state) {
  (void)state;
  static const struct {
    const char *text, *written;
    int64_t at;
    int year;
  } TIMES[] = {
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0, 1970},
      {"1969-12-31T23:59:59z", "1969-12-31T23:59:59Z", -1, 1969},
      {"2020-02-29T12:30:15.999Z", "2020-02-29T12:30:15Z", 1582979415, 2020},
      {"2024-01-01T00:30:00+01:00", "2023-12-31T23:30:00Z", 1704065400, 2023},
      {"2023-12-31T23:30:00-02:45", "2024-01-01T02:15:00Z", 1704075300, 2024},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", 1483228800, 2017},
      {"0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", -62167219200, 0},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", 253402300799, 9999},
  };
  for (size_t i = 0; i < sizeof TIMES / sizeof TIMES[0]; i++) {
    int64_t at;
    char written[PI_TIME_BYTES];
    assert_null(pi_time_read(pi_slice_of(TIMES[i].text), &at));
    assert_int_equal(at, TIMES[i].at);
    pi_time_write(at, written);
    assert_string_equal(written, TIMES[i].written);
    assert_int_equal(pi_time_year(at), TIMES[i].year);
  }
  int64_t at;
  assert_non_null(pi_time_read(PI_SLICE("2023-02-29T00:00:00Z"), &at));
  assert_non_null(pi_time_read(PI_SLICE("2023-02-28 00:00:00Z"), &at));
}

static void test_duration_is_said_in_its_two_largest_units(void **state) {
  (void)state;
  static const struct {
    int64_t seconds;
    const char *said;
  } DURATIONS[] = {{0, "0 s"},       {59, "59 s"},        {60, "1 min"},
                   {3599, "59 min"}, {3600, "1 h"},       {5400, "1 h 30 min"},
                   {86400, "1 d"},   {100000, "1 d 3 h"}, {31536000, "365 d"}};
  for (size_t i = 0; i < sizeof DURATIONS / sizeof DURATIONS[0]; i++) {
    char said[PI_DURATION_BYTES];
    pi_duration_say(DURATIONS[i].seconds, said);
    assert_string_equal(said, DURATIONS[i].said);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_queue_has_close_calls_first),
      DESK_TEST(test_queue_tells_where_each_case_stands),
      DESK_TEST(test_queue_follows_what_a_decision_needs),
      DESK_TEST(test_queue_finds_by_rule_and_market),
      DESK_TEST(test_record_is_json_whatever_people_write),
      DESK_TEST(test_record_quotes_no_blotted_text),
      DESK_TEST(test_notice_shows_no_text_with_data_that_nobody_marked),
      DESK_TEST(test_record_each_visits_every_case),
      cmocka_unit_test(test_time_is_read_in_any_zone_and_written_in_utc),
      cmocka_unit_test(test_duration_is_said_in_its_two_largest_units),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
