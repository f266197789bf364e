/* pubint ledger open and reopen: what begins a round, with an evaluation. */
#include <string.h>
#include <time.h>

#include <pubint/engine.h>

#include "errors.h"
#include "evaluation.h"
#include "input.h"
#include "ledger_commands.h"
#include "record.h"

typedef struct open_options {
  pi_ledger_options shared;
  const char *by;
  const char *reason;
  const char *wanted; /* NULL: the input is one value */
  bool rule_as_written;
} open_options;

static const pi_option OPEN_OPTIONS[] = {
    PI_LEDGER_OPTION(open_options),
    {0, "by", PI_OPTION_TEXT, "WHO", NULL, offsetof(open_options, by), "who escalates it (else enforcement)"},
    {'c', "case", PI_OPTION_TEXT, "N|ID", NULL, offsetof(open_options, wanted),
     "in a file with one case a line, take the case on line N or with that ID"},
    {0, "rule-as-written", PI_OPTION_FLAG, NULL, NULL, offsetof(open_options, rule_as_written),
     "the rule's id is right, although it looks like one that is never excepted"},
    PI_LEDGER_AT_OPTION(open_options),
};

static const pi_option REOPEN_OPTIONS[] = {
    PI_LEDGER_OPTION(open_options),
    {0, "by", PI_OPTION_TEXT, "WHO", NULL, offsetof(open_options, by), "who reopens it"},
    {0, "reason", PI_OPTION_TEXT, "TEXT", NULL, offsetof(open_options, reason), "why"},
    {'c', "case", PI_OPTION_TEXT, "N|ID", NULL, offsetof(open_options, wanted),
     "of a FILE with a case a line, the one on line N or with that id"},
    {0, "rule-as-written", PI_OPTION_FLAG, NULL, NULL, offsetof(open_options, rule_as_written),
     "the rule's id is right, although it looks like one that is never excepted"},
    PI_LEDGER_AT_OPTION(open_options),
};

enum { ARENA_BLOCK = 256 * 1024, ARENA_MAX = 256 * 1024 * 1024 };

/* What one run holds; all of it is freed at its end. */
typedef struct session {
  pubint_policy *policy;
  pubint_case *input;
  pubint_engine *engine;
  const pubint_evaluation *evaluation;
  pi_ledger *ledger;
} session;

static void dispose(session *self) {
  pi_ledger_close(self->ledger);
  pubint_engine_free(self->engine);
  pubint_case_free(self->input);
  pubint_policy_free(self->policy);
}

static bool evaluate(session *self, const pi_call *call, pi_exit *status) {
  pubint_error error;
  self->policy = pi_command_policy(&call->common, status);
  if (self->policy == NULL) return false;
  if (pubint_engine_new(&self->engine, self->policy, &error) == PUBINT_OK &&
      pubint_engine_evaluate(self->engine, self->input, &self->evaluation, &error) == PUBINT_OK) {
    return true;
  }
  *status = pi_complain(&error);
  return false;
}

static bool read_case(session *self, const pi_call *call, const char *file, const char *wanted,
                      pi_exit *status) {
  pubint_error error;
  if (pi_input_case(&self->input, file, wanted, NULL, &error) == PUBINT_OK) return true;
  *status = pi_complain_of_input(&call->common, &error);
  return false;
}

/* A case that is not for people: with --json ordinary enforcement gets its evaluation all the same. */
static pi_exit refuse(const session *self, const pi_call *call, const pubint_error *error) {
  const char *json;
  size_t bytes;
  if (error->code != PI_E_RULE_SLIP) pi_ledger_shared_warn_of_rules(self->evaluation);
  if (call->common.json && error->code == PI_E_NOT_ESCALATED &&
      (json = pubint_evaluation_json(self->evaluation, &bytes)) != NULL) {
    pi_terminal_json(call->out, (pi_slice){json, bytes});
    pi_buffer_byte(call->out, '\n');
  }
  return pi_complain(error);
}

/* A refused case makes no ledger. */
static pi_exit open_case(session *self, const pi_call *call, const open_options *options, const pi_act *act) {
  pubint_error error;
  pi_done done;
  pi_exit status;
  if (!pi_ledger_shared_spares_policy(call, &options->shared, &status)) return status;
  if (pi_ledger_shared_lacks_file(&options->shared) &&
      pi_process_admits(self->evaluation, act, (int64_t)time(NULL), &error) != PUBINT_OK) {
    return refuse(self, call, &error);
  }
  self->ledger = pi_ledger_shared_open(&options->shared, PI_LEDGER_CREATE, &status);
  if (self->ledger == NULL) return status;
  if (pi_process_open(self->ledger, self->evaluation, act, &done, &error) != PUBINT_OK)
    return refuse(self, call, &error);
  pi_ledger_shared_warn_of_rules(self->evaluation);
  return pi_ledger_shared_say_done(call, act->id, PI_ACTION_OPEN, &done);
}

static pi_exit run_open(const pi_command *command, pi_call *call) {
  open_options options = {.by = "enforcement"};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  session self = {0};
  pi_act act = {.who = pi_slice_of(options.by), .rule_as_written = options.rule_as_written};
  const char *file = call->arguments.count > 0 ? call->arguments.items[0] : NULL;
  if (pi_ledger_shared_time(&options.shared, &act.at, &status) &&
      read_case(&self, call, file, options.wanted, &status) && evaluate(&self, call, &status)) {
    act.id = pi_slice_of(pubint_case_id(self.input));
    status = open_case(&self, call, &options, &act);
  }
  dispose(&self);
  return status;
}

/* The facts of the case's last round. */
static bool read_stored(session *self, pi_slice id, pi_exit *status) {
  pubint_error error;
  pi_record record;
  pi_arena arena;
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  bool done = pi_record_read(&record, self->ledger, id, PI_RECORD_ROUND, &arena, &error) == PUBINT_OK;
  if (done) {
    pi_slice facts = pi_record_last(&record)->facts;
    done = pubint_case_parse(&self->input, facts.ptr, facts.len, &error) == PUBINT_OK;
  }
  if (!done) *status = pi_complain(&error);
  pi_arena_dispose(&arena);
  return done;
}

static pi_exit run_reopen(const pi_command *command, pi_call *call) {
  open_options options = {0};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (call->arguments.count < 1) return pi_ledger_shared_lacks(command, "the case's id is missing");
  if (options.by == NULL) return pi_ledger_shared_lacks(command, "--by is missing: who reopens it");
  session self = {0};
  const char *file = call->arguments.count > 1 ? call->arguments.items[1] : NULL;
  bool given = file != NULL || options.wanted != NULL;
  pi_act act = {.id = pi_slice_of(call->arguments.items[0]),
                .who = pi_slice_of(options.by),
                .rule_as_written = options.rule_as_written};
  if (options.reason != NULL) act.reason = pi_slice_of(options.reason);
  if (pi_ledger_shared_time(&options.shared, &act.at, &status) &&
      (self.ledger = pi_ledger_shared_open(&options.shared, PI_LEDGER_WRITE, &status)) != NULL &&
      (given ? read_case(&self, call, file, options.wanted, &status) : read_stored(&self, act.id, &status)) &&
      evaluate(&self, call, &status)) {
    pubint_error error;
    pi_done done;
    if (pi_process_reopen(self.ledger, self.evaluation, &act, &done, &error) == PUBINT_OK) {
      pi_ledger_shared_warn_of_rules(self.evaluation);
      status = pi_ledger_shared_say_done(call, act.id, PI_ACTION_REOPEN, &done);
    } else {
      status = pi_complain(&error);
    }
  }
  dispose(&self);
  return status;
}

const pi_command pi_ledger_command_open = {
    .name = "ledger open",
    .form = "[FILE]",
    .summary = "put a case before people, with its evaluation",
    .about =
        "Evaluates the case in FILE under the policy, and records its facts, the evaluation and the "
        "policy's digest. Without a FILE, or with -, it reads standard input. Only a case that passes "
        "every gate is opened. Otherwise the command names the gate, ordinary enforcement applies, and "
        "--json prints the evaluation. The ledger is created if it does not exist. A case is opened only "
        "once.\n"
        "A rule may have any id. If the policy lacks that rule, the command says so, and names the rule "
        "whose id is nearly the same. If that rule is never excepted, the case is refused, unless "
        "--rule-as-written says that the id is right.\n",
    .options = OPEN_OPTIONS,
    .options_count = sizeof OPEN_OPTIONS / sizeof OPEN_OPTIONS[0],
    .arguments_max = 1,
    .run = run_open,
};

const pi_command pi_ledger_command_reopen = {
    .name = "ledger reopen",
    .form = "ID [FILE] --by WHO --reason TEXT",
    .summary = "begin another round of a decided case",
    .about =
        "Evaluates the case again, under the policy as it is now, and with the facts of FILE if they have "
        "changed. The case then goes through every step again. The earlier round stays as it was, and its "
        "decision stands until there is a new one. A case that no longer meets the criteria can be "
        "reopened, but then it can only be removed.\n",
    .options = REOPEN_OPTIONS,
    .options_count = sizeof REOPEN_OPTIONS / sizeof REOPEN_OPTIONS[0],
    .arguments_max = 2,
    .run = run_reopen,
};
