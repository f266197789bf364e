/* Finds where an interrupted run is to be taken up, and whether this is that run. */
#ifndef PI_RESUME_H
#define PI_RESUME_H

#include "run.h"

/* The run's input, output and manifest stand at their beginning. Afterwards they stand behind the last
 * checkpoint that holds; input and output are compared with what the interrupted run saw, and no file has
 * been changed. E4009 where this is another run. */
pubint_status pi_resume(pi_run *run, pubint_error *error);

#endif
