/* The certificate's truth table: design section 4, written from the page and from nothing else.
 *
 * It shares no line with host/gate: whoever changes one of the two must change the other by hand, and the
 * tests try every combination of the gate facts against both.
 */
#ifndef TRUTH_TABLE_H
#define TRUTH_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The facts that the gates look at. */
typedef enum gate_fact {
  FACT_STATUS,
  FACT_SELECTION,
  FACT_LEADERSHIP,
  FACT_BRANCH,
  FACT_KIND,
  FACT_AUTHENTIC,
  FACT_VERIFIED,
  FACT_VERIFIED_TYPE,
  FACT_FOLLOWERS,
  GATE_FACTS_COUNT
} gate_fact;

enum { VALUES_MAX = 7 };

/* A fact's values as JSON; values[0] is NULL: absent. */
typedef struct fact_values {
  const char *path;
  const char *values[VALUES_MAX];
  uint8_t count;
} fact_values;

extern const fact_values FACT_VALUES[GATE_FACTS_COUNT];

/* One combination: for each fact the number of its value. */
typedef struct gate_point {
  uint8_t value[GATE_FACTS_COUNT];
} gate_point;

typedef enum truth_result { TRUTH_PASS, TRUTH_FAIL, TRUTH_UNKNOWN } truth_result;

/* What a gate makes of a point: the row that matched first, its result, and which facts `missing` names.
 * Facts in `may` may be named or not: the page leaves that open. */
typedef struct truth_gate {
  unsigned row;
  truth_result result;
  unsigned missing; /* bit i: fact i */
  unsigned may;
} truth_gate;

typedef struct truth_gates {
  truth_gate verified;
  truth_gate followers;
  truth_gate office;
} truth_gates;

/* Total: every point has an answer. */
truth_gates truth_judge(const gate_point *point);

/* How many rows each gate's table has, so that a test can see that each was met. */
typedef struct truth_rows {
  unsigned verified, followers, office;
} truth_rows;
truth_rows truth_rows_count(void);

/* What is broken, as far as the outcome depends on it under a policy whose scripts grant everything. */
typedef enum truth_broken {
  BROKEN_NOTHING,
  BROKEN_NEVER_EXCEPTED, /* at least one rule that is never excepted, whatever the others */
  BROKEN_GRANTED,        /* rules whose scripts grant everything */
  BROKEN_DATA_POSTED,    /* private data posted and not marked: the host's own condition is unmet */
  BROKEN_NO_SCRIPT,      /* a rule for which the policy has no script */
} truth_broken;

/* Outcome and basis as the evaluation writes them. */
typedef struct truth_outcome {
  const char *outcome;
  const char *basis;
  bool final;
  bool weighed; /* scripts were asked */
} truth_outcome;

/* `harm_assessed`: the four harm facts that must be known are. */
truth_outcome truth_decide(truth_broken broken, const truth_gates *gates, bool harm_assessed);

#endif
