/* The audit chain against somebody who can write the file: whatever they do to an entry is found, at the
 * first entry they touched. */
#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "desk.h"
#include "errors.h"

enum { CASES = 18, TAMPERED = 500 };

/* A ledger of some hundred entries of every kind, whose guards have been taken away. *head gets its end. */
static void fill(desk *self, pi_audit_expected *head) {
  char id[32];
  for (int i = 0; i < CASES; i++) desk_bring(self, (pi_state)(PI_STATE_OPENED + i % PI_STATE_DECIDED), id);
  desk_refused(self, desk_reopen(self, id, (desk_case){.context = DESK_REMOVED}, "why"), PI_E_OUT_OF_ORDER);
  desk_bring(self, PI_STATE_DECIDED, id);
  assert_int_equal(desk_reopen(self, id, (desk_case){.context = DESK_REMOVED}, "why"), PUBINT_OK);
  pi_act act = {.who = PI_SLICE("Sen"), .at = self->now, .reason = PI_SLICE("why")};
  assert_int_equal(pi_process_require(self->ledger, 4, &act, &self->done, &self->error), PUBINT_OK);
  desk_bring(self, PI_STATE_RECOMMENDED, id);
  desk_whole(self);
  assert_int_equal(pi_audit_head(self->ledger, &head->sequence, head->link, &self->error), PUBINT_OK);
}

static void disarm(desk *self) {
  assert_string_equal(desk_sql(self, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON"), "");
  desk_drop_triggers(self);
}

/* Runs `sql` in a transaction that is undone; the code that verifying gives, 0 when all seems whole. Where it
 * is not, the entry named must be `first`, unless that is 0. */
static unsigned tamper(desk *self, const char *sql, const pi_audit_expected *head, int64_t first) {
  char named[32];
  int64_t entries;
  assert_int_equal(pi_ledger_begin(self->ledger, true, &self->error), PUBINT_OK);
  const char *said = desk_sql(self, sql);
  if (said[0] != '\0') fail_msg("%s: %s", said, sql);
  pubint_status status = pi_audit_verify(self->ledger, head, &entries, &self->error);
  pi_ledger_rollback(self->ledger);
  if (status == PUBINT_OK) return 0;
  snprintf(named, sizeof named, "entry %lld ", (long long)first);
  if (first > 0 && strstr(self->error.message, named) == NULL) {
    fail_msg("\"%s\", where entry %lld was touched first: %s", self->error.message, (long long)first, sql);
  }
  return self->error.code;
}

static void found(desk *self, const char *sql, const pi_audit_expected *head, int64_t first, unsigned code) {
  unsigned told = tamper(self, sql, head, first);
  if (told != code) fail_msg("E%04u, where E%04u was expected: %s", told, code, sql);
}

/* Every column of every table. */
static const struct {
  const char *table, *key, *change;
} CHANGES[] = {
    {"audit", "sequence", "at = at + 1"},
    {"audit", "sequence", "actor = actor || 'x'"},
    {"audit", "sequence", "action = iif(action = 'open', 'reopen', 'open')"},
    {"audit", "sequence", "subject = subject || 'x'"},
    {"audit", "sequence", "link = upper(link) || 'x'"},
    {"audit", "sequence", "link = replace(link, substr(link, 1, 1), iif(link LIKE '0%', '1', '0'))"},
    {"cases", "entry", "id = id || 'x'"},
    {"rounds", "entry", "case_entry = case_entry + 1000000"},
    {"rounds", "entry", "number = number + 100"},
    {"rounds", "entry", "at = at - 1"},
    {"rounds", "entry", "who = upper(who)"},
    {"rounds", "entry", "role = 'adviser'"},
    {"rounds", "entry", "reason = iif(reason IS NULL, 'x', NULL)"},
    {"rounds", "entry", "facts = facts || ' '"},
    {"rounds", "entry", "evaluation = replace(evaluation, '1', '2')"},
    {"rounds", "entry", "policy = substr(policy, 2)"},
    {"rounds", "entry", "outcome = iif(outcome = 'notice', 'remove', 'notice')"},
    {"rounds", "entry", "basis = 'no_script'"},
    {"rounds", "entry", "barred = 'private_data'"},
    {"rounds", "entry", "margin = margin + 1"},
    {"rounds", "entry", "market = 'US'"},
    {"rounds", "entry", "teams = '[]'"},
    {"violated", "entry", "rule = 'violence'"},
    {"steps", "entry", "round_entry = round_entry + 1000000"},
    {"steps", "entry", "action = iif(action = 'decide', 'recommend', 'decide')"},
    {"steps", "entry", "at = at + 1"},
    {"steps", "entry", "who = who || '.'"},
    {"steps", "entry", "role = 'enforcement'"},
    {"steps", "entry", "background = iif(background IS NULL, 'law', NULL)"},
    {"steps", "entry", "team = iif(team IS NULL, 'x', NULL)"},
    {"steps", "entry", "position = iif(position = 'notice', 'remove', 'notice')"},
    {"steps", "entry", "reason = iif(reason IS NULL, 'x', NULL)"},
    {"steps", "entry", "entry = entry + 1000000"},
    {"findings", "entry", "finding = finding || ' '"},
    {"informed", "entry", "who = who || 'x'"},
    {"persons", "entry", "key = key || 'x'"},
    {"required", "entry", "backgrounds = 3"},
    {"required", "entry", "at = at + 1"},
    {"required", "entry", "who = 'x'"},
    {"required", "entry", "reason = NULL"},
};
enum { CHANGES_COUNT = sizeof CHANGES / sizeof CHANGES[0] };

/* The entry at or behind `from` that has a row in the table, else the first that has. */
static int64_t entry_of(desk *self, const char *table, const char *key, int64_t from) {
  char sql[256];
  snprintf(sql, sizeof sql,
           "SELECT coalesce((SELECT min(%s) FROM %s WHERE %s >= %lld), (SELECT min(%s) FROM %s))", key, table,
           key, (long long)from, key, table);
  return desk_ask(self, sql);
}

static int change_everything(desk *self, int64_t last) {
  char sql[512];
  int tried = 0;
  for (int64_t from = 1; from <= last; from += 8) {
    for (int i = 0; i < CHANGES_COUNT; i++) {
      int64_t entry = entry_of(self, CHANGES[i].table, CHANGES[i].key, from + i % 8);
      snprintf(sql, sizeof sql, "UPDATE %s SET %s WHERE %s = %lld", CHANGES[i].table, CHANGES[i].change,
               CHANGES[i].key, (long long)entry);
      found(self, sql, NULL, entry, PI_E_AUDIT_CHANGED);
      tried++;
    }
  }
  return tried;
}

/* SQL with the number `first` for each @ and `second` for each #. */
static const char *numbered(const char *sql, int64_t first, int64_t second, char out[4096]) {
  size_t length = 0;
  for (; *sql != '\0'; sql++) {
    assert_true(length + 32 < 4096);
    if (*sql == '@' || *sql == '#') {
      length += (size_t)snprintf(out + length, 32, "%lld", (long long)(*sql == '@' ? first : second));
    } else {
      out[length++] = *sql;
    }
  }
  out[length] = '\0';
  return out;
}

#define RECORDS(statement)                                                                                   \
  statement("cases") statement("rounds") statement("violated") statement("steps") statement("required")      \
      statement("findings") statement("informed") statement("persons")

static int remove_everything(desk *self, int64_t last) {
#define DELETE_ROWS(table) "DELETE FROM " table " WHERE entry = @;"
#define MOVE_ROWS(table)   "UPDATE " table " SET entry = entry - 1 WHERE entry > @;"
  char sql[4096];
  int tried = 0;
  for (int64_t entry = 1; entry < last; entry++) {
    found(self, numbered("DELETE FROM audit WHERE sequence = @", entry, 0, sql), NULL, entry,
          PI_E_AUDIT_REMOVED);
    found(self, numbered("DELETE FROM audit WHERE sequence = @;" RECORDS(DELETE_ROWS), entry, 0, sql), NULL,
          entry, PI_E_AUDIT_REMOVED);
    /* What stands there then is another entry. */
    found(self,
          numbered("DELETE FROM audit WHERE sequence = @; UPDATE audit SET sequence = sequence - 1 "
                   "WHERE sequence > @;" RECORDS(DELETE_ROWS) RECORDS(MOVE_ROWS),
                   entry, 0, sql),
          NULL, entry, PI_E_AUDIT_CHANGED);
    tried += 3;
  }
  return tried;
}

static int reorder_everything(desk *self, int64_t last) {
#define SWAP_ROWS(table)                                                                                     \
  "UPDATE " table " SET entry = -1 WHERE entry = @; UPDATE " table                                           \
  " SET entry = @ WHERE entry = #; UPDATE " table " SET entry = # WHERE entry = -1;"
#define SWAP_LOG                                                                                             \
  "UPDATE audit SET sequence = -1 WHERE sequence = @; UPDATE audit SET sequence = @ WHERE sequence = #;"     \
  "UPDATE audit SET sequence = # WHERE sequence = -1;"
  char sql[4096];
  int tried = 0;
  for (int64_t entry = 1; entry < last; entry++) {
    int64_t other = entry + 1 + entry * 7 % (last - entry);
    found(self, numbered(SWAP_LOG, entry, other, sql), NULL, entry, PI_E_AUDIT_REORDERED);
    found(self, numbered(SWAP_LOG RECORDS(SWAP_ROWS), entry, other, sql), NULL, entry, PI_E_AUDIT_REORDERED);
    tried += 2;
  }
  return tried;
}

static void test_audit_finds_every_entry_changed_removed_or_reordered(void **state) {
  desk *self = *state;
  pi_audit_expected head;
  fill(self, &head);
  disarm(self);
  int tried = change_everything(self, head.sequence) + remove_everything(self, head.sequence) +
              reorder_everything(self, head.sequence);
  print_message("%d tampered ledgers of %lld entries, all found\n", tried, (long long)head.sequence);
  assert_true(tried >= TAMPERED);
}

static void test_audit_finds_an_end_that_was_cut_off(void **state) {
#define DELETE_REST(table) "DELETE FROM " table " WHERE entry >= @;"
  desk *self = *state;
  pi_audit_expected head;
  char sql[4096];
  fill(self, &head);
  disarm(self);
  for (int64_t entry = 1; entry <= head.sequence; entry++) {
    found(self, numbered("DELETE FROM audit WHERE sequence >= @", entry, 0, sql), NULL, entry,
          PI_E_AUDIT_CUT_OFF);
    found(self,
          numbered("DELETE FROM audit WHERE sequence >= @; DELETE FROM queue WHERE case_entry >= @;" RECORDS(
                       DELETE_REST),
                   entry, 0, sql),
          &head, entry, PI_E_AUDIT_CUT_OFF);
  }
}

/* Somebody who can write the file can chain it anew: only a head that was kept elsewhere shows it. */
static void test_audit_finds_a_chain_made_anew_by_the_head_that_was_kept(void **state) {
  desk *self = *state;
  pi_audit_expected head, any;
  fill(self, &head);
  assert_int_equal(tamper(self, "SELECT 1", &head, 0), 0);
  any = head;
  any.sequence = 0;
  assert_int_equal(tamper(self, "SELECT 1", &any, 0), 0);
  char id[32];
  desk_bring(self, PI_STATE_RECOMMENDED, id); /* it may grow */
  assert_int_equal(tamper(self, "SELECT 1", &head, 0), 0);
  head.link[0] = head.link[0] == '0' ? '1' : '0';
  any.link[0] = head.link[0];
  assert_int_equal(tamper(self, "SELECT 1", &head, head.sequence), PI_E_AUDIT_CHANGED);
  assert_int_equal(tamper(self, "SELECT 1", &any, 0), PI_E_AUDIT_CUT_OFF);
}

static void test_audit_finds_what_is_no_entry(void **state) {
  desk *self = *state;
  pi_audit_expected head;
  fill(self, &head);
  /* What came later than the first version is in the chain where it stands, and where it does not. */
  found(self, "DROP VIEW step_actions", NULL, 0, PI_E_AUDIT_SCHEMA);
  found(self, "DROP TRIGGER steps_decide_last", NULL, 0, PI_E_AUDIT_SCHEMA);
  assert_string_equal(self->error.message, "the ledger's own trigger steps_decide_last was taken away");
  found(self, "CREATE TABLE t (x)", NULL, 0, PI_E_AUDIT_SCHEMA);
  found(self, "DROP INDEX steps_round; CREATE INDEX steps_round ON steps (entry)", NULL, 0,
        PI_E_AUDIT_SCHEMA);
  disarm(self);
  found(self, "UPDATE queue SET state = 'decided'", NULL, 0, PI_E_AUDIT_QUEUE);
  found(self, "DELETE FROM queue", NULL, 0, PI_E_AUDIT_QUEUE);
  found(self, "INSERT INTO cases VALUES (-5, 'stray')", NULL, 0, PI_E_AUDIT_STRAY);
  found(self, "INSERT INTO cases VALUES (0, 'stray')", NULL, 0, PI_E_AUDIT_STRAY);
  found(self, "INSERT INTO findings VALUES (4000, 'stray')", NULL, 0, PI_E_AUDIT_CUT_OFF);
  found(self, "INSERT INTO informed VALUES (4000, 'stray')", NULL, 0, PI_E_AUDIT_CUT_OFF);
  found(self, "INSERT INTO findings VALUES (1, 'so')", NULL, 1, PI_E_AUDIT_CHANGED);
  found(self, "INSERT INTO informed VALUES (1, 'Ann')", NULL, 1, PI_E_AUDIT_CHANGED);
  int64_t told = desk_ask(self, "SELECT min(entry) FROM informed");
  found(self, "DELETE FROM informed WHERE entry = (SELECT min(entry) FROM informed) AND who = 'Gov'", NULL,
        told, PI_E_AUDIT_CHANGED);
  found(self, "SELECT 1", NULL, 0, PI_E_AUDIT_SCHEMA);
}

/* An index that has lost its entries shows neither in the chain nor in what is derived from the records. */
static void test_audit_finds_a_damaged_file(void **state) {
  desk *self = *state;
  pi_audit_expected head;
  fill(self, &head);
  int64_t page = desk_ask(self, "SELECT rootpage FROM sqlite_schema WHERE name = 'queue_market'");
  int64_t page_bytes = desk_ask(self, "PRAGMA page_size");
  pi_ledger_close(self->ledger);
  FILE *file = fopen(self->file, "r+b");
  assert_non_null(file);
  assert_int_equal(fseek(file, (long)((page - 1) * page_bytes + 3), SEEK_SET), 0); /* how many it has */
  assert_int_equal(fwrite("\0\0", 1, 2, file), 2);
  assert_int_equal(fclose(file), 0);
  assert_int_equal(pi_ledger_open(&self->ledger, self->file, PI_LEDGER_WRITE, &self->error), PUBINT_OK);
  found(self, "SELECT 1", NULL, 0, PI_E_AUDIT_FILE);
}

static void test_audit_reads_the_head_it_printed(void **state) {
  (void)state;
#define LINK "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  pi_audit_expected out;
  assert_true(pi_audit_expected_read(PI_SLICE("12:" LINK), &out));
  assert_int_equal(out.sequence, 12);
  assert_string_equal(out.link, LINK);
  assert_true(pi_audit_expected_read(PI_SLICE(LINK), &out));
  assert_int_equal(out.sequence, 0);
  static const char *const WRONG[] = {
      "", "12", "12:", ":" LINK, "12:" LINK "0", "x:" LINK, "12:G" LINK, "1234567890123456789:" LINK};
  for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
    assert_false(pi_audit_expected_read(pi_slice_of(WRONG[i]), &out));
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_audit_finds_every_entry_changed_removed_or_reordered),
      DESK_TEST(test_audit_finds_an_end_that_was_cut_off),
      DESK_TEST(test_audit_finds_a_chain_made_anew_by_the_head_that_was_kept),
      DESK_TEST(test_audit_finds_what_is_no_entry),
      DESK_TEST(test_audit_finds_a_damaged_file),
      cmocka_unit_test(test_audit_reads_the_head_it_printed),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
