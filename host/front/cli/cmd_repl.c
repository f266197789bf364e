/* pubint repl: experiment with cases, facts, numbers and scripts. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "commands.h"
#include "errors.h"
#include "repl.h"
#include "repl_loop.h"

typedef struct pi_repl_options {
  const char *wanted;
  pi_option_list lines;
  bool echo;
} pi_repl_options;

static const pi_option OPTIONS[] = {
    {'c', "case", PI_OPTION_TEXT, "N|ID", NULL, offsetof(pi_repl_options, wanted),
     "begin at the case on line N of FILE, or with that ID"},
    {'e', "execute", PI_OPTION_LIST, "COMMANDS", NULL, offsetof(pi_repl_options, lines),
     "run these commands and Lua instead of standard input; lines or `; :` separate them"},
    {0, "echo", PI_OPTION_FLAG, NULL, NULL, offsetof(pi_repl_options, echo),
     "show lines that no terminal sends, behind the prompt, for a transcript"},
};

static pi_exit run(const pi_command *command, pi_call *call) {
  pi_repl_options options = {.echo = false};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  pi_repl_start start = {.file = call->arguments.count > 0 ? call->arguments.items[0] : NULL,
                         .wanted = options.wanted,
                         .lines = options.lines.items,
                         .lines_count = options.lines.count};
  if (start.wanted != NULL && start.file == NULL) {
    pubint_error error;
    pi_error_set(&error, PI_E_ARGUMENTS);
    snprintf(error.expected, sizeof error.expected, "a FILE beside --case");
    return pi_complain(&error);
  }
  pi_repl_session *session = calloc(1, sizeof *session);
  if (session == NULL) {
    call->out->failed = true;
    return PI_EXIT_SYSTEM;
  }
  session->terminal.echo = options.echo;
  if (pi_repl_session_init(session, &call->common, &status)) {
    status = pi_repl_loop(session, &start);
  }
  pi_repl_session_dispose(session);
  free(session);
  return status;
}

const pi_command pi_command_repl = {
    .name = "repl",
    .form = "[FILE]",
    .summary = "experiment with cases, facts, numbers and scripts",
    .about =
        "Opens FILE, which holds one case or one case a line, and reads lines. A line that begins with a colon is a "
        "command (`:help` lists them). Any other line is Lua in the policy's sandbox: `case` and `evaluation` are those "
        "of the case at hand, `_` is the last result, and print, case, evaluate, factor and condition work as in the "
        "policy's tests.\n"
        "On a terminal, lines can be edited, completed with Tab and recalled; ~/.editrc is honoured. The history is "
        "kept under XDG_STATE_HOME (~/.local/state). Marks that combine with the letter before them, as in Hindi, are "
        "accepted, but the edited line shows only the letter. If standard input is not a terminal, or with -e, "
        "lines run without prompts, and the exit code is 1 if any line was wrong.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 1,
    .run = run,
};
