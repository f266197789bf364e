/* Names of Lua, for Tab. */
#ifndef PI_REPL_COMPLETE_LUA_H
#define PI_REPL_COMPLETE_LUA_H

#include "repl.h"
#include "repl_candidates.h"

/* What can stand at the end of the line: a name, or what the handle, library or table before it has. Nothing
 * within a text or a comment. `begun` is what stands on the lines before. Sets out->word. */
void pi_repl_complete_lua(pi_repl_session *session, pi_slice begun, pi_slice line, pi_repl_candidates *out);

#endif
