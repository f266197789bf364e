#include "store.h"

#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "errors.h"
#include "file_error.h"
#include "ledger_schema.h"

enum { STATEMENTS_MAX = 64, PARAMETERS_MAX = 64, RETRY_MS = 5 };

struct pi_query {
  pi_ledger *ledger;
  const char *sql;
  sqlite3_stmt *statement; /* NULL: it could not be prepared */
  int failure;             /* why */
  const char *stranger;    /* a name that was to be bound and is none of its own; NULL: none */
  uint64_t bound;          /* bit i - 1: parameter i */
};

struct pi_ledger {
  sqlite3 *db;
  char *file;
  int depth; /* transactions begun and not ended */
  int statements_count;
  pi_query statements[STATEMENTS_MAX + 1]; /* the last is never prepared */
};

/* ---- errors ---- */

static pubint_status complain(const pi_ledger *self, pi_code code, const char *found, pubint_error *error) {
  pubint_status status = pi_error_set(error, code);
  if (error == NULL) return status;
  pi_error_field(error->file, sizeof error->file, self->file, strlen(self->file));
  if (found != NULL) pi_error_field(error->found, sizeof error->found, found, strlen(found));
  return status;
}

/* What went wrong in SQLite, as an error of ours. */
static pubint_status fail_by(const pi_ledger *self, int result, pubint_error *error) {
  switch (result & 0xff) {
  case SQLITE_NOMEM: return pi_error_set(error, PI_E_NO_MEMORY);
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return complain(self, PI_E_LEDGER_BUSY, NULL, error);
  default: return complain(self, PI_E_LEDGER_FAILS, sqlite3_errmsg(self->db), error);
  }
}

static pubint_status fail(const pi_ledger *self, pubint_error *error) {
  return fail_by(self, sqlite3_errcode(self->db), error);
}

static pubint_status run_text(pi_ledger *self, const char *sql, pubint_error *error) {
  return sqlite3_exec(self->db, sql, NULL, NULL, NULL) == SQLITE_OK ? PUBINT_OK : fail(self, error);
}

/* ---- opening ---- */

/* What is no database shows at the first look into it. */
static pubint_status ask(pi_ledger *self, const char *sql, int64_t *out, pubint_error *error) {
  pubint_status status = pi_ledger_ask(pi_ledger_statement(self, sql), out, error);
  bool foreign = status != PUBINT_OK && sqlite3_errcode(self->db) == SQLITE_NOTADB;
  return foreign ? complain(self, PI_E_NOT_A_LEDGER, NULL, error) : status;
}

/* A file that is somebody else's, or newer than this program, is left as it is. */
static pubint_status check_kind(pi_ledger *self, int64_t *version, pubint_error *error) {
  int64_t application = 0, objects = 0;
  pubint_status status = ask(self, "PRAGMA application_id", &application, error);
  if (status == PUBINT_OK) status = ask(self, "PRAGMA user_version", version, error);
  if (status == PUBINT_OK) status = ask(self, "SELECT count(*) FROM sqlite_schema", &objects, error);
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
    if (result != SQLITE_BUSY || waited >= PI_LEDGER_WAIT_MS) return fail(self, error);
    sqlite3_sleep(RETRY_MS);
  }
}

/* Some versions change what the file says of its tables themselves, which SQLite lets a program do and does
 * not check: this looks whether every row is still as its table wants it. It reads the whole file, once a
 * version. */
static pubint_status check_rows(pi_ledger *self, pubint_error *error) {
  int64_t faults = 0;
  pubint_status status =
      ask(self, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", &faults, error);
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
                                             : fail(self, error);
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

pi_query *pi_ledger_statement(pi_ledger *self, const char *sql) {
  int i = 0;
  while (i < self->statements_count && self->statements[i].sql != sql) i++;
  pi_query *query = &self->statements[i];
  query->ledger = self;
  assert(i < STATEMENTS_MAX); /* which is more than the program has */
  if (query->statement != NULL || i == STATEMENTS_MAX) return query;
  query->sql = sql;
  query->failure = sqlite3_prepare_v3(self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &query->statement, NULL);
  if (i == self->statements_count) self->statements_count++;
  return query;
}

void pi_ledger_reset(pi_query *query) {
  sqlite3_reset(query->statement);
  if (query->statement != NULL) sqlite3_clear_bindings(query->statement);
  query->stranger = NULL;
  query->bound = 0;
}

pubint_status pi_ledger_prepare(pi_ledger *self, pi_buffer *sql, pi_query **out, pubint_error *error) {
  const char *text = pi_buffer_end(sql);
  *out = text != NULL ? calloc(1, sizeof **out) : NULL;
  if (*out == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  (*out)->ledger = self;
  if (sqlite3_prepare_v2(self->db, text, -1, &(*out)->statement, NULL) == SQLITE_OK) return PUBINT_OK;
  free(*out);
  *out = NULL;
  return fail(self, error);
}

void pi_ledger_finalize(pi_query *query) {
  sqlite3_finalize(query->statement);
  free(query);
}

/* The place of a parameter; 0, at which SQLite binds nothing, where the statement has it not. */
static int place_of(pi_query *query, const char *name) {
  if (query->statement == NULL) return 0;
  int place = sqlite3_bind_parameter_index(query->statement, name);
  if (place == 0 || place > PARAMETERS_MAX) {
    query->stranger = name;
    return 0;
  }
  query->bound |= (uint64_t)1 << (place - 1);
  return place;
}

/* Only a text beyond SQLite's limit of a gigabyte fails to bind: no text here comes near it. */
void pi_ledger_bind_text(pi_query *query, const char *name, pi_slice text) {
  int place = place_of(query, name);
  if (place > 0) sqlite3_bind_text(query->statement, place, text.ptr, (int)text.len, SQLITE_STATIC);
}

void pi_ledger_bind_number(pi_query *query, const char *name, int64_t number) {
  int place = place_of(query, name);
  if (place > 0) sqlite3_bind_int64(query->statement, place, number);
}

void pi_ledger_bind_bytes(pi_query *query, const char *name, pi_slice bytes) {
  int place = place_of(query, name);
  if (place > 0) sqlite3_bind_blob(query->statement, place, bytes.ptr, (int)bytes.len, SQLITE_STATIC);
}

/* Whether every parameter was bound, by its own name. Nothing is done by half: a row with a value left out
 * would be on record for good. */
static pubint_status check_bound(const pi_query *query, pubint_error *error) {
  const char *wrong = query->stranger, *what = "a statement has no parameter";
  for (int i = sqlite3_bind_parameter_count(query->statement); i > 0 && wrong == NULL; i--) {
    const char *name = sqlite3_bind_parameter_name(query->statement, i);
    if (i <= PARAMETERS_MAX && (query->bound >> (i - 1) & 1u) != 0) continue;
    wrong = name != NULL ? name : "?";
    what = "a statement waits for its parameter";
  }
  if (wrong == NULL) return PUBINT_OK;
  char found[64];
  snprintf(found, sizeof found, "%s %s", what, wrong);
  return complain(query->ledger, PI_E_LEDGER_FAILS, found, error);
}

bool pi_ledger_next(pi_query *query, pubint_status *status, pubint_error *error) {
  if (*status != PUBINT_OK) return false;
  if (query->statement == NULL) {
    *status = fail_by(query->ledger, query->failure, error);
  } else {
    *status = check_bound(query, error);
  }
  if (*status != PUBINT_OK) return false;
  int result = sqlite3_step(query->statement);
  if (result != SQLITE_ROW && result != SQLITE_DONE) *status = fail(query->ledger, error);
  return result == SQLITE_ROW;
}

pubint_status pi_ledger_run(pi_query *query, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  pi_ledger_next(query, &status, error);
  pi_ledger_reset(query);
  return status;
}

pubint_status pi_ledger_ask(pi_query *query, int64_t *out, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  *out = pi_ledger_next(query, &status, error) ? pi_ledger_number(query, 0) : 0;
  pi_ledger_reset(query);
  return status;
}

pi_slice pi_ledger_text(pi_query *row, int column) {
  const char *text = (const char *)sqlite3_column_text(row->statement, column);
  return (pi_slice){text, text != NULL ? (size_t)sqlite3_column_bytes(row->statement, column) : 0};
}

pi_slice pi_ledger_bytes(pi_query *row, int column) {
  const char *bytes = sqlite3_column_blob(row->statement, column);
  return (pi_slice){bytes, bytes != NULL ? (size_t)sqlite3_column_bytes(row->statement, column) : 0};
}

pi_slice pi_ledger_copy(pi_query *row, int column, pi_arena *arena, bool *failed) {
  if (pi_ledger_kind(row, column) == PI_COLUMN_NULL) return (pi_slice){NULL, 0};
  pi_slice text = pi_ledger_text(row, column);
  pi_slice copy = text.ptr != NULL ? pi_arena_copy(arena, text) : text;
  if (copy.ptr == NULL) *failed = true;
  return copy;
}

int64_t pi_ledger_number(pi_query *row, int column) {
  return sqlite3_column_int64(row->statement, column);
}

int pi_ledger_columns(pi_query *row) {
  return sqlite3_column_count(row->statement);
}

/* Strict tables hold neither floats nor blobs where numbers and texts are asked for. */
pi_column pi_ledger_kind(pi_query *row, int column) {
  switch (sqlite3_column_type(row->statement, column)) {
  case SQLITE_NULL: return PI_COLUMN_NULL;
  case SQLITE_INTEGER: return PI_COLUMN_NUMBER;
  default: return PI_COLUMN_TEXT;
  }
}
