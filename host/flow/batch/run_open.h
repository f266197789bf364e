/* Opens a run: whatever can be refused is refused before a file changes. */
#ifndef PI_RUN_OPEN_H
#define PI_RUN_OPEN_H

#include "run.h"

/* Checks the options against each other and the files, opens input and output and, to go on with an
 * interrupted run, finds where. On failure no file has changed, and the run is still to be closed. */
pubint_status pi_run_open(pi_run *run, const pubint_policy *policy, const pi_batch_options *options,
                          const pi_crew_job *job, pubint_error *error);

#endif
