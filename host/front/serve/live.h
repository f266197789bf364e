/* The policy that is live, and those that were: loaded and proved beside it, then swapped by one pointer.
 *
 * Whoever evaluates holds a policy for as long as it takes, so a request ends on the policy that it began
 * with, however often others go live meanwhile.
 */
#ifndef PI_LIVE_H
#define PI_LIVE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "policy.h"
#include "stop.h"

enum { PI_LIVE_KEPT = 5, PI_LIVE_PROOF_CASES = 500 };

typedef struct pi_live_policy {
  pubint_policy *policy;
  atomic_uint holders;
} pi_live_policy;

typedef struct pi_live {
  pthread_mutex_t lock;
  atomic_uint_fast64_t turn; /* counts the swaps: who holds another one takes the policy anew */
  pi_live_policy *now;
  pi_live_policy *before[PI_LIVE_KEPT]; /* the latest first; NULL: none */
} pi_live;

void pi_live_init(pi_live *self);
void pi_live_dispose(pi_live *self);

/* Loads the policy of that name. */
pubint_status pi_live_load(pubint_policy **out, const char *name, pubint_error *error);

/* Runs the policy's tests and the checks on generated cases; E4159 with the first finding. */
pubint_status pi_live_prove(const pubint_policy *policy, const pi_stop *stop, pubint_error *error);

/* Makes it the live one; it is the live ones' from now on, also where memory runs out. */
pubint_status pi_live_swap(pi_live *self, pubint_policy *policy, pubint_error *error);

/* Makes the one before live again; E4158 where there is none. */
pubint_status pi_live_roll_back(pi_live *self, pubint_error *error);

/* Holds the live policy; *turn is its turn. */
pi_live_policy *pi_live_take(pi_live *self, uint64_t *turn);
void pi_live_leave(pi_live_policy *held); /* NULL is legal */

static inline bool pi_live_is(const pi_live *self, uint64_t turn) {
  return atomic_load_explicit(&self->turn, memory_order_acquire) == turn;
}

#endif
