#include "repl_history.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes each folder of the path that is not there yet; false when the last cannot be made. */
static bool make_folders(const char *path) {
  char part[PI_REPL_HISTORY_PATH_BYTES];
  size_t length = strlen(path);
  for (size_t i = 1; i <= length; i++) {
    if (path[i] != '/' && path[i] != '\0') continue;
    memcpy(part, path, i);
    part[i] = '\0';
    if (mkdir(part, 0700) != 0 && errno != EEXIST) return false;
  }
  return true;
}

/* "" where there is no home. */
static void find_place(char *out, size_t size) {
  const char *state = getenv("XDG_STATE_HOME");
  const char *home = getenv("HOME");
  char folder[PI_REPL_HISTORY_PATH_BYTES];
  int length = -1;
  out[0] = '\0';
  if (state != NULL && state[0] == '/') {
    length = snprintf(folder, sizeof folder, "%s/pubint", state);
  } else if (home != NULL && home[0] == '/') {
    length = snprintf(folder, sizeof folder, "%s/.local/state/pubint", home);
  }
  if (length < 0 || (size_t)length + sizeof "/history" > sizeof folder || !make_folders(folder)) return;
  snprintf(out, size, "%.*s/history", length, folder);
}

void pi_repl_history_open(pi_repl_history *self, EditLine *edit) {
  HistEvent event;
  find_place(self->path, sizeof self->path);
  self->lines = history_init();
  if (self->lines == NULL) return;
  history(self->lines, &event, H_SETSIZE, PI_REPL_HISTORY_LINES);
  history(self->lines, &event, H_SETUNIQUE, 1);
  if (self->path[0] != '\0') history(self->lines, &event, H_LOAD, self->path);
  el_set(edit, EL_HIST, history, self->lines);
}

void pi_repl_history_add(pi_repl_history *self, pi_buffer *line) {
  HistEvent event;
  bool blank = true;
  for (size_t i = 0; i < line->len; i++) blank = blank && (line->data[i] == ' ' || line->data[i] == '\t');
  if (self->lines == NULL || blank || pi_buffer_end(line) == NULL) return;
  history(self->lines, &event, H_ENTER, line->data);
}

void pi_repl_history_close(pi_repl_history *self) {
  HistEvent event;
  if (self->lines == NULL) return;
  if (self->path[0] != '\0') {
    mode_t before = umask(0077); /* what somebody tried is nobody else's */
    history(self->lines, &event, H_SAVE, self->path);
    umask(before);
  }
  history_end(self->lines);
}
