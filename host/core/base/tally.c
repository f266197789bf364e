#include "tally.h"

#include <stdlib.h>

enum { SLOTS_AT_FIRST = 64, ARENA_BLOCK = 16 * 1024 };

void pi_tally_init(pi_tally *tally, size_t item_bytes, const pi_secret *secret) {
  *tally = (pi_tally){.item_bytes = item_bytes, .secret = *secret};
  pi_arena_init(&tally->arena, ARENA_BLOCK, SIZE_MAX / 2);
}

void pi_tally_dispose(pi_tally *tally) {
  free(tally->names);
  free(tally->items);
  free(tally->slots);
  pi_arena_dispose(&tally->arena);
}

/* The slot that holds `name`, or the free one where it belongs. */
static uint32_t *slot_of(const pi_tally *tally, pi_slice name) {
  uint32_t at = (uint32_t)pi_secret_hash(&tally->secret, name) & (tally->slots_count - 1);
  while (tally->slots[at] != 0 && !pi_slice_equal(tally->names[tally->slots[at] - 1], name)) {
    at = (at + 1) & (tally->slots_count - 1);
  }
  return &tally->slots[at];
}

/* Doubles the slots, and the room for names and items, which is half of them. */
static bool grow(pi_tally *tally) {
  uint32_t slots_count = tally->slots_count > 0 ? 2 * tally->slots_count : SLOTS_AT_FIRST;
  if (slots_count > UINT32_MAX / 2) return false;
  uint32_t room = slots_count / 2;
  pi_slice *names = realloc(tally->names, room * sizeof *names);
  if (names == NULL) return false;
  tally->names = names;
  char *items = realloc(tally->items, room * tally->item_bytes);
  if (items == NULL) return false;
  tally->items = items;
  uint32_t *slots = calloc(slots_count, sizeof *slots);
  if (slots == NULL) return false;
  free(tally->slots);
  tally->slots = slots;
  tally->slots_count = slots_count;
  tally->room = room;
  for (uint32_t i = 0; i < tally->count; i++) *slot_of(tally, tally->names[i]) = i + 1;
  return true;
}

void *pi_tally_find(const pi_tally *tally, pi_slice name) {
  if (tally->count == 0) return NULL;
  uint32_t index = *slot_of(tally, name);
  return index > 0 ? pi_tally_item(tally, index - 1) : NULL;
}

void *pi_tally_at(pi_tally *tally, pi_slice name) {
  void *found = pi_tally_find(tally, name);
  if (found != NULL) return found;
  if (tally->count == tally->room && !grow(tally)) return NULL;
  pi_slice kept = pi_arena_copy(&tally->arena, name);
  if (kept.ptr == NULL) return NULL;
  *slot_of(tally, name) = tally->count + 1;
  tally->names[tally->count] = kept;
  void *item = pi_tally_item(tally, tally->count++);
  memset(item, 0, tally->item_bytes);
  return item;
}

/* Heap sort: what qsort does with equal names or with memory is the library's. */
static void sink(const pi_tally *tally, uint32_t *order, uint32_t count, uint32_t at) {
  for (;;) {
    uint32_t child = 2 * at + 1;
    if (child >= count) return;
    if (child + 1 < count &&
        pi_slice_compare(tally->names[order[child + 1]], tally->names[order[child]]) > 0) {
      child++;
    }
    if (pi_slice_compare(tally->names[order[at]], tally->names[order[child]]) >= 0) return;
    uint32_t index = order[at];
    order[at] = order[child];
    order[child] = index;
    at = child;
  }
}

void pi_tally_sort(const pi_tally *tally, uint32_t *order) {
  for (uint32_t i = 0; i < tally->count; i++) order[i] = i;
  for (uint32_t i = tally->count / 2; i > 0; i--) sink(tally, order, tally->count, i - 1);
  for (uint32_t end = tally->count; end > 1; end--) {
    uint32_t index = order[0];
    order[0] = order[end - 1];
    order[end - 1] = index;
    sink(tally, order, end - 1, 0);
  }
}
