/* Whole lines out of files or a pipe, in blocks, with bounded memory and a running digest.
 *
 * A block is read straight into its reader's buffer; only the part of a line that a block ends in is
 * copied. Where a block of a file ends depends on where it begins and on nothing else. A line longer than a
 * case may be is handed on cut, so that it is refused and not lost, and its rest is passed over. One thread
 * reads at a time (the caller locks).
 */
#ifndef PI_LINES_H
#define PI_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pubint/error.h>

#include "source.h"

/* What a block holds is a multiple of PI_READ_BYTES, as many as its first line needs: room for the longest
 * line, one byte more (which shows that it is too long), and what one read brings behind it. */
enum {
  PI_READ_BYTES = 256 * 1024,
  PI_LINE_KEPT = 1024 * 1024 + 1,
  PI_BLOCK_BYTES = PI_LINE_KEPT + PI_READ_BYTES
};

/* A file as far as it was read. Bytes and digest are those of the file as it lies, packed or not: what
 * sha256sum says of it. */
typedef struct pi_input {
  const char *name; /* "-" is standard input */
  bool again;       /* a file on disk that was named and is not packed: it can be gone back in */
  bool sized;       /* how much there is to read is known: */
  uint64_t size;    /* as it was before it was read */
  uint64_t bytes;   /* read so far and handed out or passed over; of a packed one, taken from the file */
  uint64_t lines;   /* handed out so far */
  pi_digest_state digest; /* while it is the current one */
  pi_digest_value whole;  /* once it is done */
} pi_input;

/* Where a run stands after a block: all of its lines and those before. */
typedef struct pi_place {
  size_t input;           /* index of the file */
  uint64_t bytes;         /* of that file */
  uint64_t lines;         /* of that file */
  pi_digest_value digest; /* of those bytes */
  uint64_t all_bytes;     /* of all files together */
  bool within_line;       /* in the rest of a line that was too long: no place to go on from */
} pi_place;

typedef struct pi_block {
  char *data; /* PI_BLOCK_BYTES, the block's owner's */
  size_t bytes;
  uint64_t sequence;   /* 0, 1, 2 … */
  uint64_t first_line; /* of its file, from 1 */
  pi_place end;
} pi_block;

typedef struct pi_lines {
  pi_input *inputs;
  size_t inputs_count;
  size_t current;
  pi_source source; /* of the current file; closed where that is not open */
  bool sha256;
  char *carry;
  size_t carry_bytes; /* less than PI_READ_BYTES */
  bool skipping;      /* within the rest of a line that was too long */
  bool failed;        /* a file could not be read: there are no more blocks */
  uint64_t sequence;
  uint64_t bytes_before; /* of the files that are done */
  const pi_stop *stop;
} pi_lines;

/* `names` are borrowed; none at all is standard input. Looks at every file, and refuses one that is not
 * there, is a folder or may not be read, before any of them is opened. */
pubint_status pi_lines_open(pi_lines *lines, const char *const *names, size_t count, bool sha256,
                            const pi_stop *stop, pubint_error *error);
void pi_lines_close(pi_lines *lines);

/* How much there is to read in all files; 0 where that is not known. */
uint64_t pi_lines_bytes(const pi_lines *lines);

/* Fills block->data with whole lines; *more is false, and nothing filled, at the end of everything or once
 * it is to stop. The last line of a file may lack its newline. A failure has its place among the blocks: it
 * gets a block's sequence, and after it there are no more. */
pubint_status pi_lines_next(pi_lines *lines, pi_block *block, bool *more, pubint_error *error);

/* Goes on behind `place`: checks that the files up to there are what they were, by digest. `digests` are
 * those of the files before place->input. E4009 when they are not. */
pubint_status pi_lines_seek(pi_lines *lines, const pi_place *place, const pi_digest_value *digests,
                            pubint_error *error);

#endif
