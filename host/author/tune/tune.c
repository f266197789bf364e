#include "tune.h"

#include <pubint/engine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crew.h"
#include "errors.h"
#include "line.h"

#define KEPT_MAX ((size_t)16 * 1024 * 1024 * 1024)

/* A case that a number can change, on its way to the curves; its steps follow. */
typedef struct turning_head {
  uint16_t number;
  uint8_t count;
  uint8_t was;
  uint8_t decision; /* where it was decided */
  bool decided;
} turning_head;

/* A case that was decided. */
typedef struct decided_case {
  pi_decision *decision;
  uint64_t line;
  uint8_t outcome;
} decided_case;

typedef struct tune_worker {
  pi_crew_hand hand;
  struct tuning *tuning;
  pubint_engine *engines[2]; /* of the policy as it is, and of the marked one */
  pi_line line;
  pi_totals totals; /* of what was not handed in */
  uint64_t weighed, depend, untold;
  pi_kept_case first_untold;
  pi_buffer turning, decided, changes, kept; /* as well */
  pi_tuned tuned;
} tune_worker;

typedef struct tuning {
  pi_crew crew;
  pi_tune *tune;
  uint64_t bytes_total;
  pi_totals totals;
} tuning;

/* ---- one case ---- */

static pi_kept_case place_of(const tune_worker *worker, uint64_t number) {
  pi_kept_case place;
  memset(&place, 0, sizeof place);
  place.file = worker->hand.block.end.input;
  place.line = number;
  pi_slice id = pi_line_id(&worker->line);
  memcpy(place.id, id.ptr, id.len < sizeof place.id ? id.len : sizeof place.id - 1);
  return place;
}

/* What people decided of the case at hand; NULL: nothing. Only looked up: threads share it. */
static pi_decision *decision_of(const tune_worker *worker) {
  const pi_tune *tune = worker->tuning->tune;
  return tune->options->decisions != NULL ? pi_tally_find(&tune->decisions.cases, pi_line_id(&worker->line))
                                          : NULL;
}

bool pi_tune_has_at(const pi_tune *self, uint32_t number) {
  const pi_number *item = &self->numbers.items[number];
  return self->options->has_at && self->options->at >= item->least && self->options->at <= item->most;
}

static void note_change(tune_worker *worker, uint16_t number, pubint_outcome was, const pi_tuned_step *steps,
                        uint32_t count, uint64_t line) {
  const pi_tune *tune = worker->tuning->tune;
  if (!pi_tune_has_at(tune, number)) return;
  uint32_t i = 1;
  while (i < count && steps[i].from <= tune->options->at) i++;
  pi_tune_change change;
  memset(&change, 0, sizeof change);
  change.number = number;
  change.was = (uint8_t)was;
  change.becomes = (uint8_t)steps[i - 1].outcome;
  change.place = place_of(worker, line);
  if (change.was != change.becomes) pi_buffer_append(&worker->changes, (const char *)&change, sizeof change);
}

/* Of a case of which all parts are known: what each number does to it. */
static void note_turning(tune_worker *worker, pubint_outcome was, const pi_decision *decision,
                         uint64_t line) {
  const pi_tune *tune = worker->tuning->tune;
  const pi_tuned *tuned = &worker->tuned;
  bool depends = false;
  for (uint32_t i = 0; i < tuned->parts_count; i++) {
    uint16_t number = tuned->parts[i].number;
    const pi_number *item = &tune->numbers.items[number];
    pi_tuned_step steps[PI_TUNED_STEPS_MAX];
    if (!tune->selected[number] || !pi_tuned_is_first(tuned, i)) continue;
    uint32_t count = pi_tuned_steps(tuned, item, number, item->milli, steps);
    if (count == 1) continue;
    turning_head head;
    memset(&head, 0, sizeof head);
    head.number = number;
    head.count = (uint8_t)count;
    head.was = (uint8_t)was;
    head.decided = decision != NULL;
    if (decision != NULL) head.decision = (uint8_t)decision->outcome;
    pi_buffer_append(&worker->turning, (const char *)&head, sizeof head);
    pi_buffer_append(&worker->turning, (const char *)steps, count * sizeof *steps);
    note_change(worker, number, was, steps, count, line);
    depends = true;
  }
  worker->depend += depends;
  if (tune->options->decisions == NULL || tuned->parts_count == 0) return;
  pi_kept_case place = place_of(worker, line);
  pi_suggest_keep(&worker->kept, &place, tuned, decision != NULL ? &decision->outcome : NULL);
}

static void note_untold(tune_worker *worker, uint64_t line) {
  if (worker->untold++ == 0) worker->first_untold = place_of(worker, line);
}

static pubint_status look_at(tune_worker *worker, const pubint_evaluation *now, uint64_t line,
                             pubint_error *error) {
  const pi_tune *tune = worker->tuning->tune;
  const pubint_evaluation *marked;
  pi_decision *decision = decision_of(worker);
  pi_totals_evaluated(&worker->totals, now);
  if (decision != NULL) {
    decided_case item;
    memset(&item, 0, sizeof item);
    item.decision = decision;
    item.line = line;
    item.outcome = (uint8_t)now->outcome;
    pi_buffer_append(&worker->decided, (const char *)&item, sizeof item);
  }
  worker->weighed += now->weighed;
  if (!now->weighed || !pi_tuned_begin(&worker->tuned, now)) return PUBINT_OK;
  pubint_outcome was = now->outcome;
  pubint_status status = pi_line_evaluate_again(&worker->line, worker->engines[1], &marked, error);
  if (status != PUBINT_OK) return status;
  if (marked == NULL || !pi_tuned_take(&worker->tuned, &tune->numbers, now, marked))
    note_untold(worker, line);
  else
    note_turning(worker, was, decision, line);
  return PUBINT_OK;
}

static pubint_status tune_line(pi_crew_hand *hand, pi_slice text, uint64_t number, pubint_error *error) {
  tune_worker *worker = (tune_worker *)hand;
  const pubint_evaluation *now;
  pubint_status status = pi_line_evaluate(&worker->line, worker->engines[0], text, number, &now, error);
  if (status != PUBINT_OK) return status;
  if (now == NULL) {
    pi_totals_refused(&worker->totals, worker->line.refusal.code);
    return PUBINT_OK;
  }
  status = look_at(worker, now, number, error);
  bool failed =
      worker->turning.failed || worker->decided.failed || worker->changes.failed || worker->kept.failed;
  return status == PUBINT_OK && failed ? pi_error_set(error, PI_E_NO_MEMORY) : status;
}

/* ---- blocks ---- */

static bool add_turning(pi_tune *tune, const pi_buffer *turning) {
  bool done = true;
  for (size_t at = 0; at < turning->len && done;) {
    turning_head head;
    pi_tuned_step steps[PI_TUNED_STEPS_MAX];
    memcpy(&head, turning->data + at, sizeof head);
    at += sizeof head;
    memcpy(steps, turning->data + at, head.count * sizeof *steps);
    at += head.count * sizeof *steps;
    pubint_outcome decision = (pubint_outcome)head.decision;
    done = pi_curve_add(&tune->curves[head.number], steps, head.count, (pubint_outcome)head.was,
                        head.decided ? &decision : NULL);
  }
  return done;
}

static pubint_status add_decided(pi_tune *tune, const pi_crew_hand *hand, const pi_buffer *decided,
                                 pubint_error *error) {
  size_t file = hand->block.end.input;
  for (size_t at = 0; at < decided->len; at += sizeof(decided_case)) {
    decided_case item;
    memcpy(&item, decided->data + at, sizeof item);
    pi_decision *decision = item.decision;
    if (decision->evaluated_at > 0) {
      pi_error_setf(error, PI_E_REPEATED_EVALUATION, "a decided case stands twice, first on line %llu",
                    (unsigned long long)decision->evaluated_at);
      if (error == NULL) return PUBINT_E_INPUT;
      const char *name = file < tune->options->files_count ? tune->options->files[file] : "-";
      pi_error_field(error->file, sizeof error->file, name, strlen(name));
      error->line = item.line;
      return PUBINT_E_INPUT;
    }
    decision->evaluated_at = item.line;
    decision->input = file;
    tune->decided++;
    tune->given += decision->outcome == PUBINT_NOTICE;
    tune->by_people[PI_CURVE_AGREED] += item.outcome == decision->outcome;
    tune->by_people[PI_CURVE_RECOMMENDED] += item.outcome == PUBINT_NOTICE;
    tune->by_people[PI_CURVE_BOTH] += item.outcome == PUBINT_NOTICE && decision->outcome == PUBINT_NOTICE;
  }
  return PUBINT_OK;
}

static void move_bytes(pi_buffer *to, pi_buffer *from) {
  pi_buffer_append(to, from->data, from->len);
  pi_buffer_reset(from);
}

static pubint_status hand_in(pi_crew_hand *hand, pi_slice text, pubint_error *error) {
  tune_worker *worker = (tune_worker *)hand;
  pi_tune *tune = worker->tuning->tune;
  (void)text;
  pubint_status status = add_decided(tune, hand, &worker->decided, error);
  if (status != PUBINT_OK) return status;
  bool done = add_turning(tune, &worker->turning);
  pi_buffer_reset(&worker->decided);
  pi_buffer_reset(&worker->turning);
  move_bytes(&tune->changes, &worker->changes);
  move_bytes(&tune->kept, &worker->kept);
  pi_totals_add(&worker->tuning->totals, &worker->totals);
  worker->totals = (pi_totals){0};
  if (tune->untold == 0 && worker->untold > 0) tune->first_untold = worker->first_untold;
  tune->weighed += worker->weighed;
  tune->depend += worker->depend;
  tune->untold += worker->untold;
  worker->weighed = worker->depend = worker->untold = 0;
  bool full = tune->changes.failed || tune->kept.failed;
  return done && !full ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

static pubint_status report(pi_crew_hand *hand, pubint_error *error) {
  const tuning *self = ((tune_worker *)hand)->tuning;
  const pi_tune_options *options = self->tune->options;
  (void)error;
  if (options->progress == NULL) return PUBINT_OK;
  pi_batch_progress now = {
      .totals = &self->totals, .bytes = hand->block.end.all_bytes, .bytes_total = self->bytes_total};
  options->progress(options->context, &now);
  return PUBINT_OK;
}

static pubint_status open_worker(pi_crew_hand *hand, pubint_error *error) {
  tune_worker *worker = (tune_worker *)hand;
  worker->tuning = (tuning *)hand->crew; /* its first member */
  const pi_tune *tune = worker->tuning->tune;
  pi_buffer_init(&worker->turning, KEPT_MAX);
  pi_buffer_init(&worker->decided, KEPT_MAX);
  pi_buffer_init(&worker->changes, KEPT_MAX);
  pi_buffer_init(&worker->kept, KEPT_MAX);
  pi_line_init(&worker->line);
  pubint_status status = pubint_engine_new(&worker->engines[0], tune->policy, error);
  return status == PUBINT_OK ? pubint_engine_new(&worker->engines[1], tune->numbers.marked, error) : status;
}

static void close_worker(pi_crew_hand *hand) {
  tune_worker *worker = (tune_worker *)hand;
  pubint_engine_free(worker->engines[0]);
  pubint_engine_free(worker->engines[1]);
  pi_line_dispose(&worker->line);
  pi_buffer_dispose(&worker->turning);
  pi_buffer_dispose(&worker->decided);
  pi_buffer_dispose(&worker->changes);
  pi_buffer_dispose(&worker->kept);
}

/* ---- which numbers ---- */

static pubint_status select_numbers(pi_tune *self, pubint_error *error) {
  size_t count = (size_t)self->numbers.count + 1;
  uint32_t selected = 0;
  self->selected = calloc(count, sizeof *self->selected);
  self->curves = calloc(count, sizeof *self->curves);
  if (self->selected == NULL || self->curves == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  for (uint32_t n = 0; n < self->numbers.count; n++) {
    self->selected[n] = pi_choice_names(&self->options->which, &self->numbers.items[n]);
    selected += self->selected[n];
    pi_curve_init(&self->curves[n], &self->numbers.items[n]);
  }
  if (selected > 0 || pi_choice_is_all(&self->options->which)) return PUBINT_OK;
  return pi_choice_refuse(&self->options->which, &self->numbers, error);
}

/* ---- the whole ---- */

static pubint_status run_workers(tuning *self, pubint_error *error) {
  pubint_status status = pi_crew_run(&self->crew, self->tune->options->threads, error);
  if (status != PUBINT_OK || self->crew.status == PUBINT_OK) return status;
  if (error != NULL) *error = self->crew.error;
  return self->crew.status;
}

static pubint_status run_cases(pi_tune *out, pubint_error *error) {
  static const pi_crew_job JOB = {.worker_bytes = sizeof(tune_worker),
                                  .open = open_worker,
                                  .close = close_worker,
                                  .line = tune_line,
                                  .hand_in = hand_in,
                                  .pass = report};
  const pi_tune_options *options = out->options;
  tuning self = {.tune = out};
  pi_lines *lines = &self.crew.feed.lines;
  pi_crew_init(&self.crew, &JOB, options->stop);
  pubint_status status =
      pi_lines_open(lines, options->files, options->files_count, false, options->stop, error);
  if (status == PUBINT_OK) {
    self.bytes_total = pi_lines_bytes(lines);
    status = run_workers(&self, error);
  }
  out->complete = !self.crew.cut && lines->current == lines->inputs_count;
  out->lines = self.totals.lines;
  out->evaluated = self.totals.evaluated;
  out->refused = self.totals.refused;
  pi_crew_dispose(&self.crew);
  return status;
}

static pubint_status conclude(pi_tune *out, pubint_error *error) {
  for (uint32_t n = 0; n < out->numbers.count; n++) pi_curve_close(&out->curves[n]);
  if (out->options->decisions == NULL) return PUBINT_OK;
  bool done = pi_suggest_find(&out->suggestion, &out->numbers, out->selected, &out->kept,
                              out->by_people[PI_CURVE_AGREED]);
  return done ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

pubint_status pi_tune_run(pi_tune *out, const pubint_policy *policy, const pi_tune_options *options,
                          pubint_error *error) {
  memset(out, 0, sizeof *out);
  out->policy = policy;
  out->options = options;
  pi_buffer_init(&out->changes, KEPT_MAX);
  pi_buffer_init(&out->kept, KEPT_MAX);
  pubint_status status = pi_numbers_find(&out->numbers, policy, error);
  if (status == PUBINT_OK) status = select_numbers(out, error);
  if (status == PUBINT_OK && options->decisions != NULL)
    status = pi_decisions_read(&out->decisions, options->decisions, error);
  if (status == PUBINT_OK) status = run_cases(out, error);
  return status == PUBINT_OK ? conclude(out, error) : status;
}

void pi_tune_dispose(pi_tune *self) {
  for (uint32_t n = 0; self->curves != NULL && n < self->numbers.count; n++)
    pi_curve_dispose(&self->curves[n]);
  free(self->curves);
  free(self->selected);
  pi_buffer_dispose(&self->changes);
  pi_buffer_dispose(&self->kept);
  pi_decisions_dispose(&self->decisions);
  pi_numbers_dispose(&self->numbers);
}

pi_tune_change pi_tune_change_at(const pi_tune *self, size_t index) {
  pi_tune_change change;
  memcpy(&change, self->changes.data + index * sizeof change, sizeof change);
  return change;
}
