/* An output: bytes in order, whole lines of them, and their digest. */
#ifndef PI_OUTPUT_H
#define PI_OUTPUT_H

#include "digest.h"
#include "lines.h"

typedef struct pi_output {
  const char *name; /* NULL: standard output */
  int fd;
  bool existed;
  bool kept;        /* a file on disk: it has a manifest, and a run that writes it can be resumed */
  uint64_t bytes;   /* whole lines */
  uint64_t doubted; /* so many of the file must turn out to be what is written */
  pi_digest_state digest;
} pi_output;

typedef enum pi_output_mode {
  PI_OUTPUT_NEW,   /* a file that exists is refused, as a link to one is in every mode */
  PI_OUTPUT_FORCE, /* it is taken, but not emptied yet */
  PI_OUTPUT_RESUME /* it is taken as it is, and made where there is none */
} pi_output_mode;

/* Takes standard output, or opens the file for this run alone: a file that another run is writing is
 * refused. A device or a pipe is written whatever the mode is, since nothing of it is lost. */
pubint_status pi_output_open(pi_output *output, const char *name, pi_output_mode mode, bool sha256,
                             pubint_error *error);

/* How many bytes the file has now. */
pubint_status pi_output_size(const pi_output *output, uint64_t *bytes, pubint_error *error);

/* Reads over the first `bytes` bytes; E4009 unless their digest is `digest`. */
pubint_status pi_output_seek(pi_output *output, uint64_t bytes, const pi_digest_value *digest,
                             pubint_error *error);

/* Takes what the file holds for what will be written, as an earlier run began the same; where it turns out
 * not to be, writing or, where more is there than came, the end is refused (E4009), and it stays. */
pubint_status pi_output_doubt(pi_output *output, pubint_error *error);
pubint_status pi_output_end(const pi_output *output, pubint_error *error);

/* Cuts off what stands behind the place to go on from. */
pubint_status pi_output_cut(const pi_output *output, pubint_error *error);

/* Writes whole lines, all of them, or says why not, naming the file; then a file ends in the last whole line
 * that got through. */
pubint_status pi_output_write(pi_output *output, const char *lines, size_t count, pubint_error *error);

/* Closes the file; an error of writing may show only now. */
pubint_status pi_output_close(pi_output *output, pubint_error *error);

#endif
