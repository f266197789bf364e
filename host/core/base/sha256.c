/* SHA256_Init and its like are called deprecated, but the EVP functions bring up the whole library for a
 * digest: 5,000 allocations, and OpenSSL 3.0 crashes when one of them fails. These allocate nothing and
 * cannot fail. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "sha256.h"

#include <openssl/sha.h>

_Static_assert(sizeof(SHA256_CTX) == sizeof(pi_sha256), "libcrypto's state fits");

static SHA256_CTX *state_of(pi_sha256 *self) {
  return (SHA256_CTX *)self->state;
}

void pi_sha256_begin(pi_sha256 *self) {
  SHA256_Init(state_of(self));
}

void pi_sha256_add(pi_sha256 *self, const void *bytes, size_t count) {
  if (count > 0) SHA256_Update(state_of(self), bytes, count);
}

void pi_sha256_hex(const pi_sha256 *self, char hex[PI_SHA256_HEX + 1]) {
  static const char DIGITS[] = "0123456789abcdef";
  unsigned char digest[SHA256_DIGEST_LENGTH];
  pi_sha256 copy = *self;
  SHA256_Final(digest, state_of(&copy));
  for (size_t i = 0; i < sizeof digest; i++) {
    hex[2 * i] = DIGITS[digest[i] >> 4];
    hex[2 * i + 1] = DIGITS[digest[i] & 15];
  }
  hex[PI_SHA256_HEX] = '\0';
}

void pi_sha256_of(pi_slice bytes, char hex[PI_SHA256_HEX + 1]) {
  pi_sha256 sha;
  pi_sha256_begin(&sha);
  pi_sha256_add(&sha, bytes.ptr, bytes.len);
  pi_sha256_hex(&sha, hex);
}
