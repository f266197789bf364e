#include "log_proof.h"

#include <stdio.h>

#include "errors.h"
#include "log_crew.h"
#include "log_read.h"

typedef struct proof {
  const pi_log_proof_options *options;
  pi_log_proof *out;
  pi_log_reader reader;
  pi_log_chain chain; /* begun once lines are proved */
  pi_arena arena;
  pi_log_crew *crew;
  bool head; /* the line that must be there was there */
} proof;

static void begin_at(proof *self, uint64_t n, const char *link) {
  self->chain = (pi_log_chain){.begun = true, .n = n};
  memcpy(self->chain.link, link, PI_SHA256_HEX);
  self->chain.link[PI_SHA256_HEX] = '\0';
}

/* Looks for the line that has the link of --from, or follows from it where older segments were removed. What
 * stands before is not looked at. Whether this line is to be proved. */
static bool look_for_begin(proof *self, const pi_log_text *text) {
  pi_log_line line;
  char link[PI_SHA256_HEX + 1];
  const char *from = self->options->from;
  if (pi_log_line_read(&line, text->text, &self->arena, NULL) != PUBINT_OK) return false;
  if (pi_slice_equal(line.link, pi_slice_of(from))) {
    begin_at(self, line.n, from);
    return false;
  }
  pi_log_line_link(&line, from, link);
  if (!pi_slice_equal(line.link, pi_slice_of(link))) return false;
  begin_at(self, line.n - 1, from);
  return true;
}

static pubint_status check_head(proof *self, const pi_log_line *line, pubint_error *error) {
  const char *link = self->options->link;
  if (line->n != self->options->head) return PUBINT_OK;
  self->head = pi_slice_equal(line->link, pi_slice_of(link));
  if (self->head) return PUBINT_OK;
  pi_error_setf(error, PI_E_LOG_LINK, "line n %llu has another link than was expected",
                (unsigned long long)line->n);
  pi_error_found(error, line->link.ptr, line->link.len);
  snprintf(error->expected, sizeof error->expected, "%s", link);
  return error->status;
}

/* One line; *more is false once no further line is to be looked at. */
static pubint_status prove(proof *self, const pi_log_text *text, bool *more, pubint_error *error) {
  pi_log_line line = {.n = 0};
  pi_arena_reset(&self->arena);
  if (pi_log_text_torn(text)) {
    self->out->torn_bytes = text->text.len;
    *more = false;
    return PUBINT_OK;
  }
  if (!self->chain.begun && !look_for_begin(self, text)) return PUBINT_OK;
  pubint_status status = pi_log_chain_take(&self->chain, text, &self->arena, &line, error);
  if (status == PUBINT_OK) status = check_head(self, &line, error);
  if (status != PUBINT_OK) {
    pi_log_reader_blame(&self->reader, text, error);
    if (error->code == PI_E_LOG_CHAIN && self->out->lines == 0 && line.n > 1 && self->options->from == NULL)
      snprintf(error->hint, sizeof error->hint,
               "if old segments were removed, name the link before with --from");
    return status;
  }
  self->out->lines++;
  *more = pi_log_crew_take(self->crew, text, &line) && !pi_stop_asked(self->options->stop);
  return PUBINT_OK;
}

static pubint_status check_end(const proof *self, pubint_error *error) {
  const pi_log_proof_options *options = self->options;
  if (!self->chain.begun) {
    pi_error_setf(error, PI_E_LOG_LINK, "no line follows the link of --from");
    snprintf(error->expected, sizeof error->expected, "%s", options->from);
    return error->status;
  }
  if (options->head == 0 || self->head) return PUBINT_OK;
  pi_error_setf(error, PI_E_LOG_LINK, "the log does not hold line n %llu: its end was cut off",
                (unsigned long long)options->head);
  snprintf(error->found, sizeof error->found, "%llu:%s", (unsigned long long)self->chain.n, self->chain.link);
  snprintf(error->expected, sizeof error->expected, "%llu:%s", (unsigned long long)options->head,
           options->link);
  return error->status;
}

static pubint_status prove_all(proof *self, pubint_error *error) {
  pi_log_text text = {.number = 0};
  bool more = true, there = true;
  pubint_status status = PUBINT_OK;
  while (status == PUBINT_OK && more && there) {
    status = pi_log_reader_next(&self->reader, &text, &there, error);
    if (status == PUBINT_OK && there) status = prove(self, &text, &more, error);
  }
  return status;
}

pubint_status pi_log_prove(pi_log_proof *out, const pi_log_proof_options *options, pubint_error *error) {
  proof self = {.options = options, .out = out};
  pubint_error fault = {0};
  *out = (pi_log_proof){0};
  if (options->from == NULL || strcmp(options->from, PI_LOG_NO_LINK) == 0) begin_at(&self, 0, PI_LOG_NO_LINK);
  pi_arena_init(&self.arena, 64 * 1024, PI_LOG_LINE_MAX);
  pubint_status status = pi_log_reader_open(&self.reader, options->folder, &fault);
  if (status == PUBINT_OK) {
    self.crew = pi_log_crew_open(options, &fault);
    if (self.crew == NULL) status = fault.status;
  }
  if (self.crew != NULL) {
    status = prove_all(&self, &fault);
    pubint_status earlier = pi_log_crew_close(self.crew, out, error); /* of lines before that one */
    if (earlier != PUBINT_OK) {
      status = earlier;
      fault = *error;
    } else if (status == PUBINT_OK && !pi_stop_asked(options->stop)) {
      status = check_end(&self, &fault);
    }
  }
  if (status != PUBINT_OK) *error = fault;
  out->n = self.chain.n;
  memcpy(out->link, self.chain.begun ? self.chain.link : PI_LOG_NO_LINK, sizeof out->link);
  pi_log_reader_close(&self.reader);
  pi_arena_dispose(&self.arena);
  return status;
}
