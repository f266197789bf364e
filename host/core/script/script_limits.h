/* The limits of a script call, in one place; `pubint help script` prints them (allow.c). */
#ifndef PI_SCRIPT_LIMITS_H
#define PI_SCRIPT_LIMITS_H

#include <stddef.h>

#include "policy.h"

enum {
  PI_LIMIT_INSTRUCTIONS = 1000000,
  PI_LIMIT_MEMORY = 16 * 1024 * 1024,
  PI_LIMIT_STRING = 64 * 1024, /* or the Tweet's own text */
  PI_LIMIT_BLOCK = 128 * 1024, /* any other block: bounds what one rehash can cost */
  PI_LIMIT_REFUSALS = 8,       /* refused allocations, after which every one is */
  PI_LIMIT_SOURCE = PI_POLICY_SOURCE_BYTES_MAX,
  PI_LIMIT_CONSTANTS = 200, /* a function; Lua 5.4.4 miscompiles beyond 256 */
  PI_LIMIT_SECONDS = 1,     /* of the thread's processor time */
  PI_LIMIT_REQUIRES = 16,   /* modules within modules */
  PI_HOOK_INSTRUCTIONS = 100,
};

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
