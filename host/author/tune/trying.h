/* Generated cases on which changed policies are compared with the policy as it is. */
#ifndef PI_TRYING_H
#define PI_TRYING_H

#include <pubint/engine.h>

#include "generator.h"
#include "literals.h"

typedef struct pi_trying {
  pi_arena *arena;
  pubint_engine *engine;
  pi_case **cases; /* each of them is weighed */
  uint32_t count;
} pi_trying;

/* What one literal turned out to give, where it alone was changed. */
typedef struct pi_tried {
  bool refused;                      /* the policy did not load */
  bool market;                       /* the first weight that it gives is of a market's factor, */
  char factor[PI_ID_LENGTH_MAX + 1]; /* of this id; "": none was seen */
  bool weight, bar;
  bool twice; /* two at once */
  bool other; /* something else changed */
  bool fails; /* a script fails with it, so that what else it gives does not show */
} pi_tried;

/* Is told of a case's two evaluations; false: that is enough. */
typedef bool pi_trying_take(void *context, const pubint_evaluation *now, const pubint_evaluation *changed);

/* Makes the cases, which lie in the arena. Dispose in either case. */
pubint_status pi_trying_begin(pi_trying *out, const pi_places *places, pi_arena *arena, pubint_error *error);
void pi_trying_end(pi_trying *self);

/* Evaluates them under the policy as it is and under `changed`. */
pubint_status pi_trying_run(pi_trying *self, const pubint_policy *changed, pi_trying_take *take,
                            void *context, pubint_error *error);

/* Tries literal `index` alone with another number; `milli` is room for one a literal. */
pubint_status pi_trying_one(pi_trying *self, const pi_literals *literals, uint32_t index, int32_t to,
                            int32_t *milli, pi_tried *out, pubint_error *error);

#endif
