#include "import_report.h"

#include <stdio.h>
#include <string.h>

#include "json_write.h"
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

/* A name of a file is any bytes; in JSON it is shown where it is not UTF-8. */
static void write_name(pi_buffer *out, const char *name) {
  pi_slice text = pi_slice_of(name);
  if (pi_utf8_check(text) == text.ptr + text.len) {
    pi_json_write_string(out, text);
    return;
  }
  pi_buffer shown;
  pi_buffer_init(&shown, LIST_MAX);
  pi_utf8_show(&shown, text, false);
  if (shown.failed) out->failed = true;
  pi_json_write_string(out, (pi_slice){shown.data, shown.len});
  pi_buffer_dispose(&shown);
}

static void write_member(pi_buffer *out, const char *key, const char *text) {
  if (text[0] == '\0') return;
  pi_buffer_printf(out, ",\"%s\":", key);
  pi_json_write_string(out, pi_slice_of(text));
}

/* {"file":…,"line":…,"index":…,"tweet":… and it stays open */
static void begin_item(pi_buffer *out, const pi_import_item *item) {
  pi_buffer_text(out, out->len > 0 ? ",{\"file\":" : "{\"file\":");
  write_name(out, item->file);
  pi_buffer_printf(out, ",\"line\":%llu", (unsigned long long)item->line);
  if (item->index > 0) pi_buffer_printf(out, ",\"index\":%llu", (unsigned long long)item->index);
  if (item->id.ptr == NULL) return;
  pi_buffer_text(out, ",\"tweet\":");
  pi_json_write_string(out, item->id);
}

static void refuse_json(pi_buffer *out, const pi_import_item *item, const pubint_error *error) {
  begin_item(out, item);
  pi_buffer_printf(out, ",\"code\":\"E%04u\"", error->code);
  write_member(out, "message", error->message);
  write_member(out, "path", error->path);
  write_member(out, "found", error->found);
  write_member(out, "expected", error->expected);
  write_member(out, "hint", error->hint);
  if (error->file[0] != '\0' && strcmp(error->file, item->file) != 0) {
    pi_buffer_text(out, ",\"at\":{\"file\":");
    pi_json_write_string(out, pi_slice_of(error->file));
    pi_buffer_printf(out, ",\"line\":%llu,\"column\":%llu}", (unsigned long long)error->line,
                     (unsigned long long)error->column);
  } else if (error->column > 0) {
    pi_buffer_printf(out, ",\"at\":{\"line\":%llu,\"column\":%llu}", (unsigned long long)error->line,
                     (unsigned long long)error->column);
  }
  pi_buffer_byte(out, '}');
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

void pi_import_report_refuse(pi_import_report *self, const pi_import_item *item, const pubint_error *error) {
  self->in++;
  self->refused++;
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) self->codes[i] += PI_ERRORS[i].code == error->code;
  if (self->json) {
    refuse_json(&self->refusals, item, error);
    return;
  }
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
    begin_item(&self->notes_list, item);
    pi_buffer_printf(&self->notes_list, ",\"note\":\"%s\"}", NOTES[note].key);
    return;
  }
  if (!NOTES[note].listed) return;
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
    pi_buffer_text(out, out->len > 0 ? ",{\"file\":" : "{\"file\":");
    write_name(out, file);
    pi_buffer_printf(out, ",\"line\":%llu,\"id\":", (unsigned long long)cell->line);
    pi_json_write_string(out, cell->text);
    pi_buffer_byte(out, '}');
    return;
  }
  pi_utf8_show(out, pi_slice_of(file), false);
  pi_buffer_printf(out, ":%llu: not used: %s ", (unsigned long long)cell->line, UNUSED[unused].of);
  pi_utf8_show(out, cell->text, false);
  pi_buffer_byte(out, '\n');
}

/* --- the whole --- */

static void write_count(pi_buffer *out, const char *key, uint64_t count) {
  pi_buffer_printf(out, "\"%s\":%llu", key, (unsigned long long)count);
}

static void write_array(pi_buffer *out, const char *key, const pi_buffer *items) {
  pi_buffer_printf(out, ",\"%s\":[", key);
  pi_buffer_append(out, items->data, items->len);
  pi_buffer_byte(out, ']');
}

void pi_import_report_json(const pi_import_report *self, pi_buffer *out) {
  pi_buffer_text(out, "{\"v\":1,");
  write_count(out, "in", self->in);
  pi_buffer_byte(out, ',');
  write_count(out, "imported", self->imported);
  pi_buffer_byte(out, ',');
  write_count(out, "refused", self->refused);
  pi_buffer_printf(out, ",\"apis\":{\"v1.1\":%llu,\"v2\":%llu},\"codes\":{",
                   (unsigned long long)self->apis[0], (unsigned long long)self->apis[1]);
  const char *separator = "";
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) {
    if (self->codes[i] == 0) continue;
    pi_buffer_printf(out, "%s\"E%04u\":%llu", separator, PI_ERRORS[i].code,
                     (unsigned long long)self->codes[i]);
    separator = ",";
  }
  pi_buffer_text(out, "},\"notes\":{");
  for (size_t i = 0; i < PI_NOTE_COUNT; i++) {
    if (i > 0) pi_buffer_byte(out, ',');
    write_count(out, NOTES[i].key, self->notes[i]);
  }
  pi_buffer_text(out, "},");
  write_count(out, "api_errors", self->api_errors);
  pi_buffer_byte(out, ',');
  pi_buffer_printf(out, "\"unused_rows\":{\"offices\":%llu,\"violations\":%llu}",
                   (unsigned long long)self->unused_rows[PI_UNUSED_OFFICE],
                   (unsigned long long)self->unused_rows[PI_UNUSED_VIOLATION]);
  write_array(out, "refusals", &self->refusals);
  write_array(out, "noted", &self->notes_list);
  write_array(out, "unused", &self->unused);
  pi_buffer_text(out, "}\n");
}
