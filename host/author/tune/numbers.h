/* The numbers of a policy that can be tuned: literals that give a weight or a bar and do nothing else.
 *
 * Which these are is tried and not guessed: the policy is loaded with other numbers in their places, and of
 * generated cases nothing may change but the weights and bars, each to exactly the number that stands in its
 * place. A literal that fails that is told with its place and the reason.
 */
#ifndef PI_NUMBERS_H
#define PI_NUMBERS_H

#include "evaluation.h"
#include "literals.h"

enum { PI_NUMBERS_MAX = 2000, PI_BAR_MAX = PI_BAR_POINTS_MAX * 1000 };

/* Why a literal is none. */
typedef enum pi_number_reason {
  PI_NUMBER_IS_COMPUTED, /* an operator stands beside it */
  PI_NUMBER_IS_UNFIT,    /* no weight and no bar can be that */
  PI_NUMBER_IS_OTHER,    /* neither a weight nor a bar comes of it */
  PI_NUMBER_IS_MORE,     /* something else comes of it too */
  PI_NUMBER_IS_TWICE,    /* it gives more than one weight or bar at once */
  PI_NUMBER_IS_REFUSED,  /* with another number there the scripts do not load */
  PI_NUMBER_IS_BEYOND,   /* PI_NUMBERS_MAX stand before it */
} pi_number_reason;

/* What a number weighs or bars: a factor under a rule or of a market, or with no factor a rule's bar. */
typedef struct pi_number_entry {
  bool market;
  pi_slice owner;  /* the rule or the market */
  pi_slice factor; /* .ptr NULL: the bar */
} pi_number_entry;

typedef struct pi_number {
  const pi_literal *literal;
  bool bar;
  int32_t milli;       /* as the script has it, in thousandths */
  int32_t least, most; /* what it may be */
  int32_t mark;        /* what tells it from all others: its weight under the marked policy */
  pi_number_entry *entries;
  uint32_t entries_count, entries_room;
} pi_number;

typedef struct pi_number_refused {
  const pi_literal *literal;
  pi_number_reason reason;
  bool bar, market;   /* what it was seen to give besides: a bar, */
  const char *factor; /* or the weight of a factor, perhaps a market's; "": none */
} pi_number_refused;

typedef struct pi_numbers {
  pi_arena arena;
  const pubint_policy *policy; /* borrowed */
  pubint_policy *marked;       /* the policy with every weight's number replaced by its mark; owned */
  pi_literals literals;
  pi_number *items; /* in the order of their places */
  uint32_t count;
  pi_number_refused *refused; /* as well */
  uint32_t refused_count;
  uint16_t by_mark[PI_WEIGHT_MAX + 1]; /* 1 + the number of that mark; 0: none */
  uint16_t *bars;                      /* by script: 1 + the number that is its bar */
} pi_numbers;

/* Finds them. Dispose in either case; `policy` must outlive them. */
pubint_status pi_numbers_find(pi_numbers *out, const pubint_policy *policy, pubint_error *error);
void pi_numbers_dispose(pi_numbers *self);

/* The number that gives a factor its weight, by its index, where the factor is the same under the marked
 * policy: -1 where none does. False where the two weights do not come of one number. */
bool pi_numbers_of(const pi_numbers *self, const pi_factor *factor, const pi_factor *marked, int *index);

/* Whether the number weighs that factor there; with no factor (.ptr NULL) whether it is the rule's bar. */
bool pi_number_touches(const pi_number *self, bool market, pi_slice owner, pi_slice factor);

/* In a few words, for people. */
const char *pi_number_reason_text(pi_number_reason reason);

#endif
