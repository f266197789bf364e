#include "slabs.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SLAB_BYTES = 32 * 1024 };

struct pi_slab {
  pi_slab *next;
  max_align_t data[];
};

struct pi_free_block {
  pi_free_block *next;
};

#ifdef PI_ARENA_DEBUG

void *pi_slabs_resize(pi_slabs *slabs, void *block, size_t old_bytes, size_t bytes) {
  (void)slabs;
  (void)old_bytes;
  return realloc(block, bytes);
}

void pi_slabs_free(pi_slabs *slabs, void *block, size_t bytes) {
  (void)slabs;
  (void)bytes;
  free(block);
}

bool pi_slabs_open(pi_slabs *slabs) {
  *slabs = (pi_slabs){0};
  return true;
}

#else

static size_t class_of(size_t bytes) {
  return (bytes + PI_SLAB_STEP - 1) / PI_SLAB_STEP - 1;
}

static char *add_slab(pi_slabs *slabs) {
  pi_slab *slab = malloc(sizeof *slab + SLAB_BYTES);
  if (slab == NULL) return NULL;
  slab->next = slabs->slabs;
  slabs->slabs = slab;
  return (char *)slab->data;
}

bool pi_slabs_open(pi_slabs *slabs) {
  *slabs = (pi_slabs){.reserve_bytes = SLAB_BYTES};
  slabs->reserve = add_slab(slabs);
  return slabs->reserve != NULL;
}

/* What is left of the slab before is lost: less than one block. */
static void *carve(pi_slabs *slabs, size_t bytes) {
  if (slabs->room_bytes < bytes) {
    char *room = add_slab(slabs);
    if (room == NULL) return NULL;
    slabs->room = room;
    slabs->room_bytes = SLAB_BYTES;
  }
  void *block = slabs->room;
  slabs->room += bytes;
  slabs->room_bytes -= bytes;
  return block;
}

static void *take(pi_slabs *slabs, size_t bytes) {
  if (bytes > PI_SLAB_BLOCK_MAX) return malloc(bytes);
  size_t class = class_of(bytes);
  pi_free_block *block = slabs->free[class];
  if (block == NULL) return carve(slabs, (class + 1) * PI_SLAB_STEP);
  slabs->free[class] = block->next;
  return block;
}

static void *take_reserve(pi_slabs *slabs, size_t bytes) {
  size_t whole = (class_of(bytes) + 1) * PI_SLAB_STEP;
  if (slabs->reserve_bytes < whole) return NULL;
  void *block = slabs->reserve;
  slabs->reserve += whole;
  slabs->reserve_bytes -= whole;
  return block;
}

void pi_slabs_free(pi_slabs *slabs, void *block, size_t bytes) {
  if (block == NULL) return;
  if (bytes > PI_SLAB_BLOCK_MAX) {
    free(block);
    return;
  }
  pi_free_block *freed = block;
  freed->next = slabs->free[class_of(bytes)];
  slabs->free[class_of(bytes)] = freed;
}

void *pi_slabs_resize(pi_slabs *slabs, void *block, size_t old_bytes, size_t bytes) {
  if (block == NULL) return take(slabs, bytes);
  bool was_small = old_bytes <= PI_SLAB_BLOCK_MAX, is_small = bytes <= PI_SLAB_BLOCK_MAX;
  if (!was_small && !is_small) return realloc(block, bytes);
  if (was_small && is_small && class_of(old_bytes) == class_of(bytes)) return block;
  void *moved = take(slabs, bytes);
  if (moved == NULL && bytes < old_bytes) moved = take_reserve(slabs, bytes);
  if (moved == NULL) return NULL;
  memcpy(moved, block, old_bytes < bytes ? old_bytes : bytes);
  pi_slabs_free(slabs, block, old_bytes);
  return moved;
}

#endif

void pi_slabs_dispose(pi_slabs *slabs) {
  while (slabs->slabs != NULL) {
    pi_slab *slab = slabs->slabs;
    slabs->slabs = slab->next;
    free(slab);
  }
  *slabs = (pi_slabs){0};
}
