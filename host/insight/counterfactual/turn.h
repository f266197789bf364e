/* What would turn a case: the smallest change of one known fact that leads to another outcome, and whether
 * learning an unknown fact could.
 *
 * It asks the evaluator about changed copies of the case and knows nothing of the scripts, so it holds for
 * any policy. Only facts that the gates or the scripts looked at are tried: changing any other cannot
 * matter, since an evaluation is a function of what it read. A known strength is tried at the multiples of
 * a step, outwards from where it stands, and the first turning point is then refined to 0.000001; a turn
 * that begins and ends between two steps can be missed. A word, flag or market is tried at each of its
 * values, a count on both sides of its limit. Evaluations and the instructions of their scripts are bounded;
 * the facts that were not searched to their end are named.
 */
#ifndef PI_TURN_H
#define PI_TURN_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"
#include "evaluate.h"
#include "gates.h"
#include "stop.h"

enum {
  PI_TURN_STEP_MICRO = 10000,     /* 0.01 */
  PI_TURN_EVALUATIONS_MAX = 4096, /* enough for 30 facts that never turn it */
  PI_TURN_INSTRUCTIONS_MAX = 50000000,
  PI_TURNS_MAX = 96,
  PI_TRIALS_MAX = 8,
};

typedef struct pi_turn_options {
  int32_t step_micro;        /* 1..1000000; 0: PI_TURN_STEP_MICRO */
  uint32_t evaluations_max;  /* 0: PI_TURN_EVALUATIONS_MAX */
  uint64_t instructions_max; /* 0: PI_TURN_INSTRUCTIONS_MAX */
  bool unknown_only;         /* what is known stays as it is */
  const pi_stop *stop;       /* NULL: never */
} pi_turn_options;

/* One known fact changed, and what comes of it. */
typedef struct pi_turn {
  pi_fact fact;
  pi_gate gate; /* whose result the change alters; PI_GATE_COUNT: it is the weighing that turns */
  pi_value from;
  pi_value to;
  int64_t distance; /* of a strength in millionths, of a count in ones; else PI_MICRO */
  pubint_outcome outcome;
  pubint_basis basis;
} pi_turn;

/* A value of an unknown fact, and what comes of it. */
typedef struct pi_turn_trial {
  pi_value value;
  pubint_outcome outcome;
  pubint_basis basis;
} pi_turn_trial;

/* A fact that is unknown, or known and not settling its gate, and was looked at. */
typedef struct pi_unknown {
  pi_fact fact;
  bool tried;           /* false: it could be anything (a text, a time, signals) */
  bool every;           /* each value that was tried leads to another outcome than the case's */
  uint8_t trials_count; /* only trials with another outcome than the case's; 0: learning it alone keeps it */
  pi_turn_trial trials[PI_TRIALS_MAX];
} pi_unknown;

typedef enum pi_turns_state {
  PI_TURNS_TRIED,
  PI_TURNS_VIOLATIONS_DECIDE, /* never excepted, or nothing violated: no fact matters */
  PI_TURNS_SCRIPT_FAILED,     /* trying would only measure the failure */
} pi_turns_state;

/* Values borrow from the case and the policy. */
typedef struct pi_turns {
  pi_turns_state state;
  pubint_outcome outcome; /* of the case as it stands */
  pubint_basis basis;
  bool weighed;         /* the case as it stands was */
  pi_fact_set reads;    /* facts that its scripts read */
  bool complete;        /* false: stopped, or a bound ended the search */
  pi_fact_set left;     /* then: what was not searched to its end, PI_SPANS_BIT among it */
  bool together;        /* the two below were evaluated */
  pubint_outcome best;  /* every unknown fact at what speaks most for the Tweet */
  pubint_outcome worst; /* and least */
  bool spans_unknown;   /* nobody said whether the text holds private data, and that waits for it */
  bool spans_tried;     /* the next was evaluated */
  pubint_outcome spans; /* what comes of "none" */
  uint32_t evaluations;
  uint64_t instructions;
  int32_t step_micro;
  uint32_t turns_count;
  pi_turn turns[PI_TURNS_MAX]; /* strengths by distance, then words and flags, then gates */
  uint32_t unknowns_count;
  pi_unknown unknowns[PI_FACT_COUNT];
} pi_turns;

/* Searches. Ends the engine's last evaluation. `options` and `error` may be NULL. Fails as
 * pubint_engine_evaluate does; then *out is not to be used. */
pubint_status pi_turns_find(pi_turns *out, pubint_engine *engine, const pi_case *input,
                            const pubint_policy *policy, const pi_turn_options *options, pubint_error *error);

/* The values worth trying for a fact, one by one; false behind the last. A strength's are its ends, a count's
 * those on both sides of its limit, a market's the markets that have a script. Texts have none. */
bool pi_turn_value(const pubint_policy *policy, pi_fact fact, uint32_t index, pi_value *out);

/* Whether two values of a fact that has such values are the same. */
bool pi_turn_same_value(pi_fact fact, pi_value a, pi_value b);

#endif
