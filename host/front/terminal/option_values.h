/* Options whose values the parser alone cannot judge. Each says on standard error what is wrong. */
#ifndef PI_OPTION_VALUES_H
#define PI_OPTION_VALUES_H

#include "command.h"

/* Of a value that an option does not take, as it was given. */
pi_exit pi_option_refuse_value(const char *option, const char *found, const char *expected);

/* Of a count that lies outside `least` to `most`. */
pi_exit pi_option_refuse_count(const char *option, uint64_t value, uint64_t least, uint64_t most);

/* Of two options that do not go together. */
pi_exit pi_option_refuse_both(const char *one, const char *other);

/* PI_EXIT_DONE, or refused: the value of --threads. */
pi_exit pi_threads_check(uint64_t threads);

#endif
