/* What store.c and store_open.c share; nobody else includes it. */
#ifndef PI_STORE_INSIDE_H
#define PI_STORE_INSIDE_H

#include "errors.h"
#include "store.h"

struct sqlite3_stmt;

enum { STATEMENTS_MAX = 64, PARAMETERS_MAX = 64 };

struct pi_query {
  pi_ledger *ledger;
  const char *sql;
  struct sqlite3_stmt *statement; /* NULL: it could not be prepared */
  int failure;                    /* why; else the first that was not bound, SQLITE_OK: none */
  const char *stranger;           /* a name that was to be bound and is none of its own; NULL: none */
  uint64_t bound;                 /* bit i - 1: parameter i */
};

struct pi_ledger {
  struct sqlite3 *db;
  char *file;
  int depth; /* transactions begun and not ended */
  int statements_count;
  pi_query statements[STATEMENTS_MAX + 1]; /* the last is never prepared */
};

/* An error of the ledger's file; `found` may be NULL. (store.c) */
pubint_status pi_ledger_complain(const pi_ledger *self, pi_code code, const char *found, pubint_error *error);

/* What SQLite's `result` says, as an error of ours. (store.c) */
pubint_status pi_ledger_fail_by(const pi_ledger *self, int result, pubint_error *error);

/* Runs statements that give no rows. (store.c) */
pubint_status pi_ledger_run_text(pi_ledger *self, const char *sql, pubint_error *error);

#endif
