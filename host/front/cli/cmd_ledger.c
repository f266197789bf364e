/* pubint ledger: hands over to the command of its own table. */
#include "commands.h"
#include "ledger_commands.h"

static const pi_command *const COMMANDS[] = {
#define LEDGER_COMMAND(name) &pi_ledger_command_##name,
#include "ledger_commands.def"
#undef LEDGER_COMMAND
};

static pi_exit run_nameless(const pi_command *self, pi_call *call) {
  pi_exit status;
  if (call->argc > 0 && !pi_command_begin(self, call, NULL, &status)) return status;
  return pi_command_refuse(self, NULL);
}

static pi_exit run(const pi_command *self, pi_call *call) {
  return pi_command_dispatch(self, call, run_nameless);
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
        "Names are compared by Unicode's compatible forms and full case folding (NFKC_Casefold): two spellings of one name are "
        "one person.\n"
        "This is a record, not an access system: who a person is comes from whoever calls it. Order, separation and "
        "what can never be a notice are held here, and again by the file itself against mistakes of other programs. "
        "Somebody who can write the file and means harm could change it all the same: that is what the audit log is "
        "for, if its newest link is kept elsewhere (`pubint ledger audit --head`).\n"
        "list, next, show, precedents, export, transparency, notice and audit only read: they work on a file and in a "
        "folder that may not be written, and read a ledger of an earlier version from a copy brought up to date, which is gone when they "
        "end; the next step that is recorded brings the file itself up to date. A new ledger is its owner's alone (mode 0600): chmod "
        "lets others read it.\n"
        "While a ledger is in use, FILE-wal and FILE-shm belong to it: copy them with it, or copy it while nobody uses "
        "it, or with SQLite's .backup. Its .dump leaves out the numbers by which a ledger is known: E4062 says how to give them back.\n"
        "Exit codes: 1 where the order of the process forbids a step, or an audit does not hold; 2 where the command "
        "line is wrong, lacks what the step needs (a reason or finding too), or names no ledger or case; 3 where the case is refused; 5 where the file cannot be used, or "
        "others keep it busy.\n",
    .commands = COMMANDS,
    .commands_count = sizeof COMMANDS / sizeof COMMANDS[0],
    .options_first = true,
    .run = run,
};
