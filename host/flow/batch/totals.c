#include "totals.h"

void pi_totals_evaluated(pi_totals *totals, const pubint_evaluation *evaluation) {
  const pi_case *input = evaluation->input;
  totals->lines++;
  totals->evaluated++;
  totals->cases[evaluation->outcome][evaluation->basis]++;
  uint32_t seen = 0; /* a rule violated in two kinds counts once */
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_rule rule = input->violations[i].rule;
    if ((seen >> rule & 1) != 0) continue;
    seen |= (uint32_t)1 << rule;
    totals->rules[evaluation->outcome][evaluation->basis][rule]++;
  }
}

void pi_totals_refused(pi_totals *totals, unsigned code) {
  totals->lines++;
  totals->refused++;
  for (size_t i = 0; i < PI_CODES_COUNT; i++) {
    if (PI_ERRORS[i].code == code) totals->codes[i]++;
  }
}

void pi_totals_add(pi_totals *sum, const pi_totals *more) {
  /* Nothing but counters: the struct is an array of them. */
  _Static_assert(sizeof(pi_totals) % sizeof(uint64_t) == 0, "totals are counters and nothing else");
  uint64_t *to = (uint64_t *)sum;
  const uint64_t *from = (const uint64_t *)more;
  for (size_t i = 0; i < sizeof *sum / sizeof *to; i++) to[i] += from[i];
}
