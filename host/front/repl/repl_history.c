#include "repl_history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "target.h"

#define ADDED_BYTES_MAX ((size_t)4 * 1024 * 1024)

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

/* What is in the place of the history and is none is somebody's own: it is left alone, and that is said. */
static void load(pi_repl_history *self) {
  HistEvent event;
  struct stat about;
  pi_target_there there;
  bool holds = stat(self->path, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0;
  bool foreign = holds && history(self->lines, &event, H_LOAD, self->path) < 0;
  if (!foreign && pi_target_check(self->path, PI_TARGET_FORCE, &there, NULL) == PUBINT_OK) return;
  fprintf(stderr, "pubint: the lines of this session are not kept: %s is no history of pubint's own\n",
          self->path);
  self->path[0] = '\0';
}

static void bound(History *lines) {
  HistEvent event;
  history(lines, &event, H_SETSIZE, PI_REPL_HISTORY_LINES);
  history(lines, &event, H_SETUNIQUE, 1);
}

void pi_repl_history_open(pi_repl_history *self, EditLine *edit) {
  find_place(self->path, sizeof self->path);
  pi_buffer_init(&self->added, ADDED_BYTES_MAX);
  self->lines = history_init();
  if (self->lines == NULL) return;
  bound(self->lines);
  if (self->path[0] != '\0') load(self);
  el_set(edit, EL_HIST, history, self->lines);
}

void pi_repl_history_add(pi_repl_history *self, pi_buffer *line) {
  HistEvent event;
  bool blank = true;
  for (size_t i = 0; i < line->len; i++) blank = blank && (line->data[i] == ' ' || line->data[i] == '\t');
  if (self->lines == NULL || blank || pi_buffer_end(line) == NULL) return;
  history(self->lines, &event, H_ENTER, line->data);
  pi_buffer_append(&self->added, line->data, line->len + 1); /* with its NUL */
}

/* Waits a little for other sessions that end now: the file beside the history, locked, or -1. Whoever holds
 * it has a few lines to write, and one that was killed holds it no more. */
static int take_turn(const pi_repl_history *self) {
  enum { TRIES = 200, PAUSE_NS = 10 * 1000 * 1000 };
  static const struct timespec PAUSE = {0, PAUSE_NS};
  char path[PI_REPL_HISTORY_PATH_BYTES + 8];
  snprintf(path, sizeof path, "%s.lock", self->path);
  int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  for (int i = 0; fd >= 0 && i < TRIES; i++) {
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
    (void)nanosleep(&PAUSE, NULL);
  }
  if (fd >= 0) close(fd);
  return -1;
}

/* The lines that the file holds now, and behind them those of this session; NULL when memory runs out. */
static History *merge(const pi_repl_history *self) {
  HistEvent event;
  History *all = history_init();
  if (all == NULL) return NULL;
  bound(all);
  (void)history(all, &event, H_LOAD, self->path);
  for (size_t at = 0; at < self->added.len; at += strlen(self->added.data + at) + 1)
    history(all, &event, H_ENTER, self->added.data + at);
  return all;
}

/* What somebody tried is nobody else's. Where it cannot be written, the one before stays. */
static void save(const pi_repl_history *self, History *all) {
  HistEvent event;
  pi_target target;
  if (pi_target_open(&target, self->path, PI_TARGET_FORCE, 0600, NULL) != PUBINT_OK) return;
  int fd = dup(target.fd);
  FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
  bool saved = file != NULL && history(all, &event, H_SAVE_FP, file) >= 0;
  if (file == NULL && fd >= 0) close(fd);
  if (file != NULL && fclose(file) != 0) saved = false;
  if (saved) pi_target_keep(&target, NULL);
  pi_target_drop(&target);
}

void pi_repl_history_close(pi_repl_history *self) {
  if (self->lines != NULL && self->path[0] != '\0' && self->added.len > 0 && !self->added.failed) {
    int turn = take_turn(self);
    History *all = merge(self);
    if (all != NULL) {
      save(self, all);
      history_end(all);
    }
    if (turn >= 0) close(turn);
  }
  if (self->lines != NULL) history_end(self->lines);
  pi_buffer_dispose(&self->added);
}
