#include "import_seen.h"

#include <stdlib.h>

enum { SIZE_FIRST = 1024, ID_BLOCK = 64 * 1024 };

void pi_import_seen_init(pi_import_seen *self, const pi_secret *secret) {
  *self = (pi_import_seen){.secret = *secret};
  pi_arena_init(&self->ids, ID_BLOCK, SIZE_MAX);
}

void pi_import_seen_dispose(pi_import_seen *self) {
  free(self->table);
  pi_arena_dispose(&self->ids);
  *self = (pi_import_seen){0};
}

uint64_t pi_import_seen_hash(const pi_import_seen *self, pi_slice text) {
  return pi_secret_hash(&self->secret, text);
}

/* The slot of `id`, or the empty one where it belongs. */
static size_t slot_of(const pi_import_seen *self, pi_slice id) {
  size_t slot = (size_t)pi_import_seen_hash(self, id) & (self->size - 1);
  while (self->table[slot].id.ptr != NULL && !pi_slice_equal(self->table[slot].id, id)) {
    slot = (slot + 1) & (self->size - 1);
  }
  return slot;
}

const pi_import_sight *pi_import_seen_find(const pi_import_seen *self, pi_slice id) {
  if (self->size == 0) return NULL;
  const pi_import_sight *sight = &self->table[slot_of(self, id)];
  return sight->id.ptr != NULL ? sight : NULL;
}

static bool grow(pi_import_seen *self) {
  size_t size = self->size == 0 ? SIZE_FIRST : self->size * 2;
  pi_import_sight *table = size > self->size ? calloc(size, sizeof *table) : NULL;
  if (table == NULL) return false;
  pi_import_seen old = *self;
  self->table = table;
  self->size = size;
  for (size_t i = 0; i < old.size; i++) {
    if (old.table[i].id.ptr != NULL) table[slot_of(self, old.table[i].id)] = old.table[i];
  }
  free(old.table);
  return true;
}

bool pi_import_seen_add(pi_import_seen *self, const pi_import_sight *sight) {
  if (self->count * 2 >= self->size && !grow(self)) return false;
  pi_slice id = pi_arena_copy(&self->ids, sight->id);
  if (id.ptr == NULL) return false;
  pi_import_sight *slot = &self->table[slot_of(self, id)];
  *slot = *sight;
  slot->id = id;
  self->count++;
  return true;
}
