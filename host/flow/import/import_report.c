#include "import_report.h"

#include <stdio.h>
#include <string.h>

#include "outline.h"
#include "utf8.h"

enum { LIST_MAX = 1024 * 1024 * 1024 };

static const struct {
  const char *key;
  bool listed;
  const char *text;
} NOTES[] = {
#define NOTE(name, key, listed, text) {key, listed, text},
    PI_IMPORT_NOTES(NOTE)
#undef NOTE
};

static const struct {
  const char *of;
  const char *text;
} UNUSED[] = {
    {"no Tweet was imported of account", "rows of offices that no Tweet was imported of"},
    {"there was no Tweet", "rows of violations whose Tweet did not come in"},
};

void pi_import_report_init(pi_import_report *self, bool json) {
  *self = (pi_import_report){.json = json};
  pi_buffer_init(&self->refusals, LIST_MAX);
  pi_buffer_init(&self->notes_list, LIST_MAX);
  pi_buffer_init(&self->unused, LIST_MAX);
}

void pi_import_report_dispose(pi_import_report *self) {
  pi_buffer_dispose(&self->refusals);
  pi_buffer_dispose(&self->notes_list);
  pi_buffer_dispose(&self->unused);
}

const char *pi_import_note_text(pi_import_note note) {
  return NOTES[note].text;
}

const char *pi_import_unused_text(pi_import_unused unused) {
  return UNUSED[unused].text;
}

bool pi_import_report_failed(const pi_import_report *self) {
  return self->refusals.failed || self->notes_list.failed || self->unused.failed;
}

/* --- one line each --- */

/* Each list is a buffer of items, which stand within an array later. */
static pi_outline item_of(pi_buffer *list) {
  return (pi_outline){.out = list, .compact = true, .depth = 1, .first = list->len == 0};
}

/* {"file":…,"line":…,"index":…,"tweet":… and it stays open */
static void begin_item(pi_outline *out, const pi_import_item *item) {
  pi_outline_open(out, NULL, '{');
  pi_outline_bytes(out, "file", pi_slice_of(item->file));
  pi_outline_count(out, "line", item->line);
  if (item->index > 0) pi_outline_count(out, "index", item->index);
  pi_outline_given(out, "tweet", item->id);
}

static void write_member(pi_outline *out, const char *key, const char *text) {
  if (text[0] != '\0') pi_outline_text(out, key, text);
}

static void refuse_json(pi_buffer *list, const pi_import_item *item, const pubint_error *error) {
  pi_outline json = item_of(list), *out = &json;
  begin_item(out, item);
  pi_outline_code(out, "code", error->code);
  write_member(out, "message", error->message);
  write_member(out, "path", error->path);
  write_member(out, "found", error->found);
  write_member(out, "expected", error->expected);
  write_member(out, "hint", error->hint);
  bool elsewhere = error->file[0] != '\0' && strcmp(error->file, item->file) != 0;
  if (elsewhere || error->column > 0) {
    pi_outline_open(out, "at", '{');
    if (elsewhere) pi_outline_text(out, "file", error->file);
    pi_outline_count(out, "line", error->line);
    pi_outline_count(out, "column", error->column);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, '}');
}

/* "Tweet 1266231100780744704 (no. 17): ", cut where an id is long. */
static void name_item(char *out, size_t size, const pi_import_item *item, bool own_file) {
  char id[80] = "";
  if (item->id.ptr != NULL) pi_error_field(id, sizeof id, item->id.ptr, item->id.len);
  char of[112] = "";
  if (!own_file) snprintf(of, sizeof of, " of %.100s", item->file);
  if (item->index == 0) {
    out[0] = '\0';
  } else if (id[0] != '\0') {
    snprintf(out, size, "Tweet %s (no. %llu%s): ", id, (unsigned long long)item->index, of);
  } else {
    snprintf(out, size, "no. %llu%s: ", (unsigned long long)item->index, of);
  }
}

/* Whether this one is shown: there are fewer than three of its code yet, and none of the same cell. */
static bool is_shown(pi_import_shown *shown, const pi_import_item *item, const pubint_error *error) {
  bool side = error->file[0] != '\0' && strcmp(error->file, item->file) != 0;
  for (unsigned i = 0; i < shown->count; i++) {
    if (side && shown->lines[i] == error->line && shown->columns[i] == error->column) return false;
  }
  if (shown->count == PI_IMPORT_EXAMPLES) return false;
  shown->lines[shown->count] = side ? error->line : 0;
  shown->columns[shown->count] = error->column;
  shown->count++;
  return true;
}

void pi_import_report_refuse(pi_import_report *self, const pi_import_item *item, const pubint_error *error) {
  size_t row = 0;
  while (row + 1 < PI_ERRORS_COUNT && PI_ERRORS[row].code != error->code) row++;
  self->in++;
  self->refused++;
  self->codes[row]++;
  pubint_error unquoted = *error;
  if (self->no_excerpts) {
    pi_error_unquote(&unquoted);
    error = &unquoted;
  }
  if (self->json) {
    refuse_json(&self->refusals, item, error);
    return;
  }
  if (!is_shown(&self->shown[row], item, error)) return;
  pubint_error placed = *error;
  if (placed.file[0] == '\0') {
    pi_error_field(placed.file, sizeof placed.file, item->file, strlen(item->file));
    placed.line = item->line;
  }
  char name[256];
  char message[sizeof placed.message + sizeof name];
  name_item(name, sizeof name, item, strcmp(placed.file, item->file) == 0);
  snprintf(message, sizeof message, "%s%s", name, error->message);
  pi_error_field(placed.message, sizeof placed.message, message, strlen(message));
  char text[4096];
  pubint_error_format(&placed, text, sizeof text);
  pi_buffer_text(&self->refusals, text);
}

void pi_import_report_note(pi_import_report *self, const pi_import_item *item, pi_import_note note) {
  self->notes[note]++;
  if (self->json) {
    pi_outline out = item_of(&self->notes_list);
    begin_item(&out, item);
    pi_outline_text(&out, "note", NOTES[note].key);
    pi_outline_close(&out, '}');
    return;
  }
  if (!NOTES[note].listed || self->notes[note] > PI_IMPORT_EXAMPLES) return;
  char name[256];
  name_item(name, sizeof name, item, true);
  pi_buffer text;
  pi_buffer_init(&text, LIST_MAX);
  pi_utf8_show(&text, pi_slice_of(item->file), false);
  pi_buffer_printf(&text, ":%llu: ", (unsigned long long)item->line);
  pi_utf8_show(&text, pi_slice_of(name), false);
  pi_buffer_text(&text, NOTES[note].text);
  const char *line = pi_buffer_end(&text);
  if (line != NULL) {
    pi_buffer_text(&self->notes_list, line);
    pi_buffer_byte(&self->notes_list, '\n');
  } else {
    self->notes_list.failed = true;
  }
  pi_buffer_dispose(&text);
}

void pi_import_report_unused(pi_import_report *self, pi_import_unused unused, const char *file,
                             const pi_csv_cell *cell) {
  self->unused_rows[unused]++;
  pi_buffer *out = &self->unused;
  if (self->json) {
    pi_outline item = item_of(out);
    pi_outline_open(&item, NULL, '{');
    pi_outline_bytes(&item, "file", pi_slice_of(file));
    pi_outline_count(&item, "line", cell->line);
    pi_outline_string(&item, "id", cell->text);
    pi_outline_close(&item, '}');
    return;
  }
  if (self->unused_rows[unused] > PI_IMPORT_EXAMPLES) return;
  pi_utf8_show(out, pi_slice_of(file), false);
  pi_buffer_printf(out, ":%llu: not used: %s ", (unsigned long long)cell->line, UNUSED[unused].of);
  pi_utf8_show(out, cell->text, false);
  pi_buffer_byte(out, '\n');
}

/* --- the whole --- */

static void write_list(pi_outline *out, const char *key, const pi_buffer *items) {
  pi_outline_open(out, key, '[');
  pi_outline_json(out, NULL, (pi_slice){items->data, items->len});
  pi_outline_close(out, ']');
}

void pi_import_report_json(const pi_import_report *self, pi_buffer *buffer) {
  pi_outline json = pi_outline_begin(buffer), *out = &json;
  pi_outline_count(out, "in", self->in);
  pi_outline_count(out, "imported", self->imported);
  pi_outline_count(out, "refused", self->refused);
  pi_outline_open(out, "apis", '{');
  for (int i = 0; i < PI_IMPORT_SHAPE_COUNT; i++)
    pi_outline_count(out, PI_IMPORT_SHAPES[i].key, self->shapes[i]);
  pi_outline_close(out, '}');
  pi_outline_open(out, "codes", '{');
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) {
    char code[8];
    snprintf(code, sizeof code, "E%04u", PI_ERRORS[i].code);
    if (self->codes[i] > 0) pi_outline_count(out, code, self->codes[i]);
  }
  pi_outline_close(out, '}');
  pi_outline_open(out, "notes", '{');
  for (size_t i = 0; i < PI_NOTE_COUNT; i++) pi_outline_count(out, NOTES[i].key, self->notes[i]);
  pi_outline_close(out, '}');
  pi_outline_count(out, "api_errors", self->api_errors);
  pi_outline_open(out, "unused_rows", '{');
  pi_outline_count(out, "offices", self->unused_rows[PI_UNUSED_OFFICE]);
  pi_outline_count(out, "violations", self->unused_rows[PI_UNUSED_VIOLATION]);
  pi_outline_close(out, '}');
  write_list(out, "refusals", &self->refusals);
  write_list(out, "noted", &self->notes_list);
  write_list(out, "unused", &self->unused);
  pi_outline_end(out);
}
