#include <stddef.h>

#include "process.h"

const char *const PI_ACTION_NAMES[] = {"open", "recommend", "advise", "decide", "reopen", NULL};
const char *const PI_STATE_NAMES[] = {"absent", "opened", "recommended", "advised", "decided", NULL};
const char *const PI_ROLE_NAMES[] = {"enforcement", "trust_safety", "adviser", "senior", NULL};
const char *const PI_BACKGROUND_NAMES[] = {"government", "human_rights", "journalism", "news",
                                           "technology", "law",          "market",     NULL};
const char *const PI_POSITION_NAMES[] = {"notice", "remove", NULL};

unsigned pi_word_find(const char *const *names, pi_slice word) {
  unsigned i = 0;
  while (names[i] != NULL && !pi_slice_equal(pi_slice_of(names[i]), word)) i++;
  return i;
}

/* R030, R033, R035, R038 in order; R039: no decision comes before the advice is complete, which is what
 * ADVISED means. A20: a changed decision goes through all of it again. */
const pi_transition PI_TRANSITIONS[] = {
    {PI_STATE_ABSENT, PI_ACTION_OPEN, PI_STATE_OPENED, PI_ROLE_ENFORCEMENT,
     PI_GUARD_ASSESSED | PI_GUARD_ELIGIBLE},
    {PI_STATE_OPENED, PI_ACTION_RECOMMEND, PI_STATE_RECOMMENDED, PI_ROLE_TRUST_SAFETY,
     PI_GUARD_NOT_BEFORE | PI_GUARD_NOT_BARRED | PI_GUARD_AS_EVALUATED},
    {PI_STATE_RECOMMENDED, PI_ACTION_ADVISE, PI_STATE_RECOMMENDED, PI_ROLE_ADVISER,
     PI_GUARD_NOT_BEFORE | PI_GUARD_OWN_VOICE | PI_GUARD_OWN_TEAM},
    {PI_STATE_ADVISED, PI_ACTION_ADVISE, PI_STATE_RECOMMENDED, PI_ROLE_ADVISER,
     PI_GUARD_NOT_BEFORE | PI_GUARD_OWN_VOICE | PI_GUARD_OWN_TEAM},
    {PI_STATE_ADVISED, PI_ACTION_DECIDE, PI_STATE_DECIDED, PI_ROLE_SENIOR,
     PI_GUARD_NOT_BEFORE | PI_GUARD_NOT_BARRED | PI_GUARD_OTHER_PERSON | PI_GUARD_AS_ADVISED},
    {PI_STATE_DECIDED, PI_ACTION_REOPEN, PI_STATE_OPENED, PI_ROLE_SENIOR,
     PI_GUARD_NOT_BEFORE | PI_GUARD_ASSESSED | PI_GUARD_REASON},
};
const int PI_TRANSITIONS_COUNT = sizeof PI_TRANSITIONS / sizeof PI_TRANSITIONS[0];

const pi_transition *pi_transition_find(pi_state from, pi_action action) {
  for (int i = 0; i < PI_TRANSITIONS_COUNT; i++) {
    if (PI_TRANSITIONS[i].from == from && PI_TRANSITIONS[i].action == action) return &PI_TRANSITIONS[i];
  }
  return NULL;
}
