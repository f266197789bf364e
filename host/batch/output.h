/* The output of a run: bytes in order, their digest, the totals they stand for, and its manifest. */
#ifndef PI_OUTPUT_H
#define PI_OUTPUT_H

#include "lines.h"
#include "manifest.h"
#include "totals.h"

typedef struct pi_output {
  const char *name; /* NULL: standard output, which has no manifest */
  int fd;
  uint64_t bytes;
  pi_digest_state digest;
  pi_totals totals;
  uint64_t input_since; /* bytes of input since the last checkpoint */
} pi_output;

/* Writes all of it, or says why not, naming the file. */
pubint_status pi_output_write(pi_output *output, const char *bytes, size_t count, pubint_error *error);

/* Creates the file (refusing one that exists, unless `force`), or takes standard output. */
pubint_status pi_output_create(pi_output *output, const char *name, bool force, bool sha256,
                               pubint_error *error);

/* Opens an interrupted run's file, checks its first bytes by digest and cuts the rest off. `point` is NULL
 * where nothing of it counts. */
pubint_status pi_output_reopen(pi_output *output, const char *name, const pi_checkpoint *point, bool sha256,
                               pubint_error *error);

/* How many bytes it has now, before it is cut. */
pubint_status pi_output_size(const char *name, uint64_t *bytes, pubint_error *error);

/* Closes the file; an error of writing may show only now. */
pubint_status pi_output_close(pi_output *output, pubint_error *error);

#endif
