/* Reads lines and runs them until there are no more. */
#ifndef PI_REPL_LOOP_H
#define PI_REPL_LOOP_H

#include "repl.h"

/* Opens `file` (NULL: none), then runs standard input; the program's exit code. */
pi_exit pi_repl_loop(pi_repl_session *session, const char *file);

#endif
