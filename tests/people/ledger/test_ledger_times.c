/* Times: none still to come is recorded, and what has one is lived with: corrected beside the record, never
 * in it. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "desk.h"
#include "errors.h"
#include "process_correct.h"

static const int64_t FAR = 253402214400; /* 9999-12-31 */

static int64_t read_clock(void *of) {
  return *(int64_t *)of;
}

static void set_clock(desk *self, int64_t *clock) {
  *clock = self->now;
  pi_ledger_set_clock(self->ledger, read_clock, clock);
}

static pubint_status correct(desk *self, pi_correct correction) {
  if (correction.who.ptr == NULL) correction.who = PI_SLICE("Sec");
  if (correction.note.ptr == NULL) correction.note = PI_SLICE("a wrong clock");
  if (correction.at == 0) correction.at = self->now;
  return pi_process_correct(self->ledger, &correction, &self->done, &self->error);
}

/* ---- what is still to come ---- */

static void test_act_that_is_still_to_come_is_refused(void **state) {
  desk *self = *state;
  int64_t clock;
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
  set_clock(self, &clock);
  static const int64_t AHEAD[] = {PI_LEDGER_AHEAD_S, PI_LEDGER_AHEAD_S + 1, 86400, INT64_MAX / 2};
  for (size_t i = 0; i < sizeof AHEAD / sizeof AHEAD[0]; i++) {
    bool taken = AHEAD[i] <= PI_LEDGER_AHEAD_S;
    int64_t before = desk_ask(self, "SELECT count(*) FROM audit");
    char other[32];
    snprintf(other, sizeof other, "other-%zu", i);
    self->now = clock + AHEAD[i] - 60; /* an act of the desk is a minute later */
    pubint_status opened = desk_open(self, other, (desk_case){0});
    if (taken) assert_int_equal(opened, PUBINT_OK);
    if (!taken) desk_refused(self, opened, PI_E_TO_COME);
    self->now = clock + AHEAD[i] - 60;
    pubint_status again = desk_reopen(self, id, (desk_case){0}, "why");
    if (!taken) desk_refused(self, again, PI_E_TO_COME);
    pi_act act = {.who = PI_SLICE("Sen"), .at = clock + AHEAD[i], .reason = PI_SLICE("why")};
    pubint_status raised = pi_process_require(self->ledger, 4, &act, &self->done, &self->error);
    if (!taken) desk_refused(self, raised, PI_E_TO_COME);
    if (!taken)
      desk_refused(self, correct(self, (pi_correct){.id = pi_slice_of(id), .at = clock + AHEAD[i]}),
                   PI_E_TO_COME);
    assert_int_equal(desk_ask(self, "SELECT count(*) FROM audit"), before + (taken ? 3 : 0));
  }
  for (pi_action action = PI_ACTION_RECOMMEND; action < PI_ACTION_REOPEN; action++) {
    pi_act act = {.id = pi_slice_of(id), .who = PI_SLICE("Ann"), .at = FAR};
    desk_refused(self, pi_process_step(self->ledger, action, &act, &self->done, &self->error), PI_E_TO_COME);
  }
  self->now = clock;
  desk_whole(self);
}

/* ---- what is on record ---- */

/* A case whose steps up to `state` are of the year 9999, as an earlier program took them. */
static void bring_far(desk *self, pi_state state, char id[32], int64_t *clock) {
  int64_t now = self->now;
  *clock = self->now = FAR;
  pi_ledger_set_clock(self->ledger, read_clock, clock);
  *clock += 3600;
  desk_bring(self, state, id);
  *clock = self->now = now;
}

static void test_case_of_the_year_9999_goes_on_once_it_is_corrected(void **state) {
  desk *self = *state;
  for (pi_state far = PI_STATE_OPENED; far <= PI_STATE_DECIDED; far++) {
    int64_t clock;
    char id[32];
    bring_far(self, far, id, &clock);
    pi_slice name = pi_slice_of(id);
    int64_t steps = desk_ask(self, "SELECT count(*) FROM case_times WHERE at > 250000000000");
    clock += 86400;
    self->now = clock - 60;
    pubint_status status = far == PI_STATE_DECIDED ? desk_reopen(self, id, (desk_case){0}, "why")
                           : far == PI_STATE_OPENED
                               ? desk_recommend(self, id, "Rec", PI_POSITION_NOTICE, NULL)
                               : desk_advise(self, id, "New", PI_BACKGROUND_NEWS, PI_POSITION_NOTICE);
    desk_refused(self, status, PI_E_EARLIER);
    assert_non_null(strstr(self->error.hint, "pubint ledger correct"));
    /* Each of them, the first still to come first: they are not named. */
    for (int64_t i = 0; i < steps; i++) assert_int_equal(correct(self, (pi_correct){.id = name}), PUBINT_OK);
    assert_int_equal(desk_ask(self, "SELECT count(*) FROM case_times WHERE at > 250000000000"), 0);
    desk_whole(self);
    assert_true(desk_record(self, id).rounds[0].recorded_at > FAR);
    assert_int_equal(desk_record(self, id).rounds[0].at, clock);
    char file_says[160];
    snprintf(file_says, sizeof file_says, "SELECT since = %lld FROM queue WHERE id = '%s'", (long long)clock,
             id);
    assert_int_equal(desk_ask(self, file_says), 1);
    self->now = clock += 60;
    if (far == PI_STATE_OPENED) {
      assert_int_equal(desk_recommend(self, id, "Rec", PI_POSITION_NOTICE, NULL), PUBINT_OK);
      clock = self->now;
    }
    if (far <= PI_STATE_RECOMMENDED) {
      clock += 600;
      desk_hear(self, id, PI_POSITION_NOTICE);
    }
    clock += 600;
    if (far <= PI_STATE_ADVISED) assert_int_equal(desk_inform(self, id, "Sec"), PUBINT_OK);
    if (far <= PI_STATE_INFORMED)
      assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
    assert_int_equal(desk_reopen(self, id, (desk_case){0}, "why"), PUBINT_OK);
    desk_whole(self);
  }
}

static void test_correction_changes_no_record(void **state) {
  desk *self = *state;
  int64_t clock;
  char id[32];
  bring_far(self, PI_STATE_RECOMMENDED, id, &clock);
  assert_int_equal(correct(self, (pi_correct){.id = pi_slice_of(id)}), PUBINT_OK);
  assert_int_equal(correct(self, (pi_correct){.id = pi_slice_of(id), .note = PI_SLICE("and this")}),
                   PUBINT_OK);
  assert_int_equal(correct(self, (pi_correct){.id = pi_slice_of(id), .note = PI_SLICE("a word")}), PUBINT_OK);
  assert_int_equal(desk_ask(self, "SELECT min(at) > 250000000000 FROM rounds"), 1);
  assert_int_equal(desk_ask(self, "SELECT min(at) > 250000000000 FROM steps"), 1);
  pi_record record = desk_record(self, id);
  assert_int_equal(record.corrections_count, 3);
  assert_int_equal(record.corrections[0].record, record.rounds[0].entry);
  assert_int_equal(record.corrections[1].record, record.rounds[0].steps[0].entry);
  assert_true(record.corrections[1].has_time);
  assert_int_equal(record.corrections[2].record, record.rounds[0].steps[0].entry);
  assert_false(record.corrections[2].has_time); /* a note alone: nothing of it is still to come */
  assert_true(pi_slice_equal(record.corrections[2].note, PI_SLICE("a word")));
  assert_true(pi_slice_equal(record.corrections[0].who, PI_SLICE("Sec")));
}

static void test_corrected_time_lies_between_those_beside_it(void **state) {
  desk *self = *state;
  char id[32];
  int64_t start = self->now;
  desk_bring(self, PI_STATE_INFORMED, id);
  pi_record record = desk_record(self, id);
  const pi_step *step = &record.rounds[0].steps[1];
  int64_t entry = step->entry, before = record.rounds[0].steps[0].at, after = record.rounds[0].steps[2].at;
  int64_t first = record.rounds[0].entry;
  pi_correct to = {.id = pi_slice_of(id), .record = entry, .has_time = true};
  static const int64_t UNFIT[] = {-1, 1};
  for (int i = 0; i < 2; i++) {
    to.time = (UNFIT[i] < 0 ? before : after) + UNFIT[i];
    desk_refused(self, correct(self, to), PI_E_TIME_UNFIT);
  }
  to.time = before;
  assert_int_equal(correct(self, to), PUBINT_OK);
  to.time = after; /* the newest counts */
  assert_int_equal(correct(self, to), PUBINT_OK);
  assert_int_equal(desk_record(self, id).rounds[0].steps[1].at, after);
  to.record = first;
  to.time = start - 86400; /* nothing is before the first */
  assert_int_equal(correct(self, to), PUBINT_OK);
  to.record = 4000;
  desk_refused(self, correct(self, to), PI_E_NOT_A_RECORD);
  to.record = desk_ask(self, "SELECT max(entry) FROM corrections"); /* which is none of the case's */
  desk_refused(self, correct(self, to), PI_E_NOT_A_RECORD);
  to = (pi_correct){.id = pi_slice_of(id), .has_time = true, .time = self->now + 1};
  desk_refused(self, correct(self, to), PI_E_TIME_UNFIT);
  desk_refused(self, correct(self, (pi_correct){.id = PI_SLICE("nobody's")}), PI_E_NOT_IN_LEDGER);
  desk_refused(self, correct(self, (pi_correct){.id = pi_slice_of(id), .note = PI_SLICE("\x01")}),
               PI_E_ACT_TEXT);
  desk_refused(self, correct(self, (pi_correct){.id = pi_slice_of(id), .note = PI_SLICE("")}), PI_E_ACT_TEXT);
  desk_whole(self);
}

/* The file says the same again, for other clients of it. */
static void test_file_takes_no_other_correction_than_the_program(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_ADVISED, id); /* entries 1 to 6 */
  assert_int_equal(correct(self, (pi_correct){.id = pi_slice_of(id)}), PUBINT_OK);
  static const struct {
    const char *values, *said;
  } ROWS[] = {
      {"8, 99, 1700009000, 'Sec', NULL, 'x'", "a correction is of a record of a case"},
      {"8, 7, 1700009000, 'Sec', NULL, 'x'", "a correction is of a record of a case"},
      {"8, 3, 1700009000, 'Sec', 1700009001, 'x'", "a record is no later than its correction"},
      {"8, 3, 1700009000, 'Sec', 1700000001, 'x'", "a time is corrected to one between those beside it"},
      {"8, 3, 1700009000, 'Sec', 1700008000, 'x'", "a time is corrected to one between those beside it"},
      {"9, 3, 1700009000, 'Sec', NULL, 'x'", "a record stands where the audit log grows next"},
      {"7, 3, 1700009000, 'Sec', NULL, 'x'", "a record stands where the audit log grows next"},
      {"8, 3, 999999999999, 'Sec', NULL, 'x'", "a time is of the years 0 to 9999"},
      {"8, 3, 1700009000, 'Sec', NULL, ' '", "what people write is seen"},
      {"8, 3, 1700009000, 'S  c', NULL, 'x'", "a name has no sign in it that nobody sees"},
      {"8, 3, 1700009000, 'Sec', NULL, NULL", "NOT NULL constraint failed: corrections.note"},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    char sql[256];
    snprintf(sql, sizeof sql, "INSERT INTO corrections VALUES (%s)", ROWS[i].values);
    assert_string_equal(desk_sql(self, sql), ROWS[i].said);
  }
  assert_string_equal(desk_sql(self, "UPDATE corrections SET note = 'y'"),
                      "a record is never changed: reopen the case");
  assert_string_equal(desk_sql(self, "DELETE FROM corrections"), "a record is never deleted");
  assert_string_equal(desk_sql(self, "BEGIN; INSERT INTO persons VALUES (8, 'sec');"
                                     "INSERT INTO corrections VALUES (8, 3, 1700009000, 'Sec', NULL, 'x');"
                                     "INSERT INTO audit VALUES (8, 1700009000, 'Sec', 'correct', 'another', "
                                     "lower(hex(zeroblob(32))))"),
                      "an audit entry says what its record says");
  assert_string_equal(desk_sql(self, "ROLLBACK"), "");
  desk_whole(self);
}

static void test_audit_finds_a_correction_that_was_changed(void **state) {
  desk *self = *state;
  char id[32];
  int64_t entries;
  static const char *const CHANGES[] = {"note = 'y'", "record = 1", "at = at + 1", "who = 'x'", "time = 5"};
  desk_bring(self, PI_STATE_ADVISED, id);
  assert_int_equal(correct(self, (pi_correct){.id = pi_slice_of(id)}), PUBINT_OK);
  desk_drop_triggers(self);
  for (size_t i = 0; i < sizeof CHANGES / sizeof CHANGES[0]; i++) {
    char sql[128];
    snprintf(sql, sizeof sql, "UPDATE corrections SET %s", CHANGES[i]);
    assert_int_equal(pi_ledger_begin(self->ledger, true, &self->error), PUBINT_OK);
    assert_string_equal(desk_sql(self, sql), "");
    desk_refused(self, pi_audit_verify(self->ledger, NULL, &entries, &self->error), PI_E_AUDIT_CHANGED);
    pi_ledger_rollback(self->ledger);
  }
  assert_string_equal(
      desk_sql(self, "PRAGMA foreign_keys = OFF; INSERT INTO corrections VALUES (90, 1, 1, 'x', NULL, 'y')"),
      "");
  desk_refused(self, pi_audit_verify(self->ledger, NULL, &entries, &self->error), PI_E_AUDIT_CUT_OFF);
}

/* ---- a clock that is set back during a day ---- */

static void test_clock_set_back_by_an_hour_is_lived_with(void **state) {
  desk *self = *state;
  int64_t clock;
  char id[32];
  desk_bring(self, PI_STATE_RECOMMENDED, id);
  set_clock(self, &clock);
  int64_t wrong = self->now;
  clock = self->now = wrong - 3600;
  desk_refused(self, desk_advise(self, id, "Gov", PI_BACKGROUND_GOVERNMENT, PI_POSITION_NOTICE),
               PI_E_EARLIER);
  assert_non_null(strstr(self->error.hint, "still to come"));
  /* Other cases go on meanwhile. */
  assert_int_equal(desk_open(self, "another", (desk_case){0}), PUBINT_OK);
  /* Both records of it, by what the right clock says. */
  assert_int_equal(correct(self, (pi_correct){.id = pi_slice_of(id)}), PUBINT_OK);
  assert_int_equal(correct(self, (pi_correct){.id = pi_slice_of(id)}), PUBINT_OK);
  clock += 600;
  desk_consult(self, id, PI_POSITION_NOTICE);
  assert_int_equal(desk_decide(self, id, "Sen", PI_POSITION_NOTICE, NULL), PUBINT_OK);
  assert_true(self->now < wrong);
  desk_whole(self);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_act_that_is_still_to_come_is_refused),
      DESK_TEST(test_case_of_the_year_9999_goes_on_once_it_is_corrected),
      DESK_TEST(test_correction_changes_no_record),
      DESK_TEST(test_corrected_time_lies_between_those_beside_it),
      DESK_TEST(test_file_takes_no_other_correction_than_the_program),
      DESK_TEST(test_audit_finds_a_correction_that_was_changed),
      DESK_TEST(test_clock_set_back_by_an_hour_is_lived_with),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
