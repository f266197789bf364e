/* Numbers of the scripts that somebody replaces while experimenting, and where each number comes from.
 *
 * Owned by an interactive session and lent to its engine, which fills in what it notes while weighing. An
 * engine without one, which is every other engine, pays a comparison a script call and nothing else.
 */
#ifndef PI_OVERRIDES_H
#define PI_OVERRIDES_H

#include <stdbool.h>
#include <stdint.h>

#include "balance.h"
#include "case.h"
#include "sandbox.h"

enum { PI_OVERRIDES_MAX = 64 };

/* A factor's weight under a rule, or, where the factor's id is empty, the rule's bar; in thousandths. */
typedef struct pi_override {
  char rule[PI_ID_LENGTH_MAX + 1];
  char factor[PI_ID_LENGTH_MAX + 1];
  int32_t milli;
} pi_override;

/* What was noted of one entry while it was weighed. */
typedef struct pi_entry_notes {
  pi_factor_place places[PI_FACTORS_MAX]; /* by factor: the line that put it on the balance */
  int32_t weights[PI_FACTORS_MAX]; /* by factor: the script's own weight where it was replaced, else 0 */
  int32_t bar;                     /* the script's own bar where it was replaced, else -1 */
  uint64_t rule_nanoseconds;       /* what its scripts took */
  uint64_t market_nanoseconds;
} pi_entry_notes;

typedef struct pi_overrides {
  uint32_t count;
  pi_override items[PI_OVERRIDES_MAX];
  pi_entry_notes notes[PI_VIOLATIONS_MAX]; /* by entry of the last evaluation */
} pi_overrides;

/* The override of a factor's weight, or with an empty factor of a bar; NULL where there is none. */
const pi_override *pi_overrides_find(const pi_overrides *self, pi_slice rule, pi_slice factor);

/* Sets one, or takes it away with milli < 0; false where there are too many. Ids of more than 48 bytes name
 * nothing. */
bool pi_overrides_set(pi_overrides *self, pi_slice rule, pi_slice factor, int32_t milli);

/* Replaces the weights of what stands on the balance from factor `first` on. */
void pi_overrides_apply(pi_overrides *self, pi_entry_notes *notes, pi_slice rule, pi_balance *balance,
                        uint32_t first);

#endif
