/* Keys of hash tables that strangers fill: who cannot know the secret cannot choose texts that meet in one
 * slot.
 *
 * The hash is SipHash-1-3 (Aumasson and Bernstein, 2012). It is another one in every run, so nothing that
 * anybody sees may depend on it: no order, no choice.
 */
#ifndef PI_SECRET_H
#define PI_SECRET_H

#include <stdint.h>

#include <pubint/error.h>

#include "slice.h"

typedef struct pi_secret {
  uint64_t key[2];
} pi_secret;

/* Takes one from the system; E5005, and a secret that is none, where it gives no random numbers. */
pubint_status pi_secret_draw(pi_secret *out, pubint_error *error);

uint64_t pi_secret_hash(const pi_secret *secret, pi_slice text);

#endif
