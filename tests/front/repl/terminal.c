#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

/* How long nothing may come before a test fails: no test takes that long where all is well. */
enum { PATIENCE_MS = 60 * 1000 };

void terminal_start(terminal *self, char *const *argv, char *const *environment) {
  terminal_start_at(self, 80, argv, environment);
}

void terminal_start_at(terminal *self, unsigned short columns, char *const *argv, char *const *environment) {
  struct winsize size = {.ws_row = 24, .ws_col = columns};
  *self = (terminal){.seen = calloc(1, 1), .wanted = ""};
  assert_non_null(self->seen);
  self->child = forkpty(&self->fd, NULL, NULL, &size);
  assert_true(self->child >= 0);
  if (self->child != 0) return;
  for (size_t i = 0; environment[i] != NULL; i++) putenv(environment[i]);
  execv(argv[0], argv);
  _exit(127);
}

/* Adds what was shown, without what only moves the cursor or changes colours. */
static void add(terminal *self, const char *bytes, size_t length) {
  char *grown = realloc(self->seen, self->seen_bytes + length + 1);
  assert_non_null(grown);
  self->seen = grown;
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (self->escape == 0 && c != 0x1b) {
      self->seen[self->seen_bytes++] = bytes[i];
    } else if (self->escape == 0) {
      self->escape = 1;
    } else if (self->escape == 1) {
      self->escape = c == '[' ? 2 : 0;
    } else if (c >= 0x40 && c <= 0x7e) {
      self->escape = 0;
      if (c == 'l') self->lines_taken++;
      if (c == 'h') {
        self->prompts++;
        self->prompted = self->seen_bytes;
      }
    }
  }
  self->seen[self->seen_bytes] = '\0';
}

/* False at the program's end. */
static bool take_more(terminal *self, int patience) {
  struct pollfd input = {.fd = self->fd, .events = POLLIN};
  char bytes[4096];
  int ready = poll(&input, 1, patience);
  if (ready == 0) fail_msg("\"%s\" did not come; it shows:\n%s", self->wanted, self->seen + self->from);
  if (ready < 0) return errno == EINTR;
  ssize_t got = read(self->fd, bytes, sizeof bytes);
  if (got <= 0) return false;
  add(self, bytes, (size_t)got);
  return true;
}

void terminal_type(terminal *self, const char *keys) {
  size_t length = strlen(keys);
  while (length > 0) {
    /* What it shows meanwhile is taken, or both would wait for each other. */
    struct pollfd both = {.fd = self->fd, .events = POLLIN | POLLOUT};
    assert_true(poll(&both, 1, PATIENCE_MS) > 0);
    if ((both.revents & POLLIN) != 0) {
      assert_true(take_more(self, PATIENCE_MS));
      continue;
    }
    ssize_t wrote = write(self->fd, keys, length < 256 ? length : 256);
    assert_true(wrote > 0);
    keys += wrote;
    length -= (size_t)wrote;
  }
}

void terminal_expect(terminal *self, const char *text) {
  self->wanted = text;
  for (;;) {
    const char *found = strstr(self->seen + self->from, text);
    if (found != NULL) {
      self->from = (size_t)(found - self->seen) + strlen(text);
      return;
    }
    if (!take_more(self, PATIENCE_MS)) {
      fail_msg("it ended without \"%s\" and shows:\n%s", text, self->seen + self->from);
    }
  }
}

bool terminal_prompted(terminal *self) {
  self->wanted = "a prompt";
  self->answered++;
  while (self->prompts < self->answered || strstr(self->seen + self->prompted, "> ") == NULL) {
    if (!take_more(self, PATIENCE_MS)) return false;
  }
  return true;
}

void terminal_expect_taken(terminal *self, unsigned count) {
  self->wanted = "the end of the line";
  while (self->lines_taken < count) assert_true(take_more(self, PATIENCE_MS));
}

void terminal_resize(terminal *self, unsigned short columns, unsigned short rows) {
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  assert_int_equal(ioctl(self->fd, TIOCSWINSZ, &size), 0);
}

/* Its status as waitpid has it. */
static int end(terminal *self) {
  int status = 0;
  while (take_more(self, PATIENCE_MS)) continue;
  assert_int_equal(waitpid(self->child, &status, 0), self->child);
  close(self->fd);
  return status;
}

char *terminal_shown(terminal *self) {
  (void)end(self);
  return self->seen;
}

int terminal_end(terminal *self) {
  int status = end(self);
  free(self->seen);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
