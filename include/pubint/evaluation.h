/* What pubint returns for a case: an outcome, its basis, and everything that led to it.
 *
 * An evaluation is owned by the engine that made it (see engine.h for how long it lives).
 */
#ifndef PUBINT_EVALUATION_H
#define PUBINT_EVALUATION_H

#include <stdbool.h>
#include <stddef.h>

#include <pubint/error.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pubint_evaluation pubint_evaluation;

/* R001, R009, R040: a violating Tweet is removed or stands behind a notice; "review" asks people first. */
typedef enum pubint_outcome {
  PUBINT_NO_ACTION,
  PUBINT_REMOVE,
  PUBINT_NOTICE,
  PUBINT_REVIEW,
} pubint_outcome;

typedef enum pubint_basis {
  PUBINT_NO_VIOLATION,
  PUBINT_NEVER_EXCEPTED,
  PUBINT_NOT_ELIGIBLE,
  PUBINT_INCOMPLETE,
  PUBINT_WEIGHED,
  PUBINT_RULE_ERROR,
  PUBINT_NO_SCRIPT,
  PUBINT_UNASSESSED,
} pubint_basis;

pubint_outcome pubint_evaluation_outcome(const pubint_evaluation *self);
pubint_basis pubint_evaluation_basis(const pubint_evaluation *self);

/* True only where nothing is left for people to decide (R041): no violation, never excepted, not eligible. */
bool pubint_evaluation_final(const pubint_evaluation *self);

/* "notice", "weighed" and so on, as in JSON; static, never NULL. */
const char *pubint_outcome_name(pubint_outcome outcome);
const char *pubint_basis_name(pubint_basis basis);

/* The evaluation as one line of JSON without a newline, ending in NUL; *bytes, which may be NULL, gets
 * its length. Owned by the engine, with the evaluation's lifetime. NULL when memory ran out. */
const char *pubint_evaluation_json(const pubint_evaluation *self, size_t *bytes);

#ifdef __cplusplus
}
#endif
#endif
