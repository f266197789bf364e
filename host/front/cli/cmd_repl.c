/* pubint repl: experiment with cases, facts, numbers and scripts. */
#include <stddef.h>
#include <stdlib.h>

#include "commands.h"
#include "repl.h"
#include "repl_loop.h"

typedef struct pi_repl_options {
  bool echo;
} pi_repl_options;

static const pi_option OPTIONS[] = {
    {0, "echo", PI_OPTION_FLAG, NULL, NULL, offsetof(pi_repl_options, echo),
     "show lines that no terminal sends, behind the prompt, for a transcript"},
};

static pi_exit run(const pi_command *command, pi_call *call) {
  pi_repl_options options = {.echo = false};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  const char *file = call->arguments.count > 0 ? call->arguments.items[0] : NULL;
  pi_repl_session *session = calloc(1, sizeof *session);
  if (session == NULL) {
    call->out->failed = true;
    return PI_EXIT_SYSTEM;
  }
  session->terminal.echo = options.echo;
  if (pi_repl_session_init(session, &call->common, &status)) {
    status = pi_repl_loop(session, file);
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
        "Opens FILE, which holds one case or a case a line, and reads what to do with it: commands, which "
        "begin with a colon (`:help` lists them), and Lua, which runs in the policy's sandbox with `case` "
        "and `evaluation` for the case at hand and `_` for the last result.\n"
        "On a terminal lines can be edited, completed with Tab and recalled; ~/.editrc is honoured, the "
        "history lies under XDG_STATE_HOME (~/.local/state). Marks that combine with the letter before them, as "
        "in Hindi, are taken, but the line that is edited shows the letter alone. Standard input that is no terminal is run line "
        "by line without prompts; the exit code is then 1 if any line was wrong.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 1,
    .run = run,
};
