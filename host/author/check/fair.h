/* What may not decide a case: who somebody is, which case or Tweet it is, the wording, and how a moment is
 * written: every id, name, text, country and time. Each has another value here that must change nothing. */
#ifndef PI_FAIR_H
#define PI_FAIR_H

#include "arena.h"
#include "case.h"

/* The ways in which such a fact is changed. */
typedef enum pi_fair_way {
  PI_FAIR_OTHER,    /* another name; other letters at the same places; the same moment in another zone */
  PI_FAIR_UNKNOWN,  /* nobody knows it */
  PI_FAIR_REPLACED, /* another text altogether: its length and its signs too */
  PI_FAIR_WAYS
} pi_fair_way;

/* Whether the known fact of this case is such a one and can be changed that way. */
bool pi_fair_takes(const pi_case *input, pi_fact fact, pi_fair_way way);

/* Changes the fact that way, in the arena where need be; what is left out of *changed stays as it was.
 * False when the arena is used up. */
bool pi_fair_alter(pi_case *changed, pi_fact fact, pi_fair_way way, pi_arena *arena);

/* What changed, after the fact's name in a message: " alone", or that only its spelling did. */
const char *pi_fair_manner(pi_fact fact, pi_fair_way way);

#endif
