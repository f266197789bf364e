#include "digest.h"

#include <stdio.h>
#include <xxhash.h>

bool pi_digest_open(pi_digest_state *state, bool sha256) {
  *state = (pi_digest_state){.xxh3 = XXH3_createState(), .proves = sha256};
  pi_sha256_begin(&state->sha);
  return state->xxh3 != NULL && XXH3_128bits_reset(state->xxh3) == XXH_OK;
}

void pi_digest_add(pi_digest_state *state, const void *bytes, size_t count) {
  if (count == 0) return;
  XXH3_128bits_update(state->xxh3, bytes, count);
  if (state->proves) pi_sha256_add(&state->sha, bytes, count);
}

void pi_digest_now(const pi_digest_state *state, pi_digest_value *out) {
  XXH128_hash_t hash = XXH3_128bits_digest(state->xxh3);
  snprintf(out->xxh3, sizeof out->xxh3, "%016llx%016llx", (unsigned long long)hash.high64,
           (unsigned long long)hash.low64);
  out->sha256[0] = '\0';
  if (state->proves) pi_sha256_hex(&state->sha, out->sha256);
}

void pi_digest_close(pi_digest_state *state) {
  XXH3_freeState(state->xxh3);
  *state = (pi_digest_state){0};
}

uint64_t pi_digest_hash(const void *bytes, size_t count) {
  return XXH3_64bits(bytes, count);
}
