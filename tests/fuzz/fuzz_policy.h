/* A policy in memory for fuzz targets: one rule script whose text each input replaces, the modules and data
 * that such scripts ask for, and a case to weigh. Nothing here touches a file. */
#ifndef PI_FUZZ_POLICY_H
#define PI_FUZZ_POLICY_H

#include "balance.h"
#include "case.h"
#include "policy.h"
#include "sandbox.h"

/* The same policy, case and rule for the whole process; made at the first call, never freed. */
pubint_policy *fuzz_policy(void);
const pi_case *fuzz_case(void);

/* Gives the rule script (scripts[0]) another text, which must end in NUL, and no declarations. */
pi_script *fuzz_rule(const char *source, size_t length);

/* A call of the rule on the case: `balance` and `arena` are the caller's and are emptied. */
pi_script_call fuzz_call(pi_balance *balance, pi_arena *arena);

/* Aborts unless everything on the balance is as scripts may put it there. */
void fuzz_check_balance(const pi_balance *balance);

/* The values of a byte stream; 0 once it has ended. */
typedef struct fuzz_stream {
  const uint8_t *p;
  const uint8_t *end;
} fuzz_stream;

static inline unsigned fuzz_byte(fuzz_stream *stream) {
  return stream->p < stream->end ? *stream->p++ : 0u;
}

static inline unsigned fuzz_pick(fuzz_stream *stream, unsigned count) {
  return fuzz_byte(stream) % count;
}

/* Counts of a whole run, printed once when the process ends; `more`, which may be NULL, is called behind. */
typedef struct fuzz_count {
  const char *name;
  unsigned long long value;
} fuzz_count;
void fuzz_print_at_exit(const char *target, const fuzz_count *counts, size_t count, void (*more)(void));

#endif
