/* Standard output and standard error: colour, width, and whether what is written arrives. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "columns.h"
#include "command.h"
#include "errors.h"
#include "utf8.h"

enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

pi_exit pi_complain(const pubint_error *error) {
  char text[4096]; /* every field of an error, escaped */
  pi_error_format(error, pi_columns, text, sizeof text);
  fprintf(stderr, "%s%s", error->file[0] == '\0' ? "pubint: " : "", text);
  switch (error->status) {
  case PUBINT_OK: return PI_EXIT_DONE;
  case PUBINT_E_INPUT: return PI_EXIT_REFUSED;
  case PUBINT_E_POLICY: return PI_EXIT_POLICY;
  case PUBINT_E_USAGE: return PI_EXIT_USAGE;
  case PUBINT_E_UNMET: return PI_EXIT_UNMET;
  case PUBINT_E_LIMIT:
  case PUBINT_E_SYSTEM: break;
  }
  return PI_EXIT_SYSTEM;
}

pi_exit pi_complain_of_input(const pi_common *common, const pubint_error *error) {
  pubint_error unquoted = *error;
  if (common->no_excerpts) pi_error_unquote(&unquoted);
  return pi_complain(&unquoted);
}

bool pi_terminal_color(const pi_common *common) {
  if (common->color == COLOR_ALWAYS) return true;
  if (common->color == COLOR_NEVER) return false;
  const char *no_color = getenv("NO_COLOR");
  if (no_color != NULL && no_color[0] != '\0') return false;
  const char *terminal = getenv("TERM");
  if (terminal == NULL || strcmp(terminal, "dumb") == 0) return false;
  return isatty(STDOUT_FILENO) == 1;
}

unsigned pi_terminal_width(void) {
  struct winsize size;
  if (isatty(STDOUT_FILENO) != 1 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return PI_PAGE_WIDTH;
  if (size.ws_col == 0 || size.ws_col > PI_PAGE_WIDTH) return PI_PAGE_WIDTH;
  return size.ws_col;
}

/* The bytes of a colour that a page sets: ESC [ numbers m; 0 where none stands. */
static size_t color_at(const char *at, const char *end) {
  const char *p = at + 2;
  if (end - at < 3 || at[0] != '\x1b' || at[1] != '[') return 0;
  while (p < end && ((*p >= '0' && *p <= '9') || *p == ';')) p++;
  return p < end && *p == 'm' ? (size_t)(p + 1 - at) : 0;
}

/* The bytes of what is laid out with: a new line, of a table too, and a tab. */
static size_t layout_at(const char *at, const char *end) {
  if (*at == '\n' || *at == '\t') return 1;
  return end - at >= 2 && at[0] == '\r' && at[1] == '\n' ? 2 : 0;
}

/* As an escape of JSON, which all formats have the same of; a byte that is no UTF-8 is told as text tells it.
 */
static size_t put_hidden(pi_buffer *out, const char *at, const char *end) {
  char shown[PI_UTF8_SHOWN_BYTES];
  size_t shown_len, bytes = pi_utf8_sequence(at, end);
  if (bytes == 0) {
    pi_utf8_show_next(at, end, shown, &shown_len);
    pi_buffer_append(out, shown, shown_len);
    return 1;
  }
  uint32_t code = pi_utf8_decode(at, &bytes);
  if (code > 0xFFFF) {
    pi_buffer_printf(out, "\\u%04x", (unsigned)(0xD800 + ((code - 0x10000) >> 10)));
    code = 0xDC00 + ((code - 0x10000) & 0x3FF);
  }
  pi_buffer_printf(out, "\\u%04x", (unsigned)code);
  return bytes;
}

/* What stands at `at` and may reach a terminal as it is, in bytes; 0: it may not. */
static size_t harmless_at(const char *at, const char *end, bool page) {
  char shown[PI_UTF8_SHOWN_BYTES];
  size_t shown_len;
  if ((unsigned char)*at >= 0x20 && (unsigned char)*at < 0x7f) return 1;
  size_t bytes = layout_at(at, end);
  if (bytes == 0 && page) bytes = color_at(at, end);
  if (bytes > 0) return bytes;
  bytes = pi_utf8_show_next(at, end, shown, &shown_len);
  return shown_len == bytes && memcmp(shown, at, bytes) == 0 ? bytes : 0;
}

static void put_harmless(pi_buffer *out, pi_slice text, bool page) {
  const char *end = text.ptr + text.len, *from = text.ptr;
  for (const char *at = text.ptr; at < end;) {
    size_t bytes = harmless_at(at, end, page);
    at += bytes;
    if (bytes > 0) continue;
    pi_buffer_append(out, from, (size_t)(at - from));
    at += put_hidden(out, at, end);
    from = at;
  }
  if (end > from) pi_buffer_append(out, from, (size_t)(end - from));
}

void pi_terminal_json(pi_buffer *out, pi_slice json) {
  if (isatty(STDOUT_FILENO) == 1)
    put_harmless(out, json, false);
  else
    pi_buffer_slice(out, json);
}

/* Writes all of it; 0, or why not. */
static int write_to(FILE *file, const pi_buffer *out, bool page) {
  enum { SHOWN_BYTES_MAX = INT32_MAX };
  pi_buffer shown;
  pi_buffer_init(&shown, SHOWN_BYTES_MAX);
  pi_slice text = {out->data, out->len};
  if (!out->failed && isatty(fileno(file)) == 1) {
    put_harmless(&shown, text, page);
    text = (pi_slice){shown.data, shown.len};
  }
  int reason = out->failed || shown.failed ? ENOMEM : 0;
  errno = 0;
  bool written = reason == 0 && (text.len == 0 || fwrite(text.ptr, 1, text.len, file) == text.len);
  if (reason == 0 && (!written || fflush(file) != 0)) reason = errno != 0 ? errno : EIO;
  pi_buffer_dispose(&shown);
  return reason;
}

bool pi_terminal_write(const pi_buffer *out, bool page) {
  pubint_error error;
  int reason = write_to(stdout, out, page);
  if (reason == 0) return true;
  if (reason == EPIPE)
    return false; /* a reader that has enough, as head: nothing went wrong that it could mend */
  pi_error_set(&error, reason == ENOMEM ? PI_E_NO_MEMORY : PI_E_CANNOT_WRITE);
  if (reason != ENOMEM) snprintf(error.found, sizeof error.found, "%s", strerror(reason));
  pi_complain(&error);
  return false;
}

void pi_terminal_tell(const pi_buffer *out, bool page) {
  (void)write_to(stderr, out, page); /* there is nowhere else to say that it failed */
}
