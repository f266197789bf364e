/* Tells whether a policy's files have changed since they were last looked at. */
#ifndef PI_REPL_WATCH_H
#define PI_REPL_WATCH_H

#include <stdbool.h>
#include <stdint.h>

typedef struct repl_watch {
  bool on;
  uint64_t seen; /* stands for the names, sizes and times of all files when they were last looked at */
} repl_watch;

/* Looks, and remembers what it saw. */
void repl_watch_look(repl_watch *watch, const char *directory);

/* Looks, and tells whether anything is another than what was seen last; remembers it. */
bool repl_watch_changed(repl_watch *watch, const char *directory);

#endif
