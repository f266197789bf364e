/* Runs a policy's scripts where they can harm nothing: one sandbox a thread.
 *
 * A script call gets a fresh environment and fresh modules, and limits it cannot catch. Whatever is
 * unusual (an error, a limit, more than half of a limit used) is judged again in a pristine state, and only
 * that second verdict counts, so what ran before never shows.
 */
#ifndef PI_SANDBOX_H
#define PI_SANDBOX_H

#include <pubint/error.h>

#include "policy.h"
#include "script_call.h"

typedef struct pi_sandbox pi_sandbox;

/* Makes a sandbox for `policy`, which is borrowed. Fails as pi_sandbox_begin does, too. On failure *out is
 * NULL. */
pubint_status pi_sandbox_new(pi_sandbox **out, const pubint_policy *policy, pubint_error *error);
void pi_sandbox_free(pi_sandbox *sandbox);

/* From now on `watch`, borrowed, is told; NULL: nobody. */
void pi_sandbox_watch(pi_sandbox *sandbox, const pi_line_watch *watch);

/* A case begins: what its calls take of the processor is counted together from here on. Before the first case
 * each call is counted alone. Fails with PUBINT_E_SYSTEM where this thread's stack is too small for scripts.
 */
pubint_status pi_sandbox_begin(pi_sandbox *sandbox, pubint_error *error);

/* Runs call->script. PUBINT_OK also when the script failed (see call->error); PUBINT_E_LIMIT when the
 * watchdog ended it and PUBINT_E_SYSTEM when the system had no memory: then nothing is to be made of it. */
pubint_status pi_sandbox_weigh(pi_sandbox *sandbox, pi_script_call *call, pubint_error *error);

/* One call without isolation: chunk and modules are called once for all calls, which must be of one script,
 * and nothing is judged again. It shows what isolation costs; no evaluation may come of it. */
pubint_status pi_sandbox_weigh_shared(pi_sandbox *sandbox, pi_script_call *call, pubint_error *error);

#endif
