/* At most three changes of numbers that follow people's decisions best, found one after another: each is the
 * one that makes most outcomes agree with what was decided, given those before it. A suggestion and no more.
 */
#ifndef PI_SUGGEST_H
#define PI_SUGGEST_H

#include "tuned.h"

enum { PI_SUGGEST_MAX = 3, PI_SUGGEST_LISTED = 20 };

/* A case by its place. */
typedef struct pi_kept_case {
  size_t file; /* index of the input */
  uint64_t line;
  char id[PI_ID_BYTES_MAX + 1];
} pi_kept_case;

/* Appends a case that a number can change to what is kept. `decision` NULL: none was made. */
void pi_suggest_keep(pi_buffer *kept, const pi_kept_case *place, const pi_tuned *tuned,
                     const pubint_outcome *decision);

typedef struct pi_suggested {
  uint32_t number;
  int32_t from, to; /* thousandths */
  uint64_t agreed;  /* of the decided cases, with this change and those before it */
} pi_suggested;

typedef struct pi_suggestion {
  pi_suggested changes[PI_SUGGEST_MAX];
  uint32_t count;
  uint64_t granted, withdrawn;            /* cases that all of them together give a notice, or take it from */
  pi_kept_case listed[PI_SUGGEST_LISTED]; /* the first of the granted */
  uint32_t listed_count;
} pi_suggestion;

/* Finds them among the numbers that are selected; `agreed` are the decided cases that agree as it is. False
 * when memory ran out. */
bool pi_suggest_find(pi_suggestion *out, const pi_numbers *numbers, const bool *selected,
                     const pi_buffer *kept, uint64_t agreed);

#endif
