/* What store.c, store_open.c, store_schema.c and the audit share; nobody else includes it. */
#ifndef PI_STORE_INSIDE_H
#define PI_STORE_INSIDE_H

#include "errors.h"
#include "sha256.h"
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
  int64_t strides;                /* of SQLite's machine, since it was reset */
};

struct pi_ledger {
  struct sqlite3 *db;
  char *file;
  pi_ledger_clock clock; /* NULL: the machine's */
  void *clock_of;
  int depth;         /* transactions begun and not ended */
  int64_t steps_max; /* of a statement: PI_LEDGER_STEPS_MAX */
  int64_t strides;   /* of a statement that is none of its queries */
  int64_t *running;  /* the strides of what runs now; NULL: nothing does */
  int statements_count;
  pi_query statements[STATEMENTS_MAX + 1]; /* the last is never prepared */
};

/* An error of the ledger's file; `found` may be NULL. (store.c) */
pubint_status pi_ledger_complain(const pi_ledger *self, pi_code code, const char *found, pubint_error *error);

/* What SQLite's `result` says, as an error of ours. (store.c) */
pubint_status pi_ledger_fail_by(const pi_ledger *self, int result, pubint_error *error);

/* Ends a statement that takes more than PI_LEDGER_STEPS_MAX. (store.c) */
void pi_ledger_bound(pi_ledger *self);

/* Runs statements that give no rows. (store.c) */
pubint_status pi_ledger_run_text(pi_ledger *self, const char *sql, pubint_error *error);

/* Gives back its statements and its connection. (store.c) */
void pi_ledger_disconnect(pi_ledger *self);

/* Leads from version `from` to `to`, in the caller's transaction. (store_schema.c) */
pubint_status pi_ledger_run_migrations(pi_ledger *self, int from, int to, pubint_error *error);

/* How much of a schema is looked at: what a table is read by; what a view is read by too; what writes. */
typedef enum pi_schema_extent { PI_SCHEMA_TABLES, PI_SCHEMA_VIEWS, PI_SCHEMA_WHOLE } pi_schema_extent;

/* Whether the file's schema is that of `version`, from 1: E4085 names the first that differs. Nothing of the
 * file is run. (store_schema.c) */
pubint_status pi_ledger_check_schema(pi_ledger *self, int version, pi_schema_extent extent,
                                     pubint_error *error);

/* The SHA-256 of the file's whole schema. (store_schema.c) */
pubint_status pi_ledger_digest(pi_ledger *self, char out[PI_SHA256_HEX + 1], pubint_error *error);

#endif
