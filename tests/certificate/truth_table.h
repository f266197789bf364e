/* The certificate's truth table: design section 4 and the host's own part of section 6, written from the
 * page and from nothing else.
 *
 * It shares no line with host/core/gate or host/core/engine: whoever changes one side must change the other
 * by hand, and the tests try every combination of the gate facts against both.
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
  BROKEN_DATA_POSTED,    /* private data posted and not marked, so that it cannot be left out */
  BROKEN_DATA_UNCERTAIN, /* a threat to publish data, or incitement to, in a text nobody looked through */
  BROKEN_DATA_OMITTED,   /* private data that is marked, or a text that is said to hold none */
  BROKEN_NO_SCRIPT,      /* a rule for which the policy has no script */
} truth_broken;

/* Whether the Tweet is of public concern (R003), and whether anybody said so. */
typedef enum truth_concern { CONCERN_UNKNOWN, CONCERN_NONE, CONCERN_SOME } truth_concern;

/* All that the outcome depends on beside the gates. */
typedef struct truth_facts {
  truth_broken broken;
  truth_concern concern;
  bool harm_assessed; /* the four harm facts that must be known are */
} truth_facts;

/* Outcome and basis as the evaluation writes them. */
typedef struct truth_outcome {
  const char *outcome;
  const char *basis;
  bool final;
  bool weighed; /* scripts were asked */
} truth_outcome;

truth_outcome truth_decide(const truth_facts *facts, const truth_gates *gates);

/* The host's own conditions on a weighed entry of `rules`. */
typedef enum truth_condition { CONDITION_ABSENT, CONDITION_MET, CONDITION_UNMET } truth_condition;

typedef struct truth_conditions {
  truth_condition public_concern;
  truth_condition data_omitted;
  bool spans_unassessed; /* `unassessed` names them */
} truth_conditions;

truth_conditions truth_conditions_of(const truth_facts *facts);

#endif
