/* A Tweet and its rows of the side files, made a case: written as JSON, read by the reader of cases, which
 * has the last word, and written as that understood it. */
#ifndef PI_IMPORT_CASE_H
#define PI_IMPORT_CASE_H

#include "case.h"
#include "decode.h"
#include "import_sides.h"
#include "import_tweet.h"

/* What a case is made of besides the Tweet. */
typedef struct pi_import_rows {
  const pi_import_side *offices;
  const pi_import_side *violations;
  size_t office; /* a row of offices, where has_office */
  bool has_office;
  size_t violation; /* the first of the Tweet's rows, as its index in violations->by_id */
  size_t violations_count;
} pi_import_rows;

/* Memory for one case after the other; zero-initialise by pi_import_maker_init. */
typedef struct pi_import_maker {
  pi_buffer json;
  pi_arena arena;
  pi_decode_memory memory;
  pi_case input;
} pi_import_maker;

void pi_import_maker_init(pi_import_maker *self);
void pi_import_maker_dispose(pi_import_maker *self);

/* Appends the case, one line without its newline. A Tweet that is withheld for copyright violates that rule
 * besides what the rows say; one that is withheld everywhere is withheld in every country there is. A refusal
 * has the place of the cell that it is about, or none where the Tweet itself is at fault. */
pubint_status pi_import_case_make(pi_import_maker *self, const pi_import_tweet *tweet,
                                  const pi_import_rows *rows, pi_buffer *out, pubint_error *error);

#endif
