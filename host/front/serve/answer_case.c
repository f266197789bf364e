#include <stdio.h>

#include "answers.h"
#include "errors.h"
#include "evaluation.h"
#include "explain.h"
#include "phrases.h"
#include "reply.h"
#include "serve_log.h"
#include "stopwatch.h"

static const pi_slice NONE = {"", 0};

/* A body's last line end is none of the case. */
static pi_slice text_of(const pi_request *request) {
  pi_slice text = {request->body.data != NULL ? request->body.data : "", request->body.len};
  if (text.len > 0 && text.ptr[text.len - 1] == '\n') text.len--;
  return text;
}

static pubint_status refuse_value(pubint_error *error, const char *key, pi_slice found,
                                  const char *expected) {
  pubint_status status = pi_error_setf(error, PI_E_OPTION_VALUE, "the value of %s is not right", key);
  pi_error_found(error, found.ptr, found.len);
  snprintf(error->expected, sizeof error->expected, "%s", expected);
  return status;
}

/* What the query asks for besides the evaluation: *explain, and in which language. */
static pubint_status read_query(const pi_request *request, bool *explain, pi_slice *locale,
                                pubint_error *error) {
  pi_slice value;
  *explain = pi_door_query(request->query, "explain", &value);
  if (*explain && !pi_slice_equal(value, PI_SLICE("text")))
    return refuse_value(error, "explain", value, "text");
  *locale = PI_SLICE("en");
  if (!pi_door_query(request->query, "locale", locale)) return PUBINT_OK;
  if (pi_locale_exists(request->seat->policy->policy, *locale)) return PUBINT_OK;
  return refuse_value(error, "locale", *locale, "en, or a locale of the policy");
}

/* The search for turns ends an evaluation, so what is explained is evaluated again. */
static enum MHD_Result explain(pi_request *request, pi_slice locale) {
  pi_lane *lane = request->lane;
  const pubint_evaluation *evaluation;
  pubint_error error;
  pi_turns turns;
  pi_explain_options options = {.locale = locale};
  pubint_engine *engine = request->seat->engine;
  bool found = pi_turns_find(&turns, engine, &lane->line.input, request->seat->policy->policy, NULL,
                             &error) == PUBINT_OK;
  if (pi_engine_evaluate(engine, &lane->line.input, &evaluation, &error) != PUBINT_OK)
    return pi_reply_problem(request, &error, pi_line_id(&lane->line), false);
  pi_buffer_reset(&lane->out);
  pi_evaluation_write(evaluation, &lane->out);
  if (!lane->out.failed) pi_serve_log_note(request, text_of(request), 0, lane->out.len);
  if (pi_serve_log_save(request, &lane->out, &error) != PUBINT_OK)
    return pi_reply_problem(request, &error, NONE, false);
  pi_buffer_reset(&lane->out);
  pi_explain(&lane->out, evaluation, found ? &turns : NULL, &options);
  return pi_reply_out(request, "text/plain; charset=utf-8");
}

enum MHD_Result pi_answer_case(pi_request *request) {
  pi_lane *lane = request->lane;
  const pubint_evaluation *evaluation = NULL;
  pubint_error error;
  bool explains;
  pi_slice locale;
  int64_t begun = pi_stopwatch_now();
  if (read_query(request, &explains, &locale, &error) != PUBINT_OK)
    return pi_reply_problem(request, &error, NONE, false);
  if (pi_line_evaluate(&lane->line, request->seat->engine, text_of(request), 1, &evaluation, &error) !=
      PUBINT_OK)
    return pi_reply_problem(request, &error, NONE, false);
  if (evaluation == NULL)
    return pi_reply_problem(request, &lane->line.refusal, pi_line_id(&lane->line), false);
  if (explains) return explain(request, locale);
  pi_buffer_reset(&lane->out);
  pi_evaluation_write(evaluation, &lane->out);
  if (!lane->out.failed) pi_serve_log_note(request, text_of(request), 0, lane->out.len);
  pi_buffer_byte(&lane->out, '\n');
  if (pi_serve_log_save(request, &lane->out, &error) != PUBINT_OK)
    return pi_reply_problem(request, &error, NONE, false);
  pi_metrics_evaluated(&lane->server->metrics, pubint_evaluation_outcome(evaluation),
                       pubint_evaluation_basis(evaluation), pi_stopwatch_now() - begun);
  return pi_reply_out(request, request->endpoint->type);
}
