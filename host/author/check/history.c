#include "history.h"

#include "line.h"
#include "line_reader.h"

pubint_status pi_history_read(const char *file,
                              pubint_status (*each)(void *context, const pi_case *input, pubint_error *error),
                              void *context, pi_history_totals *out, pubint_error *error) {
  *out = (pi_history_totals){0, 0};
  pi_line_reader reader;
  pi_read_line text;
  pi_line line;
  bool there = true;
  pi_line_init(&line);
  pubint_status status = pi_line_reader_open(&reader, &file, 1, false, NULL, error);
  if (status == PUBINT_OK) status = pi_line_reader_next(&reader, &text, &there, error);
  while (status == PUBINT_OK && there) {
    status = pi_line_read(&line, text.text, text.number);
    if (status == PUBINT_OK) {
      out->cases++;
      status = each(context, &line.input, error);
    } else if (status == PUBINT_E_SYSTEM) {
      *error = line.refusal;
    } else {
      status = PUBINT_OK;
      out->refused++;
    }
    if (status == PUBINT_OK) status = pi_line_reader_next(&reader, &text, &there, error);
  }
  pi_line_reader_close(&reader);
  pi_line_dispose(&line);
  return status;
}
