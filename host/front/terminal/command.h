/* What a command is, and what each is given. */
#ifndef PI_COMMAND_H
#define PI_COMMAND_H

#include <pubint/policy.h>
#include <stdbool.h>

#include "beside.h"
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
  bool pretty; /* the JSON is laid out for people; it implies json */
  bool no_excerpts;
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
  pi_buffer *out;            /* results, written to standard output when the command has ended */
  bool *page;                /* set where they are a page, whose colours may reach a terminal */
  const pi_command *program; /* whose commands are all of them */
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
  bool options_first; /* of such a command: its commands' options may stand before the name too */
  pi_exit (*run)(const pi_command *self, pi_call *call);
};

/* The one of self's commands that has this name behind self's own; NULL where there is none. */
const pi_command *pi_command_named(const pi_command *self, const char *name);

/* --- the policy (command_policy.c) --- */

/* Loads the policy that -p, PUBINT_POLICY or the usual places name; on failure, said already, *status. */
pubint_policy *pi_command_policy(const pi_common *common, pi_exit *status);

/* The same; *error says why it failed, for whoever tells it elsewhere too. */
pubint_policy *pi_command_policy_or(const pi_common *common, pubint_error *error, pi_exit *status);

/* The name that it loads, a folder's or a revision's: a text of `common`, or in `place`. */
const char *pi_command_policy_path(const pi_common *common, char place[PI_BESIDE_BYTES]);

/* Whether that is a folder, as `what` ("new") needs; if not, said already, *status. */
bool pi_command_policy_is_folder(const pi_common *common, const char *what, pi_exit *status);

/* As is_folder for what writes into the policy, which must be one that was named: by -p, by PUBINT_POLICY, or
 * by a policy.json in the current folder, which common names from then on. */
bool pi_command_policy_to_change(pi_common *common, const char *what, pi_exit *status);

/* Whether the folder is a default policy, which is nobody's to write into: the installed one, or the
 * source's. */
bool pi_command_policy_is_default(const char *directory);

/* Whether `out` with `more` behind it (`out` NULL: standard output) is none of the policy's own files, nor
 * would become one by lying in its rules/, data/ and the like; if it is, said already, *status. */
bool pi_command_spares_policy(const pi_common *common, const char *out, const char *more, pi_exit *status);

/* Whether the policy has that locale; if not, said already with those that it has, *status. */
bool pi_command_locale(const pubint_policy *policy, const char *locale, pi_exit *status);

/* --- the terminal (terminal.c) --- */

/* Says on standard error what went wrong; the exit code that goes with it. */
pi_exit pi_complain(const pubint_error *error);

/* The same of what may be about an input: without what that says, where --no-excerpts is given. */
pi_exit pi_complain_of_input(const pi_common *common, const pubint_error *error);

/* Whether standard output is to be coloured, and how wide it is. */
bool pi_terminal_color(const pi_common *common);
unsigned pi_terminal_width(void);

/* Appends one line of JSON as standard output is to get it: byte for byte, but on a terminal with what a
 * terminal would obey or not show (C1 and bidirectional controls, tag characters and the like, which JSON
 * lets stand) as the escapes of JSON. */
void pi_terminal_json(pi_buffer *out, pi_slice json);

/* Writes results to standard output, in whatever format: to a terminal as pi_terminal_json does, with new
 * lines, tabs and, of a page, the colours. False, and said so, when they do not arrive. */
bool pi_terminal_write(const pi_buffer *out, bool page);

/* The same to standard error, beside the results. */
void pi_terminal_tell(const pi_buffer *out, bool page);

#endif
