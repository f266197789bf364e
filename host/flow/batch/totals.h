/* What a run has counted: cases by outcome and basis, by rule, and refused lines by code. */
#ifndef PI_TOTALS_H
#define PI_TOTALS_H

#include <stdint.h>

#include "errors.h"
#include "evaluation.h"
#include "evaluation_words.h"
#include "rules.h"

enum {
  PI_RULE_BUCKETS = PI_RULE_COUNT + 1,
  PI_CODES_COUNT = 0 /* as PI_ERRORS_COUNT, as a constant */
#define ERROR_ROW(number, name, status, message, mend) +1
#include "errors.def"
#undef ERROR_ROW
};

/* lines == evaluated + refused, always; a case counts once in cases and once for each rule it violates. */
typedef struct pi_totals {
  uint64_t lines;
  uint64_t evaluated;
  uint64_t refused;
  uint64_t cases[PI_OUTCOMES][PI_BASES];
  uint64_t rules[PI_OUTCOMES][PI_BASES][PI_RULE_BUCKETS]; /* the last: rules without a row */
  uint64_t codes[PI_CODES_COUNT];                         /* by index in PI_ERRORS */
} pi_totals;

void pi_totals_evaluated(pi_totals *totals, const pubint_evaluation *evaluation);
void pi_totals_refused(pi_totals *totals, unsigned code);
void pi_totals_add(pi_totals *sum, const pi_totals *more);

#endif
