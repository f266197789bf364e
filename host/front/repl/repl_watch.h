/* Tells whether a policy's files have changed since they were last looked at. */
#ifndef PI_REPL_WATCH_H
#define PI_REPL_WATCH_H

#include <stdbool.h>
#include <stdint.h>

typedef struct pi_repl_watch {
  bool on;
  uint64_t seen; /* stands for the names, sizes and times of all files when they were last looked at */
} pi_repl_watch;

/* Looks, and remembers what it saw. */
void pi_repl_watch_look(pi_repl_watch *watch, const char *directory);

/* Looks, and tells whether anything is another than what was seen last; remembers it. */
bool pi_repl_watch_changed(pi_repl_watch *watch, const char *directory);

#endif
