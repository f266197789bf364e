/* A ledger file: opened and brought up to date, its transactions and its statements.
 *
 * Several processes may work on one file at once: a writer waits for its turn, at most
 * PI_LEDGER_WAIT_MS, and what pi_ledger_commit has reported done survives SIGKILL and a power cut. A
 * pi_ledger belongs to one thread.
 */
#ifndef PI_STORE_H
#define PI_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include <pubint/error.h>

#include "arena.h"
#include "buffer.h"
#include "slice.h"

struct sqlite3;

enum { PI_LEDGER_WAIT_MS = 30000 };
_Static_assert(PI_LEDGER_WAIT_MS == 30 * 1000, "what E4064 says");

/* How many steps of SQLite's machine one statement takes at most: twenty times what any takes on a ledger of
 * 100,000 cases (its own check of the file 49 million, the audit's and transparency's up to 32). What takes
 * more is ended: E4096. */
#define PI_LEDGER_STEPS_MAX ((int64_t)1000 * 1000 * 1000)

typedef struct pi_ledger pi_ledger;

/* What it is opened for. Who reads needs no more than to read the file: its folder may be closed to them or
 * be of a medium that nobody writes, and one of an earlier version is read from a copy that was brought up to
 * date. */
typedef enum pi_ledger_use {
  PI_LEDGER_READ,
  PI_LEDGER_WRITE,
  PI_LEDGER_CREATE, /* to write; where there is none it is made, and is its owner's alone */
  PI_LEDGER_AUDIT,  /* to read, also one whose views and triggers are not its own, as pi_audit_verify tells */
} pi_ledger_use;

/* Opens `file`, whose tables, views, indexes and triggers are compared with those of its version before any
 * of them is used: a file that has others is none that this program works on (E4085). On failure *out is
 * NULL. */
pubint_status pi_ledger_open(pi_ledger **out, const char *file, pi_ledger_use use, pubint_error *error);

/* An empty one that lasts until it is closed. */
pubint_status pi_ledger_open_new(pi_ledger **out, pubint_error *error);

/* The seconds since 1970, UTC, by the clock of whoever works on it: the machine's, until another is given. */
typedef int64_t (*pi_ledger_clock)(void *self);
void pi_ledger_set_clock(pi_ledger *self, pi_ledger_clock clock, void *of);
int64_t pi_ledger_now(const pi_ledger *self);

/* Whether nothing can be written to it. */
bool pi_ledger_reads_only(const pi_ledger *self);

/* Goes on with a copy that can be written and is gone when it is closed; outside transactions only. */
pubint_status pi_ledger_set_aside(pi_ledger *self, pubint_error *error);

/* Rolls back what is not committed; NULL is legal. */
void pi_ledger_close(pi_ledger *self);

/* The file's connection, for what has no call here; owned by the ledger. */
struct sqlite3 *pi_ledger_connection(pi_ledger *self);

/* Begins a transaction that writes, or one that reads: all its statements see one moment. Within one of the
 * caller's a further one counts as part of it: only the outermost commit commits, and a rollback at any
 * depth undoes all of it. */
pubint_status pi_ledger_begin(pi_ledger *self, bool writes, pubint_error *error);
pubint_status pi_ledger_commit(pi_ledger *self, pubint_error *error);
void pi_ledger_rollback(pi_ledger *self);

/* Commits when `status` is PUBINT_OK, else rolls back; the status that came of it. */
pubint_status pi_ledger_end(pi_ledger *self, pubint_status status, pubint_error *error);

/* Ends a transaction that only reads, whatever came of it: one of the caller's around it goes on. */
pubint_status pi_ledger_end_reading(pi_ledger *self, pubint_status status, pubint_error *error);

/* A statement of a ledger's. What goes wrong from its preparing on, its binding too, is said where its first
 * row is asked for: a name that it has not, and one of its own that was not bound. */
typedef struct pi_query pi_query;

/* The statement of that text, ready to be bound. It is kept for the next time: `sql` must be a string that
 * lasts as long as the ledger, and its own pointer names it. Give it back with pi_ledger_reset. */
pi_query *pi_ledger_statement(pi_ledger *self, const char *sql);
void pi_ledger_reset(pi_query *query);

/* One that is put together and used once; *out is NULL on failure. Give it back with pi_ledger_finalize. */
pubint_status pi_ledger_prepare(pi_ledger *self, pi_buffer *sql, pi_query **out, pubint_error *error);
void pi_ledger_finalize(pi_query *query);

/* Binds the parameter of that name, ":entry", wherever the statement has it; a slice whose .ptr is NULL is
 * NULL. The text is borrowed until the statement is reset. */
void pi_ledger_bind_text(pi_query *query, const char *name, pi_slice text);
void pi_ledger_bind_number(pi_query *query, const char *name, int64_t number);
void pi_ledger_bind_bytes(pi_query *query, const char *name, pi_slice bytes);

/* Steps to the next row; false at the end, where it fails, which *status says, and where *status is a failure
 * already. */
bool pi_ledger_next(pi_query *query, pubint_status *status, pubint_error *error);

/* Runs a statement that gives no rows, and resets it. */
pubint_status pi_ledger_run(pi_query *query, pubint_error *error);

/* The one number that a statement gives, 0 where it gives NULL or nothing; resets it. */
pubint_status pi_ledger_ask(pi_query *query, int64_t *out, pubint_error *error);

/* A column of the row, from 0: a text lasts until the next step, .ptr NULL where it is NULL; the copy lasts
 * as long as the arena, and *failed is set when memory runs out. */
pi_slice pi_ledger_text(pi_query *row, int column);
pi_slice pi_ledger_copy(pi_query *row, int column, pi_arena *arena, bool *failed);
typedef enum pi_column { PI_COLUMN_NULL, PI_COLUMN_NUMBER, PI_COLUMN_TEXT } pi_column;
int pi_ledger_columns(pi_query *row);
pi_column pi_ledger_kind(pi_query *row, int column);
int64_t pi_ledger_number(pi_query *row, int column);
pi_slice pi_ledger_bytes(pi_query *row, int column); /* a blob, as long as a text */

#endif
