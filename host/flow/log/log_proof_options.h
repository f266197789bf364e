/* What is to be proved of a decision log, and what was. */
#ifndef PI_LOG_PROOF_OPTIONS_H
#define PI_LOG_PROOF_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

#include <pubint/policy.h>

#include "sha256.h"
#include "stop.h"

typedef struct pi_log_proof_options {
  const char *folder;
  const pubint_policy *const *policies;
  size_t policies_count;
  const char *from;    /* the link of the line before the first that is proved; NULL: line 1 is the first */
  uint64_t head;       /* 0, or the number of a line that must be there */
  const char *link;    /* and its link */
  unsigned threads;    /* at least 1 */
  const pi_stop *stop; /* may be NULL */
} pi_log_proof_options;

typedef struct pi_log_proof {
  uint64_t lines;         /* whose link was proved */
  uint64_t recomputed;    /* whose evaluation is what its policy gives */
  uint64_t redacted;      /* that cannot be recomputed */
  uint64_t shadows;       /* recomputed too */
  uint64_t shadows_other; /* whose policy is not given */
  uint64_t n;             /* of the last line, 0: none */
  char link[PI_SHA256_HEX + 1];
  uint64_t torn_bytes; /* of a last line that is not whole: it is being written, or a crash left it */
} pi_log_proof;

#endif
