/* What went wrong, and where: the one error type of the library.
 *
 * A function that can fail returns a pubint_status and takes, last, a pubint_error of the
 * caller's, which may be NULL. It is filled only on failure and never overwritten on the way up.
 * Nothing here is thread-local or global; every text is copied, so an error outlives what it is about.
 *
 * A code has the status that names it, in the narrowest range of all that hold it. One exception: what is
 * wrong in the files of a policy is PUBINT_E_POLICY, by whatever code it is told.
 */
#ifndef PUBINT_ERROR_H
#define PUBINT_ERROR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pubint_status {
  /* No failure: E3001..E3003 stand within an evaluation, E6001..E6999 among what a check finds. */
  PUBINT_OK = 0,
  /* A case, or other input, was refused: E1001..E1999, E4030..E4039, E4045..E4049, E4052..E4053,
   * E4067..E4068, E4090..E4092, E4094. */
  PUBINT_E_INPUT = -1,
  /* The policy does not load: E2001..E2999. */
  PUBINT_E_POLICY = -2,
  /* The watchdog ended the evaluation, which yields nothing and can be tried again: E3004. */
  PUBINT_E_LIMIT = -3,
  /* The call itself is wrong: E4001..E4999. */
  PUBINT_E_USAGE = -4,
  /* File, memory or another thing of the machine: E4041, E4064..E4065, E4096, E4140, E4153..E4156,
   * E4160..E4161, E4163..E4164, E5001..E5999. */
  PUBINT_E_SYSTEM = -5,
  /* What was asked for does not hold, as a step out of its order, a limit or an audit: E4043..E4044,
   * E4070..E4072, E4074..E4088, E4098, E4130..E4131, E4158..E4159, E4162, E4165..E4167, E4169. */
  PUBINT_E_UNMET = -6,
} pubint_status;

/* Texts end in NUL, are valid UTF-8 and are cut to their field at a character's end. */
typedef struct pubint_error {
  pubint_status status;
  unsigned code;      /* 1203 is written E1203 and explained by `pubint help E1203` */
  uint64_t line;      /* 1-based line of the input or script, 0 where there is none */
  uint64_t column;    /* 1-based, in bytes, 0 where there is none */
  char file[256];     /* input file or script ("rules/violence.lua"), "" where there is none */
  char path[256];     /* JSON path ("/account/followers_count"), "" at the top */
  char message[320];  /* one line, without the place */
  char found[128];    /* what stood there, "" where that says nothing */
  char expected[256]; /* what could have stood there */
  char hint[160];     /* how to mend it; for a misspelt name the nearest one */
  char excerpt[256];  /* a script's source line, for printing with a caret under the column */
} pubint_error;

/* "ok", "input", "policy", "limit", "usage", "system", "unmet"; never NULL. The text is static. */
const char *pubint_status_name(pubint_status status);

/* Writes an error as people read it, one or more lines each ending in a newline:
 *   FILE:LINE:COLUMN: E1203: MESSAGE (at PATH) ...
 * Writes at most `size` bytes with the final NUL, cutting at the end; returns the length it would need. */
size_t pubint_error_format(const pubint_error *error, char *out, size_t size);

#ifdef __cplusplus
}
#endif
#endif
