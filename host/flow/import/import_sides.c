#include "import_sides.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case.h"
#include "errors.h"
#include "import_stream.h"
#include "import_values.h"
#include "nearest.h"
#include "quoted_limits.h"
#include "source.h"
#include "times.h"

enum { ARENA_BLOCK = 64 * 1024, USERNAME_BYTES_MAX = 256, ROWS_OF_ONE_MAX = 64 };

/* Cells take 40 bytes and stand for at least one of the file. */
#define ARENA_MAX ((size_t)8 * 1024 * 1024 * 1024)

typedef struct column_row {
  const char *name;
  int fact; /* PI_FACT_COUNT: none */
} column_row;

enum { PI_FACT_NONE = PI_FACT_COUNT };
static const column_row OFFICE_COLUMNS[] = {
#define OFFICE_COLUMN(NAME, name, fact, example, doc) {name, PI_FACT_##fact},
#include "import_columns.def"
};
static const column_row VIOLATION_COLUMNS[] = {
#define VIOLATION_COLUMN(NAME, name, example, doc) {name, PI_FACT_NONE},
#include "import_columns.def"
};

/* What a file of one kind has. */
typedef struct side_kind {
  const column_row *columns;
  size_t columns_count;
  bool context; /* facts of the context may stand as columns of their paths */
} side_kind;
static const side_kind OFFICES = {OFFICE_COLUMNS, PI_OFFICE_COLUMN_COUNT, false};
static const side_kind VIOLATIONS = {VIOLATION_COLUMNS, PI_VIOLATION_COLUMN_COUNT, true};

/* Of the context what payloads do not say, and what fits a cell. */
static bool takes_fact(const side_kind *kind, pi_fact fact) {
  pi_group group = PI_FACTS[fact].group;
  bool context = group == PI_GROUP_CONTEXT || group == PI_GROUP_TARGET || group == PI_GROUP_OFFLINE_HARM;
  return kind->context && context && fact != PI_FACT_WITHHELD_IN && fact != PI_FACT_SIGNALS;
}

/* --- refusing --- */

/* A row, at `cell`, that cannot be used; `other`, which may be NULL, is what it contradicts. */
static pubint_status refuse_row(const pi_import_side *self, const pi_csv_cell *cell, const char *message,
                                const char *expected, const pi_csv_cell *other, pubint_error *error) {
  pubint_status status = pi_error_setf(error, PI_E_CSV_ROW, "%s", message);
  if (error == NULL) return status;
  pi_csv_place(&self->csv, cell, error);
  pi_error_found(error, cell->text.ptr, cell->text.len);
  pi_error_field(error->expected, sizeof error->expected, expected, strlen(expected));
  if (other != NULL) {
    snprintf(error->hint, sizeof error->hint, "the other is in line %llu", (unsigned long long)other->line);
  }
  return status;
}

static pubint_status refuse_column(const pi_import_side *self, const side_kind *kind, const pi_csv_cell *cell,
                                   pubint_error *error) {
  pubint_status status = pi_error_set(error, PI_E_CSV_COLUMN);
  if (error == NULL) return status;
  pi_csv_place(&self->csv, cell, error);
  pi_error_found(error, cell->text.ptr, cell->text.len);
  pi_nearest nearest;
  pi_nearest_init(&nearest, cell->text);
  size_t length = 0;
  for (size_t i = 0; i < kind->columns_count; i++) {
    pi_nearest_offer(&nearest, pi_slice_of(kind->columns[i].name));
    if (length >= sizeof error->expected) continue;
    length += (size_t)snprintf(error->expected + length, sizeof error->expected - length, "%s%s",
                               i > 0 ? ", " : "one of ", kind->columns[i].name);
  }
  pi_slice own = {NULL, 0}; /* the path whose last part the cell is */
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (!takes_fact(kind, (pi_fact)fact)) continue;
    pi_nearest_offer(&nearest, PI_FACTS[fact].path);
    if (pi_slice_equal(cell->text, PI_FACTS[fact].key)) own = PI_FACTS[fact].path;
  }
  if (kind->context && length < sizeof error->expected)
    snprintf(error->expected + length, sizeof error->expected - length, ", context.PATH");
  if (own.ptr != NULL) nearest.best = own;
  if (memchr(cell->text.ptr, ';', cell->text.len) != NULL) {
    snprintf(error->hint, sizeof error->hint, "columns are parted by commas, not by semicolons");
  } else if (nearest.best.ptr != NULL) {
    snprintf(error->hint, sizeof error->hint, "did you mean %.*s?", (int)nearest.best.len, nearest.best.ptr);
  }
  return status;
}

/* --- columns --- */

static bool match_column(pi_import_side *self, const side_kind *kind, pi_slice name, int column) {
  for (size_t i = 0; i < kind->columns_count; i++) {
    if (!pi_slice_equal(name, pi_slice_of(kind->columns[i].name))) continue;
    self->columns[i] = column;
    if (kind->columns[i].fact != PI_FACT_NONE) self->fact_columns[kind->columns[i].fact] = column;
    return true;
  }
  pi_fact fact = pi_fact_find(name);
  if (fact == PI_FACT_COUNT || !takes_fact(kind, fact)) return false;
  self->fact_columns[fact] = column;
  return true;
}

static pubint_status match_columns(pi_import_side *self, const side_kind *kind, pubint_error *error) {
  for (size_t i = 0; i < PI_OFFICE_COLUMN_COUNT; i++) self->columns[i] = PI_IMPORT_NO_COLUMN;
  for (size_t i = 0; i < PI_FACT_COUNT; i++) self->fact_columns[i] = PI_IMPORT_NO_COLUMN;
  for (size_t i = 0; i < self->csv.columns; i++) {
    const pi_csv_cell *cell = pi_csv_head(&self->csv, i);
    if (!match_column(self, kind, cell->text, (int)i)) return refuse_column(self, kind, cell, error);
  }
  return PUBINT_OK;
}

static pubint_status refuse_no_column(const pi_import_side *self, const char *expected, pubint_error *error) {
  pubint_status status = pi_error_setf(error, PI_E_CSV_COLUMN, "a column is missing");
  if (error == NULL) return status;
  pi_csv_place(&self->csv, pi_csv_head(&self->csv, 0), error);
  pi_error_field(error->expected, sizeof error->expected, expected, strlen(expected));
  return status;
}

const pi_csv_cell *pi_import_cell(const pi_import_side *self, size_t row, int column) {
  if (column == PI_IMPORT_NO_COLUMN) return NULL;
  const pi_csv_cell *cell = pi_csv_at(&self->csv, row, (size_t)column);
  return cell->text.len > 0 ? cell : NULL;
}

static bool same_cells(const pi_csv_cell *a, const pi_csv_cell *b) {
  return a == NULL || b == NULL ? a == b : pi_slice_equal(a->text, b->text);
}

/* --- loading --- */

static pubint_status load(pi_import_side *self, const char *name, const pi_slice *given,
                          const side_kind *kind, pubint_error *error) {
  pi_buffer text;
  pi_buffer_init(&text, PI_IMPORT_VALUE_MAX);
  pi_arena_init(&self->arena, ARENA_BLOCK, ARENA_MAX);
  pubint_status status = PUBINT_OK;
  if (given == NULL) {
    status = pi_source_read_file(&text, name, PI_E_PAYLOAD_TOO_LARGE, error);
  } else {
    pi_buffer_slice(&text, *given);
    if (text.failed) status = pi_error_set(error, PI_E_NO_MEMORY);
  }
  self->text = text.data;
  if (status == PUBINT_OK) {
    status = pi_csv_read(&self->csv, (pi_slice){text.data, text.len}, name, &self->arena, error);
  }
  if (status == PUBINT_OK) status = match_columns(self, kind, error);
  if (status != PUBINT_OK) return status;
  size_t rows = self->csv.rows + 1;
  self->by_id = pi_arena_alloc(&self->arena, rows * sizeof *self->by_id);
  self->by_name = pi_arena_alloc(&self->arena, rows * sizeof *self->by_name);
  self->used = pi_arena_alloc(&self->arena, rows * sizeof *self->used);
  if (self->by_id == NULL || self->by_name == NULL || self->used == NULL) {
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  memset(self->used, 0, rows * sizeof *self->used);
  return PUBINT_OK;
}

void pi_import_side_dispose(pi_import_side *self) {
  pi_arena_dispose(&self->arena);
  free(self->text);
  *self = (pi_import_side){0};
}

/* 1.26623E+18: what a spreadsheet makes of an id, which is lost then. */
static bool is_spreadsheet_number(pi_slice text) {
  size_t i = 0;
  while (i < text.len && ((text.ptr[i] >= '0' && text.ptr[i] <= '9') || text.ptr[i] == '.')) i++;
  return i > 0 && i + 1 < text.len && (text.ptr[i] == 'E' || text.ptr[i] == 'e') && text.ptr[i + 1] == '+';
}

static pubint_status check_id(const pi_import_side *self, const pi_csv_cell *cell, pubint_error *error) {
  if (!is_spreadsheet_number(cell->text)) return PUBINT_OK;
  return refuse_row(self, cell, "an id that a spreadsheet has rounded", "the id itself, in a column of text",
                    NULL, error);
}

static void add_key(pi_json_member *keys, size_t *count, pi_slice key, size_t row) {
  keys[(*count)++] = (pi_json_member){key, key.ptr, (uint32_t)row, 0};
}

/* Calls `check` on every pair of rows with the same key, the earlier one first. */
typedef pubint_status (*check_pair)(const pi_import_side *self, size_t first, size_t second,
                                    pubint_error *error);

static pubint_status check_pairs(const pi_import_side *self, const pi_json_member *keys, size_t count,
                                 size_t most, check_pair check, pubint_error *error) {
  for (size_t begin = 0, end; begin < count; begin = end) {
    for (end = begin + 1; end < count && pi_slice_equal(keys[end].key, keys[begin].key); end++) {
      if (end - begin >= most) {
        const pi_csv_cell *cell = pi_csv_at(&self->csv, keys[end].index, 0);
        const pi_csv_cell *first = pi_csv_at(&self->csv, keys[begin].index, 0);
        char expected[64];
        snprintf(expected, sizeof expected, "at most %zu rows", most);
        return refuse_row(self, cell, "too many rows for one account or Tweet", expected, first, error);
      }
      for (size_t i = begin; i < end; i++) {
        pubint_status status = check(self, keys[i].index, keys[end].index, error);
        if (status != PUBINT_OK) return status;
      }
    }
  }
  return PUBINT_OK;
}

/* A handle in small letters, which is how handles are compared. */
static void write_small(char *out, pi_slice name) {
  for (size_t i = 0; i < name.len; i++) {
    char byte = name.ptr[i];
    out[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
  }
}

/* --- offices --- */

/* The seconds from which (since) or before which (until) a row holds; false where it does not say. */
static bool bound(const pi_import_side *self, size_t row, pi_office_column column, int64_t *seconds) {
  const pi_csv_cell *cell = pi_import_cell(self, row, self->columns[column]);
  if (cell == NULL) return false;
  if (pi_time_date(cell->text, seconds)) {
    if (column == PI_OFFICE_UNTIL) *seconds += PI_TIME_DAY;
  } else {
    *seconds = pi_time_seconds(cell->text);
  }
  return true;
}

/* Whether the row holds at some time before `end` and from `begin` on. */
static bool holds_within(const pi_import_side *self, size_t row, int64_t begin, int64_t end) {
  int64_t since, until;
  if (bound(self, row, PI_OFFICE_SINCE, &since) && since >= end) return false;
  return !bound(self, row, PI_OFFICE_UNTIL, &until) || until > begin;
}

/* Whether the earlier row's last day is the first day of the later one, as in registers, where a term ends on
 * the day on which the next begins: the later row has that day. */
static bool meet_on_a_day(const pi_import_side *self, size_t earlier, size_t later) {
  const pi_csv_cell *until = pi_import_cell(self, earlier, self->columns[PI_OFFICE_UNTIL]);
  const pi_csv_cell *since = pi_import_cell(self, later, self->columns[PI_OFFICE_SINCE]);
  int64_t last, first, begin, end;
  if (until == NULL || since == NULL || !pi_time_date(until->text, &last) ||
      !pi_time_date(since->text, &first) || last != first) {
    return false;
  }
  bool begins_before = !bound(self, earlier, PI_OFFICE_SINCE, &begin) || begin < first;
  return begins_before && (!bound(self, later, PI_OFFICE_UNTIL, &end) || end > first);
}

/* Whether two rows say the same of the account, but for when. */
static bool say_the_same(const pi_import_side *self, size_t first, size_t second) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    const pi_csv_cell *a = pi_import_cell(self, first, self->fact_columns[fact]);
    const pi_csv_cell *b = pi_import_cell(self, second, self->fact_columns[fact]);
    if (!same_cells(a, b)) return false;
  }
  return true;
}

static pubint_status check_offices(const pi_import_side *self, size_t first, size_t second,
                                   pubint_error *error) {
  int64_t begin = INT64_MIN, end = INT64_MAX;
  bound(self, second, PI_OFFICE_SINCE, &begin);
  bound(self, second, PI_OFFICE_UNTIL, &end);
  if (!holds_within(self, first, begin, end) || say_the_same(self, first, second)) return PUBINT_OK;
  if (meet_on_a_day(self, first, second) || meet_on_a_day(self, second, first)) return PUBINT_OK;
  return refuse_row(self, pi_csv_at(&self->csv, second, 0), "two rows for one account at the same time",
                    "rows whose since and until do not overlap", pi_csv_at(&self->csv, first, 0), error);
}

static pubint_status check_bound(const pi_import_side *self, size_t row, pi_office_column column,
                                 pubint_error *error) {
  const pi_csv_cell *cell = pi_import_cell(self, row, self->columns[column]);
  int64_t seconds;
  if (cell == NULL || pi_time_date(cell->text, &seconds) || pi_time_fault(cell->text) == NULL) {
    return PUBINT_OK;
  }
  return refuse_row(self, cell, "not a date",
                    "a date that exists, 2021-01-20, or a time, 2021-01-20T17:00:00Z", NULL, error);
}

static pubint_status add_office(pi_import_side *self, size_t row, pubint_error *error) {
  pubint_status status = check_bound(self, row, PI_OFFICE_SINCE, error);
  if (status == PUBINT_OK) status = check_bound(self, row, PI_OFFICE_UNTIL, error);
  if (status != PUBINT_OK) return status;
  int64_t since, until;
  if (bound(self, row, PI_OFFICE_SINCE, &since) && bound(self, row, PI_OFFICE_UNTIL, &until) &&
      since >= until) {
    return refuse_row(self, pi_import_cell(self, row, self->columns[PI_OFFICE_UNTIL]),
                      "a row that ends before it begins", "until after since", NULL, error);
  }
  const pi_csv_cell *id = pi_import_cell(self, row, self->columns[PI_OFFICE_ACCOUNT_ID]);
  const pi_csv_cell *name = pi_import_cell(self, row, self->columns[PI_OFFICE_USERNAME]);
  if (id != NULL) {
    add_key(self->by_id, &self->by_id_count, id->text, row);
    return check_id(self, id, error);
  }
  if (name == NULL) {
    return refuse_row(self, pi_csv_at(&self->csv, row, 0), "a row for nobody", "account_id or username", NULL,
                      error);
  }
  pi_slice plain = name->text; /* as people write it, with an @ before it */
  if (plain.len > 1 && plain.ptr[0] == '@') plain = (pi_slice){plain.ptr + 1, plain.len - 1};
  char *small = pi_arena_alloc(&self->arena, plain.len);
  if (small == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  write_small(small, plain);
  add_key(self->by_name, &self->by_name_count, (pi_slice){small, plain.len}, row);
  return PUBINT_OK;
}

pubint_status pi_import_offices_load(pi_import_side *self, const char *name, const pi_slice *text,
                                     pubint_error *error) {
  pubint_status status = load(self, name, text, &OFFICES, error);
  if (status != PUBINT_OK) return status;
  if (self->columns[PI_OFFICE_ACCOUNT_ID] == PI_IMPORT_NO_COLUMN &&
      self->columns[PI_OFFICE_USERNAME] == PI_IMPORT_NO_COLUMN) {
    return refuse_no_column(self, "account_id or username", error);
  }
  for (size_t row = 0; row < self->csv.rows && status == PUBINT_OK; row++) {
    status = add_office(self, row, error);
  }
  if (status != PUBINT_OK) return status;
  pi_json_keys_sort(self->by_id, self->by_id_count);
  pi_json_keys_sort(self->by_name, self->by_name_count);
  status = check_pairs(self, self->by_id, self->by_id_count, ROWS_OF_ONE_MAX, check_offices, error);
  if (status != PUBINT_OK) return status;
  return check_pairs(self, self->by_name, self->by_name_count, ROWS_OF_ONE_MAX, check_offices, error);
}

static bool is_bounded(const pi_import_side *self, size_t row) {
  int64_t ignored;
  return bound(self, row, PI_OFFICE_SINCE, &ignored) || bound(self, row, PI_OFFICE_UNTIL, &ignored);
}

/* Of the rows that `keys` hold for an account. */
static pi_office_found choose(const pi_import_side *self, const pi_json_member *keys, size_t count,
                              pi_slice time, size_t *row) {
  if (time.ptr == NULL) {
    *row = keys[0].index;
    for (size_t i = 1; i < count; i++) {
      if (!say_the_same(self, *row, keys[i].index)) return PI_OFFICE_UNDATED;
    }
    return is_bounded(self, *row) ? PI_OFFICE_UNCHECKED : PI_OFFICE_FOUND;
  }
  int64_t seconds = pi_time_seconds(time);
  int64_t latest = INT64_MIN;
  pi_office_found found = PI_OFFICE_OUTSIDE;
  for (size_t i = 0; i < count; i++) {
    int64_t since = INT64_MIN;
    if (!holds_within(self, keys[i].index, seconds, seconds + 1)) continue;
    bound(self, keys[i].index, PI_OFFICE_SINCE, &since);
    if (found == PI_OFFICE_FOUND && since <= latest) continue;
    *row = keys[i].index;
    latest = since;
    found = PI_OFFICE_FOUND;
  }
  return found;
}

pi_office_found pi_import_office_find(pi_import_side *self, pi_slice account_id, pi_slice username,
                                      pi_slice time, size_t *row) {
  const pi_json_member *keys = self->by_id;
  size_t first = 0;
  size_t count = account_id.ptr != NULL ? pi_json_keys_find(keys, self->by_id_count, account_id, &first) : 0;
  char small[USERNAME_BYTES_MAX];
  if (count == 0 && username.ptr != NULL && username.len <= sizeof small) {
    write_small(small, username);
    keys = self->by_name;
    count = pi_json_keys_find(keys, self->by_name_count, (pi_slice){small, username.len}, &first);
  }
  if (count == 0) return PI_OFFICE_NO_ROW;
  for (size_t i = first; i < first + count; i++) self->used[keys[i].index] = true;
  return choose(self, keys + first, count, time, row);
}

/* --- violations --- */

static bool is_none(const pi_csv_cell *rule) {
  return pi_slice_equal(rule->text, PI_SLICE("none"));
}

/* Two rows of one Tweet name different violations, and do not contradict each other about its context. */
static pubint_status check_violations(const pi_import_side *self, size_t first, size_t second,
                                      pubint_error *error) {
  const pi_csv_cell *a = pi_import_cell(self, first, self->columns[PI_VIOLATION_RULE]);
  const pi_csv_cell *b = pi_import_cell(self, second, self->columns[PI_VIOLATION_RULE]);
  int kind = self->columns[PI_VIOLATION_KIND];
  if (same_cells(a, b) && same_cells(pi_import_cell(self, first, kind), pi_import_cell(self, second, kind))) {
    return refuse_row(self, b, "the same violation twice", "each rule and kind once for a Tweet", a, error);
  }
  if (is_none(a) || is_none(b)) {
    return refuse_row(self, b, "a Tweet that breaks a rule and none", "one or the other", a, error);
  }
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    const pi_csv_cell *one = pi_import_cell(self, first, self->fact_columns[fact]);
    const pi_csv_cell *other = pi_import_cell(self, second, self->fact_columns[fact]);
    if (one == NULL || other == NULL || same_cells(one, other)) continue;
    return refuse_row(self, other, "two rows of one Tweet differ about its context",
                      "the same in every row, or an empty cell", one, error);
  }
  return PUBINT_OK;
}

static pubint_status add_violation(pi_import_side *self, size_t row, pubint_error *error) {
  const pi_csv_cell *id = pi_import_cell(self, row, self->columns[PI_VIOLATION_TWEET_ID]);
  const pi_csv_cell *rule = pi_import_cell(self, row, self->columns[PI_VIOLATION_RULE]);
  if (id == NULL || rule == NULL) {
    pi_violation_column column = id == NULL ? PI_VIOLATION_TWEET_ID : PI_VIOLATION_RULE;
    return refuse_row(self, pi_csv_at(&self->csv, row, (size_t)self->columns[column]), "an empty cell",
                      id == NULL ? "a Tweet's id" : "a rule; none where it breaks none", NULL, error);
  }
  static const pi_violation_column PARTS[] = {PI_VIOLATION_KIND, PI_VIOLATION_GROUNDS, PI_VIOLATION_SPANS};
  for (size_t i = 0; is_none(rule) && i < sizeof PARTS / sizeof *PARTS; i++) {
    const pi_csv_cell *cell = pi_import_cell(self, row, self->columns[PARTS[i]]);
    if (cell == NULL) continue;
    return refuse_row(self, cell, "part of a violation where no rule is broken", "an empty cell", NULL,
                      error);
  }
  add_key(self->by_id, &self->by_id_count, id->text, row);
  return check_id(self, id, error);
}

pubint_status pi_import_violations_load(pi_import_side *self, const char *name, const pi_slice *text,
                                        pubint_error *error) {
  pubint_status status = load(self, name, text, &VIOLATIONS, error);
  if (status != PUBINT_OK) return status;
  if (self->columns[PI_VIOLATION_TWEET_ID] == PI_IMPORT_NO_COLUMN ||
      self->columns[PI_VIOLATION_RULE] == PI_IMPORT_NO_COLUMN) {
    return refuse_no_column(self, "tweet_id and rule", error);
  }
  for (size_t row = 0; row < self->csv.rows && status == PUBINT_OK; row++) {
    status = add_violation(self, row, error);
  }
  if (status != PUBINT_OK) return status;
  pi_json_keys_sort(self->by_id, self->by_id_count);
  return check_pairs(self, self->by_id, self->by_id_count, PI_VIOLATIONS_MAX, check_violations, error);
}

size_t pi_import_violations_find(pi_import_side *self, pi_slice tweet_id, size_t *first) {
  size_t count = pi_json_keys_find(self->by_id, self->by_id_count, tweet_id, first);
  for (size_t i = *first; i < *first + count; i++) self->used[self->by_id[i].index] = true;
  return count;
}
