/* Options whose values the parser alone cannot judge. */
#ifndef PI_THREADS_H
#define PI_THREADS_H

#include "command.h"

/* PI_EXIT_DONE, or refused: the value of --threads, and any count that an option takes from 1 to `most`. */
pi_exit pi_threads_check(uint64_t threads);
pi_exit pi_refuse_count(const char *option, uint64_t value, uint64_t most);

/* Of two options that do not go together. */
pi_exit pi_refuse_both(const char *one, const char *other);

#endif
