/* Files made to be opened: views, triggers, indexes and tables that are a program of somebody else's. None of
 * it is run, whatever the file is opened for. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audit.h"
#include "desk.h"
#include "errors.h"
#include "files.h"
#include "ledger_schema.h"
#include "person.h"
#include "store_inside.h"

enum { SECONDS_MAX = 20 }; /* an endless view takes a minute until it is ended */

#define WRITABLE(change) "PRAGMA writable_schema = ON; " change
#define ENDLESS          "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)"
#define ROW(type, sql)   "INSERT INTO sqlite_schema VALUES ('" type "', 'more', 'audit', 0, '" sql "')"

typedef struct kind {
  const char *name;
  const char *sql;  /* run by SQLite on the closed file */
  const char *told; /* by every use; by an audit as well, unless it looks past views and triggers */
  bool audited;     /* the chain is walked all the same, and then it is told */
} kind;

static const kind KINDS[] = {
    {"an endless view",
     "DROP VIEW queue_now; CREATE VIEW queue_now AS " ENDLESS
     " SELECT n case_entry, n id, n round_entry, n number, "
     "n market, n closeness, n state, n since, n heard_at, n backgrounds, n market_heard, n decision FROM r",
     "view queue_now was changed", true},
    {"a view of SQLite's own name",
     "DROP VIEW precedents; CREATE VIEW precedents AS SELECT * FROM sqlite_schema",
     "view precedents was changed", true},
    {"a view taken away", "DROP VIEW never_excepted", "view never_excepted was taken away", true},
    {"a view added", "CREATE VIEW more AS SELECT 1", "view more was added", true},
    {"a view in a table's place",
     "ALTER TABLE profiles RENAME TO others; CREATE VIEW profiles AS " ENDLESS " SELECT n FROM r", "", false},
    {"the log as a view",
     "PRAGMA legacy_alter_table = ON; ALTER TABLE audit RENAME TO others;"
     "CREATE VIEW audit AS " ENDLESS " SELECT n sequence, n at, n actor, n action, n subject, n link FROM r",
     "", false},
    {"a trigger added", "CREATE TRIGGER more AFTER INSERT ON audit BEGIN DELETE FROM profiles; END",
     "trigger more was added", true},
    {"a trigger on a view", "CREATE TRIGGER more INSTEAD OF INSERT ON queue_now BEGIN SELECT 1; END",
     "trigger more was added", true},
    {"a trigger taken away", "DROP TRIGGER steps_never_changed", "trigger steps_never_changed was taken away",
     true},
    {"a trigger that does less",
     "DROP TRIGGER steps_never_changed; CREATE TRIGGER steps_never_changed BEFORE UPDATE ON steps BEGIN SELECT 1; END",
     "trigger steps_never_changed was changed", true},
    {"a trigger moved to another table",
     WRITABLE("UPDATE sqlite_schema SET tbl_name = 'audit' WHERE name = 'steps_never_changed'"), "", false},
    {"a generated column", "ALTER TABLE steps ADD COLUMN more INTEGER AS (length(reason)) VIRTUAL",
     "table steps was changed", false},
    {"a column added", "ALTER TABLE queue ADD COLUMN more TEXT", "table queue was changed", false},
    {"a table added", "CREATE TABLE more (x)", "table more was added", false},
    {"a table with a count of SQLite's", "CREATE TABLE more (x INTEGER PRIMARY KEY AUTOINCREMENT)",
     "table more was added", false},
    {"a table taken away", "DROP TABLE profiles", "was taken away", false},
    {"a CHECK taken out",
     WRITABLE("UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (length(id) > 0)', '') "
              "WHERE name = 'cases'"),
     "table cases was changed", false},
    {"a default that is computed",
     WRITABLE("UPDATE sqlite_schema SET sql = replace(sql, 'link TEXT NOT NULL', 'link TEXT NOT NULL DEFAULT "
              "(hex(randomblob(9)))') WHERE name = 'audit'"),
     "table audit was changed", false},
    {"an index of an expression", "CREATE INDEX more ON steps (length(reason) * entry)",
     "index more was added", false},
    {"a partial index", "CREATE INDEX more ON rounds (facts) WHERE json_valid(facts)", "", false},
    {"an index of other columns", "DROP INDEX steps_round; CREATE INDEX steps_round ON steps (entry)",
     "index steps_round was changed", false},
    {"an index that calls itself a trigger",
     "CREATE INDEX more ON steps (abs(entry));" WRITABLE(
         "UPDATE sqlite_schema SET type = 'trigger' WHERE name = 'more'"),
     "", false},
    {"a virtual table that nobody has", WRITABLE(ROW("table", "CREATE VIRTUAL TABLE more USING nothere(x)")),
     "", false},
    {"a virtual table", "CREATE VIRTUAL TABLE more USING fts5(x)", "was added", false},
    {"statistics", "ANALYZE", "table sqlite_stat1 was added", false},
    {"a text that is no SQL", WRITABLE(ROW("view", "CREATE VIEW more AS (((")), "", false},
    {"two tables in one place",
     WRITABLE("UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'queue')"
              "WHERE name = 'persons'"),
     "", false},
    {"a table where none is", WRITABLE("UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'steps'"), "",
     false},
    {"a table at the first page", WRITABLE("UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'cases'"), "",
     false},
    {"a table without a place", WRITABLE("UPDATE sqlite_schema SET rootpage = 0 WHERE name = 'steps'"), "",
     false},
    {"a view with a place", WRITABLE("UPDATE sqlite_schema SET rootpage = 5 WHERE name = 'queue_now'"), "",
     false},
};

static void change_file(const desk *self, const char *sql) {
  sqlite3 *db;
  char *said = NULL;
  assert_int_equal(sqlite3_open(self->file, &db), SQLITE_OK);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK) fail_msg("%s: %s", said, sql);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* The file as it is, in one text, to be put back. */
typedef struct kept {
  char *bytes;
  size_t length;
} kept;

static kept keep(desk *self) {
  kept out;
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
  desk_bring(self, PI_STATE_INFORMED, id);
  pi_ledger_close(self->ledger);
  self->ledger = NULL;
  out.bytes = files_read(self->file, &out.length);
  assert_non_null(out.bytes);
  return out;
}

static void put_back(const desk *self, const kept *of) {
  static const char *const ENDINGS[] = {"-wal", "-shm"};
  for (int i = 0; i < 2; i++) {
    char path[340];
    snprintf(path, sizeof path, "%s%s", self->file, ENDINGS[i]);
    remove(path);
  }
  files_write(self->file, of->bytes, of->length);
}

static bool names(const desk *self, const kind *what) {
  return what->told[0] == '\0'
             ? self->error.code == PI_E_AUDIT_SCHEMA || self->error.code == PI_E_AUDIT_FILE ||
                   self->error.code == PI_E_LEDGER_FAILS || self->error.code == PI_E_NOT_A_LEDGER
             : self->error.code == PI_E_AUDIT_SCHEMA && strstr(self->error.message, what->told) != NULL;
}

static void refused_by(desk *self, const kind *what, pubint_status status) {
  if (status != PUBINT_OK && names(self, what)) return;
  fail_msg("%s: %d, E%u %s", what->name, (int)status, self->error.code, self->error.message);
}

static void test_tampered_file_is_refused_before_anything_of_it_is_run(void **state) {
  desk *self = *state;
  kept right = keep(self);
  clock_t begin = clock();
  for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
    put_back(self, &right);
    change_file(self, KINDS[i].sql);
    for (pi_ledger_use use = PI_LEDGER_READ; use <= PI_LEDGER_CREATE; use++) {
      refused_by(self, &KINDS[i], pi_ledger_open(&self->ledger, self->file, use, &self->error));
      assert_null(self->ledger);
    }
    int64_t entries = 0;
    pubint_status status = pi_ledger_open(&self->ledger, self->file, PI_LEDGER_AUDIT, &self->error);
    if ((status == PUBINT_OK) != KINDS[i].audited) fail_msg("%s: %s", KINDS[i].name, self->error.message);
    if (status == PUBINT_OK) status = pi_audit_verify(self->ledger, NULL, &entries, &self->error);
    refused_by(self, &KINDS[i], status);
    assert_int_equal(entries > 0, KINDS[i].audited);
    pi_ledger_close(self->ledger);
    self->ledger = NULL;
  }
  assert_true((clock() - begin) / CLOCKS_PER_SEC <= SECONDS_MAX);
  free(right.bytes);
}

/* An entry that was changed is named also where the triggers that forbid it are gone. */
static void test_tampered_records_are_named_before_the_triggers_that_are_gone(void **state) {
  desk *self = *state;
  kept right = keep(self);
  free(right.bytes);
  change_file(self, "DROP TRIGGER steps_never_changed; UPDATE steps SET reason = 'so' WHERE entry = 2");
  int64_t entries;
  desk_refused(self, pi_ledger_open(&self->ledger, self->file, PI_LEDGER_WRITE, &self->error),
               PI_E_AUDIT_SCHEMA);
  assert_int_equal(pi_ledger_open(&self->ledger, self->file, PI_LEDGER_AUDIT, &self->error), PUBINT_OK);
  desk_refused(self, pi_audit_verify(self->ledger, NULL, &entries, &self->error), PI_E_AUDIT_CHANGED);
}

/* What ANALYZE leaves is what an honest hand can do: the hint says how it goes. */
static void test_statistics_that_are_taken_away_leave_a_ledger(void **state) {
  desk *self = *state;
  kept right = keep(self);
  free(right.bytes);
  change_file(self, "ANALYZE");
  desk_refused(self, pi_ledger_open(&self->ledger, self->file, PI_LEDGER_WRITE, &self->error),
               PI_E_AUDIT_SCHEMA);
  assert_non_null(strstr(self->error.hint, "DROP TABLE"));
  change_file(self, "DROP TABLE sqlite_stat1; VACUUM");
  assert_int_equal(pi_ledger_open(&self->ledger, self->file, PI_LEDGER_WRITE, &self->error), PUBINT_OK);
  desk_whole(self);
}

/* A value larger than any record has is not read into memory. */
static void test_value_larger_than_any_record_is_refused(void **state) {
  desk *self = *state;
  kept right = keep(self);
  free(right.bytes);
  change_file(self, "PRAGMA ignore_check_constraints = ON; DROP TRIGGER findings_never_changed;"
                    "UPDATE findings SET finding = CAST(zeroblob(70000000) AS TEXT);"
                    "CREATE TRIGGER findings_never_changed BEFORE UPDATE ON findings\n"
                    "BEGIN SELECT RAISE(ABORT, 'a record is never changed: reopen the case'); END");
  pi_record record;
  assert_int_equal(pi_ledger_open(&self->ledger, self->file, PI_LEDGER_READ, &self->error), PUBINT_OK);
  desk_refused(
      self,
      pi_record_read(&record, self->ledger, PI_SLICE("case-1"), PI_RECORD_WHOLE, &self->arena, &self->error),
      PI_E_LEDGER_FAILS);
}

/* ---- the log that SQLite keeps beside a file ---- */

/* A file whose changes stand in its -wal alone, which is copied beside the ledger. */
static void lay_beside(const desk *self, const char *other, const char *sql) {
  char path[400], beside[340];
  sqlite3 *db;
  size_t length;
  assert_int_equal(sqlite3_open(other, &db), SQLITE_OK);
  assert_int_equal(
      sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0", NULL, NULL, NULL),
      SQLITE_OK);
  char *said = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK) fail_msg("%s", said);
  snprintf(path, sizeof path, "%s-wal", other);
  snprintf(beside, sizeof beside, "%s-wal", self->file);
  char *bytes = files_read(path, &length);
  assert_non_null(bytes);
  assert_true(length > 0);
  files_write(beside, bytes, length);
  free(bytes);
  sqlite3_close(db);
}

static void test_frames_of_another_file_are_not_taken_for_the_ledgers(void **state) {
  desk *self = *state;
  kept right = keep(self);
  char other[340];
  snprintf(other, sizeof other, "%s-other", self->file);
  static const char *const SQL[] = {
      "CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(20000))",
      "CREATE VIEW queue_now AS " ENDLESS
      " SELECT n FROM r; PRAGMA application_id = 1346980711; PRAGMA user_version = 6",
  };
  for (size_t i = 0; i < sizeof SQL / sizeof SQL[0]; i++) {
    put_back(self, &right);
    remove(other);
    lay_beside(self, other, SQL[i]);
    for (pi_ledger_use use = PI_LEDGER_READ; use <= PI_LEDGER_AUDIT; use++) {
      pubint_status status = pi_ledger_open(&self->ledger, self->file, use, &self->error);
      assert_int_not_equal(status, PUBINT_OK);
      assert_null(self->ledger);
    }
  }
  /* Another ledger's newest pages over this one's. */
  put_back(self, &right);
  files_write(other, right.bytes, right.length);
  lay_beside(self, other,
             "DROP TRIGGER queue_says_what_records_say; UPDATE queue SET backgrounds = 9;"
             "CREATE TRIGGER queue_says_what_records_say AFTER UPDATE ON queue\n"
             "WHEN NOT EXISTS (SELECT * FROM queue WHERE case_entry = NEW.case_entry\n"
             "  INTERSECT SELECT * FROM queue_now WHERE case_entry = NEW.case_entry)\n"
             "BEGIN SELECT RAISE(ABORT, 'the queue is what the records say'); END");
  int64_t entries;
  assert_int_equal(pi_ledger_open(&self->ledger, self->file, PI_LEDGER_AUDIT, &self->error), PUBINT_OK);
  desk_refused(self, pi_audit_verify(self->ledger, NULL, &entries, &self->error), PI_E_AUDIT_QUEUE);
  free(right.bytes);
}

/* ---- what a statement may take ---- */

static void test_statement_that_never_ends_is_ended(void **state) {
  desk *self = *state;
  int64_t count;
  pubint_status status = PUBINT_OK;
  self->ledger->steps_max = 20 * 1000 * 1000;
  desk_refused(self,
               pi_ledger_ask(pi_ledger_statement(self->ledger, ENDLESS " SELECT count(*) FROM r"), &count,
                             &self->error),
               PI_E_LEDGER_SLOW);
  assert_string_equal(self->error.message,
                      "the ledger's query took too long: it was ended after 20 million steps");
  /* Row after row, each of them at once; and of a statement that is no query. */
  pi_query *rows = pi_ledger_statement(self->ledger, ENDLESS " SELECT n FROM r");
  int64_t taken = 0;
  while (pi_ledger_next(rows, &status, &self->error)) taken++;
  pi_ledger_reset(rows);
  desk_refused(self, status, PI_E_LEDGER_SLOW);
  assert_true(taken > 1000);
  desk_refused(self,
               pi_ledger_run_text(self->ledger, "CREATE TEMP TABLE t AS " ENDLESS " SELECT count(*) FROM r",
                                  &self->error),
               PI_E_LEDGER_SLOW);
  /* The next has all of it again, and what was begun is undone. */
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
  desk_whole(self);
}

static void test_ledger_is_opened_with_what_a_file_may_do_bounded(void **state) {
  desk *self = *state;
  assert_int_equal(desk_ask(self, "PRAGMA trusted_schema"), 0);
  assert_int_equal(desk_ask(self, "PRAGMA cell_size_check"), 1);
  assert_int_equal(desk_ask(self, "PRAGMA mmap_size"), 0);
  assert_string_equal(desk_sql(self, "ATTACH ':memory:' AS other"), "too many attached databases - max 0");
  assert_string_equal(desk_sql(self, "SELECT load_extension('x')"), "not authorized");
  assert_string_equal(desk_sql(self, "SELECT length(zeroblob(70000000))"), "string or blob too big");
}

/* ---- the digests ---- */

static void test_each_version_has_the_digest_of_its_schema(void **state) {
  desk *self = *state;
  for (int version = 1; version <= PI_MIGRATIONS_COUNT; version++) {
    char digest[PI_SHA256_HEX + 1];
    pi_ledger_close(self->ledger);
    self->ledger = NULL;
    remove(self->file);
    assert_int_equal(pi_ledger_open_new(&self->ledger, &self->error), PUBINT_OK);
    pi_ledger_disconnect(self->ledger);
    assert_int_equal(sqlite3_open(":memory:", &self->ledger->db), SQLITE_OK);
    pi_ledger_bound(self->ledger);
    assert_true(pi_person_register(self->ledger->db));
    assert_int_equal(pi_ledger_run_migrations(self->ledger, 0, version, &self->error), PUBINT_OK);
    assert_int_equal(pi_ledger_digest(self->ledger, digest, &self->error), PUBINT_OK);
    if (strcmp(digest, PI_MIGRATIONS[version - 1].digest) != 0)
      fail_msg("the digest of version %d is %s", version, digest);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_tampered_file_is_refused_before_anything_of_it_is_run),
      DESK_TEST(test_tampered_records_are_named_before_the_triggers_that_are_gone),
      DESK_TEST(test_statistics_that_are_taken_away_leave_a_ledger),
      DESK_TEST(test_value_larger_than_any_record_is_refused),
      DESK_TEST(test_frames_of_another_file_are_not_taken_for_the_ledgers),
      DESK_TEST(test_statement_that_never_ends_is_ended),
      DESK_TEST(test_ledger_is_opened_with_what_a_file_may_do_bounded),
      DESK_TEST(test_each_version_has_the_digest_of_its_schema),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
