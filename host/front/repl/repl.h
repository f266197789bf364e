/* The REPL: one session over a policy, a file of cases and the case at hand, as its rooms share it.
 *
 * Every command is a row of repl_commands.def and a function of one of the rooms. Results are appended to
 * the terminal's out, which is written when the command has ended; what is wrong goes to standard error at
 * once.
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
#include "test_tools.h"

enum { PI_REPL_UNDO_MAX = 200, PI_REPL_WORDS_MAX = 6 };

/* The case at hand as it was before a change. */
typedef struct pi_repl_step {
  pi_case facts;
  pi_fact fact; /* that was changed; PI_FACT_COUNT: the violations */
} pi_repl_step;

/* What cases are weighed by. */
typedef struct pi_repl_policy {
  const char *directory; /* as given to load */
  pubint_policy *loaded;
  pubint_engine *engine;
  pi_overrides *overrides; /* lent to the engine */
  pi_console *console;
  pi_test_tools *tools; /* case, evaluate, factor and condition in Lua; lent to the console */
  pi_repl_watch watch;
} pi_repl_policy;

/* The case at hand, where it comes from and what comes of it. */
typedef struct pi_repl_hand {
  pi_repl_file *file; /* NULL: none is open */
  uint64_t line;      /* where we are in it, 0: the case is not of the file */

  bool open;      /* there is a case at hand; its facts lie in `arena` */
  pi_case facts;  /* as it stands */
  pi_case opened; /* as it was opened */
  pi_arena arena;
  pi_repl_step *steps; /* what :undo goes back to, oldest first */
  uint32_t steps_count;

  pi_buffer expression; /* of the last :find, :count or :list */

  pi_repl_snapshot *before; /* the evaluation before the last change */
  pi_repl_snapshot *after;
  bool evaluated; /* `evaluation` holds */
  bool handed;    /* Lua was given it, and may have kept parts: they name places of its tree */
  const pubint_evaluation *evaluation;
  uint64_t nanoseconds; /* what the last evaluation took */
} pi_repl_hand;

/* Where lines come from and results go to. */
typedef struct pi_repl_terminal {
  pi_common common;
  pi_buffer out;
  bool echo;        /* of what is no terminal, lines are shown as if they had been typed */
  bool interactive; /* prompts, colours by the terminal, Ctrl-C */
  bool color;
  bool interrupt_shown; /* what is said of an interrupted line stands behind the terminal's own ^C */
  uint64_t line;        /* of a pipe that is not echoed: where what runs begins; else 0 */
  bool failed;          /* a line of a script of commands was wrong */
  bool lost;            /* results do not arrive */
  bool quit;
} pi_repl_terminal;

typedef struct pi_repl_session {
  pi_repl_policy policy;
  pi_repl_hand hand;
  pi_repl_terminal terminal;
} pi_repl_session;

/* The commands, in the order in which :help lists them. */
typedef struct pi_repl_table pi_repl_table;

/* One command line, taken apart. */
typedef struct pi_repl_call {
  pi_repl_session *session;
  const pi_repl_table *commands;
  unsigned words_count;              /* behind the command's name */
  pi_slice words[PI_REPL_WORDS_MAX]; /* quotes taken off */
  pi_slice rests[PI_REPL_WORDS_MAX]; /* the line from each word on, as it was written */
} pi_repl_call;

/* What a word of a command is, for completion. */
typedef enum pi_repl_kind {
  PI_REPL_NOTHING,
  PI_REPL_FILE,
  PI_REPL_SAVED,      /* a file or, behind `test`, a name of the policy's tests */
  PI_REPL_PATH,       /* what can be set: a fact, a signal, a part of a violation */
  PI_REPL_KNOWN,      /* a fact or signal that the case has */
  PI_REPL_SWEPT,      /* a fact with a range */
  PI_REPL_PART,       /* a fact or a group of facts */
  PI_REPL_VALUE,      /* of what the first word names */
  PI_REPL_TABLED,     /* a fact or a rule */
  PI_REPL_RULE,       /* any rule */
  PI_REPL_EXCEPTABLE, /* any but those that are never excepted */
  PI_REPL_WEIGHED,    /* one with a script */
  PI_REPL_WEIGHED_OR_OFF,
  PI_REPL_BROKEN,    /* one that the case breaks */
  PI_REPL_JUDGED,    /* of those one that can be weighed */
  PI_REPL_RULE_KIND, /* of the rule that the first word names */
  PI_REPL_FACTOR,    /* of the rule that the first word names */
  PI_REPL_CASE,      /* an id of the file, or a line */
  PI_REPL_NUMBER,
  PI_REPL_OFF,    /* a number, or off */
  PI_REPL_SWITCH, /* on, off */
  PI_REPL_WHAT,   /* case, test */
  PI_REPL_TOPIC,
  PI_REPL_LUA,
} pi_repl_kind;

typedef struct pi_repl_command {
  const char *name; /* without the colon */
  const char *form; /* what stands behind it */
  const char *summary;
  const char *about; /* sentences for :help NAME; "" where the summary says it all */
  pi_repl_kind kinds[3];
  unsigned words_min;
  unsigned words_max;
  void (*run)(pi_repl_call *call);
} pi_repl_command;

struct pi_repl_table {
  const pi_repl_command *rows;
  size_t count;
};
extern const pi_repl_table PI_REPL_COMMANDS; /* repl_run.c */

/* --- repl_session.c --- */

/* Loads the policy and opens `file` (NULL: none); what is wrong is said, and *status is for the caller. */
bool pi_repl_session_init(pi_repl_session *self, const pi_common *common, pi_exit *status);
void pi_repl_session_dispose(pi_repl_session *self);

/* Makes `text`, a case's JSON, the case at hand; false, and said, when it is refused. */
bool pi_repl_session_take(pi_repl_session *self, pi_slice text, const char *name, uint64_t line);

/* Says that a case is needed, where there is none. */
bool pi_repl_session_needs_case(pi_repl_session *self);

/* Evaluates the case at hand, unless it has been since it was changed; false, and said, on failure. */
bool pi_repl_session_evaluate(pi_repl_session *self);

/* The case, its policy or its numbers are others now: the evaluation and all handles end. */
void pi_repl_session_changed(pi_repl_session *self);

/* Keeps the evaluation as it stands, to be compared with after a change; false, and said, on failure. */
bool pi_repl_session_keep(pi_repl_session *self);

/* Evaluates anew and prints what changed since pi_repl_session_keep. */
void pi_repl_session_delta(pi_repl_session *self);

/* Prints where we are and what comes of the case, in a line or two. */
void pi_repl_session_head(pi_repl_session *self);

/* Prints what each script says that failed on the case as it was last evaluated, with its line.
 * (repl_failures.c) */
void pi_repl_print_failures(pi_repl_session *self);

/* As wide as what is printed may be, and a page on the results. */
unsigned pi_repl_width(const pi_repl_terminal *self);
void pi_repl_page(pi_repl_terminal *self, pi_page *page);

/* Prints lines that were laid out already: at a terminal those that are too wide are broken between words,
 * and of one with a caret below it what stands around that is shown. */
void pi_repl_put_lines(pi_repl_terminal *self, pi_slice text);

/* --- saying what is wrong: standard error, at once (repl_say.c) --- */

__attribute__((format(printf, 2, 3))) void pi_repl_complain(pi_repl_terminal *self, const char *format, ...);
void pi_repl_complain_error(pi_repl_terminal *self, const pubint_error *error);
/* "there is no WHAT 'WORD'", with the nearest name as the hint; `names` ends in .ptr NULL. */
void pi_repl_complain_unknown(pi_repl_terminal *self, const char *what, pi_slice word, const pi_slice *names);
/* The fact that `path` names, whole or by its unambiguous end; PI_FACT_COUNT, and said, otherwise. */
pi_fact pi_repl_fact(pi_repl_terminal *self, pi_slice path);
/* The same with nothing said. */
pi_fact pi_repl_fact_quietly(pi_slice path);
/* A whole decimal number with at most `decimals` digits behind its point, times 10^decimals; false, and said,
 * otherwise. */
bool pi_repl_number(pi_repl_terminal *self, pi_slice word, unsigned decimals, int64_t low, int64_t high,
                    int64_t *out);
/* The file that a word names, with ~/ as the home folder; false, and nothing said, when that is too long. */
bool pi_repl_file_path(pi_slice word, char *out, size_t size);
/* Whether the rule is one of the host's or has a script. */
bool pi_repl_has_rule(const pi_repl_policy *self, pi_slice rule);
/* "there is no rule 'WORD'", with the nearest. */
void pi_repl_complain_rule(pi_repl_terminal *self, pi_slice rule);
/* The command of that name, or the only one whose name begins so; NULL where there is none. */
const pi_repl_command *pi_repl_command_meant(const pi_repl_table *table, pi_slice name);
/* NULL where there is none. */
const pi_repl_command *pi_repl_command_find(const pi_repl_table *table, pi_slice name);
/* Writes out what has been printed so far. */
void pi_repl_flush(pi_repl_terminal *self);

/* --- running a line (repl_run.c) --- */

/* Runs one line: a command, or Lua, which may ask for more lines: false then. */
bool pi_repl_run(pi_repl_session *self, pi_slice line);

/* --- Lua (repl_lua.c) --- */

/* The reason for which Lua's result cannot be had is printed; results too. False: more is to follow. */
bool pi_repl_run_lua(pi_repl_session *self, pi_slice text);
/* Whether the text is Lua as it stands, an expression too; and whether it is so as statements. */
bool pi_repl_is_lua(pi_repl_session *self, pi_slice text);
bool pi_repl_is_statement(pi_repl_session *self, pi_slice text);
/* The tree of an evaluation, for Lua; .count 0 when memory runs out. */
pi_tree pi_repl_tree(const pubint_evaluation *evaluation, pi_arena *arena);
/* What scripts see of the Tweet. */
pi_slice pi_repl_tweet_text(const pi_case *facts, pi_arena *arena);

/* :open FILE, at its first case or, where `wanted` is no NULL, at that line or id. (repl_case.c) */
void pi_repl_open_file(pi_repl_session *self, const char *file, const char *wanted);

/* --- changes (repl_changed.c, repl_step.c, repl_signals.c, repl_violations.c) --- */

/* Prints what was changed, before → after; `fact` PI_FACT_COUNT: the violations. */
void pi_repl_print_change(pi_repl_session *self, const pi_case *before, pi_fact fact);
/* What changed `before` into the case at hand becomes a step that :undo takes back, and is printed. */
void pi_repl_take_step(pi_repl_session *self, const pi_case *before, pi_fact fact);
/* Makes `after` the case at hand, as such a step, and shows what moves. */
void pi_repl_take_change(pi_repl_session *self, const pi_case *after, pi_fact fact);
/* Whether the path is that of one signal, signals.NAME; *name is its name. */
bool pi_repl_signal_name(pi_slice path, pi_slice *name);
/* Whether the case has that signal. */
bool pi_repl_has_signal(const pi_case *facts, pi_slice name);
/* `value` is JSON, or a bare word or text; null takes the signal away. */
void pi_repl_set_signal(pi_repl_session *self, pi_slice name, pi_slice value);
/* Sets a part of a violation, where the path is one's; else false. `rest` is the line from the value on. */
bool pi_repl_set_violation(pi_repl_session *self, pi_slice path, pi_slice value, pi_slice rest);

/* --- the commands --- */
#define COMMAND(name, function, form, one, two, three, least, most, summary, about)                          \
  void function(pi_repl_call *call);
#include "repl_commands.def"
#undef COMMAND

/* Takes edited scripts if they load; says what came of it. `asked`: also when nothing changed. */
void pi_repl_reload(pi_repl_session *self, bool asked);

#endif
