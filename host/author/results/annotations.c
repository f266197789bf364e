#include "annotations.h"

#include "errors.h"
#include "utf8.h"

/* Text between the marks of a line; what ends a property is escaped in one. */
static void write_text(pi_buffer *out, pi_slice text, bool property) {
  const char *end = text.ptr + text.len;
  for (const char *p = text.ptr; p < end;) {
    char shown[PI_UTF8_SHOWN_BYTES];
    size_t length;
    bool ends_line = *p == '\n' || *p == '\r';
    bool escaped = ends_line || *p == '%' || (property && (*p == ':' || *p == ','));
    if (escaped) {
      pi_buffer_printf(out, "%%%02X", (unsigned)*p++);
      continue;
    }
    p += pi_utf8_show_next(p, end, shown, &length);
    pi_buffer_append(out, shown, length);
  }
}

static void write_place(pi_buffer *out, const pi_result *result, pi_slice place) {
  pi_slice folder = pi_slice_equal(place, PI_SLICE("./")) ? PI_SLICE("") : place;
  uint32_t column = pi_results_column(result);
  pi_buffer_text(out, " file=");
  write_text(out, folder, true);
  write_text(out, pi_results_file(result), true);
  pi_buffer_printf(out, ",line=%u", result->line > 0 ? result->line : 1);
  if (column > 0) pi_buffer_printf(out, ",col=%u", column);
}

static void write_one(pi_buffer *out, const pi_result *result, pi_slice place) {
  const pi_error_row *row = pi_error_find(result->code);
  pi_buffer_text(out, result->note ? "::notice" : "::error");
  write_place(out, result, place);
  pi_buffer_printf(out, ",title=E%u", result->code);
  if (row != NULL) {
    write_text(out, PI_SLICE(": "), true);
    write_text(out, pi_slice_of(row->message), true);
  }
  pi_buffer_text(out, "::");
  write_text(out, result->message, false);
  pi_buffer_byte(out, '\n');
}

void pi_annotations_write(const pi_results *results, pi_slice place, pi_buffer *out) {
  for (const pi_result *result = results->first; result != NULL; result = result->next) {
    if (result->reason.ptr == NULL) write_one(out, result, place);
  }
}
