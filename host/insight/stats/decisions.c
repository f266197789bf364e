#include "decisions.h"

#include <stdio.h>

#include "csv.h"
#include "errors.h"
#include "json_members.h"
#include "line_reader.h"
#include "source.h"

#define TEXT_BYTES 4, 096
enum { DEPTH_MAX = 2, TEXT_BYTES_MAX = PI_NUMBER(TEXT_BYTES) };
enum {
#define DECISION_COLUMN(NAME, name, example) KEY_##NAME,
#include "decision_columns.def"
  KEYS_COUNT
};

static const char *const KEYS[] = {
#define DECISION_COLUMN(NAME, name, example) #name,
#include "decision_columns.def"
    NULL};
static const pi_slice WORDS[] = {PI_SLICE_INIT("notice"), PI_SLICE_INIT("remove")};
static const pi_words DECISIONS = {WORDS, 2};
static const pubint_outcome OUTCOMES[] = {PUBINT_NOTICE, PUBINT_REMOVE};

/* ---- one line ---- */

/* What a line holds, by key; a text that is absent has .ptr NULL. */
typedef struct raw_decision {
  pi_slice texts[KEYS_COUNT];
  int word;
} raw_decision;

/* A text of at most so many bytes; null is the same as leaving it out. */
static pubint_status read_text(pi_member_reader *self, void *into) {
  if (pi_json_peek(&self->json) == PI_JSON_NULL) return pi_json_literal(&self->json);
  pi_slice *text = into;
  pubint_status status = pi_members_text(self, false, text);
  if (status != PUBINT_OK || text->len <= TEXT_BYTES_MAX) return status;
  return pi_members_refuse_taken(self, "at most " PI_SPELL(TEXT_BYTES) " bytes");
}

static pubint_status read_id(pi_member_reader *self, void *into) {
  pi_slice *id = into;
  pubint_status status = pi_members_text(self, true, id);
  if (status != PUBINT_OK || id->len <= PI_ID_BYTES_MAX) return status;
  return pi_members_refuse_taken(self, "at most " PI_SPELL(PI_ID_BYTES_MAX) " bytes");
}

static pubint_status read_object(pi_member_reader *self, raw_decision *out) {
  static const pi_member MEMBERS[KEYS_COUNT] = {
      [KEY_ID] = {PI_SLICE_INIT("id"), true, PI_MEMBER_OWN, offsetof(raw_decision, texts[KEY_ID]), 0, NULL,
                  read_id},
      [KEY_DECISION] = {PI_SLICE_INIT("decision"), true, PI_MEMBER_WORD, offsetof(raw_decision, word), 0,
                        &DECISIONS, NULL},
      [KEY_REASON] = {PI_SLICE_INIT("reason"), false, PI_MEMBER_OWN,
                      offsetof(raw_decision, texts[KEY_REASON]), 0, NULL, read_text},
      [KEY_DECIDED_BY] = {PI_SLICE_INIT("decided_by"), false, PI_MEMBER_OWN,
                          offsetof(raw_decision, texts[KEY_DECIDED_BY]), 0, NULL, read_text},
  };
  _Static_assert((int)KEYS_COUNT <= (int)PI_MEMBERS_MAX, "a table that can be read by");
  uint32_t seen;
  *out = (raw_decision){.word = 0};
  pubint_status status = pi_members_read(self, MEMBERS, KEYS_COUNT, out, &seen);
  return status == PUBINT_OK ? pi_json_finish(&self->json) : status;
}

static bool keep(pi_arena *arena, pi_slice text, pi_slice *out) {
  *out = text;
  if (text.ptr == NULL) return true;
  *out = pi_arena_copy(arena, text);
  return out->ptr != NULL;
}

/* Keeps a decision; the place of an error is the caller's. */
static pubint_status add_decision(pi_decisions *out, const pi_slice texts[KEYS_COUNT], pubint_outcome outcome,
                                  uint64_t line, pubint_error *error) {
  const pi_decision *first = pi_tally_find(&out->cases, texts[KEY_ID]);
  if (first != NULL) {
    pubint_status status =
        pi_error_setf(error, PI_E_REPEATED_DECISION, "two decisions for one case, first at line %llu",
                      (unsigned long long)first->line);
    pi_error_found(error, texts[KEY_ID].ptr, texts[KEY_ID].len);
    return status;
  }
  pi_decision *made = pi_tally_at(&out->cases, texts[KEY_ID]);
  if (made == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  made->outcome = outcome;
  made->line = line;
  bool kept = keep(&out->arena, texts[KEY_REASON], &made->reason) &&
              keep(&out->arena, texts[KEY_DECIDED_BY], &made->decided_by);
  return kept ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

static pubint_status read_line(pi_decisions *out, const pi_read_line *line, pi_arena *scratch,
                               pubint_error *error) {
  pi_member_reader reader = {.code = PI_E_BAD_DECISION};
  raw_decision raw;
  pubint_status status = pi_json_init(&reader.json, line->text, line->number, scratch, DEPTH_MAX, error);
  if (status == PUBINT_OK) status = read_object(&reader, &raw);
  if (status != PUBINT_OK) return status;
  return add_decision(out, raw.texts, OUTCOMES[raw.word], line->number, error);
}

/* ---- a table ---- */

/* The key that each column is; a key that has no column is at `columns`. */
static pubint_status match_columns(const pi_csv *csv, size_t columns[KEYS_COUNT], pubint_error *error) {
  for (size_t key = 0; key < KEYS_COUNT; key++) columns[key] = csv->columns;
  for (size_t column = 0; column < csv->columns; column++) {
    const pi_csv_cell *cell = pi_csv_head(csv, column);
    size_t key = 0;
    while (key < KEYS_COUNT && !pi_slice_equal(pi_slice_of(KEYS[key]), cell->text)) key++;
    if (key < KEYS_COUNT) columns[key] = column;
    if (key < KEYS_COUNT) continue;
    pubint_status status = pi_error_setf(error, PI_E_BAD_DECISION, "not a column of decisions");
    pi_error_found(error, cell->text.ptr, cell->text.len);
    pi_words_say(KEYS, " or ", error->expected, sizeof error->expected);
    pi_csv_place(csv, cell, error);
    return status;
  }
  for (size_t key = KEY_ID; key <= KEY_DECISION; key++) {
    if (columns[key] < csv->columns) continue;
    pubint_status status = pi_error_setf(error, PI_E_BAD_DECISION, "a column is missing");
    snprintf(error->expected, sizeof error->expected, "%s", KEYS[key]);
    pi_csv_place(csv, pi_csv_head(csv, 0), error);
    return status;
  }
  return PUBINT_OK;
}

/* One row; an empty cell is the same as none. */
static pubint_status read_row(pi_decisions *out, const pi_csv *csv, const size_t columns[KEYS_COUNT],
                              size_t row, pubint_error *error) {
  pi_slice texts[KEYS_COUNT] = {{NULL, 0}};
  const pi_csv_cell *at = pi_csv_at(csv, row, 0);
  const char *expected = NULL;
  for (size_t key = 0; key < KEYS_COUNT; key++) {
    if (columns[key] == csv->columns) continue;
    const pi_csv_cell *cell = pi_csv_at(csv, row, columns[key]);
    if (cell->text.len > 0) texts[key] = cell->text;
  }
  int word = texts[KEY_DECISION].ptr != NULL ? pi_words_find(DECISIONS, texts[KEY_DECISION]) : -1;
  size_t wrong = KEYS_COUNT;
  if (texts[KEY_ID].ptr == NULL || texts[KEY_ID].len > PI_ID_BYTES_MAX) {
    wrong = KEY_ID;
    expected = "an id of 1 to " PI_SPELL(PI_ID_BYTES_MAX) " bytes";
  } else if (word < 0) {
    wrong = KEY_DECISION;
    expected = "notice or remove";
  }
  for (size_t key = KEY_REASON; key < KEYS_COUNT && wrong == KEYS_COUNT; key++) {
    if (texts[key].len <= TEXT_BYTES_MAX) continue;
    wrong = key;
    expected = "at most " PI_SPELL(TEXT_BYTES) " bytes";
  }
  pubint_status status;
  if (wrong < KEYS_COUNT) {
    at = pi_csv_at(csv, row, columns[wrong]);
    status = pi_error_set(error, PI_E_BAD_DECISION);
    pi_error_found(error, at->text.ptr, at->text.len);
    snprintf(error->expected, sizeof error->expected, "%s", expected);
  } else {
    status = add_decision(out, texts, OUTCOMES[word], at->line, error);
  }
  if (status != PUBINT_OK) pi_csv_place(csv, at, error);
  return status;
}

static pubint_status read_table(pi_decisions *out, const char *name, pubint_error *error) {
  enum { ARENA_BLOCK = 64 * 1024, TABLE_MAX = 64 * 1024 * 1024 };
  pi_buffer text;
  pi_arena cells;
  pi_csv csv;
  size_t columns[KEYS_COUNT];
  pi_buffer_init(&text, TABLE_MAX);
  pi_arena_init(&cells, ARENA_BLOCK, SIZE_MAX / 2);
  pubint_status status = pi_source_read_file(&text, name, PI_E_PAYLOAD_TOO_LARGE, error);
  if (status == PUBINT_OK) {
    status = pi_csv_read(&csv, (pi_slice){text.len > 0 ? text.data : "", text.len}, name, &cells, error);
  }
  if (status == PUBINT_OK) status = match_columns(&csv, columns, error);
  for (size_t row = 0; status == PUBINT_OK && row < csv.rows; row++) {
    status = read_row(out, &csv, columns, row, error);
  }
  pi_buffer_dispose(&text);
  pi_arena_dispose(&cells);
  return status;
}

/* ---- the file ---- */

static pubint_status read_lines(pi_decisions *out, const char *name, pubint_error *error) {
  enum { ARENA_BLOCK = 64 * 1024, SCRATCH_MAX = 16 * 1024 * 1024 };
  pi_arena scratch;
  pi_arena_init(&scratch, ARENA_BLOCK, SCRATCH_MAX);
  pi_line_reader reader;
  pi_read_line line = {0};
  bool there = true;
  pubint_status status = pi_line_reader_open(&reader, &name, 1, false, NULL, error);
  while (status == PUBINT_OK) {
    status = pi_line_reader_next(&reader, &line, &there, error);
    if (status != PUBINT_OK || !there) break;
    pi_arena_reset(&scratch);
    status = read_line(out, &line, &scratch, error);
    if (status != PUBINT_OK) pi_line_reader_blame(&reader, &line, error);
  }
  pi_line_reader_close(&reader);
  pi_arena_dispose(&scratch);
  return status;
}

pubint_status pi_decisions_read(pi_decisions *out, const char *name, pubint_error *error) {
  enum { ARENA_BLOCK = 64 * 1024 };
  static const char TABLE[] = ".csv";
  size_t length = strlen(name), ending = sizeof TABLE - 1;
  pi_secret secret;
  pubint_status status = pi_secret_draw(&secret, error);
  pi_tally_init(&out->cases, sizeof(pi_decision), &secret);
  pi_arena_init(&out->arena, ARENA_BLOCK, SIZE_MAX / 2);
  if (status != PUBINT_OK) return status;
  bool table = length > ending && strcasecmp(name + length - ending, TABLE) == 0;
  return table ? read_table(out, name, error) : read_lines(out, name, error);
}

void pi_decisions_dispose(pi_decisions *decisions) {
  pi_tally_dispose(&decisions->cases);
  pi_arena_dispose(&decisions->arena);
}
