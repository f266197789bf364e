#include "cli.h"
#include "json_pretty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd_help.h"
#include "commands.h"
#include "errors.h"
#include "stack.h"

/* The most a command without a stream of its own may print. */
#define RESULT_BYTES_MAX ((size_t)64 * 1024 * 1024)

static const pi_command *const COMMANDS[] = {
#define COMMAND(name) &pi_command_##name,
#include "commands.def"
#undef COMMAND
};

/* Without a command there is --version, or help where it is asked for. */
static pi_exit run_bare(const pi_command *self, pi_call *call) {
  pi_option_set common = {PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT, &call->common};
  pubint_error error;
  if (pi_options_parse(&common, 1, call->argc, call->argv, &call->arguments, &error) != PUBINT_OK) {
    if (error.hint[0] == '\0') snprintf(error.hint, sizeof error.hint, "see `pubint help`");
    return pi_complain(&error);
  }
  if (call->common.version) {
    pi_command_version(call);
    return PI_EXIT_DONE;
  }
  if (call->common.help) {
    pi_page page;
    pi_command_page(call, &page);
    pi_commands_help(self, &page);
    pi_page_dispose(&page);
    return PI_EXIT_DONE;
  }
  pi_error_setf(&error, PI_E_ARGUMENTS, "no command is given");
  snprintf(error.expected, sizeof error.expected, "pubint COMMAND [options] [FILE]");
  snprintf(error.hint, sizeof error.hint, "`pubint help` lists the commands");
  return pi_complain(&error);
}

static pi_exit run(const pi_command *self, pi_call *call) {
  return pi_command_dispatch(self, call, run_bare);
}

static const pi_command PROGRAM = {
    .name = "",
    .commands = COMMANDS,
    .commands_count = sizeof COMMANDS / sizeof COMMANDS[0],
    .run = run,
};

/* A program can be started with a standard stream closed; the next file it opens would then take its place.
 * Whoever closed standard output is told when something is written there. */
static void open_standard_streams(void) {
  for (int fd = 0; fd <= 2; fd++) {
    if (fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
    int opened = open("/dev/null", fd == 1 ? O_RDONLY : O_RDWR); /* fd 1: every write fails */
    if (opened >= 0 && opened != fd) close(opened);
  }
}

/* What main hands to the thread that does its work. */
typedef struct work {
  int argc;
  char *const *argv;
  sigset_t signals; /* that are blocked, as whoever started the program has it */
  pi_exit status;
} work;

/* JSON, a line each, as --pretty wants it. */
static void lay_out(pi_buffer *out) {
  pi_buffer pretty;
  pi_buffer_init(&pretty, RESULT_BYTES_MAX);
  pi_json_pretty(&pretty, (pi_slice){out->data, out->len});
  pretty.failed = pretty.failed || out->failed;
  pi_buffer_dispose(out);
  *out = pretty;
}

static void *run_program(void *argument) {
  work *self = argument;
  pthread_sigmask(SIG_SETMASK, &self->signals, NULL);
  int words = self->argc > 0 ? self->argc - 1 : 0;
  const char **arguments = calloc((size_t)words + 1, sizeof *arguments);
  pi_buffer out;
  pi_buffer_init(&out, RESULT_BYTES_MAX);
  self->status = PI_EXIT_SYSTEM;
  bool page = false, pretty = false;
  if (arguments != NULL) {
    pi_call call = {.argc = words,
                    .argv = self->argv + self->argc - words,
                    .arguments = {.items = arguments},
                    .out = &out,
                    .page = &page,
                    .program = &PROGRAM};
    self->status = PROGRAM.run(&PROGRAM, &call);
    pretty = call.common.pretty && !call.common.help && !call.common.version;
  } else {
    out.failed = true;
  }
  bool json = out.len > 1 && out.data[0] == '{' && out.data[1] == '"';
  if (pretty && json) lay_out(&out);
  if (!pi_terminal_write(&out, page)) self->status = PI_EXIT_SYSTEM;
  pi_buffer_dispose(&out);
  free(arguments);
  return NULL;
}

/* All is done on a thread whose stack does not depend on `ulimit -s`. The first thread only waits, and takes
 * no signals: they interrupt whoever reads or waits for people. Where there is no second thread to be had the
 * first does the work, and an engine looks at its stack. */
int pi_cli_main(int argc, char *const *argv) {
  open_standard_streams();
  signal(SIGPIPE, SIG_IGN); /* the write fails instead, and the exit code says so */
  signal(SIGXFSZ, SIG_IGN); /* as with a file that may not grow further */
  work self = {.argc = argc, .argv = argv};
  sigset_t all;
  pthread_t thread;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &self.signals);
  if (pi_stack_start_thread(&thread, run_program, &self)) {
    pthread_join(thread, NULL);
  } else {
    run_program(&self);
  }
  return (int)self.status;
}
