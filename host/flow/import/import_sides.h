/* What no payload says: who holds which office, and what a Tweet violates, from CSV files of the operator's.
 *
 * A file that contradicts itself is refused as a whole, before anything is imported. What its cells say is
 * judged by the reader of cases, Tweet by Tweet.
 */
#ifndef PI_IMPORT_SIDES_H
#define PI_IMPORT_SIDES_H

#include <stdbool.h>
#include <stdint.h>

#include "csv.h"
#include "facts.h"
#include "json_keys.h"

typedef enum pi_office_column {
#define OFFICE_COLUMN(NAME, name, fact, example, doc) PI_OFFICE_##NAME,
#include "import_columns.def"
  PI_OFFICE_COLUMN_COUNT
} pi_office_column;

typedef enum pi_violation_column {
#define VIOLATION_COLUMN(NAME, name, example, doc) PI_VIOLATION_##NAME,
#include "import_columns.def"
  PI_VIOLATION_COLUMN_COUNT
} pi_violation_column;

_Static_assert((int)PI_VIOLATION_COLUMN_COUNT <= (int)PI_OFFICE_COLUMN_COUNT, "one array holds either's");

enum { PI_IMPORT_NO_COLUMN = -1 };

/* One side file. Without one (`csv.file` NULL) it has no rows. */
typedef struct pi_import_side {
  pi_csv csv;
  pi_arena arena;
  char *text;                          /* the file, owned */
  int columns[PI_OFFICE_COLUMN_COUNT]; /* where each of its known columns is in the file */
  int fact_columns[PI_FACT_COUNT];     /* where each fact's is */
  pi_json_member *by_id;               /* rows by account_id or tweet_id, sorted; index: the row */
  size_t by_id_count;
  pi_json_member *by_name; /* offices without account_id, by the username in small letters */
  size_t by_name_count;
  bool *used; /* rows that some Tweet took */
} pi_import_side;

/* Reads the file `name`, or `text` under that name where it is not NULL. `self` was zero-initialised and must
 * be disposed of whatever the status is. */
pubint_status pi_import_offices_load(pi_import_side *self, const char *name, const pi_slice *text,
                                     pubint_error *error);
pubint_status pi_import_violations_load(pi_import_side *self, const char *name, const pi_slice *text,
                                        pubint_error *error);
void pi_import_side_dispose(pi_import_side *self);

/* A cell; NULL where the file has no such column or the cell is empty. */
const pi_csv_cell *pi_import_cell(const pi_import_side *self, size_t row, int column);

typedef enum pi_office_found {
  PI_OFFICE_FOUND,
  PI_OFFICE_NO_ROW,
  PI_OFFICE_OUTSIDE,   /* there are rows for the account, none for that time */
  PI_OFFICE_UNCHECKED, /* the only row has since or until, and the Tweet no date: it was taken */
  PI_OFFICE_UNDATED,   /* which of several rows holds depends on a date that is not known: none was taken */
} pi_office_found;

/* The row of an account at a time (RFC 3339). Texts that are not known have ptr NULL. */
pi_office_found pi_import_office_find(pi_import_side *self, pi_slice account_id, pi_slice username,
                                      pi_slice time, size_t *row);

/* The rows of a Tweet in the file's order: *first is their index in by_id. */
size_t pi_import_violations_find(pi_import_side *self, pi_slice tweet_id, size_t *first);

#endif
