/* The REPL: one session over a policy, a file of cases and the case at hand, as its rooms share it.
 *
 * Every command is a row of repl_commands.def and a function of one of the rooms. Results are appended to
 * session->out, which is written when the command has ended; what is wrong goes to standard error at once.
 */
#ifndef PI_REPL_H
#define PI_REPL_H

#include <stdbool.h>
#include <stdint.h>

#include <pubint/engine.h>

#include "case.h"
#include "command.h"
#include "console.h"
#include "evaluate.h"
#include "page.h"
#include "repl_file.h"
#include "repl_snapshot.h"
#include "repl_watch.h"

enum { REPL_UNDO_MAX = 200, REPL_WORDS_MAX = 6 };

/* The case at hand as it was before a change. */
typedef struct repl_step {
  pi_case facts;
  pi_fact fact; /* that was changed */
} repl_step;

typedef struct repl_session {
  pi_common common;
  const char *directory; /* the policy's, as given to load */
  pubint_policy *policy;
  pubint_engine *engine;
  pi_overrides *overrides; /* lent to the engine */
  pi_console *console;
  repl_watch watch;

  repl_file *file; /* NULL: none is open */
  uint64_t line;   /* where we are in it, 0: the case is not of the file */

  bool open;       /* there is a case at hand; its facts lie in `arena` */
  pi_case facts;   /* as it stands */
  pi_case opened;  /* as it was opened */
  pi_arena arena;
  repl_step *steps; /* what :undo goes back to, oldest first */
  uint32_t steps_count;

  repl_snapshot *before; /* the evaluation before the last change */
  repl_snapshot *after;
  bool evaluated;            /* `evaluation` holds */
  const pubint_evaluation *evaluation;
  uint64_t nanoseconds;      /* what the last evaluation took */

  pi_buffer out;
  bool echo;        /* of what is no terminal, lines are shown as if they had been typed */
  bool interactive; /* prompts, colours by the terminal, Ctrl-C */
  bool color;
  bool failed; /* a line of a script of commands was wrong */
  bool quit;
} repl_session;

/* One command line, taken apart. */
typedef struct repl_call {
  repl_session *session;
  unsigned words_count;            /* behind the command's name */
  pi_slice words[REPL_WORDS_MAX];  /* quotes taken off */
  pi_slice rests[REPL_WORDS_MAX];  /* the line from each word on, as it was written */
} repl_call;

/* What a word of a command is, for completion. */
typedef enum repl_kind {
  REPL_NOTHING,
  REPL_FILE,
  REPL_PATH,
  REPL_VALUE, /* of the fact named before it */
  REPL_RULE,
  REPL_FACTOR, /* of the rule named before it */
  REPL_NUMBER,
  REPL_SWITCH, /* on, off */
  REPL_WHAT,   /* case, test */
  REPL_TOPIC,
  REPL_LUA,
} repl_kind;

typedef struct repl_command {
  const char *name; /* without the colon */
  const char *form; /* what stands behind it */
  const char *summary;
  const char *about; /* sentences for :help NAME; "" where the summary says it all */
  repl_kind kinds[3];
  unsigned words_min;
  unsigned words_max;
  void (*run)(repl_call *call);
} repl_command;

extern const repl_command REPL_COMMANDS[];
extern const size_t REPL_COMMANDS_COUNT;

/* --- repl_session.c --- */

/* Loads the policy and opens `file` (NULL: none); what is wrong is said, and *status is for the caller. */
bool repl_session_init(repl_session *self, const pi_common *common, pi_exit *status);
void repl_session_dispose(repl_session *self);

/* Makes `text`, a case's JSON, the case at hand; false, and said, when it is refused. */
bool repl_session_take(repl_session *self, pi_slice text, const char *name, uint64_t line);

/* Says that a case is needed, where there is none. */
bool repl_session_needs_case(repl_session *self);

/* Evaluates the case at hand, unless it has been since it was changed; false, and said, on failure. */
bool repl_session_evaluate(repl_session *self);

/* The case, its policy or its numbers are others now: the evaluation and all handles end. */
void repl_session_changed(repl_session *self);

/* Keeps the evaluation as it stands, to be compared with after a change; false, and said, on failure. */
bool repl_session_keep(repl_session *self);

/* Evaluates anew and prints what changed since repl_session_keep. */
void repl_session_delta(repl_session *self);

/* Prints where we are and what comes of the case, in a line or two. */
void repl_session_head(repl_session *self);

/* A page on the session's results. */
void repl_page(repl_session *self, pi_page *page);

/* Whether Ctrl-C was pressed since the line began. (For loops; context: anything.) */
bool repl_interrupted(void *context);

/* --- saying what is wrong: standard error, at once (repl_say.c) --- */

__attribute__((format(printf, 2, 3))) void repl_complain(repl_session *self, const char *format, ...);
void repl_complain_error(repl_session *self, const pubint_error *error);
/* "there is no WHAT 'WORD'", with the nearest name as the hint; `names` ends in .ptr NULL. */
void repl_complain_unknown(repl_session *self, const char *what, pi_slice word, const pi_slice *names);
/* The fact that `path` names, whole or by its unambiguous end; PI_FACT_COUNT, and said, otherwise. */
pi_fact repl_fact(repl_session *self, pi_slice path);
/* A whole decimal number of at most `places` decimals, times 10^places; false, and said, otherwise. */
bool repl_number(repl_session *self, pi_slice word, unsigned places, int64_t low, int64_t high, int64_t *out);
/* "there is no rule 'WORD'", with the nearest. (repl_case.c) */
void repl_complain_rule(repl_session *self, pi_slice rule);
/* Runs a command of the program with one argument, or none. */
void repl_run_program(repl_session *self, const pi_command *command, const pi_slice *argument);
/* Writes out what has been printed so far. */
void repl_flush(repl_session *self);

/* --- running a line (repl_run.c) --- */

/* Runs one line: a command, or Lua, which may ask for more lines: false then. */
bool repl_run(repl_session *self, pi_slice line);
const repl_command *repl_command_find(pi_slice name);
/* The reason for which Lua's result cannot be had is printed; results too. False: more is to follow. */
bool repl_run_lua(repl_session *self, pi_slice text);
/* The tree of the evaluation, for Lua; .count 0 where there is none. */
pi_tree repl_evaluation_tree(repl_session *self, pi_arena *arena);
/* What scripts see of the Tweet. */
pi_slice repl_tweet_text(repl_session *self, pi_arena *arena);

/* :open FILE. (repl_case.c) */
void repl_open_file(repl_session *self, const char *file);

/* --- the commands --- */
#define COMMAND(name, function, form, one, two, three, least, most, summary, about)                          \
  void function(repl_call *call);
#include "repl_commands.def"
#undef COMMAND

/* Takes edited scripts if they load; says what came of it. `asked`: also when nothing changed. */
void repl_reload(repl_session *self, bool asked);

#endif
