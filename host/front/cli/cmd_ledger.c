/* pubint ledger: hands over to the command of its own table. */
#include "commands.h"
#include "ledger_commands.h"

static const pi_command *const COMMANDS[] = {
#define LEDGER_COMMAND(name) &pi_ledger_command_##name,
#include "ledger_commands.def"
#undef LEDGER_COMMAND
};

const pi_command pi_command_ledger = {
    .name = "ledger",
    .form = "COMMAND",
    .summary = "record what people recommend, advise and decide, in order",
    .about =
        "Keeps the decisions of people in one file, which --ledger or PUBINT_LEDGER names. A case is "
        "opened with its evaluation. Trust & Safety recommends. People of at least three backgrounds and "
        "of the market advise, and are informed of all advice. Senior leadership decides. In one round, "
        "whoever recommends may not advise or decide, and whoever advises may not decide; anybody may "
        "open, inform and reopen. Nothing is ever rewritten. A decided case can be reopened.\n"
        "Names are compared by Unicode's compatible forms and full case folding (NFKC_Casefold): two "
        "spellings of one name are one person.\n"
        "The ledger is a record, not an access system: it believes the caller about who a person is. The "
        "program enforces the order, the separation of persons and what can never get a notice, and the "
        "file itself enforces them again against mistakes of other programs. A person who can write the "
        "file can still falsify all of it on purpose. The audit log shows this if its newest link is kept "
        "elsewhere (`pubint ledger audit --head`).\n"
        "These commands only read: list, next, show, precedents, export, transparency, notice and audit. "
        "They work on a file and in a folder that cannot be written. They read a ledger of an earlier "
        "version from an updated copy, which they delete at the end; the next recorded step updates the "
        "file itself. A new ledger belongs to its owner alone (mode 0600); chmod lets others read it.\n"
        "While a ledger is in use, FILE-wal and FILE-shm are part of it. Copy them with it, copy it while "
        "nobody uses it, or use SQLite's .backup. SQLite's .dump leaves out the numbers that mark a "
        "ledger; E4062 says how to restore them.\n"
        "Exit codes: 1 if the order of the process forbids a step, or an audit does not hold; 2 if the "
        "command line is wrong, lacks a reason or finding that the step needs, or names no ledger or "
        "case; 3 if the case is refused; 5 if the file cannot be used, or other processes keep it busy.\n",
    .commands = COMMANDS,
    .commands_count = sizeof COMMANDS / sizeof COMMANDS[0],
    .options_first = true,
    .run = pi_command_run_group,
};
