#include "repl_paste.h"

#include <limits.h>
#include <string.h>

void pi_repl_paste_init(pi_repl_paste *self) {
  *self = (pi_repl_paste){.at = 0};
  pi_buffer_init(&self->text, PI_REPL_PASTE_BYTES_MAX);
}

void pi_repl_paste_dispose(pi_repl_paste *self) {
  pi_buffer_dispose(&self->text);
}

void pi_repl_paste_forget(pi_repl_paste *self) {
  pi_buffer_reset(&self->text);
  self->at = 0;
  self->after_return = false;
}

void pi_repl_paste_add(pi_repl_paste *self, wchar_t c) {
  char bytes[MB_LEN_MAX];
  mbstate_t state = {0};
  bool repeated = c == L'\n' && self->after_return;
  self->after_return = c == L'\r';
  if (repeated) return;
  if (c == L'\r') {
    c = L'\n';
  } else if ((c < 0x20 && c != L'\n') || c == 0x7f) {
    c = L' ';
  }
  size_t length = wcrtomb(bytes, c, &state);
  if (length != (size_t)-1) pi_buffer_append(&self->text, bytes, length);
}

bool pi_repl_paste_waits(const pi_repl_paste *self) {
  return !self->text.failed && self->at < self->text.len;
}

bool pi_repl_paste_take(pi_repl_paste *self, pi_buffer *out, bool *ended) {
  size_t left = self->text.len - self->at;
  bool taken = false;
  if (!self->text.failed && left > 0) {
    const char *at = self->text.data + self->at;
    const char *newline = memchr(at, '\n', left);
    size_t length = newline != NULL ? (size_t)(newline - at) : left;
    *ended = newline != NULL;
    pi_buffer_append(out, at, length);
    self->at += length + (*ended ? 1 : 0);
    taken = pi_buffer_end(out) != NULL;
  }
  if (!taken || self->at == self->text.len) pi_repl_paste_forget(self);
  return taken;
}
