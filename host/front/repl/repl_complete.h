/* What Tab offers: commands, facts, values, rules, factors, cases, files and names of Lua, all from the
 * tables. Nothing is evaluated for it, and no more is read than a key may take. */
#ifndef PI_REPL_COMPLETE_H
#define PI_REPL_COMPLETE_H

#include "repl.h"
#include "repl_candidates.h"

/* Fills *out for the line as it stands before the cursor. `begun` is what stands on the lines before of Lua
 * that is not at its end yet. */
void pi_repl_complete(pi_repl_session *session, pi_slice begun, pi_slice line, pi_repl_candidates *out);

#endif
