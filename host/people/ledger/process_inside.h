/* What process.c, its guards and its rows share; nobody else includes it. */
#ifndef PI_PROCESS_INSIDE_H
#define PI_PROCESS_INSIDE_H

#include <pubint/evaluation.h>

#include "arena.h"
#include "process.h"
#include "record.h"

/* An act under way, within its transaction. */
typedef struct pi_pending {
  pi_ledger *ledger;
  pi_action action;
  pi_act act;                          /* a copy */
  const pubint_evaluation *evaluation; /* of open and reopen; else NULL */
  pi_slice who_key;                    /* of who does it (person.h) */
  const char *barred;    /* why its case can never be a notice; NULL: it can, or no evaluation */
  pi_record record;      /* before the act; no rounds when the case is not there */
  const pi_round *round; /* its last; NULL: none */
  const pi_transition *transition;
  pi_arena arena;
} pi_pending;

/* Whether the texts of an act are such as the record takes, and its time is none still to come. (process.c)
 */
pubint_status pi_process_check(const pi_act *act, int64_t now, pubint_error *error);

/* The place of what comes next in the log, with who does it, before what they do; and its entry, after.
 * (process.c) */
pubint_status pi_process_begin(pi_pending *self, int64_t *entry, pubint_error *error);
pubint_status pi_process_append(const pi_pending *self, const char *action, int64_t entry, pi_done *done,
                                pubint_error *error);

/* Whether the act may be done in the state the case is in: its transition's guards. (process_guards.c) */
pubint_status pi_process_guard(pi_pending *self, pubint_error *error);

/* Says why an action is not open to the case. (process_guards.c) */
pubint_status pi_process_out_of_order(const pi_pending *self, pubint_error *error);

/* Writes the record rows of the act under `entry`. (process_rows.c) */
pubint_status pi_process_write(pi_pending *self, int64_t entry, pubint_error *error);

#endif
