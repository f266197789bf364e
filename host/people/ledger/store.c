#include "store.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "errors.h"
#include "file_error.h"
#include "ledger_schema.h"

enum { STATEMENTS_MAX = 64, RETRY_MS = 5 };

struct pi_ledger {
  sqlite3 *db;
  char *file;
  int depth; /* transactions begun and not ended */
  int statements_count;
  struct {
    const char *sql;
    sqlite3_stmt *statement;
  } statements[STATEMENTS_MAX];
};

/* ---- errors ---- */

static pubint_status complain(const pi_ledger *self, pi_code code, const char *found, pubint_error *error) {
  pubint_status status = pi_error_set(error, code);
  if (error == NULL) return status;
  pi_error_field(error->file, sizeof error->file, self->file, strlen(self->file));
  if (found != NULL) pi_error_field(error->found, sizeof error->found, found, strlen(found));
  return status;
}

pubint_status pi_ledger_fail(pi_ledger *self, pubint_error *error) {
  switch (sqlite3_errcode(self->db)) {
  case SQLITE_NOMEM: return pi_error_set(error, PI_E_NO_MEMORY);
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return complain(self, PI_E_LEDGER_BUSY, NULL, error);
  default: return complain(self, PI_E_LEDGER_FAILS, sqlite3_errmsg(self->db), error);
  }
}

static pubint_status run_text(pi_ledger *self, const char *sql, pubint_error *error) {
  return sqlite3_exec(self->db, sql, NULL, NULL, NULL) == SQLITE_OK ? PUBINT_OK : pi_ledger_fail(self, error);
}

/* ---- opening ---- */

/* What is no database shows at the first look into it. */
static pubint_status fail_opening(pi_ledger *self, pubint_error *error) {
  return sqlite3_errcode(self->db) == SQLITE_NOTADB ? complain(self, PI_E_NOT_A_LEDGER, NULL, error)
                                                    : pi_ledger_fail(self, error);
}

/* The one number that a statement gives. */
static pubint_status ask_number(pi_ledger *self, const char *sql, int64_t *out, pubint_error *error) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(self->db, sql, -1, &statement, NULL) != SQLITE_OK) return fail_opening(self, error);
  pubint_status status = PUBINT_OK;
  if (sqlite3_step(statement) == SQLITE_ROW) {
    *out = sqlite3_column_int64(statement, 0);
  } else {
    status = fail_opening(self, error);
  }
  sqlite3_finalize(statement);
  return status;
}

/* A file that is somebody else's, or newer than this program, is left as it is. */
static pubint_status check_kind(pi_ledger *self, int64_t *version, pubint_error *error) {
  int64_t application = 0, objects = 0;
  pubint_status status = ask_number(self, "PRAGMA application_id", &application, error);
  if (status == PUBINT_OK) status = ask_number(self, "PRAGMA user_version", version, error);
  if (status == PUBINT_OK) status = ask_number(self, "SELECT count(*) FROM sqlite_schema", &objects, error);
  if (status != PUBINT_OK) return status;
  bool fresh = application == 0 && *version == 0 && objects == 0;
  if (!fresh && (application != PI_LEDGER_APPLICATION || *version < 1)) {
    return complain(self, PI_E_NOT_A_LEDGER, NULL, error);
  }
  if (*version <= PI_MIGRATIONS_COUNT) return PUBINT_OK;
  status = complain(self, PI_E_LEDGER_NEWER, NULL, error);
  if (error != NULL) {
    snprintf(error->found, sizeof error->found, "version %lld", (long long)*version);
    snprintf(error->expected, sizeof error->expected, "at most version %d", PI_MIGRATIONS_COUNT);
  }
  return status;
}

/* Readers and one writer at once, kept in the file. SQLite does not wait for its turn here by itself. */
static pubint_status use_wal(pi_ledger *self, pubint_error *error) {
  for (int waited = 0;; waited += RETRY_MS) {
    int result = sqlite3_exec(self->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    if (result == SQLITE_OK) return PUBINT_OK;
    if (result != SQLITE_BUSY || waited >= PI_LEDGER_WAIT_MS) return pi_ledger_fail(self, error);
    sqlite3_sleep(RETRY_MS);
  }
}

/* Some versions change what the file says of its tables themselves, which SQLite lets a program do and does
 * not check: this looks whether every row is still as its table wants it. It reads the whole file, once a
 * version. */
static pubint_status check_rows(pi_ledger *self, pubint_error *error) {
  int64_t faults = 0;
  pubint_status status = ask_number(
      self, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", &faults, error);
  if (status != PUBINT_OK || faults == 0) return status;
  return complain(self, PI_E_LEDGER_FAILS, "the file is damaged", error);
}

static pubint_status run_migrations(pi_ledger *self, int64_t version, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  /* DEFENSIVE would keep the text of the schema from being changed. */
  sqlite3_db_config(self->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  for (; status == PUBINT_OK && version < PI_MIGRATIONS_COUNT; version++) {
    const char *const *statements = PI_MIGRATIONS[version].statements;
    for (int i = 0; status == PUBINT_OK && statements[i] != NULL; i++) {
      status = run_text(self, statements[i], error);
    }
  }
  sqlite3_db_config(self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return status == PUBINT_OK ? check_rows(self, error) : status;
}

/* Another process may have brought it up to date while this one waited for its turn. */
static pubint_status migrate(pi_ledger *self, pubint_error *error) {
  int64_t version;
  pubint_status status = pi_ledger_begin(self, true, error);
  if (status != PUBINT_OK) return status;
  status = check_kind(self, &version, error);
  if (status == PUBINT_OK && version < PI_MIGRATIONS_COUNT) status = run_migrations(self, version, error);
  if (status == PUBINT_OK) {
    char marks[96];
    snprintf(marks, sizeof marks, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             PI_LEDGER_APPLICATION, PI_MIGRATIONS_COUNT);
    status = run_text(self, marks, error);
  }
  return pi_ledger_end(self, status, error);
}

static pubint_status prepare_connection(pi_ledger *self, bool create, pubint_error *error) {
  sqlite3_busy_timeout(self->db, PI_LEDGER_WAIT_MS);
  sqlite3_db_config(self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(self->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config(self->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  int64_t version;
  pubint_status status = check_kind(self, &version, error);
  if (status == PUBINT_OK && version == 0 &&
      !create) { /* an empty file is made a ledger only when asked to */
    status = complain(self, PI_E_NOT_A_LEDGER, NULL, error);
  }
  if (status == PUBINT_OK) status = use_wal(self, error);
  if (status == PUBINT_OK) {
    status = run_text(
        self,
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON;"
        "PRAGMA cell_size_check = ON; PRAGMA cache_size = -65536", /* KiB, taken as they are needed */
        error);
  }
  return status == PUBINT_OK && version < PI_MIGRATIONS_COUNT ? migrate(self, error) : status;
}

/* SQLite keeps some names to itself, of databases that are gone when they are closed: ":memory:", and what
 * begins as a URI. Written as a path they are files like any other; NULL where memory runs out. */
static char *path_of(const char *file) {
  bool kept = file[0] == ':' || strncmp(file, "file:", strlen("file:")) == 0;
  size_t size = strlen(file) + sizeof "./";
  char *path = malloc(size);
  if (path != NULL) snprintf(path, size, "%s%s", kept ? "./" : "", file);
  return path;
}

/* Takes `file`, which is the ledger's name as well; NULL where memory ran out. */
static pubint_status open_database(pi_ledger **out, char *file, bool create, pubint_error *error) {
  *out = NULL;
  pi_ledger *self = calloc(1, sizeof *self);
  if (self == NULL || file == NULL) {
    free(self);
    free(file);
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  self->file = file;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
  int result = sqlite3_open_v2(file, &self->db, flags, NULL);
  pubint_status status = result == SQLITE_OK ? prepare_connection(self, create, error)
                         : self->db == NULL  ? pi_error_set(error, PI_E_NO_MEMORY)
                                             : pi_ledger_fail(self, error);
  if (status != PUBINT_OK) {
    pi_ledger_close(self);
    return status;
  }
  *out = self;
  return PUBINT_OK;
}

pubint_status pi_ledger_open(pi_ledger **out, const char *file, bool create, pubint_error *error) {
  *out = NULL;
  if (file[0] == '\0') {
    pubint_status refused = pi_error_set(error, PI_E_NO_LEDGER);
    if (error != NULL) snprintf(error->hint, sizeof error->hint, "--ledger FILE names it, or PUBINT_LEDGER");
    return refused;
  }
  if (create || access(file, F_OK) == 0 || errno != ENOENT) {
    return open_database(out, path_of(file), create, error);
  }
  pubint_status status = pi_error_set(error, PI_E_LEDGER_MISSING);
  if (error != NULL) {
    pi_error_field(error->file, sizeof error->file, file, strlen(file));
    snprintf(error->hint, sizeof error->hint, "`pubint ledger open` makes it");
  }
  return status;
}

pubint_status pi_ledger_open_new(pi_ledger **out, pubint_error *error) {
  return open_database(out, strdup(":memory:"), true, error);
}

void pi_ledger_close(pi_ledger *self) {
  if (self == NULL) return;
  pi_ledger_rollback(self);
  for (int i = 0; i < self->statements_count; i++) sqlite3_finalize(self->statements[i].statement);
  sqlite3_close(self->db);
  free(self->file);
  free(self);
}

sqlite3 *pi_ledger_connection(pi_ledger *self) {
  return self->db;
}

/* ---- transactions ---- */

pubint_status pi_ledger_begin(pi_ledger *self, bool writes, pubint_error *error) {
  if (self->depth == 0) {
    pubint_status status = run_text(self, writes ? "BEGIN IMMEDIATE" : "BEGIN", error);
    if (status != PUBINT_OK) return status;
  }
  self->depth++;
  return PUBINT_OK;
}

pubint_status pi_ledger_commit(pi_ledger *self, pubint_error *error) {
  if (self->depth > 1) {
    self->depth--;
    return PUBINT_OK;
  }
  pubint_status status = run_text(self, "COMMIT", error);
  if (status == PUBINT_OK) {
    self->depth = 0;
  } else {
    pi_ledger_rollback(self);
  }
  return status;
}

void pi_ledger_rollback(pi_ledger *self) {
  if (self->depth > 0) sqlite3_exec(self->db, "ROLLBACK", NULL, NULL, NULL);
  self->depth = 0;
}

pubint_status pi_ledger_end(pi_ledger *self, pubint_status status, pubint_error *error) {
  if (status == PUBINT_OK) return pi_ledger_commit(self, error);
  pi_ledger_rollback(self);
  return status;
}

pubint_status pi_ledger_end_reading(pi_ledger *self, pubint_status status, pubint_error *error) {
  if (self->depth == 0) return status;
  pubint_status ended = pi_ledger_commit(self, status == PUBINT_OK ? error : NULL);
  return status == PUBINT_OK ? ended : status;
}

/* ---- statements ---- */

sqlite3_stmt *pi_ledger_statement(pi_ledger *self, const char *sql, pubint_error *error) {
  for (int i = 0; i < self->statements_count; i++) {
    if (self->statements[i].sql == sql) return self->statements[i].statement;
  }
  sqlite3_stmt *statement;
  if (self->statements_count == STATEMENTS_MAX) {
    complain(self, PI_E_LEDGER_FAILS, "too many statements", error);
    return NULL;
  }
  if (sqlite3_prepare_v3(self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
    pi_ledger_fail(self, error);
    return NULL;
  }
  self->statements[self->statements_count].sql = sql;
  self->statements[self->statements_count++].statement = statement;
  return statement;
}

void pi_ledger_reset(sqlite3_stmt *statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
}

pubint_status pi_ledger_prepare(pi_ledger *self, pi_buffer *sql, sqlite3_stmt **out, pubint_error *error) {
  const char *text = pi_buffer_end(sql);
  *out = NULL;
  if (text == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  return sqlite3_prepare_v2(self->db, text, -1, out, NULL) == SQLITE_OK ? PUBINT_OK
                                                                        : pi_ledger_fail(self, error);
}

void pi_ledger_finalize(sqlite3_stmt *statement) {
  sqlite3_finalize(statement);
}

/* Only a text beyond SQLite's limit of a gigabyte fails to bind: no text here comes near it. */
void pi_ledger_bind_text(sqlite3_stmt *statement, int index, pi_slice text) {
  if (text.ptr == NULL) {
    sqlite3_bind_null(statement, index);
  } else {
    sqlite3_bind_text(statement, index, text.ptr, (int)text.len, SQLITE_STATIC);
  }
}

void pi_ledger_bind_number(sqlite3_stmt *statement, int index, int64_t number) {
  sqlite3_bind_int64(statement, index, number);
}

void pi_ledger_bind_bytes(sqlite3_stmt *statement, int index, pi_slice bytes) {
  sqlite3_bind_blob(statement, index, bytes.ptr, (int)bytes.len, SQLITE_STATIC);
}

pubint_status pi_ledger_next(pi_ledger *self, sqlite3_stmt *statement, bool *row, pubint_error *error) {
  int result = sqlite3_step(statement);
  *row = result == SQLITE_ROW;
  return result == SQLITE_ROW || result == SQLITE_DONE ? PUBINT_OK : pi_ledger_fail(self, error);
}

pubint_status pi_ledger_run(pi_ledger *self, sqlite3_stmt *statement, pubint_error *error) {
  bool row;
  pubint_status status = pi_ledger_next(self, statement, &row, error);
  pi_ledger_reset(statement);
  return status;
}

pi_slice pi_ledger_text(sqlite3_stmt *statement, int column) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  return (pi_slice){text, text != NULL ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

pi_slice pi_ledger_bytes(sqlite3_stmt *statement, int column) {
  const char *bytes = sqlite3_column_blob(statement, column);
  return (pi_slice){bytes, bytes != NULL ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

pi_slice pi_ledger_copy(sqlite3_stmt *statement, int column, pi_arena *arena, bool *failed) {
  if (pi_ledger_kind(statement, column) == PI_COLUMN_NULL) return (pi_slice){NULL, 0};
  pi_slice text = pi_ledger_text(statement, column);
  pi_slice copy = text.ptr != NULL ? pi_arena_copy(arena, text) : text;
  if (copy.ptr == NULL) *failed = true;
  return copy;
}

int64_t pi_ledger_number(sqlite3_stmt *statement, int column) {
  return sqlite3_column_int64(statement, column);
}

int pi_ledger_columns(sqlite3_stmt *statement) {
  return sqlite3_column_count(statement);
}

/* Strict tables hold neither floats nor blobs where numbers and texts are asked for. */
pi_column pi_ledger_kind(sqlite3_stmt *statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
  case SQLITE_NULL: return PI_COLUMN_NULL;
  case SQLITE_INTEGER: return PI_COLUMN_NUMBER;
  default: return PI_COLUMN_TEXT;
  }
}
