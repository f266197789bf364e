#include "line_reader.h"

#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "file.h"

pubint_status pi_line_reader_open(pi_line_reader *reader, const char *const *names, size_t count, bool sha256,
                                  const pi_stop *stop, pubint_error *error) {
  *reader = (pi_line_reader){.lines.source.fd = -1, .more = true};
  reader->block.data = malloc(PI_BLOCK_BYTES);
  if (reader->block.data == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  return pi_lines_open(&reader->lines, names, count, sha256, stop, error);
}

void pi_line_reader_close(pi_line_reader *reader) {
  pi_lines_close(&reader->lines);
  free(reader->block.data);
  reader->block.data = NULL;
}

pubint_status pi_line_reader_next(pi_line_reader *reader, pi_read_line *line, bool *there,
                                  pubint_error *error) {
  pi_block *block = &reader->block;
  pubint_status status = PUBINT_OK;
  while (reader->more && reader->at == block->bytes && status == PUBINT_OK) {
    reader->at = block->bytes = 0;
    status = pi_lines_next(&reader->lines, block, &reader->more, error);
    line->number = 0;
  }
  *there = status == PUBINT_OK && reader->at < block->bytes;
  if (!*there) return status;
  if (reader->at == 0) line->number = block->first_line - 1;
  const char *begin = block->data + reader->at;
  size_t left = block->bytes - reader->at;
  const char *end = memchr(begin, '\n', left);
  line->newline = end != NULL;
  line->text = (pi_slice){begin, end != NULL ? (size_t)(end - begin) : left};
  line->input = block->end.input;
  line->number++;
  reader->at += line->text.len + (end != NULL);
  return PUBINT_OK;
}

void pi_line_reader_blame(const pi_line_reader *reader, const pi_read_line *line, pubint_error *error) {
  const char *name = pi_file_shown_name(reader->lines.inputs[line->input].name);
  error->line = line->number;
  pi_error_hint_line(error, line->text);
  pi_error_field(error->file, sizeof error->file, name, strlen(name));
}
