/* Reads lines and runs them until there are no more. */
#ifndef PI_REPL_LOOP_H
#define PI_REPL_LOOP_H

#include "repl.h"

/* What a session begins with. */
typedef struct pi_repl_start {
  const char *file;         /* opened; NULL: none */
  const char *wanted;       /* the line or id of its case to begin at; NULL: the first */
  const char *const *lines; /* each runs as one piece, instead of standard input */
  size_t lines_count;       /* 0: standard input does */
} pi_repl_start;

/* Opens the file, then runs the lines or standard input; the program's exit code. */
pi_exit pi_repl_loop(pi_repl_session *session, const pi_repl_start *start);

#endif
