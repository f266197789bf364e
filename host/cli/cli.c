#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <pubint/engine.h>

#include "command.h"
#include "errors.h"
#include "nearest.h"

/* The most a command without a stream of its own may print. */
#define RESULT_BYTES_MAX ((size_t)64 * 1024 * 1024)

const pi_command *const PI_COMMANDS[] = {
#define COMMAND(name) &pi_command_##name,
#include "commands.def"
#undef COMMAND
};
const size_t PI_COMMANDS_COUNT = sizeof PI_COMMANDS / sizeof PI_COMMANDS[0];

static const char *const COLORS[] = {"auto", "always", "never", NULL};

const pi_option PI_COMMON_OPTIONS[] = {
    {'p', "policy", PI_OPTION_TEXT, "DIR", NULL, offsetof(pi_common, policy), "the policy's folder"},
    {0, "json", PI_OPTION_FLAG, NULL, NULL, offsetof(pi_common, json), "print JSON instead of text"},
    {0, "color", PI_OPTION_CHOICE, "WHEN", COLORS, offsetof(pi_common, color),
     "auto (on a terminal, unless NO_COLOR is set), always or never"},
    {'h', "help", PI_OPTION_FLAG, NULL, NULL, offsetof(pi_common, help), "say how a command is used"},
    {0, "version", PI_OPTION_FLAG, NULL, NULL, offsetof(pi_common, version), "print the version"},
};
const size_t PI_COMMON_OPTIONS_COUNT = sizeof PI_COMMON_OPTIONS / sizeof PI_COMMON_OPTIONS[0];

const pi_command *pi_command_find(const char *name) {
  for (size_t i = 0; i < PI_COMMANDS_COUNT; i++) {
    if (strcmp(PI_COMMANDS[i]->name, name) == 0) return PI_COMMANDS[i];
  }
  return NULL;
}

void pi_command_page(const pi_call *call, pi_page *page) {
  pi_page_init(page, call->out, pi_terminal_width(), pi_terminal_color(&call->common));
}

/* --version and --help, which end a command at once. */
static bool answer_at_once(const pi_command *self, const pi_call *call) {
  if (call->common.version) {
    pi_buffer_printf(call->out, "pubint %s\n", pubint_version());
    return true;
  }
  if (!call->common.help) return false;
  pi_page page;
  pi_command_page(call, &page);
  if (self != NULL) {
    pi_help_command(self, &page);
  } else {
    pi_help_all(&page);
  }
  pi_page_dispose(&page);
  return true;
}

bool pi_command_begin(const pi_command *self, pi_call *call, void *values, pi_exit *status) {
  pi_option_set sets[] = {
      {self->options, self->options_count, values},
      {PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT, &call->common},
  };
  pubint_error error;
  if (pi_options_parse(sets, 2, call->argc, call->argv, &call->arguments, &error) != PUBINT_OK) {
    if (error.hint[0] == '\0') snprintf(error.hint, sizeof error.hint, "see `pubint help %s`", self->name);
    *status = pi_complain(&error);
    return false;
  }
  *status = PI_EXIT_DONE;
  if (answer_at_once(self, call)) return false;
  if (call->arguments.count <= self->arguments_max) return true;
  pi_error_setf(&error, PI_E_ARGUMENTS, "too many arguments");
  const char *extra = call->arguments.items[self->arguments_max];
  pi_error_field(error.found, sizeof error.found, extra, strlen(extra));
  snprintf(error.expected, sizeof error.expected, "pubint %s %s", self->name, self->form);
  *status = pi_complain(&error);
  return false;
}

/* Where the command's name stands in argv: the first word that is no option; argc where there is none. */
static int find_name(int argc, char *const *argv) {
  for (int i = 1; i < argc; i++) {
    if (argv[i][0] != '-') return i;
    if (strcmp(argv[i], "-p") == 0 || strcmp(argv[i], "--policy") == 0 || strcmp(argv[i], "--color") == 0)
      i++;
  }
  return argc;
}

static pi_exit refuse_command(const char *name) {
  pubint_error error;
  pi_error_set(&error, PI_E_UNKNOWN_COMMAND);
  pi_error_field(error.found, sizeof error.found, name, strlen(name));
  pi_nearest nearest;
  pi_nearest_init(&nearest, pi_slice_of(name));
  for (size_t i = 0; i < PI_COMMANDS_COUNT; i++) {
    pi_nearest_offer(&nearest, pi_slice_of(PI_COMMANDS[i]->name));
  }
  if (nearest.best.ptr != NULL) {
    snprintf(error.hint, sizeof error.hint, "did you mean pubint %.*s?", (int)nearest.best.len,
             nearest.best.ptr);
  } else {
    snprintf(error.hint, sizeof error.hint, "`pubint help` lists the commands");
  }
  return pi_complain(&error);
}

/* Without a command there is --version, or help where it is asked for. */
static pi_exit run_bare(pi_call *call) {
  pi_option_set common = {PI_COMMON_OPTIONS, PI_COMMON_OPTIONS_COUNT, &call->common};
  pubint_error error;
  if (pi_options_parse(&common, 1, call->argc, call->argv, &call->arguments, &error) != PUBINT_OK) {
    if (error.hint[0] == '\0') snprintf(error.hint, sizeof error.hint, "see `pubint help`");
    return pi_complain(&error);
  }
  if (answer_at_once(NULL, call)) return PI_EXIT_DONE;
  pi_error_setf(&error, PI_E_ARGUMENTS, "no command is given");
  snprintf(error.expected, sizeof error.expected, "pubint COMMAND [options] [FILE]");
  snprintf(error.hint, sizeof error.hint, "`pubint help` lists the commands");
  return pi_complain(&error);
}

/* `words` and `arguments` have room for argc pointers each: what stands besides the name, and what of it is
 * no option. */
static pi_exit dispatch(int argc, char *const *argv, char **words, const char **arguments, pi_buffer *out) {
  int name = find_name(argc, argv);
  pi_call call = {.argv = words, .arguments = {.items = arguments}, .out = out};
  for (int i = 1; i < argc; i++) {
    if (i != name) words[call.argc++] = argv[i];
  }
  if (name == argc) return run_bare(&call);
  const pi_command *command = pi_command_find(argv[name]);
  return command != NULL ? command->run(command, &call) : refuse_command(argv[name]);
}

/* A program can be started with a standard stream closed; the next file it opens would then take its place.
 * Whoever closed standard output is told when something is written there. */
static void open_standard_streams(void) {
  for (int fd = 0; fd <= 2; fd++) {
    if (fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
    int opened = open("/dev/null", fd == 1 ? O_RDONLY : O_RDWR); /* fd 1: every write fails */
    if (opened >= 0 && opened != fd) close(opened);
  }
}

int pi_cli_main(int argc, char *const *argv) {
  open_standard_streams();
  signal(SIGPIPE, SIG_IGN); /* the write fails instead, and the exit code says so */
  size_t count = argc > 0 ? (size_t)argc : 1;
  char **words = calloc(count, sizeof *words);
  const char **arguments = calloc(count, sizeof *arguments);
  pi_buffer out;
  pi_buffer_init(&out, RESULT_BYTES_MAX);
  pi_exit status = PI_EXIT_SYSTEM;
  if (words != NULL && arguments != NULL) {
    status = dispatch(argc, argv, words, arguments, &out);
  } else {
    out.failed = true;
  }
  if (!pi_terminal_write(&out)) status = PI_EXIT_SYSTEM;
  pi_buffer_dispose(&out);
  free(words);
  free(arguments);
  return (int)status;
}
