/* The lines of earlier sessions: $XDG_STATE_HOME/pubint/history, else ~/.local/state/pubint/history. */
#ifndef PI_REPL_HISTORY_H
#define PI_REPL_HISTORY_H

#include <histedit.h>

#include "buffer.h"

enum { REPL_HISTORY_PATH_BYTES = 4096, REPL_HISTORY_LINES = 2000 };

typedef struct repl_history {
  History *lines; /* NULL: memory ran out; then there is no history */
  char path[REPL_HISTORY_PATH_BYTES]; /* "": there is no place for it */
} repl_history;

/* Reads the file, if there is one, and lets `edit` recall it. */
void repl_history_open(repl_history *self, EditLine *edit);

/* Adds a line, unless it is blank or the one before. */
void repl_history_add(repl_history *self, pi_buffer *line);

void repl_history_close(repl_history *self);

#endif
