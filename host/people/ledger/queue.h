/* The cases of a ledger in lists: all of them by what is asked, and those that wait for a step, close calls
 * first. */
#ifndef PI_QUEUE_H
#define PI_QUEUE_H

#include "arena.h"
#include "nearest.h"
#include "process_table.h"
#include "store.h"

typedef struct pi_queue_row {
  pi_slice id;
  int round;
  pi_state state;
  int64_t since;    /* when it came to that state */
  pi_slice market;  /* .ptr NULL: not known */
  pi_slice rules;   /* "hateful_conduct violence" */
  pi_slice outcome; /* of the evaluation */
  bool has_margin;
  int64_t margin;  /* the lowest of its rules, in billionths */
  int backgrounds; /* heard, of the six */
  bool market_heard;
  pi_slice decision; /* .ptr NULL: not decided */
} pi_queue_row;

/* What is asked: every field that is set. */
typedef struct pi_queue_filter {
  pi_state state;     /* PI_STATE_ABSENT: any */
  pi_slice rule;      /* .ptr NULL: any */
  pi_slice market;    /* .ptr NULL: any */
  bool closest_first; /* those that could not be weighed, then by |margin|, then the longest waiting; else as
                         they were opened */
  int64_t limit;      /* 0: none */
} pi_queue_filter;

/* Calls `each` for every case that fits, all of one moment; its texts last until it returns. Ends at the
 * first status that is not PUBINT_OK, and returns it. */
typedef pubint_status (*pi_queue_visit)(void *self, const pi_queue_row *row, pubint_error *error);
pubint_status pi_queue_each(pi_ledger *ledger, const pi_queue_filter *filter, pi_queue_visit each, void *self,
                            pubint_error *error);

/* Offers the rules and the markets that cases have; the names that are near last as long as the arena. */
pubint_status pi_queue_names(pi_ledger *ledger, pi_nearest *rules, pi_nearest *markets, pi_arena *arena,
                             pubint_error *error);

/* How many fit, whatever the limit. */
pubint_status pi_queue_count(pi_ledger *ledger, const pi_queue_filter *filter, int64_t *out,
                             pubint_error *error);

#endif
