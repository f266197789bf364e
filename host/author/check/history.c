#include "history.h"

#include "decode.h"
#include "line_reader.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 16 * 1024 * 1024 };

pubint_status pi_history_read(const char *file,
                              pubint_status (*each)(void *context, const pi_case *input, pubint_error *error),
                              void *context, pi_history_totals *out, pubint_error *error) {
  *out = (pi_history_totals){0, 0};
  pi_line_reader reader;
  pi_read_line line;
  pi_arena arena;
  pi_decode_memory memory = {0};
  pi_case input;
  bool there = true;
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  pubint_status status = pi_line_reader_open(&reader, &file, 1, false, NULL, error);
  if (status == PUBINT_OK) status = pi_line_reader_next(&reader, &line, &there, error);
  while (status == PUBINT_OK && there) {
    pi_arena_reset(&arena);
    if (pi_decode_case(&input, line.text, line.number, &arena, &memory, NULL) == PUBINT_OK) {
      out->cases++;
      status = each(context, &input, error);
    } else {
      out->refused++;
    }
    if (status == PUBINT_OK) status = pi_line_reader_next(&reader, &line, &there, error);
  }
  pi_line_reader_close(&reader);
  pi_arena_dispose(&arena);
  return status;
}
