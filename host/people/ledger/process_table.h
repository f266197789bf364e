/* The order of the steps, and the words in which the record speaks of them: process.def, as C. */
#ifndef PI_PROCESS_TABLE_H
#define PI_PROCESS_TABLE_H

#include <stdbool.h>

#include "slice.h"

typedef enum pi_action {
#define ACTION(NAME, ...) PI_ACTION_##NAME,
#include "process.def"
  PI_ACTION_COUNT,
} pi_action;

/* Where a case stands. */
typedef enum pi_state {
#define STATE(NAME, ...) PI_STATE_##NAME,
#include "process.def"
  PI_STATE_COUNT,
} pi_state;

/* What an action is, in words; process.def says what each is. */
typedef struct pi_action_row {
  bool position;
  const char *was;
  const char *does;
  const char *instead;
} pi_action_row;
extern const pi_action_row PI_ACTIONS[PI_ACTION_COUNT];

typedef struct pi_state_row {
  const char *said;
  const char *waits_for;
  const char *next;
  const char *title;
  pi_state seen[2]; /* [whether the advice is complete]; PI_STATE_ABSENT: the file never says this state */
} pi_state_row;
extern const pi_state_row PI_STATES[PI_STATE_COUNT];

typedef enum pi_role {
  PI_ROLE_ENFORCEMENT,
  PI_ROLE_TRUST_SAFETY,
  PI_ROLE_ADVISER,
  PI_ROLE_SENIOR,
  PI_ROLE_SECRETARY, /* who informs: anybody, since it takes no part in the outcome */
  PI_ROLE_COUNT,
} pi_role;

/* R036, and R037: the market, which is none of the six. There is no outside adviser (R045). */
typedef enum pi_background {
  PI_BACKGROUND_GOVERNMENT,
  PI_BACKGROUND_HUMAN_RIGHTS,
  PI_BACKGROUND_JOURNALISM,
  PI_BACKGROUND_NEWS,
  PI_BACKGROUND_TECHNOLOGY,
  PI_BACKGROUND_LAW,
  PI_BACKGROUND_MARKET,
  PI_BACKGROUND_COUNT,
  PI_BACKGROUND_NONE = PI_BACKGROUND_COUNT,
} pi_background;

/* R040: there is no third. */
typedef enum pi_position {
  PI_POSITION_NOTICE,
  PI_POSITION_REMOVE,
  PI_POSITION_COUNT,
  PI_POSITION_NONE = PI_POSITION_COUNT, /* an adviser who takes none */
} pi_position;

/* The words of each, as they stand in the file, on the command line and in JSON. */
extern const char *const PI_ACTION_NAMES[PI_ACTION_COUNT + 1];
extern const char *const PI_STATE_NAMES[PI_STATE_COUNT + 1];
extern const char *const PI_ROLE_NAMES[PI_ROLE_COUNT + 1];
extern const char *const PI_BACKGROUND_NAMES[PI_BACKGROUND_COUNT + 1]; /* ends in NULL, as all of them */
extern const char *const PI_POSITION_NAMES[PI_POSITION_COUNT + 1];

/* The index of `word` among `names`, or their count. */
unsigned pi_process_word_find(const char *const *names, pi_slice word);

/* How many of the six backgrounds a decision needs besides the market, at least. */
enum { PI_BACKGROUNDS_MIN = 3, PI_BACKGROUNDS_MAX = PI_BACKGROUND_MARKET };
_Static_assert(PI_BACKGROUNDS_MIN == 3 && PI_BACKGROUNDS_MAX == 6, "what E4071 and E4078 say");

/* What a step asks for besides its place in the order; of those that fail the first is told. */
typedef enum pi_guard {
  PI_GUARD_NOT_BEFORE = 1 << 0, /* no earlier than the step before */
  PI_GUARD_ASSESSED = 1 << 1,   /* some rule is broken, and no criterion unknown (R031, A11) */
  PI_GUARD_ELIGIBLE = 1 << 2,   /* the criteria are met (R030, R032) */
  PI_GUARD_NOT_BARRED = 1 << 3, /* a notice only where one is possible (R003, R072, R095, R112) */
  PI_GUARD_ONE_CHAIR = 1 << 4,  /* who recommended does nothing else, who advised does not decide (A23) */
  PI_GUARD_OWN_VOICE = 1 << 5,  /* one person speaks once a round */
  PI_GUARD_OWN_TEAM = 1 << 6,   /* an adviser is of an internal team, the market's of its own (R037, R045) */
  PI_GUARD_AS_EVALUATED = 1 << 7, /* against the evaluation only with a reason (R034) */
  PI_GUARD_AS_ADVISED = 1 << 8,   /* against recommendation or majority only with a reason (A22) */
  PI_GUARD_REASON = 1 << 9,       /* only with a reason */
  PI_GUARD_FINDING = 1 << 10, /* a notice only with a finding, given once, and nothing else with one (R003) */
  PI_GUARD_NO_SLIP = 1 << 11, /* no unknown rule that nearly names one never excepted, unless said so (A14) */
} pi_guard;

typedef struct pi_transition {
  pi_state from;
  pi_action action;
  pi_state to;
  pi_role role;
  unsigned guards;
} pi_transition;

/* Every step there is; what stands in no row is refused. */
extern const pi_transition PI_TRANSITIONS[];
extern const int PI_TRANSITIONS_COUNT;

/* NULL where that action is not open to a case in that state. */
const pi_transition *pi_transition_find(pi_state from, pi_action action);

/* What the file says of a case of which it said `filed`, once that is on record; also of an act that an
 * earlier version allowed in that state. An action that is none changes nothing. */
pi_state pi_state_after(pi_state filed, pi_action action);

/* Where a case stands of which the file says `filed`; what is no state is left as it is. */
pi_state pi_state_seen(pi_state filed, bool complete);

#endif
