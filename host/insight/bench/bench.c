#include "bench.h"

#include <string.h>

#include "bench_times.h"
#include "errors.h"
#include "line.h"
#include "line_reader.h"
#include "sample.h"

enum { ROUNDS = 5, ARENA_BLOCK = 64 * 1024, ARENA_MAX = 64 * 1024 * 1024, LINES_MAX = 256 * 1024 * 1024 };

/* ---- cases ---- */

void pi_bench_dispose(pi_bench_input *input) {
  pi_buffer_dispose(&input->lines);
}

pubint_status pi_bench_generate(pi_bench_input *out, uint64_t cases, pubint_error *error) {
  *out = (pi_bench_input){0};
  pi_arena arena;
  pi_sample_plan plan = {.seed = 1};
  bool room = true;
  pi_buffer_init(&out->lines, LINES_MAX);
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  for (; room && out->cases < cases; out->cases++) {
    room = pi_sample_line(&plan, out->cases, &out->lines, &arena);
    pi_buffer_byte(&out->lines, '\n');
  }
  pi_arena_dispose(&arena);
  return room && !out->lines.failed ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

/* Takes the line where it is a case. */
static pubint_status take_line(pi_bench_input *out, pi_slice line, pi_line *one, pubint_error *error) {
  pubint_status status = pi_line_read(one, line, 1);
  if (status == PUBINT_E_INPUT) {
    out->refused++;
    return PUBINT_OK;
  }
  if (status != PUBINT_OK) {
    *error = one->refusal;
    return status;
  }
  out->cases++;
  pi_buffer_slice(&out->lines, line);
  pi_buffer_byte(&out->lines, '\n');
  return out->lines.failed ? pi_error_set(error, PI_E_NO_MEMORY) : PUBINT_OK;
}

static pubint_status take_lines(pi_bench_input *out, pi_line_reader *reader, pubint_error *error) {
  pi_line one;
  pi_read_line line;
  bool there = false;
  pi_line_init(&one);
  pubint_status status = pi_line_reader_next(reader, &line, &there, error);
  while (status == PUBINT_OK && there) {
    out->cut = out->cases == PI_BENCH_CASES_MAX || out->lines.len + line.text.len + 1 >= LINES_MAX;
    if (out->cut) break;
    status = take_line(out, line.text, &one, error);
    if (status == PUBINT_OK) status = pi_line_reader_next(reader, &line, &there, error);
  }
  pi_line_dispose(&one);
  return status;
}

pubint_status pi_bench_load(pi_bench_input *out, const char *file, pubint_error *error) {
  pi_line_reader reader;
  *out = (pi_bench_input){0};
  pi_buffer_init(&out->lines, LINES_MAX);
  pubint_status status = pi_line_reader_open(&reader, &file, 1, false, NULL, error);
  if (status == PUBINT_OK) status = take_lines(out, &reader, error);
  pi_line_reader_close(&reader);
  return status;
}

/* ---- whole cases ---- */

typedef enum stage { READING, EVALUATING, WRITING, STAGES } stage;

/* What a pass over all cases needs. */
typedef struct pass {
  const pi_bench_input *input;
  pubint_engine *engine;
  pi_line line;
  pi_buffer text;
} pass;

static pubint_status run_case(pass *self, pi_slice line, stage last, pubint_error *error) {
  const pubint_evaluation *evaluation = NULL;
  pi_line *reader = &self->line;
  pi_buffer_reset(&self->text);
  pubint_status status = last == READING
                             ? pi_line_read(reader, line, 1)
                             : pi_line_evaluate(reader, self->engine, line, 1, &evaluation, error);
  if (status == PUBINT_OK && last != READING && evaluation == NULL) status = reader->refusal.status;
  if (status != PUBINT_OK) *error = reader->refusal;
  if (status == PUBINT_OK && last == WRITING) pi_evaluation_write(evaluation, &self->text);
  return status;
}

/* Every case up to that stage; `took`, where it is not NULL, gets the wall time of each. */
static pubint_status run_all(pass *self, stage last, uint64_t *took, pubint_error *error) {
  const char *p = self->input->lines.data, *end = p + self->input->lines.len;
  pubint_status status = PUBINT_OK;
  for (size_t i = 0; p < end && status == PUBINT_OK; i++) {
    const char *newline = memchr(p, '\n', (size_t)(end - p));
    uint64_t begun = took != NULL ? pi_bench_clock(CLOCK_MONOTONIC) : 0;
    status = run_case(self, (pi_slice){p, (size_t)(newline - p)}, last, error);
    if (took != NULL) took[i] = pi_bench_clock(CLOCK_MONOTONIC) - begun;
    p = newline + 1;
  }
  return status;
}

/* The stages take turns, so that what disturbs the machine disturbs all of them. */
static pubint_status time_stages(pass *self, pi_bench_times *out, pubint_error *error) {
  uint64_t rounds[STAGES][ROUNDS];
  for (int round = 0; round < ROUNDS; round++) {
    for (int last = 0; last < STAGES; last++) {
      uint64_t begun = pi_bench_clock(CLOCK_THREAD_CPUTIME_ID);
      pubint_status status = run_all(self, (stage)last, NULL, error);
      if (status != PUBINT_OK) return status;
      rounds[last][round] = pi_bench_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
    }
  }
  for (int last = 0; last < STAGES; last++) pi_bench_sort(rounds[last], ROUNDS);
  uint64_t read = rounds[READING][ROUNDS / 2], evaluated = rounds[EVALUATING][ROUNDS / 2];
  uint64_t written = rounds[WRITING][ROUNDS / 2];
  out->read = read;
  out->evaluate = evaluated > read ? evaluated - read : 0;
  out->write = written > evaluated ? written - evaluated : 0;
  return PUBINT_OK;
}

static pubint_status time_cases(pass *self, pi_bench_times *out, pubint_error *error) {
  size_t count = self->input->cases;
  uint64_t *took = calloc(count, sizeof *took);
  if (took == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = run_all(self, WRITING, took, error);
  if (status == PUBINT_OK) {
    pi_bench_sort(took, count);
    out->case_p50 = pi_bench_quantile(took, count, 50);
    out->case_p99 = pi_bench_quantile(took, count, 99);
    out->case_max = took[count - 1];
  }
  free(took);
  return status;
}

pubint_status pi_bench_cases(const pubint_policy *policy, const pi_bench_input *input, pi_bench_times *out,
                             pubint_error *error) {
  *out = (pi_bench_times){0};
  if (input->cases == 0) return PUBINT_OK;
  pass self = {.input = input};
  pi_line_init(&self.line);
  pi_buffer_init(&self.text, LINES_MAX);
  pubint_status status = pubint_engine_new(&self.engine, policy, error);
  if (status == PUBINT_OK) status = run_all(&self, WRITING, NULL, error); /* to warm up */
  if (status == PUBINT_OK) status = time_stages(&self, out, error);
  if (status == PUBINT_OK) status = time_cases(&self, out, error);
  pubint_engine_free(self.engine);
  pi_buffer_dispose(&self.text);
  pi_line_dispose(&self.line);
  return status;
}
