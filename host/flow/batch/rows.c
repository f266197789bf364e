#include "rows.h"

#include <string.h>

#include "csv_write.h"
#include "entries.h"
#include "json_write.h"

_Static_assert(PI_ROWS_FIELDS_MAX <= 64, "the fields that are looked for are bits of one number");

const char *const PI_ROWS_NAMES[] = {"margin", "error", "line", "file", NULL};

/* ---- the fields ---- */

/* A part of a path as an index of a list. */
static uint32_t index_of(pi_slice part) {
  enum { DIGITS_MAX = 6 };
  uint32_t index = 0;
  if (part.len == 0 || part.len > DIGITS_MAX) return UINT32_MAX;
  for (size_t i = 0; i < part.len; i++) {
    if (part.ptr[i] < '0' || part.ptr[i] > '9') return UINT32_MAX;
    index = index * 10 + (uint32_t)(part.ptr[i] - '0');
  }
  return index;
}

static bool take_apart(pi_rows_field *field, pi_slice path) {
  const char *at = path.ptr, *end = path.ptr + path.len;
  while (field->parts_count < PI_ROWS_PARTS_MAX) {
    const char *slash = memchr(at, '/', (size_t)(end - at));
    pi_slice part = {at, (size_t)((slash != NULL ? slash : end) - at)};
    field->parts[field->parts_count++] = (pi_rows_part){part, index_of(part)};
    if (slash == NULL) return true;
    at = slash + 1;
  }
  return false;
}

bool pi_rows_add(pi_rows *rows, pi_slice name) {
  if (rows->count == PI_ROWS_FIELDS_MAX) return false;
  pi_rows_field *field = &rows->fields[rows->count++];
  *field = (pi_rows_field){.name = name};
  if (pi_slice_equal(name, PI_SLICE("margin"))) field->kind = PI_ROWS_MARGIN;
  if (pi_slice_equal(name, PI_SLICE("line"))) field->kind = PI_ROWS_LINE;
  if (pi_slice_equal(name, PI_SLICE("file"))) field->kind = PI_ROWS_FILE;
  if (field->kind != PI_ROWS_PATH) return true;
  return take_apart(field, pi_slice_equal(name, PI_SLICE("error")) ? PI_SLICE("error/code") : name);
}

static void put_names(const pi_rows *rows, pi_buffer *out) {
  for (uint32_t i = 0; i < rows->count; i++) {
    if (i > 0) pi_buffer_byte(out, ',');
    pi_buffer_slice(out, rows->fields[i].name);
  }
}

void pi_rows_describe(const pi_rows *rows, pi_buffer *out) {
  pi_buffer_text(out, rows->format == PI_ROWS_CSV ? "csv " : "jsonl ");
  put_names(rows, out);
}

void pi_rows_head(const pi_rows *rows, pi_buffer *out) {
  if (rows->format != PI_ROWS_CSV) return;
  put_names(rows, out);
  pi_buffer_text(out, PI_CSV_WRITE_END);
}

/* ---- their values, in a line of our own: well formed, and without blanks ---- */

typedef struct finding {
  const pi_rows *rows;
  pi_slice values[PI_ROWS_FIELDS_MAX]; /* as they stand in the line; .ptr NULL: absent */
} finding;

static const char *behind_string(const char *p) {
  for (p++; *p != '"'; p++) p += *p == '\\';
  return p + 1;
}

static const char *behind_value(const char *p) {
  unsigned depth = 0;
  do {
    if (*p == '"') {
      p = behind_string(p);
    } else if (*p == '{' || *p == '[') {
      depth++;
      p++;
    } else if (*p == '}' || *p == ']') {
      depth--;
      p++;
    } else if (depth > 0) {
      p++;
    } else {
      while (*p != ',' && *p != '}' && *p != ']') p++;
    }
  } while (depth > 0);
  return p;
}

/* Which of the fields go on with this key, or with that index, as their part `depth`. */
static uint64_t below(const pi_rows *rows, uint64_t wanted, unsigned depth, pi_slice key, uint32_t index) {
  uint64_t found = 0;
  for (uint64_t rest = wanted; rest != 0; rest &= rest - 1) {
    const pi_rows_part *part = &rows->fields[__builtin_ctzll(rest)].parts[depth];
    bool same = key.ptr != NULL ? pi_slice_equal(part->key, key) : part->index == index;
    if (same) found |= rest & -rest;
  }
  return found;
}

/* Takes the values of the fields that are wanted out of the value at `p`, which is their part `depth`; what
 * stands behind it. */
static const char *find(finding *self, const char *p, unsigned depth, uint64_t wanted) {
  const char *begin = p;
  uint64_t here = 0;
  for (uint64_t rest = wanted; rest != 0; rest &= rest - 1) {
    if (self->rows->fields[__builtin_ctzll(rest)].parts_count == depth) here |= rest & -rest;
  }
  if (wanted == here || (*p != '{' && *p != '[')) {
    p = behind_value(p);
  } else {
    bool object = *p++ == '{';
    for (uint32_t index = 0; *p != '}' && *p != ']'; index++) {
      pi_slice key = {NULL, 0};
      if (object) {
        const char *behind = behind_string(p);
        key = (pi_slice){p + 1, (size_t)(behind - p) - 2};
        p = behind + 1;
      }
      uint64_t inner = below(self->rows, wanted & ~here, depth, key, index);
      p = inner != 0 ? find(self, p, depth + 1, inner) : behind_value(p);
      if (*p == ',') p++;
    }
    p++;
  }
  for (; here != 0; here &= here - 1) {
    self->values[__builtin_ctzll(here)] = (pi_slice){begin, (size_t)(p - begin)};
  }
  return p;
}

/* ---- a row ---- */

void pi_row_init(pi_row_maker *maker) {
  enum { LINE_MAX = 64 * 1024 * 1024 };
  pi_buffer_init(&maker->line, LINE_MAX);
  pi_buffer_init(&maker->cell, LINE_MAX);
}

void pi_row_dispose(pi_row_maker *maker) {
  pi_buffer_dispose(&maker->line);
  pi_buffer_dispose(&maker->cell);
}

static unsigned hex_digit(char digit) {
  return (unsigned)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
}

/* A string of the line without its quotes and escapes; of \u none is above 7F. */
static pi_slice unescape(pi_buffer *cell, pi_slice string) {
  static const char LETTERS[] = "bfnrt", MEANT[] = "\b\f\n\r\t";
  const char *p = string.ptr + 1, *end = string.ptr + string.len - 1;
  const char *escape = memchr(p, '\\', (size_t)(end - p));
  if (escape == NULL) return (pi_slice){p, (size_t)(end - p)};
  pi_buffer_reset(cell);
  for (; escape != NULL; escape = memchr(p, '\\', (size_t)(end - p))) {
    pi_buffer_append(cell, p, (size_t)(escape - p));
    const char *letter = strchr(LETTERS, escape[1]);
    bool code = escape[1] == 'u';
    char meant = code             ? (char)(hex_digit(escape[4]) << 4 | hex_digit(escape[5]))
                 : letter != NULL ? MEANT[letter - LETTERS]
                                  : escape[1];
    pi_buffer_byte(cell, meant);
    p = escape + (code ? 6 : 2);
  }
  pi_buffer_append(cell, p, (size_t)(end - p));
  return (pi_slice){cell->data, cell->len};
}

static void put_text(bool csv, pi_slice text, pi_buffer *out) {
  if (csv)
    pi_csv_write_text(out, text);
  else
    pi_json_write_string(out, text);
}

static void put_value(pi_row_maker *maker, bool csv, pi_slice value, pi_buffer *out) {
  char first = value.ptr != NULL ? value.ptr[0] : '\0';
  if (value.ptr == NULL) {
    if (!csv) pi_buffer_text(out, "null");
  } else if (csv && first == '"') {
    pi_csv_write_text(out, unescape(&maker->cell, value));
  } else if (csv && (first == '{' || first == '[')) {
    pi_csv_write_text(out, value);
  } else {
    pi_buffer_slice(out, value);
  }
}

void pi_row_write(pi_row_maker *maker, const pi_rows *rows, const pubint_evaluation *evaluation,
                  uint64_t line, pi_slice file, pi_buffer *out) {
  bool csv = rows->format == PI_ROWS_CSV;
  finding found = {.rows = rows};
  uint64_t wanted = 0;
  for (uint32_t i = 0; i < rows->count; i++) {
    found.values[i] = (pi_slice){NULL, 0};
    if (rows->fields[i].kind == PI_ROWS_PATH) wanted |= (uint64_t)1 << i;
  }
  if (maker->line.failed) out->failed = true;
  if (!maker->line.failed && wanted != 0) find(&found, maker->line.data, 0, wanted);
  const pi_entry *lowest = evaluation != NULL ? pi_entries_lowest(evaluation) : NULL;
  size_t begin = out->len;
  for (uint32_t i = 0; i < rows->count; i++) {
    if (i > 0 || !csv) pi_buffer_byte(out, i > 0 ? ',' : '{');
    if (!csv) pi_json_write_string(out, rows->fields[i].name);
    if (!csv) pi_buffer_byte(out, ':');
    pi_rows_kind kind = rows->fields[i].kind;
    if (kind == PI_ROWS_LINE)
      pi_json_write_decimal(out, (int64_t)line, 0);
    else if (kind == PI_ROWS_FILE)
      put_text(csv, file, out);
    else if (kind == PI_ROWS_MARGIN && lowest != NULL)
      pi_json_write_decimal(out, lowest->margin, 9);
    else
      put_value(maker, csv, found.values[i], out);
  }
  if (!csv) pi_buffer_byte(out, '}');
  if (maker->cell.failed) out->failed = true;
  /* An empty line would be no row to most who read it. */
  if (csv && out->len == begin) pi_buffer_text(out, "\"\"");
}
