/* The signals that a policy's markets look for, for Tab. */
#ifndef PI_REPL_COMPLETE_SIGNALS_H
#define PI_REPL_COMPLETE_SIGNALS_H

#include "repl.h"
#include "repl_candidates.h"

/* `prefix` and the name of each signal that the case has or its market's script names; of all markets where
 * the case has none. */
void pi_repl_complete_signals(const pi_repl_session *session, const char *prefix, pi_repl_candidates *out);

#endif
