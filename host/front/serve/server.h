/* The service as a whole: opened, run until it is asked to stop, and closed. */
#ifndef PI_SERVER_H
#define PI_SERVER_H

#include <stdbool.h>

#include "serve_options.h"

/* What a run is made of; all borrowed. */
typedef struct pi_server_setup {
  const pi_serve_options *options;
  const char *policy; /* its name, as -p takes it */
  bool no_excerpts;
} pi_server_setup;

/* Serves until SIGTERM or SIGINT; SIGHUP loads the policy anew. What went wrong was said already. */
pi_exit pi_server_run(const pi_server_setup *setup);

#endif
