/* Small blocks for a Lua state: free lists by size within slabs that go back all at once.
 *
 * A script call makes and drops a few dozen small blocks; the system's allocator costs more than what is
 * done with them. Slabs belong to one state and are given back when it is closed. Built with
 * PI_ARENA_DEBUG every block is the system's own, so that sanitizers see it.
 */
#ifndef PI_SLABS_H
#define PI_SLABS_H

#include <stdbool.h>
#include <stddef.h>

enum { PI_SLAB_STEP = 16, PI_SLAB_BLOCK_MAX = 512, PI_SLAB_CLASSES = PI_SLAB_BLOCK_MAX / PI_SLAB_STEP };

typedef struct pi_slab pi_slab;
typedef struct pi_free_block pi_free_block;

typedef struct pi_slabs {
  pi_slab *slabs; /* all of them, newest first */
  char *room;     /* of the newest slab, not yet handed out */
  size_t room_bytes;
  pi_free_block *free[PI_SLAB_CLASSES];
  char *reserve; /* for shrinks when the system has no memory: Lua relies on a shrink not failing */
  size_t reserve_bytes;
} pi_slabs;

/* False when the system has no memory; dispose is legal then too. */
bool pi_slabs_open(pi_slabs *slabs);

/* realloc with the old size given; `bytes` above 0. NULL when the system has no memory, and then `block` is
 * as it was; shrinking succeeds all the same, out of a reserve. */
void *pi_slabs_resize(pi_slabs *slabs, void *block, size_t old_bytes, size_t bytes);
void pi_slabs_free(pi_slabs *slabs, void *block, size_t bytes);

/* Gives all small blocks back at once; larger ones must have been freed. */
void pi_slabs_dispose(pi_slabs *slabs);

#endif
