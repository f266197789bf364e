/* Lines typed at a terminal: edited, completed, recalled, pasted and interrupted (libedit). */
#ifndef PI_REPL_LINE_H
#define PI_REPL_LINE_H

#include "repl.h"

typedef struct pi_repl_line pi_repl_line;

typedef enum pi_repl_line_end {
  PI_REPL_LINE_READ,
  PI_REPL_LINE_INTERRUPTED, /* Ctrl-C: what was typed is dropped */
  PI_REPL_LINE_CLOSED,      /* Ctrl-D on an empty line, or the terminal went away */
} pi_repl_line_end;

/* Prepares the terminal and reads the history; NULL when memory runs out. Sets LC_CTYPE, so that any UTF-8
 * can be typed: nothing else of the program looks at it. */
pi_repl_line *pi_repl_line_new(pi_repl_session *session);

/* Writes the history and gives the terminal back. */
void pi_repl_line_free(pi_repl_line *self);

/* Whether more that was pasted waits to be read, a last line without an end too. */
bool pi_repl_line_waits(const pi_repl_line *self);

/* Reads one line, without its newline, into *out, which is emptied first. `begun` is what stands before it of
 * Lua that is not at its end yet. */
pi_repl_line_end pi_repl_line_read(pi_repl_line *self, const char *prompt, pi_slice begun, pi_buffer *out);

#endif
