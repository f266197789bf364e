/* A command line: which command it names, and its options. */
#ifndef PI_COMMAND_LINE_H
#define PI_COMMAND_LINE_H

#include "command.h"
#include "sheet.h"

/* Runs the one of self's commands that the line names; where it names none, `nameless`. */
pi_exit pi_command_dispatch(const pi_command *self, pi_call *call,
                            pi_exit (*nameless)(const pi_command *self, pi_call *call));

/* The run of a command that has commands and does nothing itself. */
pi_exit pi_command_run_group(const pi_command *self, pi_call *call);

/* Refuses a name that none of self's commands has; NULL: there is no name. */
pi_exit pi_command_refuse(const pi_command *self, const char *found);

/* Reads the command line into call->common, call->arguments and the command's own struct, `values`. False
 * when the command is to end at once with *status: wrong usage (said already), or --help (printed). */
bool pi_command_begin(const pi_command *self, pi_call *call, void *values, pi_exit *status);

/* Appends what --version prints. */
void pi_command_version(const pi_call *call);

/* A page on call->out, as wide and coloured as standard output wants it. */
void pi_command_page(const pi_call *call, pi_page *page);

/* Prints the book as a page, with --json as JSON or, with `csv`, as CSV, and disposes of it. */
void pi_command_book(const pi_call *call, pi_book *book, bool csv);

#endif
