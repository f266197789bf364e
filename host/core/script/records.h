/* Objects of a tree whose keys are known, so that a name they never have is an error and an absent one nil.
 * No Lua. */
#ifndef PI_RECORDS_H
#define PI_RECORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "tree.h"

/* What an object of a tree can hold, where that is known. */
typedef struct pi_record_key {
  const char *name;
  bool always; /* every such object has it */
} pi_record_key;

typedef struct pi_record {
  const char *name; /* as errors call it */
  const pi_record_key *keys;
  uint32_t count;
} pi_record;

/* Which record the object `node` is. */
typedef const pi_record *pi_record_find(const pi_tree *tree, uint32_t node);

#endif
