/* Two policies over the same cases: which outcomes flip, where to, and what moved them.
 *
 * Reads as a batch does: threads take whole blocks, parse each line once and evaluate it under both
 * policies. Every count is a sum and every sample a choice by hash, so the report, like the flips that are
 * written meanwhile, is the same for every number of threads; memory does not grow with the input.
 */
#ifndef PI_DIFF_H
#define PI_DIFF_H

#include "diff_count.h"

/* Runs it. On failure `error`, which may be NULL, says why; *out is to be disposed of either way. */
pubint_status pi_diff_run(pi_diff *out, const pubint_policy *old, const pubint_policy *new,
                          const pi_diff_options *options, pubint_error *error);

#endif
