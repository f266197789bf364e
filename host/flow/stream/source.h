/* The bytes of a file or of standard input, one piece after another: of one that gzip or zstd packed the text
 * that was packed, of any other what it holds. Which it is its first bytes tell.
 *
 * What is cut short, does not fit its checksum or is followed by what is no stream of its kind is refused
 * (E1017) behind all that could be read of it, and what is packed otherwise at once (E1016): neither is ever
 * the end of the text. */
#ifndef PI_SOURCE_H
#define PI_SOURCE_H

#include <stdint.h>

#include "buffer.h"
#include "digest.h"
#include "errors.h"
#include "stop.h"
#include "unpack.h"

typedef struct pi_source {
  const char *name; /* as errors call it; borrowed */
  int fd;           /* -1: closed */
  bool waits;       /* no file on disk: reading may wait */
  bool begun;       /* its first bytes were looked at */
  const pi_stop *stop;

  /* of one that is packed; `unpack` is NULL where it is not */
  const pi_packing *packing;
  pi_unpack *unpack;
  char *in;       /* what was read and not yet unpacked lies in it */
  pi_slice ahead; /* that */
  bool looked;    /* at what the text begins with */
  pi_unpack_fault fault;
  uint64_t bytes;          /* read of the file itself */
  pi_digest_state *digest; /* gets those; NULL: none is wanted */
} pi_source;

/* Opens a file; "-" is standard input. `stop` may be NULL. Close in either case. */
pubint_status pi_source_open(pi_source *self, const char *name, const pi_stop *stop, pubint_error *error);
void pi_source_close(pi_source *self);

/* Up to `room` bytes (some KiB at first, to look at what begins the file), and as many where the file is one
 * on disk. *got is 0 at the end, and once it is to stop.
 */
pubint_status pi_source_read(pi_source *self, char *out, size_t room, size_t *got, pubint_error *error);

/* Appends all of the file `name`. More than what `out` may hold fails with the code `too_large`. */
pubint_status pi_source_read_file(pi_buffer *out, const char *name, pi_code too_large, pubint_error *error);

#endif
