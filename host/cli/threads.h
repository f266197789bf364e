/* How many threads a command of many cases takes. */
#ifndef PI_THREADS_H
#define PI_THREADS_H

#include "command.h"

/* The machine's processors. */
uint64_t pi_threads_default(void);

/* PI_EXIT_DONE, or refused: the value of --threads, and any count that an option takes from 1 to `most`. */
pi_exit pi_threads_check(uint64_t threads);
pi_exit pi_refuse_count(const char *option, uint64_t value, uint64_t most);

#endif
