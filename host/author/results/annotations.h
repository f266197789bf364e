/* Results as the lines that a workflow of GitHub reads, and shows at their place in the source:
 * ::error file=markets/NL.lua,line=12,col=5,title=E6008%3A a line is never reached::the message */
#ifndef PI_ANNOTATIONS_H
#define PI_ANNOTATIONS_H

#include "buffer.h"
#include "results.h"

/* A line each, of all that are not waived; `place` is the policy's folder, with its slash. */
void pi_annotations_write(const pi_results *results, pi_slice place, pi_buffer *out);

#endif
