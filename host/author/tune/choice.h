/* Which numbers are asked for, by rule, market and factor. */
#ifndef PI_CHOICE_H
#define PI_CHOICE_H

#include "numbers.h"

/* Those that weigh `factor`, or with `bar` the bar, of one rule or market; all of them where neither is
 * named. */
typedef struct pi_choice {
  const char *rule, *market; /* one of them, or NULL */
  const char *factor;
  bool bar;
} pi_choice;

static inline bool pi_choice_is_all(const pi_choice *self) {
  return self->rule == NULL && self->market == NULL;
}

bool pi_choice_names(const pi_choice *self, const pi_number *number);

/* Fills the error, E4110, of a choice that names none: with the literal that was seen to give what was asked
 * for and is no number, else with what is nearly named. */
pubint_status pi_choice_refuse(const pi_choice *self, const pi_numbers *numbers, pubint_error *error);

#endif
