/* Words in a script that nothing else has: a misspelt one is no error in Lua, it is only never equal. */
#ifndef PI_CHECK_WORDS_H
#define PI_CHECK_WORDS_H

#include "check_state.h"

/* Words that nothing has, and signals that no comment names. */
pubint_status pi_check_words(pi_check *self, const pi_script *script);

#endif
