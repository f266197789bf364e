/* The one thread that writes: a group a sync. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "errors.h"
#include "file.h"
#include "file_error.h"
#include "log_read.h"
#include "log_state.h"

enum { RETRY_MS = 20, KEPT_BYTES = 4 * 1024 * 1024 };

static uint64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* ---- the disk ---- */

static int stop(pi_log *self, int reason) {
  pthread_mutex_lock(&self->mutex);
  self->stopped = true;
  self->reason = reason;
  pthread_mutex_unlock(&self->mutex);
  return reason;
}

/* The name of a new segment must outlive a crash as its lines do. */
static int begin_segment(pi_log *self, uint64_t first) {
  char name[PI_LOG_NAME_BYTES];
  pi_log_segment_name(first, name);
  int fd = openat(self->folder, name, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return errno;
  if (fsync(self->folder) != 0) {
    int reason = errno;
    close(fd);
    unlinkat(self->folder, name, 0);
    return stop(self, reason);
  }
  if (self->segment >= 0) close(self->segment); /* all of it was synced */
  self->segment = fd;
  self->bytes = 0;
  return 0;
}

static int sync_segment(pi_log *self) {
  uint64_t begin = now_ns();
  int reason = fdatasync(self->segment) == 0 ? 0 : errno;
  uint64_t took = now_ns() - begin;
  pthread_mutex_lock(&self->mutex);
  self->counters.syncs++;
  self->counters.sync_ns += took;
  pthread_mutex_unlock(&self->mutex);
  return reason;
}

int pi_log_write_group(pi_log *self, uint64_t before) {
  pi_slice lines = {self->writing.lines.data, self->writing.lines.len};
  int reason = 0;
  if (self->segment < 0 || self->bytes >= self->options.segment_mib * 1024 * 1024)
    reason = begin_segment(self, before + 1);
  if (reason != 0) return reason;
  reason = pi_file_write_all(self->segment, lines, NULL);
  bool unsynced = reason == 0;
  if (unsynced) reason = sync_segment(self);
  if (reason == 0) {
    self->bytes += lines.len;
    return 0;
  }
  /* A sync that failed has thrown away pages: even what a second one says of them would be no proof. */
  if (ftruncate(self->segment, (off_t)self->bytes) != 0 || unsynced) stop(self, reason);
  return reason;
}

/* ---- the thread ---- */

static bool is_full(int reason) {
  return reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
}

/* Waits a moment for room; false once it is to end. */
static bool wait_for_room(pi_log *self) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_nsec += RETRY_MS * 1000000L;
  if (until.tv_nsec >= 1000000000L) {
    until.tv_nsec -= 1000000000L;
    until.tv_sec++;
  }
  pthread_mutex_lock(&self->mutex);
  while (!self->ending && pthread_cond_timedwait(&self->taken, &self->mutex, &until) == 0) {
  }
  bool ending = self->ending;
  pthread_mutex_unlock(&self->mutex);
  return !ending;
}

/* A disk that was found full already is not waited for again: whoever asks hears at once. */
static int write_or_wait(pi_log *self, uint64_t before, bool patient) {
  int reason = pi_log_write_group(self, before);
  if (!is_full(reason) || !patient || self->stopped) return reason;
  uint64_t begin = now_ns(), waited = 0;
  while (is_full(reason) && waited < (uint64_t)self->options.wait_ms * 1000000 && wait_for_room(self)) {
    reason = pi_log_write_group(self, before);
    waited = now_ns() - begin;
  }
  pthread_mutex_lock(&self->mutex);
  self->counters.blocked_ns += now_ns() - begin;
  pthread_mutex_unlock(&self->mutex);
  return reason;
}

static void tell(pi_log_waiter *first, const pubint_error *error) {
  while (first != NULL) {
    pi_log_waiter *next = first->next; /* whoever is told may free it */
    first->done(first->context, first->first, error);
    first = next;
  }
}

/* The memory of a usual group is kept, that of a great one given back. */
static void empty(pi_log_group *group) {
  if (group->lines.cap > KEPT_BYTES)
    pi_buffer_dispose(&group->lines);
  else
    pi_buffer_reset(&group->lines);
  group->first = group->last = NULL;
  group->count = 0;
}

/* The lines that wait are linked to those that could not be written, and go with them. */
static pi_log_waiter *give_up(pi_log *self, int reason) {
  pi_log_waiter *first = self->writing.first;
  self->writing.last->next = self->waiting.first;
  self->ahead = self->stored;
  self->reason = reason;
  empty(&self->waiting);
  pthread_cond_broadcast(&self->taken);
  return first;
}

static void finish_group(pi_log *self, int reason, const pi_log_place *end) {
  pubint_error error;
  pthread_mutex_lock(&self->mutex);
  pi_log_waiter *first = self->writing.first;
  if (reason == 0) {
    self->counters.lines += self->writing.count;
    self->counters.bytes += self->writing.lines.len;
    self->stored = *end;
    self->reason = 0;
  } else {
    first = give_up(self, reason);
    pi_file_error(&error, self->stopped ? PI_E_LOG_STOPPED : PI_E_LOG_UNWRITABLE, self->name, reason);
  }
  pthread_mutex_unlock(&self->mutex);
  empty(&self->writing);
  tell(first, reason == 0 ? NULL : &error);
}

void *pi_log_thread(void *log) {
  pi_log *self = log;
  for (;;) {
    pthread_mutex_lock(&self->mutex);
    while (self->waiting.first == NULL && !self->ending) pthread_cond_wait(&self->work, &self->mutex);
    bool more = self->waiting.first != NULL;
    pi_log_group taken = self->waiting;
    self->waiting = self->writing;
    self->writing = taken;
    pi_log_place end = self->ahead;
    bool patient = self->reason == 0;
    bool stopped = self->stopped;
    int reason = self->reason;
    pthread_cond_broadcast(&self->taken);
    pthread_mutex_unlock(&self->mutex);
    if (!more) return NULL;
    if (!stopped) reason = write_or_wait(self, end.n - self->writing.count, patient);
    finish_group(self, reason, &end);
  }
}
