/* pubint-serve, which `pubint serve` becomes. */
#include <signal.h>
#include <stdlib.h>

#include "command_line.h"
#include "server.h"

static pi_exit run(const pi_command *command, pi_call *call) {
  pi_serve_options options;
  pi_exit status;
  char place[PI_BESIDE_BYTES];
  pi_serve_options_init(&options);
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (!pi_serve_options_check(&options, &status)) return status;
  pi_server_setup setup = {.options = &options,
                           .policy = pi_command_policy_path(&call->common, place),
                           .no_excerpts = call->common.no_excerpts};
  return pi_server_run(&setup);
}

int main(int argc, char **argv) {
  enum { OUT_BYTES_MAX = 1 << 20 };
  signal(SIGPIPE, SIG_IGN);
  const pi_command command = {.name = "serve",
                              .form = "",
                              .summary = "evaluate cases over HTTP",
                              .about = "",
                              .options = PI_SERVE_OPTIONS,
                              .options_count = PI_SERVE_OPTIONS_COUNT,
                              .run = run};
  int words = argc > 0 ? argc - 1 : 0;
  const char **items = calloc((size_t)words + 1, sizeof *items);
  if (items == NULL) return PI_EXIT_SYSTEM;
  pi_buffer out;
  bool page = false;
  pi_buffer_init(&out, OUT_BYTES_MAX);
  pi_call call = {.argc = words,
                  .argv = argv + argc - words,
                  .arguments = {.items = items},
                  .out = &out,
                  .page = &page,
                  .program = &command};
  pi_exit status = run(&command, &call);
  if (!pi_terminal_write(&out, page)) status = PI_EXIT_SYSTEM;
  pi_buffer_dispose(&out);
  free(items);
  return (int)status;
}
