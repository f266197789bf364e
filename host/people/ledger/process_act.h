/* What a person does. */
#ifndef PI_PROCESS_ACT_H
#define PI_PROCESS_ACT_H

#include <stdint.h>

#include "process_table.h"

/* Texts are borrowed; a .ptr of NULL is "not given". */
typedef struct pi_act {
  pi_slice id; /* the case's; open takes it from the evaluation */
  pi_slice
      who;    /* 1–128 bytes of UTF-8 without control characters and signs that nobody
               * sees or Unicode has not assigned, no blanks at its ends or in a row; compared by person.h */
  int64_t at; /* seconds since 1970, UTC */
  pi_position position;
  pi_slice reason;  /* 1–4000 bytes without control characters, of which something is seen; of advice its
                     * note */
  pi_slice finding; /* of the recommendation of a notice, or of the decision for one where that has none,
                     * 1–4000 bytes: how the Tweet contributes directly to understanding of, or dialogue
                     * about, a matter of public concern (R003) */
  pi_background background;
  pi_slice team;        /* of an adviser: the internal team; 1–512 bytes, of which something is seen */
  bool rule_as_written; /* of open and reopen: no rule's id is a slip of the pen */
} pi_act;

#endif
