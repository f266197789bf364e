#include "sheet.h"

#include <stdio.h>
#include <string.h>

#include "columns.h"
#include "csv_write.h"
#include "decimal.h"
#include "figures.h"
#include "outline.h"
#include "phrases.h"
#include "utf8.h"

enum {
  ARENA_BLOCK = 64 * 1024,
  SENTENCE_MAX = 64 * 1024,
  INDENT = 2,
  GAP = 2,
  TEXT_COLUMNS_MIN = 12,
  BAR_CELLS = 36,
  POINTS_DECIMALS = 6,
  SHARE_DECIMALS = 3
};

void pi_book_init(pi_book *book) {
  *book = (pi_book){0};
  pi_arena_init(&book->arena, ARENA_BLOCK, (size_t)1024 * 1024 * 1024);
  pi_buffer_init(&book->sentence, SENTENCE_MAX);
}

void pi_book_dispose(pi_book *book) {
  pi_buffer_dispose(&book->sentence);
  pi_arena_dispose(&book->arena);
}

pi_sheet *pi_book_sheet(pi_book *book, const pi_sheet *sheet, uint32_t rows) {
  pi_sheet *made = &book->sheets[book->count < PI_BOOK_SHEETS_MAX ? book->count++ : PI_BOOK_SHEETS_MAX - 1];
  *made = *sheet;
  made->rows_count = 0;
  made->rows = pi_arena_alloc(&book->arena, (rows + 1) * sizeof *made->rows);
  made->rows_room = made->rows != NULL ? rows : 0;
  if (made->rows == NULL) book->failed = true;
  return made;
}

pi_sheet_row *pi_book_row(pi_book *book, pi_sheet *sheet) {
  pi_sheet_row *row = &book->scratch;
  if (sheet->rows_count < sheet->rows_room) {
    row = &sheet->rows[sheet->rows_count++];
  } else {
    book->failed = true;
  }
  *row = (pi_sheet_row){.style = PI_STYLE_PLAIN};
  return row;
}

void pi_book_head(pi_book *book, const char *key, uint64_t count) {
  if (book->heads_count == PI_BOOK_HEADS_MAX) return;
  book->heads[book->heads_count].key = key;
  book->heads[book->heads_count++].count = count;
}

uint32_t *pi_book_order(pi_book *book, uint32_t count) {
  uint32_t *order = pi_arena_alloc(&book->arena, (count + (size_t)1) * sizeof *order);
  if (order == NULL) book->failed = true;
  return order;
}

int64_t pi_sheet_share(uint64_t part, uint64_t whole) {
  if (whole == 0) return PI_SHEET_NONE;
  return (int64_t)pi_figure_tenths(part, whole);
}

/* ---- for people ---- */

static pi_slice shown(char out[PI_BAR_BYTES], pi_sheet_kind kind, int64_t value) {
  if (value == PI_SHEET_NONE) return PI_SLICE("–");
  switch (kind) {
  case PI_SHEET_COUNT: return pi_figure_count(out, (uint64_t)value);
  case PI_SHEET_POINTS: return pi_figure_decimal(out, value, POINTS_DECIMALS, false);
  case PI_SHEET_SHARE: return pi_figure_share(out, (uint64_t)value, 1000);
  case PI_SHEET_CHANGE: return pi_figure_decimal(out, value, 0, true);
  case PI_SHEET_BAR:
  case PI_SHEET_OUTCOME: break;
  }
  return (pi_slice){"", 0};
}

/* Where each column begins and ends. */
typedef struct layout {
  unsigned begins[PI_SHEET_TEXTS_MAX];
  unsigned widths[PI_SHEET_TEXTS_MAX];
  unsigned ends[PI_SHEET_COLUMNS_MAX];
  int64_t most; /* of what the bar draws */
} layout;

static unsigned larger(unsigned a, unsigned b) {
  return a > b ? a : b;
}

static unsigned columns_of(const char *text) {
  return (unsigned)pi_columns(pi_slice_of(text));
}

/* Columns that the numbers take, bars and gaps included. */
static unsigned number_columns(const pi_sheet *sheet, unsigned widths[PI_SHEET_COLUMNS_MAX], layout *out) {
  unsigned all = 0;
  char text[PI_BAR_BYTES];
  for (uint32_t c = 0; c < sheet->columns_count; c++) {
    bool bar = sheet->columns[c].kind == PI_SHEET_BAR;
    widths[c] = bar ? 0 : columns_of(sheet->columns[c].head);
    for (uint32_t i = 0; i < sheet->rows_count; i++) {
      int64_t value = sheet->rows[i].values[c];
      if (bar && value > out->most) out->most = value;
      if (bar) continue;
      widths[c] = larger(widths[c], (unsigned)pi_columns(shown(text, sheet->columns[c].kind, value)));
    }
    all += bar ? BAR_CELLS + GAP : widths[c] + GAP;
  }
  return all;
}

/* Narrows the widest texts until a row fits the page; they wrap. */
static void narrow(layout *out, uint32_t count, unsigned room) {
  for (;;) {
    unsigned all = 0;
    uint32_t widest = 0;
    for (uint32_t t = 0; t < count; t++) {
      all += out->widths[t] + GAP;
      if (out->widths[t] > out->widths[widest]) widest = t;
    }
    if (all <= room || count == 0 || out->widths[widest] <= TEXT_COLUMNS_MIN) return;
    out->widths[widest]--;
  }
}

/* "-1 to 0" with the sign of every other number on the page. */
static pi_slice with_minus(char out[PI_BAR_BYTES], pi_slice text) {
  size_t used = 0;
  for (size_t i = 0; i < text.len && used + 4 < PI_BAR_BYTES; i++) {
    if (text.ptr[i] != '-') {
      out[used++] = text.ptr[i];
      continue;
    }
    memcpy(out + used, "−", sizeof "−" - 1);
    used += sizeof "−" - 1;
  }
  return (pi_slice){out, used};
}

/* "remove → notice" as people read it: each outcome in its own words. */
static pi_slice with_outcomes(char out[PI_BAR_BYTES], pi_slice text) {
  static const char ARROW[] = " → ";
  size_t used = 0, begin = 0;
  for (size_t i = 0; i <= text.len; i++) {
    bool arrow = text.len - i >= sizeof ARROW - 1 && memcmp(text.ptr + i, ARROW, sizeof ARROW - 1) == 0;
    if (!arrow && i < text.len) continue;
    pi_slice word = pi_say_outcome_word((pi_slice){text.ptr + begin, i - begin});
    used += (size_t)snprintf(out + used, PI_BAR_BYTES - used, "%.*s%s", (int)word.len, word.ptr,
                             arrow ? ARROW : "");
    if (used >= PI_BAR_BYTES) used = PI_BAR_BYTES - 1;
    begin = i + sizeof ARROW - 1;
  }
  return (pi_slice){out, used};
}

static pi_slice text_shown(char out[PI_BAR_BYTES], pi_sheet_kind kind, pi_slice text) {
  if (kind == PI_SHEET_OUTCOME) return with_outcomes(out, text);
  return kind == PI_SHEET_POINTS ? with_minus(out, text) : text;
}

static void lay_out(const pi_sheet *sheet, pi_page *page, layout *out) {
  unsigned widths[PI_SHEET_COLUMNS_MAX];
  char name[PI_BAR_BYTES];
  *out = (layout){0};
  unsigned numbers = number_columns(sheet, widths, out);
  for (uint32_t t = 0; t < sheet->texts_count; t++) {
    out->widths[t] = columns_of(sheet->texts[t].head);
    for (uint32_t i = 0; i < sheet->rows_count; i++) {
      pi_slice said = text_shown(name, sheet->texts[t].kind, sheet->rows[i].texts[t]);
      out->widths[t] = larger(out->widths[t], pi_page_columns(page, said));
    }
  }
  narrow(out, sheet->texts_count, page->width > numbers + INDENT ? page->width - numbers - INDENT + GAP : 0);
  unsigned at = INDENT;
  for (uint32_t t = 0; t < sheet->texts_count; t++) {
    out->begins[t] = at;
    at += out->widths[t] + GAP;
  }
  for (uint32_t c = 0; c < sheet->columns_count; c++) {
    at += widths[c] + (c > 0 && widths[c] > 0 ? GAP : 0);
    out->ends[c] = at;
  }
}

static void put_heads(const pi_sheet *sheet, pi_page *page, const layout *where) {
  for (uint32_t t = 0; t < sheet->texts_count; t++) {
    pi_page_to(page, where->begins[t]);
    pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(sheet->texts[t].head));
  }
  for (uint32_t c = 0; c < sheet->columns_count; c++) {
    pi_page_right(page, where->ends[c], PI_STYLE_FAINT, pi_slice_of(sheet->columns[c].head));
  }
  pi_page_end(page);
}

/* The texts wrap within their columns, so they stand in one row of cells with the numbers. */
static void put_row(const pi_sheet *sheet, const pi_sheet_row *row, pi_page *page, const layout *where) {
  pi_cell cells[PI_PAGE_CELLS_MAX];
  char texts[PI_SHEET_COLUMNS_MAX][PI_BAR_BYTES];
  char names[PI_SHEET_TEXTS_MAX][PI_BAR_BYTES];
  size_t count = 0;
  for (uint32_t t = 0; t < sheet->texts_count; t++) {
    pi_slice text = text_shown(names[t], sheet->texts[t].kind, row->texts[t]);
    cells[count++] = (pi_cell){where->begins[t], where->widths[t], row->style, false, text};
  }
  for (uint32_t c = 0; c < sheet->columns_count && count < PI_PAGE_CELLS_MAX; c++) {
    unsigned begin = c > 0       ? where->ends[c - 1] + 1
                     : count > 0 ? cells[count - 1].column + cells[count - 1].width
                                 : 0;
    if (sheet->columns[c].kind == PI_SHEET_BAR) {
      pi_slice bar = pi_figure_bar(texts[c], (uint64_t)row->values[c], (uint64_t)where->most, BAR_CELLS);
      cells[count++] = (pi_cell){where->ends[c] + GAP, BAR_CELLS, row->style, false, bar};
      continue;
    }
    pi_slice text = shown(texts[c], sheet->columns[c].kind, row->values[c]);
    cells[count++] = (pi_cell){begin, where->ends[c] - begin, row->style, true, text};
  }
  pi_page_row(page, cells, count);
}

void pi_book_print(pi_book *book, pi_page *page) {
  if (book->failed || book->sentence.failed) page->out->failed = true;
  pi_page_wrap(page, 0, PI_STYLE_STRONG, (pi_slice){book->sentence.data, book->sentence.len});
  for (uint32_t s = 0; s < book->count && !page->out->failed; s++) {
    const pi_sheet *sheet = &book->sheets[s];
    layout where;
    if (sheet->rows_count == 0) continue;
    lay_out(sheet, page, &where);
    pi_page_end(page);
    pi_page_wrap(page, 0, PI_STYLE_HEAD, pi_slice_of(sheet->title));
    if (sheet->note != NULL) {
      pi_page_to(page, INDENT);
      pi_page_wrap(page, INDENT, PI_STYLE_FAINT, pi_slice_of(sheet->note));
    }
    put_heads(sheet, page, &where);
    for (uint32_t i = 0; i < sheet->rows_count; i++) put_row(sheet, &sheet->rows[i], page, &where);
  }
}

/* ---- as data ---- */

/* A number as JSON and CSV write it; its length, 0 for none. */
static size_t write_value(char out[PI_DECIMAL_BYTES + 1], pi_sheet_kind kind, int64_t value) {
  unsigned decimals = kind == PI_SHEET_POINTS ? POINTS_DECIMALS : kind == PI_SHEET_SHARE ? SHARE_DECIMALS : 0;
  size_t length = value == PI_SHEET_NONE ? 0 : pi_decimal_write(out, value, decimals);
  out[length] = '\0';
  return length;
}

static void write_row(const pi_sheet *sheet, const pi_sheet_row *row, pi_outline *out) {
  char number[PI_DECIMAL_BYTES + 1];
  pi_outline_open(out, NULL, '{');
  for (uint32_t t = 0; t < sheet->texts_count; t++) {
    pi_outline_string(out, sheet->texts[t].key, row->texts[t]);
  }
  for (uint32_t c = 0; c < sheet->columns_count; c++) {
    if (sheet->columns[c].kind == PI_SHEET_BAR) continue;
    bool there = write_value(number, sheet->columns[c].kind, row->values[c]) > 0;
    pi_outline_raw(out, sheet->columns[c].key, there ? number : "null");
  }
  pi_outline_close(out, '}');
}

void pi_book_write(const pi_book *book, pi_buffer *buffer) {
  pi_outline json = pi_outline_begin(buffer), *out = &json;
  if (book->failed) buffer->failed = true;
  for (uint32_t i = 0; i < book->heads_count; i++)
    pi_outline_count(out, book->heads[i].key, book->heads[i].count);
  for (uint32_t s = 0; s < book->count && !book->failed; s++) {
    const pi_sheet *sheet = &book->sheets[s];
    pi_outline_open(out, sheet->key, '[');
    for (uint32_t i = 0; i < sheet->rows_count; i++) write_row(sheet, &sheet->rows[i], out);
    pi_outline_close(out, ']');
  }
  pi_outline_end(out);
}

/* ---- as one table ---- */

enum { CSV_COLUMNS_MAX = 32 };

typedef struct csv_table {
  const pi_book *book;
  const char *names[CSV_COLUMNS_MAX]; /* of the columns that tell rows apart */
  uint32_t count;
} csv_table;

static const pi_sheet_in NOT_NAMED = {NULL, NULL, NULL};

static const pi_sheet_in *csv_in(const csv_table *table, const char *key) {
  for (uint32_t i = 0; i < table->book->csv_count; i++) {
    if (strcmp(table->book->csv[i].key, key) == 0) return &table->book->csv[i];
  }
  return &NOT_NAMED;
}

static const char *csv_text_name(const csv_table *table, const char *key) {
  const pi_sheet_in *named = csv_in(table, key);
  return named->in != NULL && named->word == NULL ? named->in : key;
}

static void csv_add(csv_table *table, const char *name) {
  uint32_t at = 0;
  while (at < table->count && strcmp(table->names[at], name) != 0) at++;
  if (at == table->count && at < CSV_COLUMNS_MAX) table->names[table->count++] = name;
}

static void csv_collect(csv_table *table) {
  const pi_book *book = table->book;
  for (uint32_t s = 0; s < book->count; s++) {
    const pi_sheet *sheet = &book->sheets[s];
    for (uint32_t t = 0; t < sheet->texts_count; t++)
      csv_add(table, csv_text_name(table, sheet->texts[t].key));
    for (uint32_t c = 0; c < sheet->columns_count; c++) {
      const pi_sheet_in *named = csv_in(table, sheet->columns[c].key);
      if (named->in != NULL) csv_add(table, named->in);
    }
  }
}

/* Whether two numbers of a row stand in one line. */
static bool csv_alike(const pi_sheet_in *a, const pi_sheet_in *b) {
  if (a->in == NULL || b->in == NULL) return a->in == b->in;
  if (a->word == NULL || b->word == NULL) return a == b;
  return strcmp(a->in, b->in) == 0 && strcmp(a->word, b->word) == 0;
}

/* The number of that kind in the line of `named`, or an empty cell. */
static void csv_number(const csv_table *table, const pi_sheet *sheet, const pi_sheet_row *row,
                       const pi_sheet_in *named, pi_sheet_kind kind, pi_buffer *out) {
  char number[PI_DECIMAL_BYTES + 1];
  pi_buffer_byte(out, ',');
  for (uint32_t c = 0; c < sheet->columns_count; c++) {
    const pi_sheet_column *column = &sheet->columns[c];
    const pi_sheet_in *other = csv_in(table, column->key);
    pi_sheet_kind counted = column->kind == PI_SHEET_CHANGE ? PI_SHEET_COUNT : column->kind;
    bool own = other->in != NULL && other->word == NULL; /* it has a column of its own */
    if (counted != kind || own || !csv_alike(named, other)) continue;
    pi_buffer_append(out, number, write_value(number, column->kind, row->values[c]));
    return;
  }
}

/* The line of the numbers that are told apart as the one in column `c`; there may be none. */
static void csv_line(const csv_table *table, const pi_sheet *sheet, const pi_sheet_row *row, uint32_t c,
                     pi_buffer *out) {
  const pi_sheet_column *number = c < sheet->columns_count ? &sheet->columns[c] : NULL;
  const pi_sheet_in *named = number != NULL ? csv_in(table, number->key) : &NOT_NAMED;
  char value[PI_DECIMAL_BYTES + 1];
  pi_buffer_text(out, sheet->key);
  for (uint32_t at = 0; at < table->count; at++) {
    pi_buffer_byte(out, ',');
    for (uint32_t t = 0; t < sheet->texts_count; t++) {
      const char *name = csv_text_name(table, sheet->texts[t].key);
      if (strcmp(name, table->names[at]) == 0) pi_csv_write_text(out, row->texts[t]);
    }
    if (named->in == NULL || strcmp(named->in, table->names[at]) != 0) continue;
    if (named->word != NULL)
      pi_csv_write_text(out, pi_slice_of(named->word));
    else
      pi_buffer_append(out, value, write_value(value, number->kind, row->values[c]));
  }
  csv_number(table, sheet, row, named, PI_SHEET_COUNT, out);
  csv_number(table, sheet, row, named, PI_SHEET_SHARE, out);
  csv_number(table, sheet, row, named, PI_SHEET_POINTS, out);
  pi_buffer_text(out, PI_CSV_WRITE_END);
}

static void csv_row(const csv_table *table, const pi_sheet *sheet, const pi_sheet_row *row, pi_buffer *out) {
  if (sheet->columns_count == 0) csv_line(table, sheet, row, 0, out);
  for (uint32_t c = 0; c < sheet->columns_count; c++) {
    const pi_sheet_in *named = csv_in(table, sheet->columns[c].key);
    bool told = sheet->columns[c].kind == PI_SHEET_BAR;
    for (uint32_t before = 0; before < c && !told; before++) {
      told = sheet->columns[before].kind != PI_SHEET_BAR &&
             csv_alike(csv_in(table, sheet->columns[before].key), named);
    }
    if (!told) csv_line(table, sheet, row, c, out);
  }
}

void pi_book_csv(const pi_book *book, pi_buffer *out) {
  csv_table table = {.book = book};
  if (book->failed) out->failed = true;
  csv_collect(&table);
  pi_buffer_text(out, "measure");
  for (uint32_t at = 0; at < table.count; at++) {
    pi_buffer_byte(out, ',');
    pi_buffer_text(out, table.names[at]);
  }
  pi_buffer_text(out, ",cases,share,points" PI_CSV_WRITE_END);
  for (uint32_t s = 0; s < book->count && !out->failed; s++) {
    const pi_sheet *sheet = &book->sheets[s];
    for (uint32_t i = 0; i < sheet->rows_count; i++) csv_row(&table, sheet, &sheet->rows[i], out);
  }
}
