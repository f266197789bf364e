/* Cases and megabytes a second of decoding the lines of a file, the best of several rounds:
 *   bench_decode FILE.jsonl [ROUNDS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "decode.h"

/* Decodes every line once; returns how many were refused. */
static size_t decode_lines(pi_slice text, pi_case *input, pi_arena *arena, pi_decode_memory *memory,
                           size_t *lines) {
  size_t refused = 0;
  const char *end = text.ptr + text.len;
  *lines = 0;
  for (const char *p = text.ptr; p < end; ++*lines) {
    const char *newline = memchr(p, '\n', (size_t)(end - p));
    const char *line_end = newline != NULL ? newline : end;
    pi_arena_reset(arena);
    pi_slice line = {p, (size_t)(line_end - p)};
    refused += pi_decode_case(input, line, *lines + 1, arena, memory, NULL) != PUBINT_OK;
    p = line_end + (newline != NULL);
  }
  return refused;
}

static void measure(const char *name, pi_slice text, long rounds, bool remembers) {
  static pi_case input;
  pi_arena arena;
  pi_decode_memory memory = {0};
  pi_arena_init(&arena, 64 << 10, 16 << 20);
  double best = 0;
  size_t lines = 0;
  size_t refused = 0;
  for (long round = 0; round < rounds; round++) {
    double begin = seconds_now();
    refused = decode_lines(text, &input, &arena, remembers ? &memory : NULL, &lines);
    double seconds = seconds_now() - begin;
    if (round == 0 || seconds < best) best = seconds;
  }
  pi_arena_dispose(&arena);
  printf("%-28s %8.0f MB/s %10.0f cases/s  (%zu lines, %zu refused)\n", name, (double)text.len / best / 1e6,
         (double)lines / best, lines, refused);
}

int main(int argc, char **argv) {
  pi_buffer data;
  long rounds = argc > 2 ? strtol(argv[2], NULL, 10) : 20;
  if (argc < 2 || rounds < 1 || !bench_read(&data, argv[1])) {
    fprintf(stderr, "bench_decode FILE.jsonl [ROUNDS]\n");
    return 2;
  }
  pi_slice text = {data.data, data.len};
  measure("decode, keys remembered", text, rounds, true);
  measure("decode, keys looked up", text, rounds, false);
  pi_buffer_dispose(&data);
  return 0;
}
