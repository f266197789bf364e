/* Findings that a script's comments waive: `-- waives E6008: why it stands`, behind a line of code or above
 * it. Each needs its reason and something to waive. */
#ifndef PI_WAIVERS_H
#define PI_WAIVERS_H

#include "arena.h"
#include "policy.h"

typedef struct pi_code_waiver {
  const pi_script *script;
  uint32_t line;   /* of the comment */
  uint32_t column; /* of its code */
  uint32_t about;  /* the line that it is about; 0: no code follows it */
  unsigned code;
  pi_slice shown;  /* the code as it is written */
  pi_slice reason; /* empty: it gives none */
  uint32_t used;   /* findings that it waives */
} pi_code_waiver;

typedef struct pi_waivers {
  pi_code_waiver *items; /* in the order of scripts and lines */
  uint32_t count;
  pi_fact_set
      *facts_used; /* by script: of its table `waives`, those that waived something; NULL in a probe */
} pi_waivers;

/* Reads all comments. False when memory runs out. */
bool pi_waivers_find(pi_waivers *out, const pubint_policy *policy, pi_arena *arena);

#endif
