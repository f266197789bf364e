#include "history.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "errors.h"
#include "file_error.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 16 * 1024 * 1024 };

pubint_status pi_history_read(const char *file,
                              pubint_status (*each)(void *context, const pi_case *input, pubint_error *error),
                              void *context, pi_history_totals *out, pubint_error *error) {
  *out = (pi_history_totals){0, 0};
  bool own = strcmp(file, "-") != 0;
  FILE *stream = own ? fopen(file, "rb") : stdin;
  if (stream == NULL) return pi_file_error(error, PI_E_CANNOT_READ, file, errno);
  pi_arena arena;
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  pi_decode_memory memory = {0};
  pi_case input;
  char *line = NULL;
  size_t capacity = 0;
  pubint_status status = PUBINT_OK;
  ssize_t length;
  while (status == PUBINT_OK && (length = getline(&line, &capacity, stream)) > 0) {
    if (line[length - 1] == '\n') length--;
    pi_arena_reset(&arena);
    pi_slice text = {line, (size_t)length};
    if (pi_decode_case(&input, text, out->cases + out->refused + 1, &arena, &memory, NULL) != PUBINT_OK) {
      out->refused++;
      continue;
    }
    out->cases++;
    status = each(context, &input, error);
  }
  if (status == PUBINT_OK && ferror(stream)) status = pi_file_error(error, PI_E_CANNOT_READ, file, errno);
  free(line);
  pi_arena_dispose(&arena);
  if (own) fclose(stream);
  return status;
}
