/* The limits of a script call, in one place; `pubint help script` prints them (allow.c). */
#ifndef PI_SCRIPT_LIMITS_H
#define PI_SCRIPT_LIMITS_H

#include <stddef.h>
#include <stdint.h>

#include "policy.h"
#include "quoted_limits.h"

enum {
  PI_LIMIT_INSTRUCTIONS = PI_NUMBER(PI_SCRIPT_INSTRUCTIONS),
  PI_LIMIT_MEMORY = PI_SCRIPT_MEMORY_MIB * 1024 * 1024,
  PI_LIMIT_STRING = PI_SCRIPT_STRING_KIB * 1024, /* or the Tweet's own text */
  PI_LIMIT_BLOCK = PI_SCRIPT_BLOCK_KIB * 1024,   /* any other block: bounds what one rehash can cost */
  PI_LIMIT_SOURCE = PI_POLICY_SOURCE_BYTES_MAX,
  PI_LIMIT_CONSTANTS = PI_SCRIPT_CONSTANTS_MAX,
  PI_LIMIT_SECONDS = 1,      /* of the thread's processor time, from the call's beginning */
  PI_LIMIT_CASE_SECONDS = 2, /* and of all calls for a case, second judgements included */
  PI_LIMIT_REQUIRES = 16,    /* modules within modules */
};
_Static_assert(PI_LIMIT_SECONDS == 1 && PI_LIMIT_CASE_SECONDS == 2, "what E3004 says");
/* A case is ended two fifths of a second early, for what passes between two looks at the clock and behind the
 * last. */
#define PI_LIMIT_CALL_NANOSECONDS (PI_LIMIT_SECONDS * INT64_C(1000000000))
#define PI_LIMIT_CASE_NANOSECONDS (PI_LIMIT_CASE_SECONDS * INT64_C(1000000000) - INT64_C(400000000))
#define PI_LIMIT_REFUSALS         8 /* refused allocations, after which every one is */
#define PI_HOOK_INSTRUCTIONS      100
#define PI_VALUES_MAX             200 /* that one function of ours gives back */
#define PI_TONUMBER_BYTES_MAX     200

/* One row of the list for people. */
typedef struct pi_limit_row {
  const char *what;
  unsigned long long value;
  const char *unit;
  const char *how; /* how it is kept, so that no script can swallow it */
} pi_limit_row;

extern const pi_limit_row PI_LIMITS[];
extern const size_t PI_LIMITS_COUNT;

#endif
