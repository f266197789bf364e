#include "store.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "errors.h"
#include "store_inside.h"

enum { STRIDE = 1000000 }; /* in steps of SQLite's machine, after which they are looked at */

/* ---- errors ---- */

pubint_status pi_ledger_complain(const pi_ledger *self, pi_code code, const char *found,
                                 pubint_error *error) {
  pubint_status status = pi_error_set(error, code);
  if (error == NULL) return status;
  pi_error_field(error->file, sizeof error->file, self->file, strlen(self->file));
  if (found != NULL) pi_error_found(error, found, strlen(found));
  return status;
}

static pubint_status took_too_long(const pi_ledger *self, pubint_error *error) {
  pubint_status status = pi_ledger_complain(self, PI_E_LEDGER_SLOW, NULL, error);
  if (error == NULL) return status;
  snprintf(error->message, sizeof error->message,
           "the ledger's query took too long: it was ended after %lld million steps",
           (long long)(self->steps_max / STRIDE));
  return status;
}

/* What went wrong in SQLite, as an error of ours. */
pubint_status pi_ledger_fail_by(const pi_ledger *self, int result, pubint_error *error) {
  switch (result & 0xff) {
  case SQLITE_NOMEM: return pi_error_set(error, PI_E_NO_MEMORY);
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return pi_ledger_complain(self, PI_E_LEDGER_BUSY, NULL, error);
  case SQLITE_INTERRUPT: return took_too_long(self, error);
  default: break;
  }
  bool last =
      (sqlite3_errcode(self->db) & 0xff) == (result & 0xff); /* what SQLite itself says last is of it */
  return pi_ledger_complain(self, PI_E_LEDGER_FAILS, last ? sqlite3_errmsg(self->db) : sqlite3_errstr(result),
                            error);
}

static pubint_status fail(const pi_ledger *self, pubint_error *error) {
  return pi_ledger_fail_by(self, sqlite3_errcode(self->db), error);
}

/* ---- how long a statement may take ---- */

/* Called by SQLite once a stride; anything but 0 ends what runs. */
static int count_stride(void *data) {
  pi_ledger *self = data;
  int64_t *strides = self->running != NULL ? self->running : &self->strides;
  return ++*strides >= self->steps_max / STRIDE;
}

void pi_ledger_bound(pi_ledger *self) {
  self->steps_max = PI_LEDGER_STEPS_MAX;
  sqlite3_progress_handler(self->db, STRIDE, count_stride, self);
}

pubint_status pi_ledger_run_text(pi_ledger *self, const char *sql, pubint_error *error) {
  self->strides = 0;
  return sqlite3_exec(self->db, sql, NULL, NULL, NULL) == SQLITE_OK ? PUBINT_OK : fail(self, error);
}

sqlite3 *pi_ledger_connection(pi_ledger *self) {
  return self->db;
}

void pi_ledger_disconnect(pi_ledger *self) {
  for (int i = 0; i < self->statements_count; i++) sqlite3_finalize(self->statements[i].statement);
  memset(self->statements, 0, sizeof self->statements);
  self->statements_count = 0;
  sqlite3_close(self->db);
  self->db = NULL;
  self->depth = 0;
}

void pi_ledger_set_clock(pi_ledger *self, pi_ledger_clock clock, void *of) {
  self->clock = clock;
  self->clock_of = of;
}

int64_t pi_ledger_now(const pi_ledger *self) {
  return self->clock != NULL ? self->clock(self->clock_of) : (int64_t)time(NULL);
}

/* ---- transactions ---- */

pubint_status pi_ledger_begin(pi_ledger *self, bool writes, pubint_error *error) {
  if (self->depth == 0) {
    pubint_status status = pi_ledger_run_text(self, writes ? "BEGIN IMMEDIATE" : "BEGIN", error);
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
  pubint_status status = pi_ledger_run_text(self, "COMMIT", error);
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
  if (i == STATEMENTS_MAX) query->failure = SQLITE_MISUSE;
  if (query->statement != NULL || i == STATEMENTS_MAX) return query;
  query->sql = sql;
  query->failure = sqlite3_prepare_v3(self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &query->statement, NULL);
  if (i == self->statements_count) self->statements_count++;
  return query;
}

void pi_ledger_reset(pi_query *query) {
  sqlite3_reset(query->statement);
  if (query->statement != NULL) sqlite3_clear_bindings(query->statement);
  if (query->statement != NULL) query->failure = SQLITE_OK;
  query->stranger = NULL;
  query->bound = 0;
  query->strides = 0;
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

static void keep_result(pi_query *query, int result) {
  if (query->failure == SQLITE_OK) query->failure = result;
}

void pi_ledger_bind_text(pi_query *query, const char *name, pi_slice text) {
  int place = place_of(query, name);
  if (place == 0) return;
  keep_result(query, sqlite3_bind_text(query->statement, place, text.ptr, (int)text.len, SQLITE_STATIC));
}

void pi_ledger_bind_number(pi_query *query, const char *name, int64_t number) {
  int place = place_of(query, name);
  if (place > 0) keep_result(query, sqlite3_bind_int64(query->statement, place, number));
}

void pi_ledger_bind_bytes(pi_query *query, const char *name, pi_slice bytes) {
  int place = place_of(query, name);
  if (place == 0) return;
  keep_result(query, sqlite3_bind_blob(query->statement, place, bytes.ptr, (int)bytes.len, SQLITE_STATIC));
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
  return pi_ledger_complain(query->ledger, PI_E_LEDGER_FAILS, found, error);
}

bool pi_ledger_next(pi_query *query, pubint_status *status, pubint_error *error) {
  if (*status != PUBINT_OK) return false;
  if (query->statement == NULL || query->failure != SQLITE_OK) {
    *status = pi_ledger_fail_by(query->ledger, query->failure, error);
  } else {
    *status = check_bound(query, error);
  }
  if (*status != PUBINT_OK) return false;
  query->ledger->running = &query->strides;
  int result = sqlite3_step(query->statement);
  query->ledger->running = NULL;
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
