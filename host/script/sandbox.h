/* Runs a policy's scripts where they can harm nothing: one sandbox a thread.
 *
 * A script call gets a fresh environment and fresh modules, and limits it cannot catch. Whatever is
 * unusual (an error, a limit, more than half of a limit used) is judged again in a pristine state, and only
 * that second verdict counts, so what ran before never shows.
 */
#ifndef PI_SANDBOX_H
#define PI_SANDBOX_H

#include <stdint.h>

#include <pubint/error.h>

#include "arena.h"
#include "balance.h"
#include "case.h"
#include "policy.h"

typedef struct pi_sandbox pi_sandbox;

typedef enum pi_failure {
  PI_FAILURE_NONE,
  PI_FAILURE_SCRIPT,       /* "script" */
  PI_FAILURE_INSTRUCTIONS, /* "limit_instructions" */
  PI_FAILURE_MEMORY,       /* "limit_memory" */
} pi_failure;

/* Why a script failed; message in the arena of the call. */
typedef struct pi_script_error {
  pi_failure failure;
  unsigned code; /* E3001.. */
  pi_slice message;
  const pi_script *script; /* where it was raised: the script itself or a module of lib/ */
  uint32_t line;           /* 0 where there is none */
} pi_script_error;

/* What one call used of its limits; no part of an evaluation's bytes. */
typedef struct pi_usage {
  uint64_t instructions;
  uint64_t memory_peak_bytes;
} pi_usage;

/* The line of a script that put a factor on the balance. */
typedef struct pi_factor_place {
  const pi_script *script; /* NULL: not known */
  uint32_t line;
} pi_factor_place;

/* One call of one script's weigh. */
typedef struct pi_script_call {
  const pi_script *script;
  const pi_case *input;
  const pi_violation *violation;
  pi_slice text;       /* what scripts see as tweet.text: private data blotted out; unknown text: .ptr NULL */
  pi_balance *balance; /* the entry's; a failed call leaves it as it was */
  pi_arena *arena;     /* for ids, notes and messages */
  pi_factor_place *places; /* out, by factor of the balance; NULL: nobody asks */
  pi_fact_set
      reads; /* out: facts the script read, known or not; a failed script leaves nothing but its error */
  pi_script_error error; /* out: failure is PI_FAILURE_NONE when it ran to its end */
  pi_usage usage;        /* out */
} pi_script_call;

/* Is told of every line of a script that runs. Watching changes no limit and no result. */
typedef struct pi_line_watch {
  void (*line)(void *context, const pi_script *script, uint32_t line);
  void *context;
} pi_line_watch;

/* Makes a sandbox for `policy`, which is borrowed. On failure *out is NULL. */
pubint_status pi_sandbox_new(pi_sandbox **out, const pubint_policy *policy, pubint_error *error);
void pi_sandbox_free(pi_sandbox *sandbox);

/* From now on `watch`, borrowed, is told; NULL: nobody. */
void pi_sandbox_watch(pi_sandbox *sandbox, const pi_line_watch *watch);

/* Runs call->script. PUBINT_OK also when the script failed (see call->error); PUBINT_E_LIMIT when the
 * watchdog ended it and PUBINT_E_SYSTEM when the system had no memory: then nothing is to be made of it. */
pubint_status pi_sandbox_weigh(pi_sandbox *sandbox, pi_script_call *call, pubint_error *error);

/* One call without isolation: chunk and modules are called once for all calls, which must be of one script,
 * and nothing is judged again. It shows what isolation costs; no evaluation may come of it. */
pubint_status pi_sandbox_weigh_shared(pi_sandbox *sandbox, pi_script_call *call, pubint_error *error);

/* "script", "limit_instructions", "limit_memory". */
pi_slice pi_failure_name(pi_failure failure);

#endif
