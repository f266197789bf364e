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

void pi_terminal_json(pi_buffer *out, pi_slice json) {
  if (isatty(STDOUT_FILENO) != 1) {
    pi_buffer_slice(out, json);
    return;
  }
  const char *end = json.ptr + json.len;
  for (const char *at = json.ptr; at < end;) {
    size_t bytes;
    uint32_t code = pi_utf8_decode(at, &bytes);
    char shown[PI_UTF8_SHOWN_BYTES];
    size_t shown_len;
    pi_utf8_show_next(at, end, shown, &shown_len);
    if (shown_len == bytes) {
      pi_buffer_append(out, at, bytes);
    } else {
      pi_buffer_printf(out, "\\u%04x", (unsigned)code); /* none of them lies beyond U+FFFF */
    }
    at += bytes;
  }
}

bool pi_terminal_write(pi_buffer *out) {
  pubint_error error;
  if (out->failed) {
    pi_error_set(&error, PI_E_NO_MEMORY);
    pi_complain(&error);
    return false;
  }
  errno = 0;
  bool written = out->len == 0 || fwrite(out->data, 1, out->len, stdout) == out->len;
  if (written && fflush(stdout) == 0) return true;
  int reason = errno;
  if (reason == EPIPE)
    return false; /* a reader that has enough, as head: nothing went wrong that it could mend */
  pi_error_set(&error, PI_E_CANNOT_WRITE);
  snprintf(error.found, sizeof error.found, "%s", reason != 0 ? strerror(reason) : "an unknown reason");
  pi_complain(&error);
  return false;
}
