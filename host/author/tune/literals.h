/* The numbers that scripts write out, each with its place, and the policy once more with other numbers there.
 */
#ifndef PI_LITERALS_H
#define PI_LITERALS_H

#include "places.h"

/* How its tokens say that it is used. */
typedef enum pi_literal_form {
  PI_LITERAL_ANY,      /* they do not say: it has to be tried */
  PI_LITERAL_WEIGHT,   /* the third argument of interest() or harm() */
  PI_LITERAL_BAR,      /* bar = 2.5 */
  PI_LITERAL_COMPUTED, /* beside an operator: what it gives is another number, or none */
  PI_LITERAL_UNFIT,    /* no multiple of 0.001 from 0 to 100, which every weight and bar is */
} pi_literal_form;

typedef struct pi_literal {
  const pi_script *script;
  const pi_token *token; /* its text and place */
  pi_literal_form form;
  int32_t milli;   /* in thousandths; of a form that is fit */
  pi_slice factor; /* of PI_LITERAL_WEIGHT: the id, where it is written out before it; else .ptr NULL */
} pi_literal;

typedef struct pi_literals {
  const pubint_policy *policy;
  const pi_literal *items; /* by script, in the order of their places */
  uint32_t count;
} pi_literals;

/* Finds all of them. `places` has the policy's tokens; it and the arena must outlive them. */
pubint_status pi_literals_find(pi_literals *out, const pi_places *places, pi_arena *arena,
                               pubint_error *error);

/* Whether the name that it is given to (local w = 3, { w = 3 }) stands beside an operator somewhere: in the
 * same script, or of a table's key in any. What is compared at one value alone, no trying finds. */
bool pi_literals_name_is_computed(const pi_literals *self, const pi_places *places, uint32_t index);

/* Loads the policy with other numbers in their places: milli[i] in thousandths, or below 0 as it stands.
 * PUBINT_E_POLICY where the scripts do not take them. The caller frees it before the literals' policy. */
pubint_status pi_literals_load(pubint_policy **out, const pi_literals *self, const int32_t *milli,
                               pubint_error *error);

#endif
