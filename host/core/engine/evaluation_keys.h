/* The keys that an evaluation's objects can have, so that a name which none has is told from one that is
 * absent in this evaluation. */
#ifndef PI_EVALUATION_KEYS_H
#define PI_EVALUATION_KEYS_H

#include "records.h"

/* A pi_record_find for the tree of an evaluation, as pi_evaluation_write gives it. */
const pi_record *pi_evaluation_record(const pi_tree *tree, uint32_t node);

/* The record that `key` of such a record holds; `within` NULL: the evaluation itself. *list: a list of them.
 * NULL where it holds none. */
const pi_record *pi_evaluation_record_at(const pi_record *within, pi_slice key, bool *list);

#endif
