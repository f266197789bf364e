/* A Lua console within the sandbox: the same names, the same limits, and globals that stay from one input to
 * the next.
 *
 * `case` and `evaluation` stand for the case at hand, and `_` for the last result. Their handles hold as
 * long as that case does and are refused, by the one checker, once it was changed or left.
 */
#ifndef PI_CONSOLE_H
#define PI_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

#include <pubint/error.h>

#include "buffer.h"
#include "case.h"
#include "policy.h"
#include "records.h"
#include "sandbox.h"
#include "tree.h"

struct luaL_Reg; /* Lua's own, so that its headers are not needed here */
typedef struct pi_console pi_console;

typedef enum pi_console_end {
  PI_CONSOLE_DONE,
  PI_CONSOLE_UNFINISHED, /* more is to follow: a block, a string or an expression is still open */
  PI_CONSOLE_FAILED,     /* fault and line say why */
} pi_console_end;

/* One input and what comes of it. Everything is borrowed. */
typedef struct pi_console_call {
  pi_slice text;
  const pi_case *input;      /* NULL: no case is open */
  pi_slice tweet_text;       /* what scripts see; unknown: .ptr NULL */
  const pi_tree *evaluation; /* NULL: none */
  pi_record_find *records;   /* of its objects; NULL: they have any keys */
  unsigned width;            /* columns that results are laid out for, as this measures them */
  pi_utf8_measure *columns;  /* not asked when quiet */
  bool only_read;            /* whether it is Lua is asked; nothing runs */
  bool apart;                /* globals that it sets are forgotten behind it */
  bool quiet;                /* an expression to be tested: nothing is shown and `_` stays */
  pi_buffer *out;            /* results are appended, each ending in a newline; may be NULL when quiet */
  bool read;                 /* out: it is Lua; what failed, if anything, is running it */
  bool holds;                /* out: the first result is neither nil nor false */
  pi_usage usage;            /* out */
  char fault[304];           /* out: one line */
  uint32_t line;             /* out: of the input, or of `script`; 0 where there is none */
  const pi_script *script;   /* out: the module where the error was raised; NULL: the input itself */
} pi_console_call;

/* Makes a console on `policy`, which is borrowed. Beside the names of the sandbox it has print(…), what
 * `functions` (ending in {NULL, NULL}; NULL: none) names, each with `context` as its first upvalue, and with
 * them `unknown`, a value (a full userdata) that stands for a fact nobody knows. One that is named "case" is
 * called by case(…), which otherwise is the case at hand. On failure *out is NULL. */
pubint_status pi_console_new(pi_console **out, const pubint_policy *policy, const struct luaL_Reg *functions,
                             void *context, pubint_error *error);
void pi_console_free(pi_console *console);

/* Ends every handle given out so far: the case is another one now. */
void pi_console_renew(pi_console *console);

/* Runs call->text as an expression if it is one, else as statements. */
pi_console_end pi_console_run(pi_console *console, pi_console_call *call);

/* Appends, for completion, the names that inputs have set (`count` 0), or the texts among the keys of the
 * table that these steps lead to from there, an index being a step of digits: each with a NUL behind it, in
 * no order. Nothing of a script runs. */
void pi_console_names(pi_console *console, const pi_slice *steps, unsigned count, pi_buffer *out);

#endif
