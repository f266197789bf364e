#include "errors.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "quoted_limits.h"
#include "slice.h"
#include "utf8.h"

const pi_error_row PI_ERRORS[] = {
#define ERROR_ROW(number, name, status, message, mend) {number, #name, status, message, mend},
#include "errors.def"
#undef ERROR_ROW
};
const size_t PI_ERRORS_COUNT = sizeof PI_ERRORS / sizeof PI_ERRORS[0];

const pi_error_row *pi_error_find(unsigned code) {
  size_t low = 0;
  size_t high = PI_ERRORS_COUNT;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (PI_ERRORS[middle].code == code) return &PI_ERRORS[middle];
    if (PI_ERRORS[middle].code < code) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return NULL;
}

pubint_status pi_error_set(pubint_error *error, pi_code code) {
  const pi_error_row *row = pi_error_find((unsigned)code);
  if (error != NULL) {
    memset(error, 0, sizeof *error);
    error->status = row->status;
    error->code = row->code;
    pi_error_field(error->message, sizeof error->message, row->message, strlen(row->message));
  }
  return row->status;
}

pubint_status pi_error_setf(pubint_error *error, pi_code code, const char *format, ...) {
  pubint_status status = pi_error_set(error, code);
  if (error == NULL) return status;
  /* Wider than the field by a character, so that a text cut by vsnprintf is cut again at a character's end.
   */
  char text[sizeof error->message + 4];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  if (length > 0) pi_error_field(error->message, sizeof error->message, text, strlen(text));
  return status;
}

void pi_error_field(char *field, size_t size, const char *text, size_t len) {
  const char *end = text + len;
  size_t used = 0;
  while (text < end) {
    size_t bytes = pi_utf8_sequence(text, end);
    size_t taken = bytes > 0 ? bytes : 1;
    if (used + taken >= size) break;
    unsigned char byte = (unsigned char)*text;
    if (byte == '\t') {
      field[used] = ' ';
    } else if (bytes == 0 || byte < 0x20 || byte == 0x7f) {
      field[used] = '?';
    } else {
      memcpy(field + used, text, bytes);
    }
    used += taken;
    text += taken;
  }
  field[used] = '\0';
}

void pi_error_found(pubint_error *error, const char *text, size_t len) {
  static const char EMPTY[] = "\"\"";
  if (text != NULL && len == 0) {
    text = EMPTY;
    len = sizeof EMPTY - 1;
  }
  pi_error_field(error->found, sizeof error->found, text, len);
}

/* Whether keys of ours could be written so. */
static bool is_plain_name(const char *name, size_t len) {
  enum { NAME_BYTES_MAX = 40 };
  for (size_t i = 0; i < len; i++)
    if (strchr("abcdefghijklmnopqrstuvwxyz0123456789_", name[i]) == NULL) return false;
  return len <= NAME_BYTES_MAX;
}

void pi_error_unquote(pubint_error *error) {
  if (error->status != PUBINT_E_INPUT) return;
  char path[sizeof error->path];
  size_t used = 0;
  error->found[0] = '\0';
  for (const char *p = error->path; *p != '\0';) {
    size_t begin = strspn(p, "/"), len = strcspn(p + begin, "/");
    bool plain = is_plain_name(p + begin, len);
    int more = snprintf(path + used, sizeof path - used, "%.*s%.*s", (int)begin, p,
                        plain ? (int)len : (int)strlen("…"), plain ? p + begin : "…");
    if (more < 0 || (size_t)more >= sizeof path - used) break;
    used += (size_t)more;
    p += begin + len;
  }
  pi_error_field(error->path, sizeof error->path, path, used);
}

const char *pubint_status_name(pubint_status status) {
  switch (status) {
  case PUBINT_OK: return "ok";
  case PUBINT_E_INPUT: return "input";
  case PUBINT_E_POLICY: return "policy";
  case PUBINT_E_LIMIT: return "limit";
  case PUBINT_E_USAGE: return "usage";
  case PUBINT_E_SYSTEM: return "system";
  case PUBINT_E_UNMET: return "unmet";
  }
  return "unknown";
}

/* What pi_error_format writes to: `length` goes on counting when `out` is full. */
typedef struct sink {
  char *out;
  size_t size;
  size_t length;
  bool full;
} sink;

/* Takes a whole character or none, so that the cut lies at a character's end. */
static void put(sink *to, const char *bytes, size_t len) {
  if (!to->full && to->length + len < to->size) {
    memcpy(to->out + to->length, bytes, len);
    to->out[to->length + len] = '\0';
  } else {
    to->full = true;
  }
  to->length += len;
}

static void put_text(sink *to, const char *text) {
  const char *end = text + strlen(text);
  while (text < end) {
    char shown[PI_UTF8_SHOWN_BYTES];
    size_t shown_len;
    text += pi_utf8_show_next(text, end, shown, &shown_len);
    put(to, shown, shown_len);
  }
}

/* Text of our own. */
static void put_plain(sink *to, const char *text) {
  for (; *text != '\0'; text++) put(to, text, 1);
}

static void put_number(sink *to, uint64_t number, int digits) {
  char text[24];
  snprintf(text, sizeof text, "%0*llu", digits, (unsigned long long)number);
  put_plain(to, text);
}

/* FILE:LINE:COLUMN: with what there is of it. */
static void put_place(sink *to, const pubint_error *error) {
  if (error->file[0] != '\0') {
    put_text(to, error->file);
    put_plain(to, ":");
  }
  if (error->line > 0) {
    put_number(to, error->line, 1);
    put_plain(to, ":");
    if (error->column > 0) {
      put_number(to, error->column, 1);
      put_plain(to, ":");
    }
  }
  if (to->length > 0) put_plain(to, " ");
}

/* The source line, and below it a caret at the column, as far right as the text before it is wide. */
static void put_excerpt(sink *to, const pubint_error *error, pi_utf8_measure *columns) {
  size_t len = strlen(error->excerpt);
  if (len == 0) return;
  put_plain(to, "    ");
  put_text(to, error->excerpt);
  put_plain(to, "\n");
  if (error->column == 0 || error->column - 1 > len) return;
  put_plain(to, "    ");
  const char *p = error->excerpt;
  const char *mark = p + (error->column - 1);
  while (p < mark) {
    char shown[PI_UTF8_SHOWN_BYTES];
    size_t shown_len;
    p += pi_utf8_show_next(p, error->excerpt + len, shown, &shown_len);
    for (size_t i = columns((pi_slice){shown, shown_len}); i > 0; i--) put_plain(to, " ");
  }
  put_plain(to, "^\n");
}

static void put_found(sink *to, const pubint_error *error) {
  bool found = error->found[0] != '\0';
  bool expected = error->expected[0] != '\0';
  if (!found && !expected) return;
  put_plain(to, "    ");
  if (found) {
    put_plain(to, "found ");
    put_text(to, error->found);
  }
  if (found && expected) put_plain(to, "; ");
  if (expected) {
    put_plain(to, "expected ");
    put_text(to, error->expected);
  }
  put_plain(to, "\n");
}

size_t pubint_error_format(const pubint_error *error, char *out, size_t size) {
  return pi_error_format(error, pi_utf8_count, out, size);
}

size_t pi_error_format(const pubint_error *error, pi_utf8_measure *columns, char *out, size_t size) {
  sink to = {.out = out, .size = size};
  if (size > 0) out[0] = '\0';
  put_place(&to, error);
  if (error->code > 0) {
    put_plain(&to, "E");
    put_number(&to, error->code, 4);
    put_plain(&to, ": ");
  }
  put_text(&to, error->message[0] != '\0' ? error->message : pubint_status_name(error->status));
  if (error->path[0] != '\0') {
    put_plain(&to, " (at ");
    put_text(&to, error->path);
    put_plain(&to, ")");
  }
  put_plain(&to, "\n");
  put_excerpt(&to, error, columns);
  put_found(&to, error);
  if (error->hint[0] != '\0') {
    put_plain(&to, "    hint: ");
    put_text(&to, error->hint);
    put_plain(&to, "\n");
  }
  return to.length;
}

/* The first line of a value that is written for people. */
static bool is_opening(pi_slice text) {
  while (text.len > 1 && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\r')) text.len--;
  return text.len == 1 && (text.ptr[0] == '{' || text.ptr[0] == '[');
}

void pi_error_hint_line(pubint_error *error, pi_slice line) {
  static const char HINT[] = "one value over many lines? Here each line is one: jq -c . FILE writes it so";
  if (is_opening(line)) pi_error_field(error->hint, sizeof error->hint, HINT, sizeof HINT - 1);
}
