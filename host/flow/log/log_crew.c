#include "log_crew.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "errors.h"
#include <pubint/engine.h>

#include "line.h"

enum { PIECE_BYTES = 256 * 1024, EVALUATION_MAX = PI_LOG_LINE_MAX };

/* One line of a piece, by its places in the piece's text. */
typedef struct job {
  size_t input, input_len;
  size_t evaluation, evaluation_len;
  size_t shadow, shadow_len;
  uint64_t n, segment, number;
  bool redacted;
} job;

/* Lines that one thread recomputes. */
typedef struct piece {
  pi_buffer text;
  pi_buffer jobs; /* of job */
  bool full;      /* handed over and not done yet */
  bool taken;
} piece;

/* What a thread works with: an engine for each policy, made when it is needed first. */
typedef struct worker {
  pi_log_crew *crew;
  pubint_engine **engines;
  pi_line line;
  pi_buffer made;
  pi_log_proof counts;
  pthread_t thread;
  bool runs;
} worker;

struct pi_log_crew {
  const pi_log_proof_options *options;
  worker *workers;
  size_t workers_count, running;
  piece *pieces;
  size_t pieces_count;
  piece *open; /* being filled; one of them */

  pthread_mutex_t mutex;
  pthread_cond_t change;
  bool ending;
  uint64_t fault; /* the number of the first line that has one; 0: none */
  pubint_error error;
};

/* ---- one line ---- */

static pubint_status no_such_policy(const pi_log_line *line, pi_slice id, pubint_error *error) {
  pi_error_setf(error, PI_E_LOG_POLICY, "line n %llu was decided by a policy that is not given",
                (unsigned long long)line->n);
  pi_error_found(error, id.ptr, id.len);
  return error->status;
}

static pubint_status differs(const pi_log_line *line, pi_slice recorded, pi_slice made, const char *which,
                             pubint_error *error) {
  enum { BEFORE = 20, SHOWN = 80 };
  size_t at = 0;
  while (at < recorded.len && at < made.len && recorded.ptr[at] == made.ptr[at]) at++;
  size_t begin = at > BEFORE ? at - BEFORE : 0;
  pi_slice parts[] = {recorded, made};
  for (size_t i = 0; i < 2; i++) {
    size_t left = begin < parts[i].len ? parts[i].len - begin : 0;
    parts[i] = (pi_slice){parts[i].ptr + (left > 0 ? begin : 0), left < SHOWN ? left : SHOWN};
  }
  pi_error_setf(error, PI_E_LOG_EVALUATION, "the %s of line n %llu is not what its policy gives", which,
                (unsigned long long)line->n);
  pi_error_found(error, parts[0].ptr, parts[0].len);
  pi_error_field(error->expected, sizeof error->expected, parts[1].ptr, parts[1].len);
  return error->status;
}

static bool find_policy(const worker *self, pi_slice id, size_t *at) {
  const pi_log_proof_options *options = self->crew->options;
  for (*at = 0; *at < options->policies_count; (*at)++) {
    if (pi_slice_equal(id, pi_slice_of(pubint_policy_id(options->policies[*at])))) return true;
  }
  return false;
}

/* Of a version of the program that is not this one no byte can be proved. */
static pubint_status check_host(const pi_log_line *line, pi_slice evaluation, pubint_error *error) {
  pi_slice host = pi_log_line_text(evaluation, "host");
  if (pi_slice_equal(host, pi_slice_of(pubint_version()))) return PUBINT_OK;
  pi_error_setf(error, PI_E_LOG_POLICY, "line n %llu was decided by another version of pubint",
                (unsigned long long)line->n);
  pi_error_found(error, host.ptr, host.len);
  snprintf(error->expected, sizeof error->expected, "%s", pubint_version());
  return error->status;
}

static pubint_status recompute(worker *self, const pi_log_line *line, pi_slice recorded, size_t policy,
                               const char *which, pubint_error *error) {
  const pubint_evaluation *evaluation = NULL;
  pubint_status status = check_host(line, recorded, error);
  if (status == PUBINT_OK && self->engines[policy] == NULL)
    status = pubint_engine_new(&self->engines[policy], self->crew->options->policies[policy], error);
  if (status == PUBINT_OK)
    status = pi_line_evaluate(&self->line, self->engines[policy], line->input, 1, &evaluation, error);
  if (status != PUBINT_OK) return status;
  if (evaluation == NULL) {
    return pi_error_setf(error, PI_E_LOG_EVALUATION, "the case of line n %llu is refused: E%u: %.200s",
                         (unsigned long long)line->n, self->line.refusal.code, self->line.refusal.message);
  }
  pi_buffer_reset(&self->made);
  pi_evaluation_write(evaluation, &self->made);
  if (self->made.failed) return pi_error_set(error, PI_E_NO_MEMORY);
  pi_slice made = {self->made.data, self->made.len};
  while (made.len > 0 && made.ptr[made.len - 1] == '\n') made.len--;
  return pi_slice_equal(made, recorded) ? PUBINT_OK : differs(line, recorded, made, which, error);
}

static pubint_status prove(worker *self, const pi_log_line *line, pubint_error *error) {
  size_t policy;
  if (line->redacted) {
    self->counts.redacted++;
    return PUBINT_OK;
  }
  pi_slice id = pi_log_line_text(line->evaluation, "policy");
  if (!find_policy(self, id, &policy)) return no_such_policy(line, id, error);
  pubint_status status = recompute(self, line, line->evaluation, policy, "evaluation", error);
  if (status != PUBINT_OK) return status;
  self->counts.recomputed++;
  if (line->shadow.ptr == NULL) return PUBINT_OK;
  if (!find_policy(self, pi_log_line_text(line->shadow, "policy"), &policy)) {
    self->counts.shadows_other++;
    return PUBINT_OK;
  }
  status = recompute(self, line, line->shadow, policy, "shadow", error);
  if (status == PUBINT_OK) self->counts.shadows++;
  return status;
}

/* ---- a piece ---- */

static void note_fault(pi_log_crew *self, const job *at, const pubint_error *error) {
  pthread_mutex_lock(&self->mutex);
  if (self->fault == 0 || at->n < self->fault) {
    char name[PI_LOG_NAME_BYTES];
    self->fault = at->n;
    self->error = *error;
    pi_log_segment_name(at->segment, name);
    snprintf(self->error.file, sizeof self->error.file, "%s/%s", self->options->folder, name);
    self->error.line = at->number;
    self->error.column = 0;
  }
  pthread_mutex_unlock(&self->mutex);
}

static void prove_piece(worker *self, const piece *work) {
  const job *jobs = (const void *)work->jobs.data;
  size_t count = work->jobs.len / sizeof *jobs;
  for (size_t i = 0; i < count; i++) {
    const job *now = &jobs[i];
    pubint_error error = {0};
    const char *text = work->text.data;
    pi_log_line line = {.n = now->n,
                        .redacted = now->redacted,
                        .input = {text + now->input, now->input_len},
                        .evaluation = {text + now->evaluation, now->evaluation_len}};
    if (now->shadow_len > 0) line.shadow = (pi_slice){text + now->shadow, now->shadow_len};
    if (prove(self, &line, &error) == PUBINT_OK) continue;
    note_fault(self->crew, now, &error);
    return;
  }
}

static void empty(piece *work) {
  pi_buffer_reset(&work->text);
  pi_buffer_reset(&work->jobs);
  work->full = work->taken = false;
}

static piece *find(pi_log_crew *self, bool full) {
  for (size_t i = 0; i < self->pieces_count; i++) {
    piece *now = &self->pieces[i];
    if (now->full == full && !now->taken) return now;
  }
  return NULL;
}

static void *work(void *context) {
  worker *self = context;
  pi_log_crew *crew = self->crew;
  pthread_mutex_lock(&crew->mutex);
  for (;;) {
    piece *now = find(crew, true);
    if (now == NULL && crew->ending) break;
    if (now == NULL) {
      pthread_cond_wait(&crew->change, &crew->mutex);
      continue;
    }
    now->taken = true;
    pthread_mutex_unlock(&crew->mutex);
    prove_piece(self, now);
    pthread_mutex_lock(&crew->mutex);
    empty(now);
    pthread_cond_broadcast(&crew->change);
  }
  pthread_mutex_unlock(&crew->mutex);
  return NULL;
}

/* ---- the crew ---- */

static void give_back(pi_log_crew *self) {
  for (size_t i = 0; i < self->workers_count && self->workers != NULL; i++) {
    worker *now = &self->workers[i];
    if (now->engines == NULL) continue; /* it was not reached */
    for (size_t j = 0; j < self->options->policies_count; j++) pubint_engine_free(now->engines[j]);
    free(now->engines);
    pi_line_dispose(&now->line);
    pi_buffer_dispose(&now->made);
  }
  for (size_t i = 0; i < self->pieces_count && self->pieces != NULL; i++) {
    pi_buffer_dispose(&self->pieces[i].text);
    pi_buffer_dispose(&self->pieces[i].jobs);
  }
  free(self->workers);
  free(self->pieces);
  pthread_cond_destroy(&self->change);
  pthread_mutex_destroy(&self->mutex);
  free(self);
}

static bool set_up(pi_log_crew *self) {
  self->workers = calloc(self->workers_count, sizeof *self->workers);
  self->pieces = calloc(self->pieces_count, sizeof *self->pieces);
  if (self->workers == NULL || self->pieces == NULL) return false;
  for (size_t i = 0; i < self->pieces_count; i++) {
    pi_buffer_init(&self->pieces[i].text, (size_t)PIECE_BYTES + 4 * (size_t)PI_LOG_LINE_MAX);
    pi_buffer_init(&self->pieces[i].jobs, (size_t)PIECE_BYTES * sizeof(job));
  }
  for (size_t i = 0; i < self->workers_count; i++) {
    worker *now = &self->workers[i];
    now->crew = self;
    now->engines = calloc(self->options->policies_count + 1, sizeof *now->engines);
    if (now->engines == NULL) return false;
    pi_line_init(&now->line);
    pi_buffer_init(&now->made, EVALUATION_MAX);
  }
  return true;
}

pi_log_crew *pi_log_crew_open(const pi_log_proof_options *options, pubint_error *error) {
  pi_log_crew *self = calloc(1, sizeof *self);
  if (self == NULL) {
    pi_error_set(error, PI_E_NO_MEMORY);
    return NULL;
  }
  self->options = options;
  self->workers_count = options->threads;
  self->pieces_count = 2 * (size_t)options->threads + 1;
  pthread_mutex_init(&self->mutex, NULL);
  pthread_cond_init(&self->change, NULL);
  if (!set_up(self)) {
    give_back(self);
    pi_error_set(error, PI_E_NO_MEMORY);
    return NULL;
  }
  self->open = &self->pieces[0];
  self->open->taken = true;
  for (size_t i = 0; i < self->workers_count && options->threads > 1; i++) {
    worker *now = &self->workers[i];
    now->runs = pthread_create(&now->thread, NULL, work, now) == 0;
    self->running += now->runs;
  }
  return self;
}

/* Hands over the piece that is open, and opens another. */
static void pass_on(pi_log_crew *self) {
  if (self->running == 0) {
    prove_piece(&self->workers[0], self->open);
    empty(self->open);
    self->open->taken = true;
    return;
  }
  pthread_mutex_lock(&self->mutex);
  self->open->full = true;
  self->open->taken = false;
  pthread_cond_broadcast(&self->change);
  while ((self->open = find(self, false)) == NULL) pthread_cond_wait(&self->change, &self->mutex);
  self->open->taken = true;
  pthread_mutex_unlock(&self->mutex);
}

static size_t put(pi_buffer *out, pi_slice text) {
  size_t at = out->len;
  pi_buffer_slice(out, text);
  return at;
}

bool pi_log_crew_take(pi_log_crew *self, const pi_log_text *text, const pi_log_line *line) {
  piece *open = self->open;
  job now = {.n = line->n, .segment = text->segment, .number = text->number, .redacted = line->redacted};
  if (!line->redacted) {
    now.input = put(&open->text, line->input);
    now.evaluation = put(&open->text, line->evaluation);
    now.shadow = put(&open->text, line->shadow);
    now.input_len = line->input.len;
    now.evaluation_len = line->evaluation.len;
    now.shadow_len = line->shadow.len;
  }
  size_t jobs = open->jobs.len;
  pi_buffer_append(&open->jobs, (const char *)&now, sizeof now);
  if (open->text.failed || open->jobs.failed) {
    pubint_error error;
    open->text.failed = open->jobs.failed = false;
    open->jobs.len = jobs;
    pi_error_set(&error, PI_E_NO_MEMORY);
    note_fault(self, &now, &error);
    return false;
  }
  if (open->text.len >= PIECE_BYTES || open->jobs.len >= PIECE_BYTES) pass_on(self);
  pthread_mutex_lock(&self->mutex);
  bool holds = self->fault == 0;
  pthread_mutex_unlock(&self->mutex);
  return holds;
}

pubint_status pi_log_crew_close(pi_log_crew *self, pi_log_proof *out, pubint_error *error) {
  if (self->open->jobs.len > 0) pass_on(self);
  pthread_mutex_lock(&self->mutex);
  self->ending = true;
  pthread_cond_broadcast(&self->change);
  pthread_mutex_unlock(&self->mutex);
  for (size_t i = 0; i < self->workers_count; i++) {
    worker *now = &self->workers[i];
    if (now->runs) pthread_join(now->thread, NULL);
    out->recomputed += now->counts.recomputed;
    out->redacted += now->counts.redacted;
    out->shadows += now->counts.shadows;
    out->shadows_other += now->counts.shadows_other;
  }
  pubint_status status = self->fault > 0 ? self->error.status : PUBINT_OK;
  if (self->fault > 0) *error = self->error;
  give_back(self);
  return status;
}
