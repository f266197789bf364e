#include "diff.h"

#include "crew.h"
#include "diff_count.h"
#include "diff_report.h"
#include "digest.h"
#include "errors.h"
#include "line.h"

/* What a thread works with. */
typedef struct diff_worker {
  pi_crew_hand hand; /* its text are flips */
  struct comparison *comparing;
  pubint_engine *engines[2]; /* old, new */
  pi_line line;
  pi_totals totals; /* of what was not handed in, for the progress */
  pi_flipped flipped;
  pi_diff counted; /* as well */
} diff_worker;

typedef struct comparison {
  pi_crew crew;
  pi_diff *diff; /* what is compared, and how; the counts of what was done, touched while a block is next */
  uint64_t bytes_total;
  pi_totals totals; /* as well */
} comparison;

/* ---- lines ---- */

static pi_diff_sample sample_of(const diff_worker *worker, pi_slice line, uint64_t number) {
  pi_diff_sample sample = {.file = worker->hand.block.end.input, .line = number};
  if (line.ptr != NULL) sample.hash = pi_digest_hash(line.ptr, line.len);
  pi_slice id = pi_line_id(&worker->line);
  memcpy(sample.id, id.ptr, id.len < sizeof sample.id ? id.len : sizeof sample.id - 1);
  return sample;
}

static void refuse_line(diff_worker *worker, const pubint_error *reason, uint64_t number) {
  pi_diff_sample sample = sample_of(worker, (pi_slice){NULL, 0}, number);
  pi_totals_refused(&worker->totals, reason->code);
  pi_diff_count_refused(&worker->counted, reason->code, &sample);
}

static void count_case(diff_worker *worker, const pubint_evaluation *old, const pubint_evaluation *new,
                       pi_slice line, uint64_t number) {
  pi_diff *counted = &worker->counted;
  pi_diff_sample sample = sample_of(worker, line, number);
  pi_totals_evaluated(&worker->totals, new);
  bool flips = pi_diff_count(counted, old, new, &worker->flipped, &sample);
  if (flips && counted->options->write != NULL) {
    pi_diff_write_flip(&worker->hand.text, counted, &worker->flipped, old, new, &sample);
  }
}

/* ---- blocks ---- */

/* PUBINT_E_SYSTEM ends all; any other failure is a line that is refused. */
static pubint_status compare_line(pi_crew_hand *hand, pi_slice line, uint64_t number, pubint_error *error) {
  diff_worker *worker = (diff_worker *)hand;
  const pubint_evaluation *old, *new;
  pubint_status status = pi_line_evaluate(&worker->line, worker->engines[0], line, number, &old, error);
  new = old; /* what is not weighed was decided by C alone, and no policy shows in that */
  if (status == PUBINT_OK && old != NULL && old->weighed) {
    status = pi_line_evaluate_again(&worker->line, worker->engines[1], &new, error);
  }
  if (status != PUBINT_OK) return status;
  worker->counted.lines++;
  if (new != NULL)
    count_case(worker, old, new, line, number);
  else
    refuse_line(worker, &worker->line.refusal, number);
  return hand->text.failed ? pi_error_set(error, PI_E_NO_MEMORY) : PUBINT_OK;
}

static pubint_status hand_in(pi_crew_hand *hand, pi_slice text, pubint_error *error) {
  diff_worker *worker = (diff_worker *)hand;
  pi_diff *diff = worker->comparing->diff;
  const pi_diff_options *options = diff->options;
  bool written = text.len == 0 || options->write(options->context, text, error);
  pi_totals_add(&worker->comparing->totals, &worker->totals);
  worker->totals = (pi_totals){0};
  pi_diff_merge(diff, &worker->counted);
  pi_diff_dispose(&worker->counted);
  pi_diff_init(&worker->counted, diff->old, diff->new, options);
  return written ? PUBINT_OK : PUBINT_E_SYSTEM;
}

static pubint_status report(pi_crew_hand *hand, pubint_error *error) {
  comparison *comparing = ((diff_worker *)hand)->comparing;
  const pi_diff_options *options = comparing->diff->options;
  (void)error;
  if (options->progress == NULL) return PUBINT_OK;
  pi_batch_progress now = {.totals = &comparing->totals,
                           .bytes = hand->block.end.all_bytes,
                           .bytes_total = comparing->bytes_total};
  options->progress(options->context, &now);
  return PUBINT_OK;
}

/* ---- the comparison ---- */

static pubint_status open_worker(pi_crew_hand *hand, pubint_error *error) {
  diff_worker *worker = (diff_worker *)hand;
  worker->comparing = (comparison *)hand->crew; /* its first member */
  const pi_diff *diff = worker->comparing->diff;
  pi_diff_init(&worker->counted, diff->old, diff->new, diff->options);
  pi_line_init(&worker->line);
  pubint_status status = pubint_engine_new(&worker->engines[0], diff->old, error);
  return status == PUBINT_OK ? pubint_engine_new(&worker->engines[1], diff->new, error) : status;
}

static void close_worker(pi_crew_hand *hand) {
  diff_worker *worker = (diff_worker *)hand;
  pubint_engine_free(worker->engines[0]);
  pubint_engine_free(worker->engines[1]);
  pi_line_dispose(&worker->line);
  pi_diff_dispose(&worker->counted);
}

static pubint_status run_workers(comparison *comparing, pubint_error *error) {
  pi_diff *diff = comparing->diff;
  pubint_status status = pi_crew_run(&comparing->crew, diff->options->threads, error);
  if (status == PUBINT_OK && comparing->crew.status != PUBINT_OK) {
    status = comparing->crew.status;
    if (error != NULL) *error = comparing->crew.error;
  }
  bool room = true;
  for (int d = 0; d < PI_DIFF_DIMENSIONS; d++) {
    room = room && !diff->groups[d].failed;
    pi_diff_groups_sort(&diff->groups[d]);
  }
  return status == PUBINT_OK && !room ? pi_error_set(error, PI_E_NO_MEMORY) : status;
}

pubint_status pi_diff_run(pi_diff *out, const pubint_policy *old, const pubint_policy *new,
                          const pi_diff_options *options, pubint_error *error) {
  static const pi_crew_job JOB = {.worker_bytes = sizeof(diff_worker),
                                  .open = open_worker,
                                  .close = close_worker,
                                  .line = compare_line,
                                  .hand_in = hand_in,
                                  .pass = report};
  pi_diff_init(out, old, new, options);
  comparison comparing = {.diff = out};
  pi_lines *lines = &comparing.crew.feed.lines;
  pi_crew_init(&comparing.crew, &JOB, options->stop);
  pubint_status status =
      pi_lines_open(lines, options->files, options->files_count, false, options->stop, error);
  if (status == PUBINT_OK) {
    comparing.bytes_total = pi_lines_bytes(lines);
    status = run_workers(&comparing, error);
  }
  out->complete = !comparing.crew.cut && lines->current == lines->inputs_count;
  pi_crew_dispose(&comparing.crew);
  return status;
}
