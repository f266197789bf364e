/* Help for a command, printed from its tables. */
#ifndef PI_HELP_PAGE_H
#define PI_HELP_PAGE_H

#include "command.h"

enum { PI_HELP_INDENT = 2, PI_HELP_COLUMN = 28 };

void pi_help_heading(pi_page *page, const char *text);

/* A name, and what it means beside it, or below where it is too long. */
void pi_help_entry(pi_page *page, unsigned column, const char *name, const char *text);

/* Each as "-p, --policy DIR" and what it means. */
void pi_help_options(pi_page *page, const pi_option *options, size_t count);

/* What `pubint help NAME` prints. */
void pi_help_command(const pi_command *self, pi_page *page);

#endif
