#include "test_report.h"

#include <stdio.h>
#include <string.h>

#include "explain_parts.h"
#include "utf8.h"

enum {
  INDENT = 4,
  COLUMN_SIDE = 15,
  COLUMN_COUNT = 40,
  BUFFER_MAX = 64 * 1024 * 1024,
  FAILURES_BLOCK = 16 * 1024
};

void pi_test_report_balance(pi_buffer *out, const pubint_evaluation *evaluation, unsigned width, bool color) {
  pi_explain_options options = {.locale = PI_SLICE("en"), .width = width, .color = color};
  pi_explainer explainer;
  pi_explainer_init(&explainer, out, evaluation, NULL, &options);
  pi_explain_outcome(&explainer);
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    pi_page_end(&explainer.page);
    pi_explain_entry(&explainer, &evaluation->entries[i]);
  }
  pi_explainer_dispose(&explainer);
}

/* ---- for people ---- */

static void text_line(pi_page *page, pi_style style, const char *text) {
  pi_page_text(page, style, pi_slice_of(text));
}

static void text_side(pi_page *page, const char *label, pi_style style, pi_slice value) {
  pi_page_to(page, INDENT);
  text_line(page, PI_STYLE_FAINT, label);
  pi_page_to(page, COLUMN_SIDE);
  pi_page_wrap(page, COLUMN_SIDE, style, value);
}

/* "tests/a_test.lua:12: the name" */
static void text_place(pi_page *page, pi_slice script, uint32_t line, pi_slice name, unsigned indent) {
  char place[340], number[16] = "";
  if (line > 0) snprintf(number, sizeof number, ":%u", line);
  snprintf(place, sizeof place, "%.*s%s: ", (int)script.len, script.ptr, number);
  text_line(page, PI_STYLE_PLAIN, place);
  pi_page_wrap(page, indent, PI_STYLE_STRONG, name);
}

static void text_excerpt(pi_page *page, const pi_test_result *result) {
  if (result->excerpt.len == 0) return;
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_PLAIN, result->excerpt);
  pi_page_end(page);
  if (result->column == 0 || result->column - 1 > result->excerpt.len) return;
  pi_slice before = {result->excerpt.ptr, result->column - 1};
  pi_page_to(page, INDENT + pi_page_columns(page, before));
  text_line(page, PI_STYLE_PLAIN, "^");
  pi_page_end(page);
}

static void text_failure(pi_page *page, const pi_test_result *result) {
  text_line(page, PI_STYLE_BAD, "FAILED ");
  text_place(page, result->script, result->line, result->name, 7);
  if (result->expected.len > 0) {
    text_side(page, "expected", PI_STYLE_GOOD, result->expected);
    text_side(page, "actual", PI_STYLE_BAD, result->actual);
    if (result->hint.len > 0) text_side(page, "hint", PI_STYLE_OPEN, result->hint);
  } else {
    pi_page_to(page, INDENT);
    pi_page_wrap(page, INDENT, PI_STYLE_PLAIN, result->message);
    text_excerpt(page, result);
  }
  if (result->evaluation != NULL) {
    pi_page_end(page);
    pi_test_report_balance(page->out, result->evaluation, page->width, page->color);
  }
  pi_page_end(page);
}

/* ---- failures that are alike ---- */

static bool is_like(const pi_test_failure *known, const pi_test_result *result) {
  return known->line == result->line && pi_slice_equal(known->script, result->script) &&
         pi_slice_equal(known->message, result->message) &&
         pi_slice_equal(known->expected, result->expected) && pi_slice_equal(known->actual, result->actual);
}

static bool keep(pi_arena *arena, pi_slice *text) {
  *text = pi_arena_copy(arena, text->len > 0 ? *text : PI_SLICE(""));
  return text->ptr != NULL;
}

/* Whether a failure is the first of its kind, which alone is shown. Where memory has run out all are. */
static bool is_first(pi_test_report *self, const pi_test_result *result) {
  for (pi_test_failure *known = self->failures; known != NULL; known = known->next) {
    if (!is_like(known, result)) continue;
    known->more++;
    return false;
  }
  pi_test_failure *failure = pi_arena_alloc(&self->arena, sizeof *failure);
  if (failure == NULL) return true;
  *failure = (pi_test_failure){.script = result->script,
                               .line = result->line,
                               .name = result->name,
                               .message = result->message,
                               .expected = result->expected,
                               .actual = result->actual};
  bool kept = keep(&self->arena, &failure->script) && keep(&self->arena, &failure->name) &&
              keep(&self->arena, &failure->message) && keep(&self->arena, &failure->expected) &&
              keep(&self->arena, &failure->actual);
  if (!kept) return true;
  *(self->failures != NULL ? &self->last_failure->next : &self->failures) = failure;
  self->last_failure = failure;
  return true;
}

/* What failed, each kind once: the first of it, and how many more there are. */
static void text_failures(const pi_test_report *self) {
  pi_page *page = self->page;
  if (self->failures == NULL) return;
  pi_page_end(page);
  text_line(page, PI_STYLE_BAD, "Failed");
  pi_page_end(page);
  for (const pi_test_failure *failure = self->failures; failure != NULL; failure = failure->next) {
    pi_page_to(page, 2);
    text_place(page, failure->script, failure->line, failure->name, INDENT);
    if (failure->more == 0) continue;
    char more[64];
    snprintf(more, sizeof more, "and %u more that fail%s alike", failure->more,
             failure->more == 1 ? "s" : "");
    pi_page_to(page, INDENT);
    text_line(page, PI_STYLE_FAINT, more);
    pi_page_end(page);
  }
}

static void text_file(pi_test_report *self) {
  char count[64];
  if (self->page == NULL || self->file[0] == '\0') return;
  text_line(self->page, self->file_failed > 0 ? PI_STYLE_BAD : PI_STYLE_GOOD,
            self->file_failed > 0 ? "failed  " : "passed  ");
  text_line(self->page, PI_STYLE_PLAIN, self->file);
  pi_page_to(self->page, COLUMN_COUNT);
  snprintf(count, sizeof count, "  %u of %u", self->file_passed, self->file_passed + self->file_failed);
  text_line(self->page, PI_STYLE_FAINT, count);
  pi_page_end(self->page);
}

/* ---- TAP ---- */

/* The next character as other programs can read it: control characters, bytes that are not UTF-8 and what XML
 * has no character for are escaped as \\u{1B} and \\xFF. Returns the bytes it took. */
static size_t readable(pi_slice text, size_t at, char out[PI_UTF8_SHOWN_BYTES + 1], size_t *length) {
  const char *p = text.ptr + at, *end = text.ptr + text.len;
  size_t taken = pi_utf8_show_next(p, end, out, length);
  bool nothing =
      taken == 3 && memcmp(p, "\xef\xbf", 2) == 0 && (unsigned char)p[2] >= 0xbe; /* U+FFFE, U+FFFF */
  if (nothing)
    *length = (size_t)snprintf(out, PI_UTF8_SHOWN_BYTES + 1, "\\u{FFF%c}", p[2] == '\xbe' ? 'E' : 'F');
  return taken;
}

/* A line of YAML or of a plan: newlines would end it. */
static void tap_text(pi_buffer *out, pi_slice text, bool description) {
  for (size_t i = 0; i < text.len;) {
    char shown[PI_UTF8_SHOWN_BYTES + 1], c = text.ptr[i];
    size_t length;
    i += readable(text, i, shown, &length);
    if (description && (c == '#' || shown[0] == '\\')) pi_buffer_byte(out, '\\');
    if (!description && c == '\'') pi_buffer_byte(out, '\'');
    pi_buffer_append(out, shown, length);
  }
}

static void tap_entry(pi_buffer *out, const char *key, pi_slice value) {
  pi_buffer_printf(out, "  %s: '", key);
  tap_text(out, value, false);
  pi_buffer_text(out, "'\n");
}

static void tap_told(pi_test_report *self, const pi_test_result *result) {
  pi_buffer *out = self->tap;
  pi_buffer_printf(out, "%s %u - ", result->passed ? "ok" : "not ok", self->number);
  tap_text(out, result->file, true);
  pi_buffer_text(out, ": ");
  tap_text(out, result->name, true);
  pi_buffer_byte(out, '\n');
  if (result->passed) return;
  pi_buffer_text(out, "  ---\n");
  tap_entry(out, "message", result->message);
  tap_entry(out, "file", result->script);
  pi_buffer_printf(out, "  line: %u\n", result->line);
  if (result->expected.len > 0) {
    tap_entry(out, "expected", result->expected);
    tap_entry(out, "actual", result->actual);
    if (result->hint.len > 0) tap_entry(out, "hint", result->hint);
  }
  pi_buffer_text(out, "  ...\n");
}

/* ---- JSON ---- */

static void json_told(pi_test_report *self, const pi_test_result *result) {
  pi_outline *out = self->json;
  pi_outline_open(out, NULL, '{');
  pi_outline_string(out, "file", result->file);
  pi_outline_string(out, "name", result->name);
  pi_outline_bool(out, "passed", result->passed);
  if (!result->passed) {
    pi_outline_string(out, "script", result->script);
    pi_outline_count(out, "line", result->line);
    if (result->column > 0) pi_outline_count(out, "column", result->column);
    pi_outline_string(out, "message", result->message);
    if (result->expected.len > 0) {
      pi_outline_string(out, "expected", result->expected);
      pi_outline_string(out, "actual", result->actual);
      if (result->hint.len > 0) pi_outline_string(out, "hint", result->hint);
    }
  }
  pi_outline_close(out, '}');
}

/* ---- JUnit ---- */

static void xml_text(pi_buffer *out, pi_slice text) {
  for (size_t i = 0; i < text.len;) {
    char shown[PI_UTF8_SHOWN_BYTES + 1], c = text.ptr[i];
    size_t length;
    i += readable(text, i, shown, &length);
    switch (c) {
    case '<': pi_buffer_text(out, "&lt;"); break;
    case '>': pi_buffer_text(out, "&gt;"); break;
    case '&': pi_buffer_text(out, "&amp;"); break;
    case '"': pi_buffer_text(out, "&quot;"); break;
    case '\n': pi_buffer_byte(out, '\n'); break;
    default: pi_buffer_append(out, shown, length);
    }
  }
}

static void xml_told(pi_test_report *self, const pi_test_result *result) {
  pi_buffer *out = &self->suite;
  pi_buffer_text(out, "    <testcase classname=\"");
  xml_text(out, result->file);
  pi_buffer_text(out, "\" name=\"");
  xml_text(out, result->name);
  if (result->passed) {
    pi_buffer_text(out, "\"/>\n");
    return;
  }
  pi_buffer_text(out, "\">\n      <failure message=\"");
  xml_text(out, result->message);
  pi_buffer_text(out, "\">");
  xml_text(out, result->script);
  pi_buffer_printf(out, ":%u\n", result->line);
  if (result->expected.len > 0) {
    pi_buffer_text(out, "expected ");
    xml_text(out, result->expected);
    pi_buffer_text(out, "\nactual   ");
    xml_text(out, result->actual);
    pi_buffer_byte(out, '\n');
    if (result->hint.len > 0) {
      pi_buffer_text(out, "hint     ");
      xml_text(out, result->hint);
      pi_buffer_byte(out, '\n');
    }
  }
  if (result->evaluation != NULL) {
    pi_buffer balance;
    pi_buffer_init(&balance, BUFFER_MAX);
    pi_test_report_balance(&balance, result->evaluation, PI_PAGE_WIDTH, false);
    if (balance.failed)
      out->failed = true;
    else
      xml_text(out, (pi_slice){balance.data, balance.len});
    pi_buffer_dispose(&balance);
  }
  pi_buffer_text(out, "</failure>\n    </testcase>\n");
}

static void xml_file(pi_test_report *self) {
  if (self->xml == NULL || self->file[0] == '\0') return;
  pi_buffer_text(self->xml, "  <testsuite name=\"");
  xml_text(self->xml, pi_slice_of(self->file));
  pi_buffer_printf(self->xml, "\" tests=\"%u\" failures=\"%u\" errors=\"0\">\n",
                   self->file_passed + self->file_failed, self->file_failed);
  pi_buffer_append(self->xml, self->suite.data, self->suite.len);
  pi_buffer_text(self->xml, "  </testsuite>\n");
  if (self->suite.failed) self->xml->failed = true;
  pi_buffer_reset(&self->suite);
}

/* ---- all of them ---- */

void pi_test_report_begin(pi_test_report *self, pi_page *page, pi_buffer *tap, pi_outline *json,
                          pi_buffer *xml) {
  *self = (pi_test_report){.page = page, .tap = tap, .json = json, .xml = xml};
  pi_buffer_init(&self->suite, BUFFER_MAX);
  pi_arena_init(&self->arena, FAILURES_BLOCK, BUFFER_MAX);
  if (tap != NULL) pi_buffer_text(tap, "TAP version 13\n");
  if (json != NULL) pi_outline_open(json, "tests", '[');
}

static void end_file(pi_test_report *self) {
  text_file(self);
  xml_file(self);
  self->file_passed = self->file_failed = 0;
  self->file[0] = '\0';
}

void pi_test_report_flush(pi_test_report *self) {
  end_file(self);
}

void pi_test_report_told(void *context, const pi_test_result *result) {
  pi_test_report *self = context;
  if (strcmp(self->file, result->file.ptr) != 0) {
    end_file(self);
    snprintf(self->file, sizeof self->file, "%s", result->file.ptr);
  }
  *(result->passed ? &self->file_passed : &self->file_failed) += 1;
  self->number++;
  if (self->page != NULL && !result->passed && is_first(self, result)) text_failure(self->page, result);
  if (self->tap != NULL) tap_told(self, result);
  if (self->json != NULL) json_told(self, result);
  if (self->xml != NULL) xml_told(self, result);
}

void pi_test_report_end(pi_test_report *self, const pi_test_totals *totals) {
  end_file(self);
  if (self->page != NULL) {
    char count[96];
    text_failures(self);
    pi_page_end(self->page);
    snprintf(count, sizeof count, "%u passed, %u failed", totals->passed, totals->failed);
    text_line(self->page, PI_STYLE_PLAIN, count);
    pi_page_end(self->page);
  }
  if (self->tap != NULL) pi_buffer_printf(self->tap, "1..%u\n", self->number);
  if (self->json != NULL) {
    pi_outline_close(self->json, ']');
    pi_outline_count(self->json, "passed", totals->passed);
    pi_outline_count(self->json, "failed", totals->failed);
  }
  if (self->xml != NULL) {
    pi_buffer head;
    pi_buffer_init(&head, BUFFER_MAX);
    pi_buffer_printf(&head, PI_TEST_REPORT_XML "<testsuites tests=\"%u\" failures=\"%u\">\n",
                     totals->passed + totals->failed, totals->failed);
    pi_buffer_append(&head, self->xml->data, self->xml->len);
    pi_buffer_text(&head, "</testsuites>\n");
    bool failed = self->xml->failed || head.failed;
    pi_buffer_reset(self->xml); /* forgets a failure too */
    pi_buffer_append(self->xml, head.data, head.len);
    if (failed) self->xml->failed = true;
    pi_buffer_dispose(&head);
  }
  pi_buffer_dispose(&self->suite);
  pi_arena_dispose(&self->arena);
}
