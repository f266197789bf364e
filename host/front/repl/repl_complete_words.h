/* The words of commands by their kind, for Tab. */
#ifndef PI_REPL_COMPLETE_WORDS_H
#define PI_REPL_COMPLETE_WORDS_H

#include "repl.h"
#include "repl_candidates.h"

/* Words of that kind; `first` is the command's first word where the one at the cursor is a later one. */
void pi_repl_complete_words(pi_repl_session *session, pi_repl_kind kind, pi_slice first,
                            pi_repl_candidates *out);

#endif
