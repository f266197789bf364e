/* What is said of a record of a case later: beside it and never instead. */
#ifndef PI_PROCESS_CORRECT_H
#define PI_PROCESS_CORRECT_H

#include <stdint.h>

#include <pubint/error.h>

#include "process.h"

typedef struct pi_correct {
  pi_slice id;    /* the case's */
  pi_slice who;   /* as of an act */
  pi_slice note;  /* as a reason; never left out */
  int64_t at;     /* when it is said */
  int64_t record; /* the entry of the round or step it is of; 0: the case's first that was still to come at
                   * `at`, else its last */
  bool has_time;
  int64_t time; /* as of which the record counts from now on. Without one a record that was still to come at
                 * `at` counts as of then, and every other as before */
} pi_correct;

/* As an act of process.h. The record stays as it is; what asks for the order of times asks for the time as of
 * which it counts, which lies between those of the records beside it in the case and is none after `at`. What
 * came of it stands in *correction, too: its record, and the time as of which that counts now. */
pubint_status pi_process_correct(pi_ledger *ledger, pi_correct *correction, pi_done *done,
                                 pubint_error *error);

#endif
