/* Findings that a script's comments waive: `-- waives E6008: why it stands`, behind a line of code or above
 * it; of a finding that names a fact, `-- waives E6005 tweet.lang: why`. `-- waives: E6008 why` says the
 * same, as `-- waives: E6005 tweet.lang why` does. Each waives one finding, and needs its reason and
 * something to waive. */
#ifndef PI_WAIVERS_H
#define PI_WAIVERS_H

#include "arena.h"
#include "policy.h"
#include "tokens.h"

typedef struct pi_code_waiver {
  const pi_script *script;
  uint32_t line;   /* of the comment */
  uint32_t column; /* of its code */
  uint32_t about;  /* the line that it is about; 0: no code follows it */
  unsigned code;
  pi_slice shown;   /* the code as it is written */
  pi_slice named;   /* what stands between the code and the colon; may be empty */
  pi_slice reason;  /* empty: it gives none */
  pi_slice message; /* of the finding that it waives; .ptr NULL: none */
} pi_code_waiver;

typedef struct pi_waivers {
  pi_code_waiver *items; /* in the order of scripts and lines */
  uint32_t count;
  const pi_tokens *tokens; /* by script, comments too */
  pi_fact_set
      *facts_used; /* by script: of its table `waives`, those that waived something; NULL in a probe */
} pi_waivers;

/* Reads all comments. False when memory runs out. */
bool pi_waivers_find(pi_waivers *out, const pubint_policy *policy, pi_arena *arena);

/* Whether check has findings of that code. */
bool pi_waivers_known(unsigned code);

/* Whether they can be waived. Not where a script fails or has two answers: everything else that is said of it
 * then says nothing. Nor where the host itself is broken. */
bool pi_waivers_takes(unsigned code);

/* Whether they name a fact, so that the waiver names it too. */
bool pi_waivers_of_fact(unsigned code);

/* Whether a waiver of that code is about that line. */
bool pi_waivers_stand(const pi_waivers *self, unsigned code, const pi_script *script, uint32_t line);

/* Whether a comment is a waiver, and so tells nothing of what a script does. */
bool pi_waivers_is(const pi_token *token);

#endif
