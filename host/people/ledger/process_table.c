#include <stddef.h>

#include "process_table.h"

const char *const PI_ACTION_NAMES[] = {
#define ACTION(NAME, word, ...) word,
#include "process.def"
    NULL};
const char *const PI_STATE_NAMES[] = {
#define STATE(NAME, word, ...) word,
#include "process.def"
    NULL};
const pi_action_row PI_ACTIONS[] = {
#define ACTION(NAME, word, position, was, does, instead) {position, was, does, instead},
#include "process.def"
};
const pi_state_row PI_STATES[] = {
#define STATE(NAME, word, said, waits_for, next, title, lacks, has)                                          \
  {said, waits_for, next, title, {PI_STATE_##lacks, PI_STATE_##has}},
#include "process.def"
};
const char *const PI_ROLE_NAMES[] = {"enforcement", "trust_safety", "adviser", "senior", "secretary", NULL};
const char *const PI_BACKGROUND_NAMES[] = {"government", "human_rights", "journalism", "news",
                                           "technology", "law",          "market",     NULL};
const char *const PI_POSITION_NAMES[] = {"notice", "remove", NULL};

unsigned pi_process_word_find(const char *const *names, pi_slice word) {
  unsigned i = 0;
  while (names[i] != NULL && !pi_slice_equal(pi_slice_of(names[i]), word)) i++;
  return i;
}

const pi_transition PI_TRANSITIONS[] = {
#define TRANSITION(FROM, ACTION, TO, ROLE, guards)                                                           \
  {PI_STATE_##FROM, PI_ACTION_##ACTION, PI_STATE_##TO, PI_ROLE_##ROLE, guards},
#include "process.def"
};
const int PI_TRANSITIONS_COUNT = sizeof PI_TRANSITIONS / sizeof PI_TRANSITIONS[0];

const pi_transition *pi_transition_find(pi_state from, pi_action action) {
  for (int i = 0; i < PI_TRANSITIONS_COUNT; i++) {
    if (PI_TRANSITIONS[i].from == from && PI_TRANSITIONS[i].action == action) return &PI_TRANSITIONS[i];
  }
  return NULL;
}

pi_state pi_state_after(pi_state filed, pi_action action) {
  const pi_transition *way = pi_transition_find(filed, action);
  for (int i = 0; i < PI_TRANSITIONS_COUNT && way == NULL; i++) {
    if (PI_TRANSITIONS[i].action == action) way = &PI_TRANSITIONS[i];
  }
  return way != NULL ? way->to : filed;
}

pi_state pi_state_seen(pi_state filed, bool complete) {
  return filed < PI_STATE_COUNT ? PI_STATES[filed].seen[complete] : filed;
}
