/* Figures in tables, made once and shown in three ways: for people, as JSON, as CSV.
 *
 * A sheet has a name for each row, perhaps more texts, and numbers by column. A book is a sentence and its
 * sheets.
 */
#ifndef PI_SHEET_H
#define PI_SHEET_H

#include <stdint.h>

#include "arena.h"
#include "page.h"

enum { PI_SHEET_TEXTS_MAX = 4, PI_SHEET_COLUMNS_MAX = 8, PI_BOOK_SHEETS_MAX = 16, PI_BOOK_HEADS_MAX = 8 };

/* A value that there is none of: "–", null, an empty field. */
#define PI_SHEET_NONE INT64_MIN

typedef enum pi_sheet_kind {
  PI_SHEET_COUNT,
  PI_SHEET_POINTS,  /* millionths */
  PI_SHEET_SHARE,   /* thousandths, shown as 12.3% */
  PI_SHEET_CHANGE,  /* a count with its sign */
  PI_SHEET_BAR,     /* the count before it, drawn; for people only */
  PI_SHEET_OUTCOME, /* of texts alone: an outcome or "one → other", which people read in their own words */
} pi_sheet_kind;

typedef struct pi_sheet_column {
  const char *key;  /* in JSON and CSV */
  const char *head; /* for people */
  pi_sheet_kind kind;
} pi_sheet_column;

/* Where a column of the sheets stands in CSV, which has one table for all of them. A text's key may be
 * another there. A number is told from the others of its row by `word` in the column `in`, and without a word
 * it stands there itself; one that is not named is of its row as a whole. */
typedef struct pi_sheet_in {
  const char *key;
  const char *in;
  const char *word;
} pi_sheet_in;

/* Rows lie in the book's arena. */
typedef struct pi_sheet_row {
  pi_slice texts[PI_SHEET_TEXTS_MAX];
  int64_t values[PI_SHEET_COLUMNS_MAX];
  pi_style style;
} pi_sheet_row;

typedef struct pi_sheet {
  const char *key;
  const char *title;
  const char *note;             /* below the title; NULL: none */
  const pi_sheet_column *texts; /* of kind 0, PI_SHEET_OUTCOME, or PI_SHEET_POINTS: numbers in words, whose -
                                   people see as a minus */
  uint32_t texts_count;
  const pi_sheet_column *columns;
  uint32_t columns_count;
  pi_sheet_row *rows;
  uint32_t rows_count;
  uint32_t rows_room;
} pi_sheet;

/* A sheet from its static tables. */
#define PI_SHEET_OF(id, head, below, names, numbers)                                                         \
  {                                                                                                          \
    .key = (id), .title = (head), .note = (below), .texts = (names),                                         \
    .texts_count = sizeof(names) / sizeof *(names), .columns = (numbers),                                    \
    .columns_count = sizeof(numbers) / sizeof *(numbers)                                                     \
  }

typedef struct pi_book {
  pi_arena arena;
  pi_buffer sentence;
  pi_sheet sheets[PI_BOOK_SHEETS_MAX];
  uint32_t count;
  struct {
    const char *key;
    uint64_t count;
  } heads[PI_BOOK_HEADS_MAX]; /* what the JSON says before the sheets */
  uint32_t heads_count;
  const pi_sheet_in *csv; /* borrowed; NULL: none */
  uint32_t csv_count;
  pi_sheet_row scratch; /* what a row without room is written to */
  bool failed;          /* memory ran out: asked once, at the end */
} pi_book;

void pi_book_init(pi_book *book);
void pi_book_dispose(pi_book *book);

/* Adds a sheet for at most `rows` rows; titles and tables of columns are static. */
pi_sheet *pi_book_sheet(pi_book *book, const pi_sheet *sheet, uint32_t rows);

/* Adds a row, whose texts are the caller's to keep; a scratch one when there is no room. */
pi_sheet_row *pi_book_row(pi_book *book, pi_sheet *sheet);

/* Adds a count that the JSON says first. */
void pi_book_head(pi_book *book, const char *key, uint64_t count);

/* Room for the indexes of `count` things in the order of their rows; NULL, and the book failed, without
 * memory. */
uint32_t *pi_book_order(pi_book *book, uint32_t count);

/* `part` of `whole` as a PI_SHEET_SHARE. */
int64_t pi_sheet_share(uint64_t part, uint64_t whole);

/* The sentence and every sheet that has a row. */
void pi_book_print(pi_book *book, pi_page *page);

/* {"v":1,"HEAD":…,"KEY":[{"TEXT":…,"COLUMN":…},…],…} with all sheets, a line. */
void pi_book_write(const pi_book *book, pi_buffer *out);

/* One tidy table: the sheet as `measure`, a column for each thing that the sheets tell apart, then cases,
 * share and points. Numbers of a row that are told apart alike stand in one line. */
void pi_book_csv(const pi_book *book, pi_buffer *out);

#endif
