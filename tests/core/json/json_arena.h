/* Setup and teardown of a test that reads JSON: *state is an arena. */
#ifndef PI_JSON_ARENA_H
#define PI_JSON_ARENA_H

#include <stdlib.h>

#include "arena.h"

static inline int set_up(void **state) {
  pi_arena *arena = malloc(sizeof *arena);
  if (arena == NULL) return -1;
  pi_arena_init(arena, 4096, 256 << 20);
  *state = arena;
  return 0;
}

static inline int tear_down(void **state) {
  pi_arena_dispose(*state);
  free(*state);
  return 0;
}

#endif
