/* The tables of a ledger, and how an older file is brought up to date.
 *
 * One row of `audit` an operation; every record row carries the sequence of the operation that wrote it. No
 * record row is ever changed or deleted: a reopened case gets a new round. Every table but `queue`,
 * `profiles` and `persons_before`, which are derived from the records, is a table of records. Times are
 * seconds since 1970, UTC.
 *
 *   cases 1─n rounds 1─n steps 1─1 findings    required: how many backgrounds a decision needs, only raised
 *                              1─n informed    queue: where each case stands, kept by triggers, checked by
 *                    1─n violated                     the view
 *                                              profiles: what precedents are found by
 *   persons: the key of who did an operation, one each; persons_before: of those before there were keys
 *   corrections: what was said of a round or a step later, and the time as of which it counts
 *
 * The words of a record stand in views (step_actions, round_bases, round_bars, never_excepted): another
 * action, basis, bar or never-excepted rule is a migration that drops the view and makes it anew with one row
 * more, and a state is one in queue_now. No record is touched by it.
 *
 * The order of the process is decided by process.c. It stands here again, as constraints and triggers,
 * against mistakes of other clients; what a hostile one could do is what the audit chain is for.
 */
#ifndef PI_LEDGER_SCHEMA_H
#define PI_LEDGER_SCHEMA_H

#include <stdbool.h>

#include "slice.h"

/* "PILg": what `PRAGMA application_id` of a ledger says. */
enum { PI_LEDGER_APPLICATION = 0x50494c67 };

/* The version that `PRAGMA user_version` says once all migrations ran: PI_MIGRATIONS_COUNT. */
typedef struct pi_migration {
  const char *const *statements; /* ends in NULL; run in one transaction */
  const char *brought;           /* a table or trigger of it that no version takes away */
  const char *digest;            /* of the whole schema of a ledger of that version (store_schema.c) */
} pi_migration;

/* Migration i leads from version i to i + 1 (ledger_schemas.def). */
extern const pi_migration PI_MIGRATIONS[];
extern const int PI_MIGRATIONS_COUNT;

#define SCHEMA(n, brings, digest) extern const char *const PI_SCHEMA_##n[];
#include "ledger_schemas.def"
#undef SCHEMA

/* A table of records as the audit chain covers it. What `rows` selects is never edited once released. A table
 * that came later is another row at the end: it says nothing in the link of an operation that wrote none of
 * its rows, so that the links of earlier ledgers hold. */
typedef struct pi_record_table {
  const char *name;
  bool later;       /* than version 1: each of its rows is led by the name, and without rows nothing is */
  const char *rows; /* of operation ?1: the columns besides `entry`, the rows in a fixed order */
} pi_record_table;

extern const pi_record_table PI_RECORD_TABLES[];
extern const int PI_RECORD_TABLES_COUNT;

#endif
