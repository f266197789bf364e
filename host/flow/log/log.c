#include "log.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "errors.h"
#include "file_error.h"
#include "log_line.h"
#include "log_state.h"

/* ---- handing in ---- */

/* The bodies of some lines, made before anybody is held up by them. */
typedef struct bodies {
  pi_buffer text;
  size_t *ends;
  size_t count;
} bodies;

static pubint_status make_bodies(bodies *out, const pi_log *self, const pi_log_record *records, size_t count,
                                 pubint_error *error) {
  *out = (bodies){.count = count};
  pi_buffer_init(&out->text, PI_LOG_WAITING_MAX);
  out->ends = malloc(count * sizeof *out->ends);
  if (out->ends == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = PUBINT_OK;
  for (size_t i = 0; i < count && status == PUBINT_OK; i++) {
    status = pi_log_line_body(&out->text, &records[i], self->options.redact, error);
    out->ends[i] = out->text.len;
  }
  return status;
}

static void dispose_bodies(bodies *self) {
  pi_buffer_dispose(&self->text);
  free(self->ends);
}

static bool has_room(const pi_log *self, size_t more) {
  size_t waits = self->waiting.lines.len;
  return waits == 0 || more <= PI_LOG_WAITING_MAX - waits;
}

static pubint_status put_lines(pi_log *self, const bodies *made, pubint_error *error) {
  pi_buffer *lines = &self->waiting.lines;
  size_t begin = lines->len, at = 0;
  pi_log_place ahead = self->ahead;
  for (size_t i = 0; i < made->count; i++) {
    pi_slice body = {made->text.data + at, made->ends[i] - at};
    pi_log_line_put(lines, ++self->ahead.n, body, self->ahead.link);
    at = made->ends[i];
  }
  if (!lines->failed) return PUBINT_OK;
  lines->failed = lines->full = false; /* as it was: others wait in it */
  lines->len = begin;
  self->ahead = ahead;
  return pi_error_set(error, PI_E_NO_MEMORY);
}

/* Puts the lines behind those that wait. `patient` waits for those to be taken where there is no room. */
static pubint_status hand_in(pi_log *self, const bodies *made, pi_log_waiter *waiter, bool patient,
                             pubint_error *error) {
  pubint_status status = PUBINT_OK;
  size_t more = made->text.len + made->count * PI_LOG_LINE_AROUND;
  pthread_mutex_lock(&self->mutex);
  while (patient && !self->stopped && !has_room(self, more)) pthread_cond_wait(&self->taken, &self->mutex);
  waiter->first = self->ahead.n + 1;
  if (self->stopped)
    status = pi_file_error(error, PI_E_LOG_STOPPED, self->name, self->reason);
  else if (!has_room(self, more))
    status = pi_error_setf(error, PI_E_LOG_UNWRITABLE, "too many lines wait for the disk");
  else
    status = put_lines(self, made, error);
  if (status == PUBINT_OK) {
    pi_log_group *group = &self->waiting;
    if (group->first == NULL)
      group->first = waiter;
    else
      group->last->next = waiter;
    group->last = waiter;
    group->count += made->count;
    pthread_cond_signal(&self->work);
  }
  pthread_mutex_unlock(&self->mutex);
  return status;
}

/* ---- with and without waiting ---- */

typedef struct submitted {
  pi_log_waiter waiter;
  pi_log_done *done;
  void *context;
} submitted;

static void end_submitted(void *context, uint64_t first, const pubint_error *error) {
  submitted *self = context;
  self->done(self->context, first, error);
  free(self);
}

pubint_status pi_log_submit(pi_log *self, const pi_log_record *records, size_t count, pi_log_done *done,
                            void *context, pubint_error *error) {
  bodies made;
  pubint_status status = make_bodies(&made, self, records, count, error);
  submitted *handed = status == PUBINT_OK ? malloc(sizeof *handed) : NULL;
  if (status == PUBINT_OK && handed == NULL) status = pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK) {
    *handed = (submitted){{.done = end_submitted, .context = handed}, done, context};
    status = hand_in(self, &made, &handed->waiter, false, error);
    if (status != PUBINT_OK) free(handed);
  }
  dispose_bodies(&made);
  return status;
}

typedef struct awaited {
  pthread_mutex_t mutex;
  pthread_cond_t ended;
  bool done;
  pubint_status status;
  pubint_error *error;
} awaited;

static void end_awaited(void *context, uint64_t first, const pubint_error *error) {
  awaited *self = context;
  (void)first;
  pthread_mutex_lock(&self->mutex);
  self->done = true;
  self->status = error != NULL ? error->status : PUBINT_OK;
  if (error != NULL && self->error != NULL) *self->error = *error;
  pthread_cond_signal(&self->ended);
  pthread_mutex_unlock(&self->mutex);
}

pubint_status pi_log_append_all(pi_log *self, const pi_log_record *records, size_t count, uint64_t *first,
                                pubint_error *error) {
  bodies made;
  awaited wait = {.mutex = PTHREAD_MUTEX_INITIALIZER, .ended = PTHREAD_COND_INITIALIZER, .error = error};
  pi_log_waiter waiter = {.done = end_awaited, .context = &wait};
  pubint_status status = make_bodies(&made, self, records, count, error);
  if (status == PUBINT_OK) status = hand_in(self, &made, &waiter, true, error);
  dispose_bodies(&made);
  if (status == PUBINT_OK) {
    pthread_mutex_lock(&wait.mutex);
    while (!wait.done) pthread_cond_wait(&wait.ended, &wait.mutex);
    status = wait.status;
    pthread_mutex_unlock(&wait.mutex);
    if (first != NULL) *first = waiter.first;
  }
  pthread_mutex_destroy(&wait.mutex);
  pthread_cond_destroy(&wait.ended);
  return status;
}

pubint_status pi_log_append(pi_log *self, const pi_log_record *record, uint64_t *n, pubint_error *error) {
  return pi_log_append_all(self, record, 1, n, error);
}

/* ---- asking ---- */

bool pi_log_writable(pi_log *self) {
  pthread_mutex_lock(&self->mutex);
  bool writable = self->reason == 0 && !self->stopped;
  pthread_mutex_unlock(&self->mutex);
  return writable;
}

pi_log_counters pi_log_count(pi_log *self) {
  pthread_mutex_lock(&self->mutex);
  pi_log_counters counters = self->counters;
  pthread_mutex_unlock(&self->mutex);
  return counters;
}

uint64_t pi_log_head(pi_log *self, char link[PI_SHA256_HEX + 1]) {
  pthread_mutex_lock(&self->mutex);
  uint64_t n = self->stored.n;
  memcpy(link, self->stored.link, PI_SHA256_HEX + 1);
  pthread_mutex_unlock(&self->mutex);
  return n;
}
