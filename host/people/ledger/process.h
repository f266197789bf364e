/* The four steps of people (R030–R040): who may do what when, in one table of transitions.
 *
 * A case is opened by enforcement, recommended on by Trust & Safety, advised on by people of several
 * backgrounds and of the market, who are then informed of all that was recommended and advised, and decided
 * by senior leadership; a decided case can be reopened, which begins another round. In one round one person
 * has one chair. Nothing here asks who a person really is: that comes from the caller. The record says who it
 * was said to be, and holds order and separation.
 */
#ifndef PI_PROCESS_H
#define PI_PROCESS_H

#include <stdint.h>

#include <pubint/evaluation.h>

#include "process_act.h"
#include "quoted_limits.h"
#include "store.h"

/* What came of an act. */
typedef struct pi_done {
  int64_t entry; /* the place in the audit log */
  int round;
  int advice;     /* of advise: how many have advised in the round, this one too */
  pi_state state; /* where the case stands now */
  char link[65];  /* of the audit log's newest entry */
} pi_done;

/* How far a step may be ahead of the ledger's clock: clocks of machines differ. What is further is E4097. */
enum { PI_LEDGER_AHEAD_S = PI_LEDGER_AHEAD_MINUTES * 60 };

/* Each runs in one transaction and, once it returns PUBINT_OK, lasts. A refusal changes nothing: those of
 * E4070 to E4079, E4088 and E4089 come of the order of the process, any other of what was given.
 *
 * The evaluation of open and reopen is of the case at hand, whose market's teams it knows. Whether a ledger
 * that has not the case would open it, `admits` says without one, at the time `now`. */
pubint_status pi_process_admits(const pubint_evaluation *evaluation, const pi_act *act, int64_t now,
                                pubint_error *error);
pubint_status pi_process_open(pi_ledger *ledger, const pubint_evaluation *evaluation, const pi_act *act,
                              pi_done *done, pubint_error *error);
/* Recommend, advise, inform, decide: what is neither open nor reopen. Of inform, everybody who advised in
 * this round so far is recorded as informed of recommendation and feedback (R039); advice that comes after
 * makes it needed again. */
pubint_status pi_process_step(pi_ledger *ledger, pi_action action, const pi_act *act, pi_done *done,
                              pubint_error *error);
pubint_status pi_process_reopen(pi_ledger *ledger, const pubint_evaluation *evaluation, const pi_act *act,
                                pi_done *done, pubint_error *error);

/* From now on decisions need `backgrounds` of the six besides the market. Only ever raised. */
pubint_status pi_process_require(pi_ledger *ledger, int backgrounds, const pi_act *act, pi_done *done,
                                 pubint_error *error);

#endif
