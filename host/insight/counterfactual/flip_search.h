/* A search for changes that turn a case: what it may take and finds, and its trials. */
#ifndef PI_FLIP_SEARCH_H
#define PI_FLIP_SEARCH_H

#include "turn.h"

enum {
  PI_FLIP_STEP_MICRO = 1000,
  PI_FLIP_EVALUATIONS_MAX = 1000000,
  PI_FLIPS_MAX = 64,
  PI_FLIPS_WANTED = 8,
};

typedef struct pi_flip_change {
  pi_fact fact;
  pi_value from;
  pi_value to;
} pi_flip_change;

typedef struct pi_flip {
  uint8_t changes_count; /* 1 or 2 */
  uint8_t words;         /* changes of words, flags and markets among them */
  pi_flip_change changes[2];
  int64_t distance; /* millionths: the strengths' and 1 a word */
  pubint_outcome outcome;
  pubint_basis basis;
} pi_flip;

typedef struct pi_flip_options {
  uint32_t wanted;               /* how many; 0: PI_FLIPS_WANTED; at most PI_FLIPS_MAX */
  uint32_t evaluations_max;      /* 0: PI_FLIP_EVALUATIONS_MAX */
  bool (*stop)(void *stop_from); /* asked now and then; NULL: never */
  void *stop_from;
} pi_flip_options;

typedef struct pi_flips {
  pi_turns turns; /* what one fact does, on the fine grid; its gates and unknowns among it */
  bool complete;  /* false: stopped, or the bound on evaluations ended the search */
  uint32_t evaluations;
  uint32_t count;
  pi_flip flips[PI_FLIPS_MAX]; /* nearest first */
} pi_flips;

/* One search: what stays the same over its trials. */
typedef struct pi_flip_search {
  pubint_engine *engine;
  const pi_case *input; /* what trials start from */
  const pi_flip_options *options;
  uint32_t evaluations_max;
  pubint_outcome outcome; /* of the case as it stands */
  pi_flips *out;
  pubint_error *error;
  pubint_status status; /* the first failure ends the search */
  pi_case trial;
} pi_flip_search;

/* Whether it failed, was stopped or came to its bound. */
bool pi_flip_over(const pi_flip_search *self);

/* Whether the trial as it is set up has another outcome; false too once the search is over. */
bool pi_flip_turns(pi_flip_search *self, pubint_outcome *outcome, pubint_basis *basis);

#endif
