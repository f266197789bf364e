/* Makes a case that shows something smaller, a step at a time, for as long as it still shows it. What that
 * is, only the caller knows. */
#ifndef PI_SHRINK_H
#define PI_SHRINK_H

#include "arena.h"
#include "case.h"

typedef struct pi_shrink {
  /* Sets *shown: whether this case shows it. */
  pubint_status (*shows)(void *context, const pi_case *input, bool *shown);
  /* Moves other facts of *input, one of which was just taken away, to where it shows it again; *shown is
   * false where there is no such place. NULL: facts do not take each other's place. */
  pubint_status (*refit)(void *context, pi_case *input, bool *shown);
  void *context;
} pi_shrink;

/* Makes *input smaller until removing or zeroing any single fact makes it go away. One that does not show it
 * is kept as it is. Parts of the smaller case lie in the arena. */
pubint_status pi_shrink_case(const pi_shrink *self, pi_case *input, pi_arena *arena);

#endif
