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

/* Appends a block that holds at least `bytes` after `arena->current` and makes it the current one. */
static pi_arena_block *grow(pi_arena *arena, size_t bytes) {
#ifdef PI_ARENA_DEBUG
  size_t size = bytes;
#else
  size_t size = bytes > arena->block_bytes ? bytes : arena->block_bytes;
#endif
  if (arena->held_bytes > arena->max_bytes || size > arena->max_bytes - arena->held_bytes) return NULL;
  pi_arena_block *block = malloc(sizeof *block + size);
  if (block == NULL) return NULL;
  block->size = size;
  block->used = 0;
  if (arena->current != NULL) {
    block->next = arena->current->next;
    arena->current->next = block;
  } else {
    block->next = arena->first;
    arena->first = block;
  }
  arena->current = block;
  arena->held_bytes += size;
  return block;
}

void *pi_arena_alloc(pi_arena *arena, size_t bytes) {
  if (bytes > SIZE_MAX - ALIGNMENT) return NULL;
  bytes = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  if (bytes == 0) bytes = ALIGNMENT;
  pi_arena_block *block = arena->current;
  while (block != NULL && block->size - block->used < bytes) {
    block = block->next;
    if (block != NULL) arena->current = block;
  }
  if (block == NULL) block = grow(arena, bytes);
  if (block == NULL) return NULL;
  void *memory = (char *)block->data + block->used;
  block->used += bytes;
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
  for (pi_arena_block *block = arena->first; block != NULL; block = block->next) block->used = 0;
  arena->current = arena->first;
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
  arena->held_bytes = 0;
}
