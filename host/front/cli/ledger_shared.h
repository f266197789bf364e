/* What the commands of `pubint ledger` share: its file, its clock, and how a refusal ends. */
#ifndef PI_LEDGER_SHARED_H
#define PI_LEDGER_SHARED_H

#include "command_line.h"
#include "process.h"
#include "store.h"

/* First member, `shared`, of the struct of each command's options. */
typedef struct pi_ledger_options {
  const char *ledger; /* NULL: PUBINT_LEDGER names it */
  const char *at;     /* NULL: the machine's clock */
} pi_ledger_options;

#define PI_LEDGER_OPTION(type)                                                                               \
  {                                                                                                          \
    0, "ledger", PI_OPTION_TEXT, "FILE", NULL, offsetof(type, shared.ledger),                                \
        "the ledger's file (else PUBINT_LEDGER names it)"                                                    \
  }
#define PI_LEDGER_AT_OPTION(type)                                                                            \
  {                                                                                                          \
    0, "at", PI_OPTION_TEXT, "TIME", NULL, offsetof(type, shared.at),                                        \
        "when it is done, as in 2020-05-29T04:53:00Z (else now)"                                             \
  }

#define PI_LEDGER_WAITED_OPTION(type, who)                                                                   \
  {                                                                                                          \
    0, "at", PI_OPTION_TEXT, "TIME", NULL, offsetof(type, shared.at),                                        \
        "tell how long " who " waited at that time (else now)"                                               \
  }

/* Opens the ledger that --ledger or PUBINT_LEDGER names; on failure, said already, NULL and *status. */
pi_ledger *pi_ledger_shared_open(const pi_ledger_options *options, pi_ledger_use use, pi_exit *status);

/* Whether a ledger is named that is not there, or is an empty file yet. */
bool pi_ledger_shared_lacks_file(const pi_ledger_options *options);

/* Whether a new ledger would not become a file of the policy; if it would, said already, *status. */
bool pi_ledger_shared_spares_policy(const pi_call *call, const pi_ledger_options *options, pi_exit *status);

/* The time of --at, else now; false on failure, said already. */
bool pi_ledger_shared_time(const pi_ledger_options *options, int64_t *at, pi_exit *status);

/* Says what came of an act, and what comes next. */
pi_exit pi_ledger_shared_say_done(const pi_call *call, pi_slice id, pi_action action, const pi_done *done);

/* Prints a line of JSON as pi_terminal_json does, and disposes of it. */
void pi_ledger_shared_put_json(const pi_call *call, pi_buffer *line);

/* A command line that lacks something: `pubint ledger NAME FORM` is what was expected. */
pi_exit pi_ledger_shared_lacks(const pi_command *self, const char *message);

/* Prints the tables of transparency, and reads --year (0: not given); false on failure, said already. */
pi_exit pi_ledger_shared_transparency(const pi_call *call, pi_ledger *ledger, uint64_t year, bool csv,
                                      bool all_counts);
bool pi_ledger_shared_year(uint64_t year, pi_exit *status);

/* Says on standard error that a rule is none of the policy's, and which it nearly names: of a case that was
 * evaluated, and of the last round of one in the ledger. */
void pi_ledger_shared_warn_of_rules(const pubint_evaluation *evaluation);
void pi_ledger_shared_warn_of_record(pi_ledger *ledger, pi_slice id);

#endif
