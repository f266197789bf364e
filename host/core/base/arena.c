#include "arena.h"

#include <stdint.h>
#include <stdlib.h>

/* The header is followed by `size` bytes. max_align_t keeps what follows aligned. */
struct pi_arena_block {
  pi_arena_block *next;
  size_t size;
  size_t used;
  max_align_t data[];
};

enum { ALIGNMENT = _Alignof(max_align_t) };

void pi_arena_init(pi_arena *arena, size_t block_bytes, size_t max_bytes) {
  *arena = (pi_arena){.block_bytes = block_bytes, .max_bytes = max_bytes};
}

/* Puts `block`, which is not in the list, behind the current one and makes it current. */
static void make_current(pi_arena *arena, pi_arena_block *block) {
  pi_arena_block **link = arena->current != NULL ? &arena->current->next : &arena->first;
  block->next = *link;
  *link = block;
  arena->current = block;
}

/* Makes a kept block that holds `bytes`, else a new one, the current one; NULL when memory ran out. */
static pi_arena_block *next_block(pi_arena *arena, size_t bytes) {
  pi_arena_block **link = arena->current != NULL ? &arena->current->next : &arena->first;
  while (*link != NULL && (*link)->size < bytes) link = &(*link)->next;
  pi_arena_block *block = *link;
  if (block != NULL) {
    *link = block->next;
  } else {
#ifdef PI_ARENA_DEBUG
    size_t size = bytes;
#else
    size_t size = bytes > arena->block_bytes ? bytes : arena->block_bytes;
#endif
    if (size > SIZE_MAX - sizeof *block) return NULL;
    block = malloc(sizeof *block + size);
    if (block == NULL) return NULL;
    block->size = size;
    block->used = 0;
    arena->held_bytes += size;
  }
  make_current(arena, block);
  return block;
}

void *pi_arena_alloc(pi_arena *arena, size_t bytes) {
  if (bytes > SIZE_MAX - ALIGNMENT) return NULL;
  bytes = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  if (bytes == 0) bytes = ALIGNMENT;
  if (arena->used_bytes > arena->max_bytes || bytes > arena->max_bytes - arena->used_bytes) return NULL;
  pi_arena_block *block = arena->current;
  if (block == NULL || block->size - block->used < bytes) block = next_block(arena, bytes);
  if (block == NULL) return NULL;
  void *memory = (char *)block->data + block->used;
  block->used += bytes;
  arena->used_bytes += bytes;
  return memory;
}

pi_slice pi_arena_copy(pi_arena *arena, pi_slice text) {
  char *copy = pi_arena_alloc(arena, text.len + 1);
  if (copy == NULL) return (pi_slice){NULL, 0};
  if (text.len > 0) memcpy(copy, text.ptr, text.len);
  copy[text.len] = '\0';
  return (pi_slice){copy, text.len};
}

void pi_arena_reset(pi_arena *arena) {
#ifdef PI_ARENA_DEBUG
  pi_arena_dispose(arena);
#else
  bool several = arena->first != NULL && arena->first->next != NULL;
  if (several && arena->held_bytes > arena->max_bytes) {
    pi_arena_dispose(arena);
    return;
  }
  for (pi_arena_block *block = arena->first; block != NULL; block = block->next) block->used = 0;
  arena->current = arena->first;
  arena->used_bytes = 0;
#endif
}

void pi_arena_dispose(pi_arena *arena) {
  pi_arena_block *block = arena->first;
  while (block != NULL) {
    pi_arena_block *next = block->next;
    free(block);
    block = next;
  }
  arena->first = NULL;
  arena->current = NULL;
  arena->used_bytes = 0;
  arena->held_bytes = 0;
}
