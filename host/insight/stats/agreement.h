/* Evaluations against what people decided: agreement, precision and recall of `notice`, overrides, and how
 * agreement would change without each factor.
 *
 * A recommendation is an outcome `notice` or `remove`. A `review` recommends nothing: it neither agrees nor
 * disagrees, and a notice that people gave there counts as missed.
 */
#ifndef PI_AGREEMENT_H
#define PI_AGREEMENT_H

#include "batch.h"
#include "decisions.h"
#include "sheet.h"

enum { PI_AGREEMENT_LISTED = 20, PI_AGREEMENT_REASONS_MAX = 1000 };

/* Decided cases that violate one rule and were weighed; `not weighed` is a group of its own. */
typedef struct pi_agreement_rule {
  uint64_t decided;
  uint64_t agreed;
  uint64_t recommended; /* notice was recommended */
  uint64_t given;       /* people gave one */
  uint64_t both;
} pi_agreement_rule;

/* The pairs of outcome and decision that differ, by the reason that was given: the first
 * PI_AGREEMENT_REASONS_MAX of them, and all others as one. */
typedef struct pi_agreement_reason {
  uint64_t count;
  pubint_outcome outcome;
  pubint_outcome decision;
  pi_slice reason;
} pi_agreement_reason;

typedef struct pi_agreement_factor {
  uint64_t cases;  /* decided, in which it has points */
  uint64_t gained; /* would agree without it, and do not */
  uint64_t lost;   /* agree, and would not without it */
} pi_agreement_factor;

/* One case of a list, where texts lie in the arena. */
typedef struct pi_agreement_case {
  pi_slice id;
  pi_slice rules;
  pi_slice reason;
  pi_slice decided_by;
  pubint_outcome outcome;
  pubint_outcome decision;
} pi_agreement_case;

typedef struct pi_agreement {
  pi_arena arena;
  pi_decisions decisions;
  uint64_t evaluated;
  uint64_t refused;
  uint64_t decided; /* evaluations that have a decision */
  uint64_t without_decision;
  uint64_t without_case;                    /* decisions that have no evaluation */
  uint64_t pairs[PI_OUTCOMES][PI_OUTCOMES]; /* [outcome][decision] */
  pi_tally rules;                           /* pi_agreement_rule */
  pi_tally reasons;                         /* pi_agreement_reason */
  pi_tally factors;                         /* pi_agreement_factor, by pi_factor_name */
  pi_agreement_case overrides[PI_AGREEMENT_LISTED];
  uint32_t overrides_listed;
  uint64_t overrides_count;
  pi_agreement_case undecided[PI_AGREEMENT_LISTED];
  uint32_t undecided_listed;
} pi_agreement;

/* Reads the decisions, then the evaluations. Stops at the first line that is neither. E4049 when a decided
 * case is evaluated twice. Dispose in either case. */
pubint_status pi_agreement_count(pi_agreement *out, const char *const *evaluations, size_t evaluations_count,
                                 const char *decisions, pubint_error *error);
void pi_agreement_dispose(pi_agreement *agreement);

/* Cases whose outcome is their decision. */
uint64_t pi_agreement_agreed(const pi_agreement *agreement);

/* Fills a book, which is initialised. */
void pi_agreement_book(const pi_agreement *agreement, pi_book *out);

#endif
