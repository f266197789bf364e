#include "csv.h"

#include <stdbool.h>
#include <stdio.h>

#include "errors.h"
#include "quoted_limits.h"
#include "utf8.h"

/* One pass over one file. */
typedef struct reader {
  pi_csv *out;
  pi_arena *arena;
  pubint_error *error;
  const char *p;
  const char *end;
  const char *line_begin;
  uint64_t line;
  pi_csv_cell *cells; /* what was read, the header first */
  size_t count;
  size_t cap;
} reader;

static pubint_status refuse(const reader *self, const char *at, const char *found, const char *expected) {
  pubint_status status = pi_error_set(self->error, PI_E_CSV);
  pubint_error *error = self->error;
  if (error == NULL) return status;
  pi_csv_place(self->out, &(pi_csv_cell){{at, 0}, self->line, (uint64_t)(at - self->line_begin) + 1}, error);
  pi_error_found(error, found, strlen(found));
  pi_error_field(error->expected, sizeof error->expected, expected, strlen(expected));
  return status;
}

void pi_csv_place(const pi_csv *self, const pi_csv_cell *cell, pubint_error *error) {
  if (error == NULL) return;
  pi_error_field(error->file, sizeof error->file, self->file, strlen(self->file));
  error->line = cell->line;
  error->column = cell->column;
}

/* The arena keeps what was moved away from: as much again at most. */
static pubint_status push(reader *self, pi_csv_cell cell) {
  if (self->count == self->cap) {
    size_t cap = self->cap == 0 ? 64 : self->cap * 2;
    pi_csv_cell *moved =
        cap > SIZE_MAX / sizeof *moved ? NULL : pi_arena_alloc(self->arena, cap * sizeof *moved);
    if (moved == NULL) return pi_error_set(self->error, PI_E_NO_MEMORY);
    if (self->count > 0) memcpy(moved, self->cells, self->count * sizeof *moved);
    self->cells = moved;
    self->cap = cap;
  }
  self->cells[self->count++] = cell;
  return PUBINT_OK;
}

/* Whether the line ends at `p`: its LF or CRLF, or the file's end. */
static bool line_ends(const reader *self, const char *p) {
  return p == self->end || *p == '\n' || (*p == '\r' && p + 1 < self->end && p[1] == '\n');
}

/* Whether the cell ends at `p`. */
static bool cell_ends(const reader *self, const char *p) {
  return line_ends(self, p) || *p == ',';
}

static pubint_status read_bare(reader *self, pi_slice *out) {
  const char *begin = self->p;
  const char *p = begin;
  for (; !cell_ends(self, p); p++) {
    if (*p == '"') {
      return refuse(self, p, "a quote within a cell", "the whole cell in quotes, and its quotes doubled");
    }
    if (*p == '\r') return refuse(self, p, "a CR without its LF", "lines that end in LF or CRLF");
  }
  *out = (pi_slice){begin, (size_t)(p - begin)};
  self->p = p;
  return PUBINT_OK;
}

/* Takes the doubled quotes of a cell apart. */
static pubint_status undouble(const reader *self, pi_slice text, size_t doubled, pi_slice *out) {
  *out = text;
  if (doubled == 0) return PUBINT_OK;
  char *copy = pi_arena_alloc(self->arena, text.len - doubled);
  if (copy == NULL) return pi_error_set(self->error, PI_E_NO_MEMORY);
  size_t length = 0;
  for (size_t i = 0; i < text.len; i++) {
    copy[length++] = text.ptr[i];
    if (text.ptr[i] == '"') i++;
  }
  *out = (pi_slice){copy, length};
  return PUBINT_OK;
}

static pubint_status read_quoted(reader *self, pi_slice *out) {
  const char *quote = self->p;
  const char *p = quote + 1;
  size_t doubled = 0;
  uint64_t lines = 0;
  const char *line_begin = self->line_begin;
  for (; p < self->end; p++) {
    if (*p == '"' && p + 1 < self->end && p[1] == '"') {
      doubled++;
      p++;
    } else if (*p == '"') {
      break;
    } else if (*p == '\n') {
      lines++;
      line_begin = p + 1;
    }
  }
  if (p == self->end) return refuse(self, quote, "a quote that is never closed", "its closing quote");
  self->line += lines;
  self->line_begin = line_begin;
  self->p = p + 1;
  if (!cell_ends(self, self->p)) {
    return refuse(self, self->p, "something after the closing quote", "a comma or the end of the line");
  }
  return undouble(self, (pi_slice){quote + 1, (size_t)(p - quote - 1)}, doubled, out);
}

/* Reads the cells of one line, and its end. */
static pubint_status read_line(reader *self) {
  const char *begin = self->p;
  for (size_t count = 0;; count++) {
    pi_csv_cell cell = {{self->p, 0}, self->line, (uint64_t)(self->p - self->line_begin) + 1};
    bool quoted = self->p < self->end && *self->p == '"';
    pubint_status status = quoted ? read_quoted(self, &cell.text) : read_bare(self, &cell.text);
    if (status == PUBINT_OK) status = push(self, cell);
    if (status != PUBINT_OK) return status;
    bool first_row = self->out->width == 0;
    bool last = line_ends(self, self->p);
    if (!first_row && (last ? count + 1 < self->out->width : count + 1 >= self->out->width)) {
      char found[64], expected[64];
      bool empty = last && self->p == begin;
      snprintf(found, sizeof found, last ? "a row of %zu" : "a row of more than %zu", count + 1);
      snprintf(expected, sizeof expected, "%zu cells, as in the header", self->out->width);
      return refuse(self, self->p, empty ? "an empty line" : found, expected);
    }
    if (last) break;
    self->p++;
  }
  if (self->p < self->end && *self->p == '\r') self->p++;
  if (self->p < self->end) self->p++;
  self->line++;
  self->line_begin = self->p;
  return PUBINT_OK;
}

#define COLUMNS_MAX 256

static pubint_status refuse_unnamed(const reader *self, const pi_csv_cell *cell, const char *found) {
  pubint_status status = pi_error_setf(self->error, PI_E_CSV_COLUMN, "a column without a name");
  if (self->error == NULL) return status;
  pi_csv_place(self->out, cell, self->error);
  pi_error_found(self->error, found, strlen(found));
  snprintf(self->error->expected, sizeof self->error->expected, "its name in the header, or no such column");
  return status;
}

/* Columns at the end that have no name are none, where no row has anything there. */
static pubint_status drop_unnamed(reader *self) {
  pi_csv *out = self->out;
  out->columns = out->width;
  while (out->columns > 1 && self->cells[out->columns - 1].text.len == 0) out->columns--;
  for (size_t i = 0; i < out->columns; i++) {
    if (self->cells[i].text.len == 0) return refuse_unnamed(self, &self->cells[i], "\"\"");
  }
  for (size_t i = out->width; i < self->count; i++) {
    bool named = i % out->width < out->columns;
    if (!named && self->cells[i].text.len > 0) {
      return refuse_unnamed(self, &self->cells[i], "a cell under no name");
    }
  }
  return PUBINT_OK;
}

/* Few as columns are, each is compared with those before. */
static pubint_status check_header(reader *self) {
  if (self->count > COLUMNS_MAX) {
    self->line = 1;
    self->line_begin = self->p;
    return refuse(self, self->p, "more than " PI_SPELL(COLUMNS_MAX) " columns", "a header");
  }
  for (size_t i = 0; i < self->count; i++) {
    for (size_t j = 0; j < i; j++) {
      if (self->cells[i].text.len == 0) continue; /* drop_unnamed */
      if (!pi_slice_equal(self->cells[i].text, self->cells[j].text)) continue;
      pubint_status status = pi_error_setf(self->error, PI_E_CSV_COLUMN, "a column is named twice");
      if (self->error == NULL) return status;
      pi_csv_place(self->out, &self->cells[i], self->error);
      pi_error_found(self->error, self->cells[i].text.ptr, self->cells[i].text.len);
      snprintf(self->error->expected, sizeof self->error->expected,
               "each column once; the first is at %llu:%llu", (unsigned long long)self->cells[j].line,
               (unsigned long long)self->cells[j].column);
      return status;
    }
  }
  return PUBINT_OK;
}

static pubint_status check_utf8(reader *self, pi_slice text) {
  const char *bad = pi_utf8_check(text);
  if (bad == text.ptr + text.len) return PUBINT_OK;
  for (const char *p = text.ptr; p < bad; p++) {
    if (*p != '\n') continue;
    self->line++;
    self->line_begin = p + 1;
  }
  return refuse(self, bad, "a byte that is not UTF-8", "the file in UTF-8");
}

pubint_status pi_csv_read(pi_csv *out, pi_slice text, const char *file, pi_arena *arena,
                          pubint_error *error) {
  static const char MARK[] = "\xEF\xBB\xBF";
  *out = (pi_csv){.file = file};
  const char *begin = text.len > 0 ? text.ptr : "";
  reader self = {.out = out,
                 .arena = arena,
                 .error = error,
                 .p = begin,
                 .end = begin + text.len,
                 .line_begin = begin,
                 .line = 1};
  pubint_status status = check_utf8(&self, (pi_slice){begin, text.len});
  if (status != PUBINT_OK) return status;
  if (text.len >= 3 && memcmp(begin, MARK, 3) == 0) self.p += 3;
  if (self.p == self.end) return refuse(&self, self.p, "nothing", "a header: the names of the columns");
  status = read_line(&self);
  if (status == PUBINT_OK) status = check_header(&self);
  out->width = self.count;
  while (status == PUBINT_OK && self.p < self.end) status = read_line(&self);
  if (status == PUBINT_OK) status = drop_unnamed(&self);
  if (status != PUBINT_OK) return status;
  out->cells = self.cells;
  out->rows = self.count / out->width - 1;
  return PUBINT_OK;
}
