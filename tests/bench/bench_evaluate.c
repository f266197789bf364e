/* Evaluations a second on one core over the lines of a file, the best of several rounds:
 *   bench_evaluate POLICY_FOLDER FILE.jsonl [ROUNDS]
 * once of cases that were parsed before, and once of lines: parsed, evaluated and written as JSON. What no
 * gate stops costs most, so the share of those is told. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pubint.h>

#include "bench.h"
#include "decode.h"
#include "evaluate.h"

enum { ARENA_BLOCK = 256 << 10, ARENA_MAX = 64 << 20, JSON_MAX = 16 << 20 };

typedef struct bench {
  pubint_engine *engine;
  pi_slice text;
  pubint_case **inputs;
  size_t count;
  long rounds;
  pi_arena arena;
  pi_decode_memory memory;
  pi_buffer out;
  size_t weighed;
} bench;

static int complain(const char *what, const pubint_error *error) {
  char text[2048];
  (void)pubint_error_format(error, text, sizeof text);
  (void)fprintf(stderr, "bench_evaluate: %s: %s", what, text);
  return 1;
}

/* The line at *p without its newline; *p moves behind it. */
static pi_slice next_line(const char **p, const char *end) {
  const char *newline = memchr(*p, '\n', (size_t)(end - *p));
  pi_slice line = {*p, (size_t)((newline != NULL ? newline : end) - *p)};
  *p = newline != NULL ? newline + 1 : end;
  return line;
}

static bool parse_all(bench *self, pubint_error *error) {
  const char *end = self->text.ptr + self->text.len;
  size_t lines = 1;
  for (const char *p = self->text.ptr; p < end; p++) lines += *p == '\n';
  self->inputs = calloc(lines, sizeof *self->inputs);
  for (const char *p = self->text.ptr; p < end && self->inputs != NULL;) {
    pi_slice line = next_line(&p, end);
    if (pubint_case_parse(&self->inputs[self->count], line.ptr, line.len, error) != PUBINT_OK) return false;
    self->count++;
  }
  return self->count > 0;
}

static bool evaluate_cases(bench *self, pubint_error *error) {
  self->weighed = 0;
  for (size_t i = 0; i < self->count; i++) {
    const pubint_evaluation *evaluation;
    if (pubint_engine_evaluate(self->engine, self->inputs[i], &evaluation, error) != PUBINT_OK) return false;
    self->weighed += evaluation->weighed;
  }
  return true;
}

/* As a batch does it: an arena and a buffer that are used again, strings as slices of the line. */
static bool evaluate_lines(bench *self, pubint_error *error) {
  const char *end = self->text.ptr + self->text.len;
  self->weighed = 0;
  for (const char *p = self->text.ptr; p < end;) {
    pi_case input;
    const pubint_evaluation *evaluation;
    pi_slice line = next_line(&p, end);
    pi_arena_reset(&self->arena);
    pi_buffer_reset(&self->out);
    if (pi_decode_case(&input, line, 1, &self->arena, &self->memory, error) != PUBINT_OK ||
        pi_engine_evaluate(self->engine, &input, &evaluation, error) != PUBINT_OK)
      return false;
    pi_evaluation_write(evaluation, &self->out);
    if (self->out.failed) return false;
    self->weighed += evaluation->weighed;
  }
  return true;
}

static bool measure(bench *self, const char *name, bool (*run)(bench *, pubint_error *),
                    pubint_error *error) {
  double best = 0;
  for (long round = 0; round < self->rounds; round++) {
    double begin = seconds_now();
    if (!run(self, error)) return false;
    double seconds = seconds_now() - begin;
    if (round == 0 || seconds < best) best = seconds;
  }
  printf("%-28s %9.0f evaluations/s %6.0f MB/s of cases  (%zu cases, %zu weighed)\n", name,
         (double)self->count / best, (double)self->text.len / best / 1e6, self->count, self->weighed);
  return true;
}

int main(int argc, char **argv) {
  bench self = {.rounds = argc > 3 ? strtol(argv[3], NULL, 10) : 10};
  pubint_error error = {0};
  pubint_policy *policy = NULL;
  pi_buffer data;
  if (argc < 3 || self.rounds < 1 || !bench_read(&data, argv[2])) {
    (void)fprintf(stderr, "bench_evaluate POLICY_FOLDER FILE.jsonl [ROUNDS]\n");
    return 2;
  }
  self.text = (pi_slice){data.data, data.len};
  pi_arena_init(&self.arena, ARENA_BLOCK, ARENA_MAX);
  pi_buffer_init(&self.out, JSON_MAX);
  int status = 0;
  if (pubint_policy_load(&policy, argv[1], &error) != PUBINT_OK ||
      pubint_engine_new(&self.engine, policy, &error) != PUBINT_OK)
    status = complain(argv[1], &error);
  else if (!parse_all(&self, &error) || !measure(&self, "cases, parsed before", evaluate_cases, &error) ||
           !measure(&self, "lines, parsed and written", evaluate_lines, &error))
    status = complain(argv[2], &error);
  for (size_t i = 0; i < self.count; i++) pubint_case_free(self.inputs[i]);
  free(self.inputs);
  pi_buffer_dispose(&data);
  pi_buffer_dispose(&self.out);
  pi_arena_dispose(&self.arena);
  pubint_engine_free(self.engine);
  pubint_policy_free(policy);
  return status;
}
