/* What a command is, and what each is given. */
#ifndef PI_COMMAND_H
#define PI_COMMAND_H

#include <pubint/policy.h>
#include <stdbool.h>

#include "buffer.h"
#include "options.h"
#include "page.h"
#include "slice.h"

/* Exit codes, by cause. */
typedef enum pi_exit {
  PI_EXIT_DONE = 0,
  PI_EXIT_UNMET = 1,   /* the check asked for did not hold */
  PI_EXIT_USAGE = 2,   /* the command line is wrong */
  PI_EXIT_REFUSED = 3, /* some input was refused */
  PI_EXIT_POLICY = 4,  /* the policy does not load */
  PI_EXIT_SYSTEM = 5,  /* a file, memory or another thing of the machine */
  PI_EXIT_INTERRUPTED = 130,
} pi_exit;

/* What every command takes. */
typedef struct pi_common {
  const char *policy; /* NULL: found as `pubint help` says */
  bool json;
  unsigned color; /* 0 auto, 1 always, 2 never */
  bool help;
  bool version;
} pi_common;

extern const pi_option PI_COMMON_OPTIONS[];
extern const size_t PI_COMMON_OPTIONS_COUNT;

typedef struct pi_command pi_command;

/* One run of one command. */
typedef struct pi_call {
  int argc; /* what stands behind the program's name, without the command's */
  char *const *argv;
  pi_common common;
  pi_arguments arguments;
  pi_buffer *out; /* results, written to standard output when the command has ended */
} pi_call;

struct pi_command {
  const char *name;
  const char *form;    /* what stands behind the name: "[FILE]" */
  const char *summary; /* one line without a stop */
  const char *about;   /* for `pubint help NAME`: paragraphs, each ending in a newline */
  const pi_option *options;
  size_t options_count;
  size_t arguments_max;
  const pi_command *const *commands; /* of a command that has some: their names begin with its own */
  size_t commands_count;
  pi_exit (*run)(const pi_command *self, pi_call *call);
};

#define COMMAND(name) extern const pi_command pi_command_##name;
#include "commands.def"
#undef COMMAND

/* All commands, in the order of commands.def. */
extern const pi_command *const PI_COMMANDS[];
extern const size_t PI_COMMANDS_COUNT;

/* NULL where there is none. */
const pi_command *pi_command_find(const char *name);

/* Reads the command line into call->common, call->arguments and the command's own struct, `values`. False
 * when the command is to end at once with *status: wrong usage (said already), or --help (printed). */
bool pi_command_begin(const pi_command *self, pi_call *call, void *values, pi_exit *status);

/* Appends what `pubint help NAME` prints, and what `pubint help` prints. */
void pi_help_command(const pi_command *self, pi_page *page);
void pi_help_all(pi_page *page);

/* A page on call->out, as wide and coloured as standard output wants it. */
void pi_command_page(const pi_call *call, pi_page *page);

/* --- the policy (policy_path.c) --- */

/* Loads the policy that -p, PUBINT_POLICY or the usual places name; on failure, said already, *status. */
pubint_policy *pi_command_policy(const pi_common *common, pi_exit *status);

/* The folder that it loads. */
const char *pi_command_policy_path(const pi_common *common);

/* --- the terminal (terminal.c) --- */

/* Says on standard error what went wrong; the exit code that goes with it. */
pi_exit pi_complain(const pubint_error *error);

/* Whether standard output is to be coloured, and how wide it is. */
bool pi_terminal_color(const pi_common *common);
unsigned pi_terminal_width(void);

/* Appends one line of JSON as standard output is to get it: byte for byte, but on a terminal with what a
 * terminal would obey (C1 and bidirectional controls, which JSON lets stand) as the escapes of JSON. */
void pi_terminal_json(pi_buffer *out, pi_slice json);

/* Writes results to standard output; false, and said so, when they do not arrive. */
bool pi_terminal_write(pi_buffer *out);

#endif
