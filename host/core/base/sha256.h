/* SHA-256 in hexadecimal. */
#ifndef PI_SHA256_H
#define PI_SHA256_H

#include <stdint.h>

#include "slice.h"

enum { PI_SHA256_HEX = 64 };

typedef struct pi_sha256 {
  uint32_t state[28]; /* libcrypto's */
} pi_sha256;

void pi_sha256_begin(pi_sha256 *self);
void pi_sha256_add(pi_sha256 *self, const void *bytes, size_t count);

/* The digest so far, ended by NUL; more may be added. */
void pi_sha256_hex(const pi_sha256 *self, char hex[PI_SHA256_HEX + 1]);

/* Of these bytes alone. */
void pi_sha256_of(pi_slice bytes, char hex[PI_SHA256_HEX + 1]);

#endif
