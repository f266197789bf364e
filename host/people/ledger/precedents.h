/* Precedents: the decided cases most like a case, by what it is compared by (profile.h).
 *
 * Every decision is a precedent (R061), a removal as well as a notice; of a case that was decided again the
 * latest decision counts. They inform, and decide nothing (R062): no evaluation and no step of the process
 * reads them.
 */
#ifndef PI_PRECEDENTS_H
#define PI_PRECEDENTS_H

#include "decode.h"
#include "profile.h"
#include "store.h"

enum {
  PI_PRECEDENTS_MAX = 100,
  PI_PRECEDENTS_CLOSE = PI_PROFILE_APART, /* no further away than one difference of context */
};

typedef struct pi_precedent {
  char id[PI_ID_BYTES_MAX + 1]; /* of the case */
  int64_t entry;                /* of the decision, in the audit log */
  int64_t distance;             /* millionths */
} pi_precedent;

typedef struct pi_precedents {
  size_t count;
  uint64_t looked_at;                    /* decided cases that break a rule in common */
  pi_precedent items[PI_PRECEDENTS_MAX]; /* nearest first, equal ones by id */
} pi_precedents;

/* Takes in the decisions that are not yet among the precedents. In the transaction of `decide`, and before
 * looking, so that a ledger of an older version has them too. */
pubint_status pi_precedents_update(pi_ledger *ledger, pubint_error *error);

/* How many of the decisions taken in have not exactly the rows that their records make, and how many rows are
 * of no such decision: *wrong is 0 where something else has not written there. */
pubint_status pi_precedents_check(pi_ledger *ledger, int64_t *wrong, pubint_error *error);

/* Finds the `wanted` nearest that break at least one rule in common; `except` is the id of the case itself,
 * or empty. */
pubint_status pi_precedents_find(pi_precedents *out, pi_ledger *ledger, const pi_profile *profile,
                                 pi_slice except, size_t wanted, pubint_error *error);

/* The profile of a precedent, its texts in the arena. */
pubint_status pi_precedents_profile(pi_profile *out, pi_ledger *ledger, const pi_precedent *precedent,
                                    pi_arena *arena, pubint_error *error);

/* The profile of a case and its evaluation as JSON; texts lie in the arena, the case or the JSON. *weighed
 * gets whether there is anything to compare. The second takes the case as JSON too. */
pubint_status pi_precedents_weighed(pi_profile *out, const pi_case *input, pi_slice evaluation, bool *weighed,
                                    pi_arena *arena, pubint_error *error);
pubint_status pi_precedents_read(pi_profile *out, pi_slice facts, pi_slice evaluation, bool *weighed,
                                 pi_arena *arena, pubint_error *error);

#endif
