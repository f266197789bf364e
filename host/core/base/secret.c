#include "secret.h"

#include <errno.h>
#include <sys/random.h>

#include "errors.h"

pubint_status pi_secret_draw(pi_secret *out, pubint_error *error) {
  *out = (pi_secret){{0, 0}};
  ssize_t bytes;
  do {
    bytes = getrandom(out->key, sizeof out->key, 0); /* so few come at once, or none */
  } while (bytes < 0 && errno == EINTR);
  if (bytes == (ssize_t)sizeof out->key) return PUBINT_OK;
  int reason = bytes < 0 ? errno : EIO;
  pubint_status status = pi_error_set(error, PI_E_NO_RANDOM);
  pi_error_found(error, strerror(reason), strlen(strerror(reason)));
  return status;
}

typedef struct sip {
  uint64_t v[4];
} sip;

static uint64_t turn(uint64_t value, unsigned bits) {
  return value << bits | value >> (64 - bits);
}

static void mix(sip *self) {
  uint64_t *v = self->v;
  v[0] += v[1];
  v[2] += v[3];
  v[1] = turn(v[1], 13) ^ v[0];
  v[3] = turn(v[3], 16) ^ v[2];
  v[0] = turn(v[0], 32);
  v[2] += v[1];
  v[0] += v[3];
  v[1] = turn(v[1], 17) ^ v[2];
  v[3] = turn(v[3], 21) ^ v[0];
  v[2] = turn(v[2], 32);
}

static void take(sip *self, uint64_t word) {
  self->v[3] ^= word;
  mix(self);
  self->v[0] ^= word;
}

/* The least byte first, whatever the machine's order is. */
static uint64_t word_of(const char *bytes, size_t count) {
  uint64_t word = 0;
  for (size_t i = count; i > 0; i--) word = word << 8 | (unsigned char)bytes[i - 1];
  return word;
}

uint64_t pi_secret_hash(const pi_secret *secret, pi_slice text) {
  enum { WORD = 8, LAST_ROUNDS = 3 };
  sip self = {{secret->key[0] ^ UINT64_C(0x736f6d6570736575), secret->key[1] ^ UINT64_C(0x646f72616e646f6d),
               secret->key[0] ^ UINT64_C(0x6c7967656e657261), secret->key[1] ^ UINT64_C(0x7465646279746573)}};
  size_t whole = text.len - text.len % WORD;
  for (size_t i = 0; i < whole; i += WORD) take(&self, word_of(text.ptr + i, WORD));
  uint64_t rest = whole < text.len ? word_of(text.ptr + whole, text.len - whole) : 0;
  take(&self, rest | (uint64_t)text.len << 56);
  self.v[2] ^= 0xff;
  for (int i = 0; i < LAST_ROUNDS; i++) mix(&self);
  return self.v[0] ^ self.v[1] ^ self.v[2] ^ self.v[3];
}
