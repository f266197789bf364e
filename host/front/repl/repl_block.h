/* Lines taken one by one, or several together: what is pasted, and what an option says. */
#ifndef PI_REPL_BLOCK_H
#define PI_REPL_BLOCK_H

#include "repl.h"

/* Adds a line to the text so far, and runs that once it is whole. */
void pi_repl_take_line(pi_repl_session *session, pi_buffer *text, const pi_buffer *line);

/* Takes a line of a block: a command runs, Lua waits in `block` for the lines that follow. Without `more` it
 * runs. */
void pi_repl_take_of_block(pi_repl_session *session, pi_buffer *block, pi_buffer *text, const pi_buffer *line,
                           bool more);

#endif
