/* The keys of a case's objects, as one table made of the facts and the groups. */
#ifndef PI_KEYS_H
#define PI_KEYS_H

#include "facts.h"

/* A key by number: a fact's is the fact's, then come the groups, then what holds no fact. */
enum {
  PI_KEY_GROUPS = PI_FACT_COUNT,
  PI_KEY_VERSION = PI_FACT_COUNT + PI_GROUP_COUNT,
  PI_KEY_VIOLATIONS,
  PI_KEY_COUNT
};
_Static_assert(PI_KEY_COUNT <= 64, "a set of keys is a uint64_t");

/* The key that has this number, where it is one of `group`; else an empty one. */
pi_slice pi_keys_text(pi_group group, unsigned number);

/* The number of `key` in the object `group`; PI_KEY_COUNT where it has none such. */
unsigned pi_keys_find(pi_group group, pi_slice key);

/* Writes "one of id, tweet, …" to out[size]: the keys of `group`. */
void pi_keys_list(pi_group group, char *out, size_t size);

/* Writes to out[size] what may have been meant by `key`, which `group` does not have: the object where it
 * does stand, else the nearest key; empty when nothing is near. PI_GROUP_COUNT is an object without facts. */
void pi_keys_hint(pi_group group, pi_slice key, char *out, size_t size);

#endif
