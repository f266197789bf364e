/* What gzip and zstd packed, unpacked a piece at a time.
 *
 * Streams that follow each other are one text, as gzip's members and zstd's frames are; zstd's frames to be
 * skipped give none. What it costs in memory does not depend on the text: gzip's 32 KiB, and zstd's window,
 * of which 128 MiB are the most. */
#ifndef PI_UNPACK_H
#define PI_UNPACK_H

#include "packing.h"

typedef enum pi_unpack_fault {
  PI_UNPACK_SOUND,
  PI_UNPACK_CUT, /* found by who reads the file */
  PI_UNPACK_DAMAGED,
  PI_UNPACK_FOLLOWED, /* what stands behind a stream begins none */
  PI_UNPACK_TOO_WIDE, /* a window beyond what is given */
  PI_UNPACK_NO_MEMORY
} pi_unpack_fault;

typedef struct pi_unpack pi_unpack;

/* For a packing that is read here; NULL where memory ran out. */
pi_unpack *pi_unpack_new(const pi_packing *packing);
void pi_unpack_free(pi_unpack *self);

/* Unpacks on: takes from the front of *in, and puts *made bytes, `room` at most, to `out`. Nothing made of
 * what was left of *in: it wants more. */
pi_unpack_fault pi_unpack_step(pi_unpack *self, pi_slice *in, char *out, size_t room, size_t *made);

/* Whether a stream has ended here and no other begun: the file may end. */
bool pi_unpack_between(const pi_unpack *self);

#endif
