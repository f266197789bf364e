/* Digests of what is read and written: XXH3-128 always, SHA-256 on demand. */
#ifndef PI_DIGEST_H
#define PI_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sha256.h"

enum { PI_XXH_HEX = 32 };

/* The texts end in NUL; sha256 is "" where it was not asked for. */
typedef struct pi_digest_value {
  char xxh3[PI_XXH_HEX + 1];
  char sha256[PI_SHA256_HEX + 1];
} pi_digest_value;

typedef struct pi_digest_state {
  struct XXH3_state_s *xxh3; /* owned */
  bool proves;               /* with SHA-256 too */
  pi_sha256 sha;
} pi_digest_state;

/* False when memory ran out; dispose is legal then too. */
bool pi_digest_open(pi_digest_state *state, bool sha256);
void pi_digest_add(pi_digest_state *state, const void *bytes, size_t count);
/* The digest so far; more may be added. */
void pi_digest_now(const pi_digest_state *state, pi_digest_value *out);
void pi_digest_close(pi_digest_state *state);

/* XXH3-64 of some bytes, for choosing and finding, not for proving. */
uint64_t pi_digest_hash(const void *bytes, size_t count);

#endif
