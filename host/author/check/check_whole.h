/* What must hold of a policy as a whole, whatever its scripts weigh: the order of its rules, the ceiling of
 * harm, and public concern. Here what was evaluated is judged; check_search.h searches for what to evaluate.
 */
#ifndef PI_CHECK_WHOLE_H
#define PI_CHECK_WHOLE_H

#include "check_state.h"

/* The written policy has two groups: less likely to be excepted (classes very_unlikely, unlikely, rare) and
 * more likely (possible). Within the first no rule is said to be the stricter one. */
typedef enum pi_class {
  PI_CLASS_NONE, /* no rule's script */
  PI_CLASS_STRICTER,
  PI_CLASS_LOOSER,
} pi_class;
pi_class pi_whole_class(const pi_script *script);

/* The kinds that a rule can be broken in: those of its row, else the words that its script writes out.
 * Returns how many. (check_whole.c) */
enum { PI_WHOLE_KINDS_MAX = 16 };
uint32_t pi_whole_kinds(const pi_check *self, const pi_violation *violation,
                        pi_slice kinds[PI_WHOLE_KINDS_MAX]);

/* Makes it a violation of that kind (.ptr NULL: none) and on those grounds. (check_whole.c) */
void pi_whole_break(pi_violation *violation, pi_slice kind, uint16_t grounds);

/* Takes in what the evaluation of `input` shows against the order, the ceiling or public concern, and counts
 * it in self->exceptions[]. */
pubint_status pi_whole_judge(pi_check *self, const pi_case *input, const pubint_evaluation *evaluation);

#endif
