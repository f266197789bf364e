/* time.days, time.hours, time.before, time.valid: elapsed time between RFC 3339 texts, without a clock (R037,
 * R044: election silence, terms of office and the like are told by scripts). */
#include <stdio.h>
#include <string.h>

#include "engine_rig.h"

/* Each expression is true. */
static const char *const TRUE[] = {
    "time.days('2021-03-01T00:00:00Z', '2021-03-02T00:00:00Z') == 1",
    "time.days('2021-03-02T00:00:00Z', '2021-03-01T00:00:00Z') == -1",
    "time.days('2021-03-01T12:00:00Z', '2021-03-01T18:00:00Z') == 0.25",
    "time.days('2020-02-28T00:00:00Z', '2020-03-01T00:00:00Z') == 2",
    "time.days('2021-02-28T00:00:00Z', '2021-03-01T00:00:00Z') == 1",
    "time.days('0000-01-01T00:00:00Z', '9999-12-31T00:00:00Z') == 3652424",
    "time.hours('2021-03-01T00:00:00Z', '2021-03-01T01:30:00Z') == 1.5",
    "time.hours('2021-03-01T00:00:00+02:00', '2021-03-01T00:00:00Z') == 2",
    "time.hours('2021-03-01T02:00:00+02:00', '2021-02-28T19:00:00-05:00') == 0",
    "time.days('2021-03-28T00:00:00+01:00', '2021-03-29T00:00:00+02:00') == 23 / 24",
    "time.hours('2021-03-01t00:00:00z', '2021-03-01T00:00:00.5Z') * 3600 == 0.5",
    "time.hours('2021-03-01T00:00:00.250Z', '2021-03-01T00:00:00.25000000000000001Z') == 0",
    "time.hours('2021-03-01T00:00:00.75Z', '2021-03-01T00:00:01.25Z') * 3600 == 0.5",
    "time.hours('2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z') == 0",
    "time.days(nil, '2021-03-01T00:00:00Z') == nil",
    "time.days('2021-03-01T00:00:00Z', nil) == nil",
    "time.hours(nil, nil) == nil",
    "time.before(nil, '2021-03-01T00:00:00Z') == nil",
    "time.before('2021-03-01T00:00:00Z', '2021-03-01T00:00:01Z') == true",
    "time.before('2021-03-01T00:00:00Z', '2021-03-01T00:00:00Z') == false",
    "time.before('2021-03-01T00:00:00Z', '2021-03-01T01:00:00+01:00') == false",
    "time.before('2021-03-01T00:59:59+01:00', '2021-03-01T00:00:00Z') == true",
    "time.before('2021-03-01T00:00:00.1Z', '2021-03-01T00:00:00.2Z') == true",
    "time.before('2021-03-01T00:00:00.999999999Z', '2021-03-01T00:00:01Z') == true",
    "math.floor(time.days('2021-03-01T00:00:00Z', '2021-03-03T23:00:00Z')) == 2",
    "time.valid('2021-03-01T00:00:00Z') and time.valid('2021-03-01t00:00:00.5-03:30')",
    "not time.valid('2021-03-01') and not time.valid('2021-02-29T00:00:00Z') and not time.valid('')",
    "not time.valid(nil) and not time.valid(7) and not time.valid({}) and not time.valid(case.signals)",
    "time.valid(case.tweet.created_at) and time.days(case.tweet.created_at, '2021-03-06T21:10:00Z') == 2",
    "time.hours(case.tweet.created_at, case.signals.polls_close) == 15",
    "time.days(case.account.observed_at, case.tweet.created_at) == nil",
};

static void test_time_elapsed_between_texts(void **state) {
  engine_rig *self = *state;
  char body[16 * 1024];
  size_t length = 0;
  for (size_t i = 0; i < sizeof TRUE / sizeof *TRUE; i++) {
    length += (size_t)snprintf(body + length, sizeof body - length, "if not (%s) then error([[%s]]) end\n",
                               TRUE[i], TRUE[i]);
  }
  assert_true(length < sizeof body);
  policy_maker_rule(&self->maker, "times", "0", body);
  engine_rig_load(self);
  engine_rig_evaluate(
      self, "{'id':'a','tweet':{'created_at':'2021-03-04T22:10:00+01:00'},'violations':[{'rule':'times'}],"
            "'account':{'verified':true,'followers_count':200000,'office':{'status':'candidate','branch':"
            "'executive'}},'context':{" ASSESSED ",'signals':{'polls_close':'2021-03-05T12:10:00Z'}}}");
  engine_rig_expect(self, "notice", "weighed");
}

/* What a script writes, and what the error says. */
static const struct {
  const char *call, *message;
} ERRORS[] = {
    {"time.days('2021-03-01', '2021-03-02T00:00:00Z')",
     "time.days: 2021-03-01 is a date, not a time: say when on that day, as in 2021-03-01T00:00:00+01:00"},
    {"time.before(nil, '2021-03-01')",
     "time.before: 2021-03-01 is a date, not a time: say when on that day, as in 2021-03-01T00:00:00+01:00"},
    {"time.hours('2021-03-01T00:00:00Z', 'tomorrow')",
     "time.hours: \\\"tomorrow\\\" is not a time such as 2021-03-04T21:10:00Z: a time begins with a date as in "
     "2020-05-29"},
    {"time.days('2021-02-29T00:00:00Z', nil)",
     "time.days: \\\"2021-02-29T00:00:00Z\\\" is not a time such as 2021-03-04T21:10:00Z: there is no such day"},
    {"time.days('2021-03-01 00:00:00Z', nil)",
     "time.days: \\\"2021-03-01 00:00:00Z\\\" is not a time such as 2021-03-04T21:10:00Z: a T stands between the "
     "date and the time"},
    {"time.days('', nil)",
     "time.days: \\\"\\\" is not a time such as 2021-03-04T21:10:00Z: an empty text is no time"},
    {"time.days(1614556800, nil)", "time.days: from must be a string, got a number"},
    {"time.days(true, nil)", "time.days: from must be a string, got a boolean"},
    {"time.hours('2021-03-01T00:00:00Z')", "time.hours: to must be a value, got nothing"},
    {"time.valid()", "time.valid: v must be a value, got nothing"},
    {"time.now()", "a script has no clock"},
    {"os.time()", "time.days(from, to) compares them"},
};

static void test_time_errors_say_what_is_wrong(void **state) {
  engine_rig *self = *state;
  for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++) {
    char body[256];
    snprintf(body, sizeof body, "local _ = %s", ERRORS[i].call);
    policy_maker_rule(&self->maker, "times", "0", body);
    engine_rig_load(self);
    const char *line = engine_rig_weigh(self, "{'rule':'times'}", ASSESSED);
    engine_rig_expect(self, "review", "rule_error");
    if (strstr(line, ERRORS[i].message) == NULL) fail_msg("%s\nis not in\n%s", ERRORS[i].message, line);
  }
}

/* A text of 60,000 digits behind the point is charged for, as everything is that a script has gone over. */
static void test_time_is_charged(void **state) {
  engine_rig *self = *state;
  policy_maker_rule(&self->maker, "times", "0",
                    "local long = '2021-03-01T00:00:00.' .. ('0'):rep(60000) .. 'Z'\n"
                    "for i = 1, 100000 do time.before(long, long) end");
  engine_rig_load(self);
  engine_rig_weigh(self, "{'rule':'times'}", ASSESSED);
  engine_rig_expect(self, "review", "rule_error");
  engine_rig_has(self, "limit_instructions");
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_time_elapsed_between_texts),
      RIG_TEST(test_time_errors_say_what_is_wrong),
      RIG_TEST(test_time_is_charged),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
