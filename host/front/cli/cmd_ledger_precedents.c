/* pubint ledger precedents: a case beside the decided cases most like it. */
#include <stdio.h>

#include <pubint/engine.h>

#include "case.h"
#include "errors.h"
#include "evaluation.h"
#include "input.h"
#include "ledger_commands.h"
#include "policy.h"
#include "precedents_show.h"

#define SHOWN_COUNT       5
#define ARENA_BLOCK_BYTES ((size_t)256 * 1024)
#define ARENA_BYTES_MAX   ((size_t)256 * 1024 * 1024)

typedef struct precedents_options {
  pi_ledger_options shared;
  uint64_t count;
} precedents_options;

static const pi_option OPTIONS[] = {
    PI_LEDGER_OPTION(precedents_options),
    {'n', "count", PI_OPTION_COUNT, "N", NULL, offsetof(precedents_options, count),
     "how many at most (" PI_SPELL(SHOWN_COUNT) ")"},
};

/* What one run holds; all of it is freed at its end. */
typedef struct session {
  pubint_policy *policy;
  pi_ledger *ledger;
  pubint_case *input;
  pubint_engine *engine;
  pi_arena arena;
  pi_profile *profile;
  pi_precedents_shown shown;
} session;

static pubint_status want_weighed(bool weighed, pubint_error *error) {
  return weighed ? PUBINT_OK : pi_error_set(error, PI_E_NO_PRECEDENTS);
}

/* The last round of a case in the ledger, with what Trust & Safety recommends, or else the evaluation. */
static pubint_status take_record(session *self, const char *id, pubint_error *error) {
  pi_record record;
  bool weighed = false;
  pubint_status status =
      pi_record_read(&record, self->ledger, pi_slice_of(id), PI_RECORD_ROUND, &self->arena, error);
  if (status != PUBINT_OK) return status;
  const pi_round *round = pi_record_last(&record);
  const pi_step *recommendation = pi_round_step(round, PI_ACTION_RECOMMEND);
  status = pi_precedents_read(self->profile, round->facts, round->evaluation, &weighed, &self->arena, error);
  self->shown.id = record.id;
  self->shown.policy = round->policy;
  self->shown.by_people = recommendation != NULL;
  self->shown.recommendation = recommendation != NULL
                                   ? recommendation->position
                                   : (pi_position)pi_process_word_find(PI_POSITION_NAMES, round->outcome);
  return status != PUBINT_OK ? status : want_weighed(weighed, error);
}

/* A case that is not in the ledger, evaluated now. */
static pubint_status take_case(session *self, const char *file, pubint_error *error) {
  const pubint_evaluation *evaluation;
  pubint_status status = pi_input_case(&self->input, file, NULL, NULL, error);
  if (status == PUBINT_OK) status = pubint_engine_new(&self->engine, self->policy, error);
  if (status == PUBINT_OK) status = pubint_engine_evaluate(self->engine, self->input, &evaluation, error);
  if (status != PUBINT_OK) return status;
  bool weighed = false;
  size_t bytes = 0;
  const char *json = pubint_evaluation_json(evaluation, &bytes);
  if (json == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  status = pi_precedents_weighed(self->profile, &self->input->facts, (pi_slice){json, bytes}, &weighed,
                                 &self->arena, error);
  pi_slice outcome = pi_slice_of(pubint_outcome_name(pubint_evaluation_outcome(evaluation)));
  self->shown.id = pi_slice_of(pubint_case_id(self->input));
  self->shown.policy = self->policy->id;
  self->shown.recommendation = (pi_position)pi_process_word_find(PI_POSITION_NAMES, outcome);
  return status != PUBINT_OK ? status : want_weighed(weighed, error);
}

/* The case named, which is an id of the ledger's before it is a file. */
static pubint_status take(session *self, const char *named, pubint_error *error) {
  pubint_status status = take_record(self, named, error);
  if (status == PUBINT_OK || error->code != PI_E_NOT_IN_LEDGER) return status;
  pubint_error of_the_file;
  status = take_case(self, named, &of_the_file);
  if (status == PUBINT_OK || of_the_file.code != PI_E_CANNOT_READ) *error = of_the_file;
  return status;
}

static void print(const pi_call *call, session *self) {
  if (call->common.json) {
    pi_buffer line;
    pi_buffer_init(&line, ARENA_BYTES_MAX);
    pi_precedents_json(&line, &self->shown);
    pi_ledger_shared_put_json(call, &line);
    return;
  }
  pi_page page;
  pi_wording wording;
  pi_command_page(call, &page);
  pi_wording_init(&wording, self->policy, PI_SLICE("en"));
  pi_precedents_page(&page, &wording, &self->shown);
  pi_wording_dispose(&wording);
  pi_page_dispose(&page);
}

static pi_exit show(const pi_call *call, session *self, size_t wanted) {
  pubint_error error = {0};
  self->profile = pi_arena_alloc(&self->arena, sizeof *self->profile);
  pi_precedents *found = pi_arena_alloc(&self->arena, sizeof *found);
  pubint_status status =
      self->profile == NULL || found == NULL ? pi_error_set(&error, PI_E_NO_MEMORY) : PUBINT_OK;
  if (status == PUBINT_OK) status = take(self, call->arguments.items[0], &error);
  if (status == PUBINT_OK) status = pi_precedents_update(self->ledger, &error);
  if (status == PUBINT_OK) {
    self->shown.profile = self->profile;
    status = pi_precedents_find(found, self->ledger, self->profile, self->shown.id, wanted, &error);
  }
  if (status == PUBINT_OK) {
    status = pi_precedents_gather(&self->shown, self->ledger, found, &self->arena, &error);
  }
  if (status != PUBINT_OK) return pi_complain_of_input(&call->common, &error);
  print(call, self);
  return PI_EXIT_DONE;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  precedents_options options = {{0}, SHOWN_COUNT};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (call->arguments.count == 0)
    return pi_ledger_shared_lacks(command, "the case's id, or a file with a case, is missing");
  if (options.count < 1 || options.count > PI_PRECEDENTS_MAX) {
    pubint_error error;
    pi_error_setf(&error, PI_E_OPTION_VALUE, "the value of --count is not right");
    snprintf(error.found, sizeof error.found, "%llu", (unsigned long long)options.count);
    snprintf(error.expected, sizeof error.expected, "1 to %d", PI_PRECEDENTS_MAX);
    return pi_complain(&error);
  }
  session self = {0};
  pi_arena_init(&self.arena, ARENA_BLOCK_BYTES, ARENA_BYTES_MAX);
  self.policy = pi_command_policy(&call->common, &status);
  if (self.policy != NULL) self.ledger = pi_ledger_shared_open(&options.shared, PI_LEDGER_READ, &status);
  if (self.ledger != NULL) status = show(call, &self, (size_t)options.count);
  pi_ledger_close(self.ledger);
  pubint_engine_free(self.engine);
  pubint_case_free(self.input);
  pubint_policy_free(self.policy);
  pi_arena_dispose(&self.arena);
  return status;
}

const pi_command pi_ledger_command_precedents = {
    .name = "ledger precedents",
    .form = "ID|FILE",
    .summary = "show the decided cases most like a case, and what was decided",
    .about =
        "ID is a case of the ledger. Anything else is a FILE with a case (- is standard input), which is "
        "evaluated under the policy (see -p) and not stored.\n"
        "Every decided case that breaks one of the same rules is compared, by its latest decision. The "
        "distance is the sum of the differences in strength of all factors, under the rules that both "
        "cases break. It grows by 1 for each rule that only one of them breaks, for another kind of a "
        "rule, for another market, and for another kind of target. Cases at the same distance are ordered "
        "by id.\n"
        "A precedent at a distance of at most 1 that was decided differently from the present "
        "recommendation is shown first. It forbids nothing: precedents inform, and every case is judged "
        "for itself (R062).\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 1,
    .run = run,
};
