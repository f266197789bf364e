/* A ledger of a test's own, with the default policy to evaluate under and people who act on it.
 *
 * Time goes on by a minute an act. Every function fails the test when it cannot do what it says.
 */
#ifndef PI_DESK_H
#define PI_DESK_H

#include <pubint.h>

#include "process.h"
#include "record.h"
#include "store.h"
#include "test.h"

typedef struct desk {
  char folder[256];
  char file[320];
  pubint_policy *policy;
  pubint_engine *engine;
  pubint_case *input;
  const pubint_evaluation *evaluation;
  pi_ledger *ledger;
  pi_arena arena; /* of the last record read */
  int64_t now;
  char somebody[32]; /* who does an act that nobody is named for */
  int made;          /* cases with an id of the desk's choice */
  pubint_error error;
  pi_done done;
} desk;

/* Signs that nobody sees, of each kind, and blanks. */
static const uint32_t DESK_UNSEEN[] = {
    ' ',    '\t',   '\n',   0x01,   0x1b,   0x7f,    0x80,    0x9b,    0xa0,    0xad,    0x34f,   0x61c,
    0x115f, 0x1160, 0x1680, 0x17b4, 0x17b5, 0x180b,  0x180e,  0x180f,  0x2000,  0x200b,  0x200c,  0x200d,
    0x200e, 0x2028, 0x202e, 0x202f, 0x205f, 0x2060,  0x2066,  0x206f,  0x2800,  0x3000,  0x3164,  0xfe0f,
    0xfeff, 0xffa0, 0xfff0, 0xfff9, 0xfffb, 0x13430, 0x16fe4, 0x1bca0, 0x1d159, 0x1d173, 0xe0001, 0xe0041,
};

/* Setup and teardown of a test: an empty ledger. */
int desk_set_up(void **state);
int desk_tear_down(void **state);
#define DESK_TEST(test) cmocka_unit_test_setup_teardown(test, desk_set_up, desk_tear_down)

/* What a case of the desk is like; "" takes what stands behind each. */
typedef struct desk_case {
  const char *account;    /* of an eligible member of parliament */
  const char *violations; /* an insult */
  const char *context;    /* a market NL, and facts for which the evaluation says notice */
} desk_case;

extern const char *const DESK_REMOVED; /* a context for which the evaluation says remove */
extern const char *const DESK_REVIEW;  /* one that leaves it to people */

/* Evaluates a case of that id; in the texts ' stands for ". */
const pubint_evaluation *desk_evaluate(desk *self, const char *id, desk_case like);

/* One act; the status of it, and done or error in the desk. Of `who` a NULL is somebody who has done nothing
 * yet. `reason` may be NULL. A notice is recommended with a finding, DESK_FINDING, and who advises is of a
 * team, DESK_TEAM of the market and any other else. */
#define DESK_FINDING "It tells voters what their member says of the minister."
#define DESK_TEAM    "Public Policy Netherlands"
pubint_status desk_open(desk *self, const char *id, desk_case like);
pubint_status desk_recommend(desk *self, const char *id, const char *who, pi_position position,
                             const char *reason);
pubint_status desk_advise(desk *self, const char *id, const char *who, pi_background background,
                          pi_position position);
pubint_status desk_inform(desk *self, const char *id, const char *who);
pubint_status desk_decide(desk *self, const char *id, const char *who, pi_position position,
                          const char *reason);
pubint_status desk_find(desk *self, const char *id, const char *who, const char *reason); /* for a notice */
pubint_status desk_reopen(desk *self, const char *id, desk_case like, const char *reason);

/* Advice of three backgrounds and of the market's team, all of one mind. */
void desk_hear(desk *self, const char *id, pi_position position);

/* The same, and they are informed: the case waits for its decision. */
void desk_consult(desk *self, const char *id, pi_position position);

/* Takes a new case to that state; its id, which lasts until the next call, is "" for PI_STATE_ABSENT's. */
const char *desk_bring(desk *self, pi_state state, char id[32]);

/* The act was refused with that code. */
void desk_refused(const desk *self, pubint_status status, unsigned code);

/* The record, until the next call. */
pi_record desk_record(desk *self, const char *id);

/* Runs SQL on the file's own connection; "" when it is done, else what SQLite says, until the next call. */
const char *desk_sql(desk *self, const char *sql);

/* The one number that it gives. */
int64_t desk_ask(desk *self, const char *sql);

/* Takes away every trigger, as somebody might who can write the file. */
void desk_drop_triggers(desk *self);

/* The audit log is whole. */
void desk_whole(desk *self);

#endif
