/* Megabytes a second of the JSON reader over the lines of a file, the best of several rounds:
 *   bench_reader FILE.jsonl [ROUNDS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "json_read.h"

enum { DEPTH = 64 };

typedef pubint_status read_line(pi_slice line, pi_arena *arena);

/* Walks the value as a caller does, each scalar taken. */
static pubint_status walk(pi_json *json) {
  pi_slice text;
  pi_json_number number;
  pubint_status status;
  bool more = false;
  pi_json_kind kind = pi_json_peek(json);
  switch (kind) {
  case PI_JSON_OBJECT:
    status = pi_json_enter_object(json);
    while (status == PUBINT_OK) {
      status = pi_json_next_key(json, &text, NULL, &more);
      if (status != PUBINT_OK || !more) break;
      status = walk(json);
    }
    return status;
  case PI_JSON_ARRAY:
    status = pi_json_enter_array(json);
    while (status == PUBINT_OK) {
      status = pi_json_next_item(json, &more);
      if (status != PUBINT_OK || !more) break;
      status = walk(json);
    }
    return status;
  case PI_JSON_STRING: return pi_json_string(json, &text);
  case PI_JSON_NUMBER: return pi_json_number_text(json, &number);
  case PI_JSON_TRUE:
  case PI_JSON_FALSE:
  case PI_JSON_NULL: return pi_json_literal(json);
  case PI_JSON_BAD: break;
  }
  return PUBINT_E_INPUT;
}

static pubint_status read_walk(pi_slice line, pi_arena *arena) {
  pi_json json;
  pubint_status status = pi_json_init(&json, line, 1, arena, DEPTH, NULL);
  if (status == PUBINT_OK) status = walk(&json);
  return status == PUBINT_OK ? pi_json_finish(&json) : status;
}

static pubint_status read_check(pi_slice line, pi_arena *arena) {
  return pi_json_check(line, arena, DEPTH, NULL);
}

static pubint_status read_tree(pi_slice line, pi_arena *arena) {
  static const pi_json_tree_limits LIMITS = {SIZE_MAX, DEPTH, 1211, 1212};
  pi_json json;
  pi_tree tree;
  pubint_status status = pi_json_init(&json, line, 1, arena, DEPTH, NULL);
  if (status == PUBINT_OK) status = pi_json_tree(&json, &LIMITS, &tree);
  return status == PUBINT_OK ? pi_json_finish(&json) : status;
}

static void measure(const char *name, read_line *reader, pi_slice text, long rounds) {
  pi_arena arena;
  pi_arena_init(&arena, 256 << 10, 256 << 20);
  double best = 0;
  size_t lines = 0;
  size_t refused = 0;
  for (long round = 0; round < rounds; round++) {
    lines = refused = 0;
    double begin = seconds_now();
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end; lines++) {
      const char *newline = memchr(p, '\n', (size_t)(end - p));
      const char *line_end = newline != NULL ? newline : end;
      pi_arena_reset(&arena);
      refused += reader((pi_slice){p, (size_t)(line_end - p)}, &arena) != PUBINT_OK;
      p = line_end + (newline != NULL);
    }
    double seconds = seconds_now() - begin;
    if (round == 0 || seconds < best) best = seconds;
  }
  pi_arena_dispose(&arena);
  printf("%-28s %8.0f MB/s %10.0f lines/s  (%zu lines, %zu refused)\n", name, (double)text.len / best / 1e6,
         (double)lines / best, lines, refused);
}

int main(int argc, char **argv) {
  pi_buffer data;
  long rounds = argc > 2 ? strtol(argv[2], NULL, 10) : 20;
  if (argc < 2 || rounds < 1 || !bench_read(&data, argv[1])) {
    fprintf(stderr, "bench_reader FILE.jsonl [ROUNDS]\n");
    return 2;
  }
  pi_slice text = {data.data, data.len};
  measure("walk", read_walk, text, rounds);
  measure("check, keys unique", read_check, text, rounds);
  measure("tree, keys unique and sorted", read_tree, text, rounds);
  pi_buffer_dispose(&data);
  return 0;
}
