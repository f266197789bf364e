#include "decisions.h"

#include <stdio.h>

#include "csv.h"
#include "errors.h"
#include "import_stream.h"
#include "json_read.h"
#include "line_reader.h"
#include "nearest.h"
#include "refuse.h"

enum { DEPTH_MAX = 2, KEYS_COUNT = 4, ID_BYTES_MAX = 64, TEXT_BYTES_MAX = 4096 };
enum { KEY_ID, KEY_DECISION, KEY_REASON, KEY_DECIDED_BY };

static const pi_slice KEYS[KEYS_COUNT] = {PI_SLICE_INIT("id"), PI_SLICE_INIT("decision"),
                                          PI_SLICE_INIT("reason"), PI_SLICE_INIT("decided_by")};
static const pi_slice WORDS[] = {PI_SLICE_INIT("notice"), PI_SLICE_INIT("remove")};
static const pi_words DECISIONS = {WORDS, 2};

/* ---- one line ---- */

static pubint_status refuse_key(pi_json *json, const char *at, pi_slice key) {
  char found[PI_QUOTED_BYTES], hint[64] = "";
  pi_nearest nearest;
  pi_nearest_init(&nearest, key);
  for (size_t i = 0; i < KEYS_COUNT; i++) pi_nearest_offer(&nearest, KEYS[i]);
  if (nearest.best.ptr != NULL) snprintf(hint, sizeof hint, "did you mean \"%s\"?", nearest.best.ptr);
  return pi_json_refuse(json, at, PI_E_BAD_DECISION, pi_refuse_quote(found, key),
                        "id, decision, reason or decided_by", hint);
}

/* A text of this key; null is the same as leaving it out. */
static pubint_status read_text(pi_json *json, size_t key, pi_slice *out) {
  pi_json_kind kind = pi_json_peek(json);
  const char *at = json->value;
  bool id = key == KEY_ID;
  size_t max = id ? ID_BYTES_MAX : TEXT_BYTES_MAX;
  if (kind == PI_JSON_NULL && !id && key != KEY_DECISION) return pi_json_literal(json);
  if (kind != PI_JSON_STRING) return pi_refuse_kind(json, PI_E_BAD_DECISION, "a string", NULL);
  pubint_status status = pi_json_string(json, out);
  if (status != PUBINT_OK || (out->len <= max && (!id || out->len > 0))) return status;
  char expected[64];
  snprintf(expected, sizeof expected, "%d to %zu bytes", id ? 1 : 0, max);
  return pi_json_refuse(json, at, PI_E_BAD_DECISION, out->len == 0 ? "an empty string" : "a longer text",
                        expected, NULL);
}

/* One object; texts[key].ptr is NULL where it is absent. */
static pubint_status read_object(pi_json *json, pi_slice texts[KEYS_COUNT], pubint_outcome *outcome) {
  const char *keys_at[KEYS_COUNT] = {NULL};
  const char *decision_at = NULL;
  if (pi_json_peek(json) != PI_JSON_OBJECT) return pi_refuse_kind(json, PI_E_BAD_DECISION, "an object", NULL);
  const char *begin = json->value;
  pubint_status status = pi_json_enter_object(json);
  for (bool more = true; status == PUBINT_OK;) {
    pi_slice name;
    const char *at;
    status = pi_json_next_key(json, &name, &at, &more);
    if (status != PUBINT_OK || !more) break;
    size_t key = 0;
    while (key < KEYS_COUNT && !pi_slice_equal(KEYS[key], name)) key++;
    if (key == KEYS_COUNT) return refuse_key(json, at, name);
    if (keys_at[key] != NULL) {
      return pi_refuse_repeat(json, at, PI_E_DUPLICATE_KEY, keys_at[key], NULL, "each key once");
    }
    keys_at[key] = at;
    if (key == KEY_DECISION) decision_at = json->value;
    status = read_text(json, key, &texts[key]);
    if (status != PUBINT_OK || key != KEY_DECISION) continue;
    int word = pi_words_find(DECISIONS, texts[key]);
    if (word < 0) return pi_refuse_word(json, decision_at, PI_E_BAD_DECISION, texts[key], DECISIONS);
    *outcome = word == 0 ? PUBINT_NOTICE : PUBINT_REMOVE;
  }
  for (size_t key = KEY_ID; key <= KEY_DECISION && status == PUBINT_OK; key++) {
    if (texts[key].ptr != NULL) continue;
    status = pi_refuse_member(json, KEYS[key].ptr, begin, PI_E_BAD_DECISION, "an object without it",
                              "this key", NULL);
  }
  return status == PUBINT_OK ? pi_json_finish(json) : status;
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
        pi_error_setf(error, PI_E_REPEATED_DECISION, "a case is decided twice, first at line %llu",
                      (unsigned long long)first->line);
    pi_error_field(error->found, sizeof error->found, texts[KEY_ID].ptr, texts[KEY_ID].len);
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
  pi_json json;
  pi_slice texts[KEYS_COUNT] = {{NULL, 0}};
  pubint_outcome outcome = PUBINT_REMOVE;
  pubint_status status = pi_json_init(&json, line->text, line->number, scratch, DEPTH_MAX, error);
  if (status == PUBINT_OK) status = read_object(&json, texts, &outcome);
  return status == PUBINT_OK ? add_decision(out, texts, outcome, line->number, error) : status;
}

/* ---- a table ---- */

/* The key that each column is; a key that has no column is at `columns`. */
static pubint_status match_columns(const pi_csv *csv, size_t places[KEYS_COUNT], pubint_error *error) {
  for (size_t key = 0; key < KEYS_COUNT; key++) places[key] = csv->columns;
  for (size_t column = 0; column < csv->columns; column++) {
    const pi_csv_cell *cell = pi_csv_head(csv, column);
    size_t key = 0;
    while (key < KEYS_COUNT && !pi_slice_equal(KEYS[key], cell->text)) key++;
    if (key < KEYS_COUNT) places[key] = column;
    if (key < KEYS_COUNT) continue;
    pubint_status status = pi_error_setf(error, PI_E_BAD_DECISION, "not a column of decisions");
    pi_error_field(error->found, sizeof error->found, cell->text.ptr, cell->text.len);
    snprintf(error->expected, sizeof error->expected, "id, decision, reason or decided_by");
    pi_csv_place(csv, cell, error);
    return status;
  }
  for (size_t key = KEY_ID; key <= KEY_DECISION; key++) {
    if (places[key] < csv->columns) continue;
    pubint_status status = pi_error_setf(error, PI_E_BAD_DECISION, "a column is missing");
    snprintf(error->expected, sizeof error->expected, "%s", KEYS[key].ptr);
    pi_csv_place(csv, pi_csv_head(csv, 0), error);
    return status;
  }
  return PUBINT_OK;
}

/* One row; an empty cell is the same as none. */
static pubint_status read_row(pi_decisions *out, const pi_csv *csv, const size_t places[KEYS_COUNT],
                              size_t row, pubint_error *error) {
  pi_slice texts[KEYS_COUNT] = {{NULL, 0}};
  const pi_csv_cell *at = pi_csv_at(csv, row, 0);
  const char *expected = NULL;
  for (size_t key = 0; key < KEYS_COUNT; key++) {
    if (places[key] == csv->columns) continue;
    const pi_csv_cell *cell = pi_csv_at(csv, row, places[key]);
    if (cell->text.len > 0) texts[key] = cell->text;
  }
  int word = texts[KEY_DECISION].ptr != NULL ? pi_words_find(DECISIONS, texts[KEY_DECISION]) : -1;
  size_t wrong = KEYS_COUNT;
  if (texts[KEY_ID].ptr == NULL || texts[KEY_ID].len > ID_BYTES_MAX) {
    wrong = KEY_ID;
    expected = "an id of 1 to 64 bytes";
  } else if (word < 0) {
    wrong = KEY_DECISION;
    expected = "notice or remove";
  }
  pubint_status status;
  if (wrong < KEYS_COUNT) {
    at = pi_csv_at(csv, row, places[wrong]);
    status = pi_error_set(error, PI_E_BAD_DECISION);
    pi_error_field(error->found, sizeof error->found, at->text.ptr, at->text.len);
    snprintf(error->expected, sizeof error->expected, "%s", expected);
  } else {
    status = add_decision(out, texts, word == 0 ? PUBINT_NOTICE : PUBINT_REMOVE, at->line, error);
  }
  if (status != PUBINT_OK) pi_csv_place(csv, at, error);
  return status;
}

static pubint_status read_table(pi_decisions *out, const char *name, pubint_error *error) {
  enum { ARENA_BLOCK = 64 * 1024 };
  pi_buffer text;
  pi_arena cells;
  pi_csv csv;
  size_t places[KEYS_COUNT];
  pi_buffer_init(&text, PI_IMPORT_VALUE_MAX);
  pi_arena_init(&cells, ARENA_BLOCK, SIZE_MAX / 2);
  pubint_status status = pi_import_read_file(&text, name, error);
  if (status == PUBINT_OK) {
    status = pi_csv_read(&csv, (pi_slice){text.len > 0 ? text.data : "", text.len}, name, &cells, error);
  }
  if (status == PUBINT_OK) status = match_columns(&csv, places, error);
  for (size_t row = 0; status == PUBINT_OK && row < csv.rows; row++) {
    status = read_row(out, &csv, places, row, error);
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
  pi_tally_init(&out->cases, sizeof(pi_decision));
  pi_arena_init(&out->arena, ARENA_BLOCK, SIZE_MAX / 2);
  bool table = length > ending && strcmp(name + length - ending, TABLE) == 0;
  return table ? read_table(out, name, error) : read_lines(out, name, error);
}

void pi_decisions_dispose(pi_decisions *decisions) {
  pi_tally_dispose(&decisions->cases);
  pi_arena_dispose(&decisions->arena);
}
