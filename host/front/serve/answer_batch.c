/* A batch: the body lies in memory, and its lines are evaluated as the client takes their answers. */
#include "answers.h"
#include "errors.h"
#include "evaluation.h"
#include "reply.h"
#include "serve_log.h"
#include "stopwatch.h"

static bool next_line(pi_request *request, pi_slice *line) {
  const pi_buffer *body = &request->body;
  if (request->at >= body->len) return false;
  const char *begin = body->data + request->at;
  const char *newline = memchr(begin, '\n', body->len - request->at);
  *line = (pi_slice){begin, newline != NULL ? (size_t)(newline - begin) : body->len - request->at};
  request->at += line->len + (newline != NULL);
  request->number++;
  return true;
}

/* Appends the answer to a line; false where the batch cannot go on. */
static bool evaluate(pi_request *request, pi_slice line) {
  pi_lane *lane = request->lane;
  pi_metrics *metrics = &lane->server->metrics;
  const pubint_evaluation *evaluation;
  pubint_error error;
  int64_t begun = pi_stopwatch_now();
  if (pi_line_evaluate(&lane->line, request->seat->engine, line, request->number, &evaluation, &error) !=
      PUBINT_OK)
    return false;
  if (evaluation != NULL) {
    size_t before = request->lines.len;
    pi_evaluation_write(evaluation, &request->lines);
    if (!request->lines.failed) pi_serve_log_note(request, line, before, request->lines.len);
    pi_metrics_evaluated(metrics, pubint_evaluation_outcome(evaluation), pubint_evaluation_basis(evaluation),
                         pi_stopwatch_now() - begun);
  } else {
    pubint_error *refusal = &lane->line.refusal;
    if (lane->server->no_excerpts) pi_error_unquote(refusal);
    pi_evaluation_write_refusal(&request->lines, refusal, request->number, pi_line_id(&lane->line),
                                (pi_slice){"", 0});
    pi_metrics_refused(metrics, refusal->code);
  }
  pi_buffer_byte(&request->lines, '\n');
  return !request->lines.failed;
}

/* Gives as many bytes as the client has room for. What ends before the last line ends the connection, without
 * the last chunk. */
static ssize_t read_answers(void *context, uint64_t position, char *out, size_t max) {
  pi_request *request = context;
  pi_buffer *lines = &request->lines;
  pubint_error error;
  pi_slice line;
  (void)position;
  if (request->lines_at == lines->len) {
    pi_buffer_reset(lines);
    request->lines_at = 0;
  }
  bool fine = true;
  while (fine && lines->len - request->lines_at < max && pi_serve_log_room(request->lane) > 0 &&
         next_line(request, &line)) {
    fine = evaluate(request, line);
  }
  fine = pi_serve_log_save(request, lines, &error) == PUBINT_OK && fine;
  if (!fine) return MHD_CONTENT_READER_END_WITH_ERROR;
  size_t count = lines->len - request->lines_at;
  if (count == 0) return MHD_CONTENT_READER_END_OF_STREAM;
  if (count > max) count = max;
  memcpy(out, lines->data + request->lines_at, count);
  request->lines_at += count;
  return (ssize_t)count;
}

enum MHD_Result pi_answer_batch(pi_request *request) {
  pubint_error error;
  if (pi_serve_log_ready(request->lane->server, &error) != PUBINT_OK)
    return pi_reply_problem(request, &error, (pi_slice){"", 0}, false);
  return pi_reply_stream(request, request->endpoint->type, read_answers);
}
