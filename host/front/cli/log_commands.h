/* The commands of `pubint log` (log_commands.def), each of a file cmd_log_*.c. */
#ifndef PI_LOG_COMMANDS_H
#define PI_LOG_COMMANDS_H

#include "command_line.h"

#define LOG_COMMAND(name) extern const pi_command pi_log_command_##name;
#include "log_commands.def"
#undef LOG_COMMAND

#endif
