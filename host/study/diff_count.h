/* The counters of a comparison: one set a thread, added up in the end. */
#ifndef PI_DIFF_COUNT_H
#define PI_DIFF_COUNT_H

#include "diff.h"

void pi_diff_init(pi_diff *self, const pubint_policy *old, const pubint_policy *new,
                  const pi_diff_options *options);

/* Counts a case. `sample` holds its place, id and hash, and gets the rest. Whether it flips: then *flipped
 * says how. */
bool pi_diff_count(pi_diff *counted, const pubint_evaluation *old, const pubint_evaluation *new,
                   pi_flipped *flipped, pi_diff_sample *sample);

/* Counts a line that was refused. */
void pi_diff_count_refused(pi_diff *counted, unsigned code, const pi_diff_sample *sample);

void pi_diff_merge(pi_diff *sum, const pi_diff *more);

#endif
