/* A policy: a folder of scripts and data, loaded and checked as a whole.
 *
 * A policy is immutable once loaded and may be shared by engines on any number of threads. It is read
 * once; later changes of the folder are not seen.
 */
#ifndef PUBINT_POLICY_H
#define PUBINT_POLICY_H

#include <pubint/error.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pubint_policy pubint_policy;

/* Loads the folder `directory`. On failure *out is NULL and `error`, which may be NULL, names the file,
 * the line and, where there is one, the column. */
pubint_status pubint_policy_load(pubint_policy **out, const char *directory, pubint_error *error);

/* Frees a policy; NULL is legal. Every engine on it must have been freed before. */
void pubint_policy_free(pubint_policy *self);

/* "name@version+sha256:…", as it stands in every evaluation. Owned by the policy; never NULL. */
const char *pubint_policy_id(const pubint_policy *self);

#ifdef __cplusplus
}
#endif
#endif
