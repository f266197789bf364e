/* Counters by name: an item of zeros for each name that is asked for, found again by a keyed hash, listed in
 * the bytewise order of names, so that no hash shows.
 */
#ifndef PI_TALLY_H
#define PI_TALLY_H

#include <stdint.h>

#include "arena.h"
#include "secret.h"

typedef struct pi_tally {
  size_t item_bytes;
  pi_secret secret;
  pi_arena arena; /* of names */
  pi_slice *names;
  char *items;
  uint32_t *slots; /* 1 + index; 0 is free; a power of two of them, at most half full */
  uint32_t slots_count;
  uint32_t count;
  uint32_t room;
} pi_tally;

/* Allocates nothing yet. The secret is one that was drawn. */
void pi_tally_init(pi_tally *tally, size_t item_bytes, const pi_secret *secret);
void pi_tally_dispose(pi_tally *tally);

/* The item of `name`, made if there is none; it may move with the next one that is made. NULL when memory
 * ran out. */
void *pi_tally_at(pi_tally *tally, pi_slice name);

/* The same without making one; NULL where there is none. */
void *pi_tally_find(const pi_tally *tally, pi_slice name);

/* The item at an index (0 <= index < count, in the order of making). */
static inline void *pi_tally_item(const pi_tally *tally, uint32_t index) {
  return tally->items + (size_t)index * tally->item_bytes;
}

/* Writes the indexes to order[tally->count], by their names. */
void pi_tally_sort(const pi_tally *tally, uint32_t *order);

#endif
