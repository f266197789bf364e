/* What a batch came to, as a small table. */
#ifndef PI_SUMMARY_H
#define PI_SUMMARY_H

#include "page.h"
#include "totals.h"

/* Adds outcomes, rules and refused lines, and the id of the policy; time and rate where `seconds` is above 0.
 */
void pi_summary_print(pi_page *page, const pi_totals *totals, pi_slice policy, uint64_t resumed_lines,
                      double seconds);

#endif
