/* pubint serve: becomes the service, which is a program of its own. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "errors.h"
#include "serve_options.h"

#define PROGRAM_NAME "pubint-serve"

/* The service is looked for beside the program, where it is built, and where `install` puts it. */
static bool find_program(char path[PI_BESIDE_BYTES]) {
  static const char *const PLACES[] = {PROGRAM_NAME, PI_SERVE_FROM_PROGRAM "/" PROGRAM_NAME};
  for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0]; i++) {
    if (pi_beside_program(path, PLACES[i]) && access(path, X_OK) == 0) return true;
  }
  return false;
}

/* The process itself becomes it, so that signals and sockets reach it. */
static pi_exit become(const pi_call *call) {
  char path[PI_BESIDE_BYTES];
  pubint_error error;
  pi_error_set(&error, PI_E_NO_SERVICE);
  snprintf(error.hint, sizeof error.hint, "`pubint help E4140` says how to get it");
  if (!find_program(path)) return pi_complain(&error);
  char **words = calloc((size_t)call->argc + 2, sizeof *words);
  if (words == NULL) {
    pi_error_set(&error, PI_E_NO_MEMORY);
    return pi_complain(&error);
  }
  words[0] = path;
  for (int i = 0; i < call->argc; i++) words[i + 1] = call->argv[i];
  execv(path, words);
  const char *reason = strerror(errno);
  pi_error_found(&error, reason, strlen(reason));
  free(words);
  return pi_complain(&error);
}

static pi_exit run(const pi_command *command, pi_call *call) {
  pi_serve_options options;
  pi_exit status;
  pi_serve_options_init(&options);
  if (!pi_command_begin(command, call, &options, &status)) return status;
  return pi_serve_options_check(&options, &status) ? become(call) : status;
}

const pi_command pi_command_serve = {
    .name = "serve",
    .form = "",
    .summary = "evaluate cases over HTTP",
    .about =
        "Answers over HTTP what eval and batch print, with the same bytes. POST /v1/evaluate takes a case, POST "
        "/v1/batch takes cases, one a line. GET /v1/policy, /v1/facts, /v1/schema/NAME and /v1/codes/CODE tell of the "
        "policy and the tables, /livez, /readyz and /metrics of the service. What cannot be answered is a "
        "problem in JSON (RFC 9457) with the code, the place and how to mend it.\n"
        "The service listens where only this machine reaches it; another address needs --tokens. TLS is for a proxy "
        "in front. Without --tokens everybody may evaluate and read the metrics, and nobody may change the policy. "
        "With it each request needs a token with the scope of its endpoint: evaluate, metrics or admin. POST "
        "/v1/policy/reload and /v1/policy/rollback change the policy.\n"
        "SIGHUP loads the policy anew: its tests must pass and `pubint check` must find nothing, else the "
        "policy that was live stays. SIGTERM ends the service once the requests in flight are answered.\n"
        "A socket that systemd opens is taken instead of --listen.\n",
    .options = PI_SERVE_OPTIONS,
    .options_count = PI_SERVE_OPTIONS_COUNT,
    .arguments_max = 0,
    .run = run,
};
