#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "audit.h"
#include "audit_chain.h"
#include "errors.h"
#include "ledger_schema.h"
#include "ledger_schema_parts.h"
#include "precedents.h"
#include "store_inside.h"
#include "times.h"

/* A walk along the chain. */
typedef struct walk {
  pi_ledger *ledger;
  const pi_audit_expected *expected; /* NULL: none */
  int64_t last;                      /* the entry that was found whole last */
  char link[PI_LINK_BYTES + 1];      /* its link */
  bool met;                          /* the expected link was passed */
  pubint_error *error;
} walk;

/* An entry of the log as it stands. The texts last until the next step of its statement. */
typedef struct row {
  pi_audit_entry entry;
  pi_slice link;
} row;

#define COLUMNS "sequence, at, actor, action, subject, link FROM audit"

static void take_row(pi_query *statement, row *out) {
  *out = (row){.entry = {.sequence = pi_ledger_number(statement, 0),
                         .at = pi_ledger_number(statement, 1),
                         .actor = pi_ledger_text(statement, 2),
                         .action = pi_ledger_text(statement, 3),
                         .subject = pi_ledger_text(statement, 4)},
               .link = pi_ledger_text(statement, 5)};
}

static pubint_status broken(const walk *self, pi_code code, const row *at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The row is what stands there now; NULL: nothing does. */
static pubint_status broken(const walk *self, pi_code code, const row *at, const char *format, ...) {
  char message[160];
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  pubint_status status = pi_error_setf(self->error, code, "%s", message);
  if (self->error == NULL || at == NULL) return status;
  char when[PI_TIME_BYTES], found[256];
  pi_time_write(at->entry.at, when);
  snprintf(found, sizeof found, "%.*s %.*s, %s, by %.*s", (int)at->entry.action.len, at->entry.action.ptr,
           (int)at->entry.subject.len, at->entry.subject.ptr, when, (int)at->entry.actor.len,
           at->entry.actor.ptr);
  pi_error_found(self->error, found, strlen(found));
  return status;
}

/* ---- the chain ---- */

/* Whether the row, with the record rows of entry `records`, is the one that was written at `place`. */
static pubint_status belongs(const walk *self, const row *at, int64_t records, int64_t place, bool *out) {
  pi_audit_entry entry = at->entry;
  char link[PI_LINK_BYTES + 1];
  entry.sequence = records;
  pubint_status status = pi_chain_link(self->ledger, &entry, place, self->link, link, self->error);
  *out = status == PUBINT_OK && pi_slice_equal(at->link, (pi_slice){link, PI_LINK_BYTES});
  return status;
}

/* The row at `place` does not fit: looks whether what belongs there stands somewhere behind it. */
static pubint_status tell_change(const walk *self, const row *at, int64_t place) {
  pi_query *rest =
      pi_ledger_statement(self->ledger, "SELECT " COLUMNS " WHERE sequence > :place ORDER BY sequence");
  pi_ledger_bind_number(rest, ":place", place);
  bool found = false;
  row other = {{0}, {NULL, 0}};
  pubint_status status = PUBINT_OK;
  while (!found && pi_ledger_next(rest, &status, self->error)) {
    take_row(rest, &other);
    status = belongs(self, &other, other.entry.sequence, place, &found);
    if (status == PUBINT_OK && !found) status = belongs(self, &other, place, place, &found);
  }
  if (status == PUBINT_OK && found) {
    status = broken(self, PI_E_AUDIT_REORDERED, at, "entry %lld of the audit log was moved to %lld",
                    (long long)place, (long long)other.entry.sequence);
  } else if (status == PUBINT_OK) {
    status =
        broken(self, PI_E_AUDIT_CHANGED, at, "entry %lld of the audit log was changed", (long long)place);
  }
  pi_ledger_reset(rest);
  return status;
}

static pubint_status check_expected(walk *self, const row *at) {
  const pi_audit_expected *expected = self->expected;
  if (expected == NULL) return PUBINT_OK;
  bool same = memcmp(expected->link, self->link, PI_LINK_BYTES) == 0;
  if (same && (expected->sequence == 0 || expected->sequence == self->last)) self->met = true;
  if (same || expected->sequence != self->last) return PUBINT_OK;
  return broken(self, PI_E_AUDIT_CHANGED, at,
                "the log was chained anew: entry %lld is whole, but not the one that was expected",
                (long long)self->last);
}

static pubint_status check_row(walk *self, const row *at) {
  int64_t place = self->last + 1;
  if (at->entry.sequence != place) {
    return broken(self, PI_E_AUDIT_REMOVED, at, "entry %lld of the audit log was removed", (long long)place);
  }
  bool right;
  pubint_status status = belongs(self, at, place, place, &right);
  if (status != PUBINT_OK) return status;
  if (!right) return tell_change(self, at, place);
  self->last = place;
  memcpy(self->link, at->link.ptr, PI_LINK_BYTES);
  return check_expected(self, at);
}

static pubint_status check_chain(walk *self) {
  pi_query *rows = pi_ledger_statement(self->ledger, "SELECT " COLUMNS " ORDER BY sequence");
  pubint_status status = PUBINT_OK;
  while (pi_ledger_next(rows, &status, self->error)) {
    row at;
    take_row(rows, &at);
    status = check_row(self, &at);
  }
  pi_ledger_reset(rows);
  return status;
}

/* ---- its end ---- */

static pubint_status ask(const walk *self, const char *sql, int64_t *out) {
  return pi_ledger_ask(pi_ledger_statement(self->ledger, sql), out, self->error);
}

#define STRAYS                                                                                               \
  " FROM (SELECT entry FROM cases UNION ALL SELECT entry FROM rounds\n"                                      \
  "  UNION ALL SELECT entry FROM violated UNION ALL SELECT entry FROM steps\n"                               \
  "  UNION ALL SELECT entry FROM required UNION ALL SELECT entry FROM findings\n"                            \
  "  UNION ALL SELECT entry FROM informed UNION ALL SELECT entry FROM persons\n"                             \
  "  UNION ALL SELECT entry FROM corrections) WHERE entry NOT IN (SELECT sequence FROM audit)"

static pubint_status check_strays(const walk *self) {
  int64_t strays, stray = 0;
  pubint_status status = ask(self, "SELECT count(*)" STRAYS, &strays);
  if (status == PUBINT_OK && strays > 0) status = ask(self, "SELECT min(entry)" STRAYS, &stray);
  if (status != PUBINT_OK || strays == 0) return status;
  if (stray < 1) {
    return broken(self, PI_E_AUDIT_STRAY, NULL, "no entry covers the record %lld", (long long)stray);
  }
  return broken(self, PI_E_AUDIT_CUT_OFF, NULL,
                "entry %lld was cut off the audit log, while its record stands",
                (long long)(stray > self->last ? self->last + 1 : stray));
}

static pubint_status check_end(const walk *self) {
  pubint_status status = check_strays(self);
  const pi_audit_expected *expected = self->expected;
  if (status != PUBINT_OK || expected == NULL || self->met) return status;
  if (expected->sequence > 0) {
    return broken(self, PI_E_AUDIT_CUT_OFF, NULL, "entry %lld was cut off the audit log",
                  (long long)self->last + 1);
  }
  return broken(self, PI_E_AUDIT_CUT_OFF, NULL,
                "no entry has the link that was expected: the log was cut off before it, or chained anew");
}

/* ---- what is derived, what guards it, and the file ---- */

static pubint_status check_queue(const walk *self) {
  int64_t wrong;
  pubint_status status =
      ask(self,
          "SELECT (SELECT count(*) FROM (SELECT * FROM queue EXCEPT SELECT * FROM queue_now))\n"
          "  + (SELECT count(*) FROM cases WHERE entry NOT IN (SELECT case_entry FROM queue))",
          &wrong);
  if (status != PUBINT_OK || wrong == 0) return status;
  return broken(self, PI_E_AUDIT_QUEUE, NULL, "the queue is not what the records say: %lld cases differ",
                (long long)wrong);
}

static pubint_status check_precedents(const walk *self) {
  int64_t wrong = 0;
  pubint_status status = pi_precedents_check(self->ledger, &wrong, self->error);
  if (status != PUBINT_OK || wrong == 0) return status;
  return broken(self, PI_E_AUDIT_QUEUE, NULL, "the precedents are not what the records say: %lld differ",
                (long long)wrong);
}

/* The keys by which persons are compared are those of the names, recomputed. */
static pubint_status check_persons(const walk *self) {
  int64_t wrong;
  pubint_status status =
      ask(self,
          "SELECT count(*) + (SELECT count(*) FROM persons_before\n"
          "    WHERE entry NOT IN (SELECT entry FROM (" ALL_ACTORS_6 ")))\n"
          "  FROM (" ALL_ACTORS_6 ") r WHERE " PERSON_OF("r.entry") " IS NOT person_key(who)",
          &wrong);
  if (status != PUBINT_OK || wrong == 0) return status;
  return broken(self, PI_E_AUDIT_QUEUE, NULL, "the keys of persons are not those of their names: %lld differ",
                (long long)wrong);
}

static pubint_status check_schema(const walk *self, pi_schema_extent extent) {
  return pi_ledger_check_schema(self->ledger, PI_MIGRATIONS_COUNT, extent, self->error);
}

static pubint_status check_file(const walk *self) {
  pi_query *check = pi_ledger_statement(self->ledger, "PRAGMA integrity_check(1)");
  pubint_status status = PUBINT_OK;
  if (pi_ledger_next(check, &status, self->error) &&
      !pi_slice_equal(pi_ledger_text(check, 0), PI_SLICE("ok"))) {
    status = broken(self, PI_E_AUDIT_FILE, NULL, "the file is damaged");
    pi_slice found = pi_ledger_text(check, 0);
    if (self->error != NULL) pi_error_found(self->error, found.ptr, found.len);
  }
  pi_ledger_reset(check);
  return status;
}

pubint_status pi_audit_verify(pi_ledger *ledger, const pi_audit_expected *expected, int64_t *entries,
                              pubint_error *error) {
  walk self = {.ledger = ledger, .expected = expected, .error = error};
  memset(self.link, '0', PI_LINK_BYTES);
  if (expected != NULL && expected->sequence == 0)
    self.met = memcmp(expected->link, self.link, PI_LINK_BYTES) == 0;
  pubint_status status = pi_ledger_begin(ledger, false, error);
  if (status != PUBINT_OK) return status;
  /* Each part of the schema before what is read by it; nothing that is only read fires a trigger. */
  status = check_schema(&self, PI_SCHEMA_TABLES);
  if (status == PUBINT_OK) status = check_chain(&self);
  if (status == PUBINT_OK) status = check_end(&self);
  if (status == PUBINT_OK) status = check_schema(&self, PI_SCHEMA_VIEWS);
  if (status == PUBINT_OK) status = check_queue(&self);
  if (status == PUBINT_OK) status = check_precedents(&self);
  if (status == PUBINT_OK) status = check_persons(&self);
  if (status == PUBINT_OK) status = check_schema(&self, PI_SCHEMA_WHOLE);
  if (status == PUBINT_OK) status = check_file(&self);
  *entries = self.last;
  return pi_ledger_end_reading(ledger, status, error);
}
