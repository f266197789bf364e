/* The policy's folder as others find it: from the current folder, which in a workflow is the repository's. */
#ifndef PI_RESULTS_PLACE_H
#define PI_RESULTS_PLACE_H

#include "buffer.h"

/* Appends where `directory` lies, with a slash at its end: "policy/", "./" for the current folder itself, or
 * "/srv/policy/" where it lies outside. Of a revision of git, git:REV:PATH, it is the PATH. */
void pi_results_place(pi_buffer *out, const char *directory);

#endif
