/* pubint log: hands over to the command of its own table. */
#include "commands.h"
#include "log_commands.h"

static const pi_command *const COMMANDS[] = {
#define LOG_COMMAND(name) &pi_log_command_##name,
#include "log_commands.def"
#undef LOG_COMMAND
};

const pi_command pi_command_log = {
    .name = "log",
    .form = "COMMAND",
    .summary = "read and prove the decision log of a service",
    .about =
        "A decision log is a folder of segments, decisions-NUMBER.ndjson, where NUMBER is that of the first "
        "line. Each line is one decision: its number n, its time, its trace id, the case, the evaluation, and "
        "a link. An answer is sent only when its line is on disk.\n"
        "The link is the SHA-256 of the link before (64 zeros before line 1) and of the line without its link. "
        "So a line that was changed, removed, repeated or moved breaks the chain. Anybody can recompute a link "
        "without pubint, where before is the link of the line before:\n"
        "printf '%s%s}' \"$before\" \"${line%,\\\"link\\\":*}\" | sha256sum\n"
        "A person who can write the folder could build a new chain from any line on, or cut off the end. "
        "Therefore keep what `pubint log head` prints in another place, and pass it to `pubint log verify "
        "--head` later.\n"
        "These commands only read, also while a service writes the log. A last line that is not whole is one "
        "that is being written, or that a crash left behind; nobody got its answer. They say so and leave it "
        "out. The service cuts it off when it starts.\n",
    .commands = COMMANDS,
    .commands_count = sizeof COMMANDS / sizeof COMMANDS[0],
    .run = pi_command_run_group,
};
