/* pubint ledger: hands over to the command of its own table. */
#include "cmd_ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "errors.h"
#include "evaluation.h"
#include "json_write.h"
#include "ledger_time.h"
#include "nearest.h"
#include "policy.h"
#include "process.h"
#include "record.h"

static const pi_command *const COMMANDS[] = {
#define LEDGER_COMMAND(name) &pi_ledger_command_##name,
#include "ledger_commands.def"
#undef LEDGER_COMMAND
};
enum {
  COMMANDS_COUNT = sizeof COMMANDS / sizeof COMMANDS[0],
  LINE_BYTES_MAX = 64 * 1024,
  ARENA_BLOCK = 64 * 1024,
  ARENA_MAX = 256 * 1024 * 1024
};

/* Codes of the ledger whose exit code is not that of wrong usage, in ranges. */
static const struct {
  unsigned first, last;
  pi_exit exit;
} EXITS[] = {
    {PI_E_LEDGER_BUSY, PI_E_LEDGER_FAILS, PI_EXIT_SYSTEM},
    {PI_E_NOT_ESCALATED, PI_E_OTHER_CASE, PI_EXIT_REFUSED},
    {PI_E_OUT_OF_ORDER, PI_E_SAME_PERSON, PI_EXIT_UNMET}, /* not a reason that is missing, as any option */
    {PI_E_NEVER_A_NOTICE, PI_E_OPENED_ALREADY, PI_EXIT_UNMET},
    {PI_E_AUDIT_CHANGED, PI_E_AUDIT_FILE, PI_EXIT_UNMET},
    {PI_E_NOT_INFORMED, PI_E_NOT_INFORMED, PI_EXIT_UNMET},
    {PI_E_NO_NOTICE, PI_E_NO_PRECEDENTS, PI_EXIT_REFUSED},
    {PI_E_RULE_SLIP, PI_E_RULE_SLIP, PI_EXIT_REFUSED},
};

pi_exit pi_ledger_complain(const pubint_error *error) {
  pi_exit status = pi_complain(error);
  for (size_t i = 0; i < sizeof EXITS / sizeof EXITS[0]; i++) {
    if (error->code >= EXITS[i].first && error->code <= EXITS[i].last) status = EXITS[i].exit;
  }
  return status;
}

static const char *name_of(const pi_ledger_options *options) {
  const char *file = options->ledger != NULL ? options->ledger : getenv("PUBINT_LEDGER");
  return file != NULL ? file : "";
}

bool pi_ledger_command_lacks_file(const pi_ledger_options *options) {
  struct stat file;
  const char *name = name_of(options);
  return name[0] != '\0' && (stat(name, &file) != 0 || (S_ISREG(file.st_mode) && file.st_size == 0));
}

pi_ledger *pi_ledger_command_open_file(const pi_ledger_options *options, bool create, pi_exit *status) {
  pi_ledger *ledger;
  pubint_error error;
  if (pi_ledger_open(&ledger, name_of(options), create, &error) == PUBINT_OK) return ledger;
  *status = pi_ledger_complain(&error);
  return NULL;
}

static const char *const NEXT[] = {
    [PI_STATE_ABSENT] = "",
    [PI_STATE_OPENED] = "It waits for Trust & Safety's recommendation.",
    [PI_STATE_RECOMMENDED] = "It waits for advice.",
    [PI_STATE_ADVISED] = "The advice is complete: it waits for those who gave it to be informed.",
    [PI_STATE_INFORMED] = "It waits for the decision.",
    [PI_STATE_DECIDED] = "It is decided.",
};

static void write_done(const pi_call *call, pi_slice id, pi_action action, const pi_done *done) {
  pi_buffer line;
  pi_buffer_init(&line, LINE_BYTES_MAX);
  pi_buffer_text(&line, "{\"v\":1,\"id\":");
  pi_json_write_string(&line, id);
  pi_buffer_printf(
      &line, ",\"action\":\"%s\",\"round\":%d,\"state\":\"%s\",\"entry\":%lld,\"link\":\"%s\"}\n",
      PI_ACTION_NAMES[action], done->round, PI_STATE_NAMES[done->state], (long long)done->entry, done->link);
  pi_ledger_put_json(call, &line);
}

void pi_ledger_put_json(const pi_call *call, pi_buffer *line) {
  const char *json = pi_buffer_end(line);
  if (json != NULL) pi_terminal_json(call->out, (pi_slice){json, line->len});
  if (json == NULL) call->out->failed = true;
  pi_buffer_dispose(line);
}

pi_exit pi_ledger_say_done(const pi_call *call, pi_slice id, pi_action action, const pi_done *done) {
  static const char *const WAS[PI_ACTION_COUNT] = {"is opened",
                                                   "has its recommendation",
                                                   "has a piece of advice",
                                                   "has its advisers informed",
                                                   "is decided",
                                                   "is reopened"};
  if (call->common.json) {
    write_done(call, id, action, done);
    return PI_EXIT_DONE;
  }
  pi_page page;
  char text[160], round[32] = "";
  const char *was = done->advice > 1 ? "has another piece of advice" : WAS[action];
  if (done->round > 1) snprintf(round, sizeof round, "round %d, ", done->round);
  pi_command_page(call, &page);
  pi_page_text(&page, PI_STYLE_STRONG, id);
  snprintf(text, sizeof text, " %s (%sentry %lld of the audit log). %s", was, round, (long long)done->entry,
           done->state != PI_STATE_DECIDED ? NEXT[done->state] : "");
  pi_page_wrap(&page, 0, PI_STYLE_PLAIN, pi_slice_of(text));
  pi_page_dispose(&page);
  return PI_EXIT_DONE;
}

static void warn_of_rule(pi_slice id, pi_slice nearest) {
  fprintf(stderr, "pubint: the policy has no rule %.*s", (int)id.len, id.ptr);
  if (nearest.ptr != NULL) fprintf(stderr, "; was %.*s meant?", (int)nearest.len, nearest.ptr);
  fprintf(stderr, "\n");
}

void pi_ledger_warn_of_rules(const pubint_evaluation *evaluation) {
  const pi_case *input = evaluation->input;
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_slice id = input->violations[i].rule_id;
    bool said = false;
    for (uint32_t j = 0; j < i; j++) said = said || pi_slice_equal(input->violations[j].rule_id, id);
    pi_rule_name name = pi_policy_rule_name(evaluation->policy, id);
    if (!said && !name.known) warn_of_rule(id, name.nearest);
  }
}

/* A case that is not there is refused by whoever asked for it. */
void pi_ledger_warn_of_record(pi_ledger *ledger, pi_slice id) {
  pi_record record;
  pi_arena arena;
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  if (pi_record_read(&record, ledger, id, &arena, NULL) == PUBINT_OK) {
    const pi_round *round = pi_record_last(&record);
    for (int i = 0; i < round->rules_count; i++) {
      pi_rule_name name = pi_policy_rule_name(NULL, round->rules[i]);
      if (!name.known && pi_round_lacks_script(round, round->rules[i], &arena))
        warn_of_rule(round->rules[i], name.nearest);
    }
  }
  pi_arena_dispose(&arena);
}

pi_exit pi_ledger_lacks(const pi_command *self, const char *message) {
  pubint_error error;
  pi_error_setf(&error, PI_E_ARGUMENTS, "%s", message);
  snprintf(error.expected, sizeof error.expected, "pubint %s %s", self->name, self->form);
  snprintf(error.hint, sizeof error.hint, "see `pubint help %s`", self->name);
  return pi_complain(&error);
}

bool pi_ledger_command_time(const pi_ledger_options *options, int64_t *at, pi_exit *status) {
  const char *fault = NULL;
  if (options->at == NULL) {
    *at = pi_time_now();
  } else {
    fault = pi_time_read(pi_slice_of(options->at), at);
  }
  if (fault == NULL) return true;
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "the value of --at is not right: %s", fault);
  pi_error_field(error.found, sizeof error.found, options->at, strlen(options->at));
  snprintf(error.expected, sizeof error.expected, "a time as in 2020-05-29T04:53:00Z");
  *status = pi_complain(&error);
  return false;
}

/* Whether the word is an option that takes the word behind it: of the commands, or of all of them. */
static bool takes_next(const char *word, const pi_option *options, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const pi_option *option = &options[i];
    if (option->kind == PI_OPTION_FLAG) continue;
    if (word[1] == '-' ? strcmp(word + 2, option->long_name) == 0
                       : word[1] == option->short_name && word[2] == '\0') {
      return true;
    }
  }
  return false;
}

/* Where the command's name stands: the first word that is no option and no option's value. */
static int find_name(const pi_call *call) {
  for (int i = 0; i < call->argc; i++) {
    const char *word = call->argv[i];
    if (word[0] != '-' || word[1] == '\0') return i;
    bool next = takes_next(word, PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT);
    for (int c = 0; c < COMMANDS_COUNT && !next; c++) {
      next = takes_next(word, COMMANDS[c]->options, COMMANDS[c]->options_count);
    }
    if (next) i++;
  }
  return call->argc;
}

static pi_exit refuse_name(const char *found) {
  pubint_error error;
  pi_nearest nearest;
  pi_error_setf(&error, PI_E_UNKNOWN_COMMAND,
                found == NULL ? "what the ledger is to do is missing" : "the ledger has no such command");
  size_t length = (size_t)snprintf(error.expected, sizeof error.expected, "one of");
  pi_nearest_init(&nearest, pi_slice_of(found != NULL ? found : ""));
  for (int i = 0; i < COMMANDS_COUNT; i++) {
    const char *name = COMMANDS[i]->name + strlen("ledger ");
    pi_nearest_offer(&nearest, pi_slice_of(name));
    if (length + strlen(name) + 3 > sizeof error.expected) continue;
    length += (size_t)snprintf(error.expected + length, sizeof error.expected - length, "%s %s",
                               i > 0 ? "," : "", name);
  }
  if (found != NULL) pi_error_field(error.found, sizeof error.found, found, strlen(found));
  if (nearest.best.ptr != NULL) {
    snprintf(error.hint, sizeof error.hint, "did you mean pubint ledger %s?", nearest.best.ptr);
  } else {
    snprintf(error.hint, sizeof error.hint, "see `pubint help ledger`");
  }
  return pi_complain(&error);
}

static const pi_command *find_command(const char *name) {
  for (int i = 0; i < COMMANDS_COUNT; i++) {
    if (strcmp(COMMANDS[i]->name + strlen("ledger "), name) == 0) return COMMANDS[i];
  }
  return NULL;
}

static bool wants_help(const pi_call *call) {
  for (int i = 0; i < call->argc; i++) {
    if (strcmp(call->argv[i], "--help") == 0 || strcmp(call->argv[i], "-h") == 0) return true;
  }
  return false;
}

static pi_exit run(const pi_command *self, pi_call *call) {
  int at = find_name(call);
  if (at == call->argc) {
    pi_exit status;
    if (wants_help(call) || call->argc > 0) {
      if (!pi_command_begin(self, call, NULL, &status)) return status;
    }
    return refuse_name(NULL);
  }
  const pi_command *command = find_command(call->argv[at]);
  if (command == NULL) return refuse_name(call->argv[at]);
  /* The words around the name move together over it; the caller's list is its own copy. */
  char **words = calloc((size_t)call->argc, sizeof *words);
  if (words == NULL) {
    pubint_error error;
    pi_error_set(&error, PI_E_NO_MEMORY);
    return pi_complain(&error);
  }
  int count = 0;
  for (int i = 0; i < call->argc; i++) {
    if (i != at) words[count++] = call->argv[i];
  }
  call->argc = count;
  call->argv = words;
  pi_exit status = command->run(command, call);
  free(words);
  return status;
}

const pi_command pi_command_ledger = {
    .name = "ledger",
    .form = "COMMAND",
    .summary = "record what people recommend, advise and decide, in order",
    .about =
        "Keeps the human process in one file, which --ledger names, or PUBINT_LEDGER: a case is opened with its evaluation, Trust & Safety recommends, people "
        "of at least three backgrounds and of the market advise and are informed of all of it, senior leadership decides. "
        "In one round who recommended neither advises nor decides, and who advised does not decide; opening, informing "
        "and reopening are open to anybody. Nothing is ever rewritten; a decided case can be reopened.\n"
        "This is a record, not an access system: who a person is comes from whoever calls it. Order, separation and "
        "what can never be a notice are held here, and again by the file itself against mistakes of other programs. "
        "Somebody who can write the file and means harm could change it all the same: that is what the audit log is "
        "for, if its newest link is kept elsewhere (`pubint ledger audit --head`).\n"
        "While a ledger is in use, FILE-wal and FILE-shm belong to it: copy them with it, or copy it while nobody uses "
        "it.\n"
        "Exit codes: 1 where the order of the process forbids a step, or an audit does not hold; 2 where the command "
        "line is wrong, lacks what the step needs (a reason or finding too), or names no ledger or case; 3 where the case is refused; 5 where the file cannot be used, or "
        "others keep it busy.\n",
    .commands = COMMANDS,
    .commands_count = COMMANDS_COUNT,
    .run = run,
};
