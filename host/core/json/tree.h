/* An immutable JSON value: the free-form signals of a case, a policy's data files.
 *
 * Nodes lie in one array and name each other by index, so that a handle of a script needs no pointer.
 * A container's children lie next to each other; an object's are sorted by key, bytewise. null is absent.
 */
#ifndef PI_TREE_H
#define PI_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"

typedef enum pi_node_kind {
  PI_NODE_BOOLEAN,
  PI_NODE_INTEGER, /* no fraction, no exponent, within 64 bits */
  PI_NODE_NUMBER,  /* finite, never -0 */
  PI_NODE_STRING,
  PI_NODE_ARRAY, /* a null in an array stands as PI_NODE_NULL, so that places do not shift */
  PI_NODE_OBJECT,
  PI_NODE_NULL,
} pi_node_kind;

typedef struct pi_node {
  pi_slice key; /* within an object; else empty */
  pi_node_kind kind;
  uint32_t count; /* children of an array or object */
  union {
    bool boolean;
    int64_t integer;
    double number;
    pi_slice string;
    uint32_t first; /* index of the first child */
  } as;
} pi_node;

typedef struct pi_tree {
  const pi_node *nodes; /* the root is the last */
  uint32_t count;       /* 0: there is no value */
} pi_tree;

static inline uint32_t pi_tree_root(const pi_tree *tree) {
  return tree->count - 1;
}

/* Index of the child `key` of the object at `object`; UINT32_MAX where there is none. */
uint32_t pi_tree_find(const pi_tree *tree, uint32_t object, pi_slice key);

#endif
