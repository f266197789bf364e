/* OUT.manifest.json: what a run read, under which policy and version, what it wrote and counted.
 *
 * While a run goes on the manifest holds checkpoints: places of input and output that belong together, with
 * the digests of both. They are what --resume goes on from. It takes the place of the
 * one before as a whole (target.h), so that it is never half written.
 */
#ifndef PI_MANIFEST_H
#define PI_MANIFEST_H

#include "arena.h"
#include "buffer.h"
#include "checkpoints.h"

enum { PI_MANIFEST_NAME_BYTES = 4096 };

typedef struct pi_manifest_file {
  pi_slice name;
  bool sized; /* bytes is known: at first what there was to read, at last what was read */
  bool done;  /* read to its end; only then the rest holds */
  uint64_t bytes;
  uint64_t lines;
  pi_digest_value digest;
} pi_manifest_file;

/* The whole run, as a complete manifest says it to people. */
typedef struct pi_manifest_whole {
  uint64_t bytes; /* of the output, as the next two */
  uint64_t lines;
  pi_digest_value digest;
  pi_totals totals;
} pi_manifest_whole;

typedef struct pi_manifest {
  bool complete;
  bool own; /* one that is there is this run's, or may be written over */
  pi_slice host;
  pi_slice policy;
  pi_slice rows;           /* as pi_rows_describe has them; .ptr NULL: whole evaluations */
  pi_slice policy_sums;    /* of its files, as sha256sum prints them; .ptr NULL: not recorded */
  pi_manifest_file *files; /* all inputs; those that are done come first */
  size_t files_count;
  pi_checkpoints checkpoints; /* complete: the last is the whole run */
  pi_manifest_whole whole;    /* of one that was read and is complete */
} pi_manifest;

/* OUT.manifest.json; false where the name is too long. */
bool pi_manifest_name(char name[PI_MANIFEST_NAME_BYTES], const char *out);

/* Writes the manifest of the output `out`, after syncing `out_fd`. */
pubint_status pi_manifest_write(pi_manifest *manifest, const char *out, int out_fd, pubint_error *error);

/* Reads the manifest of the output `out`; texts and the list of files lie in the arena. *exists is false,
 * and nothing read, where there is none. */
pubint_status pi_manifest_read(pi_manifest *manifest, const char *out, bool *exists, pi_arena *arena,
                               pubint_error *error);

/* The same of a text, which must outlive the manifest; false where it is no manifest. Dispose in either case.
 */
bool pi_manifest_parse(pi_manifest *manifest, pi_slice text, pi_arena *arena);

/* Appends the manifest as it is written. */
void pi_manifest_put(pi_buffer *out, const pi_manifest *manifest);

/* Gives the checkpoints back; the rest is the arena's. */
void pi_manifest_dispose(pi_manifest *manifest);

#endif
