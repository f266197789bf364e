/* pubint log cases, evaluations and head: the lines of a decision log, taken apart. */
#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "log_commands.h"
#include "log_read.h"
#include "log_shared.h"
#include "outline.h"

enum { PIECE_BYTES = 256 * 1024 };

/* What a log is read for. */
typedef struct reading {
  const pi_call *call;
  pi_slice (*part)(const pi_log_line *line); /* NULL: its end alone */
  pi_log_chain chain;
  uint64_t torn_bytes;
} reading;

static pi_slice case_of(const pi_log_line *line) {
  return line->input;
}

static pi_slice evaluation_of(const pi_log_line *line) {
  return line->evaluation;
}

static bool put(const reading *self, const pi_log_line *line) {
  pi_buffer *out = self->call->out;
  if (self->part == NULL) return true;
  pi_terminal_json(out, self->part(line));
  pi_buffer_byte(out, '\n');
  if (out->len < PIECE_BYTES) return true;
  bool written = !out->failed && pi_terminal_write(out, false);
  pi_buffer_reset(out);
  return written;
}

/* Whatever is printed follows from the line before it; a log whose oldest segments were removed begins with
 * the first that is there. */
static pubint_status read_lines(reading *self, pi_log_reader *reader, bool *written, pubint_error *error) {
  pi_arena arena;
  pi_log_text text = {.number = 0};
  pi_log_line line;
  bool there = true;
  pubint_status status = PUBINT_OK;
  pi_arena_init(&arena, 64 * 1024, PI_LOG_LINE_MAX);
  while (status == PUBINT_OK && *written) {
    status = pi_log_reader_next(reader, &text, &there, error);
    if (status != PUBINT_OK || !there) break;
    if (pi_log_text_torn(&text)) {
      self->torn_bytes = text.text.len;
      break;
    }
    pi_arena_reset(&arena);
    status = pi_log_chain_take(&self->chain, &text, &arena, &line, error);
    if (status == PUBINT_OK)
      *written = put(self, &line);
    else
      pi_log_reader_blame(reader, &text, error);
  }
  pi_arena_dispose(&arena);
  return status;
}

static pi_exit read_log(const pi_command *command, reading *self, size_t segments) {
  pubint_error error = {0};
  const pi_arguments *arguments = &self->call->arguments;
  if (arguments->count == 0) {
    pi_error_setf(&error, PI_E_ARGUMENTS, "no decision log is named");
    snprintf(error.expected, sizeof error.expected, "pubint %s %s", command->name, command->form);
    return pi_complain(&error);
  }
  pi_log_reader reader;
  bool written = true;
  pubint_status status = pi_log_reader_open(&reader, arguments->items[0], &error);
  if (status == PUBINT_OK) {
    pi_log_reader_skip(&reader, segments);
    status = read_lines(self, &reader, &written, &error);
  }
  pi_log_reader_close(&reader);
  if (status != PUBINT_OK) return pi_complain_of_input(&self->call->common, &error);
  if (!written) return PI_EXIT_SYSTEM;
  pi_log_shared_tell_torn(self->torn_bytes);
  return PI_EXIT_DONE;
}

static pi_exit run_part(const pi_command *self, pi_call *call, pi_slice (*part)(const pi_log_line *)) {
  pi_exit status;
  if (!pi_command_begin(self, call, NULL, &status)) return status;
  reading all = {.call = call, .part = part};
  return read_log(self, &all, SIZE_MAX);
}

static pi_exit run_cases(const pi_command *self, pi_call *call) {
  return run_part(self, call, case_of);
}

static pi_exit run_evaluations(const pi_command *self, pi_call *call) {
  return run_part(self, call, evaluation_of);
}

/* The last segment may have no line yet: then the one before says where the log ends. */
static pi_exit run_head(const pi_command *self, pi_call *call) {
  pi_exit status;
  if (!pi_command_begin(self, call, NULL, &status)) return status;
  reading end = {.call = call};
  status = read_log(self, &end, 2);
  if (status != PI_EXIT_DONE) return status;
  const char *link = end.chain.begun ? end.chain.link : PI_LOG_NO_LINK;
  if (!call->common.json) {
    pi_buffer_printf(call->out, "%llu:%s\n", (unsigned long long)end.chain.n, link);
    return status;
  }
  pi_outline out = pi_outline_begin(call->out);
  pi_outline_count(&out, "n", end.chain.n);
  pi_outline_text(&out, "link", link);
  pi_outline_end(&out);
  return status;
}

const pi_command pi_log_command_cases = {
    .name = "log cases",
    .form = "DIR",
    .summary = "print the cases, one a line",
    .about =
        "Prints the case of each line as it was sent, for `pubint batch`, `diff` and `verify`. Cases of a "
        "log that keeps private data out have blots in their text; what was decided on them may differ. "
        "A line that does not follow from the line before it ends the output with an error.\n",
    .arguments_max = 1,
    .run = run_cases,
};

const pi_command pi_log_command_evaluations = {
    .name = "log evaluations",
    .form = "DIR",
    .summary = "print the evaluations, one a line",
    .about =
        "Prints the evaluation of each line as it was answered, for `pubint stats`, `diff` and `verify`. "
        "Line for line they belong to what `pubint log cases` prints.\n",
    .arguments_max = 1,
    .run = run_evaluations,
};

const pi_command pi_log_command_head = {
    .name = "log head",
    .form = "DIR",
    .summary = "print the number and the link of the last line, to keep elsewhere",
    .about = "Prints NUMBER:LINK of the last whole line, which `pubint log verify` takes with --head and, as "
             "the line before, with --from. A log without lines has number 0 and 64 zeros.\n",
    .arguments_max = 1,
    .run = run_head,
};
