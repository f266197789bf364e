/* An engine evaluates cases under a policy.
 *
 * An engine belongs to one thread at a time; take one engine a thread and share the policy. Evaluating
 * is a pure function of (case, policy): neither the thread nor what was evaluated before shows in it.
 */
#ifndef PUBINT_ENGINE_H
#define PUBINT_ENGINE_H

#include <pubint/case.h>
#include <pubint/error.h>
#include <pubint/evaluation.h>
#include <pubint/policy.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pubint_engine pubint_engine;

/* Makes an engine on `policy`, which is borrowed and must outlive it. On failure *out is NULL.
 * Scripts may nest so deeply that a thread needs 384 KiB of stack: with less left, a policy's load, this
 * function and an evaluation fail with PUBINT_E_SYSTEM (E5004) before any script runs. */
pubint_status pubint_engine_new(pubint_engine **out, const pubint_policy *policy, pubint_error *error);

/* Frees an engine and its evaluation; NULL is legal. */
void pubint_engine_free(pubint_engine *self);

/* Evaluates one case. *out is owned by the engine and valid until its next call of this function, or
 * until the engine or the case is freed; on failure it is NULL. A script that fails is not a failure of
 * this function: it shows in the evaluation. Fails with PUBINT_E_LIMIT when the watchdog ended a script
 * (no evaluation may depend on a machine's load) and PUBINT_E_SYSTEM when memory ran out. */
pubint_status pubint_engine_evaluate(pubint_engine *self, const pubint_case *input,
                                     const pubint_evaluation **out, pubint_error *error);

/* The host's version, "MAJOR.MINOR.PATCH"; static. */
const char *pubint_version(void);

#ifdef __cplusplus
}
#endif
#endif
