/* pubint help: commands, options, codes and the scripts' surface, each printed from its table. */
#ifndef PI_CMD_HELP_H
#define PI_CMD_HELP_H

#include "commands.h"

/* Appends what `pubint help` prints. */
void pi_commands_help(const pi_command *program, pi_page *page);

#endif
