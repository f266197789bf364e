#include "digest.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <xxhash.h>

bool pi_digest_open(pi_digest_state *state, bool sha256) {
  *state = (pi_digest_state){.xxh3 = XXH3_createState()};
  if (state->xxh3 == NULL || XXH3_128bits_reset(state->xxh3) != XXH_OK) return false;
  if (!sha256) return true;
  state->sha = EVP_MD_CTX_new();
  return state->sha != NULL && EVP_DigestInit_ex(state->sha, EVP_sha256(), NULL) == 1;
}

void pi_digest_add(pi_digest_state *state, const void *bytes, size_t count) {
  if (count == 0) return;
  XXH3_128bits_update(state->xxh3, bytes, count);
  if (state->sha != NULL) EVP_DigestUpdate(state->sha, bytes, count);
}

bool pi_digest_now(const pi_digest_state *state, pi_digest_value *out) {
  XXH128_hash_t hash = XXH3_128bits_digest(state->xxh3);
  snprintf(out->xxh3, sizeof out->xxh3, "%016llx%016llx", (unsigned long long)hash.high64,
           (unsigned long long)hash.low64);
  out->sha256[0] = '\0';
  if (state->sha == NULL) return true;
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  EVP_MD_CTX *copy = EVP_MD_CTX_new();
  bool done = copy != NULL && EVP_MD_CTX_copy_ex(copy, state->sha) == 1 &&
              EVP_DigestFinal_ex(copy, bytes, &length) == 1;
  EVP_MD_CTX_free(copy);
  for (unsigned i = 0; done && i < length; i++) snprintf(out->sha256 + 2 * (size_t)i, 3, "%02x", bytes[i]);
  return done;
}

void pi_digest_close(pi_digest_state *state) {
  XXH3_freeState(state->xxh3);
  EVP_MD_CTX_free(state->sha);
  *state = (pi_digest_state){0};
}

uint64_t pi_digest_hash(const void *bytes, size_t count) {
  return XXH3_64bits(bytes, count);
}
