/* A log's folder: made or taken, locked, its end found, and given back. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "errors.h"
#include "file_error.h"
#include "log_read.h"
#include "log_state.h"

/* ---- the folder ---- */

static pubint_status folder_fails(const pi_log *self, int reason, pubint_error *error) {
  return pi_file_error(error, PI_E_LOG_FOLDER, self->name, reason);
}

/* What is not a log already must be empty: its mode is changed, and segments are looked for in it. */
static bool is_fit(int folder) {
  if (faccessat(folder, PI_LOG_LOCK, F_OK, 0) == 0) return true;
  int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *entries = again >= 0 ? fdopendir(again) : NULL;
  if (entries == NULL) {
    if (again >= 0) close(again);
    return false;
  }
  size_t count = 0;
  while (readdir(entries) != NULL) count++;
  closedir(entries);
  return count <= 2; /* "." and ".." */
}

static pubint_status open_folder(pi_log *self, pubint_error *error) {
  bool made = mkdir(self->name, 0700) == 0;
  if (!made && errno != EEXIST) return folder_fails(self, errno, error);
  self->folder = open(self->name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->folder < 0) return folder_fails(self, errno, error);
  if (!made && !is_fit(self->folder)) {
    pi_error_setf(error, PI_E_LOG_FOLDER, "the folder holds files, and no decision log");
    pi_error_field(error->file, sizeof error->file, self->name, strlen(self->name));
    return error->status;
  }
  struct stat is;
  if (fstat(self->folder, &is) != 0) return folder_fails(self, errno, error);
  if ((is.st_mode & 077) != 0 && fchmod(self->folder, 0700) != 0) return folder_fails(self, errno, error);
  if (!made) return PUBINT_OK;
  int above = openat(self->folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int reason = above < 0 || fsync(above) != 0 ? errno : 0;
  if (above >= 0) close(above);
  return reason == 0 ? PUBINT_OK : folder_fails(self, reason, error);
}

static pubint_status lock_folder(pi_log *self, pubint_error *error) {
  self->lock = openat(self->folder, PI_LOG_LOCK, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock < 0) return folder_fails(self, errno, error);
  if (flock(self->lock, LOCK_EX | LOCK_NB) == 0) return PUBINT_OK;
  if (errno != EWOULDBLOCK) return folder_fails(self, errno, error);
  pi_error_set(error, PI_E_LOG_BUSY);
  pi_error_field(error->file, sizeof error->file, self->name, strlen(self->name));
  return error->status;
}

/* ---- the end of the log ---- */

/* Follows the last two segments: the end of the first gives the link that the second begins with. */
static pubint_status follow(pi_log_reader *reader, pi_log_chain *chain, uint64_t *end, pubint_error *error) {
  pi_arena arena;
  pi_log_text text = {.number = 0};
  pi_log_line line;
  bool there;
  pi_arena_init(&arena, 64 * 1024, PI_LOG_LINE_MAX);
  pubint_status status = pi_log_reader_next(reader, &text, &there, error);
  while (status == PUBINT_OK && there && !pi_log_text_torn(&text)) {
    pi_arena_reset(&arena);
    status = pi_log_chain_take(chain, &text, &arena, &line, error);
    if (status != PUBINT_OK) pi_log_reader_blame(reader, &text, error);
    *end = text.last ? text.offset + text.text.len + 1 : 0;
    if (status == PUBINT_OK) status = pi_log_reader_next(reader, &text, &there, error);
  }
  pi_arena_dispose(&arena);
  return status;
}

/* Lines that were whole may not have been synced when their writer ended: now they are. */
static pubint_status open_segment(pi_log *self, uint64_t first, uint64_t end, pubint_error *error) {
  char name[PI_LOG_NAME_BYTES];
  struct stat is;
  pi_log_segment_name(first, name);
  self->segment = openat(self->folder, name, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
  if (self->segment < 0 || fstat(self->segment, &is) != 0)
    return pi_file_error(error, PI_E_LOG_UNWRITABLE, self->name, errno);
  if ((uint64_t)is.st_size > end && ftruncate(self->segment, (off_t)end) != 0)
    return pi_file_error(error, PI_E_LOG_UNWRITABLE, self->name, errno);
  if (fdatasync(self->segment) != 0) return pi_file_error(error, PI_E_LOG_STOPPED, self->name, errno);
  self->counters.cut_bytes = (uint64_t)is.st_size - end;
  self->bytes = end;
  return PUBINT_OK;
}

pubint_status pi_log_recover(pi_log *self, pubint_error *error) {
  pi_log_reader reader;
  pi_log_chain chain = {.begun = false};
  uint64_t end = 0;
  memcpy(self->stored.link, PI_LOG_NO_LINK, sizeof self->stored.link);
  pubint_status status = pi_log_reader_open(&reader, self->name, error);
  size_t count = reader.segments.count;
  if (status == PUBINT_OK && count > 0) {
    uint64_t first = reader.segments.firsts[count - 1];
    pi_log_reader_skip(&reader, 2);
    status = follow(&reader, &chain, &end, error);
    if (status == PUBINT_OK && end == 0 && first != chain.n + 1)
      status =
          pi_error_setf(error, PI_E_LOG_CHAIN, "the last segment is empty, and the one before it is missing");
    if (status == PUBINT_OK) status = open_segment(self, first, end, error);
  }
  pi_log_reader_close(&reader);
  if (status == PUBINT_OK && chain.begun) {
    self->stored.n = chain.n;
    memcpy(self->stored.link, chain.link, sizeof chain.link);
  }
  self->ahead = self->stored;
  return status;
}

/* ---- the whole ---- */

static void give_back(pi_log *self) {
  if (self->segment >= 0) close(self->segment);
  if (self->lock >= 0) close(self->lock);
  if (self->folder >= 0) close(self->folder);
  pi_buffer_dispose(&self->waiting.lines);
  pi_buffer_dispose(&self->writing.lines);
  free(self->name);
  free(self);
}

static pubint_status begin_thread(pi_log *self, pubint_error *error) {
  pthread_condattr_t monotonic;
  pthread_mutex_init(&self->mutex, NULL);
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&self->work, NULL);
  pthread_cond_init(&self->taken, &monotonic);
  pthread_condattr_destroy(&monotonic);
  int reason = pthread_create(&self->thread, NULL, pi_log_thread, self);
  if (reason == 0) return PUBINT_OK;
  pthread_cond_destroy(&self->taken);
  pthread_cond_destroy(&self->work);
  pthread_mutex_destroy(&self->mutex);
  return pi_file_error(error, PI_E_LOG_UNWRITABLE, self->name, reason);
}

pi_log *pi_log_open(const char *folder, const pi_log_options *options, pubint_error *error) {
  pi_log *self = calloc(1, sizeof *self);
  if (self == NULL) {
    pi_error_set(error, PI_E_NO_MEMORY);
    return NULL;
  }
  self->options = *options;
  if (self->options.segment_mib == 0) self->options.segment_mib = PI_LOG_SEGMENT_MIB;
  self->folder = self->lock = self->segment = -1;
  pi_buffer_init(&self->waiting.lines, 2 * (size_t)PI_LOG_WAITING_MAX);
  pi_buffer_init(&self->writing.lines, 2 * (size_t)PI_LOG_WAITING_MAX);
  self->name = strdup(folder);
  pubint_status status = self->name != NULL ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK) status = open_folder(self, error);
  if (status == PUBINT_OK) status = lock_folder(self, error);
  if (status == PUBINT_OK) status = pi_log_recover(self, error);
  if (status == PUBINT_OK) status = begin_thread(self, error);
  if (status == PUBINT_OK) return self;
  give_back(self);
  return NULL;
}

void pi_log_close(pi_log *self) {
  if (self == NULL) return;
  pthread_mutex_lock(&self->mutex);
  self->ending = true;
  pthread_cond_broadcast(&self->work);
  pthread_cond_broadcast(&self->taken);
  pthread_mutex_unlock(&self->mutex);
  pthread_join(self->thread, NULL);
  pthread_cond_destroy(&self->taken);
  pthread_cond_destroy(&self->work);
  pthread_mutex_destroy(&self->mutex);
  give_back(self);
}
