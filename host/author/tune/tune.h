/* Exact sensitivity over a corpus: for every number of a policy's scripts, how many outcomes change over its
 * range, and where.
 *
 * Each case is evaluated once and, where a margin can turn it, once more under the policy whose numbers are
 * marked, which shows what each margin is made of; the rest is arithmetic (tuned.h). Threads take whole
 * blocks, as a batch's do, and nothing that is told depends on how many there are.
 */
#ifndef PI_TUNE_H
#define PI_TUNE_H

#include "batch.h"
#include "choice.h"
#include "curve.h"
#include "decisions.h"
#include "suggest.h"

typedef struct pi_tune_options {
  const char *const *files; /* none: standard input */
  size_t files_count;
  unsigned threads;
  pi_choice which;
  const char *decisions; /* a file of them; NULL: none */
  bool has_at;           /* the cases that change at one value are wanted: */
  int32_t at;            /* in thousandths */
  const pi_stop *stop;   /* NULL: never */
  void (*progress)(void *context, const pi_batch_progress *now); /* as of a batch; may be NULL */
  void *context;
} pi_tune_options;

/* A case whose outcome changes at options->at. */
typedef struct pi_tune_change {
  uint16_t number;
  uint8_t was, becomes; /* pubint_outcome */
  pi_kept_case place;
} pi_tune_change;

typedef struct pi_tune {
  const pubint_policy *policy; /* borrowed, as are the options and what they name */
  const pi_tune_options *options;
  pi_numbers numbers;
  bool *selected;   /* by number */
  pi_curve *curves; /* as well; of those that are not selected nothing is counted */
  bool complete;    /* false: stopped, or failed, before every line was looked at */
  uint64_t lines;   /* == evaluated + refused */
  uint64_t evaluated, refused;
  uint64_t weighed;
  uint64_t depend; /* cases whose outcome one of the numbers can change */
  uint64_t untold; /* cases in which something else than weights follows from a number: not counted */
  pi_kept_case first_untold;
  pi_buffer changes; /* pi_tune_change, in the order of the cases */
  /* of decided cases, as they are now */
  pi_decisions decisions;
  uint64_t decided, given, by_people[PI_CURVE_DECIDED];
  pi_buffer kept; /* what suggestions are made from */
  pi_suggestion suggestion;
} pi_tune;

/* Runs it. On failure `error` says why; dispose in either case. E4110 where no number is selected. */
pubint_status pi_tune_run(pi_tune *out, const pubint_policy *policy, const pi_tune_options *options,
                          pubint_error *error);
void pi_tune_dispose(pi_tune *self);

/* Whether options->at is within the number's range. */
bool pi_tune_has_at(const pi_tune *self, uint32_t number);

/* How many changes were kept, and one of them. */
static inline size_t pi_tune_changes(const pi_tune *self) {
  return self->changes.len / sizeof(pi_tune_change);
}
pi_tune_change pi_tune_change_at(const pi_tune *self, size_t index);

#endif
