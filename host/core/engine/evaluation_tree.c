#include "evaluation_tree.h"

#include "json_read.h"

pi_tree pi_evaluation_tree(pi_slice text, pi_arena *arena) {
  enum { DEPTH_MAX = 32 };
  static const pi_json_tree_limits LIMITS = {.bytes_max = (size_t)16 * 1024 * 1024, .depth_max = DEPTH_MAX};
  const pi_tree none = {NULL, 0};
  pi_tree tree = none;
  pi_json json;
  if (text.ptr == NULL || pi_json_init(&json, text, 1, arena, DEPTH_MAX, NULL) != PUBINT_OK) return none;
  if (pi_json_peek(&json) != PI_JSON_OBJECT || pi_json_tree(&json, &LIMITS, &tree) != PUBINT_OK) return none;
  return pi_json_finish(&json) == PUBINT_OK ? tree : none;
}
