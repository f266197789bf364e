/* OUT.manifest.json: what a run read, under which policy and version, what it wrote and counted.
 *
 * While a run goes on the manifest holds checkpoints: places of input and output that belong together, with
 * the digests of both. They are what --resume goes on from. It is written whole, to another name, and
 * then given its own, so that it is never half written.
 */
#ifndef PI_MANIFEST_H
#define PI_MANIFEST_H

#include "arena.h"
#include "lines.h"
#include "totals.h"

/* A place in the output and the place in the input that it answers, with what was counted up to there. */
typedef struct pi_checkpoint {
  pi_place input;
  uint64_t out_bytes;
  pi_digest_value out_digest;
  pi_totals totals;
} pi_checkpoint;

typedef struct pi_manifest_file {
  pi_slice name;
  uint64_t bytes;
  pi_digest_value digest;
} pi_manifest_file;

typedef struct pi_manifest {
  bool complete;
  pi_slice host;
  pi_slice policy;
  pi_manifest_file *files; /* complete: all; else those that are done */
  size_t files_count;
  pi_slice *names; /* of all inputs */
  size_t names_count;
  pi_checkpoint *checkpoints; /* ascending; of a complete run just the end */
  size_t checkpoints_count;
} pi_manifest;

/* Writes the manifest of the output `out`, after syncing `out_fd`. */
pubint_status pi_manifest_write(const pi_manifest *manifest, const char *out, int out_fd,
                                pubint_error *error);

/* Reads the manifest of the output `out`; texts and lists lie in the arena. */
pubint_status pi_manifest_read(pi_manifest *manifest, const char *out, pi_arena *arena, pubint_error *error);

#endif
