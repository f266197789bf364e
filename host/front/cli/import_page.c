#include "import_page.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MAX_BYTES = 1024, INDENT = 2, FURTHER = 4, COLUMN_COUNT_END = 17, COLUMN_TEXT = 19 };

/* Lines of text, each wrapped where it is too wide, with what follows the first further in. */
static void print_lines(pi_page *page, const pi_buffer *lines) {
  const char *end = lines->data + lines->len;
  for (const char *line = lines->data; line < end;) {
    const char *newline = memchr(line, '\n', (size_t)(end - line));
    size_t length = (size_t)((newline != NULL ? newline : end) - line), blanks = 0;
    while (blanks < length && line[blanks] == ' ') blanks++;
    if (blanks > 0) pi_page_to(page, FURTHER);
    pi_page_wrap(page, FURTHER, PI_STYLE_PLAIN, (pi_slice){line + blanks, length - blanks});
    line += length + 1;
  }
}

static void print_row(pi_page *page, const char *code, uint64_t count, const char *text) {
  char number[24];
  snprintf(number, sizeof number, "%llu", (unsigned long long)count);
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_PLAIN, pi_slice_of(code));
  pi_page_right(page, COLUMN_COUNT_END, PI_STYLE_PLAIN, pi_slice_of(number));
  pi_page_to(page, COLUMN_TEXT);
  pi_page_wrap(page, COLUMN_TEXT, PI_STYLE_PLAIN, pi_slice_of(text));
}

/* What does not stand above line by line. */
static void print_rest(pi_page *page, uint64_t count, uint64_t shown) {
  char text[96];
  if (count <= shown) return;
  snprintf(text, sizeof text, "(%llu shown above; --json lists all)", (unsigned long long)shown);
  pi_page_to(page, COLUMN_TEXT);
  pi_page_wrap(page, COLUMN_TEXT, PI_STYLE_FAINT, pi_slice_of(text));
}

static void heading(pi_page *page, const char *text) {
  pi_page_text(page, PI_STYLE_HEAD, pi_slice_of(text));
  pi_page_end(page);
}

/* 5 in = 3 imported (1 of API v1.1, 2 of v2) + 2 refused */
static void print_sum(const pi_import_report *self, pi_page *page) {
  pi_buffer line;
  pi_buffer_init(&line, LINE_MAX_BYTES);
  pi_buffer_printf(&line, "%llu in = %llu imported", (unsigned long long)self->in,
                   (unsigned long long)self->imported);
  const char *separator = " (";
  for (int i = 0; i < PI_IMPORT_SHAPE_COUNT; i++) {
    if (self->shapes[i] == 0) continue;
    pi_buffer_printf(&line, "%s%llu of %s", separator, (unsigned long long)self->shapes[i],
                     PI_IMPORT_SHAPES[i].title);
    separator = ", ";
  }
  if (self->imported > 0) pi_buffer_byte(&line, ')');
  pi_buffer_printf(&line, " + %llu refused", (unsigned long long)self->refused);
  if (line.failed) page->out->failed = true;
  pi_page_text(page, PI_STYLE_STRONG, (pi_slice){line.data, line.len});
  pi_page_end(page);
  pi_buffer_dispose(&line);
}

void pi_import_page_print(const pi_import_report *self, pi_page *page) {
  print_lines(page, &self->refusals);
  print_lines(page, &self->notes_list);
  pi_buffer_append(page->out, self->unused.data, self->unused.len);
  print_sum(self, page);
  if (self->refused > 0) heading(page, "Refused");
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) {
    char code[8];
    snprintf(code, sizeof code, "E%04u", PI_ERRORS[i].code % 10000);
    if (self->codes[i] == 0) continue;
    print_row(page, code, self->codes[i], PI_ERRORS[i].message);
    print_rest(page, self->codes[i], self->shown[i].count);
  }
  bool noted = self->unused_rows[0] > 0 || self->unused_rows[1] > 0 || self->api_errors > 0;
  for (size_t i = 0; i < PI_NOTE_COUNT; i++) noted = noted || self->notes[i] > 0;
  if (noted) heading(page, "Noted");
  for (size_t i = 0; i < PI_NOTE_COUNT; i++) {
    if (self->notes[i] > 0) print_row(page, "", self->notes[i], pi_import_note_text((pi_import_note)i));
  }
  if (self->api_errors > 0) {
    print_row(page, "", self->api_errors, "errors in the payloads: objects that Twitter did not give");
  }
  for (size_t i = 0; i < PI_UNUSED_COUNT; i++) {
    if (self->unused_rows[i] == 0) continue;
    print_row(page, "", self->unused_rows[i], pi_import_unused_text((pi_import_unused)i));
    print_rest(page, self->unused_rows[i], PI_IMPORT_EXAMPLES);
  }
}
