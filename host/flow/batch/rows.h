/* Short rows in place of evaluations: some of the fields of each line, as CSV or as JSONL.
 *
 * A field is a path within the evaluation or the refusal that the line would be, without the leading slash:
 * `rules/0/margin`. Four names stand for what no path says in every line: `margin`, the lowest of the
 * entries; `error`, the code of a refused line; `line` and `file`, where the case stood. A row is taken out
 * of the text of its line, so that both say the same.
 */
#ifndef PI_ROWS_H
#define PI_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"
#include "evaluation.h"

enum { PI_ROWS_FIELDS_MAX = 64, PI_ROWS_PARTS_MAX = 8 };

typedef enum pi_rows_format { PI_ROWS_JSONL, PI_ROWS_CSV } pi_rows_format;

typedef enum pi_rows_kind { PI_ROWS_PATH, PI_ROWS_MARGIN, PI_ROWS_LINE, PI_ROWS_FILE } pi_rows_kind;

typedef struct pi_rows_part {
  pi_slice key;
  uint32_t index; /* of a list; UINT32_MAX: a key alone */
} pi_rows_part;

typedef struct pi_rows_field {
  pi_slice name; /* as it was asked for */
  pi_rows_kind kind;
  uint32_t parts_count; /* of a path */
  pi_rows_part parts[PI_ROWS_PARTS_MAX];
} pi_rows_field;

typedef struct pi_rows {
  pi_rows_format format;
  uint32_t count; /* 0: whole evaluations */
  pi_rows_field fields[PI_ROWS_FIELDS_MAX];
} pi_rows;

/* The names that stand for what no path says; NULL ends them. */
extern const char *const PI_ROWS_NAMES[];

/* Adds the field of that name, a path of the schema or one of PI_ROWS_NAMES; the text must outlive the rows.
 * False where there are too many, or the path has too many parts. */
bool pi_rows_add(pi_rows *rows, pi_slice name);

/* What the manifest says of them: "csv id,outcome". */
void pi_rows_describe(const pi_rows *rows, pi_buffer *out);

/* The header of CSV, a whole line; of JSONL there is none. */
void pi_rows_head(const pi_rows *rows, pi_buffer *out);

/* What one thread needs for it. */
typedef struct pi_row_maker {
  pi_buffer line; /* the evaluation or refusal, as it would be written */
  pi_buffer cell; /* a text of it without its escapes */
} pi_row_maker;

/* Allocates nothing yet. */
void pi_row_init(pi_row_maker *maker);
void pi_row_dispose(pi_row_maker *maker);

/* Appends the row of maker->line, without its end. `evaluation` is NULL where that is a refusal. */
void pi_row_write(pi_row_maker *maker, const pi_rows *rows, const pubint_evaluation *evaluation,
                  uint64_t line, pi_slice file, pi_buffer *out);

#endif
