/* What an act reads: the last round and nothing of those before, and only by statements that are bound in
 * full. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "desk.h"
#include "errors.h"

/* Of an act: with what writes it, links it and takes it in as a precedent. */
enum { ROUNDS = 100, ACTS_MAX = 8, STATEMENTS_MAX = 32 };

static int count_statement(unsigned kind, void *data, void *statement, void *text) {
  (void)kind;
  (void)statement;
  const char *sql = text;
  if (strncmp(sql, "--", 2) != 0) ++*(int *)data; /* a trigger's own is no statement of ours */
  return 0;
}

/* One round of a case, its opening first; how many statements each act took. */
static int go_round(desk *self, int number, int counts[ACTS_MAX]) {
  static const pi_background HEARD[] = {PI_BACKGROUND_GOVERNMENT, PI_BACKGROUND_HUMAN_RIGHTS,
                                        PI_BACKGROUND_LAW, PI_BACKGROUND_MARKET};
  static const char *const WHO[] = {"Gov", "Hum", "Law", "Mar"};
  const desk_case like = {0};
  int acts = 0, count = 0;
  sqlite3_trace_v2(pi_ledger_connection(self->ledger), SQLITE_TRACE_STMT, count_statement, &count);
#define COUNTED(act)                                                                                         \
  do {                                                                                                       \
    count = 0;                                                                                               \
    assert_int_equal(act, PUBINT_OK);                                                                        \
    counts[acts++] = count;                                                                                  \
  } while (false)
  COUNTED(number == 1 ? desk_open(self, "case", like) : desk_reopen(self, "case", like, "heard anew"));
  COUNTED(desk_recommend(self, "case", "Rec", PI_POSITION_NOTICE, NULL));
  for (int i = 0; i < 4; i++) COUNTED(desk_advise(self, "case", WHO[i], HEARD[i], PI_POSITION_NOTICE));
  COUNTED(desk_inform(self, "case", "Sec"));
  COUNTED(desk_decide(self, "case", "Sen", PI_POSITION_NOTICE, NULL));
#undef COUNTED
  sqlite3_trace_v2(pi_ledger_connection(self->ledger), 0, NULL, NULL);
  return acts;
}

static void test_process_takes_as_many_statements_in_round_100_as_in_the_second(void **state) {
  desk *self = *state;
  int counts[3][ACTS_MAX];
  int acts = go_round(self, 1, counts[0]);
  assert_int_equal(go_round(self, 2, counts[1]), acts);
  for (int i = 3; i < ROUNDS; i++) go_round(self, i, counts[2]);
  assert_int_equal(go_round(self, ROUNDS, counts[2]), acts);
  for (int i = 0; i < acts; i++) {
    assert_int_equal(counts[2][i], counts[1][i]);
    assert_true(counts[2][i] <= STATEMENTS_MAX);
  }
  assert_int_equal(desk_record(self, "case").rounds_count, ROUNDS);
  desk_whole(self);
}

/* What an act asks of the last round, and no text of any. */
static void test_record_reads_of_the_last_round_who_did_what(void **state) {
  desk *self = *state;
  int counts[ACTS_MAX];
  go_round(self, 1, counts);
  go_round(self, 2, counts);
  pi_record whole = desk_record(self, "case"), last, steps;
  const pi_round *round = pi_record_last(&whole);
  assert_int_equal(
      pi_record_read(&last, self->ledger, PI_SLICE("case"), PI_RECORD_ROUND, &self->arena, &self->error),
      PUBINT_OK);
  assert_int_equal(
      pi_record_read(&steps, self->ledger, PI_SLICE("case"), PI_RECORD_STEPS, &self->arena, &self->error),
      PUBINT_OK);
  assert_int_equal(last.rounds_count, 1);
  assert_true(pi_slice_equal(last.rounds[0].facts, round->facts));
  assert_true(pi_slice_equal(last.rounds[0].evaluation, round->evaluation));
  assert_int_equal(last.rounds[0].rules_count, round->rules_count);
  assert_int_equal(pi_round_step(&last.rounds[0], PI_ACTION_INFORM)->informed_count, 4);
  assert_int_equal(steps.rounds_count, 1);
  assert_int_equal(steps.rounds[0].number, 2);
  assert_int_equal(steps.rounds[0].steps_count, round->steps_count);
  assert_int_equal(steps.state, whole.state);
  assert_int_equal(steps.opened_at, whole.rounds[0].at);
  assert_true(pi_slice_equal(steps.opened_by, whole.rounds[0].who));
  assert_null(steps.rounds[0].facts.ptr);
  assert_null(steps.rounds[0].evaluation.ptr);
  assert_int_equal(steps.rounds[0].rules_count, 0);
}

static pubint_status ask_for(desk *self, pi_query *query) {
  int64_t out;
  return pi_ledger_ask(query, &out, &self->error);
}

static void test_ledger_runs_no_statement_that_is_bound_by_a_wrong_name(void **state) {
  desk *self = *state;
  static const char SQL[] = "INSERT INTO cases (entry, id) VALUES (:entry, :id)";
  pi_query *query = pi_ledger_statement(self->ledger, SQL);
  pi_ledger_bind_number(query, ":entry", 1);
  pi_ledger_bind_text(query, ":id", PI_SLICE("case"));
  pi_ledger_bind_text(query, ":team", PI_SLICE("case"));
  desk_refused(self, pi_ledger_run(query, &self->error), PI_E_LEDGER_FAILS);
  assert_string_equal(self->error.found, "a statement has no parameter :team");
  pi_ledger_bind_number(query, ":entry", 1);
  desk_refused(self, pi_ledger_run(query, &self->error), PI_E_LEDGER_FAILS);
  assert_string_equal(self->error.found, "a statement waits for its parameter :id");
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM cases"), 0);

  /* A parameter that has no name cannot be bound; one that stands twice is bound once. */
  desk_refused(self, ask_for(self, pi_ledger_statement(self->ledger, "SELECT ?")), PI_E_LEDGER_FAILS);
  assert_string_equal(self->error.found, "a statement waits for its parameter ?");
  query = pi_ledger_statement(self->ledger, "SELECT 1 WHERE :a = :a");
  pi_ledger_bind_number(query, ":a", 1);
  assert_int_equal(ask_for(self, query), PUBINT_OK);
  desk_refused(self, ask_for(self, pi_ledger_statement(self->ledger, "SELECT nowhere")), PI_E_LEDGER_FAILS);
  assert_string_equal(self->error.found, "no such column: nowhere");
}

static void test_value_that_cannot_be_bound_is_refused_and_not_left_out(void **state) {
  desk *self = *state;
  static const char LONG[200];
  int64_t count = 0;
  pi_query *query = pi_ledger_statement(self->ledger, "SELECT count(:text)");
  int usual = sqlite3_limit(pi_ledger_connection(self->ledger), SQLITE_LIMIT_LENGTH, 100);
  pi_ledger_bind_text(query, ":text", (pi_slice){LONG, sizeof LONG});
  assert_int_equal(pi_ledger_ask(query, &count, &self->error), PUBINT_E_SYSTEM);
  assert_int_equal(self->error.code, PI_E_LEDGER_FAILS);
  assert_string_equal(self->error.found, "string or blob too big");
  sqlite3_limit(pi_ledger_connection(self->ledger), SQLITE_LIMIT_LENGTH, usual);
  pi_ledger_bind_text(query, ":text", (pi_slice){LONG, sizeof LONG});
  assert_int_equal(pi_ledger_ask(query, &count, &self->error), PUBINT_OK);
  assert_int_equal(count, 1);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_process_takes_as_many_statements_in_round_100_as_in_the_second),
      DESK_TEST(test_record_reads_of_the_last_round_who_did_what),
      DESK_TEST(test_ledger_runs_no_statement_that_is_bound_by_a_wrong_name),
      DESK_TEST(test_value_that_cannot_be_bound_is_refused_and_not_left_out),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
