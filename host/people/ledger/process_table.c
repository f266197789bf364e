#include <stddef.h>

#include "process_table.h"

const char *const PI_ACTION_NAMES[] = {"open", "recommend", "advise", "inform", "decide", "reopen", NULL};
const char *const PI_STATE_NAMES[] = {"absent",   "opened",  "recommended", "advised",
                                      "informed", "decided", NULL};
const char *const PI_ROLE_NAMES[] = {"enforcement", "trust_safety", "adviser", "senior", "secretary", NULL};
const char *const PI_BACKGROUND_NAMES[] = {"government", "human_rights", "journalism", "news",
                                           "technology", "law",          "market",     NULL};
const char *const PI_POSITION_NAMES[] = {"notice", "remove", NULL};

unsigned pi_process_word_find(const char *const *names, pi_slice word) {
  unsigned i = 0;
  while (names[i] != NULL && !pi_slice_equal(pi_slice_of(names[i]), word)) i++;
  return i;
}

/* R030, R033, R035, R038 in order; R039: no decision comes before the advice is complete, which is what
 * ADVISED means, and those who gave it are informed. That anybody may do: the source says that it is done and
 * not by whom, and it takes no part in the outcome, so it is no chair (A23). A20: a changed decision goes
 * through all of it again. */
#define ADVISER (PI_GUARD_NOT_BEFORE | PI_GUARD_ONE_CHAIR | PI_GUARD_OWN_VOICE | PI_GUARD_OWN_TEAM)
const pi_transition PI_TRANSITIONS[] = {
    {PI_STATE_ABSENT, PI_ACTION_OPEN, PI_STATE_OPENED, PI_ROLE_ENFORCEMENT,
     PI_GUARD_ASSESSED | PI_GUARD_ELIGIBLE | PI_GUARD_NO_SLIP},
    {PI_STATE_OPENED, PI_ACTION_RECOMMEND, PI_STATE_RECOMMENDED, PI_ROLE_TRUST_SAFETY,
     PI_GUARD_NOT_BEFORE | PI_GUARD_NOT_BARRED | PI_GUARD_FINDING | PI_GUARD_AS_EVALUATED},
    {PI_STATE_RECOMMENDED, PI_ACTION_ADVISE, PI_STATE_RECOMMENDED, PI_ROLE_ADVISER, ADVISER},
    {PI_STATE_ADVISED, PI_ACTION_ADVISE, PI_STATE_RECOMMENDED, PI_ROLE_ADVISER, ADVISER},
    {PI_STATE_INFORMED, PI_ACTION_ADVISE, PI_STATE_RECOMMENDED, PI_ROLE_ADVISER, ADVISER},
    {PI_STATE_ADVISED, PI_ACTION_INFORM, PI_STATE_INFORMED, PI_ROLE_SECRETARY, PI_GUARD_NOT_BEFORE},
    {PI_STATE_INFORMED, PI_ACTION_DECIDE, PI_STATE_DECIDED, PI_ROLE_SENIOR,
     PI_GUARD_NOT_BEFORE | PI_GUARD_NOT_BARRED | PI_GUARD_ONE_CHAIR | PI_GUARD_FINDING | PI_GUARD_AS_ADVISED},
    {PI_STATE_DECIDED, PI_ACTION_REOPEN, PI_STATE_OPENED, PI_ROLE_SENIOR,
     PI_GUARD_NOT_BEFORE | PI_GUARD_ASSESSED | PI_GUARD_NO_SLIP | PI_GUARD_REASON},
};
const int PI_TRANSITIONS_COUNT = sizeof PI_TRANSITIONS / sizeof PI_TRANSITIONS[0];

const pi_transition *pi_transition_find(pi_state from, pi_action action) {
  for (int i = 0; i < PI_TRANSITIONS_COUNT; i++) {
    if (PI_TRANSITIONS[i].from == from && PI_TRANSITIONS[i].action == action) return &PI_TRANSITIONS[i];
  }
  return NULL;
}
