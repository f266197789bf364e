/* What is asked of an evaluation's entries without a walk along them. */
#ifndef PI_ENTRIES_H
#define PI_ENTRIES_H

#include "evaluation.h"

/* The facts that any of its scripts read. */
pi_fact_set pi_entries_reads(const pubint_evaluation *evaluation);

/* The entry whose margin decides, which is the lowest: the most restrictive rule wins (A01). NULL where none
 * was weighed. */
const pi_entry *pi_entries_lowest(const pubint_evaluation *evaluation);

/* The first entry of that rule, or the next behind `after`; NULL where there is none. */
const pi_entry *pi_entries_of_rule(const pubint_evaluation *evaluation, pi_slice rule, const pi_entry *after);

/* What was noted of the entry while its numbers could be replaced; NULL: they could not. */
const pi_entry_notes *pi_entries_notes(const pubint_evaluation *evaluation, const pi_entry *entry);

/* A condition of the host that nobody assessed counts as met and stands among what is unassessed: to people
 * it is neither. */
bool pi_entry_leaves_open(const pi_entry *entry, const pi_condition *condition);

#endif
