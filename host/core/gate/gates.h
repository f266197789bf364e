/* The hard criteria of the policy, in C and without any script (R022–R032, R072, R108–R112).
 *
 * Three-valued: what is unknown is never taken for met, and never for failed.
 */
#ifndef PI_GATES_H
#define PI_GATES_H

#include "case.h"

typedef enum pi_gate {
#define GATE(name, id, requirement, shows, own, more) PI_GATE_##name,
#include "gates.def"
#undef GATE
  PI_GATE_COUNT
} pi_gate;

typedef enum pi_gate_result { PI_GATE_PASS, PI_GATE_FAIL, PI_GATE_UNKNOWN } pi_gate_result;

typedef enum pi_eligibility {
  PI_NOTHING_VIOLATED, /* R002, R031: nothing is scored */
  PI_NEVER_EXCEPTED,   /* R072, R108–R112 */
  PI_NOT_ELIGIBLE,     /* R029, R032 */
  PI_NOT_KNOWN,        /* a gate is unknown: A11 */
  PI_ELIGIBLE,         /* R008: may be weighed, nothing more */
} pi_eligibility;

typedef struct pi_gates {
  pi_gate_result results[PI_GATE_COUNT];
  pi_fact_set decided_by; /* facts besides the gate's own that failed gate office: account.authentic, kind */
  pi_fact_set missing;    /* facts that would decide the unknown gates */
  pi_eligibility eligibility;
} pi_gates;

/* What stands beside a gate's result (gates.def). */
typedef enum pi_gate_shows {
  PI_GATE_SHOWS_VIOLATIONS,
  PI_GATE_SHOWS_ANSWER,
  PI_GATE_SHOWS_COUNT,
  PI_GATE_SHOWS_OFFICE,
} pi_gate_shows;

typedef struct pi_gate_row {
  pi_slice id;
  const char *requirement;
  pi_gate_shows shows;
  pi_fact own;       /* which it asks for first; PI_FACT_COUNT: none */
  pi_fact_set facts; /* all that settle it */
} pi_gate_row;

extern const pi_gate_row PI_GATES[PI_GATE_COUNT];

/* The facts of the office: what a gate that SHOWS the OFFICE shows of a case. */
static inline pi_fact_set pi_gates_office_facts(void) {
  pi_fact_set facts = 0;
#define FACT(name, holder, text, type, side, doc)                                                            \
  if (PI_GROUP_##holder == PI_GROUP_OFFICE) facts |= PI_FACT_BIT(PI_FACT_##name);
#include "facts.def"
#undef FACT
  return facts;
}

/* The gate that a fact settles or helps to settle; PI_GATE_COUNT where no gate looks at it. */
pi_gate pi_gate_of(pi_fact fact);

/* "pass", "fail", "unknown". */
extern const pi_words PI_WORDS_GATE_RESULT;
pi_slice pi_gate_result_name(pi_gate_result result);

/* Computes all gates, whatever the others say, and what follows from them. Total: every case has an
 * answer. */
void pi_gates_judge(pi_gates *out, const pi_case *input);

/* What follows from the gates' results, of a case with those violations: the first match of design section 4.
 */
pi_eligibility pi_gates_eligibility(const pi_gates *gates, const pi_case *input);

#endif
