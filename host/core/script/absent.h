/* Names of Lua that scripts do not have (allow.c says why each is left out), with what serves instead. */
#ifndef PI_ABSENT_H
#define PI_ABSENT_H

#include <stddef.h>

typedef struct pi_absent_row {
  const char *library; /* "" for a name of the environment itself */
  const char *name;
  const char *instead; /* stands behind "string has no 'find'; " */
} pi_absent_row;

extern const pi_absent_row PI_ABSENT[];
extern const size_t PI_ABSENT_COUNT;

/* What serves instead of `name`, which `owner` ("the sandbox", "string") has not; NULL where nobody would
 * miss it. */
const char *pi_absent_instead(const char *owner, const char *name);

#endif
