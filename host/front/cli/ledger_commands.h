/* The commands of `pubint ledger` (ledger_commands.def), each of a file cmd_ledger_*.c. */
#ifndef PI_LEDGER_COMMANDS_H
#define PI_LEDGER_COMMANDS_H

#include "ledger_shared.h"

#define LEDGER_COMMAND(name) extern const pi_command pi_ledger_command_##name;
#include "ledger_commands.def"
#undef LEDGER_COMMAND

#endif
