/* Lines typed at a terminal: edited, completed, recalled, pasted and interrupted (libedit). */
#ifndef PI_REPL_LINE_H
#define PI_REPL_LINE_H

#include "repl.h"

typedef struct repl_line repl_line;

typedef enum repl_line_end {
  REPL_LINE_READ,
  REPL_LINE_INTERRUPTED, /* Ctrl-C: what was typed is dropped */
  REPL_LINE_CLOSED,      /* Ctrl-D on an empty line, or the terminal went away */
} repl_line_end;

/* Prepares the terminal and reads the history; NULL when memory runs out. Sets LC_CTYPE, so that any UTF-8
 * can be typed: nothing else of the program looks at it. */
repl_line *repl_line_new(repl_session *session);

/* Writes the history and gives the terminal back. */
void repl_line_free(repl_line *self);

/* Reads one line, without its newline, into *out, which is emptied first. */
repl_line_end repl_line_read(repl_line *self, const char *prompt, pi_buffer *out);

#endif
