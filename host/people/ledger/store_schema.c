/* Whether a file's tables, views, indexes and triggers are those that this program makes: asked before
 * anything of the file is run, since a view, an index or a trigger of somebody else's is their program. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "ledger_schema.h"
#include "person.h"
#include "sha256.h"
#include "store_inside.h"

/* What SQLite keeps for itself too: an index of its own belongs to a table of ours, and what ANALYZE leaves
 * would steer every query. */
#define ROWS "SELECT type || ' ' || name, tbl_name, sql FROM sqlite_schema"

/* What a row is its own text says: that alone SQLite reads. */
#define IS(what) "coalesce(sql, '') GLOB 'CREATE " what " *'"

static const char *const OBJECTS[] = {
    [PI_SCHEMA_TABLES] = ROWS " WHERE NOT " IS("VIEW") " AND NOT " IS("TRIGGER") " ORDER BY 1",
    [PI_SCHEMA_VIEWS] = ROWS " WHERE NOT " IS("TRIGGER") " ORDER BY 1",
    [PI_SCHEMA_WHOLE] = ROWS " ORDER BY 1",
};
enum { COLUMNS = 3 };

pubint_status pi_ledger_run_migrations(pi_ledger *self, int from, int to, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  /* DEFENSIVE would keep the text of the schema from being changed. */
  sqlite3_db_config(self->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  for (int version = from; status == PUBINT_OK && version < to; version++) {
    const char *const *statements = PI_MIGRATIONS[version].statements;
    for (int i = 0; status == PUBINT_OK && statements[i] != NULL; i++) {
      status = pi_ledger_run_text(self, statements[i], error);
    }
  }
  sqlite3_db_config(self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return status;
}

/* ---- what differs ---- */

static pubint_status tell(const pi_ledger *self, pi_slice name, const char *was, pubint_error *error) {
  static const char STATISTICS[] = "table sqlite_stat";
  pubint_status status = pi_ledger_complain(self, PI_E_AUDIT_SCHEMA, NULL, error);
  if (error == NULL) return status;
  char shown[128];
  pi_error_field(shown, sizeof shown, name.ptr, name.len);
  snprintf(error->message, sizeof error->message, "the ledger's own %s was %s", shown, was);
  if (name.len >= strlen(STATISTICS) && memcmp(name.ptr, STATISTICS, strlen(STATISTICS)) == 0) {
    snprintf(error->hint, sizeof error->hint, "ANALYZE leaves such tables: DROP TABLE takes them away");
  } else {
    snprintf(error->hint, sizeof error->hint,
             "`pubint ledger audit --verify` tells whether the entries hold, where it can");
  }
  return status;
}

/* Both in one order. */
static pubint_status compare(const pi_ledger *self, pi_query *ours, pi_query *right, pubint_error *error) {
  for (;;) {
    pubint_status status = PUBINT_OK;
    bool mine = pi_ledger_next(ours, &status, error);
    bool theirs = pi_ledger_next(right, &status, error);
    if (status != PUBINT_OK || (!mine && !theirs)) return status;
    pi_slice none = {"", 0};
    pi_slice name = mine ? pi_ledger_text(ours, 0) : none, wanted = theirs ? pi_ledger_text(right, 0) : none;
    int order = !mine ? 1 : !theirs ? -1 : pi_slice_compare(name, wanted);
    if (order > 0) return tell(self, wanted, "taken away", error);
    if (order < 0) return tell(self, name, "added", error);
    for (int i = 1; i < COLUMNS; i++) {
      bool same = pi_slice_equal(pi_ledger_text(ours, i), pi_ledger_text(right, i));
      if (!same) return tell(self, name, "changed", error);
    }
  }
}

/* With a ledger of that version, made for it. */
static pubint_status compare_with_fresh(pi_ledger *self, int version, pi_schema_extent extent,
                                        pubint_error *error) {
  pi_ledger fresh = {.file = self->file};
  pubint_status status = PUBINT_OK;
  if (sqlite3_open_v2(":memory:", &fresh.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
          SQLITE_OK ||
      !pi_person_register(fresh.db)) {
    status = pi_error_set(error, PI_E_NO_MEMORY);
  }
  if (status == PUBINT_OK) status = pi_ledger_run_migrations(&fresh, 0, version, error);
  if (status == PUBINT_OK) {
    pi_query *ours = pi_ledger_statement(self, OBJECTS[extent]);
    status = compare(self, ours, pi_ledger_statement(&fresh, OBJECTS[extent]), error);
    pi_ledger_reset(ours);
  }
  pi_ledger_disconnect(&fresh);
  return status;
}

/* ---- the digest ---- */

static void add(pi_sha256 *sha, pi_slice text) {
  char head[32];
  int length = snprintf(head, sizeof head, "%zu:", text.len);
  pi_sha256_add(sha, head, (size_t)length);
  pi_sha256_add(sha, text.ptr, text.len);
}

pubint_status pi_ledger_digest(pi_ledger *self, char out[PI_SHA256_HEX + 1], pubint_error *error) {
  pi_sha256 sha;
  pi_sha256_begin(&sha);
  pi_query *rows = pi_ledger_statement(self, OBJECTS[PI_SCHEMA_WHOLE]);
  pubint_status status = PUBINT_OK;
  while (pi_ledger_next(rows, &status, error)) {
    for (int i = 0; i < COLUMNS; i++) add(&sha, pi_ledger_text(rows, i));
  }
  pi_ledger_reset(rows);
  if (status == PUBINT_OK) pi_sha256_hex(&sha, out);
  return status;
}

/* Two tables in one place, or one where none is, are no text of the schema. */
static pubint_status check_places(pi_ledger *self, pubint_error *error) {
  int64_t wrong;
  pubint_status status = pi_ledger_ask(
      pi_ledger_statement(self, "SELECT count(DISTINCT iif(rootpage > 1, rootpage, NULL)) <> count(*)\n"
                                "  OR (SELECT count(*) FROM sqlite_schema WHERE type IN ('view', 'trigger')\n"
                                "    AND rootpage <> 0) > 0\n"
                                "FROM sqlite_schema WHERE type NOT IN ('view', 'trigger')"),
      &wrong, error);
  if (status != PUBINT_OK || wrong == 0) return status;
  return pi_ledger_complain(self, PI_E_AUDIT_FILE, "tables or indexes that stand in one place", error);
}

pubint_status pi_ledger_check_schema(pi_ledger *self, int version, pi_schema_extent extent,
                                     pubint_error *error) {
  char digest[PI_SHA256_HEX + 1];
  pubint_status status = pi_ledger_digest(self, digest, error);
  if (status == PUBINT_OK && strcmp(digest, PI_MIGRATIONS[version - 1].digest) != 0)
    status = compare_with_fresh(self, version, extent, error);
  return status == PUBINT_OK ? check_places(self, error) : status;
}
