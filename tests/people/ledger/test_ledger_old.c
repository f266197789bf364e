/* Ledgers of earlier versions: readable, whole, and going on under the rules of now, byte for byte as they
 * were. The next version: another action without a record rewritten. And files that are no ledger. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit.h"
#include "desk.h"
#include "errors.h"
#include "files.h"
#include "ledger_schema.h"
#include "person.h"
#include "precedents.h"

enum { OLD_VERSIONS = 5, KEYLESS_VERSION = 4, RECORDS_VERSION = 3 /* of what is in old/ */ };

/* Their newest entry and its link, as the program printed them then. */
static const char OLD_HEAD[] = "19:00ee3e1af76a89f0f990977c10730bf2c2e1735ee16bed1d33613ec96b90e646";

static char *read_sql(const char *name) {
  char path[512];
  snprintf(path, sizeof path, "%s/tests/people/ledger/old/%s.sql", PI_SOURCE_DIR, name);
  char *text = files_read(path, NULL);
  assert_non_null(text);
  return text;
}

static void run_sql(sqlite3 *db, const char *sql) {
  char *said = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK) fail_msg("%s: %.200s", said, sql);
}

static void run_file(sqlite3 *db, const char *name) {
  char *sql = read_sql(name);
  run_sql(db, sql);
  free(sql);
}

static void run_migration(sqlite3 *db, int from) {
  for (int i = 0; PI_MIGRATIONS[from].statements[i] != NULL; i++) {
    run_sql(db, PI_MIGRATIONS[from].statements[i]);
  }
}

/* A file as the program left it when `version` was its newest: made by the statements of then, filled with
 * what it wrote. */
static void make_old(desk *self, int version) {
  sqlite3 *db;
  char mark[96];
  pi_ledger_close(self->ledger);
  self->ledger = NULL;
  remove(self->file);
  assert_int_equal(sqlite3_open(self->file, &db), SQLITE_OK);
  assert_true(pi_person_register(db));
  run_sql(db, "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; BEGIN");
  int until = version < RECORDS_VERSION ? version : RECORDS_VERSION;
  for (int i = 0; i < until; i++) run_migration(db, i);
  snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d", PI_LEDGER_APPLICATION,
           version);
  run_sql(db, mark);
  run_file(db, "records");
  if (version > 1) run_file(db, "profiles");
  for (int i = until; i < version; i++) run_migration(db, i);
  run_sql(db, "COMMIT");
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void open_again(desk *self) {
  if (pi_ledger_open(&self->ledger, self->file, PI_LEDGER_WRITE, &self->error) != PUBINT_OK) {
    fail_msg("%s %s", self->error.message, self->error.found);
  }
}

/* Every column of every record, and the pages where its table begins, in one text. */
static char *all_records(const desk *self) {
  static const char *const TABLES[] = {"audit", "cases", "rounds", "violated", "steps", "required"};
  sqlite3 *db;
  pi_buffer out;
  pi_buffer_init(&out, 1 << 24);
  assert_int_equal(sqlite3_open(self->file, &db), SQLITE_OK);
  for (size_t i = 0; i < sizeof TABLES / sizeof TABLES[0]; i++) {
    char sql[160];
    sqlite3_stmt *rows;
    snprintf(sql, sizeof sql, "SELECT (SELECT rootpage FROM sqlite_schema WHERE name = '%s'), * FROM %s",
             TABLES[i], TABLES[i]);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
      for (int column = 0; column < sqlite3_column_count(rows); column++) {
        const char *text = (const char *)sqlite3_column_text(rows, column);
        pi_buffer_printf(&out, "%s|", text != NULL ? text : "NULL");
      }
    }
    sqlite3_finalize(rows);
  }
  sqlite3_close(db);
  char *copy = strdup(pi_buffer_end(&out));
  assert_non_null(copy);
  pi_buffer_dispose(&out);
  return copy;
}

static int64_t version_of(const desk *self) {
  sqlite3 *db;
  sqlite3_stmt *version;
  assert_int_equal(sqlite3_open(self->file, &db), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &version, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(version), SQLITE_ROW);
  int64_t out = sqlite3_column_int64(version, 0);
  sqlite3_finalize(version);
  sqlite3_close(db);
  return out;
}

static void change_file(const desk *self, const char *sql) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(self->file, &db), SQLITE_OK);
  run_sql(db, sql);
  sqlite3_close(db);
}

static void test_old_ledger_is_whole_and_reads_as_it_was(void **state) {
  desk *self = *state;
  pi_audit_expected head;
  assert_true(pi_audit_expected_read(pi_slice_of(OLD_HEAD), &head));
  for (int version = 1; version <= OLD_VERSIONS; version++) {
    int64_t entries;
    make_old(self, version);
    open_again(self);
    assert_int_equal(desk_ask(self, "PRAGMA user_version"), PI_MIGRATIONS_COUNT);
    if (pi_audit_verify(self->ledger, &head, &entries, &self->error) != PUBINT_OK)
      fail_msg("%s", self->error.message);
    assert_int_equal(entries, head.sequence);
    pi_record record = desk_record(self, "old-decided");
    assert_int_equal(record.state, PI_STATE_OPENED);
    assert_int_equal(record.rounds[0].steps_count, 6);
    assert_null(record.rounds[0].steps[0].finding.ptr);
    assert_null(record.rounds[0].steps[1].team.ptr);
    assert_int_equal(pi_round_advisers(&record.rounds[0]), 4);
    assert_int_equal(pi_round_teams(&record.rounds[0]), 0);
    assert_false(pi_round_informed(&record.rounds[0]));
    assert_true(pi_slice_equal(record.rounds[1].basis, PI_SLICE("unassessed_harm")));
    assert_int_equal(pi_record_decision(&record, NULL)->position, PI_POSITION_NOTICE);
    assert_int_equal(desk_record(self, "old-advised").state, PI_STATE_ADVISED);
    assert_int_equal(desk_record(self, "old-recommended").state, PI_STATE_RECOMMENDED);
    assert_int_equal(desk_record(self, "old-opened").state, PI_STATE_OPENED);
  }
}

static void test_old_ledger_is_brought_up_to_date_without_a_record_rewritten(void **state) {
  desk *self = *state;
  for (int version = 1; version <= OLD_VERSIONS; version++) {
    make_old(self, version);
    char *then = all_records(self);
    open_again(self);
    char *now = all_records(self);
    assert_string_equal(now, then);
    free(now);
    free(then);
  }
}

/* What was done under the rules of then stands; what is done from now on is done under those of now. */
static void test_old_ledger_goes_on_under_the_rules_of_now(void **state) {
  desk *self = *state;
  make_old(self, RECORDS_VERSION);
  open_again(self);
  desk_refused(self, desk_decide(self, "old-advised", "Sen", PI_POSITION_NOTICE, NULL), PI_E_NOT_INFORMED);
  assert_int_equal(desk_inform(self, "old-advised", NULL), PUBINT_OK);
  desk_refused(self, desk_decide(self, "old-advised", "for law", PI_POSITION_NOTICE, NULL), PI_E_SAME_PERSON);
  desk_refused(self, desk_decide(self, "old-advised", "Sen", PI_POSITION_NOTICE, NULL), PI_E_FINDING_NEEDED);
  assert_int_equal(desk_find(self, "old-advised", "Sen", NULL), PUBINT_OK);

  desk_refused(self, desk_advise(self, "old-recommended", "Ann", PI_BACKGROUND_LAW, PI_POSITION_NOTICE),
               PI_E_SAME_PERSON);
  assert_int_equal(desk_advise(self, "old-recommended", "New", PI_BACKGROUND_NEWS, PI_POSITION_NOTICE),
                   PUBINT_OK);
  desk_consult(self, "old-recommended",
               PI_POSITION_NOTICE); /* whose notice was recommended without a finding */
  assert_int_equal(desk_find(self, "old-recommended", "Sen", NULL), PUBINT_OK);

  pi_act act = {.id = PI_SLICE("old-opened"),
                .who = PI_SLICE("Rec"),
                .at = self->now,
                .position = PI_POSITION_NOTICE,
                .reason = PI_SLICE("why"),
                .background = PI_BACKGROUND_NONE};
  desk_refused(self, pi_process_step(self->ledger, PI_ACTION_RECOMMEND, &act, &self->done, &self->error),
               PI_E_FINDING_NEEDED);
  assert_int_equal(desk_recommend(self, "old-opened", "Rec", PI_POSITION_NOTICE, "why"), PUBINT_OK);
  desk_whole(self);
}

/* The bars of now hold of rounds that were opened before there were such: what they say is their facts. */
static void test_old_ledger_makes_no_notice_of_what_is_barred_now(void **state) {
  desk *self = *state;
  static const struct {
    const char *rule, *violation, *context;
  } FACTS[] = {
      {"private_information", "\"rule\":\"private_information\",\"kind\":\"threat\"", ""},
      {"abuse_harassment", "\"rule\":\"abuse_harassment\"", "\"public_concern\":0"},
  };
  for (size_t i = 0; i < sizeof FACTS / sizeof FACTS[0]; i++) {
    char sql[2048];
    make_old(self, RECORDS_VERSION);
    snprintf(sql, sizeof sql,
             "PRAGMA foreign_keys = ON; BEGIN;"
             "INSERT INTO cases VALUES (20, 'late');"
             "INSERT INTO rounds SELECT 20, 20, 1, 1700000000, 'Enf', 'enforcement', NULL, "
             "'{\"id\":\"late\",\"violations\":[{%s}],\"context\":{%s}}', evaluation, policy, 'review', "
             "'unassessed_harm', NULL, margin, market, teams FROM rounds WHERE entry = 1;"
             "INSERT INTO violated VALUES (20, '%s');"
             "INSERT INTO audit VALUES (20, 1700000000, 'Enf', 'open', 'late', lower(hex(zeroblob(32))));"
             "COMMIT",
             FACTS[i].violation, FACTS[i].context, FACTS[i].rule);
    change_file(self, sql);
    open_again(self);
    desk_refused(self, desk_recommend(self, "late", "Rec", PI_POSITION_NOTICE, "why"), PI_E_NEVER_A_NOTICE);
    assert_int_equal(desk_recommend(self, "late", "Rec", PI_POSITION_REMOVE, "why"), PUBINT_OK);
  }
}

#define STEPS_NEVER_CHANGED                                                                                  \
  "CREATE TRIGGER steps_never_changed BEFORE UPDATE ON steps\n"                                              \
  "BEGIN SELECT RAISE(ABORT, 'a record is never changed: reopen the case'); END"

/* An old file is brought up to date only where it is what that version made: else it stays as it is. */
static void test_old_ledger_that_was_tampered_with_is_not_brought_up_to_date(void **state) {
  desk *self = *state;
  static const char *const CHANGES[] = {
      "DROP TRIGGER required_only_rises",
      "CREATE TRIGGER more AFTER INSERT ON audit BEGIN SELECT 1; END",
      "DROP VIEW queue_now; CREATE VIEW queue_now AS SELECT 1",
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'number > 0', 'number  > 0') "
      "WHERE name = 'rounds'",
  };
  for (int version = 1; version <= OLD_VERSIONS; version++) {
    for (size_t i = 0; i < sizeof CHANGES / sizeof CHANGES[0]; i++) {
      make_old(self, version);
      change_file(self, CHANGES[i]);
      for (pi_ledger_use use = PI_LEDGER_READ; use <= PI_LEDGER_AUDIT; use++) {
        desk_refused(self, pi_ledger_open(&self->ledger, self->file, use, &self->error), PI_E_AUDIT_SCHEMA);
      }
      assert_int_equal(version_of(self), version);
    }
  }
}

/* What was done to the records of an old file is no less found for its having been brought up to date. */
static void test_old_ledger_whose_records_were_tampered_with_is_found_out(void **state) {
  desk *self = *state;
  int64_t entries;
  make_old(self, RECORDS_VERSION);
  change_file(
      self,
      "DROP TRIGGER steps_never_changed; UPDATE steps SET reason = 'so' WHERE entry = 3;" STEPS_NEVER_CHANGED);
  open_again(self);
  desk_refused(self, pi_audit_verify(self->ledger, NULL, &entries, &self->error), PI_E_AUDIT_CHANGED);
}

/* A row that its table would not take, which SQLite itself does not see when the table's text is changed. */
static void test_old_ledger_that_is_damaged_stays_as_it_is(void **state) {
  desk *self = *state;
  make_old(self, RECORDS_VERSION);
  change_file(self, "DROP TRIGGER steps_never_changed; PRAGMA ignore_check_constraints = ON;"
                    "UPDATE steps SET background = 'external' WHERE entry = 3;" STEPS_NEVER_CHANGED);
  desk_refused(self, pi_ledger_open(&self->ledger, self->file, PI_LEDGER_WRITE, &self->error),
               PI_E_LEDGER_FAILS);
  assert_null(self->ledger);
  assert_int_equal(version_of(self), RECORDS_VERSION);
}

/* It is brought up to date whole, or not at all. */
static void test_old_ledger_stays_as_it_is_when_memory_runs_out(void **state) {
  desk *self = *state;
  int refusals = 0;
  make_old(self, RECORDS_VERSION);
  for (int64_t more = 0; self->ledger == NULL && more < 4096; more++) {
    /* A limit of 0 would be none. */
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + 1 + more * 1024);
    pubint_status status = pi_ledger_open(&self->ledger, self->file, PI_LEDGER_WRITE, &self->error);
    sqlite3_hard_heap_limit64(0);
    if (status == PUBINT_OK) break;
    desk_refused(self, status, PI_E_NO_MEMORY);
    assert_int_equal(version_of(self), RECORDS_VERSION);
    refusals++;
  }
  assert_non_null(self->ledger);
  assert_true(refusals > 50);
  desk_whole(self);
}

/* ---- two spellings of a name ---- */

/* One person advised twice, by two spellings that version 4 took for two; in the log as it was written then.
 */
static void advise_twice(desk *self) {
  static const char *const SPELT[] = {"\u00c9va", "E\u0301va"};
  char sql[1024], copy[340];
  make_old(self, KEYLESS_VERSION);
  for (int i = 0; i < 2; i++) {
    snprintf(
        sql, sizeof sql,
        "INSERT INTO steps VALUES (%d, 15, 'advise', 1700000000, '%s', 'adviser', '%s', 'a team', 'notice', "
        "NULL); INSERT INTO audit VALUES (%d, 1700000000, '%s', 'advise', 'old-recommended', "
        "lower(hex(zeroblob(32))))",
        20 + i, SPELT[i], i == 0 ? "law" : "news", 20 + i, SPELT[i]);
    change_file(self, sql);
  }
  /* Their links, which this program works out on a copy. */
  size_t length;
  char *bytes = files_read(self->file, &length);
  snprintf(copy, sizeof copy, "%s-copy", self->file);
  files_write(copy, bytes, length);
  free(bytes);
  pi_ledger *ledger;
  assert_int_equal(pi_ledger_open(&ledger, copy, PI_LEDGER_WRITE, &self->error), PUBINT_OK);
  char link[PI_LINK_BYTES + 1];
  snprintf(link, sizeof link, "%s", strchr(OLD_HEAD, ':') + 1);
  for (int i = 0; i < 2; i++) {
    pi_audit_entry entry = {.sequence = 20 + i,
                            .at = 1700000000,
                            .actor = pi_slice_of(SPELT[i]),
                            .action = PI_SLICE("advise"),
                            .subject = PI_SLICE("old-recommended")};
    char before[PI_LINK_BYTES + 1];
    memcpy(before, link, sizeof before);
    assert_int_equal(pi_chain_link(ledger, &entry, entry.sequence, before, link, &self->error), PUBINT_OK);
    snprintf(sql, sizeof sql,
             "DROP TRIGGER audit_never_changed; UPDATE audit SET link = '%s' WHERE sequence = %d;"
             "CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit\n"
             "BEGIN SELECT RAISE(ABORT, 'a record is never changed: reopen the case'); END",
             link, 20 + i);
    change_file(self, sql);
  }
  pi_ledger_close(ledger);
}

static void test_old_ledger_where_one_person_was_taken_for_two_is_no_fault(void **state) {
  desk *self = *state;
  advise_twice(self);
  char *then = all_records(self);
  open_again(self);
  char *now = all_records(self);
  assert_string_equal(now, then);
  free(now);
  free(then);
  desk_whole(self);
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM persons_before"), 21);
  assert_int_equal(desk_ask(self, "SELECT count(DISTINCT key) FROM persons_before WHERE entry > 19"), 1);
  pi_record record = desk_record(self, "old-recommended");
  assert_int_equal(pi_round_advisers(pi_record_last(&record)), 1);
  desk_refused(self,
               desk_advise(self, "old-recommended", "\u00e9VA", PI_BACKGROUND_MARKET, PI_POSITION_NOTICE),
               PI_E_HEARD_ALREADY);
  /* A client of the file that brings the key is refused by the file. */
  const char *said = desk_sql(
      self, "BEGIN; INSERT INTO persons VALUES (22, (SELECT key FROM persons_before WHERE entry = 20));"
            "INSERT INTO steps VALUES (22, 15, 'advise', 1700000000, '\u00e9VA', 'adviser', "
            "'law', 'a team', 'notice', NULL)");
  assert_string_equal(said, "an adviser speaks once a round");
  assert_string_equal(desk_sql(self, "ROLLBACK"), "");
}

static void test_old_ledger_takes_no_other_key_than_that_of_the_name(void **state) {
  desk *self = *state;
  static const struct {
    const char *sql;
    unsigned code;
  } CHANGES[] = {
      {"INSERT INTO persons_before VALUES (20, 'x')", 0},
      {"UPDATE persons_before SET key = 'x' WHERE entry = 3", 0},
      {"DELETE FROM persons_before WHERE entry = 3", 0},
      {"DROP TRIGGER persons_before_never_changed; UPDATE persons_before SET key = 'x' WHERE entry = 3",
       PI_E_AUDIT_QUEUE},
      {"DROP TRIGGER persons_before_never_deleted; DELETE FROM persons_before WHERE entry = 3",
       PI_E_AUDIT_QUEUE},
      {"DROP TRIGGER persons_before_is_all; INSERT INTO persons_before VALUES (90, 'x')", PI_E_AUDIT_QUEUE},
  };
  for (size_t i = 0; i < sizeof CHANGES / sizeof CHANGES[0]; i++) {
    int64_t entries;
    make_old(self, KEYLESS_VERSION);
    open_again(self);
    const char *said = desk_sql(self, CHANGES[i].sql);
    if (CHANGES[i].code == 0) {
      assert_string_not_equal(said, "");
      desk_whole(self);
    } else {
      assert_string_equal(said, "");
      desk_refused(self, pi_audit_verify(self->ledger, NULL, &entries, &self->error), CHANGES[i].code);
    }
  }
}

/* ---- read, and restored ---- */

static void test_old_ledger_is_read_without_a_byte_of_it_changed(void **state) {
  desk *self = *state;
  pi_audit_expected head;
  assert_true(pi_audit_expected_read(pi_slice_of(OLD_HEAD), &head));
  for (int version = 1; version <= OLD_VERSIONS; version++) {
    int64_t entries;
    size_t before, after;
    make_old(self, version);
    char *then = files_read(self->file, &before);
    assert_int_equal(pi_ledger_open(&self->ledger, self->file, PI_LEDGER_READ, &self->error), PUBINT_OK);
    assert_int_equal(pi_audit_verify(self->ledger, &head, &entries, &self->error), PUBINT_OK);
    assert_int_equal(desk_record(self, "old-advised").state, PI_STATE_ADVISED);
    assert_int_equal(pi_precedents_update(self->ledger, &self->error), PUBINT_OK);
    pi_ledger_close(self->ledger);
    self->ledger = NULL;
    char *now = files_read(self->file, &after);
    assert_int_equal(after, before);
    assert_memory_equal(now, then, before);
    free(now);
    free(then);
    assert_int_equal(version_of(self), version);
  }
}

/* Reads it again and again, as other processes do while one brings it up to date. */
static void read_again_and_again(desk *self) {
  pi_audit_expected head;
  int64_t entries;
  pubint_status status = PUBINT_OK;
  pi_audit_expected_read(pi_slice_of(OLD_HEAD), &head);
  for (int i = 0; i < 5 && status == PUBINT_OK; i++) {
    status = pi_ledger_open(&self->ledger, self->file, PI_LEDGER_READ, &self->error);
    if (status == PUBINT_OK) status = pi_audit_verify(self->ledger, &head, &entries, &self->error);
    pi_ledger_close(self->ledger);
  }
  _exit(status == PUBINT_OK ? 0 : (int)(self->error.code % 100));
}

static void test_old_ledger_is_read_while_it_is_brought_up_to_date(void **state) {
  desk *self = *state;
  for (int version = 1; version <= OLD_VERSIONS; version++) {
    int ended;
    make_old(self, version);
    for (int i = 0; i < 2; i++) {
      if (fork() == 0) read_again_and_again(self);
    }
    sqlite3_sleep(10); /* they are at it */
    open_again(self);
    assert_int_equal(desk_recommend(self, "old-opened", "Rec", PI_POSITION_REMOVE, "why"), PUBINT_OK);
    while (wait(&ended) > 0) assert_int_equal(ended, 0);
    desk_whole(self);
  }
}

/* What `.dump` leaves out, of each version: the hint says what gives it back. */
static void test_store_tells_a_restored_dump_and_how_to_mark_it_again(void **state) {
  desk *self = *state;
  for (int version = 1; version <= OLD_VERSIONS + 1; version++) {
    char marks[64], expected[400], sql[160];
    int64_t entries;
    make_old(self, version <= OLD_VERSIONS ? version : OLD_VERSIONS);
    if (version > OLD_VERSIONS) {
      open_again(self);
      pi_ledger_close(self->ledger);
      self->ledger = NULL;
    }
    change_file(self, "PRAGMA application_id = 0; PRAGMA user_version = 0");
    for (pi_ledger_use use = PI_LEDGER_READ; use <= PI_LEDGER_CREATE; use++) {
      desk_refused(self, pi_ledger_open(&self->ledger, self->file, use, &self->error), PI_E_NOT_A_LEDGER);
    }
    snprintf(marks, sizeof marks, "user_version=%d\"", version);
    if (strstr(self->error.hint, marks) == NULL) fail_msg("%s", self->error.hint);
    snprintf(expected, sizeof expected, "sqlite3 %s \"PRAGMA", strlen(self->file) < 72 ? self->file : "FILE");
    if (strncmp(self->error.hint, expected, strlen(expected)) != 0) fail_msg("%s", self->error.hint);
    snprintf(sql, sizeof sql, "%s", strchr(self->error.hint, '"') + 1);
    *strchr(sql, '"') = '\0';
    change_file(self, sql);
    open_again(self);
    assert_int_equal(pi_audit_verify(self->ledger, NULL, &entries, &self->error), PUBINT_OK);
  }
}

/* ---- the next version ---- */

/* Another action, another state and another rule that is never excepted, as a migration would add them. */
static const char *const NEXT[] = {
    "DROP VIEW step_actions",
    "CREATE VIEW step_actions (action, role, position) AS VALUES\n"
    "  ('recommend', 'trust_safety', 'always'), ('advise', 'adviser', 'or a reason'),\n"
    "  ('inform', 'secretary', 'never'), ('pause', 'senior', 'never'), ('decide', 'senior', 'always')",
    "DROP VIEW never_excepted",
    "CREATE VIEW never_excepted (rule) AS VALUES ('terrorism'), ('abuse_harassment')",
};

/* A state: the view of where cases stand made anew, which tells it before all others. */
static void add_state(desk *self) {
  static const char FIRST[] = "coalesce((SELECT 'decided'";
  static const char MORE[] =
      "coalesce((SELECT 'paused' FROM steps WHERE round_entry = r.entry AND action = 'pause'),\n"
      "    (SELECT 'decided'";
  char made[8192];
  sqlite3_stmt *view;
  assert_int_equal(sqlite3_prepare_v2(pi_ledger_connection(self->ledger),
                                      "SELECT sql FROM sqlite_schema WHERE name = 'queue_now'", -1, &view,
                                      NULL),
                   SQLITE_OK);
  assert_int_equal(sqlite3_step(view), SQLITE_ROW);
  const char *was = (const char *)sqlite3_column_text(view, 0);
  const char *at = strstr(was, FIRST);
  assert_non_null(at);
  snprintf(made, sizeof made, "DROP VIEW queue_now; %.*s%s%s", (int)(at - was), was, MORE,
           at + strlen(FIRST));
  sqlite3_finalize(view);
  assert_string_equal(desk_sql(self, made), "");
}

/* The newest step of the newest round, and the entry of the log that covers it. */
static void pause_case(desk *self, const char *id) {
  pi_audit_entry entry = {
      .at = self->now, .actor = PI_SLICE("Sen"), .action = PI_SLICE("pause"), .subject = pi_slice_of(id)};
  char sql[256];
  assert_int_equal(pi_ledger_begin(self->ledger, true, &self->error), PUBINT_OK);
  assert_int_equal(pi_audit_next(self->ledger, &entry.sequence, &self->error), PUBINT_OK);
  snprintf(
      sql, sizeof sql,
      "INSERT INTO persons VALUES (%lld, 'sen'); INSERT INTO steps (entry, round_entry, action, at, who, role) VALUES (%lld, (SELECT max(entry) FROM "
      "rounds), 'pause', %lld, 'Sen', 'senior')",
      (long long)entry.sequence, (long long)entry.sequence, (long long)self->now);
  assert_string_equal(desk_sql(self, sql), "");
  assert_int_equal(pi_audit_append(self->ledger, &entry, &self->error), PUBINT_OK);
  assert_int_equal(pi_ledger_commit(self->ledger, &self->error), PUBINT_OK);
}

static void test_next_version_gains_words_without_a_record_rewritten(void **state) {
  desk *self = *state;
  char id[32];
  int64_t entries;
  desk_bring(self, PI_STATE_DECIDED, id);
  desk_bring(self, PI_STATE_OPENED, id);
  char *then = all_records(self);
  for (size_t i = 0; i < sizeof NEXT / sizeof NEXT[0]; i++) assert_string_equal(desk_sql(self, NEXT[i]), "");
  add_state(self);
  char *now = all_records(self);
  assert_string_equal(now, then);
  free(now);
  free(then);
  assert_int_equal(desk_recommend(self, id, "Rec", PI_POSITION_REMOVE, "why"), PUBINT_OK);
  pause_case(self, id);
  assert_int_equal(desk_ask(self, "SELECT count(*) FROM queue WHERE state = 'paused'"), 1);
  desk_bring(self, PI_STATE_OPENED, id);
  desk_refused(self, desk_recommend(self, id, "Rec", PI_POSITION_NOTICE, NULL), PI_E_LEDGER_FAILS);
  assert_string_equal(self->error.found, "a rule of this case is never excepted");
  /* All of it is whole but for what this program knows the file's own views to be. */
  desk_refused(self, pi_audit_verify(self->ledger, NULL, &entries, &self->error), PI_E_AUDIT_SCHEMA);
  assert_int_equal(entries, desk_ask(self, "SELECT count(*) FROM audit"));
}

/* ---- other files ---- */

static void test_store_refuses_what_is_no_ledger(void **state) {
  desk *self = *state;
  pi_ledger *other;
  char path[340];
  desk_refused(self, pi_ledger_open(&other, "", PI_LEDGER_CREATE, &self->error), PI_E_NO_LEDGER);
  snprintf(path, sizeof path, "%s-not-there", self->file);
  desk_refused(self, pi_ledger_open(&other, path, PI_LEDGER_WRITE, &self->error), PI_E_LEDGER_MISSING);
  desk_refused(self, pi_ledger_open(&other, PI_SOURCE_DIR "/README.md", PI_LEDGER_CREATE, &self->error),
               PI_E_NOT_A_LEDGER);
  desk_refused(self, pi_ledger_open(&other, PI_SOURCE_DIR, PI_LEDGER_CREATE, &self->error),
               PI_E_LEDGER_FAILS);
  files_write(path, "", 0);
  desk_refused(self, pi_ledger_open(&other, path, PI_LEDGER_WRITE, &self->error), PI_E_NOT_A_LEDGER);
  sqlite3 *db;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "CREATE TABLE t (x)", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
  desk_refused(self, pi_ledger_open(&other, path, PI_LEDGER_CREATE, &self->error), PI_E_NOT_A_LEDGER);
  remove(path);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_old_ledger_is_whole_and_reads_as_it_was),
      DESK_TEST(test_old_ledger_is_brought_up_to_date_without_a_record_rewritten),
      DESK_TEST(test_old_ledger_goes_on_under_the_rules_of_now),
      DESK_TEST(test_old_ledger_makes_no_notice_of_what_is_barred_now),
      DESK_TEST(test_old_ledger_that_was_tampered_with_is_not_brought_up_to_date),
      DESK_TEST(test_old_ledger_whose_records_were_tampered_with_is_found_out),
      DESK_TEST(test_old_ledger_that_is_damaged_stays_as_it_is),
      DESK_TEST(test_old_ledger_stays_as_it_is_when_memory_runs_out),
      DESK_TEST(test_store_refuses_what_is_no_ledger),
      DESK_TEST(test_old_ledger_where_one_person_was_taken_for_two_is_no_fault),
      DESK_TEST(test_old_ledger_takes_no_other_key_than_that_of_the_name),
      DESK_TEST(test_old_ledger_is_read_without_a_byte_of_it_changed),
      DESK_TEST(test_old_ledger_is_read_while_it_is_brought_up_to_date),
      DESK_TEST(test_store_tells_a_restored_dump_and_how_to_mark_it_again),
      DESK_TEST(test_next_version_gains_words_without_a_record_rewritten),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
