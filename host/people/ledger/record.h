/* A case's whole record, as it stands in the ledger: every round with its facts and its evaluation, every
 * step in the order in which it was taken. */
#ifndef PI_RECORD_H
#define PI_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "process_table.h"
#include "store.h"

/* Recommendation, advice, informing or decision. */
typedef struct pi_step {
  int64_t entry;       /* its place in the audit log */
  int64_t at;          /* seconds since 1970, UTC: as of when it counts, */
  int64_t recorded_at; /* and as it was recorded, which is the same unless it was corrected */
  pi_action action;
  pi_role role;
  pi_slice who;
  pi_background background; /* of advice; else PI_BACKGROUND_NONE */
  pi_slice who_key;         /* by which persons are compared (person.h), */
  pi_slice team_key;        /* and teams */
  pi_slice team;            /* of an adviser; .ptr NULL: none, as earlier versions allowed */
  pi_position position;     /* PI_POSITION_NONE: advice without one, inform */
  pi_slice reason;          /* of advice its note; .ptr NULL: none was given */
  pi_slice finding;         /* of a notice, once a round; .ptr NULL: none, or an earlier version's */
  const pi_slice *informed; /* of inform: who was, by name */
  int informed_count;
} pi_step;

/* One run through the four steps. */
typedef struct pi_round {
  int64_t entry;
  int64_t at;          /* opened, or reopened; as of when it counts, */
  int64_t recorded_at; /* and as it was recorded */
  int number;          /* from 1 */
  pi_role role;
  pi_slice who;
  pi_slice reason;     /* why it was reopened; .ptr NULL in the first round */
  pi_slice facts;      /* the case as JSON, as it was evaluated */
  pi_slice evaluation; /* as JSON, byte for byte */
  pi_slice policy;     /* "name@version+sha256:…" */
  pi_slice outcome;    /* of the evaluation: notice, remove, review */
  pi_slice basis;
  pi_slice barred;       /* why no notice is possible: not_eligible, or a word of bar.h; .ptr NULL: it is */
  bool has_margin;       /* some rule was weighed */
  int64_t margin;        /* the lowest of its rules, in billionths */
  pi_slice market;       /* .ptr NULL: not known */
  const pi_slice *teams; /* of the market, as its script named them then */
  int teams_count;
  const pi_slice *rules; /* violated, each once, bytewise ascending */
  int rules_count;
  const pi_step *steps;
  int steps_count;
} pi_round;

/* What was said of a round or a step later. */
typedef struct pi_correction {
  int64_t entry;
  int64_t record; /* the entry of what it is of */
  int64_t at;
  pi_slice who;
  pi_slice note;
  bool has_time; /* the record counts as of another time, unless a later one says so too */
  int64_t time;
} pi_correction;

typedef struct pi_record {
  int64_t entry; /* at which it was opened */
  pi_slice id;
  int64_t opened_at;
  pi_slice opened_by;
  pi_state state; /* of the last round */
  int required;   /* how many backgrounds a decision needs */
  const pi_round *rounds;
  int rounds_count;
  const pi_correction *corrections; /* in the order in which they were made */
  int corrections_count;
} pi_record;

/* How much of it is read: of the last round alone who did what, without its facts, its evaluation, its rules,
 * the names of those who were informed and what was corrected; the last round alone, as it stands; every
 * round. */
typedef enum pi_record_extent { PI_RECORD_STEPS, PI_RECORD_ROUND, PI_RECORD_WHOLE } pi_record_extent;

/* Reads the record of a case at one moment; E4066 where the ledger has none. Texts and lists lie in the
 * arena. */
pubint_status pi_record_read(pi_record *out, pi_ledger *ledger, pi_slice id, pi_record_extent extent,
                             pi_arena *arena, pubint_error *error);

/* Calls `each` with every record, in the order in which cases were opened, all of one moment; the arena is
 * reset before each. Ends at the first status that is not PUBINT_OK, and returns it. */
typedef pubint_status (*pi_record_visit)(void *self, const pi_record *record, pubint_error *error);
pubint_status pi_record_each(pi_ledger *ledger, pi_record_visit each, void *self, pubint_error *error);

/* Where a round stands when a decision needs `required` backgrounds. */
pi_state pi_round_state(const pi_round *round, int required);

/* Whether those who advised were informed, and nobody has advised since. */
bool pi_round_informed(const pi_round *round);

/* The time of its last step, or that at which it began. */
int64_t pi_round_last_at(const pi_round *round);

/* The last round, and its one recommendation or decision; NULL where there is none yet. */
const pi_round *pi_record_last(const pi_record *record);
const pi_step *pi_round_step(const pi_round *round, pi_action action);

/* Whether the round's policy had no script for the rule, as its evaluation says. */
bool pi_round_lacks_script(const pi_round *round, pi_slice rule, pi_arena *arena);

/* The decision in force: that of the last round that was decided; NULL where there is none. *round, which may
 * be NULL, gets the round. */
const pi_step *pi_record_decision(const pi_record *record, const pi_round **round);

/* How many people advised in a round. */
int pi_round_advisers(const pi_round *round);

/* How many teams they are of; 0 where one of them names none, as earlier versions allowed. */
int pi_round_teams(const pi_round *round);

/* What the advisers of a round think, each once, and how many of the six backgrounds were heard. */
typedef struct pi_hearing {
  int notice;
  int remove;
  int backgrounds; /* distinct, the market not among them */
  bool market;
  unsigned heard; /* bit i: background i */
} pi_hearing;
void pi_round_hearing(const pi_round *round, pi_hearing *out);
void pi_hearing_add(pi_hearing *self, pi_background background);

/* Whether it is what a decision needs that needs `required` backgrounds. */
bool pi_hearing_complete(const pi_hearing *self, int required);

#endif
