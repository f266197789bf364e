/* The commands of commands.def, each of a file cmd_<name>.c. */
#ifndef PI_COMMANDS_H
#define PI_COMMANDS_H

#include "command_line.h"

#define COMMAND(name) extern const pi_command pi_command_##name;
#include "commands.def"
#undef COMMAND

#endif
