/* Memory that is given back all at once: one arena a case, reset before the next.
 *
 * Blocks grow on demand and are kept over a reset, so a steady state asks the system for nothing. The bound
 * counts what was asked for since the reset and not what is held, so that whether a case fits does not
 * depend on the cases before it. Built with PI_ARENA_DEBUG each allocation is a block of its own, so that
 * sanitizers see it.
 */
#ifndef PI_ARENA_H
#define PI_ARENA_H

#include <stddef.h>

#include "slice.h"

typedef struct pi_arena_block pi_arena_block;

typedef struct pi_arena {
  pi_arena_block *first;   /* all blocks, oldest first */
  pi_arena_block *current; /* the one being filled; those after it are empty and kept for reuse */
  size_t block_bytes;      /* a new block's size, unless one allocation needs more */
  size_t max_bytes;        /* what all allocations between two resets may take, rounded up for alignment */
  size_t used_bytes;       /* what they take now */
  size_t held_bytes;       /* what the blocks take */
} pi_arena;

/* Allocates nothing yet. */
void pi_arena_init(pi_arena *arena, size_t block_bytes, size_t max_bytes);

/* Returns `bytes` bytes aligned for any type, uninitialised; NULL when memory or the bound is used up. */
void *pi_arena_alloc(pi_arena *arena, size_t bytes);

/* Copies `text` and a final NUL; .ptr is NULL when memory ran out. */
pi_slice pi_arena_copy(pi_arena *arena, pi_slice text);

/* Forgets every allocation, keeping the blocks unless they have come to hold more than the bound. */
void pi_arena_reset(pi_arena *arena);

/* Gives everything back; the arena may be initialised anew. */
void pi_arena_dispose(pi_arena *arena);

#endif
