#include "tree.h"

uint32_t pi_tree_find(const pi_tree *tree, uint32_t object, pi_slice key) {
  const pi_node *node = &tree->nodes[object];
  if (node->kind != PI_NODE_OBJECT) return UINT32_MAX;
  uint32_t low = node->as.first;
  uint32_t high = low + node->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    int order = pi_slice_compare(tree->nodes[middle].key, key);
    if (order == 0) return middle;
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return UINT32_MAX;
}
