/* What is to be generated: a seed, what it is for, and what to draw from. */
#ifndef PI_SAMPLE_PLAN_H
#define PI_SAMPLE_PLAN_H

#include "case.h"

/* A signal that a market script reads, and how its values look. */
typedef enum pi_signal_kind { PI_SIGNAL_FLAG, PI_SIGNAL_GRADE, PI_SIGNAL_DAYS } pi_signal_kind;

typedef struct pi_sample_signal {
  pi_slice name;
  pi_signal_kind kind;
} pi_sample_signal;

/* Zero-initialised it is a realistic mix, of seed 0. */
typedef struct pi_sample_plan {
  uint64_t seed;
  /* Values at the edges of what is allowed: 0 and 1 and next to them, empty and longest texts, whole lists,
   * much that is unknown. */
  bool edges;
  /* Every case passes the gates and breaks only rules that can be excepted, so that scripts see it. */
  bool eligible;
  /* Markets to draw from, instead of the usual ones, and signals for them. Borrowed. */
  const pi_slice *markets;
  size_t markets_count;
  const pi_sample_signal *signals;
  size_t signals_count;
  /* Rules to draw from, by id, instead of all; those without a row too. Borrowed. */
  const pi_slice *rules;
  size_t rules_count;
} pi_sample_plan;

#endif
