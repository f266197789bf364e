/* One call of a script: what it is given, what comes of it, and how it failed. */
#ifndef PI_SCRIPT_CALL_H
#define PI_SCRIPT_CALL_H

#include <stdint.h>

#include "arena.h"
#include "balance.h"
#include "case.h"
#include "policy.h"

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

/* "script", "limit_instructions", "limit_memory". */
pi_slice pi_failure_name(pi_failure failure);

#endif
