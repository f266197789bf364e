/* The lines of earlier sessions: $XDG_STATE_HOME/pubint/history, else ~/.local/state/pubint/history. Sessions
 * that run side by side keep each other's lines: the one that ends adds its own to what the file holds by
 * then. */
#ifndef PI_REPL_HISTORY_H
#define PI_REPL_HISTORY_H

#include <histedit.h>

#include "buffer.h"

enum { PI_REPL_HISTORY_PATH_BYTES = 4096, PI_REPL_HISTORY_LINES = 2000 };

typedef struct pi_repl_history {
  History *lines;                        /* NULL: memory ran out; then there is no history */
  char path[PI_REPL_HISTORY_PATH_BYTES]; /* "": there is no place for it */
  pi_buffer added;                       /* lines of this session, a NUL behind each */
} pi_repl_history;

/* Reads the file, if there is one, and lets `edit` recall it. */
void pi_repl_history_open(pi_repl_history *self, EditLine *edit);

/* Adds a line, unless it is blank or the one before. */
void pi_repl_history_add(pi_repl_history *self, pi_buffer *line);

void pi_repl_history_close(pi_repl_history *self);

#endif
