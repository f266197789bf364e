/* The literals that scripts compare what a case says with: `case.signals.alarm == "red"`, `depth > 0.37`, the
 * names of a table that is looked up. */
#ifndef PI_COMPARED_H
#define PI_COMPARED_H

#include "places.h"

typedef struct pi_compared {
  const pi_script *script;
  pi_slice key;  /* the last name of what is compared: "alarm"; .ptr NULL: it cannot be told */
  pi_slice word; /* .ptr NULL: it is a number */
  double number;
} pi_compared;

/* Appends those of one script to out[count..most]; returns how many there are then. */
uint32_t pi_compared_find(const pi_script *script, const pi_tokens *tokens, pi_compared *out, uint32_t count,
                          uint32_t most);

#endif
